"""After four texts back and forth a call is offered: told to the writer, never held or refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from builders import NOW, a_draft, a_past_text, a_person, facts_for
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decide import decide
from shopbell.domain.decision import Code, Layer, Verdict
from shopbell.domain.draft_notes import notes_on
from shopbell.domain.facts import Facts
from shopbell.domain.findings import Severity
from shopbell.domain.long_exchange import long_exchange

TALK = Purpose.CONVERSATION


def exchange(
    *minutes: int, heard: int | None, purpose: Purpose = TALK, earlier: Purpose = TALK
) -> Facts:
    """Return the facts of an answer, after answers and a text of theirs so many minutes ago."""
    past = tuple(a_past_text(timedelta(minutes=one), purpose=earlier) for one in minutes)
    inbound = None if heard is None else NOW - timedelta(minutes=heard)
    draft = a_draft("See you then.", purpose=purpose)
    return facts_for(draft, a_person(past=past, last_inbound_at=inbound))


@pytest.mark.parametrize(
    ("answers", "heard", "so_far"),
    [
        ((), 5, None),
        ((), None, None),
        ((20,), 5, None),
        ((20,), 30, None),
        ((20, 40), 30, 4),
        ((20, 40), 5, 5),
        ((20, 40), None, 4),
        ((10, 20, 40), 5, 7),
        ((20, 24 * 60 + 1), 5, None),
        ((20, 24 * 60 - 1), 5, 5),
        ((20, 40), 24 * 60 + 1, 4),
        ((20, 24 * 60), 5, None),
    ],
)
def test_a_call_is_offered_from_four_texts_within_a_day_on(
    answers: tuple[int, ...], heard: int | None, so_far: int | None
) -> None:
    rules = packaged_rules()
    found = long_exchange(exchange(*answers, heard=heard), rules.policy.exchange, NOW)
    expected = None if so_far is None else f"{so_far} texts back and forth: offer a call."
    assert (None if found is None else found.sentence) == expected


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not TALK])
def test_what_is_no_answer_is_no_part_of_an_exchange(purpose: Purpose) -> None:
    rules = packaged_rules()
    told = exchange(20, 40, heard=5, purpose=purpose)
    assert long_exchange(told, rules.policy.exchange, NOW) is None
    others = exchange(20, 40, 60, heard=5, earlier=purpose)
    assert long_exchange(others, rules.policy.exchange, NOW) is None


def test_it_is_advice_with_its_source_and_changes_no_decision() -> None:
    rules = packaged_rules()
    long, short = exchange(20, 40, heard=5), exchange(20, heard=5)
    (note,) = [one for one in notes_on(long, rules, NOW).warnings if one.rule == "policy.exchange"]
    assert (note.code, note.severity) == (Code.TOO_COMPLEX_USE_CALL, Severity.WARN)
    assert (note.layer, note.citation, note.confidence) == (Layer.POLICY, "eclat.tech", "V2")
    assert not [one for one in notes_on(short, rules, NOW).findings if one.rule == note.rule]
    assert decide(long, rules, NOW).verdict is decide(short, rules, NOW).verdict is Verdict.ALLOW
