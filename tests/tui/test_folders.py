"""What is in a folder, for choosing a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shopbell.errors import BadInput
from shopbell.tui.folders import APPOINTMENTS, MOST, PEOPLE, first_folder, listing, split


def test_files_that_may_hold_contacts_come_newest_first_then_folders(tmp_path: Path) -> None:
    for age, name in enumerate(("new.csv", "old.TSV", "older.xlsx", "photo.jpg", ".hidden.csv")):
        path = tmp_path / name
        path.write_text("x" * 5_000)
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    (tmp_path / "b").mkdir()
    (tmp_path / "a.csv.d").mkdir()

    found = listing(tmp_path)

    assert [one.path.name for one in found] == ["new.csv", "old.TSV", "older.xlsx", "a.csv.d", "b"]
    assert [one.is_folder for one in found] == [False, False, False, True, True]
    assert found[0].size == 5_000
    assert found[3].size == 0


@pytest.mark.parametrize(
    ("kinds", "names"),
    [
        (PEOPLE, ["a.csv", "c.vcf", "d.xlsx"]),
        (APPOINTMENTS, ["a.csv", "b.ICS", "d.xlsx"]),
        (frozenset({".pdf"}), ["e.pdf"]),
    ],
)
def test_only_the_kinds_of_files_that_are_meant_are_listed(
    tmp_path: Path, kinds: frozenset[str], names: list[str]
) -> None:
    for name in ("a.csv", "b.ICS", "c.vcf", "d.xlsx", "e.pdf"):
        (tmp_path / name).touch()
    assert sorted(one.path.name for one in listing(tmp_path, kinds=kinds)) == names


def test_typing_narrows_it_down_in_any_case(tmp_path: Path) -> None:
    for name in ("Customers.csv", "customs.csv", "till.csv"):
        (tmp_path / name).touch()
    assert {one.path.name for one in listing(tmp_path, "CUST")} == {"Customers.csv", "customs.csv"}


def test_a_link_to_nowhere_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    (one,) = listing(tmp_path)
    assert one.changed_at is None


def test_a_huge_folder_is_cut(tmp_path: Path) -> None:
    for index in range(MOST + 20):
        (tmp_path / f"{index}.csv").touch()
    assert len(listing(tmp_path)) == MOST


@pytest.mark.parametrize("name", ["nowhere", "a-file", "nul\0"])
def test_a_folder_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").touch()
    with pytest.raises(BadInput, match="cannot be read"):
        listing(tmp_path / name)


@pytest.mark.parametrize(
    ("typed", "folder", "beginning"),
    [
        ("/data/cust", "/data", "cust"),
        ("/data/", "/data", ""),
        ("~/Down", "/home/ana", "Down"),
        ("~", "/home", "ana"),
        ("", ".", ""),
        ("/", "/", ""),
    ],
)
def test_a_typed_path_is_a_folder_and_a_beginning(typed: str, folder: str, beginning: str) -> None:
    assert split(typed, Path("/home/ana")) == (Path(folder), beginning)


@pytest.mark.parametrize("has_downloads", [True, False])
def test_one_begins_where_files_arrive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_downloads: bool
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    if has_downloads:
        (tmp_path / "Downloads").mkdir()
    assert first_folder() == (tmp_path / "Downloads" if has_downloads else tmp_path)
