"""A small shop file for the tests of the vault: its own tables, made once and copied per test."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from shopbell.domain.secret import Secret
from shopbell.store import creation
from shopbell.store.keys import Key
from shopbell.store.pages import PAGE_BYTES

if TYPE_CHECKING:
    from sqlite_utils import Database

PASSPHRASE = Secret("maple harbor violin candle")
OTHER_PASSPHRASE = Secret("tulip anchor pepper window")

CANARIES = ("Marguerite Quillfeather", "+12125550142", "your hydrangeas are ready")
"""A name, a number and a text that must never be found in the clear."""


def first_tables(db: Database) -> None:
    db.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    db.execute(
        "CREATE TABLE job (id INTEGER PRIMARY KEY, note_id INTEGER REFERENCES note (id),"
        " taken_by INTEGER) STRICT"
    )
    db.execute("CREATE VIRTUAL TABLE word USING fts5 (text, prefix = '1 2 3')")
    db.execute("INSERT INTO word (word, rank) VALUES ('secure-delete', 1)")


MIGRATIONS = (first_tables,)


def add_note(db: Database, text: str) -> int:
    cursor = db.execute("INSERT INTO note (text) VALUES (?)", (text,))
    db.execute("INSERT INTO word (rowid, text) VALUES (?, ?)", (cursor.lastrowid, text))
    return int(cursor.lastrowid)


def notes(db: Database) -> list[str]:
    return [row[0] for row in db.execute("SELECT text FROM note ORDER BY id")]


def count_notes(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM note").fetchone()[0])


def forget_notes(db: Database) -> None:
    db.execute("DELETE FROM note")
    db.execute("DELETE FROM word")


FULL = 33
"""How many notes the small file has."""


def fill_pages(db: Database) -> None:
    """Some forty pages of notes, with the canaries among them."""
    for canary in CANARIES:
        add_note(db, canary)
    for number in range(FULL - len(CANARIES)):
        add_note(db, f"note {number}: " + "lily of the valley " * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallFile:
    """A shop file at rest, and what opens it."""

    path: Path
    key: Key
    recovery_code: Secret
    salt: bytes

    @property
    def pages(self) -> int:
        return self.path.stat().st_size // PAGE_BYTES

    @property
    def beside(self) -> list[str]:
        """The names of everything in its folder."""
        return sorted(entry.name for entry in self.path.parent.iterdir())

    def fingerprint(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def flip(self, page: int, offset: int = 2000, bit: int = 0) -> None:
        """Change one bit of one page (from 1)."""
        data = bytearray(self.path.read_bytes())
        data[(page - 1) * PAGE_BYTES + offset] ^= 1 << bit
        self.path.write_bytes(data)


@cache
def _made() -> tuple[bytes, creation.Created]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.db"
        created = creation.create_file(path, PASSPHRASE, MIGRATIONS, fill_pages)
        return path.read_bytes(), created


def small_file(path: Path) -> SmallFile:
    """Put a copy of the small file at `path`. No key is derived, so this is quick."""
    data, created = _made()
    path.touch(0o600)
    path.write_bytes(data)
    return SmallFile(
        path=path, key=created.key, recovery_code=created.recovery_code, salt=data[:16]
    )
