"""When something breaks: one calm sentence, a log of places, and not one value."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual import events
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from shopbell.tui import crash
from shops import NOW
from tui.counters import Till, till

Breaking = Callable[[Till], Awaitable[None]]

CANARY = "canary-4711-maple-harbor"


class CanaryError(Exception):
    """Carries a secret in its message."""

    def __rich__(self) -> str:
        return f"rich {CANARY}"


def breaks(passphrase: str) -> None:
    number = "+12125550142"
    raise CanaryError(f"{passphrase} {number} {CANARY}")


def an_error() -> BaseException:
    try:
        try:
            breaks(CANARY)
        except CanaryError as error:
            raise KeyError(CANARY) from error
    except KeyError as error:
        return error
    raise AssertionError


def everything_left_behind(folder: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """Return all that was printed, and every file in the folder."""
    out, err = capfd.readouterr()
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "shop.db"]
    return "\n".join([out, err, *(path.read_text("utf-8", "replace") for path in files)])


def test_the_log_names_types_files_and_lines_of_every_cause() -> None:
    log = crash.redacted(an_error())
    assert "builtins.KeyError" in log
    assert "CanaryError" in log
    assert "because of" in log
    assert "test_crash.py:" in log
    assert " in breaks" in log
    assert CANARY not in log
    assert "+1212" not in log


def test_the_log_names_no_folder_above_the_package(tmp_path: Path) -> None:
    assert str(Path(__file__).parents[2]) not in crash.redacted(an_error())


def test_an_endless_ring_of_causes_ends() -> None:
    one, other = ValueError(CANARY), ValueError(CANARY)
    one.__cause__, other.__cause__ = other, one
    assert crash.redacted(one).count("ValueError") == 2


def test_the_log_is_for_the_owner_only(tmp_path: Path) -> None:
    path = crash.write_log(an_error(), tmp_path / "logs", NOW)
    assert path is not None
    assert path.name == "crash-20261124-154200.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_is_no_second_crash(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert crash.write_log(an_error(), tmp_path / "file" / "logs", NOW) is None
    assert "no room" in crash.farewell(None)


def test_the_farewell_says_what_happened_and_what_to_do(tmp_path: Path) -> None:
    said = crash.farewell(tmp_path / "crash.txt")
    assert "Shopbell has to close" in said
    assert "Start Shopbell again" in said
    assert "crash.txt" in said


async def in_a_handler(shown: Till) -> None:
    shown.app.call_later(breaks, CANARY)


async def in_a_worker(shown: Till) -> None:
    async def work() -> None:
        breaks(CANARY)

    shown.app.screen.run_worker(work())


async def in_a_timer(shown: Till) -> None:
    shown.app.set_timer(0.01, lambda: breaks(CANARY))


async def in_the_background(shown: Till) -> None:
    session = shown.app._session
    assert session is not None
    try:
        breaks(CANARY)
    except CanaryError as error:
        session.on_error(error)


async def in_a_task_nobody_waits_for(shown: Till) -> None:
    try:
        breaks(CANARY)
    except CanaryError as error:
        shown.app._loop_failed(None, {"exception": error, "message": CANARY})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "breaking",
    [in_a_handler, in_a_worker, in_a_timer, in_the_background, in_a_task_nobody_waits_for],
    ids=lambda one: one.__name__,
)
async def test_nothing_anybody_typed_is_left_behind(
    full: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    breaking: Callable[[Till], Awaitable[None]],
) -> None:
    async def until_it_crashes() -> None:
        async with till(full, tmp_path) as shown:
            await breaking(shown)
            for _ in range(1000):
                if shown.app._crashed:
                    break
                await shown.pilot.pause(0.02)

    with pytest.raises((CanaryError, WorkerFailed)):  # the pilot hands on what ended the app
        await until_it_crashes()
    left = everything_left_behind(tmp_path, capfd)
    assert "Shopbell has to close" in left
    assert "CanaryError" in left
    assert CANARY not in left
    assert "+12125550142" not in left
    assert "Ana Reyes" not in left
    assert len(list((tmp_path / "crashes").iterdir())) == 1


@pytest.mark.parametrize("key", ["1", "2", "3", "5", "7", "8"])
async def test_a_screen_that_comes_up_while_the_app_ends_is_no_crash(
    full: Path, tmp_path: Path, key: str
) -> None:
    async with till(full, tmp_path) as shown:
        app = shown.app
        app.post_message(events.Key(key, key))
        while len(app.screen.children) > 1 and app.screen.is_mounted:
            await asyncio.sleep(0)  # until the next screen is on its way and has no parts yet
    assert not app._crashed
    assert app.return_code != 1
    assert not shown.crashes.exists()


async def test_what_is_missing_after_the_end_is_missed_by_nobody(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        pass
    shown.app._handle_exception(NoMatches("#count"))
    assert not shown.app._crashed


async def test_what_is_missing_on_a_screen_that_is_there_is_a_crash(
    full: Path, tmp_path: Path
) -> None:
    with pytest.raises(NoMatches):
        async with till(full, tmp_path) as shown:
            shown.app._handle_exception(NoMatches("#count"))
    assert shown.app._crashed
