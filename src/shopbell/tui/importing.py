"""One import of contacts while it is looked at, run and finished; see `underway`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from shopbell.domain.columns import NO_PHONES
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import ImportPreview, ImportReport, ParkedRow, ReadRow, Target
from shopbell.errors import BadInput
from shopbell.services.imports import Imports
from shopbell.services.reading import Origin
from shopbell.tui.in_parts import InParts
from shopbell.tui.underway import Step

ChosenColumns = dict[Target, tuple[int, ...]]


class Importing(InParts):
    """The facts about the one import of a session."""

    def __init__(
        self,
        imports: Imports,
        now: Callable[[], datetime],
        on_error: Callable[[Exception], None],
        who: str = "",
    ) -> None:
        super().__init__(now, on_error)
        self._imports = imports
        self._fresh = Choices(who=who)
        self.on_done: Callable[[ImportReport], None] = lambda _: None
        self.origin: Origin | None = None
        self.columns: ChosenColumns = {}
        """The owner's own word on columns."""
        self.choices = self._fresh
        """The owner's own word on all else."""
        self.country: str | None = None
        """Of numbers without a country code; None is the shop's own."""
        self.preview: ImportPreview | None = None
        """Of this file; stays while it is looked at again."""
        self.report: ImportReport | None = None
        """What would happen, or what happened."""

    def open(self, origin: Origin) -> None:
        """Look at a file or text: what it is, what its columns fill, what would happen."""
        self.origin, self.columns, self.choices = origin, {}, self._fresh
        self.country = None
        self.preview = self.report = None
        self._forget_parts()
        self.look()

    def choose_columns(self, columns: ChosenColumns) -> None:
        """Take the owner's word on columns, and look again."""
        self.columns = columns
        self.look()

    def choose(self, choices: Choices) -> None:
        """Take the owner's word on all else, and look again."""
        self.choices = choices
        self.look()

    def choose_part(self, number: int) -> None:
        """Take this part of the file, and look again."""
        self.choose(replace(self.choices, part=number))

    def choose_country(self, country: str | None) -> None:
        """Read numbers without a country code as those of this country, and look again."""
        self.country = country
        self.look()

    def read_afresh(self) -> None:
        """Forget how such a file was read before, and look again."""
        self.columns = {}
        self.choose(replace(self.choices, use_saved=False))

    def recheck(self, row: int, cells: Sequence[str]) -> ReadRow | ParkedRow:
        """Read the corrected cells of a parked row as the import would."""
        if self.preview is None:
            raise RuntimeError("a row is corrected only after it was looked at")
        return self._imports.recheck(row, cells, self.preview.mapping, self.country)

    def fix(self, row: int, cells: Sequence[str]) -> None:
        """Take the corrected cells of a row, and look again."""
        fixed = {**self.choices.fixed, row: tuple(cells)}
        self.choose(replace(self.choices, fixed=fixed))

    def forget(self) -> None:
        """Choose another file."""
        super().forget()
        if self.step is Step.CHOOSING:
            self.preview = self.report = None

    async def _look(self, stop: asyncio.Event) -> None:
        origin, columns, choices = self.origin, self.columns, self.choices
        country = self.country
        if origin is None:
            return
        preview = await self._previewed(origin, columns, country, choices)
        if stop.is_set():
            return
        self.preview = preview
        self.on_change()
        report = await self._imports.run(
            origin,
            columns=columns,
            country=country,
            choices=choices,
            dry_run=True,
            on=self._saw,
            stop=stop,
        )
        if not stop.is_set():
            self.report, self.part = report, report.part

    async def _previewed(
        self, origin: Origin, columns: ChosenColumns, country: str | None, choices: Choices
    ) -> ImportPreview:
        try:
            return await self._imports.preview(
                origin, columns=columns, country=country, choices=choices
            )
        except BadInput as error:
            if error.code == NO_PHONES:
                # So that there is something to choose the column from.
                self.preview = await self._imports.preview(
                    origin,
                    columns={**columns, Target.PHONE: (0,)},
                    country=country,
                    choices=choices,
                )
            raise

    async def _do(self, stop: asyncio.Event) -> None:
        if self.origin is None:
            return
        self.report = await self._imports.run(
            self.origin,
            columns=self.columns,
            country=self.country,
            choices=self.choices,
            on=self._saw,
            stop=stop,
        )
        if not self.report.stopped:
            self._brought(self.report.part)
        self.on_done(self.report)
