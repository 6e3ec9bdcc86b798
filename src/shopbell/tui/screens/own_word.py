"""Asks somebody for a word of their own, twice and blind. Must not show it, nor keep it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from shopbell.domain.second_yes import LONGEST_NAME, LONGEST_WORD, SHORTEST_WORD, same_name
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput
from shopbell.services.second_yes import SecondYeses
from shopbell.tui.form import Form, row
from shopbell.tui.plain import PlainInput


class OwnWord(Form[str]):
    """Answers what was done; without a name it asks for one."""

    button = "Keep it"
    keys = "tab goes on · f2 keeps it · esc leaves it as it was"

    def __init__(self, yeses: SecondYeses, who: str, name: str = "") -> None:
        """Make the box.

        Args:
            yeses: where the word is kept.
            who: who changes it, for the history.
            name: whose word it is; "" asks.
        """
        super().__init__(f"A new word for {name}" if name else "Who may say the second yes?")
        self._yeses = yeses
        self._who = who
        self._name = name

    def about(self) -> str:
        """Return who types."""
        return (
            f"They type it themselves: {SHORTEST_WORD} characters or more that only they know. "
            "It is asked for with each yes, and can never be shown again."
        )

    def questions(self) -> Iterator[Widget]:
        """Ask for the name, and for the word twice."""
        if not self._name:
            name = PlainInput(
                placeholder="as the history shall show it", id_="name", limit=LONGEST_NAME
            )
            yield row("Name", name, long=True)
        word = PlainInput(id_="word", password=True, limit=LONGEST_WORD)
        yield row("Own word", word, close=not self._name, long=True)
        again = PlainInput(id_="again", password=True, limit=LONGEST_WORD)
        yield row("Once more", again, close=True, long=True)

    async def record(self) -> str:
        """Keep the word."""
        word, again = (self.query_one(f"#{id_}", PlainInput) for id_ in ("word", "again"))
        if word.value != again.value:
            word.value = again.value = ""
            word.focus()
            raise BadInput("These were two different words.", "Type both again.", code="usage")
        name = self._name or self.typed("name")
        known = [one for one in (await self._yeses.rule()).names if same_name(one, name)]
        if known and not self._name:
            raise BadInput(
                f"{known[0]} is on the list already.",
                "Leave this, and press enter on the name for a new word.",
                code="usage",
            )
        await self._yeses.add(name, Secret(word.value), by=self._who)
        return f"{name} has a new word." if self._name else f"{name} may say yes now."
