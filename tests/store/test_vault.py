"""Making, opening and closing the file: what is on the disk, and what a statement may do."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from shopbell.domain.secret import Secret
from shopbell.errors import BadInput, DiskTrouble, WrongPassphrase
from shopbell.store import connection, creation, driver, guard, vault
from shopbell.store.connection import OpenFile
from shopbell.store.keys import file_number, read_recovery_code
from shopbell.store.store import Store, create
from store.small import FULL, MIGRATIONS, PASSPHRASE, SmallFile, add_note, count_notes, fill_pages

if TYPE_CHECKING:
    from sqlite_utils import Database

PLAIN_HEADER = b"SQLite format 3\0"
DELETE_MODE = b"\x01\x01"
"""Bytes 18 and 19 of the database header when it has no log."""


@pytest.fixture
def opened(shop: SmallFile) -> Iterator[OpenFile]:
    opened = vault.open_file(shop.path, shop.key, MIGRATIONS)
    yield opened
    vault.close_file(opened)


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in folder.iterdir()}


def test_a_new_file_is_encrypted_whole_and_alone_in_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    created = creation.create_file(path, PASSPHRASE, MIGRATIONS, fill_pages)
    assert [entry.name for entry in tmp_path.iterdir()] == ["new.db"]
    data = path.read_bytes()
    assert not data.startswith(PLAIN_HEADER)
    assert file_number(data[:16]) == created.file_number
    assert read_recovery_code(created.recovery_code) == created.key
    with closing(connection.connect(path, created.key, data[:16])) as file:
        assert file.execute("PRAGMA application_id").fetchone() == (0x53687062,)
        assert file.execute("PRAGMA user_version").fetchone() == (1,)
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_two_files_with_one_passphrase_have_different_keys(tmp_path: Path) -> None:
    made = [creation.create_file(tmp_path / f"{n}.db", PASSPHRASE, MIGRATIONS) for n in range(2)]
    assert made[0].key != made[1].key
    assert made[0].file_number != made[1].file_number


async def test_only_the_owner_can_read_the_file_and_what_is_beside_it(
    tmp_path: Path, no_umask: None
) -> None:
    path = tmp_path / "new.db"
    created = await create(path, PASSPHRASE, migrations=MIGRATIONS)
    store = await Store.open(path, created.key, migrations=MIGRATIONS)
    await store.write(add_note, "a note")
    await store.backup_to(tmp_path / "backup.db")
    open_modes = modes(tmp_path)
    await store.close()
    assert set(open_modes) >= {"new.db", "new.db-wal", "new.db-shm", "backup.db"}
    assert set(open_modes.values()) == {0o600}
    assert modes(tmp_path) == {"new.db": 0o600, "backup.db": 0o600}


def test_a_file_that_is_there_already_is_never_touched(shop: SmallFile) -> None:
    before = shop.fingerprint()
    with pytest.raises(BadInput, match="already a file") as caught:
        creation.create_file(shop.path, PASSPHRASE, MIGRATIONS)
    assert caught.value.code == "file_exists"
    assert shop.fingerprint() == before


def test_a_bad_passphrase_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="at least 12") as caught:
        creation.create_file(tmp_path / "new.db", Secret("short"), MIGRATIONS)
    assert caught.value.code == "bad_passphrase"
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble, match="cannot be made in that folder"):
        creation.create_file(tmp_path / "no" / "new.db", PASSPHRASE, MIGRATIONS)


def test_a_failure_while_making_the_file_leaves_nothing_behind(tmp_path: Path) -> None:
    def fails(db: Database) -> None:
        add_note(db, "half way")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        creation.create_file(tmp_path / "new.db", PASSPHRASE, MIGRATIONS, fails)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "with spaces and 'quotes' \"both\".db",
        "what?#mode=ro&key=1%20.db",
        "花屋 café ✿.db",
        "-wal",
        "percent%00.db",
        "[bold]markup[!].db",
        "no extension",
        "back\\slash.db",
    ],
)
async def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    created = await create(path, PASSPHRASE, migrations=MIGRATIONS, fill=fill_pages)
    store = await Store.open(path, created.key, migrations=MIGRATIONS)
    await store.write(add_note, "one more")
    assert await store.read(count_notes) == FULL + 1
    await store.close()
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


async def test_a_path_that_goes_round_by_links_leads_to_the_same_file(shop: SmallFile) -> None:
    link = shop.path.parent.parent / "desktop.db"
    link.symlink_to(shop.path)
    store = await Store.open(link, shop.key, migrations=MIGRATIONS)
    await store.write(add_note, "through the link")
    assert store.path == shop.path.resolve()
    assert "shop.db-wal" in shop.beside
    await store.close()
    assert shop.beside == ["shop.db"]


PRAGMAS = {
    "journal_mode": "wal",
    "locking_mode": "normal",
    "synchronous": 2,
    "temp_store": 2,
    "cache_size": -65536,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "foreign_keys": 1,
    "secure_delete": 1,
    "journal_size_limit": 4194304,
    "busy_timeout": 5000,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "query_only": 0,
}


def test_every_setting_of_an_open_file_reads_back(opened: OpenFile) -> None:
    found = {name: opened.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    assert found == PRAGMAS
    # A build without memory mapping answers nothing at all.
    assert opened.connection.execute("PRAGMA mmap_size").fetchone() in {None, (0,)}
    settings = {row[0] for row in opened.connection.execute("PRAGMA cipher_settings")}
    assert {
        "PRAGMA kdf_iter = 256000;",
        "PRAGMA cipher_page_size = 4096;",
        "PRAGMA cipher_use_hmac = 1;",
        "PRAGMA cipher_plaintext_header_size = 0;",
        "PRAGMA cipher_hmac_algorithm = HMAC_SHA512;",
        "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512;",
    } <= settings


FORBIDDEN = [
    "ATTACH '{folder}/plain.db' AS plain KEY ''",
    "ATTACH '{folder}/other.db' AS other",
    "ATTACH ':memory:' AS memory",
    "VACUUM INTO '{folder}/copy.db'",
    "VACUUM",
    "SELECT sqlcipher_export('main')",
    "SELECT load_extension('mod')",
    "PRAGMA temp_store = FILE",
    "PRAGMA Temp_Store = 1",
    "PRAGMA temp_store_directory = '{folder}'",
    "PRAGMA key = 'x'",
    "PRAGMA rekey = 'another passphrase'",
    "PRAGMA hexrekey = '00'",
    "PRAGMA writable_schema = ON",
    "PRAGMA trusted_schema = ON",
    "PRAGMA secure_delete = OFF",
    "PRAGMA mmap_size = 1000000",
    "PRAGMA cipher_log = '{folder}/log'",
    "PRAGMA cipher_profile = '{folder}/profile'",
    "PRAGMA cipher_plaintext_header_size = 32",
    "PRAGMA cipher_default_use_hmac = OFF",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_no_statement_can_export_the_file_or_loosen_its_settings(
    opened: OpenFile, statement: str
) -> None:
    folder = opened.path.parent
    before = sorted(folder.iterdir())
    with pytest.raises(driver.load().DatabaseError, match=r"authoriz|prohibited"):
        opened.connection.execute(statement.format(folder=folder)).fetchall()
    assert sorted(folder.iterdir()) == before


def test_what_the_guard_lets_through_is_enough_for_sqlite_utils(opened: OpenFile) -> None:
    from sqlite_utils import Database

    db = Database(opened.connection, execute_plugins=False)
    db.execute("BEGIN IMMEDIATE")
    table = db.table("visit", pk="id")
    table.insert_all([{"id": n, "who": f"person {n}"} for n in range(300)])
    table.upsert({"id": 1, "who": "somebody else", "when": "today"}, alter=True)
    table.create_index(["who"], find_unique_name=True)
    table.enable_fts(["who"])
    table.transform(rename={"who": "name"})
    db.execute("ROLLBACK")
    assert "visit" not in db.table_names()


def test_the_guard_stands_again_after_it_was_lifted_even_by_a_failure(opened: OpenFile) -> None:
    def fail_inside() -> None:
        with guard.stood_down(opened.connection):
            opened.connection.execute("VACUUM")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_inside()
    with pytest.raises(driver.load().DatabaseError, match="authoriz"):
        opened.connection.execute("VACUUM")


async def test_no_plug_in_is_handed_the_unlocked_connection(shop: SmallFile) -> None:
    driver.load()
    from sqlite_utils import hookimpl
    from sqlite_utils.plugins import pm

    class Nosy:
        seen = 0

        @hookimpl
        def prepare_connection(self) -> None:
            Nosy.seen += 1

    nosy = Nosy()
    pm.register(nosy)
    try:
        store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
        await store.write(add_note, "private")
        await store.backup_to(shop.path.with_name("backup.db"))
        await store.close()
    finally:
        pm.unregister(nosy)
    assert Nosy.seen == 0


def header_modes(shop: SmallFile) -> bytes:
    from shopbell.store.pages import PAGE_BYTES, PageKey

    page = shop.path.read_bytes()[:PAGE_BYTES]
    return PageKey(shop.key, shop.salt).decrypt(1, page)[18:20]


async def test_a_closed_file_is_one_file_without_a_log(shop: SmallFile) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await store.write(add_note, "one more")
    assert shop.beside == ["shop.db", "shop.db-shm", "shop.db-wal"]
    await store.close()
    assert shop.beside == ["shop.db"]
    assert header_modes(shop) == DELETE_MODE


@pytest.mark.parametrize("first_out", [0, 1])
async def test_whoever_is_last_out_leaves_one_clean_file(shop: SmallFile, first_out: int) -> None:
    stores = [await Store.open(shop.path, shop.key, migrations=MIGRATIONS) for _ in range(2)]
    for number, store in enumerate(stores):
        await store.write(add_note, f"from window {number}")
    await stores[first_out].close()
    assert "shop.db-wal" in shop.beside
    assert await stores[1 - first_out].read(count_notes) == FULL + 2
    await stores[1 - first_out].close()
    assert shop.beside == ["shop.db"]
    assert header_modes(shop) == DELETE_MODE


def test_when_two_that_open_at_once_get_in_each_others_way_the_loser_asks_again() -> None:
    class Contended:
        asked = 0

        def execute(self, _: str) -> SimpleNamespace:
            self.asked += 1
            if self.asked < 3:
                error = driver.load().OperationalError("database is locked")
                error.sqlite_errorcode = 5
                raise error
            return SimpleNamespace(fetchone=lambda: ("wal",))

    contended = Contended()
    connection.switch_to_log(contended)  # type: ignore[arg-type]
    assert contended.asked == 3


def test_when_two_that_close_at_once_each_saw_the_other_the_last_one_out_tidies_up(
    shop: SmallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = vault.open_file(shop.path, shop.key, MIGRATIONS)
    leave_log = connection.leave_log
    answers = iter([False, False])
    monkeypatch.setattr(
        connection, "leave_log", lambda file: next(answers, None) is None and leave_log(file)
    )
    vault.close_file(opened)
    assert shop.beside == ["shop.db"]
    assert header_modes(shop) == DELETE_MODE


async def test_a_second_window_in_one_process_needs_the_passphrase_too(shop: SmallFile) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    with pytest.raises(WrongPassphrase):
        await Store.open(shop.path, Secret("another passphrase"), migrations=MIGRATIONS)
    second = await Store.open(shop.path, PASSPHRASE, migrations=MIGRATIONS)
    await second.close()
    await store.close()


async def test_many_windows_closing_at_once_leave_one_clean_file(shop: SmallFile) -> None:
    for _ in range(5):
        stores = await asyncio.gather(
            *(Store.open(shop.path, shop.key, migrations=MIGRATIONS) for _ in range(4))
        )
        await asyncio.gather(*(store.write(add_note, "all at once") for store in stores))
        await asyncio.gather(*(store.close() for store in stores))
        assert shop.beside == ["shop.db"]
        assert header_modes(shop) == DELETE_MODE


def test_importing_the_vault_loads_no_driver() -> None:
    code = (
        "import sys; import shopbell.store.store, shopbell.store.lease, shopbell.store.hardening;"
        "print([name for name in ('sqlcipher3', 'sqlite_utils', 'sqlite3', 'cryptography',"
        " 'xkcdpass', 'keyring') if name in sys.modules])"
    )
    source = Path(vault.__file__).parent.parent.parent
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(source)},
    )
    assert loaded.stdout == "[]\n"
    assert loaded.stderr == ""
