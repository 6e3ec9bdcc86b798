"""Chooses who gets a campaign, by filters, and counts them live. Must not look anybody up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.timer import Timer

from shopbell.domain.audience_rules import audience_words
from shopbell.domain.campaigns import Audience
from shopbell.domain.telling import counted
from shopbell.errors import ShopbellError
from shopbell.tui.choices import Choices
from shopbell.tui.plain import Plain, PlainInput, spans
from shopbell.tui.screens.narrow import Narrow, labelled
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.work import start

_WAIT = spans(("Counting …", "$text-muted"))
_DEBOUNCE = 0.15
_ALL, _ONE = "all", "one"

Count = Callable[[Audience], Awaitable[int]]


class ChooseAudience(Narrow):
    """Answers the filter; words and households are in `audience` then."""

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
        self.audience = audience
        """Who was chosen; what is asked of them is in the answer."""
        self._count = count
        self._wait: Timer | None = None

    def inside(self) -> ComposeResult:
        """Lay out the words, then the conditions."""
        hint = "name, number, note or tag"
        yield labelled(
            "Matching", PlainInput(self.audience.words, placeholder=hint, id_="find", limit=100)
        )
        homes = [(_ALL, "everybody in it"), (_ONE, "one person")]
        now = _ONE if self.audience.one_per_household else _ALL
        yield labelled("A household", Choices(homes, [now], id_="homes"))
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
        self.audience = Audience()
        super().action_everybody()

    def action_apply(self) -> None:
        """Answer what was chosen."""
        self.audience = self._asked()
        super().action_apply()

    def _later(self) -> None:
        if self._wait is not None:
            self._wait.stop()
        self._wait = self.set_timer(_DEBOUNCE, self._look)

    def _look(self) -> None:
        start(self, self._show_count, "count")

    def _asked(self) -> Audience:
        return Audience(
            words=self.query_one("#find", PlainInput).value.strip(),
            one_per_household=self.query_one("#homes", Choices).one == _ONE,
        )

    async def _show_count(self) -> None:
        try:
            audience = replace(self._asked(), filter=self._read())
            with told_when_slow(self, lambda: self.query_one("#said", Plain).show(_WAIT)):
                count = await self._count(audience)
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}".strip())
        else:
            people = counted(count, "person", "people") if count else "Nobody"
            said = spans((people, "bold"), f": {audience_words(audience)}", one_line=True)
        self.query_one("#said", Plain).show(said)
