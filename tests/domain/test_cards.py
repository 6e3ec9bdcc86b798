"""From a card to the cells of a row, and from there to a contact."""

from __future__ import annotations

import pytest

from shopbell.domain.card_lines import Cards
from shopbell.domain.cards import CARD_HEADER, MOST_PHONES, card_row, is_blank
from shopbell.domain.columns import map_columns
from shopbell.domain.importing import ParkedRow, ReadRow
from shopbell.domain.rows import RowReader

MAPPING = map_columns(CARD_HEADER, [], "US")


def cells(*lines: str, version: str = "3.0") -> dict[str, str]:
    text = [f"{line}\n" for line in ("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD")]
    (card,) = Cards(text)
    row = card_row(card)
    assert not isinstance(row, ParkedRow)
    assert len(row[1]) == len(CARD_HEADER)
    return {name: cell for name, cell in zip(CARD_HEADER, row[1], strict=True) if cell}


def read(*lines: str, version: str = "3.0") -> ReadRow | ParkedRow:
    row = dict.fromkeys(CARD_HEADER, "") | cells(*lines, version=version)
    return RowReader(MAPPING, "US", "import:x.vcf").read(1, list(row.values()))


def test_the_columns_of_cards_are_known() -> None:
    assert MAPPING.profile == "vcard"
    assert len(MAPPING.phone_labels) == MOST_PHONES


def test_an_apple_card_becomes_a_contact_with_all_it_says() -> None:
    found = read(
        "N:Reyes;Ana;Maria;Dr.;",
        "FN:Ana Maria Reyes",
        "ORG:Fern & Finch;Shop",
        "EMAIL;type=INTERNET;type=HOME:other@example.com",
        "EMAIL;type=INTERNET;type=HOME;type=pref:ana@example.com",
        "TEL;type=CELL;type=VOICE;type=pref:(212) 555-0142",
        "item1.TEL:(212) 555-0143",
        "item1.X-ABLabel:_$!<Work>!$_",
        "ADR;type=WORK:;;2 Side St;Boston;MA;02101;United States",
        "item2.ADR;type=HOME;type=pref:;;1 Main St;New York;NY;10001;United States",
        "NOTE:likes peonies\\nrings twice",
        "NOTE:allergic to lilies",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-09",
        "CATEGORIES:VIP,Florists",
    )
    assert isinstance(found, ReadRow)
    draft = found.draft
    assert (draft.number, draft.name) == ("+12125550142", "Ana Maria Reyes")
    assert (draft.email, draft.region) == ("ana@example.com", "US-NY")
    assert draft.note == "likes peonies\nrings twice\nallergic to lilies"
    assert (draft.birthday, draft.tags) == ("--03-09", ("VIP", "Florists"))
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("FN:Ana Reyes",), "Ana Reyes"),
        (("N:Reyes;Ana;;;",), "Ana Reyes"),
        (("NICKNAME:Annie",), "Annie"),
        (("ORG:Fern & Finch;Shop",), "Fern & Finch"),
        (("FN:  Ana\\n Reyes ",), "Ana Reyes"),
        (("FN:[bold]\x1b[31m[/]",), "[bold]\x1b[31m[/]"),
        ((), ""),
    ],
)
def test_the_name_is_taken_where_it_is(lines: tuple[str, ...], name: str) -> None:
    found = read(*lines, "TEL:+12125550142")
    assert isinstance(found, ReadRow)
    assert found.draft.name == name


A, B = "+12125550142", "+12125550143"


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ((f"TEL;HOME:{B}", f"TEL;CELL:{A}"), A),
        ((f"TEL;TYPE=WORK,FAX:{B}", f"TEL;TYPE=WORK:{A}"), A),
        ((f"TEL;CELL:{B}", f"TEL;CELL;PREF:{A}"), A),
        ((f"TEL;TYPE=cell;PREF=2:{B}", f"TEL;TYPE=cell;PREF=1:{A}"), A),
        (
            (f"a.TEL:{B}", "a.X-ABLabel:_$!<Home>!$_", f"b.TEL:{A}", "b.X-ABLabel:_$!<Mobile>!$_"),
            A,
        ),
        ((f"a.TEL;type=IPHONE:{A}", f"TEL;HOME:{B}"), A),
        ((f"TEL;TYPE=home:{B}", f'TEL;VALUE=uri;TYPE="text,voice":tel:{A}'), A),
        ((f"TEL;TYPE=home,textphone,text:{B}", f"TEL;TYPE=cell:{A}"), A),
        ((f"TEL;HOME:{A}", "TEL;WORK:+1 (212) 555-0142"), A),
    ],
)
def test_of_several_numbers_the_mobile_is_taken(lines: tuple[str, ...], number: str) -> None:
    found = read(*lines)
    assert isinstance(found, ReadRow)
    assert found.draft.number == number


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((f"TEL;CELL:{A}", f"TEL;CELL:{B}"), "none is plainly the mobile"),
        ((f"TEL;HOME:{A}", f"TEL;WORK:{B}"), "none is plainly the mobile"),
        ((f"TEL;HOME;PREF:{A}", f"TEL;WORK:{B}"), "none is plainly the mobile"),
        ((f"TEL;FAX:{A}",), "no phone number"),
        (("TEL;CELL:tel:+1-212-555-0142;ext=12",), "extension"),
        (("FN:Ana",), "no phone number"),
    ],
)
def test_between_equals_and_without_a_mobile_the_owner_chooses(
    lines: tuple[str, ...], words: str
) -> None:
    found = read(*lines)
    assert isinstance(found, ParkedRow)
    assert words in found.reason


def test_more_numbers_than_columns_lose_none() -> None:
    numbers = [f"+121255501{n:02d}" for n in range(MOST_PHONES + 3)]
    row = cells(*(f"TEL;HOME:{number}" for number in numbers))
    kept = [row[f"Phone {n} number"] for n in range(1, MOST_PHONES + 1)]
    assert " ::: ".join(kept).split(" ::: ") == numbers


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:1985-03-09", "1985-03-09"),
        ("BDAY:19850309", "1985-03-09"),
        ("BDAY;VALUE=date:--0309", "--03-09"),
        ("BDAY;VALUE=date-time:1985-03-09T00:00:00Z", "1985-03-09"),
        ("BDAY;VALUE=text:circa 1800", ""),
        ("BDAY:", ""),
    ],
)
def test_birthdays_of_every_version_are_read(line: str, birthday: str) -> None:
    found = read(line, f"TEL:{A}")
    assert isinstance(found, ReadRow)
    assert found.draft.birthday == birthday


def test_a_card_the_file_ends_in_is_parked() -> None:
    (card,) = Cards(["BEGIN:VCARD\n", "FN:Ana\n", "TEL;CELL:+12125\n"])
    row = card_row(card)
    assert isinstance(row, ParkedRow)
    assert "ends in the middle" in row.reason
    assert "Ana" in row.cells


def test_a_card_that_says_nothing_is_a_blank_row() -> None:
    (card,) = Cards(["BEGIN:VCARD\n", "VERSION:3.0\n", "PHOTO:x\n", "END:VCARD\n"])
    assert is_blank(card_row(card))
