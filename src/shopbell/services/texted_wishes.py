"""Wishes by text: PAUSE 30, LESS, CALL, EMAIL, ONLY ORDERS, topic numbers. Recorded, answered once.

All of it in the transaction that stores the reply. Must not read a text: `domain.text_wishes` does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from shopbell.domain.answering import Answer
from shopbell.domain.choosing import chosen_topics, topics_to_choose
from shopbell.domain.consent import (
    Act,
    ConsentDraft,
    How,
    Purpose,
    standing,
    standing_topics,
)
from shopbell.domain.ids import E164
from shopbell.domain.noted_words import noted_in
from shopbell.domain.open_yes import must_be_confirmed
from shopbell.domain.own_texts import AnswerTo
from shopbell.domain.people import Contact
from shopbell.domain.promises import halved, promised_frequency
from shopbell.domain.replies import Band, Reply
from shopbell.domain.reply_evidence import fingerprint
from shopbell.domain.telling import local
from shopbell.domain.text_wishes import TextWish, WishKind, wish_in
from shopbell.domain.welcomes import named
from shopbell.domain.wish_changes import WishChange, changed
from shopbell.domain.wishes import Channel, Wishes
from shopbell.services.answering import Answering
from shopbell.services.consent_steps import Recorded, grant_in, revoke_in
from shopbell.services.desk import Desk
from shopbell.services.promised import promise_of, shops_most
from shopbell.store import consent_replies, consents, contacts, last_texts, replies, topics, wishes

if TYPE_CHECKING:
    from sqlite_utils import Database

_CHANNELS = {
    WishKind.CALL: Channel.CALL,
    WishKind.EMAIL: Channel.EMAIL,
    WishKind.TEXT: Channel.TEXT,
}
_DONE = {
    WishKind.PAUSE: "Asked for a pause: noted.",
    WishKind.LESS: "Asked for fewer offers: noted.",
    WishKind.CALL: "Asked to be called: noted.",
    WishKind.EMAIL: "Asked for e-mail: noted.",
    WishKind.TEXT: "Asked for texts: noted.",
    WishKind.ONLY_ORDERS: "Wants no more offers: noted.",
    WishKind.TOPICS: "Chose what to hear about: noted.",
}


class TextedWishes:
    """What customers wish for by text."""

    def __init__(self, desk: Desk, answering: Answering) -> None:
        self._desk = desk
        self._answering = answering

    def act(self, db: Database, reply: Reply, now: datetime) -> Reply | None:
        """Record the wish that a reply is, and answer it; None if it is none."""
        wish = wish_in(reply.text) if reply.reading.band is Band.NONE else None
        if wish is None or reply.number is None or consents.is_suppressed(db, reply.number):
            return None
        contact = contacts.by_number(db, reply.number)
        if contact is None:
            return None
        answer = self._record(db, reply, reply.number, contact, wish, now)
        if answer is None:
            return None
        said = replies.say_done(db, reply.id, _DONE[wish.kind])
        written = self._answering.write(db, said, answer, now)
        return replies.add_done(db, reply.id, written) if isinstance(written, str) else said

    def _record(
        self,
        db: Database,
        reply: Reply,
        number: E164,
        contact: Contact,
        wish: TextWish,
        now: datetime,
    ) -> Answer | None:
        old = wishes.of_number(db, number)
        match wish.kind:
            case WishKind.PAUSE:
                zone = self._desk.profile.zone
                until = local(now, zone).date() + timedelta(days=wish.days or 1)
                new = changed(old, WishChange(paused_until=until), zone, now)
            case WishKind.LESS:
                before = old.most or promise_of(db, number) or shops_most(self._desk.rules, db)
                new = replace(old, most=halved(before))
            case WishKind.CALL | WishKind.EMAIL | WishKind.TEXT:
                new = replace(old, channel=_CHANNELS[wish.kind])
            case WishKind.ONLY_ORDERS:
                self._no(db, reply, number, (), now)
                return self._noted(db, number, wish.kind, old)
            case WishKind.TOPICS:
                return self._choose(db, reply, number, wish.numbers, now)
            case unexpected:
                assert_never(unexpected)
        wishes.keep(db, contact.id, new, now)
        return self._noted(db, number, wish.kind, new)

    def _noted(
        self,
        db: Database,
        number: E164,
        kind: WishKind,
        new: Wishes,
        about: tuple[str, ...] = (),
    ) -> Answer:
        templates = self._desk.rules.texts.templates
        language = self._answering.language(db, number)
        words = templates.languages.get(language, templates.languages["en"])
        said = noted_in(words, kind, new, self._desk.profile.zone, about)
        return Answer(to=AnswerTo.WISH, noted=said, topics=about)

    def _choose(
        self, db: Database, reply: Reply, number: E164, numbers: tuple[int, ...], now: datetime
    ) -> Answer | None:
        """Keep the topics they chose, and give up the others; only as an answer to our question."""
        within = self._desk.rules.policy.answers.question_open
        asked = last_texts.open_choice(db, number, min(reply.at, now), within)
        offered = topics_to_choose(topics.every(db))
        chosen = None if asked is None else chosen_topics(asked, offered, numbers)
        if asked is None or chosen is None:
            return None
        events = consents.events_of(db, number)
        had = standing_topics(events, Purpose.MARKETING)
        is_general = any(not grant.topics for grant in standing(events, Purpose.MARKETING))
        others = tuple(sorted(had - {topic.id for topic in chosen}))
        if is_general or others:
            self._no(db, reply, number, () if is_general else others, now)
        often = promised_frequency(asked)
        draft = ConsentDraft(
            number=number,
            act=Act.GRANTED,
            purpose=Purpose.MARKETING,
            topics=tuple(t.id for t in chosen if is_general or t.id not in had),
            wording=asked,
            how=How.TEXT,
            at=min(reply.at, now),
            evidence_sha256=fingerprint(reply.text),
            promised_n=None if often is None else often[0],
            promised_days=None if often is None else often[1],
        )
        if draft.topics and not must_be_confirmed(draft, chosen):
            done = grant_in(db, draft, now)
            if isinstance(done, Recorded):
                consent_replies.keep(db, done.event.id, reply.id)
        ids = tuple(topic.id for topic in chosen)
        about = named(ids, topics.every(db))
        return self._noted(db, number, WishKind.TOPICS, wishes.of_number(db, number), about)

    def _no(
        self, db: Database, reply: Reply, number: E164, about: tuple[str, ...], now: datetime
    ) -> None:
        done = revoke_in(
            db,
            ConsentDraft(
                number=number,
                act=Act.REVOKED,
                purpose=Purpose.MARKETING,
                topics=about,
                wording=reply.veiled,
                how=How.TEXT,
                at=min(reply.at, now),
                evidence_sha256=fingerprint(reply.text),
            ),
            now,
        )
        consent_replies.keep(db, done.event.id, reply.id)
