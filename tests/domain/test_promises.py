from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.promises import Frequency, promise_kept, promised_frequency
from shopbell.domain.topics import PROMISED_DAYS, PROMISED_N, sign_up_words, topic

LANGUAGES = packaged_rules().texts.templates.languages


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("Up to 4 msgs/month, weekdays 9-6.", (4, 30)),
        ("up to 4 a month", (4, 30)),
        ("UP TO 4 TEXTS A MONTH", (4, 30)),
        ("up to four texts a month", (4, 30)),
        ("Up to 4 offer texts/month", (4, 30)),
        ("Up to 4 offer & event texts/month", (4, 30)),
        ("4 messages per month", (4, 30)),
        ("4-6 texts a month", (6, 30)),
        ("4 to 6 texts a month", (6, 30)),
        ("no more than 2 texts a week", (2, 7)),
        ("at most twice a month", (2, 30)),
        ("at most once a week", (1, 7)),
        ("We text you once a week", (1, 7)),
        ("You'll hear from us twice a month.", (2, 30)),
        ("a text a day", (1, 1)),
        ("one text per year", (1, 365)),
        ("1 alert/day", (1, 1)),
        ("up to 4 texts every 14 days", (4, 14)),
        ("2 texts every two weeks", (2, 14)),
        ("a text a fortnight", (1, 14)),
        ("max 3 updates/wk", None),
        ("max 3 updates/week", (3, 7)),
        ("weekly offers", (1, 7)),
        ("2 weekly texts", (2, 7)),
        ("Monthly messages from us", (1, 30)),
        ("4 SMS max par mois", (4, 30)),
        ("4 SMS/mois maximum", (4, 30)),
        ("jusqu\u2019\u00e0 4 SMS par mois", (4, 30)),
        ("au plus deux messages par semaine", (2, 7)),
        ("2 SMS max toutes les 2 semaines", (2, 14)),
        ("max. 4 SMS al mes", (4, 30)),
        ("Hasta cuatro mensajes al mes", (4, 30)),
        ("como m\u00e1ximo 2 SMS por semana", (2, 7)),
        ("max. 3 SMS cada 10 dias", (3, 10)),
        ("max. 4 Angebote/Monat per SMS", (4, 30)),
        ("h\u00f6chstens 4 SMS pro Monat", (4, 30)),
        ("bis zu vier Nachrichten im Monat", (4, 30)),
        ("bis zu 4x im Monat", (4, 30)),
        ("max. 2 SMS alle 2 Wochen", (2, 14)),
        ("Up to 4\u00a0msgs / month", (4, 30)),
        ("Up to \uff14 texts a month", (4, 30)),
    ],
)
def test_a_promise_is_read_in_numbers(text: str, promise: tuple[int, int] | None) -> None:
    assert promised_frequency(text) == promise


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Msg frequency varies",
        "0 msgs/month",
        "We are open twice a week",
        "Save 4 dollars a month",
        "4 classes a week",
        "Text STOP to end, HELP for help",
        "2 texts",
        "a month of texts",
        "4.5 texts a month ago",
        "Reply 1 for offers, 2 for events",
        "Only when there is news about an order.",
        "text me",
    ],
)
def test_where_nothing_is_promised_nothing_is_read(text: str) -> None:
    if text.startswith("4.5"):
        assert promised_frequency(text) != (4, 30)
    else:
        assert promised_frequency(text) is None


def test_of_two_promises_the_tighter_one_holds() -> None:
    assert promised_frequency("Up to 4 texts a month, at most 2 a week") == (4, 30)
    assert promised_frequency("Up to 10 texts a month, at most 1 a week") == (1, 7)
    assert promised_frequency("1 text a week, that is 52 texts a year") == (52, 365)


def test_the_sign_up_sheet_promises_what_is_stored() -> None:
    words = sign_up_words("Fern & Finch", [topic("offers"), topic("events")])
    assert promised_frequency(words) == (PROMISED_N, PROMISED_DAYS)


@given(
    st.integers(1, 999),
    st.sampled_from([1, 7, 14, 21, 30, 365]) | st.integers(2, 99),
    st.sampled_from(sorted(LANGUAGES)),
    st.booleans(),
)
def test_every_way_the_templates_say_it_reads_back(
    n: int, days: int, language: str, short: bool
) -> None:
    words = LANGUAGES[language]
    period = (words.per if short else words.a_per).of(days)
    texts = words.texts[0 if n == 1 else 1]
    assert promised_frequency(f"Fern: max. {n} {texts}{period}, Mo-Fr 9-18.") == (n, days)


@given(st.text(max_size=150))
def test_any_text_can_be_read(text: str) -> None:
    promise = promised_frequency(text)
    assert promise is None or (promise[0] > 0 and promise[1] > 0)


@pytest.mark.parametrize("text", ["4 texts " * 12_000, "up to " * 16_000, "4 a " * 25_000])
def test_a_huge_text_is_read_too(text: str) -> None:
    assert promised_frequency(f"{text}, up to 3 texts a year") == (3, 365)


OWN, TIGHT = Frequency(n=4, days=30), Frequency(n=1, days=30)


@pytest.mark.parametrize(
    ("own", "words", "kept"),
    [
        (OWN, "", OWN),
        (OWN, "Text me offers.", OWN),
        (OWN, "Up to 4 texts a month.", OWN),
        (OWN, "Up to 1 text a month.", TIGHT),
        (OWN, "Up to 8 texts a month.", Frequency(n=8, days=30)),
        (OWN, "Offers up to 4 texts a month, events up to 1 text a month.", OWN),
        (TIGHT, "Offers up to 4 texts a month, events up to 1 text a month.", TIGHT),
        (Frequency(n=2, days=7), "Up to 4 texts a month, or up to 1 text a month.", TIGHT),
        (None, "Up to 4 texts a month; about orders only when there is news.", None),
    ],
)
def test_an_old_sheet_promises_what_stands_on_it_and_not_what_we_promise_today(
    own: Frequency | None, words: str, kept: Frequency | None
) -> None:
    assert promise_kept(own, words) == kept
