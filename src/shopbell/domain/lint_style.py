"""Looks at how a text is written: capitals, exclamation marks, pictures, length, false openings.

Must not look at what it is about: see `domain.lint`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shopbell.domain.consent import Purpose
from shopbell.domain.findings import Finding
from shopbell.domain.folding import Folded, Span, fold
from shopbell.domain.lint_rules import Check, LintRules
from shopbell.domain.texts import FinalText

_LONGEST_QUOTE = 40
_EXCLAMATION = re.compile("[!\uff01\u203c\u2049]+")
_QUESTION = re.compile(r"[?\uff1f\u2049]+(?=\W{0,8}(?:\s|$))")
"""Where a question ends: not within a web address."""
_REPEATED = re.compile(r"[!?\uff01\uff1f]{2,}|([,;:*$#~])\1{1,}|\.{4,}|\u2026{2,}")
PICTURE = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[#*0-9]\ufe0f?\u20e3"
    "|[\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]{0,2}"
    "(?:\u200d[\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]{0,2}){0,8}"
)
"""One picture as a person counts them: a flag, a keycap, a family joined of several."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed, in the ways the checks look at it."""

    body: str
    folded: Folded
    name: re.Pattern[str]
    """The shop's name, for folded texts."""


def style_findings(
    draft: Draft, final: FinalText, purpose: Purpose, rules: LintRules
) -> Iterator[Finding]:
    """Return what is wrong with how a text is written.

    Args:
        draft: what was typed.
        final: the same as it would leave: its parts count.
        purpose: some checks are for some purposes only.
        rules: the rows.
    """
    for check, found in (
        (Check.CAPITALS, _capitals),
        (Check.EXCLAMATIONS, _exclamations),
        (Check.QUESTIONS, _questions),
        (Check.REPEATED, _repeated),
        (Check.OPENING, _opening),
        (Check.EMOJI, _emoji),
        (Check.WAY_OUT, _way_out),
    ):
        if purpose in rules.checks[check].warns_for:
            yield from found(draft, rules)
    row = rules.checks[Check.PARTS]
    if purpose in row.warns_for and final.segments > row.limit:
        yield row.finding(None, n=final.segments)


def quoted(body: str, span: Span) -> str:
    """Return the writer's words at `span` for a sentence: one line, not too long."""
    words = " ".join(body[span[0] : min(span[1], span[0] + 4 * _LONGEST_QUOTE)].split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1]}\u2026"


def _capitals(draft: Draft, rules: LintRules) -> Iterator[Finding]:
    row = rules.checks[Check.CAPITALS]
    names = [draft.folded.span(*match.span()) for match in draft.name.finditer(draft.folded.text)]
    small = large = passed = 0
    for match in _WORD.finditer(draft.body):
        while passed < len(names) and names[passed][1] <= match.start():
            passed += 1
        if passed < len(names) and names[passed][0] <= match.start():
            continue
        word = match.group()
        if word.isupper() and len(word) < _LONGEST_QUOTE and fold(word).text in rules.not_shouting:
            continue
        capitals = sum(map(str.isupper, word))
        large += capitals
        small += sum(map(str.islower, word))
    if large + small >= row.least and large * 100 > row.limit * (large + small):
        yield row.finding(None, n=large * 100 // (large + small))


def _exclamations(draft: Draft, rules: LintRules) -> Iterator[Finding]:
    row = rules.checks[Check.EXCLAMATIONS]
    marks = list(_EXCLAMATION.finditer(draft.body))
    if len(marks) > row.limit:
        yield row.finding(marks[row.limit].span(), n=len(marks))


def _questions(draft: Draft, rules: LintRules) -> Iterator[Finding]:
    row = rules.checks[Check.QUESTIONS]
    marks = list(_QUESTION.finditer(draft.body))
    if len(marks) > row.limit:
        yield row.finding(marks[row.limit].span(), n=len(marks))


def _repeated(draft: Draft, rules: LintRules) -> Iterator[Finding]:
    if match := _REPEATED.search(draft.body):
        mark = "?" if "?" in match.group() else match.group()[0]
        span, instead = match.span(), "..." if mark == "." else mark
        yield rules.checks[Check.REPEATED].finding(
            span, words=quoted(draft.body, span), instead=instead
        )


def _opening(draft: Draft, rules: LintRules) -> Iterator[Finding]:
    signature = re.match(rf"\s{{0,4}}{draft.name.pattern}\s?[:,\-]?", draft.folded.text)
    start = signature.end() if signature else 0
    for pattern in rules.openings:
        if match := pattern.match(draft.folded.text, start):
            skipped = len(match.group()) - len(match.group().lstrip())
            span = draft.folded.span(match.start() + skipped, match.end())
            yield rules.checks[Check.OPENING].finding(span, words=quoted(draft.body, span))
            return


def _emoji(draft: Draft, rules: LintRules) -> Iterator[Finding]:
    row = rules.checks[Check.EMOJI]
    pictures = list(PICTURE.finditer(draft.body))
    if len(pictures) > row.limit:
        yield row.finding(pictures[row.limit].span(), n=len(pictures))


def _way_out(draft: Draft, rules: LintRules) -> Iterator[Finding]:
    for pattern in rules.ways_out:
        for match in pattern.finditer(draft.folded.text):
            if match.group(1) not in rules.reserved.ways_out:
                span = draft.folded.span(*match.span())
                yield rules.checks[Check.WAY_OUT].finding(
                    span, words=quoted(draft.body, span), instead="STOP to end"
                )
                return
