"""Reads the shop's own texts from a rule file. Must not fill them in: see `domain.templates`."""

from __future__ import annotations

import re

from shopbell.domain.hours_words import ClockStyle, HoursWords
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.shop import WEEKDAYS
from shopbell.domain.template_rules import (
    Element,
    ElementRow,
    Field,
    LanguageWords,
    NotedWords,
    PeriodWords,
    Template,
    TemplateCheck,
    TemplateKind,
    TemplateRules,
)

_MONTHS = 12
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def read_template_rules(table: RuleTable) -> TemplateRules:
    """Return the templates a rule file holds.

    Raises:
        BadInput: names file and key.
    """
    languages = table.table("language")
    rules = TemplateRules(
        version=table.text("version"),
        checked=table.day("checked"),
        review_by=table.day("review_by"),
        confidence=table.text("confidence"),
        rates_in=frozenset(table.texts("rates_in")),
        languages={name: _language(languages.table(name)) for name in languages.names()},
        templates={one.kind: one for one in map(_template, table.tables("template"))},
        checks=_checks(table),
        elements=_elements(table.table("element")),
    )
    for kind in TemplateKind:
        if kind not in rules.templates or "en" not in rules.templates[kind].texts:
            raise table.error("template", f'has no English text for "{kind}"')
        if kind not in rules.checks:
            raise table.error("check", f'has no row for "{kind}"')
        for language in rules.templates[kind].texts:
            if language not in rules.languages:
                raise table.error("language", f'has no words for "{language}"')
        for element in rules.checks[kind].must:
            if not rules.elements[element].missing:
                raise table.error(f"element.{element}", "has no sentence for when it is missing")
        for element in rules.checks[kind].must_not:
            if not rules.elements[element].unwanted:
                raise table.error(f"element.{element}", "has no sentence for when it is unwanted")
    languages.end()
    table.end()
    return rules


def _language(table: RuleTable) -> LanguageWords:
    texts, msgs = table.texts("texts"), table.texts("msgs")
    if len(texts) != 2 or len(msgs) != 2:
        raise table.error("texts", "and msgs must be lists of two: one, several")
    topics, kinds = table.table("topics"), table.table("kinds")
    words = LanguageWords(
        spoken_in=frozenset(table.texts("spoken_in", ())),
        texts=(texts[0], texts[1]),
        msgs=(msgs[0], msgs[1]),
        per=_periods(table.table("per")),
        a_per=_periods(table.table("a_per")),
        rates=table.text("rates", ""),
        topics={id_: topics.text(id_) for id_ in topics.names()},
        kinds={id_: kinds.text(id_) for id_ in kinds.names()},
        joined_by=table.text("and"),
        noted=_noted(table.table("noted")),
        months=table.texts("months"),
        stop_at=table.text("stop_at", ""),
        hours=HoursWords(
            days=table.texts("days"),
            weekdays=table.text("weekdays"),
            daily=table.text("daily"),
            clock=table.choice("clock", ClockStyle),
            hour=table.text("hour"),
            hour_minute=table.text("hour_minute"),
            hours=table.text("hours"),
            otherwise=table.text("shop_hours"),
        ),
    )
    if len(words.hours.days) != len(WEEKDAYS):
        raise table.error("days", "must be a list of seven")
    if len(words.months) != _MONTHS:
        raise table.error("months", "must be a list of twelve")
    for part in (topics, kinds, table):
        part.end()
    return words


def _noted(table: RuleTable) -> NotedWords:
    words = NotedWords(
        paused=table.text("paused"),
        fewer=table.text("fewer"),
        call=table.text("call"),
        email=table.text("email"),
        text=table.text("text"),
        only_orders=table.text("only_orders"),
        topics=table.text("topics"),
    )
    table.end()
    return words


def _periods(table: RuleTable) -> PeriodWords:
    words = PeriodWords(
        day=table.text("day"),
        week=table.text("week"),
        month=table.text("month"),
        year=table.text("year"),
        weeks=table.text("weeks"),
        days=table.text("days"),
    )
    table.end()
    return words


def _template(table: RuleTable) -> Template:
    texts: dict[str, str] = {}
    for language in table.names():
        if language not in {"kind", "only_in", "elsewhere"}:
            texts[language] = table.text(language)
            for name in _PLACEHOLDER.findall(texts[language]):
                if name not in set(Field):
                    raise table.error(language, f"has {{{name}}}, which nothing is filled in for")
    template = Template(
        kind=table.choice("kind", TemplateKind),
        texts=texts,
        only_in=frozenset(table.texts("only_in", ())),
        elsewhere=table.choice("elsewhere", TemplateKind) if table.has("elsewhere") else None,
    )
    if template.only_in and template.elsewhere is None:
        raise table.error("elsewhere", "is missing: what is sent in other countries?")
    table.end()
    return template


def _checks(table: RuleTable) -> dict[TemplateKind, TemplateCheck]:
    checks: dict[TemplateKind, TemplateCheck] = {}
    for row in table.tables("check"):
        check = TemplateCheck(
            must=row.choices("must", Element),
            must_not=row.choices("must_not", Element),
            citation=row.text("cite", ""),
            confidence=row.text("confidence"),
        )
        for kind in row.choices("kinds", TemplateKind):
            if kind in checks:
                raise row.error("kinds", f'has "{kind}" a second time')
            checks[kind] = check
        row.end()
    return checks


def _elements(table: RuleTable) -> dict[Element, ElementRow]:
    rows: dict[Element, ElementRow] = {}
    for element in Element:
        row = table.table(element.value)
        rows[element] = ElementRow(
            found=row.patterns("patterns") if row.has("patterns") else (),
            missing=row.text("missing", ""),
            unwanted=row.text("unwanted", ""),
        )
        row.end()
    table.end()
    return rows
