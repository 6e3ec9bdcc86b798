"""Sums that must come out, and what is said when one does not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.balances import balance, history_fault, parts_fault
from shopbell.domain.segments import measure
from shopbell.domain.texts import MOVES, Encoding, State


def test_a_balance_without_faults_is_in_order() -> None:
    whole = balance("texts", "each is where it should be", 3, [])
    assert (whole.ok, whole.faults, whole.looked_at) == (True, (), 3)


@pytest.mark.parametrize(
    ("faults", "told", "last"),
    [
        (1, 1, "Fault 0."),
        (5, 5, "Fault 4."),
        (6, 6, "1 more fault of this kind."),
        (500, 6, "495 more faults of this kind."),
    ],
)
def test_the_first_few_faults_are_told_and_the_others_counted(
    faults: int, told: int, last: str
) -> None:
    found = balance("texts", "", faults, (f"Fault {n}." for n in range(faults)))
    assert not found.ok
    assert len(found.faults) == told
    assert found.faults[-1] == last


GOOD = [
    (State.WAITING, State.SENDING, State.ACCEPTED, State.DELIVERED),
    (State.HELD, State.WAITING, State.SENDING, State.UNKNOWN, State.SENT),
    (State.HELD, State.CANCELED),
    (State.WAITING,),
    (State.WAITING, State.SENDING, State.SENT, State.SENT, State.SENT),
]


@pytest.mark.parametrize("history", GOOD)
def test_a_text_that_went_the_legal_way_is_in_order(history: tuple[State, ...]) -> None:
    assert history_fault(1, history[-1], history) is None


@pytest.mark.parametrize(
    ("history", "state", "said"),
    [
        ((), State.WAITING, "Nothing is on file of what happened to text 7."),
        ((State.WAITING,), State.SENT, "Text 7 is sent, but the last that happened"),
        ((State.WAITING, State.DELIVERED), State.DELIVERED, "from waiting to delivered"),
        ((State.CANCELED, State.WAITING), State.WAITING, "from canceled to waiting"),
    ],
)
def test_a_text_that_is_not_where_its_history_says_is_told(
    history: tuple[State, ...], state: State, said: str
) -> None:
    fault = history_fault(7, state, history)
    assert fault is not None
    assert said in fault


@given(st.lists(st.sampled_from(State), min_size=1, max_size=6))
def test_a_history_is_in_order_exactly_when_every_step_is_legal(history: list[State]) -> None:
    legal = all(old is new or new in MOVES[old] for old, new in pairwise(history))
    assert (history_fault(1, history[-1], history) is None) == legal


@given(st.text(max_size=400))
def test_parts_counted_anew_are_those_that_were_counted(text: str) -> None:
    was = measure(text)
    assert parts_fault(1, text, was.encoding, was.units, was.segments) is None
    wrong = parts_fault(1, text, was.encoding, was.units, was.segments + 1)
    assert wrong is not None
    assert f"{was.segments + 1} part" in wrong


def test_another_alphabet_than_was_written_down_is_a_fault() -> None:
    assert parts_fault(1, "hello", Encoding.UCS2, 5, 1) is not None
