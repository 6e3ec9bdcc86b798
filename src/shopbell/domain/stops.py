"""Reads a reply: a stop in any reasonable words, HELP, START, YES. Must not act on it.

Deterministic, biased towards a stop, in one fixed order (rules.md 5.3): quoted footers out, guard
spans ("don't stop by until 5") deleted, then phrases, wrong person, whole-message words, and last
what a person must judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from shopbell.domain.replies import Band, Intent, Reading
from shopbell.domain.stop_rules import Patterns, StopRules

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_INVISIBLE = frozenset({"Cf", "Cc", "Cs"})
_LETTERS = re.compile(r"[^\W\d_]+")
_SPELLED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*_-]{1,2}[^\W\d_](?![^\W_])){2,24}")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")


def read_reply(
    text: str, language: str = "en", question_open: bool = False, *, rules: StopRules
) -> Reading:
    """Return how an inbound text is read.

    Args:
        text: as it arrived; anything at all.
        language: of the person, two letters; some words mean stop in one language only.
        question_open: whether the last thing we sent them was a sign-up question, not yet
            answered. Only then do YES and NO mean anything.
        rules: the words and patterns.
    """
    lines = _normal(text)
    own_lines = _without(rules.quoted, lines)
    unquoted = own_lines.replace("\n", " ")
    if not _words(unquoted) and _has_own_words(lines):
        return _stop("They sent the way out back and nothing else.")
    whole = _joined(_without(rules.guards, unquoted), rules)
    words = _words(whole)

    for pattern in rules.phrases:
        if found := pattern.search(whole):
            return _stop(f'They wrote "{found.group().strip()}".')
    for pattern in rules.wrong_person:
        if found := pattern.search(whole):
            why = f'They wrote "{found.group().strip()}": the number is not the person we meant.'
            return Reading(band=Band.OPT_OUT, intent=Intent.WRONG_PERSON, why=why)
    if word := _stop_word(words, language, rules):
        return _stop(f'The whole message is the stop word "{word}".')
    for line in own_lines.split("\n"):
        word = _stop_word(_words(_joined(line, rules)), language, rules)
        if word and word in whole:
            return _stop(f'A whole line is the stop word "{word}".')
    if question_open and (answer := _among(words, rules.no)):
        return _stop(f'They answered "{answer}" to our question.')
    for pattern in rules.holds:
        if found := pattern.search(whole):
            why = f'They wrote "{found.group().strip()}": it may be a stop, please judge.'
            return Reading(band=Band.HOLD, intent=None, why=why)
    return _no_stop(words, question_open, rules)


def _no_stop(words: list[str], question_open: bool, rules: StopRules) -> Reading:
    if word := _among(words, rules.help):
        why = f'The whole message is "{word}": they want to know who this is.'
        return Reading(band=Band.NONE, intent=Intent.HELP, why=why)
    if word := _among(words, rules.start):
        why = f'The whole message is "{word}": they want texts again.'
        return Reading(band=Band.NONE, intent=Intent.START, why=why)
    if question_open and (word := _among(words, rules.yes)):
        why = f'They answered "{word}" to our question.'
        return Reading(band=Band.NONE, intent=Intent.YES, why=why)
    return Reading(band=Band.NONE, intent=None, why="No stop word and no wish to stop in it.")


def _stop(why: str) -> Reading:
    return Reading(band=Band.OPT_OUT, intent=Intent.STOP, why=why)


def _normal(text: str) -> str:
    """Return the text in lower case with straight quotes, its lines kept, other blanks single."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    lines = (
        " ".join("".join(" " if c == "\t" else c for c in line if _is_visible(c)).split())
        for line in folded.translate(_STRAIGHT).splitlines()
    )
    return "\n".join(lines)


def _is_visible(character: str) -> bool:
    return character == "\t" or unicodedata.category(character) not in _INVISIBLE


def _without(patterns: Patterns, text: str) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def _has_own_words(lines: str) -> bool:
    """Return whether there are words outside quoted lines: typed by them, or sent back."""
    return any(_words(line) for line in lines.split("\n") if not line.startswith(">"))


def _words(text: str) -> list[str]:
    """Return the words of any script: letters, digits, their marks, apostrophes."""
    kept = "".join(
        c if c.isalnum() or c == "'" or unicodedata.category(c)[0] == "M" else " " for c in text
    )
    words = (word.strip("'") for word in kept.split())
    return [word for word in words if any(map(str.isalnum, word))]


def _joined(text: str, rules: StopRules) -> str:
    """Return the text with spelled-out and stretched stop words as words: s.t.o.p, stooop."""

    def join(found: re.Match[str]) -> str:
        letters = "".join(_LETTERS.findall(found.group()))
        return letters if _is_stop(letters, rules) else found.group()

    def shrink(found: re.Match[str]) -> str:
        word = found.group()
        short = _STRETCHED.sub(r"\1", word)
        return short if short != word and _is_stop(short, rules) else word

    return _LETTERS.sub(shrink, _SPELLED.sub(join, text))


def _is_stop(word: str, rules: StopRules) -> bool:
    return word in rules.stop or _bare(word) in rules.stop


def _bare(text: str) -> str:
    """Return the text without accents: arrêt is arret."""
    marks = (c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", "".join(marks))


def _stop_word(words: list[str], language: str, rules: StopRules) -> str | None:
    """Return the stop word that the message is, give or take fillers and one typing mistake."""
    own = rules.stop_if_language.get(language[:2].lower(), frozenset())
    known = rules.stop | own
    if word := _among(words, known):
        return word
    rest = [word for word in words if not {word, _bare(word)} & rules.fillers]
    if word := _among(rest, known):
        return word
    if len(rest) > 1 and len(set(rest)) == 1 and rest[0] in known:
        return rest[0]
    if len(rest) == 1 and len(rest[0]) >= rules.fuzzy_least_length:
        long_ones = (word for word in known if len(word) >= rules.fuzzy_least_length)
        return next((word for word in sorted(long_ones) if _is_near(rest[0], word)), None)
    return None


def _among(words: list[str], known: Iterable[str]) -> str | None:
    """Return the known word or words the message consists of, if it does."""
    if not words or len(words) > 5:
        return None
    said = " ".join(words)
    for form in (said, _bare(said)):
        if form in known:
            return form
    return None


def _is_near(one: str, other: str) -> bool:
    """Return whether one letter more, less, other or swapped turns `one` into `other`."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    mine, theirs = one[start:], other[start:]
    swapped = theirs[1::-1] + theirs[2:]
    return mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:] or mine == swapped
