"""A line of counts, one of them chosen: "1,081 new  ▸62 changed  5 need a look".

Must not know what is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from shopbell.tui.plain import Span, lines, spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One count of the line."""

    id: str
    count: int
    words: str
    """As it reads after the number: "new"."""


class Tally(Widget):
    """Folds into several lines where it is narrow. A count of nothing is left out."""

    DEFAULT_CSS = "Tally { height: auto; width: 1fr; }"

    class Turned(Message):
        """Another count is chosen."""

        def __init__(self, tally: Tally) -> None:
            super().__init__()
            self.tally = tally

    def __init__(self, *, id_: str | None = None) -> None:
        super().__init__(id=id_)
        self._counts: tuple[Count, ...] = ()
        self._chosen = ""

    @property
    def chosen(self) -> str:
        """The id of the chosen count; "" while there is none."""
        return self._chosen

    @property
    def can_turn(self) -> bool:
        """Whether there is another count to choose."""
        return len(self._counts) > 1

    def show(self, counts: Iterable[Count], first: Iterable[str] = ()) -> None:
        """Show other counts. The choice stays if it can; otherwise it is the first of `first`."""
        self._counts = tuple(one for one in counts if one.count)
        ids = [one.id for one in self._counts]
        if self._chosen not in ids:
            self._chosen = next((id_ for id_ in (*first, *ids) if id_ in ids), "")
        self.refresh(layout=True)

    def turn(self, by: int) -> None:
        """Choose the next count, or the one before."""
        if self.can_turn:
            ids = [one.id for one in self._counts]
            self._choose(ids[(ids.index(self._chosen) + by) % len(ids)])

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """Return how many lines the counts take."""
        return len(self._folded(width))

    def render(self) -> Content:
        """Draw the counts."""
        return lines(*(spans(*map(self._span, line)) for line in self._folded(self.size.width)))

    def on_click(self, event: events.Click) -> None:
        """Choose the count that was clicked."""
        right = 0
        for one in (self._folded(self.size.width)[event.y :] or [[]])[0]:
            right += cell_len(_text(one))
            if event.x < right:
                self._choose(one.id)
                return

    def _folded(self, width: int) -> list[list[Count]]:
        folded: list[list[Count]] = [[]]
        used = 0
        for one in self._counts:
            needed = cell_len(_text(one))
            if folded[-1] and used + needed > width:
                folded.append([])
                used = 0
            folded[-1].append(one)
            used += needed
        return folded

    def _span(self, one: Count) -> Span:
        text = _text(one)
        return (f"▸{text[1:]}", "bold") if one.id == self._chosen else text

    def _choose(self, id_: str) -> None:
        if id_ != self._chosen:
            self._chosen = id_
            self.refresh()
            self.post_message(self.Turned(self))


def _text(one: Count) -> str:
    return f" {one.count:,} {one.words}  "
