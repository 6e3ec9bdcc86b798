"""Lessons from the command line: the list, beginning afresh, and one after another."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.test_demo import with_tools
from shopbell.cli.app import shopbell
from shopbell.cli.commands.counter import at_the_counter
from shopbell.cli.practising import practise
from shopbell.cli.tools import Tools
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput
from shopbell.services.clock import ShiftedClock, SystemClock
from shopbell.services.demo import SAMPLE_PASSPHRASE, sample_file
from shopbell.services.drills import Drills
from shopbell.services.lessons import LESSONS
from shopbell.services.practising import Lesson
from shopbell.wiring import real_tools


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    """Real tools whose progress is kept in a folder of the test."""
    return replace(
        real_tools(SystemClock()), drills=lambda: Drills(tmp_path / "config" / "lessons.json")
    )


def done(tmp_path: Path, *names: str) -> Path:
    """Write down that lessons are done."""
    path = tmp_path / "config" / "lessons.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"done": list(names)}), encoding="utf-8")
    return path


def test_the_list_shows_what_is_done(tools: Tools, tmp_path: Path) -> None:
    done(tmp_path, "odd-stop")
    lines = with_tools(tools, "drill", "--list").out.splitlines()
    assert lines[0] == "· angry: An angry reply"
    assert lines[1] == "✓ odd-stop: A stop in odd words"
    assert len(lines) == len(LESSONS)
    found = with_tools(tools, "drill", "--list", "--json").json
    assert [one["lesson"] for one in found["lessons"]] == [one.id for one in LESSONS]
    assert [one["lesson"] for one in found["lessons"] if one["done"]] == ["odd-stop"]
    assert found["trouble"] == ""


def test_a_reset_forgets_what_is_done(tools: Tools, tmp_path: Path) -> None:
    path = done(tmp_path, "odd-stop", "angry")
    ran = with_tools(tools, "drill", "--reset", "--json")
    assert ran.code == 0
    assert not any(one["done"] for one in ran.json["lessons"])
    assert not path.exists()
    assert with_tools(tools, "drill", "--reset").code == 0


def test_a_file_that_makes_no_sense_is_told_with_the_list(tools: Tools, tmp_path: Path) -> None:
    done(tmp_path).write_text("{", encoding="utf-8")
    assert "does not count" in with_tools(tools, "drill", "--list").out


def test_a_lesson_that_is_not_there_is_refused(tools: Tools) -> None:
    ran = with_tools(tools, "drill", "--lesson", "nothing")
    assert ran.code == 2
    assert "There is no lesson “nothing”." in ran.err
    assert "angry, odd-stop, call, late, gateway" in ran.err


@pytest.mark.parametrize("args", [(), ("--lesson", "angry")])
def test_lessons_need_a_terminal(tools: Tools, args: tuple[str, ...]) -> None:
    ran = with_tools(tools, "drill", *args)
    assert ran.code == 2
    assert "needs a terminal" in ran.err


def test_one_thing_is_asked_at_a_time(tools: Tools) -> None:
    ran = with_tools(tools, "drill", "--list", "--reset")
    assert ran.code == 2
    assert "one of --list, --lesson and --reset" in ran.err


class Screens:
    """Stands where the counter screen does: keeps what it was opened on, and wants lessons."""

    def __init__(self, *wants: str) -> None:
        self.opened: list[tuple[str, Path, str]] = []
        self._wants = list(wants)

    async def __call__(
        self,
        path: Path,
        *,
        pretend_clock: ShiftedClock | None = None,
        passphrase: Secret | None = None,
        drills: Callable[[], Drills] | None = None,
    ) -> int:
        assert drills is not None
        seat = drills()
        assert seat.running is not None
        assert pretend_clock is not None
        assert passphrase == SAMPLE_PASSPHRASE
        lesson = seat.running.lesson
        hour = f"{pretend_clock.now():%d %H}"
        assert hour == f"{lesson.at.astimezone(pretend_clock.now().tzinfo):%d %H}"
        self.opened.append((lesson.id, path, path.read_bytes()[:16].hex()))
        if self._wants:
            seat.wanted = seat.named(self._wants.pop(0))
        return 0


@pytest.mark.anyio
async def test_each_lesson_gets_a_practice_shop_of_its_own_which_is_gone_afterwards(
    tools: Tools,
) -> None:
    before = sample_file().read_bytes()
    screens = Screens("late", "angry")
    drills = tools.drills()
    assert await practise(replace(tools, counter=screens), drills, drills.next()) == 0
    assert [name for name, _, _ in screens.opened] == ["angry", "late", "angry"]
    paths = [path for _, path, _ in screens.opened]
    assert len(set(paths)) == 3
    assert not any(path.exists() for path in paths)
    assert sample_file() not in paths
    assert sample_file().read_bytes() == before


class Counter:
    """Stands where the counter screen does: somebody goes to practise once, and comes back."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    async def __call__(
        self,
        path: Path,
        *,
        pretend_clock: ShiftedClock | None = None,
        passphrase: Secret | None = None,
        drills: Callable[[], Drills] | None = None,
    ) -> int:
        assert drills is not None
        assert (pretend_clock is None) is (passphrase is None)
        self.opened.append(path.name if passphrase is None else "a practice shop")
        if len(self.opened) == 1:
            drills().wanted = drills().named("late")
        return len(self.opened)


@pytest.mark.anyio
async def test_who_practises_from_the_counter_comes_back_to_it(
    tools: Tools, tmp_path: Path
) -> None:
    counter = Counter()
    own = tmp_path / "shop.db"
    assert await at_the_counter(replace(tools, counter=counter), own, None) == 3
    assert counter.opened == ["shop.db", "a practice shop", "shop.db"]
    assert not own.exists(), "it is opened by the screen, not touched here"


@pytest.mark.anyio
async def test_nothing_is_opened_where_no_lesson_is_wanted(tools: Tools) -> None:
    screens = Screens()
    assert await practise(replace(tools, counter=screens), tools.drills(), None) == 0
    assert not screens.opened


def test_an_unknown_lesson_is_an_error_of_the_owner_not_a_crash(tools: Tools) -> None:
    with pytest.raises(BadInput):
        tools.drills().named("x")


class Lines:
    """Stands where line mode does: keeps what it was opened on, and wants lessons."""

    def __init__(self, *wants: str) -> None:
        self.opened: list[tuple[str, bool, Secret | None]] = []
        self._wants = list(wants)

    async def __call__(
        self,
        path: Path,
        *,
        pretend_clock: ShiftedClock | None = None,
        passphrase: Secret | None = None,
        runs_practice: bool = True,
        drills: Callable[[], Drills] | None = None,
    ) -> int:
        assert drills is not None
        seat = drills()
        running = seat.running
        assert (running is None) is (pretend_clock is None)
        assert path.exists() is (running is not None)
        self.opened.append((running.lesson.id if running else "own", runs_practice, passphrase))
        if self._wants:
            seat.wanted = seat.named(self._wants.pop(0))
        return 0


PRACTICE = (False, SAMPLE_PASSPHRASE)


@pytest.mark.parametrize(
    ("args", "prefers", "opened"),
    [
        (("--plain",), False, ["call", "late"]),
        ((), True, ["call", "late"]),
        (("--plain", "--lesson", "angry"), False, ["angry", "late"]),
    ],
)
def test_in_lines_the_lesson_is_asked_for_unless_it_is_named(
    tools: Tools, args: tuple[str, ...], prefers: bool, opened: list[str]
) -> None:
    lines = Lines("late")

    async def ask(drills: Drills) -> Lesson | None:
        return drills.named("call")

    asking = replace(tools, lines=lines, first_lesson=ask, prefers_lines=lambda: prefers)
    ran = with_tools(asking, "drill", *args)
    assert (ran.code, ran.err) == (0, "")
    assert lines.opened == [(name, *PRACTICE) for name in opened]


def test_whoever_chooses_no_lesson_opens_no_shop(tools: Tools) -> None:
    lines = Lines()

    async def leave(drills: Drills) -> Lesson | None:
        del drills
        return None

    ran = with_tools(replace(tools, lines=lines, first_lesson=leave), "drill", "--plain")
    assert ran.code == 0
    assert not lines.opened


@pytest.mark.anyio
async def test_who_practises_from_line_mode_comes_back_to_it_and_is_asked_to_unlock(
    tools: Tools, tmp_path: Path
) -> None:
    lines = Lines("late")
    own, given = tmp_path / "shop.db", Secret("handed over by a script")
    here = replace(tools, lines=lines)
    assert await at_the_counter(here, own, None, plain=True, passphrase=given) == 0
    assert lines.opened == [("own", True, given), ("late", *PRACTICE), ("own", True, None)]


def test_over_pipes_a_lesson_is_chosen_and_its_practice_shop_opens(tools: Tools) -> None:
    ran = CliRunner().invoke(
        shopbell, ["drill", "--plain"], obj=tools, input="2\n\n", prog_name="shopbell"
    )
    assert ran.exit_code == 0
    first, found, then = ran.stdout.partition("Unlocking …\n")
    assert found
    assert "2. A stop in odd words (not done)\n" in first
    assert then.startswith("Lesson: A stop in odd words.\n"), "one line read both answers"
    assert then.endswith("Closed. What was finished is kept.\n")
