"""Recording a yes and recording a no. Must not say what a yes is worth: the gate does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.consent import ConsentDraft, How
from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164
from shopbell.domain.ledger import first_break
from shopbell.domain.open_yes import OpenYes, must_be_confirmed
from shopbell.domain.signed_sheet import wording_number
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.confirming import Confirming, Opened
from shopbell.services.consent_steps import (
    OptedOut,
    Recorded,
    TakenBack,
    grant_in,
    opt_out_in,
    revoke_in,
)
from shopbell.services.desk import Desk
from shopbell.store import consents, open_yeses, topics

if TYPE_CHECKING:
    from sqlite_utils import Database


class Consents:
    """The consent ledger and the stop list of one shop file."""

    def __init__(self, desk: Desk, confirming: Confirming) -> None:
        self._desk = desk
        self._confirming = confirming

    async def grant(self, draft: ConsentDraft) -> Recorded | Opened | Reason:
        """Record a yes, or return why it cannot be recorded as it is.

        A yes to a topic that asks for a confirmation waits for the YES of its number. The text that
        asks is written in the same transaction.

        A new sign-up by a person who had said stop also takes the number off the stop list. The
        number becomes a contact if it is none yet.
        """
        now = self._desk.clock.now()

        def step(db: Database) -> Recorded | Opened | Reason:
            if must_be_confirmed(draft, topics.every(db)):
                return self._confirming.open(db, draft, now)
            return grant_in(db, draft, now)

        outcome = await self._desk.store.write(step)
        if not isinstance(outcome, Reason):
            self._desk.tell(Changed.CONSENT, Changed.PEOPLE, Changed.TEXTS)
        return outcome

    async def waiting(self, number: E164) -> tuple[OpenYes, ...]:
        """Return the yeses of a number that wait to be confirmed by text, also those too old."""

        def step(db: Database) -> tuple[OpenYes, ...]:
            return open_yeses.of_numbers(db, [number]).get(number, ())

        return await self._desk.store.read(step)

    async def revoke(self, draft: ConsentDraft) -> TakenBack:
        """Record that a person does not want a purpose, or (with topics) some topics of it.

        Nobody needs to have agreed before: a no to a question is kept as well, so that it is not
        asked again. What waits of that kind is canceled; the number is not put on the stop list.
        """
        now = self._desk.clock.now()
        taken_back = await self._desk.store.write(revoke_in, draft, now)
        self._desk.tell(Changed.CONSENT, Changed.TEXTS)
        return taken_back

    async def opt_out(self, number: E164, how: How, note: str = "") -> OptedOut:
        """Record a stop from any channel; what waits for the number is canceled with it."""
        now = self._desk.clock.now()
        done = await self._desk.store.write(opt_out_in, number, how, note, now)
        self._desk.tell(Changed.CONSENT, Changed.TEXTS)
        return done

    async def wording(self, wording_id: int) -> str | None:
        """Return a wording that was printed or agreed to before; the words of a no are none."""
        return await self._desk.store.read(consents.wording_text, wording_id)

    async def words_of_sheet(self, typed: str) -> str:
        """Return the words that the number at the foot of a sheet stands for; "" for no number.

        Raises:
            BadInput: there is no such wording.
        """
        if not typed.strip():
            return ""
        number = wording_number(typed)
        words = None if number is None else await self.wording(number)
        if words is None:
            raise BadInput(
                f"There is no wording “{typed.strip()[:20]}”.",
                "Look at the foot of the sheet; without a number, the present words are recorded.",
                code="no_wording",
            )
        return words

    async def check_ledger(self) -> tuple[int | None, str]:
        """Walk the chain; return the first bad entry (None = sound) and the present head."""

        def step(db: Database) -> tuple[int | None, str]:
            return first_break(consents.chain(db)), consents.head(db)

        return await self._desk.store.read(step)
