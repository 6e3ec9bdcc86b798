"""The numbers of a report as lines and words: nothing is left out, and columns stand still."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.failures import Cause
from shopbell.domain.ids import CampaignId
from shopbell.domain.report_words import Table
from shopbell.domain.reports import (
    NOTHING,
    CampaignNumbers,
    DayNumbers,
    FailureCount,
    HeardFromUs,
    Numbers,
    Report,
)
from shopbell.tui import report_lines
from shops import ANA, NOW
from tui.screens import HOSTILE

MONDAY = date(2026, 11, 23)
ZONE = "America/New_York"
BUSY = Numbers(
    sent=1204, delivered=1190, failed=9, unknown=2, replied=63, stopped=4, parts=1300,
    cost=(("USD", 10_270_000),), without_price=3,
)  # fmt: skip


def heard(**changes: object) -> HeardFromUs:
    one = HeardFromUs(number=ANA, name="Ana Reyes", texts=12, marketing=3, last_at=NOW)
    return replace(one, **changes)  # type: ignore[arg-type]


def campaign(name: str = "Winter wreaths", numbers: Numbers = BUSY) -> CampaignNumbers:
    return CampaignNumbers(
        id=CampaignId(7), name=name, state=CampaignState.DONE, started_at=NOW, numbers=numbers
    )


def report(*days: Numbers, **tables: object) -> Report:
    made = Report(
        first=MONDAY,
        last=MONDAY + timedelta(days=len(days) - 1),
        days=tuple(
            DayNumbers(day=MONDAY + timedelta(days=at), numbers=one) for at, one in enumerate(days)
        ),
        campaigns=(),
        most=(),
        failures=(),
    )
    return replace(made, **tables)  # type: ignore[arg-type]


def test_the_total_says_everything_that_is_something() -> None:
    assert report_lines.total(BUSY) == (
        "sent 1,204   arrived 1,190   replies 63   stops 4   failed 9   unknown 2   "
        "cost $10.27   without a price 3"
    )
    assert report_lines.total(NOTHING) == "sent 0   arrived 0   replies 0   stops 0   failed 0"
    both = replace(BUSY, cost=(("EUR", 50_000), ("USD", 7900)), unknown=0, without_price=0)
    assert report_lines.total(both).endswith("failed 9   cost €0.05   cost $0.0079")


def test_days_come_newest_first_and_quiet_ones_are_left_away() -> None:
    made = report(Numbers(sent=1), NOTHING, Numbers(replied=1))
    days = report_lines.lines_of(made, Table.DAY)
    assert [one.day.day for one in days if isinstance(one, DayNumbers)] == [25, 23]


def test_each_table_says_how_many_lines_it_has() -> None:
    causes = (FailureCount(cause=Cause.BAD_NUMBER, count=9),)
    made = report(BUSY, campaigns=(campaign(), campaign()), most=(heard(),), failures=causes)
    said = [(one.id, one.count, one.words) for one in report_lines.counts(made)]
    assert said == [
        ("day", 1, "day"),
        ("campaign", 2, "campaigns"),
        ("person", 1, "person texted most"),
        ("failure", 1, "cause of failure"),
    ]


def drawn(line: report_lines.Line, width: int = 73, *, whole: bool = False) -> str:
    return "".join(text for text, _ in report_lines.draw(line, width, NOW, whole=whole))


@pytest.mark.parametrize("width", [53, 55, 63, 64, 73, 113])
@pytest.mark.parametrize(
    ("table", "line"),
    [
        (Table.DAY, DayNumbers(day=MONDAY, numbers=BUSY)),
        (Table.CAMPAIGN, campaign()),
    ],
)
def test_every_number_stands_under_its_word(
    table: Table, line: report_lines.Line, width: int
) -> None:
    words, row = report_lines.heading(table, width), drawn(line, width)
    assert cell_len(words) == cell_len(row) <= width
    for word, number in (
        ("sent", "1,204"), ("arrived", "1,190"), ("replies", "63"), ("stops", "4"),
        ("failed", "9"), ("cost", "$10.27"),
    ):  # fmt: skip
        end = words.index(word) + len(word)
        assert row[:end].endswith(number), (word, words, row)


@pytest.mark.parametrize("width", [53, 73, 113])
def test_the_list_of_people_has_its_words_above_it(width: int) -> None:
    words, row = report_lines.heading(Table.PERSON, width), drawn(heard(), width)
    assert cell_len(words) == cell_len(row) <= width
    for word, said in (("texts", "12"), ("offers", "3"), ("last", "now")):
        assert row[: words.index(word) + len(word)].endswith(said)
    assert row[words.index("number") :].startswith("…0101")


def test_a_number_is_whole_only_when_asked_for() -> None:
    assert "555-0101" not in drawn(heard())
    assert "+1 212-555-0101" in drawn(heard(), whole=True)
    assert "…0101" in report_lines.more(heard(), ZONE, whole=False)
    assert str(ANA) in report_lines.more(heard(), ZONE, whole=True)


def test_who_has_no_name_is_called_by_the_end_of_the_number() -> None:
    assert drawn(heard(name="")).startswith("…0101")
    assert report_lines.more(heard(name=""), ZONE, whole=False).startswith("…0101 had 12 texts")


def test_several_currencies_are_told_in_the_sentence() -> None:
    both = replace(BUSY, cost=(("EUR", 50_000), ("USD", 7900)))
    line = DayNumbers(day=MONDAY, numbers=both)
    assert drawn(line).endswith("€0.05 +")
    assert "0.05 EUR + 0.0079 USD" in report_lines.more(line, ZONE, whole=False)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (DayNumbers(day=MONDAY, numbers=BUSY),
         "9 failed, 2 unknown, 63 replies, 4 stopped, 10.27 USD + 3 without a price."),
        (campaign(), "Campaign 7, “Winter wreaths”, done: 1,204 sent"),
        (heard(), "Ana Reyes (…0101) had 12 texts (3 offers); the last Tue 24 Nov 2026, 10:42."),
        (FailureCount(cause=Cause.BAD_NUMBER, count=9), "correct it."),
    ],
)  # fmt: skip
def test_the_line_under_the_cursor_is_a_whole_sentence(line: report_lines.Line, says: str) -> None:
    assert says in report_lines.more(line, ZONE, whole=False)


def test_why_texts_failed_says_how_many_and_what_happened() -> None:
    row = drawn(FailureCount(cause=Cause.BAD_NUMBER, count=9))
    assert row.startswith("     9  The gateway says that no text can reach this number.")
    assert "what happened" in report_lines.heading(Table.FAILURE, 73)


def test_bars_can_count_texts_answers_and_each_currency() -> None:
    made = report(replace(BUSY, cost=(("EUR", 50_000), ("USD", 7900))), NOTHING)
    among = report_lines.measures(made)
    assert [one.words for one in among] == [
        "sent", "arrived", "replies", "stops", "failed", "cost in EUR", "cost in USD",
    ]  # fmt: skip
    assert [one.of(made.days[0].numbers) for one in among] == [1204, 1190, 63, 4, 9, 50_000, 7900]
    assert [one.of(NOTHING) for one in among] == [0] * 7
    assert report_lines.most(made, among[0]) == "sent: most on Mon 23 Nov, 1,204"
    assert report_lines.most(made, among[5]) == "cost in EUR: most on Mon 23 Nov, €0.05"


def test_one_day_has_no_busiest_day_and_nothing_is_none() -> None:
    alone, quiet = report(BUSY), report(Numbers(sent=1), NOTHING)
    assert report_lines.most(alone, report_lines.measures(alone)[0]) == "sent: 1,204"
    assert report_lines.most(quiet, report_lines.measures(quiet)[2]) == "replies: none"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [10, 53, 113])
def test_hostile_names_take_no_more_than_their_column(text: str, width: int) -> None:
    tame = drawn(campaign("Wreaths"), width), drawn(heard(), width)
    for name, row in ((campaign(text), tame[0]), (heard(name=text), tame[1])):
        shown = drawn(name, width)
        assert cell_len(shown) == cell_len(row)
        assert not [char for char in shown if char < " " or "\x7f" <= char <= "\x9f"]


@given(
    st.builds(
        Numbers,
        sent=st.integers(0, 9_999), delivered=st.integers(0, 9_999), failed=st.integers(0, 999),
        replied=st.integers(0, 9_999), stopped=st.integers(0, 999),
        cost=st.lists(
            st.tuples(st.sampled_from(["USD", "EUR", "GBP"]), st.integers(0, 99_000_000)),
            max_size=2, unique_by=lambda pair: pair[0],
        ).map(tuple),
    ),
    st.integers(min_value=53, max_value=160),
)  # fmt: skip
def test_columns_never_move_whatever_the_numbers(numbers: Numbers, width: int) -> None:
    row = drawn(DayNumbers(day=MONDAY, numbers=numbers), width)
    assert cell_len(row) == cell_len(report_lines.heading(Table.DAY, width))
