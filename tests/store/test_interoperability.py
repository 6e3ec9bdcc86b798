"""The file is a plain SQLCipher 4 file: a second, independent engine reads and writes it."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
import pytest

from shopbell.domain.secret import Secret
from shopbell.store import creation, vault
from shopbell.store.keys import read_recovery_code
from shopbell.store.schema import MIGRATIONS as REAL_MIGRATIONS
from shopbell.store.store import Store
from store.small import FULL, MIGRATIONS, PASSPHRASE, SmallFile, count_notes, notes

FROZEN = Path(__file__).parent / "frozen" / "v1.db"
FROZEN_PASSPHRASE = Secret("frozen tulip since november")
FROZEN_CODE = (Path(__file__).parent / "frozen" / "v1.code").read_text("ascii")


def foreign(path: Path, passphrase: str) -> apsw.Connection:
    """Open as anybody with another SQLCipher 4 tool would: by passphrase."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.pragma("cipher", "sqlcipher")
    connection.pragma("legacy", 4)
    quoted = passphrase.replace("'", "''")
    connection.execute(f"PRAGMA key = '{quoted}'")
    return connection


async def test_another_engine_reads_what_we_wrote_and_we_read_what_it_wrote(
    shop: SmallFile,
) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    ours = await store.read(notes)
    await store.close()
    other = foreign(shop.path, PASSPHRASE.reveal())
    assert [row[0] for row in other.execute("SELECT text FROM note ORDER BY id")] == ours
    assert list(other.execute("SELECT count(*) FROM word WHERE word MATCH 'marg*'")) == [(1,)]
    assert list(other.execute("PRAGMA integrity_check")) == [("ok",)]
    other.execute("INSERT INTO note (text) VALUES ('from another tool')")
    other.close()
    store = await Store.open(shop.path, PASSPHRASE, migrations=MIGRATIONS)
    assert (await store.read(notes))[-1] == "from another tool"
    await store.close()


async def test_another_engine_opens_the_file_after_a_change_of_passphrase(
    shop: SmallFile,
) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await store.rekey(Secret("it's a new passphrase"))
    await store.close()
    other = foreign(shop.path, "it's a new passphrase")
    assert list(other.execute("SELECT count(*) FROM note")) == [(FULL,)]
    other.close()


def test_another_engine_opens_a_file_whose_passphrase_has_accents_and_quotes(
    tmp_path: Path,
) -> None:
    passphrase = 'crème "brûlée" d\'été 花'
    creation.create_file(tmp_path / "new.db", Secret(passphrase), MIGRATIONS)
    other = foreign(tmp_path / "new.db", passphrase)
    assert list(other.execute("SELECT count(*) FROM note")) == [(0,)]
    other.close()


def test_another_engine_opens_it_with_what_the_recovery_sheet_says(shop: SmallFile) -> None:
    key = read_recovery_code(shop.recovery_code)
    other = apsw.Connection(str(shop.path), flags=apsw.SQLITE_OPEN_READONLY)
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.execute(f"PRAGMA key = \"x'{key.reveal().hex()}{shop.salt.hex()}'\"")
    assert list(other.execute("SELECT count(*) FROM note")) == [(FULL,)]
    other.close()


async def test_the_other_engine_can_be_in_the_middle_of_reading(shop: SmallFile) -> None:
    other = foreign(shop.path, PASSPHRASE.reveal())
    assert list(other.execute("SELECT count(*) FROM note")) == [(FULL,)]
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert await store.read(count_notes) == FULL
    await store.close()
    assert list(other.execute("SELECT count(*) FROM note")) == [(FULL,)]
    other.close()


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    path = tmp_path / "v1.db"
    path.write_bytes(FROZEN.read_bytes())
    return path


@pytest.mark.parametrize("by", ["passphrase", "recovery code"])
async def test_the_frozen_file_of_the_first_version_opens_for_ever(frozen: Path, by: str) -> None:
    code = read_recovery_code(Secret(FROZEN_CODE))
    store = await Store.open(frozen, FROZEN_PASSPHRASE if by == "passphrase" else code)
    rows = await store.read(
        lambda db: db.execute("SELECT number, name FROM contact ORDER BY id").fetchall()
    )
    assert rows == [("+12125550142", "Ana Reyes"), ("+447700900123", "Bo Lind")]
    found = await store.read(
        lambda db: db.execute(
            "SELECT rowid FROM contact_fts WHERE contact_fts MATCH 'rey*'"
        ).fetchall()
    )
    assert found == [(1,)]
    await store.close()
    assert sorted(os.listdir(frozen.parent))[-1] == "v1.db"  # noqa: PTH208


def test_the_frozen_file_once_up_to_date_has_the_tables_of_a_new_one(
    frozen: Path, tmp_path: Path
) -> None:
    """If this fails, a released version's tables were edited; add the next version instead.

    Before the first release `python tests/store/frozen/make.py` freezes today's tables.
    """
    created = creation.create_file(tmp_path / "new.db", PASSPHRASE, REAL_MIGRATIONS)
    schemas: list[list[tuple[str, ...]]] = []
    for path, opener in ((frozen, FROZEN_PASSPHRASE), (tmp_path / "new.db", created.key)):
        opened = vault.open_file(path, opener, REAL_MIGRATIONS)
        schemas.append(
            opened.connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
        )
        vault.close_file(opened)
    assert sorted(map(str, schemas[0])) == sorted(map(str, schemas[1]))
