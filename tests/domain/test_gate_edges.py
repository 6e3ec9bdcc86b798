"""Edges of the gate's rules that breaking them one sign at a time has shown to matter."""

from __future__ import annotations

from datetime import date

import pytest

from builders import (
    LONDON_MOBILE,
    LOS_ANGELES,
    NOW,
    ZURICH_MOBILE,
    a_contact,
    a_draft,
    a_no,
    a_person,
    a_stop,
    a_stranger,
    a_yes,
    at,
    facts_for,
)
from gate_cases import CONVERSATION, DAY, MARKETING, SERVICE, Case, allowed, drafts, refused
from rule_files import packaged_rule_files, packaged_rules
from shopbell.domain.consent import Basis
from shopbell.domain.decide import decide
from shopbell.domain.decision import Code, Layer
from shopbell.domain.gate.rows import law_rows
from shopbell.domain.rulebook import parse_rules


@pytest.mark.parametrize(
    ("number", "layer", "rule", "citation", "confidence"),
    [
        (None, Layer.LAW, "US.stop", "47 CFR 64.1200(a)(10), (d)", "V2"),
        (LONDON_MOBILE, Layer.LAW, "GB.stop", "UK GDPR art. 21(2)-(3), 7(3)", "V2"),
        (ZURICH_MOBILE, Layer.POLICY, "policy.stop", "", ""),
    ],
)
def test_a_stop_names_the_law_of_the_place_or_nothing(
    number: str | None, layer: Layer, rule: str, citation: str, confidence: str
) -> None:
    draft = a_draft() if number is None else a_draft(number=number)
    reason = Case(says="", draft=draft, person=a_person(suppression=a_stop())).decide().reasons[0]
    assert (reason.code, reason.layer, reason.rule) == (Code.OPTED_OUT, layer, rule)
    assert (bool(reason.citation), reason.confidence) == (bool(citation), confidence)


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            refused("", draft=drafts(CONVERSATION), person=a_stranger()),
            (
                "This person has not texted in the last 24 hours, so this is no answer. "
                "Call, or send it for a purpose they said yes to."
            ),
        ),
        (
            refused(
                "",
                person=a_person(
                    a_yes(),
                    a_no(when=NOW - 90 * DAY, id=2),
                    a_yes(when=NOW - 80 * DAY, id=3),
                    a_no(when=NOW - 30 * DAY, id=4),
                    a_no(SERVICE, when=NOW - 2 * DAY, id=5),
                ),
            ),
            "The yes to marketing texts was taken back on 25 Oct 2026. Ask anew, then record it.",
        ),
        (
            refused("", person=a_person(a_yes(SERVICE))),
            (
                "The yes on file is for texts about orders and appointments, not for marketing "
                "texts. Ask for marketing texts, then record it."
            ),
        ),
        (
            refused("", person=a_stranger()),
            "No yes to marketing texts is on file for this number. Ask first, then record it.",
        ),
        (
            refused("", person=a_person(a_no(SERVICE))),
            "No yes to marketing texts is on file for this number. Ask first, then record it.",
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_missing_yes_is_told_with_what_is_on_file(case: Case, sentence: str) -> None:
    assert case.decide().reasons[0].sentence == sentence


@pytest.mark.parametrize(
    "case",
    [
        allowed("a yes counts from the moment it is said", person=a_person(a_yes(when=NOW))),
        refused(
            "a text without a topic rests on what was said without one",
            Code.CONSENT_WRONG_CATEGORY,
            person=a_person(
                a_yes(basis=Basis.PURCHASE), a_yes(topics=("events",), basis=Basis.EXPRESS, id=2)
            ),
        ),
        allowed(
            "where nothing was said without a topic, any of the purpose will do",
            draft=drafts(SERVICE),
            person=a_person(a_yes(SERVICE, topics=("orders",), basis=Basis.EXPRESS)),
        ),
        refused(
            "silence of eighteen months to the minute is silence",
            Code.CONSENT_EXPIRED,
            draft=drafts(MARKETING),
            person=a_person(a_yes(when=NOW.replace(year=2025, month=5))),
        ),
    ],
    ids=lambda case: case.says,
)
def test_an_edge_falls_on_its_side(case: Case) -> None:
    decision = case.decide()
    assert tuple(reason.code for reason in decision.reasons) == case.codes
    assert decision.verdict is case.verdict


def test_where_no_silence_is_named_none_is_too_long() -> None:
    files = dict(packaged_rule_files())
    patient = files["policy.toml"].replace("silent_months = 18\n", "")
    assert patient != files["policy.toml"]
    rules = parse_rules({**files, "policy.toml": patient})
    facts = facts_for(person=a_person(a_yes(when=NOW - 1000 * DAY)))
    assert [one.rule for one in decide(facts, packaged_rules(), NOW).reasons] == ["policy.silence"]
    assert decide(facts, rules, NOW).reasons == ()


@pytest.mark.parametrize(
    ("now", "since"),
    [
        ("2026-10-18 03:59", [None, None]),
        ("2026-10-18 04:00", [None, None, date(2026, 10, 18)]),
        ("2026-10-18 06:59", [None, None, date(2026, 10, 18)]),
        ("2026-10-18 07:00", [None, date(2026, 10, 18)]),
    ],
)
def test_while_it_is_a_new_day_on_one_clock_only_the_old_law_and_the_new_bind(
    now: str, since: list[date | None]
) -> None:
    # The person is noted in Pennsylvania with a number of Los Angeles; the federal row comes first.
    person = a_person(contact=a_contact(LOS_ANGELES, region="US-PA"))
    facts = facts_for(a_draft(number=LOS_ANGELES), person, now=at(now))
    rows = [row for row in law_rows(facts, packaged_rules(), at(now)) if row.id != "US-CA"]
    assert [row.effective_from for row in rows] == since


@pytest.mark.parametrize(
    ("dates", "now", "binds"),
    [
        ("", "2026-11-24 15:42", True),
        ("effective_from = 2026-11-25", "2026-11-24 23:59", False),
        ("effective_from = 2026-11-25", "2026-11-25 00:00", True),
        ("effective_to = 2026-11-25", "2026-11-24 23:59", True),
        ("effective_to = 2026-11-25", "2026-11-25 00:00", False),
    ],
)
def test_a_row_with_one_date_binds_on_its_own_side_of_it(
    dates: str, now: str, *, binds: bool
) -> None:
    files = dict(packaged_rule_files())
    files["GB.toml"] = files["GB.toml"].replace('id = "GB"\n', f'id = "GB"\n{dates}\n')
    rules = parse_rules(files)
    facts = facts_for(a_draft(number=LONDON_MOBILE), now=at(now))
    assert [row.id for row in law_rows(facts, rules, at(now))] == (["GB"] if binds else [])
