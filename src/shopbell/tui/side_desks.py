"""What is opened beside the places: who is on file twice, reminders, the sign-up desk, lessons.

Must not do the work of what it opens.
"""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from shopbell.tui.frame import FrameScreen
from shopbell.tui.keyed_app import KeyedApp
from shopbell.tui.news import News
from shopbell.tui.screens.check import Check
from shopbell.tui.screens.consent_desk import ConsentDesk
from shopbell.tui.screens.doubles import DoublesScreen
from shopbell.tui.screens.first_steps import FirstSteps
from shopbell.tui.screens.lessons import Lessons
from shopbell.tui.screens.reconfirm import ReconfirmScreen
from shopbell.tui.screens.reminders import RemindersScreen
from shopbell.tui.screens.two_yeses import TwoYeses
from shopbell.tui.session import Session
from shopbell.tui.work import start

F = TypeVar("F", bound=FrameScreen)


class SideDesks:
    """Opens, over one unlocked shop, what is no place of its own."""

    def __init__(self, app: KeyedApp[Any], session: Session, news: News) -> None:
        self._app = app
        self._news = news
        self._shop = session.shop
        self._drills = session.drills
        self._who = session.who

    async def do_doubles(self) -> None:
        """See who is likely on file twice."""
        await self._app.push_screen(self._framed(DoublesScreen(self._shop)))

    async def do_reconfirm(self) -> None:
        """See whose yes runs out."""
        await self._app.push_screen(self._framed(ReconfirmScreen(self._shop)))

    async def do_reminders(self) -> None:
        """See the reminders of appointments that wait for a yes."""
        if not isinstance(self._app.screen, RemindersScreen):
            await self._app.push_screen(self._framed(RemindersScreen(self._shop)))

    async def do_consent(self) -> None:
        """Go to what people can say yes to, and what happens when they do."""
        if not isinstance(self._app.screen, ConsentDesk):
            await self._app.push_screen(self._framed(ConsentDesk(self._shop)))

    async def first_steps(self) -> None:
        """Offer what to do first in a new shop: the people who said no come before all others."""

        def chosen(id_: str | None) -> None:
            if id_ is not None:
                screen = self._app.screen
                start(screen, partial(self._app.run_action, f"app.run({id_!r})"), "command")

        await self._app.push_screen(FirstSteps(), chosen)

    def do_second_yes(self) -> None:
        """Say who has to say yes to large campaigns, and from how many people on."""
        self._app.push_screen(TwoYeses(self._shop, self._who))

    def do_drill(self) -> None:
        """Show the lessons; the one that is chosen opens a practice shop of its own."""
        if (drills := self._drills) is None:
            self._app.notify("Lessons are opened from the command line: shopbell drill")
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                drills.wanted = drills.named(name)
                self._app.exit("practise")

        self._app.push_screen(Lessons(drills), chosen)

    async def do_check(self) -> None:
        """Look over the whole file."""
        await self._app.push_screen(Check(self._shop.checking))

    def _framed(self, screen: F) -> F:
        screen.set_reactive(FrameScreen.view, self._news.frame)
        return screen
