"""The way to every screen there is, from the list of people, over a shop that has some of all."""

from __future__ import annotations

import asyncio
import importlib
import os
import pkgutil
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual import events
from textual.screen import Screen

from shopbell.domain.campaigns import CampaignDraft
from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import How, Purpose
from shopbell.domain.file_parts import FilePart
from shopbell.domain.people import ContactDraft
from shopbell.services.drills import Drills
from shopbell.tui import screens
from shopbell.tui.frame import FrameScreen
from shopbell.tui.screens.blank import Cover
from shopbell.tui.screens.choose_part import ChoosePart
from shopbell.tui.screens.lessons import Lessons
from shopbell.tui.screens.recovery_code import RecoveryCode
from shopbell.tui.screens.settle_word import SettleByWord
from shops import NOW, PASSPHRASE, a_yes
from tui.counters import CY, Till, number
from tui.rule_lines import at_line
from tui.screens import press, settle

NOT_SHOWN = {"WriteFile": "what the boxes that write a file have in common"}
"""Classes that nobody ever meets, and why."""

BEFORE_A_SHOP = {
    "Unlock": "asks for the passphrase: no file is open yet",
    "Setup": "asks the first questions: there is no file yet",
}
"""Screens there is no way to from inside of a shop."""

OTHER = number(60)
"""Has the name of the first person, and a yes that runs out."""

FILE = """Name,Phone,Memo,SMS,Status,Birthday
{name},(212) 555-0101,tall,yes,active,03/04/1990
Nia,555-0105,,yes,active,03/04/1990
Zoë Quill,212 555 0195,{name},yes,stop,05/04/1991
"""

APPOINTMENTS = "Date,Time,Client,Phone,Service\n2026-11-25,14:00,{name},2125550101,{name}\n"

OFFER = "Our spring sale starts Friday."


def all_screens() -> dict[str, type[Screen[Any]]]:
    """Return every screen and box of the counter, by the name of its class."""
    found = {}
    for one in pkgutil.iter_modules(screens.__path__, screens.__name__ + "."):
        for thing in vars(importlib.import_module(one.name)).values():
            is_screen = isinstance(thing, type) and issubclass(thing, Screen)
            if is_screen and thing.__module__ == one.name:
                found[thing.__name__] = thing
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one screen is reached from another one."""

    to: str
    keys: tuple[str, ...] = ()
    """A word of `PASTED` is pasted; one of `SEARCHED` is looked for in the palette."""
    after: str = ""
    """The screen it begins on; "" for the list of people."""
    sheet: int | None = None
    """Whose sheet is opened first."""
    opens: Callable[[Till], Coroutine[Any, Any, Any]] | None = None
    """Opens what no key of the list leads to."""


async def _first_steps(shown: Till) -> None:
    everywhere = shown.app._everywhere
    assert everywhere is not None
    await everywhere.do_first_steps()


async def _lessons(shown: Till) -> None:
    await shown.app.push_screen(Lessons(Drills(shown.shop.path.with_name("lessons.json"))))


async def _part(shown: Till) -> None:
    now = FilePart(number=1, rows=1_200_000, most=500_000)
    await shown.app.push_screen(ChoosePart(now, {1}, 2))


async def _cover(shown: Till) -> None:
    await shown.app.push_screen(Cover("Locking …"))


async def _recovery_code(shown: Till) -> None:
    await shown.app.push_screen(RecoveryCode(await shown.shop.prove(PASSPHRASE)))


async def _settle_by_word(shown: Till) -> None:
    text = (await shown.shop.outbox.find()).rows[0]
    await shown.app.push_screen(SettleByWord(text))


WAYS = (
    Way(to="PeopleScreen", keys=("1",)),
    Way(to="Narrow", keys=("f",)),
    Way(to="ExportPeople", keys=("x",)),
    Way(to="DoublesScreen", keys=("d",)),
    Way(to="ReconfirmScreen", keys=("r",)),
    Way(to="SignUp", keys=("n",)),
    Way(to="QuickText", keys=("t",)),
    Way(to="StopAll", keys=("exclamation_mark",)),
    Way(to="Help", keys=("question_mark",)),
    Way(to="Palette", keys=("colon",)),
    Way(to="Blank", keys=("b",)),
    Way(to="Cover", opens=_cover),
    Way(to="FirstSteps", opens=_first_steps),
    Way(to="Lessons", opens=_lessons),
    Way(to="ChoosePart", opens=_part),
    Way(to="RecoveryCode", opens=_recovery_code),
    Way(to="Check", keys=("check file",)),
    Way(to="SendingBox", keys=("sending",)),
    Way(to="TwoYeses", keys=("two yeses",)),
    Way(to="OwnWord", after="TwoYeses", keys=("a",)),
    Way(to="ConsentDesk", keys=("o",)),
    Way(to="EditTopic", after="ConsentDesk", keys=("a",)),
    Way(to="PrintPaper", after="ConsentDesk", keys=("s",)),
    Way(to="CloseComplaint", sheet=2, keys=("c",)),
    Way(to="ContactScreen", sheet=0),
    Way(to="RecordNo", after="ContactScreen", keys=("n",)),
    Way(to="RecordStop", after="ContactScreen", keys=("s",)),
    Way(to="RecordComplaint", after="ContactScreen", keys=("c",)),
    Way(to="EditPerson", after="ContactScreen", keys=("e",)),
    Way(to="WelcomeBox", after="ContactScreen", keys=("g",)),
    Way(to="Household", after="ContactScreen", keys=("h",)),
    Way(to="ErasePerson", after="ContactScreen", keys=("d",)),
    Way(to="ReallyService", after="ContactScreen", keys=("t", "paste", "f9")),
    Way(to="DossierBox", after="ContactScreen", keys=("p",)),
    Way(to="AskLine", after="DossierBox", keys=("w",)),
    Way(to="TodayScreen", keys=("0",)),
    Way(to="RepliesScreen", keys=("2",)),
    Way(to="ThreadScreen", after="RepliesScreen", keys=("enter",)),
    Way(to="OutboxScreen", keys=("3",)),
    Way(to="Why", after="OutboxScreen", keys=("w",)),
    Way(to="SettleByWord", after="OutboxScreen", opens=_settle_by_word),
    Way(to="CampaignsScreen", keys=("5",)),
    Way(to="CampaignScreen", keys=("5", "enter")),
    Way(to="RealTexts", after="CampaignScreen", keys=("v",)),
    Way(to="Go", after="CampaignScreen", keys=("g",)),
    Way(to="ChosenScreen", after="CampaignScreen", keys=("enter",)),
    Way(to="DraftScreen", keys=("5", "n")),
    Way(to="ChooseAudience", after="DraftScreen", keys=("f3",)),
    Way(to="RulesScreen", keys=("7",)),
    Way(to="WeekHours", after="RulesScreen", keys=("g",)),
    Way(to="SetRuleAside", after="RulesScreen", keys=("US-AL", "s")),
    Way(to="RulePage", after="RulesScreen", keys=("enter",)),
    Way(to="ReportsScreen", keys=("8",)),
    Way(to="WriteReport", after="ReportsScreen", keys=("x",)),
    Way(to="SettingsScreen", keys=("9",)),
    Way(to="ThemePicker", after="SettingsScreen", keys=("c",)),
    Way(to="GatewaysScreen", keys=("gateways",)),
    Way(to="ChooseGateway", after="GatewaysScreen", keys=("n",)),
    Way(to="FillGateway", after="GatewaysScreen", keys=("n", "enter")),
    Way(to="RemindersScreen", keys=("reminders",)),
    Way(to="PickFile", after="RemindersScreen", keys=("n",)),
    Way(to="BringReminders", after="RemindersScreen", keys=("n", "its file", "enter")),
    Way(to="StopListScreen", keys=("4", "n", "enter")),
    Way(to="StatusWords", after="StopListScreen", keys=("c", "enter")),
    Way(to="PastScreen", keys=("4", "h")),
    Way(to="ParkedRows", after="PastScreen", keys=("enter",)),
    Way(to="Confirm", after="PastScreen", keys=("u",)),
    Way(to="ImportScreen", keys=("4", "enter")),
    Way(to="Columns", after="ImportScreen", keys=("m",)),
    Way(to="ChooseColumn", after="ImportScreen", keys=("c",)),
    Way(to="Permission", after="ImportScreen", keys=("c", "enter")),
    Way(to="AskDateOrder", after="ImportScreen", keys=("d",)),
    Way(to="AskCountry", after="ImportScreen", keys=("o",)),
    Way(to="FixRow", after="ImportScreen", keys=("e",)),
    Way(to="OursOrTheirs", after="ImportScreen", keys=("left", "k")),
    Way(to="Paste", keys=("4", "p")),
    Way(to="TakenBack", keys=("4", "h", "u", "enter")),
)
"""In an order in which a screen comes right before those that are opened from it."""

SEARCHED = frozenset({"reminders", "gateways", "check file", "sending", "two yeses"})

PASTED = {"paste": OFFER, "its file": "appointments"}


async def furnish(shown: Till, home: Path) -> None:
    """Give the shop some of what it lacks: files, a complaint, a double, reminders, a campaign."""
    shop = shown.shop
    first = await shop.people.by_number(number(0))
    assert first is not None
    name = first.name.replace("\n", " ").replace('"', "").replace(",", " ")
    (home / "Downloads").mkdir(parents=True, exist_ok=True)
    file = home / "Downloads" / "customers.csv"
    file.write_bytes(FILE.format(name=f"{name} x").encode("utf-8", "replace"))
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    earlier = home / "earlier.csv"
    earlier.write_text("Name,Phone\nZara Bond,2125550188\nNia,555-0105\n")
    await shop.imports.run(earlier)
    await shop.people.add(ContactDraft(number=OTHER, name=first.name))
    long_ago = datetime(2025, 6, 20, 12, tzinfo=UTC)
    await shop.consents.grant(a_yes(OTHER, Purpose.MARKETING, ("offers",), at=long_ago))
    # A yes to offers is welcomed once.
    await shop.consents.grant(
        a_yes(number(0), Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30, at=NOW)
    )
    await shop.complaints.open(
        ComplaintDraft(
            number=CY, kind=ComplaintKind.ORDER, how=How.IN_PERSON, words=first.name, at=NOW
        )
    )
    appointments = home / "Downloads" / "appointments.csv"
    appointments.write_bytes(APPOINTMENTS.format(name=name).encode("utf-8", "replace"))
    os.utime(appointments, (NOW.timestamp() - 60, NOW.timestamp() - 60))
    await shop.reminders.bring_in(appointments)
    await shop.campaigns.create(
        CampaignDraft(
            name=(name.strip() or "x")[:40],
            body="{first_name|there}, we are ready!",
            purpose=Purpose.SERVICE,
            topic="orders",
        )
    )
    await settle(shown.pilot)


async def at_rest(shown: Till) -> str:
    """Wait until no file is being looked at either."""
    everywhere = shown.app._everywhere
    assert everywhere is not None
    for _ in range(3000):
        seen = await settle(shown.pilot)
        if not (everywhere._importing.is_busy or everywhere._stop_listing.is_busy):
            return seen
        await asyncio.sleep(0.01)
    raise AssertionError("the file is looked at for ever")


async def home_again(shown: Till) -> None:
    """Leave everything, and come back to the list of people."""
    app = shown.app
    while len(app.screen_stack) > 2:
        await app.pop_screen()
    everywhere = app._everywhere
    assert everywhere is not None
    await everywhere.close()
    everywhere._importing.forget()
    everywhere._stop_listing.forget()
    await everywhere.do_people()
    await at_rest(shown)


async def go(shown: Till, to: str) -> str:
    """Go to a screen, over those that lead to it where that is needed; return what is seen."""
    way = next(one for one in WAYS if one.to == to)
    app = shown.app
    if way.after:
        if way.after not in [getattr(screen, "reached", "") for screen in app.screen_stack]:
            await go(shown, way.after)
        while getattr(app.screen, "reached", "") != way.after:
            await app.pop_screen()
    elif type(app.screen).__name__ != "PeopleScreen":
        await home_again(shown)
    if way.sheet is not None:
        app.screen.post_message(FrameScreen.PersonOpened(number(way.sheet)))
        await asyncio.sleep(0)
    if way.opens is not None:
        await way.opens(shown)
    seen = await at_rest(shown)
    for key in way.keys:
        if key in PASTED:
            app.post_message(events.Paste(PASTED[key]))
        elif key in SEARCHED:
            await press(shown.pilot, "colon")
            app.post_message(events.Paste(key))
            await settle(shown.pilot)
            await press(shown.pilot, "enter")
        elif key == "US-AL":
            await at_line(shown, key)
        else:
            await press(shown.pilot, key)
        seen = await at_rest(shown)
    assert type(app.screen).__name__ == to, f"{way}:\n{seen}"
    # An import that another way led over is at another step.
    app.screen.reached = to  # type: ignore[attr-defined]
    return seen
