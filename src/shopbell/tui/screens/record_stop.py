"""Writes down a stop that came by another way than text. Must not argue."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.services.consent_steps import OptedOut
from shopbell.services.shop import Shop
from shopbell.tui.form import Form, row, said_so
from shopbell.tui.plain import PlainInput
from shopbell.tui.words import called


class RecordStop(Form[OptedOut]):
    """Answers what was done."""

    button = "Stop texts"
    keys = "tab goes on · f2 stops texts · esc leaves"

    def __init__(self, shop: Shop, number: E164, name: str) -> None:
        super().__init__("Write down a stop")
        self._shop = shop
        self._number = number
        self._person = name

    def about(self) -> str:
        """Return what a stop does."""
        return (
            f"{called(self._person, self._number)} gets no more texts from this shop, starting "
            "now. What waits is taken back. Only they can change that, by saying yes again."
        )

    def questions(self) -> Iterator[Widget]:
        """Ask how it was said."""
        yield said_so()
        hint = "if there is anything to remember"
        yield row("Note", PlainInput(placeholder=hint, id_="note", limit=200))

    async def record(self) -> OptedOut:
        """Stop everything."""
        consents = self._shop.consents
        return await consents.opt_out(self._number, How(self.one("how")), self.typed("note"))
