"""Arbitrary facts for properties of the gate, leaning towards the edges where rules meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
from shopbell.domain.ids import E164, ConsentId, OccasionId
from shopbell.domain.judge import facts_of
from shopbell.domain.occasions import Occasion
from shopbell.domain.promises import Frequency
from shopbell.domain.shop import ShopProfile
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.texts import State
from shopbell.domain.weeks import read_week
from shopbell.domain.wishes import Channel, Wishes

anything = st.text(max_size=30)
purposes = st.sampled_from(Purpose)
topics = st.sampled_from(["offers", "events", "orders"])
moments = st.integers(0, 500 * 24 * 60).map(lambda m: at("2026-01-01") + timedelta(minutes=m))
us_numbers = st.sampled_from([NEW_YORK, CHICAGO, PHOENIX, LOS_ANGELES, PENSACOLA])
numbers = st.one_of(us_numbers, st.sampled_from([LONDON_MOBILE, LONDON_LANDLINE])).map(E164)
zones = st.sampled_from(["America/New_York", "America/Denver", "Pacific/Honolulu", "Mars/Phobos"])


def minutes_in(days: int) -> st.SearchStrategy[timedelta]:
    return st.integers(0, days * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


# Each strategy is made once; what depends on the number and the moment is put in afterwards.
# Making strategies anew for every example takes longer than all the rest.
drafts = st.builds(
    TextDraft,
    number=st.just(E164("")),
    body=st.one_of(st.sampled_from(["Tulips", "Order 4711 is ready", "PIN 4821"]), anything),
    purpose=purposes,
    topic=st.none() | topics,
    occasion=st.none() | st.sampled_from([1, 2]).map(OccasionId),
)


def _occasion(ago: timedelta, **more: object) -> Callable[[datetime], Occasion]:
    return lambda now: Occasion(at=now - ago, topics=("offers",), **more)  # type: ignore[arg-type]


occasions = st.builds(
    _occasion,
    ago=st.one_of(minutes_in(40), st.integers(0, 600).map(lambda s: timedelta(seconds=s))),
    id=st.sampled_from([1, 2]).map(OccasionId),
    kind=st.sampled_from(TemplateKind),
    by_text=st.booleans(),
    limit=st.none() | st.builds(Frequency, n=st.integers(1, 4), days=st.integers(1, 60)),
)


def _consent(
    act: Act, ages: tuple[timedelta, timedelta], **more: object
) -> Callable[[E164, datetime], ConsentEvent]:
    def made(number: E164, now: datetime) -> ConsentEvent:
        recorded, said = ages
        return ConsentEvent(
            number=number,
            act=act,
            recorded_at=now - recorded,
            at=now - said,
            evidence_sha256=None,
            **more,  # type: ignore[arg-type]
        )

    return made


consents = st.builds(
    _consent,
    act=st.sampled_from([Act.GRANTED, Act.GRANTED, Act.GRANTED, Act.REVOKED]),
    ages=st.tuples(minutes_in(300), minutes_in(300)),
    id=st.integers(1, 99).map(ConsentId),
    purpose=st.sampled_from([Purpose.MARKETING, Purpose.SERVICE]),
    topics=st.just(()) | st.lists(topics, max_size=2, unique=True).map(tuple),
    wording=anything,
    how=st.sampled_from(How),
    witness=st.none() | anything,
    promised_n=st.none() | st.integers(0, 4),
    promised_days=st.none() | st.integers(1, 60),
)


def _past_text(age: timedelta, **more: object) -> Callable[[datetime], PastText]:
    return lambda now: PastText(at=now - age, **more)  # type: ignore[arg-type]


past_texts = st.builds(
    _past_text,
    age=minutes_in(60),
    purpose=st.sampled_from([Purpose.MARKETING, Purpose.SERVICE]),
    topic=st.none() | topics,
    state=st.sampled_from(State),
    had_footer=st.booleans(),
)
contacts = st.builds(
    a_contact,
    st.just(E164("")),
    name=anything,
    zone=st.none() | zones,
    region=st.none() | st.sampled_from(["US", "US-FL", "GB"]),
)
stops = st.tuples(minutes_in(300), st.sampled_from(How), anything)
wished_hours = st.none() | st.sampled_from(
    [read_week("mon-fri 9:00-12:00"), read_week("sun 0:00-24:00")]
)
wishes = st.tuples(
    st.none() | st.sampled_from(Channel), st.none() | st.integers(-3, 20), wished_hours
)

_parts = st.tuples(
    st.none() | contacts,
    st.lists(consents, max_size=5),
    st.lists(past_texts, max_size=6),
    st.none() | minutes_in(2),
    wishes,
)
_called = st.lists(occasions, max_size=2, unique_by=lambda made: made(at("2026-01-01")).id)
_standing = st.tuples(st.none() | stops, st.none() | minutes_in(2))


@st.composite
def persons(
    draw: st.DrawFn, number: E164, now: datetime, *, may_be_stopped: bool = True
) -> PersonFacts:
    contact, yeses, past, inbound, (channel, paused, hours) = draw(_parts)
    called = draw(_called)
    stop, unclear = draw(_standing) if may_be_stopped else (None, None)
    return PersonFacts(
        contact=None if contact is None else replace(contact, number=number),
        suppression=(
            None if stop is None else Suppression(at=now - stop[0], how=stop[1], note=stop[2])
        ),
        consents=tuple(made(number, now) for made in yeses),
        past=tuple(made(now) for made in past),
        last_inbound_at=None if inbound is None else now - inbound,
        unclear_stop_at=None if unclear is None else now - unclear,
        wishes=Wishes(
            channel=channel,
            paused_until=None if paused is None else now + timedelta(days=paused),
            hours=hours,
        ),
        occasions=tuple(made(now) for made in called),
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
        replace(draw(drafts), number=number),
        draw(persons(number, now, may_be_stopped=may_be_stopped)),
        draw(shops),
        packaged_rules(),
        now,
    )
    return facts, now
