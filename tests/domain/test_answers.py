"""Yes, no, not asked yet: what each history of acts comes to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, a_no, a_yes
from shopbell.domain.answers import Answer, answer_about, answer_to, is_old
from shopbell.domain.consent import ConsentEvent, Purpose, standing, standing_topics

OFFERS, EVENTS = ("offers",), ("events",)
BOTH = ("offers", "events")
YES, NO, NOT_ASKED = Answer.YES, Answer.NO, Answer.NOT_ASKED

HISTORIES = [
    ("nothing on file", (), NOT_ASKED, NOT_ASKED, NOT_ASKED),
    ("a yes to offers", (a_yes(topics=OFFERS),), YES, YES, NOT_ASKED),
    ("a yes to both", (a_yes(topics=BOTH),), YES, YES, YES),
    ("a yes to nothing in particular", (a_yes(),), YES, NOT_ASKED, NOT_ASKED),
    ("a no without a yes before", (a_no(topics=OFFERS),), NO, NO, NOT_ASKED),
    ("a no to everything", (a_no(),), NO, NO, NO),
    ("offers taken back", (a_yes(topics=BOTH), a_no(topics=OFFERS)), YES, NO, YES),
    ("all taken back", (a_yes(topics=OFFERS), a_no()), NO, NO, NO),
    (
        "asked again after a no",
        (a_no(topics=OFFERS, id=1), a_yes(topics=OFFERS, id=2, when=NOW)),
        YES,
        YES,
        NOT_ASKED,
    ),
    (
        "a yes to order updates only",
        (a_yes(Purpose.SERVICE, topics=("orders",)),),
        NOT_ASKED,
        NOT_ASKED,
        NOT_ASKED,
    ),
]


@pytest.mark.parametrize(("history", "events", "whole", "offers", "other"), HISTORIES)
def test_each_history_has_one_of_three_answers(
    history: str, events: tuple[ConsentEvent, ...], whole: Answer, offers: Answer, other: Answer
) -> None:
    assert answer_to(events, Purpose.MARKETING) is whole, history
    assert answer_about(events, Purpose.MARKETING, "offers") is offers, history
    assert answer_about(events, Purpose.MARKETING, "events") is other, history


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([(), OFFERS, EVENTS, BOTH])), max_size=8))
def test_an_answer_is_yes_exactly_where_the_gate_finds_a_standing_yes(
    acts: list[tuple[bool, tuple[str, ...]]],
) -> None:
    events = tuple(
        (a_yes if granted else a_no)(topics=topics, when=NOW + timedelta(days=n), id=n + 1)
        for n, (granted, topics) in enumerate(acts)
    )
    whole = answer_to(events, Purpose.MARKETING)
    assert (whole is YES) == bool(standing(events, Purpose.MARKETING))
    assert (whole is NOT_ASKED) == (not events)
    for topic in BOTH:
        about = answer_about(events, Purpose.MARKETING, topic)
        assert (about is YES) == (topic in standing_topics(events, Purpose.MARKETING))
        if about is NO:
            assert any(topic in event.topics or not event.topics for event in events)


@pytest.mark.parametrize(("days", "old"), [(0, False), (364, False), (365, True), (4000, True)])
def test_a_year_makes_a_yes_old(days: int, old: bool) -> None:
    assert is_old(a_yes(when=NOW - timedelta(days=days)), NOW) is old
