"""Do-not-text lists and message logs: every stop in them is found, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rule_files import packaged_rules
from shopbell.domain.importing import ParkedRow
from shopbell.domain.message_log import MessageLog, is_message_log
from shopbell.domain.stop_lists import (
    ListedRow,
    NumberList,
    PassedOver,
    StopRow,
    columns_with_numbers,
    listed_rows,
)

A, B, C = "+12125550101", "+12125550102", "+12125550103"


def listed(*cells: str, columns: tuple[int, ...] = (0, 1)) -> ListedRow:
    return NumberList(columns, "us", "On a list.").read(2, cells)


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (("212-555-0101",), (A,)),
        (("212-555-0101", "212-555-0102"), (A, B)),
        (("212-555-0101", "+1 212 555 0101"), (A,)),
        (("212-555-0101 / 212-555-0102; 2125550103",), (A, B, C)),
        (("212-555-0101 ::: 212-555-0102",), (A, B)),
        (("212-555-0101 or 212-555-0102",), (A, B)),
        (("call her / 212-555-0102",), (B,)),
        (("n/a", "212-555-0102"), (B,)),
        (("020 7946 0123 x", "212-555-0102"), (B,)),
    ],
)
def test_every_number_of_a_row_is_stopped(cells: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    assert listed(*cells) == StopRow(row=2, numbers=numbers, why="On a list.")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("", "-"), "no phone number in this row"),
        (("call her",), ""),
        (("555-0105",), "area code"),
        (("1.55512E+10",), "digits are gone"),
        ((), "no phone number in this row"),
    ],
)
def test_a_row_without_a_number_is_parked_with_the_reason(
    cells: tuple[str, ...], words: str
) -> None:
    row = listed(*cells)
    assert isinstance(row, ParkedRow)
    assert words in row.reason


def test_rows_keep_their_order_and_parked_ones_their_place() -> None:
    parked = ParkedRow(row=3, reason="Broken.", cells=())
    rows = list(listed_rows([(2, [A]), parked, (4, ["x"])], NumberList((0,), "US", "")))
    assert [row.row for row in rows] == [2, 3, 4]
    assert rows[1] is parked


def test_one_number_makes_a_column_worth_reading() -> None:
    assert columns_with_numbers([["x", "y", A], ["2125550101 / y", "", ""]], "US") == (0, 2)


HEADER = tuple(
    "From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction".split(
        ","
    )
)
SHOP = "+12125550100"


def logged(
    body: str = "",
    direction: str = "inbound",
    error: str = "",
    sent: str = "2026-03-09T10:00:00Z",
    *,
    sender: str = A,
    to: str = SHOP,
) -> ListedRow:
    row = {
        "From": sender,
        "To": to,
        "Body": body,
        "Direction": direction,
        "ErrorCode": error,
        "SentDate": sent,
    }
    log = MessageLog(HEADER, "US", "America/New_York", packaged_rules().stops)
    return log.read(5, [row.get(name, "") for name in HEADER])


def test_the_log_is_known_by_its_columns_in_any_order_and_spelling() -> None:
    assert is_message_log(HEADER)
    assert is_message_log([name.upper() for name in reversed(HEADER)])
    assert not is_message_log([name for name in HEADER if name != "Direction"])
    assert not is_message_log(("From", "To", "Direction"))


@pytest.mark.parametrize(
    "body", ["STOP", "stop.", "Unsubscribe", "please stop texting me", "ARRET"]
)
def test_a_reply_that_says_stop_stops_its_sender_at_that_moment(body: str) -> None:
    row = logged(body)
    assert isinstance(row, StopRow)
    assert (row.row, row.numbers) == (5, (A,))
    assert body in row.why
    assert row.at == datetime(2026, 3, 9, 10, tzinfo=UTC)


def test_a_text_refused_because_of_a_stop_stops_whom_it_was_for() -> None:
    for error in ("21610", "21610.0"):
        row = logged("Sale!", "outbound-api", error, sender=SHOP, to=B)
        assert isinstance(row, StopRow)
        assert row.numbers == (B,)


@pytest.mark.parametrize(
    ("body", "direction", "error"),
    [
        ("thanks!", "inbound", ""),
        ("START", "inbound", ""),
        ("STOP", "outbound-reply", ""),
        ("Sale! Reply STOP to end", "outbound-api", ""),
        ("Sale!", "outbound-api", "30003"),
        ("", "", ""),
    ],
)
def test_everything_else_is_passed_over(body: str, direction: str, error: str) -> None:
    assert logged(body, direction, error) == PassedOver(row=5)


def test_a_reply_that_may_be_a_stop_is_left_to_the_owner() -> None:
    row = logged("enough roses for now")
    assert isinstance(row, ParkedRow)
    assert "may be a stop" in row.reason


def test_a_stop_from_nobody_known_is_parked() -> None:
    for sender in ("", "FERNFINCH", "12345"):
        assert isinstance(logged("STOP", sender=sender), ParkedRow)


def test_a_stop_without_a_readable_date_has_none() -> None:
    for sent in ("", "3/9/2026", "soon"):
        row = logged("STOP", sent=sent)
        assert isinstance(row, StopRow)
        assert row.at is None


def test_a_stop_over_another_channel_is_a_stop_too() -> None:
    row = logged("STOP", sender=f"whatsapp:{A}")
    assert isinstance(row, StopRow)
    assert row.numbers == (A,)
