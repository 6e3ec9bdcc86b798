"""Calendar files: their lines, their times, their series, and the appointments in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.appointments import Appointments
from shopbell.domain.calendar_events import MOST_SERIES, appointments_of
from shopbell.domain.calendar_lines import Events, unfolded
from shopbell.domain.calendar_times import UnreadTime, series, starts_of, zone_called
from shopbell.domain.card_lines import property_of
from shopbell.domain.text_lines import LongLine
from shopbell.errors import BadInput

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
UNTIL = NOW + timedelta(days=60)


def event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def read(*lines: str) -> Appointments:
    whole = ["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]
    return appointments_of(Events(whole), "America/New_York", "US", NOW, UNTIL)


def times(*lines: str) -> list[str]:
    """Return when the appointments of one event begin, on the shop's clock."""
    found = read(*event("SUMMARY:Cut", *lines)).found
    return [f"{one.starts_at.astimezone(NEW_YORK):%d %b %H:%M}" for one in found]


def reasons(*lines: str) -> list[str]:
    return [one.reason for one in read(*event(*lines)).parked]


class TestLines:
    @pytest.mark.parametrize(
        ("lines", "whole"),
        [
            (["A:1", "B:2"], ["A:1", "B:2"]),
            (["A:1\r\n", " 2\r\n", "\t3"], ["A:123"]),
            (["A:1", "", "B:2"], ["A:1", "", "B:2"]),
            (["A:one ", " two"], ["A:one two"]),
            ([" lost", "A:1"], [" lost", "A:1"]),
            ([], []),
        ],
    )
    def test_a_line_that_begins_with_a_blank_goes_on_the_one_before(
        self, lines: list[str], whole: list[str]
    ) -> None:
        assert list(unfolded(lines)) == whole

    def test_a_line_without_end_is_passed_over_with_what_follows_it(self) -> None:
        assert list(unfolded(["A:1", LongLine("B:" + "x" * 200), " more", "C:3"])) == ["A:1", "C:3"]

    def test_a_property_is_cut_where_it_has_no_end_of_folds(self) -> None:
        (line,) = unfolded(["A:" + "x" * 30_000, *(" " + "y" * 1000 for _ in range(100))])
        assert len(line) <= 32_000 + 1000

    def test_what_is_inside_an_alarm_is_not_the_events(self) -> None:
        (one,) = Events(
            event("SUMMARY:Cut", "BEGIN:VALARM", "SUMMARY:Ring", "END:VALARM", "LOCATION:Back")
        )
        assert (one.text("SUMMARY"), one.text("LOCATION")) == ("Cut", "Back")

    def test_words_of_the_calendar_itself_are_nobodys(self) -> None:
        events = Events(["SUMMARY:Mine", "BEGIN:VTODO", "SUMMARY:Do", "END:VTODO", *event()])
        assert [one.text("SUMMARY") for one in events] == [""]

    def test_escapes_and_lines_are_read_as_one_line(self) -> None:
        (one,) = Events(event(r"SUMMARY:Cut\, colour\; then\ntea"))
        assert one.text("SUMMARY") == "Cut, colour; then tea"

    def test_an_event_has_an_end_of_properties(self) -> None:
        (one,) = Events(event(*(f"ATTENDEE:mailto:{index}" for index in range(5000))))
        assert len(one.properties) == 200

    def test_a_file_that_ends_inside_an_event_says_so(self) -> None:
        (one,) = Events(event("SUMMARY:Cut")[:-1])
        assert not one.ends

    @settings(max_examples=40)
    @given(st.lists(st.text(max_size=40), max_size=30))
    def test_no_file_breaks_it(self, lines: list[str]) -> None:
        found = read(*event("DTSTART:20261125T150000Z", *lines))
        assert all(NOW < one.starts_at <= UNTIL for one in found.found)


class TestTimes:
    @pytest.mark.parametrize(
        ("line", "utc"),
        [
            ("DTSTART:20261125T150000Z", "2026-11-25T15:00"),
            ("DTSTART:20261125T100000", "2026-11-25T15:00"),
            ("DTSTART;TZID=America/Chicago:20261125T090000", "2026-11-25T15:00"),
            ('DTSTART;TZID="America/Chicago":20261125T090000', "2026-11-25T15:00"),
            ("DTSTART;TZID=Eastern Standard Time:20261125T100000", "2026-11-25T15:00"),
            ("DTSTART;TZID=/made.up/2027_1/Europe/London:20261125T150000", "2026-11-25T15:00"),
            ("DTSTART;TZID=America/Indiana/Knox:20261125T090000", "2026-11-25T15:00"),
            ("DTSTART;TZID=UTC:20261125T150000", "2026-11-25T15:00"),
            ("DTSTART;VALUE=DATE-TIME:20261125T150000Z", "2026-11-25T15:00"),
            ("DTSTART:20260701T100000", "2026-07-01T14:00"),
        ],
    )
    def test_a_time_is_read_on_the_clock_it_was_written_for(self, line: str, utc: str) -> None:
        found = property_of(line)
        assert found is not None
        (at,) = starts_of(found, NEW_YORK)
        assert f"{at.astimezone(UTC):%Y-%m-%dT%H:%M}" == utc

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("DTSTART;VALUE=DATE:20261125", "It lasts all day and has no time."),
            ("DTSTART:20261125", "It lasts all day and has no time."),
            ("DTSTART:soon", "Its time cannot be read."),
            ("DTSTART:20261345T990000", "Its time cannot be read."),
            ("DTSTART:99991231T235959", "Its time cannot be read."),
            ("DTSTART:00000101T000000", "Its time cannot be read."),
            ("DTSTART:", "Its time cannot be read."),
            (
                "DTSTART;TZID=Mars/Olympus:20261125T100000",
                "Its time zone “mars/olympus” is not known here.",
            ),
            ("SUMMARY:Cut", "It has no beginning."),
        ],
    )
    def test_what_has_no_time_is_told(self, line: str, said: str) -> None:
        assert reasons(line) == [said]

    def test_every_name_that_windows_programs_write_leads_to_a_zone(self) -> None:
        for name in ("Pacific Standard Time", "gmt standard time", "W. Europe Standard Time"):
            assert zone_called(name) is not None
        assert zone_called("") is None


class TestSeries:
    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            ("FREQ=WEEKLY;COUNT=3", ["25 Nov 10:00", "02 Dec 10:00", "09 Dec 10:00"]),
            ("FREQ=WEEKLY;UNTIL=20261203", ["25 Nov 10:00", "02 Dec 10:00"]),
            ("FREQ=WEEKLY;UNTIL=20261202T150000Z", ["25 Nov 10:00", "02 Dec 10:00"]),
            ("FREQ=WEEKLY;INTERVAL=4", ["25 Nov 10:00", "23 Dec 10:00", "20 Jan 10:00"]),
            (
                "FREQ=WEEKLY;BYDAY=WE,FR;COUNT=4",
                ["25 Nov 10:00", "27 Nov 10:00", "02 Dec 10:00", "04 Dec 10:00"],
            ),
            ("FREQ=MONTHLY;BYDAY=-1WE", ["25 Nov 10:00", "30 Dec 10:00"]),
            ("FREQ=MONTHLY;BYMONTHDAY=25", ["25 Nov 10:00", "25 Dec 10:00"]),
            ("FREQ=DAILY;COUNT=2", ["25 Nov 10:00", "26 Nov 10:00"]),
            ("FREQ=YEARLY", ["25 Nov 10:00"]),
            ("freq=daily;count=1", ["25 Nov 10:00"]),
        ],
    )
    def test_its_times_are_told_one_by_one(self, rule: str, said: list[str]) -> None:
        assert times("UID:1", "DTSTART:20261125T100000", f"RRULE:{rule}") == said

    def test_it_stays_at_its_time_of_day_when_the_clocks_change(self) -> None:
        before = datetime(2026, 10, 25, 10, tzinfo=NEW_YORK)
        found = series("FREQ=WEEKLY;COUNT=3", before, UNTIL)
        assert [at.hour for at in found] == [10, 10, 10]
        assert len({at.utcoffset() for at in found}) == 2

    def test_a_series_without_end_goes_no_further_than_is_asked(self) -> None:
        assert len(times("UID:1", "DTSTART:20250101T100000", "RRULE:FREQ=DAILY")) == 60

    def test_the_count_begins_with_the_first_not_with_today(self) -> None:
        said = times("UID:1", "DTSTART:20261118T100000", "RRULE:FREQ=WEEKLY;COUNT=2")
        assert said == ["25 Nov 10:00"]

    def test_one_that_is_left_out_is_left_out_and_one_that_is_added_added(self) -> None:
        said = times(
            "UID:1",
            "DTSTART:20261125T100000",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "EXDATE:20261202T100000",
            "RDATE:20261203T110000",
        )
        assert said == ["25 Nov 10:00", "03 Dec 11:00", "09 Dec 10:00"]

    def test_one_that_was_moved_keeps_what_it_is_called(self) -> None:
        weekly = event("UID:1", "DTSTART:20261125T100000", "RRULE:FREQ=WEEKLY;COUNT=2")
        moved = event("UID:1", "RECURRENCE-ID:20261202T100000", "DTSTART:20261204T130000")
        before, after = read(*weekly).found, read(*weekly, *moved).found
        assert {one.uid for one in before} == {one.uid for one in after}
        assert f"{after[1].starts_at:%d %b %H:%M}" == "04 Dec 18:00"
        assert read(*moved, *weekly).found[1].starts_at == after[1].starts_at

    def test_one_that_was_moved_far_away_is_not_where_it_was(self) -> None:
        weekly = event("UID:1", "DTSTART:20261125T100000", "RRULE:FREQ=WEEKLY;COUNT=2")
        moved = event("UID:1", "RECURRENCE-ID:20261202T100000", "DTSTART:20271204T130000")
        assert len(read(*weekly, *moved).found) == 1

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=SECONDLY",
            "FREQ=HOURLY;COUNT=5",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=-1",
            "FREQ=DAILY;INTERVAL=99999999999",
            "FREQ=DAILY;BYHOUR=1",
            "FREQ=DAILY;COUNT=x",
            "FREQ=DAILY;UNTIL=never",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;BYDAY=",
            "FREQ=MONTHLY;BYMONTHDAY=A",
            "FREQ=NEVER",
            "COUNT=3",
            "",
            "FREQ=DAILY;" * 100,
            "__import__('os')",
        ],
    )
    def test_a_rule_that_makes_no_sense_is_told_and_not_run(self, rule: str) -> None:
        (said,) = reasons("UID:1", "DTSTART:20261125T100000", f"RRULE:{rule}")
        assert said.startswith(("Its series c", "Its time c"))

    def test_a_series_from_another_century_is_none(self) -> None:
        assert reasons("UID:1", "DTSTART:19010101T100000", "RRULE:FREQ=DAILY") == [
            "Its series began before the year 2000."
        ]

    def test_a_series_that_is_over_or_not_yet_begun_is_nothing(self) -> None:
        assert times("UID:1", "DTSTART:20250101T100000", "RRULE:FREQ=DAILY;COUNT=3") == []
        assert times("UID:1", "DTSTART:20270801T100000", "RRULE:FREQ=DAILY;COUNT=3") == []
        over = "RRULE:FREQ=DAILY;UNTIL=20200101"
        assert times("UID:1", "DTSTART:20250101T100000", over) == []

    def test_many_series_are_refused(self) -> None:
        one = event("DTSTART:20261125T100000", "RRULE:FREQ=YEARLY")
        with pytest.raises(BadInput, match="300 series"):
            read(*(one * (MOST_SERIES + 1)))

    def test_series_that_never_come_are_refused_soon(self) -> None:
        never = event("DTSTART:20261125T100000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
        assert read(*never).found == ()
        with pytest.raises(BadInput, match="never come"):
            read(*(never * 6))

    def test_what_the_library_raises_is_a_sentence(self) -> None:
        with pytest.raises(UnreadTime):
            series("FREQ=MONTHLY;BYDAY=+", datetime(2026, 11, 25, tzinfo=NEW_YORK), UNTIL)


class TestAppointments:
    @pytest.mark.parametrize(
        ("lines", "numbers"),
        [
            (("SUMMARY:Ana (212) 555-0101",), ["+12125550101"]),
            (("DESCRIPTION:Phone: 212.555.0101\\nwants tea",), ["+12125550101"]),
            (("ATTENDEE;CN=Ana:tel:+12125550101",), ["+12125550101"]),
            (("LOCATION:+1 212 555 0101",), ["+12125550101"]),
            (("CONTACT:Ana\\, 212-555-0101",), ["+12125550101"]),
            (("ATTENDEE:mailto:ana@example.com", "SUMMARY:Cut"), []),
            (("SUMMARY:Order 20261125 of 12 pieces",), []),
            (
                ("SUMMARY:Ana 212-555-0101", "DESCRIPTION:or 212-555-0102"),
                ["+12125550101", "+12125550102"],
            ),
            (("SUMMARY:Ana 212-555-0101", "DESCRIPTION:(212) 555 0101"), ["+12125550101"]),
        ],
    )
    def test_a_number_is_found_wherever_it_was_written(
        self, lines: tuple[str, ...], numbers: list[str]
    ) -> None:
        (one,) = read(*event("DTSTART:20261125T100000", *lines)).found
        assert list(one.numbers) == numbers

    @pytest.mark.parametrize(
        ("summary", "name"),
        [
            ("Ana Reyes", "Ana Reyes"),
            ("Haircut - Ana Reyes", "Ana Reyes"),
            ("Ana Reyes: Haircut", "Ana Reyes"),
            ("Haircut with Ana Reyes", "Ana Reyes"),
            ("Haircut for Ana Reyes (new)", "Ana Reyes"),
            ("Ana Reyes, 212-555-0101", "Ana Reyes"),
            ("Haircut \u2013 Ana Reyes", "Ana Reyes"),
        ],
    )
    def test_a_name_is_looked_for_in_the_pieces_of_its_title(self, summary: str, name: str) -> None:
        (one,) = read(*event("DTSTART:20261125T100000", f"SUMMARY:{summary}")).found
        assert name in one.names

    def test_the_name_of_who_is_invited_comes_first(self) -> None:
        line = "ATTENDEE;CN=Bo Lind:mailto:bo@example.com"
        (one,) = read(*event("DTSTART:20261125T100000", "SUMMARY:Cut", line)).found
        assert one.names[0] == "bo lind"

    def test_what_is_past_or_far_away_is_counted(self) -> None:
        found = read(
            *event("UID:1", "DTSTART:20261123T100000"),
            *event("UID:2", "DTSTART:20270823T100000"),
            *event("UID:3", "DTSTART:20261125T100000"),
        )
        assert (len(found.found), found.beyond) == (1, 2)

    def test_one_that_is_off_says_so(self) -> None:
        (one,) = read(*event("DTSTART:20261125T100000", "STATUS:CANCELLED")).found
        assert one.canceled

    def test_a_file_that_takes_its_events_back_says_so_of_each(self) -> None:
        found = read("METHOD:CANCEL", *event("DTSTART:20261125T100000")).found
        assert [one.canceled for one in found] == [True]

    def test_the_last_word_about_an_event_counts(self) -> None:
        found = read(
            *event("UID:1", "DTSTART:20261125T100000"), *event("UID:1", "DTSTART:20261125T110000")
        ).found
        assert [f"{one.starts_at:%H:%M}" for one in found] == ["16:00"]

    def test_more_than_anybody_has_is_refused(self) -> None:
        daily = [
            line
            for index in range(100)
            for line in event(f"UID:{index}", "DTSTART:20261125T100000", "RRULE:FREQ=DAILY")
        ]
        with pytest.raises(BadInput, match="5,000 appointments"):
            read(*daily)
