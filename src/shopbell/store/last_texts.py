"""The last text that left for a number, if it asked something. Must not read an answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164
from shopbell.domain.template_rules import TemplateKind
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


def open_choice(db: Database, number: E164, at: datetime, within: timedelta) -> str | None:
    """Return the welcome that asked for topics, while it is the last text that left; else None."""
    row = db.execute(
        "SELECT t.final_text, t.started_at, o.kind FROM text t"
        " LEFT JOIN occasion o ON o.text_id = t.id WHERE t.number = ?"
        " AND t.started_at <= ? AND t.state NOT IN"
        " ('canceled', 'failed', 'undeliverable', 'expired')"
        " ORDER BY t.started_at DESC, t.id DESC LIMIT 1",
        # Gateways stamp whole seconds.
        (number, to_text(at + timedelta(seconds=1))),
    ).fetchone()
    if row is None or row[2] != TemplateKind.WELCOME_CHOICE:
        return None
    return str(row[0]) if row[1] > str(to_text(at - within)) else None
