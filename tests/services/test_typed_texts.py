"""What was typed and not sent is there again, and nobody else's words are lost over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from shopbell.domain.consent import Purpose
from shopbell.domain.dossier_page import as_text
from shopbell.domain.ids import E164
from shopbell.domain.typed_text import TypedText
from shopbell.services.typed_texts import TypedTexts
from shops import ANA, BO, NOW, Counter

if TYPE_CHECKING:
    from sqlite_utils import Database

CY = E164("+12125550177")
TO_ANA = TypedText(number=ANA, body="Your wreath is", purpose=Purpose.SERVICE, topic="orders")
TO_BO = TypedText(
    number=BO,
    body="[/] Roses \u202e tomorrow\n🌹",
    purpose=Purpose.MARKETING,
    topic="offers",
    really_service="he asked for it",
    at=NOW + timedelta(hours=3),
)
TO_CY = TypedText(number=CY, body="yes!", purpose=Purpose.CONVERSATION, topic=None)


async def again(counter: Counter) -> tuple[TypedText, ...]:
    """Return what the next window finds."""
    return await TypedTexts(counter.shop._desk).take_out()


async def test_nothing_is_there_at_first(counter: Counter) -> None:
    assert await again(counter) == ()


async def test_every_field_comes_back(counter: Counter) -> None:
    typed = counter.shop.typed_texts
    await typed.take_out()
    await typed.put_back([TO_BO, TO_ANA, TO_CY])
    assert await again(counter) == tuple(sorted((TO_ANA, TO_BO, TO_CY), key=lambda one: one.number))


async def test_what_was_sent_or_emptied_meanwhile_is_gone(counter: Counter) -> None:
    await counter.shop.typed_texts.put_back([TO_ANA, TO_BO])
    window = TypedTexts(counter.shop._desk)
    await window.take_out()
    longer = replace(TO_BO, body=TO_BO.body + "!")
    await window.put_back([longer])
    assert await again(counter) == (longer,)
    await window.put_back([])
    assert await again(counter) == ()


async def test_another_window_keeps_what_it_typed(counter: Counter) -> None:
    mine, theirs = TypedTexts(counter.shop._desk), TypedTexts(counter.shop._desk)
    await mine.take_out()
    await theirs.take_out()
    await theirs.put_back([TO_BO])
    await mine.put_back([TO_ANA])
    assert {one.number for one in await again(counter)} == {ANA, BO}


async def test_where_nothing_changed_nothing_is_written(counter: Counter) -> None:
    def changes(db: Database) -> int:
        return int(db.execute("SELECT total_changes()").fetchone()[0])

    await counter.shop.typed_texts.put_back([TO_ANA])
    window = TypedTexts(counter.shop._desk)
    taken = await window.take_out()
    store = counter.shop._desk.store
    before = await store.write(changes)
    await window.put_back(list(taken))
    assert await store.write(changes) == before


async def test_who_was_forgotten_meanwhile_leaves_no_word_behind(counter: Counter) -> None:
    await counter.add()
    await counter.add(BO, "Bo Lind")
    typed = counter.shop.typed_texts
    await typed.put_back([TO_BO])
    await typed.take_out()
    counter.clock.advance(minutes=1)
    await counter.shop.erasing.erase(ANA, ANA[-4:])
    await counter.shop.erasing.erase(BO, BO[-4:])
    await typed.put_back([TO_ANA, replace(TO_BO, body="more words"), TO_CY])
    assert await again(counter) == (TO_CY,)


async def test_somebody_who_was_forgotten_before_and_came_back_is_like_anybody(
    counter: Counter,
) -> None:
    await counter.add()
    await counter.shop.erasing.erase(ANA, ANA[-4:])
    counter.clock.advance(days=2)
    typed = counter.shop.typed_texts
    await typed.take_out()
    await typed.put_back([TO_ANA])
    assert await again(counter) == (TO_ANA,)


async def test_a_text_that_was_typed_goes_with_the_person(counter: Counter) -> None:
    await counter.add()
    await counter.shop.typed_texts.put_back([TO_ANA, TO_CY])
    await counter.shop.erasing.erase(ANA, ANA[-4:])
    assert await again(counter) == (TO_CY,)


@pytest.mark.parametrize("body", ["\x00", "\ud800".encode("utf-8", "replace").decode(), "x" * 9000])
async def test_any_words_are_kept_as_they_were_typed(counter: Counter, body: str) -> None:
    await counter.shop.typed_texts.put_back([replace(TO_ANA, body=body)])
    assert (await again(counter))[0].body == body


async def test_half_a_character_is_kept_as_a_question_mark(counter: Counter) -> None:
    typed = replace(TO_ANA, body="Ros\ud800es", really_service="\udfff")
    await counter.shop.typed_texts.put_back([typed])
    assert await again(counter) == (replace(typed, body="Ros?es", really_service="?"),)


async def test_what_was_typed_to_a_person_is_in_their_dossier_and_in_no_other(
    counter: Counter,
) -> None:
    await counter.shop.typed_texts.put_back([TO_ANA])
    people, dossiers = counter.shop.people, counter.shop.dossiers
    hers = await dossiers.gather(people.read_number(ANA))
    assert hers.typed == TO_ANA
    page = as_text(hers)
    assert "Typed to them and not sent:" in page
    assert TO_ANA.body in page
    his = await dossiers.gather(people.read_number(BO))
    assert his.typed is None
