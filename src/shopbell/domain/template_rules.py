"""The shop's own texts, how languages word them, and what each kind must say: the records.

Must not fill them in: see `domain.templates`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shopbell.domain.hours_words import HoursWords


class TemplateKind(StrEnum):
    """The texts a shop sends by itself, or as a draft that a person looks over."""

    WELCOME = "welcome"
    WELCOME_CHOICE = "welcome_choice"
    DOUBLE_OPT_IN = "double_opt_in"
    STOP = "stop"
    STOP_WAY_BACK = "stop_way_back"
    STOP_CLARIFY = "stop_clarify"
    HELP = "help"
    START = "start"
    WRONG_NUMBER = "wrong_number"
    NOTED = "noted"
    CLOSED = "closed"
    COMPLAINT = "complaint"
    ERASED = "erased"
    PICKUP = "pickup"


class Element(StrEnum):
    """Something a text must or must not say (rules.md section 9)."""

    BRAND = "brand"
    WHAT = "what"
    FREQUENCY = "frequency"
    HELP_WORD = "help_word"
    STOP_WORD = "stop_word"
    RATES_NOTICE = "rates_notice"
    REPLY_WORD = "reply_word"
    SILENCE_MEANS_NO = "silence_means_no"
    UNSUBSCRIBED = "unsubscribed"
    NO_MORE_MESSAGES = "no_more_messages"
    CONTACT = "contact"
    PERSON_NAME = "person_name"
    SIGNER_NAME = "signer_name"
    WHEN = "when"
    OTHER_CHANNEL = "other_channel"
    APOLOGY = "apology"
    DELETED = "deleted"
    KEPT_NOTE = "kept_note"
    OFFER = "offer"
    SHORTENER = "shortener"
    LINK = "link"
    PERSUASION = "persuasion"
    QUESTION_NEEDED = "question_needed"
    BLAME = "blame"
    EMOJI = "emoji"
    EXCLAMATION = "exclamation"


class Field(StrEnum):
    """What a template can have filled in."""

    SHOP = "shop"
    N = "n"
    TEXTS = "texts"
    MSGS = "msgs"
    PER = "per"
    A_PER = "a_per"
    TOPICS = "topics"
    KIND = "kind"
    HOURS = "hours"
    RATES = "rates"
    STOP_AT = "stop_at"
    CONTACT = "contact"
    PERSON = "person"
    SIGNER = "signer"
    WHEN = "when"
    ITEM = "item"
    NOTED = "noted"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodWords:
    """How often, in words, each with its leading blank or stroke."""

    day: str
    week: str
    month: str
    year: str
    weeks: str
    """With `{n}`."""
    days: str
    """With `{n}`."""

    def of(self, days: int) -> str:
        """Return the words for every `days` days; a month is 30 of them, a year 365."""
        one = {1: self.day, 7: self.week, 30: self.month, 365: self.year}.get(days)
        if one is not None:
            return one
        if days % 7 == 0:
            return self.weeks.replace("{n}", str(days // 7))
        return self.days.replace("{n}", str(days))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedWords:
    """How a wish that was noted reads after "noted:"."""

    paused: str
    """With `{date}`."""
    fewer: str
    """With `{n}`, `{texts}` and `{a_per}`."""
    call: str
    email: str
    text: str
    only_orders: str
    topics: str
    """With `{topics}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWords:
    """How one language says numbers of texts, periods, topics and hours."""

    spoken_in: frozenset[str]
    """Countries of shops whose customers are written to like this unless they wish otherwise."""
    texts: tuple[str, str]
    """One, several."""
    msgs: tuple[str, str]
    per: PeriodWords
    a_per: PeriodWords
    rates: str
    topics: Mapping[str, str]
    """By topic id, as in "our offers"."""
    kinds: Mapping[str, str]
    """By topic id, as in "offer texts"."""
    joined_by: str
    noted: NotedWords
    months: tuple[str, ...]
    """January first, short."""
    stop_at: str
    """With `{code}`: where STOP is sent when the texts' own number takes no answers."""
    hours: HoursWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One kind of text in every language it is written in."""

    kind: TemplateKind
    texts: Mapping[str, str]
    only_in: frozenset[str]
    """Countries of numbers it is for; empty means everywhere."""
    elsewhere: TemplateKind | None
    """The kind that is sent in other countries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCheck:
    """What a kind of text must and must not say."""

    must: tuple[Element, ...]
    must_not: tuple[Element, ...]
    citation: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow:
    """How an element is recognised, and what is said when it is missing or unwanted."""

    found: tuple[re.Pattern[str], ...]
    """For folded texts; none if it is worked out otherwise."""
    missing: str
    unwanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRules:
    """All templates, their words and their checks."""

    version: str
    checked: date
    review_by: date
    confidence: str
    rates_in: frozenset[str]
    languages: Mapping[str, LanguageWords]
    templates: Mapping[TemplateKind, Template]
    checks: Mapping[TemplateKind, TemplateCheck]
    elements: Mapping[Element, ElementRow]
