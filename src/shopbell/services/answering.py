"""Automatic answers: written to the outbox in the transaction that stores the reply.

Must not find out what a reply means, and must not send: the gate decides about each answer.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.answering import Answer, is_gateways
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.numbers import number_of
from shopbell.domain.replies import Reply
from shopbell.domain.templates import Details, fill, language_for
from shopbell.domain.texts import OutboundText
from shopbell.errors import BadInput, ShopbellError
from shopbell.services.desk import Desk
from shopbell.services.refs import new_ref
from shopbell.store import gateway_book, occasions, outbox, own_texts, shop_row, wishes
from shopbell.store.attempts import attempt

if TYPE_CHECKING:
    from sqlite_utils import Database


class Answering:
    """The automatic answers of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(
        self, db: Database, reply: Reply, answer: Answer, now: datetime
    ) -> OutboundText | str | None:
        """Write one answer to a reply, in the caller's transaction.

        Returns the text, or why there is none as a sentence, or None if nobody wants one: the owner
        switched it off, or the gateway answers by itself. A gate that refuses leaves nothing behind
        but the decision.
        """
        if reply.number is None or not own_texts.load(db).answers(answer.to):
            return None
        if self._is_gateways(db, reply.gateway, answer):
            return None
        written = self.ask(db, reply.number, answer, now, reply)
        return f"Not answered: {written}" if isinstance(written, str) else written

    def ask(
        self, db: Database, number: E164, answer: Answer, now: datetime, reply: Reply | None = None
    ) -> OutboundText | str:
        """Write one of the shop's own texts, whatever the owner switched off.

        Returns the text, or why there is none as a sentence. Without a reply it keeps to the hours.
        """
        try:
            with attempt(db):
                return self._write(db, number, answer, now, reply)
        except ShopbellError as error:
            # A stop must be kept though its confirmation cannot be written.
            return error.message

    def _write(
        self, db: Database, number: E164, answer: Answer, now: datetime, reply: Reply | None
    ) -> OutboundText | str:
        route = self.route(db)
        if route is None:
            return "No gateway is set up yet."
        body = self._words(db, number, answer)
        occasion = occasions.arise(
            db,
            number,
            answer.kind,
            # A gateway's clock may run ahead.
            now if reply is None else min(reply.at, now),
            by_text=reply is not None,
            topics=answer.topics,
            limit=answer.often,
            reply=None if reply is None else reply.id,
            until=answer.until,
        )
        draft = TextDraft(
            number=number, body=body, purpose=Purpose.COMPLIANCE, occasion=occasion.id
        )
        judged, text = outbox.submit(db, draft, self._desk.judge, route, new_ref(now), now)
        if text is None:
            occasions.forget(db, occasion.id)
            return judged.decision.reasons[0].sentence
        return text

    def route(self, db: Database) -> outbox.Route | None:
        """Return the way answers go; None while no gateway is set up."""
        state = gateway_book.active(db)
        if state is None:
            return None
        config = state.config
        return outbox.Route(
            gateway=config.name, price_micros=config.price_micros, currency=config.currency
        )

    def language(self, db: Database, number: E164) -> str:
        """Return the language a person is answered in."""
        wished = wishes.of_number(db, number).language
        templates = self._desk.rules.texts.templates
        return language_for(wished, self._desk.profile.country, templates)

    def _words(self, db: Database, number: E164, answer: Answer) -> str:
        templates = self._desk.rules.texts.templates
        shop_rules = shop_row.load_facts(db).rules
        details = Details(
            shop=self._desk.profile,
            country=number_of(number).country,
            promised_n=None if answer.often is None else answer.often.n,
            promised_days=None if answer.often is None else answer.often.days,
            topics=answer.topics or ("offers",),
            contact=self._desk.profile.phone or shop_rules.contact or None,
            stop_code=shop_rules.short_code or None,
            when=answer.when,
            noted=answer.noted,
        )
        return fill(answer.kind, self.language(db, number), details, templates)

    def _is_gateways(self, db: Database, name: str, answer: Answer) -> bool:
        """Return whether the gateway that brought the reply answers it itself."""
        found = [state for state in gateway_book.all_states(db) if state.config.name == name]
        for state in found:
            try:
                preset = self._desk.shelf.preset(state.config.preset_id)
            except BadInput:
                return True  # nobody can say what it does, so nothing is said twice
            return is_gateways(answer.to, preset.answers_itself)
        return False
