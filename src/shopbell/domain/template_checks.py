"""Whether a text of a kind says what it must and leaves out what it must not (rules.md section 9).

For texts a person has changed. Must not change them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shopbell.domain.folding import HIDDEN, Span, fold, name_pattern
from shopbell.domain.links import Link, links_in
from shopbell.domain.lint_rules import LintRules
from shopbell.domain.lint_style import PICTURE, quoted
from shopbell.domain.promises import promised_frequency
from shopbell.domain.template_rules import Element, ElementRow, TemplateKind, TemplateRules
from shopbell.domain.templates import Details, template

_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|\+?\(?\d[\d\s().-]{5,20}\d")
_EXCLAMATION = re.compile("[!\uff01]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing a text lacks or has too much."""

    element: Element
    missing: bool
    """It must be there and is not; otherwise it must not be there and is."""
    span: Span | None
    """Where the unwanted words stand; None if something is missing."""
    sentence: str
    """What to do. May repeat the writer's words: show it with `shown`."""
    citation: str
    confidence: str


def flaws_in(
    kind: TemplateKind,
    text: str,
    details: Details,
    rules: TemplateRules,
    lint_rules: LintRules,
) -> tuple[Flaw, ...]:
    """Return what a text of a kind lacks, then what it has too much; empty if it may go as it is.

    Args:
        kind: what the text is for.
        text: the words, with the shop's name, as they would leave.
        details: whose text it is and to whom it goes.
        rules: what each kind must say.
        lint_rules: which hosts are links, and which hide where they lead.
    """
    chosen, _ = template(kind, "en", details.country, rules)
    check = rules.checks[chosen.kind]
    whole = _Reading(text=text, details=details, rules=rules, lint_rules=lint_rules)
    nameless = replace(whole, text=_without_names(text, details))
    missing = [(one, None) for one in check.must if whole.place(one) is None]
    unwanted = [(one, span) for one in check.must_not if (span := nameless.place(one))]
    return tuple(
        Flaw(
            element=element,
            missing=span is None,
            span=span,
            sentence=_sentence(text, span, rules.elements[element]),
            citation=check.citation,
            confidence=check.confidence,
        )
        for element, span in (*missing, *unwanted)
    )


def _sentence(text: str, span: Span | None, row: ElementRow) -> str:
    return row.unwanted.replace("{words}", quoted(text, span)) if span else row.missing


def _without_names(text: str, details: Details) -> str:
    """Return the text, as long as before, without names: they may look like anything."""
    folded, characters = fold(text), list(text)
    for name in (details.shop.name, details.person or "", details.signer or ""):
        for match in name_pattern(name).finditer(folded.text):
            start, end = folded.span(*match.span())
            characters[start:end] = HIDDEN * (end - start)
    return "".join(characters)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A text and all that helps to find things in it."""

    text: str
    details: Details
    rules: TemplateRules
    lint_rules: LintRules

    def place(self, element: Element) -> Span | None:
        """Return where the element stands; None if it does not."""
        match element:
            case Element.BRAND:
                return self._name(self.details.shop.name)
            case Element.PERSON_NAME:
                return self._any_name_of(self.details.person)
            case Element.SIGNER_NAME:
                return self._any_name_of(self.details.signer)
            case Element.FREQUENCY:
                return self._whole() if promised_frequency(self.text) else None
            case Element.CONTACT:
                return self._contact()
            case Element.LINK:
                return next((link.span for link in self._links()), None)
            case Element.SHORTENER:
                hosts = self.lint_rules.shorteners
                return next((link.span for link in self._links() if link.host in hosts), None)
            case Element.EMOJI:
                return self._span(PICTURE.search(self.text))
            case Element.EXCLAMATION:
                return self._span(_EXCLAMATION.search(self.text))
            case Element.WHAT:
                return self._words(self.rules.elements[element].found) or self._any_topic()
            case Element.RATES_NOTICE if self.details.country not in self.rules.rates_in:
                return self._whole()
            case _:
                return self._words(self.rules.elements[element].found)

    def _whole(self) -> Span:
        return 0, len(self.text)

    def _span(self, match: re.Match[str] | None) -> Span | None:
        return match.span() if match else None

    def _words(self, patterns: tuple[re.Pattern[str], ...]) -> Span | None:
        folded = fold(self.text)
        places = [match.span() for pattern in patterns if (match := pattern.search(folded.text))]
        return folded.span(*min(places)) if places else None

    def _name(self, name: str) -> Span | None:
        folded = fold(self.text)
        match = name_pattern(name).search(folded.text)
        return folded.span(*match.span()) if match else None

    def _any_name_of(self, whole: str | None) -> Span | None:
        names = [name for name in (whole or "").split() if len(name) > 1]
        return next((place for name in names if (place := self._name(name))), None)

    def _any_topic(self) -> Span | None:
        return next((place for topic in self.details.topics if (place := self._name(topic))), None)

    def _links(self) -> tuple[Link, ...]:
        rules = self.lint_rules
        return links_in(
            self.text, rules.bare_endings | rules.shorteners.keys(), rules.slash_endings
        )

    def _contact(self) -> Span | None:
        given = self.details.contact or self.details.shop.phone
        if given and (place := self._name(given)):
            return place
        link = next((link.span for link in self._links()), None)
        return self._span(_CONTACT.search(self.text)) or link
