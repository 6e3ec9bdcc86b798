"""Signatures known to be right: made by the vendors' own libraries, checked by ours.

Each was made with the library named beside it, from the values below, so that signer and checker
share no mistake. Then every one is spoilt in every way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from gateways.setups import acme, packaged
from shopbell.errors import BadInput
from shopbell.gateways.pushed import Pushed, said_in
from shopbell.gateways.signatures import METHODS, Sign, SignKey, SignKind, genuine
from shopbell.gateways.signed_texts import params_text, plivo_v2_text, twilio_texts

AT = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
"""1795534920, the moment in every signature that holds one."""
URL = "https://shop.example/Sesame0123456789/inbound"
FORM = b"MessageSid=SM1&From=%2B12125550142&Body=STOP+%26+go&Empty="
PLIVO_FORM = b"MessageUUID=P1&From=%2B12125550142&Text=STOP"
VONAGE_FORM = (
    b"msisdn=12125550142&to=12125550100&messageId=V1&text=STOP+%26+go+%3D+now&type=text"
    b"&message-timestamp=2026-11-24+15%3A42%3A00&timestamp=1795534920&nonce=n0nce"
)
SINCH_BODY = b'{"type":"mo_text","id":"S1","from":"12125550142","body":"STOP"}'
BIRD_BODY = b'{"originator":"12125550142","body":"STOP"}'
BIRD_URL = "https://shop.example/Sesame0123456789/all"
HEAD = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
BIRD_TOKEN = (
    f"{HEAD}.eyJpc3MiOiJNZXNzYWdlQmlyZCIsIm5iZiI6MTc5NTUzNDkyMCwiZXhwIjoxNzk1NTM0OTgwLCJqdGkiOiJq"
    "MSIsInVybF9oYXNoIjoiNzY4NGJkYjllY2Y0NmU3ODdmZGZjYzBmNTNiNDc2ZWQxYzRhYzAyNzJlZWZmYzM0ZTIzZjVi"
    "NDM2OThjOTM4MSIsInBheWxvYWRfaGFzaCI6IjE0NWFiZDlmZDI1NWQ5Njk3ZTEyNGRmZjU5OTZjNmU4YzlhYjBmMGE0"
    "OGNlOTdhZTNjZTJmMDI1YmU1MjE0NmQifQ.BA0Kyqe--SaOntJo1cBcSJaYi0jhklfaUCFvuyFBlq0"
)
BIRD_GET_TOKEN = (
    f"{HEAD}.eyJpc3MiOiJNZXNzYWdlQmlyZCIsIm5iZiI6MTc5NTUzNDkyMCwiZXhwIjoxNzk1NTM0OTgwLCJqdGkiOiJq"
    "MiIsInVybF9oYXNoIjoiNjFkMDE5NDY1MGU0MjZkZDNiMzJiMWIwMzE4N2RmNTZmMjc3MzE1N2IyMDJlNTI1YmY1MjMx"
    "MWUwZDRjYTEwMyJ9.JEdiNhQY2RRQobcfWn4pHO6dNh3zniLGv2VM_gLRrSg"
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """One signature made elsewhere."""

    made_by: str
    preset: str
    way: int = 0
    """Which of the preset's ways."""
    key: str = "12345"
    method: str = ""
    url: str = URL
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    says_when: bool = False
    covers_body: bool = True

    @property
    def sign(self) -> Sign:
        hook = packaged(self.preset).hook
        assert hook is not None
        return hook.signs[self.way]

    @property
    def pushed(self) -> Pushed:
        return Pushed(url=self.url, headers=self.headers, body=self.body)

    def holds(self, pushed: Pushed, *, key: str | None = None, now: datetime = AT) -> bool:
        held = SignKey(key=self.key if key is None else key, user="shop", method=self.method)
        return genuine(self.sign, held, pushed, now)


def twilio(made: str, way: int, signature: str, url: str = URL) -> Known:
    headers = {"x-twilio-signature": signature}
    return Known(made_by=made, preset="twilio", way=way, url=url, headers=headers, body=FORM)


def plivo(way: int, signature: str, url: str = URL, body: bytes = PLIVO_FORM) -> Known:
    nonce = "n0nce" if way == 0 else "05429567804466091622"
    header = f"x-plivo-signature-v{3 - way}"
    return Known(
        made_by="plivo 4.63.0",
        preset="plivo",
        way=way,
        url=url,
        headers={header: signature, f"{header}-nonce": nonce},
        body=body,
        covers_body=way == 0,
    )


def vonage(method: str, signature: str) -> Known:
    return Known(
        made_by="vonage-http-client 1.5.2",
        preset="vonage-sms",
        key="hook-key",
        method=method,
        body=VONAGE_FORM + b"&sig=" + signature.encode(),
        says_when=True,
    )


PORT_URL = URL.replace("shop.example", "shop.example:443")
ASKED_URL = f"{URL}?From=%2B12125550142&Text=STOP&MessageUUID=P1"
KNOWN = (
    twilio("twilio 9.13.0", 0, "wQA+DrO0V+wDFrxljuJ2LqlOfZM="),
    twilio("twilio 9.13.0 with a query", 0, "5L5pchEa0Fw2cVH/07Djte6yJBw=", f"{URL}?a=1&b=2"),
    twilio("twilio 9.13.0 with the port signed", 0, "0AS+PnOUtxxwjzmQjgw1T1IB298="),
    twilio("twilio 9.13.0 with the port told", 0, "wQA+DrO0V+wDFrxljuJ2LqlOfZM=", PORT_URL),
    twilio("twilio 9.13.0, HMAC_SHA1, shared key", 1, "wQA+DrO0V+wDFrxljuJ2LqlOfZM="),
    twilio("twilio 9.13.0, HMAC_SHA256", 2, "d0W+vSxaHZy2t5ZzrI0ahqCEY/keOwIXohgIGM9jQrI="),
    twilio(
        "twilio 9.13.0, HMAC_SHA256 with a query",
        2,
        "AcG4j02Ngnk4378vYNzyni/Xyy3ojl6DV77U7XVoIRg=",
        f"{URL}?a=1&b=2",
    ),
    plivo(0, "0lwpVk/eg2BDOLpH1HeUUIWBnsK9h8wIKM3QqSCU5Pg="),
    plivo(0, "Z9nRzGEp1uA85eZwbiwLyp+Ag4crhzUvDixfm7ferK8=", f"{URL}?b=2&a=1"),
    plivo(0, "FkUUx56IllNoLoDEsVneMzDadiJ2OTo68pi7d7Wkg2c=", ASKED_URL, b""),
    plivo(1, "5o6Q855n9xRAGc5N0qge6KAqSX+cN/iRlq/I+Lgz6YA="),
    plivo(1, "5o6Q855n9xRAGc5N0qge6KAqSX+cN/iRlq/I+Lgz6YA=", ASKED_URL, b""),
    vonage("md5-hmac", "fc58f77b0a93d3a18b4dd208bfa1a532"),
    vonage("sha1-hmac", "6527b6e4bac83b2e69bb112832b2ccdbc510164e"),
    vonage("sha256-hmac", "9de661294c2cc8bd32e334a1a30cccc25082573c086213fbd20e77c08b9da11a"),
    vonage(
        "sha512-hmac",
        "00a92ff325ce2396cd59587342016988d942280dd83ddd12878372a00dc5875c"
        "c8745ef3c16f108bd9c6c46c2eaf5ed5e82fd3077c5353732a0486f312288031",
    ),
    vonage("md5", "8b07f6ceeb39b6ce3a0393fb07e0b3b7"),
    Known(
        made_by="sinch 2.3.0",
        preset="sinch",
        key="hook-key",
        headers={
            "x-sinch-webhook-signature": "sWlc0GTLItIGt/9CNbL7hOi6rAP6Oq7TE0bxsmEfa4E=",
            "x-sinch-webhook-signature-nonce": "n0nce",
            "x-sinch-webhook-signature-timestamp": "1795534920",
        },
        body=SINCH_BODY,
        says_when=True,
    ),
    Known(
        made_by="PyJWT 2.15.1, with the claims of messagebird 2.2.0",
        preset="messagebird",
        key="hook-key",
        url=BIRD_URL,
        headers={"messagebird-signature-jwt": BIRD_TOKEN},
        body=BIRD_BODY,
        says_when=True,
    ),
    Known(
        made_by="PyJWT 2.15.1, with the claims of messagebird 2.2.0 for a push without a body",
        preset="messagebird",
        key="hook-key",
        url=f"{BIRD_URL}?originator=12125550142&body=STOP",
        headers={"messagebird-signature-jwt": BIRD_GET_TOKEN},
        says_when=True,
    ),
)
each = pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known.made_by}-{known.method}")


@each
def test_a_signature_made_by_the_vendors_library_is_good(known: Known) -> None:
    assert known.holds(known.pushed)


@each
def test_another_key_or_none_makes_it_bad(known: Known) -> None:
    for key in ("", "12346", "Hook-key", known.key + " ", known.key[:-1], "\x00", "é" * 40):
        assert not known.holds(known.pushed, key=key), key


@each
def test_every_letter_that_is_changed_in_the_body_is_noticed(known: Known) -> None:
    if not known.covers_body:
        return
    body = known.body
    letters = [place for place, byte in enumerate(body) if chr(byte).isalnum()]
    spoilt = [body[:place] + b"_" + body[place + 1 :] for place in letters]
    for changed in (*spoilt, body + b"&Text=go", b"x=1&" + body, b"Text=go"):
        # Some letters only spell an escape in another way: what is read must differ.
        if said_in(known.url, changed) != said_in(known.url, body):
            assert not known.holds(replace(known.pushed, body=changed)), changed


@each
def test_another_address_is_noticed_where_the_address_is_signed(known: Known) -> None:
    if known.preset in ("vonage-sms", "sinch"):
        return
    for url in ("https://other.example/x/inbound", known.url.replace("S", "s"), f"{known.url}x"):
        if known.preset == "plivo" and "?" in known.url and known.way == 1 and url.endswith("Px"):
            continue
        bad = url if "?" not in url or known.way == 0 else url.replace("shop", "shoq")
        assert not known.holds(replace(known.pushed, url=bad)), bad


@each
def test_every_header_is_needed_as_it_is(known: Known) -> None:
    for name, value in known.headers.items():
        swapped = value.swapcase() if value.swapcase() != value else value[::-1]
        for bad in ("", value[:-2], value + "A", swapped, "%%%", "é", "x" * 20_000):
            assert not known.holds(replace(known.pushed, headers=known.headers | {name: bad})), name
        fewer = {other: said for other, said in known.headers.items() if other != name}
        assert not known.holds(replace(known.pushed, headers=fewer))


@each
def test_what_says_when_it_was_signed_is_good_for_minutes_only(known: Known) -> None:
    later, earlier = AT + timedelta(seconds=301), AT - timedelta(seconds=301)
    assert known.holds(known.pushed, now=later) is not known.says_when
    assert known.holds(known.pushed, now=earlier) is not known.says_when
    assert known.holds(known.pushed, now=AT + timedelta(seconds=59))


@each
def test_another_scheme_takes_nothing_of_it(known: Known) -> None:
    for other in KNOWN:
        if other.sign != known.sign and other.sign.kind is not known.sign.kind:
            held = SignKey(key=known.key, user="shop", method=known.method)
            assert not genuine(other.sign, held, known.pushed, AT), other.made_by


def test_every_scheme_that_hashes_values_is_among_the_known_ones() -> None:
    kinds = {known.sign.kind for known in KNOWN} | {
        # These are signed in test_signatures by the very library that checks them, or by hand.
        SignKind.ED25519,
        SignKind.BASIC,
    }
    assert kinds == set(SignKind)
    assert {known.method for known in KNOWN if known.method} == set(METHODS)


@pytest.mark.parametrize("method", ["", "sha256", "sha3", "MD5", "none", "md5-hash"])
def test_a_method_nobody_knows_makes_nothing_good(method: str) -> None:
    known = replace(vonage("md5", "8b07f6ceeb39b6ce3a0393fb07e0b3b7"), method=method)
    assert not known.holds(known.pushed)
    empty = replace(known, body=VONAGE_FORM + b"&sig=")
    assert not empty.holds(empty.pushed)


def test_a_weaker_method_than_the_account_says_is_refused() -> None:
    for known in KNOWN:
        for method in METHODS:
            if known.preset == "vonage-sms" and method != known.method:
                assert not replace(known, method=method).holds(known.pushed)


def test_a_name_that_could_pass_for_several_values_is_refused() -> None:
    """`a=1&b=2` signed is not `"a=1&b"` that is `2`: else a sender could be hidden in a name."""
    assert params_text({"a": "1", "b": "2"}, "sig") == "&a=1&b=2"
    assert params_text({"a=1&b": "2"}, "sig") is None
    assert params_text({"b": "2", "a": "1&b=2", "sig": "x"}, "sig") == "&a=1_b_2&b=2"
    assert params_text({"": "2"}, "sig") is None
    assert params_text({"n" * 65: "2"}, "sig") is None
    assert params_text({"sig": "x"}, "sig") is None


def test_what_is_read_is_what_was_signed_and_never_the_query_beside_a_body() -> None:
    assert said_in(f"{URL}?text=GO", b"text=STOP") == {"text": "STOP"}
    assert said_in(f"{URL}?text=GO&text=STOP", b" \r\n") == {"text": "STOP"}
    assert said_in(URL, b'{"text": "STOP", "n": 7, "no": null, "ok": true}') == {
        "text": "STOP",
        "n": "7",
        "no": "",
        "ok": "true",
    }
    for odd in (b"[1]", b"7", b'"x"', b"null", b"[" * 60_000):
        assert "text" not in said_in(f"{URL}?text=GO", odd)


def test_the_address_is_signed_with_the_port_or_without_it() -> None:
    texts = twilio_texts(Pushed(url="https://shop.example/x?a=1", headers={}, body=b"b=2"))
    assert texts == ("https://shop.example/x?a=1b2", "https://shop.example:443/x?a=1b2")
    texts = twilio_texts(Pushed(url="http://[::1]:8080/x", headers={}, body=b""))
    assert texts == ("http://[::1]:8080/x", "http://[::1]/x")
    signed = plivo_v2_text(Pushed(url="https://shop.example/x?a=1", headers={}, body=b"y"), "7")
    assert signed == "https://shop.example/x7"


@pytest.mark.parametrize(
    ("sign", "place"),
    [
        ('kind = "params"\nkey = "k"\nheader = "sig"', "hook.sign.method"),
        ('kind = "params"\nkey = "k"\nheader = "sig"\nmethod = "crc32"', "hook.sign.method"),
        ('kind = "rot13"\nkey = "k"\nheader = "X"', "hook.sign.kind"),
        ('kind = "twilio"\nheader = "X"', "hook.sign.key"),
        ('kind = "twilio"\nkey = "k"', "hook.sign.header"),
        ('kind = "twilio"\nkey = "k"\nheader = "X Y"', "hook.sign.header"),
        ('kind = "twilio"\nkey = "{text}"\nheader = "X"', "hook.sign.key"),
        ('kind = "hmac_body"\nkey = "k"\nheader = "X"', "hook.sign.parts"),
        ('kind = "hmac_body"\nkey = "k"\nheader = "X"\nbase64 = "yes"', "hook.sign"),
        ('kind = "ed25519"\nkey = "k"\nheader = "X"\ncolour = "red"', "hook.sign.colour"),
    ],
)
def test_a_preset_with_a_mistake_in_its_signature_is_refused(sign: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        acme(f"[hook.sign]\n{sign}\n")
    assert place in caught.value.message


def test_a_preset_may_name_several_ways_and_each_is_read_strictly() -> None:
    way = '[[hook.sign]]\nkind = "twilio"\nkey = "k"\nheader = "X"\n'
    hook = acme(way, way.replace("twilio", "twilio_sha256")).hook
    assert hook is not None
    assert [sign.kind for sign in hook.signs] == [SignKind.TWILIO, SignKind.TWILIO_SHA256]
    with pytest.raises(BadInput, match=r"hook\.sign\[1\]\.kind"):
        acme(way, way.replace("twilio", "none"))
    with pytest.raises(BadInput, match=r"hook\.sign"):
        acme('[hook]\nsign = "twilio"')
