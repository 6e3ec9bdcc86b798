"""One import under way: its file, its mapping, what to keep of the owner's word. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from shopbell.domain import importing
from shopbell.domain.columns import header_fingerprint
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import ImportCounts, ImportReport, ParkedRow, ReadRow, Target
from shopbell.services.import_reading import Columns, Reading, SavedColumns, mapped, unclear_dates
from shopbell.services.pasted import Pasted
from shopbell.services.reading import Origin
from shopbell.services.tables import Table
from shopbell.store.import_judging import Staged


class Job:
    """One import under way."""

    def __init__(
        self,
        reading: Reading[ReadRow | ParkedRow],
        mapping: importing.Mapping,
        choices: Choices,
        remember: tuple[str, SavedColumns] | None,
    ) -> None:
        self.reading = reading
        self.choices = choices
        self.remember = remember
        self._mapping = mapping

    @property
    def name(self) -> str:
        """What the history calls it."""
        part = self.choices.part
        name = self.reading.table.name
        return name if part is None else f"{name}, part {part}"

    def report(
        self, counts: ImportCounts, parked: Sequence[ParkedRow], staged: Staged | None = None
    ) -> ImportReport:
        """Return what happened, or would happen."""
        table = self.reading.table
        return ImportReport(
            file_name=table.name,
            counts=counts,
            parked=tuple(parked),
            remarks=tuple(self.reading.remarks),
            mapping=self._mapping,
            header=table.header,
            batch_id=None,
            stopped=False,
            rows={} if staged is None else staged.rows,
            consents=importing.ConsentCounts() if staged is None else staged.consents,
            notes=self.reading.notes,
            said=self.reading.words.found,
            ours=() if staged is None else staged.ours,
            ours_count=0 if staged is None else staged.ours_count,
            part=self.reading.which,
        )


def looked_at(
    table: Table, country: str, columns: Columns, saved: SavedColumns | None, choices: Choices
) -> tuple[importing.Mapping, tuple[str, ...]]:
    """Return what the columns fill, and what to ask about dates.

    Raises:
        BadInput: no column holds phone numbers, or a column that was named isn't there.
    """
    mapping = mapped(table, country, columns, saved, choices.date_order)
    return mapping, unclear_dates(table, mapping, choices)


def to_remember(
    origin: Origin,
    table: Table,
    mapping: importing.Mapping,
    columns: Columns,
    saved: SavedColumns,
) -> tuple[str, SavedColumns] | None:
    """Return what to keep of the owner's word on this file's columns."""
    if not columns or not table.has_header or isinstance(origin, Pasted):
        return None
    chosen: dict[Target, tuple[int, ...]] = dict(saved)
    chosen |= {target: mapping.columns.get(target, ()) for target in columns}
    return header_fingerprint(table.header), chosen
