"""Requests as bytes: typed values, lists, headers, and what can't be written."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.setups import MINIMAL, NOW, REF, acme, an_outgoing, packaged
from shopbell.gateways.preset import Preset
from shopbell.gateways.preset_reader import read_preset
from shopbell.gateways.request import UnsendableError, Wire, build, preview
from shopbell.gateways.values import account_values, text_values

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


def written(preset: Preset, text: str = "Hello", **account: str) -> Wire:
    values = account_values(preset, {"url": "http://127.0.0.1:1/api/"} | account)
    return build(preset, preset.send.call, text_values(preset, values, an_outgoing(text), NOW))


def with_body(body: str, *more: str) -> Preset:
    line = 'body = { to = "{to}", text = "{text}", ref = "{ref}" }'
    assert line in MINIMAL
    return read_preset("\n".join((MINIMAL.replace(line, body), *more)), "acme.toml")


def test_typed_values_stay_typed_in_json() -> None:
    preset = with_body(
        'body = { text = "{text}", yes = true, n = 3, f = 0.5, to = ["{to}", "{account.token?}"], '
        'deep = { a = [[1]], gone = "{account.token?}" } }'
    )
    assert json.loads(written(preset).content) == {
        "text": "Hello",
        "yes": True,
        "n": 3,
        "f": 0.5,
        "to": ["+12125550142"],
        "deep": {"a": [[1]]},
    }


def test_a_list_in_a_form_is_the_same_name_several_times() -> None:
    preset = with_body(
        'encode = "form"\nbody = { text = "{text}", yes = true, n = 3, to = ["{to}", "{ref}"] }'
    )
    assert parse_qsl(written(preset).content.decode()) == [
        ("text", "Hello"),
        ("yes", "true"),
        ("n", "3"),
        ("to", "+12125550142"),
        ("to", REF),
    ]


def test_a_dedupe_header_carries_our_reference() -> None:
    preset = acme("[dedupe]\nkind = 'header'\nwindow = '23h'\nheader = 'Idempotency-Key'")
    assert dict(written(preset).headers)["Idempotency-Key"] == REF
    assert preset.dedupe_window_s == 23 * 3600


@pytest.mark.parametrize(
    ("auth", "token", "header"),
    [
        ("type = 'bearer'\ntoken = '{account.token}'", "t", ("Authorization", "Bearer t")),
        ("type = 'header'\nname = 'X-Key'\nvalue = '{account.token}'", "t", ("X-Key", "t")),
        ("type = 'basic'\nuser = 'u'\npassword = '{account.token?}'", "", "Basic dTo="),
        ("type = 'header'\nname = 'X-Key'\nvalue = '{account.token?}'", "", None),
        ("type = 'none'", "t", None),
    ],
)
def test_the_login_goes_into_its_header(auth: str, token: str, header: object) -> None:
    headers = written(acme(f"[auth]\n{auth}"), token=token).headers
    logins = [pair for pair in headers if pair[0] in ("Authorization", "X-Key")]
    expected = ("Authorization", header) if isinstance(header, str) else header
    assert logins == ([] if expected is None else [expected])


@pytest.mark.parametrize("token", ["a\r\nX-Evil: 1", "ä", "x\x00", "x ", " x"])
def test_a_header_never_holds_what_could_break_out_of_it(token: str) -> None:
    preset = acme("[auth]\ntype = 'header'\nname = 'X-Key'\nvalue = '{account.token}'")
    with pytest.raises(UnsendableError, match="X-Key"):
        written(preset, token=token)


@pytest.mark.parametrize(
    ("preset", "complaint"),
    [
        (acme("[auth]\ntype = 'bearer'\ntoken = '{account.token}'"), "There is no token to send."),
        (with_body('encode = "{account.token}"'), "json, form or query"),
    ],
)
def test_what_can_not_be_written_says_why(preset: Preset, complaint: str) -> None:
    with pytest.raises(UnsendableError, match=complaint):
        written(preset)


@given(TEXT, st.sampled_from(["json", "form", "query"]))
def test_every_text_comes_out_as_it_went_in(text: str, shape: str) -> None:
    generic = packaged("generic")
    wire = written(generic, text, url="https://sms.example/send?x=1", shape=shape)
    sent = {
        "json": lambda: json.loads(wire.content),
        "form": lambda: dict(parse_qsl(wire.content.decode(), strict_parsing=True)),
        "query": lambda: dict(parse_qsl(urlsplit(wire.url).query, strict_parsing=True)),
    }[shape]()
    sent.pop("x", None)
    assert sent == {"to": "+12125550142", "text": text}
    assert urlsplit(wire.url).netloc == "sms.example"
    assert wire.url.isascii()
    assert wire.url.isprintable()


IN_A_PATH = read_preset(MINIMAL.replace('path = "/send"', 'path = "/a/{text}/b"'), "acme.toml")


@pytest.mark.parametrize("value", [".", ".."])
def test_a_value_never_climbs_up_the_path(value: str) -> None:
    with pytest.raises(UnsendableError, match="address"):
        written(IN_A_PATH, value)


@given(TEXT.filter(lambda text: text not in (".", "..")))
def test_a_value_in_a_path_stays_one_step_of_it(value: str) -> None:
    wire = written(IN_A_PATH, value)
    path = urlsplit(wire.url).path
    assert path.startswith("/api/a/")
    assert path.count("/") == 4
    assert "?" not in wire.url
    assert "#" not in wire.url


def test_a_preview_of_a_query_shows_it_unescaped() -> None:
    kannel = packaged("kannel")
    values = account_values(kannel, {"user": "shop", "password": "p"}, masked=True)
    text = text_values(kannel, values, an_outgoing("1 + 1 &\x1b"), NOW)
    lines = preview(kannel, kannel.send.call, text).splitlines()
    assert lines[0] == "GET http://127.0.0.1:13013/cgi-bin/sendsms"
    assert "  ? password = •••" in lines
    assert "  ? text = 1 + 1 &␛" in lines
