"""Whether an act of permission may go on record as it is. Must not store it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from shopbell.domain.consent import Act, ConsentDraft, How, Purpose, Suppression
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.promises import promised_frequency

_ASKED_FOR = frozenset({Purpose.MARKETING, Purpose.SERVICE})

_BY_THEMSELVES = frozenset({How.KEYWORD, How.DOUBLE_OPT_IN, How.WEB, How.PAPER})
"""Ways that leave the person's own mark; the others need a witness to undo a stop."""


def refusal(draft: ConsentDraft, suppression: Suppression | None, now: datetime) -> Reason | None:
    """Return why `draft` may not be recorded, or None when it may.

    Nobody but the person can undo a stop (rules.md 5.4): a new sign-up needs to be later than the
    stop and to carry the person's own mark or a witness.
    """
    if draft.act is Act.REVOKED:
        return None
    if draft.purpose not in _ASKED_FOR:
        return _no(Code.CONSENT_WRONG_CATEGORY, _WRONG_PURPOSE)
    if not draft.wording.strip():
        return _no(Code.CONSENT_PROOF_MISSING, _NO_WORDS)
    if draft.at > now + timedelta(minutes=5):
        return _no(Code.CONSENT_PROOF_MISSING, _IN_THE_FUTURE)
    if draft.how is How.IMPORT:
        return _no(Code.CONSENT_PROOF_MISSING, _IMPORTED)
    if suppression is None:
        return None
    if draft.at <= suppression.at:
        return _no(Code.OPTED_OUT, _BEFORE_THE_STOP.format(day=f"{suppression.at:%d %b %Y}"))
    if draft.how not in _BY_THEMSELVES and not (draft.witness or draft.evidence_sha256):
        return _no(Code.OPTED_OUT, _NEEDS_WITNESS)
    return None


def with_stated_promise(draft: ConsentDraft) -> ConsentDraft:
    """Return the act with the frequency its own words state, if nobody gave one.

    A promise that was shown binds, whether somebody typed it in again or not. Only for marketing:
    the words of a sheet may speak of offers and orders at once.
    """
    is_open = draft.act is Act.GRANTED and draft.purpose is Purpose.MARKETING
    said = promised_frequency(draft.wording) if is_open and draft.promised_n is None else None
    return draft if said is None else replace(draft, promised_n=said[0], promised_days=said[1])


_WRONG_PURPOSE = (
    "A yes is recorded for marketing, or for orders and appointments; answers to a customer need "
    "none."
)
_NO_WORDS = "A yes needs the words the person was shown or heard. Type them, then record it again."
_IN_THE_FUTURE = "A yes cannot lie in the future. Check the date, then record it again."
_IMPORTED = "An imported list is no proof of a yes. Record how and when each person agreed."
_BEFORE_THE_STOP = (
    "This person said stop on {day}, after this yes. Only a new sign-up by them can change that."
)
_NEEDS_WITNESS = (
    "This person said stop. A new spoken yes needs a witness: add who heard it, or let the person"
    " text START."
)


def _no(code: Code, sentence: str) -> Reason:
    return Reason(
        code=code,
        verdict=Verdict.REFUSE,
        layer=Layer.POLICY,
        rule="policy.signup",
        citation="",
        sentence=sentence,
    )
