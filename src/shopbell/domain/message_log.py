"""Finds the stops in Twilio's message log. Must not make contacts of those who wrote.

A reply that says stop is one; so is a text that Twilio refused because the number had opted out.
Replies that may be stops are parked, for the owner to judge.
"""

from __future__ import annotations

from collections.abc import Sequence

from shopbell.domain.cells import PhoneRead, read_phone
from shopbell.domain.dates import DateRead, read_date
from shopbell.domain.headers import header_key
from shopbell.domain.numbers import NumberProblem
from shopbell.domain.parking import parked, storable
from shopbell.domain.profiles import TWILIO_LOG
from shopbell.domain.replies import Band
from shopbell.domain.stop_lists import ListedRow, PassedOver, StopRow
from shopbell.domain.stop_rules import StopRules
from shopbell.domain.stops import read_reply

_OPTED_OUT = "21610"
"""Twilio's error code for a number that sent STOP (twilio.com/docs/api/errors/21610)."""
_MOST_SAID = 80

_NO_SENDER = "Nobody can tell which number this is. Type the number to stop, or leave the row out."


def is_message_log(header: Sequence[str]) -> bool:
    """Return whether these are the columns of Twilio's message log."""
    keys = {header_key(name) for name in header}
    return keys.issuperset((*TWILIO_LOG, "from", "to", "direction"))


class MessageLog:
    """Reads the rows of a message log."""

    def __init__(self, header: Sequence[str], country: str, zone: str, rules: StopRules) -> None:
        """Find the columns.

        Args:
            header: one that `is_message_log` knows.
            country: ISO alpha-2 of the shop.
            zone: of the shop, for times without an offset.
            rules: the words that mean stop.
        """
        keys = [header_key(name) for name in header]
        self._at = {key: keys.index(key) for key in reversed(keys)}
        self._country = country.upper()
        self._zone = zone
        self._rules = rules

    @property
    def columns(self) -> tuple[int, ...]:
        """Where the numbers are."""
        return self._at["from"], self._at["to"]

    def read(self, row: int, cells: Sequence[str]) -> ListedRow:
        """Return the stop in this row, if it is one."""
        if self._cell(cells, "direction").lower().startswith("inbound"):
            body = storable(self._cell(cells, "body"))
            reading = read_reply(body, rules=self._rules)
            if reading.band is Band.NONE:
                return PassedOver(row=row)
            if reading.band is Band.HOLD:
                reason = f'"{body[:_MOST_SAID]}" may be a stop. If it is, record it by hand.'
                return parked(row, reason, cells)
            return self._stop(row, cells, "from", f'They wrote "{body[:_MOST_SAID]}".')
        if self._cell(cells, "errorcode").removesuffix(".0") == _OPTED_OUT:
            return self._stop(row, cells, "to", "Twilio refused a text: they had opted out.")
        return PassedOver(row=row)

    def _stop(self, row: int, cells: Sequence[str], key: str, why: str) -> ListedRow:
        number = read_phone(self._cell(cells, key), self._country)
        if not isinstance(number, PhoneRead):
            sentence = number.sentence if isinstance(number, NumberProblem) else _NO_SENDER
            return parked(row, sentence, cells)
        sent = read_date(self._cell(cells, "sentdate"))
        at = sent.moment(self._zone) if isinstance(sent, DateRead) else None
        return StopRow(row=row, numbers=(number.number,), why=why, at=at)

    def _cell(self, cells: Sequence[str], key: str) -> str:
        column = self._at.get(key, len(cells))
        return cells[column].strip() if column < len(cells) else ""
