"""The boxes that a sheet opens about its person, and what is said when each is done.

Must not do the work of a box, and must not decide.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.screen import Screen

from shopbell.domain.complaints import Complaint, what_to_do
from shopbell.domain.consent import How
from shopbell.domain.decision import Reason
from shopbell.domain.erasing import Erasure
from shopbell.domain.ids import E164
from shopbell.domain.people import Contact
from shopbell.errors import ShopbellError
from shopbell.services.complaints import Taken
from shopbell.services.outbox import Submitted
from shopbell.services.shop import Shop
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.screens.dossier import DossierBox
from shopbell.tui.screens.erase_person import ErasePerson
from shopbell.tui.screens.household import Household
from shopbell.tui.screens.record_complaint import CloseComplaint, RecordComplaint
from shopbell.tui.screens.welcome import WelcomeBox
from shopbell.tui.words import called
from shopbell.tui.work import start


async def complain(
    screen: Screen[Any],
    shop: Shop,
    number: E164,
    name: str,
    open_one: Complaint | None = None,
    *,
    words: str = "",
    how: How = How.IN_PERSON,
) -> None:
    """Take a complaint; or say how the open one ended."""

    def taken(done: Taken | None) -> None:
        if done is not None:
            step = what_to_do(done.complaint, shop.profile, shop.clock.now())
            again = " Not the first one of late." if done.persists else ""
            screen.notify(f"Written down; offers have stopped. {step}{again}")

    def closed(done: Complaint | None) -> None:
        if done is not None:
            screen.notify("Closed.")

    if open_one is not None:
        await screen.app.push_screen(CloseComplaint(shop, open_one, name), closed)
    else:
        box = RecordComplaint(shop, number, name, words=words, how=how)
        await screen.app.push_screen(box, taken)


async def welcome(screen: Screen[Any], shop: Shop, number: E164, name: str) -> None:
    """Show the welcome that is due, with parts and price; or say why none is."""

    def sent(done: Submitted | None) -> None:
        if done is not None:
            screen.notify("Their welcome is on its way.")

    try:
        draft = await shop.welcomes.draft(number)
    except ShopbellError as error:
        screen.notify(f"{error.message} {error.hint}".strip(), severity="warning")
        return
    if isinstance(draft, Reason):
        screen.notify(draft.sentence)
        return
    await screen.app.push_screen(WelcomeBox(shop, number, name, draft), sent)


async def split(screen: Screen[Any], shop: Shop, number: E164) -> None:
    """Ask, then take the last merge of this number back."""

    def answered(yes: bool | None) -> None:
        if yes:
            start(screen, lambda: _split(screen, shop, number), "split")

    await screen.app.push_screen(
        Confirm(
            "Two people again?",
            "The last merge is taken back. What one number said no to binds the other no more.",
            yes="Yes, take it back",
            no="Leave it",
        ),
        answered,
    )


async def _split(screen: Screen[Any], shop: Shop, number: E164) -> None:
    try:
        done = await shop.linking.split(number)
    except ShopbellError as error:
        screen.notify(f"{error.message} {error.hint}", severity="warning")
        return
    more = "" if done.restored else " Look at name, notes and tags: they were changed since."
    screen.notify(f"Two people again.{more}")


async def erase(screen: Screen[Any], shop: Shop, number: E164, name: str) -> None:
    """Forget a person, once the end of their number has been typed."""

    def erased(done: Erasure | None) -> None:
        if done is not None:
            screen.notify("Forgotten. They are never texted again.")

    try:
        shown = await shop.erasing.preview(number)
    except ShopbellError as error:
        screen.notify(f"{error.message} {error.hint}", severity="warning")
        return
    await screen.app.push_screen(ErasePerson(shop, number, name, shown), erased)


async def household(
    screen: Screen[Any], shop: Shop, number: E164, name: str, home: tuple[Contact, ...]
) -> None:
    """Note who lives with this person, or that they moved out."""

    def noted(said: str | None) -> None:
        if said is not None:
            screen.notify(said)

    await screen.app.push_screen(Household(shop, number, name, home), noted)


async def dossier(screen: Screen[Any], shop: Shop, number: E164, name: str) -> None:
    """Show everything that proves this person's yes."""
    try:
        found = await shop.dossiers.gather(shop.people.read_number(number))
    except ShopbellError as error:
        screen.notify(f"{error.message} {error.hint}", severity="warning")
        return
    box = DossierBox(shop.dossiers, found, called(name, number), Path.home())
    await screen.app.push_screen(box)
