from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_shop
from rule_files import packaged_rules
from shop_words import OFFERS, SERVICE_TEXTS
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Layer
from shopbell.domain.findings import Finding, Severity
from shopbell.domain.lint import lint
from shopbell.domain.wording import final_text

RULES = packaged_rules()
BLOCK, WARN = Severity.BLOCK, Severity.WARN
MARKETING, SERVICE = Purpose.MARKETING, Purpose.SERVICE


def findings(
    body: str,
    purpose: Purpose = MARKETING,
    *,
    shop_name: str = "Fern & Finch",
    country: str | None = "US",
    sites: Collection[str] = (),
    first_text: bool = False,
    language: str = "en",
) -> tuple[Finding, ...]:
    shop = a_shop(name=shop_name)
    final = final_text(body, shop, purpose, country, True, RULES)
    return lint(
        body,
        final,
        shop,
        purpose,
        RULES,
        country=country,
        sites=sites,
        first_text=first_text,
        language=language,
    )


def rules_of(found: tuple[Finding, ...]) -> list[str]:
    return [one.rule.removeprefix("lint.") for one in found]


def only(body: str, rule: str, purpose: Purpose = MARKETING, **more: object) -> Finding | None:
    found = findings(body, purpose, **more)  # type: ignore[arg-type]
    return next((one for one in found if one.rule == f"lint.{rule}"), None)


@pytest.mark.parametrize(
    ("body", "rule", "words"),
    [
        ("Our sexy roses for her", "sex", "sexy"),
        ("Adult toys, discreetly wrapped", "sex", "Adult toys"),
        ("Entradas para el cine er\u00f3tico", "sex", "er\u00f3tico"),
        ("white power candles", "hate", "white power"),
        ("Wine tasting on Friday at 7", "alcohol", "Wine tasting"),
        ("Happy hour from 5", "alcohol", "Happy hour"),
        ("Two glasses of Prosecco with every cut", "alcohol", "Prosecco"),
        ("Cerveza fr\u00eda con cada plato", "alcohol", "Cerveza"),
        ("New handguns in stock", "firearms", "handguns"),
        ("AR-15 cleaning kits", "firearms", "AR-15"),
        ("9mm ammo is back", "firearms", "ammo"),
        ("armas de fuego usadas", "firearms", "armas de fuego"),
        ("Three new vape flavours", "tobacco", "vape"),
        ("E-cigarettes and cigars", "tobacco", "E-cigarettes"),
        ("Frischer Tabak eingetroffen", "tobacco", "Tabak"),
        ("CBD oil is back", "drugs", "CBD"),
        ("\uff23\uff22\uff24 oil", "drugs", "\uff23\uff22\uff24"),
        ("c\u200bb\u200bd oil", "drugs", "c\u200bb\u200bd"),
        ("Delta-8 gummies", "drugs", "Delta-8"),
        ("Hemp seed and hemp oil", "drugs", "Hemp"),
        ("Ozempic, straight away", "drugs", "Ozempic"),
        ("Pills for sleep, no prescription", "drugs", "Pills for sleep, no prescription"),
        ("Chanvre bio", "drugs", "Chanvre"),
        ("Prescription pills, 20% off", "drugs", "Prescription pills, 20% off"),
        ("Cheaper prescription drugs", "drugs", "Cheaper prescription drugs"),
        ("Payday loans at our counter", "finance", "Payday loans"),
        ("We fix debts: DEBT RELIEF in a week", "finance", "DEBT RELIEF"),
        ("Buy bitcoin here", "finance", "bitcoin"),
        ("Online casino evening", "finance", "casino"),
        ("Work from home and earn $500 a week", "finance", "Work from home and earn"),
        ("Great jobs, work-from-home", "finance", "jobs, work-from-home"),
        ("Become part of our affiliate program", "finance", "affiliate program"),
    ],
)
def test_what_carriers_block_stops_a_text(body: str, rule: str, words: str) -> None:
    found = only(body, rule)
    assert found is not None
    assert (found.code, found.severity) == (Code.FORBIDDEN_CONTENT, BLOCK)
    assert found.layer is Layer.CARRIER
    assert found.citation
    assert found.span is not None
    assert body[slice(*found.span)] == words
    assert f"\u201c{words}\u201d" in found.sentence


@pytest.mark.parametrize(
    "body",
    [
        "Our shop in Sussex, near Essex and Middlesex",
        "Same-sex wedding flowers are our joy",
        "Sex of the kittens: two girls",
        "We hate to see roses wilt",
        "Faggots and peas for lunch",
        "Flower pot sale",
        "Weeds? Ask us about ground elder",
        "Hemp-free, nut-free, gluten-free soap",
        "Prescription glasses are ready",
        "Your prescription is ready",
        "Your prescription medication is ready for pickup",
        "Without a prescription change your lenses cost 80",
        "Reading glasses, no prescription needed",
        "Delta Airlines staff get a coffee",
        "Delta 8 flights a day",
        "The glue guns are on the second shelf",
        "Massage guns and heat guns",
        "Don't jump the gun: tulips come in March",
        "Gun metal grey paint",
        "Shotgun wedding cake toppers",
        "Rifle through our bargain bin of ribbons",
        "Please, no vaping in the shop",
        "Cigar box guitars are in",
        "Wine glasses and beer mugs",
        "Champagne roses for the bride",
        "Root beer floats and ginger ale",
        "Non-alcoholic punch at the till",
        "Alcohol-free beer tasting",
        "Rubbing alcohol and alcohol wipes",
        "Fruit cocktail and shrimp cocktail",
        "Mimosa trees in bloom",
        "Rum cake by the slice",
        "We now accept bitcoin",
        "Pay with crypto if you like",
        "Cash register open, cash or card",
        "Cottons, linens and engines",
        "Virgin olive oil",
        "Brandy will cut your hair on Friday",
        "The cottage garden border plan",
    ],
)
def test_words_that_only_look_alike_stop_nothing(body: str) -> None:
    assert [one.rule for one in findings(body) if one.severity is BLOCK] == []


@pytest.mark.parametrize("body", SERVICE_TEXTS)
def test_an_everyday_service_text_is_left_in_peace(body: str) -> None:
    assert rules_of(findings(body, SERVICE)) == []


@pytest.mark.parametrize("body", OFFERS)
def test_a_polite_offer_is_left_in_peace(body: str) -> None:
    assert rules_of(findings(body)) == []


@pytest.mark.parametrize(
    ("country", "purpose", "severity"),
    [
        ("US", MARKETING, BLOCK),
        ("CA", MARKETING, BLOCK),
        (None, MARKETING, BLOCK),
        ("GB", MARKETING, WARN),
        ("FR", MARKETING, WARN),
        ("US", SERVICE, WARN),
        ("US", Purpose.CONVERSATION, WARN),
        ("US", Purpose.SAFETY, None),
    ],
)
def test_alcohol_stops_offers_where_carriers_say_so_and_otherwise_only_warns(
    country: str | None, purpose: Purpose, severity: Severity | None
) -> None:
    found = only("The Riesling wine is here", "alcohol", purpose, country=country)
    assert (found.severity if found else None) is severity


@pytest.mark.parametrize(
    ("purpose", "severity"),
    [
        (MARKETING, BLOCK),
        (SERVICE, BLOCK),
        (Purpose.CONVERSATION, BLOCK),
        (Purpose.SAFETY, WARN),
        (Purpose.COMPLIANCE, WARN),
    ],
)
def test_a_recall_may_name_what_an_offer_may_not(purpose: Purpose, severity: Severity) -> None:
    found = only("Stop using the vape we sold you: its battery is faulty", "tobacco", purpose)
    assert found is not None
    assert found.severity is severity


def test_hate_goes_out_for_no_purpose_at_all() -> None:
    for purpose in Purpose:
        found = only("white power", "hate", purpose)
        assert found is not None
        assert found.severity is BLOCK


@pytest.mark.parametrize(
    ("shop_name", "body"),
    [
        ("The Smoking Gun Barbers", "The Smoking Gun Barbers: two chairs free today"),
        ("Wine & Wool", "New yarn at Wine & Wool"),
        ("CASH & CARRY KING", "CASH & CARRY KING: the new brushes are here"),
    ],
)
def test_the_shop_may_say_its_own_name(shop_name: str, body: str) -> None:
    assert rules_of(findings(body, shop_name=shop_name)) == []


def test_beside_its_name_the_words_of_a_shop_are_judged() -> None:
    body = "Wine & Wool: wine for all"
    found = only(body, "alcohol", shop_name="Wine & Wool")
    assert found is not None
    assert found.span == (body.rindex("wine"), body.rindex("wine") + 4)


@pytest.mark.parametrize(
    ("body", "rule", "words"),
    [
        ("Hemp twine and hemp rope", "hemp_goods", "Hemp twine"),
        ("Do you work from home? Lunch is ready at 12", "work_from_home", "work from home"),
        ("Act now, three left", "urgency", "Act now"),
        ("LAST CHANCE for tulips", "urgency", "LAST CHANCE"),
        ("Derni\u00e8re chance !", "urgency", "Derni\u00e8re chance"),
        ("Letzte Chance f\u00fcr Tulpen", "urgency", "Letzte Chance"),
        ("\u00daltima oportunidad", "urgency", "\u00daltima oportunidad"),
        ("Free!!! Come in", "urgency", "Free!!!"),
        ("Get cash for your old bike", "urgency", "cash"),
        ("You have been selected", "urgency", "You have been selected"),
        ("Hey, it\u2019s me again", "pretend_personal", "it\u2019s me"),
        ("Guess who has tulips", "pretend_personal", "Guess who"),
        ("Did you get my message?", "pretend_personal", "Did you get my message"),
        ("Please verify your account", "looks_official", "verify your account"),
        ("Your customer account has been suspended", "looks_official", None),
        ("Your parcel is on hold", "looks_official", "Your parcel is on hold"),
        ("Unpaid toll on your van", "looks_official", "Unpaid toll"),
        ("Tax refund for early birds", "looks_official", "Tax refund"),
    ],
)
def test_what_puts_people_off_is_named(body: str, rule: str, words: str | None) -> None:
    found = only(body, rule)
    assert found is not None
    assert (found.code, found.severity) == (Code.LINT_STYLE, WARN)
    assert found.span is not None
    assert body[slice(*found.span)] == (words or body)
    assert (words or body) in found.sentence


@pytest.mark.parametrize(
    "body",
    [
        "Cash register open, pay in cash",
        "We take cash or card, no cash after 6",
        "Not urgent: call us some day",
        "No hurry, it keeps until May",
        "Urgent care for houseplants",
        "Our award-winning cake",
        "The winner is Dana",
        "Award winner three years running",
        "Free parking behind the shop",
        "The bank holiday hours are 10-2",
        "Tax included, call our toll-free number",
        "Your account balance is 12.00",
        "Update your address at the till",
        "Smirsky brushes are here",
    ],
)
def test_calm_words_raise_no_warning(body: str) -> None:
    assert rules_of(findings(body, SERVICE)) == []


SAD = [
    ("We heard that your mother passed away", "passed away"),
    ("The funeral wreath is ready", "funeral"),
    ("Our condolences", "condolences"),
    ("Back from the hospital?", "hospital"),
    ("About the accident with the van", "accident"),
    ("Is anybody allergic to lilies", "allergic"),
    ("Closed: the street is flooded", "flooded"),
    ("The hurricane delays us", "hurricane"),
    ("We had to evacuate the shop", "evacuate"),
    ("Our lawyer will write to you", "lawyer"),
    ("We take legal action tomorrow", "legal action"),
    ("About your refund dispute", "refund dispute"),
    ("We know you are furious", "furious"),
    ("That was UNACCEPTABLE", "UNACCEPTABLE"),
    ("You wrote about suicide", "suicide"),
    ("Nos condol\u00e9ances", "condol\u00e9ances"),
    ("Mein Beileid", "Beileid"),
    ("Mi m\u00e1s sentido p\u00e9same", "p\u00e9same"),
]


@pytest.mark.parametrize("purpose", [MARKETING, SERVICE, Purpose.CONVERSATION])
@pytest.mark.parametrize(("body", "words"), SAD)
def test_what_is_better_said_than_written_asks_for_a_call(
    body: str, words: str, purpose: Purpose
) -> None:
    found = only(body, "better_said", purpose)
    assert found is not None
    assert (found.code, found.severity) == (Code.SENSITIVE_USE_CALL, WARN)
    assert (found.layer, found.confidence) == (Layer.POLICY, "V2")
    assert found.sentence == f"\u201c{words}\u201d is better said than written. Call, if you can."


@pytest.mark.parametrize(
    "body",
    [
        "I took your scarf by accident",
        "A flood of flowers this week",
        "Flood lights for the garden",
        "The deadline is Friday",
        "Dead-head your roses now",
        "Death by chocolate is back on the menu",
        "Hospital corners folded for you",
        "Your hospitality hamper is ready",
    ],
)
def test_words_that_only_look_sad_raise_no_warning(body: str) -> None:
    assert only(body, "better_said", SERVICE) is None


@pytest.mark.parametrize("purpose", [Purpose.SAFETY, Purpose.COMPLIANCE])
def test_a_warning_of_danger_may_name_the_danger(purpose: Purpose) -> None:
    assert only("Recall: do not eat it if you are allergic to nuts", "better_said", purpose) is None


def test_an_answer_may_sound_like_a_friend() -> None:
    assert only("Did you get my message?", "pretend_personal", Purpose.CONVERSATION) is None


def test_each_rule_speaks_once_at_its_first_place() -> None:
    found = findings("vape, cigars, more vape. Act now, act now")
    assert rules_of(found) == ["tobacco", "urgency"]
    assert found[0].span == (0, 4)


def test_what_stops_the_text_is_told_first() -> None:
    assert rules_of(findings("Act now: CBD oil"))[0] == "drugs"
    assert rules_of(findings("A funeral? CBD oil"))[0] == "drugs"


def test_a_text_without_a_sender_is_named() -> None:
    shop_without_name = findings("The tulips are in", shop_name="")
    assert rules_of(shop_without_name) == ["brand"]
    assert rules_of(findings("The tulips are in")) == []


def test_an_empty_text_has_nothing_wrong_with_its_words() -> None:
    assert findings("") == ()


@given(st.text(max_size=120), st.sampled_from(Purpose), st.sampled_from(["en", "fr", "es", "de"]))
def test_any_text_can_be_looked_through(body: str, purpose: Purpose, language: str) -> None:
    for one in findings(body, purpose, sites=["fern.example"], language=language):
        assert one.sentence
        assert "{" not in one.sentence.replace(body, "")
        if one.span is not None:
            assert 0 <= one.span[0] < one.span[1] <= len(body)


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L"]), max_size=8))
def test_letters_around_a_word_make_it_another_one(letters: str) -> None:
    body = f"x{letters}vape{letters}x"
    assert only(body, "tobacco") is None


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "reply 1, " * 11_000,
        "1 " * 50_000,
        "!?" * 50_000,
        "\u201c" * 100_000,
        "work from home " * 6_600,
        "Fern & Finch " * 7_000,
        "http://" * 14_000,
        "\ufdfa" * 100_000,
    ],
    ids=["one word", "lists", "figures", "marks", "quotes", "phrases", "names", "links", "signs"],
)
def test_a_huge_text_is_looked_through_too(text: str) -> None:
    assert "drugs" in rules_of(findings(f"{text} and CBD oil"))
