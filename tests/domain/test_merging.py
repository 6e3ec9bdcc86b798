"""Two descriptions of one number: every name and note is kept, nothing is lost to an empty cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NEW_YORK, a_contact_draft
from shopbell.domain.merging import (
    BETWEEN_NAMES,
    MOST_NAMES,
    joined,
    names_of,
    updated,
    with_name,
)
from shopbell.domain.people import ContactDraft

WORDS = st.text(st.characters(categories=("L", "Nd")), max_size=12)
DRAFTS = st.builds(
    ContactDraft,
    number=st.just(NEW_YORK),
    name=WORDS,
    note=WORDS,
    email=WORDS,
    tags=st.lists(WORDS, max_size=3, unique=True).map(tuple),
)


@pytest.mark.parametrize(
    ("before", "more", "after"),
    [
        ("", "Bo", "Bo"),
        ("Ana", "", "Ana"),
        ("Ana", "Bo", "Ana / Bo"),
        ("Ana / Bo", "Bo", "Ana / Bo"),
        ("Ana / Bo", "Cy", "Ana / Bo / Cy"),
        ("Bobby", "Bo", "Bobby / Bo"),
        ("Ana", "ana", "Ana / ana"),
    ],
)
def test_a_household_keeps_every_name_once(before: str, more: str, after: str) -> None:
    assert with_name(a_contact_draft(name=before), more).name == after


def test_names_that_would_fill_the_screen_are_not_added() -> None:
    full = replace(a_contact_draft(), name="x" * (MOST_NAMES - 3))
    assert with_name(full, "Bo") == full


@pytest.mark.parametrize(
    ("name", "names"),
    [("", ()), ("Ana", ("Ana",)), ("Ana / Bo", ("Ana", "Bo")), ("A/B", ("A/B",))],
)
def test_the_people_on_a_number_are_told_apart(name: str, names: tuple[str, ...]) -> None:
    assert names_of(name) == names
    assert BETWEEN_NAMES.join(names) == name


@given(DRAFTS, DRAFTS)
def test_joining_keeps_the_names_notes_and_tags_of_both(
    first: ContactDraft, second: ContactDraft
) -> None:
    both = joined(first, second)
    assert {name for name in (first.name, second.name) if name} == set(names_of(both.name))
    assert set(first.tags) | set(second.tags) == set(both.tags)
    for note in (first.note, second.note):
        assert note in both.note.split("\n") or not note
    assert joined(both, second) == both


@given(DRAFTS, DRAFTS)
def test_an_update_is_never_by_an_empty_cell_and_doing_it_twice_changes_nothing(
    old: ContactDraft, new: ContactDraft
) -> None:
    fresh = updated(old, new)
    assert fresh.name == (new.name or old.name)
    assert fresh.email == (new.email or old.email)
    assert old.note in fresh.note
    assert updated(fresh, new) == fresh
