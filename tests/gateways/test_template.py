"""The template language: what it writes, and what it refuses to be."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.texts import Encoding
from shopbell.gateways.template import (
    EmptyValueError,
    TemplateError,
    TooLateError,
    Values,
    read_template,
    render,
)

NOW = datetime(2026, 11, 24, 15, 42, 30, 999_999, tzinfo=UTC)
LATER = NOW + timedelta(minutes=90, seconds=59)
VALUES: Values = {
    "to": "+1 (212) 555-0142",
    "text": "a {to} & {b}",
    "empty": "",
    "none": None,
    "account.from": "Fern & Finch",
    "encoding": Encoding.UCS2,
    "now": NOW,
    "valid_until": LATER,
    "since": NOW.astimezone(timezone(timedelta(hours=-5))),
}


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{text}", "a {to} & {b}"),
        ("<{account.from}>", "<Fern & Finch>"),
        ("{to|digits}", "12125550142"),
        ("{encoding:0|2}", "2"),
        ("{encoding:|UCS2}", "UCS2"),
        ("{since|rfc3339}", "2026-11-24T15:42:30Z"),
        ("{since|unix}", "1795534950"),
        ("{valid_until|seconds_left}", "5459"),
        ("{valid_until|minutes_left}", "90"),
        ("{empty?}", None),
        ("{none?}", None),
        ("{missing?}", None),
        ("{none?|digits}", None),
        ("{empty?}&type=%d", None),
        ("{to|digits}{empty?}", None),
    ],
)
def test_it_writes(source: str, written: str | None) -> None:
    assert render(read_template(source), VALUES) == written


@pytest.mark.parametrize(
    "source",
    [
        "{",
        "}",
        "{}",
        "{{to}}",
        "{to",
        "{To}",
        "{to }",
        "{to!r}",
        "{to:>10}",
        "{to[0]}",
        "{account.a.b}",
        "{to|upper}",
        "{to|digits|unix}",
        "{to|unix}",
        "{valid_until}",
        "{valid_until|digits}",
        "{encoding}",
        "{encoding|digits}",
        "{to:a|b}",
    ],
)
def test_it_refuses_what_it_is_not(source: str) -> None:
    with pytest.raises(TemplateError):
        read_template(source)


@pytest.mark.parametrize("source", ["{empty}", "{none}", "x{missing}x"])
def test_a_required_value_that_is_empty_is_named(source: str) -> None:
    with pytest.raises(EmptyValueError) as caught:
        render(read_template(source), VALUES)
    assert caught.value.name == source.strip("x{}")


@pytest.mark.parametrize(("seconds", "unit"), [(0, "seconds"), (-5, "seconds"), (59, "minutes")])
def test_a_moment_that_has_passed_is_too_late(seconds: int, unit: str) -> None:
    values = {"now": NOW, "valid_until": NOW + timedelta(seconds=seconds)}
    with pytest.raises(TooLateError):
        render(read_template(f"{{valid_until?|{unit}_left}}"), values)


def test_an_expiry_is_rounded_so_that_it_comes_early_never_late() -> None:
    until = NOW + timedelta(seconds=119, milliseconds=999)
    values = {"now": NOW, "valid_until": until}
    assert render(read_template("{valid_until|seconds_left}"), values) == "119"
    assert render(read_template("{valid_until|minutes_left}"), values) == "1"
    written = render(read_template("{valid_until|rfc3339}"), values)
    assert written is not None
    assert datetime.fromisoformat(written) <= until


@given(st.text())
def test_a_value_is_never_read_as_a_template(text: str) -> None:
    if text:
        assert render(read_template("[{text}]"), {"text": text}) == f"[{text}]"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_escaping_touches_values_only(text: str) -> None:
    written = render(read_template("/a b/{text}?"), {"text": text}, lambda one: quote(one, safe=""))
    assert written is not None
    assert re.fullmatch(r"/a b/[A-Za-z0-9_.~%-]+\?", written)


@given(st.text(alphabet="{}abc|?:._ ", max_size=12))
def test_reading_anything_either_works_or_is_a_template_error(source: str) -> None:
    try:
        template = read_template(source)
    except TemplateError:
        return
    assert "".join(part for part in template.parts if isinstance(part, str)) in (source, "") or (
        template.names
    )
