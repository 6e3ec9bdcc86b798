"""What an owner may say about a file besides its columns. Records; must not read any cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shopbell.domain.consent import How, Purpose
from shopbell.domain.dates import DateOrder

ANYTHING = "*"
"""As a value to look for: any cell with something in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRule:
    """How the rows of this file say yes, and where each yes has its proof.

    Columns are named as everywhere: by name, number from 1, or letter. A row is a yes when `column`
    says so; without `column`, when `date_column` holds a date; without both, every row is.
    """

    purpose: Purpose
    how: How
    topics: tuple[str, ...] = ()
    column: str = ""
    yes_words: tuple[str, ...] = ()
    """Cells of `column` that mean yes, besides the usual words."""
    date_column: str = ""
    wording: str = ""
    """The words everybody was shown."""
    wording_column: str = ""
    evidence_sha256: str | None = None
    evidence_name: str = ""
    """The file that shows how these people agreed: its fingerprint and its name."""
    witness: str | None = None
    promised_n: int | None = None
    promised_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRule:
    """Which cells of a status column mean stop."""

    column: str
    values: tuple[str, ...]
    """Compared without case; `ANYTHING` means any cell with something in it."""


class OwnField(StrEnum):
    """A field of a contact that can stay as the shop has it; named as in `people.Contact`."""

    NAME = "name"
    EMAIL = "email"
    NOTE = "note"
    TAGS = "tags"
    REGION = "region"
    BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Which fields stay as the shop has them where the file says something else.

    A field in which the shop has nothing is filled all the same.
    """

    everywhere: frozenset[OwnField] = frozenset()
    in_rows: Mapping[int, frozenset[OwnField]] = field(default_factory=dict)
    """By row number: counts in place of `everywhere`."""

    def in_row(self, row: int) -> frozenset[OwnField]:
        """Return the fields that stay in this row."""
        return self.in_rows.get(row, self.everywhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The owner's word on one import."""

    consents: tuple[ConsentRule, ...] = ()
    stops: StopRule | None = None
    date_order: DateOrder | None = None
    fixed: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Corrected cells by row number: read in place of what the file says there."""
    ours: Ours = field(default_factory=Ours)
    """Which fields of known people this file does not change."""
    use_saved: bool = True
    """Take the columns as the owner chose them for a file with this header before."""
    who: str = ""
    """Who imports: goes into the history."""
    part: int | None = None
    """Of a file too long for one import, which part is meant, from 1."""
