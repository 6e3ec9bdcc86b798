"""What a text of theirs changes besides the stop list, and the answer it gets.

All of it in the transaction that stores the reply. Must not read a text: that is done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.answering import Answer, ending
from shopbell.domain.coming_back import brought_back
from shopbell.domain.consent import ConsentEvent, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.occasions import Occasion, together
from shopbell.domain.own_texts import AnswerTo
from shopbell.domain.policy import Cap
from shopbell.domain.promises import Frequency
from shopbell.domain.replies import Band, Intent, Reply
from shopbell.domain.reply_evidence import fingerprint
from shopbell.domain.welcomes import named
from shopbell.services.answering import Answering
from shopbell.services.consents import Recorded, grant_in
from shopbell.services.desk import Desk
from shopbell.store import consent_replies, consents, known, replies, shop_row, topics, welcomes
from shopbell.store.replies import Received

if TYPE_CHECKING:
    from sqlite_utils import Database

_RESTORED = "Wants texts again: what the stop ended is allowed again."


class Texted:
    """What texts of customers lead to."""

    def __init__(self, desk: Desk, answering: Answering) -> None:
        self._desk = desk
        self._answering = answering

    def act(self, db: Database, received: Received, now: datetime) -> Reply:
        """Do what a new reply asks for, answer it, and return it with what was done."""
        reply = received.reply
        if reply.number is None or reply.reading.band is Band.HOLD:
            return reply
        if (to := ending(reply.reading)) is not None:
            if received.stopped and known.is_known(db, reply.number):
                self._answering.write(db, reply, Answer(to=to), now)
            return reply
        match reply.reading.intent:
            case Intent.HELP:
                return self._help(db, reply, reply.number, now)
            case Intent.START:
                return self._start(db, reply, reply.number, now)
            case _:
                return reply

    def _help(self, db: Database, reply: Reply, number: E164, now: datetime) -> Reply:
        said = self._promise(db, number) or self._most(db)
        return self._answered(db, reply, Answer(to=AnswerTo.HELP, often=said), now)

    def _start(self, db: Database, reply: Reply, number: E164, now: datetime) -> Reply:
        """Bring back what the stop ended, if they had said stop and it ended anything."""
        stop = consents.suppression_of(db, number)
        if stop is None:
            return replies.say_done(db, reply.id, "They had not said stop: nothing has changed.")
        events = consents.events_of(db, number)
        told = welcomes.promises_of(db, [number], {number: events}).get(number, ())
        again = brought_back(
            events, stop, told, at=min(reply.at, now), evidence=fingerprint(reply.text)
        )
        granted: list[ConsentEvent] = []
        for draft in again:
            done = grant_in(db, draft, now)
            if isinstance(done, Recorded):
                consent_replies.keep(db, done.event.id, reply.id)
                granted.append(done.event)
        if not granted:
            return reply
        reply = replies.say_done(db, reply.id, _RESTORED)
        often = _promise_of(granted)
        answer = Answer(to=AnswerTo.START, often=often, topics=self._named(db, granted))
        written = self._answering.write(db, reply, answer, now)
        if isinstance(written, Occasion):
            welcomes.keep(db, granted, written.id, often, now)
            return reply
        return reply if written is None else replies.add_done(db, reply.id, written)

    def _answered(self, db: Database, reply: Reply, answer: Answer, now: datetime) -> Reply:
        written = self._answering.write(db, reply, answer, now)
        return replies.add_done(db, reply.id, written) if isinstance(written, str) else reply

    def _promise(self, db: Database, number: E164) -> Frequency | None:
        """Return what the person was promised, all standing yeses together."""
        standing = consents.standing_grants(db, number)
        told = welcomes.promises_of(db, [number], {number: standing}).get(number, ())
        newer = {consent: one.often for one in told for consent in one.consents}
        grants = [
            replace(grant, promised_n=newer[grant.id].n, promised_days=newer[grant.id].days)
            if grant.id in newer
            else grant
            for grant in standing
        ]
        return _promise_of(grants)

    def _most(self, db: Database) -> Frequency | None:
        """Return the most marketing texts the shop sends anybody, over the longest stretch."""
        own = [
            cap for cap in shop_row.load_facts(db).rules.caps if cap.purpose is Purpose.MARKETING
        ]
        usual = self._desk.rules.policy.purposes[Purpose.MARKETING].caps
        found = [Cap(n=cap.n, per=timedelta(days=cap.days)) for cap in own] or list(usual)
        if not found:
            return None
        longest = max(found, key=lambda cap: cap.per)
        return Frequency(n=longest.n, days=longest.per.days)

    def _named(self, db: Database, granted: list[ConsentEvent]) -> tuple[str, ...]:
        ids = [topic for event in granted for topic in event.topics or (_GENERAL[event.purpose],)]
        return named(tuple(dict.fromkeys(ids)), topics.every(db))


_GENERAL = {Purpose.MARKETING: "offers", Purpose.SERVICE: "orders"}


def _promise_of(grants: list[ConsentEvent]) -> Frequency | None:
    stated = [
        Frequency(n=grant.promised_n, days=grant.promised_days)
        for grant in grants
        if grant.promised_n and grant.promised_days
    ]
    return together(tuple(stated))
