"""Reads a reply: a stop in any reasonable words, HELP, START, YES. Must not act on it.

Deterministic and biased towards a stop, in one fixed order: what is quoted out; guarded spans
("don't stop by until 5") out; the wrong person; a limited wish set aside; a stop in free words; a
stop word that is the message, a line or a sentence; "no" to our question; what a person must
judge; and last HELP, START and YES. docs/stops.md tells why.
"""

from __future__ import annotations

from collections.abc import Iterable

from shopbell.domain.replies import Band, Intent, Reading
from shopbell.domain.stop_quotes import Parts, has_content, parts_of
from shopbell.domain.stop_rules import StopRules
from shopbell.domain.stop_spelling import mistakes
from shopbell.domain.stop_text import visible
from shopbell.domain.stop_words import Said, say

_MOST_CHARACTERS = 10_000
"""Of a text that is read whole: ten times what networks pass on, and not enough to keep us busy."""
_MOST_WORDS = 6
"""Words of the longest keyword."""
_LONGEST = 20
"""Letters of the longest keyword."""


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
    shortened = _ends_of(text.strip())
    reading = _read(_ends_of(visible(shortened)), language, question_open, rules)
    if reading.band is Band.NONE and len(shortened) < len(text.strip()):
        return _hold("It is too long to be read whole")
    return reading


def _ends_of(text: str) -> str:
    """Return a text, or of a very long one its beginning and its end, where a stop would stand."""
    if len(text) <= _MOST_CHARACTERS:
        return text
    half = _MOST_CHARACTERS // 2
    return f"{text[:half]}\n{text[-half:]}"


def _read(text: str, language: str, question_open: bool, rules: StopRules) -> Reading:
    parts = parts_of(text, rules.quotes)
    if parts.begins_with_footer:
        return _stop("They sent the way out back.")
    said = say(parts.own, rules.spelling)
    reading = _reading(said, language, question_open, rules)
    if reading.band is Band.NONE and reading.intent is None:
        judged = _judged_by_signs(said.words(), parts, rules)
        return judged or _judged_by_quotes(parts, language, rules) or reading
    return reading


def _judged_by_quotes(parts: Parts, language: str, rules: StopRules) -> Reading | None:
    """Hold a stop in what they quote: it may be meant, or typed under our text."""
    words = rules.quotes.footers.sub(" ", parts.quoted)
    if not has_content(parts.own) and has_content(parts.quoted) and not has_content(words):
        return _hold("They only quote the way out")
    quoted = _reading(say(words, rules.spelling), language, False, rules)
    return _hold("They quote a stop") if quoted.band is Band.OPT_OUT else None


def _reading(whole: Said, language: str, question_open: bool, rules: StopRules) -> Reading:
    said = whole.without(rules.guards)
    line = said.as_one_line()
    if found := line.find(rules.wrong_person) or said.find(rules.wrong_person):
        why = f'They wrote "{found}": the number is not the person we meant.'
        return Reading(band=Band.OPT_OUT, intent=Intent.WRONG_PERSON, why=why, words=found)
    if doubt := line.find(rules.limits):
        said, line = said.without(rules.limits), line.without(rules.limits)
    # Across lines first; then line by line, so that no line hides the stop in another.
    for view in (line,) if doubt else (line, said):
        if found := view.find(rules.phrases) or view.find(rules.signed):
            return _stop(f'They wrote "{found}".', found)
    if reading := _stop_word(said, language, rules, is_cut=said is not whole):
        return reading
    words = said.words()
    if question_open and (answer := _among(words, rules.no | rules.declines, rules)):
        return _stop(f'They answered "{answer}" to our question.', answer)
    doubt = doubt or line.find(rules.holds) or said.find(rules.holds)
    if doubt := doubt or _among(words, rules.hold, rules):
        return _hold(f'They wrote "{doubt}"', doubt)
    return _no_stop(words, question_open, rules)


def _stop_word(said: Said, language: str, rules: StopRules, *, is_cut: bool) -> Reading | None:
    """Return the reading if the message, a line or a sentence is a stop word."""
    own = rules.stop_if_theirs.get(language[:2].lower(), frozenset())
    known, words = rules.stop | own, said.words()
    if _start_of(words) in (rules.declines | rules.hold) - known:
        return None
    if word := _stop_word_of(words, known, rules):
        if len(words) == 1 and any(asked for _, asked in said.sentences()):
            return _hold(f'They asked "{word}?"', word)
        if is_cut and word not in rules.stop_in_sentence:
            return _hold(f'They wrote "{word}" beside other things', word)
        return _stop(f'The whole message is the stop word "{word}".', word)
    for line, asked in said.sentences("/"):
        if not asked and (word := _stop_word_of(line, known, rules)):
            return _stop(f'A whole line is the stop word "{word}".', word)
    for sentence, asked in said.sentences(".?/,"):
        if not asked and (word := _among(sentence, rules.stop_in_sentence, rules)):
            return _stop(f'A whole sentence is the stop word "{word}".', word)
        if word := _among(sentence, rules.stop, rules):
            return _hold(f'They wrote "{word}" beside other things', word)
    return None


def _stop_word_of(words: list[str], known: frozenset[str], rules: StopRules) -> str | None:
    """Return the stop word or words of a whole message, one typing mistake forgiven."""
    if word := _among(words, known, rules):
        return word
    if len(words) > 1 and all(word in known for word in words):
        return words[0]
    rest = _without_fillers(words, rules)
    for some in (words, rest):
        if len(some) <= _MOST_WORDS and (word := "".join(some)) in known:
            return word
    said = _start_of(rest)
    if rules.fuzzy_least_length <= len(said) <= _LONGEST:
        return min((word for word in known if mistakes(said, word, 1) <= 1), default=None)
    return None


def _no_stop(words: list[str], question_open: bool, rules: StopRules) -> Reading:
    if word := _among(words, rules.help, rules):
        why = f'The whole message is "{word}": they want to know who this is.'
        return Reading(band=Band.NONE, intent=Intent.HELP, why=why, words=word)
    if word := _among(words, rules.start, rules):
        why = f'The whole message is "{word}": they want texts again.'
        return Reading(band=Band.NONE, intent=Intent.START, why=why, words=word)
    if question_open and (word := _among(words, rules.yes, rules)):
        why = f'They answered "{word}" to our question.'
        return Reading(band=Band.NONE, intent=Intent.YES, why=why, words=word)
    return Reading(band=Band.NONE, intent=None, why="No stop word and no wish to stop in it.")


def _judged_by_signs(words: list[str], parts: Parts, rules: StopRules) -> Reading | None:
    if parts.has_footer and not _without_fillers(words, rules):
        return _hold("They sent the way out back with next to nothing")
    signs = rules.signs if words else rules.signs | rules.signs_alone
    if found := next((sign for sign in parts.own if sign in signs), None):
        return _hold(f"They sent {found}", found)
    return None


def _stop(why: str, words: str = "") -> Reading:
    return Reading(band=Band.OPT_OUT, intent=Intent.STOP, why=why, words=words)


def _hold(what: str, words: str = "") -> Reading:
    why = f"{what}: it may be a stop, please judge."
    return Reading(band=Band.HOLD, intent=None, why=why, words=words)


def _without_fillers(words: Iterable[str], rules: StopRules) -> list[str]:
    return [word for word in words if word not in rules.fillers]


def _among(words: list[str], known: frozenset[str], rules: StopRules) -> str | None:
    """Return the known word or words that the words are, give or take fillers and repeats."""
    if (said := _start_of(words)) in known:
        return said
    rest = _without_fillers(words, rules)
    if (said := _start_of(rest)) in known:
        return said
    return rest[0] if len(rest) > 1 and set(rest) == {rest[0]} and rest[0] in known else None


def _start_of(words: list[str]) -> str:
    """Return the words as one text, or so many of them that it cannot be a keyword."""
    return " ".join(words[: _MOST_WORDS + 1])
