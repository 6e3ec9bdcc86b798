"""Notes who lives with whom, and that somebody moved out. Binds nobody: a stop is one person's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.widget import Widget

from shopbell.domain.ids import E164
from shopbell.domain.people import Contact, masked
from shopbell.errors import BadInput
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.form import Form, row
from shopbell.tui.plain import PlainInput
from shopbell.tui.words import called

_JOINS, _LEAVES = "joins", "leaves"


class Household(Form[str]):
    """Answers what was noted, in a sentence."""

    def __init__(self, shop: Shop, number: E164, name: str, home: Sequence[Contact]) -> None:
        super().__init__("Who lives together")
        self._shop = shop
        self._number = number
        self._person = name
        self._home = tuple(home)

    def about(self) -> str:
        """Return who lives there now, and what it means."""
        who = called(self._person, self._number)
        people = ", ".join(one.name or masked(one.number) for one in self._home)
        now = f"{who} lives with {people}. " if people else f"{who} is in no household yet. "
        return f"{now}It binds nobody: a yes or a stop of one is never the other's."

    def questions(self) -> Iterator[Widget]:
        """Ask who comes, or whether this person left."""
        if self._home:
            ways = [(_JOINS, "somebody lives there, too"), (_LEAVES, "this person moved out")]
            yield row("What", Choices(ways, [_JOINS], id_="what"))
        yield row("With", PlainInput(placeholder="name or number", id_="with", limit=100))

    async def record(self) -> str:
        """Note it."""
        who = called(self._person, self._number)
        if self._home and self.one("what") == _LEAVES:
            await self._shop.linking.move_out(self._number)
            return f"{who} moved out."
        other = await self._other(self.typed("with"))
        home = await self._shop.linking.live_together([self._number, other])
        return f"They live together: {', '.join(one.name or masked(one.number) for one in home)}."

    async def _other(self, typed: str) -> E164:
        if not typed:
            raise BadInput("Say who lives with them.", "Type a name or a number.", code="nobody")
        found = await self._shop.people.find(typed, count=3)
        others = [one for one in found.rows if one.number != self._number]
        if len(others) == 1:
            return others[0].number
        if others:
            raise BadInput(
                f"{found.total} people fit “{typed[:30]}”.", "Type their number.", code="several"
            )
        raise BadInput(
            f"Nobody else on file fits “{typed[:30]}”.", "Write them down first.", code="nobody"
        )
