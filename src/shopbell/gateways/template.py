"""The deliberately small template language of presets: holes in strings, nothing more.

    {to}                  required
    {from?}               optional: when empty, the whole value that holds it is left out
    {valid_until|unix}    through a filter
    {encoding:0|2}        the first word for GSM-7, the second for UCS-2

Must not evaluate expressions, loop or include: a preset is data somebody may have sent you.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from shopbell.domain.texts import Encoding

Value = str | datetime | Encoding | None
Values = Mapping[str, Value]

MASK = "•••"
"""What stands in for a secret wherever a person looks."""


MOST_CHARS = 2_000
MOST_HOLES = 16
"""A template is a line somebody wrote; more is a mistake, or meant to grow without end."""


class TemplateError(ValueError):
    """A template that can't be read; the message says what is wrong with it."""


class EmptyValueError(ValueError):
    """A required hole has nothing to put in; `name` tells which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class TooLateError(ValueError):
    """The moment a template counts down to has passed."""


class Filter(StrEnum):
    """What may follow the bar in a hole."""

    DIGITS = "digits"
    RFC3339 = "rfc3339"
    UNIX = "unix"
    SECONDS_LEFT = "seconds_left"
    MILLISECONDS_LEFT = "milliseconds_left"
    MINUTES_LEFT = "minutes_left"


MOMENTS = frozenset({"valid_until", "started_at", "since", "until", "now"})
"""Names that hold a moment in time and therefore need a filter that writes one."""

_FOR_MOMENTS = frozenset(Filter) - {Filter.DIGITS}
_COUNTS = _FOR_MOMENTS - {Filter.RFC3339}
_HOLE = re.compile(
    r"\{(?P<name>[a-z_]+(?:\.[a-z0-9_]+)?)(?P<optional>\?)?"
    r"(?:\|(?P<filter>[a-z0-9_]+)|:(?P<gsm>[^{}|]*)\|(?P<ucs>[^{}|]*))?\}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """One `{...}`."""

    name: str
    optional: bool
    filter: Filter | None
    words: tuple[str, str] | None
    """For `{encoding:a|b}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A string with holes, as read from a preset."""

    source: str
    parts: tuple[str | Hole, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names its holes ask for."""
        return frozenset(part.name for part in self.parts if isinstance(part, Hole))

    @property
    def counts(self) -> bool:
        """True if it is one hole that writes a number: JSON wants it without quotes."""
        match self.parts:
            case (Hole(filter=how),):
                return how in _COUNTS
            case _:
                return False


def read_template(source: str) -> Template:
    """Read a template.

    Raises:
        TemplateError: a stray brace, an unknown filter, a filter that doesn't fit the name, or
            more than a template may hold.
    """
    if len(source) > MOST_CHARS:
        raise TemplateError(f"longer than {MOST_CHARS} characters")
    parts: list[str | Hole] = []
    end = 0
    for found in _HOLE.finditer(source):
        parts.append(_literal(source[end : found.start()]))
        parts.append(_hole(found))
        end = found.end()
    parts.append(_literal(source[end:]))
    if sum(isinstance(part, Hole) for part in parts) > MOST_HOLES:
        raise TemplateError(f"more than {MOST_HOLES} values in one text")
    return Template(source=source, parts=tuple(part for part in parts if part != ""))


def _literal(text: str) -> str:
    if "{" in text or "}" in text:
        raise TemplateError("a brace that is not part of {name}, {name?} or {name|filter}")
    return text


def _hole(found: re.Match[str]) -> Hole:
    name = found["name"]
    words = None if found["gsm"] is None else (found["gsm"], found["ucs"])
    if (words is not None) != (name == "encoding"):
        raise TemplateError("only {encoding:a|b} chooses between two words, and it must")
    word = found["filter"]
    try:
        chosen = None if word is None else Filter(word)
    except ValueError:
        raise TemplateError(f'no filter "{word}"; there are {", ".join(Filter)}') from None
    if name in MOMENTS and chosen not in _FOR_MOMENTS:
        raise TemplateError(f"{{{name}}} is a moment: write it |rfc3339, |unix or |seconds_left")
    if name not in MOMENTS and chosen in _FOR_MOMENTS:
        raise TemplateError(f"{{{name}}} is not a moment: |{chosen} does not fit")
    return Hole(name=name, optional=found["optional"] is not None, filter=chosen, words=words)


def render(
    template: Template, values: Values, escape: Callable[[str], str] | None = None
) -> str | None:
    """Fill the holes; each value, not the literal text, goes through `escape`.

    Returns None when an optional hole is empty: the key that holds this value is left out.
    `|seconds_left` and its like count from the value `now`, rounded down.

    Raises:
        EmptyValueError: a required hole is empty.
        TooLateError: less than one whole unit is left.
    """
    written: list[str] = []
    for part in template.parts:
        if isinstance(part, str):
            written.append(part)
            continue
        text = _text_of(part, values)
        if not text:
            if part.optional:
                return None
            raise EmptyValueError(part.name)
        written.append(text if escape is None else escape(text))
    return "".join(written)


def _text_of(hole: Hole, values: Values) -> str:
    value = values.get(hole.name)
    match value:
        case None:
            return ""
        case Encoding():
            gsm, ucs = hole.words or ("", "")
            return gsm if value is Encoding.GSM7 else ucs
        case datetime():
            return _moment(value, hole.filter or Filter.RFC3339, values.get("now"))
        case _:
            return re.sub(r"\D", "", value) if hole.filter is Filter.DIGITS else value


def _moment(value: datetime, how: Filter, now: Value) -> str:
    if how is Filter.UNIX:
        return str(int(value.timestamp()))
    if how is Filter.RFC3339:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if not isinstance(now, datetime):
        raise EmptyValueError("now")
    unit = {Filter.MINUTES_LEFT: 60.0, Filter.MILLISECONDS_LEFT: 0.001}.get(how, 1.0)
    left = int((value - now).total_seconds() / unit)
    if left < 1:
        raise TooLateError
    return str(left)
