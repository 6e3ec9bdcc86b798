"""A yes that waits for its confirmation, a law that begins on a day, and terms told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from builders import NEW_YORK, NOW, a_draft, a_person, a_stranger, a_yes, a_yes_draft, at, facts_for
from gate_cases import DAY, HOUR, SERVICE
from place_cases import NUMBERS
from rule_cases import agreed, to
from rule_files import packaged_rules
from shopbell.domain.consent import Basis, Purpose
from shopbell.domain.decide import decide
from shopbell.domain.decision import Code, Reason, Verdict
from shopbell.domain.facts import PersonFacts, TextDraft
from shopbell.domain.gate.rows import law_rows
from shopbell.domain.open_yes import OpenYes
from shopbell.domain.shop_rules import ShopRules
from shopbell.domain.weeks import week_text

PHILADELPHIA, TORONTO = "+12155550142", "+14165550142"
NOT_LEFT = "the question has not left yet"
ASKED = "They were asked by text on"


def waits(
    *topics: str,
    purpose: Purpose = Purpose.MARKETING,
    recorded: datetime = NOW - HOUR,
    asked: datetime | None = NOW - HOUR,
) -> OpenYes:
    act = a_yes_draft(purpose, topics=topics or ("offers",), when=recorded)
    return OpenYes(id=1, act=act, recorded_at=recorded, asked_at=asked)


def reasons(
    person: PersonFacts,
    draft: TextDraft | None = None,
    now: datetime = NOW,
    shop_rules: ShopRules | None = None,
) -> dict[Code, Reason]:
    facts = facts_for(
        draft or a_draft(topic="offers"), person, now=now, shop_rules=shop_rules or ShopRules()
    )
    return {one.code: one for one in decide(facts, packaged_rules(), now).reasons}


@pytest.mark.parametrize(
    ("open_yes", "draft", "code", "says"),
    [
        (waits(), a_draft(topic="offers"), Code.CONSENT_UNCONFIRMED, ASKED),
        (waits(), a_draft(), Code.CONSENT_UNCONFIRMED, ASKED),
        (waits(asked=None), a_draft(topic="offers"), Code.CONSENT_UNCONFIRMED, NOT_LEFT),
        (waits("events", "offers"), a_draft(topic="offers"), Code.CONSENT_UNCONFIRMED, ASKED),
        (waits("events"), a_draft(topic="offers"), Code.NO_CONSENT, "No yes to marketing texts"),
        (
            waits(purpose=SERVICE),
            a_draft(topic="offers"),
            Code.NO_CONSENT,
            "No yes to marketing texts",
        ),
        (
            waits("orders", purpose=SERVICE),
            a_draft(purpose=SERVICE, topic="orders"),
            Code.CONSENT_UNCONFIRMED,
            ASKED,
        ),
        (
            waits(asked=NOW - 7 * DAY + timedelta(minutes=1), recorded=NOW - 30 * DAY),
            a_draft(topic="offers"),
            Code.CONSENT_UNCONFIRMED,
            "the question ends on 24 Nov 2026",
        ),
        (
            waits(asked=NOW - 7 * DAY, recorded=NOW - 7 * DAY),
            a_draft(topic="offers"),
            Code.NO_CONSENT,
            "Ask first, then record it.",
        ),
        (
            waits(asked=None, recorded=NOW - 7 * DAY),
            a_draft(topic="offers"),
            Code.NO_CONSENT,
            "Ask first, then record it.",
        ),
    ],
)
def test_a_yes_that_waits_is_told_as_waiting_while_it_can_come(
    open_yes: OpenYes, draft: TextDraft, code: Code, says: str
) -> None:
    found = reasons(a_stranger(open_yeses=(open_yes,)), draft)
    assert set(found) == {code}
    assert says in found[code].sentence
    assert found[code].verdict is Verdict.REFUSE


@pytest.mark.parametrize(
    ("topics", "wanted", "code"),
    [
        (("events",), "events", Code.CONSENT_UNCONFIRMED),
        (("events",), "classes", Code.TOPIC_NOT_CHOSEN),
        (("events",), None, Code.TOPIC_NOT_CHOSEN),
    ],
)
def test_a_topic_that_waits_beside_a_yes_that_counts_is_told_as_waiting(
    topics: tuple[str, ...], wanted: str | None, code: Code
) -> None:
    person = replace(a_person(a_yes(topics=("offers",))), open_yeses=(waits(*topics),))
    assert set(reasons(person, a_draft(topic=wanted))) == {code}


def test_without_a_yes_that_waits_the_topic_was_just_not_chosen() -> None:
    person = a_person(a_yes(topics=("offers",)))
    (only,) = reasons(person, a_draft(topic="events")).values()
    assert only.code is Code.TOPIC_NOT_CHOSEN
    assert 'This person chose offers, not "events".' in only.sentence


@pytest.mark.parametrize(
    ("now", "zone_says", "hours"),
    [
        ("2026-10-17 12:00", "the day before", "mon-sun 08:00-21:00"),
        ("2026-10-18 03:59", "still the 17th in Philadelphia", "mon-sun 08:00-21:00"),
        ("2026-10-18 04:00", "the 18th begins in Philadelphia", "mon-sat 09:00-19:00"),
        ("2026-11-24 15:42", "weeks later", "mon-sat 09:00-19:00"),
    ],
)
def test_a_new_law_binds_from_the_first_minute_of_its_day_where_the_person_is(
    now: str, zone_says: str, hours: str
) -> None:
    facts = facts_for(to(PHILADELPHIA))
    rows = {row.id: row for row in law_rows(facts, packaged_rules(), at(now))}
    assert set(rows) == {"US", "US-PA"}, zone_says
    assert week_text(rows["US-PA"].hours[0].week) == hours


def test_places_whose_rows_hold_for_ever_keep_them_at_every_moment() -> None:
    rules, facts = packaged_rules(), facts_for(a_draft(number=NEW_YORK))
    moments = [at("2020-01-01"), NOW, at("2040-06-01")]
    rows = {law_rows(facts, rules, moment) for moment in moments}
    (only,) = rows
    assert {row.id for row in only} == {"US", "US-NY"}


@pytest.mark.parametrize(
    ("number", "basis", "when", "says"),
    [
        (
            TORONTO,
            Basis.PURCHASE,
            at("2024-11-24 15:42"),
            "In Canada such a yes lasts 24 months after the purchase; it ended on 24 Nov 2026.",
        ),
        (
            TORONTO,
            Basis.INQUIRY,
            at("2026-05-24 15:42"),
            "In Canada such a yes lasts 6 months after the inquiry; it ended on 24 Nov 2026.",
        ),
        (
            NUMBERS["IE"],
            Basis.PURCHASE,
            at("2025-11-24 15:42"),
            (
                "In Ireland such a yes lasts 12 months after the purchase or its last use; it "
                "ended on 24 Nov 2026."
            ),
        ),
    ],
)
def test_a_yes_that_ran_out_is_told_with_its_term_and_what_would_have_renewed_it(
    number: str, basis: Basis, when: datetime, says: str
) -> None:
    person = a_person(agreed(basis, when), last_inbound_at=NOW - DAY)
    found = reasons(person, to(number), shop_rules=ShopRules(contact="fern.example"))
    assert says in found[Code.CONSENT_EXPIRED].sentence
