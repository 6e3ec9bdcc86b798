"""Writes a report to a file: a table for a spreadsheet, or all in sentences. Must not count."""

from __future__ import annotations

from pathlib import Path

from shopbell.domain.report_words import Table
from shopbell.domain.reports import Report
from shopbell.services.exports import Exports
from shopbell.tui.screens.write_file import WriteFile

SENTENCES = ".txt"

_ENDINGS = (
    "A name that ends in .csv gets the table that is open, for a spreadsheet; one that ends in "
    ".txt gets everything, in sentences."
)


class WriteReport(WriteFile[Path]):
    """Answers which file was written."""

    def __init__(
        self, exports: Exports, file: Path, made: Report, table: Table, about: str
    ) -> None:
        async def write(where: Path) -> Path:
            wanted = None if where.suffix.casefold() == SENTENCES else table
            return await exports.report(where, made, wanted)

        super().__init__(
            "Write this report to a file",
            file,
            write,
            what=f"{about[:1].upper()}{about[1:]}, by {table.value}.",
            warnings=(_ENDINGS, "The file is not encrypted. Delete it when you are done with it."),
        )
