"""Making a new shop file. Must not know what its tables hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.domain.secret import Secret
from shopbell.errors import BadInput, DiskTrouble, ReadOnly
from shopbell.store import connected, connection, folders, keys, trouble
from shopbell.store.connection import APPLICATION_ID
from shopbell.store.journals import journal_of
from shopbell.store.keys import Key
from shopbell.store.migrations import Migration, migrate

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What a person needs to keep of a file just made, or just given a new passphrase."""

    key: Key
    recovery_code: Secret
    file_number: str


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
        ReadOnly: two computers could get at that folder.
        EncryptionBroken: the SQLite in this process does not encrypt.
        DiskFull, DiskTrouble: as they say.
    """
    path = path.absolute()
    check_passphrase(passphrase)
    unsafe = folders.why_unsafe(path)
    if unsafe is not None:
        raise ReadOnly("A shop file cannot be made there.", unsafe)
    salt = os.urandom(keys.SALT_BYTES)
    key = keys.derive(passphrase, salt)
    _reserve(path)
    try:
        with trouble.explained(), connection.briefly(path, key, salt) as fresh:
            connection.settle(fresh)
            _fill_new(fresh, migrations, fill)
        # The proof that it is encrypted is in the bytes, not in what the driver says.
        with connected.raw(path) as source:
            if source.read(keys.SALT_BYTES) != salt:
                raise trouble.encryption_broken()
        connected.fsync(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        journal_of(path).unlink(missing_ok=True)
        raise
    return created(key, salt)


def check_passphrase(passphrase: Secret) -> None:
    """Refuse a passphrase that will not do.

    Raises:
        BadInput: with the rule it breaks.
    """
    reason = keys.check_passphrase(passphrase.reveal())
    if reason is not None:
        raise BadInput(reason, "Choose another passphrase.", code="bad_passphrase")


def created(key: Key, salt: bytes) -> Created:
    """Return what is to be kept of a file with this key and salt."""
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
    fresh: Connection,
    migrations: Sequence[Migration],
    fill: Callable[[Database], None] | None,
) -> None:
    from sqlite_utils import Database

    db = Database(fresh, execute_plugins=False)
    fresh.execute("BEGIN IMMEDIATE")
    fresh.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(db, migrations)
    if fill is not None:
        fill(db)
    fresh.execute("COMMIT")
