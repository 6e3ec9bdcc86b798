"""What the owner's rules make of the columns of a file, so that it can be shown before it is done.

Must not read a cell: `row_marks` does, by the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.columns import column_called
from shopbell.domain.consent import Purpose
from shopbell.domain.import_choices import Choices, ConsentRule
from shopbell.domain.row_marks import claims_in


class Use(StrEnum):
    """What a column is read for."""

    YES = "yes"
    DATE = "date"
    WORDING = "wording"
    STOP = "stop"
    CLAIM = "claim"
    """It says yes without proof in a known export: kept as claimed without being asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """One thing a column is read for."""

    use: Use
    purpose: Purpose | None = None
    topics: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    """Of a stop column: the cells that mean stop."""
    has_proof: bool = False
    """Of a yes: whether its date and its words are told too, so that it can go on record."""


def uses_of(header: Sequence[str], choices: Choices) -> dict[int, tuple[ColumnUse, ...]]:
    """Return for each column what it is read for; columns that mean nothing are left out.

    Raises:
        BadInput: a column that was named isn't there.
    """
    found: dict[int, tuple[ColumnUse, ...]] = {}
    for column, use in _uses(header, choices):
        found[column] = (*found.get(column, ()), use)
    return found


def is_proven(rule: ConsentRule) -> bool:
    """Return whether a yes by this rule can have all it takes to go on record."""
    words = rule.wording or rule.wording_column or rule.evidence_sha256
    return bool(rule.date_column and words)


def _uses(header: Sequence[str], choices: Choices) -> Iterator[tuple[int, ColumnUse]]:
    for rule in choices.consents:
        for use, word in (
            (Use.YES, rule.column),
            (Use.DATE, rule.date_column),
            (Use.WORDING, rule.wording_column),
        ):
            if word.strip():
                yield (
                    column_called(word, header),
                    ColumnUse(
                        use=use,
                        purpose=rule.purpose,
                        topics=rule.topics,
                        has_proof=is_proven(rule),
                    ),
                )
    if choices.stops is not None:
        stops = choices.stops
        yield column_called(stops.column, header), ColumnUse(use=Use.STOP, values=stops.values)
    for column, purpose in claims_in(header, choices):
        yield column, ColumnUse(use=Use.CLAIM, purpose=purpose)
