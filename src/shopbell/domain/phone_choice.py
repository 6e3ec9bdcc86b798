"""Chooses the number to text when a row may hold several. Must not choose between equals: ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shopbell.domain.cells import PhoneRead, read_phone
from shopbell.domain.headers import header_key
from shopbell.domain.importing import Mapping, Target
from shopbell.domain.numbers import NumberProblem

_MOBILE = re.compile("mobi|cell|iphone|android|handy|portable|movil|celular|gsm")
_PREFERRED = re.compile("pref")
_NEVER = re.compile("fax|pager|assist|callback|telex")

_EMPTY = NumberProblem(
    code="empty", sentence="There is no phone number in this row. Type one, or leave the row out."
)
_SEVERAL = NumberProblem(
    code="several",
    sentence="This row has several numbers and none is plainly the mobile. Keep the one to text.",
)


def choose_phone(cells: Sequence[str], mapping: Mapping, country: str) -> PhoneRead | NumberProblem:
    """Return the number of this row, or why there is none, or none for sure.

    Without labels the phone columns are tried in the mapping's order. With labels the mobiles come
    first (and of several mobiles the one that is marked as preferred), then the rest, never a fax;
    two different numbers with equal claim are a problem for the owner to settle.

    Args:
        cells: reaching at least as far as the mapping's last column.
        mapping: says which columns hold phones and which label them.
        country: ISO alpha-2 of the shop.
    """
    columns = mapping.columns[Target.PHONE]
    groups: Iterable[Sequence[int]] = ((column,) for column in columns)
    if mapping.phone_labels:
        groups = _by_claim(cells, columns, mapping.phone_labels)
    problem = None
    for group in groups:
        found = [read for column in group if (read := read_phone(cells[column], country))]
        phones = [read for read in found if isinstance(read, PhoneRead)]
        if len({phone.number for phone in phones}) > 1:
            return _SEVERAL
        if phones:
            return phones[0] if problem is None else _second_choice(phones[0])
        problem = problem or next((p for p in found if isinstance(p, NumberProblem)), None)
    return problem or _EMPTY


def _by_claim(
    cells: Sequence[str], columns: Sequence[int], labels: dict[int, int]
) -> tuple[Sequence[int], ...]:
    said = {c: header_key(cells[labels[c]]) if c in labels else "" for c in columns if cells[c]}
    mobiles = [column for column, label in said.items() if _MOBILE.search(label)]
    preferred = [column for column in mobiles if _PREFERRED.search(said[column])]
    others = [
        column
        for column, label in said.items()
        if column not in mobiles and not _NEVER.search(label)
    ]
    return preferred, mobiles, others


def _second_choice(phone: PhoneRead) -> PhoneRead:
    remark = f"The first number of this row could not be read; {phone.number} was taken."
    return replace(phone, remarks=(remark, *phone.remarks))
