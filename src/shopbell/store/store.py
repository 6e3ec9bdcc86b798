"""The shop file's one thread in this process. Must not hold queries: those are the steps.

A step is a plain function `(db, ...) -> T`. Steps run one after another on a thread of their own,
so the event loop never waits for SQL or for the key to be derived.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from shopbell.domain.secret import Secret
from shopbell.store import driver, keys, trouble, vault
from shopbell.store.keys import Key
from shopbell.store.migrations import Migration
from shopbell.store.vault import Created, OpenFile

if TYPE_CHECKING:
    from sqlite_utils import Database

P = ParamSpec("P")
T = TypeVar("T")

IDLE_SECONDS = 2.0
"""After this long without a write the log is folded back into the file."""


class Store:
    """An unlocked shop file. Make one with `Store.open`; close it with `close`."""

    def __init__(self, opened: OpenFile, executor: ThreadPoolExecutor) -> None:
        from sqlite_utils import Database

        self._opened = opened
        self._executor = executor
        # No plug-in that happens to be installed may be handed the unlocked connection.
        self._db = Database(opened.connection, execute_plugins=False)
        self._idle: asyncio.TimerHandle | None = None
        self._closed = False

    @classmethod
    async def open(
        cls,
        path: Path,
        opener: Secret | Key,
        *,
        migrations: Sequence[Migration] | None = None,
        read_only: bool = False,
    ) -> Store:
        """Unlock the file at `path` with its passphrase, or with its key.

        A recovery code becomes a key by `keys.read_recovery_code`.

        Raises:
            VaultError: one of its classes, for each thing that can be wrong; nothing is written.
        """
        executor = ThreadPoolExecutor(1, thread_name_prefix="shop-file")
        opening = executor.submit(_open, path, opener, _known(migrations), read_only)
        try:
            opened = await asyncio.wrap_future(opening)
            return cls(opened, executor)
        except BaseException:
            # Given up while the thread was still opening: whatever it opens is closed again.
            opening.add_done_callback(_close_unwanted)
            executor.shutdown(wait=False)
            raise

    @property
    def path(self) -> Path:
        """Where the file is, links resolved."""
        return self._opened.path

    @property
    def key(self) -> Key:
        """The key that opened the file."""
        return self._opened.key

    @property
    def read_only_reason(self) -> str | None:
        """Why nothing can be written, as a sentence, or None."""
        return "The file was opened for reading only." if self._opened.read_only else None

    async def read(
        self, step: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `step` on one unchanging view of the file; it cannot write.

        Raises:
            VaultError: the file could not be read.
        """
        return await self._on_thread(lambda: self._read(lambda db: step(db, *args, **kwargs)))

    async def write(
        self, step: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `step` as one transaction: all of it is on the disk when this returns, or nothing.

        Cancelling the caller does not tear a step that has begun; it commits or rolls back whole.

        Raises:
            VaultError: nothing was written.
        """
        result = await self._on_thread(lambda: self._write(lambda db: step(db, *args, **kwargs)))
        self._checkpoint_later()
        return result

    async def stage(
        self, step: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `step` that writes temporary tables only; the file stays free for everybody else.

        A deferred transaction takes the file's write lock only if `step` breaks that promise.

        Raises:
            VaultError: the file could not be read.
        """
        return await self._on_thread(
            lambda: self._write(lambda db: step(db, *args, **kwargs), begin="BEGIN")
        )

    async def data_version(self) -> int:
        """Return a number that changes whenever another process has committed something."""
        return await self._on_thread(self._data_version)

    async def checkpoint(self) -> bool:
        """Fold the log into the file; returns whether all of it could be."""
        return await self._on_thread(self._checkpoint)

    async def close(self) -> None:
        """Finish what was begun, leave one clean file if nobody else is in, and let go of it."""
        if self._closed:
            return
        self._closed = True
        if self._idle is not None:
            self._idle.cancel()
        closing = self._executor.submit(vault.close_connection, self._opened)
        self._executor.shutdown(wait=False)
        with trouble.explained():
            await asyncio.shield(asyncio.wrap_future(closing))

    async def _on_thread(self, work: Callable[[], T]) -> T:
        if self._closed:
            raise RuntimeError("the shop file is closed")
        return await asyncio.wrap_future(self._executor.submit(work))

    def _read(self, step: Callable[[Database], T]) -> T:
        execute = self._opened.connection.execute
        with trouble.explained():
            execute("PRAGMA query_only = ON")
            execute("BEGIN")
            try:
                return _whole(step(self._db))
            finally:
                self._roll_back()
                if not self._opened.read_only:
                    execute("PRAGMA query_only = OFF")

    def _write(self, step: Callable[[Database], T], begin: str = "BEGIN IMMEDIATE") -> T:
        execute = self._opened.connection.execute
        with trouble.explained():
            execute(begin)
            try:
                result = _whole(step(self._db))
                execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            return result

    def _roll_back(self) -> None:
        # SQLite has already rolled back by itself after some errors, a full disk for one.
        if self._opened.connection.in_transaction:
            self._opened.connection.execute("ROLLBACK")

    def _data_version(self) -> int:
        with trouble.explained():
            return int(self._opened.connection.execute("PRAGMA data_version").fetchone()[0])

    def _checkpoint(self) -> bool:
        with trouble.explained():
            busy, _, _ = self._opened.connection.execute(
                "PRAGMA wal_checkpoint(TRUNCATE)"
            ).fetchone()
            return not busy

    def _checkpoint_later(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._start_checkpoint)

    def _start_checkpoint(self) -> None:
        self._executor.submit(self._checkpoint)


def _whole(result: T) -> T:
    if inspect.isgenerator(result):
        raise TypeError("a step returned a generator, which would read after its transaction")
    return result


def _known(migrations: Sequence[Migration] | None) -> Sequence[Migration]:
    if migrations is not None:
        return migrations
    from shopbell.store.schema import MIGRATIONS

    return MIGRATIONS


def _open(
    path: Path, opener: Secret | Key, migrations: Sequence[Migration], read_only: bool
) -> OpenFile:
    driver.load()
    key = opener if isinstance(opener, Key) else keys.derive(opener, vault.read_salt(path))
    return vault.open_connection(path, key, newest=len(migrations), read_only=read_only)


def _close_unwanted(opening: Future[OpenFile]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        vault.close_connection(opening.result())


async def create(
    path: Path,
    passphrase: Secret,
    *,
    migrations: Sequence[Migration] | None = None,
    fill: Callable[[Database], None] | None = None,
) -> Created:
    """Make a new shop file, off the event loop; open it afterwards with the key returned."""
    return await asyncio.to_thread(vault.create_file, path, passphrase, _known(migrations), fill)
