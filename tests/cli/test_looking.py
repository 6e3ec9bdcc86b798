"""Commands that need no shop: themes and how a reply would be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from till import Till


@pytest.fixture
def nowhere(tmp_path: Path) -> Till:
    return Till(file=tmp_path / "none.db", extra={"XDG_CONFIG_HOME": str(tmp_path)})


def test_the_themes_that_ship_are_good(nowhere: Till) -> None:
    listed = nowhere.json("themes", "list")
    assert {theme["name"] for theme in listed["good"]} >= {"fern", "paper", "contrast"}
    assert listed["refused"] == []
    assert nowhere.json("themes", "check") == listed
    assert "fern: " in nowhere.run("themes", "list").out


def test_a_broken_theme_is_refused_with_file_and_reason(nowhere: Till, tmp_path: Path) -> None:
    folder = tmp_path / "shopbell" / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('name = "mine"\n', encoding="utf-8")
    listed = nowhere.json("themes", "list")
    (refused,) = listed["refused"]
    assert refused["file"] == str(folder / "mine.toml")
    assert "colours" in refused["reason"]
    assert nowhere.json("themes", "check", code=2)["refused"] == [refused]
    assert f"Refused {folder / 'mine.toml'}: " in nowhere.run("themes", "check").out


def test_another_folder_can_be_checked(nowhere: Till, tmp_path: Path) -> None:
    assert nowhere.json("themes", "check", str(tmp_path)) == {
        "good": [],
        "refused": [],
        "notes": [],
    }


@pytest.mark.parametrize(
    ("words", "options", "band", "intent"),
    [
        ("STOP", (), "opt_out", "stop"),
        ("please take me off the list", (), "opt_out", "stop"),
        ("HELP", (), "none", "help"),
        ("START", (), "none", "start"),
        ("Can I pick up Friday?", (), "none", None),
        ("YES", (), "none", None),
        ("YES", ("--question-open",), "none", "yes"),
        ("NO", ("--question-open",), "opt_out", "stop"),
        ("NO", ("--open-question",), "opt_out", "stop"),
        ("fine", ("--language", "it"), "opt_out", "stop"),
        ("fine", (), "none", None),
        ("wrong number", (), "opt_out", "wrong_person"),
        ("enough roses for now", (), "hold", None),
    ],
)
def test_a_reply_is_read_as_the_inbox_would_read_it(
    nowhere: Till, words: str, options: tuple[str, ...], band: str, intent: str | None
) -> None:
    read = nowhere.json("rules", "read", words, *options)
    assert set(read) == {"band", "intent", "why", "words"}
    assert (read["band"], read["intent"]) == (band, intent)
    assert read["why"] in nowhere.run("rules", "read", words, *options).out


def test_a_reply_can_come_from_standard_input_and_be_hostile(nowhere: Till) -> None:
    assert nowhere.json("rules", "read", "-", stdin="STOP\n")["band"] == "opt_out"
    ran = nowhere.run("rules", "read", "\x1b[31mplease stop\x1b[0m \u202e")
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert nowhere.json("rules", "read", "a\x00b", code=2)["error"]["code"] == "usage"
