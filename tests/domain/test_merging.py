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
    ours_kept,
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


CLASH = (
    ContactDraft(
        number=NEW_YORK, name="Ana", note="tall", email="", tags=("vip",), birthday="1985-03-09"
    ),
    ContactDraft(
        number=NEW_YORK,
        name="Anna",
        note="short",
        email="a@example.com",
        tags=("new",),
        birthday="1985-09-03",
    ),
)


@pytest.mark.parametrize(
    ("kept", "name", "note", "email", "tags", "birthday"),
    [
        ((), "Anna", "tall\nshort", "a@example.com", ("vip", "new"), "1985-09-03"),
        (("name",), "Ana", "tall\nshort", "a@example.com", ("vip", "new"), "1985-09-03"),
        (("note", "tags"), "Anna", "tall", "a@example.com", ("vip",), "1985-09-03"),
        (("email", "birthday"), "Anna", "tall\nshort", "a@example.com", ("vip", "new"),
         "1985-03-09"),
    ],
)  # fmt: skip
def test_a_field_can_stay_as_the_shop_has_it_and_an_empty_one_is_filled_all_the_same(
    kept: tuple[str, ...], name: str, note: str, email: str, tags: tuple[str, ...], birthday: str
) -> None:
    old, new = CLASH
    found = ours_kept(updated(old, new), old, kept)
    assert (found.name, found.note, found.email) == (name, note, email)
    assert (found.tags, found.birthday) == (tags, birthday)


@pytest.mark.parametrize(
    ("old", "new", "birthday"),
    [
        ("", "", ""),
        ("1985-03-09", "", "1985-03-09"),
        ("", "--03-09", "--03-09"),
        ("1985-03-09", "--03-09", "1985-03-09"),
        ("--03-09", "1985-03-09", "1985-03-09"),
        ("1985-03-09", "--03-10", "--03-10"),
        ("1985-03-09", "1986-03-09", "1986-03-09"),
        ("--03-09", "--03-09", "--03-09"),
    ],
)
def test_a_birthday_without_its_year_takes_no_year_away(old: str, new: str, birthday: str) -> None:
    before = replace(a_contact_draft(), birthday=old)
    assert updated(before, replace(before, birthday=new)).birthday == birthday


@given(old=DRAFTS, new=DRAFTS)
def test_who_keeps_every_field_loses_nothing_and_gains_only_what_was_empty(
    old: ContactDraft, new: ContactDraft
) -> None:
    found = ours_kept(updated(old, new), old, ("name", "note", "email", "tags"))
    for field in ("name", "note", "email", "tags"):
        ours, theirs = getattr(old, field), getattr(updated(old, new), field)
        assert getattr(found, field) == (ours or theirs)
    assert ours_kept(found, old, ("name", "note", "email", "tags")) == found
