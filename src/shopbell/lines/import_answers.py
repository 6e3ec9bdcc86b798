"""Questions about a file that has to be imported: its columns, dates, country and parts.

Must not read the file; each question returns an answer, or None to go back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shopbell.domain.dates import DateOrder
from shopbell.domain.dialling import country_called
from shopbell.domain.importing import ImportPreview, Target
from shopbell.lines.rows import ask_column
from shopbell.lines.talk import Talk

_TARGETS = tuple(Target)
_ORDERS = (
    ("Day first: 31.12.2026", DateOrder.DMY),
    ("Month first: 12/31/2026", DateOrder.MDY),
    ("Year first: 2026-12-31", DateOrder.YMD),
)
_INSTEAD = ("Another column instead", "Another column besides it", "No column")
_MOST_LINES = 2_000


async def ask_columns(
    talk: Talk, preview: ImportPreview, columns: Mapping[Target, tuple[int, ...]]
) -> dict[Target, tuple[int, ...]]:
    """Return the columns after one of them was given another meaning."""
    filled = preview.mapping.columns
    labels = [
        f"{_called(target)}: {_headings(preview.header, filled.get(target, ()))}"
        for target in _TARGETS
    ]
    at = await talk.choose("Which field?", labels)
    if at is None:
        return dict(columns)
    target, before = _TARGETS[at], filled.get(_TARGETS[at], ())
    step: int | None = 0
    if before:
        step = await talk.choose(f"{_called(target).capitalize()} has a column.", _INSTEAD)
    if step is None:
        return dict(columns)
    if step == len(_INSTEAD) - 1:
        return {**columns, target: ()}
    question = f"Which column fills {_called(target)}?"
    column = await ask_column(talk, question, preview.header, preview.samples)
    if column is None:
        return dict(columns)
    kept = tuple(one for one in before if one != column) if step else ()
    return {**columns, target: (*kept, column)}


def _called(target: Target) -> str:
    return target.replace("_", " ")


def _headings(header: Sequence[str], columns: Sequence[int]) -> str:
    return ", ".join(f"“{header[one]}”" for one in columns if one < len(header)) or "no column"


async def ask_country(talk: Talk) -> str | None:
    """Return a country's code, or None to go back."""
    while typed := await talk.line("Which country? Its name, or two letters."):
        found = country_called(typed)
        if found is not None:
            return found.code
        talk.say(f"“{typed[:30]}” is no country that is known.")
    return None


async def ask_date_order(talk: Talk) -> DateOrder | None:
    """Return in which order a file writes dates, or None to go back."""
    order = await talk.choose("How does it write dates?", [words for words, _ in _ORDERS])
    return None if order is None else _ORDERS[order][1]


async def ask_part(talk: Talk) -> int | None:
    """Return which part of a long file is meant, from 1, or None to go back."""
    talk.say("It comes in by parts of 500,000 rows, each an import that can be taken back.")
    while typed := await talk.line("Which part? 1 for the first."):
        if typed.isascii() and typed.isdigit() and int(typed[:6]) > 0:
            return int(typed[:6])
        talk.say(f"“{typed[:10]}” is no number from 1.")
    return None


async def ask_lines(talk: Talk) -> str:
    """Return lines that are typed or pasted, up to the first empty one; "" to go back."""
    talk.say(
        "One person a line, a name and a number in any order; or cells copied from a spreadsheet, "
        "with the names of the columns first. An empty line ends it."
    )
    lines: list[str] = []
    while len(lines) < _MOST_LINES and (line := await talk.optional(f"Line {len(lines) + 1}?")):
        lines.append(line)
    return "\n".join(lines)
