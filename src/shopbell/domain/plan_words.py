"""Why a group of people is held or left out, in a few words for a table. Must not decide.

A reason of one person names dates and places; a group is told what its members have in common.
"""

from __future__ import annotations

from shopbell.domain.decision import Code

_WORDS = {
    Code.OPTED_OUT: "said stop",
    Code.COMPLAINT_OPEN: "have complained and wait for an answer: call",
    Code.HELD_AMBIGUOUS_STOP: "wrote something that may be a stop: say what it means",
    Code.NO_CONSENT: "were never asked, or did not agree",
    Code.CONSENT_WRONG_CATEGORY: "agreed to other texts, not to these",
    Code.CONSENT_UNCONFIRMED: "have not confirmed their yes yet",
    Code.CONSENT_EXPIRED: "agreed too long ago: ask again",
    Code.CONSENT_PROOF_MISSING: "agreed without proof",
    Code.NUMBER_REASSIGNED: "may not have this number any more",
    Code.QUIET_HOURS: "cannot be texted at this hour",
    Code.CLOSED_DAY: "wait: the shop is closed then",
    Code.HOLIDAY: "wait: it is a holiday there",
    Code.EMERGENCY_BAN: "live where an emergency stops offers",
    Code.CAP_SHOP: "had enough texts lately",
    Code.CAP_PROMISED: "were promised fewer texts, and had them",
    Code.CAP_JURISDICTION: "had as many texts as the law there allows",
    Code.CAP_PERSON: "asked for fewer texts, and had them",
    Code.TOPIC_NOT_CHOSEN: "did not choose this topic",
    Code.CHANNEL_PREFERENCE: "asked for calls or mail, or for a pause",
    Code.JURISDICTION_UNKNOWN: "live where we know no rules: add a place",
    Code.TIMEZONE_UNKNOWN: "live in a time zone we do not know: add a place",
    Code.SENDER_UNREGISTERED: "can only be texted by a registered sender",
    Code.NO_SENDER_NAME: "would not be told who writes",
    Code.NO_OPT_OUT_FOOTER: "would not be told how to stop",
    Code.SECRET_IN_TEXT: "would get a secret by text",
    Code.SENSITIVE_USE_CALL: "should be called about this",
    Code.TOO_COMPLEX_USE_CALL: "should be called about this",
    Code.FORBIDDEN_CONTENT: "may not get words like these",
    Code.PUBLIC_SHORTENER: "would get a link that networks block",
    Code.LINT_STYLE: "would get words that put people off",
    Code.NOT_TEXTABLE: "have a number that takes no texts: call",
    Code.EMPTY_TEXT: "would get an empty text",
    Code.TOO_LONG: "would get a text that is too long",
    Code.PROMOTION_IN_SERVICE: "did not agree to offers, and these words promote something",
    Code.NOT_CALLED_FOR: "did nothing that this text answers",
    Code.WORDS_MISSING: "would not be told what such a text must say",
    Code.WORDS_UNWANTED: "would be told what such a text must not say",
    Code.STALE_WORDS: "would get words that are wrong by then",
    Code.MERGE_GAP: "have no name that can be printed: mend it",
    Code.NO_COUPON: "get no code: none is left",
    Code.TOO_LATE: "could only be texted when it is too late",
    Code.TAKEN_OUT: "were left out by the shop",
    Code.SAME_HOUSEHOLD: "share a person or household with somebody who gets it",
    Code.GONE: "are not in the shop file any more",
    Code.SENDING_OFF: "were not sent to: it was stopped",
}


def of_group(code: Code | None) -> str:
    """Return what people with the same main reason have in common; after a number of people."""
    return "" if code is None else _WORDS.get(code, "are held back by a rule")
