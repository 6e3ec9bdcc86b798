"""Says of each column about permission what stands in it and what is made of it.

Must not decide what a column means: the owner has, or nobody has yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from shopbell.domain.column_words import ColumnWords
from shopbell.domain.consent import Purpose
from shopbell.domain.consent_columns import About, about
from shopbell.domain.consent_uses import ColumnUse, Use, uses_of
from shopbell.domain.import_choices import ANYTHING, Choices
from shopbell.domain.importing import ImportPreview, ImportReport
from shopbell.errors import BadInput
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import cell, spans

_MOST_WORDS = 4
LEAST_NAME = 16
"""Cells that the name of a column has at least, in the lines of a mapping."""
NOT_USED = {
    About.TEXTS: "not used: [import.permission] says what it means",
    About.UNCLEAR: "not used: [import.permission] says what it means",
    About.OTHER_WAY: "not about texts: not used",
}
_SHORTLY = {
    About.TEXTS: "not used yet: [import.permission]",
    About.UNCLEAR: "not used yet: [import.permission]",
    About.OTHER_WAY: "not about texts",
}
"""The same where a narrow screen would cut it off."""


def consent_lines(
    preview: ImportPreview, report: ImportReport | None, choices: Choices, width: int
) -> Iterator[Content]:
    """Return a line for each column about permission: what it says, what is made of it."""
    uses = _uses(preview.header, choices)
    whole_file = [rule for rule in choices.consents if not rule.column]
    for rule in whole_file:
        by = f"with a date in “{rule.date_column}” " if rule.date_column else ""
        said = f"every row {by}says yes to {_what(rule.topics, rule.purpose)}"
        yield spans((cell("permission", 13), "bold"), said, one_line=True)
    columns = dict.fromkeys((*preview.mapping.consent_columns, *uses))
    taken = max(LEAST_NAME, width // 3)
    for column in columns:
        name = preview.header[column] if column < len(preview.header) else f"column {column + 1}"
        told = uses.get(column)
        room = width - taken - 13
        made = "; ".join(map(_use, told)) if told else _not_used(name, room - 2)
        words = words_of(report.said.get(column)) if report is not None else ""
        made, said = f"  {made}", f" · {words}" if words else ""
        yield spans(
            (cell("permission", 13), "bold $text-warning" if told is None else "bold"),
            cell(name, taken),
            cell(made, min(len(made), room)),
            (cell(said, max(room - len(made), 0)) if len(made) + 4 < room else "", "$text-muted"),
            one_line=True,
        )


def _not_used(name: str, room: int) -> str:
    said = with_keys(NOT_USED[about(name)])
    return said if len(said) <= room else with_keys(_SHORTLY[about(name)])


def words_of(words: ColumnWords | None, most: int = _MOST_WORDS) -> str:
    """Return what a column says, and how often: "yes 812, no 390"."""
    if words is None:
        return ""
    said = [f"{word} {count:,}" for word, count in words.words[:most]]
    if len(words.words) > most or words.others:
        said.append("…")
    return ", ".join(said)


def _uses(header: Sequence[str], choices: Choices) -> dict[int, tuple[ColumnUse, ...]]:
    try:
        return uses_of(header, choices)
    except BadInput:
        # A column that is not there is said where the file is looked at.
        return {}


def _use(one: ColumnUse) -> str:
    match one.use:
        case Use.YES:
            proof = "on record" if one.has_proof else "only claimed"
            return f"yes to {_what(one.topics, one.purpose)}, {proof}"
        case Use.DATE:
            return "when they said yes"
        case Use.WORDING:
            return "the words they agreed to"
        case Use.STOP:
            values = "anything" if ANYTHING in one.values else " or ".join(one.values)
            return f"stop: {values}"
        case Use.CLAIM:
            return "yes, only claimed: no date or words"


def _what(topics: Sequence[str], purpose: Purpose | None) -> str:
    if topics:
        return " and ".join(topics)
    return "offers" if purpose is Purpose.MARKETING else "order texts"
