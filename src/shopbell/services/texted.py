"""What a text of theirs changes besides the stop list, and the answer it gets.

All of it in the transaction that stores the reply. Must not read a text: that is done.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.answering import Answer, ending
from shopbell.domain.closed_now import opens_again_at
from shopbell.domain.coming_back import brought_back
from shopbell.domain.consent import ConsentEvent, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.noted_words import moment_in
from shopbell.domain.own_texts import AnswerTo
from shopbell.domain.replies import Band, Intent, Reply
from shopbell.domain.reply_evidence import fingerprint
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.texts import OutboundText
from shopbell.domain.welcomes import named
from shopbell.services.answering import Answering
from shopbell.services.confirming import Confirming
from shopbell.services.consent_steps import Recorded, grant_in
from shopbell.services.desk import Desk
from shopbell.services.promised import promise_of, shops_most, stated_in
from shopbell.services.texted_wishes import TextedWishes
from shopbell.services.texted_yes import TextedYes
from shopbell.services.welcomes import Welcomes
from shopbell.store import (
    consent_replies,
    consents,
    contacts,
    known,
    occasions,
    replies,
    shop_row,
    topics,
    welcomes,
)
from shopbell.store.replies import Received

if TYPE_CHECKING:
    from sqlite_utils import Database

_NO_STOP = "They had not said stop: nothing has changed. To let them join, record a sign-up."
_RESTORED = "Wants texts again: what the stop ended is allowed again."


class Texted:
    """What texts of customers lead to."""

    def __init__(
        self, desk: Desk, answering: Answering, confirming: Confirming, welcomes_: Welcomes
    ) -> None:
        self._desk = desk
        self._answering = answering
        self._wishing = TextedWishes(desk, answering)
        self._joining = TextedYes(desk, answering, confirming, welcomes_)

    def act(self, db: Database, received: Received, now: datetime) -> Reply:
        """Do what a new reply asks for, answer it, and return it with what was done."""
        reply = received.reply
        if reply.number is None or reply.reading.band is Band.HOLD:
            return reply
        if (to := ending(reply.reading)) is not None:
            if received.stopped and known.is_known(db, reply.number):
                self._answering.write(db, reply, Answer(to=to), now)
            return reply
        joined = self._joining.act(db, received, now)
        if joined is not None:
            return joined
        wished = self._wishing.act(db, reply, now)
        if wished is not None:
            return wished
        match reply.reading.intent:
            case Intent.HELP:
                return self._help(db, reply, reply.number, now)
            case Intent.START:
                return self._start(db, reply, reply.number, now)
            case _:
                return self._closed(db, reply, reply.number, now)

    def _help(self, db: Database, reply: Reply, number: E164, now: datetime) -> Reply:
        said = promise_of(db, number) or shops_most(self._desk.rules, db)
        return self._answered(db, reply, Answer(to=AnswerTo.HELP, often=said), now)

    def _start(self, db: Database, reply: Reply, number: E164, now: datetime) -> Reply:
        """Bring back what the stop ended, if they had said stop and it ended anything."""
        stop = consents.suppression_of(db, number)
        if stop is None:
            return replies.say_done(db, reply.id, _NO_STOP)
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
        often = stated_in(granted)
        answer = Answer(to=AnswerTo.START, often=often, topics=self._named(db, granted))
        written = self._answering.write(db, reply, answer, now)
        if isinstance(written, OutboundText) and written.occasion is not None:
            welcomes.keep(db, granted, written.occasion, often, now)
            return reply
        return replies.add_done(db, reply.id, written) if isinstance(written, str) else reply

    def _closed(self, db: Database, reply: Reply, number: E164, now: datetime) -> Reply:
        """Say until when the shop is closed: to people on file, once while it is closed."""
        if reply.reading.intent is not None or contacts.by_number(db, number) is None:
            return reply
        here = shop_row.load_facts(db)
        opens = opens_again_at(here.profile, here.rules, now)
        said = occasions.spoken_of(db, number, TemplateKind.CLOSED)
        if opens is None or (said is not None and said > now):
            return reply
        templates = self._desk.rules.texts.templates
        language = self._answering.language(db, number)
        words = templates.languages.get(language, templates.languages["en"])
        when = moment_in(words, opens, here.profile.zone)
        self._answering.write(db, reply, Answer(to=AnswerTo.CLOSED, when=when, until=opens), now)
        return reply

    def _answered(self, db: Database, reply: Reply, answer: Answer, now: datetime) -> Reply:
        written = self._answering.write(db, reply, answer, now)
        return replies.add_done(db, reply.id, written) if isinstance(written, str) else reply

    def _named(self, db: Database, granted: list[ConsentEvent]) -> tuple[str, ...]:
        ids = [topic for event in granted for topic in event.topics or (_GENERAL[event.purpose],)]
        return named(tuple(dict.fromkeys(ids)), topics.every(db))


_GENERAL = {Purpose.MARKETING: "offers", Purpose.SERVICE: "orders"}
