"""Opening and closing the encrypted file. Must not know what its tables hold."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.domain.secret import Secret
from shopbell.errors import Busy, Damaged
from shopbell.store import connected, connection, driver, folders, guard, keys, trouble
from shopbell.store.connection import OpenFile
from shopbell.store.diagnosis import damage, diagnose
from shopbell.store.header import read_salt
from shopbell.store.journals import journal_of, log_of
from shopbell.store.keys import Key
from shopbell.store.migrations import Migration, bring_up_to_date

if TYPE_CHECKING:
    from sqlite3 import Connection


def open_file(
    path: Path,
    opener: Secret | Key,
    migrations: Sequence[Migration],
    *,
    read_only: bool = False,
) -> OpenFile:
    """Unlock the file with its passphrase or its key, and bring its tables up to date.

    Where it cannot be written, or must not be because two computers could, it is opened for
    reading; `read_only_reason` says why. Nothing is written before everything has been checked.

    Raises:
        VaultError: one of its classes, for each thing that can be wrong.
    """
    by_code = isinstance(opener, Key)
    salt = read_salt(path)
    # SQLite puts its log beside the file a link leads to; so do we.
    path = path.resolve()
    key = opener if isinstance(opener, Key) else keys.derive(opener, salt)
    try:
        diagnose(path, key, salt, by_code=by_code)
    except connected.InUseError:
        # Open in this very process: then it is known to be sound, and under which key.
        if connected.key_in_use(path) not in {key, None}:
            raise trouble.wrong_key(by_code) from None
    mode, reason = _way_in(path, read_only=read_only)
    opened = open_connection(path, key, newest=len(migrations), mode=mode, read_only_reason=reason)
    try:
        return bring_up_to_date(opened, migrations)
    except BaseException:
        close_file(opened)
        raise


def prove(path: Path, passphrase: Secret) -> Secret:
    """Make sure that this passphrase opens a file that is open here; return its recovery code.

    Raises:
        WrongPassphrase: it does not.
    """
    key = keys.derive(passphrase, read_salt(path))
    if key != connected.key_in_use(path):
        raise trouble.wrong_key(by_code=False)
    return keys.recovery_code(key)


def _way_in(path: Path, *, read_only: bool) -> tuple[str, str | None]:
    """Return how SQLite is to open the file, and why it can only be read, if so."""
    own_folder = os.access(path.parent, os.W_OK)
    if not os.access(path, os.W_OK):
        reason = "This computer lets you read the file, but not write it."
    elif not own_folder:
        reason = "This computer lets you write nothing into the file's folder, as saving needs."
    elif (unsafe := folders.why_unsafe(path)) is not None:
        reason = unsafe
    elif read_only:
        return "mode=ro", "It was opened for reading only."
    else:
        return "mode=rw", None
    if journal_of(path).exists() or (log_of(path).exists() and log_of(path).stat().st_size):
        raise Busy(
            "This file can only be read here, and it is in use or was not closed cleanly.",
            "Close Shopbell wherever the file is open. Or copy it, with the files beside it whose "
            "names begin the same, to a folder on this computer and open it there.",
        )
    # A file copied while it was open says it has a log. Where SQLite may not make one, it has to
    # be told that nobody else will either.
    return ("mode=ro" if own_folder else "mode=ro&immutable=1"), reason


def open_connection(
    path: Path,
    key: Key,
    *,
    newest: int,
    mode: str = "mode=rw",
    read_only_reason: str | None = None,
) -> OpenFile:
    """Connect with a key that has been found right.

    `newest` is the highest schema version this program understands, `mode` the query part of an
    SQLite URI.

    Raises:
        VaultError: one of its classes, for each thing that can be wrong.
    """
    salt = read_salt(path)
    file = connected.claim(path, key, salt)
    try:
        with trouble.explained():
            opened = connection.connect(path, key, salt, mode)
            try:
                version = _enter(opened, newest, read_only=read_only_reason is not None)
            except BaseException:
                opened.close()
                raise
    except Damaged:
        connected.forget(file)
        raise damage(path, key, salt) from None
    except BaseException:
        connected.forget(file)
        raise
    return OpenFile(
        path=path,
        file=file,
        key=key,
        salt=salt,
        connection=opened,
        version=version,
        read_only_reason=read_only_reason,
    )


def _enter(fresh: Connection, newest: int, *, read_only: bool) -> int:
    fresh.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    version = connection.recognise(fresh, newest)
    connection.settle(fresh)
    if read_only:
        fresh.execute("PRAGMA query_only = ON")
    else:
        connection.switch_to_log(fresh)
    guard.stand_guard(fresh)
    return version


def close_file(opened: OpenFile) -> None:
    """Close; the last process out leaves one clean file that even a read-only disk can open."""
    try:
        clean = _leave_clean(opened)
    finally:
        abandon(opened)
    # Of two processes that close at the same moment each may have seen the other still in. The log
    # is gone only when both are out; whoever sees that tidies up.
    for _ in range(3):
        if clean or log_of(opened.path).exists() or not connection.in_place(opened):
            return
        with connection.briefly(opened.path, opened.key, opened.salt) as again:
            clean = _tidy(again)


def _leave_clean(opened: OpenFile) -> bool:
    if opened.read_only_reason is not None or not connection.in_place(opened):
        return True
    return _tidy(opened.connection)


def _tidy(file: Connection) -> bool:
    try:
        if file.in_transaction:
            file.execute("ROLLBACK")
        return connection.leave_log(file)
    except driver.load().Error:
        # A full or failing disk. What was committed is safe in the log, and the next to open the
        # file folds it in; there is nothing the person could do about it now.
        return True


def abandon(opened: OpenFile) -> None:
    """Close without writing anything more: the file is damaged, or gone from its place."""
    opened.connection.close()
    connected.forget(opened.file)
