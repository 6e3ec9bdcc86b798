"""JSON web tokens: one algorithm, one key, now; everything else a token says decides nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.setups import MINIMAL, NOW
from gateways.test_signatures import httpsms_claims, mac, part, token
from shopbell.errors import BadInput
from shopbell.gateways.preset_reader import read_preset
from shopbell.gateways.web_tokens import claims_address, claims_address_hash, claims_body, claims_of

KEY = "hook-key"
MADE = int(NOW.timestamp())
URL = "https://shop.example/word/all"


def read(one: str, key: str = KEY) -> dict[str, object] | None:
    return claims_of(one, key, NOW, 300)


def test_a_good_token_tells_its_claims_with_and_without_bearer() -> None:
    claims = httpsms_claims(URL, NOW)
    assert read(token(claims)) == claims
    assert read(f"Bearer {token(claims)}") == claims
    assert read(f"  bearer   {token(claims)} ") == claims


@pytest.mark.parametrize("alg", ["none", "None", "HS512", "RS256", "hs256", "", 7, None])
def test_a_token_cannot_choose_how_it_is_checked(alg: Any) -> None:
    assert read(token({"iat": MADE}, alg=alg)) is None


def test_an_unsigned_token_is_refused() -> None:
    head, body = part({"alg": "none"}), part({"iat": MADE})
    for one in (f"{head}.{body}.", f"{head}.{body}", f"{head}..", "..", ".", "", "Bearer "):
        assert read(one) is None


@pytest.mark.parametrize(
    ("claims", "good"),
    [
        ({"iat": MADE}, True),
        ({"iat": MADE + 0.5}, True),
        ({"iat": MADE - 300}, True),
        ({"iat": MADE - 301}, False),
        ({"iat": MADE + 300}, True),
        ({"iat": MADE + 301}, False),
        ({}, False),
        ({"iat": str(MADE)}, False),
        ({"iat": True}, False),
        ({"iat": None}, False),
        ({"iat": 10**30}, False),
        ({"iat": float("inf")}, False),
        ({"iat": float("nan")}, False),
        ({"iat": -(10**18)}, False),
        ({"iat": MADE, "exp": MADE}, True),
        ({"iat": MADE, "exp": MADE - 1}, False),
        ({"iat": MADE, "exp": "never"}, False),
        ({"iat": MADE, "exp": None}, False),
        ({"iat": MADE, "nbf": MADE - 600}, True),
        ({"iat": MADE, "nbf": MADE + 301}, False),
        ({"iat": MADE, "nbf": []}, False),
        ({"exp": MADE + 60}, False),
        ({"nbf": MADE}, False),
        ({"nbf": MADE, "exp": MADE + 60}, True),
        ({"nbf": MADE - 300, "exp": MADE}, True),
        ({"nbf": MADE - 301, "exp": MADE + 9}, False),
        ({"nbf": MADE + 301, "exp": MADE + 999}, False),
        ({"nbf": MADE, "exp": MADE - 1}, False),
        ({"nbf": MADE, "exp": None}, False),
        ({"nbf": "now", "exp": MADE + 60}, False),
        ([MADE], False),
        ("iat", False),
        (None, False),
    ],
)
def test_a_token_is_of_now(claims: object, good: bool) -> None:
    assert (read(token(claims)) is not None) is good


@given(at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_a_token_with_any_letter_changed_is_refused(at: int, flip: int) -> None:
    good = token(httpsms_claims(URL, NOW))
    place = at % len(good)
    changed = good[:place] + chr((ord(good[place]) ^ flip) or 1) + good[place + 1 :]
    # The last letter of a base64 part holds bits that mean nothing: what is decoded must differ.
    if decoded(changed) != decoded(good):
        assert read(changed) is None


def decoded(one: str) -> list[bytes | str]:
    found: list[bytes | str] = []
    for piece in one.split("."):
        try:
            padded = piece + "=" * (-len(piece) % 4)
            found.append(base64.b64decode(padded, altchars=b"-_", validate=True))
        except ValueError:
            found.append(piece)
    return found


@given(key=st.text(max_size=30))
def test_another_key_opens_nothing(key: str) -> None:
    if key != KEY and key.isprintable():
        assert read(token({"iat": MADE}), key) is None


@given(junk=st.text(max_size=300))
def test_junk_is_refused_and_breaks_nothing(junk: str) -> None:
    assert read(junk) is None
    assert read(f"Bearer {junk}") is None


@given(body=st.binary(max_size=60), head=st.binary(max_size=60))
def test_signed_junk_is_refused_and_breaks_nothing(body: bytes, head: bytes) -> None:
    pieces = [base64.urlsafe_b64encode(one).decode().rstrip("=") for one in (head, body)]
    signed = ".".join(pieces)
    digest = base64.urlsafe_b64encode(mac(KEY, signed)).decode().rstrip("=")
    assert read(f"{signed}.{digest}") is None


def test_a_huge_or_deep_token_is_refused() -> None:
    assert read(token({"iat": MADE, "x": "y" * 10_000})) is None
    deep = "[" * 5_000
    signed = f"{part({'alg': 'HS256'})}.{base64.urlsafe_b64encode(deep.encode()).decode()}"
    assert read(f"{signed}.{base64.urlsafe_b64encode(mac(KEY, signed)).decode()}") is None


@given(body=st.binary(max_size=80), other=st.binary(max_size=80))
def test_a_token_is_about_one_body(body: bytes, other: bytes) -> None:
    claims: dict[str, object] = {"payload_hash": hashlib.sha256(body).hexdigest()}
    assert claims_body(claims, body)
    assert claims_body(claims, other) is (body == other)
    assert claims_body({}, body) is (body == b"")
    assert not claims_body({"payload_hash": None}, body)


@pytest.mark.parametrize(
    ("meant", "good"),
    [
        (URL, True),
        ([URL], True),
        (["https://other.example", URL], True),
        (URL + "/", False),
        ("https://other.example", False),
        ([], False),
        (None, False),
        ({"x": URL}, False),
        ([[URL]], False),
        ("\ud800", False),
    ],
)
def test_a_token_is_meant_for_one_address(meant: object, good: bool) -> None:
    assert claims_address({"aud": meant}, URL) is good


def test_a_token_is_about_one_address_that_it_holds_hashed() -> None:
    claims: dict[str, object] = {"url_hash": hashlib.sha256(URL.encode()).hexdigest()}
    assert claims_address_hash(claims, URL)
    for other in (URL + "?a=1", URL.upper(), "", URL[:-1]):
        assert not claims_address_hash(claims, other)
    for odd in (None, 7, [], claims["url_hash"] == ""):
        assert not claims_address_hash({"url_hash": odd}, URL)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("jwt_hs256", '["timestamp"]'),
        ("hmac_body", '["address"]'),
        ("hmac_body", '["timestamp"]'),
        ("hmac_body", '["address_hash"]'),
        ("jwt_hs256", '["nonce"]'),
        ("params", '["body"]'),
        ("ed25519", '["body"]'),
        ("jwt_hs256", '["everything"]'),
    ],
)
def test_a_scheme_signs_only_what_it_can(kind: str, parts: str) -> None:
    hook = f'[hook.sign]\nkind = "{kind}"\nkey = "k"\nheader = "X"\nparts = {parts}\n'
    with pytest.raises(BadInput, match="parts"):
        read_preset(f"{MINIMAL}\n{hook}", "acme.toml")
