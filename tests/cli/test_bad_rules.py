"""What the gate cannot go by is refused by the command line: which fact, and how to mend it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from place_cases import NUMBERS
from shopbell.services import rules as service
from till import ANA, READY, Till

INDIA, MEXICO = NUMBERS["IN"], NUMBERS["MX"]


@pytest.fixture
def rule_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the packaged rule files that commands read instead, to be spoiled."""
    folder = tmp_path / "rules"
    shutil.copytree(str(files("shopbell.domain") / "rules"), folder)
    monkeypatch.setattr(service, "files", lambda _: tmp_path)
    service.packaged_rules.cache_clear()
    yield folder
    monkeypatch.undo()
    service.packaged_rules.cache_clear()


def test_the_copied_rule_files_are_read(rule_files: Path, tmp_path: Path) -> None:
    policy = rule_files / "policy.toml"
    policy.write_text(policy.read_text().replace("most_parts = 4", "most_parts = 7"))
    assert service.packaged_rules().policy.most_parts == 7
    assert Till(file=tmp_path / "none.db").run("rules", "list").code == 0


@pytest.mark.parametrize(
    ("name", "before", "after", "named"),
    [
        ("US.toml", "review_by =", "reveiw_by =", "review_by"),
        ("US.toml", 'layer = "law"', 'layer = "lore"', "layer"),
        ("GB.toml", "confidence =", "confidense =", "confidence"),
        ("CA.toml", "months = { purchase = 24", "months = { purchse = 24", "months"),
        ("policy.toml", "most_parts = 4", 'most_parts = "four"', "most_parts"),
        ("policy.toml", "most_parts = 4", "most_parts = 4\nmost_part = 4", "most_part"),
        ("policy.toml", 'id = "safety"', 'id = "saftey"', "id"),
        ("area_codes.toml", "212", "21", "21"),
        ("policy.toml", "most_parts = 4", "most_parts = = 4", "policy.toml"),
    ],
)
def test_a_typo_in_a_rule_file_stops_every_decision_and_names_file_and_key(
    rule_files: Path, till: Till, name: str, before: str, after: str, named: str
) -> None:
    file = rule_files / name
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    service.packaged_rules.cache_clear()
    for line in (("rules", "list"), ("check", ANA, READY), ("send", ANA, READY)):
        refused = till.run(*line, "--json")
        assert refused.code == 2
        error = refused.json["error"]
        assert name in error["message"] + error["hint"]
        assert named in error["message"] + error["hint"]


def test_a_rule_file_that_is_gone_is_named(rule_files: Path, till: Till) -> None:
    (rule_files / "policy.toml").unlink()
    service.packaged_rules.cache_clear()
    error = till.json("check", ANA, READY, code=2)["error"]
    assert "policy.toml" in error["message"]


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        (INDIA, "SENDER_UNREGISTERED", ("India", "registered", "Call, or write by mail.")),
        (MEXICO, "JURISDICTION_UNKNOWN", ("no rules for texting to MX", "Call, or write by mail")),
    ],
)
def test_a_number_where_nothing_may_go_is_refused_with_the_country(
    counter: Till, number: str, code: str, told: tuple[str, ...]
) -> None:
    counter.agree(number, "--topic", "offers", purpose="marketing")
    line = (number, "tulips", "--purpose", "marketing", "--topic", "offers")
    refused = counter.json("check", *line, code=3)
    (reason,) = (one for one in refused["reasons"] if one["code"] == code)
    assert all(words in reason["sentence"] for words in told)
    assert counter.run("send", *line).code == 3
    assert counter.json("messages", "list")["messages"] == []


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        (("contacts", "edit", ANA, "--timezone", "Mars/Phobos"), "bad_zone", "Europe/London"),
        (("contacts", "edit", ANA, "--region", "Narnia"), "bad_place", "US-FL"),
        (("contacts", "edit", ANA, "--region", "US-ZZ"), "bad_place", "US-FL"),
        (("rules", "emergency", "US-ZZ"), "bad_place", ""),
        (("rules", "show", "US-ZZ"), "no_row", "rules list"),
        (("rules", "explain", "US.hourz"), "no_rule", ""),
        (("rules", "set-aside", "US-KY.hourz", "--reason", "Our regulars asked."), "no_rule", ""),
    ],
)
def test_a_place_zone_or_rule_that_nobody_knows_is_refused_with_what_would_do(
    till: Till, line: tuple[str, ...], code: str, hint: str
) -> None:
    till.run("contacts", "add", ANA, "--name", "Ana Reyes")
    error = till.json(*line, code=2)["error"]
    assert error["code"] == code
    assert hint in error["hint"]
    assert error["message"]


def test_a_new_shop_needs_a_zone_and_a_country_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    nowhere = Till(file=path)
    for country, zone in (("US", "Mars/Phobos"), ("XX", "America/New_York")):
        line = ("--name", "Fern", "--country", country, "--timezone", zone)
        assert nowhere.run("new", str(path), *line, "--json").code == 2
    assert not path.exists()


def first_less_then_more(till: Till) -> tuple[str, ...]:
    till.json("rules", "limit", "marketing", "2", "7")
    return ("limit", "marketing", "1", "30")


def first_more_then_less(till: Till) -> tuple[str, ...]:
    till.json("rules", "limit", "marketing", "1", "30")
    return ("limit", "marketing", "2", "7")


def the_same_emergency(till: Till) -> tuple[str, ...]:
    till.json("rules", "emergency", "US-KY", "--from", "2026-12-01", "--until", "2026-12-09")
    return ("emergency", "US-KY", "--from", "2026-12-05")


def two_currencies(till: Till) -> tuple[str, ...]:
    till.json("rules", "price", "+1", "0.01", "--currency", "USD")
    return ("price", "+44", "0.04", "--currency", "EUR")


@pytest.mark.parametrize(
    ("begin", "told"),
    [
        (first_less_then_more, "2 marketing texts in 7 days can never go when only 1 may go in 30"),
        (first_more_then_less, "2 marketing texts in 7 days can never go when only 1 may go in 30"),
        (the_same_emergency, "Two emergencies in US-KY cover the same days."),
        (two_currencies, "USD"),
    ],
)
def test_rules_that_contradict_each_other_are_refused_and_the_first_stays(
    till: Till, begin: Callable[[Till], tuple[str, ...]], told: str
) -> None:
    line = begin(till)
    before = till.json("rules", "shop")
    error = till.json("rules", *line, code=2)["error"]
    assert told in error["message"]
    assert error["hint"]
    assert till.json("rules", "shop") == before


def test_two_letters_are_a_state_to_a_shop_whose_country_has_it(till: Till) -> None:
    till.run("contacts", "add", ANA, "--name", "Ana Reyes")
    for typed, region in (("GA", "US-GA"), ("Canada", "CA"), ("ca", "US-CA"), ("GB", "GB")):
        till.json("contacts", "edit", ANA, "--region", typed)
        assert till.json("contacts", "show", ANA)["contact"]["region"] == region
