"""Several numbers of one person: what one says binds the others, and nothing is ever loosened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from builders import (
    CHICAGO,
    NEW_YORK,
    NOW,
    PHOENIX,
    a_contact_draft,
    a_draft,
    a_past_text,
    a_person,
    a_shop,
    a_stop,
    a_stranger,
    a_yes,
)
from facts_strategies import facts_and_moments, persons
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decide import decide
from shopbell.domain.decision import Verdict
from shopbell.domain.facts import Facts, PersonFacts
from shopbell.domain.gate.occasions import ends_the_texts
from shopbell.domain.ids import E164
from shopbell.domain.judge import facts_of
from shopbell.domain.linked import bound_by, merged_draft
from shopbell.domain.people import ContactDraft
from shopbell.domain.weeks import read_week
from shopbell.domain.wishes import NO_WISHES, Channel, Wishes

DAY = timedelta(days=1)
OTHER, THIRD = E164(CHICAGO), E164(PHOENIX)
RANK = {Verdict.ALLOW: 0, Verdict.HOLD: 1, Verdict.REFUSE: 2}


def bound(person: PersonFacts, *others: PersonFacts) -> PersonFacts:
    return bound_by(person, list(zip((OTHER, THIRD), others, strict=False)))


def wishing(**wishes: object) -> PersonFacts:
    return replace(a_person(), wishes=Wishes(**wishes))  # type: ignore[arg-type]


def test_a_stop_of_any_number_is_a_stop_of_this_one() -> None:
    stopped = replace(a_person(), suppression=a_stop())
    assert bound(a_person(), a_person(), stopped).suppression == a_stop()
    own = replace(a_person(), suppression=a_stop(NOW - 9 * DAY))
    assert bound(own, stopped).suppression == a_stop(NOW - 9 * DAY)
    assert bound(a_person(), a_person()).suppression is None


def test_the_oldest_reply_that_may_be_a_stop_counts() -> None:
    unclear = [replace(a_person(), unclear_stop_at=NOW - days * DAY) for days in (1, 3)]
    assert bound(a_person(), *unclear).unclear_stop_at == NOW - 3 * DAY
    assert bound(a_person(), a_person()).unclear_stop_at is None


@pytest.mark.parametrize(
    ("own", "other", "both"),
    [
        (None, None, None),
        (None, Channel.CALL, Channel.CALL),
        (Channel.TEXT, Channel.EMAIL, Channel.EMAIL),
        (Channel.CALL, Channel.TEXT, Channel.CALL),
        (Channel.TEXT, None, Channel.TEXT),
        (Channel.CALL, Channel.NONE, Channel.CALL),
    ],
)
def test_a_wish_for_another_channel_counts_wherever_it_was_said(
    own: Channel | None, other: Channel | None, both: Channel | None
) -> None:
    assert bound(wishing(channel=own), wishing(channel=other)).wishes.channel is both


def test_the_longest_pause_and_the_hours_of_all_count() -> None:
    tomorrow, next_week = NOW + DAY, NOW + 7 * DAY
    first = wishing(paused_until=tomorrow, hours=read_week("mon-fri 9:00-17:00"), language="es")
    second = wishing(paused_until=next_week, hours=read_week("mon 12:00-20:00"), language="fr")
    wishes = bound(first, second).wishes
    assert wishes.paused_until == next_week
    assert wishes.hours == read_week("mon 12:00-17:00")
    assert wishes.language == "es"
    assert bound(a_person(), first).wishes.hours == read_week("mon-fri 9:00-17:00")
    assert bound(a_person(), a_person()).wishes == NO_WISHES


def test_what_lets_a_text_go_stays_with_its_own_number() -> None:
    """A yes, a text of theirs and a footer of the month are not handed on."""
    other = replace(
        a_person(a_yes(number=CHICAGO), past=(a_past_text(2 * DAY),)), last_inbound_at=NOW
    )
    alone = a_stranger()
    person = bound(alone, other)
    assert (person.consents, person.past) == ((), ())
    assert person.last_inbound_at is None
    (linked,) = person.linked
    assert (linked.number, linked.consents, linked.past) == (OTHER, other.consents, other.past)


@st.composite
def people_with_numbers(draw: st.DrawFn) -> tuple[Facts, Facts, datetime]:
    """Return the same text judged alone and bound by one or two further numbers."""
    alone, now = draw(facts_and_moments(may_be_stopped=draw(st.booleans())))
    if draw(st.booleans()):
        yes = tuple(
            a_yes(alone.draft.purpose, topics=topics, when=now - 40 * DAY, id=90 + n)
            for n, topics in enumerate(((), ("offers",), ("offers", "events", "orders")))
        )
        alone = replace(
            alone, person=replace(alone.person, consents=(*alone.person.consents, *yes))
        )
    others = [
        draw(persons(number, now, may_be_stopped=draw(st.booleans())))
        for number in (OTHER, THIRD)[: draw(st.integers(1, 2))]
    ]
    together = facts_of(
        alone.draft,
        bound(alone.person, *others),
        alone.shop,
        packaged_rules(),
        now,
        alone.shop_rules,
    )
    alone = facts_of(alone.draft, alone.person, alone.shop, packaged_rules(), now, alone.shop_rules)
    return alone, together, now


@given(people_with_numbers())
def test_no_merge_lets_a_text_go_that_was_held_or_refused(
    case: tuple[Facts, Facts, datetime],
) -> None:
    alone, together, now = case
    before, after = (decide(one, packaged_rules(), now) for one in (alone, together))
    event(f"{before.verdict} -> {after.verdict}")
    assert RANK[after.verdict] >= RANK[before.verdict]
    if before.verdict is after.verdict is Verdict.HOLD and after.next_allowed_at is not None:
        assert before.next_allowed_at is not None
        assert after.next_allowed_at >= before.next_allowed_at


@given(people_with_numbers())
def test_every_reason_that_was_given_is_given_still(case: tuple[Facts, Facts, datetime]) -> None:
    alone, together, now = case
    before = {one.rule for one in decide(alone, packaged_rules(), now).reasons}
    after = {one.rule for one in decide(together, packaged_rules(), now).reasons}
    # Words that would be wrong by the time a hold ends are told where the hold is longer.
    assert before - after <= {"policy.stale"}


@given(people_with_numbers())
def test_a_stop_of_one_number_stops_them_all(case: tuple[Facts, Facts, datetime]) -> None:
    _, together, now = case
    stopped = replace(
        together, person=bound(together.person, replace(a_person(), suppression=a_stop(now)))
    )
    decision = decide(stopped, packaged_rules(), now)
    assert decision.verdict is Verdict.REFUSE or ends_the_texts(stopped)


FULL = ContactDraft(
    number=E164(NEW_YORK),
    name="Ana Reyes",
    note="likes peonies",
    email="ana@example.com",
    tags=("weekly",),
    birthday="--03-09",
)


@pytest.mark.parametrize(
    ("other", "becomes"),
    [
        ({}, {}),
        ({"name": "ana  REYES"}, {}),
        ({"name": "Ana R."}, {"name": "Ana Reyes / Ana R."}),
        ({"note": "dog called Biscuit"}, {"note": "likes peonies\ndog called Biscuit"}),
        ({"tags": ("wedding", "weekly")}, {"tags": ("weekly", "wedding")}),
        ({"email": "other@example.com", "birthday": "1985-01-01"}, {}),
        ({"zone": "Europe/London", "region": "GB"}, {}),
    ],
)
def test_the_kept_contact_holds_what_both_knew(
    other: dict[str, object], becomes: dict[str, object]
) -> None:
    second = replace(a_contact_draft(CHICAGO, name=""), **other)  # type: ignore[arg-type]
    assert merged_draft(FULL, second) == replace(FULL, **becomes)  # type: ignore[arg-type]


def test_what_the_kept_contact_lacks_comes_from_the_other_but_never_its_place() -> None:
    bare = a_contact_draft(NEW_YORK, name="")
    second = replace(
        FULL, number=E164(CHICAGO), zone="America/Chicago", region="US-IL", source="import:x.csv"
    )
    both = merged_draft(bare, second)
    assert (both.name, both.email, both.birthday) == ("Ana Reyes", "ana@example.com", "--03-09")
    assert (both.number, both.zone, both.region) == (NEW_YORK, None, None)
    assert both.source == bare.source


def test_a_yes_to_one_purpose_at_one_number_is_no_yes_at_another() -> None:
    """The property above, at the one place where it matters most."""
    facts = facts_of(
        a_draft(purpose=Purpose.MARKETING),
        bound(a_stranger(), a_person()),
        a_shop(),
        packaged_rules(),
        NOW,
    )
    assert decide(facts, packaged_rules(), NOW).verdict is Verdict.REFUSE
