"""Texts to one person that were typed and not sent, from one opening to the next. Must not send.

A screen holds them while it is open; they come out of the file once, and go back when it closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164
from shopbell.domain.typed_text import TypedText
from shopbell.services.desk import Desk
from shopbell.store import erasure, typed_texts

if TYPE_CHECKING:
    from sqlite_utils import Database


class TypedTexts:
    """Takes them out of the file, and puts them back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._taken: tuple[TypedText, ...] = ()
        self._taken_at = desk.clock.now()

    async def take_out(self) -> tuple[TypedText, ...]:
        """Return all that is kept; it stays in the file until it is put back changed."""
        self._taken = await self._desk.store.read(typed_texts.load)
        self._taken_at = self._desk.clock.now()
        return self._taken

    async def put_back(self, texts: Sequence[TypedText]) -> None:
        """Keep what is typed now, and drop what was taken out and is not among it any more.

        What somebody else typed meanwhile stays, and so does the word about a person who was
        forgotten meanwhile: nothing is kept for them.
        """
        texts = [_storable(one) for one in texts]
        before = {one.number: one for one in self._taken}
        changed = [one for one in texts if before.get(one.number) != one]
        gone = before.keys() - {one.number for one in texts}
        if not changed and not gone:
            return
        await self._desk.store.write(self._put_back, changed, gone)
        self._taken = tuple(texts)

    def _put_back(self, db: Database, changed: Sequence[TypedText], gone: set[E164]) -> None:
        typed_texts.forget(db, gone)
        since = self._taken_at
        typed_texts.keep(
            db,
            (one for one in changed if not erasure.was_forgotten_since(db, one.number, since)),
        )


def _storable(typed: TypedText) -> TypedText:
    """Return it without half surrogate pairs, which no file can hold."""
    body, why = (
        words.encode("utf-8", "replace").decode("utf-8")
        for words in (typed.body, typed.really_service)
    )
    return replace(typed, body=body, really_service=why)
