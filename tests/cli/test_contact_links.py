"""Merging, splitting and households at the command line."""

from __future__ import annotations

import pytest

from till import ANA, BO, Till

CY = "+12125550103"


@pytest.fixture
def twice(till: Till) -> Till:
    """Ana is on file twice; Cy is somebody else."""
    till.json("contacts", "add", ANA, "--name", "Ana Reyes", "--tag", "weekly")
    till.json("contacts", "add", BO, "--name", "Ana Reyes", "--note", "dog called Biscuit")
    till.json("contacts", "add", CY, "--name", "Cy Moss")
    return till


def test_a_merge_is_only_shown_until_somebody_says_yes(twice: Till) -> None:
    shown = twice.json("contacts", "merge", ANA, BO)
    assert shown == {
        "merged": False,
        "kept": ANA,
        "joined": [BO],
        "becomes": {
            "name": "Ana Reyes",
            "note": "dog called Biscuit",
            "email": "",
            "tags": ["weekly"],
            "birthday": None,
        },
        "stopped": [],
    }
    assert twice.json("contacts", "list")["total"] == 3
    assert twice.run("contacts", "merge", ANA, BO).out.splitlines() == [
        "Ana Reyes …0102 would be a further number of Ana Reyes …0101.",
        "Name: Ana Reyes.",
        "Tags: weekly.",
        "Note: dog called Biscuit",
        "Each number keeps its own yes; a no of one counts for all.",
        "Nothing is changed yet. Add --yes to do it.",
    ]


def test_a_merge_is_done_shown_on_the_sheet_and_taken_back(twice: Till) -> None:
    assert twice.json("contacts", "duplicates")["total"] == 1
    assert "contacts merge" in twice.run("contacts", "duplicates").out
    done = twice.run("contacts", "merge", ANA, BO, "--yes").out
    assert "Ana Reyes …0102 is a further number of Ana Reyes …0101." in done
    assert twice.json("contacts", "list")["total"] == 2
    assert twice.json("contacts", "duplicates")["total"] == 0
    assert twice.json("contacts", "show", ANA)["same_person"] == [BO]
    assert twice.json("contacts", "show", BO)["same_person"] == [ANA]
    said = "The same person: …0102. A no of one number counts for all."
    assert said in twice.run("contacts", "show", ANA).out
    assert BO in twice.run("contacts", "show", ANA, "--reveal").out
    back = twice.json("contacts", "split", BO)
    assert (back["kept"]["note"], back["restored"]) == ("", True)
    assert twice.json("contacts", "list")["total"] == 3


def test_a_stop_of_one_number_is_told_in_the_preview_and_counts_for_both(twice: Till) -> None:
    twice.agree(ANA)
    twice.json("opt-out", BO, "--how", "spoken")
    assert twice.json("contacts", "merge", ANA, BO)["stopped"] == [BO]
    assert "1 number of this person said stop" in twice.run("contacts", "merge", ANA, BO).out
    twice.json("contacts", "merge", ANA, BO, "--yes")
    refused = twice.json("check", ANA, "your order is ready.", "--purpose", "service", code=3)
    assert refused["reasons"][0]["code"] == "OPTED_OUT"


def test_a_contact_changed_since_the_merge_is_told_when_it_is_taken_back(twice: Till) -> None:
    twice.json("contacts", "merge", ANA, BO, "--yes")
    twice.json("contacts", "edit", ANA, "--name", "Ana Maria")
    told = twice.run("contacts", "split", ANA).out.splitlines()
    assert told == [
        "Two people again: Ana Maria …0101 and Ana Reyes …0102.",
        "Ana Maria …0101 was changed since the merge: look at name, notes and tags.",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("merge", ANA, ANA, "--yes"), "same_person"),
        (("merge", ANA, "+12125550199"), "no_contact"),
        (("split", CY), "not_merged"),
        (("household", ANA), "one_person"),
        (("household", ANA, ANA), "one_person"),
        (("household", ANA, "+12125550199"), "no_contact"),
        (("household", "--leave", ANA), "no_household"),
        (("household", "--leave", ANA, BO), "one_person"),
    ],
)
def test_what_cannot_be_linked_is_said_in_a_sentence(
    twice: Till, words: tuple[str, ...], code: str
) -> None:
    ran = twice.run("contacts", *words, "--json")
    assert (ran.code, ran.error) == (2, code)
    assert twice.run("contacts", *words).err.count("\n") >= 1


def test_a_household_is_made_shown_and_left(twice: Till) -> None:
    assert twice.json("contacts", "household", ANA, CY) == {"household": [ANA, CY]}
    assert twice.run("contacts", "household", CY, BO).out == (
        "One household: Ana Reyes …0101, Ana Reyes …0102, Cy Moss …0103.\n"
    )
    assert twice.json("contacts", "show", CY)["household"] == [ANA, BO]
    assert "Lives with: Ana Reyes, Ana Reyes." in twice.run("contacts", "show", CY).out
    assert twice.json("contacts", "household", "--leave", CY) == {"left": CY}
    assert twice.json("contacts", "show", CY)["household"] == []


def test_hostile_names_are_shown_harmless_in_a_preview(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "[/] \x1b[31mAna")
    till.json("contacts", "add", BO, "--name", "\u202egro", "--note", "\x1b]0;pwned\x07")
    for words in (("merge", ANA, BO), ("merge", ANA, BO, "--yes"), ("split", BO)):
        out = till.run("contacts", *words).out
        assert "\x1b" not in out
        assert "\u202e" not in out
