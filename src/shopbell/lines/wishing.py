"""What a person wishes: a pause, fewer offers, another way, their hours, their language.

Must not enforce a wish: the gate does. A wish is no yes and no stop.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from shopbell.domain.ids import E164
from shopbell.domain.promises import Frequency
from shopbell.domain.typed_rules import read_days
from shopbell.domain.weeks import week_text
from shopbell.domain.wish_words import wish_sentences
from shopbell.domain.wishes import Channel, Wishes
from shopbell.lines.rows import frequency_typed
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit

PAUSES = (("A week", 7), ("30 days", 30), ("90 days", 90))
"""How long somebody may want to hear no offers."""

CHANNELS = (
    ("By text", Channel.TEXT),
    ("By phone: no offers and no texts about orders", Channel.CALL),
    ("By e-mail: no offers and no texts about orders", Channel.EMAIL),
    ("Not at all: no offers and no texts about orders", Channel.NONE),
)
"""How somebody would rather hear from the shop, and what the gate makes of it."""

_NOTHING = "-"
_FORGETS = "A minus sign alone forgets it."


async def wishing(talk: Talk, visit: Visit, number: E164) -> None:
    """Say what somebody wishes and change it, until the person goes back."""
    now = await visit.shop.wishes.of(number)
    _say(talk, visit, now)
    while True:
        labels = [
            "No offers for a while" if now.paused_until is None else "End the pause of offers",
            "Offers less often",
            "How they would rather hear from you",
            "When texts may come, on their own clock",
            "Their language",
        ]
        chosen = await talk.choose("What do they wish?", labels)
        if chosen is None:
            return
        ask = (_pause, _less_often, _channel, _hours, _language)[chosen]
        changed = await talk.tried(ask(talk, visit, number, now))
        if changed is not None:
            now = changed
            _say(talk, visit, now)


def _say(talk: Talk, visit: Visit, wishes: Wishes) -> None:
    sentences = wish_sentences(wishes, visit.zone, visit.shop.clock.now())
    talk.say(*(sentences or ("No wish is on file.",)))


async def _pause(talk: Talk, visit: Visit, number: E164, now: Wishes) -> Wishes | None:
    record = visit.shop.wishes.record
    if now.paused_until is not None:
        kept = await record(number, paused_until="")
        talk.say("The pause is over: offers may come again, as they said yes to them.")
        return kept
    labels = [*(words for words, _ in PAUSES), "Until a day they name"]
    chosen = await talk.choose("For how long do they want no offers?", labels)
    if chosen is None:
        return None
    if chosen < len(PAUSES):
        here = visit.shop.clock.now().astimezone(ZoneInfo(visit.zone)).date()
        return await record(number, paused_until=here + timedelta(days=PAUSES[chosen][1]))
    typed = await talk.line("The first day offers may come again, like 2026-12-31.")
    return await record(number, paused_until=read_days(typed).first) if typed else None


async def _less_often(talk: Talk, visit: Visit, number: E164, _now: Wishes) -> Wishes | None:
    typed = await talk.line(f"At most how many offers in how many days? Like 1/30. {_FORGETS}")
    if not typed:
        return None
    most: Frequency | Literal[""] = "" if typed == _NOTHING else frequency_typed(typed)
    return await visit.shop.wishes.record(number, most=most)


async def _channel(talk: Talk, visit: Visit, number: E164, _now: Wishes) -> Wishes | None:
    labels = [*(words for words, _ in CHANNELS), "They have not said"]
    chosen = await talk.choose("How would they rather hear from you?", labels)
    if chosen is None:
        return None
    wanted: Channel | Literal[""] = CHANNELS[chosen][1] if chosen < len(CHANNELS) else ""
    return await visit.shop.wishes.record(number, channel=wanted)


async def _hours(talk: Talk, visit: Visit, number: E164, now: Wishes) -> Wishes | None:
    if now.hours is not None:
        talk.say(f"Now: {week_text(now.hours)}.")
    typed = await talk.line(f"When, on their own clock? Like mon-fri 9:00-12:00. {_FORGETS}")
    if not typed:
        return None
    return await visit.shop.wishes.record(number, hours="" if typed == _NOTHING else typed)


async def _language(talk: Talk, visit: Visit, number: E164, _now: Wishes) -> Wishes | None:
    typed = await talk.line(f"Its code, like es or fr-CA. {_FORGETS}")
    if not typed:
        return None
    return await visit.shop.wishes.record(number, language="" if typed == _NOTHING else typed)
