from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_shop
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.segments import measure
from shopbell.domain.texts import Encoding, FinalText
from shopbell.domain.wording import final_text, names_the_shop, says_how_to_stop

MARKETING, SERVICE = Purpose.MARKETING, Purpose.SERVICE


def final(
    body: str,
    purpose: Purpose = MARKETING,
    *,
    name: str = "Fern & Finch",
    country: str | None = "US",
    footer_due: bool = False,
) -> FinalText:
    return final_text(body, a_shop(name=name), purpose, country, footer_due, packaged_rules())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Tulips today.", "Fern & Finch: Tulips today. STOP to end"),
        ("  Tulips today.\n", "Fern & Finch: Tulips today. STOP to end"),
        ("Fern & Finch: tulips", "Fern & Finch: tulips STOP to end"),
        ("FERN & FINCH - tulips", "FERN & FINCH - tulips STOP to end"),
        ("fern  &  finch has tulips", "fern  &  finch has tulips STOP to end"),
        ("Hi, this is Fern & Finch. Tulips!", "Hi, this is Fern & Finch. Tulips! STOP to end"),
        ("Hi, it\u2019s Fern & Finch", "Hi, it\u2019s Fern & Finch STOP to end"),
        ("News from Fern & Finch: tulips", "News from Fern & Finch: tulips STOP to end"),
        ("Fern & Finchley: tulips", "Fern & Finch: Fern & Finchley: tulips STOP to end"),
        ("I love Fern & Finch", "Fern & Finch: I love Fern & Finch STOP to end"),
        ("Tulips. Reply STOP to opt out", "Fern & Finch: Tulips. Reply STOP to opt out"),
        ("Tulips. Text STOP to end.", "Fern & Finch: Tulips. Text STOP to end."),
        ("Tulips. STOP2END", "Fern & Finch: Tulips. STOP2END"),
        ('Tulips. Reply "STOP" any time', 'Fern & Finch: Tulips. Reply "STOP" any time'),
        ("Tulips. reply stop to opt out", "Fern & Finch: Tulips. reply stop to opt out"),
        ("We stop to end the day", "Fern & Finch: We stop to end the day STOP to end"),
        ("Stop by today!", "Fern & Finch: Stop by today! STOP to end"),
        ("The bus STOP is closed", "Fern & Finch: The bus STOP is closed STOP to end"),
        ("one\r\ntwo\rthree", "Fern & Finch: one\ntwo\nthree STOP to end"),
        ("a\tb\x00\x1b[31m", "Fern & Finch: a b[31m STOP to end"),
        ("gnp\u202eexe \ud83c", "Fern & Finch: gnpexe STOP to end"),
        ("Cafe\u0301", "Fern & Finch: Caf\u00e9 STOP to end"),
        ("[/] {first_name}", "Fern & Finch: [/] {first_name} STOP to end"),
    ],
)
def test_a_text_is_signed_and_stoppable_once(body: str, text: str) -> None:
    assert final(body).text == text


@pytest.mark.parametrize(
    ("purpose", "footer_due", "footer"),
    [
        (MARKETING, False, " STOP to end"),
        (MARKETING, True, " STOP to end"),
        (SERVICE, True, " STOP to end"),
        (SERVICE, False, ""),
        (Purpose.CONVERSATION, True, ""),
        (Purpose.COMPLIANCE, True, ""),
        (Purpose.SAFETY, True, ""),
    ],
)
def test_the_footer_is_there_when_its_purpose_asks_for_it(
    purpose: Purpose, footer_due: bool, footer: str
) -> None:
    worded = final("Your order is ready.", purpose, footer_due=footer_due)
    assert worded.footer_added == footer
    assert worded.text == f"Fern & Finch: Your order is ready.{footer}"


@pytest.mark.parametrize(
    ("country", "footer"),
    [
        ("US", " STOP to end"),
        ("GB", " Opt out: reply STOP"),
        ("IE", " Opt out: reply STOP"),
        ("DE", " Abmelden: STOP"),
        ("ES", " BAJA: responde STOP"),
        ("IT", " STOP per uscire"),
        ("AU", " Reply STOP to opt out"),
        ("NZ", " Reply STOP to opt out (free)"),
        ("BR", " SAIR p/ sair"),
        ("ZA", " STOP to opt out (free)"),
        ("PR", " STOP to end"),
        (None, " STOP to end"),
    ],
)
def test_the_footer_is_the_one_of_the_numbers_country(country: str | None, footer: str) -> None:
    assert final("Tulips", country=country).footer_added == footer
    assert final(f"Tulips{footer}", country=country).footer_added == ""


def test_name_and_footer_are_counted() -> None:
    worded = final("a" * 134)
    assert (worded.units, worded.segments, worded.name_added) == (160, 1, True)
    assert final("a" * 135).segments == 2


def test_the_character_that_doubles_the_price_is_named() -> None:
    worded = final("It\u2019s tulips")
    assert (worded.encoding, worded.costly) == (Encoding.UCS2, ("\u2019",))


@pytest.mark.parametrize("body", ["", "  \n", "\x00\x1b", "\ud83c", "\u202e"])
def test_an_empty_text_stays_empty(body: str) -> None:
    worded = final(body)
    assert (worded.text, worded.segments, worded.name_added) == ("", 0, False)


def test_a_shop_without_a_name_signs_nothing() -> None:
    worded = final("Tulips", name=" \n ")
    assert worded.text == "Tulips STOP to end"
    assert not names_the_shop(worded, a_shop(name=" "))


def test_a_name_of_pattern_letters_is_only_a_name() -> None:
    assert final("(.*+?: hello", name="(.*+?").text == "(.*+?: hello STOP to end"
    assert final("anything", name="(.*+?").text == "(.*+?: anything STOP to end"


def test_the_last_check_sees_a_missing_name_and_footer() -> None:
    worded, rules = final("Tulips"), packaged_rules()
    assert names_the_shop(worded, a_shop())
    assert says_how_to_stop(worded, rules)
    bare = replace(worded, text="Tulips", name_added=False, footer_added="")
    assert not names_the_shop(bare, a_shop())
    assert not says_how_to_stop(bare, rules)


@given(st.text(max_size=120), st.sampled_from(Purpose), st.booleans())
def test_every_text_is_signed_measured_and_sendable(
    body: str, purpose: Purpose, footer_due: bool
) -> None:
    worded = final(body, purpose, footer_due=footer_due)
    if worded.text:
        assert names_the_shop(worded, a_shop())
        assert says_how_to_stop(worded, packaged_rules()) or purpose is not MARKETING
    size = measure(worded.text)
    assert (worded.units, worded.segments) == (size.units, size.segments)
    worded.text.encode()
    assert not any(ord(c) < 0x20 and c != "\n" for c in worded.text)


@given(st.text(max_size=120))
def test_wording_a_worded_text_again_changes_nothing(body: str) -> None:
    once = final(body).text
    assert final(once).text == once
