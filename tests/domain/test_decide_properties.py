"""What holds for every decision, whatever the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import event, given
from hypothesis import strategies as st

from builders import a_stop, a_yes
from facts_strategies import facts_and_moments
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decide import RULES, decide
from shopbell.domain.decision import Code, Decision, Layer, Reason, Verdict
from shopbell.domain.facts import Facts, PastText
from shopbell.domain.gate.occasions import ends_the_texts, occasion_of
from shopbell.domain.occasions import ENDINGS
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.texts import State

MINUTE = timedelta(minutes=1)
any_case = facts_and_moments()
likely_case = facts_and_moments(may_be_stopped=False)


def at_moment(facts: Facts, now: datetime) -> Decision:
    return decide(facts, packaged_rules(), now)


def with_a_yes(facts: Facts) -> Facts:
    """Give the person a yes to everything, so that the other rules are reached."""
    long_ago = facts.shop.created_at - timedelta(days=999)
    yes = tuple(
        a_yes(purpose, topics=topics, when=long_ago, id=n)
        for n, (purpose, topics) in enumerate(
            (purpose, topics)
            for purpose in (Purpose.MARKETING, Purpose.SERVICE)
            for topics in ((), ("offers", "events", "orders"))
        )
    )
    promised = tuple(replace(c, act=yes[0].act) for c in facts.person.consents if c.promised_n)
    return replace(facts, person=replace(facts.person, consents=yes + promised))


@given(any_case)
def test_the_verdict_follows_from_the_reasons(case: tuple[Facts, datetime]) -> None:
    decision = at_moment(*case)
    event(decision.verdict)
    verdicts = {reason.verdict for reason in decision.reasons}
    assert Verdict.ALLOW not in verdicts
    if Verdict.REFUSE in verdicts:
        assert decision.verdict is Verdict.REFUSE
    else:
        assert decision.verdict is (Verdict.HOLD if verdicts else Verdict.ALLOW)


@given(any_case, st.booleans())
def test_a_suppressed_number_is_never_allowed_but_one_confirmation(
    case: tuple[Facts, datetime], consenting: bool
) -> None:
    facts, now = case
    facts = with_a_yes(facts) if consenting else facts
    stopped = replace(facts, person=replace(facts.person, suppression=a_stop()))
    decision = at_moment(stopped, now)
    if decision.verdict is Verdict.REFUSE and not ends_the_texts(stopped):
        assert decision.reasons[0].code is Code.OPTED_OUT
        return
    occasion = occasion_of(stopped)
    event(f"after a stop: {decision.verdict}")
    assert occasion is not None
    assert occasion.kind in ENDINGS
    assert stopped.draft.purpose is Purpose.COMPLIANCE
    if decision.verdict is not Verdict.REFUSE:
        assert now - occasion.at < timedelta(minutes=5)


def always_holds(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    return [
        Reason(
            code=Code.EMERGENCY_BAN,
            verdict=Verdict.HOLD,
            layer=Layer.POLICY,
            rule="test",
            citation="",
            sentence="Not now.",
        )
    ]


@given(any_case)
def test_adding_a_rule_never_makes_a_verdict_milder(case: tuple[Facts, datetime]) -> None:
    facts, now = case
    order = [Verdict.ALLOW, Verdict.HOLD, Verdict.REFUSE]
    worst = order.index(at_moment(facts, now).verdict)
    more = decide(facts, packaged_rules(), now, (*RULES, always_holds))
    assert order.index(more.verdict) >= max(worst, 1)
    for rule in RULES:
        fewer = decide(facts, packaged_rules(), now, tuple(r for r in RULES if r is not rule))
        assert order.index(fewer.verdict) <= worst


@given(likely_case)
def test_the_next_moment_is_allowed_and_not_one_minute_before(case: tuple[Facts, datetime]) -> None:
    facts, now = with_a_yes(case[0]), case[1]
    decision = at_moment(facts, now)
    event(decision.verdict)
    free = decision.next_allowed_at
    if free is None:
        return
    assert decision.verdict is Verdict.HOLD
    assert at_moment(facts, free).verdict is Verdict.ALLOW
    assert at_moment(facts, free - timedelta(seconds=1)).verdict is Verdict.HOLD
    minutes = int((free - now) / MINUTE)
    for minute in range(0, minutes, max(1, minutes // 8)):
        assert at_moment(facts, now + minute * MINUTE).verdict is Verdict.HOLD


@given(likely_case)
def test_every_reason_holds_until_its_own_moment(case: tuple[Facts, datetime]) -> None:
    facts, now = with_a_yes(case[0]), case[1]
    for reason in at_moment(facts, now).reasons:
        if reason.next_allowed_at is not None:
            assert reason.next_allowed_at > now
            just_before = at_moment(facts, reason.next_allowed_at - timedelta(seconds=1))
            assert (reason.code, reason.rule) in {(r.code, r.rule) for r in just_before.reasons}


@given(likely_case)
def test_an_allowed_text_has_its_margin_before_the_window_ends(
    case: tuple[Facts, datetime],
) -> None:
    facts, now = with_a_yes(case[0]), case[1]
    decision = at_moment(facts, now)
    if decision.window_ends_at is not None:
        assert decision.verdict is Verdict.ALLOW
        if occasion_of(facts) is not None:
            assert decision.window_ends_at > now
            return
        assert decision.window_ends_at - now > packaged_rules().policy.deliver_margin
        assert at_moment(facts, decision.window_ends_at).verdict is not Verdict.ALLOW


@given(likely_case, st.lists(st.integers(0, 60 * 24 * 4), max_size=25))
def test_caps_are_never_broken_by_any_order_of_sends(
    case: tuple[Facts, datetime], gaps: list[int]
) -> None:
    facts, now = with_a_yes(case[0]), case[1]
    purpose = facts.draft.purpose
    sent: list[PastText] = []
    for gap in gaps:
        now += gap * MINUTE
        facts = replace(facts, person=replace(facts.person, past=tuple(sent)))
        if at_moment(facts, now).verdict is Verdict.ALLOW:
            sent.append(
                PastText(
                    at=now,
                    purpose=purpose,
                    topic=facts.draft.topic,
                    state=State.WAITING,
                    had_footer=True,
                )
            )
    for cap in packaged_rules().policy.purposes[purpose].caps:
        for text in sent:
            window = [other for other in sent if text.at <= other.at < text.at + cap.per]
            assert len(window) <= cap.n
