"""Topics of one shop: the owner's word on what is offered and how often."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.domain.consent import Purpose
from shopbell.domain.promises import Frequency
from shopbell.domain.topics import TOPICS
from shopbell.errors import BadInput
from shops import ANA, Counter

WEEKLY = Frequency(n=1, days=7)


async def test_a_new_shop_offers_the_usual_topics(counter: Counter) -> None:
    assert await counter.shop.topics.every() == TOPICS
    assert await counter.shop.topics.offered() == TOPICS


async def test_a_change_is_kept_and_the_order_stays(counter: Counter) -> None:
    await counter.shop.topics.change("events", often=WEEKLY, confirm=True)
    orders, offers, events = await counter.shop.topics.every()
    assert (orders, offers) == TOPICS[:2]
    assert (events.often, events.confirm, events.words) == (WEEKLY, True, "events")
    await counter.shop.topics.change("events", words="workshops")
    events = (await counter.shop.topics.every())[2]
    assert (events.words, events.often) == ("workshops", WEEKLY)


async def test_new_topics_come_after_the_usual_ones_in_the_order_they_came(
    counter: Counter,
) -> None:
    await counter.shop.topics.add("zinnias", "zinnias", Purpose.MARKETING, WEEKLY)
    await counter.shop.topics.add("asters", "asters", Purpose.MARKETING, WEEKLY)
    await counter.shop.topics.change("offers", often=WEEKLY)
    ids = [topic.id for topic in await counter.shop.topics.every()]
    assert ids == ["orders", "offers", "events", "zinnias", "asters"]


async def test_a_topic_no_longer_offered_cannot_be_chosen_but_its_yeses_stand(
    counter: Counter,
) -> None:
    await counter.agree(ANA, Purpose.MARKETING, ("events",), promised_n=4, promised_days=30)
    await counter.shop.topics.change("events", offered=False)
    assert [topic.id for topic in await counter.shop.topics.offered()] == ["orders", "offers"]
    with pytest.raises(BadInput, match="is no topic"):
        await counter.shop.topics.chosen(("events",))
    submitted = await counter.submit("open day!", purpose=Purpose.MARKETING, topic="events")
    assert submitted.text is not None


async def test_a_promise_made_stands_when_the_topic_changes(counter: Counter) -> None:
    recorded = await counter.agree(
        ANA, Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30
    )
    await counter.shop.topics.change("offers", often=Frequency(n=9, days=30))
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert (sheet.ledger[0].promised_n, recorded.event.promised_n) == (4, 4)


async def test_papers_print_what_is_offered(counter: Counter, tmp_path: Path) -> None:
    await counter.shop.topics.add("classes", "evening classes", Purpose.MARKETING, WEEKLY)
    await counter.shop.topics.change("events", offered=False)
    printed = await counter.shop.papers.sheet(tmp_path / "a.html")
    assert [topic.id for topic in printed.paper.topics] == ["orders", "offers", "classes"]
    assert "up to 1 text a week about evening classes" in printed.paper.wording
    assert "events" not in printed.paper.wording


async def test_a_shop_that_offers_nothing_prints_nothing(counter: Counter, tmp_path: Path) -> None:
    for topic in TOPICS:
        await counter.shop.topics.change(topic.id, offered=False)
    for paper in (counter.shop.papers.sheet, counter.shop.papers.poster):
        with pytest.raises(BadInput, match="offers no topic"):
            await paper(tmp_path / "a.html")
    assert not (tmp_path / "a.html").exists()


async def test_what_cannot_be_kept_changes_nothing(counter: Counter) -> None:
    with pytest.raises(BadInput, match="There is a topic"):
        await counter.shop.topics.add("offers", "more offers", Purpose.MARKETING, WEEKLY)
    with pytest.raises(BadInput, match="how often"):
        await counter.shop.topics.change("offers", often="")
    with pytest.raises(BadInput, match="plain letters"):
        await counter.shop.topics.change("offers", words="[/]")
    with pytest.raises(BadInput, match="is no topic"):
        await counter.shop.topics.change("gossip", words="gossip")
    assert await counter.shop.topics.every() == TOPICS


async def test_the_sheet_of_a_person_lists_what_is_offered(counter: Counter) -> None:
    await counter.shop.topics.add("classes", "classes", Purpose.MARKETING, WEEKLY)
    await counter.shop.topics.change("events", offered=False)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert [topic.id for topic in sheet.topics] == ["orders", "offers", "classes"]
