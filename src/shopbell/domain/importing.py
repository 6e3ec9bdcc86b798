"""Records of an import: columns, rows, counts. Must not read files or write contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shopbell.domain.column_words import ColumnWords
from shopbell.domain.dates import DateOrder
from shopbell.domain.file_parts import FilePart
from shopbell.domain.ids import E164, BatchId
from shopbell.domain.people import ContactDraft
from shopbell.domain.row_yes import RowYes


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
    BIRTHDAY = "birthday"


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
    dates: DateOrder | None = None
    """In which order the file writes dates: by its program, or by the owner's word."""


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
    yeses: tuple[RowYes, ...] = ()
    """What the row says about permission, by the owner's rules for this file."""
    stop: str | None = None
    """The cell that means stop by the owner's rule; None if none does."""


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
class FieldChange:
    """One field of a contact that an import changes."""

    field: str
    """A field of `people.Contact`: "name", "email"."""
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPreview:
    """What becomes of one row, with the name a person knows it by."""

    row: int
    number: E164
    name: str
    changes: tuple[FieldChange, ...] = ()
    """For a row that updates a contact: field by field."""
    kept: tuple[FieldChange, ...] = ()
    """What the file says otherwise and the owner's word leaves as it is: field by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCounts:
    """What an import did about permission; people, not rows."""

    granted: int = 0
    """Yeses with proof that went into the ledger."""
    already: int = 0
    """Yeses with proof that the ledger holds already."""
    claimed: int = 0
    """Yeses without proof that are newly kept as claimed; they allow nothing."""
    stopped: int = 0
    """Numbers that the import put on the stop list."""


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
    rows: dict[RowFate, tuple[RowPreview, ...]] = field(default_factory=dict)
    """The first 200 rows of each fate but `PARKED`."""
    consents: ConsentCounts = field(default_factory=ConsentCounts)
    notes: tuple[str, ...] = ()
    """What was done to make the file readable, as far as all of it was read."""
    said: dict[int, ColumnWords] = field(default_factory=dict)
    """What the cells of each consent column say, in all rows."""
    ours: tuple[RowPreview, ...] = ()
    """The first 200 rows in which a field stays as the shop has it by the owner's word; they are
    among the updated or the unchanged ones too."""
    ours_count: int = 0
    part: FilePart | None = None
    """Which part of the file it was; None: all of it."""


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
    saved: bool = False
    """The columns are as the owner chose them for such a file before."""
    unclear_dates: tuple[str, ...] = ()
    """Sentences about dates of the first rows that can be read in several ways: ask once."""


class BatchKind(StrEnum):
    """What an import brought."""

    CONTACTS = "contacts"
    DO_NOT_TEXT = "do-not-text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """An import that was taken back."""

    at: datetime
    removed: int
    """Contacts it had added, now gone."""
    restored: int
    """Contacts it had changed, now as they were."""
    kept: int
    """Contacts left as they are, because something happened with them since."""
    revoked: int
    """Yeses it had brought, now taken back in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """One import in the history."""

    id: BatchId
    file_name: str
    sha256: str
    at: datetime
    counts: ImportCounts
    kind: BatchKind = BatchKind.CONTACTS
    who: str = ""
    passed_over: int = 0
    """Rows of a message log that are no stop."""
    consents: ConsentCounts = field(default_factory=ConsentCounts)
    undone: Undone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPerson:
    """Somebody whom taking an import back leaves alone, and why."""

    number: E164
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReport:
    """The result of taking an import back."""

    batch: ImportBatch
    """As it stands in the history now; `undone` has the counts."""
    kept: tuple[KeptPerson, ...]
    """At most the first 1,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopCounts:
    """What became of the rows of a do-not-text list. `read` is always the sum of the others."""

    stopped: int = 0
    """Rows with a number that went on the stop list."""
    already: int = 0
    """Rows whose numbers were on it before."""
    duplicates: int = 0
    """Rows whose numbers an earlier row had."""
    parked: int = 0
    """Rows without a number that could be read, or with a reply that may be a stop."""
    passed_over: int = 0
    """Rows of a message log that are no stop."""

    @property
    def read(self) -> int:
        """All rows of the file but the header and blank lines."""
        return self.stopped + self.already + self.duplicates + self.parked + self.passed_over


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReport:
    """The result of bringing a do-not-text list in, or of its dry run (`batch_id` is None)."""

    file_name: str
    counts: StopCounts
    parked: tuple[ParkedRow, ...]
    """At most the first 1,000."""
    numbers: int
    """Numbers newly on the stop list; a row may hold several."""
    canceled: int
    """Waiting texts that will not leave any more."""
    profile: str
    header: tuple[str, ...]
    columns: tuple[int, ...]
    """Where the numbers were read."""
    batch_id: BatchId | None
    stopped: bool
    """True when the owner stopped it: then nothing was written at all."""
    notes: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    """The cells of the first rows."""
    rows: tuple[RowPreview, ...] = ()
    """The first 200 numbers newly on the stop list, with the names of those who are contacts."""
    said: dict[int, ColumnWords] = field(default_factory=dict)
    """What the cells of each column about consent or status say, in all rows."""
    part: FilePart | None = None
    """Which part of the list it was; None: all of it."""
