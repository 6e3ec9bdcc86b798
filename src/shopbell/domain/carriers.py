"""What phone companies and gateways ask for, kept to be looked up and cited. Must not decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shopbell.domain.jurisdictions import Confidence
from shopbell.domain.rule_table import RuleTable


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierRule:
    """One thing they ask for."""

    topic: str
    says: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """One document or network with its rules."""

    id: str
    name: str
    scope: str
    confidence: Confidence
    rules: tuple[CarrierRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriers:
    """Everything of the carrier layer that holds in more than one country."""

    version: str
    checked: date
    review_by: date
    carriers: tuple[Carrier, ...]


def read_carriers(table: RuleTable) -> Carriers:
    """Return what a rule file says of carriers.

    Raises:
        BadInput: names file and key.
    """
    carriers = Carriers(
        version=table.text("version"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        carriers=tuple(_carrier(entry) for entry in table.tables("carrier")),
    )
    ids = [carrier.id for carrier in carriers.carriers]
    if len(set(ids)) < len(ids):
        raise table.error("carrier", "says the same id twice")
    table.end()
    return carriers


def _carrier(table: RuleTable) -> Carrier:
    carrier = Carrier(
        id=table.text("id"),
        name=table.text("name"),
        scope=table.text("scope"),
        confidence=table.choice("confidence", Confidence),
        rules=tuple(_rule(entry) for entry in table.tables("rule")),
    )
    table.end()
    return carrier


def _rule(table: RuleTable) -> CarrierRule:
    rule = CarrierRule(
        topic=table.text("topic"), says=table.text("says"), citation=table.text("cite")
    )
    table.end()
    return rule
