"""Asks which printed sheet somebody signed, and when. Must not record it.

A sheet that was printed last month says what it said last month: its number brings back its words.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from shopbell.domain.given import Given
from shopbell.domain.signed_sheet import signed_at
from shopbell.services.shop import Shop
from shopbell.tui.form import row
from shopbell.tui.plain import PlainInput


class PaperFields(Vertical):
    """Two fields that belong to a yes on paper."""

    DEFAULT_CSS = """
    PaperFields { height: auto; display: none; }
    PaperFields .label { width: 12; color: $text-muted; }
    """

    def __init__(self, sheet: str = "") -> None:
        """Make the fields.

        Args:
            sheet: the number of the last sheet, which the next yes is likely from, too.
        """
        super().__init__()
        self._sheet = sheet

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        hint = "the wording's number, at its foot"
        field = PlainInput(self._sheet, placeholder=hint, id_="sheet-number", limit=20)
        yield row("Sheet", field, close=True)
        signed = PlainInput(placeholder="today, or 21 Nov 2026", id_="signed", limit=40)
        yield row("Signed", signed, close=True)

    @property
    def sheet(self) -> str:
        """What stands in the field for the number."""
        return self.query_one("#sheet-number", PlainInput).value.strip()

    async def words(self, shop: Shop) -> str:
        """Return the words of the sheet; "" when no number was typed.

        Raises:
            BadInput: there is no such wording.
        """
        return await shop.consents.words_of_sheet(self.sheet)

    async def read(self, shop: Shop) -> Given:
        """Return what was signed, and when.

        Raises:
            BadInput: there is no such wording, or no such day yet.
        """
        signed = self.query_one("#signed", PlainInput).value
        at = signed_at(signed, shop.clock.now(), shop.profile.zone)
        return Given(at=at, words=await self.words(shop))
