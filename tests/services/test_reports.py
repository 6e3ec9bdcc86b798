"""Reports and the history: every number is the file's, on the day it has where the shop is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crowds import campaign, crowd
from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Verdict
from shopbell.domain.failures import Cause
from shopbell.domain.gateway import GatewayConfig, Outcome
from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.people import Page
from shopbell.domain.reports import NOTHING, Numbers, Report, together
from shopbell.domain.text_search import Search
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.reports import Chapter
from shops import ANA, BO, Counter

TODAY = date(2026, 11, 24)


def day(report: Report, which: date = TODAY) -> Numbers:
    """Return the numbers of one day."""
    return next(one.numbers for one in report.days if one.day == which)


async def sent_campaign(counter: Counter, people: int, *answers: Outcome) -> CampaignId:
    """Send a campaign to everybody, with these answers to the first texts."""
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id, people)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    counter.gateway.answers.extend(answers)
    await counter.deliver()
    return made.id


async def hears(counter: Counter, text: str, number: str, gateway_id: str = "in-1") -> None:
    """Have a customer write, and fetch it."""
    counter.hears(text, number, gateway_id)
    await counter.shop.delivery.sync()


class TestDays:
    async def test_a_new_shop_has_an_empty_report_of_thirty_days(self, counter: Counter) -> None:
        report = await counter.shop.reports.report()
        assert (report.first, report.last) == (date(2026, 10, 26), TODAY)
        assert len(report.days) == 30
        assert report.is_empty
        assert report.campaigns == report.most == report.failures == ()

    async def test_what_was_sent_arrived_and_was_paid(self, counter: Counter) -> None:
        await counter.agree()
        for body in ("your order is ready.", "x" * 200):
            await counter.submit(body)
        await counter.deliver()
        await counter.shop.delivery.sync()
        numbers = day(await counter.shop.reports.report())
        assert numbers == Numbers(sent=2, delivered=2, parts=3, cost=(("USD", 3 * 7900),))

    @pytest.mark.parametrize(
        ("answer", "numbers"),
        [
            (Outcome.UNKNOWN, Numbers(unknown=1)),
            (Outcome.BAD_NUMBER, Numbers(failed=1)),
            (Outcome.BAD_REQUEST, Numbers(failed=1)),
            (Outcome.NOT_SENT_RETRY, NOTHING),
        ],
    )
    async def test_what_never_left_was_not_sent_and_costs_nothing(
        self, counter: Counter, answer: Outcome, numbers: Numbers
    ) -> None:
        await counter.agree()
        await counter.submit()
        counter.gateway.answers.append(answer)
        await counter.deliver()
        assert day(await counter.shop.reports.report()) == numbers

    @pytest.mark.parametrize("state", [State.FAILED, State.UNDELIVERABLE, State.EXPIRED])
    async def test_what_left_and_did_not_arrive_was_sent_and_paid_all_the_same(
        self, counter: Counter, state: State
    ) -> None:
        await counter.agree()
        await counter.submit()
        await counter.deliver()
        counter.gateway.receipt_state = state
        await counter.shop.delivery.sync()
        numbers = day(await counter.shop.reports.report())
        assert numbers == Numbers(sent=1, failed=1, parts=1, cost=(("USD", 7900),))

    async def test_a_gateway_without_a_price_is_said_and_not_counted_as_free(
        self, counter: Counter
    ) -> None:
        await counter.shop.gateways.set_up(
            GatewayConfig(
                name="drill", preset_id="practice", account={}, price_micros=None, currency=None
            )
        )
        await counter.agree()
        await counter.submit()
        await counter.deliver()
        numbers = day(await counter.shop.reports.report())
        assert (numbers.sent, numbers.cost, numbers.without_price) == (1, (), 1)

    async def test_two_currencies_stay_apart(self, counter: Counter) -> None:
        await counter.agree()
        await counter.submit()
        await counter.deliver()
        await counter.shop.gateways.set_up(
            GatewayConfig(
                name="drill", preset_id="practice", account={}, price_micros=50, currency="EUR"
            )
        )
        await counter.submit("your second order is ready.")
        await counter.deliver()
        assert day(await counter.shop.reports.report()).cost == (("EUR", 50), ("USD", 7900))

    async def test_what_waits_is_in_no_report(self, counter: Counter) -> None:
        await counter.agree()
        await counter.submit()
        assert (await counter.shop.reports.report()).is_empty

    @pytest.mark.parametrize(
        ("moment", "where"),
        [
            ("2026-11-24T04:59:59", "2026-11-23"),
            ("2026-11-24T05:00:00", "2026-11-24"),
            # Clocks go back on 1 November and forward on 8 March: those days have 25 and 23 hours.
            ("2026-11-01T03:59:59", "2026-10-31"),
            ("2026-11-01T04:00:00", "2026-11-01"),
            ("2026-11-02T04:59:59", "2026-11-01"),
            ("2026-11-02T05:00:00", "2026-11-02"),
            ("2026-03-08T04:59:59", "2026-03-07"),
            ("2026-03-08T05:00:00", "2026-03-08"),
            ("2026-03-09T03:59:59", "2026-03-08"),
            ("2026-03-09T04:00:00", "2026-03-09"),
        ],
    )
    async def test_a_day_is_the_shops_own_from_midnight_to_midnight(
        self, counter: Counter, moment: str, where: str
    ) -> None:
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        counter.clock.advance(seconds=(at - counter.clock.now()).total_seconds())
        await hears(counter, "thank you!", ANA)
        which = date.fromisoformat(where)
        around = (which - timedelta(days=1), which + timedelta(days=1))
        report = await counter.shop.reports.report(*around)
        assert {one.day: one.numbers.replied for one in report.days if one.numbers != NOTHING} == {
            which: 1
        }
        assert (await counter.shop.reports.report(which, which)).total.replied == 1
        for other in around:
            assert (await counter.shop.reports.report(other, other)).is_empty

    @pytest.mark.parametrize(
        ("first", "last", "days"),
        [
            (None, None, 30),
            (TODAY, None, 1),
            (None, TODAY, 30),
            (None, date(2025, 1, 1), 1),
            (date(2027, 1, 1), None, 1),
            (date(2026, 1, 1), date(2026, 12, 31), 365),
        ],
    )
    async def test_what_is_left_away_is_filled_in(
        self, counter: Counter, first: date | None, last: date | None, days: int
    ) -> None:
        assert len((await counter.shop.reports.report(first, last)).days) == days

    @pytest.mark.parametrize(
        ("first", "last"),
        [(TODAY, date(2026, 11, 23)), (date(2000, 1, 1), TODAY)],
    )
    async def test_days_that_cannot_be_meant_are_refused_with_advice(
        self, counter: Counter, first: date, last: date
    ) -> None:
        with pytest.raises(BadInput) as refused:
            await counter.shop.reports.report(first, last)
        assert refused.value.code == "bad_days"
        assert refused.value.hint


class TestCampaigns:
    async def test_replies_and_stops_count_for_the_campaign_that_came_last(
        self, counter: Counter
    ) -> None:
        numbers = await crowd(counter, 5)
        made = await sent_campaign(counter, 5, Outcome.ACCEPTED, Outcome.BAD_NUMBER)
        await counter.shop.delivery.sync()
        counter.clock.advance(hours=1)
        await hears(counter, "thank you!", numbers[0], "in-1")
        await hears(counter, "STOP", numbers[2], "in-2")
        await counter.shop.consents.opt_out(numbers[3], How.SPOKEN)
        report = await counter.shop.reports.report()
        (one,) = report.campaigns
        assert (one.id, one.name) == (made, "Winter wreaths")
        n = one.numbers
        assert (n.sent, n.delivered, n.failed) == (4, 4, 1)
        assert (n.replied, n.stopped) == (2, 2)
        # The confirmation of the stop may have left too: it belongs to no campaign.
        assert report.total.sent >= n.sent

    async def test_after_three_days_an_answer_is_nobodys(self, counter: Counter) -> None:
        numbers = await crowd(counter, 1)
        await sent_campaign(counter, 1)
        counter.clock.advance(hours=71, minutes=59)
        await hears(counter, "lovely", numbers[0], "in-1")
        counter.clock.advance(minutes=2)
        await hears(counter, "lovely too", numbers[0], "in-2")
        await counter.shop.consents.opt_out(numbers[0], How.SPOKEN)
        report = await counter.shop.reports.report(last=date(2026, 11, 30))
        assert (report.campaigns[0].numbers.replied, report.campaigns[0].numbers.stopped) == (1, 0)
        assert (report.total.replied, report.total.stopped) == (2, 1)

    async def test_an_answer_to_a_later_quick_text_is_not_the_campaigns(
        self, counter: Counter
    ) -> None:
        numbers = await crowd(counter, 1)
        await sent_campaign(counter, 1)
        counter.clock.advance(hours=1)
        await counter.agree(numbers[0], Purpose.SERVICE, ("orders",))
        await counter.submit(number=numbers[0], topic="orders")
        await counter.deliver()
        counter.clock.advance(minutes=5)
        await hears(counter, "on my way", numbers[0])
        report = await counter.shop.reports.report()
        assert (report.total.replied, report.campaigns[0].numbers.replied) == (1, 0)

    async def test_campaigns_and_quick_texts_together_are_the_days(self, counter: Counter) -> None:
        await crowd(counter, 6)
        await sent_campaign(counter, 6)
        await counter.agree(BO)
        await counter.submit(number=BO)
        await counter.deliver()
        report = await counter.shop.reports.report()
        in_campaigns = together(one.numbers for one in report.campaigns)
        assert (in_campaigns.sent, report.total.sent) == (6, 7)
        assert report.total == together(one.numbers for one in report.days)

    async def test_people_who_came_in_a_list_of_stops_did_not_stop_now(
        self, counter: Counter, tmp_path: Path
    ) -> None:
        stops = tmp_path / "stops.csv"
        stops.write_text("Phone\n2125550142\n2125550143\n", encoding="utf-8")
        await counter.shop.imports.do_not_text(stops)
        await counter.shop.consents.opt_out(ANA, How.SPOKEN)
        assert (await counter.shop.reports.report()).total.stopped == 1


class TestMost:
    async def test_who_has_heard_from_us_most_comes_first(self, counter: Counter) -> None:
        numbers = await crowd(counter, 3)
        await sent_campaign(counter, 3)
        for number, times in ((numbers[1], 2), (numbers[2], 1)):
            await counter.agree(number, Purpose.SERVICE, ("orders",))
            for nth in range(times):
                await counter.submit(f"order {nth} is ready.", number, topic="orders")
                await counter.deliver()
                counter.clock.advance(minutes=1)
        most = (await counter.shop.reports.report()).most
        assert [(one.number, one.texts, one.marketing) for one in most] == [
            (numbers[1], 3, 1),
            (numbers[2], 2, 1),
            (numbers[0], 1, 1),
        ]
        assert most[0].name.startswith("Bo ")
        assert [one.number for one in (await counter.shop.reports.report(most=1)).most] == [
            numbers[1]
        ]

    async def test_what_never_left_was_not_heard(self, counter: Counter) -> None:
        await counter.agree()
        await counter.submit()
        counter.gateway.answers.append(Outcome.BAD_NUMBER)
        await counter.deliver()
        assert (await counter.shop.reports.report()).most == ()


class TestFailures:
    @pytest.mark.parametrize(
        ("answers", "receipt", "cause"),
        [
            ((Outcome.BAD_NUMBER,), None, Cause.BAD_NUMBER),
            ((Outcome.OPTED_OUT,), None, Cause.OPTED_OUT),
            ((Outcome.BAD_REQUEST,), None, Cause.REFUSED),
            ((Outcome.NO_CREDIT,) * 5, None, Cause.NO_CREDIT),
            ((Outcome.BAD_LOGIN,) * 5, None, Cause.NO_LOGIN),
            ((Outcome.TRY_LATER,) * 5, None, Cause.UNREACHABLE),
            ((), State.UNDELIVERABLE, Cause.UNDELIVERABLE),
            ((), State.EXPIRED, Cause.TOO_LATE),
            ((), State.FAILED, Cause.NO_REASON),
        ],
    )
    async def test_every_way_to_fail_is_counted_under_its_cause(
        self,
        counter: Counter,
        answers: Sequence[Outcome],
        receipt: State | None,
        cause: Cause,
    ) -> None:
        await counter.agree()
        text = (await counter.submit()).text
        assert text is not None
        counter.gateway.answers.extend(answers)
        counter.gateway.receipt_state = receipt
        for _ in range(5):
            await counter.deliver()
            counter.clock.advance(minutes=10)
        await counter.shop.delivery.sync()
        report = await counter.shop.reports.report()
        assert [(one.cause, one.count) for one in report.failures] == [(cause, 1)]
        (chapter,) = (await counter.shop.reports.history(Search())).rows
        assert chapter.failure is not None
        assert chapter.failure.cause is cause

    async def test_the_most_frequent_cause_comes_first(self, counter: Counter) -> None:
        await crowd(counter, 6)
        bad, refused = Outcome.BAD_NUMBER, Outcome.BAD_REQUEST
        await sent_campaign(counter, 6, refused, bad, bad, Outcome.ACCEPTED, bad)
        report = await counter.shop.reports.report()
        assert [(one.cause, one.count) for one in report.failures] == [
            (Cause.BAD_NUMBER, 3),
            (Cause.REFUSED, 1),
        ]
        assert sum(one.count for one in report.failures) == report.total.failed


class TestHistory:
    async def full(self, counter: Counter) -> tuple[E164, ...]:
        """Three people, a campaign to all of them, one quick text on the next day."""
        numbers = await crowd(counter, 3, names=("Zoë Ångström", "Bo 100% [/] Lind", "Cy O'Brien"))
        await sent_campaign(counter, 3)
        counter.clock.advance(days=1)
        await counter.agree(numbers[0], Purpose.SERVICE, ("orders",))
        await counter.submit("your Peony_bouquet is ready!", numbers[0], topic="orders")
        await counter.deliver()
        return numbers

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("", 4),
            ("wreaths", 3),
            ("WREATHS", 3),
            ("peony_bouquet", 1),
            ("peony-bouquet", 0),
            ("100%", 1),
            ("%", 1),
            ("_", 1),
            ("!", 4),
            ("[/]", 1),
            ("o'brien", 1),
            ("zoë", 2),
            ("ÅNGSTRÖM", 2),
            ("wreaths zoë", 1),
            ("peony lind", 0),
            ("5550101", 1),
            ("(212) 555-01", 4),
            ("+1 212 555 0102", 1),
            ("0199", 0),
            ("' OR 1=1 --", 0),
            ("\x1b[31m", 0),
        ],
    )
    async def test_texts_are_found_by_words_names_and_digits(
        self, counter: Counter, words: str, found: int
    ) -> None:
        await self.full(counter)
        page = await counter.shop.reports.history(Search(words=words))
        assert (page.total, len(page.rows)) == (found, found)

    async def test_every_text_has_its_decision_and_its_receipts(self, counter: Counter) -> None:
        await self.full(counter)
        await counter.shop.delivery.sync()
        for chapter in (await counter.shop.reports.history(Search())).rows:
            assert chapter.decision is not None
            assert chapter.decision.verdict is Verdict.ALLOW
            words = [event.word for event in chapter.events]
            assert words == ["[written]", "[claimed]", "accepted", "delivered"]
            assert chapter.text.price_micros == 7900
            assert chapter.failure is None

    async def test_it_is_narrowed_by_number_state_campaign_and_days(self, counter: Counter) -> None:
        numbers = await self.full(counter)
        await counter.submit("your second order is ready.", numbers[0], topic="orders")
        reports = counter.shop.reports
        tomorrow = reports.day_begins(date(2026, 11, 25))

        async def count(**search: object) -> int:
            page = await reports.history(Search(**search))  # type: ignore[arg-type]
            return page.total

        assert await count(number=numbers[0]) == 3
        assert await count(states=(State.WAITING,)) == 1
        assert await count(states=(State.WAITING, State.ACCEPTED)) == 5
        assert await count(campaign_id=CampaignId(1)) == 3
        assert await count(campaign_id=CampaignId(2)) == 0
        assert await count(until=tomorrow) == 3
        assert await count(since=tomorrow) == 2
        assert await count(since=tomorrow, number=numbers[1]) == 0

    async def test_pages_put_together_are_the_whole_newest_first(self, counter: Counter) -> None:
        await self.full(counter)
        whole = await counter.shop.reports.history(Search())
        pages: list[Page[Chapter]] = [
            await counter.shop.reports.history(Search(), first=first, count=1) for first in range(5)
        ]
        assert [row.text.id for page in pages for row in page.rows] == [
            row.text.id for row in whole.rows
        ]
        ids = [row.text.id for row in whole.rows]
        assert ids == sorted(ids, reverse=True)
        assert {page.total for page in pages} == {4}
