"""Asks a gateway what became of texts nobody knows about. Must not send and must not guess.

What the gateway took is accepted. What it certainly never got waits again, under the reference it
had, if this gateway refuses a reference it has seen: then no mistake can make two texts of one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.gateway import Finding, GatewayConfig, Outgoing
from shopbell.domain.ids import TextId
from shopbell.domain.texts import OutboundText, State
from shopbell.services.desk import Desk
from shopbell.services.ports import Gateway
from shopbell.store import settling, text_rows

if TYPE_CHECKING:
    from sqlite_utils import Database

WAITS = (timedelta(0), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=10))
"""How long after the last news each question of ours is asked; then it is a person's turn."""

_OLDEST = timedelta(days=7)


async def ask(
    desk: Desk, config: GatewayConfig, gateway: Gateway, text: OutboundText
) -> OutboundText:
    """Ask the gateway that has an unknown text about it; it stays unknown if nobody can tell."""
    now = desk.clock.now()
    taken = await desk.store.read(text_rows.known_gateway_ids, config.name, text.id)
    found = await gateway.find(outgoing(text, now), taken)
    match found.finding:
        case Finding.PRESENT:
            state, word, detail = State.ACCEPTED, "[found]", found.detail
        case Finding.ABSENT if gateway.info.refuses_duplicates and _still_true(text, now):
            detail = "The gateway never got it, so it waits to be sent again."
            state, word = State.WAITING, "[absent]"
        case Finding.ABSENT:
            detail = found.detail or "The gateway never got it."
            state, word = State.FAILED, "[absent]"
        case Finding.UNSURE:
            state, word = State.UNKNOWN, "[asked]"
            detail = found.detail or "The gateway cannot tell."

    def step(db: Database) -> OutboundText:
        if state is not State.UNKNOWN:
            return settling.settle_unknown(
                db, text.id, state, word, detail, found.gateway_id, desk.clock.now()
            )
        return settling.note(db, text.id, word, detail, desk.clock.now())

    return await desk.store.write(step)


async def ask_about_all(desk: Desk, config: GatewayConfig, gateway: Gateway) -> tuple[TextId, ...]:
    """Ask about every unknown text whose time it is; return those of which we know more now."""
    if not gateway.info.can_look_up:
        return ()
    now = desk.clock.now()
    unknown = await desk.store.read(settling.unknown_since, config.name, now - _OLDEST)
    learned: list[TextId] = []
    for text, asked, last in unknown:
        if asked >= len(WAITS) or now < last + WAITS[asked]:
            continue
        if (await ask(desk, config, gateway, text)).state is not State.UNKNOWN:
            learned.append(text.id)
    return tuple(learned)


def outgoing(text: OutboundText, now: datetime) -> Outgoing:
    """Return a text of the outbox as a gateway takes it."""
    return Outgoing(
        ref=text.ref,
        to=text.number,
        text=text.final.text,
        encoding=text.final.encoding,
        valid_until=text.expires_at,
        started_at=text.started_at or now,
    )


def _still_true(text: OutboundText, now: datetime) -> bool:
    return text.expires_at is None or now < text.expires_at
