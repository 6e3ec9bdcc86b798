"""The chain: what walking it finds, and what only a head noted elsewhere can show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.ledger import GENESIS, SHORTEST_HEAD, Entry, first_break, link, walk

Chain = list[tuple[int, str, str, Entry]]


def a_chain(*words: str) -> Chain:
    chain: Chain = []
    previous = GENESIS
    for index, word in enumerate(words, start=1):
        entry = {"words": word, "promised_n": None}
        digest = link(previous, entry)
        chain.append((index, previous, digest, entry))
        previous = digest
    return chain


WORDS = st.lists(st.text(max_size=5), min_size=1, max_size=8)


def test_an_empty_ledger_is_whole_and_its_head_is_the_beginning() -> None:
    walked = walk([])
    assert (walked.entries, walked.first_bad, walked.head) == (0, None, GENESIS)
    assert walked.since is None


@given(WORDS)
def test_a_ledger_nobody_touched_is_whole(words: list[str]) -> None:
    chain = a_chain(*words)
    walked = walk(chain)
    assert (walked.entries, walked.first_bad, walked.head) == (len(words), None, chain[-1][2])
    assert first_break(chain) is None


@given(WORDS, st.data())
def test_one_changed_entry_is_found_wherever_it_is(words: list[str], data: st.DataObject) -> None:
    chain = a_chain(*words)
    at = data.draw(st.integers(0, len(chain) - 1))
    index, previous, digest, entry = chain[at]
    chain[at] = (index, previous, digest, {**entry, "words": str(entry["words"]) + "!"})
    assert walk(chain).first_bad == at + 1


@given(st.lists(st.text(max_size=5), min_size=2, max_size=8), st.data())
def test_a_missing_and_a_swapped_entry_are_found(words: list[str], data: st.DataObject) -> None:
    chain = a_chain(*words)
    at = data.draw(st.integers(0, len(chain) - 2))
    missing = chain[:at] + chain[at + 1 :]
    assert walk(missing).first_bad == at + 2
    swapped = [*chain[:at], chain[at + 1], chain[at], *chain[at + 2 :]]
    assert walk(swapped).first_bad == at + 2


def test_an_end_that_was_cut_off_shows_only_by_the_noted_head() -> None:
    chain = a_chain("yes", "no", "yes again")
    noted = chain[-1][2]
    cut = chain[:2]
    assert walk(cut).first_bad is None
    assert walk(cut, noted).noted_at is None
    assert walk(chain, noted).noted_at == 3


def test_an_end_that_was_rewritten_shows_only_by_the_noted_head() -> None:
    noted = a_chain("yes", "no")[-1][2]
    rewritten = a_chain("yes", "yes")
    assert walk(rewritten).first_bad is None
    assert walk(rewritten, noted).noted_at is None


@given(WORDS, st.data())
def test_a_noted_head_tells_how_much_came_since(words: list[str], data: st.DataObject) -> None:
    chain = a_chain(*words)
    at = data.draw(st.integers(0, len(chain) - 1))
    length = data.draw(st.integers(SHORTEST_HEAD, 64))
    walked = walk(chain, chain[at][2][:length])
    assert walked.noted_at == at + 1
    assert walked.since == len(words) - at - 1


def test_a_head_noted_while_the_ledger_was_empty_is_known_again() -> None:
    walked = walk(a_chain("yes", "no"), GENESIS[:SHORTEST_HEAD])
    assert (walked.noted_at, walked.since) == (0, 2)


@pytest.mark.parametrize("at", [1, 2])
def test_a_head_behind_a_break_counts_for_nothing(at: int) -> None:
    chain = a_chain("yes", "no", "yes")
    broken = chain[0]
    chain[0] = (broken[0], broken[1], broken[2], {"words": "changed"})
    walked = walk(chain, chain[at][2])
    assert (walked.first_bad, walked.noted_at) == (1, None)
