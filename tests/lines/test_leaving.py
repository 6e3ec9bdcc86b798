"""Wherever the input ends, nothing crashes and nothing is half done."""

from __future__ import annotations

import os
from dataclasses import dataclass

import pytest

from lines.conftest import KEPT
from lines.conversing import Place, typed_in
from shopbell.domain.consent import Act
from shopbell.services.shop import Shop

NIGHTLY = bool(os.environ.get("SHOPBELL_NIGHTLY"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a conversation left in the file."""

    people: int
    yeses: int
    texts: int
    sound: bool


async def kept(shop: Shop) -> Kept:
    broken, _ = await shop.consents.check_ledger()
    rows = (await shop.people.find()).rows
    sheets = [await shop.people.sheet(shop.people.read_number(row.number)) for row in rows]
    return Kept(
        people=len(rows),
        yeses=sum(event.act is Act.GRANTED for sheet in sheets for event in sheet.ledger),
        texts=(await shop.outbox.find()).total,
        sound=broken is None,
    )


CONVERSATIONS = {
    "people-at-the-till": {Kept(people=4, yeses=3, texts=2, sound=True): range(8)},
    "quick-text": {Kept(people=4, yeses=3, texts=2, sound=True): range(5)},
    "people-known-number": {Kept(people=4, yeses=3, texts=2, sound=True): range(9)},
}
"""After how many lines each still leaves everything as it was."""


@pytest.mark.parametrize(
    ("name", "lines", "before"),
    [
        (name, lines, before)
        for name, stages in CONVERSATIONS.items()
        for before, all_lines in stages.items()
        for lines in (all_lines if NIGHTLY else list(all_lines)[-2:])
    ],
)
async def test_before_the_last_answer_nothing_was_done(
    place: Place, name: str, lines: int, before: Kept
) -> None:
    typed = typed_in((KEPT / f"{name}.txt").read_text(encoding="utf-8"))
    said = await place.talk(*typed[:lines])
    assert said.said.endswith("Closed. What was finished is kept.\n")
    async with place.inside() as shop:
        assert await kept(shop) == before


async def test_after_the_last_answer_all_of_it_was_done(place: Place) -> None:
    typed = typed_in((KEPT / "people-at-the-till.txt").read_text(encoding="utf-8"))
    await place.talk(*typed[:8])
    async with place.inside() as shop:
        assert await kept(shop) == Kept(people=5, yeses=5, texts=2, sound=True)


def _cuts() -> list[tuple[str, int]]:
    """Return conversations and lines to cut them at: all of them by night, one each by day."""
    cuts = []
    for path in sorted(KEPT.glob("*.txt")):
        count = len(typed_in(path.read_text(encoding="utf-8")))
        some = range(count) if NIGHTLY else [len(path.stem) * 7 % count]
        cuts += [(path.stem, cut) for cut in some]
    return cuts


@pytest.mark.parametrize(("name", "cut"), _cuts())
async def test_the_input_may_end_anywhere(place: Place, name: str, cut: int) -> None:
    typed = typed_in((KEPT / f"{name}.txt").read_text(encoding="utf-8"))
    said = await place.talk(*typed[:cut])
    assert said.said.endswith("Closed. What was finished is kept.\n")
    assert "Traceback" not in said.said
    async with place.inside() as shop:
        assert (await kept(shop)).sound
        assert all(text.state != "sending" for text in (await shop.outbox.find()).rows)
