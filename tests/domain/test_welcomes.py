"""Which yes a welcome is due for, what it promises, and how it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, a_no, a_shop, a_yes
from rule_files import packaged_rules
from shopbell.domain.consent import ConsentEvent, Purpose
from shopbell.domain.decision import Code, Reason
from shopbell.domain.ids import ConsentId
from shopbell.domain.occasions import promises_more, together
from shopbell.domain.promises import Frequency, promised_frequency
from shopbell.domain.segments import measure
from shopbell.domain.template_checks import flaws_in
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.templates import Details, language_for
from shopbell.domain.topics import TOPICS, Topic
from shopbell.domain.welcomes import Due, due, named, welcome_text

RULES = packaged_rules().texts
DAY = timedelta(days=1)
CLASSES = Topic(
    id="classes",
    words="evening classes",
    purpose=Purpose.MARKETING,
    often=Frequency(n=1, days=7),
)


def yes(
    *topics: str,
    n: int | None = 4,
    days: int | None = 30,
    id: int = 1,  # noqa: A002 - the record's own field name
    ago: timedelta = DAY,
    purpose: Purpose = Purpose.MARKETING,
) -> ConsentEvent:
    return a_yes(purpose, topics=topics, when=NOW - ago, promised_n=n, promised_days=days, id=id)


def welcome(
    *events: ConsentEvent,
    wanted: str | None = None,
    welcomed: tuple[int, ...] = (),
    from_lists: tuple[int, ...] = (),
) -> Due | Reason:
    return due(
        events,
        (*TOPICS, CLASSES),
        wanted=wanted,
        welcomed=tuple(map(ConsentId, welcomed)),
        from_lists=tuple(map(ConsentId, from_lists)),
        within=30 * DAY,
        now=NOW,
    )


def test_a_fresh_yes_is_welcomed_with_what_it_was_told() -> None:
    found = welcome(yes("offers", "events"))
    assert isinstance(found, Due)
    assert found.topics == ("offers", "events")
    assert found.often == Frequency(n=4, days=30)
    assert found.at == NOW - DAY


@pytest.mark.parametrize(
    ("events", "more", "code", "said"),
    [
        ((), {}, Code.NO_CONSENT, "no yes on file"),
        ((yes("offers"), a_no(when=NOW)), {}, Code.NO_CONSENT, "no yes on file"),
        ((yes("offers"),), {"wanted": "events"}, Code.NO_CONSENT, "no yes on file"),
        ((yes("orders", n=None, purpose=Purpose.SERVICE),), {}, Code.WORDS_MISSING, "no number"),
        ((yes("offers"),), {"welcomed": (1,)}, Code.NOT_CALLED_FOR, "once is enough"),
        ((yes("offers"),), {"from_lists": (1,)}, Code.NOT_CALLED_FOR, "came in a list"),
        ((yes("offers", ago=30 * DAY),), {}, Code.NOT_CALLED_FOR, "30 days old"),
    ],
)
def test_no_welcome_is_due_and_the_sentence_says_why(
    events: tuple[ConsentEvent, ...], more: dict[str, object], code: Code, said: str
) -> None:
    refused = welcome(*events, **more)  # type: ignore[arg-type]
    assert isinstance(refused, Reason)
    assert refused.code is code
    assert said in refused.sentence


def test_what_was_welcomed_or_came_in_a_list_is_left_out_of_the_next_welcome() -> None:
    events = (yes("offers", id=1), yes("events", n=1, days=7, id=2), yes("classes", id=3))
    found = welcome(*events, welcomed=(1,), from_lists=(3,))
    assert isinstance(found, Due)
    assert [event.id for event in found.yeses] == [2]
    assert found.topics == ("events",)


def test_a_topic_that_was_taken_back_is_not_spoken_of() -> None:
    events = (yes("offers", "events"), a_no(topics=("events",), when=NOW - timedelta(hours=1)))
    found = welcome(*events)
    assert isinstance(found, Due)
    assert found.topics == ("offers",)


def test_two_yeses_get_one_welcome_that_covers_both() -> None:
    found = welcome(yes("offers"), yes("classes", n=1, days=7, id=2))
    assert isinstance(found, Due)
    assert found.topics == ("offers", "evening classes")
    assert found.often == Frequency(n=9, days=30)


@pytest.mark.parametrize(
    ("promises", "covered"),
    [
        ((), None),
        ((Frequency(n=4, days=30),), Frequency(n=4, days=30)),
        ((Frequency(n=1, days=7),), Frequency(n=1, days=7)),
        ((Frequency(n=4, days=30), Frequency(n=2, days=30)), Frequency(n=6, days=30)),
        ((Frequency(n=1, days=7), Frequency(n=2, days=7)), Frequency(n=3, days=7)),
        ((Frequency(n=4, days=30), Frequency(n=1, days=7)), Frequency(n=9, days=30)),
        ((Frequency(n=1, days=365), Frequency(n=1, days=30)), Frequency(n=2, days=30)),
    ],
)
def test_promises_add_up(promises: tuple[Frequency, ...], covered: Frequency | None) -> None:
    assert together(promises) == covered


frequencies = st.builds(Frequency, n=st.integers(1, 99), days=st.integers(1, 366))


@given(st.lists(frequencies, min_size=1, max_size=4))
def test_the_sum_is_never_less_than_what_was_promised(promises: list[Frequency]) -> None:
    covered = together(tuple(promises))
    assert covered is not None
    assert covered.n / covered.days >= sum(one.n / one.days for one in promises) - 1e-9


@given(frequencies, frequencies)
def test_of_two_promises_one_at_most_is_more(one: Frequency, other: Frequency) -> None:
    more = promises_more((one.n, one.days), other)
    assert not (more and promises_more((other.n, other.days), one))
    assert not promises_more((one.n, one.days), one)


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "xx"])
@given(
    often=frequencies,
    country=st.sampled_from(["US", "GB", None]),
    names=st.sets(st.sampled_from(["offers", "events", "yoga & tea"]), min_size=1),
)
def test_every_welcome_says_all_it_must_and_promises_what_was_agreed(
    language: str, country: str | None, often: Frequency, names: set[str]
) -> None:
    found = Due(yeses=(yes("offers"),), topics=tuple(sorted(names)), often=often, at=NOW)
    text = welcome_text(found, language, a_shop(), country, RULES.templates)
    details = Details(shop=a_shop(), country=country, topics=found.topics)
    assert flaws_in(TemplateKind.WELCOME, text, details, RULES.templates, RULES.lint) == ()
    assert promised_frequency(text) == (often.n, often.days)
    assert measure(text).segments <= 2


def test_the_usual_welcome_is_one_part() -> None:
    found = welcome(yes("offers"))
    assert isinstance(found, Due)
    text = welcome_text(found, "en", a_shop(), "US", RULES.templates)
    assert text == (
        "Fern & Finch: you're on our list! Up to 4 offer texts/month, weekdays 10-6, Sat 10-5."
        " Reply HELP for help, STOP to end. Msg&data rates may apply."
    )
    assert measure(text).segments == 1


@pytest.mark.parametrize(
    ("wished", "country", "language"),
    [
        ("", "US", "en"),
        ("", "DE", "de"),
        ("", "AT", "de"),
        ("", "FR", "fr"),
        ("", "MX", "es"),
        ("es", "US", "es"),
        ("fr-CA", "US", "fr"),
        ("en", "DE", "en"),
        ("pt", "US", "pt"),
    ],
)
def test_people_are_written_to_as_they_wish_or_as_the_shop_speaks(
    wished: str, country: str, language: str
) -> None:
    assert language_for(wished, country, RULES.templates) == language


def test_a_usual_topic_goes_by_its_id_unless_the_owner_gave_it_other_words() -> None:
    mine = replace(TOPICS[1], words="bargains")
    assert named(("offers", "events", "classes"), (mine, *TOPICS[2:], CLASSES)) == (
        "bargains",
        "events",
        "evening classes",
    )
