"""What is looked for in the words of a text, as a page of the rulebook: for reading. Must not look.

Every rule has its line, with its source and the id that findings name ("lint.tobacco").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Layer
from shopbell.domain.lint_rules import PhraseRow, Row
from shopbell.domain.promotional import PromotionalRules
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.row_lines import RuleLine, sentences
from shopbell.domain.text_rules import TextRules

WORDS_ID = "words"
_BLANKS = {"{words}": "…", "{instead}": "…", "{n}": "so many"}


def word_lines(rules: TextRules) -> Iterator[RuleLine]:
    """Yield every rule about words, what stops a text first."""
    rows = sorted(rules.lint.phrases, key=lambda row: not row.blocks_for)
    yield from (_line(row, row.warns_for, _stops(row)) for row in rows)
    yield from (_line(row, row.warns_for) for row in rules.lint.checks.values())
    yield _promotion(rules.promotional)


def _line(row: Row, warns_for: Iterable[Purpose], stops: str = "") -> RuleLine:
    name = row.id.removeprefix("lint.")
    warned = _texts(warns_for)
    return RuleLine(
        topic=name.replace("_", " ").capitalize(),
        says=sentences(stops, f"Speaks up about {warned}" if warned else "", _told(row.sentence)),
        citation=row.citation,
        confidence=row.confidence,
        layer=row.layer,
        rule=row.id,
    )


def _stops(row: PhraseRow) -> str:
    if not row.blocks_for:
        return ""
    where = f" to {', '.join(sorted(row.blocks_in))}" if row.blocks_in else ""
    return f"Stops {_texts(row.blocks_for)}{where}"


def _promotion(rules: PromotionalRules) -> RuleLine:
    return RuleLine(
        topic="Promotion",
        says=sentences(
            f"Makes marketing of {texts_for(Purpose.SERVICE)}, unless the owner types why it is "
            "none",
            _told(rules.sentence),
        ),
        citation=rules.citation,
        confidence=rules.confidence,
        layer=Layer.CARRIER,
        rule="promotional",
    )


def _texts(purposes: Iterable[Purpose]) -> str:
    """Return kinds of text in words, in their usual order."""
    wanted = frozenset(purposes)
    return texts_for(*(purpose for purpose in Purpose if purpose in wanted)) if wanted else ""


def _told(sentence: str) -> str:
    for blank, shown in _BLANKS.items():
        sentence = sentence.replace(blank, shown)
    return sentence
