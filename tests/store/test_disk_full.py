"""No room: the last change is not saved, everything before it is, and the sentence says so."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest

from shopbell.store import vault
from shopbell.store.pages import check_pages
from store.conftest import StartChild
from store.small import FULL, MIGRATIONS, PASSPHRASE, SmallFile, small_file

LIMIT = 1_500_000
"""Bytes a file may have where there is no small disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cramped:
    """A file with little room."""

    shop: SmallFile
    limit: int
    """The most bytes a file may have; 0 = the disk itself is small."""

    def make_room(self) -> None:
        if not self.limit:
            _mount(self.shop.path.parent, "remount,size=20m")


@pytest.fixture(params=["small disk", "small files"])
def cramped(request: pytest.FixtureRequest) -> Iterator[Cramped]:
    """Only root can make a small disk; everybody else sees the limit twice."""
    # Not under tmp_path: another run that tidies up there would stumble over a disk.
    folder = Path(mkdtemp(prefix="shop-disk-"))
    mounted = request.param == "small disk" and _mount(folder, "size=2m")
    try:
        yield Cramped(shop=small_file(folder / "shop.db"), limit=0 if mounted else LIMIT)
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        shutil.rmtree(folder)


def _mount(folder: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def expected(limit: int) -> str:
    # A file at its limit is an error of the disk to SQLite, a full disk is a full disk.
    return "disk_trouble" if limit else "disk_full"


def rows_after(shop: SmallFile) -> list[str]:
    opened = vault.open_file(shop.path, PASSPHRASE, MIGRATIONS)
    assert opened.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    rows = [row[0] for row in opened.connection.execute("SELECT text FROM note ORDER BY id")]
    vault.close_file(opened)
    assert not {"shop.db-wal", "shop.db-journal"} & set(shop.beside)
    assert check_pages(shop.path, shop.key, shop.salt).bad == ()
    return rows


def test_what_was_committed_before_the_disk_was_full_is_all_there(
    cramped: Cramped, child: StartChild
) -> None:
    shop, limit = cramped.shop, cramped.limit
    process = child("grow_until_full", shop.path, shop.key.reveal().hex(), limit)
    out, err = process.communicate()
    assert err == ""
    code, written = out.split()
    assert code == expected(limit)
    assert int(written) > 20
    cramped.make_room()
    rows = rows_after(shop)[FULL:]
    assert [row.split(" x")[0] for row in rows] == [
        f"acknowledged {number}" for number in range(int(written))
    ]


def test_an_import_that_does_not_fit_leaves_no_row_behind(
    cramped: Cramped, child: StartChild
) -> None:
    shop, limit = cramped.shop, cramped.limit
    process = child("import_until_full", shop.path, shop.key.reveal().hex(), limit)
    assert process.communicate() == (f"{expected(limit)} {FULL}\n", "")
    cramped.make_room()
    assert len(rows_after(shop)) == FULL


def test_without_room_the_passphrase_stays_and_no_half_backup_is_left(
    cramped: Cramped, child: StartChild
) -> None:
    shop, limit = cramped.shop, cramped.limit
    if not limit:
        # Leave less room than the file itself takes.
        room = 2 * 1024 * 1024 - 2 * shop.path.stat().st_size + 100_000
        shop.path.with_name("ballast").write_bytes(bytes(room))
    process = child(
        "keep_when_full", shop.path, shop.key.reveal().hex(), limit and 40_000, shop.path.parent
    )
    out, err = process.communicate()
    assert err == ""
    assert out.split() == ["disk_trouble", expected(limit), str(FULL)]
    cramped.make_room()
    assert len(rows_after(shop)) == FULL
    assert set(shop.beside) <= {"shop.db", "ballast"}


def test_a_new_file_that_does_not_fit_leaves_nothing(cramped: Cramped, child: StartChild) -> None:
    shop, limit = cramped.shop, cramped.limit
    shop.path.unlink()
    if not limit:
        shop.path.with_name("ballast").write_bytes(bytes(2 * 1024 * 1024 - 30_000))
    process = child("create_when_full", shop.path, "00" * 32, limit and 20_000)
    out, err = process.communicate()
    assert (out.strip(), err) == (expected(limit), "")
    assert set(shop.beside) <= {"ballast"}
