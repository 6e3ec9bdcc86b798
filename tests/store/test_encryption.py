"""Nothing leaves this program in the clear: not by a wrong engine, not into any file."""

from __future__ import annotations

import _sqlite3
import ctypes.util
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from shopbell.errors import EncryptionBroken
from shopbell.store import connection, creation, driver, guard, keys
from shopbell.store.store import Store
from store.conftest import TESTS, StartChild
from store.small import (
    CANARIES,
    FULL,
    MIGRATIONS,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    SmallFile,
    add_note,
    count_notes,
    fill_pages,
    forget_notes,
)

PLAIN_HEADER = b"SQLite format 3\0"

HEADER_PROBE = """
import ctypes, sys
from pathlib import Path
from typing import Any
ctypes.CDLL({library!r}, mode=ctypes.RTLD_GLOBAL)
if {ours}:
    from shopbell.store import driver
    engine = driver.load()
else:
    import sqlcipher3.dbapi2 as engine
file = engine.connect(sys.argv[1])
file.execute("PRAGMA key = 'a passphrase of some length'")
file.execute("CREATE TABLE t (a)")
file.close()
print(Path(sys.argv[1]).read_bytes()[:16] == {header!r})
"""


def written_plain(path: Path, library: str | None, *, ours: bool) -> bool:
    """Whether a file is written in the clear when an ordinary SQLite was loaded first."""
    code = HEADER_PROBE.format(library=library, ours=ours, header=PLAIN_HEADER)
    probe = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(TESTS.parent / "src")},
    )
    return probe.stdout == "True\n"


def test_an_ordinary_sqlite_in_the_same_process_does_not_get_in_front_of_ours(
    tmp_path: Path,
) -> None:
    # The system's, or the one inside Python; where both are missing nothing can get in front.
    library = ctypes.util.find_library("sqlite3") or getattr(_sqlite3, "__file__", None)
    if library is not None:
        assert written_plain(tmp_path / "careless.db", library, ours=False)
    assert not written_plain(tmp_path / "ours.db", library, ours=True)


@pytest.fixture
def ordinary_engine(shop: SmallFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a wrong module under the driver's name would be: it takes a key and ignores it."""
    monkeypatch.setattr(driver, "load", lambda: sqlite3)


@pytest.mark.usefixtures("ordinary_engine")
def test_an_engine_that_does_not_encrypt_makes_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    with pytest.raises(EncryptionBroken, match="Nothing was saved"):
        creation.create_file(folder / "new.db", PASSPHRASE, MIGRATIONS, fill_pages)
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("ordinary_engine")
async def test_an_engine_that_does_not_encrypt_opens_no_file(shop: SmallFile) -> None:
    before = shop.fingerprint()
    with pytest.raises(EncryptionBroken):
        await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert shop.fingerprint() == before
    assert shop.beside == ["shop.db"]


def test_an_engine_that_does_not_encrypt_is_never_told_the_key(
    shop: SmallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    class Listening(sqlite3.Connection):
        def execute(self, sql: str) -> sqlite3.Cursor:  # type: ignore[override]
            heard.append(sql)
            return super().execute(sql)

    class Engine:
        Error = sqlite3.Error

        @staticmethod
        def connect(path: str, **options: Any) -> sqlite3.Connection:
            return sqlite3.connect(path, factory=Listening, **options)

    monkeypatch.setattr(driver, "load", lambda: Engine)
    with pytest.raises(EncryptionBroken):
        connection.connect(shop.path, shop.key, shop.salt)
    assert heard == ["PRAGMA cipher_version"]


def test_an_engine_that_swallows_the_key_without_an_ok_is_not_trusted(
    shop: SmallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Half(sqlite3.Connection):
        """Claims to be SQLCipher, and is not."""

        def execute(self, sql: str) -> sqlite3.Cursor:  # type: ignore[override]
            return super().execute("SELECT '4.19.0'" if "cipher_version" in sql else sql)

    class Engine:
        Error = sqlite3.Error

        @staticmethod
        def connect(path: str, **options: Any) -> sqlite3.Connection:
            return sqlite3.connect(path, factory=Half, **options)

    monkeypatch.setattr(driver, "load", lambda: Engine)
    with pytest.raises(EncryptionBroken):
        connection.connect(shop.path, shop.key, shop.salt)


def leaks(*folders: Path) -> list[str]:
    """Every file under these folders in which a canary or a secret can be read."""
    words = [canary.encode() for canary in CANARIES] + [
        PASSPHRASE.reveal().encode(),
        b"Quillfeather",
        b"12125550142",
        b"hydrangeas",
    ]
    words += [word.decode().encode("utf-16-le") for word in words]
    found: list[str] = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                found += [f"{path.name}: {word!r}" for word in words if word in data]
                if data.startswith(PLAIN_HEADER):
                    found.append(f"{path.name}: plain header")
    return found


def test_the_search_for_leaks_finds_what_an_ordinary_database_shows(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE note (text)")
    plain.execute("INSERT INTO note VALUES (?)", (CANARIES[0],))
    plain.commit()
    plain.close()
    assert any("Quillfeather" in leak for leak in leaks(tmp_path))
    assert any("plain header" in leak for leak in leaks(tmp_path))


async def test_no_plain_byte_is_found_in_any_file_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, child: StartChild
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(temporary)
    folder = tmp_path / "shop"
    folder.mkdir()
    path = folder / "shop.db"
    created = creation.create_file(path, PASSPHRASE, MIGRATIONS, fill_pages)
    assert leaks(tmp_path) == []

    store = await Store.open(path, created.key, migrations=MIGRATIONS)

    def busy_day(db: object) -> int:
        chance = random.Random(7)
        for number in range(3000):
            canary = CANARIES[number % 3]
            add_note(db, f"{canary} {chance.random()} " + "x" * 200)  # type: ignore[arg-type]
        execute = db.execute  # type: ignore[attr-defined]
        # More to sort than fits into the cache, were it allowed to spill.
        execute("PRAGMA cache_size = 10")
        rows = execute("SELECT a.text FROM note a, note b WHERE b.id < 5 ORDER BY a.text DESC")
        return len(rows.fetchall())

    assert await store.write(busy_day) > 10_000
    assert leaks(tmp_path) == []
    assert "shop.db-wal" in {entry.name for entry in folder.iterdir()}

    def search(db: object) -> int:
        found = db.execute("SELECT * FROM word WHERE word MATCH 'marg*'")  # type: ignore[attr-defined]
        return len(found.fetchall())

    assert await store.read(search) == 1001
    with guard.stood_down(store._opened.connection):
        store._opened.connection.execute("VACUUM")
    assert leaks(tmp_path) == []
    await store.backup_to(folder / "backup.db")
    await store.write(forget_notes)
    await store.rekey(OTHER_PASSPHRASE)
    assert leaks(tmp_path) == []
    key = store.key
    await store.close()
    assert leaks(tmp_path) == []

    process = child("write_canaries_and_die", path, key.reveal().hex(), TMPDIR=str(temporary))
    out, err = process.communicate()
    assert out == err == ""
    assert "shop.db-wal" in {entry.name for entry in folder.iterdir()}
    assert leaks(tmp_path) == []
    store = await Store.open(path, OTHER_PASSPHRASE, migrations=MIGRATIONS)
    assert await store.read(count_notes) == FULL
    await store.close()
    assert leaks(tmp_path) == []
    assert list(temporary.iterdir()) == []


async def test_what_is_deleted_is_gone_from_the_decrypted_pages_too(shop: SmallFile) -> None:
    from shopbell.store.pages import PAGE_BYTES, PageKey

    def readable() -> bytes:
        data = shop.path.read_bytes()
        page_key = PageKey(shop.key, shop.salt)
        return b"".join(
            page_key.decrypt(at // PAGE_BYTES + 1, data[at : at + PAGE_BYTES])
            for at in range(0, len(data), PAGE_BYTES)
        )

    assert b"Quillfeather" in readable()
    assert b"hydrangeas" in readable()
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await store.write(forget_notes)
    await store.close()
    assert b"uillfeather" not in readable().lower()
    assert b"hydrangeas" not in readable()
    assert b"lily of the valley" not in readable()


def test_salt_and_key_are_new_for_every_file_and_the_header_is_the_salt(tmp_path: Path) -> None:
    seen = set()
    for number in range(3):
        path = tmp_path / f"{number}.db"
        created = creation.create_file(path, PASSPHRASE, MIGRATIONS)
        header = path.read_bytes()[:16]
        assert keys.file_number(header) == created.file_number
        seen.add(header)
    assert len(seen) == 3
    assert PLAIN_HEADER not in seen
