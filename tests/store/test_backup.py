"""A backup is proved good before it gets its name, and a bad one never gets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shopbell.errors import BadInput, DiskTrouble
from shopbell.store import backup, vault
from shopbell.store.backup import back_up, faulty_tables, row_counts
from shopbell.store.connection import OpenFile
from shopbell.store.pages import PAGE_BYTES, check_pages
from shopbell.store.store import Store
from store.conftest import StartChild
from store.small import FULL, MIGRATIONS, PASSPHRASE, SmallFile, add_note, count_notes

if TYPE_CHECKING:
    from sqlite_utils import Database


@pytest.fixture
def opened(shop: SmallFile) -> Iterator[OpenFile]:
    opened = vault.open_file(shop.path, shop.key, MIGRATIONS)
    yield opened
    vault.close_file(opened)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "shop-2026-11-21T1830.db"


def test_a_backup_has_every_row_and_opens_with_the_same_passphrase_and_code(
    shop: SmallFile, opened: OpenFile, target: Path
) -> None:
    opened.connection.execute("INSERT INTO note (text) VALUES ('only in the log so far')")
    back_up(opened, target)
    assert check_pages(target, shop.key, shop.salt).bad == ()
    for opener in (PASSPHRASE, shop.key):
        copy = vault.open_file(target, opener, MIGRATIONS)
        assert row_counts(copy.connection) == row_counts(opened.connection)
        rows = "SELECT * FROM note ORDER BY id"
        expected = opened.connection.execute(rows).fetchall()
        assert copy.connection.execute(rows).fetchall() == expected
        assert len(expected) == FULL + 1
        vault.close_file(copy)


def test_a_backup_is_one_encrypted_file_for_its_owner_only(
    shop: SmallFile, opened: OpenFile, target: Path
) -> None:
    back_up(opened, target)
    assert [entry.name for entry in target.parent.iterdir()] == [target.name]
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes()[:16] == shop.salt


def test_a_backup_overwrites_nothing(opened: OpenFile, target: Path) -> None:
    target.write_text("an older backup")
    with pytest.raises(BadInput, match="already a file") as caught:
        back_up(opened, target)
    assert caught.value.code == "file_exists"
    assert target.read_text() == "an older backup"


def test_half_a_backup_left_by_a_crash_is_replaced(opened: OpenFile, target: Path) -> None:
    target.with_name(target.name + ".partial").write_bytes(b"x" * 5000)
    back_up(opened, target)
    assert [entry.name for entry in target.parent.iterdir()] == [target.name]


def test_a_missing_folder_is_said_to_be_missing(opened: OpenFile, tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble, match="cannot be written in that folder"):
        back_up(opened, tmp_path / "no such folder" / "backup.db")


@pytest.mark.parametrize("page", [1, 2, 20])
def test_a_backup_that_reads_back_differently_never_gets_its_name(
    opened: OpenFile, target: Path, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup._copy

    def bad_disk(source: OpenFile, partial: Path) -> None:
        copy(source, partial)
        data = bytearray(partial.read_bytes())
        data[(page - 1) * PAGE_BYTES + 2000] ^= 1
        partial.write_bytes(data)

    monkeypatch.setattr(backup, "_copy", bad_disk)
    with pytest.raises(DiskTrouble, match="not what was read"):
        back_up(opened, target)
    assert list(target.parent.iterdir()) == []


def test_a_backup_that_lost_a_row_never_gets_its_name(
    opened: OpenFile, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([{"note": FULL}, {"note": FULL - 1}])
    monkeypatch.setattr(backup, "row_counts", lambda _: next(counts))
    with pytest.raises(DiskTrouble, match="backup failed"):
        back_up(opened, target)
    assert list(target.parent.iterdir()) == []


def test_strays_between_tables_are_a_fault(opened: OpenFile, target: Path) -> None:
    opened.connection.execute("PRAGMA foreign_keys = OFF")
    opened.connection.execute("INSERT INTO job (note_id) VALUES (999)")
    assert faulty_tables(opened.connection) == ["a row of job points nowhere"]
    with pytest.raises(DiskTrouble):
        back_up(opened, target)
    assert list(target.parent.iterdir()) == []


def test_rows_are_counted_in_tables_of_any_name(opened: OpenFile) -> None:
    opened.connection.execute('CREATE TABLE "odd ""name; --" (a)')
    opened.connection.execute('INSERT INTO "odd ""name; --" VALUES (1)')
    counts = row_counts(opened.connection)
    assert counts['odd "name; --'] == 1
    assert counts["note"] == FULL
    assert counts["job"] == 0
    assert "word" not in counts


async def test_a_backup_is_made_while_another_process_writes(
    shop: SmallFile, target: Path, child: StartChild
) -> None:
    writer = child("write_for_ever", shop.path, shop.key.reveal().hex())
    assert writer.stdout is not None
    writer.stdout.readline()
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    before = await store.read(count_notes)
    await store.backup_to(target)
    after = await store.read(count_notes)
    writer.kill()
    writer.wait()
    await store.close()
    copy = await Store.open(target, shop.key, migrations=MIGRATIONS)
    assert before <= await copy.read(count_notes) <= after
    await copy.close()


async def test_a_backup_in_the_middle_of_work_does_not_lift_the_guard(
    shop: SmallFile, target: Path
) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await store.backup_to(target)

    def attach(db: Database) -> None:
        db.execute("ATTACH ':memory:' AS other")

    with pytest.raises(Exception, match="authoriz"):
        await store.write(attach)
    await store.write(add_note, "and work goes on")
    await store.close()
