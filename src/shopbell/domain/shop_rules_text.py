"""The owner's rules as one line of JSON, and back, strictly. Must not decide."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

from shopbell.domain.consent import Purpose
from shopbell.domain.frozen import to_json
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.shop_rules import (
    Closure,
    Emergency,
    HolidayWish,
    Rate,
    SetAside,
    ShopCap,
    ShopRules,
    consistent,
)
from shopbell.errors import BadInput

_PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_CONTACT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/@_+-]{2,59}")
_SHORT_CODE = re.compile(r"\d{3,8}", re.ASCII)
_PREFIX = re.compile(r"\+[1-9]\d{0,6}|\*", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST_ENTRIES = 1000
_LONGEST_TEXT = 500
_MOST_TEXTS = 10_000
_MOST_DAYS = 400
"""Texts of longer ago are not looked at."""
_MOST_MICROS = 10**12


def shop_rules_text(rules: ShopRules) -> str:
    """Return the rules as one line of JSON: the same rules always give the same line."""
    return to_json(rules)


def shop_rules_from_text(text: str) -> ShopRules:
    """Return the rules that `shop_rules_text` wrote, or that somebody wrote like it.

    A key that is left out keeps Shopbell's own policy; an empty text changes nothing.

    Raises:
        BadInput: it is no JSON object, a key is unknown or misused, or the rules contradict
            themselves; names the key.
    """
    table = RuleTable("the rules of this shop", _values(text))
    rules = ShopRules(
        set_aside=tuple(_set_aside(entry) for entry in _entries(table, "set_aside")),
        closures=tuple(_closure(entry) for entry in _entries(table, "closures")),
        emergencies=tuple(_emergency(entry) for entry in _entries(table, "emergencies")),
        holidays=(
            table.choice("holidays", HolidayWish) if table.has("holidays") else HolidayWish.CLOSED
        ),
        caps=tuple(_cap(entry) for entry in _entries(table, "caps")),
        gap_hours=(
            _whole(table, "gap_hours", 0, 24 * _MOST_DAYS) if table.has("gap_hours") else None
        ),
        contact=_shaped(table, "contact", _CONTACT, "must be a web or mail address", ""),
        short_code=_shaped(table, "short_code", _SHORT_CODE, "must be a few digits", ""),
        currency=_shaped(table, "currency", _CURRENCY, "must be three letters such as EUR", ""),
        rates=tuple(_rate(entry) for entry in _entries(table, "rates")),
    )
    table.end()
    return consistent(rules)


def _values(text: str) -> dict[str, object]:
    try:
        values = json.loads(text, object_hook=_said) if text.strip() else {}
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "The rules of this shop cannot be read: they are not JSON.",
            "Set them again in the settings.",
            code="rules",
        ) from error
    if not isinstance(values, dict):
        raise BadInput(
            "The rules of this shop cannot be read: they are no JSON object.",
            "Set them again in the settings.",
            code="rules",
        )
    return values


def _said(values: dict[str, object]) -> dict[str, object]:
    """Return an object without its nulls: null means the same as a key that is left out."""
    return {key: value for key, value in values.items() if value is not None}


def _entries(table: RuleTable, key: str) -> tuple[RuleTable, ...]:
    entries = table.tables(key)
    if len(entries) > _MOST_ENTRIES:
        raise table.error(key, f"has more than {_MOST_ENTRIES} entries")
    return entries


def _set_aside(table: RuleTable) -> SetAside:
    aside = SetAside(
        rule=_short(table, "rule"),
        reason=_short(table, "reason"),
        by=_short(table, "by", ""),
        at=_moment(table, "at"),
    )
    table.end()
    return aside


def _closure(table: RuleTable) -> Closure:
    first = _day(table, "first")
    last = _day_or_none(table, "last")
    closure = Closure(first=first, last=last or first, note=_short(table, "note", ""))
    table.end()
    return closure


def _emergency(table: RuleTable) -> Emergency:
    emergency = Emergency(
        place=_shaped(table, "place", _PLACE, "must be a country or a state such as US-LA"),
        first=_day(table, "first"),
        last=_day_or_none(table, "last"),
        note=_short(table, "note", ""),
    )
    table.end()
    return emergency


def _cap(table: RuleTable) -> ShopCap:
    cap = ShopCap(
        purpose=table.choice("purpose", Purpose),
        n=_whole(table, "n", 1, _MOST_TEXTS),
        days=_whole(table, "days", 1, _MOST_DAYS),
    )
    table.end()
    return cap


def _rate(table: RuleTable) -> Rate:
    rate = Rate(
        prefix=_shaped(table, "prefix", _PREFIX, "must be a plus and digits such as +44, or *"),
        micros=_whole(table, "micros", 0, _MOST_MICROS),
    )
    table.end()
    return rate


def _whole(table: RuleTable, key: str, least: int, most: int) -> int:
    number = table.number(key, least=least)
    if number > most:
        raise table.error(key, f"must be at most {most}")
    return number


def _short(table: RuleTable, key: str, default: str | None = None) -> str:
    text = table.text(key, default)
    if len(text) > _LONGEST_TEXT:
        raise table.error(key, f"is longer than {_LONGEST_TEXT} characters")
    return text


def _shaped(
    table: RuleTable, key: str, shape: re.Pattern[str], what: str, default: str | None = None
) -> str:
    text = table.text(key, default)
    if text != default and shape.fullmatch(text) is None:
        raise table.error(key, what)
    return text


def _day(table: RuleTable, key: str) -> date:
    try:
        return date.fromisoformat(table.text(key))
    except ValueError as error:
        raise table.error(key, "must be a date such as 2027-01-31") from error


def _day_or_none(table: RuleTable, key: str) -> date | None:
    return _day(table, key) if table.has(key) else None


def _moment(table: RuleTable, key: str) -> datetime:
    try:
        moment = datetime.fromisoformat(table.text(key))
    except ValueError as error:
        raise table.error(key, "must be a time such as 2027-01-31T10:00:00+00:00") from error
    if moment.tzinfo is None:
        raise table.error(key, "must say its offset, such as 2027-01-31T10:00:00+00:00")
    return moment.astimezone(UTC)
