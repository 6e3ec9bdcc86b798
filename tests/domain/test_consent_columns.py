"""Columns about permission: none is missed, and what each is read for can be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

import make_files
from shopbell.domain.consent import How, Purpose
from shopbell.domain.consent_columns import About, about, consent_columns
from shopbell.domain.consent_uses import ColumnUse, Use, is_proven, uses_of
from shopbell.domain.import_choices import ANYTHING, Choices, ConsentRule, StopRule
from shopbell.errors import BadInput

RULE = ConsentRule(purpose=Purpose.MARKETING, how=How.WEB, topics=("offers",), column="SMS")


@pytest.mark.parametrize(
    ("name", "seems"),
    [
        ("Accepts SMS Marketing", About.TEXTS),
        ("SMS Status", About.TEXTS),
        ("DNC", About.TEXTS),
        ("Do not call", About.TEXTS),
        ("Text opt-in", About.TEXTS),
        ("Email Subscription Status", About.OTHER_WAY),
        ("Accepts Email Marketing", About.OTHER_WAY),
        ("Accepts WhatsApp Marketing", About.OTHER_WAY),
        ("Newsletter", About.OTHER_WAY),
        ("Status", About.UNCLEAR),
        ("UNSUB_TIME", About.UNCLEAR),
        ("OPTIN_TIME", About.UNCLEAR),
        ("Consent", About.UNCLEAR),
    ],
)
def test_a_name_says_what_a_column_about_permission_is_about(name: str, seems: About) -> None:
    assert consent_columns([name]) == (0,), "it must never be passed over"
    assert about(name) is seems


@pytest.mark.parametrize(
    "name", ["Name", "Phone", "Note", "City", "Birthday", "", "Tags", "SendTime(optional)"]
)
def test_other_columns_are_no_columns_about_permission(name: str) -> None:
    assert consent_columns([name]) == ()


def test_the_columns_of_real_exports_are_found() -> None:
    header = make_files.SHOPIFY_NEW.split(",")
    found = {header[index] for index in consent_columns(header)}
    assert found >= {"Accepts Email Marketing", "Accepts SMS Marketing"}


HEADER = ("Name", "Phone", "SMS", "Signed up", "Words", "Status", "Accepts SMS Marketing")


@pytest.mark.parametrize(
    ("choices", "uses"),
    [
        (Choices(), {6: (ColumnUse(use=Use.CLAIM, purpose=Purpose.MARKETING),)}),
        (
            Choices(consents=(RULE,)),
            {2: (ColumnUse(use=Use.YES, purpose=Purpose.MARKETING, topics=("offers",)),)},
        ),
        (
            Choices(stops=StopRule(column="F", values=(ANYTHING,)),
                    consents=(replace(RULE, column=""),)),
            {5: (ColumnUse(use=Use.STOP, values=(ANYTHING,)),)},
        ),
    ],
)  # fmt: skip
def test_what_a_column_is_read_for_is_told(
    choices: Choices, uses: dict[int, tuple[ColumnUse, ...]]
) -> None:
    assert uses_of(HEADER, choices) == uses


def test_date_and_words_of_a_yes_are_told_with_it() -> None:
    rule = replace(RULE, date_column="Signed up", wording_column="Words")
    service = replace(rule, purpose=Purpose.SERVICE, topics=("orders",))
    uses = uses_of(HEADER, Choices(consents=(rule, service)))
    assert [use.use for use in uses[3]] == [Use.DATE, Use.DATE]
    assert [use.use for use in uses[4]] == [Use.WORDING, Use.WORDING]
    assert [(use.purpose, use.topics, use.has_proof) for use in uses[2]] == [
        (Purpose.MARKETING, ("offers",), True),
        (Purpose.SERVICE, ("orders",), True),
    ]


@pytest.mark.parametrize(
    ("changes", "proven"),
    [
        ({}, False),
        ({"date_column": "Signed up"}, False),
        ({"wording": "Text me."}, False),
        ({"date_column": "Signed up", "wording": "Text me."}, True),
        ({"date_column": "Signed up", "wording_column": "Words"}, True),
        ({"date_column": "Signed up", "evidence_sha256": "ab"}, True),
    ],
)
def test_a_yes_needs_its_date_and_its_words(changes: dict[str, str], proven: bool) -> None:
    assert is_proven(replace(RULE, **changes)) is proven  # type: ignore[arg-type]


def test_a_rule_about_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput):
        uses_of(HEADER, Choices(consents=(replace(RULE, column="Nowhere"),)))
