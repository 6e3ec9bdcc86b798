"""Long work by steps: looked at, done, stopped, left, replaced; and how fast it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shopbell.domain.columns import NO_PHONES
from shopbell.domain.import_choices import StopRule
from shopbell.domain.importing import (
    ImportCounts,
    ImportPreview,
    ImportReport,
    Mapping,
    ParkedRow,
    ReadRow,
    StopCounts,
    StopReport,
    Target,
)
from shopbell.domain.progress import Progress
from shopbell.errors import BadInput
from shopbell.tui.importing import Importing
from shopbell.tui.progress_words import bar, duration, how_fast
from shopbell.tui.stop_listing import StopListing
from shopbell.tui.underway import Pace, Step, Underway

START = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
A, B = Path("a.csv"), Path("b.csv")


class Scripted:
    """Imports that go as a test says."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.error: BadInput | None = None
        self.ran: list[tuple[object, bool]] = []
        self.asked: list[dict[str, object]] = []

    async def preview(self, path: Path, **asked: object) -> ImportPreview:
        self.asked.append(asked)
        columns = asked["columns"]
        assert isinstance(columns, dict)
        if self.error is not None and self.error.code == NO_PHONES and not columns:
            raise self.error
        return ImportPreview(
            file_name=path.name,
            header=("Phone",),
            samples=(("2125550101",),),
            mapping=Mapping(columns={Target.PHONE: (0,)}, profile="guessed", consent_columns=()),
            encoding="utf-8",
            delimiter=",",
            notes=(),
        )

    async def run(
        self,
        path: Path,
        *,
        on: Callable[[Progress], None],
        stop: asyncio.Event,
        dry_run: bool = False,
        **_: object,
    ) -> ImportReport:
        await self._read(path, on, stop, dry_run=dry_run)
        return ImportReport(
            file_name=path.name,
            counts=ImportCounts(new=1),
            parked=(),
            remarks=(),
            mapping=Mapping(columns={}, profile="guessed", consent_columns=()),
            header=("Phone",),
            batch_id=None,
            stopped=stop.is_set(),
        )

    async def do_not_text(
        self,
        path: Path,
        *,
        on: Callable[[Progress], None],
        stop: asyncio.Event,
        dry_run: bool = False,
        **asked: object,
    ) -> StopReport:
        self.asked.append(asked)
        await self._read(path, on, stop, dry_run=dry_run)
        return StopReport(
            file_name=path.name,
            counts=StopCounts(stopped=1),
            parked=(),
            numbers=1,
            canceled=0,
            profile="guessed",
            header=("Phone",),
            columns=(0,),
            batch_id=None,
            stopped=stop.is_set(),
        )

    def recheck(
        self, row: int, cells: object, _mapping: Mapping, _country: str | None = None
    ) -> ReadRow | ParkedRow:
        return ParkedRow(row=row, reason=f"{cells}", cells=())

    async def _read(
        self, path: Path, on: Callable[[Progress], None], stop: asyncio.Event, *, dry_run: bool
    ) -> None:
        self.ran.append((path, dry_run))
        on(Progress(step="reading rows", done=50, total=100))
        while not (self.go_on.is_set() or stop.is_set()):
            await asyncio.sleep(0)
        if self.error is not None:
            raise self.error


class Ticking:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


def _raise(error: Exception) -> None:
    raise error


def importing_with(scripted: Scripted) -> tuple[Importing, list[Step]]:
    importing = Importing(scripted, lambda: START, _raise, "Dana")  # type: ignore[arg-type]
    return importing, noted(importing)


def noted(job: Underway) -> list[Step]:
    steps: list[Step] = []

    def note() -> None:
        if not steps or steps[-1] is not job.step:
            steps.append(job.step)

    job.on_change = note
    return steps


async def quiet() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_an_import_goes_from_looking_to_done() -> None:
    scripted = Scripted()
    importing, steps = importing_with(scripted)
    told: list[ImportReport] = []
    importing.on_done = told.append
    importing.open(A)
    await quiet()
    importing.go()
    await quiet()
    assert steps == [Step.LOOKING, Step.LOOKED, Step.RUNNING, Step.DONE]
    assert scripted.ran == [(A, True), (A, False)]
    assert told == [importing.report]


async def test_stopping_says_so_and_a_running_import_is_not_forgotten() -> None:
    scripted = Scripted()
    importing, _ = importing_with(scripted)
    importing.open(A)
    await quiet()
    scripted.go_on.clear()
    importing.go()
    await quiet()
    assert importing.progress == Progress(step="reading rows", done=50, total=100)
    importing.forget()
    assert importing.step is Step.RUNNING
    importing.stop()
    await quiet()
    assert importing.step is Step.DONE
    assert importing.report is not None
    assert importing.report.stopped


async def test_a_newer_look_wins_over_an_older_one() -> None:
    scripted = Scripted()
    scripted.go_on.clear()
    importing, _ = importing_with(scripted)
    importing.open(A)
    await quiet()
    importing.open(B)
    scripted.go_on.set()
    await quiet()
    assert importing.step is Step.LOOKED
    assert importing.preview is not None
    assert importing.preview.file_name == "b.csv"


async def test_a_look_that_is_given_up_leaves_nothing_behind() -> None:
    scripted = Scripted()
    scripted.go_on.clear()
    importing, _ = importing_with(scripted)
    importing.open(A)
    await quiet()
    importing.forget()
    scripted.go_on.set()
    await quiet()
    assert (importing.step, importing.preview, importing.report) == (Step.CHOOSING, None, None)


async def test_closing_waits_until_nothing_is_half_done() -> None:
    scripted = Scripted()
    scripted.go_on.clear()
    importing, _ = importing_with(scripted)
    importing.open(A)
    await quiet()
    await importing.close()
    assert importing._task is not None
    assert importing._task.done()


async def test_going_without_having_looked_does_nothing() -> None:
    scripted = Scripted()
    importing, steps = importing_with(scripted)
    importing.go()
    await quiet()
    assert (steps, scripted.ran) == ([], [])


async def test_what_was_shown_stays_while_it_is_looked_at_again() -> None:
    scripted = Scripted()
    importing, _ = importing_with(scripted)
    importing.open(A)
    await quiet()
    before = importing.report
    scripted.go_on.clear()
    importing.fix(3, ("2125550103",))
    await quiet()
    assert importing.step is Step.LOOKING
    assert importing.report is before
    scripted.go_on.set()
    await quiet()
    assert importing.step is Step.LOOKED
    assert importing.choices.fixed == {3: ("2125550103",)}
    assert importing.choices.who == "Dana"
    assert importing.recheck(3, ("x",)) == ParkedRow(row=3, reason="('x',)", cells=())


async def test_another_file_knows_nothing_of_the_words_on_the_one_before() -> None:
    scripted = Scripted()
    importing, _ = importing_with(scripted)
    importing.open(A)
    await quiet()
    importing.choose_columns({Target.PHONE: (0,)})
    importing.fix(3, ("x",))
    await quiet()
    importing.open(B)
    await quiet()
    assert (importing.columns, importing.choices.fixed) == ({}, {})


async def test_reading_afresh_forgets_columns_old_and_new() -> None:
    scripted = Scripted()
    importing, _ = importing_with(scripted)
    importing.open(A)
    importing.choose_columns({Target.PHONE: (0,)})
    await quiet()
    importing.read_afresh()
    await quiet()
    assert (importing.columns, importing.choices.use_saved) == ({}, False)


async def test_an_error_is_kept_with_what_was_there_before() -> None:
    scripted = Scripted()
    importing, _ = importing_with(scripted)
    importing.open(A)
    await quiet()
    scripted.error = BadInput("It changed.", "Save it.")
    importing.look()
    await quiet()
    assert (importing.step, importing.error) == (Step.FAILED, scripted.error)
    assert importing.preview is not None


async def test_a_file_without_phones_still_has_columns_to_choose_from() -> None:
    scripted = Scripted()
    scripted.error = BadInput("No column.", code=NO_PHONES)
    importing, _ = importing_with(scripted)
    importing.open(A)
    await quiet()
    assert importing.step is Step.FAILED
    assert importing.preview is not None
    assert importing.preview.header == ("Phone",)


async def test_what_nobody_expected_is_handed_on() -> None:
    class Broken(Underway):
        async def _look(self, stop: asyncio.Event) -> None:
            raise ZeroDivisionError(stop)

        async def _do(self, stop: asyncio.Event) -> None:
            raise AssertionError(stop)

    heard: list[Exception] = []
    Broken(lambda: START, heard.append).look()
    await quiet()
    assert [type(one) for one in heard] == [ZeroDivisionError]


async def test_a_do_not_text_list_goes_the_same_way() -> None:
    scripted = Scripted()
    listing = StopListing(scripted, lambda: START, _raise, "Dana")  # type: ignore[arg-type]
    steps = noted(listing)
    listing.open(A)
    await quiet()
    listing.choose_column(2)
    await quiet()
    listing.choose_rows(StopRule(column="Status", values=("stop",)))
    await quiet()
    listing.fix(7, ("x",))
    await quiet()
    listing.go()
    await quiet()
    assert steps[-3:] == [Step.LOOKED, Step.RUNNING, Step.DONE]
    assert scripted.asked[-1] == {
        "column": (2,),
        "only": StopRule(column="Status", values=("stop",)),
        "fixed": {7: ("x",)},
        "who": "Dana",
        "country": None,
        "part": None,
    }
    assert scripted.asked[0]["column"] is None
    listing.forget()
    assert (listing.step, listing.report) == (Step.CHOOSING, None)


async def test_a_row_is_corrected_only_after_it_was_looked_at() -> None:
    scripted = Scripted()
    listing = StopListing(scripted, lambda: START, _raise)  # type: ignore[arg-type]
    importing, _ = importing_with(scripted)
    with pytest.raises(RuntimeError):
        listing.recheck(1, ())
    with pytest.raises(RuntimeError):
        importing.recheck(1, ())


async def test_the_pace_is_measured_from_the_first_progress_of_a_step() -> None:
    clock = Ticking()
    importing = Importing(Scripted(), clock, _raise)  # type: ignore[arg-type]
    importing._saw(Progress(step="reading rows", done=100, total=1100, items=10))
    assert importing.pace == Pace(seconds=0, done=0, items=0, left=1000)
    clock.at += timedelta(seconds=5)
    importing._saw(Progress(step="reading rows", done=600, total=1100, items=60))
    assert importing.pace == Pace(seconds=5, done=500, items=50, left=500)
    assert (importing.pace.items_a_second, importing.pace.seconds_left) == (10, 5)
    importing._saw(Progress(step="writing contacts", done=1100, total=1100))
    assert importing.pace == Pace(seconds=0, done=0, items=0, left=0)
    assert (importing.pace.items_a_second, importing.pace.seconds_left) == (0, None)


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        (None, "52,500 rows"),
        (Pace(seconds=0.5, done=50, items=10, left=50), "52,500 rows"),
        (Pace(seconds=5, done=500, items=49_000, left=500),
         "52,500 rows · 9,800 a second · 5 s left"),
        (Pace(seconds=5, done=0, items=0, left=500), "52,500 rows"),
    ],
)  # fmt: skip
def test_the_pace_is_said_once_it_means_something(pace: Pace | None, said: str) -> None:
    progress = Progress(step="reading rows", done=50, total=100, items=52_500)
    assert how_fast(progress, pace) == said
    drawn = bar(progress, 10, pace).plain
    assert "█████░░░░░  50%" in drawn
    assert drawn.endswith(said)


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [(50, 100, " 50%"), (0, 100, "  0%"), (120, 100, "100%"), (1_234, None, "… 1,234")],
)
def test_progress_is_a_bar_or_a_count(done: int, total: int | None, said: str) -> None:
    line = bar(Progress(step="reading rows", done=done, total=total), 20).plain
    assert line.endswith(said)
    assert line.startswith("reading rows")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 s"), (0.2, "1 s"), (12, "12 s"), (59.5, "60 s"), (61, "2 min"), (3600, "1 h"),
     (3601, "2 h")],
)  # fmt: skip
def test_a_stretch_of_time_is_rounded_up(seconds: float, said: str) -> None:
    assert duration(seconds) == said
