"""One text for a person with several numbers, or for a household; nobody is lost on the way."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.campaigns import Outcome
from shopbell.domain.decision import Code
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.planning import Standing, one_of_each

ANA, BO, CY, DEE = (E164(f"+1212555010{n}") for n in (1, 2, 3, 4))
SEND, HELD, OUT = Outcome.SEND, Outcome.HELD, Outcome.OUT


def standing(number: E164, outcome: Outcome = SEND) -> Standing:
    return Standing(number=number, contact_id=ContactId(1), outcome=outcome)


@pytest.mark.parametrize(
    ("people", "groups", "taken", "expected"),
    [
        ([(ANA, SEND), (BO, SEND)], {}, (), [SEND, SEND]),
        ([(ANA, SEND), (BO, SEND)], {ANA: "a", BO: "b"}, (), [SEND, SEND]),
        ([(ANA, SEND), (BO, SEND)], {ANA: "a", BO: "a"}, (), [SEND, OUT]),
        ([(ANA, SEND), (BO, HELD)], {ANA: "a", BO: "a"}, (), [SEND, OUT]),
        ([(ANA, HELD), (BO, HELD)], {ANA: "a", BO: "a"}, (), [HELD, OUT]),
        ([(ANA, OUT), (BO, SEND)], {ANA: "a", BO: "a"}, (), [OUT, SEND]),
        ([(ANA, OUT), (BO, OUT)], {ANA: "a", BO: "a"}, (), [OUT, OUT]),
        ([(ANA, SEND), (BO, SEND)], {ANA: "a", BO: "b"}, ("a",), [OUT, SEND]),
        (
            [(ANA, SEND), (BO, SEND), (CY, SEND), (DEE, SEND)],
            {ANA: "a", CY: "a", BO: "b", DEE: "b"},
            (),
            [SEND, SEND, OUT, OUT],
        ),
    ],
)
def test_whoever_comes_first_gets_the_text(
    people: list[tuple[E164, Outcome]],
    groups: dict[E164, str],
    taken: tuple[str, ...],
    expected: list[Outcome],
) -> None:
    found = one_of_each([standing(*one) for one in people], groups, taken)
    assert [one.number for one in found] == [number for number, _ in people]
    assert [one.outcome for one in found] == expected
    for before, after in zip(people, found, strict=True):
        if before[1] is not OUT and after.outcome is OUT:
            assert after.code is Code.SAME_HOUSEHOLD
            assert after.next_at is None


people = st.lists(
    st.tuples(st.sampled_from([ANA, BO, CY, DEE]), st.sampled_from(Outcome)),
    unique_by=lambda one: one[0],
)
groups = st.dictionaries(st.sampled_from([ANA, BO, CY, DEE]), st.sampled_from("ab"))


@given(people, groups, st.sets(st.sampled_from("ab")))
def test_nobody_is_lost_and_each_group_has_one_text_at_most(
    chosen: list[tuple[E164, Outcome]], sharing: dict[E164, str], taken: set[str]
) -> None:
    before = [standing(*one) for one in chosen]
    after = one_of_each(before, sharing, taken)
    assert [one.number for one in after] == [one.number for one in before]
    texts = Counter(
        sharing[one.number] for one in after if one.outcome is not OUT and one.number in sharing
    )
    assert all(count == 1 for count in texts.values())
    assert not taken & set(texts)
    asked = {
        sharing[one.number] for one in before if one.outcome is not OUT and one.number in sharing
    }
    assert set(texts) == asked - taken
