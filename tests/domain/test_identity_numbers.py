"""Numbers a state gives to a person, and dates of birth, never travel in a text."""

from __future__ import annotations

import pytest

from builders import a_draft
from gate_cases import SERVICE, Case
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.identity_numbers import birth_dates, identity_numbers
from shopbell.domain.secrets_in_text import SecretKind, secrets_in


def found_in(text: str) -> list[str]:
    return [text[start:end] for start, end in identity_numbers(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Your NINO is AB123456C", "AB123456C"),
        ("national insurance AB 12 34 56 C, thanks", "AB 12 34 56 C"),
        ("AB-12-34-56-C", "AB-12-34-56-C"),
        ("DNI 12345678Z", "12345678Z"),
        ("su NIE es X-1234567-L", "X-1234567-L"),
        ("codice fiscale RSSMRA85T10A562S", "RSSMRA85T10A562S"),
        ("rssmra85t10a562s", "rssmra85t10a562s"),
        ("1 85 05 78 006 084 91", "1 85 05 78 006 084 91"),
        ("num\u00e9ro 185057800608491.", "185057800608491"),
        ("390.533.447-05", "390.533.447-05"),
        ("seu CPF: 39053344705", "39053344705"),
        ("Steuer-ID: 36 574 261 809", "36 574 261 809"),
        ("Ihre Steueridentifikationsnummer lautet 36574261809", "36574261809"),
        ("SIN: 123 456 782", "123 456 782"),
        ("Social insurance number 123-456-782", "123-456-782"),
        ("your TFN is 123 456 782", "123 456 782"),
        ("Tax file number: 123456782", "123456782"),
        ("ID number 7503305044089", "7503305044089"),
        ("Aadhaar 2341 2341 2346", "2341 2341 2346"),
        ("PPS number: 6433435F", "6433435F"),
        ("BSN 111222333", "111222333"),
    ],
)
def test_the_number_of_a_person_is_found_where_it_stands(text: str, number: str) -> None:
    assert found_in(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Order AB123456 is ready",
        "Order AB1234567C is ready",
        "BG123456C, DA123456C and AO123456C begin as no such number does",
        "AB123456E ends as none does",
        "Frame 12345678A is in",  # the letter is not the one the digits ask for
        "Bike frame WX-1234567-LL",
        "RSSMRA85T10A562T",
        "185057800608492",
        "390.533.447-06",
        "CPF at the till, order 39053344706",
        "Order 36574261809 is ready",
        "SIN: 123 456 783",
        "Pan sin gluten, 123456782",
        "call 912345678, sin compromiso",
        "your order id is 7503305044088",
        "Call (212) 555-0142 or +44 7700 900123",
        "Tue 24 Nov 10:00-18:00, Wed 25 Nov 10:00-18:00",
        "ISBN 978-3-16-148410-0 has arrived",
        "PPS: we are open until 6433435",
    ],
)
def test_everyday_numbers_are_nobodys(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Dana Reyes, born 3 March 1984, is on the list", "3 March 1984"),
        ("born on the day, born on 3rd of March 1984", "3rd of March 1984"),
        ("date of birth: 03/03/1984", "03/03/1984"),
        ("DOB 3.3.84", "3.3.84"),
        ("D.O.B. is 1984-03-03", "1984-03-03"),
        ("Birthdate March 3, 1984", "March 3, 1984"),
        ("geboren am 3. M\u00e4rz 1984", "3. M\u00e4rz 1984"),
        ("n\u00e9e le 3 mars 1984", "3 mars 1984"),
        ("nacida el 3 de marzo de 1984", "3 de marzo de 1984"),
        ("Fecha de nacimiento: 3/3/1984", "3/3/1984"),
        ("data di nascita 03-03-1984", "03-03-1984"),
    ],
)
def test_a_full_date_of_birth_is_found(text: str, date: str) -> None:
    assert [text[start:end] for start, end in birth_dates(text)] == [date]


@pytest.mark.parametrize(
    "text",
    [
        "Our shop was born on 3 March 1984",
        "We were born 3 March 1984, come and celebrate",
        "Happy birthday on 3 March",
        "Born in March? Cake is free",
        "Your birthday cake is ready, 3 March 2026",
        "Ready on 3 March 2026",
        "date of birth is not needed",
        "born 3 March",
    ],
)
def test_a_birthday_without_its_year_and_other_days_are_no_secret(text: str) -> None:
    assert list(birth_dates(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AB123456C", SecretKind.IDENTITY),
        ("born 3 March 1984", SecretKind.BIRTH_DATE),
        ("my number is 536-90-4399", SecretKind.SSN),
    ],
)
def test_each_is_one_secret_of_its_kind(text: str, kind: SecretKind) -> None:
    assert [one.kind for one in secrets_in(text)] == [kind]


@pytest.mark.parametrize("purpose", [SERVICE, Purpose.SAFETY])
@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Please bring this: AB123456C", "a national identity number"),
        ("We have you as born 3 March 1984", "a full date of birth"),
    ],
)
def test_the_gate_refuses_it_and_never_repeats_it(body: str, says: str, purpose: Purpose) -> None:
    case = Case(says="", draft=a_draft(body, purpose=purpose))
    (reason,) = case.decide().reasons
    assert (reason.code, reason.verdict) == (Code.SECRET_IN_TEXT, Verdict.REFUSE)
    assert reason.sentence == (
        f"There seems to be {says} in this text. Take it out; say it on the phone instead."
    )


@pytest.mark.parametrize(
    "text",
    ["1 " * 10_000, "AB" * 50_000, "sin " * 25_000, "id 1" * 25_000, "born on " * 12_000],
    ids=["digits", "letters", "names", "named digits", "births"],
)
def test_a_huge_text_is_read_too(text: str) -> None:
    assert found_in(text + " DNI 12345678Z")[-1] == "12345678Z"
    assert list(birth_dates(text + " born 3/3/1984"))
