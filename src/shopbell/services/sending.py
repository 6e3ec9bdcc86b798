"""The switch of the shop: nothing leaves while it is off, from any process. Must not send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.sending import Sending, Turned, off_sentence
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import budgets, sending

if TYPE_CHECKING:
    from sqlite_utils import Database

_LONGEST = 200


class SendingSwitch:
    """Turns sending off and on, and says how it stands."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def now(self) -> Sending:
        """Return the switch as it stands."""
        return await self._desk.store.read(sending.load, self._desk.store.place)

    async def stopped(self) -> str:
        """Return why nothing leaves, as sentences: off, or the month's budget; "" when texts do."""
        now, zone = self._desk.clock.now(), self._desk.profile.zone

        def step(db: Database) -> str:
            purse = budgets.purse(db, now, zone)
            spent = "" if purse is None else purse.month.why_spent
            return off_sentence(sending.load(db, self._desk.store.place)) or spent

        return await self._desk.store.read(step)

    async def history(self, count: int = 20) -> tuple[Turned, ...]:
        """Return the last turns of the switch, newest first."""
        return await self._desk.store.read(sending.history, count)

    async def turn_off(self, why: str = "", *, by: str = "") -> Sending:
        """Let nothing leave any more; what is on its way this moment still arrives.

        Raises:
            BadInput: the reason is longer than anybody would read.
        """
        reason = _reason(why)
        await self._desk.store.write(sending.turn_off, reason, by, self._desk.clock.now())
        self._desk.tell(Changed.SENDING, Changed.TEXTS)
        return await self.now()

    async def turn_on(self, *, by: str = "") -> Sending:
        """Let texts leave again; for a copy it says that this is the file to send from.

        Campaigns stay paused, and what a copy had waiting stays asked about.
        """
        await self._desk.store.write(
            sending.turn_on, self._desk.store.place, by, self._desk.clock.now()
        )
        self._desk.tell(Changed.SENDING, Changed.TEXTS, Changed.CAMPAIGNS)
        return await self.now()


def _reason(why: str) -> str:
    tidy = " ".join(why.split())
    if len(tidy) > _LONGEST:
        raise BadInput(
            f"The reason is longer than {_LONGEST} characters.",
            "Say it shorter.",
            code="reason_too_long",
        )
    return tidy
