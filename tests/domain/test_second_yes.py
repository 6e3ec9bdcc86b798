"""When two people's yes is needed, and what a name and a word may be."""

from __future__ import annotations

import pytest

from shopbell.domain.second_yes import SecondYes, same_name, tidy_name, two_needed, word_problem


@pytest.mark.parametrize(
    ("from_count", "people", "is_needed"),
    [
        (0, 0, False),
        (0, 1, False),
        (0, 100_000, False),
        (1, 0, False),
        (1, 1, True),
        (100, 99, False),
        (100, 100, True),
        (100, 101, True),
    ],
)
def test_two_are_needed_from_so_many_people_on_and_never_while_it_is_off(
    from_count: int, people: int, is_needed: bool
) -> None:
    assert SecondYes(from_count=from_count, names=("Ana", "Bo")).counts_for(people) is is_needed


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ana", "ana", True),
        ("Ana", " ANA ", True),
        ("Ana  Reyes", "ana reyes", True),
        ("Zoë", "zoe\u0308", True),
        ("Straße", "STRASSE", True),
        ("\uff21na", "Ana", True),
        ("Ana", "Anna", False),
        ("Ana", "", False),
        ("Zoë", "Zoe", False),
    ],
)
def test_a_name_is_the_same_however_it_is_typed(one: str, other: str, is_same: bool) -> None:
    assert same_name(one, other) is is_same
    assert same_name(other, one) is is_same


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana", "Ana"),
        ("  Ana   Reyes ", "Ana Reyes"),
        ("Zoe\u0308", "Zoë"),
        ("x" * 40, "x" * 40),
        ("x" * 41, None),
        ("", None),
        ("   ", None),
        ("Ana\x1b[2J", None),
        ("Ana\u202e", None),
        ("Ana\ud800", None),
        ("A\0na", None),
    ],
)
def test_a_name_is_kept_tidy_or_not_at_all(typed: str, kept: str | None) -> None:
    assert tidy_name(typed) == kept


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("lantern", ""),
        ("two words", ""),
        ("ünïcødé", ""),
        ("short", "6 to 200"),
        ("", "6 to 200"),
        ("x" * 201, "6 to 200"),
        (" lantern", "blank"),
        ("lantern\t", "blank"),
        ("lan\ttern", "cannot be typed again"),
        ("lantern\ud800", "cannot be typed again"),
    ],
)
def test_a_word_can_be_typed_again_and_is_not_too_short(word: str, said: str) -> None:
    problem = word_problem(word)
    assert said in problem
    assert bool(problem) is bool(said)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (SecondYes(), "One person's yes is enough, however many people a campaign goes to."),
        (SecondYes(names=("Ana", "Bo")), "One person's yes is enough"),
        (SecondYes(from_count=1), "Every campaign needs the yes of two."),
        (SecondYes(from_count=1_000), "A campaign to 1,000 people or more needs the yes of two."),
    ],
)
def test_it_is_said_in_one_sentence(rule: SecondYes, said: str) -> None:
    assert two_needed(rule).startswith(said)
