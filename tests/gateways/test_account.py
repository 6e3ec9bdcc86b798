"""Accounts: what is missing or can't be sent is named before anything is stored."""

from __future__ import annotations

import pytest

from gateways.setups import PACKAGED, acme, packaged
from shopbell.errors import BadInput
from shopbell.gateways.account import MAX_FIELD_CHARS, check_account
from shopbell.gateways.values import account_values, secrets_of

GOOD = {
    "practice": {"token": "t"},
    "smsgate-local": {"host": "192.168.1.20", "user": "sms", "password": "p"},
    "twilio": {"sid": "AC1", "token": "t", "from": "+12125550100"},
    "kannel": {"user": "shop", "password": "p"},
    "generic": {"url": "https://sms.example/send"},
    "smsgate-cloud": {"user": "sms", "password": "p", "device": "d1"},
    "smsgate-private": {
        "user": "sms",
        "password": "p",
        "device": "d1",
        "address": "http://192.168.1.20:3000/api/3rdparty/v1",
    },
    "telnyx": {"key": "k", "from": "+12125550100"},
    "infobip": {"key": "k", "from": "12125550100", "address": "https://xyz123.api.infobip.com"},
    "sinch": {"plan": "p", "token": "t", "from": "12125550100"},
    "clicksend": {"user": "shop@example.com", "key": "k"},
    "vonage-sms": {"key": "k", "secret": "s", "from": "12125550100"},
    "vonage-messages": {"key": "k", "secret": "s", "from": "12125550100"},
    "messagebird": {"key": "k", "from": "Fern Finch"},
    "plivo": {"id": "MA1", "token": "t", "from": "+12125550100"},
    "bandwidth": {
        "account": "55",
        "user": "shop",
        "password": "p",
        "application": "a-1",
        "from": "+12125550100",
    },
    "httpsms": {"key": "k", "from": "+12125550100"},
    "textbee": {"key": "k", "device": "d1"},
    "textbelt": {"key": "k"},
    "jasmin": {"user": "shop", "password": "p", "word": "A" * 16},
    "playsms": {"address": "https://sms.example/playsms", "user": "shop", "token": "t"},
}


def complaint(name: str, **changes: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        check_account(packaged(name), GOOD[name] | changes)
    return caught.value


@pytest.mark.parametrize("name", PACKAGED)
def test_a_good_account_passes(name: str) -> None:
    check_account(packaged(name), GOOD[name])


@pytest.mark.parametrize("name", PACKAGED)
def test_every_required_field_is_asked_for_by_name(name: str) -> None:
    for field in packaged(name).account:
        if not field.field.optional:
            error = complaint(name, **{field.field.key: ""})
            assert f"({field.field.key}) is missing" in error.message


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("twilio", {"sid": "AC1/../x"}, "Account SID (sid) does not look right"),
        ("twilio", {"from": "2125550100"}, "(from) does not look right"),
        ("twilio", {"token": "a\nb"}, "Auth token (token) holds a character that can't be sent"),
        ("twilio", {"token": "a\ud800"}, "holds a character"),
        ("twilio", {"token": "x" * (MAX_FIELD_CHARS + 1)}, "is too long"),
        ("twilio", {"colour": "red"}, "no field 'colour'"),
        ("twilio", {"address": "http://api.twilio.com"}, "address of Twilio"),
        ("twilio", {"address": "ftp://api.twilio.com"}, "address of Twilio is not a web address"),
        ("twilio", {"address": "https://me:pw@api.twilio.com"}, "must not hold a user name"),
        ("smsgate-local", {"host": "8.8.8.8"}, "only in your own network"),
        ("smsgate-local", {"host": "phone/@evil"}, "(host) does not look right"),
        ("smsgate-local", {"port": "0"}, "(port) does not look right"),
        ("practice", {"url": "http://192.168.1.20:8470"}, "only on this computer"),
        ("generic", {"shape": "xml"}, "(shape) must be one of json, form, query"),
        ("generic", {"header": "X Y"}, "(header) does not look right"),
        ("generic", {"header": "X-Key", "header_value": "naïve"}, "X-Key holds a character"),
        ("kannel", {"parts": "0"}, "(parts) does not look right"),
        ("kannel", {"listen": "http://127.0.0.1:18080"}, "listening address"),
        ("kannel", {"listen": "http://0.0.0.0:18080", "word": "A" * 16}, "listening address"),
        ("kannel", {"listen": "http://8.8.8.8:18080", "word": "A" * 16}, "listening address"),
        ("kannel", {"listen": "https://127.0.0.1:1", "word": "A" * 16}, "listening address"),
        ("kannel", {"listen": "http://127.0.0.1", "word": "A" * 16}, "listening address"),
        ("kannel", {"listen": "http://shop.example:1", "word": "A" * 16}, "listening address"),
        ("kannel", {"listen": "nonsense", "word": "A" * 16}, "listening address"),
        ("kannel", {"word": "short"}, "(word) does not look right"),
    ],
)
def test_what_can_not_work_is_refused(name: str, changes: dict[str, str], words: str) -> None:
    assert words in complaint(name, **changes).message


@pytest.mark.parametrize("name", PACKAGED)
def test_a_refusal_never_repeats_a_secret(name: str) -> None:
    for field in packaged(name).account:
        if field.field.secret:
            error = complaint(name, **{field.field.key: "hunter2\x00"})
            assert "hunter2" not in error.message + error.hint


@pytest.mark.parametrize(
    "listen", ["http://127.0.0.1:18080", "http://localhost:18080", "http://192.168.1.5:18080"]
)
def test_kannel_may_reach_us_on_this_computer_or_in_our_network(listen: str) -> None:
    check_account(packaged("kannel"), GOOD["kannel"] | {"listen": listen, "word": "A" * 16})


def test_defaults_stand_in_for_empty_fields_and_masks_for_secrets() -> None:
    twilio = packaged("twilio")
    account = {"sid": "AC1", "token": "hunter2", "from": "+12125550100", "address": ""}
    assert account_values(twilio, account) == {
        "account.sid": "AC1",
        "account.token": "hunter2",
        "account.from": "+12125550100",
        "account.address": "https://api.twilio.com",
        "account.signing": "",
        "account.listen": "",
        "account.word": "",
        "account.public": "",
    }
    assert account_values(twilio, account, masked=True)["account.token"] == "•••"
    assert secrets_of(twilio, account) == ("hunter2",)


def test_a_mask_does_not_pretend_there_is_a_secret() -> None:
    assert account_values(acme(), {"url": "http://127.0.0.1:1"}, masked=True) == {
        "account.url": "http://127.0.0.1:1",
        "account.token": "",
    }


def test_the_word_a_preset_itself_gives_away_is_no_secret() -> None:
    practice = packaged("practice")
    assert secrets_of(practice, {"token": "practice"}) == ()
    assert secrets_of(practice, {"token": "Practice"}) == ("Practice",)
