"""What is said of the shop's own texts: what is missing, whose rule that is, what came too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import (
    LONDON_MOBILE,
    NEW_YORK,
    NOW,
    a_stop,
    a_stranger,
    an_answer,
    an_occasion,
    at,
    facts_for,
)
from gate_cases import DAY, MINUTE, Case
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Layer, Reason
from shopbell.domain.gate.occasions import arrives_by, occasion_of
from shopbell.domain.shop_rules import ShopRules
from shopbell.domain.template_rules import TemplateKind

HELP, STOP, WRONG = TemplateKind.HELP, TemplateKind.STOP, TemplateKind.WRONG_NUMBER


def reasons(
    kind: TemplateKind,
    body: str | None = None,
    *,
    number: str = NEW_YORK,
    ago: timedelta = 2 * MINUTE,
    shop_rules: ShopRules | None = None,
) -> tuple[Reason, ...]:
    person = replace(a_stranger(), occasions=(an_occasion(kind, ago),))
    if kind is not HELP:
        person = replace(person, suppression=a_stop(NOW - ago))
    draft = an_answer(kind, number=number, body=body)
    case = Case(says="", draft=draft, person=person, shop_rules=shop_rules or ShopRules())
    return case.decide().reasons


BARE_HELP = "Fern & Finch shop texts. Up to 4 msgs/month. Msg&data rates may apply. STOP to end."


@pytest.mark.parametrize(
    ("number", "layer", "citation", "confidence"),
    [
        (NEW_YORK, Layer.CARRIER, "CTIA Short Code Handbook v1.9", "V2"),
        (LONDON_MOBILE, Layer.POLICY, "", ""),
    ],
)
def test_what_a_help_text_lacks_is_the_carriers_rule_only_where_they_have_it(
    number: str, layer: Layer, citation: str, confidence: str
) -> None:
    (reason,) = reasons(HELP, BARE_HELP, number=number)
    assert (reason.code, reason.rule) == (Code.WORDS_MISSING, "policy.words.contact")
    assert (reason.layer, reason.citation, reason.confidence) == (layer, citation, confidence)


def test_our_own_checks_are_no_rule_of_the_carriers() -> None:
    (reason,) = reasons(WRONG, "Fern & Finch: sorry, wrong number.")
    assert (reason.code, reason.rule) == (Code.WORDS_MISSING, "policy.words.no_more_messages")
    assert (reason.layer, reason.citation, reason.confidence) == (Layer.POLICY, "", "")


def test_something_missing_and_something_unwanted_are_told_apart() -> None:
    body = "Fern & Finch: you are unsubscribed. No more messages. 20% off if you come back!"
    found = reasons(STOP, body)
    assert {(one.code, one.rule) for one in found} >= {
        (Code.WORDS_UNWANTED, "policy.words.offer"),
    }
    assert {one.layer for one in found} == {Layer.CARRIER}
    assert reasons(STOP, "You are unsubscribed. No more messages will be sent.") == ()


@pytest.mark.parametrize(
    ("purpose", "ago", "end"),
    [
        # A stop is confirmed within five minutes; what somebody writes by hand has no such end.
        (Purpose.COMPLIANCE, 2 * MINUTE, NOW + 3 * MINUTE),
        (Purpose.CONVERSATION, 2 * MINUTE, None),
        (Purpose.SAFETY, 2 * MINUTE, None),
    ],
)
def test_only_the_shops_own_texts_must_arrive_in_time_for_what_they_answer(
    purpose: Purpose, ago: timedelta, end: object
) -> None:
    person = replace(a_stranger(), occasions=(an_occasion(STOP, ago),))
    facts = facts_for(replace(an_answer(STOP), purpose=purpose), person)
    assert occasion_of(facts) is not None
    assert arrives_by(facts, packaged_rules(), NOW) == end


@pytest.mark.parametrize(
    ("ago", "end"),
    [
        # Who waits for the answer gets it at any hour, for a day; who has waited long, by day only.
        (2 * MINUTE, "2026-11-25 15:40"),
        (120 * MINUTE, "2026-11-24 23:00"),
        (23 * 60 * MINUTE, "2026-11-24 16:42"),
    ],
)
def test_an_answer_ends_with_its_day_or_with_the_hours_that_bind_it(
    ago: timedelta, end: str
) -> None:
    person = replace(a_stranger(), occasions=(an_occasion(HELP, ago),))
    facts = facts_for(an_answer(HELP), person)
    assert arrives_by(facts, packaged_rules(), NOW) == at(end)


@pytest.mark.parametrize(
    ("contact", "codes"),
    [("the green door, Mill Lane", ()), ("", (Code.WORDS_MISSING,))],
)
def test_the_contact_the_shop_has_noted_is_known_when_it_stands_in_the_text(
    contact: str, codes: tuple[Code, ...]
) -> None:
    body = BARE_HELP.replace("shop texts.", "shop texts: the green door, Mill Lane.")
    found = reasons(HELP, body, shop_rules=ShopRules(contact=contact))
    assert tuple(one.code for one in found) == codes


@pytest.mark.parametrize(
    ("kind", "ago", "begins"),
    [
        (STOP, 6 * MINUTE, "This stop is of Tue 24 Nov 10:36"),
        (WRONG, 2 * DAY, "This stop is of Sun 22 Nov 10:42"),
        (HELP, 2 * DAY, "This is of Sun 22 Nov 10:42"),
    ],
)
def test_an_answer_that_comes_too_late_says_to_what_and_since_when(
    kind: TemplateKind, ago: timedelta, begins: str
) -> None:
    (first, *_) = [one for one in reasons(kind, ago=ago) if one.code is Code.NOT_CALLED_FOR]
    assert first.sentence == f"{begins}: too long ago to be answered by itself. Call, or let it be."
