"""An app over a small practice shop: made once, copied per test, on a clock that stands still."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.pilot import Pilot

from shopbell.domain.campaigns import CampaignDraft
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164
from shopbell.domain.import_choices import Choices
from shopbell.domain.people import ContactDraft
from shopbell.domain.secret import Secret
from shopbell.services.clock import FixedClock
from shopbell.services.drill import DrillGateway, DrillShelf
from shopbell.services.pasted import Pasted
from shopbell.services.shop import Shop
from shopbell.services.themes import read_themes, shipped_folder
from shopbell.tui.app import ShopbellApp
from shopbell.tui.door import Door
from shopbell.tui.frame import FrameScreen
from shops import ANA, BO, NOW, PASSPHRASE, Counter, open_counter
from tui.screens import HOSTILE, press, settle

if TYPE_CHECKING:
    from sqlite_utils import Database

CY = E164("+12125550103")
MARTA = E164("+12125550107")
PRIYA = E164("+12125550106")
NAMES = (
    "Ana Reyes", "Bo Lind", "Cy Moss", "Dana Cole", "Dan Okafor", "Priya Shah", "Marta Ruiz",
    "Joe Hart", "Anneke de Wit", "Eli Nguyen", "Faye Vale", "Gus Stone",
)  # fmt: skip


class Hands(FixedClock):
    """A clock that stands still, and whose waits take a moment of real time."""

    async def sleep(self, seconds: float) -> None:
        # Longer than the stretch in which Textual's pilot wants to see an idle process.
        self.slept.append(seconds)
        await asyncio.sleep(0.15)


@dataclass(slots=True, kw_only=True)
class Till:
    """The app on the screen, and everything a test wants to turn."""

    app: ShopbellApp
    pilot: Pilot[Any]
    clock: Hands
    gateway: DrillGateway
    crashes: Path

    @property
    def shop(self) -> Shop:
        """The shop that is open."""
        session = self.app._session
        assert session is not None
        return session.shop


def number(index: int) -> E164:
    """Return the number of the person with this index."""
    return E164(f"+1212555{101 + index:04d}")


async def build(path: Path) -> None:
    """Make a shop with a dozen people, some texts and four replies."""
    counter = await open_counter(path, at=NOW - timedelta(days=3))
    for index, name in enumerate(NAMES):
        await counter.shop.people.add(
            ContactDraft(
                number=number(index),
                name=name,
                note="likes peonies" if index % 3 == 0 else "",
                tags=("weekly",) if index % 4 == 0 else (),
            )
        )
        if index % 4 != 3:
            await counter.agree(number(index), Purpose.SERVICE, ("orders",))
        if index % 2 == 0:
            await counter.agree(
                number(index), Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30
            )
    await _live(counter)
    await counter.shop._desk.store.write(_never_sent)
    await counter.shop.close()


def _never_sent(db: Database) -> None:
    """Forget where the file was when it sent: each copy of it is meant to be the one that sends."""
    db.execute("UPDATE sending SET place = ''")


async def build_empty(path: Path) -> None:
    """Make a shop with nobody in it."""
    counter = await open_counter(path, at=NOW)
    await counter.shop.close()


async def build_hostile(path: Path) -> None:
    """Make a shop whose every name, note, text and reply is hostile."""
    counter = await open_counter(path, at=NOW)
    for index, text in enumerate(HOSTILE):
        storable = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        await counter.shop.people.add(
            ContactDraft(number=number(index), name=storable, note=storable, email=storable)
        )
        await counter.agree(number(index), Purpose.SERVICE, ("orders",), wording=storable or "x")
        await counter.submit(storable[:300], number(index))
        counter.hears(storable, number(index), f"in-{index}")
    await counter.shop.delivery.sync()
    for text in HOSTILE:
        body = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")[:1000]
        await counter.shop.campaigns.create(
            CampaignDraft(
                name=body[:60].replace("\x00", "") or "x",
                body=body.replace("{", "(") + " {name|you}",
                purpose=Purpose.SERVICE,
                topic="orders",
            )
        )
    await _import_hostile(counter)
    await counter.shop.close()


async def _import_hostile(counter: Counter) -> None:
    """Leave imports with hostile names, rows that were parked, and hostile stops behind."""
    for text in HOSTILE[:10]:
        storable = text.encode("utf-8", "replace").decode().replace("\x00", "")
        line = storable.replace("\n", " ").replace("\r", " ").replace("\t", " ")
        await counter.shop.imports.run(
            Pasted(text=f"Name\tPhone\tNote\n{line}\t{line}\t{line}\n", name=storable),
            choices=Choices(who=storable),
        )
    await counter.shop.imports.do_not_text(
        Pasted(text="[/] +12125550199\n[/]\n", name="[/]"), who="[/]"
    )


async def _live(counter: Counter) -> None:
    for who in (ANA, BO, CY, PRIYA):
        await counter.submit("Hi, your order is ready to pick up.", who, topic="orders")
    await counter.deliver()
    await counter.shop.delivery.sync()
    counter.clock.advance(minutes=3)
    await counter.shop.delivery.sync()
    counter.clock.advance(days=2, hours=20)
    counter.hears("enough roses for now", MARTA, "in-1")
    counter.clock.advance(minutes=40)
    counter.hears("Can I pick up Friday?", PRIYA, "in-2")
    counter.hears("STOP", BO, "in-3")
    counter.clock.advance(minutes=10)
    counter.hears("thanks!!", ANA, "in-4")
    await counter.shop.delivery.sync()


@asynccontextmanager
async def till(
    base: Path,
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    opens_itself: bool = True,
    place: str = "",
    passphrase: Secret = PASSPHRASE,
    **more: Any,
) -> AsyncIterator[Till]:
    """Show the app over a copy of `base`, at the first place or at the one with that digit.

    `more` goes to the app.
    """
    path = folder / "shop.db"
    shutil.copy(base, path)
    clock, gateway = Hands(NOW), DrillGateway()
    app = ShopbellApp(
        Door(
            path=path,
            clock=clock,
            shelf=lambda: DrillShelf(gateway),
            demo_passphrase=passphrase if opens_itself else None,
        ),
        themes=read_themes([shipped_folder()]),
        crash_folder=folder / "crashes",
        **more,
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        shown = Till(app=app, pilot=pilot, clock=clock, gateway=gateway, crashes=folder / "crashes")
        if opens_itself:
            await unlocked(shown)
            if place:
                await press(pilot, place)
        await settle(pilot)
        yield shown


async def unlocked(shown: Till) -> None:
    """Wait until a place is on the screen."""
    for _ in range(3000):
        # A box may be in front of it: a copied file asks its owner.
        if any(isinstance(screen, FrameScreen) for screen in shown.app.screen_stack):
            return
        await shown.pilot.pause(0.02)
    raise AssertionError("the file was never unlocked")
