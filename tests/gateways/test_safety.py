"""Where requests may go, and secrets that come back in disguise."""

from __future__ import annotations

import base64
import html
import json
import socket
from urllib.parse import quote, quote_plus

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.gateways.address import TooFarError, address_problem, judged_host, near_enough
from shopbell.gateways.preset import Reach
from shopbell.gateways.redact import Redactor


@pytest.mark.parametrize(
    ("address", "loopback", "private"),
    [
        ("127.0.0.1", True, True),
        ("127.9.9.9", True, True),
        ("::1", True, True),
        ("::ffff:127.0.0.1", True, True),
        ("10.1.2.3", False, True),
        ("172.16.0.1", False, True),
        ("172.32.0.1", False, False),
        ("192.168.1.20", False, True),
        ("169.254.1.1", False, True),
        ("100.64.0.1", False, True),
        ("fd00::1", False, True),
        ("fe80::1", False, True),
        ("fe80::1%eth0", False, True),
        ("::ffff:8.8.8.8", False, False),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("192.0.2.1", False, False),
        ("8.8.8.8", False, False),
        ("2001:db8::1", False, False),
        ("224.0.0.1", False, False),
        ("255.255.255.255", False, False),
    ],
)
def test_plain_http_stays_near(address: str, loopback: bool, private: bool) -> None:
    assert near_enough(address, Reach.LOOPBACK) is loopback
    assert near_enough(address, Reach.PRIVATE) is private
    assert not near_enough(address, Reach.NEVER)


@pytest.mark.parametrize(
    ("url", "reach", "good"),
    [
        ("https://api.twilio.com", Reach.NEVER, True),
        ("https://api.twilio.com:8443/base?x=1", Reach.NEVER, True),
        ("http://127.0.0.1:8470", Reach.LOOPBACK, True),
        ("http://[::1]:8470", Reach.LOOPBACK, True),
        ("http://localhost:8470", Reach.LOOPBACK, True),
        ("http://phone.local:8080", Reach.PRIVATE, True),
        ("http://phone:8080", Reach.PRIVATE, True),
        ("http://phone.local:8080", Reach.LOOPBACK, False),
        ("http://sms.example", Reach.PRIVATE, False),
        ("http://localhost.sms.example", Reach.LOOPBACK, False),
        ("http://127.0.0.1:8470", Reach.NEVER, False),
        ("http://192.168.1.20", Reach.LOOPBACK, False),
        ("http://8.8.8.8", Reach.PRIVATE, False),
        ("https://user@api.twilio.com", Reach.NEVER, False),
        ("https://user:pw@api.twilio.com", Reach.NEVER, False),
        ("https://api.twilio.com/#x", Reach.NEVER, False),
        ("https://", Reach.NEVER, False),
        ("https://api.twilio.com:0", Reach.NEVER, False),
        ("https://api.twilio.com:99999", Reach.NEVER, False),
        ("file:///etc/passwd", Reach.PRIVATE, False),
        ("//api.twilio.com", Reach.NEVER, False),
        ("api.twilio.com", Reach.NEVER, False),
        ("javascript:alert(1)", Reach.PRIVATE, False),
        ("", Reach.PRIVATE, False),
        ("https://[::1", Reach.NEVER, False),
        ("https://a b/", Reach.NEVER, False),
        ("https://\x00/", Reach.NEVER, False),
        ("https://" + "a" * 70_000, Reach.NEVER, False),
    ],
)
def test_an_address_is_judged_before_it_is_stored(url: str, reach: Reach, good: bool) -> None:
    problem = address_problem(url, reach)
    assert (problem is None) is good


async def test_a_name_is_judged_by_what_it_means_when_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meaning = {"phone.local": ["192.168.1.20"], "mixed.local": ["192.168.1.20", "8.8.8.8"]}

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, 1, 6, "", (one, 80)) for one in meaning[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert await judged_host(httpx.URL("http://phone.local:8080"), Reach.PRIVATE) == "192.168.1.20"
    with pytest.raises(TooFarError):
        await judged_host(httpx.URL("http://mixed.local:8080"), Reach.PRIVATE)
    with pytest.raises(TooFarError):
        await judged_host(httpx.URL("http://phone.local:8080"), Reach.LOOPBACK)


async def test_a_number_in_disguise_is_judged_as_the_address_it_is() -> None:
    assert await judged_host(httpx.URL("http://2130706433/"), Reach.LOOPBACK) == "127.0.0.1"
    with pytest.raises(TooFarError):
        await judged_host(httpx.URL("http://134744072/"), Reach.PRIVATE)


async def test_with_https_the_name_itself_is_kept_for_the_certificate() -> None:
    assert await judged_host(httpx.URL("https://api.twilio.com"), Reach.NEVER) == "api.twilio.com"


SECRET = 'p/ä+ß &"<%1'


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        quote(SECRET),
        quote(SECRET, safe=""),
        quote(SECRET, safe="").lower(),
        quote_plus(SECRET),
        json.dumps(SECRET),
        json.dumps(SECRET, ensure_ascii=False),
        html.escape(SECRET),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="),
        f"http://h/?password={quote_plus(SECRET)}&to=1",
    ],
)
def test_a_secret_is_found_in_disguise(form: str) -> None:
    redacted = Redactor([SECRET, "other"])(f"before {form} after")
    assert "•••" in redacted
    assert redacted.startswith("before ")
    assert redacted.endswith(" after")
    for piece in (SECRET, form.strip('"')):
        assert piece not in redacted


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), st.text())
def test_no_secret_survives_anywhere(secrets: list[str], text: str) -> None:
    redacted = Redactor(secrets)("".join(secrets) + text)
    for secret in secrets:
        if secret and not set(secret) & set("•"):
            assert secret not in redacted


def test_a_redactor_without_secrets_changes_nothing_and_shows_nothing() -> None:
    assert Redactor([])("as it was") == "as it was"
    assert SECRET not in repr(Redactor([SECRET]))
