"""A person's wishes in plain sentences, the same at every door. Must not enforce them."""

from __future__ import annotations

from datetime import datetime

from shopbell.domain.telling import calendar_day
from shopbell.domain.topics import how_often
from shopbell.domain.weeks import week_text
from shopbell.domain.wishes import Channel, Wishes

_WISHED = {
    Channel.TEXT: "Would like to be texted.",
    Channel.CALL: "Would rather be called.",
    Channel.EMAIL: "Would rather get e-mail.",
    Channel.NONE: "Would rather not be contacted.",
}


def wish_sentences(wishes: Wishes, zone: str, now: datetime) -> tuple[str, ...]:
    """Return the wishes that are on file; a pause that is over says so.

    Args:
        wishes: what is on file.
        zone: the shop's zone, on whose calendar a pause ends.
        now: aware.
    """
    said = []
    if wishes.channel is not None:
        said.append(_WISHED[wishes.channel])
    if (until := wishes.paused_until) is not None:
        day = calendar_day(until, zone)
        over = "" if until > now else ", which is over"
        said.append(f"Asked for no marketing until {day}{over}.")
    if wishes.language:
        said.append(f"Language: {wishes.language}.")
    if wishes.hours is not None:
        said.append(f"Asked for texts on {week_text(wishes.hours)} only, on their clock.")
    if wishes.most is not None:
        most = how_often(wishes.most).removeprefix("Up to ")
        said.append(f"Asked for at most {most} of offers.")
    return tuple(said)
