"""What carriers block and what puts people off, as read from a file. Must not look at texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Layer
from shopbell.domain.findings import Finding, Severity
from shopbell.domain.folding import Span, read_words, whole_words
from shopbell.domain.rule_table import RuleTable

_BLANK = re.compile(r"\{(words|instead|n)\}")


class Check(StrEnum):
    """The checks that count or compare rather than look for words; each has its row."""

    CAPITALS = "capitals"
    EXCLAMATIONS = "exclamations"
    QUESTIONS = "questions"
    REPEATED = "repeated"
    OPENING = "opening"
    EMOJI = "emoji"
    PARTS = "parts"
    BRAND = "brand"
    WAY_OUT = "way_out"
    SHORTENER = "shortener"
    NOT_HTTPS = "not_https"
    OTHER_SITE = "other_site"
    MANY_LINKS = "many_links"
    IP_ADDRESS = "ip_address"
    LINK_WITHOUT_BRAND = "link_without_brand"
    LINK_IN_FIRST = "link_in_first"
    RESERVED_STOP = "reserved_stop"
    RESERVED_HELP = "reserved_help"
    RESERVED_START = "reserved_start"
    RESERVED_YES = "reserved_yes"
    RESERVED_LETTER = "reserved_letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule about words, with its source."""

    id: str
    code: Code
    layer: Layer
    citation: str
    confidence: str
    sentence: str
    """Its `{words}`, `{instead}` and `{n}` are filled in for each text."""

    def finding(
        self,
        span: Span | None,
        severity: Severity = Severity.WARN,
        *,
        words: str = "",
        instead: str = "",
        n: int = 0,
        confidence: str = "",
    ) -> Finding:
        """Return this rule speaking about the words at `span`; None is the whole text."""
        values = {"words": words, "instead": instead, "n": str(n)}
        return Finding(
            code=self.code,
            severity=severity,
            layer=self.layer,
            rule=self.id,
            citation=self.citation,
            confidence=confidence or self.confidence,
            span=span,
            sentence=_BLANK.sub(lambda found: values[found[1]], self.sentence),
            instead=instead,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRow(Row):
    """A subject that is recognised by its words."""

    found: tuple[re.Pattern[str], ...]
    """For folded texts."""
    guards: tuple[re.Pattern[str], ...]
    """What looks like it and is not: hidden before `found` is tried."""
    blocks_for: frozenset[Purpose]
    blocks_in: frozenset[str]
    """The countries of numbers where it blocks; empty means everywhere. Elsewhere it warns."""
    warns_for: frozenset[Purpose]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow(Row):
    """A check, and from where on it speaks up."""

    limit: int
    least: int
    """How much there must be before it is worth counting."""
    warns_for: frozenset[Purpose]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayWords:
    """Words a gateway takes for itself before the shop hears of them (rules.md 5.1)."""

    stop: frozenset[str]
    start: frozenset[str]
    help: frozenset[str]
    yes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """How a draft asks for an answer, and which words it must not ask for."""

    asks: tuple[re.Pattern[str], ...]
    """Cues after which a word in any letters is asked for."""
    asks_capitals: tuple[re.Pattern[str], ...]
    """Cues after which only a word in capitals or quotes is asked for."""
    proper: Mapping[str, tuple[re.Pattern[str], ...]]
    """By effect ("stop", "help", "start"): what follows a word used for what it is for. "told" is
    for the words of `ways_out` besides."""
    gateway_words: GatewayWords
    ways_out: frozenset[str]
    """The stop words people are rightly told."""
    ways_to_help: frozenset[str]
    """The help words people are rightly told."""
    letter_for: Mapping[str, str]
    """Words that make "C to cancel" a trap, for people will write the word; and better ones."""
    instead: Mapping[str, str]
    instead_otherwise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRules:
    """Everything the words of a text are looked through for."""

    version: str
    checked: date
    review_by: date
    phrases: tuple[PhraseRow, ...]
    checks: Mapping[Check, CheckRow]
    shorteners: Mapping[str, str]
    """Hosts that hide where a link leads, with the confidence that carriers block them."""
    bare_endings: frozenset[str]
    """Last parts of a host name that make a link of it even without "https://"."""
    slash_endings: frozenset[str]
    """The same, but only when a path follows: they are everyday words too."""
    not_shouting: frozenset[str]
    """Words whose capitals do not count, folded."""
    openings: tuple[re.Pattern[str], ...]
    ways_out: tuple[re.Pattern[str], ...]
    """Ways to opt out other than the stop word; group 1 is the word asked for."""
    reserved: Reserved


def read_lint_rules(table: RuleTable) -> LintRules:
    """Return the rules a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    links = table.table("links")
    rules = LintRules(
        version=table.text("version"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        phrases=tuple(_phrase(entry) for entry in table.tables("phrase")),
        checks=_checks(table.table("check")),
        shorteners={
            **dict.fromkeys(read_words(links, "shorteners_unverified"), "U"),
            **dict.fromkeys(read_words(links, "shorteners"), "V2"),
        },
        bare_endings=read_words(links, "bare_endings"),
        slash_endings=read_words(links, "slash_endings"),
        not_shouting=read_words(table, "not_shouting"),
        openings=table.patterns("openings"),
        ways_out=table.patterns("ways_out"),
        reserved=_reserved(table.table("reserved")),
    )
    links.end()
    table.end()
    return rules


def _phrase(table: RuleTable) -> PhraseRow:
    words = whole_words(read_words(table, "words")) if table.has("words") else None
    more = table.patterns("patterns") if table.has("patterns") else ()
    row = PhraseRow(
        id=f"lint.{table.text('id')}",
        code=table.choice("code", Code),
        layer=table.choice("layer", Layer),
        citation=table.text("cite", ""),
        confidence=table.text("confidence"),
        sentence=table.text("sentence"),
        found=(words, *more) if words else more,
        guards=table.patterns("guards") if table.has("guards") else (),
        blocks_for=frozenset(table.choices("blocks_for", Purpose)),
        blocks_in=frozenset(table.texts("blocks_in", ())),
        warns_for=frozenset(table.choices("warns_for", Purpose)),
    )
    if not row.found:
        raise table.error("words", "is missing, and so is patterns")
    table.end()
    return row


def _checks(table: RuleTable) -> dict[Check, CheckRow]:
    rows: dict[Check, CheckRow] = {}
    for check in Check:
        row = table.table(check.value)
        rows[check] = CheckRow(
            id=f"lint.{check.value}",
            code=row.choice("code", Code),
            layer=row.choice("layer", Layer),
            citation=row.text("cite", ""),
            confidence=row.text("confidence"),
            sentence=row.text("sentence"),
            limit=row.number("limit", 0),
            least=row.number("least", 0),
            warns_for=frozenset(row.choices("warns_for", Purpose)),
        )
        row.end()
    table.end()
    return rows


def _reserved(table: RuleTable) -> Reserved:
    gateways, proper = table.table("gateways"), table.table("proper")
    instead, letter_for = table.table("instead"), table.table("letter_for")
    reserved = Reserved(
        asks=table.patterns("asks"),
        asks_capitals=table.patterns("asks_capitals"),
        proper={effect: proper.patterns(effect) for effect in ("stop", "told", "help", "start")},
        gateway_words=GatewayWords(
            stop=read_words(gateways, "stop"),
            start=read_words(gateways, "start"),
            help=read_words(gateways, "help"),
            yes=read_words(gateways, "yes"),
        ),
        ways_out=read_words(table, "ways_out"),
        ways_to_help=read_words(table, "ways_to_help"),
        letter_for={word: letter_for.text(word) for word in letter_for.names()},
        instead={word: instead.text(word) for word in instead.names()},
        instead_otherwise=table.text("instead_otherwise"),
    )
    for part in (gateways, proper, instead, letter_for, table):
        part.end()
    return reserved
