"""The rulebook in words: every row with its source, its age and how sure we are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gate_cases import CASES
from owners_rules import FULL, TODAY
from rule_cases import RULE_CASES
from rule_files import packaged_rules
from shopbell.domain.code_words import CODE_WORDS
from shopbell.domain.decision import Code, Layer
from shopbell.domain.house_lines import HOLIDAY_WORDS, house_lines
from shopbell.domain.jurisdictions import Confidence
from shopbell.domain.row_lines import RuleLine, sentences
from shopbell.domain.rule_ids import may_be_set_aside
from shopbell.domain.rule_sheet import CONFIDENCE_WORDS, RuleSheet, rule_sheets, sheets_named
from shopbell.domain.shop_rules import NOTHING_CHANGED, HolidayWish

SHEETS = rule_sheets(packaged_rules())
NEW_YORK = "America/New_York"


def sheet(wanted: str) -> RuleSheet:
    (found,) = sheets_named(packaged_rules(), wanted)
    return found


def line(wanted: str, topic: str) -> RuleLine:
    return next(each for each in sheet(wanted).lines if each.topic == topic)


@pytest.mark.parametrize("each", SHEETS, ids=lambda each: each.id)
def test_every_row_can_be_read_with_its_source(each: RuleSheet) -> None:
    assert each.name
    assert each.scope.endswith(".")
    assert each.checked < each.review_by
    assert not each.confidence or each.confidence in set(Confidence)
    assert each in sheets_named(packaged_rules(), each.id.upper())
    for one in each.lines:
        assert one.topic
        assert one.says.endswith((".", "!", '"', ")"))
        assert ".." not in one.says
        if one.layer in (Layer.LAW, Layer.CARRIER):
            assert one.citation, one


def test_every_rule_about_words_is_on_a_sheet_by_the_id_that_findings_name() -> None:
    texts = packaged_rules().texts
    wanted = {row.id for row in texts.lint.phrases}
    wanted |= {row.id for row in texts.lint.checks.values()} | {"promotional"}
    assert {each.rule for each in sheet("words").lines} == wanted
    assert sheet("words").review_by == texts.lint.review_by


@pytest.mark.parametrize(
    ("rule", "topic", "says", "layer", "confidence"),
    [
        (
            "lint.alcohol",
            "Alcohol",
            (
                "Stops marketing texts to CA, US. Speaks up about marketing and conversation texts "
                "and texts about orders and appointments. “…”"
            ),
            Layer.CARRIER,
            "V1",
        ),
        ("lint.sex", "Sex", "Stops marketing and conversation texts and", Layer.CARRIER, "V1"),
        (
            "lint.looks_official",
            "Looks official",
            "Speaks up about marketing and conversation texts",
            Layer.POLICY,
            "U",
        ),
        ("lint.better_said", "Better said", "Speaks up about marketing", Layer.POLICY, "V2"),
        ("lint.questions", "Questions", "Speaks up about marketing", Layer.POLICY, "V2"),
        (
            "promotional",
            "Promotion",
            "Makes marketing of texts about orders and appointments, unless the owner types why",
            Layer.CARRIER,
            "U",
        ),
    ],
)
def test_a_rule_about_words_says_what_it_does_and_whose_it_is(
    rule: str, topic: str, says: str, layer: Layer, confidence: str
) -> None:
    (found,) = [each for each in sheet("words").lines if each.rule == rule]
    assert (found.topic, found.layer, found.confidence) == (topic, layer, confidence)
    assert found.says.startswith(says)
    assert "{" not in found.says


def test_every_place_the_rulebook_promises_has_its_row() -> None:
    ids = {each.id for each in SHEETS}
    countries = "US CA GB EU FR DE ES IT IE AU NZ IN BR ZA".split()
    states = (
        "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
        "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC"
    ).split()
    assert {*countries, *(f"US-{state}" for state in states), "policy", "ctia", "10dlc"} <= ids


def test_every_rule_a_decision_can_name_is_on_a_sheet() -> None:
    told = {one.rule for each in SHEETS for one in each.lines if one.rule}
    named = {
        reason.rule
        for case in (*CASES, *RULE_CASES)
        for reason in (*case.decide().reasons, *case.decide().set_aside)
        if not reason.rule.startswith("policy.")
    }
    assert len(named) > 20
    # A yes runs out by the words of the permission it is: one line says both.
    assert {rule.replace(".expiry.", ".consent.") for rule in named} <= told


def test_every_rule_that_may_be_set_aside_is_on_a_sheet() -> None:
    told = {one.rule for each in SHEETS for one in each.lines}
    assert set(may_be_set_aside(packaged_rules())) <= told


@pytest.mark.parametrize(
    ("wanted", "topic", "says", "citation"),
    [
        (
            "US-KY",
            "Hours",
            "Marketing texts: mon-sun 10:00-21:00, on the person's clock.",
            "KRS 367.46955(16)",
        ),
        (
            "us-fl",
            "How often",
            "At most 3 marketing texts on one subject in a day.",
            "Fla. Stat. 501.616(6); 501.059(8), (10)",
        ),
        (
            "CA",
            "Permission for marketing texts",
            (
                "Needs express consent, or consent implied by a purchase or an inquiry. Takes a "
                "clear yes, a purchase, an inquiry. A purchase lasts 24 months; an inquiry lasts 6 "
                "months."
            ),
            "S.C. 2010 c.23 s.6, 10",
        ),
        (
            "IN",
            "Registration",
            "Only registered senders with registered templates; Shopbell sends nothing there.",
            "TCCCPR 2018, amended 12 Feb 2025",
        ),
        ("US", "Proof", "Keep proof of consent 5 years.", "16 CFR 310.5; 47 CFR 64.1200(d)(6)"),
        (
            "policy",
            "Marketing texts",
            (
                "Needs a yes for this purpose. Keeps to hours, holidays and closed days. At most 1 "
                "in a week, 4 in 30 days. At least 20 hours between two. Always says how to stop. "
                "Ask anew after 18 months of silence."
            ),
            "",
        ),
        ("policy", "Safety texts", "Needs no yes, but a stop holds. Goes at any hour.", ""),
        (
            "policy",
            "Before closing",
            "Nothing is handed over in the last 10 minutes of a window.",
            "",
        ),
    ],
)
def test_a_row_says_what_the_gate_goes_by(
    wanted: str, topic: str, says: str, citation: str
) -> None:
    found = line(wanted, topic)
    assert (found.says, found.citation) == (says, citation)


def test_a_stop_and_holidays_are_told_in_full() -> None:
    stop = line("US", "Stop").says
    assert stop.startswith("Time the law leaves: 10 business days; Shopbell takes none of it.")
    assert "A stop must be kept 10 years; Shopbell keeps it for ever." in stop
    holidays = line("US-LA", "Holidays")
    assert holidays.says.startswith("No marketing texts on the holidays of US, US-LA. Also: ")
    assert holidays.rule == "US-LA.holidays"
    assert line("US-LA", "Emergencies").layer is Layer.LAW


def test_a_law_that_changes_has_both_its_rows() -> None:
    before, after = sheets_named(packaged_rules(), "US-PA")
    assert before.effective_to == after.effective_from == date(2026, 10, 18)


def test_an_unknown_row_is_nobodys() -> None:
    assert sheets_named(packaged_rules(), "XX") == ()
    assert sheets_named(packaged_rules(), "") == ()


@pytest.mark.parametrize(
    ("today", "age", "overdue"),
    [
        (date(2026, 11, 20), "0 days", False),
        (date(2026, 11, 22), "1 day", False),
        (date(2026, 12, 20), "29 days", False),
        (date(2027, 1, 31), "2 months", False),
        (date(2027, 2, 1), "2 months", True),
        (date(2029, 1, 1), "2 years", True),
    ],
)
def test_a_row_grows_old_and_says_when_it_is_overdue(today: date, age: str, overdue: bool) -> None:
    us = sheet("US")
    assert (us.age(today), us.is_overdue(today)) == (age, overdue)


def test_every_mark_of_confidence_and_every_code_has_its_words() -> None:
    assert set(CONFIDENCE_WORDS) == set(Confidence)
    assert set(CODE_WORDS) == set(Code)
    for words in CODE_WORDS.values():
        assert words.means.endswith(".")
        assert words.helps.endswith(".")
        assert len(words.means) < 100


def test_the_page_about_the_rules_names_every_code_with_its_words() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    for code, words in CODE_WORDS.items():
        assert f"| `{code}` | {words.means} | {words.helps} |" in page
    assert "not legal advice" in " ".join(page.split())


def test_sentences_end_once_and_leave_out_what_is_empty() -> None:
    assert sentences("One.", "", "Two") == "One. Two."


def test_a_shop_that_changed_nothing_goes_by_shopbells_own() -> None:
    policy = packaged_rules().policy
    said = {one.topic: one.says for one in house_lines(NOTHING_CHANGED, policy, NEW_YORK, TODAY)}
    assert said == {
        "Holidays": "No marketing on holidays, and no texts about orders and appointments.",
        "Most marketing": "1 in a week, 4 in 30 days to one person (Shopbell's own).",
        "Most on orders": "3 in a week to one person (Shopbell's own).",
        "Between two": "20 hours between two marketing texts to one person (Shopbell's own).",
        "Contact": "None; texts to Canada need one.",
        "Short code": "None; only France uses one.",
        "Prices": "None of your own; the gateway's price counts.",
    }


def test_a_shop_that_changed_everything_shows_all_of_it() -> None:
    policy = packaged_rules().policy
    said = {one.topic: one.says for one in house_lines(FULL, policy, NEW_YORK, TODAY)}
    assert said == {
        "Set aside": "US-TX.hours, by Ana on 24 Nov 2026: “Our regulars asked for evening texts.”",
        "Emergency": "US-LA: no marketing from 24 Nov 2026 until it is ended (storm)",
        "Closed": "24 Dec 2026 to 26 Dec 2026 ([/] Christmas)",
        "Holidays": "Texts go on holidays, where no law closes them.",
        "Most marketing": "2 in 30 days to one person.",
        "Most on orders": "3 in a week to one person (Shopbell's own).",
        "Between two": "48 hours between two marketing texts to one person.",
        "Contact": "fern.example",
        "Short code": "36123 (France)",
        "Prices": "+1 0.0079; * 0.05 (USD a part)",
    }
    assert set(HOLIDAY_WORDS) == set(HolidayWish)


def test_what_is_over_says_so() -> None:
    policy = packaged_rules().policy
    later = [one.says for one in house_lines(FULL, policy, NEW_YORK, date(2027, 1, 1))]
    assert "24 Dec 2026 to 26 Dec 2026 ([/] Christmas), over" in later
