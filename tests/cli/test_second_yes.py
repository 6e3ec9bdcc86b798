"""`second-yes`, and `campaign approve` where two people have to say yes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, BO, WORDS, Till


@pytest.fixture
def words(tmp_path: Path) -> dict[str, Path]:
    """A file with the word of each person."""
    files = {}
    for name, word in (("Ana", "lantern"), ("Bo", "pebbles"), ("wrong", "not this one")):
        files[name] = tmp_path / f"{name}.txt"
        files[name].write_text(f"{word}\n")
    return files


def with_word(till: Till, file: Path, *line: str, code: int = 0) -> Any:
    """Run a command with an open descriptor on a word, as `5<word.txt` does."""
    descriptor = os.open(file, os.O_RDONLY)
    return till.json(*line, "--word-fd", str(descriptor), code=code)


@pytest.fixture
def two(counter: Till, words: dict[str, Path]) -> Till:
    """A shop with a campaign to two people, to which two have to say yes."""
    for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind")):
        counter.json("contacts", "add", number, "--name", name)
        line = ("opt-in", number, "--purpose", "marketing", "--topic", "offers")
        counter.json(*line, "--how", "paper", "--wording", WORDS)
    line = ("--name", "Wreaths", "--text", "{first_name}, wreaths!", "--topic", "offers")
    counter.json("campaign", "new", *line)
    for name in ("Ana", "Bo"):
        with_word(counter, words[name], "second-yes", "add", name)
    assert counter.json("second-yes", "from", "2") == {"from": 2, "names": ["Ana", "Bo"]}
    return counter


def test_it_is_off_until_somebody_asks_for_it(till: Till) -> None:
    assert till.json("second-yes", "show") == {"from": None, "names": []}
    said = till.run("second-yes", "show").out
    assert said.splitlines() == [
        "One person's yes is enough, however many people a campaign goes to.",
        "With a word of their own: nobody yet.",
    ]


def test_two_say_yes_and_it_leaves(
    two: Till, words: dict[str, Path], practice: PracticeGateway
) -> None:
    assert two.json("campaign", "plan", "1")["needs_two"] is True
    assert (
        "To so many people two have to say yes, each by name."
        in two.run("campaign", "plan", "1").out
    )
    first = with_word(two, words["Ana"], "campaign", "approve", "1", "--by", "Ana")
    assert (first["approved_by"], first["second_by"]) == ("Ana", "")
    assert (
        "Ana said yes; a second person has to say so too." in two.run("campaign", "show", "1").out
    )
    assert two.json("campaign", "start", "1", code=2)["error"]["code"] == "second_needed"
    second = with_word(two, words["Bo"], "campaign", "approve", "1", "--by", "bo")
    assert (second["approved_by"], second["second_by"]) == ("Ana", "Bo")
    assert "Ana and Bo said yes." in two.run("campaign", "show", "1").out
    ended = two.json("campaign", "start", "1", "--hold", "0", "--wait")
    assert (ended["state"], ended["sent"], ended["second_by"]) == ("done", 2, "Bo")
    assert len(practice.seen()) == 2


@pytest.mark.parametrize(
    ("who", "whose", "code"),
    [
        ("Ana", "Ana", "another_person"),
        ("Bo", "wrong", "wrong_word"),
        ("Zed", "Bo", "unknown_name"),
    ],
)
def test_nobody_else_says_the_second_one(
    two: Till, words: dict[str, Path], who: str, whose: str, code: str
) -> None:
    with_word(two, words["Ana"], "campaign", "approve", "1", "--by", "Ana")
    said = with_word(two, words[whose], "campaign", "approve", "1", "--by", who, code=2)
    assert said["error"]["code"] == code
    assert two.json("campaign", "start", "1", code=2)["error"]["code"] == "second_needed"


def test_without_a_name_it_says_whose_yes_it_can_be(two: Till) -> None:
    error = two.json("campaign", "approve", "1", code=2)["error"]
    assert error["code"] == "name_needed"
    assert "Ana or Bo" in error["hint"]


def test_without_a_terminal_it_says_how_a_script_gives_the_word(two: Till) -> None:
    error = two.json("campaign", "approve", "1", "--by", "Ana", code=2)["error"]
    assert error["code"] == "no_terminal"
    assert "--word-fd" in error["hint"]


def test_turned_off_one_yes_is_enough_again(two: Till) -> None:
    assert two.json("second-yes", "off", "--by", "Bo")["from"] is None
    two.json("campaign", "approve", "1")
    assert two.json("campaign", "start", "1")["state"] == "starting"


def test_the_list_is_changed_by_name(two: Till, words: dict[str, Path]) -> None:
    assert two.json("second-yes", "remove", "Bo", code=2)["error"]["code"] == "two_people_needed"
    with_word(two, words["wrong"], "second-yes", "add", "Cy Twombly")
    assert two.json("second-yes", "remove", "bo")["names"] == ["Ana", "Cy Twombly"]
    said = two.run("second-yes", "show").out
    assert "A campaign to 2 people or more needs the yes of two." in said
    assert "With a word of their own: Ana, Cy Twombly." in said


def test_a_word_never_stands_on_the_line_and_never_comes_back(
    two: Till, words: dict[str, Path]
) -> None:
    short = words["Ana"].with_name("short.txt")
    short.write_text("abc")
    error = with_word(two, short, "second-yes", "add", "Dee", code=2)["error"]
    assert error["code"] == "bad_word"
    assert "abc" not in str(error)
    assert two.run("second-yes", "add", "Dee", "--word", "lantern").code == 2
