"""The gate against its table of cases, and what its reasons say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from answer_cases import ANSWER_CASES
from builders import (
    CHICAGO,
    LONDON_MOBILE,
    LOS_ANGELES,
    NEW_YORK,
    NOW,
    ZURICH_MOBILE,
    a_contact,
    a_draft,
    a_no,
    a_past_text,
    a_person,
    a_shop,
    a_stop,
    a_stranger,
    a_yes,
    at,
    facts_for,
)
from gate_cases import (
    ALL_DAY,
    ALLOW,
    CASES,
    EVENTS,
    OFFERS,
    REFUSE,
    SAFETY,
    SERVICE,
    Case,
    allowed,
    drafts,
    held,
    refused,
)
from link_cases import LINK_CASES
from rule_cases import RULE_CASES
from rule_files import packaged_rule_files, packaged_rules
from shopbell.domain.decide import RULES, Rule, decide
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.rulebook import Rulebook, parse_rules
from shopbell.domain.shop_rules import HolidayWish, ShopRules
from shopbell.domain.windows import SEARCH_DAYS
from word_cases import WORD_CASES

EVERY_CASE = [*CASES, *RULE_CASES, *WORD_CASES, *ANSWER_CASES, *LINK_CASES]


@pytest.mark.parametrize("case", EVERY_CASE, ids=lambda case: case.says)
def test_the_gate(case: Case) -> None:
    decision = case.decide()
    assert tuple(reason.code for reason in decision.reasons) == case.codes
    assert decision.verdict is case.verdict
    assert decision.next_allowed_at == (at(case.next) if case.next else None)
    assert decision.decided_at == case.moment
    assert decision.rules_version == packaged_rules().version


@pytest.mark.parametrize("case", EVERY_CASE, ids=lambda case: case.says)
def test_every_reason_tells_its_source_and_what_to_do(case: Case) -> None:
    for reason in case.decide().reasons:
        assert reason.verdict is not ALLOW
        assert reason.rule
        assert bool(reason.citation) == (reason.layer is not Layer.POLICY)
        assert reason.sentence.endswith((".", "!"))
        assert "law" not in reason.sentence or reason.layer is Layer.LAW
        assert "4821" not in reason.sentence
        assert "4111" not in reason.sentence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_of_the_gate_is_shown_to_matter(rule: object) -> None:
    without = tuple(other for other in RULES if other is not rule)
    judged = [(case.facts, case.moment) for case in EVERY_CASE] + [(bare_facts(), NOW)]
    assert any(
        decide(facts, packaged_rules(), moment, without) != decide(facts, packaged_rules(), moment)
        for facts, moment in judged
    )


def bare_facts() -> Facts:
    """Facts whose text went round `final_text`, which would have put the footer there."""
    facts = facts_for()
    return replace(facts, final=replace(facts.final, text="Fern & Finch: x", footer_added=""))


def test_a_marketing_text_without_a_way_out_is_refused() -> None:
    decision = decide(bare_facts(), packaged_rules(), NOW)
    assert [reason.code for reason in decision.reasons] == [Code.NO_OPT_OUT_FOOTER]


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            held("", now="2026-11-25 02:14", shop=a_shop(hours=ALL_DAY)),
            (
                "It is 21:14 in New York; the law's hours for marketing texts (United States) on a "
                "Tuesday are 08:00-21:00. It may go Wed 25 Nov 08:00, shop time."
            ),
        ),
        (
            held("", draft=a_draft(number=CHICAGO), now="2026-11-24 15:30"),
            (
                "It is 09:30 in Chicago (from the area code); the shop's hours on a Tuesday are "
                "10:00-18:00. It may go Tue 24 Nov 11:00, shop time."
            ),
        ),
        (
            held("", now="2026-11-29 16:00"),
            (
                "It is Sunday 11:00 in New York, and the shop's hours have no Sunday. "
                "It may go Mon 30 Nov 10:00, shop time."
            ),
        ),
        (
            held("", now="2026-11-24 22:55"),
            (
                "It is 17:55 in New York, and the shop's hours end within 10 minutes: the text "
                "might arrive too late. It may go Wed 25 Nov 10:00, shop time."
            ),
        ),
        (
            held("", shop=a_shop(hours="")),
            (
                "It is Tuesday 10:42 in New York, and the shop's hours have no Tuesday. No moment "
                "of the coming year fits; look at the hours and the time zones."
            ),
        ),
        (
            held("", person=a_person(past=(a_past_text(),))),
            (
                "This person has had 1 marketing text in a week; the shop's limit is 1. "
                "It may go Sat 28 Nov 10:42, shop time."
            ),
        ),
        (
            refused("", person=a_person(a_yes(), a_no())),
            "The yes to marketing texts was taken back on 16 Aug 2026. Ask anew, then record it.",
        ),
        (
            refused("", person=a_person(OFFERS, EVENTS), draft=a_draft(topic="repairs")),
            (
                'This person chose events, offers, not "repairs". Ask for this topic first, '
                "or send what was chosen."
            ),
        ),
        (
            refused("", person=a_person(suppression=a_stop())),
            (
                "This person said stop on 23 Nov 2026. Only their own new sign-up undoes that; "
                "call if it matters."
            ),
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_sentence_names_the_fact_and_the_next_step(case: Case, sentence: str) -> None:
    assert case.decide().reasons[0].sentence == sentence


@pytest.mark.parametrize(
    ("case", "layer", "rule", "citation"),
    [
        (
            refused("", person=a_stranger()),
            Layer.LAW,
            "US.consent.marketing",
            "47 CFR 64.1200(a)(2), (f)(9)",
        ),
        (
            refused("", person=a_person(suppression=a_stop())),
            Layer.LAW,
            "US.stop",
            "47 CFR 64.1200(a)(10), (d)",
        ),
        (
            refused("", draft=a_draft(number=ZURICH_MOBILE), person=a_stranger()),
            Layer.POLICY,
            "policy.consent.marketing",
            "",
        ),
        (
            refused("", draft=a_draft(number=LONDON_MOBILE), person=a_stranger()),
            Layer.LAW,
            "GB.consent.marketing",
            "PECR 2003 reg. 22",
        ),
        (held("", now="2026-11-24 14:00"), Layer.POLICY, "policy.hours", ""),
        (
            held("", shop=a_shop(hours=ALL_DAY), now="2026-11-24 07:00"),
            Layer.LAW,
            "US.hours",
            "47 CFR 64.1200(c)(1), (e)",
        ),
    ],
)
def test_our_own_default_is_never_called_the_law(
    case: Case, layer: Layer, rule: str, citation: str
) -> None:
    reason = case.decide().reasons[0]
    assert (reason.layer, reason.rule, reason.citation) == (layer, rule, citation)


@pytest.mark.parametrize(
    ("case", "end"),
    [
        (allowed(""), "2026-11-24 23:00"),
        (
            allowed("", draft=a_draft(number=LOS_ANGELES), now="2026-11-24 20:00"),
            "2026-11-24 23:00",
        ),
        (allowed("", shop=a_shop(hours=ALL_DAY)), "2026-11-25 02:00"),
        (allowed("", shop=a_shop(hours=ALL_DAY), draft=drafts(SERVICE)), "2026-11-26 05:00"),
        (
            allowed(
                "",
                shop=a_shop(hours=ALL_DAY),
                shop_rules=ShopRules(holidays=HolidayWish.OPEN),
                draft=drafts(SERVICE),
            ),
            None,
        ),
        (allowed("", now="2026-11-28 15:42"), "2026-11-28 22:00"),
        (allowed("", draft=drafts(SAFETY)), None),
        (held("", now="2026-11-24 07:00"), None),
        (refused("", person=a_stranger()), None),
    ],
)
def test_an_allowed_text_must_arrive_before_the_first_window_ends(
    case: Case, end: str | None
) -> None:
    assert case.decide().window_ends_at == (at(end) if end else None)


def without(*names: str) -> Rulebook:
    """Return the packaged rules without these files, and without rows that extend them."""
    files = packaged_rule_files()
    return parse_rules({name: text for name, text in files.items() if name not in names})


def test_without_a_row_of_law_nothing_goes() -> None:
    decision = decide(facts_for(), without("US.toml", "US-states.toml"), NOW)
    assert [reason.code for reason in decision.reasons] == [Code.JURISDICTION_UNKNOWN]
    assert decision.verdict is REFUSE


def test_a_states_narrower_hours_bind_a_person_who_lives_there() -> None:
    shop, evening = a_shop(hours=ALL_DAY), at("2026-11-25 01:15")
    there = a_person(contact=a_contact(region="US-FL"))
    facts = facts_for(a_draft(number=NEW_YORK), there, shop, evening)
    decision = decide(facts, packaged_rules(), evening)
    assert [reason.rule for reason in decision.reasons] == ["US-FL.hours"]
    # Florida has two clocks and the number a third place: open for all from nine in New York.
    assert decision.next_allowed_at == at("2026-11-25 14:00")
    elsewhere = facts_for(a_draft(number=NEW_YORK), a_person(), shop, evening)
    assert decide(elsewhere, packaged_rules(), evening).verdict is ALLOW


def holds(until: datetime | None) -> Rule:
    """Return a rule that holds until then, and again every time until it is past."""

    def rule(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
        return [a_reason(Verdict.HOLD, until)] if until is None or now < until else []

    return rule


def a_reason(verdict: Verdict, until: datetime | None = None) -> Reason:
    return Reason(
        code=Code.EMERGENCY_BAN,
        verdict=verdict,
        layer=Layer.POLICY,
        rule="test",
        citation="",
        sentence="Not now.",
        next_allowed_at=until,
    )


def refuses_from(start: datetime) -> Rule:
    def rule(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
        return [a_reason(Verdict.REFUSE)] if now >= start else []

    return rule


def always_a_minute_more(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    return [a_reason(Verdict.HOLD, now + timedelta(minutes=1))]


def never_moving(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    return [a_reason(Verdict.HOLD, NOW)]


def wrong_about_its_end(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    return [a_reason(Verdict.HOLD, NOW)] if now < SOON else []


SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("gate", "free"),
    [
        ((holds(SOON),), SOON),
        ((holds(LATER), holds(SOON)), LATER),
        ((holds(SOON), holds(None)), None),
        ((holds(SOON), refuses_from(SOON)), None),
        ((holds(SOON), refuses_from(LATER)), SOON),
        ((holds(NOW + timedelta(days=SEARCH_DAYS)),), NOW + timedelta(days=SEARCH_DAYS)),
        ((holds(NOW + timedelta(days=SEARCH_DAYS, minutes=1)),), None),
        ((holds(SOON), holds(NOW + timedelta(days=SEARCH_DAYS + 1))), None),
        ((holds(SOON), wrong_about_its_end), SOON),
        ((always_a_minute_more,), None),
        ((never_moving,), None),
    ],
)
def test_a_next_moment_is_told_only_if_it_is_certain(
    gate: tuple[Rule, ...], free: datetime | None
) -> None:
    decision = decide(facts_for(), packaged_rules(), NOW, gate)
    assert (decision.verdict, decision.next_allowed_at) == (Verdict.HOLD, free)


def test_the_moment_may_come_in_any_zone() -> None:
    facts = facts_for()
    elsewhere = NOW.astimezone(datetime.fromisoformat("2026-01-01T00:00+05:45").tzinfo)
    assert decide(facts, packaged_rules(), elsewhere) == decide(facts, packaged_rules(), NOW)


def test_the_number_of_the_draft_is_read_once_more() -> None:
    assert facts_for(a_draft(number=NEW_YORK)).number.country == "US"
