"""How a text is written: capitals, marks, pictures, length, openings, links, ways out."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from builders import a_shop
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.findings import Finding, Severity
from shopbell.domain.lint import lint
from shopbell.domain.wording import final_text

RULES = packaged_rules()
STYLE = {
    "capitals",
    "exclamations",
    "questions",
    "repeated",
    "opening",
    "emoji",
    "parts",
    "way_out",
    "shortener",
    "not_https",
    "other_site",
    "many_links",
    "ip_address",
    "link_without_brand",
    "link_in_first",
}


def style(
    body: str,
    purpose: Purpose = Purpose.MARKETING,
    *,
    name: str = "Fern & Finch",
    sites: Collection[str] = (),
    first_text: bool = False,
) -> dict[str, Finding]:
    shop = a_shop(name=name)
    final = final_text(body, shop, purpose, "US", True, RULES)
    found = lint(body, final, shop, purpose, RULES, sites=sites, first_text=first_text)
    by_rule = {one.rule.removeprefix("lint."): one for one in found}
    return {rule: one for rule, one in by_rule.items() if rule in STYLE}


@pytest.mark.parametrize(
    ("body", "percent"),
    [
        ("SALE NOW ON EVERYTHING", 100),
        ("TULIPS and more for you", 31),
        ("Tulips TULIPS tulips Tulips", 33),
        ("\u00c4PFEL UND BIRNEN", 100),
        ("\u0421\u041a\u0418\u0414\u041a\u0418 \u0412\u0421\u0415\u041c", 100),
    ],
)
def test_shouting_is_measured(body: str, percent: int) -> None:
    found = style(body)["capitals"]
    assert found.sentence.startswith(f"{percent} of 100 letters")
    assert found.span is None


@pytest.mark.parametrize(
    "body",
    [
        "The tulips are in",
        "OK",
        "GREAT",
        "Reply STOP to end, HELP for help",
        "STOP HELP START YES STOP HELP",
        "BAJA o STOP para salir, AYUDA para ayuda",
        "AIDE pour aide",
        "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645 \u0641\u064a \u0627\u0644\u0645",
        "\u90c1\u91d1\u9999\u5df2\u7ecf\u5230\u5e97\u6b22\u8fce\u5149\u4e34\u8c22\u8c22",
        "12345 67890 12345",
        "",
    ],
)
def test_short_words_reserved_words_and_scripts_without_capitals_are_no_shouting(body: str) -> None:
    assert "capitals" not in style(body)


def test_the_shops_name_in_capitals_is_its_name() -> None:
    body = "FERN & FINCH FLOWERS: tulips"
    assert "capitals" in style(body)
    assert "capitals" not in style(body, name="FERN & FINCH FLOWERS")


@pytest.mark.parametrize(
    ("body", "count", "second"),
    [
        ("Hi! Tulips!", 2, 10),
        ("Hi! Tulips! Come!", 3, 10),
        ("\u00a1Hola! \u00a1Tulipanes!", 2, 17),
        ("Hi\uff01 Tulips\uff01", 2, 10),
        ("Hi!! Tulips!", 2, 11),
    ],
)
def test_one_exclamation_mark_is_plenty(body: str, count: int, second: int) -> None:
    found = style(body)["exclamations"]
    assert f"There are {count} exclamation marks" in found.sentence
    assert found.span is not None
    assert found.span[0] == second


@pytest.mark.parametrize("body", ["Tulips!", "Tulips!!!", "\u00a1Hola!", "No mark at all"])
def test_a_single_place_with_marks_is_no_heap(body: str) -> None:
    assert "exclamations" not in style(body)


@pytest.mark.parametrize(
    ("body", "mark", "instead"),
    [
        ("Sale!!", "!!", "!"),
        ("Really?? Yes", "??", "?"),
        ("What?!?", "?!?", "?"),
        ("Tulips,, roses", ",,", ","),
        ("$$$ off", "$$$", "$"),
        ("*** new ***", "***", "*"),
        ("wait.....", ".....", "..."),
        ("\u2026\u2026", "\u2026\u2026", "\u2026"),
        ("Oh \uff01\uff01", "\uff01\uff01", "\uff01"),
    ],
)
def test_repeated_marks_are_shown_with_what_is_enough(body: str, mark: str, instead: str) -> None:
    found = style(body)["repeated"]
    assert found.span is not None
    assert body[slice(*found.span)] == mark
    assert found.instead == instead


@pytest.mark.parametrize("body", ["wait...", "9 -- 5", "a, b, c.", "Hello? Yes!", "10.-"])
def test_ordinary_marks_are_no_repetition(body: str) -> None:
    assert "repeated" not in style(body)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Re: your order", "Re:"),
        ("RE : your order", "RE :"),
        ("Fwd: tulips", "Fwd:"),
        ("FW: tulips", "FW:"),
        ("AW: Bestellung", "AW:"),
        ("TR : promo", "TR :"),
        ("  Re: hello", "Re:"),
        ("Fern & Finch: Re: your order", "Re:"),
        ("fern & finch - fwd: x", "fwd:"),
    ],
)
def test_a_false_answer_is_named(body: str, words: str) -> None:
    found = style(body)["opening"]
    assert found.span is not None
    assert body[slice(*found.span)] == words


@pytest.mark.parametrize(
    "body", ["Regarding your order:", "Your order, re: the roses", "Area: 5", "Retro: new lamps"]
)
def test_other_openings_are_left_in_peace(body: str) -> None:
    assert "opening" not in style(body)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("\U0001f337\U0001f337\U0001f337", 3),
        ("\u2764\ufe0f \u2600\ufe0f \U0001f44d\U0001f3fd \U0001f337", 4),
        ("1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e3", 3),
        ("\U0001f1eb\U0001f1f7\U0001f1e9\U0001f1ea\U0001f1ea\U0001f1f8", 3),
    ],
)
def test_pictures_are_counted_as_people_count_them(body: str, count: int) -> None:
    assert style(body)["emoji"].sentence.startswith(f"There are {count} pictures")


@pytest.mark.parametrize(
    "body",
    [
        "\U0001f337\U0001f337",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f1eb\U0001f1f7",
        "\U0001f44d\U0001f3fd \u2764\ufe0f",
        "1 2 3 # * 4",
        "\u00a9 \u2122 \u20ac",
    ],
)
def test_two_pictures_are_welcome_however_they_are_built(body: str) -> None:
    assert "emoji" not in style(body)


@pytest.mark.parametrize(("length", "parts"), [(100, 0), (280, 0), (281, 3), (460, 4)])
def test_a_long_text_is_told_by_its_parts_with_name_and_footer(length: int, parts: int) -> None:
    found = style("a" * length).get("parts")
    assert (found is not None) is (parts > 0)
    if found:
        assert found.sentence.startswith(f"This is {parts} parts")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Tulips. Text 2 to opt out", "Text 2 to opt out"),
        ("Reply NO to unsubscribe", "Reply NO to unsubscribe"),
        ("reply END to opt-out", "reply END to opt-out"),
        ("Press 9 to be removed", "Press 9 to be removed"),
        ('Send "BYE" to leave', 'Send "BYE" to leave'),
        ("Envoyez NON pour vous d\u00e9sabonner", "Envoyez NON pour vous d\u00e9sabonner"),
        ("Responde NO para no recibir m\u00e1s", "Responde NO para no recibir"),
        ("Antworte NEIN zum Abmelden", "Antworte NEIN zum Abmelden"),
    ],
)
def test_another_way_out_than_stop_is_named(body: str, words: str) -> None:
    found = style(body)["way_out"]
    assert found.span is not None
    assert body[slice(*found.span)] == words
    assert found.instead == "STOP to end"


@pytest.mark.parametrize(
    "body",
    [
        "Reply STOP to opt out",
        "text STOP to end",
        "Envoyez STOP pour vous d\u00e9sabonner",
        "Responde BAJA para salir",
        "Antworte STOP zum Abmelden",
        "Reply 2 to come on Tuesday",
        "Send flowers to end an argument",
    ],
)
def test_the_right_way_out_and_other_answers_are_left_in_peace(body: str) -> None:
    assert "way_out" not in style(body)


@pytest.mark.parametrize(
    ("body", "confidence"),
    [
        ("bit.ly/tulips", "V2"),
        ("See https://www.tinyurl.com/x.", "V2"),
        ("BIT.LY/x", "V2"),
        ("is.gd/abc", "V2"),
        ("lc.chat/now", "V2"),
        ("t.co/abc", "U"),
        ("https://rb.gy/x", "U"),
    ],
)
def test_a_public_shortener_stops_a_text_for_every_purpose(body: str, confidence: str) -> None:
    for purpose in Purpose:
        found = style(body, purpose)["shortener"]
        assert (found.code, found.severity) == (Code.PUBLIC_SHORTENER, Severity.BLOCK)
        assert found.confidence == confidence


@pytest.mark.parametrize(
    "body", ["at.bit.ly.example/x", "rabbit.ly/x", "smart.co", "bitly", "https://fern.example/t.co"]
)
def test_a_host_that_only_contains_a_shortener_is_none(body: str) -> None:
    assert "shortener" not in style(body)


def test_an_open_link_is_named_with_the_closed_one() -> None:
    found = style("See http://fern.example/a")["not_https"]
    assert found.instead == "https://fern.example/a"
    assert "not_https" not in style("See https://fern.example/a or fern.example/b")


@pytest.mark.parametrize(
    ("body", "sites", "foreign"),
    [
        ("https://fern.example/a", ["fern.example"], False),
        ("https://shop.fern.example/a", ["https://www.fern.example"], False),
        ("https://evil.example/a", ["fern.example"], True),
        ("https://fern.example.evil.example/a", ["fern.example"], True),
        ("https://evil.example/a", [], False),
    ],
)
def test_a_link_away_from_the_shop_is_named_when_its_site_is_known(
    body: str, sites: list[str], foreign: bool
) -> None:
    assert ("other_site" in style(body, sites=sites)) is foreign


def test_the_second_different_link_is_one_too_many() -> None:
    found = style("a.example and b.example and a.example")["many_links"]
    assert found.span == (14, 23)
    assert "There are 2 links" in found.sentence
    assert "many_links" not in style("a.example, again a.example")


@pytest.mark.parametrize("body", ["http://192.168.0.1/x", "10.0.0.1/pay", "http://[::1]/"])
def test_a_bare_number_address_is_named(body: str) -> None:
    assert "ip_address" in style(body)


def test_a_link_needs_the_name_of_the_shop() -> None:
    assert "link_without_brand" in style("See fern.example", name="")
    assert "link_without_brand" not in style("See fern.example")


def test_the_first_text_to_a_person_has_no_link() -> None:
    assert "link_in_first" in style("See fern.example", first_text=True)
    assert "link_in_first" not in style("See fern.example", first_text=False)
    assert "link_in_first" not in style("See you", first_text=True)
    assert "link_in_first" not in style("fern.example", Purpose.CONVERSATION, first_text=True)


@pytest.mark.parametrize(
    ("body", "n", "at"),
    [
        ("Red or blue? Today or Friday?", 2, 28),
        ("Red? Blue? (Green?)", 3, 9),
        ("Rouge ou bleu ? Ce soir ?", 2, 24),
        ("\u00bfRojas? \u00bfazules?", 2, 15),
        ("Red\uff1f Blue\uff1f", 2, 9),
        ("Ready? See you at five. Bring the ticket? Thanks", 2, 40),
    ],
)
def test_a_second_question_is_one_for_the_phone(body: str, n: int, at: int) -> None:
    found = style(body, Purpose.SERVICE)["questions"]
    assert (found.code, found.severity) == (Code.TOO_COMPLEX_USE_CALL, Severity.WARN)
    assert found.span == (at, at + 1)
    assert found.sentence == (
        f"There are {n} questions. One is enough for a text; ask the others on the phone."
    )


@pytest.mark.parametrize(
    "body",
    [
        "Red or blue?",
        "Red or blue??",
        "No question at all.",
        "Is it here? See https://fern.example/find?a=1&b=2",
        "",
    ],
)
def test_one_question_is_fine(body: str) -> None:
    assert "questions" not in style(body, Purpose.SERVICE)


@pytest.mark.parametrize("purpose", [Purpose.SAFETY, Purpose.COMPLIANCE])
def test_questions_are_counted_only_where_a_call_would_do(purpose: Purpose) -> None:
    assert "questions" not in style("Red? Blue?", purpose)
