"""Looks at the links of a text: where they lead, how many, whether people can trust them.

Must not follow a link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from shopbell.domain.consent import Purpose
from shopbell.domain.findings import Finding, Severity
from shopbell.domain.links import Link, belongs_to, links_in
from shopbell.domain.lint_rules import Check, LintRules
from shopbell.domain.lint_style import quoted


def link_findings(
    body: str,
    purpose: Purpose,
    rules: LintRules,
    *,
    sites: Collection[str],
    first_text: bool,
    signed: bool,
) -> Iterator[Finding]:
    """Return what is wrong with the links of `body`; a hidden destination stops the text.

    Args:
        body: what was typed.
        purpose: some checks are for some purposes only.
        rules: the rows and the hosts.
        sites: the shop's own sites; without any, no link is called foreign.
        first_text: whether the person never had a text from this shop.
        signed: whether the text will carry the shop's name.
    """
    links = links_in(body, rules.bare_endings | rules.shorteners.keys(), rules.slash_endings)
    if not links:
        return
    yield from hidden_destinations(body, rules)
    for check, wrong in (
        (Check.NOT_HTTPS, next((one for one in links if one.scheme in {"http", "ftp"}), None)),
        (Check.IP_ADDRESS, next((one for one in links if one.is_number), None)),
        (Check.OTHER_SITE, _foreign(links, sites, rules)),
        (Check.MANY_LINKS, _surplus(links, rules.checks[Check.MANY_LINKS].limit)),
        (Check.LINK_IN_FIRST, links[0] if first_text else None),
        (Check.LINK_WITHOUT_BRAND, None if signed else links[0]),
    ):
        row = rules.checks[check]
        if wrong is None or purpose not in row.warns_for:
            continue
        instead = f"https{wrong.text[len(wrong.scheme) :]}" if check is Check.NOT_HTTPS else ""
        yield row.finding(
            wrong.span,
            words=quoted(body, wrong.span),
            instead=instead,
            n=len({one.text for one in links}),
        )


def hidden_destinations(body: str, rules: LintRules) -> Iterator[Finding]:
    """Return the first link of `body` that hides where it leads; it stops the text."""
    for link in links_in(body, rules.bare_endings | rules.shorteners.keys(), rules.slash_endings):
        confidence = rules.shorteners.get(link.host)
        if confidence is not None:
            row = rules.checks[Check.SHORTENER]
            yield row.finding(
                link.span, Severity.BLOCK, confidence=confidence, words=quoted(body, link.span)
            )
            return


def _foreign(links: Collection[Link], sites: Collection[str], rules: LintRules) -> Link | None:
    if not sites:
        return None
    own = (link.host in rules.shorteners or belongs_to(link.host, sites) for link in links)
    return next((link for link, ours in zip(links, own, strict=True) if not ours), None)


def _surplus(links: Collection[Link], limit: int) -> Link | None:
    different = {link.text.casefold(): link for link in reversed(tuple(links))}
    in_order = sorted(different.values(), key=lambda link: link.span)
    return in_order[limit] if len(in_order) > limit else None
