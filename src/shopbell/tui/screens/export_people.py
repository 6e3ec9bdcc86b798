"""Writes the people of a list to a file for a spreadsheet. Must not choose who is in it."""

from __future__ import annotations

from pathlib import Path

from shopbell.domain.filter_words import filter_words
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.telling import counted
from shopbell.services.exports import Exported, Exports
from shopbell.tui.screens.write_file import WriteFile

_OPEN = (
    "The file is not encrypted: it holds names, numbers and notes in the open. "
    "Delete it when you are done with it."
)


class ExportPeople(WriteFile[Exported]):
    """Answers what was written."""

    def __init__(
        self, exports: Exports, file: Path, words: str, wanted: PeopleFilter, total: int
    ) -> None:
        async def write(where: Path) -> Exported:
            return await exports.people(where, words=words, filter=wanted)

        who = ", ".join(filter(None, (filter_words(wanted), words)))
        super().__init__(
            "Write this list to a file",
            file,
            write,
            what=f"{counted(total, 'person', 'people')}{f': {who}' if who else ''}.",
            warnings=(_OPEN,),
        )
