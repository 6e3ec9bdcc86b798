"""A dossier gathered from a shop that was lived in, and the files it becomes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from shopbell.domain.consent import How, Purpose
from shopbell.domain.dossier import Dossier
from shopbell.domain.dossier_page import as_text
from shopbell.domain.texts import State
from shopbell.errors import BadInput, DiskTrouble
from shops import ANA, BO, WORDS, Counter


async def dossier_of(counter: Counter, number: str = ANA) -> Dossier:
    return await counter.shop.dossiers.gather(counter.shop.people.read_number(number))


async def test_a_life_with_the_shop_is_in_the_dossier_in_order(counter: Counter) -> None:
    await counter.add()
    await counter.submit()
    recorded = await counter.agree(topics=("orders",), witness="Mo", promised_n=4, promised_days=30)
    await counter.submit(topic="orders")
    await counter.deliver()
    counter.clock.advance(minutes=5)
    counter.hears("STOP")
    await counter.shop.delivery.sync()
    dossier = await dossier_of(counter)
    grant, revocation = dossier.entries
    assert (grant.event.id, grant.event.wording, grant.event.witness) == (1, WORDS, "Mo")
    assert grant.hash == recorded.ledger_head
    assert revocation.previous_hash == grant.hash
    assert dossier.chain.head == revocation.hash
    (story,) = dossier.received()
    assert dossier.yes_behind(story) == grant.event
    refused, *_ = dossier.decisions
    assert refused[1].verdict == "refuse", "a text that was never written is here by its decision"
    assert story.text.decision_id in {decision_id for decision_id, _ in dossier.decisions}
    assert story.events[-1].state is State.DELIVERED
    (reply,) = dossier.replies
    assert reply.text == "STOP"
    assert dossier.suppression is not None
    text = as_text(dossier)
    assert "This person said stop by text on 24 Nov 2026 10:47." in text
    assert "No text has left since." in text


async def test_more_than_a_screenful_is_all_there(counter: Counter) -> None:
    await counter.add()
    for _ in range(25):
        await counter.submit()
    assert len((await dossier_of(counter)).decisions) == 25


async def test_other_people_are_not_in_it_but_for_the_length_of_the_ledger(
    counter: Counter,
) -> None:
    await counter.agree(BO)
    await counter.agree(ANA)
    dossier = await dossier_of(counter)
    assert [entry.event.id for entry in dossier.entries] == [2]
    assert dossier.chain.entries == 2
    assert BO not in as_text(dossier)


async def test_a_stranger_has_an_empty_dossier(counter: Counter) -> None:
    dossier = await dossier_of(counter, "+12125550199")
    assert (dossier.contact, dossier.entries, dossier.texts) == (None, (), ())
    assert "Fern & Finch has not texted this number." in as_text(dossier)
    assert dossier.chain.first_bad is None


async def test_gathering_changes_nothing(counter: Counter) -> None:
    await counter.agree(purpose=Purpose.MARKETING, topics=("offers",))
    before = await counter.shop.consents.check_ledger()
    assert await dossier_of(counter) == await dossier_of(counter)
    assert await counter.shop.consents.check_ledger() == before


async def test_both_files_are_private_and_never_replaced_unasked(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.agree(how=How.PAPER)
    dossier = await dossier_of(counter)
    folder = tmp_path / "for Ana"
    files = await counter.shop.dossiers.write(dossier, folder)
    assert [file.name for file in files] == [
        "dossier-12125550101-20261124.html",
        "dossier-12125550101-20261124.txt",
    ]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert files[1].read_text(encoding="utf-8") == as_text(dossier)
    assert WORDS in files[0].read_text(encoding="utf-8")
    files[1].write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="already"):
        await counter.shop.dossiers.write(dossier, folder)
    assert files[1].read_text(encoding="utf-8") == "mine"
    await counter.shop.dossiers.write(dossier, folder, replace=True)
    assert files[1].read_text(encoding="utf-8") == as_text(dossier)


async def test_a_folder_that_cannot_be_made_is_said(counter: Counter, tmp_path: Path) -> None:
    dossier = await dossier_of(counter)
    with pytest.raises(DiskTrouble, match="cannot be made"):
        await counter.shop.dossiers.write(dossier, tmp_path / "no" / "such")
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(DiskTrouble, match="cannot be made"):
        await counter.shop.dossiers.write(dossier, taken)
