from __future__ import annotations

from datetime import timedelta

import pytest

from builders import (
    LONDON_MOBILE,
    NOW,
    a_draft,
    a_past_text,
    a_person,
    a_shop,
    a_stop,
    facts_for,
)
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decide import decide
from shopbell.domain.decision import Verdict
from shopbell.domain.facts import Judged, PersonFacts, TextDraft
from shopbell.domain.judge import judge
from shopbell.domain.texts import State

DAY = timedelta(days=1)


def judged(draft: TextDraft | None = None, person: PersonFacts | None = None) -> Judged:
    return judge(draft or a_draft(), person or a_person(), a_shop(), packaged_rules(), NOW)


def test_a_draft_comes_back_worded_with_its_facts_and_decision() -> None:
    answer = judged()
    assert answer.final.text == "Fern & Finch: Your order is ready. STOP to end"
    assert answer.facts == facts_for()
    assert answer.decision == decide(answer.facts, packaged_rules(), NOW)
    assert answer.decision.verdict is Verdict.ALLOW


def test_a_stop_is_seen() -> None:
    assert judged(person=a_person(suppression=a_stop())).decision.verdict is Verdict.REFUSE


def test_the_footer_is_that_of_the_numbers_country_not_of_the_shop() -> None:
    assert judged(a_draft(number=LONDON_MOBILE)).final.footer_added == " Opt out: reply STOP"


@pytest.mark.parametrize(
    ("past", "due"),
    [
        ([], True),
        ([a_past_text(DAY)], False),
        ([a_past_text(30 * DAY - timedelta(seconds=1))], False),
        ([a_past_text(30 * DAY)], True),
        ([a_past_text(DAY, had_footer=False)], True),
        ([a_past_text(DAY, had_footer=False), a_past_text(20 * DAY)], False),
        ([a_past_text(DAY, purpose=Purpose.SERVICE)], False),
        ([a_past_text(DAY, state=State.FAILED)], True),
        ([a_past_text(DAY, state=State.UNKNOWN)], False),
    ],
)
def test_a_service_text_says_how_to_stop_first_and_monthly(past: list[object], due: bool) -> None:
    person = a_person(past=tuple(past))  # type: ignore[arg-type]
    final = judged(a_draft(purpose=Purpose.SERVICE), person).final
    assert final.footer_added == (" STOP to end" if due else "")


@pytest.mark.parametrize("number", ["+15551230000", "+1", "", "not a number", "\ud800", "[/]"])
def test_a_number_that_cannot_be_read_is_refused_and_nothing_breaks(number: str) -> None:
    assert judged(a_draft(number=number)).decision.verdict is Verdict.REFUSE
