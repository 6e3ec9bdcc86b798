"""A keyed connection to one file, with every setting that keeps it safe.

Must not decide whether a key is right, nor know what the tables hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from shopbell.errors import NotAShopFile, TooNew
from shopbell.store import connected, driver, trouble
from shopbell.store.keys import Key

if TYPE_CHECKING:
    from sqlite3 import Connection

APPLICATION_ID = 0x53687062
"""The four letters "Shpb": how we know our own files."""

BUSY_SECONDS = 5.0
"""How long a statement waits for another process to finish writing."""

BEFORE_FIRST_TOUCH = (
    # The format stays 4 if a later SQLCipher changes its defaults.
    "PRAGMA cipher_compatibility = 4",
    "PRAGMA locking_mode = NORMAL",
    # In files, sorting would spill phone numbers in the clear.
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 0",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
)

AFTER_FIRST_TOUCH = (
    "PRAGMA cache_size = -65536",
    # What is deleted is overwritten; this engine leaves it by default.
    "PRAGMA secure_delete = ON",
    # NORMAL lost acknowledged commits in power cuts.
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 4194304",
    # macOS only; without effect elsewhere.
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A keyed connection, and what it takes to close it well and to open it again."""

    path: Path
    file: connected.FileId
    key: Key
    salt: bytes
    connection: Connection
    version: int
    """The schema version found in the file."""
    read_only_reason: str | None
    """Why nothing can be written, as a sentence, or None."""


def in_place(opened: OpenFile) -> bool:
    """Return whether the path still leads to the file that was opened."""
    try:
        return connected.identify(opened.path) == opened.file
    except OSError:
        return False


def connect(path: Path, key: Key, salt: bytes, mode: str = "mode=rw") -> Connection:
    """Return a keyed connection that has not touched the file yet.

    Whoever calls has claimed the file. `mode` is the query part of an SQLite URI.

    Raises:
        EncryptionBroken: the SQLite in this process does not encrypt.
    """
    connection: Connection = driver.load().connect(
        f"{path.as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    try:
        # On an ordinary SQLite `PRAGMA key` is silently ignored: ask first, and wait for its "ok".
        if connection.execute("PRAGMA cipher_version").fetchone() is None:
            raise trouble.encryption_broken()
        # Otherwise SQLCipher writes its errors to stderr, across the screen.
        connection.execute("PRAGMA cipher_log_level = NONE")
        raw = key.reveal().hex() + salt.hex()
        if connection.execute(f"PRAGMA key = \"x'{raw}'\"").fetchone() != ("ok",):
            raise trouble.encryption_broken()
        for statement in BEFORE_FIRST_TOUCH:
            connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def settle(connection: Connection) -> None:
    """Make the settings that only hold once the file has been touched."""
    for statement in AFTER_FIRST_TOUCH:
        connection.execute(statement)


@contextmanager
def briefly(path: Path, key: Key, salt: bytes) -> Iterator[Connection]:
    """Hold a keyed connection to a file that nobody else uses, and close it afterwards."""
    file = connected.claim(path, key, salt)
    try:
        connection = connect(path, key, salt)
        try:
            yield connection
        finally:
            connection.close()
    finally:
        connected.forget(file)


def recognise(connection: Connection, newest: int) -> int:
    """Return the schema version of a file of ours, up to `newest`.

    Raises:
        NotAShopFile: encrypted with this key, but not by us.
        TooNew: made by a version of Shopbell that knows more than this one.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotAShopFile(
            "That file is encrypted, but Shopbell did not make it.", "Choose your shop file."
        )
    version = schema_version(connection)
    if version > newest:
        raise too_new()
    return version


def schema_version(connection: Connection) -> int:
    """Return the number the file carries for the version of its tables."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def too_new() -> TooNew:
    """Return the error for a file whose tables this program does not know."""
    return TooNew(
        "This file was made, or brought up to date, by a newer version of Shopbell.",
        "Update Shopbell on this computer and start it again. Nothing was changed.",
    )


def switch_to_log(connection: Connection) -> None:
    """Write through a log from now on, so that reading and writing do not wait for each other."""
    # Two processes that open a file at rest at the same moment both want to switch it; the loser
    # gets no second chance from SQLite's own waiting, so it asks again.
    pause = Event()
    for _ in range(40):
        try:
            answer = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except driver.load().OperationalError as error:
            if trouble.code_of(error) != trouble.Code.BUSY:
                raise
        else:
            if answer == ("wal",):
                return
        pause.wait(0.05)
    connection.execute("PRAGMA journal_mode = WAL")


def fold_log(connection: Connection) -> bool:
    """Write the log back into the file and empty it, unless another process is using it."""
    with _without_waiting(connection):
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def leave_log(connection: Connection) -> bool:
    """Fold the log into the file and do without one; returns False while another process is in."""
    with _without_waiting(connection):
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            answer = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except driver.load().OperationalError as error:
            if trouble.code_of(error) != trouble.Code.BUSY:
                raise
            return False
    return bool(answer == ("delete",))


@contextmanager
def _without_waiting(connection: Connection) -> Iterator[None]:
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
