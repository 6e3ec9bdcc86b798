"""Reads what a row says about permission: yes or stop. Must not read contacts, or decide.

Nothing is guessed here. Which column says yes, by which way and where the proof is, is the owner's
word; the words in the cells are compared whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from shopbell.domain.cells import text_in
from shopbell.domain.columns import column_called
from shopbell.domain.consent import How, Purpose
from shopbell.domain.dates import DateOrder, DateRead, UnclearDate, read_date
from shopbell.domain.headers import header_key
from shopbell.domain.import_choices import ANYTHING, Choices, ConsentRule, StopRule
from shopbell.domain.parking import storable
from shopbell.domain.profiles import CLAIMS
from shopbell.domain.row_yes import RowYes
from shopbell.errors import BadInput

DATE_ORDER = "date_order"
"""The code of the error: nobody said how this file writes dates."""

LONGEST_WORDING = 4000
LONGEST_SAID = 100

_YES = frozenset(
    "yes y true t 1 x on ok agreed accepted subscribed subscriber optedin optin confirmed granted"
    " active ja si sim oui tak".split()
)
_NO = frozenset(
    "no n false f 0 off none never unknown unsubscribed notsubscribed neversubscribed optedout"
    " optout declined denied revoked withdrawn nein non nao nie pending unconfirmed".split()
)
_NO_DATE = "The list gives no date for this yes."
_NO_WORDS = "The list does not say which words the person agreed to."
_NO_PROOF = "The list says yes, without a date and without the words that were agreed to."


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What one row says about permission."""

    yeses: tuple[RowYes, ...] = ()
    stop: str | None = None
    """The cell that means stop; None if none does."""
    remarks: tuple[str, ...] = ()


class RowMarks:
    """Reads the marks of single rows, by the owner's choices."""

    def __init__(
        self, header: Sequence[str], choices: Choices, order: DateOrder | None, zone: str
    ) -> None:
        """Find the columns.

        Args:
            header: the names of the columns.
            choices: the owner's word.
            order: in which order this file writes dates.
            zone: of the shop, for dates without a time zone.

        Raises:
            BadInput: a column that was named isn't there.
        """
        self._yeses = tuple(_YesColumns(header, rule, order, zone) for rule in choices.consents)
        self._claims = claims_in(header, choices)
        self._stop = None if choices.stops is None else StopColumn(header, choices.stops)

    @property
    def date_columns(self) -> tuple[int, ...]:
        """Where the dates of yeses are."""
        return tuple(one.date_column for one in self._yeses if one.date_column is not None)

    @property
    def are_possible(self) -> bool:
        """Whether any row of this file can have a mark at all."""
        return bool(self._yeses or self._claims or self._stop)

    def of(self, cells: Sequence[str]) -> Marks:
        """Return the marks of one row.

        Raises:
            BadInput: a date can be read in two ways, and nobody said how this file writes dates.
        """
        stop = None if self._stop is None else self._stop.found(cells)
        if stop is not None:
            return Marks(stop=stop)
        remarks: list[str] = []
        yeses = [yes for one in self._yeses if (yes := one.read(cells, remarks)) is not None]
        for column, purpose in self._claims:
            said = _cell(cells, column)
            if _key(said) in _YES:
                yeses.append(
                    RowYes(purpose=purpose, topics=(), how=How.IMPORT, said=said, missing=_NO_PROOF)
                )
        return Marks(yeses=tuple(yeses), remarks=tuple(remarks))


def claims_in(header: Sequence[str], choices: Choices) -> tuple[tuple[int, Purpose], ...]:
    """Return the columns of known exports that claim a yes, unless the owner has spoken.

    Raises:
        BadInput: a column that was named isn't there.
    """
    told = {rule.purpose for rule in choices.consents}
    named = [rule.column for rule in choices.consents if rule.column.strip()]
    if choices.stops is not None:
        named.append(choices.stops.column)
    spoken_of = {column_called(word, header) for word in named}
    keys = [header_key(name) for name in header]
    return tuple(
        (keys.index(key), purpose)
        for key, purpose in CLAIMS.items()
        if key in keys and purpose not in told and keys.index(key) not in spoken_of
    )


class _YesColumns:
    """One consent rule, with its columns found."""

    def __init__(
        self, header: Sequence[str], rule: ConsentRule, order: DateOrder | None, zone: str
    ) -> None:
        self._rule = rule
        self._order = order
        self._zone = zone
        self._column = _found(rule.column, header)
        self.date_column = _found(rule.date_column, header)
        self._wording = _found(rule.wording_column, header)
        self._yes = _YES | {_key(word) for word in rule.yes_words}
        self._no = _NO - self._yes
        self._fixed_words = rule.wording.strip() or _words_of_evidence(rule)
        # Hundreds of rows were signed up on the same day with the same words.
        self._yes_of = lru_cache(maxsize=4096)(self._read)
        self._template = RowYes(
            purpose=rule.purpose,
            topics=rule.topics,
            how=rule.how,
            said="",
            witness=rule.witness,
            evidence_sha256=rule.evidence_sha256,
            promised_n=rule.promised_n,
            promised_days=rule.promised_days,
        )

    def read(self, cells: Sequence[str], remarks: list[str]) -> RowYes | None:
        """Return the yes of this row, or None if it says none."""
        date_cell = _cell(cells, self.date_column)
        said = date_cell if self._column is None else _cell(cells, self._column)
        if self._column is not None and not self._is_yes(said, remarks):
            return None
        if self._column is None and self.date_column is not None and not said:
            return None
        return self._yes_of(said, date_cell, _cell(cells, self._wording))

    def _read(self, said: str, date_cell: str, words: str) -> RowYes:
        wording = (words or self._fixed_words)[:LONGEST_WORDING]
        read = read_date(date_cell, self._order)
        if isinstance(read, UnclearDate):
            raise unclear_date(read)
        return replace(
            self._template,
            said=said[:LONGEST_SAID],
            wording=wording,
            at=None if read is None else read.moment(self._zone),
            missing=_missing(date_cell, read, wording),
        )

    def _is_yes(self, said: str, remarks: list[str]) -> bool:
        key = _key(said)
        if key not in self._yes and key and key not in self._no:
            remarks.append(
                f'"{said[:LONGEST_SAID]}" is neither a yes nor a no; no consent was read from it.'
            )
        return key in self._yes


class StopColumn:
    """A stop rule, with its column found."""

    def __init__(self, header: Sequence[str], rule: StopRule) -> None:
        self._column = column_called(rule.column, header)
        self._values = {_folded(value) for value in rule.values}

    def found(self, cells: Sequence[str]) -> str | None:
        """Return the cell if it means stop."""
        if self._column >= len(cells):
            return None
        # "0" and "none" are words here, not blanks: "texts = none" is a stop.
        cell = storable(cells[self._column]).strip()
        named = cell and _folded(cell) in self._values
        anything = ANYTHING in self._values and text_in(cell)
        return cell[:LONGEST_SAID] if named or anything else None


def unclear_date(read: UnclearDate) -> BadInput:
    """Ask the owner how this file writes dates: a consent must not get the wrong one."""
    return BadInput(
        f"The date of a consent can be read in several ways: {read.sentence}",
        "Say how this file writes dates: --date-order dmy, mdy or ymd.",
        code=DATE_ORDER,
    )


def _missing(cell: str, read: DateRead | None, wording: str) -> str:
    if read is None and cell:
        return f'"{cell[:LONGEST_SAID]}" is no date, so nobody knows when this yes was said.'
    if read is None:
        return _NO_DATE if wording else _NO_PROOF
    return "" if wording else _NO_WORDS


def _words_of_evidence(rule: ConsentRule) -> str:
    if rule.evidence_sha256 is None:
        return ""
    return f'As shown in the evidence file "{rule.evidence_name}".'


def _found(word: str, header: Sequence[str]) -> int | None:
    return column_called(word, header) if word.strip() else None


def _cell(cells: Sequence[str], column: int | None) -> str:
    if column is None or column >= len(cells):
        return ""
    return text_in(storable(cells[column]))


def _key(text: str) -> str:
    return header_key(text) if len(text) <= LONGEST_SAID else ""


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
