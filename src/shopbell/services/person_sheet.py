"""Everything the counter shows about one number. Must not decide: the judge is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.answers import Answer, answer_about, answer_to
from shopbell.domain.complaints import Complaint
from shopbell.domain.consent import ConsentEvent, Purpose, Suppression, standing, standing_topics
from shopbell.domain.decision import Decision
from shopbell.domain.draft_words import PLAIN_WORDS
from shopbell.domain.facts import TextDraft
from shopbell.domain.numbers import Number
from shopbell.domain.people import Contact
from shopbell.domain.replies import Reply
from shopbell.domain.row_yes import Claim
from shopbell.domain.texts import OutboundText
from shopbell.domain.topics import TOPICS, Topic, asked_about
from shopbell.domain.wishes import NO_WISHES, Wishes
from shopbell.store import claims, complaints, links, replies, shop_row, text_rows, topics
from shopbell.store.gathering import gather
from shopbell.store.outbox import Judge

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands for one purpose, and what the gate would say to a plain text right now."""

    purpose: Purpose
    yes: tuple[ConsentEvent, ...]
    """Standing grants, oldest first; empty = no or not asked yet."""
    answer: Answer
    """To the purpose as a whole."""
    about: Mapping[str, Answer]
    """What was answered about each topic the shop has, and each that is on file."""
    topics: frozenset[str]
    """Those with a standing yes."""
    decisions: tuple[tuple[str | None, Decision], ...]
    """For each standing topic (or None for a text without topic): the decision now."""

    @property
    def asked(self) -> bool:
        """Somebody was asked at least once."""
        return self.answer is not Answer.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheet:
    """Everything the counter shows about one number."""

    number: Number
    contact: Contact | None
    suppression: Suppression | None
    unclear_stop_at: datetime | None
    made_at: datetime
    """When all of this was true."""
    standings: tuple[Standing, ...]
    """For marketing and for service."""
    ledger: tuple[ConsentEvent, ...]
    texts: tuple[OutboundText, ...]
    """The newest twenty, newest first."""
    replies: tuple[Reply, ...]
    """The newest twenty, newest first."""
    wishes: Wishes = NO_WISHES
    topics: tuple[Topic, ...] = TOPICS
    """What the shop offers to say yes to."""
    same_person: tuple[Contact, ...] = ()
    """Their other numbers; the kept contact first."""
    complaints: tuple[Complaint, ...] = ()
    """The open ones first."""
    household: tuple[Contact, ...] = ()
    """Who lives with them, in name order."""
    claims: tuple[Claim, ...] = ()
    """The yeses that lists claim for them; they allow nothing."""


def gather_sheet(db: Database, number: Number, judge: Judge, now: datetime) -> ContactSheet:
    """Gather everything in one read, so that its parts fit together; `judge` is the gate's."""
    person, here = gather(db, number.e164, now), shop_row.load_facts(db)
    offered = tuple(topic for topic in topics.every(db) if topic.offered)
    standings = []
    for purpose in (Purpose.MARKETING, Purpose.SERVICE):
        chosen = standing_topics(person.consents, purpose)
        drafts = [
            TextDraft(number=number.e164, body=PLAIN_WORDS, purpose=purpose, topic=topic)
            for topic in (*sorted(chosen),) or (None,)
        ]
        standings.append(
            Standing(
                purpose=purpose,
                yes=standing(person.consents, purpose),
                answer=answer_to(person.consents, purpose),
                about={
                    topic: answer_about(person.consents, purpose, topic)
                    for topic in asked_about(offered, person.consents, purpose)
                },
                topics=chosen,
                decisions=tuple(
                    (draft.topic, judge(draft, person, here, now).decision) for draft in drafts
                ),
            )
        )
    return ContactSheet(
        number=number,
        contact=person.contact,
        suppression=person.suppression,
        unclear_stop_at=person.unclear_stop_at,
        made_at=now,
        standings=tuple(standings),
        ledger=person.consents,
        texts=text_rows.find(db, (), number.e164, 0, 20)[0],
        replies=replies.find(db, number.e164, 0, 20)[0],
        wishes=person.wishes,
        topics=offered,
        complaints=complaints.find(db, open_only=False, number=number.e164),
        same_person=links.same_person(db, person.contact),
        household=links.household(db, person.contact),
        claims=claims.of(db, number.e164),
    )
