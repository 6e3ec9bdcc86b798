"""Topics by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from till import Till


def test_a_new_shop_lists_its_topics_with_the_words_people_are_shown(till: Till) -> None:
    topics = till.json("topics", "list")["topics"]
    assert [topic["topic"] for topic in topics] == ["orders", "offers", "events"]
    assert [topic["promised"] for topic in topics] == [
        None,
        {"n": 4, "days": 30},
        {"n": 4, "days": 30},
    ]
    assert topics[1]["wording"].startswith("Text me about offers from Fern & Finch. Up to 4 texts")
    lines = till.run("topics", "list").out.splitlines()
    assert (
        lines[0]
        == "orders: “my orders”, texts about orders and appointments, only when there is news."
    )
    assert lines[1] == "offers: “offers”, marketing texts, up to 4 texts a month."


def test_a_change_shows_on_the_next_sheet(till: Till, tmp_path: Path) -> None:
    changed = till.json("topics", "set", "events", "--promised", "1/7")
    assert changed["promised"] == {"n": 1, "days": 7}
    said = till.run("topics", "set", "events", "--words", "open days").out
    assert said == "events: “open days”, marketing texts, up to 1 text a week.\n"
    made = till.json("signup-sheet", "--out", str(tmp_path / "a.html"))
    assert "up to 1 text a week about open days" in made["wording"]
    assert made["promised"] is None
    assert made["promises"] == [
        {"topics": ["offers"], "n": 4, "days": 30},
        {"topics": ["events"], "n": 1, "days": 7},
    ]
    line = "shopbell opt-in NUMBER --purpose marketing --topic events"
    lines = till.run("poster", "--out", str(tmp_path / "b.html")).out.splitlines()
    assert [said for said in lines if "--topic events" in said] == [
        f"{line} --how keyword --wording-id 2 --promised 1/7"
    ]


def test_a_topic_is_added_and_taken_off_again(till: Till) -> None:
    line = ("topics", "add", "classes", "--words", "evening classes", "--promised", "2/30")
    assert till.json(*line)["words"] == "evening classes"
    till.json("topics", "set", "classes", "--no-offer")
    (added,) = [t for t in till.json("topics", "list")["topics"] if t["topic"] == "classes"]
    assert added["offered"] is False
    assert "no longer offered" in till.run("topics", "list").out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("add", "offers", "--promised", "4/30"), "topic_taken"),
        (("add", "classes"), "bad_topic"),
        (("add", "[/]", "--promised", "4/30"), "bad_topic"),
        (("add", "classes", "--purpose", "safety", "--promised", "4/30"), "bad_topic"),
        (("set", "gossip", "--words", "x"), "no_topic"),
        (("set", "offers", "--promised", ""), "bad_topic"),
        (("set", "offers", "--promised", "often"), "bad_promise"),
        (("set", "offers", "--words", "\x1b]0;x\x07"), "bad_topic"),
    ],
)
def test_what_cannot_be_offered_is_refused(till: Till, line: tuple[str, ...], code: str) -> None:
    ran = till.run("topics", *line, "--json")
    assert (ran.code, ran.error) == (2, code)
