"""Bringing people in: choose, look, change columns, go, see what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shopbell.domain.importing import (
    ImportCounts,
    ImportPreview,
    ImportReport,
    Mapping,
    ParkedRow,
    Target,
)
from shopbell.domain.progress import Progress
from shopbell.errors import BadInput
from shopbell.tui import import_words
from shopbell.tui.importing import Importing, Step
from tui.counters import Till, till
from tui.screens import HOSTILE, press, settle, type_in

ROWS = """First Name,Last Name,Phone Number,Memo,Email Subscription Status
Ana,Reyes,(212) 555-0101,likes tulips,subscribed
Zara,Bond,212.555.0188,new here,
Bo,Lind,212.555.0102,,unsubscribed
Nia,Long,555-0105,,
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    (folder / "Downloads").mkdir(parents=True)
    (folder / "Downloads" / "customers.csv").write_text(ROWS)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder / "Downloads"


async def at_step(shown: Till, step: Step) -> str:
    importing = shown.app._everywhere._importing  # type: ignore[union-attr]
    for _ in range(100):
        if importing.step is step:
            return await settle(shown.pilot)
        await shown.pilot.pause(0.03)
    raise AssertionError(f"never came to {step}: {importing.step} {importing.error}")


async def looked_at(shown: Till) -> str:
    await press(shown.pilot, "4")
    await press(shown.pilot, "enter")
    return await at_step(shown, Step.LOOKED)


async def test_the_file_is_found_in_the_downloads(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "4")
        assert "▸ customers.csv" in seen
        assert "1 KB" in seen


async def test_what_would_happen_is_shown_before_it_happens(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await looked_at(shown)
        assert "customers.csv · columns guessed · 4 rows" in seen
        assert "phone      ← Phone Number" in seen
        assert "first name ← First Name" in seen
        assert "about permission: never used" in seen
        assert "1 new   1 changed   1 said stop: stay off   1 need a look" in seen
        assert "▸ row 5" in seen
        assert import_words.HARMLESS in seen
        assert (await shown.shop.people.find()).total == 12


async def test_g_imports_and_the_counts_add_up(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "g")
        seen = await at_step(shown, Step.DONE)
        assert "✓ Imported." in seen
        assert "1 new   1 changed" in seen
        assert "esc chooses another file." in seen
        assert (await shown.shop.people.find("Zara")).total == 1
        seen = await press(shown.pilot, "escape")
        assert "▸ customers.csv" in seen
        assert "customers.csv   1 new, 1 changed" in seen


async def test_an_import_makes_nobody_agreed(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "g")
        await at_step(shown, Step.DONE)
        (zara,) = (await shown.shop.people.find("Zara")).rows
        assert not zara.service
        assert not zara.marketing
        assert shown.gateway.taken == []


async def test_columns_can_be_changed_by_keys(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        seen = await press(shown.pilot, "m")
        assert "Which column fills what?" in seen
        assert "▸ phone       Phone Number" in seen
        # note: down to the field, enter, up to "nothing", enter, done
        await press(shown.pilot, "down", "down", "down", "down", "down", "enter", "home", "enter")
        await press(shown.pilot, "f2")
        seen = await at_step(shown, Step.LOOKED)
        assert "columns as you chose them" in seen
        assert "note       ←" not in seen


async def test_changing_columns_can_be_left(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "m", "enter")
        assert "Which column fills what?" in await press(shown.pilot, "escape")
        assert "columns guessed" in await press(shown.pilot, "escape")


async def test_a_file_without_a_phone_column_can_be_helped(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "customers.csv").write_text("who,what\nAna,2125550188\n")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "enter")
        importing = shown.app._everywhere._importing  # type: ignore[union-attr]
        for _ in range(100):
            if importing.step in {Step.FAILED, Step.LOOKED}:
                break
            await shown.pilot.pause(0.03)
        if importing.step is Step.FAILED:
            assert "m chooses columns" in await settle(shown.pilot)
        await press(shown.pilot, "m")
        await press(shown.pilot, "enter", "end", "enter", "f2")
        assert "1 new" in await at_step(shown, Step.LOOKED)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"\x00\x01\x02\x03" * 500, "customers.csv")],
)
async def test_a_file_that_is_no_list_is_refused_in_a_sentence(
    full: Path, tmp_path: Path, home: Path, content: bytes, said: str
) -> None:
    (home / "customers.csv").write_bytes(content)
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "enter")
        seen = await at_step(shown, Step.FAILED)
        assert "! " in seen
        assert said in seen
        assert "esc another file" in seen
        assert "▸ customers.csv" in await press(shown.pilot, "escape")


async def test_a_path_can_be_typed(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "tab")
        assert "▸ customers.csv" in await type_in(shown.pilot, "cus")
        assert "customers.csv" not in await type_in(shown.pilot, "x")


async def test_leaving_the_screen_leaves_the_import_running(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await shown.pilot.press("g", "1")
        await at_step(shown, Step.DONE)
        assert "✓ Imported." in await press(shown.pilot, "4")


class Scripted:
    """Imports that go as a test says."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.error: BadInput | None = None
        self.ran: list[tuple[Path, bool]] = []

    async def preview(self, path: Path, **_: object) -> ImportPreview:
        return a_preview(path.name)

    async def run(
        self,
        path: Path,
        *,
        on: Callable[[Progress], None],
        stop: asyncio.Event,
        dry_run: bool = False,
        **_: object,
    ) -> ImportReport:
        self.ran.append((path, dry_run))
        on(Progress(step="reading rows", done=50, total=100))
        while not (self.go_on.is_set() or stop.is_set()):
            await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        return a_report(stopped=stop.is_set())


def a_preview(name: str = "a.csv", header: tuple[str, ...] = ("Phone",)) -> ImportPreview:
    return ImportPreview(
        file_name=name,
        header=header,
        samples=(tuple(f"{column} 1" for column in header),),
        mapping=Mapping(columns={Target.PHONE: (0,)}, profile="guessed", consent_columns=()),
        encoding="utf-8",
        delimiter=",",
        notes=("The columns are separated by ;.",),
    )


def a_report(*, stopped: bool = False, **counts: int) -> ImportReport:
    return ImportReport(
        file_name="a.csv",
        counts=ImportCounts(**counts),
        parked=(),
        remarks=(),
        mapping=a_preview().mapping,
        header=("Phone",),
        batch_id=None,
        stopped=stopped,
    )


def importing_with(scripted: Scripted) -> tuple[Importing, list[Step]]:
    steps: list[Step] = []
    importing = Importing(scripted, _raise)  # type: ignore[arg-type]
    importing.on_change = lambda: steps.append(importing.step)
    return importing, steps


def _raise(error: Exception) -> None:
    raise error


async def quiet() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_an_import_goes_from_looking_to_done() -> None:
    scripted = Scripted()
    scripted.go_on.set()
    importing, steps = importing_with(scripted)
    importing.look(Path("a.csv"))
    await quiet()
    importing.go()
    await quiet()
    kept = [step for index, step in enumerate(steps) if index == 0 or step is not steps[index - 1]]
    assert kept == [Step.LOOKING, Step.LOOKED, Step.RUNNING, Step.DONE]
    assert scripted.ran == [(Path("a.csv"), True), (Path("a.csv"), False)]


async def test_stopping_says_that_nothing_was_changed() -> None:
    scripted = Scripted()
    scripted.go_on.set()
    importing, _ = importing_with(scripted)
    importing.look(Path("a.csv"))
    await quiet()
    scripted.go_on.clear()
    importing.go()
    await quiet()
    assert importing.progress == Progress(step="reading rows", done=50, total=100)
    importing.forget()
    assert importing.step is Step.RUNNING, "a running import is not forgotten"
    importing.stop()
    await quiet()
    assert importing.report is not None
    assert import_words.did(importing.report).plain == "Stopped. Nothing was changed."


async def test_a_newer_look_wins_over_an_older_one() -> None:
    scripted = Scripted()
    importing, _ = importing_with(scripted)
    importing.look(Path("old.csv"))
    await quiet()
    importing.look(Path("new.csv"))
    scripted.go_on.set()
    await quiet()
    assert importing.step is Step.LOOKED
    assert importing.preview is not None
    assert importing.preview.file_name == "new.csv"


async def test_closing_waits_until_nothing_is_half_done() -> None:
    scripted = Scripted()
    importing, _ = importing_with(scripted)
    importing.look(Path("a.csv"))
    await quiet()
    await importing.close()
    assert importing._task is not None
    assert importing._task.done()


async def test_going_without_having_looked_does_nothing() -> None:
    scripted = Scripted()
    importing, steps = importing_with(scripted)
    importing.go()
    await quiet()
    assert steps == []
    assert scripted.ran == []


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "0 rows to import"),
        ({"new": 1_081, "updated": 62, "parked": 5}, "1,081 new   62 changed   5 need a look"),
        ({"unchanged": 40, "duplicates": 9, "suppressed": 7},
         "40 as before   9 double   7 said stop: stay off"),
    ],
)  # fmt: skip
def test_counts_are_said_without_the_zeros(counts: dict[str, int], said: str) -> None:
    assert import_words.would(ImportCounts(**counts)).plain.strip() == said


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [(50, 100, " 50%"), (0, 100, "  0%"), (120, 100, "100%"), (1_234, None, "… 1,234")],
)
def test_progress_is_a_bar_or_a_count(done: int, total: int | None, said: str) -> None:
    line = import_words.bar(Progress(step="reading rows", done=done, total=total), 20).plain
    assert line.endswith(said)
    assert line.startswith("reading rows")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_headers_and_cells_stay_in_their_columns(text: str) -> None:
    preview = a_preview(text, (text,))
    for line in import_words.columns(preview, 74).plain.split("\n")[:1]:
        assert len(line) <= 80
    assert "\x1b" not in import_words.headline(preview, None).plain


def test_repaired_rows_are_listed_after_those_that_need_a_person() -> None:
    parked = ParkedRow(row=9, reason="There is no number here.", cells=("Ana",))
    report = replace(a_report(), parked=(parked,), remarks=((4, "The + was missing."),))
    first, second = import_words.to_look_at(report)
    assert first is parked
    assert (second.row, second.reason) == (4, "The + was missing.")
    drawn = "".join(text for text, _ in import_words.draw_parked(second, 70))
    assert drawn.startswith("row 4")
    assert "The + was missing." in drawn
