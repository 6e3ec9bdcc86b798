"""The way into one shop file, handed to line mode by whoever starts it. Must not ask anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from shopbell.domain.secret import Secret
from shopbell.services.clock import Clock, ShiftedClock
from shopbell.services.demo import PracticeServer
from shopbell.services.drills import Drills
from shopbell.services.opening import Opener, open_shop
from shopbell.services.ports import GatewayShelf
from shopbell.services.practising import Practising
from shopbell.services.shop import Shop


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """Which file, and what it takes to open it."""

    path: Path
    clock: Clock
    shelf: GatewayShelf
    pretend_clock: ShiftedClock | None = None
    passphrase: Secret | None = field(default=None, repr=False)
    """Handed over by a script, or the practice shop's; used once."""
    opens_itself: bool = False
    """Whether it is a practice shop whose passphrase is no secret: then it is used every time."""
    practice_server: PracticeServer | None = None
    """Runs a practice gateway for a practice shop; None when one runs already."""
    drills: Drills | None = None
    """The lessons; one of them runs where somebody practises."""
    guessed_country: str = ""
    guessed_zone: str = ""
    """Where this computer seems to be, for the first questions."""
    lock_after: timedelta = timedelta(minutes=10)
    """So long without an answer, and the shop is locked."""

    remember: Callable[[str, str | int], bool] = lambda _name, _value: True
    """Keeps a setting of this computer; False when that was not possible."""

    @property
    def lesson(self) -> Practising | None:
        """The lesson that runs."""
        return None if self.drills is None else self.drills.running

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
