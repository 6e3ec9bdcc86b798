"""The program's own small files: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from shopbell.services.own_file import write_own


@pytest.mark.parametrize("text", ["", "a = 1\n", "ü\u202e\n" * 1000])
def test_it_is_there_whole_with_its_folder_for_its_owner_only(tmp_path: Path, text: str) -> None:
    path = tmp_path / "new" / "own" / "settings.toml"
    assert write_own(path, text)
    assert path.read_bytes() == text.encode()
    assert [one.name for one in path.parent.iterdir()] == ["settings.toml"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "lessons.json"
    assert write_own(path, "old and longer")
    assert write_own(path, "new")
    assert path.read_text() == "new"


def test_where_nothing_can_be_written_all_stays_and_nothing_is_left_behind(tmp_path: Path) -> None:
    taken = tmp_path / "settings.toml"
    taken.mkdir()
    (taken / "kept").write_text("x")
    assert not write_own(taken, "new")
    assert not write_own(taken / "kept" / "deeper.toml", "new")
    assert [str(one.relative_to(tmp_path)) for one in sorted(tmp_path.rglob("*"))] == [
        "settings.toml",
        str(Path("settings.toml", "kept")),
    ]
