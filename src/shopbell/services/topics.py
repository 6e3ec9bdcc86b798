"""What people can choose to hear about, and how often: the owner's word. Must not record a yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from shopbell.domain.consent import Purpose
from shopbell.domain.joining import joining_word, taken_word
from shopbell.domain.promises import Frequency
from shopbell.domain.topics import Topic, fault
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import topics

if TYPE_CHECKING:
    from sqlite_utils import Database


class TopicBook:
    """The topics of one shop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def every(self) -> tuple[Topic, ...]:
        """Return all topics, also those that are no longer offered."""
        return await self._desk.store.read(topics.every)

    async def offered(self) -> tuple[Topic, ...]:
        """Return the topics people can choose."""
        return tuple(topic for topic in await self.every() if topic.offered)

    async def chosen(self, ids: Sequence[str]) -> tuple[Topic, ...]:
        """Return the offered topics with these ids, in the shop's order.

        Raises:
            BadInput: one of them is none.
        """
        offered = await self.offered()
        for wanted in ids:
            if wanted not in {topic.id for topic in offered}:
                raise BadInput(
                    f"“{wanted[:40]}” is no topic.",
                    f"Use one of: {', '.join(topic.id for topic in offered)}.",
                    code="no_topic",
                )
        return tuple(topic for topic in offered if topic.id in ids)

    async def add(
        self,
        id_: str,
        words: str,
        purpose: Purpose,
        often: Frequency | None,
        *,
        confirm: bool = False,
        keyword: str = "",
    ) -> Topic:
        """Offer something new.

        Raises:
            BadInput: there is a topic of that id, or something about it cannot be used.
        """
        topic = Topic(
            id=id_,
            words=words,
            purpose=purpose,
            often=often,
            confirm=confirm,
            keyword=joining_word(keyword),
        )

        def step(db: Database) -> bool:
            if any(known.id == id_ for known in topics.every(db)):
                return False
            topics.keep(db, topic)
            return True

        self._refuse(topic)
        if not await self._desk.store.write(step):
            raise BadInput(
                f"There is a topic “{id_}” already.",
                "Change it with 'shopbell topics set'.",
                code="topic_taken",
            )
        self._desk.tell(Changed.ANYTHING)
        return topic

    async def change(
        self,
        id_: str,
        *,
        words: str | None = None,
        often: Frequency | Literal[""] | None = None,
        confirm: bool | None = None,
        offered: bool | None = None,
        keyword: str | None = None,
    ) -> Topic:
        """Change what people are shown from now on; what is None stays, "" forgets it.

        Nobody's promise changes: each person keeps the words that they were shown.

        Raises:
            BadInput: there is none of that id, or it cannot be kept like this.
        """

        def step(db: Database) -> Topic | None:
            old = next((known for known in topics.every(db) if known.id == id_), None)
            if old is None:
                return None
            new = replace(
                old,
                words=old.words if words is None else words,
                often=old.often if often is None else often or None,
                confirm=old.confirm if confirm is None else confirm,
                offered=old.offered if offered is None else offered,
                keyword=old.keyword if keyword is None else joining_word(keyword),
            )
            self._refuse(new)
            topics.keep(db, new)
            return new

        changed = await self._desk.store.write(step)
        if changed is None:
            raise BadInput(
                f"“{id_[:40]}” is no topic.",
                "List them with 'shopbell topics list'.",
                code="no_topic",
            )
        self._desk.tell(Changed.ANYTHING)
        return changed

    def _refuse(self, topic: Topic) -> None:
        why = fault(topic) or taken_word(topic.keyword, self._desk.rules.stops)
        if why is not None:
            raise BadInput(why, code="bad_topic")
