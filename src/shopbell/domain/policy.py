"""Shopbell's own manners, as read from a rule file. Must never be called "the law"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from shopbell.domain.consent import Purpose
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.shop import Week


class Need(StrEnum):
    """What must be on file before a text of a purpose may go (rules.md 0.1)."""

    CONSENT = "consent"
    RECENT_INBOUND = "recent_inbound"
    NOTHING = "nothing"


class FooterWhen(StrEnum):
    """When a text of a purpose carries the way out."""

    ALWAYS = "always"
    FIRST_AND_MONTHLY = "first_and_monthly"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most `n` texts of one purpose in any stretch of `per`."""

    n: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeRow:
    """What one purpose needs and which rules it is bound by."""

    purpose: Purpose
    need: Need
    quiet_hours: bool
    footer: FooterWhen
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footers:
    """The way out that is put after a text, per country, and how one already there looks."""

    by_country: Mapping[str, str]
    elsewhere: str
    equivalents: tuple[re.Pattern[str], ...]
    monthly: timedelta
    """How long after a footer the next service text carries one again."""

    def for_country(self, country: str | None) -> str:
        """Return the footer for a number of that country, with its leading space."""
        return self.by_country.get(country or "", self.elsewhere)

    def stands_in(self, text: str) -> bool:
        """Return whether `text` already says how to stop."""
        return any(pattern.search(text) for pattern in self.equivalents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a shop starts with, before the owner changes anything."""

    version: str
    hours: Week
    """The hours a new shop is offered."""
    purposes: Mapping[Purpose, PurposeRow]
    """Every purpose has its row."""
    deliver_margin: timedelta
    """Texts are not handed over in the last stretch of a window."""
    inbound_within: timedelta
    """How long a person's own text allows an answer."""
    most_parts: int
    footers: Footers


def read_policy(table: RuleTable) -> Policy:
    """Return the policy a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    hours = table.table("hours")
    policy = Policy(
        version=table.text("version"),
        hours=hours.week(),
        purposes=_purposes(table),
        deliver_margin=timedelta(minutes=table.number("deliver_margin_minutes")),
        inbound_within=timedelta(hours=table.number("inbound_within_hours", least=1)),
        most_parts=table.number("most_parts", least=1),
        footers=_footers(table.table("footer")),
    )
    hours.end()
    table.end()
    return policy


def _purposes(table: RuleTable) -> dict[Purpose, PurposeRow]:
    rows: dict[Purpose, PurposeRow] = {}
    for entry in table.tables("purpose"):
        purpose = entry.choice("id", Purpose)
        if purpose in rows:
            raise entry.error("id", f'says "{purpose}" a second time')
        rows[purpose] = PurposeRow(
            purpose=purpose,
            need=entry.choice("need", Need),
            quiet_hours=entry.flag("quiet_hours"),
            footer=entry.choice("footer", FooterWhen),
            caps=tuple(_cap(cap) for cap in entry.tables("caps")),
        )
        entry.end()
    for purpose in Purpose:
        if purpose not in rows:
            raise table.error("purpose", f'has no row for "{purpose}"')
    return rows


def _cap(table: RuleTable) -> Cap:
    cap = Cap(
        n=table.number("n", least=1),
        per=timedelta(days=table.number("per_days", least=1)),
    )
    table.end()
    return cap


def _footers(table: RuleTable) -> Footers:
    countries = table.table("country")
    footers = Footers(
        by_country={country: countries.text(country) for country in countries.names()},
        elsewhere=table.text("elsewhere"),
        equivalents=table.patterns("equivalents"),
        monthly=timedelta(days=table.number("monthly_days", least=1)),
    )
    for country, footer in [*footers.by_country.items(), ("elsewhere", footers.elsewhere)]:
        if not footers.stands_in(footer):
            raise table.error(country, "is not matched by any of the equivalents")
        if not footer.startswith(" "):
            raise table.error(country, "must begin with a blank")
    table.end()
    return footers
