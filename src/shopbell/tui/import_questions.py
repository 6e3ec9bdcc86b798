"""Asks the owner what the file alone does not say, and hands each answer to the import.

Must not draw the import, and must not decide: without an answer nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.screen import Screen

from shopbell.domain.consent_columns import consent_columns
from shopbell.domain.dates import DateOrder
from shopbell.domain.import_choices import Ours
from shopbell.domain.importing import ImportPreview, ParkedRow, Target
from shopbell.domain.permission_answers import Answers, answers_of, chosen_with
from shopbell.services.pasted import Pasted
from shopbell.services.topics import TopicBook
from shopbell.tui.import_rows import ImportLine
from shopbell.tui.importing import ChosenColumns, Importing
from shopbell.tui.screens.ask_country import AskCountry
from shopbell.tui.screens.choose_column import NO_COLUMN, ChooseColumn
from shopbell.tui.screens.columns import Columns
from shopbell.tui.screens.date_order import AskDateOrder
from shopbell.tui.screens.fix_row import FixRow
from shopbell.tui.screens.ours_or_theirs import OursOrTheirs, clashes_of
from shopbell.tui.screens.paste import Paste
from shopbell.tui.screens.permission import Permission

_MOST_LIKELY = 12


class ImportQuestions:
    """The questions of one import screen."""

    def __init__(self, screen: Screen[None], importing: Importing, topics: TopicBook) -> None:
        self._screen = screen
        self._importing = importing
        self._topics = topics

    async def paste(self) -> None:
        """Take people that are pasted or typed."""

        def typed(text: str | None) -> None:
            if text is not None:
                self._importing.open(Pasted(text=text))

        facts = (
            "One person on each line, a name and a number in any order; or cells copied from a "
            "spreadsheet, with the names of the columns in the first line."
        )
        await self._screen.app.push_screen(Paste("Paste or type people", facts), typed)

    async def columns(self) -> None:
        """Ask what each column fills."""
        importing = self._importing

        def chosen(columns: ChosenColumns | None) -> None:
            if columns is not None and columns != importing.columns:
                importing.choose_columns(columns)

        if importing.preview is not None:
            box = Columns(importing.preview, importing.columns)
            await self._screen.app.push_screen(box, chosen)

    async def permission(self) -> None:
        """Ask which column says yes or stop, then what it says."""
        preview = self._importing.preview
        if preview is None:
            return

        def chosen(column: int | None) -> None:
            if column is not None:
                # The answer comes inside of a message handler; the next box opens after it.
                self._screen.call_later(
                    self._ask_meaning, preview, None if column == NO_COLUMN else column
                )

        box = ChooseColumn(
            "Which column says who agreed, or who said stop?",
            "Without your word a column means nothing. A yes needs its date and the words.",
            preview.header,
            preview.samples,
            first=consent_columns(preview.header)[:_MOST_LIKELY],
            without="No column: everybody in this file said yes",
        )
        await self._screen.app.push_screen(box, chosen)

    async def dates(self) -> None:
        """Ask in which order the file writes its dates."""
        importing = self._importing
        unclear: Sequence[str] = importing.preview.unclear_dates if importing.preview else ()
        if not unclear and importing.error is not None:
            unclear = (importing.error.message,)

        def chosen(order: DateOrder | None) -> None:
            if order is not None:
                importing.choose(replace(importing.choices, date_order=order))

        box = AskDateOrder(unclear, importing.choices.date_order)
        await self._screen.app.push_screen(box, chosen)

    async def country(self, shop: str) -> None:
        """Ask of which country numbers without a country code are."""
        importing = self._importing

        def chosen(country: str | None) -> None:
            if country is not None and country != (importing.country or shop):
                importing.choose_country(country)

        await self._screen.app.push_screen(AskCountry(importing.country or shop, shop), chosen)

    async def ours(self, line: ImportLine) -> None:
        """Ask field by field who is right about a person: the shop or the file."""
        importing = self._importing

        def chosen(ours: Ours | None) -> None:
            if ours is not None and ours != importing.choices.ours:
                importing.choose(replace(importing.choices, ours=ours))

        clashes = clashes_of(line.changes, line.kept)
        box = OursOrTheirs(line.row, line.said, clashes, importing.choices.ours)
        await self._screen.app.push_screen(box, chosen)

    async def fix(self, line: ImportLine) -> None:
        """Have a parked row corrected."""
        importing, parked = self._importing, line.parked
        if parked is None or importing.preview is None:
            return

        def recheck(row: int, cells: Sequence[str]) -> ParkedRow | None:
            read = importing.recheck(row, cells)
            return read if isinstance(read, ParkedRow) else None

        def fixed(cells: tuple[str, ...] | None) -> None:
            if cells is not None:
                importing.fix(parked.row, cells)

        preview = importing.preview
        box = FixRow(parked, preview.header, _that_matter(preview), recheck)
        await self._screen.app.push_screen(box, fixed)

    async def _ask_meaning(self, preview: ImportPreview, column: int | None) -> None:
        importing, header = self._importing, preview.header
        offered = await self._topics.offered()
        said = importing.report.said if importing.report is not None else {}

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                importing.choose(chosen_with(importing.choices, answers, header))

        before = answers_of(importing.choices, header, column, offered)
        words = None if column is None else said.get(column)
        await self._screen.app.push_screen(Permission(header, before, offered, words), answered)


def _that_matter(preview: ImportPreview) -> tuple[int, ...]:
    """Return the columns that fill a field, the numbers first."""
    filled = preview.mapping.columns
    phones = filled.get(Target.PHONE, ())
    return (*phones, *(column for columns in filled.values() for column in columns))
