"""Writing a list of contacts, or a report, to a file of its own. Must not change the shop file.

The file is plain: whoever exports is told so.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.domain.ids import ContactId
from shopbell.domain.people_csv import COLUMNS, as_csv, cells
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.report_table import table_rows
from shopbell.domain.report_words import Table, report_lines
from shopbell.domain.reports import Report
from shopbell.domain.showing import shown
from shopbell.services.desk import Desk
from shopbell.services.private_file import refuse_taken, write_private
from shopbell.store import contacts, people_filters

if TYPE_CHECKING:
    from sqlite_utils import Database

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A list that was written."""

    file: Path
    people: int
    columns: tuple[str, ...]


class Exports:
    """The lists that leave one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def people(
        self,
        out: Path,
        *,
        words: str = "",
        filter: PeopleFilter | None = None,  # noqa: A002 - the word the people list uses
        replace: bool = False,
    ) -> Exported:
        """Write everybody who matches to `out` as CSV, mode 0600, in name order.

        Raises:
            BadInput: something is at `out` already, and `replace` was not asked for.
            DiskTrouble: it could not be written; nothing is left behind.
        """
        own = self._desk.path
        await asyncio.to_thread(refuse_taken, out, shop_file=own, replace=replace)
        store = self._desk.store
        ids = await store.read(
            people_filters.all_ids, words, filter or PeopleFilter(), self._desk.clock.now()
        )
        rows: list[tuple[str, ...]] = []
        # In batches: the till's next key must not wait for the whole list.
        for start in range(0, len(ids), _BATCH):
            rows += await store.read(self._rows, ids[start : start + _BATCH])
        data = await asyncio.to_thread(as_csv, rows)
        await asyncio.to_thread(write_private, out, data, shop_file=own, replace=replace)
        return Exported(file=out, people=len(rows), columns=COLUMNS)

    async def report(
        self, out: Path, made: Report, table: Table | None = None, *, replace: bool = False
    ) -> Path:
        """Write a report to `out`, mode 0600; over another file only if `replace`.

        Args:
            out: where.
            made: the report, as it was shown.
            table: this table as CSV, with whole numbers; None: everything as sentences, with
                numbers masked.
            replace: write over a file that is there.

        Raises:
            BadInput: something is at `out` already.
            DiskTrouble: it could not be written; nothing is left behind.
        """
        own, zone = self._desk.path, self._desk.profile.zone
        if table is None:
            lines = report_lines(made, tuple(Table), zone, reveal=False)
            data = "".join(shown(line, one_line=True) + "\n" for line in lines).encode()
        else:
            columns, *rows = table_rows(made, table, zone)
            data = as_csv(rows, columns)
        await asyncio.to_thread(write_private, out, data, shop_file=own, replace=replace)
        return out

    def _rows(self, db: Database, ids: tuple[ContactId, ...]) -> list[tuple[str, ...]]:
        country = self._desk.profile.country
        lines = people_filters.rows_of(db, ids)
        found = {contact.id: contact for contact in contacts.get_many(db, ids)}
        return [cells(found[id_], lines[id_], country) for id_ in ids if id_ in found]
