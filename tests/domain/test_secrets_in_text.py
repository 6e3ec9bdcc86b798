from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.secrets_in_text import SecretKind, secrets_in

CARD, IBAN, SSN = SecretKind.CARD, SecretKind.IBAN, SecretKind.SSN
PIN, PASSWORD = SecretKind.PIN, SecretKind.PASSWORD
ONE_TIME, SECURITY_CODE = SecretKind.ONE_TIME_CODE, SecretKind.SECURITY_CODE


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("card 4111 1111 1111 1111 please", CARD, "4111 1111 1111 1111"),
        ("4111-1111-1111-1111", CARD, "4111-1111-1111-1111"),
        ("4111111111111111.", CARD, "4111111111111111"),
        ("4111.1111.1111.1111", CARD, "4111.1111.1111.1111"),
        ("41 11 11 11 11 11 11 11", CARD, "41 11 11 11 11 11 11 11"),
        ("4111\u00a01111\u20111111\u20131111", CARD, "4111\u00a01111\u20111111\u20131111"),
        ("\uff14111 1111 1111 1111", CARD, "\uff14111 1111 1111 1111"),
        ("4111 1111 1111 1111 12/27 ok", CARD, "4111 1111 1111 1111"),
        ("order 4711 4111 1111 1111 1111", CARD, "4111 1111 1111 1111"),
        ("3782 822463 10005", CARD, "3782 822463 10005"),
        ("378282246310005", CARD, "378282246310005"),
        ("3056 930902 5904", CARD, "3056 930902 5904"),
        ("5555 5555 5555 4444", CARD, "5555 5555 5555 4444"),
        ("2223003122003222", CARD, "2223003122003222"),
        ("6011 1111 1111 1117", CARD, "6011 1111 1111 1117"),
        ("3530111333300000", CARD, "3530111333300000"),
        ("4222222222222", CARD, "4222222222222"),
        ("4000000000000000006", CARD, "4000000000000000006"),
        ("card no: 9792 0303 9444 0796", CARD, "9792 0303 9444 0796"),
        ("cvv 123", SECURITY_CODE, "123"),
        ("the CVC code is: 1234", SECURITY_CODE, "1234"),
        ("pay to DE89 3704 0044 0532 0130 00 thanks", IBAN, "DE89 3704 0044 0532 0130 00"),
        ("GB82WEST12345698765432", IBAN, "GB82WEST12345698765432"),
        ("gb82 west 1234 5698 7654 32.", IBAN, "gb82 west 1234 5698 7654 32"),
        ("NO93 8601 1117 947", IBAN, "NO93 8601 1117 947"),
        ("FR1420041010050500013M02606", IBAN, "FR1420041010050500013M02606"),
        ("my number is 536-90-4399", SSN, "536-90-4399"),
        ("536\u201190\u20114399", SSN, "536\u201190\u20114399"),
        ("912-91-3457", SSN, "912-91-3457"),
        ("SSN: 536904399", SSN, "536904399"),
        ("social security number 536 90 4399", SSN, "536 90 4399"),
        ("password: tulip", PASSWORD, "tulip"),
        ("The wifi password is Rosen!garten", PASSWORD, "Rosen!garten"),
        ("wifi password tulip2026", PASSWORD, "tulip2026"),
        ("passcode = 'abc'", PASSWORD, "abc"),
        ("Passwort lautet Blume", PASSWORD, "Blume"),
        ("contrase\u00f1a: flores", PASSWORD, "flores"),
        ("mot de passe: fleurs", PASSWORD, "fleurs"),
        ("Your PIN is 4821", PIN, "4821"),
        ("PIN: 4821", PIN, "4821"),
        ("gift card pin code 48213", PIN, "48213"),
        ("your verification code is 482913", ONE_TIME, "482913"),
        ("Login code: 482 913", ONE_TIME, "482 913"),
        ("one-time password 482913", ONE_TIME, "482913"),
        ("OTP 482913", ONE_TIME, "482913"),
        ("482913 is your Bank of Ferns security code", ONE_TIME, "482913"),
    ],
)
def test_a_secret_is_found_where_it_stands(text: str, kind: SecretKind, secret: str) -> None:
    found = secrets_in(text)
    assert [(one.kind, text[one.start : one.end]) for one in found] == [(kind, secret)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Your order 4711 is ready.",
        "Order no. 2026-11-24-0017 is ready",
        "Order 4711, 4712 and 4713 are ready, pay 12.50 at the counter",
        "Call us: +1 212 555 0142 or (212) 555-0143",
        "Call 212-555-0142 212-555-0143 212-555-0144",
        "+44 7700 900123 / +44 7700 900456",
        "+33 1 99 00 00 01",
        "Sale: 4 roses 10.00, 12 tulips 24.00, 20 lilies 48.50",
        "Tue 24 Nov 10:00-18:00, Wed 25 Nov 10:00-18:00",
        "2026-11-24 10:00",
        "24.11.2026 10.30 Uhr",
        "Open 9-6, closed 24-12 to 26-12",
        "Your parcel 1Z999AA10123456784 is here",
        "Repair 4471 of IMEI 490154203237518 is done",
        "ISBN 978-3-16-148410-0 has arrived",
        "EAN 4006381333931",
        "4111 1111 1111 1112 has a wrong digit",
        "0000 0000 0000 0000",
        "000-12-3456 and 666-12-3456",
        "536-90-43991",
        "Use code 2026 for 10% off",
        "Show code SAVE10 at the till",
        "4711 is your pick-up code",
        "Your order code is 4711",
        "Pin 12 flowers on the wall",
        "Reset your password at the counter",
        "Your password is required at the till",
        "Please never send us your password.",
        "Password protected vases, only 20",
        "GB82 is the road, 12 the number, take the exit WEST",
        "DE89 3704 0044 0532 0130 01",
        "The alpine gardens open at 1000",
        "Spinning class 1800, pins 4821 cents",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    ],
)
def test_everyday_numbers_raise_no_alarm(text: str) -> None:
    assert secrets_in(text) == ()


def test_every_secret_of_a_text_is_found() -> None:
    text = "PIN 4821, card 4111111111111111, again 5555555555554444"
    assert [one.kind for one in secrets_in(text)] == [PIN, CARD, CARD]


@pytest.mark.parametrize(
    "text",
    [
        "4 " * 10_000,
        "4" * 100_000,
        "password " * 12_000,
        "de12 " * 2_000,
        "a1" * 50_000,
        " " * 100_000,
    ],
    ids=["digits", "one run", "words", "almost accounts", "mixed", "blanks"],
)
def test_a_huge_text_is_read_too(text: str) -> None:
    assert secrets_in(text + ". Your PIN is 4821")[-1].kind is PIN


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_card_number_is_found_between_any_words(before: str, after: str) -> None:
    text = f"{before} card 4111 1111 1111 1111, {after}"
    start = len(before) + len(" card ")
    assert any(one.kind is CARD and one.start <= start < one.end for one in secrets_in(text))


@given(st.text(max_size=200))
def test_reading_never_fails_and_spans_lie_in_the_text(text: str) -> None:
    for one in secrets_in(text):
        assert 0 <= one.start < one.end <= len(text)
