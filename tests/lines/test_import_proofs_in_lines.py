"""Lists with proofs of a yes, lists that differ from the shop, lines that are typed: by answers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lines.conversing import Place, Typist
from shopbell.domain.consent import How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.lines.import_answers import ask_part
from shopbell.lines.talk import Talk
from shopbell.services.person_sheet import ContactSheet
from shops import BO

RIA, SOL = E164("+12125550150"), E164("+12125550151")
WORDS = "Text me offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."
SIGNED = f"""Name,Phone,SMS consent,Signed up,Words
Ria Vale,2125550150,yes,2026-10-01,"{WORDS}"
Sol Marsh,2125550151,no,,
Tam Birch,2125550152,yes,,
"""
IMPORT = ("#Import", "#Bring people in")
SAYS = "#Say which column tells who said yes"
GO = "#Import it"
TO_OFFERS = ("#They said yes", "2", "")
"""In the column stands a yes; to offers; the usual words mean it."""


@pytest.fixture
def signed(tmp_path: Path) -> str:
    """A list with days and words."""
    path = tmp_path / "signed.csv"
    path.write_text(SIGNED, encoding="utf-8")
    return str(path)


async def sheet(place: Place, number: E164) -> ContactSheet:
    async with place.inside() as shop:
        return await shop.people.sheet(shop.people.read_number(number))


async def test_a_yes_with_its_day_and_its_words_goes_on_record(place: Place, signed: str) -> None:
    said = await place.talk(
        *(*IMPORT, signed, SAYS, "#SMS", *TO_OFFERS, "#On your web site", "#Signed up"),
        *("#In a column", "#Words", GO, "q"),
    )
    assert "These look as if they were about it: “SMS consent”." in said.said
    assert "In it stands: “yes” 2, “no” 1." in said.said
    assert "Each yes with a day goes on record with these words" in said.said
    assert "Yeses with proof, recorded: 1" in said.said
    (event,) = (await sheet(place, RIA)).ledger
    assert (event.purpose, event.topics, event.how) == (Purpose.MARKETING, ("offers",), How.WEB)
    assert event.wording == WORDS
    assert not (await sheet(place, SOL)).ledger


async def test_the_same_words_for_everybody_are_typed_once(place: Place, signed: str) -> None:
    await place.talk(
        *(*IMPORT, signed, SAYS, "#SMS", *TO_OFFERS, "#On paper", "#Signed up"),
        *("#The same words", WORDS, GO, "q"),
    )
    (event,) = (await sheet(place, RIA)).ledger
    assert (event.wording, event.how) == (WORDS, How.PAPER)
    assert (event.promised_n, event.promised_days) == (4, 30)


async def test_a_file_that_shows_how_they_agreed_is_kept_by_its_fingerprint(
    place: Place, signed: str, tmp_path: Path
) -> None:
    form = tmp_path / "the form.png"
    form.write_bytes(b"a picture of the form")
    await place.talk(
        *(*IMPORT, signed, SAYS, "#SMS", *TO_OFFERS, "#On your web site", "#Signed up"),
        *("#In another file", str(form), GO, "q"),
    )
    (event,) = (await sheet(place, RIA)).ledger
    assert event.evidence_sha256 == hashlib.sha256(b"a picture of the form").hexdigest()


async def test_without_day_or_words_a_yes_is_only_claimed(place: Place, signed: str) -> None:
    said = await place.talk(
        *(*IMPORT, signed, SAYS, "#SMS", *TO_OFFERS, "#In person", "#No day"),
        *("#I do not have them", GO, "q"),
    )
    assert "Without a day and the words, a yes is kept as claimed" in said.said
    assert "Yeses without proof, kept as claimed: they allow no text: 2" in said.said
    ria = await sheet(place, RIA)
    assert not ria.ledger
    assert [claim.topics for claim in ria.claims] == [("offers",)]


async def test_everybody_in_a_file_may_have_said_yes(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "workshop.csv"
    path.write_text("Name,Phone,Day\nRia Vale,2125550150,2026-10-01\n", encoding="utf-8")
    await place.talk(
        *(*IMPORT, str(path), SAYS, "#No column", "#They said yes", "2", "#On paper", "#Day"),
        *("#The same words", WORDS, GO, "q"),
    )
    assert [event.wording for event in (await sheet(place, RIA)).ledger] == [WORDS]


async def test_words_of_the_shops_own_mean_yes_if_they_are_named(
    place: Place, tmp_path: Path
) -> None:
    path = tmp_path / "till.csv"
    path.write_text("Name,Phone,SMS,Day\nRia,2125550150,gerne,2026-10-01\n", encoding="utf-8")
    await place.talk(
        *(*IMPORT, str(path), SAYS, "#SMS", "#They said yes", "2", "gerne", "#By phone", "#Day"),
        *("#The same words", WORDS, GO, "q"),
    )
    assert [event.how for event in (await sheet(place, RIA)).ledger] == [How.PHONE]


@pytest.mark.parametrize(
    "typed",
    [
        ("0",),
        ("#SMS", "0"),
        ("#SMS", "#They said yes", ""),
        ("#SMS", *TO_OFFERS, "0"),
        ("#SMS", *TO_OFFERS, "#On paper", "0"),
        ("#SMS", *TO_OFFERS, "#On paper", "#Signed up", "0"),
        ("#SMS", *TO_OFFERS, "#On paper", "#Signed up", "#The same words", ""),
        ("#SMS", *TO_OFFERS, "#On paper", "#Signed up", "#In a column", "0"),
        ("#SMS", *TO_OFFERS, "#On paper", "#Signed up", "#In another file", ""),
        ("#SMS", *TO_OFFERS, "#On paper", "#Signed up", "#In another file", "/no/such/file"),
        ("#SMS", "#Nothing about texts"),
    ],
)
async def test_whoever_goes_back_has_said_nothing_about_a_yes(
    place: Place, signed: str, typed: tuple[str, ...]
) -> None:
    said = await place.talk(*IMPORT, signed, SAYS, *typed, GO, "q")
    assert "Import 1." in said.said
    assert "Yeses" not in said.said
    assert not (await sheet(place, RIA)).ledger


async def test_a_yes_can_be_unsaid_before_it_is_imported(place: Place, signed: str) -> None:
    said = await place.talk(
        *(*IMPORT, signed, SAYS, "#SMS", *TO_OFFERS, "#On paper", "#No day", "#I do not"),
        *(SAYS, "#SMS", "#Nothing about texts", GO, "q"),
    )
    assert "It is kept out: nobody becomes agreed by it." in said.said
    assert not (await sheet(place, RIA)).claims


async def test_days_that_can_be_read_in_two_ways_are_asked_about(
    place: Place, tmp_path: Path
) -> None:
    path = tmp_path / "till.csv"
    path.write_text("Name,Phone,SMS,Day\nRia,2125550150,yes,3/9/2026\n", encoding="utf-8")
    await place.talk(
        *(*IMPORT, str(path), SAYS, "#SMS", *TO_OFFERS, "#On paper", "#Day"),
        *("#The same words", WORDS, "#Month first", GO, "q"),
    )
    (event,) = (await sheet(place, RIA)).ledger
    assert (event.at.month, event.at.day) == (3, 9)


@pytest.fixture
def other(tmp_path: Path) -> str:
    """A list that says something else about Bo than the shop."""
    path = tmp_path / "till.csv"
    path.write_text("Name,Phone,Email\nBob Linden,2125550102,new@x.example\n", encoding="utf-8")
    return str(path)


OURS = "#Say who is right"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ((), "Bob Linden"),
        ((OURS, "#name", "0"), "Bo Lind"),
        ((OURS, "#name", "#name", "0"), "Bob Linden"),
        ((OURS, "#Say it of one row", "1", "#name", "0", "0"), "Bo Lind"),
        ((OURS, "#name", "#Say it of one row", "1", "#name", "0", "0"), "Bob Linden"),
        ((OURS, "#Say it of one row", "0", "0"), "Bob Linden"),
        ((OURS, "#e-mail", "0"), "Bob Linden"),
    ],
)
async def test_who_is_right_about_a_known_person_is_said_field_by_field(
    place: Place, other: str, typed: tuple[str, ...], name: str
) -> None:
    await place.talk(*IMPORT, other, *typed, GO, "q")
    contact = (await sheet(place, BO)).contact
    assert contact is not None
    assert contact.name == name
    assert contact.email == "new@x.example", "where the shop has nothing, the file fills it"


async def test_both_sides_are_said_before_one_is_chosen(place: Place, other: str) -> None:
    said = await place.talk(*IMPORT, other, OURS, "#Say it of one row", "1", "0", "0", "0", "q")
    assert "name: the file is right. The shop: “Bo Lind”. The file: “Bob Linden”." in said.said


async def test_a_list_of_new_people_asks_about_nobody(place: Place, signed: str) -> None:
    said = await place.talk(*IMPORT, signed, "0", "q")
    assert "Say who is right" not in said.said


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (("Ria Vale 212 555 0150", "2125550151, Sol Marsh"), {RIA: "Ria Vale", SOL: "Sol Marsh"}),
        (("Name\tPhone", "Ria Vale\t2125550150"), {RIA: "Ria Vale"}),
    ],
)
async def test_people_are_typed_or_pasted_a_line_each(
    place: Place, lines: tuple[str, ...], people: dict[E164, str]
) -> None:
    said = await place.talk("#Import", "#Type or paste people", *lines, "", GO, "q")
    assert f"New: {len(people)}" in said.said
    for number, name in people.items():
        contact = (await sheet(place, number)).contact
        assert contact is not None
        assert contact.name == name


async def test_no_line_at_all_goes_back(place: Place) -> None:
    said = await place.talk("#Import", "#Type or paste people", "", "q")
    assert "Reading" not in said.said


@pytest.mark.parametrize(
    ("typed", "part"), [(("2",), 2), (("all", "0", "1"), 1), (("",), None), (("²", ""), None)]
)
async def test_a_part_of_a_long_file_is_asked_for_by_number(
    typed: tuple[str, ...], part: int | None
) -> None:
    assert await ask_part(Talk(Typist(typed))) == part


async def test_a_list_of_stops_asks_which_column_holds_the_numbers(
    place: Place, tmp_path: Path
) -> None:
    path = tmp_path / "stops.csv"
    path.write_text("Who,Reach\nBo,x212-555-0102x\nRia,x\n", encoding="utf-8")
    said = await place.talk("#Import", "#Bring in a list of people not", str(path), "#Reach", "q")
    assert "shopbell import" not in said.said
    assert "Which column holds the numbers?" in said.said


async def test_who_was_erased_of_a_list_gets_no_yes_by_it(place: Place, signed: str) -> None:
    async with place.inside() as shop:
        await shop.people.add(ContactDraft(number=RIA, name="Ria Vale"))
        await shop.consents.opt_out(RIA, How.IN_PERSON, "no more")
    await place.talk(
        *(*IMPORT, signed, SAYS, "#SMS", *TO_OFFERS, "#On paper", "#Signed up"),
        *("#The same words", WORDS, GO, "q"),
    )
    ria = await sheet(place, RIA)
    assert ria.suppression is not None
    assert not any(standing.yes for standing in ria.standings)


async def test_numbers_not_to_text_are_typed_a_line_each(place: Place) -> None:
    lines = ("2125550150", "Sol Marsh 2125550151", "")
    said = await place.talk("#Import", "#Type or paste numbers", *lines, "#Put these", "q")
    assert "Numbers newly stopped: 2" in said.said
    assert (await sheet(place, RIA)).suppression is not None


async def test_numbers_typed_in_another_country_are_read_as_its_own(place: Place) -> None:
    lines = ("Name\tPhone", "Ria\t07700 900123", "")
    said = await place.talk(
        *("#Import", "#Type or paste numbers", *lines),
        *("#Say in which country", "United Kingdom", "#Put these", "q"),
    )
    assert "Numbers newly stopped: 1" in said.said
    assert (await sheet(place, E164("+447700900123"))).suppression is not None


async def test_typed_stops_are_left_alone_by_an_empty_line(place: Place) -> None:
    said = await place.talk("#Import", "#Type or paste numbers", "2125550150", "", "", "q")
    assert "Nothing was brought in." in said.said
    assert (await sheet(place, RIA)).suppression is None


NOTES = "Name,Phone,Notes,Likes\nRia Vale,2125550150,a regular,peonies\n"


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        (("#Another column instead", "#Likes"), "peonies"),
        (("#Another column besides", "#Likes"), "a regular\npeonies"),
        (("#No column",), ""),
        (("0",), "a regular"),
        (("#Another column besides", "0"), "a regular"),
    ],
)
async def test_a_field_is_filled_by_another_column_or_by_several(
    place: Place, tmp_path: Path, typed: tuple[str, ...], note: str
) -> None:
    path = tmp_path / "till.csv"
    path.write_text(NOTES, encoding="utf-8")
    await place.talk(*IMPORT, str(path), "#Change what a column", "#note", *typed, GO, "q")
    contact = (await sheet(place, RIA)).contact
    assert contact is not None
    assert contact.note == note
