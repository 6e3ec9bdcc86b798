"""Reads the options of an import that are small languages of their own. Must not read the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from shopbell.domain.columns import column_called
from shopbell.domain.consent import How, Purpose
from shopbell.domain.import_choices import ConsentRule, Ours, OwnField, StopRule
from shopbell.domain.importing import ImportReport, Target
from shopbell.domain.parking import storable
from shopbell.errors import BadInput
from shopbell.services.evidence import sha256_of

_PART = re.compile(
    r"(?:^|,)\s*(purpose|topics?|how|column|yes|date-column|wording-column|wording|evidence-file"
    r"|witness|promised)\s*="
)
_AND = re.compile(r"\s*[+;|]\s*")
_PROMISE = re.compile(r"([1-9]\d{0,2})/([1-9]\d{0,2})")
_FIX = re.compile(r"(\d{1,9}):([^=]+)=(.*)", re.S)
_FIELD = re.compile(r"(?:(\d{1,9}):)?([a-z_ -]{1,20})")
_ALSO_CALLED = {"place": OwnField.REGION, "e-mail": OwnField.EMAIL, "notes": OwnField.NOTE}
_LONGEST_SHOWN = 60
Word = TypeVar("Word", bound=StrEnum)

_ASKED = (Purpose.MARKETING, Purpose.SERVICE)


def read_columns(pairs: Sequence[str]) -> dict[Target, str]:
    """Read each `FIELD=COLUMN` of --map.

    Raises:
        BadInput: it is none, or a field is given twice.
    """
    columns: dict[Target, str] = {}
    for pair in pairs:
        field, found, column = pair.partition("=")
        name = field.strip().lower().replace("-", "_")
        if not found or name not in set(Target) or not column.strip():
            raise BadInput(
                f"--map: “{pair[:_LONGEST_SHOWN]}” is not FIELD=COLUMN.",
                f"Fields are: {', '.join(Target)}.",
                code="bad_map",
            )
        if name in columns:
            raise BadInput(f"--map: {name} is given twice.", "Give it once.", code="bad_map")
        columns[Target(name)] = column
    return columns


def read_consent(text: str) -> ConsentRule:
    """Read one --consent: `purpose=marketing,how=web,date-column=Signed up,wording=...`.

    A comma inside the wording is a comma, unless a word of this language follows it.

    Raises:
        BadInput: it isn't of this form, lacks purpose or how, or the evidence is no file.
    """
    parts = _parts(text)
    purpose = _word(parts, "purpose", Purpose)
    how = _word(parts, "how", How)
    if purpose not in _ASKED:
        raise _bad_consent("a yes is for marketing or for service")
    if how is How.IMPORT:
        raise _bad_consent("how means the way people said yes to you: web, paper, spoken, keyword")
    if "wording" in parts and "wording-column" in parts:
        raise _bad_consent("give either wording or wording-column")
    evidence = parts.get("evidence-file")
    times, days = _promise(parts.get("promised"))
    return ConsentRule(
        purpose=purpose,
        how=how,
        topics=tuple(_AND.split(parts["topic"])) if parts.get("topic") else (),
        column=parts.get("column", ""),
        yes_words=tuple(_AND.split(parts["yes"])) if parts.get("yes") else (),
        date_column=parts.get("date-column", ""),
        wording=parts.get("wording", ""),
        wording_column=parts.get("wording-column", ""),
        evidence_sha256=None if evidence is None else sha256_of(Path(evidence), "--consent"),
        evidence_name="" if evidence is None else storable(Path(evidence).name),
        witness=parts.get("witness"),
        promised_n=times,
        promised_days=days,
    )


def read_stops(text: str) -> StopRule:
    """Read --stop-column: `COLUMN=VALUE,VALUE`; the value `*` means any cell that isn't empty.

    Raises:
        BadInput: it isn't of this form.
    """
    column, found, values = text.partition("=")
    words = tuple(value.strip() for value in values.split(",") if value.strip())
    if not found or not column.strip() or not words:
        raise BadInput(
            f"--stop-column: “{text[:_LONGEST_SHOWN]}” is not COLUMN=VALUE,VALUE.",
            "Write it like --stop-column Status=unsubscribed,stop.",
            code="bad_stop_column",
        )
    return StopRule(column=column.strip(), values=words)


def read_ours(keeps: Sequence[str], takes: Sequence[str]) -> Ours:
    """Read each `FIELD` or `ROW:FIELD` of --keep, and each `ROW:FIELD` of --take.

    Raises:
        BadInput: it isn't of this form, or the same row both keeps and takes a field.
    """
    kept = [_own_field("--keep", text) for text in keeps]
    taken = [_own_field("--take", text) for text in takes]
    if any(row is None for row, _ in taken):
        raise BadInput(
            "--take: say for which row the file is right.",
            "Write it like --take 12:name. Without --keep the file is right everywhere.",
            code="bad_keep",
        )
    if both := set(kept) & set(taken):
        row, field = min(both, key=str)
        raise BadInput(
            f"Row {row} cannot both keep and take the {field}.", "Give one of them.",
            code="bad_keep",
        )  # fmt: skip
    everywhere = frozenset(field for row, field in kept if row is None)
    in_rows = {
        row: (everywhere | {field for at, field in kept if at == row})
        - {field for at, field in taken if at == row}
        for row in {row for row, _ in (*kept, *taken) if row is not None}
    }
    return Ours(everywhere=everywhere, in_rows=in_rows)


def _own_field(option: str, text: str) -> tuple[int | None, OwnField]:
    found = _FIELD.fullmatch(text.strip().lower())
    name = found.group(2).strip() if found else ""
    if found is None or (name not in set(OwnField) and name not in _ALSO_CALLED):
        raise BadInput(
            f"{option}: “{text[:_LONGEST_SHOWN]}” is not FIELD or ROW:FIELD.",
            f"Fields are: {', '.join(OwnField)}. Write it like {option} 12:name.",
            code="bad_keep",
        )
    row = None if found.group(1) is None else int(found.group(1))
    return row, _ALSO_CALLED.get(name) or OwnField(name)


def read_fixes(texts: Sequence[str], looked: ImportReport) -> dict[int, list[str]]:
    """Return the corrected cells of parked rows, from each `ROW:COLUMN=VALUE` of --fix.

    Args:
        texts: what was typed.
        looked: the dry run that parked the rows.

    Raises:
        BadInput: it isn't of this form, or the row isn't parked.
    """
    parked = {row.row: row for row in looked.parked}
    fixed: dict[int, list[str]] = {}
    for text in texts:
        found = _FIX.fullmatch(text)
        if found is None:
            raise BadInput(
                f"--fix: “{text[:_LONGEST_SHOWN]}” is not ROW:COLUMN=VALUE.",
                'Write it like --fix "377:Phone=+12125550142".',
                code="bad_fix",
            )
        row = int(found.group(1))
        if row not in parked:
            raise BadInput(
                f"--fix: row {row} is not parked.",
                "Look at the parked rows with --dry-run first.",
                code="bad_fix",
            )
        column = column_called(found.group(2), looked.header)
        cells = fixed.setdefault(row, list(parked[row].cells))
        cells += [""] * (column + 1 - len(cells))
        cells[column] = found.group(3)
    return fixed


def _parts(text: str) -> dict[str, str]:
    marks = list(_PART.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        raise _bad_consent(f"“{text[:_LONGEST_SHOWN]}” is not of that form")
    parts: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        name = mark.group(1).removesuffix("s") if mark.group(1) == "topics" else mark.group(1)
        value = text[mark.end() : following.start() if following else len(text)].strip()
        if not value:
            raise _bad_consent(f"{name} is empty")
        if name == "topic" and name in parts:
            value = f"{parts[name]}+{value}"
        elif name in parts:
            raise _bad_consent(f"{name} is given twice")
        parts[name] = value
    return parts


def _word(parts: dict[str, str], name: str, known: type[Word]) -> Word:
    try:
        return known(parts.get(name, "").lower().replace("_", "-"))
    except ValueError:
        raise _bad_consent(f"{name} must be one of: {', '.join(known)}") from None


def _promise(text: str | None) -> tuple[int, int] | tuple[None, None]:
    if text is None:
        return None, None
    found = _PROMISE.fullmatch(text)
    if found is None:
        raise _bad_consent("promised is a frequency like 4/30")
    return int(found.group(1)), int(found.group(2))


def _bad_consent(why: str) -> BadInput:
    return BadInput(
        f"--consent: {why}.",
        "Write it like --consent purpose=marketing,topic=offers,how=web,"
        'date-column=Signed up,wording="Text me offers. Up to 4 a month."',
        code="bad_consent",
    )
