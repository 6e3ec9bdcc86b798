"""Builds the real things behind the doors: gateways, practice gateway, screens, folders.

Apart from `__main__` only so that `--help` loads none of it. Must not hold anything but wiring.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.cli.tools import RefusedPreset, Seen, Tools
from shopbell.domain.secret import Secret
from shopbell.lines.terminal import Console, Terminal
from shopbell.services.clock import Clock, ShiftedClock

if TYPE_CHECKING:
    from shopbell.services.demo import Practice
    from shopbell.services.drills import Drills
    from shopbell.services.ports import GatewayShelf
    from shopbell.services.practising import Lesson, Rehearsing


def real_tools(clock: Clock) -> Tools:
    """Return the factories of everything real."""
    lines = _LineMode(clock)
    return Tools(
        clock=lambda: clock,
        shelf=_shelf,
        practice_server=lambda: _practice_server(clock),
        serve_practice=_PracticeServing(clock),
        rehearsal=_rehearsal,
        drills=_drills,
        counter=_CounterScreen(clock),
        lines=lines,
        first_lesson=lines.first_lesson,
        prefers_lines=_prefers_lines,
        default_file=_default_file,
        refused_presets=lambda: _refused_presets(clock),
        check_preset=_check_preset,
        check_shelf=lambda: _check_shelf(clock),
        theme_folders=_theme_folders,
    )


def _default_file() -> Path:
    import platformdirs

    return platformdirs.user_data_path("shopbell", appauthor=False) / "shop.db"


def _config_folder() -> Path:
    import platformdirs

    return platformdirs.user_config_path("shopbell", appauthor=False)


def _theme_folders() -> tuple[Path, ...]:
    from shopbell.services.themes import shipped_folder

    return (shipped_folder(), _config_folder() / "themes")


def _shelf(clock: Clock) -> GatewayShelf:
    from shopbell.gateways.shelf import Shelf

    return Shelf(now=clock.now, folder=_config_folder() / "gateways")


def _refused_presets(clock: Clock) -> Sequence[RefusedPreset]:
    from shopbell.gateways.shelf import Shelf

    return Shelf(now=clock.now, folder=_config_folder() / "gateways").refused()


def _check_preset(text: str, file: str) -> tuple[str, ...]:
    from shopbell.gateways.shelf import check_preset

    return check_preset(text, file)


def _check_shelf(clock: Clock) -> dict[str, tuple[str, ...]]:
    from shopbell.gateways.shelf import Shelf

    return Shelf(now=clock.now, folder=_config_folder() / "gateways").problems()


def _practice_server(clock: Clock) -> AbstractAsyncContextManager[Practice]:
    from shopbell.gateways.practice import practice_server
    from shopbell.gateways.practice_script import LIVELY

    return practice_server(now=clock.now, script=LIVELY)


def _rehearsal(clock: Clock) -> AbstractAsyncContextManager[Rehearsing]:
    from shopbell.gateways.practice import practice_server
    from shopbell.gateways.practice_script import LIVELY

    return practice_server(now=clock.now, script=LIVELY)


def _drills() -> Drills:
    from shopbell.services.drills import Drills

    return Drills(_config_folder() / "lessons.json")


class _PracticeServing:
    """Serves the practice gateway by itself; see `cli.tools.ServePractice`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(
        self,
        *,
        port: int | None,
        script: tuple[str, str] | None,
        on_event: Callable[[Seen], None],
        stop: threading.Event,
    ) -> None:
        from shopbell.gateways.practice import PORT, serve_practice
        from shopbell.gateways.practice_script import LIVELY, read_script

        serve_practice(
            now=self._clock.now,
            port=PORT if port is None else port,
            script=LIVELY if script is None else read_script(*script),
            on_event=on_event,
            stop=stop,
        )


def load_the_rest() -> None:
    """Load what works over an open file; see `tui.door.Door.load`."""
    import gc

    import shopbell.gateways.shelf
    import shopbell.services.opening
    import shopbell.tui.everywhere
    import shopbell.tui.session  # noqa: F401 - only to have them loaded

    gc.freeze()


class _CounterScreen:
    """Shows the counter screen; see `cli.tools.Counter`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def __call__(
        self,
        path: Path,
        *,
        pretend_clock: ShiftedClock | None = None,
        passphrase: Secret | None = None,
        drills: Callable[[], Drills] | None = None,
    ) -> int:
        import platformdirs

        # Textual takes NO_COLOR out of the environment when it is imported.
        no_colour = bool(os.environ.get("NO_COLOR"))
        from shopbell.services.place_guess import guessed_country, guessed_zone
        from shopbell.services.settings_file import read_settings, save_keys, save_setting
        from shopbell.services.themes import read_themes
        from shopbell.tui.app import ShopbellApp
        from shopbell.tui.bell import Bell
        from shopbell.tui.door import Door
        from shopbell.tui.preferences import Preferences

        settings = _config_folder() / "settings.toml"
        remembered = read_settings(settings)
        if path == _default_file():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        app = ShopbellApp(
            Door(
                path=path,
                clock=self._clock,
                shelf=lambda: _shelf(pretend_clock or self._clock),
                pretend_clock=pretend_clock,
                demo_passphrase=passphrase,
                # The demonstration brings its own.
                practice_server=None if passphrase else lambda: _practice_server(self._clock),
                drills=drills,
                guessed_country=guessed_country(os.environ),
                guessed_zone=guessed_zone(os.environ),
                load=load_the_rest,
            ),
            themes=read_themes(_theme_folders()),
            preferences=Preferences(
                remembered,
                file=str(settings),
                remember=partial(save_setting, settings),
                remember_keys=partial(save_keys, settings),
            ),
            bell=Bell(is_on=remembered.bell, keep=partial(save_setting, settings, "bell")),
            crash_folder=platformdirs.user_log_path("shopbell", appauthor=False),
            no_colour=no_colour,
        )
        await app.run_async()
        return app.return_code or 0


def _prefers_lines() -> bool:
    from shopbell.services.settings_file import read_settings

    return read_settings(_config_folder() / "settings.toml").plain


class _LineMode:
    """Holds conversations in lines, all at one terminal; see `cli.tools.Lines`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._terminal: Terminal | None = None

    def _console(self) -> Terminal:
        """Return the one that has read ahead, if there was a conversation before."""
        self._terminal = self._terminal or Console()
        return self._terminal

    async def first_lesson(self, drills: Drills) -> Lesson | None:
        """Ask which lesson is to begin; None to leave."""
        from shopbell.lines.lessons import first_lesson
        from shopbell.lines.talk import Talk

        return await first_lesson(Talk(self._console()), drills)

    async def __call__(
        self,
        path: Path,
        *,
        pretend_clock: ShiftedClock | None = None,
        passphrase: Secret | None = None,
        runs_practice: bool = True,
        drills: Callable[[], Drills] | None = None,
    ) -> int:
        from shopbell.lines.places import line_mode
        from shopbell.lines.way_in import WayIn
        from shopbell.services.place_guess import guessed_country, guessed_zone
        from shopbell.services.settings_file import read_settings, save_setting

        if path == _default_file():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = _config_folder() / "settings.toml"
        settings = read_settings(file)
        way = WayIn(
            path=path,
            clock=self._clock,
            shelf=_shelf(pretend_clock or self._clock),
            pretend_clock=pretend_clock,
            passphrase=passphrase,
            opens_itself=not runs_practice,
            practice_server=(lambda: _practice_server(self._clock)) if runs_practice else None,
            drills=None if drills is None else drills(),
            guessed_country=guessed_country(os.environ),
            guessed_zone=guessed_zone(os.environ),
            lock_after=timedelta(minutes=settings.lock_minutes),
            remember=partial(save_setting, file),
        )
        await line_mode(way, self._console())
        return 0
