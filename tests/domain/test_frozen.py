from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_contact, a_person, a_yes, facts_for
from facts_strategies import facts_and_moments
from rule_files import packaged_rules
from shopbell.domain.decide import decide
from shopbell.domain.facts import Facts
from shopbell.domain.frozen import decision_from_json, facts_from_json, from_json, to_json
from shopbell.domain.people import Contact
from shopbell.errors import Damaged


@given(facts_and_moments())
def test_replaying_stored_facts_gives_the_same_decision(case: tuple[Facts, datetime]) -> None:
    facts, now = case
    decision = decide(facts, packaged_rules(), now)
    again = facts_from_json(to_json(facts))
    assert again == facts
    assert decide(again, packaged_rules(), now) == decision
    assert decision_from_json(to_json(decision)) == decision


@given(facts_and_moments())
def test_the_same_record_always_gives_the_same_line(case: tuple[Facts, datetime]) -> None:
    line = to_json(case[0])
    assert line == to_json(facts_from_json(line))
    assert line.isascii()
    assert "\n" not in line


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_survives_even_half_a_surrogate_pair(name: str) -> None:
    contact = a_contact(name=name)
    assert from_json(Contact, to_json(contact)) == contact


def test_records_may_grow_and_shrink() -> None:
    event = a_yes()
    stored = json.loads(to_json(event))
    del stored["promised_n"], stored["witness"]
    stored["colour"] = "red"
    again = from_json(type(event), json.dumps(stored))
    assert (again.promised_n, again.witness, again.at) == (None, None, event.at)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("draft",), None),
        (("draft",), []),
        (("draft", "number"), 12),
        (("draft", "purpose"), "adverts"),
        (("final", "segments"), "1"),
        (("final", "segments"), True),
        (("final", "name_added"), 1),
        (("shop", "created_at"), "yesterday"),
        (("shop", "created_at"), 0),
        (("shop", "hours", "days"), [[]]),
        (("shop", "hours", "days"), {"mon": []}),
        (("person", "consents"), "all"),
        (("person", "contact"), 7),
    ],
)
def test_a_value_of_another_shape_is_damage_not_a_guess(
    path: tuple[str, ...], value: object
) -> None:
    stored = json.loads(to_json(facts_for()))
    inner = stored
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(Damaged, match="stored Facts"):
        facts_from_json(json.dumps(stored))


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "{}", "7", '"x"', "[" * 100_000, "\x00"])
def test_what_is_no_record_at_all_is_damage(text: str) -> None:
    with pytest.raises(Damaged):
        facts_from_json(text)


@pytest.mark.parametrize("key", ["number", "draft", "final", "person", "shop"])
def test_a_missing_part_without_a_default_is_damage(key: str) -> None:
    stored = json.loads(to_json(facts_for(person=a_person(contact=a_contact()))))
    del stored[key]
    with pytest.raises(Damaged):
        facts_from_json(json.dumps(stored))


@dataclass(frozen=True)
class Loose:
    anything: dict[str, int]


def test_what_cannot_be_frozen_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        to_json(Loose(anything={}))
    with pytest.raises(TypeError):
        from_json(Loose, "{}")
    with pytest.raises(TypeError):
        to_json(1.5)
