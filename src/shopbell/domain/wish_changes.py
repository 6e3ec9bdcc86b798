"""What somebody types about a person's wishes, and the wishes it makes. Must not keep them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from shopbell.domain.promises import Frequency
from shopbell.domain.shop import Week
from shopbell.domain.weeks import read_week
from shopbell.domain.wishes import Channel, Wishes
from shopbell.errors import BadInput

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,7})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class WishChange:
    """Changes to what is on file: what is None stays, "" forgets it."""

    channel: Channel | Literal[""] | None = None
    """How they would rather hear from the shop."""
    paused_until: date | Literal[""] | None = None
    """The first day marketing may come again, on the shop's calendar."""
    language: str | None = None
    """As in BCP 47: "es", "fr-CA"."""
    hours: str | None = None
    """When texts may come, on their own clock: "mon-fri 9:00-12:00"."""
    most: Frequency | Literal[""] | None = None
    """The most marketing texts they want."""

    @property
    def changes_nothing(self) -> bool:
        """Whether everything stays."""
        return self == WishChange()


def changed(old: Wishes, change: WishChange, zone: str, now: datetime) -> Wishes:
    """Return the wishes after a change.

    Args:
        old: what is on file.
        change: what was typed.
        zone: the shop's zone, on whose calendar a pause ends.
        now: aware.

    Raises:
        BadInput: the day is over, the language is none, or the hours cannot be read.
    """
    until, language, hours = change.paused_until, change.language, change.hours
    if language and not _LANGUAGE.fullmatch(language):
        raise BadInput(
            f"“{language[:20]}” is not a language.",
            "Write its code: en, es, fr-CA.",
            code="bad_language",
        )
    new = old
    if change.channel is not None:
        new = replace(new, channel=change.channel or None)
    if until is not None:
        new = replace(new, paused_until=_pause_end(until, zone, now) if until else None)
    if language is not None:
        new = replace(new, language=language)
    if change.most is not None:
        new = replace(new, most=change.most or None)
    if hours is not None:
        new = replace(new, hours=_week(hours) if hours.strip() else None)
    return new


def _week(typed: str) -> Week:
    week = read_week(typed)
    if not any(week.days):
        raise BadInput(
            "With no hours at all no text could ever go.",
            "If they want no texts, choose that as their channel.",
            code="bad_hours",
        )
    return week


def _pause_end(day: date, zone: str, now: datetime) -> datetime:
    try:
        begin = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        raise BadInput(
            "That is no day to wait for.", "Name a later one.", code="bad_date"
        ) from None
    if begin <= now:
        raise BadInput("A pause must end after today.", "Name the day it ends.", code="bad_date")
    return begin
