"""What is opened beside the places: who is on file twice, reminders, the sign-up desk, lessons.

Must not do the work of what it opens.
"""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from shopbell.domain.secret import Secret
from shopbell.errors import ShopbellError
from shopbell.tui.campaigning import Campaigning
from shopbell.tui.form import said_of
from shopbell.tui.frame import FrameScreen
from shopbell.tui.keyed_app import KeyedApp
from shopbell.tui.news import News
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.check import Check
from shopbell.tui.screens.consent_desk import ConsentDesk
from shopbell.tui.screens.doubles import DoublesScreen
from shopbell.tui.screens.first_steps import FirstSteps, Steps, steps_done
from shopbell.tui.screens.lessons import Lessons
from shopbell.tui.screens.reconfirm import ReconfirmScreen
from shopbell.tui.screens.recovery_code import RecoveryCode
from shopbell.tui.screens.reminders import RemindersScreen
from shopbell.tui.screens.two_yeses import TwoYeses
from shopbell.tui.session import Session
from shopbell.tui.work import start

F = TypeVar("F", bound=FrameScreen)


class SideDesks:
    """Opens, over one unlocked shop, what is no place of its own."""

    campaigning: Campaigning

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

    async def begin(self, *, is_new: bool) -> None:
        """Ask what a file that was just opened has to be asked.

        A copy asks whether it may send; a new shop, and a real one in which nobody stands yet,
        what to do first: somebody may have left in the middle of that.
        """
        if is_new:
            await self.do_first_steps()
            return
        before = self._app.screen
        await self.campaigning.sending(only_a_copy=True)
        if self._app.screen is before and not self._shop.profile.practice:
            steps = await self._steps()
            if steps is not None and not (steps.has_stops or steps.has_people):
                await self._offer(steps)

    async def do_first_steps(self) -> None:
        """Offer what to do first in a new shop: the people who said no come before all others."""
        if (steps := await self._steps()) is not None:
            await self._offer(steps)

    async def _steps(self) -> Steps | None:
        try:
            return await steps_done(self._shop)
        except ShopbellError as error:
            self._app.notify(said_of(error), severity="warning")
            return None

    async def _offer(self, steps: Steps) -> None:

        def chosen(id_: str | None) -> None:
            if id_ is not None:
                screen = self._app.screen
                start(screen, partial(self._app.run_action, f"app.run({id_!r})"), "command")

        await self._app.push_screen(FirstSteps(steps), chosen)

    def do_recovery(self) -> None:
        """Show the recovery code again, to somebody who knows the passphrase."""
        codes: list[Secret] = []

        async def take(typed: str) -> str:
            codes.append(await self._shop.prove(Secret(typed)))
            return "proven"

        def taken(done: str | None) -> None:
            if done is not None:
                self._app.push_screen(RecoveryCode(codes.pop()))

        about = "It shows the recovery code. Look around first: who reads it can open the file."
        self._app.push_screen(
            AskLine("The passphrase of the shop", about, take, hidden=True), taken
        )

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
