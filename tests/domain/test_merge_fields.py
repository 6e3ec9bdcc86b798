"""Merge fields: filled with what is fit to print, or held, never sent with a hole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain import merge_fields
from shopbell.domain.merge_fields import (
    Field,
    Unprintable,
    filled_in,
    read_merge_text,
    values_for,
)
from shopbell.errors import BadInput


def filled(body: str, name: str = "Ana Reyes", code: str | None = None) -> str | Unprintable:
    return filled_in(read_merge_text(body), values_for(name, "Fern & Finch", code))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Hi {first_name}!", "Hi Ana!"),
        ("Hi {name}", "Hi Ana Reyes"),
        ("{shop} says hi", "Fern & Finch says hi"),
        ("Code {coupon}.", "Code WREATH-7."),
        ("{ First_Name | there }", "Ana"),
        ("no field", "no field"),
        ("{{first_name}}", "{first_name}"),
        ("{{{first_name}}}", "{Ana}"),
        ("50% {{off}} for {first_name}", "50% {off} for Ana"),
        ("", ""),
    ],
)
def test_fields_are_filled_and_doubled_braces_are_braces(body: str, words: str) -> None:
    assert filled(body, code="WREATH-7") == words


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "has no name"),
        ("   ", "has no name"),
        ("null", "is called “null” in the file"),
        ("NULL", "is called “NULL” in the file"),
        ("N/A", "is called “N/A” in the file"),
        ("n.a.", "is called “n.a.” in the file"),
        ("#N/A", "is called “#N/A” in the file"),
        ("Unknown", "is called “Unknown” in the file"),
        ("Walk-in", "is called “Walk-in” in the file"),
        ("-", "is called “-” in the file"),
        ("ANA REYES", "has a name in CAPITALS"),
        ("BO LIND", "has a name in CAPITALS"),
        ("ANA", "has a name in CAPITALS"),
        ("ÉLODIE ŒUVRARD", "has a name in CAPITALS"),
        ("🌷🌷", "has a name without letters"),
        ("555-0101", "has a name without letters"),
        ("www.win-big.top", "has an address in place of a name"),
        ("ana@example.com", "has an address in place of a name"),
        ("https://x.example Ana", "has an address in place of a name"),
        ("x" * 61, "has a name of 61 characters"),
    ],
)
@pytest.mark.parametrize("field", ["name", "first_name"])
def test_a_name_that_must_not_be_printed_is_held_with_the_reason(
    field: str, name: str, why: str
) -> None:
    assert filled(f"Hi {{{field}}}", name) == Unprintable(field=Field(field), why=why)
    assert filled(f"Hi {{{field}|there}}", name) == "Hi there"


@pytest.mark.parametrize("name", ["Mrs Lind", "Lind, Ana", "The Reyes family"])
def test_a_name_without_a_first_name_is_good_as_a_whole_only(name: str) -> None:
    assert filled("{name}", name) == name
    missing = filled("{first_name}", name)
    assert isinstance(missing, Unprintable)
    assert missing.why == "has no first name that can be told"


@pytest.mark.parametrize("name", ["JD", "AJ", "Bo", "José", "李小龙", "O'Neil", "McDonald"])
def test_short_and_unusual_names_are_names(name: str) -> None:
    assert filled("{name}", name) == name


def test_a_fallback_may_be_empty_on_purpose() -> None:
    assert filled("Hi{first_name|}!", "") == "Hi!"


def test_without_a_code_the_text_is_not_filled() -> None:
    assert isinstance(filled("{coupon}"), Unprintable)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Hi {first_name", "“{” at character 4"),
        ("Hi first_name}", "“}” at character 14"),
        ("a } b { c", "“}” at character 3"),
        ("{{}", "“}” at character 3"),
        ("Hi {firstname}", "{firstname}"),
        ("Hi {}", "{}"),
        ("Hi {last_name|x}", "{last_name}"),
        ("{coupon|later}", "coupon"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(body: str, place: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_merge_text(body)
    assert refused.value.code == "bad_merge"
    assert place in refused.value.message
    assert refused.value.hint


def test_a_nested_field_is_refused() -> None:
    with pytest.raises(BadInput):
        read_merge_text("{first_name|{name}}")


def test_the_fields_of_a_text_are_known() -> None:
    assert read_merge_text("{name} {coupon} {name|x}").fields == {Field.NAME, Field.COUPON}


@given(st.text(max_size=40), st.text(max_size=80))
def test_nothing_is_ever_left_unfilled(fallback: str, name: str) -> None:
    fallback = fallback.replace("{", "").replace("}", "")
    words = filled(f"a{{name|{fallback}}}z", name)
    assert words in {f"a{' '.join(name.split())}z", f"a{fallback}z"}


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(body: str) -> None:
    try:
        text = read_merge_text(body)
    except BadInput:
        return
    assert isinstance(filled_in(text, values_for("Ana Reyes", "Fern", "C1")), str)


@given(st.text(max_size=60))
def test_words_with_doubled_braces_come_out_as_they_were(body: str) -> None:
    doubled = body.replace("{", "{{").replace("}", "}}")
    assert filled(doubled) == body


@given(st.text("ANabz09 '-.@éß/:", max_size=70))
def test_an_ordinary_name_is_told_quickly_and_alike(name: str) -> None:
    plain = " ".join(name.split())
    quickly = merge_fields._why_unprintable(plain)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(merge_fields, "_ORDINARY", re.compile("(?!)"))
        assert merge_fields._why_unprintable(plain) == quickly
