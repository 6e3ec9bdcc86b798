"""vCards of every version, and what phones and mail programs do to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.card_lines import (
    LONGEST_VALUE,
    MOST_PROPERTIES,
    Card,
    Cards,
    Property,
)
from shopbell.domain.text_lines import LongLine


def cards(text: str) -> list[Card]:
    return list(Cards(text.splitlines(keepends=True)))


def one(*lines: str, version: str = "3.0") -> dict[str, str]:
    """Return the properties of one card by name, unescaped."""
    (card,) = cards("\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]))
    assert card.ends
    return {found.name: found.text() for found in card.properties if found.name != "VERSION"}


def prop(line: str) -> Property:
    (card,) = cards(f"BEGIN:VCARD\n{line}\nEND:VCARD\n")
    (found,) = card.properties
    return found


def test_many_cards_of_a_file_are_told_apart_and_counted() -> None:
    text = "BEGIN:VCARD\nFN:Ana\nEND:VCARD\n\nbegin : vcard\nFN:Bo\nend:vcard \n"
    assert [(card.number, card.properties[0].value) for card in cards(text)] == [
        (1, "Ana"),
        (2, "Bo"),
    ]


@pytest.mark.parametrize(
    ("line", "types"),
    [
        ("TEL;CELL;PREF:1", ("cell", "pref")),
        ("TEL;type=CELL;type=VOICE;type=pref:1", ("cell", "voice", "pref")),
        ("TEL;TYPE=cell,voice:1", ("cell", "voice")),
        ('TEL;TYPE="HOME,VOICE":1', ("home", "voice")),
        ('tel;TYPE="cell";VALUE=uri:1', ("cell",)),
        ("item1.TEL:1", ()),
        ("TEL;:1", ()),
        ("TEL;TYPE=:1", ()),
    ],
)
def test_kinds_are_read_in_every_spelling(line: str, types: tuple[str, ...]) -> None:
    found = prop(line)
    assert (found.name, found.value, found.types) == ("TEL", "1", types)


def test_groups_tie_a_label_to_its_number() -> None:
    assert prop("item12.X-ABLabel:_$!<Work>!$_").group == "item12"
    assert prop("item12.X-ABLabel:_$!<Work>!$_").name == "X-ABLABEL"


def test_folded_lines_are_put_together() -> None:
    assert one("NOTE:likes pe", " onies and\\, at tim", "\tes\\; lilies\\nrings")["NOTE"] == (
        "likes peonies and, at times; lilies\nrings"
    )


def test_version_21_folds_where_a_space_belongs() -> None:
    assert one("NOTE:likes", " peonies", version="2.1")["NOTE"] == "likes peonies"


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_a_line_that_lost_its_folding_goes_on_what_came_before(version: str) -> None:
    found = one("NOTE:first", "second line, no indent", "FN:Ana", version=version)
    assert found == {"NOTE": "first\nsecond line, no indent", "FN": "Ana"}


def test_quoted_printable_is_decoded_over_soft_line_breaks() -> None:
    found = one(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4D=C3=BC=6C=\r\n=6C=65=72;=41=6E=61;;;",
        "NOTE;QUOTED-PRINTABLE:one=0D=0Atwo, three",
        version="2.1",
    )
    assert found["N"] == "Müller;Ana;;;"
    assert found["NOTE"] == "one\r\ntwo, three"


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [
        ("CHARSET=ISO-8859-1;", "Jos=E9"),
        ("CHARSET=windows-1252;", "Jos=E9"),
        ("CHARSET=UTF-8;", "Jos=E9"),
        ("CHARSET=NO-SUCH-SET;", "Jos=C3=A9"),
        ("CHARSET=rot13;", "Jos=C3=A9"),
        ("", "Jos=C3=A9"),
    ],
)
def test_whatever_charset_is_named_the_name_comes_out(charset: str, encoded: str) -> None:
    assert one(f"FN;{charset}ENCODING=QUOTED-PRINTABLE:{encoded}", version="2.1")["FN"] == "José"


def test_an_unescaped_comma_cuts_nothing_off() -> None:
    assert one("NOTE:one, two, three", version="2.1")["NOTE"] == "one, two, three"


def test_fields_of_a_name_may_hold_escaped_semicolons() -> None:
    assert prop(r"N:Last\;Junior;First;;;").fields() == ("Last;Junior", "First", "", "", "")
    assert prop(r"N:back\\;slash").fields() == ("back\\", "slash")
    assert prop("N:NUL\x00;here").fields() == ("NUL", "here")


PHOTO = "PHOTO;ENCODING=BASE64;JPEG:" + "\r\n ".join(["A" * 72] * 4000)


@pytest.mark.parametrize(
    "photo",
    [
        PHOTO,
        PHOTO.replace("\r\n ", "\r\n"),
        PHOTO.replace("\r\n ", ""),
        "PHOTO;VALUE=uri:http://example.com/me.jpg",
        "LOGO:x\r\nSOUND:y\r\nKEY:z",
    ],
    ids=["folded", "lost its folding", "one line", "a link", "others"],
)
def test_photos_and_the_like_are_passed_over(photo: str) -> None:
    assert one("FN:Ana", photo, "", "TEL:+12125550142") == {"FN": "Ana", "TEL": "+12125550142"}


def test_a_line_too_long_to_keep_costs_that_line_only() -> None:
    lines = ["BEGIN:VCARD\n", LongLine("NOTE:xxxx"), "FN:Ana\n", "END:VCARD\n"]
    (card,) = Cards(lines)
    assert [found.name for found in card.properties] == ["FN"]


def test_a_card_inside_a_card_is_its_agents_and_no_contact() -> None:
    text = (
        "BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Agent\nTEL:1\nEND:VCARD\nTEL:2\nEND:VCARD\n"
    )
    (card,) = cards(text)
    assert [(found.name, found.value) for found in card.properties] == [
        ("FN", "Boss"),
        ("TEL", "2"),
    ]


def test_a_card_without_end_ends_where_the_next_begins() -> None:
    first, second = cards("BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n")
    assert (first.properties[0].value, first.ends) == ("Ana", True)
    assert second.number == 2


def test_a_file_that_ends_in_a_card_says_so() -> None:
    (card,) = cards("BEGIN:VCARD\nFN:Ana\nTEL:+1212")
    assert not card.ends


def test_lines_outside_of_cards_are_counted() -> None:
    reader = Cards(["hello\n", "\n", "BEGIN:VCARD\n", "END:VCARD\n", "bye\n"])
    assert len(list(reader)) == 1
    assert reader.outside == 2


@pytest.mark.parametrize(
    "line",
    ["TEL", "TEL;CELL", ":1", "TEL CELL:1", 'TEL;TYPE="open:1', ";:1", "\x00TEL:1", "1TEL:1"],
)
def test_a_line_that_is_no_property_is_none(line: str) -> None:
    (card,) = cards(f"BEGIN:VCARD\n{line}\nEND:VCARD\n")
    assert card.properties == ()


def test_cards_are_bounded_whatever_they_hold() -> None:
    note = "NOTE:" + "x" * (2 * LONGEST_VALUE)
    assert len(one(note)["NOTE"]) < LONGEST_VALUE
    (card,) = cards("BEGIN:VCARD\n" + "TEL:1\n" * (2 * MOST_PROPERTIES) + "END:VCARD\n")
    assert len(card.properties) == MOST_PROPERTIES
    folded = "NOTE:a\n" + " x\n" * 100_000
    assert len(one(*folded.splitlines())["NOTE"]) <= LONGEST_VALUE


HOSTILE = [
    "TEL;a" + "=" * 50_000 + '";:1',
    "TEL" + ";" * 100_000,
    'TEL;"' + '"' * 50_000 + ":1",
    "TEL;TYPE=" + "a," * 20_000 + ":1",
    "TEL" + ";a=b" * 20_000 + ":1",
    "N:" + "\\" * 31_000 + ";x",
    "N:" + ";" * 31_000,
    "FN;ENCODING=QUOTED-PRINTABLE:" + "=" * 31_000,
    "TEL;TYPE=" + '"' * 3001 + ":1",
]


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:24])
def test_hostile_lines_cost_no_more_than_their_length(line: str) -> None:
    """A library that is used for this needs hours for the first of them."""
    for card in cards(f"BEGIN:VCARD\n{line}\nEND:VCARD\n" * 20):
        for found in card.properties:
            found.fields()
            found.text()


PIECES = st.sampled_from(
    ["BEGIN:VCARD", "END:VCARD", "TEL;CELL:+12125550142", "FN:Ana", " folded", "AGENT:", "PHOTO:",
     "N;ENCODING=QUOTED-PRINTABLE:=41=", "=42;;", "item1.TEL:1", "item1.X-ABLabel:x", "", ":", ";"]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(lines=st.lists(PIECES | st.text(max_size=30), max_size=30))
def test_any_lines_are_cards_numbered_in_order(lines: list[str]) -> None:
    found = list(Cards(f"{line}\n" for line in lines))
    assert [card.number for card in found] == list(range(1, len(found) + 1))
    for card in found:
        for entry in card.properties:
            assert len(entry.fields()) >= 1
            entry.text()
