"""An audience is told what each of its people would be told alone, and most are told together."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiences import Audience
from builders import (
    CHICAGO,
    LONDON_LANDLINE,
    LOS_ANGELES,
    NEW_YORK,
    NOW,
    PENSACOLA,
    PHOENIX,
    a_contact,
    a_draft,
    a_no,
    a_past_text,
    a_person,
    a_shop,
    a_stop,
    a_yes,
    at,
)
from facts_strategies import drafts, moments, numbers, persons, shops
from gate_cases import CASES, DAY, HOUR, MARKETING, SAFETY, SERVICE, Case
from owners_rules import FULL
from rule_cases import RULE_CASES
from rule_files import packaged_rules
from shopbell.domain import crowd as crowds
from shopbell.domain.consent import Basis, Purpose
from shopbell.domain.decision import Verdict
from shopbell.domain.facts import PersonFacts, Welcomed
from shopbell.domain.ids import E164, ConsentId
from shopbell.domain.promises import Frequency
from shopbell.domain.shop_rules import NOTHING_CHANGED, HolidayWish, ShopCap, ShopRules
from shopbell.domain.spots import looks_back
from shopbell.domain.texts import State
from shopbell.domain.weeks import read_week
from shopbell.domain.wishes import Channel, Wishes
from word_cases import WORD_CASES

LONG_AGO = NOW - timedelta(days=550)
SIX_O_CLOCK = at("2026-11-24 11:00")
"""In New York: too early for anything, so that the gate looks ahead to ten."""


def plain(**more: object) -> PersonFacts:
    """Return somebody in New York with a yes to all and nothing else."""
    return replace(a_person(contact=a_contact()), **more)  # type: ignore[arg-type]


def promised(n: int, days: int) -> PersonFacts:
    return plain(consents=(a_yes(promised_n=n, promised_days=days),))


def welcomed(n: int, days: int, past: timedelta) -> PersonFacts:
    welcome = Welcomed(
        consents=(ConsentId(1),), topics=(), often=Frequency(n=n, days=days), at=NOW - 100 * DAY
    )
    return plain(welcomes=(welcome,), past=(a_past_text(past),))


ALIKE: dict[str, PersonFacts] = {
    "another day of saying yes": plain(
        consents=(a_yes(), a_yes(SERVICE, when=NOW - 90 * DAY, id=2))
    ),
    "a text that is long enough ago": plain(past=(a_past_text(8 * DAY),)),
    "three texts of which none is of this week": plain(
        past=tuple(a_past_text(days * DAY) for days in (9, 16, 23))
    ),
    "a failed text of today": plain(past=(a_past_text(HOUR, state=State.FAILED),)),
    "a service text of today": plain(past=(a_past_text(HOUR, purpose=SERVICE),)),
    "a text of theirs": plain(last_inbound_at=NOW - HOUR),
    "a language": plain(wishes=Wishes(language="es")),
    "a promise of more than they get": welcomed(4, 30, 9 * DAY),
    "another name": replace(plain(), contact=a_contact(name="Bo Lind")),
    "an old yes, and texts since": plain(
        consents=(a_yes(when=LONG_AGO), a_yes(SERVICE, when=LONG_AGO, id=2)),
        past=(a_past_text(40 * DAY),),
    ),
}

UNLIKE: dict[str, PersonFacts] = {
    "a stop": plain(suppression=a_stop()),
    "an unclear reply": plain(unclear_stop_at=NOW - HOUR),
    "a wish to be called": plain(wishes=Wishes(channel=Channel.CALL)),
    "a wish for fewer texts": plain(
        wishes=Wishes(most=Frequency(n=1, days=30)), past=(a_past_text(20 * DAY),)
    ),
    "a complaint": plain(complained_at=NOW - DAY),
    "a pause": plain(wishes=Wishes(paused_until=NOW + 3 * DAY)),
    "a pause that is over": plain(wishes=Wishes(paused_until=NOW - 3 * DAY)),
    "hours of their own": plain(wishes=Wishes(hours=read_week("mon-sun 18:00-20:00"))),
    "nobody's number": a_person(),
    "a text this week": plain(past=(a_past_text(3 * DAY),)),
    "a text just now": plain(past=(a_past_text(timedelta(0)),)),
    "a text to come": plain(past=(a_past_text(-DAY, state=State.WAITING),)),
    "one whose outcome nobody knows": plain(past=(a_past_text(DAY, state=State.UNKNOWN),)),
    "four texts in thirty days": plain(
        past=tuple(a_past_text(days * DAY) for days in (8, 15, 22, 29))
    ),
    "a welcome that promised less": welcomed(1, 30, 20 * DAY),
    "no yes to offers": plain(consents=(a_yes(SERVICE),)),
    "no yes at all": plain(consents=()),
    "a yes taken back": plain(consents=(a_yes(), a_no())),
    "a yes taken back and given again": plain(
        consents=(a_yes(), a_no(), a_yes(when=NOW - 9 * DAY, id=3))
    ),
    "a yes to a topic": plain(consents=(a_yes(topics=("events",)),)),
    "a yes of tomorrow": plain(consents=(a_yes(when=NOW + DAY),)),
    "a yes that rests on a purchase": plain(consents=(a_yes(basis=Basis.PURCHASE),)),
    "a yes grown old in silence": plain(
        consents=(a_yes(when=LONG_AGO), a_yes(SERVICE, when=LONG_AGO, id=2))
    ),
    "another zone": replace(plain(), contact=a_contact(zone="America/Denver")),
    "a zone nobody knows": replace(plain(), contact=a_contact(zone="Mars/Phobos")),
    "another state": replace(plain(), contact=a_contact(region="US-FL")),
    "another country": replace(plain(), contact=a_contact(region="GB")),
}


@pytest.mark.parametrize("name", ALIKE)
def test_who_differs_in_nothing_that_counts_is_told_what_the_others_are(name: str) -> None:
    audience = Audience(a_draft(), a_shop(), NOW)
    if "promise" in name:
        assert not audience.says(promised(4, 30))
        assert audience.says(replace(ALIKE[name], consents=promised(4, 30).consents))
    else:
        assert not audience.says(plain())
        assert audience.says(ALIKE[name])


@pytest.mark.parametrize("moment", [NOW, SIX_O_CLOCK], ids=["by day", "before dawn"])
@pytest.mark.parametrize("name", UNLIKE)
def test_who_differs_is_told_what_they_would_be_told_alone(name: str, moment: datetime) -> None:
    audience = Audience(a_draft(), a_shop(), moment)
    assert not audience.says(plain())
    assert not audience.says(UNLIKE[name])
    assert audience.says(plain())


@pytest.mark.parametrize("name", UNLIKE)
def test_whoever_is_met_first_spoils_nothing(name: str) -> None:
    audience = Audience(a_draft(), a_shop(), NOW)
    audience.says(UNLIKE[name])
    assert not audience.says(plain())
    assert audience.says(plain())


def test_a_hundred_people_are_decided_about_once() -> None:
    audience = Audience(a_draft("Tulips are in!"), a_shop(), NOW)
    numbers = [f"+1{code}55501{index:02d}" for code in (212, 646) for index in range(50)]
    shared = [
        audience.says(
            plain(
                contact=a_contact(number, name=f"No {index}"),
                consents=(a_yes(number=number, when=NOW - (30 + index) * DAY),),
                past=(a_past_text((8 + index) * DAY),),
            ),
            number,
        )
        for index, number in enumerate(numbers)
    ]
    assert shared.count(False) == 1


def test_each_place_is_asked_about_and_none_is_taken_for_another() -> None:
    audience = Audience(a_draft("Tulips are in!"), a_shop(), at("2026-11-24 22:30"))
    everywhere = [NEW_YORK, CHICAGO, PHOENIX, LOS_ANGELES, PENSACOLA, LONDON_LANDLINE]
    for number in everywhere * 2:
        audience.says(plain(contact=a_contact(number)), number)
    assert [audience.says(plain(contact=a_contact(number)), number) for number in everywhere] == [
        True
    ] * 5 + [False]


def test_words_of_each_persons_own_are_put_into_their_text() -> None:
    audience = Audience(a_draft("there, tulips are in!"), a_shop(), NOW)
    assert not audience.says(plain(), body="Ana, tulips are in!")
    assert audience.says(plain(), body="Bo, tulips are in!")
    assert audience.says(plain(), body="Bo, tulips are in!")
    assert not audience.says(plain(), body="Card 4111 1111 1111 1111, tulips are in!")
    assert audience.says(plain(), body="Card 4111 1111 1111 1111, tulips are in!")
    assert not audience.says(plain(), body="x" * 700)
    assert audience.says(plain(), body="Cy, tulips are in!")


@pytest.mark.parametrize("ago", [29 * DAY, 31 * DAY, None], ids=str)
def test_the_footer_of_a_service_text_depends_on_the_last_one(ago: timedelta | None) -> None:
    audience = Audience(a_draft(purpose=SERVICE), a_shop(), NOW)
    assert not audience.says(plain())
    told = () if ago is None else (a_past_text(ago),)
    assert audience.says(plain(past=told))
    assert audience.says(plain(past=(a_past_text(DAY, had_footer=False),)))


def test_a_promise_about_longer_than_was_looked_at_is_looked_at_alone() -> None:
    audience = Audience(a_draft(), a_shop(), NOW)
    for _ in range(2):
        assert not audience.says(promised(2, 365))


def test_a_term_of_the_law_is_looked_at_alone() -> None:
    number = "+14165550142"
    audience = Audience(a_draft(), a_shop(), NOW, ShopRules(contact="fern.example"))
    bought = replace(
        plain(consents=(a_yes(number=number, basis=Basis.PURCHASE),)), contact=a_contact(number)
    )
    clear = replace(bought, consents=(a_yes(number=number),))
    assert [audience.says(bought, number) for _ in range(2)] == [False, False]
    assert [audience.says(clear, number) for _ in range(2)] == [False, True]


def test_a_yes_that_runs_out_before_the_text_could_go_is_looked_at_alone() -> None:
    silent = timedelta(days=28 * 18)
    yes = a_yes(when=SIX_O_CLOCK - silent + HOUR)
    audience = Audience(a_draft(), a_shop(), SIX_O_CLOCK)
    assert not audience.says(plain(consents=(a_yes(),)))
    assert audience.says(plain(consents=(a_yes(),)))
    assert not audience.says(plain(consents=(yes,)))
    by_day = Audience(a_draft(), a_shop(), NOW)
    assert not by_day.says(plain(consents=(a_yes(),)))
    assert by_day.says(plain(consents=(a_yes(when=NOW - silent + HOUR),)))


@pytest.mark.parametrize("purpose", [Purpose.CONVERSATION, Purpose.COMPLIANCE])
def test_answers_are_never_shared(purpose: Purpose) -> None:
    audience = Audience(a_draft(purpose=purpose), a_shop(), NOW)
    for _ in range(2):
        assert not audience.says(plain(last_inbound_at=NOW - HOUR))


def test_words_that_nobody_looked_at_before_names_were_put_in_are_judged_alone() -> None:
    audience = Audience(a_draft(""), a_shop(), NOW)
    for _ in range(2):
        assert not audience.says(plain(), body="Ana, tulips are in!")


def test_a_service_text_with_an_offer_is_limited_as_marketing() -> None:
    audience = Audience(
        a_draft("Your order is ready. 20% off all tulips today!", purpose=SERVICE), a_shop(), NOW
    )
    assert audience.crowd.purpose is MARKETING
    assert not audience.says(plain())
    assert not audience.says(plain(past=(a_past_text(DAY),)))
    assert audience.says(plain(past=(a_past_text(DAY, purpose=SERVICE),)))


def test_safety_needs_no_yes_and_a_stop_still_counts() -> None:
    audience = Audience(a_draft("Do not eat the lilies.", purpose=SAFETY), a_shop(), NOW)
    assert not audience.says(plain(consents=()))
    assert audience.says(plain(consents=()))
    assert not audience.says(plain(consents=(), suppression=a_stop()))


def test_a_huge_plan_with_words_for_each_person_stays_small() -> None:
    audience = Audience(a_draft("Tulips"), a_shop(), NOW, most_remembered=5)
    for index in range(40):
        audience.says(plain(), body=f"Tulips for {index % 7}")
        area = ("212", "312", "602", "213", "850", "206", "305")[index % 7]
        number = f"+1{area}55501{index:02d}"
        audience.says(plain(contact=a_contact(number)), number)
    crowd = audience.crowd
    remembered = [crowd._words, crowd._answers, crowd._spots._known, crowd._spots._voices]
    assert all(0 < len(kept) <= 5 for kept in remembered)


EVERY_CASE = [
    case
    for case in [*CASES, *RULE_CASES, *WORD_CASES]
    if case.draft.meant_for is None and case.draft.occasion is None
]


@pytest.mark.parametrize("case", EVERY_CASE, ids=lambda case: case.says)
def test_every_case_of_the_gate_is_answered_the_same_in_an_audience(case: Case) -> None:
    audience = Audience(case.draft, case.shop, case.moment, case.shop_rules)
    somebody = replace(case.person, contact=case.person.contact or a_contact(case.draft.number))
    for person in (case.person, somebody, plain(contact=somebody.contact), somebody):
        audience.says(person)


@st.composite
def audiences(draw: st.DrawFn) -> tuple[Audience, list[tuple[PersonFacts, str]]]:
    """Return an audience of which many are alike, in few places, at one moment."""
    now = draw(moments)
    draft = replace(draw(drafts), occasion=None, number=NEW_YORK)
    rules = ShopRules(
        holidays=draw(st.sampled_from(HolidayWish)), gap_hours=draw(st.none() | st.just(30))
    )
    people: list[tuple[PersonFacts, str]] = []
    for number in draw(st.lists(numbers, min_size=2, max_size=7)):
        person = draw(persons(number, now))
        if draw(st.booleans()):
            ages = draw(st.lists(st.integers(1, 700), min_size=1, max_size=2))
            person = replace(
                a_person(contact=a_contact(number)),
                consents=tuple(
                    a_yes(number=number, when=now - timedelta(days=days), id=index)
                    for index, days in enumerate(ages, 1)
                ),
                past=person.past,
                last_inbound_at=person.last_inbound_at,
            )
        people.append((person, number))
    return Audience(draft, draw(shops), now, rules), people


@settings(max_examples=60)
@given(audiences())
def test_anybody_is_told_the_same_as_alone_whoever_came_before(
    made: tuple[Audience, list[tuple[PersonFacts, str]]],
) -> None:
    audience, people = made
    for person, number in people + people[::-1]:
        audience.says(person, number)


def test_whoever_adds_a_fact_or_a_wish_thinks_of_the_people_in_outline() -> None:
    """A new one must make a person stand out in `store/outlines.py`, or be part of the outline."""
    assert {one.name for one in fields(PersonFacts)} == {
        *("contact", "suppression", "consents", "past", "last_inbound_at", "unclear_stop_at"),
        *("wishes", "occasions", "welcomes", "complained_at", "linked", "answered", "open_yeses"),
    }
    assert {one.name for one in fields(Wishes)} == {
        *("channel", "paused_until", "language", "hours", "most"),
    }


RULES = packaged_rules()


@pytest.mark.parametrize(
    ("rules", "longest", "days"),
    [
        (NOTHING_CHANGED, 0, 30),
        (NOTHING_CHANGED, 365, 365),
        (NOTHING_CHANGED, 7, 30),
        (ShopRules(caps=(ShopCap(purpose=MARKETING, n=2, days=60),)), 0, 60),
        (ShopRules(gap_hours=24 * 40), 0, 40),
        (replace(FULL, caps=(), gap_hours=None), 31, 31),
    ],
)
def test_texts_are_read_as_far_back_as_any_limit_looks(
    rules: ShopRules, longest: int, days: int
) -> None:
    assert looks_back(rules, RULES, timedelta(days=longest)) == timedelta(days=days)


def test_a_limit_of_a_row_is_looked_back_for() -> None:
    (row,) = (row for row in RULES.jurisdictions if row.id == "US-FL")
    (cap,) = row.caps
    longer = replace(
        RULES, jurisdictions=(replace(row, caps=(replace(cap, per=timedelta(days=45)),)),)
    )
    assert looks_back(NOTHING_CHANGED, longer) == timedelta(days=45)


def test_a_decision_rests_on_the_moments_that_were_looked_at() -> None:
    seen: list[Verdict] = []
    audience = Audience(a_draft(), a_shop(), SIX_O_CLOCK)
    assert not audience.says(plain())
    (answer,) = audience.crowd._answers.values()
    seen.append(answer.decision.verdict)
    assert answer.until == answer.decision.next_allowed_at == at("2026-11-24 15:00")
    by_day = Audience(a_draft(), a_shop(), NOW)
    assert not by_day.says(plain())
    (answer,) = by_day.crowd._answers.values()
    seen.append(answer.decision.verdict)
    assert answer.until == NOW
    refused = Audience(a_draft("x" * 700), a_shop(), NOW)
    assert not refused.says(plain())
    (answer,) = refused.crowd._answers.values()
    seen.append(answer.decision.verdict)
    assert answer.until == NOW
    stale = Audience(a_draft("Open until 6 today, come by!"), a_shop(), at("2026-11-24 23:55"))
    assert not stale.says(plain(last_inbound_at=NOW))
    (answer,) = stale.crowd._answers.values()
    seen.append(answer.decision.verdict)
    assert answer.until == at("2026-11-24 23:55") + timedelta(days=crowds.SEARCH_DAYS)
    assert seen == [Verdict.HOLD, Verdict.ALLOW, Verdict.REFUSE, Verdict.REFUSE]


def test_numbers_of_another_kind_are_judged_alone() -> None:
    for number in ("+18005550142", "+17875550142", LONDON_LANDLINE, "+999"):
        audience = Audience(a_draft(), a_shop(), NOW)
        for _ in range(2):
            assert not audience.says(plain(contact=a_contact(number)), E164(number))
