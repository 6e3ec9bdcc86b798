"""docs/gateways.md keeps its word: its examples are read by the code it describes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gateways.setups import PACKAGED
from shopbell.domain.gateway import Outcome
from shopbell.gateways.practice_script import LIVELY, Do, Ending, Subject, read_script
from shopbell.gateways.preset import info_of
from shopbell.gateways.preset_reader import read_preset
from shopbell.gateways.shelf import Shelf, check_preset
from shopbell.gateways.template import Filter

DOCS = (Path(__file__).parents[2] / "docs" / "gateways.md").read_text(encoding="utf-8")
PRESET, SCRIPT = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)


def test_the_example_preset_is_good_and_can_do_what_its_page_says() -> None:
    assert check_preset(PRESET, "acme.toml") == ()
    info = info_of(read_preset(PRESET, "acme.toml"))
    assert info.reports_replies
    assert info.refuses_duplicates
    assert info.takes_expiry


def test_the_example_script_is_good() -> None:
    script = read_script(SCRIPT, "day.toml")
    assert script.faults
    assert script.habits
    assert script.replies


@pytest.mark.parametrize(
    "words", [Outcome, Filter, Do, Ending, Subject], ids=lambda words: words.__name__
)
def test_every_word_of_the_language_is_on_the_page(words: type[Outcome]) -> None:
    for word in words:
        assert re.search(rf"\b{word}\b", DOCS), word


def test_every_preset_and_every_field_of_generic_is_on_the_page() -> None:
    shelf = Shelf(now=lambda: pytest.fail("no clock is needed to look at the shelf"))
    for name in PACKAGED:
        assert f"| `{name}` |" in DOCS
    for field in shelf.preset("generic").fields:
        assert f"`{field.key}`" in DOCS


def test_the_numbers_with_habits_are_on_the_page() -> None:
    for habit in LIVELY.habits:
        assert f"`{habit.ends}`" in DOCS
