"""Audiences as people type and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.audience_rules import audience_text, audience_words, read_audience
from shopbell.domain.campaigns import Audience
from shopbell.domain.people_filter import PeopleFilter
from shopbell.errors import BadInput


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "everybody"),
        (" , ", "everybody"),
        ("tag=weekly", "people who are tagged weekly"),
        ("find=ana reyes", "people who match “ana reyes”"),
        ("consented=offers,tag=VIP", "people who said yes to offers and are tagged VIP"),
        ("not-asked", "people who were never asked"),
        ("one-per-household", "everybody, one of each household"),
        (
            "tag=vip, one-per-household",
            "people who are tagged vip, one of each household",
        ),
        ("not-texted-for=30", "people who got no text for 30 days"),
        ("birthday-month=12", "people who were born in December"),
        ("birthday-month=1", "people who were born in January"),
        ("find=Lind, Bo, tag=a=b", "people who match “Lind, Bo” and are tagged a=b"),
    ],
)
def test_conditions_are_read_and_told(text: str, words: str) -> None:
    assert audience_words(read_audience(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "weekly",
        "colour=red",
        "tag=",
        "tag",
        "not-asked=yes",
        "one-per-household=1",
        "birthday-month=13",
        "birthday-month=0",
        "birthday-month=May",
        "birthday-month=\u0661",
        "not-texted-for=-1",
        "not-texted-for=99999999999",
        "tag=a, tag=b",
    ],
)
def test_what_is_no_condition_is_refused_with_all_there_are(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_audience(text)
    assert refused.value.code == "bad_audience"
    assert "birthday-month" in refused.value.hint


_WORD = st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=12)


@given(
    st.builds(
        Audience,
        words=st.just("") | _WORD,
        filter=st.builds(
            PeopleFilter,
            consented_to=st.none() | _WORD,
            not_asked=st.booleans(),
            not_texted_for=st.none() | st.integers(1, 36_500),
            tag=st.none() | _WORD,
            birthday_month=st.none() | st.integers(1, 12),
        ),
    )
)
def test_what_is_written_is_read_back(audience: Audience) -> None:
    assert read_audience(audience_text(audience)) == audience
