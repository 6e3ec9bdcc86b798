"""What a text of theirs is answered with, by itself. Must not write the text or send it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.own_texts import AnswerTo
from shopbell.domain.promises import Frequency
from shopbell.domain.replies import Band, Intent, Reading
from shopbell.domain.template_rules import TemplateKind

_KINDS = {
    AnswerTo.STOP: TemplateKind.STOP,
    AnswerTo.WRONG_NUMBER: TemplateKind.WRONG_NUMBER,
    AnswerTo.HELP: TemplateKind.HELP,
    AnswerTo.START: TemplateKind.START,
    AnswerTo.WISH: TemplateKind.NOTED,
    AnswerTo.CLOSED: TemplateKind.CLOSED,
    AnswerTo.JOIN: TemplateKind.DOUBLE_OPT_IN,
}

_GATEWAYS_WORD = {
    AnswerTo.STOP: "stop",
    AnswerTo.WRONG_NUMBER: "stop",
    AnswerTo.HELP: "help",
    AnswerTo.START: "start",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One automatic answer that is called for, before it is put into words."""

    to: AnswerTo
    often: Frequency | None = None
    """What it says about how many texts come."""
    topics: tuple[str, ...] = ()
    """As the texts name them."""
    noted: str | None = None
    when: str | None = None
    until: datetime | None = None
    """The moment it speaks of."""

    @property
    def kind(self) -> TemplateKind:
        """Return the kind of text it is."""
        return _KINDS[self.to]


def is_gateways(to: AnswerTo, answers_itself: frozenset[str]) -> bool:
    """Return whether the gateway answers this by itself, so that we must not.

    A stop in other words than the gateway knows is left to it as well: two confirmations are worse
    than none.
    """
    return _GATEWAYS_WORD.get(to) in answers_itself


def ending(reading: Reading) -> AnswerTo | None:
    """Return which answer a reply that ended the texts is given; None if it did not end them."""
    if reading.band is not Band.OPT_OUT:
        return None
    return AnswerTo.WRONG_NUMBER if reading.intent is Intent.WRONG_PERSON else AnswerTo.STOP
