"""The gateways set up in this file, secrets included, and how far each was read.

Must not connect to one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbell.domain.gateway import GatewayConfig
from shopbell.domain.pace import OwnPace
from shopbell.store.times import maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayState:
    """One configured gateway and how it does."""

    config: GatewayConfig
    active: bool
    synced_at: datetime | None
    """When its replies and receipts were last fetched."""
    trouble: str
    """What went wrong at the last try; empty when all is well."""
    pace: OwnPace | None = None
    """How fast the owner wants texts to leave through it; None leaves it to the gateway."""


def save(db: Database, config: GatewayConfig) -> None:
    """Add or overwrite a gateway and make it the one that texts go through."""
    db.execute("UPDATE gateway SET active = 0")
    db.execute(
        "INSERT INTO gateway (name, preset_id, account, price_micros, currency, active)"
        " VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (name) DO UPDATE SET"
        " preset_id = excluded.preset_id, account = excluded.account,"
        " price_micros = excluded.price_micros, currency = excluded.currency, active = 1,"
        " trouble = ''",
        (
            config.name,
            config.preset_id,
            json.dumps(config.account),
            config.price_micros,
            config.currency,
        ),
    )


def all_states(db: Database) -> tuple[GatewayState, ...]:
    """Return every configured gateway, the active one first."""
    rows = db.execute(
        "SELECT name, preset_id, account, price_micros, currency, active, synced_at, trouble,"
        " seconds_between, jitter_seconds FROM gateway ORDER BY active DESC, name"
    )
    return tuple(_state(row) for row in rows)


def active(db: Database) -> GatewayState | None:
    """Return the gateway that texts go through."""
    states = all_states(db)
    return states[0] if states and states[0].active else None


def set_pace(db: Database, name: str, pace: OwnPace | None) -> bool:
    """Keep how fast texts leave through a gateway; False when there is none of that name."""
    row = db.execute(
        "UPDATE gateway SET seconds_between = ?, jitter_seconds = ? WHERE name = ? RETURNING 1",
        (*((None, None) if pace is None else (pace.between, pace.jitter)), name),
    ).fetchone()
    return row is not None


def synced(db: Database, name: str, at: datetime) -> None:
    """Remember that everything up to `at` was fetched."""
    db.execute("UPDATE gateway SET synced_at = ?, trouble = '' WHERE name = ?", (to_text(at), name))


def troubled(db: Database, name: str, trouble: str) -> None:
    """Remember what went wrong, for the doors to show."""
    db.execute("UPDATE gateway SET trouble = ? WHERE name = ?", (trouble, name))


def _state(row: Sequence[Any]) -> GatewayState:
    return GatewayState(
        config=GatewayConfig(
            name=row[0],
            preset_id=row[1],
            account=json.loads(row[2]),
            price_micros=row[3],
            currency=row[4],
        ),
        active=bool(row[5]),
        synced_at=maybe_from_text(row[6]),
        trouble=row[7],
        pace=None if row[8] is None else OwnPace(between=row[8], jitter=row[9] or 0.0),
    )
