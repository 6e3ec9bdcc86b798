"""Looks through the words of a text for what carriers block and what puts people off.

Every rule speaks once, at the first place it finds. Must not change the text, and must not decide:
what stops a text becomes a reason for the gate (`findings.refusals`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from shopbell.domain.consent import Purpose
from shopbell.domain.findings import Finding, Severity, in_order
from shopbell.domain.folding import fold, hidden, name_pattern
from shopbell.domain.lint_links import hidden_destinations, link_findings
from shopbell.domain.lint_rules import Check, PhraseRow
from shopbell.domain.lint_style import Draft, quoted, style_findings
from shopbell.domain.reserved_replies import reserved_replies
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import ShopProfile
from shopbell.domain.texts import FinalText
from shopbell.domain.wording import names_the_shop


def lint(
    body: str,
    final: FinalText,
    shop: ShopProfile,
    purpose: Purpose,
    rules: Rulebook,
    *,
    country: str | None = None,
    sites: Collection[str] = (),
    first_text: bool = False,
    language: str = "en",
) -> tuple[Finding, ...]:
    """Return everything worth knowing about the words of a text, what stops it first.

    Args:
        body: what was typed; spans point into it.
        final: the same as it would leave; its parts and its shop name are looked at.
        shop: whose name is no word to be judged.
        purpose: some rules bind some purposes only.
        rules: the rulebook.
        country: of the number, ISO 3166-1; None if unknown, which is taken as the strictest.
        sites: the shop's own sites; without any, no link is called foreign.
        first_text: whether the person never had a text from this shop.
        language: of the person, two letters: some words mean stop in one language only.
    """
    lint_rules = rules.texts.lint
    draft = Draft(body=body, folded=fold(body), name=name_pattern(shop.name))
    signed = names_the_shop(final, shop)
    found: list[Finding] = []
    found += _phrases(body, shop.name, purpose, country, rules)
    found += style_findings(draft, final, purpose, lint_rules)
    found += link_findings(
        body, purpose, lint_rules, sites=sites, first_text=first_text, signed=signed
    )
    found += reserved_replies(body, purpose, lint_rules, rules.stops, language)
    row = lint_rules.checks[Check.BRAND]
    if final.text and not signed and purpose in row.warns_for:
        found.append(row.finding(None))
    return in_order(found)


def stopping(
    body: str, shop: ShopProfile, purpose: Purpose, rules: Rulebook, *, country: str | None = None
) -> tuple[Finding, ...]:
    """Return only what stops a text: the same as `lint` finds, at a part of the price."""
    found = [
        *_phrases(body, shop.name, purpose, country, rules),
        *hidden_destinations(body, rules.texts.lint),
    ]
    return in_order(one for one in found if one.severity is Severity.BLOCK)


@lru_cache(maxsize=256)
def _phrases(
    body: str, shop_name: str, purpose: Purpose, country: str | None, rules: Rulebook
) -> tuple[Finding, ...]:
    return tuple(_each_phrase(body, shop_name, purpose, country, rules))


def _each_phrase(
    body: str, shop_name: str, purpose: Purpose, country: str | None, rules: Rulebook
) -> Iterator[Finding]:
    folded = fold(body)
    plain = hidden(folded.text, [name_pattern(shop_name)])
    for row in rules.texts.lint.phrases:
        severity = _severity(row, purpose, country)
        if severity is None or not any(pattern.search(plain) for pattern in row.found):
            continue
        bare = hidden(plain, row.guards)
        places = [match.span() for pattern in row.found if (match := pattern.search(bare))]
        if places:
            span = folded.span(*min(places))
            yield row.finding(span, severity, words=quoted(body, span))


def _severity(row: PhraseRow, purpose: Purpose, country: str | None) -> Severity | None:
    here = country is None or not row.blocks_in or country in row.blocks_in
    if here and purpose in row.blocks_for:
        return Severity.BLOCK
    return Severity.WARN if purpose in row.warns_for else None
