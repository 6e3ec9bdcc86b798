"""What a person said is written down: a yes, a no, a stop, and what else is known about them.

Must not decide what a yes or a no means, nor say whether a welcome is due.
"""

from __future__ import annotations

from typing import Any

from textual.app import App

from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164
from shopbell.domain.own_texts import Welcoming
from shopbell.domain.people import Contact
from shopbell.domain.wishes import Wishes
from shopbell.errors import ShopbellError
from shopbell.services.consent_steps import OptedOut
from shopbell.services.outbox import Submitted
from shopbell.services.person_sheet import Standing
from shopbell.services.shop import Shop
from shopbell.tui.screens.edit_person import EditPerson
from shopbell.tui.screens.record_no import RecordNo
from shopbell.tui.screens.record_stop import RecordStop
from shopbell.tui.screens.sign_up import SignUp
from shopbell.tui.screens.welcome import WelcomeBox
from shopbell.tui.work import start


class Consenting:
    """Opens the boxes that write down what somebody said, over one unlocked shop."""

    def __init__(self, app: App[Any], shop: Shop) -> None:
        self._app = app
        self._shop = shop
        self._sheet = ""

    async def sign_up(self, number: E164 | None, name: str) -> None:
        """Write down a yes."""

        def written(who: E164 | None) -> None:
            if who is not None:
                self._sheet = box.sheet
                said = ": they said yes." if box.said_yes else ". Ask them at the next visit."
                self._app.notify(f"Written down{said}")
                if box.said_yes:
                    start(self._app.screen, lambda: self._welcome(who, name), "welcome")

        box = SignUp(self._shop, await self._shop.topics.offered(), number, name, self._sheet)
        await self._app.push_screen(box, written)

    async def _welcome(self, number: E164, name: str) -> None:
        """Show the welcome that is due, or send it, as the owner chose."""
        welcomes = self._shop.welcomes
        try:
            chosen = (await welcomes.settings()).welcoming
            if chosen is Welcoming.NEVER:
                return
            draft = await welcomes.draft(number)
            if isinstance(draft, Reason):
                return
            if chosen is Welcoming.ASK:
                await self._app.push_screen(WelcomeBox(self._shop, number, name, draft))
                return
            sent = await welcomes.send(number)
        except ShopbellError as error:
            self._app.notify(f"{error.message} {error.hint}", severity="warning")
            return
        went = isinstance(sent, Submitted) and sent.text is not None
        self._app.notify("Their welcome is on its way." if went else "Their welcome cannot go.")

    async def edit(self, contact: Contact, wishes: Wishes) -> None:
        """Change what is known about somebody."""

        def kept(name: str | None) -> None:
            if name is not None:
                self._app.notify("Kept.")

        await self._app.push_screen(EditPerson(self._shop, contact, wishes), kept)

    async def no(self, number: E164, name: str, standings: tuple[Standing, ...]) -> None:
        """Write down a no to some kinds of texts."""

        def written(canceled: int | None) -> None:
            if canceled is not None:
                self._app.notify(f"Written down: they said no.{_taken_back(canceled)}")

        await self._app.push_screen(RecordNo(self._shop, number, name, standings), written)

    async def stop(self, number: E164, name: str) -> None:
        """Write down a stop."""

        def written(done: OptedOut | None) -> None:
            if done is not None:
                self._app.notify(_stopped(done))

        await self._app.push_screen(RecordStop(self._shop, number, name), written)


def _stopped(done: OptedOut) -> str:
    said = "They get no more texts." if done.fresh else "They were on the stop list already."
    return f"{said}{_taken_back(done.canceled)}"


def _taken_back(canceled: int) -> str:
    if not canceled:
        return ""
    texts = "1 waiting text" if canceled == 1 else f"{canceled} waiting texts"
    return f" {texts} taken back."
