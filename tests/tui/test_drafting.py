"""A campaign while it is written: versions are written one after another, and none is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from crowds import campaign
from shopbell.errors import Busy
from shopbell.tui.drafting import FRESH, Drafting
from shops import Counter, open_counter


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    counter = await open_counter(tmp_path / "shop.db")
    yield counter
    await counter.shop.close()


async def bodies(counter: Counter) -> list[str]:
    return [one.body for one in (await counter.shop.campaigns.find()).rows]


async def test_many_keeps_at_once_write_one_campaign(counter: Counter) -> None:
    drafting = Drafting(counter.shop.campaigns)
    keeps = []
    for words in ("C", "Co", "Com", "Come"):
        drafting.change(body=words)
        keeps.append(asyncio.create_task(drafting.keep()))
        await asyncio.sleep(0)
    await asyncio.gather(*keeps)
    assert await bodies(counter) == ["Come"]
    assert drafting.is_kept
    assert drafting.split_from is None


async def test_a_keep_that_nobody_waits_for_any_more_is_finished(counter: Counter) -> None:
    drafting = Drafting(counter.shop.campaigns)
    drafting.change(body="Come by")
    left = asyncio.create_task(drafting.keep())
    await asyncio.sleep(0)
    left.cancel()
    await asyncio.gather(left, return_exceptions=True)
    drafting.change(body="Come by!")
    await drafting.keep()
    assert await bodies(counter) == ["Come by!"]


async def test_nothing_typed_is_nothing_kept(counter: Counter) -> None:
    drafting = Drafting(counter.shop.campaigns)
    drafting.change(name=" ", topic="events")
    await drafting.keep()
    assert drafting.is_empty
    assert await bodies(counter) == []


async def test_what_somebody_else_changed_stays_and_ours_is_kept_beside_it(
    counter: Counter,
) -> None:
    made = await campaign(counter, "First")
    drafting = Drafting(counter.shop.campaigns, made)
    await counter.shop.campaigns.change(made.id, made.revision, replace(made, body="Theirs"))
    drafting.change(body="Mine")
    await drafting.keep()
    assert drafting.split_from is not None
    assert drafting.split_from.body == "Theirs"
    assert drafting.draft.name == "Winter wreaths (mine)"
    drafting.change(body="Mine still")
    await drafting.keep()
    assert sorted(await bodies(counter)) == ["Mine still", "Theirs"]


async def test_a_file_that_cannot_be_written_keeps_the_words_here(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafting = Drafting(counter.shop.campaigns)
    drafting.change(body="Come by")

    async def busy(*_: object, **__: object) -> None:
        raise Busy("Another window is writing.", "Wait a moment.")

    with monkeypatch.context() as patched:
        patched.setattr(counter.shop.campaigns, "create", busy)
        with pytest.raises(Busy):
            await drafting.keep()
    assert not drafting.is_kept
    await drafting.keep()
    assert await bodies(counter) == ["Come by"]


async def test_a_copy_is_a_new_one_of_the_same_words(counter: Counter) -> None:
    made = await campaign(counter, "Come by")
    drafting = Drafting(counter.shop.campaigns, made, copied=True)
    await drafting.keep()
    assert drafting.campaign is not None
    assert drafting.campaign.id != made.id
    assert await bodies(counter) == ["Come by", "Come by"]


def test_a_new_one_goes_to_those_who_said_yes_to_what_it_is_about() -> None:
    assert FRESH.audience.filter.consented_to == FRESH.topic
