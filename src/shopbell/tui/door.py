"""The way into one shop file, handed to the screens by whoever starts them.

Loaded before anything else of the shop. Must not remember a passphrase that somebody typed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from shopbell.domain.secret import Secret
from shopbell.services.clock import Clock, ShiftedClock

if TYPE_CHECKING:
    from shopbell.services.demo import PracticeServer
    from shopbell.services.drills import Drills
    from shopbell.services.opening import Created, NewShop
    from shopbell.services.ports import GatewayShelf
    from shopbell.services.shop import Shop


def _nothing() -> None:
    pass


class ShopOpened(Message):
    """The file is unlocked; `is_new` when it was made just now."""

    def __init__(self, shop: Shop, *, is_new: bool = False) -> None:
        super().__init__()
        self.shop = shop
        self.is_new = is_new


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Which file, and what it takes to open it."""

    path: Path
    clock: Clock
    shelf: Callable[[], GatewayShelf]
    """Makes the shelf of gateways, once the file is to be opened."""
    pretend_clock: ShiftedClock | None = None
    who: str = "the counter screen"
    """How other processes are told who sends the texts."""
    demo_passphrase: Secret | None = field(default=None, repr=False)
    """Printed in the README: the practice shop opens by itself."""

    practice_server: PracticeServer | None = None
    """Runs a practice gateway for a practice shop; None when one runs already."""
    drills: Callable[[], Drills] | None = None
    """Makes the lessons, or returns them once made; one runs where somebody practises."""
    guessed_country: str = ""
    guessed_zone: str = ""
    """Where this computer seems to be, for the first questions."""
    load: Callable[[], None] = _nothing
    """Loads what works over an open file; called on another thread, and may be called again."""

    @property
    def is_there(self) -> bool:
        """Whether there is a shop file already."""
        return self.path.exists()

    def now(self) -> datetime:
        """Return the present moment, for the lock and for relative times."""
        return (self.pretend_clock or self.clock).now()

    async def prepare(self) -> None:
        """Load what an open file needs, beside the screen that asks for the passphrase."""
        await asyncio.to_thread(self.load)

    async def unlock(self, secret: Secret, *, is_recovery_code: bool = False) -> Shop:
        """Unlock the file.

        Raises:
            ShopbellError: says what is wrong and what to do.
        """
        await self.prepare()
        from shopbell.services.opening import Opener, open_shop

        return await open_shop(
            self.path,
            Opener(secret=secret, is_recovery_code=is_recovery_code),
            clock=self.clock,
            shelf=self.shelf(),
            pretend_clock=self.pretend_clock,
        )

    async def make(self, new: NewShop, passphrase: Secret) -> Created:
        """Make the file.

        Raises:
            ShopbellError: says what is wrong and what to do; nothing is left behind.
        """
        from shopbell.services.opening import create_shop

        return await create_shop(self.path, new, passphrase, self.clock)
