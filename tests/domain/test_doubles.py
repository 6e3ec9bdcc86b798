"""Who is likely on file twice, and who only shares a first name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.doubles import Alike, Doubles, likely_doubles
from shopbell.domain.ids import ContactId


def people(*rows: tuple[str, str]) -> list[tuple[ContactId, str, str]]:
    return [(ContactId(n), name, email) for n, (name, email) in enumerate(rows, start=1)]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], []),
        ([("Ana Reyes", ""), ("Bo Lind", "")], []),
        ([("Ana Reyes", ""), ("ana  REYES", "")], [(Alike.NAME, (1, 2))]),
        ([("Ana", ""), ("Ana", "")], []),
        ([("", ""), ("", "")], []),
        ([("Ana", "a@x.example"), ("Bo", " A@X.example ")], [(Alike.EMAIL, (1, 2))]),
        (
            [("Ana Reyes", "a@x.example"), ("Ana Reyes", "a@x.example")],
            [(Alike.EMAIL, (1, 2))],
        ),
        (
            [("Ana Reyes", "a@x.example"), ("Ana Reyes", "a@x.example"), ("Ana Reyes", "")],
            [(Alike.EMAIL, (1, 2)), (Alike.NAME, (1, 2, 3))],
        ),
    ],
)
def test_a_shared_email_or_whole_name_makes_a_double(
    rows: list[tuple[str, str]], found: list[tuple[Alike, tuple[int, ...]]]
) -> None:
    expected = tuple(
        Doubles(alike=alike, contacts=tuple(map(ContactId, ids))) for alike, ids in found
    )
    assert likely_doubles(people(*rows)) == expected


@given(st.lists(st.tuples(st.text(max_size=6), st.text(max_size=4)), max_size=12))
def test_every_group_has_at_least_two_and_nobody_twice(rows: list[tuple[str, str]]) -> None:
    for group in likely_doubles(people(*rows)):
        assert len(group.contacts) == len(set(group.contacts)) >= 2
