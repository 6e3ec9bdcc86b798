from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shop_words import SERVICE_TEXTS
from shopbell.domain.promotional import promotional

RULES = packaged_rules().texts.promotional


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("20% off your next visit.", "20% off"),
        ("Get 15 % discount on vases!", "15 % discount"),
        ("10 percent off all pots.", "10 percent off"),
        ("$5 off in December.", "$5 off"),
        ("5\u20ac off in December.", "5\u20ac off"),
        ("Save up to 30% this week.", "Save up to 30%"),
        ("Save $10 on boots.", "Save $10"),
        ("Our spring sale starts Friday.", "sale"),
        ("Clearance on all lamps.", "Clearance"),
        ("Here is a coupon for you.", "coupon"),
        ("Use code TULIP10 next time.", "Use code TULIP10"),
        ("Show this coupon at the till.", "coupon"),
        ("Special offer: two for ten.", "Special offer"),
        ("This week's special: ranunculus.", "This week's special"),
        ("Don\u2019t miss our new range.", "Don\u2019t miss our"),
        ("Buy one get one.", "Buy one"),
        ("Buy 2, get 1.", "Buy 2, get"),
        ("3 for 2 on candles.", "3 for 2"),
        ("Half price candles today.", "Half price"),
        ("Come by and see our new candles.", "Come by and see our new"),
        ("Come in and look at our spring range.", "Come in and look at our spring"),
        ("Check out our new menu.", "Check out our new"),
        ("New arrivals every Friday.", "New arrivals"),
        ("Treat yourself to a rose.", "Treat yourself"),
        ("Refer a friend and get a rose.", "Refer a friend"),
        ("Book now for Christmas.", "Book now"),
        ("Free coffee with every cut.", "Free coffee with"),
        ("We also sell candles.", "We also sell"),
        ("Why not try our wreaths.", "Why not try"),
        ("Follow us on the usual places.", "Follow us on"),
        ("Black Friday is here.", "Black Friday"),
        ("Profitez de nos soldes !", "Profitez de"),
        ("-20 % sur les vases.", "-20 %"),
        ("Une remise vous attend.", "remise"),
        ("Venez d\u00e9couvrir nos roses.", "Venez d\u00e9couvrir"),
        ("Descuento para clientes.", "Descuento"),
        ("Rebajas en macetas.", "Rebajas"),
        ("2x1 en velas.", "2x1"),
        ("Unsere Angebote der Woche.", "Unsere Angebote"),
        ("10 % Rabatt auf Vasen.", "10 % Rabatt"),
        ("R\u00e4umungsverkauf ab Montag.", "R\u00e4umungsverkauf"),
        ("\uff33\uff21\uff2c\uff25 now.", "\uff33\uff21\uff2c\uff25"),
    ],
)
def test_one_promotional_sentence_is_found_in_a_service_text(sentence: str, words: str) -> None:
    body = f"Your order is ready. {sentence} See you!"
    found = promotional(body, RULES)
    assert found is not None
    assert body[slice(*found.span)] == words
    assert body[slice(*found.sentence_span)] == sentence
    assert f"\u201c{words}\u201d" in found.sentence
    assert found.citation.startswith("CTIA")
    assert found.confidence == "U"


@pytest.mark.parametrize("body", SERVICE_TEXTS)
def test_everyday_service_texts_promote_nothing(body: str) -> None:
    assert promotional(body, RULES) is None


@pytest.mark.parametrize(
    "body",
    [
        "Your order with 20% deposit is booked",
        "30% deposit is due, 70% at pickup",
        "The for sale sign you ordered is ready",
        "The sale banner you ordered is printed",
        "Your point of sale terminal is repaired",
        "Here is the bill of sale for your bike",
        "A 10% discount was applied to your order",
        "12.00, including your 10% discount",
        "The agreed discount is included",
        "Your gift voucher is ready",
        "The coupons you ordered are printed",
        "Your special order has arrived",
        "Any special requests for the cake?",
        "We can offer you a refund or a replacement",
        "We could offer you an earlier appointment",
        "It is no big deal, come later",
        "Your order now waits at the counter",
        "Your book now waits at the counter",
        "The wholesale order is packed",
        "Use the door code at the back",
        "Show your pick-up code 4711",
        "100% cotton, as you asked",
        "It is 90% done",
        "Congratulations on your promotion! The cake is ready",
        "Ihr Angebot ist fertig",
        "Das Angebot Nr. 12 liegt bei",
        "La remise des cl\u00e9s est \u00e0 14h",
        "Votre remise a \u00e9t\u00e9 appliqu\u00e9e",
        "Su descuento ha sido aplicado",
        "Temperature -5 \u00b0C tonight, plants come in",
        "",
    ],
)
def test_words_that_only_look_like_promotion_are_none(body: str) -> None:
    assert promotional(body, RULES) is None


def test_a_guarded_word_does_not_hide_a_real_one() -> None:
    body = "The for sale sign is ready. And our sale starts Friday."
    found = promotional(body, RULES)
    assert found is not None
    assert found.span == (body.rindex("sale"), body.rindex("sale") + 4)


def test_the_shop_may_be_called_the_bargain_shop() -> None:
    body = "The Bargain Shop: your order is ready"
    assert promotional(body, RULES, "The Bargain Shop") is None
    assert promotional(body, RULES) is not None
    assert promotional(f"{body}. More bargains inside", RULES, "The Bargain Shop") is not None


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("20% off", "20% off"),
        ("  20% off  ", "20% off"),
        ("Hi! 20% off? Yes!", "20% off?"),
        ("Ready\n20% off\nBye", "20% off"),
        ("Ready at 5.30 with 20% off. Bye", "Ready at 5.30 with 20% off."),
    ],
)
def test_the_sentence_to_leave_out_is_marked(body: str, sentence: str) -> None:
    found = promotional(body, RULES)
    assert found is not None
    assert body[slice(*found.sentence_span)] == sentence


def test_leaving_the_sentence_out_leaves_a_service_text() -> None:
    body = "Your order is ready. Come by and see our new candles! We close at 6."
    found = promotional(body, RULES)
    assert found is not None
    start, end = found.sentence_span
    assert promotional(body[:start] + body[end:], RULES) is None


@given(st.text(max_size=200))
def test_any_text_can_be_read(body: str) -> None:
    found = promotional(body, RULES)
    if found is not None:
        assert 0 <= found.sentence_span[0] <= found.span[0] < found.span[1]
        assert found.span[1] <= found.sentence_span[1] <= len(body)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_percentage_off_is_found_between_any_words(before: str, after: str) -> None:
    assert promotional(f"{before}. Get 25% off today. {after}", RULES) is not None


@pytest.mark.parametrize(
    "text", ["save " * 20_000, "come by " * 12_000, "1" * 100_000, "% " * 50_000]
)
def test_a_huge_text_is_read_too(text: str) -> None:
    assert promotional(f"{text}. Get 25% off", RULES) is not None
