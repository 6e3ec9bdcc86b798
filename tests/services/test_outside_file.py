"""Files that are not ours: opened once, watched while they are read, refused in plain words."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from pathlib import Path

import pytest

from shopbell.errors import BadInput
from shopbell.services.outside_file import BLOCK, OutsideFile, open_outside, unopened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_bytes(b"Name,Phone\nAna,+12125550142\n")
    return path


def read_all(file: OutsideFile) -> bytes:
    return b"".join(file.blocks())


def test_a_file_is_read_in_blocks_with_progress_and_fingerprint(path: Path) -> None:
    content = bytes(range(256)) * 1024
    path.write_bytes(content)
    file = open_outside(path)
    blocks = file.blocks()

    assert (file.name, file.size, file.bytes_read) == ("customers.csv", len(content), 0)
    assert next(blocks) == content[:BLOCK]
    assert file.bytes_read == BLOCK
    assert b"".join(blocks) == content[BLOCK:]
    assert file.bytes_read == file.size
    assert file.sha256() == hashlib.sha256(content).hexdigest()
    file.refuse_if_changed()
    file.close()


def refused(path: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        open_outside(path)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (b"till \xff2.csv", "till 2.csv"),
        ("Zoë [b].csv".encode(), "Zoë [b].csv"),
        (b"\xff", "a file without a readable name"),
    ],
)
def test_a_name_that_is_no_text_is_kept_as_far_as_it_is(
    tmp_path: Path, name: bytes, kept: str
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"Name,Phone\n")
    file = open_outside(path)
    assert file.name == kept
    file.close()


def test_a_folder_is_refused_by_name(tmp_path: Path) -> None:
    assert refused(tmp_path).message == f'"{tmp_path}" is a folder, not a file.'


def test_an_empty_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "none.csv").touch()

    assert refused(tmp_path / "none.csv").message == '"none.csv" is empty: there is nothing in it.'


@pytest.mark.parametrize("name", ["missing.csv", "customers.csv/more.csv"])
def test_a_missing_file_is_refused_by_name(path: Path, name: str) -> None:
    missing = path.parent / name

    assert refused(missing).message == f'There is no file "{missing}".'


@pytest.mark.parametrize("name", ["x" * 5000 + ".csv", "a\x00b.csv"])
def test_an_impossible_name_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name).hint == "Check the name and the folder."


def test_a_device_or_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)

    for thing in (pipe, Path(os.devnull)):
        assert "not a file of contacts" in refused(thing).message


def test_a_file_that_may_not_be_read_says_so(path: Path) -> None:
    error = unopened(path, PermissionError(errno.EACCES, "Permission denied"))

    assert error.message == f'This computer does not allow reading "{path}".'
    assert "Close it in other programs" in error.hint


def test_any_other_trouble_keeps_the_systems_own_words(path: Path) -> None:
    error = unopened(path, OSError(errno.EIO, "Input/output error"))

    assert error.message == f'"{path}" cannot be opened: Input/output error.'


def test_the_shop_file_itself_is_refused_before_it_is_opened(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(path)

    with pytest.raises(BadInput, match="the shop file itself"):
        open_outside(link, shop_file=path)
    other = tmp_path / "other.db"
    other.write_bytes(b"x")
    open_outside(link, shop_file=other).close()


def test_a_shop_file_that_is_gone_does_not_stand_in_the_way(path: Path, tmp_path: Path) -> None:
    open_outside(path, shop_file=tmp_path / "gone.db").close()


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"Bo,+13055550143\n")


def rewrite(path: Path) -> None:
    state = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Ana", b"Bob"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000_000))


def replace(path: Path) -> None:
    other = path.with_name("other.csv")
    other.write_bytes(path.read_bytes())
    other.replace(path)


@pytest.mark.parametrize("change", [grow, rewrite, replace, Path.unlink])
def test_a_file_that_changes_while_it_is_read_is_refused(path: Path, change: object) -> None:
    file = open_outside(path)
    read_all(file)
    assert callable(change)
    change(path)

    with pytest.raises(BadInput, match=r'"customers\.csv" changed while it was being read'):
        file.refuse_if_changed()
    file.close()


def test_a_file_read_only_in_part_is_not_taken_for_unchanged(path: Path) -> None:
    file = open_outside(path)

    with pytest.raises(BadInput):
        file.refuse_if_changed()
    file.close()


class PulledOut(io.FileIO):
    """A file on a stick that is pulled out after the first block."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(errno.EIO, "Input/output error")
        return super().read(4 if size is None else min(size, 4))


def test_a_disk_that_gives_out_is_said_with_the_next_step(path: Path) -> None:
    with PulledOut(path) as stick, pytest.raises(BadInput) as caught:
        read_all(OutsideFile(path, stick))

    assert caught.value.message == (
        '"customers.csv" could not be read to the end: Input/output error.'
    )
    assert "import the copy" in caught.value.hint
