"""The frequency a text promises: "up to 4 a month" is four texts in thirty days.

What is read here becomes the person's hard cap, so a text that promises two things is taken at its
tighter word. For welcomes and sign-up wordings: must not be tried on offers ("2 per day").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from shopbell.domain.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """A promise: at most `n` texts in any `days` days."""

    n: int
    days: int


def halved(often: Frequency) -> Frequency:
    """Return half as many texts; one text half as often."""
    if often.n > 1:
        return Frequency(n=often.n // 2, days=often.days)
    return Frequency(n=1, days=min(often.days * 2, 365))


def _numbered(*lists: str) -> dict[str, int]:
    return {word: n for words in lists for n, word in enumerate(words.split(), start=1)}


_NUMBERS = {
    **_numbered(
        "one two three four five six seven eight nine ten",
        "un deux trois quatre cinq six",
        "un dos tres cuatro cinco seis",
        "ein zwei drei vier funf sechs",
    ),
    **dict.fromkeys("a an une una eine einen once einmal".split(), 1),
    **dict.fromkeys("twice zweimal".split(), 2),
}
_DAYS = {
    **dict.fromkeys("day days daily jour jours dia dias tag tage tagen".split(), 1),
    **dict.fromkeys("week weeks weekly semaine semaines semana semanas woche wochen".split(), 7),
    **dict.fromkeys("fortnight quinzaine quincena".split(), 14),
    **dict.fromkeys("month months mo monthly mois mes meses monat monate monaten".split(), 30),
    **dict.fromkeys("year years yr an ans annee ano anos jahr jahre jahren".split(), 365),
}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_N = (
    rf"(?<![\w.,])(?P<n>\d{{1,3}}|{_any(_NUMBERS)})(?=x?(?!\w))"
    r"(?:\s?(?:-|to|bis)\s?(?P<most>\d{1,3}))?"
)
_TIMES = r"(?:\s?(?:x|times|mal|fois|veces|vez)(?!\w))?"
_NOUN = (
    r"\s?(?:(?:[^\W\d_]|[&/+,'-]){1,30}\s){0,9}?"
    r"(?:texts?|txts?|msgs?|messages?|sms|offers?|alerts?|updates?|reminders?|offres?|mensajes?"
    r"|ofertas?|nachricht(?:en)?|angebote?)(?!\w)"
)
_AT_MOST = (
    r"(?<!\w)(?:up\sto|max(?:imum|imal|imo)?\.?(?:\sof)?|at\smost|(?:no|not)\smore\sthan|jusqu'a"
    r"|au\splus|hasta|como\smaximo|bis\szu|hochstens)\s"
)
_PER = (
    r"(?:\smax(?:imum|imal|imo)?\.?)?(?:\s?/\s?|\s(?:an?|per|each|every|in\san?y?|in(?=\s\d)|par|chaque"
    r"|tou(?:s|tes)\sles|por|al?|a\sla|cada|pro|im|je|in\sder|jede[nrs]?|alle)\s)"
    rf"(?:(?P<k>\d{{1,3}}|{_any(_NUMBERS)})\s)?(?P<unit>{_any(_DAYS)})(?!\w)"
)
_SPEAKS_OF_TEXTS = (
    r"(?<!\w)(?:texts?|msgs?|messages?|sms|write|hear|ecri\w{1,6}|escrib\w{1,6}|schreib\w{1,4})"
    r"\s[^.!?\n]{0,40}?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        _N + _NOUN + _PER,
        _AT_MOST + _N + _TIMES + _PER,
        _SPEAKS_OF_TEXTS + _N + _TIMES + _PER,
        rf"(?:{_N}\s)?(?<!\w)(?P<unit>daily|weekly|monthly)(?P<k>)" + _NOUN,
    )
)


def promised_frequency(text: str) -> tuple[int, int] | None:
    """Return `(n, days)`: at most `n` texts in any `days` days, or None if no number is promised.

    Reads English, French, Spanish and German. A month is 30 days, a year 365.
    """
    promises = _promises(fold(text).text)
    return min(promises, key=lambda promise: (Fraction(*promise), promise[1]), default=None)


def promise_kept(own: Frequency | None, words: str) -> Frequency | None:
    """Return what counts for somebody who agreed to `words` that were printed or shown earlier.

    Words that name several frequencies name one for each topic: then the topic's own is the one
    meant, if it is among them. Words that name none promise what the topic promises today.
    """
    stated = {Frequency(n=n, days=days) for n, days in _promises(fold(words).text)}
    if own is None or not stated or own in stated:
        return own
    return min(stated, key=lambda one: (Fraction(one.n, one.days), one.days))


def _promises(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            n = _number(match["most"] or match["n"])
            days = _number(match["k"]) * _DAYS[match["unit"]]
            if n and days:
                yield n, days


def _number(written: str | None) -> int:
    if not written:
        return 1
    return int(written) if written.isdecimal() else _NUMBERS[written]
