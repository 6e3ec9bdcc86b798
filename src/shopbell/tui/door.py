"""The way into one shop file, handed to the screens by whoever starts them.

Must not remember a passphrase that somebody typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from textual.message import Message

from shopbell.domain.secret import Secret
from shopbell.services.clock import Clock, ShiftedClock
from shopbell.services.demo import PracticeServer
from shopbell.services.drills import Drills
from shopbell.services.opening import Created, NewShop, Opener, create_shop, open_shop
from shopbell.services.ports import GatewayShelf
from shopbell.services.shop import Shop


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
    shelf: GatewayShelf
    pretend_clock: ShiftedClock | None = None
    who: str = "the counter screen"
    """How other processes are told who sends the texts."""
    demo_passphrase: Secret | None = field(default=None, repr=False)
    """Printed in the README: the practice shop opens by itself."""

    practice_server: PracticeServer | None = None
    """Runs a practice gateway for a practice shop; None when one runs already."""
    drills: Drills | None = None
    """The lessons; one of them runs where somebody practises."""
    guessed_country: str = ""
    guessed_zone: str = ""
    """Where this computer seems to be, for the first questions."""

    @property
    def is_there(self) -> bool:
        """Whether there is a shop file already."""
        return self.path.exists()

    def now(self) -> datetime:
        """Return the present moment, for the lock and for relative times."""
        return (self.pretend_clock or self.clock).now()

    async def unlock(self, secret: Secret, *, is_recovery_code: bool = False) -> Shop:
        """Unlock the file.

        Raises:
            ShopbellError: says what is wrong and what to do.
        """
        return await open_shop(
            self.path,
            Opener(secret=secret, is_recovery_code=is_recovery_code),
            clock=self.clock,
            shelf=self.shelf,
            pretend_clock=self.pretend_clock,
        )

    async def make(self, new: NewShop, passphrase: Secret) -> Created:
        """Make the file.

        Raises:
            ShopbellError: says what is wrong and what to do; nothing is left behind.
        """
        return await create_shop(self.path, new, passphrase, self.clock)
