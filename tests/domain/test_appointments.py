"""Appointments: whole lists of them as tables, whom they are for, and the words that remind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.appointment_people import Guest, Known, guest_of
from shopbell.domain.appointment_rows import Part, appointments_in, parts_of
from shopbell.domain.appointments import (
    HORIZON,
    Appointment,
    Appointments,
    appointment_values,
    read_lead,
    remind_at,
    spoken_clock,
)
from shopbell.domain.dates import DateOrder
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.merge_fields import (
    OF_AN_APPOINTMENT,
    Field,
    Unprintable,
    filled_in,
    read_merge_text,
)
from shopbell.domain.shop import ShopProfile
from shopbell.errors import BadInput
from shops import ANA, BO, NOW

ZONE = "America/New_York"
HEADER = ("Date", "Time", "Client", "Phone", "Service", "Status")


def table(
    *rows: tuple[str, ...],
    header: tuple[str, ...] = HEADER,
    order: DateOrder | None = None,
    **chosen: str,
) -> Appointments:
    parts = parts_of(header, {Part(word.replace("_", "-")): one for word, one in chosen.items()})
    return appointments_in(
        enumerate(rows, start=2),
        parts,
        zone=ZONE,
        country="US",
        order=order,
        now=NOW,
        until=NOW + HORIZON,
    )


def appointment(**changes: object) -> Appointment:
    usual: dict[str, object] = {
        "row": 2,
        "uid": "",
        "starts_at": datetime(2026, 11, 25, 15, tzinfo=UTC),
        "names": (),
        "numbers": (),
        "what": "Haircut",
        "where": "",
    }
    return Appointment(**{**usual, **changes})  # type: ignore[arg-type]


class TestRows:
    def test_a_row_is_read_whole(self) -> None:
        (one,) = table(("2026-11-25", "10:00 am", "Ana Reyes", "212-555-0101", "Cut", "")).found
        assert one == appointment(
            names=("Ana Reyes",), numbers=(ANA,), what="Cut", starts_at=one.starts_at
        )
        assert one.starts_at == datetime(2026, 11, 25, 15, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("header", "part"),
        [
            ("Start", Part.START),
            ("Start Time", Part.START),
            ("start_time", Part.START),
            ("Appointment Date", Part.DATE),
            ("Customer Phone Number", Part.PHONE),
            ("Client Name", Part.NAME),
            ("Vorname", Part.FIRST_NAME),
            ("Service", Part.WHAT),
            ("Event Type Name", Part.WHAT),
            ("Location", Part.WHERE),
            ("Booking ID", Part.ID),
            ("Status", Part.STATUS),
        ],
    )
    def test_columns_are_known_by_many_names(self, header: str, part: Part) -> None:
        usual = {Part.DATE: "Date", Part.NAME: "Name", Part.PHONE: "Mobile"}
        parts = parts_of((header, *(word for one, word in usual.items() if one is not part)), {})
        assert parts[part] == 0

    @pytest.mark.parametrize(
        ("header", "said"),
        [
            (("Name", "Phone"), "says when an appointment begins"),
            (("Date", "Time"), "says who comes"),
            (("",), "says when an appointment begins"),
        ],
    )
    def test_a_file_without_when_or_who_is_refused_and_says_how_to_help(
        self, header: tuple[str, ...], said: str
    ) -> None:
        with pytest.raises(BadInput, match=said) as refused:
            parts_of(header, {})
        assert "--map" in refused.value.hint

    def test_the_owners_word_on_a_column_counts_and_an_empty_one_takes_it_away(self) -> None:
        header = ("Wann", "Date", "Wer", "Name")
        assert parts_of(header, {Part.START: "Wann", Part.NAME: "3"}) == {
            Part.START: 0,
            Part.DATE: 1,
            Part.NAME: 2,
        }
        assert Part.DATE not in parts_of(header, {Part.START: "A", Part.DATE: ""})
        with pytest.raises(BadInput):
            parts_of(header, {Part.START: "Nowhere"})

    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            (("", "10:00", "Ana", "", "", ""), "It has no day that can be read."),
            (("soon", "10:00", "Ana", "", "", ""), "It has no day that can be read."),
            (("2026-11-25", "", "Ana", "", "", ""), "It has a day but no time."),
            (("3/9/2027", "10:00", "Ana", "", "", ""), "Say which with --date-order."),
            (("2026-11-25", "10:00", "", "12345", "", ""), "number"),
            (("2026-11-25", "10:00", "", "x" * 5000, "", ""), "number"),
        ],
    )
    def test_what_cannot_be_used_is_parked_with_a_reason(
        self, cells: tuple[str, ...], reason: str
    ) -> None:
        found = table(cells)
        assert found.found == ()
        assert reason in found.parked[0].reason
        assert found.parked[0].row == 2

    def test_empty_rows_are_nothing(self) -> None:
        assert table(("", "", " ", "", "", ""), ()) == Appointments(found=(), parked=())

    def test_a_bad_number_beside_a_name_leaves_the_name(self) -> None:
        (one,) = table(("2026-11-25", "10:00", "Ana Reyes", "ask", "", "")).found
        assert (one.names, one.numbers) == (("Ana Reyes",), ())

    def test_first_and_last_name_are_put_together(self) -> None:
        header = ("Start", "First Name", "Last Name")
        (one,) = table(("2026-11-25 10:00", "Ana", "Reyes"), header=header).found
        assert one.names == ("Ana Reyes",)

    def test_the_order_of_day_and_month_is_the_owners_word(self) -> None:
        row = ("5/12/2026", "10:00", "Ana", "", "", "")
        (one,) = table(row, order=DateOrder.DMY).found
        assert f"{one.starts_at:%d %b}" == "05 Dec"
        assert table(row, order=DateOrder.MDY).beyond == 1

    @pytest.mark.parametrize("word", ["Cancelled", "canceled", "No-show", "Cancelled by customer"])
    def test_one_that_is_off_says_so(self, word: str) -> None:
        (one,) = table(("2026-11-25", "10:00", "Ana", "", "", word)).found
        assert one.canceled

    @pytest.mark.parametrize("word", ["", "Confirmed", "Yes", "Booked", "Not cancelled"])
    def test_any_other_word_does_not(self, word: str) -> None:
        (one,) = table(("2026-11-25", "10:00", "Ana", "", "", word)).found
        assert not one.canceled

    def test_what_is_past_or_far_away_is_counted(self) -> None:
        found = table(
            ("2026-11-24", "9:00", "Ana", "", "", ""),
            ("2027-11-24", "9:00", "Ana", "", "", ""),
            ("2026-11-24", "12:00", "Ana", "", "", ""),
        )
        assert (len(found.found), found.beyond) == (1, 2)

    def test_more_than_anybody_has_is_refused(self) -> None:
        row = ("2026-11-25", "10:00", "Ana", "", "", "")
        with pytest.raises(BadInput, match="5,000"):
            table(*[row] * 5_001)

    @settings(max_examples=40)
    @given(st.lists(st.lists(st.text(max_size=30), max_size=7).map(tuple), max_size=8))
    def test_every_row_stands_somewhere(self, rows: list[tuple[str, ...]]) -> None:
        found = table(*rows)
        filled = sum(any(cell.strip() for cell in row) for row in rows)
        assert len(found.found) + len(found.parked) + found.beyond == filled


ANA_KNOWN: Known = (ContactId(1), ANA, "Ana Reyes")
BO_KNOWN: Known = (ContactId(2), BO, "Bo Lind")
OTHER: Known = (ContactId(3), E164("+12125550103"), "Bo Lind")
BY_NUMBER = {ANA: ANA_KNOWN, BO: BO_KNOWN}


class TestWhoComes:
    @pytest.mark.parametrize(
        ("changes", "guest"),
        [
            ({"numbers": (ANA,)}, (ANA, 1, "Ana Reyes")),
            ({"numbers": (ANA, "+12125550177")}, (ANA, 1, "Ana Reyes")),
            ({"numbers": ("+12125550177",)}, ("+12125550177", None, "")),
            ({"numbers": ("+12125550177",), "names": ("Cy",)}, ("+12125550177", None, "Cy")),
            ({"names": ("ana  REYES",)}, (ANA, 1, "Ana Reyes")),
            ({"names": ("Nobody", "Ana Reyes")}, (ANA, 1, "Ana Reyes")),
            ({"numbers": (ANA,), "names": ("Bo Lind",)}, (ANA, 1, "Ana Reyes")),
        ],
    )
    def test_a_number_says_it_else_a_name(
        self, changes: dict[str, object], guest: tuple[str, int | None, str]
    ) -> None:
        found = guest_of(appointment(**changes), BY_NUMBER, {"ana reyes": [ANA_KNOWN]})
        assert isinstance(found, Guest)
        assert (found.number, found.contact_id, found.name) == guest

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"numbers": (ANA, BO)}, "several numbers"),
            ({"numbers": ("+12125550177", "+12125550178")}, "several numbers"),
            ({"names": ("Bo Lind",)}, "2 people on file are called “Bo Lind”. Add a number."),
            ({"names": ("Nobody",)}, "nobody on file has its name"),
            ({}, "nobody on file has its name"),
        ],
    )
    def test_where_it_is_not_clear_it_is_not_guessed(
        self, changes: dict[str, object], said: str
    ) -> None:
        found = guest_of(appointment(**changes), BY_NUMBER, {"bo lind": [BO_KNOWN, OTHER]})
        assert isinstance(found, str)
        assert said in found

    @pytest.mark.parametrize(
        ("what", "left"),
        [
            ("Haircut - Ana Reyes", "Haircut"),
            ("ANA REYES: Haircut", "Haircut"),
            ("Ana Reyes", ""),
            ("Haircut", "Haircut"),
            ("Haircut (Ana Reyes)", "Haircut"),
            ("\u0130 Ana Reyes", "\u0130 Ana Reyes"),
        ],
    )
    def test_what_it_is_about_is_told_without_the_name(self, what: str, left: str) -> None:
        found = guest_of(appointment(numbers=(ANA,), what=what), BY_NUMBER, {})
        assert isinstance(found, Guest)
        assert found.what == left


class TestWhen:
    @pytest.mark.parametrize(
        ("text", "hours"),
        [
            ("1 day", 24),
            ("2 days", 48),
            ("3 hours", 3),
            ("3h", 3),
            ("90 min", 1.5),
            ("90m", 1.5),
            ("60 d", 1440),
            (" 1 DAY ", 24),
        ],
    )
    def test_a_time_before_is_read_in_words(self, text: str, hours: float) -> None:
        assert read_lead(text) == timedelta(hours=hours)

    @pytest.mark.parametrize(
        "text", ["", "day", "0 days", "61 days", "-1 day", "1 week", "1 day 2 hours", "9" * 50]
    )
    def test_what_is_no_time_before_is_refused(self, text: str) -> None:
        with pytest.raises(BadInput):
            read_lead(text)

    @pytest.mark.parametrize("day", [1, 2, 31])
    def test_a_day_before_is_the_same_time_of_day(self, day: int) -> None:
        starts = datetime(2026, 11, day if day < 31 else 30, 10, tzinfo=ZoneInfo(ZONE))
        reminds = remind_at(starts.astimezone(UTC), timedelta(days=1), ZONE)
        assert reminds.astimezone(ZoneInfo(ZONE)).hour == 10

    def test_hours_before_are_hours_even_when_the_clocks_change(self) -> None:
        starts = datetime(2026, 11, 1, 10, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
        assert remind_at(starts, timedelta(hours=12), ZONE) == starts - timedelta(hours=12)


class TestWords:
    SHOP = ShopProfile(
        name="Fern & Finch",
        country="US",
        zone=ZONE,
        hours=(),  # type: ignore[arg-type]
        phone=None,
        practice=True,
        created_at=NOW,
    )

    def words(self, body: str, **changes: object) -> str | Unprintable:
        one = appointment(**changes)
        values = appointment_values("Ana Reyes", one.what, one, self.SHOP)
        return filled_in(read_merge_text(body, OF_AN_APPOINTMENT), values)

    def test_every_field_is_filled_in(self) -> None:
        body = "{first_name}, {name}: {what} on {day} at {time}, {where}. {shop}"
        assert self.words(body, where="Back room") == (
            "Ana, Ana Reyes: Haircut on Wed 25 Nov at 10 am, Back room. Fern & Finch"
        )

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"what": ""}, "without “what”"),
            ({"what": "x" * 81}, "unprintable “what”"),
            ({"what": "\x1b[2J"}, "unprintable “what”"),
            ({"what": "a\u202eb"}, "unprintable “what”"),
        ],
    )
    def test_a_field_without_anything_fit_to_print_holds_it(
        self, changes: dict[str, object], why: str
    ) -> None:
        found = self.words("See you for {what}.", **changes)
        assert isinstance(found, Unprintable)
        assert why in found.why
        assert self.words("See you for {what|it}.", **changes) == "See you for it."

    def test_a_campaign_knows_none_of_these_fields(self) -> None:
        with pytest.raises(BadInput, match=r"Nobody knows the field \{day\}"):
            read_merge_text("See you {day}.")
        with pytest.raises(BadInput, match=r"Nobody knows the field \{coupon\}"):
            read_merge_text("{coupon}", OF_AN_APPOINTMENT)
        assert set(OF_AN_APPOINTMENT) < set(Field)

    @pytest.mark.parametrize(
        ("hour", "minute", "country", "said"),
        [
            (0, 0, "US", "12 am"),
            (9, 5, "US", "9:05 am"),
            (12, 0, "CA", "12 pm"),
            (14, 30, "AU", "2:30 pm"),
            (14, 30, "GB", "14:30"),
            (9, 0, "FR", "9:00"),
        ],
    )
    def test_a_time_of_day_is_told_as_people_there_tell_it(
        self, hour: int, minute: int, country: str, said: str
    ) -> None:
        assert spoken_clock(NOW.replace(hour=hour, minute=minute), country) == said
