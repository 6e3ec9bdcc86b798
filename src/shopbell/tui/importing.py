"""One import while it is looked at, run and finished. It goes on when its screen is left.

Must not draw: it calls back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from enum import StrEnum
from pathlib import Path
from typing import Any

from shopbell.domain.importing import ImportPreview, ImportReport, Target
from shopbell.domain.progress import Progress
from shopbell.errors import ShopbellError
from shopbell.services.imports import Imports


class Step(StrEnum):
    """How far the import is."""

    CHOOSING = "choosing"
    LOOKING = "looking"
    LOOKED = "looked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Importing:
    """The facts about the one import of a session. `on_change` is called after every change."""

    def __init__(self, imports: Imports, on_error: Callable[[Exception], None]) -> None:
        self._imports = imports
        self._on_error = on_error
        self._task: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self.on_change: Callable[[], None] = lambda: None
        self.on_done: Callable[[ImportReport], None] = lambda _: None
        self.step = Step.CHOOSING
        self.path: Path | None = None
        self.columns: dict[Target, str] = {}
        """The owner's own word on columns."""
        self.preview: ImportPreview | None = None
        self.report: ImportReport | None = None
        """What would happen, or what happened."""
        self.progress: Progress | None = None
        self.error: ShopbellError | None = None

    def look(self, path: Path, columns: dict[Target, str] | None = None) -> None:
        """Look at a file: what it is, what its columns fill, what would happen to each row."""
        self.path, self.columns = path, dict(columns or {})
        self.preview = self.report = None
        self._start(self._look(path), Step.LOOKING)

    def go(self) -> None:
        """Import it."""
        if self.step is Step.LOOKED and self.path is not None:
            self._start(self._run(self.path), Step.RUNNING)

    def stop(self) -> None:
        """Stop; nothing will have changed."""
        self._stop.set()

    def forget(self) -> None:
        """Choose another file."""
        if self.step is not Step.RUNNING:
            self.stop()
            self._change(Step.CHOOSING)

    async def close(self) -> None:
        """Stop, and wait until nothing is half done."""
        self.on_change = lambda: None
        self.stop()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None], step: Step) -> None:
        self._stop.set()
        self._stop = asyncio.Event()
        self.progress = self.error = None
        self._change(step)
        self._task = asyncio.create_task(work)
        self._task.add_done_callback(self._ended)

    async def _look(self, path: Path) -> None:
        stop, columns = self._stop, self.columns
        try:
            preview = await self._imports.preview(path, columns=columns)
            if stop.is_set():
                return
            self.preview = preview
            self._change(Step.LOOKING)
            report = await self._imports.run(
                path, columns=columns, dry_run=True, on=self._saw, stop=stop
            )
        except ShopbellError as error:
            self._fail(error, stop)
            return
        if not stop.is_set():
            self.report = report
            self._change(Step.LOOKED)

    async def _run(self, path: Path) -> None:
        stop = self._stop
        try:
            report = await self._imports.run(path, columns=self.columns, on=self._saw, stop=stop)
        except ShopbellError as error:
            self._fail(error, stop)
            return
        self.report = report
        self._change(Step.DONE)
        self.on_done(report)

    def _fail(self, error: ShopbellError, stop: asyncio.Event) -> None:
        if stop is self._stop:
            self.error = error
            self._change(Step.FAILED)

    def _saw(self, progress: Progress) -> None:
        self.progress = progress
        self.on_change()

    def _change(self, step: Step) -> None:
        self.step = step
        self.on_change()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._on_error(error)
