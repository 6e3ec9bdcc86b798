"""Wishes as they are typed, changed and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from builders import NOW
from shopbell.domain.weeks import read_week
from shopbell.domain.wish_changes import WishChange, changed
from shopbell.domain.wish_words import wish_sentences
from shopbell.domain.wishes import NO_WISHES, Channel, Wishes
from shopbell.errors import BadInput

NEW_YORK = "America/New_York"
ALL = Wishes(
    channel=Channel.CALL,
    paused_until=datetime(2026, 12, 1, 5, tzinfo=UTC),
    language="fr-CA",
    hours=read_week("mon-fri 9:00-12:00"),
)
EVERY_CHANGE = WishChange(
    channel=Channel.CALL,
    paused_until=date(2026, 12, 1),
    language="fr-CA",
    hours="mon-fri 9:00-12:00",
)


def test_what_is_not_typed_stays_and_what_is_emptied_goes() -> None:
    assert changed(ALL, WishChange(), NEW_YORK, NOW) == ALL
    assert WishChange().changes_nothing
    assert changed(NO_WISHES, EVERY_CHANGE, NEW_YORK, NOW) == ALL
    emptied = WishChange(channel="", paused_until="", language="", hours="  ")
    assert not emptied.changes_nothing
    assert changed(ALL, emptied, NEW_YORK, NOW) == NO_WISHES


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (WishChange(channel=Channel.NONE), replace(ALL, channel=Channel.NONE)),
        (WishChange(paused_until=""), replace(ALL, paused_until=None)),
        (WishChange(language="es"), replace(ALL, language="es")),
        (WishChange(hours=""), replace(ALL, hours=None)),
    ],
)
def test_each_wish_changes_alone(change: WishChange, kept: Wishes) -> None:
    assert changed(ALL, change, NEW_YORK, NOW) == kept


@pytest.mark.parametrize("zone", [NEW_YORK, "Asia/Kathmandu", "Pacific/Kiritimati"])
def test_a_pause_ends_with_the_start_of_its_day_on_the_shops_calendar(zone: str) -> None:
    until = changed(NO_WISHES, EVERY_CHANGE, zone, NOW).paused_until
    assert until is not None
    assert until.tzinfo is UTC
    assert wish_sentences(Wishes(paused_until=until), zone, NOW) == (
        "Asked for no marketing until 1 Dec 2026.",
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (WishChange(paused_until=date(2026, 11, 24)), "bad_date"),
        (WishChange(paused_until=date(2020, 1, 1)), "bad_date"),
        (WishChange(paused_until=date(1, 1, 1)), "bad_date"),
        (WishChange(language="Klingon"), "bad_language"),
        (WishChange(language="[/]"), "bad_language"),
        (WishChange(hours="mon none"), "bad_hours"),
        (WishChange(hours="sometimes"), ""),
        (WishChange(hours="mon 25:00-26:00"), ""),
    ],
)
def test_what_makes_no_sense_is_refused(change: WishChange, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        changed(NO_WISHES, change, "Asia/Kathmandu", NOW)
    assert caught.value.message
    assert not code or caught.value.code == code


def test_every_wish_is_told_and_none_is_no_words() -> None:
    assert wish_sentences(NO_WISHES, NEW_YORK, NOW) == ()
    assert wish_sentences(ALL, NEW_YORK, NOW) == (
        "Would rather be called.",
        "Asked for no marketing until 1 Dec 2026.",
        "Language: fr-CA.",
        "Asked for texts on mon-fri 09:00-12:00 only, on their clock.",
    )


def test_a_pause_that_is_over_says_so() -> None:
    over = Wishes(paused_until=NOW - timedelta(days=1))
    assert wish_sentences(over, NEW_YORK, NOW) == (
        "Asked for no marketing until 23 Nov 2026, which is over.",
    )
