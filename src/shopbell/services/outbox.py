"""Texts: checked, accepted, listed, canceled, settled. Delivery itself is `services.delivery`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.decision import Decision
from shopbell.domain.draft_notes import DraftNotes, notes_on
from shopbell.domain.draft_words import dated, is_really_service
from shopbell.domain.facts import Judged, TextDraft
from shopbell.domain.ids import E164, DecisionId, TextId
from shopbell.domain.occasions import Occasion
from shopbell.domain.people import Page
from shopbell.domain.pricing import rate_of
from shopbell.domain.smart import applied, smart_changes
from shopbell.domain.texts import OutboundText, State, TextEvent
from shopbell.errors import BadInput
from shopbell.services.asking import ask
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.gateways import Gateways
from shopbell.services.refs import new_ref
from shopbell.store import decisions, gateway_book, outbox, settling, shop_row, text_rows
from shopbell.store.gathering import gather

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A draft judged without writing anything, and what it would cost."""

    judged: Judged
    notes: DraftNotes
    price_micros: int | None
    currency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A draft that was decided and, unless refused, written to the outbox."""

    judged: Judged
    text: OutboundText | None
    """None exactly when the decision is a refusal."""


class Outbox:
    """The outbox of one shop file."""

    def __init__(self, desk: Desk, gateways: Gateways) -> None:
        self._desk = desk
        self._gateways = gateways

    async def check(
        self, draft: TextDraft, at: datetime | None = None, instead_of: TextId | None = None
    ) -> Checked:
        """Decide at `at` (default now) without writing or sending anything.

        The text it would go `instead_of` does not count against it.

        Raises:
            BadInput: a reason is given that is none.
        """
        refuse_empty_reason(draft)
        now = at or self._desk.clock.now()
        return await self._desk.store.read(self.checked, dated(draft, now), now, (), instead_of)

    def checked(
        self,
        db: Database,
        draft: TextDraft,
        now: datetime,
        occasions: tuple[Occasion, ...],
        instead_of: TextId | None = None,
    ) -> Checked:
        """Do what `check` does, in the caller's transaction, as if `occasions` were on file."""
        person = gather(db, draft.number, now, except_text=instead_of or 0)
        here = shop_row.load_facts(db)
        person = replace(person, occasions=(*person.occasions, *occasions))
        judged = self._desk.judge(draft, person, here, now)
        state = gateway_book.active(db)
        noted = (
            (None, None) if state is None else (state.config.price_micros, state.config.currency)
        )
        per_part, currency = rate_of(draft.number, here.rules.prices(), noted)
        return Checked(
            judged=judged,
            notes=notes_on(judged.facts, self._desk.rules, now),
            price_micros=None if per_part is None else per_part * judged.final.segments,
            currency=currency,
        )

    async def submit(self, draft: TextDraft, *, not_before: datetime | None = None) -> Submitted:
        """Decide and write in one transaction. Nothing is sent here.

        Raises:
            GatewayTrouble: no gateway is set up yet; nothing was written.
            BadInput: a reason is given that is none.
        """
        refuse_empty_reason(draft)
        config, _ = await self._gateways.connect()
        now = self._desk.clock.now()
        judged, text = await self._desk.store.write(
            outbox.submit,
            draft,
            self._desk.judge,
            outbox.Route(
                gateway=config.name, price_micros=config.price_micros, currency=config.currency
            ),
            new_ref(now),
            now,
            not_before,
        )
        self._desk.tell(Changed.TEXTS)
        return Submitted(judged=judged, text=text)

    async def notes(self, judged: Judged) -> DraftNotes:
        """Return what is worth telling about the words of a judged draft."""
        now = judged.decision.decided_at
        return await asyncio.to_thread(notes_on, judged.facts, self._desk.rules, now)

    def straightened(self, body: str) -> str:
        """Return the words with every character changed that has a cheaper twin."""
        table = self._desk.rules.texts.smart
        return applied(body, smart_changes(body, table))

    async def find(
        self,
        states: tuple[State, ...] = (),
        *,
        number: E164 | None = None,
        first: int = 0,
        count: int = 100,
    ) -> Page[OutboundText]:
        """Return a window of the texts, newest first; no states means all."""
        rows, total = await self._desk.store.read(text_rows.find, states, number, first, count)
        return Page(rows=rows, first=first, total=total)

    async def get(self, text_id: TextId) -> OutboundText:
        """Return one text.

        Raises:
            BadInput: there is none of that id.
        """
        return await self._desk.store.read(known_text, text_id)

    async def events(self, text_id: TextId) -> tuple[TextEvent, ...]:
        """Return everything that happened to a text, oldest first."""
        return await self._desk.store.read(text_rows.events, text_id)

    async def decision(self, decision_id: DecisionId) -> Decision | None:
        """Return a stored decision."""
        return await self._desk.store.read(decisions.load, decision_id)

    async def decisions_about(self, number: E164, count: int = 20) -> tuple[Decision, ...]:
        """Return the newest stored decisions about a number, newest first."""
        found = await self._desk.store.read(decisions.latest_for, number, count)
        return tuple(decision for _, decision in found)

    async def counts(self, since: datetime) -> dict[State, int]:
        """Return how many texts written since `since` are in which state."""
        return await self._desk.store.read(text_rows.counts, since)

    async def cancel(self, text_id: TextId) -> bool:
        """Cancel a text that has not left yet; False when it is too late."""
        text = await self.get(text_id)
        done = await self._desk.store.write(
            outbox.cancel, text.id, self._desk.clock.now(), "Canceled by the shop."
        )
        self._desk.tell(Changed.TEXTS)
        return done

    async def cancel_all(self) -> int:
        """Cancel everything that has not left yet, and return how many texts those were.

        People of a campaign have no text before it leaves: abort the campaign for them.
        """
        now = self._desk.clock.now()
        canceled = await self._desk.store.write(outbox.cancel_all, now, "Canceled by the shop.")
        self._desk.tell(Changed.TEXTS)
        return canceled

    async def settle(self, text_id: TextId, word: bool | None = None) -> OutboundText:
        """Settle an unknown text by asking the gateway, or by the owner's word (True = was sent).

        A gateway that cannot tell leaves it unknown, with a note why.

        Raises:
            BadInput: there is no such text, or its outcome is not unknown.
        """
        text = await self.get(text_id)
        if text.state is not State.UNKNOWN:
            raise BadInput(
                f"Text {text_id} is {text.state}; there is nothing to settle.",
                code="not_unknown",
            )
        settled = await (self._ask(text) if word is None else self._by_word(text, sent=word))
        self._desk.tell(Changed.TEXTS)
        return settled

    async def _by_word(self, text: OutboundText, *, sent: bool) -> OutboundText:
        state = State.SENT if sent else State.FAILED
        detail = "The shop says it was sent." if sent else "The shop says it was not sent."
        return await self._settle_as(text, state, "[owner]", detail, None)

    async def _ask(self, text: OutboundText) -> OutboundText:
        config, gateway = await self._gateways.connect()
        if config.name == text.gateway:
            return await ask(self._desk, config, gateway, text)
        detail = f"It went through “{text.gateway}”, which is not the gateway in use now."
        return await self._desk.store.write(
            settling.note, text.id, "[asked]", detail, self._desk.clock.now()
        )

    async def _settle_as(
        self, text: OutboundText, state: State, word: str, detail: str, gateway_id: str | None
    ) -> OutboundText:
        return await self._desk.store.write(
            settling.settle_unknown,
            text.id,
            state,
            word,
            detail,
            gateway_id,
            self._desk.clock.now(),
        )


def known_text(db: Database, text_id: TextId) -> OutboundText:
    """Return one text.

    Raises:
        BadInput: there is none of that id.
    """
    text = text_rows.get(db, text_id)
    if text is None:
        raise BadInput(
            f"There is no text number {text_id}.",
            "List them with 'shopbell messages list'.",
            code="no_text",
        )
    return text


def refuse_empty_reason(draft: TextDraft) -> None:
    """Refuse a draft whose typed reason is none.

    Raises:
        BadInput: it is no reason.
    """
    if draft.really_service and not is_really_service(draft):
        raise BadInput(
            "That is no reason why these words are no offer.",
            "Write in a few words what it has to do with their order; it is kept with the text.",
            code="no_reason",
        )
