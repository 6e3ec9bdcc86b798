"""Double opt-in: a yes that is asked about by text, and counts from its YES.

Must not read the answer; what is written here is decided by the gate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.answering import Answer
from shopbell.domain.consent import ConsentDraft, ConsentEvent, How
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.open_yes import OpenYes
from shopbell.domain.own_texts import AnswerTo
from shopbell.domain.people import ContactDraft
from shopbell.domain.promises import Frequency
from shopbell.domain.replies import Reply
from shopbell.domain.reply_evidence import fingerprint
from shopbell.domain.signup import refusal, with_stated_promise
from shopbell.domain.texts import OutboundText
from shopbell.domain.welcomes import named
from shopbell.services.answering import Answering
from shopbell.services.consent_steps import Recorded, grant_in
from shopbell.services.desk import Desk
from shopbell.store import consent_replies, consents, contacts, open_yeses, topics

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A yes that is on file and waits for the YES of its person."""

    waiting: OpenYes
    question: OutboundText | None
    """The text that asks; None if none could be written."""
    why_not: str = ""
    """Why it could not, as a sentence."""


class Confirming:
    """The yeses of one shop that wait to be confirmed."""

    def __init__(self, desk: Desk, answering: Answering) -> None:
        self._desk = desk
        self._answering = answering

    def open(
        self, db: Database, draft: ConsentDraft, now: datetime, reply: Reply | None = None
    ) -> Opened | Reason:
        """Write down a yes and ask its number to confirm it, in the caller's transaction.

        The ledger, the stop list and every permission stay as they are until the YES comes.
        """
        draft = with_stated_promise(draft)
        stop = consents.suppression_of(db, draft.number)
        if (reason := refusal(draft, stop, now)) is not None:
            return reason
        if stop is not None:
            return _STOPPED
        if contacts.by_number(db, draft.number) is None:
            contacts.add(db, ContactDraft(number=draft.number, source="sign-up"), now)
        open_id = open_yeses.keep(db, draft, now)
        answer = Answer(
            to=AnswerTo.JOIN,
            often=_promise(draft),
            topics=named(draft.topics, topics.every(db)),
        )
        asked = self._answering.ask(db, draft.number, answer, now, reply)
        question = asked if isinstance(asked, OutboundText) else None
        if question is not None and question.occasion is not None:
            open_yeses.asked(db, open_id, question.occasion)
        (waiting,) = (
            one
            for one in open_yeses.of_numbers(db, [draft.number])[draft.number]
            if one.id == open_id
        )
        why_not = asked if isinstance(asked, str) else ""
        return Opened(waiting=waiting, question=question, why_not=why_not)

    def confirm(self, db: Database, reply: Reply, now: datetime) -> ConsentEvent | Reason | None:
        """Take a YES for what it confirms, in the caller's transaction; None if for nothing."""
        if reply.number is None:
            return None
        at = min(reply.at, now)
        within = self._desk.rules.policy.answers.question_open
        waiting = open_yeses.answerable(db, reply.number, at, within)
        if waiting is None:
            return None
        draft = replace(
            waiting.act, how=How.DOUBLE_OPT_IN, at=at, evidence_sha256=fingerprint(reply.text)
        )
        done = grant_in(db, draft, now)
        if not isinstance(done, Recorded):
            return done
        open_yeses.confirmed(db, waiting.id, done.event.id, now)
        consent_replies.keep(db, done.event.id, reply.id)
        return done.event


def _promise(draft: ConsentDraft) -> Frequency | None:
    if draft.promised_n is None or draft.promised_days is None:
        return None
    return Frequency(n=draft.promised_n, days=draft.promised_days)


_STOPPED = Reason(
    code=Code.OPTED_OUT,
    verdict=Verdict.REFUSE,
    layer=Layer.POLICY,
    rule="policy.signup",
    citation="",
    sentence="This person said stop, so they cannot be asked by text to confirm. Let them text "
    "START first.",
)
