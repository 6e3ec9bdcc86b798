"""Complaints: by when the shop answers, what it does next, when one persists."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NEW_YORK, NOW, a_shop, at
from shopbell.domain.complaints import (
    ABOUT,
    Complaint,
    ComplaintKind,
    due_at,
    is_overdue,
    persists,
    what_to_do,
)
from shopbell.domain.consent import How
from shopbell.domain.ids import E164, ComplaintId

SHOP = a_shop()
MON_TO_SAT = "mon-fri 10:00-18:00; sat 10:00-17:00"


def a_complaint(
    kind: ComplaintKind = ComplaintKind.ORDER,
    said: datetime = NOW,
    due: datetime = NOW + timedelta(hours=7),
    closed: datetime | None = None,
) -> Complaint:
    return Complaint(
        id=ComplaintId(1),
        number=E164(NEW_YORK),
        kind=kind,
        words="wilted tulips",
        how=How.IN_PERSON,
        at=said,
        recorded_at=said,
        who="Ana",
        due_at=due,
        closed_at=closed,
        closed_by="",
        outcome="" if closed is None else "new tulips",
    )


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("2026-11-24 15:42", "2026-11-24 23:00"),  # Tue 10:42: today until 18:00
        ("2026-11-24 13:00", "2026-11-24 23:00"),  # before the shop opens
        ("2026-11-24 20:59", "2026-11-24 23:00"),  # two hours are left
        ("2026-11-24 21:01", "2026-11-25 23:00"),  # less: tomorrow
        ("2026-11-25 01:00", "2026-11-25 23:00"),  # in the evening
        ("2026-11-28 18:00", "2026-11-28 22:00"),  # Sat, shorter hours
        ("2026-11-28 21:00", "2026-11-30 23:00"),  # Sat afternoon: Monday
        ("2026-11-29 15:00", "2026-11-30 23:00"),  # Sunday
    ],
)
def test_who_complains_is_answered_by_closing_time(said: str, due: str) -> None:
    for kind in (ComplaintKind.ORDER, ComplaintKind.TEXTS, ComplaintKind.OTHER):
        assert due_at(kind, at(said), SHOP) == at(due)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("2026-11-24 15:42", "2026-12-24 15:42"),
        ("2026-01-31 12:00", "2026-02-28 12:00"),
        ("2026-12-31 23:59", "2027-01-31 23:59"),
    ],
)
def test_who_asks_about_their_data_is_answered_within_a_month(said: str, due: str) -> None:
    assert due_at(ComplaintKind.DATA, at(said), SHOP) == at(due)


def test_a_shop_without_hours_answers_within_a_day() -> None:
    closed = a_shop(hours="")
    assert due_at(ComplaintKind.ORDER, NOW, closed) == NOW + timedelta(days=1)


@given(st.datetimes(at("2026-01-01").replace(tzinfo=None), at("2027-12-31").replace(tzinfo=None)))
def test_the_clock_never_runs_backwards_and_never_long(said: datetime) -> None:
    moment = said.replace(tzinfo=NOW.tzinfo)
    due = due_at(ComplaintKind.ORDER, moment, SHOP)
    assert moment + timedelta(hours=2) <= due <= moment + timedelta(days=3)


def test_a_complaint_is_overdue_once_its_time_is_over_and_it_is_open() -> None:
    one = a_complaint()
    assert not is_overdue(one, one.due_at)
    assert is_overdue(one, one.due_at + timedelta(seconds=1))
    assert not is_overdue(replace(one, closed_at=NOW), one.due_at + timedelta(days=9))


@pytest.mark.parametrize(
    ("days_ago", "several"),
    [((), False), ((0,), False), ((0, 29), True), ((0, 30), False), ((1, 2, 3), True)],
)
def test_two_complaints_in_thirty_days_are_one_that_persists(
    days_ago: tuple[int, ...], several: bool
) -> None:
    past = [a_complaint(said=NOW - timedelta(days=days)) for days in days_ago]
    assert persists(past, NOW) is several


@pytest.mark.parametrize("kind", ComplaintKind)
def test_every_kind_says_what_to_do_by_when(kind: ComplaintKind) -> None:
    one = a_complaint(kind)
    step = what_to_do(one, SHOP, NOW)
    assert "Tue 24 Nov 17:42" in step
    assert step.endswith(".")
    assert "over" not in step
    assert "do it now" in what_to_do(one, SHOP, NOW + timedelta(days=1))
    assert ABOUT[kind]
