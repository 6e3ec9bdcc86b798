"""From one version to the next: whole, behind a verified copy, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shopbell.errors import ReadOnly, ShopbellError, VaultError
from shopbell.store import creation, driver
from shopbell.store.connection import OpenFile
from shopbell.store.migrations import Migration
from shopbell.store.pages import check_pages
from shopbell.store.vault import close_file, open_file
from store.small import FULL, MIGRATIONS, PASSPHRASE, SmallFile, add_note, fill_pages, small_file

if TYPE_CHECKING:
    from sqlite_utils import Database


def add_mood(db: Database) -> None:
    db.table("note").add_column("mood", str)
    db.execute("UPDATE note SET mood = 'calm'")


def drop_jobs(db: Database) -> None:
    db.execute("DROP TABLE job")


SECOND = (*MIGRATIONS, add_mood)
THIRD = (*SECOND, drop_jobs)


def tables(opened: OpenFile) -> dict[str, str]:
    return dict(
        opened.connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'word%'"
        ).fetchall()
    )


@pytest.mark.parametrize("migrations", [SECOND, THIRD])
def test_an_older_file_is_brought_up_to_date_with_all_its_rows(
    shop: SmallFile, migrations: tuple[Migration, ...]
) -> None:
    opened = open_file(shop.path, shop.key, migrations)
    assert opened.version == len(migrations)
    moods = opened.connection.execute("SELECT mood, count(*) FROM note GROUP BY mood").fetchall()
    assert moods == [("calm", FULL)]
    close_file(opened)
    assert shop.beside == ["shop-before-update-v1.db", "shop.db"]


def test_a_migrated_file_has_the_tables_of_a_new_one(shop: SmallFile) -> None:
    migrated = open_file(shop.path, shop.key, THIRD)
    path = shop.path.with_name("new.db")
    created = creation.create_file(path, PASSPHRASE, THIRD, fill_pages)
    new = open_file(path, created.key, THIRD)
    assert tables(migrated) == tables(new)
    close_file(migrated)
    close_file(new)


def test_the_copy_from_before_is_the_file_from_before(shop: SmallFile) -> None:
    close_file(open_file(shop.path, shop.key, SECOND))
    copy = shop.path.with_name("shop-before-update-v1.db")
    assert check_pages(copy, shop.key, shop.salt).bad == ()
    assert copy.stat().st_mode & 0o777 == 0o600
    old = open_file(copy, PASSPHRASE, MIGRATIONS)
    assert old.version == 1
    columns = [row[1] for row in old.connection.execute("PRAGMA table_info(note)")]
    assert columns == ["id", "text"]
    close_file(old)


def test_a_file_that_is_up_to_date_is_neither_copied_nor_changed(shop: SmallFile) -> None:
    opened = open_file(shop.path, shop.key, MIGRATIONS)
    changes = opened.connection.total_changes
    close_file(opened)
    assert changes == 0
    assert shop.beside == ["shop.db"]


def test_one_step_after_another_each_has_its_own_copy(shop: SmallFile) -> None:
    for migrations in (SECOND, THIRD):
        close_file(open_file(shop.path, shop.key, migrations))
    assert shop.beside == ["shop-before-update-v1.db", "shop-before-update-v2.db", "shop.db"]


def fails_at_once(_: Database) -> None:
    raise ZeroDivisionError


def fails_half_way(db: Database) -> None:
    add_note(db, "half way")
    db.execute("DROP TABLE job")
    db.execute("INSERT INTO nowhere VALUES (1)")


def leaves_strays(db: Database) -> None:
    db.execute("PRAGMA defer_foreign_keys = ON")
    db.execute("INSERT INTO job (note_id) VALUES (999)")


def leaves_nonsense(db: Database) -> None:
    db.execute("CREATE TABLE odd (a INTEGER CHECK (a > 0))")
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("INSERT INTO odd VALUES (-1)")
    db.execute("PRAGMA ignore_check_constraints = OFF")


def commits_by_itself(db: Database) -> None:
    add_note(db, "half way")
    db.execute("COMMIT")


@pytest.mark.parametrize("step", [fails_at_once, fails_half_way, leaves_strays, leaves_nonsense])
@pytest.mark.parametrize("before", [(), (add_mood,)])
def test_a_step_that_fails_leaves_the_file_as_it_was_and_names_the_copy(
    shop: SmallFile, step: Callable[[Database], None], before: tuple[Migration, ...]
) -> None:
    with pytest.raises(VaultError) as caught:
        open_file(shop.path, shop.key, (*MIGRATIONS, *before, step))
    assert caught.value.message.endswith("It is as it was.")
    assert "shop-before-update-v1.db" in caught.value.hint
    opened = open_file(shop.path, shop.key, MIGRATIONS)
    assert opened.version == 1
    assert opened.connection.execute("SELECT count(*) FROM note").fetchone() == (FULL,)
    assert "mood" not in tables(opened)["note"]
    close_file(opened)
    assert shop.beside == ["shop-before-update-v1.db", "shop.db"]


def test_a_second_try_after_a_failure_keeps_the_first_copy(shop: SmallFile) -> None:
    with pytest.raises(VaultError):
        open_file(shop.path, shop.key, (*MIGRATIONS, fails_at_once))
    first = shop.path.with_name("shop-before-update-v1.db").read_bytes()
    close_file(open_file(shop.path, shop.key, SECOND))
    assert shop.path.with_name("shop-before-update-v1.db").read_bytes() == first
    assert "shop-before-update-v1-2.db" in shop.beside


def test_a_step_must_not_end_the_transaction_it_runs_in(tmp_path: Path) -> None:
    with pytest.raises(driver.load().OperationalError, match="no such savepoint"):
        creation.create_file(tmp_path / "new.db", PASSPHRASE, (*MIGRATIONS, commits_by_itself))
    assert list(tmp_path.iterdir()) == []


def test_without_a_verified_copy_nothing_is_migrated(
    shop: SmallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopbell.store.backup.row_counts", lambda file: {"note": id(file)})
    with pytest.raises(ShopbellError, match="backup failed"):
        open_file(shop.path, shop.key, SECOND)
    opened = open_file(shop.path, shop.key, MIGRATIONS)
    assert opened.version == 1
    close_file(opened)
    assert shop.beside == ["shop.db"]


def test_an_older_file_that_can_only_be_read_says_what_it_needs(shop: SmallFile) -> None:
    before = shop.fingerprint()
    with pytest.raises(ReadOnly, match="brought up to date first") as caught:
        open_file(shop.path, shop.key, SECOND, read_only=True)
    assert "opened for reading only" in caught.value.hint
    assert shop.fingerprint() == before
    assert shop.beside == ["shop.db"]


def test_steps_are_known_by_their_number_not_by_their_name(shop: SmallFile) -> None:
    def another_name(db: Database) -> None:
        raise AssertionError("ran again")

    close_file(open_file(shop.path, shop.key, (another_name, add_mood)))


def test_the_second_of_two_windows_finds_the_work_done(shop: SmallFile) -> None:
    other = small_file(shop.path.with_name("other.db"))
    first = open_file(other.path, other.key, SECOND)
    second = open_file(other.path, other.key, SECOND)
    assert first.version == second.version == 2
    close_file(first)
    close_file(second)
    assert [name for name in shop.beside if "before-update" in name] == [
        "other-before-update-v1.db"
    ]
