"""A yes by text: JOIN, and the YES to our own question; then the welcome.

All of it in the transaction that stores the reply. Must not read a text: that is done.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.consent import (
    Act,
    ConsentDraft,
    ConsentEvent,
    How,
    standing,
    standing_topics,
)
from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164
from shopbell.domain.joining import Poster, word_in
from shopbell.domain.open_yes import must_be_confirmed
from shopbell.domain.own_texts import AnswerTo
from shopbell.domain.replies import Reply
from shopbell.domain.reply_evidence import fingerprint
from shopbell.domain.topics import Topic, sign_up_words
from shopbell.errors import ShopbellError
from shopbell.services.answering import Answering
from shopbell.services.confirming import Confirming, Opened
from shopbell.services.consent_steps import Recorded, grant_in
from shopbell.services.desk import Desk
from shopbell.services.welcomes import Welcomes
from shopbell.store import consent_replies, consents, own_texts, posters, replies, topics
from shopbell.store.attempts import attempt
from shopbell.store.replies import Received

if TYPE_CHECKING:
    from sqlite_utils import Database


class TextedYes:
    """The yeses that come by text."""

    def __init__(
        self, desk: Desk, answering: Answering, confirming: Confirming, welcomes: Welcomes
    ) -> None:
        self._desk = desk
        self._answering = answering
        self._confirming = confirming
        self._welcomes = welcomes

    def act(self, db: Database, received: Received, now: datetime) -> Reply | None:
        """Take a reply for the yes it is, if it is one; None if it is not."""
        reply = received.reply
        if reply.number is None:
            return None
        if received.confirmed:
            done = self._confirming.confirm(db, reply, now)
            return None if done is None else self._confirmed(db, reply, done, now)
        keyword = word_in(reply.text)
        if not keyword:
            return None
        offered = tuple(topic for topic in topics.every(db) if topic.offered)
        poster = posters.newest(db, keyword)
        if poster is not None:
            return self._by_poster(db, reply, reply.number, poster, offered, now)
        own = tuple(topic for topic in offered if topic.keyword == keyword)
        return self._by_word(db, reply, reply.number, own, now) if own else None

    def _confirmed(
        self, db: Database, reply: Reply, done: ConsentEvent | Reason, now: datetime
    ) -> Reply:
        if isinstance(done, Reason):
            return replies.say_done(db, reply.id, f"Not recorded. {done.sentence}")
        said = f"Confirmed by text: {', '.join(done.topics)}."
        return self._welcomed(db, replies.say_done(db, reply.id, said), now)

    def _by_poster(
        self,
        db: Database,
        reply: Reply,
        number: E164,
        poster: Poster,
        offered: tuple[Topic, ...],
        now: datetime,
    ) -> Reply | None:
        """Record a yes in the words of the poster they read."""
        known = {topic.id for topic in offered}
        wanted = tuple(topic for topic in poster.topics if topic in known)
        if not wanted:
            return None
        draft = ConsentDraft(
            number=number,
            act=Act.GRANTED,
            purpose=poster.purpose,
            topics=wanted,
            wording=poster.wording,
            how=How.KEYWORD,
            at=min(reply.at, now),
            evidence_sha256=fingerprint(reply.text),
            promised_n=None if poster.often is None else poster.often.n,
            promised_days=None if poster.often is None else poster.often.days,
        )
        if self._stands(db, draft):
            return replies.say_done(db, reply.id, "Had joined before: nothing has changed.")
        if must_be_confirmed(draft, offered):
            return self._ask(db, reply, draft, now)
        done = grant_in(db, draft, now)
        if not isinstance(done, Recorded):
            return replies.say_done(db, reply.id, f"Not recorded. {done.sentence}")
        consent_replies.keep(db, done.event.id, reply.id)
        said = f"Joined by text: {', '.join(wanted)}."
        return self._welcomed(db, replies.say_done(db, reply.id, said), now)

    def _by_word(
        self, db: Database, reply: Reply, number: E164, own: tuple[Topic, ...], now: datetime
    ) -> Reply:
        """Ask first: nobody knows which words they read."""
        same = tuple(topic for topic in own if topic.purpose is own[0].purpose)
        often = next((topic.often for topic in same if topic.often is not None), None)
        draft = ConsentDraft(
            number=number,
            act=Act.GRANTED,
            purpose=same[0].purpose,
            topics=tuple(topic.id for topic in same),
            wording=sign_up_words(self._desk.profile.name, same),
            how=How.KEYWORD,
            at=min(reply.at, now),
            evidence_sha256=fingerprint(reply.text),
            promised_n=None if often is None else often.n,
            promised_days=None if often is None else often.days,
        )
        if self._stands(db, draft):
            return replies.say_done(db, reply.id, "Had joined before: nothing has changed.")
        return self._ask(db, reply, draft, now)

    def _ask(self, db: Database, reply: Reply, draft: ConsentDraft, now: datetime) -> Reply:
        opened = self._confirming.open(db, draft, now, reply)
        if not isinstance(opened, Opened):
            return replies.say_done(db, reply.id, f"Not recorded. {opened.sentence}")
        said = "Wants to join: asked by text to confirm it."
        if opened.question is None:
            said = f"Wants to join, and could not be asked to confirm it: {opened.why_not}"
        return replies.say_done(db, reply.id, said)

    def _stands(self, db: Database, draft: ConsentDraft) -> bool:
        if consents.is_suppressed(db, draft.number):
            return False
        events = consents.events_of(db, draft.number)
        chosen = standing_topics(events, draft.purpose)
        return bool(standing(events, draft.purpose)) and set(draft.topics) <= chosen

    def _welcomed(self, db: Database, reply: Reply, now: datetime) -> Reply:
        """Send the welcome; the yes is on file whatever becomes of it."""
        route = self._answering.route(db)
        if route is None or reply.number is None or not own_texts.load(db).answers(AnswerTo.JOIN):
            return reply
        try:
            with attempt(db):
                sent = self._welcomes.write(db, reply.number, route, now, by_text=True)
        except ShopbellError as error:
            return replies.add_done(db, reply.id, f"Not welcomed: {error.message}")
        if isinstance(sent, Reason):
            return replies.add_done(db, reply.id, f"Not welcomed: {sent.sentence}")
        if sent.text is None:
            why = sent.judged.decision.reasons[0].sentence
            return replies.add_done(db, reply.id, f"Not welcomed: {why}")
        return reply
