"""Takes vCards apart into properties (2.1, 3.0 and 4.0), in bounded memory.

Photos, sounds and keys are passed over line by line, whatever their size. A card is never lost
because of one line: lines that lost their folding are put back. Must not know what a contact is.

The two libraries for vCards that are kept (vobject, vobjectx) were tried in November 2026: both
need exponential time for a line such as `TEL;a====...";:1`, and both drop what follows the first
comma of an unescaped note, as version 2.1 writes it.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shopbell.domain.text_lines import LongLine

KEPT = frozenset("VERSION FN N TEL EMAIL NOTE BDAY CATEGORIES ORG NICKNAME ADR X-ABLABEL".split())
"""Properties that say something about a contact; all others are passed over."""

LONGEST_VALUE = 32_000
"""Characters of one property; what is longer is cut."""
LONGEST_PARAMETERS = 4000
MOST_PARAMETERS = 40
"""Of one property; more make no sense, and the property is passed over."""
MOST_PROPERTIES = 500
"""Of one card; what comes after is passed over."""

_PROPERTY = re.compile(r"(?:([A-Za-z0-9_-]{1,60})\.)?([A-Za-z][A-Za-z0-9_-]{0,60})(?=[;:])")
_PARAMETER = re.compile(r';([^=;:"]{0,60})(?:=((?:"[^"]{0,2000}"|[^";:]){0,2000}))?')
_ONE_VALUE = re.compile(r'"([^"]*)"|([^",]+)')
_ESCAPED = re.compile(r"\\(.)", re.S)
_UNESCAPED_SEMICOLON = re.compile(r"(?<!\\)((?:\\\\)*);")
_LONGEST_CHARSET = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a card, decoded but for its escapes."""

    name: str
    group: str
    parameters: Mapping[str, tuple[str, ...]]
    """Names and values in small letters; `type` holds the bare words of 2.1 too."""
    value: str

    @property
    def types(self) -> tuple[str, ...]:
        """What kind it is: "cell", "home", "pref"."""
        return self.parameters.get("type", ())

    def text(self) -> str:
        """Return the value without escapes."""
        return _unescaped(self.value)

    def fields(self) -> tuple[str, ...]:
        """Return the parts of a structured value, such as a name, without escapes."""
        parts = _UNESCAPED_SEMICOLON.sub("\\1\x00", self.value.replace("\x00", "")).split("\x00")
        return tuple(_unescaped(part).strip() for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card: where it is in the file, and what it says."""

    number: int
    """Counted from 1."""
    properties: tuple[Property, ...] = field(default=())
    ends: bool = True
    """False where the file ends in the middle of it."""


class Cards:
    """The cards of a file, one by one."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.outside = 0
        """Lines that belong to no card, so far."""

    def __iter__(self) -> Iterator[Card]:
        """Yield the cards, once."""
        number = 0
        card: _Card | None = None
        for line in self._lines:
            text = line.rstrip("\r\n")
            mark = _mark(text)
            if card is None:
                if mark == "begin":
                    number += 1
                    card = _Card(number)
                else:
                    self.outside += bool(text.strip())
            elif mark == "begin" and not card.begins_inner():
                # The card before has no end: what it says is whole all the same.
                yield card.done(ends=True)
                number += 1
                card = _Card(number)
            elif mark == "end" and card.ends_here():
                yield card.done(ends=True)
                card = None
            elif mark is None:
                card.take(text, is_cut=isinstance(line, LongLine))
        if card is not None:
            yield card.done(ends=False)


class _Card:
    """A card under way."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._properties: list[Property] = []
        self._inner = 0
        self._line: list[str] | None = None
        """The pieces of the property under way; None while one is passed over."""
        self._length = 0
        self._last_name = ""
        self._is_quoted = False
        self._keeps_folding_space = False

    def begins_inner(self) -> bool:
        """Return whether a BEGIN here opens a card inside this one (an agent, in 2.1)."""
        if self._last_name == "AGENT" or self._inner:
            self._inner += 1
            return True
        return False

    def ends_here(self) -> bool:
        """Return whether an END here is this card's own."""
        if self._inner:
            self._inner -= 1
            return False
        return True

    def take(self, text: str, *, is_cut: bool) -> None:
        """Take one line of the file."""
        if self._inner:
            return
        if self._is_quoted and self._line and self._line[-1].endswith("="):
            # A soft line break of quoted-printable; the next line is taken as it is.
            self._line[-1] = self._line[-1][:-1]
            self._add(text)
        elif text[:1] in (" ", "\t") and text.strip():
            self._add(text if self._keeps_folding_space else text[1:])
        elif found := _PROPERTY.match(text):
            self._finish()
            self._begin(found.group(2).upper().replace("_", "-"), text, is_cut=is_cut)
        elif text.strip():
            # The folding got lost: this goes on what came before.
            self._add(f"\n{text}")

    def done(self, *, ends: bool) -> Card:
        """Return the card."""
        self._finish()
        return Card(number=self._number, properties=tuple(self._properties), ends=ends)

    def _begin(self, name: str, text: str, *, is_cut: bool) -> None:
        self._last_name = name
        keep = name in KEPT and not is_cut and len(self._properties) < MOST_PROPERTIES
        self._line = [] if keep else None
        self._length = 0
        head = text[:200].lower()
        self._is_quoted = keep and "quoted-printable" in head
        if keep:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._line is not None:
            room = LONGEST_VALUE - self._length
            self._line.append(text[: max(room, 0)])
            self._length += len(text)

    def _finish(self) -> None:
        if self._line is None:
            return
        found = property_of("".join(self._line))
        self._line = None
        if found is None:
            return
        if found.name == "VERSION":
            self._keeps_folding_space = found.value.strip() == "2.1"
        self._properties.append(found)


def _mark(text: str) -> str | None:
    """Return "begin" or "end" for a line that begins or ends a card."""
    if len(text) > len("BEGIN:VCARD") * 2:
        return None
    words = "".join(text.split()).upper()
    return {"BEGIN:VCARD": "begin", "END:VCARD": "end"}.get(words)


def property_of(line: str) -> Property | None:
    """Read a whole line, its folding undone; None where it has no value."""
    found = _PROPERTY.match(line)
    if found is None:
        return None
    parameters: dict[str, tuple[str, ...]] = {}
    position = found.end()
    while line[position : position + 1] == ";" and len(parameters) <= MOST_PARAMETERS:
        parameter = _PARAMETER.match(line, position)
        if parameter is None or position > LONGEST_PARAMETERS:
            return None
        name, values = (parameter.group(1) or "").strip().lower(), parameter.group(2)
        if values is None:
            # 2.1 leaves the name out: TEL;CELL, NOTE;QUOTED-PRINTABLE.
            name, values = _bare(name), name
        read = tuple(a.lower() or b.lower().strip() for a, b in _ONE_VALUE.findall(values))
        # Nextcloud writes TYPE="HOME,VOICE".
        split = tuple(word for value in read for word in value.split(",") if word)
        parameters[name] = (parameters.get(name, ()) + split)[:MOST_PARAMETERS]
        position = parameter.end()
    if line[position : position + 1] != ":":
        return None
    value = line[position + 1 :]
    if "quoted-printable" in parameters.get("encoding", ()):
        value = _unquoted(value, parameters.get("charset", ("utf-8",))[0])
    return Property(
        name=found.group(2).upper().replace("_", "-"),
        group=(found.group(1) or "").lower(),
        parameters=parameters,
        value=value,
    )


def _bare(word: str) -> str:
    return "encoding" if word in {"quoted-printable", "base64", "8bit", "7bit"} else "type"


def _unquoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "surrogatepass"))
    try:
        return raw.decode(charset[:_LONGEST_CHARSET])
    except (LookupError, ValueError):
        pass
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), text)
