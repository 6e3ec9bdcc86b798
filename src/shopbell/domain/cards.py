"""Turns a vCard into the cells of a row, so that all that follows is the same for all files.

Must not choose between numbers: each comes with its kind, as in the exports that label theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from shopbell.domain.card_lines import Card, Property
from shopbell.domain.importing import ParkedRow, TableRow
from shopbell.domain.parking import parked

MOST_PHONES = 6
"""Of one card; more than these share the last cell, so that nothing is dropped silently."""

CARD_HEADER = (
    *("Full name", "First name", "Middle name", "Last name", "Nickname", "Company"),
    *(f"Phone {n} {part}" for n in range(1, MOST_PHONES + 1) for part in ("kind", "number")),
    *("E-mail", "Note", "Birthday", "Categories", "Country", "State", "Postal code"),
)
"""The columns that every file of cards has; a profile knows them."""

_CUT = (
    "The file ends in the middle of this card, so it may not be whole. "
    "Export the contacts again, or type this one in."
)
_NO_NUMBER_KINDS = frozenset({"fax", "pager", "modem", "bbs", "textphone"})
_APPLE_LABEL = ("_$!<", ">!$_")


def card_row(card: Card) -> TableRow:
    """Return the card as a row of `CARD_HEADER`, or parked where the file ends in it."""
    cells = _cells(card)
    return (card.number, cells) if card.ends else parked(card.number, _CUT, cells)


def is_blank(row: TableRow) -> bool:
    """Return whether the card says nothing about anybody."""
    return not isinstance(row, ParkedRow) and not any(row[1])


def _cells(card: Card) -> list[str]:
    properties = card.properties
    last, first, middle = (*_fields(properties, "N"), "", "", "")[:3]
    return [
        _line(_text(properties, "FN")),
        *(_line(part) for part in (first, middle, last)),
        _line(_text(properties, "NICKNAME")),
        _line((*_fields(properties, "ORG"), "")[0]),
        *_phones(properties),
        _best(properties, "EMAIL"),
        "\n".join(one.text().strip() for one in _all(properties, "NOTE")),
        _birthday(properties),
        ", ".join(text for one in _all(properties, "CATEGORIES") if (text := one.text())),
        *_place(properties),
    ]


def _phones(properties: Sequence[Property]) -> list[str]:
    labels = {one.group: one.text() for one in _all(properties, "X-ABLABEL") if one.group}
    found = _all(properties, "TEL")
    best = min((rank for one in found if (rank := _rank(one)) is not None), default=None)
    phones: list[tuple[str, str]] = []
    for one in found:
        number = one.text().strip()
        kinds = list(dict.fromkeys(one.types))
        if best is not None and _rank(one) == best:
            kinds.append("pref")
        if "text" in kinds and not _NO_NUMBER_KINDS.intersection(kinds):
            # RFC 6350, 6.4.1: this one takes text messages.
            kinds.append("mobile")
        label = labels.get(one.group, "") if one.group else ""
        for mark in _APPLE_LABEL:
            label = label.replace(mark, "")
        if number:
            phones.append((" ".join(filter(None, (label, *kinds))), number))
    if len(phones) > MOST_PHONES:
        rest = phones[MOST_PHONES - 1 :]
        phones[MOST_PHONES - 1 :] = [(rest[0][0], " ::: ".join(number for _, number in rest))]
    phones += [("", "")] * (MOST_PHONES - len(phones))
    return [cell for phone in phones for cell in phone]


def _rank(one: Property) -> int | None:
    """Return the place that 4.0 gives a number by PREF=1 to PREF=100."""
    (word, *_) = (*one.parameters.get("pref", ()), "")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else None


def _birthday(properties: Sequence[Property]) -> str:
    (one, *_) = (*_all(properties, "BDAY"), None)
    if one is None:
        return ""
    text = one.text().strip()
    omitted = one.parameters.get("x-apple-omit-year", ())
    return f"--{text[5:]}" if omitted and text.startswith(f"{omitted[0]}-") else text


def _place(properties: Sequence[Property]) -> tuple[str, str, str]:
    """Return country, state and postal code of the first address, a home address if there is."""
    addresses = sorted(_all(properties, "ADR"), key=lambda one: "home" not in one.types)
    if not addresses:
        return "", "", ""
    _, _, _, _, state, code, country = (*addresses[0].fields(), *[""] * 7)[:7]
    return _line(country), _line(state), _line(code)


def _best(properties: Sequence[Property], name: str) -> str:
    found = sorted(_all(properties, name), key=lambda one: "pref" not in one.types)
    return _line(found[0].text()) if found else ""


def _text(properties: Sequence[Property], name: str) -> str:
    return next((one.text() for one in _all(properties, name)), "")


def _fields(properties: Sequence[Property], name: str) -> tuple[str, ...]:
    return next((one.fields() for one in _all(properties, name)), ())


def _all(properties: Sequence[Property], name: str) -> list[Property]:
    return [one for one in properties if one.name == name]


def _line(text: str) -> str:
    return " ".join(text.split())
