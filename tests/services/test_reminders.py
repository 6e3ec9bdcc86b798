"""Reminders: drafts that follow their calendar, nothing without a yes, nothing late."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shopbell.domain.appointments import Reminder, Stage
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import ReminderId, TextId
from shopbell.domain.texts import State
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.services.clock import FixedClock
from shopbell.services.drill import DrillGateway, DrillShelf
from shopbell.services.opening import NewShop, Opener, create_shop, open_shop
from shopbell.services.reminder_steps import Brought
from shopbell.services.reminders import calendar_name
from shops import ANA, BO, NOW, PASSPHRASE, Counter

HEADER = "Date,Time,Client,Phone,Service,Booking ID,Status"
ANAS = "2026-11-26,10:00,Ana Reyes,212-555-0101,Cut,b1,"
BOS = "2026-11-26,14:30,Bo Lind,,Colour,b2,"
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
async def salon(counter: Counter) -> Counter:
    """A shop at which Ana and Bo, who agreed to service texts, have appointments."""
    await counter.add(ANA, "Ana Reyes")
    await counter.add(BO, "Bo Lind")
    await counter.agree(ANA)
    await counter.agree(BO)
    return counter


async def brings(
    counter: Counter, *rows: str, name: str = "bookings.csv", **more: object
) -> Brought:
    path = counter.path.with_name(name)
    path.write_text("\n".join((HEADER, *rows)))
    brought = await counter.shop.reminders.bring_in(path, **more)  # type: ignore[arg-type]
    sums = (brought.new, brought.changed, brought.unchanged, brought.canceled, brought.beyond)
    assert brought.read == sum(sums) + len(brought.parked)
    return brought


async def drafts(counter: Counter, *stages: Stage) -> tuple[Reminder, ...]:
    return (await counter.shop.reminders.find(stages or (Stage.DRAFT,))).rows


async def state_of(counter: Counter, text_id: TextId | None) -> State:
    assert text_id is not None
    return (await counter.shop.outbox.get(text_id)).state


async def approved(counter: Counter) -> tuple[Reminder, ...]:
    said = await counter.shop.reminders.approve_all()
    assert [one.why_not for one in said] == [""] * len(said)
    return tuple(one.reminder for one in said)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


class TestBringingIn:
    async def test_each_appointment_becomes_a_draft_and_nothing_is_sent(
        self, salon: Counter
    ) -> None:
        brought = await brings(salon, ANAS, BOS)
        assert (brought.read, brought.new, brought.parked) == (2, 2, [])
        ana, bo = await drafts(salon)
        assert (ana.number, ana.name, ana.body) == (
            ANA,
            "Ana Reyes",
            "Hi Ana, a reminder: Thu 26 Nov at 10 am. Can't come? Just reply.",
        )
        assert (ana.starts_at, ana.remind_at) == (at("2026-11-26T10:00"), at("2026-11-25T10:00"))
        assert (bo.number, bo.what) == (BO, "Colour")
        assert (await salon.shop.outbox.find()).total == 0
        salon.clock.advance(hours=30)
        assert await salon.deliver() == ()

    async def test_the_same_file_again_changes_nothing(self, salon: Counter) -> None:
        await brings(salon, ANAS, BOS)
        before = await drafts(salon)
        brought = await brings(salon, ANAS, BOS)
        assert (brought.new, brought.changed, brought.unchanged) == (0, 0, 2)
        assert await drafts(salon) == before

    @pytest.mark.parametrize("by_id", ["b1", ""])
    async def test_a_moved_one_replaces_its_draft(self, salon: Counter, by_id: str) -> None:
        row = "2026-11-26,{},Ana Reyes,,Cut," + by_id + ","
        await brings(salon, row.format("10:00"))
        brought = await brings(salon, row.format("11:30"))
        assert (brought.new, brought.changed) == (0, 1)
        (only,) = await drafts(salon)
        assert "Thu 26 Nov at 11:30 am" in only.body
        assert only.remind_at == at("2026-11-25T11:30")

    async def test_one_that_is_off_takes_its_draft_away(self, salon: Counter) -> None:
        await brings(salon, ANAS, BOS)
        brought = await brings(salon, f"{ANAS}Cancelled", BOS)
        assert (brought.canceled, brought.taken_away, brought.unchanged) == (1, 1, 1)
        assert [one.number for one in await drafts(salon)] == [BO]
        assert (await brings(salon, f"{ANAS}Cancelled", BOS)).taken_away == 0

    async def test_one_that_is_on_again_is_a_draft_again(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        await brings(salon, f"{ANAS}Cancelled")
        assert (await brings(salon, ANAS)).changed == 1
        assert len(await drafts(salon)) == 1

    async def test_one_gone_from_between_the_others_is_off(self, salon: Counter) -> None:
        late = "2026-11-27,9:00,Ana Reyes,,Cut,b3,"
        await brings(salon, ANAS, BOS, late)
        brought = await brings(salon, ANAS, late)
        assert brought.taken_away == 1
        assert [one.number for one in await drafts(salon)] == [ANA, ANA]

    async def test_a_list_of_one_day_says_nothing_about_another(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        brought = await brings(salon, "2026-11-27,9:00,Bo Lind,,Cut,b9,")
        assert (brought.new, brought.taken_away) == (1, 0)
        assert len(await drafts(salon)) == 2

    async def test_an_empty_file_takes_nothing_away(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        assert (await brings(salon, "2026-11-20,9:00,Bo Lind,,Cut,b9,")).taken_away == 0
        assert len(await drafts(salon)) == 1

    async def test_two_on_a_day_without_ids_stay_two(self, salon: Counter) -> None:
        rows = ("2026-11-26,10:00,Ana Reyes,,Cut,,", "2026-11-26,16:00,Ana Reyes,,Colour,,")
        assert (await brings(salon, *rows)).new == 2
        assert (await brings(salon, *rows)).unchanged == 2
        assert (await brings(salon, rows[0])).taken_away == 1

    async def test_a_row_that_fits_nobody_is_told_and_kept_out(self, salon: Counter) -> None:
        brought = await brings(salon, "2026-11-26,10:00,Zed,,Cut,,", "soon,,Ana Reyes,,,,")
        assert [one.row for one in brought.parked] == [3, 2]
        assert await drafts(salon) == ()

    async def test_who_has_no_name_to_print_is_told(self, salon: Counter) -> None:
        row = "2026-11-26,10:00,,212-555-0107,Cut,,"
        brought = await brings(salon, row, body="Hi {first_name}, see you {day}.")
        assert [one.reason for one in brought.parked] == ["This person has no name."]
        assert (await brings(salon, row, body="Hi {first_name|there}, {day}.")).new == 1

    async def test_what_was_said_once_counts_for_the_next_file(self, salon: Counter) -> None:
        await brings(salon, ANAS, body="See you {time}.", lead="3 hours", topic="visits")
        await brings(salon, ANAS, BOS)
        for one in await drafts(salon):
            assert one.body.startswith("See you ")
            assert one.remind_at == one.starts_at - timedelta(hours=3)
            assert one.topic == "visits"

    async def test_other_words_change_the_drafts(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        assert (await brings(salon, ANAS, body="Soon: {time}.")).changed == 1
        (only,) = await drafts(salon)
        assert only.body == "Soon: 10 am."

    async def test_a_look_keeps_nothing(self, salon: Counter) -> None:
        brought = await brings(salon, ANAS, BOS, dry_run=True)
        assert brought.new == 2
        assert [(one.name, one.body[:7]) for one in brought.drafts] == [
            ("Ana Reyes", "Hi Ana,"),
            ("Bo Lind", "Hi Bo, "),
        ]
        assert await drafts(salon) == ()
        assert (await brings(salon, ANAS)).new == 1

    async def test_only_what_is_new_or_changed_is_among_the_drafts_of_a_file(
        self, salon: Counter
    ) -> None:
        await brings(salon, ANAS, BOS)
        assert (await brings(salon, ANAS, BOS)).drafts == []
        moved = await brings(salon, ANAS.replace("10:00", "11:00"), BOS)
        assert [one.body for one in moved.drafts if "11 am" in one.body]
        assert len(moved.drafts) == 1

    async def test_what_was_said_about_a_list_is_told_and_a_topic_can_be_taken_back(
        self, salon: Counter
    ) -> None:
        usual = await salon.shop.reminders.said_about("bookings")
        assert (usual.lead, usual.topic) == ("1 day", None)
        await brings(salon, ANAS, body="Soon: {time}.", lead="2 hours", topic="orders")
        said = await salon.shop.reminders.said_about(" bookings ")
        assert (said.body, said.lead, said.topic) == ("Soon: {time}.", "2 hours", "orders")
        await brings(salon, ANAS, topic="")
        assert (await salon.shop.reminders.said_about("bookings")).topic is None
        assert [one.topic for one in await drafts(salon)] == [None]

    async def test_the_same_visit_in_another_calendar_is_not_reminded_of_twice(
        self, salon: Counter
    ) -> None:
        await brings(salon, ANAS)
        assert (await brings(salon, ANAS, calendar="till")).unchanged == 1
        assert len(await drafts(salon)) == 1

    @pytest.mark.parametrize(
        ("stem", "name"),
        [
            ("bookings-2026-11-25", "bookings"),
            ("bookings (3)", "bookings"),
            ("Appointments_20261125", "Appointments"),
            ("2026-11-25", "appointments"),
            ("my salon 12", "my salon"),
            ("[/]\x1b", "appointments"),
        ],
    )
    def test_a_calendar_is_called_by_its_file_without_the_day(self, stem: str, name: str) -> None:
        assert calendar_name(stem) == name

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"body": "See you {when}."}, "bad_merge"),
            ({"body": "See you {day"}, "bad_merge"),
            ({"body": " "}, "bad_text"),
            ({"body": "x" * 1001}, "bad_text"),
            ({"lead": "soon"}, "bad_lead"),
            ({"calendar": "x" * 81}, "bad_name"),
            ({"calendar": "a\x1bb"}, "bad_name"),
        ],
    )
    async def test_what_cannot_be_used_is_refused_and_nothing_kept(
        self, salon: Counter, more: dict[str, str], code: str
    ) -> None:
        with pytest.raises(BadInput) as refused:
            await brings(salon, ANAS, **more)
        assert refused.value.code == code
        assert await drafts(salon) == ()

    async def test_a_file_that_is_the_shop_file_or_nothing_is_refused(self, salon: Counter) -> None:
        for path in (salon.path, salon.path.with_name("none.csv"), salon.path.parent, Path("\0")):
            with pytest.raises(BadInput):
                await salon.shop.reminders.bring_in(path)

    async def test_hostile_words_are_kept_as_they_came_and_printed_nowhere(
        self, salon: Counter
    ) -> None:
        brought = await brings(
            salon, "2026-11-26,10:00,Ana Reyes,,[/]\x1b[2J\u202e,b1,", body="For {what|it}, {day}."
        )
        assert brought.new == 1
        (only,) = await drafts(salon)
        assert only.body == "For it, Thu 26 Nov."

    async def test_a_calendar_file_is_read_with_its_series(self, salon: Counter) -> None:
        path = salon.path.with_name("shop.ics")
        path.write_bytes(
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261126T100000\r\n"
            b"RRULE:FREQ=WEEKLY\r\nSUMMARY:Lesson with Ana\r\n  Reyes\r\nEND:VEVENT\r\n"
            b"END:VCALENDAR\r\n"
        )
        brought = await salon.shop.reminders.bring_in(path, body="{what}, {day}.")
        assert brought.new == 9
        assert (await drafts(salon))[0].body == "Lesson with, Thu 26 Nov."
        assert (await salon.shop.reminders.bring_in(path)).unchanged == 9


class TestSayingYes:
    async def test_approved_it_leaves_at_its_moment_and_says_until_when(
        self, salon: Counter
    ) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        assert (one.stage, one.text_state) == (Stage.APPROVED, State.WAITING)
        assert await salon.deliver() == ()
        salon.clock.advance(seconds=(one.remind_at - salon.clock.now()).total_seconds() + 1)
        (text,) = await salon.deliver()
        assert text.state is State.ACCEPTED
        (sent,) = salon.gateway.taken
        assert sent.text.startswith("Fern & Finch: Hi Ana, a reminder: Thu 26 Nov at 10 am.")
        assert sent.valid_until is not None
        assert sent.valid_until <= one.starts_at

    async def test_one_alone_leaves_the_others_drafts(self, salon: Counter) -> None:
        await brings(salon, ANAS, BOS)
        ana, bo = await drafts(salon)
        await salon.shop.reminders.approve(bo.id)
        assert [one.id for one in await drafts(salon)] == [ana.id]

    async def test_nobody_without_a_yes_is_reminded(self, counter: Counter) -> None:
        await counter.add(ANA, "Ana Reyes")
        await brings(counter, ANAS)
        (said,) = await counter.shop.reminders.approve_all()
        assert said.why_not
        assert said.decision is not None
        assert said.reminder.stage is Stage.DRAFT
        assert (await counter.shop.outbox.find()).total == 0

    async def test_a_stop_takes_an_approved_one_with_it(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        salon.hears("STOP")
        assert await salon.shop.delivery.take("a test")
        await salon.shop.delivery.sync()
        assert await state_of(salon, one.text_id) is State.CANCELED

    async def test_one_that_could_leave_only_after_it_began_is_not_written(
        self, salon: Counter
    ) -> None:
        await brings(salon, "2026-11-26,6:00,Ana Reyes,,Run,b1,", lead="1 hour")
        (said,) = await salon.shop.reminders.approve_all()
        assert said.why_not.startswith(
            "It could leave only after the appointment has begun. It is "
        )
        assert said.reminder.stage is Stage.DRAFT

    async def test_only_a_draft_can_be_approved(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        for wrong, code in ((one.id, "no_draft"), (ReminderId(99), "no_reminder")):
            with pytest.raises(BadInput) as refused:
                await salon.shop.reminders.approve(wrong)
            assert refused.value.code == code

    async def test_a_moment_that_has_passed_is_asked_about(self, salon: Counter) -> None:
        brought = await brings(salon, "2026-11-24,16:00,Ana Reyes,,Cut,b1,")
        assert brought.missed == 1
        assert await salon.shop.reminders.approve_all() == ()
        (one,) = await drafts(salon)
        assert one.is_missed(salon.clock.now())
        said = await salon.shop.reminders.approve(one.id)
        assert said.why_not == ""
        assert len(await salon.deliver()) == 1

    async def test_what_has_begun_is_neither_listed_nor_approved(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        (one,) = await drafts(salon)
        salon.clock.advance(hours=72)
        assert await drafts(salon) == ()
        said = await salon.shop.reminders.approve(one.id)
        assert said.why_not == "The appointment has begun."


class TestTooLate:
    async def test_one_that_nobody_was_there_to_send_is_asked_about(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        salon.clock.advance(seconds=(one.remind_at - salon.clock.now()).total_seconds() + 3700)
        assert await salon.deliver() == ()
        (asked,) = await salon.shop.missed.find()
        assert asked.id == one.text_id
        assert "Should it still go?" in asked.missed
        await salon.shop.missed.let_go(asked.id)
        assert len(await salon.deliver()) == 1

    async def test_a_little_late_it_still_goes(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        salon.clock.advance(seconds=(one.remind_at - salon.clock.now()).total_seconds() + 3500)
        assert len(await salon.deliver()) == 1

    async def test_once_it_has_begun_it_never_goes(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        salon.clock.advance(seconds=(one.starts_at - salon.clock.now()).total_seconds())
        assert await salon.deliver() == ()
        assert await state_of(salon, one.text_id) is State.CANCELED

    async def test_let_go_too_late_it_does_not_go_either(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        salon.clock.advance(seconds=(one.remind_at - salon.clock.now()).total_seconds() + 3700)
        await salon.deliver()
        salon.clock.advance(days=1)
        await salon.shop.missed.let_all_go()
        assert await salon.deliver() == ()
        assert await state_of(salon, one.text_id) is State.CANCELED


class TestAfterTheYes:
    async def test_moved_its_text_is_taken_back_and_it_is_a_draft_again(
        self, salon: Counter
    ) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        brought = await brings(salon, ANAS.replace("10:00", "12:00"))
        assert (brought.changed, brought.texts_back, brought.told) == (1, 1, [])
        assert await state_of(salon, one.text_id) is State.CANCELED
        (draft,) = await drafts(salon)
        assert (draft.id, draft.text_id) == (one.id, None)

    async def test_off_its_text_is_taken_back(self, salon: Counter) -> None:
        await brings(salon, ANAS, BOS)
        ana, _ = await approved(salon)
        brought = await brings(salon, f"{ANAS}Cancelled", BOS)
        assert (brought.texts_back, brought.taken_away, brought.unchanged) == (1, 1, 1)
        assert await state_of(salon, ana.text_id) is State.CANCELED

    async def reminded(self, counter: Counter) -> Reminder:
        await brings(counter, ANAS)
        (one,) = await approved(counter)
        counter.clock.advance(seconds=(one.remind_at - counter.clock.now()).total_seconds() + 1)
        await counter.deliver()
        return one

    async def test_reminded_already_the_shop_hears_that_it_moved(self, salon: Counter) -> None:
        one = await self.reminded(salon)
        brought = await brings(salon, ANAS.replace("10:00", "12:00"))
        assert [told.id for told in brought.told] == [one.id]
        assert (brought.changed, brought.missed) == (1, 0)
        assert len(await drafts(salon)) == 1

    async def test_reminded_already_the_shop_hears_that_it_is_off(self, salon: Counter) -> None:
        one = await self.reminded(salon)
        brought = await brings(salon, f"{ANAS}Cancelled")
        assert [told.id for told in brought.told] == [one.id]
        assert await drafts(salon) == ()

    async def test_other_words_remind_nobody_twice(self, salon: Counter) -> None:
        await self.reminded(salon)
        brought = await brings(salon, ANAS, body="Soon: {time}.")
        assert (brought.unchanged, brought.told) == (1, [])
        assert await drafts(salon) == ()

    async def test_one_that_did_not_arrive_is_nothing_to_be_told(self, salon: Counter) -> None:
        salon.gateway.answers.append(Outcome.BAD_NUMBER)
        await self.reminded(salon)
        assert (await brings(salon, f"{ANAS}Cancelled")).told == []

    async def test_dropped_it_stays_dropped_until_it_is_moved(self, salon: Counter) -> None:
        await brings(salon, ANAS)
        (one,) = await approved(salon)
        dropped = await salon.shop.reminders.drop(one.id)
        assert (dropped.stage, dropped.text_state) == (Stage.DROPPED, State.CANCELED)
        assert (await brings(salon, ANAS)).unchanged == 1
        assert (await brings(salon, ANAS, body="Soon: {time}.")).unchanged == 1
        assert await drafts(salon) == ()
        assert (await brings(salon, ANAS.replace("10:00", "12:00"))).changed == 1
        assert len(await drafts(salon)) == 1

    async def test_what_has_left_or_is_off_cannot_be_dropped(self, salon: Counter) -> None:
        one = await self.reminded(salon)
        with pytest.raises(BadInput) as refused:
            await salon.shop.reminders.drop(one.id)
        assert refused.value.code == "too_late"
        await brings(salon, f"{ANAS}Cancelled")
        with pytest.raises(BadInput):
            await salon.shop.reminders.drop(one.id)

    async def test_a_forgotten_person_has_no_reminder(self, salon: Counter) -> None:
        await brings(salon, ANAS, BOS)
        await salon.shop.erasing.erase(ANA, "0101")
        assert [one.number for one in await drafts(salon)] == [BO]


async def test_without_a_gateway_a_yes_writes_nothing(tmp_path: Path) -> None:
    path, clock, gateway = tmp_path / "new.db", FixedClock(NOW), DrillGateway()
    new = NewShop(name="Fern & Finch", country="US", zone="America/New_York", practice=True)
    await create_shop(path, new, PASSPHRASE, clock)
    shop = await open_shop(path, Opener(secret=PASSPHRASE), clock=clock, shelf=DrillShelf(gateway))
    counter = Counter(shop=shop, clock=clock, gateway=gateway, path=path)
    await counter.add(ANA, "Ana Reyes")
    await brings(counter, ANAS)
    (one,) = await drafts(counter)
    with pytest.raises(GatewayTrouble):
        await shop.reminders.approve(one.id)
    assert await drafts(counter) == (one,)
    await shop.close()
