"""Audiences as people type and read them: `tag=weekly, not-texted-for=30`.

Must not look anybody up.
"""

from __future__ import annotations

import re

from shopbell.domain.campaigns import Audience
from shopbell.domain.people_filter import PeopleFilter
from shopbell.errors import BadInput

_HINT = (
    "Write conditions that must all hold, for example: tag=weekly, not-texted-for=30. There are: "
    "find=WORDS, consented=TOPIC, not-asked, not-texted-for=DAYS, tag=TAG, birthday-month=1-12, "
    "one-per-household."
)
_MOST_DAYS = 36_500
_ALONE = frozenset({"not-asked", "one-per-household"})
"""Conditions without a value."""
_NAMES = _ALONE | {"find", "consented", "not-texted-for", "tag", "birthday-month"}
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_SPLIT = re.compile(r",(?=\s*[a-z-]+\s*(?:=|,|$))")


def read_audience(text: str) -> Audience:
    """Return who is meant; an empty text means everybody.

    Raises:
        BadInput: a condition cannot be read, or is given twice.
    """
    found: dict[str, str] = {}
    for part in filter(None, (one.strip(" ,") for one in _SPLIT.split(text))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if name not in _NAMES or bool(equals and value) == (name in _ALONE):
            raise _bad(f"“{part[:60]}” is no condition.")
        if name in found:
            raise _bad(f"“{name}” is given twice.")
        found[name] = value
    return Audience(
        words=found.get("find", ""),
        filter=PeopleFilter(
            consented_to=found.get("consented"),
            not_asked="not-asked" in found,
            not_texted_for=_number(found, "not-texted-for", _MOST_DAYS),
            tag=found.get("tag"),
            birthday_month=_number(found, "birthday-month", 12),
        ),
        one_per_household="one-per-household" in found,
    )


def audience_text(audience: Audience) -> str:
    """Return what `read_audience` reads."""
    wanted = audience.filter
    parts = [
        audience.words and f"find={audience.words}",
        wanted.consented_to and f"consented={wanted.consented_to}",
        "not-asked" if wanted.not_asked else "",
        wanted.not_texted_for and f"not-texted-for={wanted.not_texted_for}",
        wanted.tag and f"tag={wanted.tag}",
        wanted.birthday_month and f"birthday-month={wanted.birthday_month}",
        "one-per-household" if audience.one_per_household else "",
    ]
    return ", ".join(str(part) for part in parts if part)


def audience_words(audience: Audience) -> str:
    """Return who is meant, in words that end "people who ...": "everybody" without conditions."""
    wanted = audience.filter
    said = [
        f"match “{audience.words}”" if audience.words else "",
        f"said yes to {wanted.consented_to}" if wanted.consented_to else "",
        "were never asked" if wanted.not_asked else "",
        f"got no text for {wanted.not_texted_for} days" if wanted.not_texted_for else "",
        f"are tagged {wanted.tag}" if wanted.tag else "",
        f"were born in {_MONTHS[wanted.birthday_month - 1]}" if wanted.birthday_month else "",
    ]
    told = [one for one in said if one]
    who = f"people who {' and '.join(told)}" if told else "everybody"
    return f"{who}, one of each household" if audience.one_per_household else who


def _number(found: dict[str, str], name: str, most: int) -> int | None:
    if name not in found:
        return None
    value = found[name]
    if not value.isascii() or not value.isdecimal() or not 1 <= int(value[:6]) <= most:
        raise _bad(f"“{name}={value[:20]}” is no number from 1 to {most:,}.")
    return int(value)


def _bad(sentence: str) -> BadInput:
    return BadInput(sentence, _HINT, code="bad_audience")
