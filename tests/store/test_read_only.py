"""A file, a folder or a disk that cannot be written: opened for reading, with the reason."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from shopbell.store.connection import briefly
from store.conftest import StartChild
from store.small import FULL, SmallFile, small_file


@pytest.fixture
def public() -> Iterator[SmallFile]:
    """A small file that every user of the computer may find and read.

    Root may write whatever it likes, so the child gives its rights up; the folders of the other
    tests are closed to it.
    """
    folder = Path(mkdtemp(prefix="shop-"))
    try:
        shop = small_file(folder / "shop.db")
        folder.chmod(0o777)
        shop.path.chmod(0o666)
        yield shop
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def as_nobody(child: StartChild, shop: SmallFile) -> list[str]:
    out, err = child("read_as_nobody", shop.path, shop.key.reveal().hex()).communicate()
    assert err == ""
    return out.splitlines()


def test_a_file_that_can_be_written_is(public: SmallFile, child: StartChild) -> None:
    assert as_nobody(child, public) == ["None", str(FULL)]


def test_a_write_protected_file_is_opened_for_reading(public: SmallFile, child: StartChild) -> None:
    public.path.chmod(0o444)
    before = public.fingerprint()
    said = as_nobody(child, public)
    assert said == [
        "This computer lets you read the file, but not write it.",
        str(FULL),
        "read_only",
    ]
    assert public.fingerprint() == before
    assert public.beside == ["shop.db"]


@pytest.mark.parametrize("left_with_a_log", [False, True])
def test_a_write_protected_folder_is_opened_for_reading_even_a_copy_of_a_file_in_use(
    public: SmallFile, child: StartChild, left_with_a_log: bool
) -> None:
    if left_with_a_log:
        with briefly(public.path, public.key, public.salt) as file:
            file.execute("PRAGMA journal_mode = WAL").fetchone()
        assert public.beside == ["shop.db"]
    public.path.parent.chmod(0o555)
    before = public.fingerprint()
    said = as_nobody(child, public)
    assert said[0].startswith("This computer lets you write nothing into the file's folder")
    assert said[1:] == [str(FULL), "read_only"]
    assert public.fingerprint() == before
    assert public.beside == ["shop.db"]


def test_a_crashed_file_in_a_write_protected_folder_says_what_to_copy(
    public: SmallFile, child: StartChild
) -> None:
    child("write_and_die", public.path, public.key.reveal().hex(), 1).wait()
    for entry in public.path.parent.iterdir():
        entry.chmod(0o444)
    public.path.parent.chmod(0o555)
    (said,) = as_nobody(child, public)
    assert said.startswith("busy This file can only be read here, and it is in use or was not")


def test_a_file_that_may_not_even_be_read_says_so(public: SmallFile, child: StartChild) -> None:
    public.path.chmod(0)
    (said,) = as_nobody(child, public)
    assert said == "disk_trouble This computer does not let you read that file."


def test_the_child_really_gives_its_rights_up(public: SmallFile, child: StartChild) -> None:
    if os.geteuid() == 0:
        os.chown(public.path, 0, 0)
    public.path.chmod(0o400)
    assert len(as_nobody(child, public)) == (1 if os.geteuid() == 0 else 3)
