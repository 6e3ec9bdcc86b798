"""Characters that make a text dearer than it looks, and what could stand in their place.

A word processor's curly quote turns the whole text into parts of 70 characters. The change is
offered with its price, never made. Must not touch letters of names: those are the writer's to
decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from shopbell.domain.rule_table import RuleTable
from shopbell.domain.segments import GSM_BASIC, GSM_EXTENSION, Measure, measure
from shopbell.domain.texts import Encoding

_GSM = GSM_BASIC | GSM_EXTENSION
_JOINERS = frozenset("\u200c\u200d")
_LONGEST_WORD = 24
_EDGES = '.,;:!?()[]"\u201c\u201d\u201e\u00ab\u00bb\u2026'


@dataclass(frozen=True, slots=True, kw_only=True)
class SmartTable:
    """Characters outside GSM-7 and the GSM-7 ones that look like them (rules.md 6.2)."""

    version: str
    checked: date
    review_by: date
    alike: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place where `old`, at `text[start:end]`, could become `new`."""

    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All the changes of a text as one proposal."""

    changes: tuple[Change, ...]
    text: str
    """The text with every change made."""
    before: Measure
    after: Measure

    @property
    def saved(self) -> int:
        """Billed parts saved by taking it; not positive when it makes no odds."""
        return self.before.segments - self.after.segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Costliest:
    """What makes a text cost more parts than its length needs."""

    start: int
    """Where the first such character stands."""
    character: str
    others: int
    """How many more kinds of characters do the same."""
    parts: int
    parts_without: int
    sentence: str


def read_smart_table(table: RuleTable) -> SmartTable:
    """Return the table a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    alike: dict[str, str] = {}
    for row in table.tables("alike"):
        new = row.text("to", "")
        if any(character not in _GSM for character in new):
            raise row.error("to", "must be in the small SMS alphabet")
        for old in row.text("from"):
            if old in _GSM or old in alike:
                raise row.error("from", f"must not have U+{ord(old):04X} in it (again)")
            alike[old] = new
        row.text("cite")
        row.text("confidence")
        row.end()
    smart = SmartTable(
        version=table.text("version"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        alike=alike,
    )
    table.end()
    return smart


def smart_changes(text: str, table: SmartTable) -> tuple[Change, ...]:
    """Return every place where a look-alike of the small SMS alphabet could stand, in order.

    Joiners are left alone inside emoji and in scripts that need them.
    """
    return tuple(
        Change(start=place, end=place + 1, old=character, new=table.alike[character])
        for place, character in enumerate(text)
        if character in table.alike and not (character in _JOINERS and _joins(text, place, table))
    )


def smart_offer(text: str, table: SmartTable, whole: Callable[[str], str] = str) -> Offer | None:
    """Return the proposal to make all changes, with the size before and after.

    Args:
        text: what was typed; positions point into it.
        table: the look-alikes.
        whole: makes of what was typed the text that leaves, with name and footer: its parts count.

    Returns:
        None if there is nothing to change.
    """
    changes = smart_changes(text, table)
    if not changes:
        return None
    changed = applied(text, changes)
    return Offer(
        changes=changes,
        text=changed,
        before=measure(whole(text)),
        after=measure(whole(changed)),
    )


def applied(text: str, changes: tuple[Change, ...]) -> str:
    """Return the text with the chosen `changes`, which are in order, made."""
    pieces: list[str] = []
    done = 0
    for change in changes:
        pieces += [text[done : change.start], change.new]
        done = change.end
    return "".join([*pieces, text[done:]])


def costliest(text: str, table: SmartTable) -> Costliest | None:
    """Return what makes `text`, as it leaves, cost more parts, with a sentence that names it.

    None if the text would be as many parts without the characters outside the small alphabet.
    """
    size = measure(text)
    if size.encoding is Encoding.GSM7:
        return None
    cheap = {c: table.alike.get(c, _base_letter(c)) for c in size.costly}
    without = measure("".join(cheap.get(c, c) for c in text)).segments
    if max(1, without) >= size.segments:
        return None
    first = size.costly[0]
    return Costliest(
        start=text.index(first),
        character=first,
        others=len(size.costly) - 1,
        parts=size.segments,
        parts_without=without,
        sentence=_sentence(text, size, cheap[first], without),
    )


def _sentence(text: str, size: Measure, new: str, without: int) -> str:
    first, others = size.costly[0], len(size.costly) - 1
    place = text.index(first)
    word = _word_around(text, place)
    if not _is_seen(first):
        what = f"An invisible character in \u201c{word}\u201d" if word else "An invisible character"
    elif word == first or not word:
        what = f"The {first}"
    else:
        what = f"The {first} in \u201c{word}\u201d"
    if others:
        more = "another character" if others == 1 else f"{others} other characters"
        return f"{what} and {more} make this {_parts(size.segments)}; without them it is {without}."
    instead = f"with {new}" if new.strip() else "without it"
    return f"{what} makes this {_parts(size.segments)}; {instead} it is {without}."


def _parts(n: int) -> str:
    return f"{n} part{'' if n == 1 else 's'}"


def _word_around(text: str, place: int) -> str:
    """Return the word a character stands in, without its invisible ones; empty if it is long."""
    before = re.search(r"\S*$", text[max(0, place - _LONGEST_WORD) : place])
    after = re.match(r"\S*", text[place : place + _LONGEST_WORD])
    word = (before.group() if before else "") + (after.group() if after else "")
    word = "".join(filter(_is_seen, word))
    bare = word.strip(_EDGES)
    return bare if text[place] in bare else word


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ" and character != "\ufe0f"


def _base_letter(character: str) -> str:
    """Return the plain letter of an accented one; empty if there is none in the small alphabet."""
    base = unicodedata.normalize("NFD", character)[0]
    return base if base in _GSM else ""


def _joins(text: str, place: int, table: SmartTable) -> bool:
    """Return whether a joiner stands beside a character of another script or an emoji."""
    beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return any(c not in _GSM and c not in table.alike for c in beside)
