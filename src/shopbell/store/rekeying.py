"""A new passphrase for a file at rest. Must not make the backup that has to come before it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.domain.secret import Secret
from shopbell.errors import Busy, DiskTrouble
from shopbell.store import connection, driver, keys, trouble
from shopbell.store.backup import faulty_pages
from shopbell.store.creation import Created, check_passphrase, created
from shopbell.store.header import read_salt
from shopbell.store.keys import Key

if TYPE_CHECKING:
    from sqlite3 import Connection


def rekey(path: Path, key: Key, passphrase: Secret) -> Created:
    """Give a file that nobody has open a new passphrase; the old one and its code stop working.

    The salt stays: with a new one, a power cut half-way locked the owner out in 24 of 200 trials.
    Until the last moment the old passphrase opens the file, from then on the new one.

    Raises:
        BadInput: the new passphrase will not do.
        Busy: another process has the file open.
        DiskTrouble: it could not be written; the old passphrase is still the one.
    """
    check_passphrase(passphrase)
    salt = read_salt(path)
    fresh_key = keys.derive(passphrase, salt)
    with trouble.explained(), connection.briefly(path, key, salt) as alone:
        alone.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.settle(alone)
        if not _lock_out_everybody(alone):
            raise Busy(
                "The passphrase can only be changed while nothing else has the file open.",
                "Close the other Shopbell windows, then try again. Nothing was changed.",
            )
        if not _change_key(alone, fresh_key) or faulty_pages(alone):
            raise DiskTrouble(
                "The passphrase could not be changed: the disk did not take the change.",
                "The old one still opens the file. Check the disk and its free space.",
            )
    return created(fresh_key, salt)


def _lock_out_everybody(alone: Connection) -> bool:
    """Take the file for this connection alone, without a log; False if somebody else is in."""
    alone.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
    if not connection.leave_log(alone):
        return False
    alone.execute("PRAGMA busy_timeout = 0")
    try:
        # In this locking mode the lock outlives the transaction: nobody comes in any more under a
        # key that is about to change.
        alone.execute("BEGIN EXCLUSIVE")
        alone.execute("COMMIT")
    except driver.load().OperationalError as error:
        if trouble.code_of(error) != trouble.Code.BUSY:
            raise
        return False
    # Somebody may have come in, begun a log and gone again in between.
    return bool(alone.execute("PRAGMA journal_mode").fetchone() == ("delete",))


def _change_key(alone: Connection, key: Key) -> bool:
    try:
        answer = alone.execute(f"PRAGMA rekey = \"x'{key.reveal().hex()}'\"").fetchone()
    except driver.load().OperationalError:
        # Whatever went wrong, a full disk too, SQLCipher says the same few words. It has put back
        # every page.
        return False
    return bool(answer == ("ok",))
