"""Rows of the rulebook and the shop's own rules, for scripts and for people. Must not decide."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import click

from shopbell.cli.output import Json
from shopbell.domain.decision import Layer
from shopbell.domain.row_lines import RuleLine
from shopbell.domain.rule_sheet import CONFIDENCE_WORDS, RuleSheet
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import ShopRules
from shopbell.domain.shop_rules_text import shop_rules_text
from shopbell.domain.telling import plain_day
from shopbell.domain.weeks import week_text

_WHOSE = {Layer.LAW: "law", Layer.CARRIER: "phone companies", Layer.POLICY: "custom"}


class Day(click.ParamType[date]):
    """A day as a person types it."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or refuse it."""
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has none
        except ValueError:
            self.fail(f"“{str(value)[:20]}” is not a day. Write it like 2026-12-31.", param, ctx)


DAY = Day()


def sheet_json(sheet: RuleSheet, today: date, *, whole: bool) -> dict[str, Json]:
    """Return one row; the `whole` of it, or what a list shows."""
    head: dict[str, Json] = {
        "id": sheet.id,
        "name": sheet.name,
        "version": sheet.version,
        "confidence": sheet.confidence or None,
        "checked": sheet.checked.isoformat(),
        "age_days": (today - sheet.checked).days,
        "review_by": sheet.review_by.isoformat(),
        "overdue": sheet.is_overdue(today),
    }
    if not whole:
        return head
    return {
        **head,
        "scope": sheet.scope,
        "effective_from": _iso(sheet.effective_from),
        "effective_to": _iso(sheet.effective_to),
        "lines": [line_json(line) for line in sheet.lines],
        "sources": list(sheet.sources),
    }


def line_json(line: RuleLine) -> dict[str, Json]:
    """Return one thing a row says."""
    return {
        "topic": line.topic,
        "says": line.says,
        "citation": line.citation or None,
        "confidence": line.confidence or None,
        "layer": line.layer and line.layer.value,
        "rule": line.rule or None,
    }


def head_line(sheet: RuleSheet, today: date) -> str:
    """Return one row as a line of a list."""
    sure = f", {sheet.confidence}" if sheet.confidence else ""
    late = f"; look again was due {plain_day(sheet.review_by)}" if sheet.is_overdue(today) else ""
    return f"{sheet.id}  {sheet.name}{sure}, read {sheet.age(today)} ago{late}"


def sheet_lines(sheet: RuleSheet, today: date) -> Iterator[str]:
    """Yield one row as sentences."""
    yield f"{sheet.id}: {sheet.name}."
    yield f"Applies to: {sheet.scope}"
    if sheet.confidence:
        meaning = next(w for mark, w in CONFIDENCE_WORDS.items() if mark == sheet.confidence)
        yield f"How sure: {sheet.confidence}, {meaning}."
    yield f"Read on {plain_day(sheet.checked)}, {sheet.age(today)} ago; version {sheet.version}."
    if sheet.is_overdue(today):
        yield f"OVERDUE: somebody should have looked again by {plain_day(sheet.review_by)}."
    else:
        yield f"To be looked at again by {plain_day(sheet.review_by)}."
    if sheet.effective_from is not None:
        yield f"In force from {plain_day(sheet.effective_from)}."
    if sheet.effective_to is not None:
        yield f"In force until the day before {plain_day(sheet.effective_to)}."
    yield from map(line_text, sheet.lines)
    if sheet.sources:
        yield f"Sources: {'; '.join(sheet.sources)}."
    yield "This is not legal advice."


def line_text(line: RuleLine) -> str:
    """Return one thing a row says, with its source."""
    source = [_WHOSE[line.layer]] if line.layer is not None else []
    source += [part for part in (line.rule, line.citation, line.confidence) if part]
    return f"{line.topic}: {line.says}" + (f" [{'; '.join(source)}]" if source else "")


def house_json(own: ShopRules, profile: ShopProfile) -> dict[str, Json]:
    """Return the shop's own rules, as they are stored, and its opening hours."""
    stored: dict[str, Any] = json.loads(shop_rules_text(own))
    return {"hours": week_text(profile.hours), **stored}


def texts_of(lines: Iterable[RuleLine]) -> list[str]:
    """Return lines without sources as sentences."""
    return [f"{line.topic}: {line.says}" for line in lines]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
