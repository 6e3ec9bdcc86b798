"""What somebody types about a form on a web site, as evidence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shopbell.domain.web_form import WebForm, read_form, read_sent_at
from shopbell.errors import BadInput

PAGE = "https://fernandfinch.example/sms"
NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sender", "form"),
    [
        ("203.0.113.7", WebForm(page=PAGE, ip="203.0.113.7")),
        ("2001:db8::7", WebForm(page=PAGE, ip="2001:db8::7")),
        ("S-17", WebForm(page=PAGE, form_id="S-17")),
        ("203.0.113", WebForm(page=PAGE, form_id="203.0.113")),
    ],
)
def test_an_address_is_known_from_a_number_of_the_site(sender: str, form: WebForm) -> None:
    assert read_form(PAGE, sender) == form


@pytest.mark.parametrize(
    ("page", "sender"),
    [("our page", "S-17"), ("ftp://x.example", "S-17"), (PAGE, ""), (PAGE, "a\x1b[2J")],
)
def test_what_is_no_evidence_is_refused(page: str, sender: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_form(page, sender)
    assert refused.value.code == "bad_form"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2026-11-21 10:42", datetime(2026, 11, 21, 15, 42, tzinfo=UTC)),
        ("2026-11-21T10:42+01:00", datetime(2026, 11, 21, 9, 42, tzinfo=UTC)),
        ("2026-11-24 10:42", NOW),
    ],
)
def test_a_time_without_an_offset_is_the_shops_clock(typed: str, at: datetime) -> None:
    assert read_sent_at(typed, "America/New_York", NOW) == at


@pytest.mark.parametrize("typed", ["", "yesterday", "2026-11-24 10:43", "0001-01-01 00:00+23:59"])
def test_a_moment_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_sent_at(typed, "America/New_York", NOW)
    assert refused.value.code == "bad_time"
