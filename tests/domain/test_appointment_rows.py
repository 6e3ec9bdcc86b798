"""What somebody says about the columns of a table of appointments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.appointment_rows import Part, read_parts
from shopbell.errors import BadInput


@pytest.mark.parametrize(
    ("pairs", "parts"),
    [
        ((), {}),
        (("start=Wann",), {Part.START: "Wann"}),
        ((" Start = Wann ", "PHONE=Handy"), {Part.START: "Wann", Part.PHONE: "Handy"}),
        (("first-name=Given", "last-name="), {Part.FIRST_NAME: "Given", Part.LAST_NAME: ""}),
        (("what=a=b",), {Part.WHAT: "a=b"}),
        (("name=A", "name=B"), {Part.NAME: "B"}),
    ],
)
def test_a_part_is_named_with_its_column(pairs: tuple[str, ...], parts: dict[Part, str]) -> None:
    assert read_parts(pairs) == parts


@pytest.mark.parametrize("pair", ["", "=", "Wann", "begin=Wann", "first name=A", "[/]=x", "=name"])
def test_anything_else_is_refused_with_the_parts_there_are(pair: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_parts((pair,))
    assert refusal.value.code == "bad_map"
    assert all(part in refusal.value.hint for part in Part)


@given(st.sampled_from(list(Part)), st.text(max_size=20))
def test_every_part_takes_any_column(part: Part, column: str) -> None:
    assert read_parts((f"{part}={column}",)) == {part: column.strip()}
