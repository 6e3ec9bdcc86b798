"""What the owner answered about one column, as the rules of an import. Must not ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shopbell.domain.columns import column_called, word_for
from shopbell.domain.consent import How
from shopbell.domain.import_choices import Choices, ConsentRule, StopRule
from shopbell.domain.promises import promised_frequency
from shopbell.domain.topics import Topic

_BETWEEN = re.compile(r"\s*,\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file that shows how people agreed."""

    name: str
    sha256: str


class Means(StrEnum):
    """What a column means."""

    NOTHING = "nothing"
    YES = "yes"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers; those that do not belong to what the column means are left aside."""

    column: int | None
    """None: every row of the file says so."""
    means: Means
    values: tuple[str, ...] = ()
    """Cells that mean stop, or that mean yes besides the usual words."""
    topics: tuple[Topic, ...] = ()
    how: How = How.WEB
    date_column: int | None = None
    wording: str = ""
    wording_column: int | None = None
    evidence: Evidence | None = None


def values_in(text: str) -> tuple[str, ...]:
    """Return the words somebody typed with commas between them."""
    return tuple(word for word in _BETWEEN.split(text.strip()) if word)


def answers_of(
    choices: Choices, header: Sequence[str], column: int | None, topics: Sequence[Topic]
) -> Answers:
    """Return what was answered about a column before."""
    rules = [rule for rule in choices.consents if _column(rule.column, header) == column]
    if not rules:
        values = _stop_values(choices, header, column)
        means = Means.NOTHING if values is None else Means.STOP
        return Answers(column=column, means=means, values=values or ())
    rule, chosen = rules[0], {id_ for one in rules for id_ in one.topics}
    sha256 = rule.evidence_sha256
    return Answers(
        column=column,
        means=Means.YES,
        values=rule.yes_words,
        topics=tuple(topic for topic in topics if topic.id in chosen),
        how=rule.how,
        date_column=_column(rule.date_column, header),
        wording=rule.wording,
        wording_column=_column(rule.wording_column, header),
        evidence=None if sha256 is None else Evidence(name=rule.evidence_name, sha256=sha256),
    )


def chosen_with(choices: Choices, answers: Answers, header: Sequence[str]) -> Choices:
    """Return the choices with these answers in place of what was said of the column before."""
    others = [rule for rule in choices.consents if _column(rule.column, header) != answers.column]
    stops = choices.stops
    if _stop_values(choices, header, answers.column) is not None:
        stops = None
    if answers.means is Means.STOP and answers.column is not None:
        stops = StopRule(column=word_for(answers.column, header), values=answers.values)
    rules = _rules(answers, header) if answers.means is Means.YES else ()
    return replace(choices, consents=(*others, *rules), stops=stops)


def missing(answers: Answers) -> str:
    """Return what must still be answered, as a sentence, or "" when nothing must."""
    if answers.means is Means.YES and not answers.topics:
        return "Choose what they said yes to."
    if answers.means is Means.STOP and not answers.values:
        return "Say which words mean stop; * is anything at all."
    return ""


def has_proof(answers: Answers) -> bool:
    """Return whether each yes comes with a date and words, so that it can go on record."""
    words = answers.wording or answers.wording_column is not None or answers.evidence
    return bool(answers.date_column is not None and words)


def _stop_values(
    choices: Choices, header: Sequence[str], column: int | None
) -> tuple[str, ...] | None:
    stops = choices.stops
    if stops is None or column is None or column_called(stops.column, header) != column:
        return None
    return stops.values


def _column(word: str, header: Sequence[str]) -> int | None:
    return column_called(word, header) if word.strip() else None


def _rules(answers: Answers, header: Sequence[str]) -> Iterable[ConsentRule]:
    """Yield a rule for each purpose of the topics: one act of permission is for one purpose."""
    promised = promised_frequency(answers.wording) or (None, None)
    evidence = answers.evidence
    for purpose in dict.fromkeys(topic.purpose for topic in answers.topics):
        yield ConsentRule(
            purpose=purpose,
            how=answers.how,
            topics=tuple(topic.id for topic in answers.topics if topic.purpose is purpose),
            column=_word(answers.column, header),
            yes_words=answers.values,
            date_column=_word(answers.date_column, header),
            wording=answers.wording,
            wording_column=_word(answers.wording_column, header),
            evidence_sha256=None if evidence is None else evidence.sha256,
            evidence_name="" if evidence is None else evidence.name,
            promised_n=promised[0],
            promised_days=promised[1],
        )


def _word(column: int | None, header: Sequence[str]) -> str:
    return "" if column is None else word_for(column, header)
