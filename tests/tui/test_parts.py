"""A file too long for one go, on the screens: part by part, each looked at before it comes in."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.app import App

from shopbell.domain.file_parts import FilePart
from shopbell.domain.ids import E164
from shopbell.errors import BadInput
from shopbell.services import import_reading
from shopbell.services.import_reading import TOO_MANY_ROWS
from shopbell.tui import stop_words
from shopbell.tui.file_screen import FileScreen
from shopbell.tui.import_words import part_words, what_next
from shopbell.tui.in_parts import InParts
from shopbell.tui.screens.choose_part import ChoosePart
from shopbell.tui.underway import Step
from shops import NOW
from tui.counters import Till, till
from tui.crowded import until, unwrapped
from tui.screens import press, settle

ROWS = 70


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of downloads with one long list; a part has thirty rows."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    rows = "".join(f"P{n},+44 7700 90{n:04d}\n" for n in range(ROWS))
    (folder / "list.csv").write_text(f"Name,Phone\n{rows}")
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    monkeypatch.setattr(import_reading, "MOST_ROWS", 30)
    return folder


async def comes(shown: Till, step: Step) -> str:
    """Wait until the file that is shown is so far."""
    await until(lambda: job(shown).step is step)
    return unwrapped(await settle(shown.pilot))


def job(shown: Till) -> InParts:
    screen = shown.app.screen
    assert isinstance(screen, FileScreen)
    return screen.job


async def test_a_long_file_comes_in_part_by_part_on_the_import_screen(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        before = (await shown.shop.people.find()).total
        await press(shown.pilot, "4", "enter")
        seen = await comes(shown, Step.FAILED)
        assert "too many to bring in at once" in seen
        assert "r brings it in by parts of 500,000 rows" in seen
        await press(shown.pilot, "r")
        seen = await comes(shown, Step.LOOKED)
        assert "part 1 of 3 · 30 rows" in seen
        await press(shown.pilot, "g")
        seen = await comes(shown, Step.DONE)
        assert "r goes on with part 2. u takes this one back." in seen
        assert (await shown.shop.people.find()).total == before + 30
        seen = unwrapped(await press(shown.pilot, "r"))
        assert isinstance(shown.app.screen, ChoosePart)
        assert "part 1 of 3 rows 1 to 30 ✓ brought in" in seen
        await press(shown.pilot, "down", "enter")
        seen = await comes(shown, Step.LOOKED)
        assert "part 3 of 3 · 10 rows" in seen
        await press(shown.pilot, "g")
        seen = await comes(shown, Step.DONE)
        assert "r goes on with part 2." in seen, "the one that was left out"
        await press(shown.pilot, "r", "enter")
        await comes(shown, Step.LOOKED)
        await press(shown.pilot, "g")
        seen = await comes(shown, Step.DONE)
        assert "goes on with" not in seen
        assert (await shown.shop.people.find()).total == before + ROWS
        names = [one.file_name for one in (await shown.shop.imports.history())[:3]]
        assert names == ["list.csv, part 2", "list.csv, part 3", "list.csv, part 1"]


async def test_a_long_list_of_people_who_said_no_comes_in_part_by_part(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "n", "enter")
        seen = await comes(shown, Step.FAILED)
        assert "r brings it in by parts" in seen
        await press(shown.pilot, "r")
        seen = await comes(shown, Step.LOOKED)
        assert "part 1 of 3 · 30 rows" in seen
        await press(shown.pilot, "g")
        seen = await comes(shown, Step.DONE)
        assert "Nobody of part 2 is stopped yet: r goes on." in seen
        for _ in (2, 3):
            await press(shown.pilot, "r", "enter")
            await comes(shown, Step.LOOKED)
            await press(shown.pilot, "g")
            seen = await comes(shown, Step.DONE)
        assert "is stopped yet" not in seen
        for n in (0, 30, 69):
            people = shown.shop.people
            sheet = await people.sheet(people.read_number(E164(f"+44770090{n:04d}")))
            assert sheet.suppression is not None


# -- which part, without a screen --


class Job(InParts):
    """One that is only where a test says it is."""

    def __init__(self) -> None:
        super().__init__(lambda: NOW, lambda _: None)
        self.chosen: list[int] = []

    async def _look(self, stop: asyncio.Event) -> None: ...

    async def _do(self, stop: asyncio.Event) -> None: ...

    def choose_part(self, number: int) -> None:
        self.chosen.append(number)


THREE = FilePart(number=1, rows=70, most=30)


@pytest.mark.parametrize(
    ("brought", "next_"),
    [((), 1), ((1,), 2), ((1, 2), 3), ((2,), 1), ((1, 3), 2), ((1, 2, 3), None)],
)
def test_the_next_part_is_the_first_that_was_not_brought_in(
    brought: tuple[int, ...], next_: int | None
) -> None:
    job = Job()
    assert job.next_part is None, "the file is not known to have parts"
    job.part = THREE
    for number in brought:
        job._brought(THREE.other(number))
    assert job.next_part == next_
    job._forget_parts()
    assert (job.part, job.brought) == (None, frozenset())


WHEN: tuple[tuple[Step, FilePart | None, str, str], ...] = (
    # how far it is, the part, the code of the error; why no part can be chosen
    (Step.FAILED, None, TOO_MANY_ROWS, ""),
    (Step.FAILED, None, "no_phones", "Only a file of more than 500,000 rows"),
    (Step.FAILED, THREE, "no_part", ""),
    (Step.LOOKED, None, "", "Only a file of more than 500,000 rows"),
    (Step.LOOKED, THREE, "", ""),
    (Step.DONE, THREE, "", ""),
    (Step.DONE, FilePart(number=1, rows=9, most=30), "", "The file has no other part."),
    (Step.RUNNING, THREE, "", "Only a file"),
    (Step.CHOOSING, None, "", "Only a file"),
)


@pytest.mark.parametrize(("step", "part", "code", "why"), WHEN)
def test_a_part_is_chosen_only_where_there_are_parts(
    step: Step, part: FilePart | None, code: str, why: str
) -> None:
    job = Job()
    job.step, job.part = step, part
    job.error = BadInput("No.", code=code) if code else None
    said = job.why_no_part()
    assert said.startswith(why)
    assert bool(said) is bool(why)


def test_words_name_the_part_and_the_key() -> None:
    assert part_words(None) == ""
    assert part_words(THREE) == " · part 1 of 3"
    error = BadInput("Too many.", "shopbell import FILE --part 1", code=TOO_MANY_ROWS)
    assert "--part" not in what_next(error), "that is for the command line"
    assert what_next(error).startswith("r brings it in by parts of 500,000 rows")
    assert stop_words.what_next(error) == what_next(error)
    other = BadInput("No.", "Try another one.", code="bad_file")
    said = "Try another one. esc chooses another file, or p there types the numbers."
    assert stop_words.what_next(other) == said
    assert "part 3" in stop_words.afterwards(THREE, 3)
    assert stop_words.afterwards(None, None).startswith("esc goes on to another list.")
    assert stop_words.afterwards(THREE, None) == stop_words.afterwards(None, None)


@pytest.mark.parametrize(
    ("keys", "answer"), [(("enter",), 2), (("up", "enter"), 1), (("escape",), None)]
)
async def test_the_box_begins_on_the_part_that_is_next(
    keys: tuple[str, ...], answer: int | None
) -> None:
    answers: list[int | None] = []

    class Asking(App[None]):
        def on_mount(self) -> None:
            self.push_screen(ChoosePart(THREE, {1}, 2), answers.append)

    app = Asking()
    async with app.run_test(size=(60, 20)) as pilot:
        seen = unwrapped(await settle(pilot))
        assert "70 rows are too many for one go." in seen
        assert "part 3 of 3 rows 61 to 70" in seen
        await press(pilot, *keys)
    assert answers == [answer]
