"""A file that proves a yes is known again by its hash, and is never kept."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from shopbell.errors import BadInput
from shopbell.services.evidence import sha256_of


def test_a_file_is_fingerprinted_without_being_kept(tmp_path: Path) -> None:
    scan = tmp_path / "sheet.pdf"
    scan.write_bytes(b"signed" * 100_000)
    assert sha256_of(scan) == hashlib.sha256(b"signed" * 100_000).hexdigest()
    assert list(tmp_path.iterdir()) == [scan]


def test_what_is_no_good_file_is_refused_with_its_name(tmp_path: Path) -> None:
    pipe, empty = tmp_path / "pipe", tmp_path / "empty"
    os.mkfifo(pipe)
    empty.touch()
    for path in (tmp_path, tmp_path / "none", pipe):
        with pytest.raises(BadInput, match=r"^--evidence: there is no file") as caught:
            sha256_of(path, "--evidence")
        assert str(path) in caught.value.message
    with pytest.raises(BadInput, match="is empty"):
        sha256_of(empty)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\ud800"])
def test_a_name_no_file_can_have_is_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="there is no file"):
        sha256_of(tmp_path / name)
