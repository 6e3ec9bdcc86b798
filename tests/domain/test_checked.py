"""What a whole look found, in sentences: what is proved, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shopbell.domain.balances import balance
from shopbell.domain.checked import Checked, Named, sentences
from shopbell.domain.ids import ConsentId
from shopbell.domain.ledger import DOES_NOT_PROVE, GENESIS, PROVES, Walk

HEAD = "a" * 64
WHOLE = Checked(
    faults=(),
    ledger=Walk(entries=12, first_bad=None, head=HEAD),
    noted="",
    balances=(balance("texts", "each is where its history says", 1300, []),),
)


def said(found: Checked) -> list[tuple[bool | None, str]]:
    return [(one.ok, one.sentence) for one in sentences(found)]


def test_a_whole_file_is_said_to_be_whole_and_what_that_is_worth() -> None:
    assert WHOLE.ok
    found = said(WHOLE)
    assert (True, "The file is sound.") in found
    assert (True, "The consent ledger is sound: 12 entries, each linked to the last.") in found
    assert (None, f"Ledger head: {HEAD}") in found
    assert (True, "Texts, 1,300: each is where its history says.") in found
    assert {(None, PROVES), (None, DOES_NOT_PROVE)} <= set(found)
    assert any("Note the head away from this computer." in sentence for _, sentence in found)


@pytest.mark.parametrize(
    ("entries", "noted_at", "says"),
    [
        (12, 12, "is entry 12: nothing up to it was changed or cut off since. 0 newer entries."),
        (12, 11, "is entry 11: nothing up to it was changed or cut off since. 1 newer entry."),
        (12, 0, "is entry 0: nothing up to it was changed or cut off since. 12 newer entries."),
    ],
)
def test_a_noted_head_that_is_found_says_how_far_it_vouches(
    entries: int, noted_at: int, says: str
) -> None:
    ledger = Walk(entries=entries, first_bad=None, head=HEAD, noted_at=noted_at)
    found = replace(WHOLE, ledger=ledger, noted="f" * 12)
    assert found.ok
    assert any(ok and sentence.endswith(says) for ok, sentence in said(found))


def test_a_noted_head_that_is_gone_is_no_good_sign() -> None:
    found = replace(WHOLE, noted="f" * 12)
    assert not found.ok
    assert not found.ledger_ok
    assert any(ok is False and "cut off or rewritten" in sentence for ok, sentence in said(found))


def test_a_broken_ledger_claims_nothing_more() -> None:
    ledger = Walk(entries=12, first_bad=5, head=GENESIS)
    found = replace(WHOLE, ledger=ledger, noted="f" * 12)
    assert not found.ok
    texts = [sentence for _, sentence in said(found)]
    assert any("entry 5 does not fit" in sentence for sentence in texts)
    assert PROVES not in texts
    assert not any("Ledger head" in sentence for sentence in texts)


def test_every_fault_of_file_and_sums_is_told() -> None:
    found = replace(
        WHOLE,
        faults=("page 9 cannot be read",),
        balances=(balance("parts", "", 2, ["Text 1 is wrong.", "Text 2 is wrong."]),),
    )
    assert not found.ok
    told = said(found)
    assert (False, "The file is damaged: page 9 cannot be read") in told
    assert (False, "Parts: Text 1 is wrong.") in told
    assert (False, "Parts: Text 2 is wrong.") in told
    assert (True, "The file is sound.") not in told


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ((), "No entry of the ledger names this file."),
        ((3,), "Entry 3 of the ledger: recorded with exactly this file."),
        ((3, 17), "Entries 3, 17 of the ledger: recorded with exactly this file."),
    ],
)
def test_an_evidence_file_is_told_by_the_entries_that_name_it(
    entries: tuple[int, ...], says: str
) -> None:
    named = Named(sha256="e" * 64, entries=tuple(map(ConsentId, entries)))
    assert named.sentence().startswith(says)
