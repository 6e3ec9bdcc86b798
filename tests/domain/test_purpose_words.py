"""What texts are called in sentences: nobody at a counter says "service text"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import a_shop
from owners_rules import FULL
from rule_files import packaged_rules
from shopbell.domain.code_words import CODE_WORDS
from shopbell.domain.consent import Purpose
from shopbell.domain.house_lines import house_lines
from shopbell.domain.purpose_words import text_for, texts_for
from shopbell.domain.rule_sheet import rule_sheets
from shopbell.domain.shop_rules import HolidayWish
from shopbell.tui.commands import COMMANDS

ORDERS = "texts about orders and appointments"


@pytest.mark.parametrize(
    ("purposes", "said"),
    [
        ((Purpose.MARKETING,), "marketing texts"),
        ((Purpose.SERVICE,), ORDERS),
        ((Purpose.MARKETING, Purpose.SERVICE), f"marketing texts and {ORDERS}"),
        ((Purpose.SERVICE, Purpose.MARKETING), f"{ORDERS} and marketing texts"),
        ((Purpose.MARKETING, Purpose.CONVERSATION), "marketing and conversation texts"),
        (
            (Purpose.MARKETING, Purpose.SERVICE, Purpose.SAFETY),
            f"marketing and safety texts and {ORDERS}",
        ),
        ((Purpose.COMPLIANCE,), "compliance texts"),
        ((), ""),
    ],
)
def test_texts_are_named_by_what_they_are_about(purposes: tuple[Purpose, ...], said: str) -> None:
    assert texts_for(*purposes) == said


def test_one_text_is_named_as_many_are() -> None:
    for purpose in Purpose:
        assert text_for(purpose).replace("text", "texts", 1) == texts_for(purpose)


def owner_reads() -> list[str]:
    """Return sentences an owner can come to read: rows, own rules, codes, keys."""
    rules = packaged_rules()
    lines = [line for sheet in rule_sheets(rules) for line in sheet.lines]
    for wish in HolidayWish:
        own = replace(FULL, holidays=wish)
        lines += house_lines(own, rules.policy, a_shop().zone, date(2026, 11, 24))
    return [
        *(f"{line.topic}: {line.says}" for line in lines),
        *(f"{words.means} {words.helps}" for words in CODE_WORDS.values()),
        *(f"{one.words}: {one.help}" for one in COMMANDS),
    ]


def test_nobody_reads_of_service_texts() -> None:
    read = owner_reads()
    assert any(ORDERS in line.lower() for line in read)
    assert not [line for line in read if "service text" in line.lower()]
    assert not [line for line in read if "is service" in line.lower()]
