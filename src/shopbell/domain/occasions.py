"""What calls for one of the shop's own texts: a yes, a stop, a HELP. Must not write the text.

Each occasion is answered by one text at most; a text of the shop's own without one never leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from shopbell.domain.ids import OccasionId
from shopbell.domain.policy import Answers
from shopbell.domain.promises import Frequency
from shopbell.domain.template_rules import TemplateKind

ENDINGS = frozenset(
    {
        TemplateKind.STOP,
        TemplateKind.STOP_WAY_BACK,
        TemplateKind.STOP_CLARIFY,
        TemplateKind.WRONG_NUMBER,
    }
)
"""The texts that may follow a stop: one of them, once."""

_WELCOMES = frozenset({TemplateKind.WELCOME, TemplateKind.WELCOME_CHOICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One thing that happened to a person and has not been answered yet."""

    id: OccasionId
    kind: TemplateKind
    """The kind of text that answers it."""
    at: datetime
    """When it happened (aware, UTC)."""
    by_text: bool = False
    """Whether it was a text of theirs."""
    topics: tuple[str, ...] = ()
    """What it is about, as the texts name it."""
    limit: Frequency | None = None
    """The most the answer may promise: what the words they agreed to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An automatic answer to a text of theirs that may have reached them."""

    kind: TemplateKind
    at: datetime
    """When it was written (aware, UTC)."""


def answered_until(occasion: Occasion, answers: Answers) -> datetime:
    """Return the moment from which on it is too late for an answer."""
    return occasion.at + _good_for(occasion, answers)


def is_at_once(occasion: Occasion, answers: Answers, now: datetime) -> bool:
    """Return whether the person waits for the answer, so that no hour is too late for it."""
    return occasion.kind in ENDINGS or (occasion.by_text and now - occasion.at < answers.at_once)


def _good_for(occasion: Occasion, answers: Answers) -> timedelta:
    if occasion.kind in ENDINGS:
        return answers.stop_within
    return answers.text_within if occasion.by_text else answers.sign_up_within


def is_one_too_many(
    occasion: Occasion, before: tuple[Answered, ...], answers: Answers, now: datetime
) -> bool:
    """Return whether the person has had the day's one automatic answer.

    A stop is confirmed whatever was answered before, and once a day; so is a START after it. The
    welcome that follows the YES to our own question is the answer the question was asked for.
    """
    if not occasion.by_text:
        return False
    recent = [one.kind for one in before if one.at > now - answers.one_in]
    if occasion.kind in ENDINGS:
        return any(kind in ENDINGS for kind in recent)
    if occasion.kind in _WELCOMES:
        recent = [kind for kind in recent if kind is not TemplateKind.DOUBLE_OPT_IN]
    return any(kind not in ENDINGS for kind in recent)


def promises_more(said: tuple[int, int], limit: Frequency) -> bool:
    """Return whether `said` (texts, days) comes to more texts than `limit` allows."""
    return Fraction(*said) > Fraction(limit.n, limit.days)


def together(promises: tuple[Frequency, ...]) -> Frequency | None:
    """Return one promise that covers several, each kept by itself; None if there is none.

    Those with different stretches are reckoned by the month, rounded up.
    """
    if not promises:
        return None
    days = promises[0].days
    if all(one.days == days for one in promises):
        return Frequency(n=sum(one.n for one in promises), days=days)
    monthly = [-(-one.n * 30 // one.days) for one in promises]
    return Frequency(n=sum(monthly), days=30)
