"""To somebody who writes while the shop is closed: when it opens again, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from builders import a_shop
from services.test_answers import answers, hear, off, sent
from shopbell.domain.closed_now import opens_again_at
from shopbell.domain.own_texts import AnswerTo
from shopbell.domain.shop_rules import Closure, HolidayWish, ShopRules
from shopbell.domain.template_rules import TemplateKind
from shops import ANA, BO, Counter

CLOSED = (
    "Fern & Finch: thanks for your text. We are closed and will answer from Wed 25 Nov, 10:00."
    " Urgent? Call 212-555-0100."
)
SHOP = a_shop(hours="mon-fri 10:00-18:00; sat 10:00-17:00")
OPEN = ShopRules(holidays=HolidayWish.OPEN)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "rules", "opens"),
    [
        ("2026-11-24 16:00", OPEN, None),
        ("2026-11-24 23:00", OPEN, "2026-11-25 15:00"),
        ("2026-11-24 14:59", OPEN, "2026-11-24 15:00"),
        ("2026-11-28 22:00", OPEN, "2026-11-30 15:00"),
        ("2026-11-26 16:00", ShopRules(), "2026-11-27 15:00"),
        ("2026-11-26 16:00", OPEN, None),
        (
            "2026-11-24 16:00",
            ShopRules(
                closures=(Closure(first=date(2026, 11, 24), last=date(2026, 11, 27)),),
                holidays=HolidayWish.OPEN,
            ),
            "2026-11-28 15:00",
        ),
        ("2026-03-07 23:00", OPEN, "2026-03-09 14:00"),
    ],
    ids=["open", "evening", "a minute", "weekend", "holiday", "no holiday", "days off", "clocks"],
)
def test_a_closed_shop_knows_when_it_opens(now: str, rules: ShopRules, opens: str | None) -> None:
    found = opens_again_at(SHOP, rules, at(now))
    assert found == (None if opens is None else at(opens))


def test_a_shop_without_hours_or_zone_promises_no_opening() -> None:
    assert opens_again_at(a_shop(hours=""), OPEN, at("2026-11-24 16:00")) is None
    assert opens_again_at(a_shop(zone="Mars/Olympus"), OPEN, at("2026-11-24 03:00")) is None


async def at_night(counter: Counter) -> None:
    await off(counter)
    await counter.add()
    counter.clock.advance(hours=12)


async def test_who_writes_at_night_hears_when_the_shop_opens(counter: Counter) -> None:
    await at_night(counter)
    await hear(counter, "Can I pick up tomorrow?")
    assert await sent(counter) == [CLOSED]
    (text,) = await answers(counter)
    assert text.own is TemplateKind.CLOSED


async def test_it_is_said_once_while_the_shop_is_closed(counter: Counter) -> None:
    await at_night(counter)
    await hear(counter, "Can I pick up tomorrow?")
    await hear(counter, "hello??")
    assert await sent(counter) == [CLOSED]


async def test_a_closure_of_days_is_said_once_too(counter: Counter) -> None:
    await at_night(counter)
    today = counter.clock.now().date()
    await counter.shop.rules.close(today, today + timedelta(days=9))
    for _ in range(4):
        await hear(counter, "are you there?", minutes=60 * 30)
        await sent(counter)
    assert len(await sent(counter)) == 1


async def test_a_new_shop_says_nothing_by_itself(counter: Counter) -> None:
    await counter.add()
    counter.clock.advance(hours=12)
    await hear(counter, "Can I pick up tomorrow?")
    assert await answers(counter) == []


async def test_an_open_shop_answers_itself(counter: Counter) -> None:
    await off(counter)
    await counter.add()
    await hear(counter, "Can I pick up tomorrow?")
    assert await answers(counter) == []


@pytest.mark.parametrize("sender", [BO, "FERNBANK", "12345"])
async def test_strangers_and_names_hear_nothing(counter: Counter, sender: str) -> None:
    await at_night(counter)
    await hear(counter, "Cheap loans!", sender)
    assert await answers(counter) == []


async def test_who_said_stop_hears_nothing(counter: Counter) -> None:
    await at_night(counter)
    await hear(counter, "STOP")
    await sent(counter)
    await hear(counter, "one more thing")
    assert [text.own for text in await answers(counter)] == [TemplateKind.STOP]


async def test_what_has_its_own_answer_gets_that_one(counter: Counter) -> None:
    await at_night(counter)
    await hear(counter, "HELP")
    assert [text.own for text in await answers(counter)] == [TemplateKind.HELP]
    assert AnswerTo.CLOSED not in (await counter.shop.welcomes.settings()).off
    assert (await counter.shop.people.by_number(ANA)) is not None
