"""A list says yes to a topic that wants a confirmation by text: it is claimed, until confirmed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shopbell.domain.consent import How, Purpose
from shopbell.domain.dossier_page import as_text
from shopbell.domain.ids import E164
from shopbell.domain.import_choices import Choices, ConsentRule
from shopbell.domain.row_yes import UNCONFIRMED
from shopbell.services.confirming import Opened
from shops import ANA, BO, Counter, a_yes

RULE = ConsentRule(
    purpose=Purpose.MARKETING,
    topics=("offers",),
    how=How.WEB,
    column="SMS",
    date_column="Signed",
    wording_column="Words",
)
ROWS = (
    "Name,Phone,SMS,Signed,Words\n"
    "Ana,2125550101,yes,2026-03-09,Text me offers.\n"
    "Bo,2125550102,yes,2026-03-10,Text me offers.\n"
)


async def brought(counter: Counter, tmp_path: Path, rule: ConsentRule = RULE) -> tuple[int, int]:
    """Import both rows; return how many yeses went on record and how many are claimed."""
    path = tmp_path / "till.csv"
    path.write_text(ROWS, encoding="utf-8")
    report = await counter.shop.imports.run(path, choices=Choices(consents=(rule,)))
    return report.consents.granted, report.consents.claimed


async def may_be_told(counter: Counter, number: E164, topic: str = "offers") -> bool:
    submitted = await counter.submit("sale!", number, Purpose.MARKETING, topic)
    return submitted.text is not None


@pytest.mark.parametrize(
    ("confirmed_topics", "topics", "how", "granted"),
    [
        ((), ("offers",), How.WEB, 2),
        (("offers",), ("offers",), How.WEB, 0),
        (("offers",), ("offers",), How.PAPER, 0),
        (("offers",), ("offers", "events"), How.WEB, 0),
        (("offers",), ("events",), How.WEB, 2),
        (("events",), ("offers",), How.WEB, 2),
        (("offers",), ("offers",), How.DOUBLE_OPT_IN, 2),
        (("offers", "events"), ("offers", "events"), How.DOUBLE_OPT_IN, 2),
    ],
)
async def test_a_yes_of_a_list_counts_unless_its_topic_wants_a_confirmation_nobody_had(
    counter: Counter,
    tmp_path: Path,
    confirmed_topics: tuple[str, ...],
    topics: tuple[str, ...],
    how: How,
    granted: int,
) -> None:
    for topic in confirmed_topics:
        await counter.shop.topics.change(topic, confirm=True)
    rule = replace(RULE, topics=topics, how=how)
    assert await brought(counter, tmp_path, rule) == (granted, 2 - granted)
    for number in (ANA, BO):
        for topic in topics:
            assert await may_be_told(counter, number, topic) is (granted > 0)


async def test_nothing_is_sent_to_ask_about_it_and_nothing_waits(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.topics.change("offers", confirm=True)
    await brought(counter, tmp_path)
    await counter.deliver()
    assert counter.gateway.taken == []
    assert await counter.shop.consents.waiting(ANA) == ()


async def test_the_dry_run_tells_the_same_and_twice_is_once(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.topics.change("offers", confirm=True)
    path = tmp_path / "till.csv"
    path.write_text(ROWS, encoding="utf-8")
    choices = Choices(consents=(RULE,))
    dry = await counter.shop.imports.run(path, choices=choices, dry_run=True)
    assert await counter.shop.imports.claims(ANA) == ()
    wet = await counter.shop.imports.run(path, choices=choices)
    again = await counter.shop.imports.run(path, choices=choices)
    assert dry.consents == wet.consents
    assert (wet.consents.granted, wet.consents.claimed) == (0, 2)
    assert (again.consents.granted, again.consents.claimed) == (0, 0)


async def test_the_claim_says_what_it_lacks_on_the_sheet_and_in_the_dossier(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.topics.change("offers", confirm=True)
    await brought(counter, tmp_path)
    number = counter.shop.people.read_number(ANA)
    (claim,) = (await counter.shop.people.sheet(number)).claims
    assert (claim.topics, claim.missing, claim.source) == (("offers",), UNCONFIRMED, "till.csv")
    text = as_text(await counter.shop.dossiers.gather(number))
    assert "The list till.csv claims a yes to marketing texts about offers." in " ".join(
        text.split()
    )
    assert UNCONFIRMED in " ".join(text.split())
    assert "is missing, so" not in text


async def test_signing_the_person_up_asks_by_text_and_their_yes_makes_it_count(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.topics.change("offers", confirm=True)
    await brought(counter, tmp_path)
    draft = a_yes(ANA, Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30)
    opened = await counter.shop.consents.grant(draft)
    assert isinstance(opened, Opened)
    await counter.deliver()
    assert not await may_be_told(counter, ANA)
    counter.clock.advance(minutes=3)
    counter.hears("YES")
    await counter.shop.delivery.sync()
    counter.clock.advance(hours=26)
    assert await may_be_told(counter, ANA)
    assert not await may_be_told(counter, BO)


async def test_taking_the_import_back_forgets_the_claims(counter: Counter, tmp_path: Path) -> None:
    await counter.shop.topics.change("offers", confirm=True)
    path = tmp_path / "till.csv"
    path.write_text(ROWS, encoding="utf-8")
    report = await counter.shop.imports.run(path, choices=Choices(consents=(RULE,)))
    assert report.batch_id is not None
    await counter.shop.imports.undo(report.batch_id)
    assert await counter.shop.imports.claims(ANA) == ()
    assert await counter.shop.imports.claims(BO) == ()
