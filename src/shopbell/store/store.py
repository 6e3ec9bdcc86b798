"""The shop file's one thread in this process. Must not hold queries: those are the steps.

A step is a plain function `(db, ...) -> T`. Steps run one after another on a thread of their own,
so the event loop never waits for SQL or for the key to be derived.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from shopbell.domain.secret import Secret
from shopbell.errors import Damaged, Locked, VaultError
from shopbell.store import (
    connection,
    creation,
    keys,
    places,
    rekeying,
    transactions,
    trouble,
    vault,
)
from shopbell.store.backup import back_up
from shopbell.store.connection import OpenFile
from shopbell.store.creation import Created
from shopbell.store.diagnosis import damage
from shopbell.store.keys import Key
from shopbell.store.migrations import Migration

if TYPE_CHECKING:
    from sqlite_utils import Database

P = ParamSpec("P")
T = TypeVar("T")

IDLE_SECONDS = 2.0
"""After this long without a write the log is folded back into the file."""


class Store:
    """An unlocked shop file. Make one with `Store.open`; close it with `close`."""

    def __init__(
        self, opened: OpenFile, executor: ThreadPoolExecutor, migrations: Sequence[Migration]
    ) -> None:
        self._executor = executor
        self._migrations = migrations
        self._idle: asyncio.TimerHandle | None = None
        self._closed = False
        self._lost: VaultError | None = None
        self._use(opened)

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

        A recovery code becomes a key by `keys.read_recovery_code`. `migrations` are those of
        `store.schema` unless a test brings its own.

        Raises:
            VaultError: one of its classes, for each thing that can be wrong; nothing is written.
        """
        steps = _known(migrations)
        executor = ThreadPoolExecutor(1, thread_name_prefix="shop-file")
        opening = executor.submit(vault.open_file, path, opener, steps, read_only=read_only)
        try:
            return cls(await asyncio.wrap_future(opening), executor, steps)
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
    def place(self) -> str:
        """Where the file is, as a line that a copy of it does not share."""
        return places.place_of(self._opened.path, self._opened.file.inode)

    @property
    def key(self) -> Key:
        """The key that opens the file, for opening it once more without asking again."""
        return self._opened.key

    @property
    def file_number(self) -> str:
        """The number on the recovery sheet that says which file it belongs to."""
        return keys.file_number(self._opened.salt)

    @property
    def read_only_reason(self) -> str | None:
        """Why nothing can be written, as a sentence, or None."""
        return self._opened.read_only_reason

    async def read(
        self, step: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `step` on one unchanging view of the file; it cannot write.

        Raises:
            VaultError: the file could not be read.
        """
        return await self._on_thread(
            lambda: transactions.read(self._opened, self._db, lambda db: step(db, *args, **kwargs))
        )

    async def write(
        self, step: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `step` as one transaction: all of it is on the disk when this returns, or nothing.

        Cancelling the caller does not tear a step that has begun: it commits or rolls back whole.

        Raises:
            VaultError: nothing was written.
        """
        result = await self._on_thread(
            lambda: transactions.write(self._opened, self._db, lambda db: step(db, *args, **kwargs))
        )
        self._checkpoint_when_idle()
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
            lambda: transactions.stage(self._opened, self._db, lambda db: step(db, *args, **kwargs))
        )

    async def data_version(self) -> int:
        """Return a number that changes whenever another process has committed something."""
        return await self._on_thread(
            lambda: int(self._opened.connection.execute("PRAGMA data_version").fetchone()[0])
        )

    async def checkpoint(self) -> bool:
        """Fold the log into the file; returns False if another process was using it."""
        return await self._on_thread(self._checkpoint)

    async def backup_to(self, target: Path) -> None:
        """Write a verified copy of the file as it is now, under the same key.

        Raises:
            BadInput: something is at `target` already.
            VaultError: there is no good copy; nothing is left behind.
        """
        await self._on_thread(lambda: back_up(self._opened, target))

    async def rekey(self, passphrase: Secret) -> Created:
        """Change the passphrase. Make a backup first; it keeps the old passphrase.

        Raises:
            BadInput: the new passphrase will not do.
            VaultError: the old passphrase is still the one.
        """
        return await self._on_thread(lambda: self._rekey(passphrase))

    async def close(self) -> None:
        """Finish what was begun, leave one clean file if nobody else is in, and let go of it."""
        if self._closed:
            return
        self._closed = True
        if self._idle is not None:
            self._idle.cancel()
        closing = self._executor.submit(self._close)
        self._executor.shutdown(wait=False)
        await asyncio.shield(asyncio.wrap_future(closing))

    # Everything below runs on the file's thread, but for the timer.

    async def _on_thread(self, work: Callable[[], T]) -> T:
        if self._closed:
            raise Locked("The shop file is locked.", "Unlock it to go on.")
        return await asyncio.wrap_future(self._executor.submit(self._guarded, work))

    def _guarded(self, work: Callable[[], T]) -> T:
        if self._lost is not None:
            raise self._lost
        try:
            with trouble.explained():
                return work()
        except Damaged:
            raise self._give_up() from None

    def _give_up(self) -> VaultError:
        """Let go of a damaged file at once, writing nothing more, and find out what is wrong."""
        vault.abandon(self._opened)
        self._lost = damage(self._opened.path, self._opened.key, self._opened.salt)
        return self._lost

    def _use(self, opened: OpenFile) -> None:
        from sqlite_utils import Database

        self._opened = opened
        # No plug-in that happens to be installed may be handed the unlocked connection.
        self._db = Database(opened.connection, execute_plugins=False)

    def _checkpoint(self) -> bool:
        if self._opened.read_only_reason is not None:
            return True
        return connection.fold_log(self._opened.connection)

    def _checkpoint_when_idle(self) -> None:
        if self._closed:
            return
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(
            IDLE_SECONDS, self._executor.submit, self._guarded, self._checkpoint
        )

    def _rekey(self, passphrase: Secret) -> Created:
        old = self._opened
        vault.close_file(old)
        key = old.key
        try:
            created = rekeying.rekey(old.path, old.key, passphrase)
            key = created.key
            return created
        finally:
            try:
                self._use(vault.open_connection(old.path, key, newest=old.version))
            except VaultError as error:
                self._lost = error
                raise

    def _close(self) -> None:
        if self._lost is None:
            vault.close_file(self._opened)


async def create(
    path: Path,
    passphrase: Secret,
    *,
    migrations: Sequence[Migration] | None = None,
    fill: Callable[[Database], None] | None = None,
) -> Created:
    """Make a new shop file, off the event loop; open it afterwards with the key returned.

    `fill` may write the first rows: they are in the file from the beginning, or there is no file.

    Raises:
        BadInput, VaultError: as `creation.create_file` does.
    """
    return await asyncio.to_thread(creation.create_file, path, passphrase, _known(migrations), fill)


def _known(migrations: Sequence[Migration] | None) -> Sequence[Migration]:
    if migrations is not None:
        return migrations
    from shopbell.store.schema import MIGRATIONS

    return MIGRATIONS


def _close_unwanted(opening: Future[OpenFile]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        vault.close_file(opening.result())
