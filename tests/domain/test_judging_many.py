"""Judging many at once says of each person exactly what judging one says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiences import judged_together
from builders import NEW_YORK, NOW, a_contact, a_draft, a_person, a_shop, a_yes, at
from facts_strategies import facts_and_moments
from gate_cases import CASES, Case
from owners_rules import FULL
from rule_cases import RULE_CASES
from rule_files import packaged_rules
from shopbell.domain import judging_many
from shopbell.domain.decide import RULES
from shopbell.domain.facts import Facts, Judged
from shopbell.domain.ids import E164
from shopbell.domain.judge import judge
from shopbell.domain.judging_many import OF_PLACE, OF_WORDS, Judging
from shopbell.domain.shop_rules import NOTHING_CHANGED, HolidayWish, ShopRules
from shopbell.domain.weeks import read_week
from shopbell.domain.wishes import Wishes


def alike(case: Case) -> str:
    return repr((case.shop, case.shop_rules, case.moment))


GROUPS = [list(group) for _, group in groupby(sorted([*CASES, *RULE_CASES], key=alike), key=alike)]


@pytest.mark.parametrize("cases", GROUPS, ids=lambda cases: cases[0].says)
def test_every_case_of_the_gate_is_judged_the_same_among_others(cases: list[Case]) -> None:
    one = cases[0]
    people = [(case.draft, case.person) for case in cases]
    together = judged_together([*people, *reversed(people)], one.shop, one.moment, one.shop_rules)
    alone = [
        judge(draft, person, one.shop, packaged_rules(), one.moment, one.shop_rules)
        for draft, person in people
    ]
    assert list(together) == [*alone, *reversed(alone)]


@settings(max_examples=40)
@given(facts_and_moments(), st.lists(facts_and_moments(), min_size=1, max_size=4))
def test_anybody_is_judged_the_same_after_anybody(
    first: tuple[Facts, datetime], others: list[tuple[Facts, datetime]]
) -> None:
    shop, now = first[0].shop, first[1]
    people = [(facts.draft, facts.person) for facts, _ in (first, *others)]
    rules = ShopRules(holidays=HolidayWish.NO_MARKETING, gap_hours=30)
    assert list(judged_together(people, shop, now, rules)) == [
        judge(draft, person, shop, packaged_rules(), now, rules) for draft, person in people
    ]


def test_the_rules_that_are_remembered_are_rules_of_the_gate() -> None:
    assert set(RULES) > OF_PLACE | OF_WORDS
    assert not OF_PLACE & OF_WORDS


def test_the_owners_rules_count_and_prices_are_left_out() -> None:
    (judged,) = judged_together([(a_draft(), a_person())], a_shop(), NOW, FULL)
    assert judged.facts.shop_rules == replace(FULL, currency="", rates=())
    assert judged == judge(a_draft(), a_person(), a_shop(), packaged_rules(), NOW, FULL)


def test_a_huge_plan_with_a_text_for_each_person_stays_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judging_many, "_MOST_REMEMBERED", 5)
    judging = Judging(a_shop(), packaged_rules(), NOW)
    answers: list[Judged] = []
    for index in range(40):
        draft = a_draft(f"Tulips for {index % 7}")
        answers.append(judging.judge(draft, a_person()))
        assert len(judging._shared._texts) <= 5
        assert len(judging._shared._ends) <= 5
    assert [answer.final.text for answer in answers[:2]] == [
        "Fern & Finch: Tulips for 0 STOP to end",
        "Fern & Finch: Tulips for 1 STOP to end",
    ]


def test_one_place_is_looked_at_once_for_all_who_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    real = judging_many.window_ends_at

    def counted(facts: Facts, rules: object, now: datetime) -> datetime | None:
        asked.append(facts.number.e164)
        return real(facts, packaged_rules(), now)

    monkeypatch.setattr(judging_many, "window_ends_at", counted)
    judging = Judging(a_shop(), packaged_rules(), NOW, NOTHING_CHANGED)
    for index in range(50):
        number = E164(f"+121255501{index:02d}")
        judging.judge(a_draft(number=number), a_person(a_yes(number=number), contact=None))
    assert asked == ["+12125550100"]


def test_the_hours_one_person_wished_for_are_nobody_elses() -> None:
    early = Wishes(hours=read_week("mon-sun 10:00-12:00"))
    people = [
        (a_draft(), a_person()),
        (a_draft(), replace(a_person(), wishes=early)),
        (a_draft(), a_person()),
    ]
    first, wished, last = judged_together(people, a_shop(), NOW)
    assert first == last
    assert wished == judge(*people[1], a_shop(), packaged_rules(), NOW)
    assert wished.decision.window_ends_at == at("2026-11-24 17:00")
    assert first.decision.window_ends_at == at("2026-11-24 23:00")


def test_the_moment_may_be_in_any_zone() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    people = [(a_draft(number=NEW_YORK), a_person(contact=a_contact(region="US-NY")))]
    (judged,) = judged_together(people, a_shop(), there)
    (same,) = judged_together(people, a_shop(), NOW)
    assert judged == same
