"""Dates as files write them: read, or unclear, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.dates import DateOrder, DateRead, UnclearDate, read_birthday, read_date

NINTH_OF_MARCH = date(2021, 3, 9)

CLEAR = [
    "2021-03-09",
    "2021/03/09",
    "2021.3.9",
    "20210309",
    "'2021-03-09",
    " 2021-03-09 ",
    "44264",
    "9 Mar 2021",
    "9-Mar-21",
    "9th March 2021",
    "Mar 9, 2021",
    "March 9th, 2021",
    "Tue, 9 Mar 2021",
    "9. März 2021",
    "9 mars 2021",
    "9 de marzo de 2021",
    "9 maart 2021",
    "9 março 2021",
    "9 MARZO 2021",
]


@pytest.mark.parametrize("cell", CLEAR)
@pytest.mark.parametrize("order", [None, *DateOrder])
def test_a_clear_date_is_read_whatever_the_owner_says_about_the_file(
    cell: str, order: DateOrder | None
) -> None:
    assert read_date(cell, order) == DateRead(day=NINTH_OF_MARCH)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2021-03-09", "2021-03-09T05:00"),
        ("2021-03-09_12:34:25", "2021-03-09T17:34:25"),
        ("2021-03-09 12:34", "2021-03-09T17:34"),
        ("2021-03-09T12:34:25.123Z", "2021-03-09T12:34:25"),
        ("2021-03-09 12:34:25 UTC", "2021-03-09T12:34:25"),
        ("2021-03-09 12:34:25+01:00", "2021-03-09T11:34:25"),
        ("20210309T123425Z", "2021-03-09T12:34:25"),
        ("20210309T1234", "2021-03-09T17:34"),
        ("Mar 9, 2021, 12:34 PM", "2021-03-09T17:34"),
        ("March 9, 2021 12:05 a.m.", "2021-03-09T05:05"),
        ("Tue, 09 Mar 2021 12:34:25 GMT", "2021-03-09T12:34:25"),
        ("Tue, 09 Mar 2021 12:34:25 -0500", "2021-03-09T17:34:25"),
        ("44264.5", "2021-03-09T17:00"),
    ],
)
def test_a_time_without_offset_is_the_shops_own(cell: str, moment: str) -> None:
    read = read_date(cell)
    assert isinstance(read, DateRead)
    assert read.moment("America/New_York") == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize("cell", ["3/9/2021", "03-09-2021", "3.9.2021", "3/9/21", "3 9 2021"])
def test_day_and_month_that_could_be_swapped_are_unclear_until_the_owner_says(cell: str) -> None:
    assert read_date(cell) == UnclearDate(cell=cell, readings=(date(2021, 9, 3), NINTH_OF_MARCH))
    assert read_date(cell, DateOrder.DMY) == DateRead(day=date(2021, 9, 3))
    assert read_date(cell, DateOrder.MDY) == DateRead(day=NINTH_OF_MARCH)
    assert read_date(cell, DateOrder.YMD) is None


def test_an_unclear_date_says_both_ways_in_words() -> None:
    read = read_date("3/9/2021")
    assert isinstance(read, UnclearDate)
    assert read.sentence == '"3/9/2021" may be 3 September 2021 or 9 March 2021.'


def test_two_digits_everywhere_may_even_begin_with_the_year() -> None:
    read = read_date("21-03-09")
    assert isinstance(read, UnclearDate)
    assert read.readings == (date(2009, 3, 21), NINTH_OF_MARCH)
    assert read_date("21-03-09", DateOrder.YMD) == DateRead(day=NINTH_OF_MARCH)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("25/3/2021", date(2021, 3, 25)),
        ("3/25/2021", date(2021, 3, 25)),
        ("9/9/2021", date(2021, 9, 9)),
        ("25.3.85", date(1985, 3, 25)),
    ],
)
def test_a_day_over_twelve_or_equal_to_the_month_needs_no_asking(cell: str, day: date) -> None:
    assert read_date(cell) == DateRead(day=day)


@pytest.mark.parametrize(
    "cell",
    [
        *("", " ", "yes", "0", "1", "12125550142", "2021-13-40", "2021-02-30", "31/31/2021"),
        *("2021-03-09 25:61", "2021-03-09 13:00 pm", "12:30", "19999", "73051", "44264 12:30"),
        *(
            "0001-01-01",
            "9999-12-31",
            "9 Foo 2021",
            "Foo 9, 2021",
            "x" * 5000,
            "1" * 5000,
            "٣/٩/٢٠٢١٢",
            "2021-03-09\x00",
        ),
    ],
)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert read_date(cell) is None


def test_the_owners_word_refuses_what_does_not_fit_it() -> None:
    assert read_date("25/3/2021", DateOrder.MDY) is None
    assert read_date("3/25/2021", DateOrder.DMY) is None


@pytest.mark.parametrize(
    ("cell", "order", "birthday"),
    [
        ("1985-03-09", None, "1985-03-09"),
        ("19850309", None, "1985-03-09"),
        ("1985-03-09T00:00:00Z", None, "1985-03-09"),
        ("03-14-1985", None, "1985-03-14"),
        ("03-09-1985", DateOrder.MDY, "1985-03-09"),
        ("--0309", None, "--03-09"),
        ("--02-29", None, "--02-29"),
        ("1604-03-09", None, "--03-09"),
        ("03/14", None, "--03-14"),
        ("14/03", None, "--03-14"),
        ("03-09", DateOrder.MDY, "--03-09"),
        ("03-09", DateOrder.YMD, "--03-09"),
        ("03-09", DateOrder.DMY, "--09-03"),
        ("0/0/00", None, None),
        ("1585-03-09", None, None),
        ("13/13", None, None),
        ("", None, None),
        ("spring", None, None),
    ],
)
def test_a_birthday_may_lack_its_year(
    cell: str, order: DateOrder | None, birthday: str | None
) -> None:
    assert read_birthday(cell, order) == birthday


@pytest.mark.parametrize("cell", ["03-09", "3/9", "3/9/1985"])
def test_a_birthday_that_may_be_two_days_is_unclear(cell: str) -> None:
    assert isinstance(read_birthday(cell), UnclearDate)


@settings(deadline=None, max_examples=200)
@given(day=st.dates(date(1941, 1, 1), date(2040, 12, 31)))
def test_every_day_written_in_a_known_order_comes_back(day: date) -> None:
    orders = {DateOrder.DMY: "%d/%m/%Y", DateOrder.MDY: "%m-%d-%Y", DateOrder.YMD: "%Y.%m.%d"}
    for order, form in orders.items():
        assert read_date(day.strftime(form), order) == DateRead(day=day)
        unasked = read_date(day.strftime(form))
        assert unasked == DateRead(day=day) or (
            isinstance(unasked, UnclearDate) and day in unasked.readings
        )
    assert read_birthday(day.isoformat()) == day.isoformat()


@settings(deadline=None, max_examples=300)
@given(cell=st.text(max_size=30) | st.from_regex(r"[0-9 /.:T+\-]{1,30}", fullmatch=True))
def test_any_cell_is_a_date_unclear_or_nothing(cell: str) -> None:
    for order in (None, *DateOrder):
        read_birthday(cell, order)
        read = read_date(cell, order)
        if isinstance(read, DateRead):
            assert read.moment("Pacific/Kiritimati").tzinfo is UTC
        assert order is None or not isinstance(read, UnclearDate)
