"""The clock against a campaign: asleep, put back, change days, midnight, closed hours.

Whatever the clock does, nothing leaves outside its hours, nothing leaves twice, and what was missed
is asked about or held with its next date.
"""

from __future__ import annotations

from collections import Counter as Counts
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crowds import campaign, crowd
from shopbell.domain.campaigns import Bucket, CampaignState
from shopbell.domain.consent import How, Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import CampaignId
from shopbell.domain.texts import State
from shopbell.domain.weeks import read_week
from shopbell.errors import BadInput
from shops import ANA, Counter, open_counter

NEW_YORK = ZoneInfo("America/New_York")


def there(text: str) -> datetime:
    """Return a moment on New York's clocks; of two, the first."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def set_clock(counter: Counter, moment: datetime) -> None:
    """Put the hands of the computer's clock somewhere, also backwards."""
    counter.clock.advance(seconds=(moment - counter.clock.now()).total_seconds())


async def at_work(counter: Counter, people: int = 6, **more: object) -> CampaignId:
    """Start a campaign and send its first text."""
    await crowd(counter, people)
    made = await campaign(counter, **more)
    await counter.shop.runs.approve(made.id)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    assert await counter.shop.delivery.take("a test")
    await counter.shop.delivery.deliver(seconds=0)
    return made.id


async def stands(counter: Counter, made: CampaignId) -> dict[str, int]:
    tally = (await counter.shop.plans.show(made)).tally
    assert tally.balances
    return {bucket.value: count for bucket, count in tally.by_bucket if count}


def left_at(counter: Counter) -> list[datetime]:
    """When each text left, on the shop's own clock."""
    return [text.started_at.astimezone(NEW_YORK) for text in counter.gateway.taken]


class TestAsleep:
    """The laptop was closed in the middle of a campaign and wakes up at another time."""

    @pytest.mark.parametrize(
        "wakes",
        [
            "2026-11-24T17:50:01",
            "2026-11-24T18:00:00",
            "2026-11-24T23:59:59",
            "2026-11-25T00:00:00",
            "2026-11-25T03:00:00",
            "2026-11-25T09:59:59",
        ],
    )
    async def test_over_the_end_of_the_hours_nothing_leaves_and_it_asks(
        self, counter: Counter, wakes: str
    ) -> None:
        made = await at_work(counter)
        set_clock(counter, there(wakes))
        assert await counter.deliver() == ()
        assert len(counter.gateway.taken) == 1
        found = await counter.shop.campaigns.get(made)
        assert found.state is CampaignState.PAUSED
        assert found.why
        counts = await stands(counter, made)
        assert counts["sent"] == 1
        assert sum(counts.values()) == 6

    async def test_until_the_next_morning_the_rest_goes_when_the_owner_says_so(
        self, counter: Counter
    ) -> None:
        made = await at_work(counter)
        set_clock(counter, there("2026-11-24T22:00:00"))
        await counter.deliver()
        set_clock(counter, there("2026-11-25T10:30:00"))
        assert await counter.deliver() == ()
        await counter.shop.runs.resume(made)
        await counter.deliver()
        assert set(Counts(text.to for text in counter.gateway.taken).values()) == {1}
        assert await stands(counter, made) == {"sent": 6}

    async def test_with_a_text_on_its_way_it_is_unknown_and_not_sent_again_at_night(
        self, counter: Counter
    ) -> None:
        await counter.agree()
        await counter.submit()
        counter.gateway.answers.append(Outcome.UNKNOWN)
        await counter.deliver()
        set_clock(counter, there("2026-11-24T23:30:00"))
        await counter.shop.delivery.sync()
        assert await counter.deliver() == ()
        assert counter.gateway.taken == []
        (text,) = (await counter.shop.outbox.find()).rows
        assert text.state is State.FAILED


class TestPutBack:
    """Somebody, or a time server, puts the clock back while a campaign runs."""

    @pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)])
    async def test_nobody_gets_a_second_text(self, counter: Counter, back: timedelta) -> None:
        made = await at_work(counter)
        counter.clock.advance(seconds=-back.total_seconds())
        await counter.deliver()
        counter.clock.advance(seconds=2 * back.total_seconds())
        await counter.shop.delivery.sync()
        await counter.deliver()
        assert set(Counts(text.to for text in counter.gateway.taken).values()) == {1}
        assert sum((await stands(counter, made)).values()) == 6

    async def test_a_quick_text_is_not_kept_waiting_by_it(self, counter: Counter) -> None:
        await counter.agree()
        await counter.submit()
        counter.clock.advance(hours=-1)
        set_clock(counter, max(counter.clock.now(), there("2026-11-24T10:00:00")))
        await counter.deliver()
        counter.clock.advance(hours=1)
        await counter.deliver()
        assert len(counter.gateway.taken) == 1

    async def test_a_stop_still_holds_when_the_clock_is_before_it(self, counter: Counter) -> None:
        await counter.agree()
        await counter.submit()
        await counter.shop.consents.opt_out(ANA, How.SPOKEN)
        counter.clock.advance(hours=-1)
        assert await counter.deliver() == ()
        assert (await counter.submit()).text is None

    async def test_a_limit_still_counts_what_left_later_than_now(self, counter: Counter) -> None:
        await crowd(counter, 1)
        await at_work(counter, 1)
        counter.clock.advance(minutes=-20)
        again = await campaign(counter, name="Again")
        with pytest.raises(BadInput):
            await counter.shop.runs.approve(again.id)
        assert len(counter.gateway.taken) == 1


class TestChangeDays:
    """Texts leave between 10:00 and 17:50 on the clock on the wall, also on days of 23 or 25 hours.

    The shop is open on these Sundays, or the day after the change would tell nothing.
    """

    @pytest.fixture
    async def open_on_sundays(self, tmp_path: Path) -> Counter:
        counter = await open_counter(tmp_path / "sundays.db", at=there("2026-03-07T11:00:00"))
        await counter.shop.change_profile(hours=read_week("mon-sun 10:00-18:00"))
        return counter

    @pytest.mark.parametrize(
        ("moment", "may_leave"),
        [
            # 8 March 2026: at 02:00 the clocks are put forward to 03:00.
            ("2026-03-08T01:59:59-05:00", False),
            ("2026-03-08T03:00:00-04:00", False),
            ("2026-03-08T09:59:59-04:00", False),
            ("2026-03-08T10:00:00-04:00", True),
            ("2026-03-08T17:49:59-04:00", True),
            ("2026-03-08T17:50:01-04:00", False),
            # 1 November 2026: at 02:00 they are put back to 01:00, which comes twice.
            ("2026-11-01T01:30:00-04:00", False),
            ("2026-11-01T01:30:00-05:00", False),
            ("2026-11-01T09:59:59-05:00", False),
            ("2026-11-01T10:00:00-05:00", True),
            ("2026-11-01T17:49:59-05:00", True),
            ("2026-11-01T17:50:01-05:00", False),
            # The same instants as 10:00 and 09:59:59 by yesterday's offset.
            ("2026-11-01T10:00:00-04:00", False),
            ("2026-03-08T10:00:00-05:00", True),
        ],
    )
    async def test_a_text_leaves_by_the_clock_on_the_wall(
        self, open_on_sundays: Counter, moment: str, may_leave: bool
    ) -> None:
        counter = open_on_sundays
        set_clock(counter, datetime.fromisoformat(moment))
        await counter.agree()
        await counter.submit()
        await counter.deliver()
        assert bool(counter.gateway.taken) is may_leave
        for at in left_at(counter):
            assert 10 <= at.hour < 18
        await counter.shop.close()

    @pytest.mark.parametrize(
        ("before", "opens"),
        [
            ("2026-03-07T20:00:00-05:00", "2026-03-08T10:00:00-04:00"),
            ("2026-10-31T20:00:00-04:00", "2026-11-01T10:00:00-05:00"),
        ],
    )
    async def test_a_text_held_over_the_change_leaves_when_the_hours_begin(
        self, open_on_sundays: Counter, before: str, opens: str
    ) -> None:
        counter = open_on_sundays
        set_clock(counter, datetime.fromisoformat(before))
        await counter.agree()
        held = (await counter.submit()).text
        assert held is not None
        assert (held.state, held.not_before) == (
            State.HELD,
            datetime.fromisoformat(opens).astimezone(UTC),
        )
        set_clock(counter, datetime.fromisoformat(opens) - timedelta(seconds=1))
        assert await counter.deliver() == ()
        set_clock(counter, datetime.fromisoformat(opens))
        assert len(await counter.deliver()) == 1
        await counter.shop.close()


class TestMidnight:
    @pytest.mark.parametrize("seconds", [-1, 0, 1])
    async def test_a_text_written_around_midnight_waits_for_the_morning_of_its_day(
        self, counter: Counter, seconds: int
    ) -> None:
        set_clock(counter, there("2026-11-25T00:00:00") + timedelta(seconds=seconds))
        await counter.agree()
        text = (await counter.submit()).text
        assert text is not None
        assert text.not_before == there("2026-11-25T10:00:00")

    async def test_today_ends_at_midnight(self, counter: Counter) -> None:
        await counter.agree()
        set_clock(counter, there("2026-11-24T23:59:59"))
        assert (await counter.submit("tulips today only")).text is None
        set_clock(counter, there("2026-11-25T00:00:01"))
        text = (await counter.submit("tulips today only")).text
        assert text is not None
        assert text.not_before == there("2026-11-25T10:00:00")

    async def test_a_campaign_of_today_is_over_at_midnight(self, counter: Counter) -> None:
        made = await at_work(counter, body="Wreaths today only!")
        set_clock(counter, there("2026-11-25T00:00:00"))
        await counter.deliver()
        set_clock(counter, there("2026-11-25T10:30:00"))
        found = await counter.shop.campaigns.get(made)
        if found.state is CampaignState.PAUSED:
            await counter.shop.runs.resume(made)
        await counter.deliver()
        assert len(counter.gateway.taken) == 1
        assert await stands(counter, made) == {"sent": 1, "skipped": 5}


class TestClosed:
    """A start that is scheduled for a moment at which nothing may leave."""

    @pytest.mark.parametrize(
        "wanted",
        ["2026-11-24T21:00:00", "2026-11-25T03:00:00", "2026-11-25T09:59:00"],
    )
    async def test_a_schedule_in_closed_hours_sends_to_nobody_then(
        self, counter: Counter, wanted: str
    ) -> None:
        await crowd(counter, 4)
        made = await campaign(counter, not_before=there(wanted))
        plan = await counter.shop.plans.plan(made.id)
        assert plan.tally.balances
        assert plan.tally.of(Bucket.WAITING) == 0
        assert plan.tally.of(Bucket.HELD) == 4
        people = await counter.shop.plans.people(made.id, buckets=(Bucket.HELD,))
        assert {row.next_at for row in people.rows} == {there("2026-11-25T10:00:00")}
        with pytest.raises(BadInput):
            await counter.shop.runs.approve(made.id)
        set_clock(counter, there(wanted) + timedelta(seconds=1))
        assert await counter.deliver() == ()

    async def test_a_quick_text_scheduled_for_the_night_leaves_in_the_morning(
        self, counter: Counter
    ) -> None:
        await counter.agree()
        draft = TextDraft(number=ANA, body="your order is ready.", purpose=Purpose.SERVICE)
        text = (
            await counter.shop.outbox.submit(draft, not_before=there("2026-11-25T02:00:00"))
        ).text
        assert text is not None
        assert text.not_before == there("2026-11-25T10:00:00")
        set_clock(counter, there("2026-11-25T02:00:01"))
        assert await counter.deliver() == ()
        set_clock(counter, there("2026-11-25T10:00:00"))
        assert len(await counter.deliver()) == 1
