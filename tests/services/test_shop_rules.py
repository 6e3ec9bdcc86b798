"""The owner's rules in the file: every decision goes by them, from the moment they are written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from shopbell.domain.consent import Basis, Purpose
from shopbell.domain.decision import Code, Decision, Verdict
from shopbell.domain.frozen import facts_from_json
from shopbell.domain.ids import E164
from shopbell.domain.shop_rules import NOTHING_CHANGED, HolidayWish
from shopbell.domain.texts import State
from shopbell.domain.weeks import read_week
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.consent_steps import Recorded
from shopbell.services.drill import DrillShelf
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop_rules import HouseRules
from shopbell.store import decisions, gathering
from shops import ANA, NOW, PASSPHRASE, Counter, a_yes

if TYPE_CHECKING:
    from sqlite_utils import Database

WHY = "The customer asked for evening texts."
KENTUCKY = E164("+15025550101")
MARKETING = Purpose.MARKETING


@pytest.fixture
async def offers(counter: Counter) -> Counter:
    """A shop open all day to which Ana said yes to offers."""
    await counter.agree(purpose=MARKETING, topics=("offers",))
    await counter.agree(KENTUCKY, MARKETING, ("offers",))
    await counter.shop.change_profile(hours=read_week("mon-sun 00:00-24:00"))
    return counter


async def decided(counter: Counter, number: E164 = ANA) -> Decision:
    submitted = await counter.submit("tulips", number, MARKETING, "offers")
    return submitted.judged.decision


def codes(decision: Decision) -> list[Code]:
    return [reason.code for reason in decision.reasons]


def rule_ids(decision: Decision) -> list[str]:
    return [reason.rule for reason in decision.reasons]


async def test_a_new_shop_has_changed_nothing(counter: Counter) -> None:
    assert await counter.shop.rules.changed() == NOTHING_CHANGED


async def test_a_closed_day_holds_and_an_opened_one_lets_go(offers: Counter) -> None:
    today = offers.shop.rules.today()
    await offers.shop.rules.close(today, today + timedelta(days=1), "moving")
    held = await decided(offers)
    assert codes(held) == [Code.CLOSED_DAY]
    assert "(moving)" in held.reasons[0].sentence
    await offers.shop.rules.reopen(today, today + timedelta(days=1))
    assert (await decided(offers, KENTUCKY)).verdict is Verdict.ALLOW


async def test_an_emergency_stops_a_text_that_was_allowed_when_it_was_written(
    offers: Counter,
) -> None:
    assert (await decided(offers)).verdict is Verdict.ALLOW
    await offers.shop.rules.declare_emergency("us-ny", note="flood")
    assert await offers.deliver() == ()
    (text,) = (await offers.shop.outbox.find()).rows
    assert text.state is State.HELD
    assert "stopped for an emergency (flood)" in text.detail
    await offers.shop.rules.end_emergency("US-NY")
    (sent,) = await offers.deliver()
    assert sent.state is State.ACCEPTED


async def test_another_process_that_changes_a_rule_is_obeyed_at_once(offers: Counter) -> None:
    other = await open_shop(
        offers.path, Opener(secret=PASSPHRASE), clock=offers.clock, shelf=DrillShelf(offers.gateway)
    )
    try:
        await other.rules.declare_emergency("US")
        await other.change_profile(hours=read_week("mon 10:00-11:00"))
    finally:
        await other.close()
    assert codes(await decided(offers)) == [Code.EMERGENCY_BAN, Code.QUIET_HOURS]


async def test_a_rule_set_aside_is_named_with_its_reason_in_the_stored_decision(
    offers: Counter,
) -> None:
    offers.clock.advance(hours=22, minutes=48)  # 09:30 there
    assert rule_ids(await decided(offers, KENTUCKY)) == ["US-KY.hours"]
    await offers.shop.rules.set_aside("us-ky.hours", WHY, "Ana")
    second = await offers.submit("roses", KENTUCKY, Purpose.MARKETING, "offers")
    assert "US-KY.hours" not in rule_ids(second.judged.decision)
    ((_, stored), *_) = await offers.shop._desk.store.read(decisions.latest_for, KENTUCKY, 1)
    (aside,) = stored.set_aside
    assert aside.rule == "US-KY.hours"
    assert aside.sentence.endswith(f'Set aside by Ana: "{WHY}"')
    assert aside.confidence == "V2"
    assert stored == second.judged.decision
    await offers.shop.rules.restore("US-KY.hours")
    assert "US-KY.hours" in rule_ids(await decided(offers, KENTUCKY))


async def test_the_rules_of_the_shop_are_frozen_with_the_decision_but_not_the_prices(
    offers: Counter,
) -> None:
    await offers.shop.rules.keep_apart(48)
    await offers.shop.rules.price("+1", 9000, "USD")
    submitted = await offers.submit("tulips", ANA, MARKETING, "offers")
    assert submitted.text is not None
    line = await offers.shop._desk.store.read(decisions.load_facts, submitted.text.decision_id)
    assert line is not None
    own = await offers.shop.rules.changed()
    assert facts_from_json(line).shop_rules == replace(own, rates=(), currency="")


async def test_limits_and_the_gap_of_the_owner_hold(offers: Counter) -> None:
    await offers.shop.rules.limit(MARKETING, 2, 30)
    await offers.shop.rules.keep_apart(1)
    assert (await decided(offers)).verdict is Verdict.ALLOW
    assert rule_ids(await decided(offers)) == ["policy.gap"]
    offers.clock.advance(hours=2)
    assert (await decided(offers)).verdict is Verdict.ALLOW
    offers.clock.advance(hours=2)
    assert rule_ids(await decided(offers)) == ["policy.cap.marketing"]
    await offers.shop.rules.unlimit(MARKETING)
    await offers.shop.rules.keep_apart(None)
    assert rule_ids(await decided(offers)) == ["policy.cap.marketing", "policy.gap"]


async def test_holidays_follow_the_owners_wish(offers: Counter) -> None:
    offers.clock.advance(days=2)  # Thanksgiving
    assert codes(await decided(offers)) == [Code.HOLIDAY]
    await offers.shop.rules.keep_holidays(HolidayWish.OPEN)
    assert (await decided(offers, E164("+12125550101"))).verdict is Verdict.ALLOW


async def test_prices_by_prefix_come_before_the_gateways(offers: Counter) -> None:
    await offers.agree(E164("+447700900123"), Purpose.SERVICE)
    before = await offers.submit(number=E164("+447700900123"))
    assert before.text is not None
    assert (before.text.price_micros, before.text.currency) == (7900, "USD")
    await offers.shop.rules.price("+44", 40_000, "GBP")
    british = await offers.submit(number=E164("+447700900123"))
    american = await offers.submit("tulips", ANA, MARKETING, "offers")
    assert british.text is not None
    assert american.text is not None
    assert (british.text.price_micros, british.text.currency) == (40_000, "GBP")
    assert (american.text.price_micros, american.text.currency) == (7900, "USD")
    checked = await offers.shop.outbox.check(british.judged.facts.draft)
    assert (checked.price_micros, checked.currency) == (40_000, "GBP")
    await offers.shop.rules.forget_price("+44")
    assert (await offers.shop.outbox.check(british.judged.facts.draft)).currency == "USD"


async def test_the_contact_is_put_into_texts_to_canada(offers: Counter) -> None:
    toronto = E164("+14165550142")
    await offers.agree(toronto, MARKETING, ("offers",))
    assert codes(await decided(offers, toronto)) == [Code.NO_SENDER_NAME]
    await offers.shop.rules.tell_contact(" fern.example ")
    submitted = await offers.submit("tulips", toronto, MARKETING, "offers")
    assert submitted.judged.final.text.endswith("STOP to end fern.example")
    await offers.shop.rules.tell_contact("")
    assert codes(await decided(offers, toronto))[0] is Code.NO_SENDER_NAME


async def test_the_short_code_is_named_in_france(offers: Counter) -> None:
    await offers.shop.rules.tell_short_code("36123")
    assert (await offers.shop.rules.changed()).short_code == "36123"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda rules: rules.set_aside("US.stop", WHY),
        lambda rules: rules.set_aside("US.hours", "because"),
        lambda rules: rules.restore("US.hours"),
        lambda rules: rules.close(date(2025, 1, 1)),
        lambda rules: rules.reopen(date(2026, 12, 1)),
        lambda rules: rules.declare_emergency("Narnia"),
        lambda rules: rules.declare_emergency(
            "US", first=date(2026, 12, 2), last=date(2026, 12, 1)
        ),
        lambda rules: rules.end_emergency("US"),
        lambda rules: rules.limit(MARKETING, 1, 500),
        lambda rules: rules.keep_apart(-1),
        lambda rules: rules.tell_contact("call us any time"),
        lambda rules: rules.tell_short_code("STOP"),
        lambda rules: rules.price("44", 1, "USD"),
        lambda rules: rules.forget_price("+44"),
    ],
)
async def test_what_makes_no_sense_changes_nothing(
    counter: Counter, wrong: Callable[[HouseRules], Awaitable[object]]
) -> None:
    await counter.shop.rules.keep_apart(48)
    before = await counter.shop.rules.changed()
    with pytest.raises(BadInput):
        await wrong(counter.shop.rules)
    assert await counter.shop.rules.changed() == before


async def test_the_screens_hear_of_a_change(counter: Counter) -> None:
    heard: list[Changed] = []
    counter.shop.subscribe(heard.append)
    await counter.shop.rules.keep_apart(48)
    assert heard == [Changed.ANYTHING]


async def test_rules_that_cannot_be_read_stop_every_text(offers: Counter) -> None:
    assert (await decided(offers)).verdict is Verdict.ALLOW

    def spoil(db: Database) -> None:
        db.execute("UPDATE shop SET rules = '{\"colour\": 7}'")

    await offers.shop._desk.store.write(spoil)
    with pytest.raises(BadInput, match="colour is not a key"):
        await decided(offers)
    with pytest.raises(BadInput):
        await offers.deliver()


async def test_the_coming_holidays_are_those_of_the_calendar(counter: Counter) -> None:
    found = counter.shop.rules.holidays()
    assert (found[0].day, found[0].name) == (date(2026, 11, 26), "Thanksgiving Day")
    assert found == tuple(sorted(found, key=lambda each: each.day))
    assert found[-1].day <= date(2027, 11, 24)
    louisiana = counter.shop.rules.holidays("us-la", since=date(2027, 1, 1))
    assert len(louisiana) > len(counter.shop.rules.holidays(since=date(2027, 1, 1)))
    with pytest.raises(BadInput, match="No calendar of holidays"):
        counter.shop.rules.holidays("Narnia")


async def test_what_a_yes_rests_on_is_kept_in_the_chain(counter: Counter) -> None:
    for basis in Basis:
        draft = replace(a_yes(topics=(basis.value,)), basis=basis)
        recorded = await counter.shop.consents.grant(draft)
        assert isinstance(recorded, Recorded)
        assert recorded.event.basis is basis
    person = await counter.shop._desk.store.read(gathering.gather, ANA, NOW)
    assert [event.basis for event in person.consents] == list(Basis)
    assert (await counter.shop.consents.check_ledger())[0] is None

    def forge(db: Database) -> None:
        db.execute("DROP TRIGGER consent_is_append_only_update")
        db.execute("UPDATE consent SET basis = 'express' WHERE basis = 'inquiry'")

    await counter.shop._desk.store.write(forge)
    assert (await counter.shop.consents.check_ledger())[0] == 3


async def test_the_ledger_refuses_another_basis(counter: Counter) -> None:
    await counter.agree()

    def forge(db: Database) -> None:
        db.execute("UPDATE consent SET basis = 'purchase', number = NULL")

    with pytest.raises(Exception, match="append-only"):
        await counter.shop._desk.store.write(forge)
