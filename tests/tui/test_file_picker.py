"""Choosing a file: by keys, by typing, by a path; whatever the names are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual import on
from textual.app import App, ComposeResult

from shopbell.tui.file_picker import FilePicker
from shopbell.tui.plain import PlainInput, PlainList
from tui.screens import HOSTILE, press, settle, type_in


class Choosing(App[None]):
    """Nothing but the picker."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.picked: list[Path] = []

    def compose(self) -> ComposeResult:
        yield FilePicker(self._folder)

    def on_mount(self) -> None:
        self.query_one(FilePicker).start()

    @on(FilePicker.Picked)
    def _picked(self, event: FilePicker.Picked) -> None:
        self.picked.append(event.path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home" / "lists"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for age, name in enumerate(("till.csv", "cards.vcf", "Old Till.xlsx")):
        path = folder / name
        path.write_text("x")
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    (folder / "more").mkdir()
    (folder / "more" / "deep.csv").write_text("x")
    return folder


async def test_the_newest_file_is_under_the_cursor(folder: Path) -> None:
    app = Choosing(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        seen = await settle(pilot)
        assert "~/lists" in seen
        assert "▸ till.csv" in seen
        assert "14 Nov 2023" in seen
        await press(pilot, "enter", "down", "enter")
    assert app.picked == [folder / "till.csv", folder / "cards.vcf"]


async def test_typing_narrows_down_and_enter_takes_what_is_left(folder: Path) -> None:
    app = Choosing(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(PlainInput).focus()
        seen = await type_in(pilot, "old")
        assert "Old Till.xlsx" in seen
        assert "till.csv" not in seen
        await press(pilot, "enter")
        await press(pilot, "ctrl+u", "down")
        assert app.query_one(PlainList).has_focus
    assert app.picked == [folder / "Old Till.xlsx"]


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("{folder}/cards.vcf", "cards.vcf"),
        ("~/lists/cards.vcf", "cards.vcf"),
        ("more/deep", "more/deep.csv"),
        ("../lists/till.csv", "till.csv"),
        ("nowhere.csv", "nowhere.csv"),
        ("{folder}/gone/x.csv", "gone/x.csv"),
    ],
)
async def test_a_path_can_be_typed_and_one_that_is_not_there_is_handed_on(
    folder: Path, typed: str, picked: str
) -> None:
    app = Choosing(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(PlainInput).focus()
        app.query_one(PlainInput).value = typed.format(folder=folder)
        await settle(pilot)
        await press(pilot, "enter")
    (path,) = app.picked
    assert path.resolve() == (folder / picked).resolve()


async def test_folders_are_gone_into_and_out_of(folder: Path) -> None:
    app = Choosing(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = await press(pilot, "end", "enter")
        assert "~/lists/more" in seen
        assert "▸ deep.csv" in seen
        seen = await press(pilot, "home", "enter")
        assert "▸ till.csv" in seen
        seen = await press(pilot, "home", "enter")
        assert "lists" in seen
        assert "folder" in seen
    assert app.picked == []


async def test_a_folder_that_cannot_be_read_is_said_and_left_again(folder: Path) -> None:
    app = Choosing(folder / "gone")
    async with app.run_test(size=(80, 24)) as pilot:
        seen = await settle(pilot)
        assert "cannot be read" in seen
        assert "▸ till.csv" in await press(pilot, "enter")


@pytest.mark.parametrize("name", [b"till \xff.csv", b"[bold]x[b].csv", b"\x1b[2J.csv", b"\xff.csv"])
async def test_hostile_names_are_shown_harmless_and_chosen_as_they_are(
    tmp_path: Path, name: bytes
) -> None:
    folder = tmp_path / os.fsdecode(b"in \xfe[b]")
    folder.mkdir()
    path = folder / os.fsdecode(name)
    path.write_text("x")
    app = Choosing(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = await press(pilot, "end", "enter")
        assert "\x1b" not in seen
        assert ".csv" in seen
        await press(pilot, "enter")
    assert app.picked == [path]


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\n" not in text])
async def test_anything_can_be_typed(folder: Path, text: str) -> None:
    app = Choosing(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(PlainInput).focus()
        app.query_one(PlainInput).value = text
        await settle(pilot)
        await press(pilot, "enter")
        assert app.is_running


async def test_the_arrow_down_comes_to_the_first_file_not_past_it(folder: Path) -> None:
    app = Choosing(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.query_one(PlainInput).focus()
        assert "▸ till.csv" in await press(pilot, "down")
        assert app.query_one(PlainList).has_focus
        await press(pilot, "enter")
    assert app.picked == [folder / "till.csv"]


@pytest.mark.parametrize(("below", "said"), [("", "~"), ("lists", "~/lists"), ("..", "/")])
async def test_the_folder_of_the_person_has_its_short_name(
    folder: Path, below: str, said: str
) -> None:
    app = Choosing((folder.parent / below).resolve())
    async with app.run_test(size=(80, 24)) as pilot:
        first = (await settle(pilot)).splitlines()[0].strip()
    assert first.startswith(said)
    assert "." not in first.split()[0] or said == "/"
