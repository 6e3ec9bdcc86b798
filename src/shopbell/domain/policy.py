"""Shopbell's own manners, as read from a rule file. Must never be called "the law"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shopbell.domain.consent import Purpose
from shopbell.domain.footers import Footers, read_footers
from shopbell.domain.jurisdiction_rows import read_note
from shopbell.domain.jurisdictions import Note
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.shop import Week


class Need(StrEnum):
    """What must be on file before a text of a purpose may go (rules.md 0.1)."""

    CONSENT = "consent"
    RECENT_INBOUND = "recent_inbound"
    OCCASION = "occasion"
    """Something that happened and that no text has answered yet: a stop, a HELP, a yes."""
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
    """Whether hours, holidays and the shop's closed days bind it."""
    footer: FooterWhen
    caps: tuple[Cap, ...]
    gap: timedelta | None
    """The least time between two texts of this purpose."""
    silent_months: int | None
    """A yes is asked for anew after so many months without a text either way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How long the shop's own texts may take to answer what they answer."""

    at_once: timedelta
    """So long after a person's own text no hour is too late for the answer."""
    stop_within: timedelta
    """A stop is confirmed within this time or not at all."""
    text_within: timedelta
    """A person's own text is answered within this time or not at all."""
    sign_up_within: timedelta
    """A yes is welcomed within this time or not at all."""
    question_open: timedelta
    """How long a question whether they want texts waits for its YES."""
    one_in: timedelta
    """A person gets one automatic answer at most in any such stretch of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """After how many texts back and forth a call is offered."""

    texts: int
    within: timedelta
    citation: str
    confidence: str
    """V1 primary text seen, V2 secondary source seen, U unverified."""


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
    answers: Answers
    exchange: Exchange
    footers: Footers
    notes: tuple[Note, ...]
    """Where the manners come from."""
    checked: date
    review_by: date


def read_policy(table: RuleTable) -> Policy:
    """Return the policy a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    policy = Policy(
        version=table.text("version"),
        hours=table.week("hours"),
        purposes=_purposes(table),
        deliver_margin=timedelta(minutes=table.number("deliver_margin_minutes")),
        inbound_within=timedelta(hours=table.number("inbound_within_hours", least=1)),
        most_parts=table.number("most_parts", least=1),
        answers=_answers(table.table("answers")),
        exchange=_exchange(table.table("exchange")),
        footers=read_footers(table.table("footer")),
        notes=tuple(read_note(entry) for entry in table.tables("note")),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
    )
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
            gap=_hours_or_none(entry, "gap_hours"),
            silent_months=(
                entry.number("silent_months", least=1) if entry.has("silent_months") else None
            ),
        )
        entry.end()
    for purpose in Purpose:
        if purpose not in rows:
            raise table.error("purpose", f'has no row for "{purpose}"')
    return rows


def _answers(table: RuleTable) -> Answers:
    answers = Answers(
        at_once=timedelta(minutes=table.number("at_once_minutes", least=1)),
        stop_within=timedelta(minutes=table.number("stop_within_minutes", least=1)),
        text_within=timedelta(hours=table.number("text_within_hours", least=1)),
        sign_up_within=timedelta(days=table.number("sign_up_within_days", least=1)),
        question_open=timedelta(days=table.number("question_open_days", least=1)),
        one_in=timedelta(hours=table.number("one_in_hours", least=1)),
    )
    table.end()
    return answers


def _exchange(table: RuleTable) -> Exchange:
    exchange = Exchange(
        texts=table.number("texts", least=1),
        within=timedelta(hours=table.number("within_hours", least=1)),
        citation=table.text("cite"),
        confidence=table.text("confidence"),
    )
    table.end()
    return exchange


def _cap(table: RuleTable) -> Cap:
    cap = Cap(
        n=table.number("n", least=1),
        per=timedelta(days=table.number("per_days", least=1)),
    )
    table.end()
    return cap


def _hours_or_none(table: RuleTable, key: str) -> timedelta | None:
    return timedelta(hours=table.number(key, least=1)) if table.has(key) else None
