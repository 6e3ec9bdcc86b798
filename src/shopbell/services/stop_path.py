"""Proving that a STOP arrives, and the alarms about a gateway. Must not send or fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.gateway_alarms import Alarm, Heard, alarms
from shopbell.domain.stop_path import MAX_PROMISE_CHARS, StopPath, Way, judged, said
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import gateway_book, gateway_care

if TYPE_CHECKING:
    from sqlite_utils import Database


class StopPaths:
    """The way of a STOP through the gateway in use."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def now(self) -> StopPath:
        """Return how it stands with the gateway in use."""
        return await self._desk.store.read(self._judge)

    async def words(self) -> tuple[StopPath, str, str]:
        """Return how it stands, the same in a sentence, and what to do about it."""
        path = await self.now()
        return path, *said(path, self._desk.profile.zone)

    async def promise(self, words: str) -> StopPath:
        """Keep how stops reach the list with a gateway that can't tell of replies.

        Raises:
            BadInput: nothing was said, too much was, or the gateway can tell of replies itself.
        """
        words = " ".join(words.split())
        if not words or len(words) > MAX_PROMISE_CHARS:
            raise BadInput(
                "Say in one or two sentences how stops reach the list.",
                "For example: Ana reads the phone every evening and types stops in.",
                code="bad_promise",
            )
        path = await self.now()
        if path.way in (Way.NONE, Way.PRACTICE, Way.SEEN, Way.UNSEEN):
            sentence, hint = said(path, self._desk.profile.zone)
            raise BadInput(f"No promise is needed. {sentence}", hint, code="no_promise_needed")
        kept = words if words.endswith((".", "!", "?")) else f"{words}."
        now = self._desk.clock.now()
        await self._desk.store.write(gateway_care.promised, path.gateway, kept, now)
        self._desk.tell(Changed.GATEWAYS)
        return await self.now()

    async def refuse_bulk(self) -> None:
        """Refuse to text many people while nobody knows whether a STOP would arrive.

        Raises:
            BadInput: says what to do.
        """
        path, sentence, hint = await self.words()
        if path.is_open or path.way is Way.NONE:
            return
        next_ = {
            Way.UNSEEN: "shopbell gateway prove",
            Way.DEAF: 'shopbell gateway prove --instead "..."',
        }.get(path.way, "")
        raise BadInput(
            f"A campaign can't start yet. {sentence}",
            f"{hint} Then: {next_}, or under Gateways.",
            code="stop_unproved",
        )

    async def alarms(self) -> list[Alarm]:
        """Return what the owner must be told about the gateway in use."""

        def step(db: Database) -> tuple[str, Heard, bool] | None:
            state = gateway_book.active(db)
            if state is None:
                return None
            hears = self._desk.shelf.hears_replies(state.config)
            return state.config.name, gateway_care.heard(db, state.config.name), hears

        found = await self._desk.store.read(step)
        if found is None:
            return []
        name, heard, hears = found
        zone, now = self._desk.profile.zone, self._desk.clock.now()
        return alarms(name, heard, hears=hears, zone=zone, now=now)

    def _judge(self, db: Database) -> StopPath:
        state = gateway_book.active(db)
        if state is None:
            return StopPath(way=Way.NONE)
        promise, promised_at = gateway_care.promise_of(db, state.config.name)
        return judged(
            gateway=state.config.name,
            practice=self._desk.shelf.preset(state.config.preset_id).practice,
            hears=self._desk.shelf.hears_replies(state.config),
            seen_at=gateway_care.last_stop(db, state.config.name),
            promise=promise,
            promised_at=promised_at,
            now=self._desk.clock.now(),
        )
