from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_shop
from rule_files import packaged_rules
from shopbell.domain.template_checks import Flaw, flaws_in
from shopbell.domain.template_rules import Element, TemplateKind
from shopbell.domain.templates import Details, fill

BOOK = packaged_rules()
RULES, LINT = BOOK.texts.templates, BOOK.texts.lint
KNOWN = Details(
    shop=replace(a_shop(), phone="555-0100"),
    country="US",
    promised_n=4,
    promised_days=30,
    person="Dana Reyes",
    signer="Ana",
    when="today before 5pm",
    item="your bouquet",
)
WELCOME, STOP, HELP = TemplateKind.WELCOME, TemplateKind.STOP, TemplateKind.HELP
DOI, COMPLAINT = TemplateKind.DOUBLE_OPT_IN, TemplateKind.COMPLAINT


def flaws(kind: TemplateKind, text: str, known: Details = KNOWN) -> tuple[Flaw, ...]:
    return flaws_in(kind, text, known, RULES, LINT)


def missing(kind: TemplateKind, text: str, known: Details = KNOWN) -> set[str]:
    return {flaw.element.value for flaw in flaws(kind, text, known) if flaw.missing}


def unwanted(kind: TemplateKind, text: str, known: Details = KNOWN) -> set[str]:
    return {flaw.element.value for flaw in flaws(kind, text, known) if not flaw.missing}


@pytest.mark.parametrize(
    ("kind", "without", "element"),
    [
        (WELCOME, "Fern & Finch: ", "brand"),
        (WELCOME, "offer ", None),
        (WELCOME, "/month", "frequency"),
        (WELCOME, "Reply HELP for help, ", "help_word"),
        (WELCOME, "STOP to end.", "stop_word"),
        (WELCOME, " Msg&data rates may apply.", "rates_notice"),
        (DOI, "Reply YES to get", "reply_word"),
        (DOI, " No reply, no texts.", "silence_means_no"),
        (DOI, " HELP for help, STOP to end.", "stop_word"),
        (DOI, ", up to 4 texts a month", "frequency"),
        (STOP, "you are unsubscribed. ", "unsubscribed"),
        (STOP, "No more messages will be sent.", "no_more_messages"),
        (STOP, "Fern & Finch: ", "brand"),
        (HELP, "555-0100", "contact"),
        (HELP, " Up to 4 msgs/month.", "frequency"),
        (HELP, " Reply STOP to end.", "stop_word"),
        (HELP, " Msg&data rates may apply.", "rates_notice"),
        (COMPLAINT, ", Dana Reyes", "person_name"),
        (COMPLAINT, "Ana will call", "signer_name"),
        (COMPLAINT, " today before 5pm", "when"),
        (COMPLAINT, " Prefer another time or email? Just reply.", "other_channel"),
        (TemplateKind.WRONG_NUMBER, "sorry, ", "apology"),
        (TemplateKind.WRONG_NUMBER, " and won't text again", "no_more_messages"),
        (TemplateKind.ERASED, "your details are deleted. ", "deleted"),
        (TemplateKind.ERASED, " keep only a coded note of", "kept_note"),
        (TemplateKind.PICKUP, " today before 5pm", "when"),
        (TemplateKind.PICKUP, " STOP to end texts.", "stop_word"),
        (TemplateKind.START, "HELP for help, ", "help_word"),
    ],
)
def test_what_somebody_cut_out_is_missed(
    kind: TemplateKind, without: str, element: str | None
) -> None:
    text = fill(kind, "en", KNOWN, RULES)
    assert without in text
    expected = {element} if element else {"what"}
    assert missing(kind, text.replace(without, "")) == expected


@pytest.mark.parametrize(
    ("kind", "more", "element", "words"),
    [
        (WELCOME, " Here is 20% off.", "offer", "20%"),
        (WELCOME, " Tulips $5.", "offer", "$5"),
        (WELCOME, " See bit.ly/x", "shortener", "bit.ly/x"),
        (DOI, " You get a coupon.", "offer", "coupon"),
        (DOI, " See fern.example/sms", "link", "fern.example/sms"),
        (STOP, " Here is 10 % off to stay.", "offer", "10 %"),
        (STOP, " We're sorry to see you go.", "persuasion", "sorry to see you go"),
        (STOP, " We will miss you.", "persuasion", "miss you"),
        (STOP, " Are you sure?", "persuasion", "Are you sure"),
        (STOP, " Reply YES to confirm.", "question_needed", "Reply YES to confirm"),
        (STOP, " STOP to end", "stop_word", "STOP to end"),
        (STOP, " https://fern.example/back", "link", "https://fern.example/back"),
        (HELP, " Sale this week.", "offer", "Sale"),
        (COMPLAINT, " You should have called.", "blame", "You should have"),
        (COMPLAINT, " It was your own fault.", "blame", "your own fault"),
        (COMPLAINT, " As we told you.", "blame", "As we told"),
        (COMPLAINT, " Have a voucher.", "offer", "voucher"),
        (COMPLAINT, " \U0001f614", "emoji", "\U0001f614"),
        (COMPLAINT, " Bye!", "exclamation", "!"),
        (TemplateKind.WRONG_NUMBER, " Are you sure?", "persuasion", "Are you sure"),
        (TemplateKind.ERASED, " fern.example", "link", "fern.example"),
        (TemplateKind.PICKUP, " And 5% off.", "offer", "5%"),
    ],
)
def test_what_somebody_added_is_pointed_at(
    kind: TemplateKind, more: str, element: str, words: str
) -> None:
    text = fill(kind, "en", KNOWN, RULES) + more
    found = {flaw.element.value: flaw for flaw in flaws(kind, text) if not flaw.missing}
    flaw = found[element]
    assert flaw.span is not None
    assert text[slice(*flaw.span)] == words
    assert flaw.sentence
    assert "{" not in flaw.sentence


def test_a_clarifying_question_that_needs_no_answer_is_allowed() -> None:
    text = fill(TemplateKind.STOP_CLARIFY, "en", KNOWN, RULES)
    assert "reply ORDERS" in text
    assert flaws(TemplateKind.STOP_CLARIFY, text) == ()


def test_a_shop_may_be_called_the_sale_shop() -> None:
    known = replace(KNOWN, shop=replace(KNOWN.shop, name="The Sale Shop"))
    text = fill(STOP, "en", known, RULES)
    assert flaws(STOP, text, known) == ()
    assert unwanted(STOP, f"{text} Sale!", known) == {"offer"}


@pytest.mark.parametrize(
    "name", ["Wow!", "Fern.example", "\U0001f337 Fern", "5% Off", "a", "4", "to"]
)
def test_a_name_may_look_like_anything(name: str) -> None:
    known = replace(KNOWN, shop=replace(KNOWN.shop, name=name))
    for kind in (COMPLAINT, STOP, DOI):
        assert flaws(kind, fill(kind, "en", known, RULES), known) == ()


def test_a_person_may_be_called_after_a_blame() -> None:
    known = replace(KNOWN, person="Your Fault")
    text = fill(COMPLAINT, "en", known, RULES)
    assert unwanted(COMPLAINT, text, known) == set()


@pytest.mark.parametrize(
    ("country", "due"), [("US", True), ("CA", True), ("GB", False), ("DE", False), (None, False)]
)
def test_rates_are_missed_only_where_they_are_expected(country: str | None, due: bool) -> None:
    known = replace(KNOWN, country=country)
    bare = fill(WELCOME, "en", replace(KNOWN, country="GB"), RULES)
    assert (missing(WELCOME, bare, known) == {"rates_notice"}) is due


@pytest.mark.parametrize(
    "contact",
    ["hello@fern.example", "fern.example/help", "+1 212 555 0100", "(212) 555-0100", "555-0100"],
)
def test_help_can_be_a_phone_a_mail_or_a_site(contact: str) -> None:
    known = replace(KNOWN, shop=replace(KNOWN.shop, phone=None), contact=None)
    text = (
        f"Fern & Finch: ask {contact}. Up to 4 msgs/month. Msg&data rates may apply. STOP to end."
    )
    assert missing(HELP, text, known) == set()
    assert missing(HELP, text.replace(contact, "Ana"), known) == {"contact"}


def test_a_first_name_is_enough() -> None:
    text = fill(COMPLAINT, "en", KNOWN, RULES).replace("Dana Reyes", "Dana")
    assert missing(COMPLAINT, text) == set()


def test_names_nobody_told_cannot_be_there() -> None:
    text = fill(COMPLAINT, "en", KNOWN, RULES)
    assert missing(COMPLAINT, text, replace(KNOWN, person=None)) == {"person_name"}
    assert missing(COMPLAINT, text, replace(KNOWN, signer="")) == {"signer_name"}


def test_the_check_of_the_text_that_is_sent_instead_counts() -> None:
    german = replace(KNOWN, country="DE")
    text = fill(TemplateKind.STOP_CLARIFY, "de", german, RULES)
    assert flaws(TemplateKind.STOP_CLARIFY, text, german) == ()


def test_an_empty_text_lacks_everything_and_has_nothing_too_much() -> None:
    for kind in TemplateKind:
        found = flaws(kind, "")
        assert {flaw.element for flaw in found} == set(RULES.checks[kind].must)
        assert all(flaw.missing and flaw.span is None for flaw in found)


def test_every_flaw_says_what_to_do_and_where_it_is_written() -> None:
    found = flaws(STOP, "Are you sure? 20% off. Reply STOP to end. bit.ly/x")
    assert len(found) >= 6
    for flaw in found:
        assert flaw.sentence.endswith(".")
        assert "64.1200(a)(12)" in flaw.citation
        assert flaw.confidence == "V2"


@pytest.mark.parametrize("element", list(Element))
def test_every_element_is_asked_for_somewhere_and_can_speak(element: Element) -> None:
    row = RULES.elements[element]
    asked = [check for check in RULES.checks.values() if element in check.must]
    banned = [check for check in RULES.checks.values() if element in check.must_not]
    assert asked or banned
    assert not asked or row.missing
    assert not banned or row.unwanted


@given(st.text(max_size=150), st.sampled_from(TemplateKind))
def test_any_text_can_be_checked(text: str, kind: TemplateKind) -> None:
    for flaw in flaws(kind, text):
        assert flaw.missing is (flaw.span is None)
        if flaw.span is not None:
            assert 0 <= flaw.span[0] < flaw.span[1] <= len(text)


def test_a_huge_text_is_checked_too() -> None:
    assert "offer" in unwanted(STOP, "stop " * 20_000 + "20% off")
