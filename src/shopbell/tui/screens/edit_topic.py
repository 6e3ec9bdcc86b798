"""Adds or changes what people can say yes to, and how often. Must not touch what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from textual.widget import Widget

from shopbell.domain.consent import Purpose
from shopbell.domain.promises import Frequency
from shopbell.domain.topic_words import frequency_to_type, typed_frequency
from shopbell.domain.topics import Topic
from shopbell.errors import BadInput
from shopbell.services.topics import TopicBook
from shopbell.tui.choices import Choices
from shopbell.tui.form import Form, row
from shopbell.tui.plain import PlainInput

_YES, _NO = "yes", "no"


class EditTopic(Form[Topic]):
    """Answers the topic as it is now; without one to begin with it adds one."""

    button = "Keep it"
    keys = "tab goes on · f2 keeps it · esc leaves it as it was"

    def __init__(self, book: TopicBook, topic: Topic | None = None) -> None:
        super().__init__("A new topic" if topic is None else f"Change “{topic.words}”")
        self._book = book
        self._topic = topic

    def about(self) -> str:
        """Return whom it binds."""
        return "For sign-ups from now on. Whoever said yes before keeps what they were promised."

    def questions(self) -> Iterator[Widget]:
        """Ask for words, promise and ways to join."""
        topic = self._topic
        if topic is None:
            name = PlainInput(placeholder="workshops", id_="id", limit=40)
            yield row("Short name", name, long=True)
            kinds = [(str(Purpose.MARKETING), "offers and news"), (str(Purpose.SERVICE), "orders")]
            about = Choices(kinds, [Purpose.MARKETING], id_="purpose")
            yield row("They are", about, close=True, long=True)
        words = "" if topic is None else topic.words
        hint = "as it reads in “Text me about ...”"
        yield row(
            "Words",
            PlainInput(words, placeholder=hint, id_="words", limit=60),
            close=topic is None,
            long=True,
        )
        often = "" if topic is None else frequency_to_type(topic.often)
        hint = "4 a month; nothing: only when there is news"
        yield row(
            "At most",
            PlainInput(often, placeholder=hint, id_="often", limit=40),
            close=True,
            long=True,
        )
        word = "" if topic is None else topic.keyword
        hint = "BLOOMS; nothing: JOIN"
        yield row(
            "Word to text",
            PlainInput(word, placeholder=hint, id_="keyword", limit=20),
            close=True,
            long=True,
        )
        confirmed = _YES if topic is not None and topic.confirm else _NO
        asks = [(_NO, "counts at once"), (_YES, "counts once they text YES")]
        yield row("A yes", Choices(asks, [confirmed], id_="confirm"), long=True)
        if topic is not None:
            offered = [(_YES, "can be chosen"), (_NO, "no longer offered")]
            chosen = _YES if topic.offered else _NO
            yield row("It", Choices(offered, [chosen], id_="offered"), close=True, long=True)

    async def record(self) -> Topic:
        """Keep it."""
        often = self._often()
        confirm = self.one("confirm") == _YES
        if self._topic is None:
            id_ = self.typed("id")
            return await self._book.add(
                id_,
                self.typed("words") or id_,
                Purpose(self.one("purpose")),
                often or None,
                confirm=confirm,
                keyword=self.typed("keyword"),
            )
        return await self._book.change(
            self._topic.id,
            words=self.typed("words"),
            often=often,
            confirm=confirm,
            offered=self.one("offered") == _YES,
            keyword=self.typed("keyword"),
        )

    def _often(self) -> Frequency | Literal[""]:
        typed = self.typed("often")
        if not typed:
            return ""
        read = typed_frequency(typed)
        if read is None:
            raise BadInput(
                f"“{typed[:20]}” does not say how often.",
                "Write it like: 4 a month, 1 a week, 2 in 10 days.",
                code="bad_promise",
            )
        return read
