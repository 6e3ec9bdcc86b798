"""Takes iCalendar files apart into events, in bounded memory (RFC 5545, 3.1 and 3.6.1).

Its lines are written like those of vCards, and read by the same code. Must not know what an
appointment is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shopbell.domain.card_lines import LONGEST_VALUE, Property, property_of
from shopbell.domain.text_lines import LongLine

KEPT = frozenset(
    "UID DTSTART SUMMARY DESCRIPTION LOCATION STATUS ATTENDEE RECURRENCE-ID RRULE EXDATE RDATE"
    " CONTACT".split()
)
"""Properties that say something about an appointment; all others are passed over."""

MOST_PROPERTIES = 200
"""Of one event; what comes after is passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, as the file has it."""

    number: int
    """Counted from 1."""
    properties: tuple[Property, ...]
    ends: bool = True
    """False where the file ends in the middle of it."""

    def first(self, name: str) -> Property | None:
        """Return the first property of a name."""
        return next((one for one in self.properties if one.name == name), None)

    def all(self, name: str) -> tuple[Property, ...]:
        """Return every property of a name."""
        return tuple(one for one in self.properties if one.name == name)

    def text(self, name: str) -> str:
        """Return a text without escapes, on one line; empty if it is not there."""
        found = self.first(name)
        return "" if found is None else " ".join(found.text().split())


class Events:
    """The events of a file, one by one."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.is_cancellation = False
        """Whether the file as a whole takes its events back (METHOD:CANCEL)."""

    def __iter__(self) -> Iterator[Event]:
        """Yield the events, once."""
        number, depth = 0, 0
        taken: list[Property] | None = None
        for line in unfolded(self._lines):
            mark, _, what = "".join(line.split()).upper().partition(":")
            if mark == "BEGIN":
                if taken is not None:
                    depth += 1  # an alarm inside the event
                elif what == "VEVENT":
                    number, taken = number + 1, []
            elif mark == "END" and taken is not None:
                if depth:
                    depth -= 1
                elif what == "VEVENT":
                    yield Event(number=number, properties=tuple(taken))
                    taken = None
            elif taken is None:
                self.is_cancellation |= (mark, what) == ("METHOD", "CANCEL")
            elif not depth and len(taken) < MOST_PROPERTIES and (found := _kept(line)):
                taken.append(found)
        if taken is not None:
            yield Event(number=number, properties=tuple(taken), ends=False)


def unfolded(lines: Iterable[str]) -> Iterator[str]:
    """Yield whole lines: one that begins with a blank goes on the line before."""
    pieces: list[str] = []
    length, is_skipping = 0, False
    for line in lines:
        text = line.rstrip("\r\n")
        if text[:1] in (" ", "\t") and is_skipping:
            continue
        if text[:1] in (" ", "\t") and pieces:
            room = LONGEST_VALUE - length
            pieces.append(text[1 : 1 + max(room, 0)])
            length += len(text)
            continue
        if pieces:
            yield "".join(pieces)
        # The beginning of a line without end says nothing.
        is_skipping = isinstance(line, LongLine)
        pieces, length = ([] if is_skipping else [text]), len(text)
    if pieces:
        yield "".join(pieces)


def _kept(line: str) -> Property | None:
    name = line[:40].partition(":")[0].partition(";")[0].strip().upper()
    return property_of(line) if name in KEPT else None
