"""Who a text is from: numbers as gateways write them, and senders that are no numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.senders import sender_number


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("+12125550142", "US", "+12125550142"),
        ("12125550142", "US", "+12125550142"),
        ("2125550142", "US", "+12125550142"),
        ("(212) 555-0142", "US", "+12125550142"),
        ("212.555.0142", "US", "+12125550142"),
        (" +1 212 555 0142 ", "US", "+12125550142"),
        # A raw "+" in a query becomes a blank.
        (" 12125550142", "US", "+12125550142"),
        ("07700900123", "GB", "+447700900123"),
        ("07700 900123", "GB", "+447700900123"),
        ("447700900123", "GB", "+447700900123"),
        ("+447700900123", "US", "+447700900123"),
        ("00447700900123", "GB", "+447700900123"),
    ],
)
def test_a_number_is_read_however_a_gateway_writes_it(
    written: str, country: str, number: str
) -> None:
    assert sender_number(written, country) == number


@pytest.mark.parametrize(
    "written",
    ["", " ", "22000", "12345", "PARCELS", "Fern", "+", "+1", "0", "[/]", "\x1b[2J", "\u202e+1212",
     "+1212555014x", "unknown", "anonymous", "a" * 10_000, "1" * 10_000],
)  # fmt: skip
def test_short_codes_names_and_nonsense_have_no_number(written: str) -> None:
    assert sender_number(written, "US") is None


@given(written=st.text(max_size=60), country=st.sampled_from(["US", "GB", "FR", "CA"]))
def test_whatever_is_written_gives_a_number_or_nothing(written: str, country: str) -> None:
    found = sender_number(written, country)
    assert found is None or (found[0] == "+" and found[1:].isdigit() and 7 <= len(found) <= 16)


@given(area=st.sampled_from([212, 305, 312, 415]), line=st.integers(100, 199))
def test_every_way_to_write_a_number_is_one_person(area: int, line: int) -> None:
    ways = (f"+1{area}5550{line}", f"1{area}5550{line}", f"{area}5550{line}",
            f"({area}) 555-0{line}", f"+1 {area} 555 0{line}")  # fmt: skip
    assert {sender_number(way, "US") for way in ways} == {f"+1{area}5550{line}"}
