"""One do-not-text list while it is looked at and brought in; see `underway`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from shopbell.domain.import_choices import StopRule
from shopbell.domain.importing import ParkedRow, StopReport
from shopbell.services.imports import Imports
from shopbell.services.reading import Origin
from shopbell.tui.in_parts import InParts
from shopbell.tui.underway import Step


class StopListing(InParts):
    """The facts about the one do-not-text list of a session."""

    def __init__(
        self,
        imports: Imports,
        now: Callable[[], datetime],
        on_error: Callable[[Exception], None],
        who: str = "",
    ) -> None:
        super().__init__(now, on_error)
        self._imports = imports
        self._who = who
        self.origin: Origin | None = None
        self.columns: tuple[int, ...] = ()
        """Where the owner says the numbers are; empty to find them."""
        self.only: StopRule | None = None
        """Which rows count; None for all of them."""
        self.country: str | None = None
        """Of numbers without a country code; None is the shop's own."""
        self.fixed: dict[int, tuple[str, ...]] = {}
        """Rows the owner corrected."""
        self._wanted: int | None = None
        self.report: StopReport | None = None
        """What would happen, or what happened."""

    def open(self, origin: Origin) -> None:
        """Look at a file or text."""
        self.origin, self.columns, self.only, self.fixed = origin, (), None, {}
        self.report = self.country = self._wanted = None
        self._forget_parts()
        self.look()

    def choose_country(self, country: str | None) -> None:
        """Read numbers without a country code as those of this country, and look again."""
        self.country = country
        self.look()

    def choose_part(self, number: int) -> None:
        """Take this part of the list, and look again."""
        self._wanted = number
        self.look()

    def choose_column(self, column: int) -> None:
        """Take the owner's word on where the numbers are, and look again."""
        self.columns = (column,)
        self.look()

    def choose_rows(self, only: StopRule | None) -> None:
        """Take the owner's word on which rows count, and look again."""
        self.only = only
        self.look()

    def fix(self, row: int, cells: Sequence[str]) -> None:
        """Take the corrected cells of a row, and look again."""
        self.fixed = {**self.fixed, row: tuple(cells)}
        self.look()

    def recheck(self, row: int, cells: Sequence[str]) -> ParkedRow | None:
        """Return why the corrected cells of a row would still be parked, or None."""
        if self.report is None:
            raise RuntimeError("a row is corrected only after it was looked at")
        return self._imports.recheck_stop(row, cells, self.report, self.country)

    def forget(self) -> None:
        """Choose another file."""
        super().forget()
        if self.step is Step.CHOOSING:
            self.report = None

    async def _look(self, stop: asyncio.Event) -> None:
        report = await self._run(stop, dry_run=True)
        if report is not None and not stop.is_set():
            self.report, self.part = report, report.part

    async def _do(self, stop: asyncio.Event) -> None:
        self.report = report = await self._run(stop, dry_run=False)
        if report is not None and not report.stopped:
            self._brought(report.part)

    async def _run(self, stop: asyncio.Event, *, dry_run: bool) -> StopReport | None:
        if self.origin is None:
            return None
        return await self._imports.do_not_text(
            self.origin,
            column=self.columns or None,
            country=self.country,
            only=self.only,
            fixed=self.fixed,
            part=self._wanted,
            dry_run=dry_run,
            who=self._who,
            on=self._saw,
            stop=stop,
        )
