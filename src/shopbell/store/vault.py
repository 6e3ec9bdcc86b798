"""Making, opening and closing the encrypted file. Must not know what the tables hold."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from shopbell.domain.secret import Secret
from shopbell.errors import (
    BadInput,
    DiskTrouble,
    FileMissing,
    NotAShopFile,
    NotEncrypted,
    TooNew,
)
from shopbell.store import connected, driver, guard, keys, trouble
from shopbell.store.keys import Key
from shopbell.store.migrations import Migration, migrate

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

APPLICATION_ID = 0x53687062
"""The four letters "Shpb": how we know our own files."""

BUSY_SECONDS = 5.0
"""How long a statement waits for another process to finish writing."""

_PLAIN_HEADER = b"SQLite format 3\0"

_BEFORE_FIRST_TOUCH = (
    "PRAGMA cipher_compatibility = 4",
    "PRAGMA locking_mode = NORMAL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 0",
    "PRAGMA cache_size = -65536",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
)

_AFTER_FIRST_TOUCH = ("PRAGMA secure_delete = ON",)

_IN_WAL = ("PRAGMA synchronous = FULL", "PRAGMA journal_size_limit = 4194304")

_ON_MACOS = ("PRAGMA fullfsync = ON", "PRAGMA checkpoint_fullfsync = ON")


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What a person needs to keep of a file just made, or just given a new passphrase."""

    key: Key
    recovery_code: Secret
    file_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A keyed connection, and what it takes to close it well."""

    path: Path
    file: connected.FileId
    key: Key
    salt: bytes
    connection: Connection
    read_only: bool
    version: int
    """The schema version found in the file."""


def create_file(
    path: Path,
    passphrase: Secret,
    migrations: Sequence[Migration],
    fill: Callable[[Database], None] | None = None,
) -> Created:
    """Make a new shop file with all its tables, readable by its owner only.

    `fill` may write the first rows in the same transaction. Nothing is left behind on failure.

    Raises:
        BadInput: the passphrase will not do, or something is at `path` already.
        EncryptionBroken: the SQLite in this process does not encrypt.
        DiskFull, DiskTrouble: as they say.
    """
    path = path.absolute()
    reason = keys.check_passphrase(passphrase.reveal())
    if reason is not None:
        raise BadInput(reason, "Choose another passphrase.", code="bad_passphrase")
    salt = os.urandom(keys.SALT_BYTES)
    key = keys.derive(passphrase, salt)
    _reserve(path)
    try:
        connection = _connect(path, key, salt, "rw")
        try:
            _fill_new(connection, migrations, fill)
        finally:
            connection.close()
        # The proof that it is encrypted is in the bytes, not in what the driver says.
        if path.read_bytes()[: keys.SALT_BYTES] != salt:
            raise trouble.encryption_broken()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Created(
        key=key, recovery_code=keys.recovery_code(key), file_number=keys.file_number(salt)
    )


def _reserve(path: Path) -> None:
    # SQLCipher alone would make it readable for everybody (0644).
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise BadInput(
            "There is already a file at that place.", "Choose another name.", code="file_exists"
        ) from None
    except OSError as error:
        raise DiskTrouble(
            "The shop file cannot be made in that folder.",
            "Check that the folder exists and that you may write to it.",
        ) from error


def _fill_new(
    connection: Connection,
    migrations: Sequence[Migration],
    fill: Callable[[Database], None] | None,
) -> None:
    from sqlite_utils import Database

    with trouble.explained():
        for statement in _BEFORE_FIRST_TOUCH + _AFTER_FIRST_TOUCH:
            connection.execute(statement)
        db = Database(connection, execute_plugins=False)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(db, migrations)
        if fill is not None:
            fill(db)
        connection.execute("COMMIT")


def read_salt(path: Path) -> bytes:
    """Return the file's first 16 bytes, which are its salt.

    Raises:
        FileMissing, NotAShopFile, NotEncrypted, DiskTrouble: each by its own sentence.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise FileMissing(
            "There is no file at that place.", "Check the path, or make a new shop file."
        ) from None
    except OSError as error:
        raise _unreadable() from error
    if not stat.S_ISREG(found.st_mode):
        raise NotAShopFile("That is a folder or a device, not a shop file.", "Choose a file.")
    if found.st_size == 0:
        raise NotAShopFile(
            "That file is empty.", "Choose your shop file, or restore it from a backup."
        )
    salt = connected.known_salt(path)
    if salt is not None:
        return salt
    try:
        with path.open("rb") as source:
            header = source.read(keys.SALT_BYTES)
    except OSError as error:
        raise _unreadable() from error
    if header == _PLAIN_HEADER:
        raise NotEncrypted(
            "That file is an ordinary database: it is not encrypted.",
            "Shopbell never writes to one. Choose your shop file.",
        )
    if len(header) < keys.SALT_BYTES:
        raise NotAShopFile("That file is too short to be a shop file.", "Choose your shop file.")
    return header


def _unreadable() -> DiskTrouble:
    return DiskTrouble(
        "This computer does not let you read that file.", "Check who owns it and its permissions."
    )


def open_connection(path: Path, key: Key, *, newest: int, read_only: bool = False) -> OpenFile:
    """Open the file with its key and set everything that keeps it safe.

    `newest` is the highest schema version this program understands. Nothing is written before
    everything has been checked.

    Raises:
        VaultError: one of its classes, for each thing that can be wrong.
    """
    # SQLite puts the log beside the file a link leads to; so do we.
    path = path.resolve()
    salt = read_salt(path)
    file = connected.identify(path)
    connection = _connect(path, key, salt, "ro" if read_only else "rw")
    try:
        with trouble.explained():
            for statement in _BEFORE_FIRST_TOUCH:
                connection.execute(statement)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            version = _recognise(connection, newest)
            for statement in _AFTER_FIRST_TOUCH:
                connection.execute(statement)
            if sys.platform == "darwin":
                for statement in _ON_MACOS:
                    connection.execute(statement)
            if read_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                _switch_to_wal(connection)
            for statement in _IN_WAL:
                connection.execute(statement)
        guard.stand_guard(connection)
    except BaseException:
        connection.close()
        raise
    connected.remember(file, salt)
    return OpenFile(
        path=path,
        file=file,
        key=key,
        salt=salt,
        connection=connection,
        read_only=read_only,
        version=version,
    )


def _connect(path: Path, key: Key, salt: bytes, mode: str) -> Connection:
    """Return a keyed connection that has not touched the file yet."""
    connection: Connection = driver.load().connect(
        f"{path.as_uri()}?mode={mode}",
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
    except BaseException:
        connection.close()
        raise
    return connection


def _recognise(connection: Connection, newest: int) -> int:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotAShopFile(
            "That file is encrypted, but Shopbell did not make it.", "Choose your shop file."
        )
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > newest:
        raise TooNew(
            "That file was made by a newer version of Shopbell.",
            "Update Shopbell on this computer. Nothing was changed.",
        )
    return version


def _switch_to_wal(connection: Connection) -> None:
    # Two processes that open a file at rest at the same moment both want to switch it; the loser
    # gets no second chance from SQLite's own waiting, so it asks again.
    pause = Event()
    for _ in range(40):
        try:
            answer = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except driver.load().OperationalError as error:
            if trouble.code_of(error) != trouble.BUSY:
                raise
        else:
            if answer == ("wal",):
                return
        pause.wait(0.05)
    connection.execute("PRAGMA journal_mode = WAL")


def close_connection(opened: OpenFile) -> None:
    """Close; the last process out leaves one clean file that even a read-only disk can open."""
    connection = opened.connection
    try:
        if not opened.read_only:
            _leave_clean(connection)
    finally:
        connection.close()
        connected.forget(opened.file)


def _leave_clean(connection: Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    except driver.load().OperationalError as error:
        # Another process is still in: the log is its to tidy.
        if trouble.code_of(error) != trouble.BUSY:
            raise
