"""What START brings back: only what the stop ended, at the number promised last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, a_yes
from shopbell.domain.coming_back import brought_back, ended_by_stop
from shopbell.domain.consent import (
    Act,
    ConsentEvent,
    How,
    Purpose,
    Suppression,
    standing,
    standing_topics,
)
from shopbell.domain.facts import Welcomed
from shopbell.domain.ids import ConsentId
from shopbell.domain.promises import Frequency

MARKETING, SERVICE = Purpose.MARKETING, Purpose.SERVICE
DAY = timedelta(days=1)
STOP = Suppression(at=NOW - DAY, how=How.TEXT, note="STOP")
LATER = NOW


def yes(id_: int, *topics: str, days: int = 10, purpose: Purpose = MARKETING) -> ConsentEvent:
    return replace(
        a_yes(purpose, topics=topics, id=id_, promised_n=4, promised_days=30), at=NOW - days * DAY
    )


def no(
    id_: int,
    *topics: str,
    days: float = 1,
    purpose: Purpose = MARKETING,
    how: How = How.TEXT,
) -> ConsentEvent:
    event = yes(id_, *topics, purpose=purpose)
    return replace(event, act=Act.REVOKED, at=NOW - days * DAY, how=how)


CASES = [
    ("nothing was there", (), ()),
    ("one yes", (yes(1, "offers"), no(2)), (("offers",),)),
    ("a yes to anything", (yes(1), no(2)), ((),)),
    ("two yeses", (yes(1, "offers"), yes(2, "events"), no(3)), (("offers",), ("events",))),
    (
        "a topic given up before",
        (yes(1, "offers", "events"), no(2, "events", days=5), no(3)),
        (("offers",),),
    ),
    ("everything given up before", (yes(1, "offers"), no(2, days=5)), ()),
    ("given up before and then stopped", (yes(1, "offers"), no(2, "offers", days=5), no(3)), ()),
    ("refused since", (yes(1, "offers"), no(2), no(3, days=0.5, how=How.PHONE)), ()),
    ("a stop of another purpose", (yes(1, "offers"), no(2, purpose=SERVICE)), ()),
]


@pytest.mark.parametrize(("what", "events", "topics"), CASES, ids=[case[0] for case in CASES])
def test_a_start_brings_back_what_the_stop_ended(
    what: str, events: tuple[ConsentEvent, ...], topics: tuple[tuple[str, ...], ...]
) -> None:
    again = brought_back(events, STOP, (), at=LATER, evidence="ab" * 32)
    assert tuple(draft.topics for draft in again) == topics, what
    for draft in again:
        assert (draft.act, draft.how, draft.at) == (Act.GRANTED, How.TEXT, LATER)
        assert draft.evidence_sha256 == "ab" * 32
        assert (draft.promised_n, draft.promised_days) == (4, 30)


def test_only_the_purposes_asked_for_come_back() -> None:
    events = (yes(1, "offers"), yes(2, "orders", purpose=SERVICE), no(3), no(4, purpose=SERVICE))
    again = brought_back(events, STOP, (), at=LATER, evidence="", purposes=(SERVICE,))
    assert [draft.topics for draft in again] == [("orders",)]


def test_the_promise_of_the_welcome_comes_back_with_its_yes() -> None:
    events = (yes(1, "offers"), yes(2, "events"), no(3))
    told = Welcomed(
        consents=(ConsentId(2),),
        topics=("events",),
        often=Frequency(n=1, days=7),
        at=NOW - 2 * DAY,
    )
    again = brought_back(events, STOP, (told,), at=LATER, evidence="")
    assert [(draft.promised_n, draft.promised_days) for draft in again] == [(4, 30), (1, 7)]


TOPICS = st.lists(st.sampled_from(("offers", "events", "news")), max_size=2, unique=True)


@given(st.lists(st.tuples(st.booleans(), TOPICS), max_size=8))
def test_nothing_comes_back_that_did_not_stand_the_moment_before_the_stop(
    acts: list[tuple[bool, list[str]]],
) -> None:
    before = tuple(
        yes(id_, *topics, days=100 - id_) if granted else no(id_, *topics, days=100 - id_)
        for id_, (granted, topics) in enumerate(acts, start=1)
    )
    stop = (no(len(acts) + 1),) if standing(before, MARKETING) else ()
    again = ended_by_stop((*before, *stop), STOP, MARKETING)
    assert {grant.id for grant in again} == {grant.id for grant in standing(before, MARKETING)}
    named = {topic for grant in again for topic in grant.topics}
    assert named <= standing_topics(before, MARKETING)
