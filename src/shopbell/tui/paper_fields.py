"""Asks which printed sheet somebody signed, and when. Must not record it.

A sheet that was printed last month says what it said last month: its number brings back its words.
"""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from shopbell.domain.dates import DateRead, UnclearDate, read_date
from shopbell.domain.wording_number import wording_number
from shopbell.errors import BadInput
from shopbell.services.shop import Shop
from shopbell.tui.form import row
from shopbell.tui.given import Given
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
        if not self.sheet:
            return ""
        number = wording_number(self.sheet)
        words = None if number is None else await shop.consents.wording(number)
        if words is None:
            raise BadInput(
                f"There is no wording “{self.sheet}”.",
                "Look at the foot of the sheet; without a number, the words below are recorded.",
                code="no_wording",
            )
        return words

    async def read(self, shop: Shop) -> Given:
        """Return what was signed; a day counts from its beginning, so that a later stop stands.

        Raises:
            BadInput: there is no such wording, or no such day yet.
        """
        return Given(at=self._moment(shop), words=await self.words(shop))

    def _moment(self, shop: Shop) -> datetime:
        typed, now = self.query_one("#signed", PlainInput).value.strip(), shop.clock.now()
        if not typed or typed.casefold() == "today":
            return now
        read = read_date(typed)
        if isinstance(read, UnclearDate):
            raise BadInput(read.sentence, "Write the month as a word.", code="bad_time")
        if not isinstance(read, DateRead):
            raise BadInput(f"“{typed}” is no day.", "Write it like 21 Nov 2026.", code="bad_time")
        at = read.moment(shop.profile.zone)
        if at > now:
            raise BadInput(
                "That day is still to come.", "Look at the sheet again.", code="bad_time"
            )
        return at
