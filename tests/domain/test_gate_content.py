"""What the rules about words say, and until when an allowed text may arrive."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiences import judged_together
from builders import NEW_YORK, NOW, a_draft, a_person, a_shop, a_stranger, a_yes, at, facts_for
from gate_cases import CONVERSATION, DAY, HOUR, MARKETING, REFUSE, SAFETY, SERVICE
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decide import decide
from shopbell.domain.decision import Code, Decision, Layer, Verdict
from shopbell.domain.draft_words import PLAIN_WORDS, promotion_in, stopped_by, true_until
from shopbell.domain.facts import PersonFacts, TextDraft
from shopbell.domain.frozen import facts_from_json, to_json
from shopbell.domain.ids import E164
from shopbell.domain.judge import judge
from shopbell.domain.lint import lint, stopping
from shopbell.domain.promotional import promotional
from shopbell.domain.stale import pins
from shopbell.domain.zones import zone_named
from word_cases import PROMOTES, REASON, TO_SERVICE_ONLY, WORD_CASES, says, written

RULES = packaged_rules()


def decided(draft: TextDraft, person: PersonFacts | None = None, when: object = NOW) -> Decision:
    moment = at(when) if isinstance(when, str) else NOW
    return judge(draft, person or a_person(), a_shop(), RULES, moment).decision


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        ("Closed today by flood", "2026-11-25 04:59:59"),
        ("Closed until 5 today by flood", "2026-11-24 21:59:59"),
        ("Closed today, back tomorrow", "2026-11-25 04:59:59"),
        ("Closed by flood", None),
    ],
)
def test_where_no_hours_bind_only_the_words_set_an_end(body: str, ends: str | None) -> None:
    decision = decided(says(body, SAFETY))
    assert decision.window_ends_at == (at(ends) if ends else None)


def test_the_earlier_of_two_ends_counts() -> None:
    early = decided(says("Open until noon today.")).window_ends_at
    assert early == at("2026-11-24 16:59:59")
    late = decided(says("Open until 9pm today.")).window_ends_at
    assert late == decided(says("Hello.")).window_ends_at
    assert late is not None
    assert late < at("2026-11-25 02:00")


@pytest.mark.parametrize(
    ("draft", "when", "sentence"),
    [
        (
            written("Open today", NOW - DAY),
            "2026-11-24 15:42",
            (
                "“today” is true until Mon 23 Nov 23:59, and this text would leave later. "
                "Change the words, or call."
            ),
        ),
        (
            says("See you tonight!"),
            "2026-11-25 00:30",
            (
                "“tonight” is true until Tue 24 Nov 23:59, and this text would leave later. "
                "Change the words, or call."
            ),
        ),
        (
            says("Here until 9:30 am today."),
            "2026-11-24 15:42",
            "“until 9:30 am today” is over already. Change the words.",
        ),
    ],
)
def test_stale_words_are_named_with_the_last_moment_they_are_true(
    draft: TextDraft, when: str, sentence: str
) -> None:
    first, *_ = decided(draft, when=when).reasons
    assert (first.code, first.sentence) == (Code.STALE_WORDS, sentence)
    assert first.layer is Layer.POLICY
    assert first.next_allowed_at is None


@pytest.mark.parametrize(
    ("now", "codes"),
    [
        ("2026-11-24 21:59:59", ()),
        ("2026-11-24 22:00:00", (Code.STALE_WORDS,)),
    ],
)
def test_words_are_true_to_their_very_last_second(now: str, codes: tuple[Code, ...]) -> None:
    draft = written("Closed until 5 today by flood", at("2026-11-24 15:42"), SAFETY)
    decision = decided(draft, when=now)
    assert tuple(one.code for one in decision.reasons) == codes


@pytest.mark.parametrize(
    ("meant_for", "words"),
    [
        ("2026-11-24 21:59:58", "is true until Tue 24 Nov 16:59, and this text would leave later."),
        ("2026-11-24 21:59:59", "is true until Tue 24 Nov 16:59, and this text would leave later."),
        ("2026-11-24 22:00:00", "is over already."),
    ],
)
def test_words_that_were_true_when_the_text_was_meant_to_leave_are_not_called_over(
    meant_for: str, words: str
) -> None:
    draft = written("Closed until 5 today by flood", at(meant_for), SAFETY)
    first, *_ = decided(draft, when="2026-11-24 22:30").reasons
    assert first.code is Code.STALE_WORDS
    assert words in first.sentence


def test_promotion_names_the_words_the_source_and_both_ways_out() -> None:
    first, *_ = decided(says(PROMOTES), TO_SERVICE_ONLY).reasons
    assert first.sentence == (
        "“20% off” is promotion, and one such sentence makes the whole text marketing. Leave it "
        "out, or send it as marketing. If it only serves their order, say so with a reason."
    )
    assert (first.layer, first.confidence) == (Layer.CARRIER, "U")
    assert first.citation.startswith("CTIA")


def test_what_goes_as_marketing_is_worded_and_kept_as_marketing() -> None:
    judged = judge(says(PROMOTES, topic="orders"), a_person(), a_shop(), RULES, NOW)
    draft = judged.facts.draft
    assert (draft.purpose, draft.topic, draft.asked_as) == (MARKETING, None, SERVICE)
    assert judged.final.footer_added == " STOP to end"
    assert judged.decision.verdict is Verdict.ALLOW


def test_what_goes_as_service_all_the_same_is_kept_with_the_reason() -> None:
    draft = says(PROMOTES, topic="orders", really_service=REASON)
    person = a_person(a_yes(SERVICE, topics=("orders",)))
    kept = judge(draft, person, a_shop(), RULES, NOW).facts.draft
    assert (kept.purpose, kept.topic, kept.asked_as) == (SERVICE, "orders", None)
    assert kept.really_service == REASON


def test_a_forbidden_subject_is_told_with_the_carriers_rule() -> None:
    (reason,) = decided(says("New vapes", MARKETING)).reasons
    assert reason.rule == "lint.tobacco"
    assert reason.layer is Layer.CARRIER
    assert reason.confidence == "V1"
    assert "“vapes”" in reason.sentence


@pytest.mark.parametrize("case", WORD_CASES, ids=lambda case: case.says)
def test_a_stored_decision_about_words_replays(case: object) -> None:
    facts, moment = case.facts, case.moment  # type: ignore[attr-defined]
    again = facts_from_json(to_json(facts))
    assert again == facts
    assert decide(again, RULES, moment) == case.decide()  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", WORD_CASES, ids=lambda case: case.says)
def test_many_are_judged_like_one(case: object) -> None:
    pairs = [(case.draft, case.person)] * 2  # type: ignore[attr-defined]
    many = judged_together(pairs, case.shop, case.moment)  # type: ignore[attr-defined]
    assert [one.decision for one in many] == [case.decide()] * 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("body", ["Open today", PROMOTES])
def test_facts_of_before_texts_were_dated_replay_as_they_were_decided(body: str) -> None:
    facts = facts_for(says(body, SERVICE), a_person(a_yes(SERVICE)))
    stored = json.loads(to_json(facts))
    stored["draft"]["purpose"] = "service"
    for key in ("meant_for", "filled_from", "really_service", "asked_as"):
        del stored["draft"][key]
    old = facts_from_json(json.dumps(stored))
    assert (old.draft.meant_for, old.draft.asked_as, old.draft.really_service) == (None, None, "")
    later = decide(old, RULES, NOW + DAY)
    assert later.verdict is Verdict.ALLOW


def test_the_moment_of_judging_dates_a_draft_that_says_no_other() -> None:
    assert facts_for(a_draft("Open today")).draft.meant_for == NOW
    early = NOW - HOUR
    assert facts_for(replace(a_draft("x"), meant_for=early)).draft.meant_for == early


def test_the_plain_words_of_sheets_hold_nothing_worth_looking_for() -> None:
    place = zone_named("America/New_York")
    assert place is not None
    assert promotional(PLAIN_WORDS, RULES.texts.promotional) is None
    assert pins(PLAIN_WORDS, NOW, place, RULES.texts.stale) == ()
    for purpose in Purpose:
        assert stopping(PLAIN_WORDS, a_shop(), purpose, RULES) == ()
    facts = facts_for(a_draft(PLAIN_WORDS))
    assert promotion_in(facts.draft, facts.shop, RULES) is None
    assert true_until(facts, RULES) is None
    assert stopped_by(facts, RULES) == ()


WORDS = st.sampled_from(
    [
        "vapes",
        "guns",
        "bit.ly/x",
        "wine tasting",
        "STOP",
        "20% off",
        "today",
        "crypto",
        "hello",
        ".",
    ]
)


@given(st.lists(WORDS, max_size=6), st.sampled_from(Purpose), st.sampled_from(["US", "GB", None]))
def test_what_stops_a_text_is_what_the_lint_calls_a_block(
    words: list[str], purpose: Purpose, country: str | None
) -> None:
    body = " ".join(words)
    final = facts_for(a_draft(body)).final
    found = lint(body, final, a_shop(), purpose, RULES, country=country)
    blocks = [one for one in found if one.severity == "block"]
    assert list(stopping(body, a_shop(), purpose, RULES, country=country)) == blocks


@given(st.lists(WORDS, max_size=6), st.integers(0, 3 * 24 * 60))
def test_an_allowed_text_is_true_when_it_leaves_and_until_it_expires(
    words: list[str], minutes: int
) -> None:
    now = NOW + timedelta(minutes=minutes)
    draft = replace(a_draft(" ".join(words), purpose=SERVICE), meant_for=NOW)
    judged = judge(draft, a_person(), a_shop(), RULES, now)
    pin = true_until(judged.facts, RULES)
    if pin is None or judged.decision.verdict is REFUSE:
        return
    if judged.decision.verdict is Verdict.ALLOW:
        assert judged.decision.window_ends_at is not None
        assert now <= judged.decision.window_ends_at <= pin.last
    elif judged.decision.next_allowed_at is not None:
        assert judged.decision.next_allowed_at <= pin.last


def test_stale_words_to_a_stranger_are_refused_for_both_reasons() -> None:
    decision = decided(written("Ready today", NOW - DAY, CONVERSATION), a_stranger())
    assert [reason.code for reason in decision.reasons] == [Code.NO_CONSENT, Code.STALE_WORDS]


def test_the_number_plays_no_part_in_how_long_words_are_true() -> None:
    one = facts_for(a_draft("Open today"))
    other = facts_for(a_draft("Open today", number=E164("+442079460123")))
    assert true_until(one, RULES) == true_until(other, RULES)
    assert one.number.e164 == NEW_YORK
