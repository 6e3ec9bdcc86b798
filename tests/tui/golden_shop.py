"""What kept screens need to come out the same every time: paths of one length, and no chance."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shopbell.errors import ShopbellError

HOME = "/home/fern/ana"
"""Stands for the folder of the test, which is called otherwise every time and is just as long."""

_HEX = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b")


@contextmanager
def short_folder() -> Iterator[Path]:
    """Make a folder whose path is as long as HOME."""
    folder = Path(tempfile.mkdtemp(prefix="s", dir="/tmp"))
    assert len(str(folder)) == len(HOME)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def steady(seen: str, folder: Path) -> str:
    """Return the screen without what chance put there."""
    return _HEX.sub(lambda found: "0" * len(found.group()), seen.replace(str(folder), HOME))


class TroubledStore:
    """A store that can be told to keep everybody waiting, or to refuse."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.is_quick = asyncio.Event()
        self.is_quick.set()
        self.error: ShopbellError | None = None
        self.refuses_all = False
        """Whether an error meets what is written, too."""

    async def read(self, *step: Any) -> Any:
        return await self._answer(self._store.read, *step)

    async def write(self, *step: Any) -> Any:
        return await self._answer(self._store.write, *step, is_read=False)

    async def stage(self, *step: Any) -> Any:
        return await self._answer(self._store.stage, *step)

    async def _answer(self, ask: Any, *step: Any, is_read: bool = True) -> Any:
        if is_read:
            await self.is_quick.wait()
        if self.error is not None and (is_read or self.refuses_all):
            raise self.error
        return await ask(*step)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)
