from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.links import Link, belongs_to, links_in

RULES = packaged_rules().texts.lint


def found_in(text: str) -> tuple[Link, ...]:
    return links_in(text, RULES.bare_endings, RULES.slash_endings)


@pytest.mark.parametrize(
    ("text", "link", "host"),
    [
        ("see fernandfinch.example/sms.", "fernandfinch.example/sms", "fernandfinch.example"),
        ("https://fern.example", "https://fern.example", "fern.example"),
        ("HTTPS://WWW.Fern.Example/A?b=1, ok", "HTTPS://WWW.Fern.Example/A?b=1", "fern.example"),
        ("(http://fern.example/a)", "http://fern.example/a", "fern.example"),
        ("\u201chttps://fern.example/a\u201d", "https://fern.example/a", "fern.example"),
        ("www.fern.it is new", "www.fern.it", "fern.it"),
        ("fern.co.uk", "fern.co.uk", "fern.co.uk"),
        ("fern.it/rosen", "fern.it/rosen", "fern.it"),
        ("order:shop.example", "shop.example", "shop.example"),
        ("https://fern.example:8443/x!", "https://fern.example:8443/x", "fern.example"),
        ("http://ana@evil.example/", "http://ana@evil.example/", "evil.example"),
        ("https://b\u00fccher.example/", "https://b\u00fccher.example/", "b\u00fccher.example"),
        ("ftp://fern.example/list", "ftp://fern.example/list", "fern.example"),
        ("https://localhost/x", "https://localhost/x", "localhost"),
        ("fern.example?a=1", "fern.example?a=1", "fern.example"),
    ],
)
def test_what_a_phone_makes_a_link_of_is_found(text: str, link: str, host: str) -> None:
    (one,) = found_in(text)
    assert (one.text, one.host, one.is_number) == (link, host, False)
    assert text[slice(*one.span)] == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no link at all",
        "ready.Come by",
        "We're ready.It is late",
        "10.30am",
        "9.00 to 18.00",
        "e.g.this",
        "Tue.Wed",
        "hello@fern.example",
        "ana.lind@fern.example",
        "price 12.50/kg",
        "and/or",
        "24/12",
        "version 1.2.3.4",
        "192.168.0.1",
        "12345678",
        "a.b.c",
        "...",
        "https://",
        "http:///x",
        "://fern",
        "U.S.A",
    ],
)
def test_what_looks_like_a_link_to_nobody_is_none(text: str) -> None:
    assert found_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "http://192.168.0.1/x",
        "http://192.168.0.1",
        "192.168.0.1/pay",
        "http://[::1]/",
        "http://3232235521/",
        "https://0xc0a80001/",
    ],
)
def test_a_number_in_the_place_of_a_name_is_told(text: str) -> None:
    (one,) = found_in(text)
    assert one.is_number


def test_several_links_are_found_in_order() -> None:
    text = "a.example, b.example/x and https://c.example"
    assert [one.host for one in found_in(text)] == ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize(
    ("host", "sites", "ours"),
    [
        ("fern.example", ["fern.example"], True),
        ("shop.fern.example", ["fern.example"], True),
        ("fern.example", ["https://www.Fern.example/contact"], True),
        ("fern.example", ["http://fern.example:8080"], True),
        ("notfern.example", ["fern.example"], False),
        ("fern.example.evil.example", ["fern.example"], False),
        ("fern.example", ["shop.fern.example"], False),
        ("fern.example", [], False),
        ("b.example", ["a.example", "b.example"], True),
    ],
)
def test_a_link_is_ours_when_its_host_is_or_is_under_ours(
    host: str, sites: list[str], ours: bool
) -> None:
    assert belongs_to(host, sites) is ours


@pytest.mark.parametrize(
    "text",
    ["a." * 50_000, "http://" * 14_000, "a.b/" * 25_000, "[:" * 50_000, "a-" * 50_000],
    ids=["dots", "schemes", "paths", "brackets", "dashes"],
)
def test_a_huge_text_is_looked_through_too(text: str) -> None:
    assert found_in(f"{text} https://fern.example/end")[-1].host == "fern.example"


@given(st.text(max_size=80))
def test_any_text_can_be_looked_through(text: str) -> None:
    for one in found_in(text):
        assert text[slice(*one.span)] == one.text
        assert one.host
