"""The way out that is put after a text, by place, as read from a rule file. Must not decide.

A footer may have a part in brackets that is used only when the shop has told what goes there:
" STOP to end[ {contact}]", " STOP[ au {short_code}]".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from shopbell.domain.rule_table import RuleTable

_FOOTER = re.compile(r"(?P<words>[^\[\]{}]+)(?:\[(?P<more>[^\[\]]+)\])?")
_CONTACT, _SHORT_CODE = "{contact}", "{short_code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """The way out for one place, with its leading blank."""

    words: str
    more: str = ""
    """What follows where the shop has told it; with "{contact}" or "{short_code}" in it."""

    def filled(self, contact: str, short_code: str) -> str:
        """Return the footer with the shop's own contact and short code, where there are any."""
        return self.words + self.contact(contact) + self._short(short_code)

    def contact(self, contact: str) -> str:
        """Return only the piece that tells how to reach the shop; empty if there is none."""
        known = contact and _CONTACT in self.more
        return self.more.replace(_CONTACT, contact) if known else ""

    def _short(self, short_code: str) -> str:
        known = short_code and _SHORT_CODE in self.more
        return self.more.replace(_SHORT_CODE, short_code) if known else ""


_NOTHING = Footer(words="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Footers:
    """The way out per place, and how one already there looks."""

    by_place: Mapping[str, Footer]
    """By country, or part of one ("CA-QC")."""
    elsewhere: Footer
    in_template: tuple[str, ...]
    """Countries whose registered templates carry their own."""
    equivalents: tuple[re.Pattern[str], ...]
    monthly: timedelta
    """How long after a footer the next service text carries one again."""

    def for_place(self, place: str | None) -> Footer:
        """Return the footer for a country, or a part of one."""
        country = (place or "").partition("-")[0]
        if country in self.in_template:
            return _NOTHING
        found = self.by_place.get(place or "") or self.by_place.get(country)
        return found or self.elsewhere

    def stands_in(self, text: str) -> bool:
        """Return whether `text` already says how to stop."""
        return any(pattern.search(text) for pattern in self.equivalents)


def read_footers(table: RuleTable) -> Footers:
    """Return the footers a rule file holds.

    Raises:
        BadInput: names file and key, also for a footer that would be doubled: one that no
            equivalent matches.
    """
    places = table.table("place")
    footers = Footers(
        by_place={place: _footer(places, place) for place in places.names()},
        elsewhere=_footer(table, "elsewhere"),
        in_template=table.texts("in_template"),
        equivalents=table.patterns("equivalents"),
        monthly=timedelta(days=table.number("monthly_days", least=1)),
    )
    for place, footer in footers.by_place.items():
        _refuse_unmatched(places, place, footer, footers)
    _refuse_unmatched(table, "elsewhere", footers.elsewhere, footers)
    table.end()
    return footers


def _refuse_unmatched(table: RuleTable, key: str, footer: Footer, footers: Footers) -> None:
    for text in (footer.words, footer.filled("fern.example", "36123")):
        if not footers.stands_in(f"Tulips.{text}"):
            raise table.error(key, "is not matched by any of the equivalents")


def _footer(table: RuleTable, key: str) -> Footer:
    found = _FOOTER.fullmatch(table.text(key))
    if found is None or not found["words"].startswith(" "):
        raise table.error(key, "must begin with a blank and have at most one part in brackets")
    more = found["more"] or ""
    if more and more.replace(_CONTACT, "", 1).replace(_SHORT_CODE, "", 1).count("{"):
        raise table.error(key, "may hold {contact} or {short_code} in its brackets, nothing else")
    if more and not (_CONTACT in more) ^ (_SHORT_CODE in more):
        raise table.error(key, "must hold {contact} or {short_code} in its brackets")
    return Footer(words=found["words"], more=more)
