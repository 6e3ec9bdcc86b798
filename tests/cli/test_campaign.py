"""`campaign`: written, changed, planned, looked at. Nothing of it sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, BO, WORDS, Till

CY = "+12125550103"
DANA = "+12125550104"


@pytest.fixture
def people(counter: Till) -> Till:
    """A till with four people, three of whom agreed to offers; Cy has no name to print."""
    for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind"), (CY, "null"), (DANA, "Dana Cole")):
        counter.json("contacts", "add", number, "--name", name, "--tag", "weekly")
        if number != DANA:
            line = ("opt-in", number, "--purpose", "marketing", "--topic", "offers")
            counter.json(*line, "--how", "paper", "--wording", WORDS)
    return counter


def new(till: Till, text: str = "{first_name}, wreaths are in!", *options: str) -> dict[str, Any]:
    line = ("campaign", "new", "--name", "Winter wreaths", "--text", text, "--topic", "offers")
    made: dict[str, Any] = till.json(*line, *options)
    return made


def test_a_campaign_is_written_listed_and_shown(people: Till) -> None:
    made = new(people, "Hi {first_name|there}", "--audience", "tag=weekly", "--author", "Ana")
    assert made["campaign_id"] == 1
    assert (made["state"], made["purpose"], made["audience"]) == (
        "draft",
        "marketing",
        "tag=weekly",
    )
    listed = people.json("campaign", "list")
    assert (listed["total"], listed["campaigns"]) == (1, [made])
    assert people.json("campaign", "list", "--state", "running")["total"] == 0
    shown = people.json("campaign", "show", "1")
    assert shown["text"] == "Hi {first_name|there}"
    assert shown["chosen"] == 4
    assert [event["detail"] for event in shown["history"]] == ["Written."]


def test_a_plan_says_where_everybody_stands_and_balances(
    people: Till, practice: PracticeGateway
) -> None:
    new(people)
    plan = people.json("campaign", "plan", "1")
    assert plan["chosen"] == sum(
        plan[bucket] for bucket in ("sent", "waiting", "held", "skipped", "failed", "unknown")
    )
    assert (plan["chosen"], plan["waiting"], plan["held"], plan["skipped"]) == (4, 2, 1, 1)
    assert {one["code"]: one["count"] for one in plan["by_reason"]} == {
        None: 2,
        "MERGE_GAP": 1,
        "NO_CONSENT": 1,
    }
    assert (plan["parts"], plan["price"], plan["currency"]) == (2, 0.0158, "USD")
    assert plan["late"] == 0
    assert people.json("messages", "list")["total"] == 0
    assert practice.seen() == ()


def test_a_plan_is_told_in_sentences(people: Till) -> None:
    new(people, "{first_name}, wreaths today only!", "--audience", "tag=weekly")
    lines = people.run("campaign", "plan", "1").out.splitlines()
    assert lines[:2] == [
        "“Winter wreaths” is a draft: people who are tagged weekly.",
        "4 people chosen.",
    ]
    assert "2 can go." in lines
    assert "1 held: have no name that can be printed: mend it." in lines
    assert "1 left out: were never asked, or did not agree." in lines
    assert "2 parts, 0.0158 USD." in lines
    assert "Takes a moment." in lines
    assert any("“today” is true until Tue 24 Nov 23:59" in line for line in lines)
    people.json("opt-out", BO, "--how", "spoken")
    again = people.run("campaign", "plan", "1").out
    assert "Moved since the plan before: 1 from could go to left out (said stop)." in again


def test_the_people_of_a_plan_have_names_reasons_and_texts(people: Till) -> None:
    new(people)
    people.json("campaign", "plan", "1")
    held = people.json("campaign", "people", "1", "--bucket", "held")
    assert (held["total"], held["people"][0]["number"]) == (1, CY)
    assert "is called “null”" in held["people"][0]["reasons"][0]["sentence"]
    assert people.json("campaign", "people", "1", "--code", "nonsense", code=2)
    refused = people.json("campaign", "people", "1", "--code", "NO_CONSENT")
    assert [one["name"] for one in refused["people"]] == ["Dana Cole"]
    told = people.run("campaign", "people", "1").out
    assert "can go  Ana Reyes (…0101)" in told
    assert ANA not in told
    assert ANA in people.run("campaign", "people", "1", "--reveal").out


def test_a_preview_walks_the_real_people(people: Till) -> None:
    new(people)
    assert people.run("campaign", "preview", "1").out.startswith("Nobody.")
    people.json("campaign", "plan", "1")
    walked = people.run("campaign", "preview", "1", "--limit", "4", "--json").lines
    assert [one["final_text"] for one in walked] == [
        "Fern & Finch: Ana, wreaths are in! STOP to end",
        "Fern & Finch: Bo, wreaths are in! STOP to end",
        None,
        walked[3]["final_text"],
    ]
    one = people.run("campaign", "preview", "1", "--number", BO).out
    assert "Text: Fern & Finch: Bo, wreaths are in! STOP to end" in one
    assert people.json("campaign", "preview", "1", "--number", "+12125550199", code=2)


def test_changing_keeps_what_is_not_given_and_minds_the_revision(people: Till) -> None:
    made = new(people, "One", "--at", "2026-11-25T11:00", "--audience", "tag=weekly")
    changed = people.json("campaign", "change", "1", "--text", "Two")
    assert (changed["text"], changed["revision"]) == ("Two", 2)
    assert changed["not_before"] == made["not_before"] == "2026-11-25T16:00:00+00:00"
    cleared = people.json("campaign", "change", "1", "--at", "", "--audience", "", "--topic", "")
    assert (cleared["not_before"], cleared["audience"], cleared["topic"]) == (None, "", None)
    late = people.json("campaign", "change", "1", "--text", "Three", "--revision", "2", code=2)
    assert late["error"]["code"] == "changed_elsewhere"


def test_somebody_is_left_out_and_let_in_again(people: Till) -> None:
    new(people)
    people.json("campaign", "plan", "1")
    assert people.json("campaign", "leave-out", "1", ANA)["left_out"] is True
    assert people.json("campaign", "plan", "1")["waiting"] == 1
    assert people.json("campaign", "leave-out", "1", ANA, "--undo")["left_out"] is False
    assert people.json("campaign", "plan", "1")["waiting"] == 2


def test_codes_come_from_a_file_or_standard_input(people: Till, tmp_path: Path) -> None:
    new(people, "Your code: {coupon}")
    file = tmp_path / "codes.txt"
    file.write_text("W-1\nnot a code\n", encoding="utf-8")
    assert people.json("campaign", "codes", "1", str(file)) == {
        "added": 1,
        "known": [],
        "refused": ["not a code"],
    }
    assert people.json("campaign", "codes", "1", stdin="W-1\nW-2\n")["known"] == ["W-1"]
    plan = people.json("campaign", "plan", "1")
    assert (plan["waiting"], plan["codes_left"]) == (2, 0)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("new", "--name", "x", "--text", "{nobody}"), "bad_merge"),
        (("new", "--name", "x", "--text", "{name"), "bad_merge"),
        (("new", "--name", " ", "--text", "x"), "bad_name"),
        (("new", "--name", "x", "--text", "x", "--purpose", "conversation"), "bad_purpose"),
        (("new", "--name", "x", "--text", "x", "--audience", "colour=red"), "bad_audience"),
        (("new", "--name", "x", "--text", "x", "--at", "soon"), "bad_time"),
        (("plan", "7"), "no_campaign"),
        (("show", "7"), "no_campaign"),
        (("people", "7"), "no_campaign"),
        (("codes", "7", "/nowhere"), "no_file"),
    ],
)
def test_wrong_input_is_exit_2_with_its_code(
    people: Till, line: tuple[str, ...], code: str
) -> None:
    assert people.json("campaign", *line, code=2)["error"]["code"] == code


def test_hostile_names_do_not_drive_the_terminal(people: Till) -> None:
    people.json("contacts", "edit", ANA, "--name", "\x1b]0;x\x07[/] Eve")
    people.json("campaign", "new", "--name", "\x1b[2J[red]", "--text", "{name|x}")
    told = people.run("campaign", "plan", "1").out + people.run("campaign", "people", "1").out
    assert "\x1b" not in told
    assert "[/] Eve" in told


def test_people_who_live_together_get_one_text_when_asked_for(people: Till) -> None:
    people.json("contacts", "household", ANA, BO)
    made = new(people, "wreaths are in!", "--audience", "tag=weekly", "--one-per-household")
    assert made["audience"] == "tag=weekly, one-per-household"
    planned = people.json("campaign", "plan", str(made["campaign_id"]))
    counts = {one["code"]: one["count"] for one in planned["by_reason"]}
    assert counts["SAME_HOUSEHOLD"] == 1
    every = new(people, "wreaths are in!", "--audience", "tag=weekly")
    planned_all = people.json("campaign", "plan", str(every["campaign_id"]))
    assert "SAME_HOUSEHOLD" not in {one["code"] for one in planned_all["by_reason"]}
    assert planned_all["waiting"] == planned["waiting"] + 1
    people.json("campaign", "change", str(every["campaign_id"]), "--audience", "one-per-household")
    shown = people.run("campaign", "plan", str(every["campaign_id"])).out
    assert "share a person or household with somebody who gets it" in shown
