"""The app: which screen is up, when it locks, what happens when something breaks.

What works over an open file is loaded while the passphrase is asked for, so it is imported where it
is used. Must not do the work of a screen or of a service.
"""

from __future__ import annotations

import asyncio
import inspect
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.notifications import SeverityLevel
from textual.screen import Screen

from shopbell.domain.idle import LOOKS_EVERY, IdleWatch
from shopbell.services.themes import Themes
from shopbell.tui.asked_app import AskedApp
from shopbell.tui.bell import Bell
from shopbell.tui.commands import Scope, bindings, command
from shopbell.tui.crash import farewell, write_log
from shopbell.tui.door import Door, ShopOpened
from shopbell.tui.frame import Asked, Dialog, FrameScreen
from shopbell.tui.preferences import Preferences
from shopbell.tui.screens.blank import Blank, Cover
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.screens.theme_picker import ThemePicker
from shopbell.tui.screens.unlock import Unlock
from shopbell.tui.themes import NO_COLOUR_THEME, first_theme, textual_theme
from shopbell.tui.typeahead import TypeAhead
from shopbell.tui.work import run_beside

if TYPE_CHECKING:
    from shopbell.tui.news import News
    from shopbell.tui.screens.settings import SettingChosen
    from shopbell.tui.session import Session


class Ending(StrEnum):
    """Why the app came to its end."""

    QUIT = "quit"
    LOCKED = "locked"
    """The caller starts a fresh process, so that no key stays in memory."""


class ShopbellApp(AskedApp[Ending]):
    """The terminal app."""

    TITLE = "Shopbell"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it without ClassVar
        (0, "-narrow"),
        (80, "-normal"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (24, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.EVERYWHERE)]

    def __init__(
        self,
        door: Door,
        *,
        themes: Themes,
        crash_folder: Path,
        preferences: Preferences | None = None,
        no_colour: bool = False,
        leave_when_locked: bool = False,
        bell: Bell | None = None,
    ) -> None:
        """Make the app.

        Args:
            door: the way into the shop file.
            themes: the themes to choose from.
            crash_folder: where a redacted crash log may be written.
            preferences: the settings of this computer.
            no_colour: NO_COLOR was set. Textual takes it out of the environment, so it is read
                before the app is made.
            leave_when_locked: end with `Ending.LOCKED` instead of asking for the passphrase here.
            bell: whether it rings when somebody writes.
        """
        super().__init__()
        self._door, self._themes = door, themes
        self._crash_folder, self._leave_when_locked = crash_folder, leave_when_locked
        self._preferences = preferences or Preferences()
        self.use_keys(self._preferences.keys)
        self._session: Session | None = None
        self._idle = IdleWatch(self._preferences.lock_after, door.now())
        self._news: News | None = None
        self._bell, self._typeahead = bell or Bell(), TypeAhead(self)
        self._crashed = self._locking = False
        for file in themes.good:
            self.register_theme(textual_theme(file))
        self.set_class(self._preferences.is_compact, "-compact")
        wanted = NO_COLOUR_THEME if no_colour else self._preferences.now.theme
        self.theme = first_theme(themes, wanted)
        self._lost_theme = "" if self.theme == wanted else wanted

    async def on_mount(self) -> None:
        """Show the lock, or the first questions when there is no file yet."""
        asyncio.get_running_loop().set_exception_handler(self._loop_failed)
        self.set_interval(LOOKS_EVERY, self._look_at_the_time)
        await self.push_screen(self._first())
        self.call_after_refresh(run_beside, self, self._door.prepare, "load")
        if self._lost_theme:
            self.notify(f"The colours “{self._lost_theme}” are not there any more.")

    def _first(self) -> Screen[None]:
        if self._door.is_there:
            return Unlock(self._door)
        from shopbell.tui.screens.setup import Setup

        return Setup(self._door)

    async def on_unmount(self) -> None:
        """Close the file in order, however the app comes to its end."""
        await self._close_session()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, unless it has just become time to lock."""
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            if self._look_at_the_time():
                self._typeahead.forget()
                return
            self._idle.touch(self._door.now())
        if isinstance(event, events.Key) and not event.is_forwarded:
            if not self._typeahead.holds(event):
                await super().on_event(event)
                self._typeahead.follow()
            return
        await super().on_event(event)

    async def on_shop_opened(self, message: ShopOpened) -> None:
        """Start the session and go to the first place."""
        from shopbell.tui.everywhere import Everywhere
        from shopbell.tui.news import News
        from shopbell.tui.session import Session

        self._news = news = News(self, self._bell)
        self._session = news.session = session = Session(
            message.shop,
            self._door,
            on_news=news.hear,
            on_event=news.tell,
            on_error=self._handle_exception,
        )
        await news.look()
        self._everywhere = Everywhere(self, session, news, self._preferences)
        await self._everywhere.take_out()
        self._idle.start(self._door.now())
        await session.start()
        await self.switch_screen(self._everywhere.first())
        if trouble := self._preferences.trouble:
            self.notify(trouble, severity="warning", timeout=15)
        if message.shop.read_only_reason:
            self.notify(message.shop.read_only_reason, severity="warning", timeout=15)
        else:
            await self._everywhere.begin(is_new=message.is_new)

    async def on_asked(self, message: Asked) -> None:
        """Run a command that works everywhere, and that the screen does not do itself."""
        name = f"do_{command(message.id).name}"
        do = getattr(self, name, None) or getattr(self._everywhere, name, None)
        if do is not None and inspect.isawaitable(done := do()):
            await done

    def do_themes(self) -> None:
        """Choose other colours."""

        def chosen(name: str | None) -> None:
            if name:
                self._choose("theme", name)

        self.push_screen(ThemePicker(self._themes, self.theme), chosen)

    def on_setting_chosen(self, message: SettingChosen) -> None:
        """Let a setting hold at once, and remember it."""
        self._choose(message.name, message.value)

    def _choose(self, name: str, value: str | int) -> None:
        from shopbell.tui.screens.settings import SettingsScreen

        if trouble := self._preferences.choose(name, value):
            self.notify(trouble, severity="warning")
        self.set_class(self._preferences.is_compact, "-compact")
        self._idle.lock_after(self._preferences.lock_after)
        if isinstance(self.screen, SettingsScreen):
            self.screen.show(replace(self._preferences.now, bell=self._bell.is_on))

    async def action_run(self, id_: str) -> None:
        """Run a command by its id: the screen is asked first."""
        if isinstance(self.screen, FrameScreen | Dialog):
            await self.screen.action_run(id_)
        else:
            await self.on_asked(Asked(id_))

    def do_blank(self) -> None:
        """Blank the screen."""
        if not isinstance(self.screen, Blank):
            self.push_screen(Blank())

    def do_lock(self) -> None:
        """Lock the shop file."""
        if self._session is not None:
            run_beside(self, partial(self._lock, "Locked."), "lock")

    async def do_quit(self) -> None:
        """Close; ask first while texts have not left yet."""
        unsent = await self._session.unsent() if self._session is not None else 0
        if not unsent:
            self.exit(Ending.QUIT)
        elif not isinstance(self.screen, Confirm):
            texts = "1 text has" if unsent == 1 else f"{unsent} texts have"
            self.push_screen(
                Confirm(
                    "Close Shopbell?",
                    f"{texts} not left yet. What has not left is kept, and leaves when Shopbell "
                    "runs again and the hours allow it.",
                    yes="Finish the text that is on its way, then close",
                    no="Stay, and go on sending",
                ),
                lambda yes: self.exit(Ending.QUIT) if yes else None,
            )

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a short sentence, but never over a blank or locked screen."""
        if isinstance(self.screen, FrameScreen | Dialog):
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def _handle_exception(self, error: Exception) -> None:
        # A screen that is taken down while it comes up misses its parts, and nobody misses it.
        if self.is_running or not isinstance(error, NoMatches):
            super()._handle_exception(error)

    def panic(self, *_renderables: RenderableType) -> None:
        """Leave without showing what Textual wanted to print: it could hold anything."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        # Textual's own prints local variables: names, numbers, a passphrase.
        if self._crashed:
            return
        self._crashed = True
        error = self._exception or RuntimeError()
        path = write_log(error, self._crash_folder, self._door.now())
        self._exit_renderables.append(Text(farewell(path)))
        self._close_messages_no_wait()

    def _loop_failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        # asyncio would log the exception with its message to the terminal.
        if isinstance(error := context.get("exception"), Exception):
            self._handle_exception(error)

    def _look_at_the_time(self) -> bool:
        if self._session is None or not (why := self._idle.why_lock(self._door.now())):
            return False
        run_beside(self, partial(self._lock, why), "lock")
        return True

    async def _lock(self, why: str) -> None:
        if self._session is None or self._locking:
            return
        self._locking = True
        why = f"{why} {await self._session.stands_still()}".strip()
        self.clear_notifications()
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        await self.switch_screen(Cover("Locking …"))
        await self._close_session()
        self._locking = False
        if self._leave_when_locked:
            self.exit(Ending.LOCKED)
        else:
            await self.switch_screen(Unlock(self._door, why))

    async def _close_session(self) -> None:
        session, everywhere = self._session, self._everywhere
        self._session = self._everywhere = None
        if self._news is not None:
            self._news.session = None
        if everywhere is not None:
            await everywhere.close()
        if session is not None:
            await session.close()
