"""Chooses who gets a campaign, by filters, and counts them live. Must not look anybody up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.timer import Timer

from shopbell.domain.audience_rules import audience_words
from shopbell.domain.campaigns import Audience
from shopbell.errors import ShopbellError
from shopbell.tui.plain import Plain, PlainInput, spans
from shopbell.tui.screens.narrow import Narrow, labelled
from shopbell.tui.work import start

_DEBOUNCE = 0.15

Count = Callable[[Audience], Awaitable[int]]


class ChooseAudience(Narrow):
    """Answers the filter; the words to match are in `words` then."""

    does: ClassVar[tuple[str, str, str]] = ("Take them", "Take everybody", "takes them")

    def __init__(self, topics: tuple[str, ...], audience: Audience, count: Count) -> None:
        """Make the box.

        Args:
            topics: what can be said yes to.
            audience: who is chosen now.
            count: counts the people of an audience.
        """
        super().__init__(topics, audience.filter)
        self._title = "Who gets it"
        self.words = audience.words
        self._count = count
        self._wait: Timer | None = None

    def inside(self) -> ComposeResult:
        """Lay out the words, then the conditions."""
        hint = "name, number, note or tag"
        yield labelled("Matching", PlainInput(self.words, placeholder=hint, id_="find", limit=100))
        yield from super().inside()

    def on_mount(self) -> None:
        """Count whom it starts with."""
        super().on_mount()
        self._look()

    def on_input_changed(self) -> None:
        """Count again once the letters stop."""
        self._later()

    def on_choices_changed(self) -> None:
        """Count again."""
        self._later()

    def action_everybody(self) -> None:
        """Ask for nothing any more."""
        self.words = ""
        super().action_everybody()

    def action_apply(self) -> None:
        """Answer what was chosen."""
        self.words = self.query_one("#find", PlainInput).value.strip()
        super().action_apply()

    def _later(self) -> None:
        if self._wait is not None:
            self._wait.stop()
        self._wait = self.set_timer(_DEBOUNCE, self._look)

    def _look(self) -> None:
        start(self, self._show_count, "count")

    async def _show_count(self) -> None:
        try:
            words = self.query_one("#find", PlainInput).value.strip()
            audience = Audience(words=words, filter=self._read())
            count = await self._count(audience)
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}".strip())
        else:
            people = "1 person" if count == 1 else f"{count:,} people"
            said = spans((people, "bold"), f": {audience_words(audience)}", one_line=True)
        self.query_one("#said", Plain).show(said)
