from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_shop
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.findings import Severity
from shopbell.domain.lint import lint
from shopbell.domain.promises import promised_frequency
from shopbell.domain.segments import GSM_BASIC, measure
from shopbell.domain.shop import Week, Window
from shopbell.domain.template_checks import flaws_in
from shopbell.domain.template_rules import Element, TemplateKind
from shopbell.domain.templates import Details, fill, template
from shopbell.domain.texts import Encoding
from shopbell.domain.weeks import read_week
from shopbell.domain.wording import final_text
from shopbell.errors import BadInput

BOOK = packaged_rules()
RULES = BOOK.texts.templates
PROMISING = (
    TemplateKind.WELCOME,
    TemplateKind.WELCOME_CHOICE,
    TemplateKind.DOUBLE_OPT_IN,
    TemplateKind.START,
    TemplateKind.HELP,
)
WHEN = {
    "en": "today before 5pm",
    "fr": "aujourd'hui avant 17h",
    "es": "hoy antes de las 17h",
    "de": "heute bis 17 Uhr",
}
ITEM = {"en": "your bouquet", "fr": "votre bouquet", "es": "tu ramo", "de": "dein Strauß"}
NOTED = {
    "en": "no offers until 24 Dec",
    "fr": "aucune offre avant le 24 dec",
    "es": "sin ofertas hasta el 24 dic",
    "de": "keine Angebote bis 24. Dez",
}
WRITTEN = [(kind, language) for kind in TemplateKind for language in RULES.templates[kind].texts]


def details(language: str = "en", country: str = "US", **changes: object) -> Details:
    shop = replace(a_shop(hours="mon-fri 09:00-18:00"), phone="555-0100")
    base = Details(
        shop=shop,
        country=country,
        promised_n=4,
        promised_days=30,
        person="Dana",
        signer="Ana",
        when=WHEN[language],
        item=ITEM[language],
        noted=NOTED[language],
        choices="1 offers, 2 events, 3 both",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def filled(kind: TemplateKind, language: str = "en", country: str = "US", **changes: object) -> str:
    return fill(kind, language, details(language, country, **changes), RULES)


@pytest.mark.parametrize(
    ("kind", "units"),
    [
        (TemplateKind.WELCOME, 134),
        (TemplateKind.DOUBLE_OPT_IN, 155),
        (TemplateKind.STOP, 82),
        (TemplateKind.STOP_WAY_BACK, 117),
        (TemplateKind.STOP_CLARIFY, 146),
        (TemplateKind.START, 133),
        (TemplateKind.WRONG_NUMBER, 85),
        (TemplateKind.COMPLAINT, 146),
        (TemplateKind.ERASED, 133),
    ],
)
def test_the_sample_shop_gets_the_sample_texts_at_their_measured_length(
    kind: TemplateKind, units: int
) -> None:
    size = measure(filled(kind))
    assert (size.encoding, size.units, size.segments) == (Encoding.GSM7, units, 1)


def test_the_welcome_reads_as_a_neighbour_would_write_it() -> None:
    assert filled(TemplateKind.WELCOME) == (
        "Fern & Finch: you're on our list! Up to 4 offer texts/month, weekdays 9-6. "
        "Reply HELP for help, STOP to end. Msg&data rates may apply."
    )


def test_the_help_answer_and_the_reminder_too() -> None:
    contact = "555-0100 or hello@fernandfinch.example"
    help_text = filled(TemplateKind.HELP, contact=contact)
    assert help_text == (
        f"Fern & Finch shop texts: help at {contact}. Up to 4 msgs/month. "
        "Msg&data rates may apply. Reply STOP to end."
    )
    assert measure(help_text).units == 137
    assert measure(filled(TemplateKind.PICKUP, when="Tue 3 Mar, 10am-6pm")).units == 104


@pytest.mark.parametrize(("kind", "language"), WRITTEN)
def test_every_text_is_one_part_but_the_one_with_the_choice(
    kind: TemplateKind, language: str
) -> None:
    parts = measure(filled(kind, language)).segments
    assert parts == (2 if kind is TemplateKind.WELCOME_CHOICE else 1)


@pytest.mark.parametrize(("kind", "language"), WRITTEN)
def test_every_text_signs_with_the_shops_name_and_gets_no_second_one(
    kind: TemplateKind, language: str
) -> None:
    text = filled(kind, language)
    final = final_text(text, a_shop(), Purpose.COMPLIANCE, "US", True, BOOK)
    assert final.text == text
    assert not final.name_added


@pytest.mark.parametrize(("kind", "language"), WRITTEN)
def test_no_text_of_ours_would_be_stopped_or_ask_for_a_reserved_word(
    kind: TemplateKind, language: str
) -> None:
    text = filled(kind, language)
    purpose = {
        TemplateKind.COMPLAINT: Purpose.CONVERSATION,
        TemplateKind.PICKUP: Purpose.SERVICE,
    }.get(kind, Purpose.COMPLIANCE)
    final = final_text(text, a_shop(), purpose, "US", True, BOOK)
    found = lint(text, final, a_shop(), purpose, BOOK, country="US", language=language)
    assert [one.rule for one in found] == []
    assert all(one.severity is Severity.WARN for one in found)


@pytest.mark.parametrize(
    ("country", "told"),
    [("US", True), ("CA", True), ("PR", True), ("GB", False), ("FR", False), (None, False)],
)
def test_rates_are_spoken_of_where_they_are_expected(country: str, told: bool) -> None:
    for kind in (TemplateKind.WELCOME, TemplateKind.HELP, TemplateKind.START):
        assert ("rates may apply" in filled(kind, country=country)) is told


@pytest.mark.parametrize(
    ("n", "days", "said"),
    [
        (1, 7, "Up to 1 offer text/week"),
        (2, 7, "Up to 2 offer texts/week"),
        (1, 1, "Up to 1 offer text/day"),
        (12, 365, "Up to 12 offer texts/year"),
        (2, 14, "Up to 2 offer texts every 2 weeks"),
        (2, 10, "Up to 2 offer texts every 10 days"),
        (4, 31, "Up to 4 offer texts every 31 days"),
    ],
)
def test_the_shops_own_frequency_is_said(n: int, days: int, said: str) -> None:
    assert said in filled(TemplateKind.WELCOME, promised_n=n, promised_days=days)


@pytest.mark.parametrize(
    ("topics", "said"),
    [
        (("offers",), "4 offer texts"),
        (("events",), "4 event texts"),
        (("offers", "events"), "4 offer and event texts"),
        (("offers", "events", "orders"), "4 offer, event and order texts"),
        (("recipes",), "4 recipes texts"),
    ],
)
def test_what_the_person_chose_is_named(topics: tuple[str, ...], said: str) -> None:
    assert said in filled(TemplateKind.WELCOME, topics=topics)


def test_a_number_that_takes_no_answers_names_where_stop_goes() -> None:
    text = filled(TemplateKind.WELCOME, "fr", "FR", stop_code="36111")
    assert "STOP au 36111 pour ne plus recevoir" in text
    assert "STOP pour ne plus recevoir" in filled(TemplateKind.WELCOME, "fr", "FR")
    assert "36111" not in filled(TemplateKind.WELCOME, "en", "FR", stop_code="36111")


@pytest.mark.parametrize("kind", [TemplateKind.STOP, TemplateKind.ERASED])
def test_what_is_not_known_and_not_needed_is_left_out(kind: TemplateKind) -> None:
    nameless = replace(details().shop, phone=None)
    text = fill(kind, "en", details(shop=nameless), RULES)
    assert text.endswith((".", "mistake."))
    assert "Help" not in text
    assert "Questions" not in text
    assert "[" not in text


def test_a_help_answer_without_a_promise_promises_nothing() -> None:
    text = filled(TemplateKind.HELP, promised_n=None)
    assert "Up to" not in text
    assert promised_frequency(text) is None


@pytest.mark.parametrize(
    ("kind", "unknown", "said"),
    [
        (TemplateKind.WELCOME, {"promised_n": None}, "how many texts are promised"),
        (TemplateKind.WELCOME, {"promised_days": None}, "in what time they are promised"),
        (TemplateKind.COMPLAINT, {"person": None}, "the customer's name"),
        (TemplateKind.COMPLAINT, {"signer": ""}, "whoever sees to it"),
        (TemplateKind.COMPLAINT, {"when": None}, "a day or a time"),
        (TemplateKind.PICKUP, {"item": "  "}, "what is ready"),
        (TemplateKind.STOP, {"shop": a_shop(name="")}, "the shop's name"),
    ],
)
def test_what_is_needed_and_not_known_is_asked_for(
    kind: TemplateKind, unknown: dict[str, object], said: str
) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        fill(kind, "en", details(**unknown), RULES)
    assert caught.value.code == "template"
    assert caught.value.hint


def test_help_needs_somewhere_to_go() -> None:
    nowhere = replace(details().shop, phone=None)
    with pytest.raises(BadInput, match="a phone number or an e-mail address"):
        fill(TemplateKind.HELP, "en", details(shop=nowhere), RULES)


@pytest.mark.parametrize(
    ("kind", "language", "country", "chosen", "written"),
    [
        (TemplateKind.STOP, "fr", "FR", TemplateKind.STOP, "fr"),
        (TemplateKind.STOP, "it", "IT", TemplateKind.STOP, "en"),
        (TemplateKind.WELCOME_CHOICE, "de", "DE", TemplateKind.WELCOME_CHOICE, "en"),
        (TemplateKind.STOP_CLARIFY, "en", "US", TemplateKind.STOP_CLARIFY, "en"),
        (TemplateKind.STOP_CLARIFY, "en", "CA", TemplateKind.STOP, "en"),
        (TemplateKind.STOP_CLARIFY, "de", "DE", TemplateKind.STOP, "de"),
        (TemplateKind.STOP_CLARIFY, "en", None, TemplateKind.STOP, "en"),
    ],
)
def test_the_right_text_is_chosen_for_the_place_and_the_language(
    kind: TemplateKind, language: str, country: str | None, chosen: TemplateKind, written: str
) -> None:
    found, spoken = template(kind, language, country, RULES)
    assert (found.kind, spoken) == (chosen, written)


@pytest.mark.parametrize(
    "name",
    [
        "{n} texts",
        "[/] & [b]",
        "a\nb\r\nc",
        "\x1b[31mred",
        "x\u202ey",
        "x\ud800y",
        "{shop}{shop}",
        "100% {contact}",
    ],
)
def test_a_hostile_name_is_only_a_name(name: str) -> None:
    text = filled(TemplateKind.STOP, shop=a_shop(name=name))
    assert text.endswith(
        ": you are unsubscribed. No more messages will be sent. Help: (212) 555-0100."
    )
    assert "\n" not in text
    assert "\x1b" not in text
    text.encode()


SMALL = sorted(GSM_BASIC - {"\n", "\r"})
names = st.text(SMALL, min_size=1, max_size=40).filter(
    lambda name: any(character.isalnum() for character in name)
)
windows = st.tuples(st.integers(0, 95), st.integers(1, 96)).filter(lambda w: w[0] < w[1])
open_days = st.just(()) | windows.map(lambda w: (Window(start=w[0] * 15, end=w[1] * 15),))
weeks = st.tuples(*[open_days] * 7).map(lambda seven: Week(days=seven))


@given(
    names,
    weeks,
    st.sampled_from(WRITTEN),
    st.sampled_from(["US", "CA", "GB", "FR", "DE", "ES"]),
    st.integers(1, 99),
    st.sampled_from([1, 7, 14, 30, 365]),
)
def test_every_text_passes_its_own_check_for_any_shop(
    name: str, hours: Week, written: tuple[TemplateKind, str], country: str, n: int, days: int
) -> None:
    kind, language = written
    shop = replace(a_shop(name=name, hours=hours), phone="555-0100")
    known = details(language, country, shop=shop, promised_n=n, promised_days=days)
    text = fill(kind, language, known, RULES)
    flaws = flaws_in(kind, text, known, RULES, BOOK.texts.lint)
    assert [(flaw.element, flaw.missing) for flaw in flaws] == []
    assert measure(text).encoding is Encoding.GSM7


@given(names, st.sampled_from(PROMISING), st.sampled_from(["en", "fr", "es", "de"]))
def test_the_number_in_the_text_is_the_one_that_is_stored(
    name: str, kind: TemplateKind, language: str
) -> None:
    quiet = "F" + "".join(character for character in name if not character.isdigit())
    shop = a_shop(name=quiet, hours=read_week("mon-fri 09:00-18:00"))
    text = filled(kind, language, shop=shop, promised_n=3, promised_days=14)
    assert promised_frequency(text) == (3, 14)


def test_every_kind_has_a_check_that_asks_for_the_shops_name() -> None:
    for kind in TemplateKind:
        assert Element.BRAND in RULES.checks[kind].must
