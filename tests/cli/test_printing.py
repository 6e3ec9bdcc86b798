"""Sheets and posters by the command line."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from till import ANA, Till


def test_a_sheet_is_written_and_its_wording_can_be_agreed_to(till: Till, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    made = till.json("signup-sheet", "--out", str(out), "--topic", "offers", "--promised", "2/7")
    assert made["file"] == str(out)
    assert made["topics"] == ["offers"]
    assert made["promised"] == {"n": 2, "days": 7}
    assert (made["paper"], made["language"]) == ("letter", "en")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert made["wording"] in out.read_text(encoding="utf-8").replace("&amp;", "&")
    line = ("opt-in", ANA, "--purpose", "marketing", "--topic", "offers", "--how", "paper")
    till.json(*line, "--wording-id", str(made["wording_id"]), "--promised", "2/7")
    (entry,) = till.json("contacts", "show", ANA)["consents"]
    assert entry["wording"] == made["wording"]
    assert entry["promised"] == {"n": 2, "days": 7}


def test_a_person_is_told_where_it_is_and_how_to_record_a_yes(till: Till, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    lines = till.run("signup-sheet", "--out", str(out)).out.splitlines()
    assert lines[0] == f"Wrote “{out}”. Open it in a browser and print it."
    assert lines[1] == "Its words are kept as wording 1."
    assert lines[3] == (
        "shopbell opt-in NUMBER --purpose service --topic orders --how paper --wording-id 1"
    )
    assert lines[4] == (
        "shopbell opt-in NUMBER --purpose marketing --topic offers --topic events --how paper"
        " --wording-id 1 --promised 4/30"
    )


def test_a_poster_says_what_its_code_opens(till: Till, tmp_path: Path) -> None:
    out = tmp_path / "poster.html"
    made = till.json(
        *("poster", "--out", str(out), "--paper", "a4", "--language", "fr"),
        *("--number", "+1 212 555 0177"),
    )
    assert made["sms"] == "sms:+12125550177?body=JOIN"
    assert (made["paper"], made["language"]) == ("a4", "fr")
    assert 'lang="fr"' in out.read_text(encoding="utf-8")
    assert "--how keyword" in till.run("poster", "--out", str(tmp_path / "b.html")).out


@pytest.mark.parametrize(
    ("command", "options", "code"),
    [
        ("signup-sheet", ("--topic", "gossip"), "no_topic"),
        ("signup-sheet", ("--paper", "a5"), "usage"),
        ("signup-sheet", ("--language", "xx"), "usage"),
        ("signup-sheet", ("--promised", "often"), "bad_promise"),
        ("signup-sheet", ("--promised", "0/30"), "bad_promise"),
        ("signup-sheet", ("--number", "555-0100"), "short"),
        ("poster", ("--number", "call us"), "not-a-number"),
        ("poster", ("--topic", "orders", "--topic", "offers"), "mixed_topics"),
    ],
)
def test_bad_wishes_are_refused_and_nothing_is_written(
    till: Till, tmp_path: Path, command: str, options: tuple[str, ...], code: str
) -> None:
    out = tmp_path / "x.html"
    ran = till.run(command, "--out", str(out), *options, "--json")
    assert (ran.code, ran.error) == (2, code)
    assert not out.exists()


def test_nothing_is_replaced_without_force(till: Till, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    out.write_text("mine", encoding="utf-8")
    refused = till.json("signup-sheet", "--out", str(out), code=2)
    assert refused["error"]["code"] == "file_exists"
    assert "--force" in refused["error"]["hint"]
    assert out.read_text(encoding="utf-8") == "mine"
    till.json("signup-sheet", "--out", str(out), "--force")
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    own = till.json("poster", "--out", str(till.file), "--force", code=2)
    assert "shop file" in own["error"]["message"]
