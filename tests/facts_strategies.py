"""Arbitrary facts for properties of the gate, leaning towards the edges where rules meet."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from builders import (
    CHICAGO,
    LONDON_LANDLINE,
    LONDON_MOBILE,
    LOS_ANGELES,
    NEW_YORK,
    PENSACOLA,
    PHOENIX,
    SHOP_HOURS,
    a_contact,
    a_shop,
    at,
)
from rule_files import packaged_rules
from shopbell.domain.consent import Act, ConsentEvent, How, Purpose, Suppression
from shopbell.domain.facts import Facts, PastText, PersonFacts, TextDraft
from shopbell.domain.ids import E164, ConsentId
from shopbell.domain.judge import facts_of
from shopbell.domain.people import Contact
from shopbell.domain.shop import ShopProfile
from shopbell.domain.texts import State
from shopbell.domain.wishes import Channel, Wishes

anything = st.text(max_size=30)
purposes = st.sampled_from(Purpose)
topics = st.sampled_from(["offers", "events", "orders"])
moments = st.integers(0, 500 * 24 * 60).map(lambda m: at("2026-01-01") + timedelta(minutes=m))
us_numbers = st.sampled_from([NEW_YORK, CHICAGO, PHOENIX, LOS_ANGELES, PENSACOLA])
numbers = st.one_of(us_numbers, st.sampled_from([LONDON_MOBILE, LONDON_LANDLINE])).map(E164)
zones = st.sampled_from(["America/New_York", "America/Denver", "Pacific/Honolulu", "Mars/Phobos"])


def before(now: datetime, days: int) -> st.SearchStrategy[datetime]:
    return st.integers(0, days * 24 * 60).map(lambda minutes: now - timedelta(minutes=minutes))


def drafts(number: E164) -> st.SearchStrategy[TextDraft]:
    return st.builds(
        TextDraft,
        number=st.just(number),
        body=st.one_of(st.sampled_from(["Tulips", "Order 4711 is ready", "PIN 4821"]), anything),
        purpose=purposes,
        topic=st.none() | topics,
    )


def consents(number: E164, now: datetime) -> st.SearchStrategy[ConsentEvent]:
    return st.builds(
        ConsentEvent,
        id=st.integers(1, 99).map(ConsentId),
        recorded_at=before(now, 300),
        number=st.just(number),
        act=st.sampled_from([Act.GRANTED, Act.GRANTED, Act.GRANTED, Act.REVOKED]),
        purpose=st.sampled_from([Purpose.MARKETING, Purpose.SERVICE]),
        topics=st.just(()) | st.lists(topics, max_size=2, unique=True).map(tuple),
        wording=anything,
        how=st.sampled_from(How),
        at=before(now, 300),
        witness=st.none() | anything,
        evidence_sha256=st.none(),
        promised_n=st.none() | st.integers(0, 4),
        promised_days=st.none() | st.integers(1, 60),
    )


def past_texts(now: datetime) -> st.SearchStrategy[PastText]:
    return st.builds(
        PastText,
        at=before(now, 60),
        purpose=st.sampled_from([Purpose.MARKETING, Purpose.SERVICE]),
        topic=st.none() | topics,
        state=st.sampled_from(State),
        had_footer=st.booleans(),
    )


def contacts(number: E164) -> st.SearchStrategy[Contact]:
    return st.builds(
        a_contact,
        st.just(number),
        name=anything,
        zone=st.none() | zones,
        region=st.none() | st.sampled_from(["US", "US-FL", "GB"]),
    )


@st.composite
def persons(
    draw: st.DrawFn, number: E164, now: datetime, *, may_be_stopped: bool = True
) -> PersonFacts:
    stops = st.builds(Suppression, at=before(now, 300), how=st.sampled_from(How), note=anything)
    rarely = st.none() | (before(now, 2) if may_be_stopped else st.none())
    return PersonFacts(
        contact=draw(st.none() | contacts(number)),
        suppression=draw(st.none() | (stops if may_be_stopped else st.none())),
        consents=tuple(draw(st.lists(consents(number, now), max_size=5))),
        past=tuple(draw(st.lists(past_texts(now), max_size=6))),
        last_inbound_at=draw(st.none() | before(now, 2)),
        unclear_stop_at=draw(rarely),
        wishes=draw(wishes(now)),
    )


def wishes(now: datetime) -> st.SearchStrategy[Wishes]:
    days = st.integers(-3, 20).map(lambda days: now + timedelta(days=days))
    return st.builds(
        Wishes, channel=st.none() | st.sampled_from(Channel), paused_until=st.none() | days
    )


shops: st.SearchStrategy[ShopProfile] = st.builds(
    a_shop,
    name=st.just("Fern & Finch") | anything,
    zone=st.sampled_from(["America/New_York", "America/Los_Angeles"]),
    hours=st.sampled_from(
        [
            SHOP_HOURS,
            "mon-sun 00:00-24:00",
            "sun 01:30-03:30",
            "fri 20:00-24:00; sat 00:00-01:00",
            "",
        ]
    ),
)


@st.composite
def facts_and_moments(draw: st.DrawFn, *, may_be_stopped: bool = True) -> tuple[Facts, datetime]:
    """Return facts and the moment they were gathered at."""
    now = draw(moments)
    number = draw(numbers if may_be_stopped else us_numbers.map(E164))
    facts = facts_of(
        draw(drafts(number)),
        draw(persons(number, now, may_be_stopped=may_be_stopped)),
        draw(shops),
        packaged_rules(),
        now,
    )
    return facts, now
