"""Records of an import: columns, rows, counts. Must not read files or write contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shopbell.domain.ids import BatchId
from shopbell.domain.people import ContactDraft


class Target(StrEnum):
    """A contact field a column can fill."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    EMAIL = "email"
    NOTE = "note"
    TAGS = "tags"
    COUNTRY = "country"
    STATE = "state"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Which columns fill which field, by column index; several are joined or tried in order."""

    columns: dict[Target, tuple[int, ...]]
    profile: str
    """Name of the recognised export ("square", "shopify", "google") or "guessed" or "chosen"."""
    consent_columns: tuple[int, ...]
    """Columns about consent or status: shown to the owner, never acted on by an import."""
    phone_labels: dict[int, int] = field(default_factory=dict)
    """For exports with several labelled phones: phone column -> column with "Mobile", "Work"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRow:
    """A row that could not become a contact, kept for fixing."""

    row: int
    """The row number a spreadsheet shows: the header is row 1."""
    reason: str
    """A plain sentence with the next step."""
    cells: tuple[str, ...]


TableRow = tuple[int, Sequence[str]] | ParkedRow
"""One row of a file: its number and cells, or why its cells could not be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row that names a contact with a number that was read."""

    row: int
    draft: ContactDraft
    duplicate_of: int | None = None
    """The earlier row of the same file with the same number; `merging.joined` folds the two."""
    remarks: tuple[str, ...] = ()
    """What was repaired, guessed or cut, in plain sentences: "The + was missing ..."."""


class RowFate(StrEnum):
    """What happened, or would happen, to one row; `read` is the sum over all fates."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicates"
    SUPPRESSED = "suppressed"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """How many rows met which fate. `read` is always the sum of the others."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    parked: int = 0
    duplicates: int = 0
    suppressed: int = 0

    @property
    def read(self) -> int:
        """All data rows of the file; the header and wholly blank lines are not rows."""
        return (
            self.new
            + self.updated
            + self.unchanged
            + self.parked
            + self.duplicates
            + self.suppressed
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The result of an import, or of its dry run (then `batch_id` is None)."""

    file_name: str
    counts: ImportCounts
    parked: tuple[ParkedRow, ...]
    """At most the first 1,000; all of them are in the file."""
    remarks: tuple[tuple[int, str], ...]
    """What was repaired, guessed or cut: row number and sentence; at most the first 1,000."""
    mapping: Mapping
    header: tuple[str, ...]
    batch_id: BatchId | None
    stopped: bool
    """True when the owner stopped it: then nothing was written at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What the owner sees before anything is written."""

    file_name: str
    header: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    """The cells of the first few data rows."""
    mapping: Mapping
    encoding: str
    delimiter: str
    notes: tuple[str, ...]
    """What was done to make the file readable, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """One import in the history."""

    id: BatchId
    file_name: str
    sha256: str
    at: datetime
    counts: ImportCounts
