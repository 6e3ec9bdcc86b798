"""`gateway pace`: shown, set and left to the gateway again."""

from __future__ import annotations

import pytest

from till import WORDS, Till


def test_a_pace_is_set_in_parts_shown_and_reset(counter: Till) -> None:
    before = counter.json("gateway", "pace")
    assert (before["seconds_between"], before["seconds_more"]) == (None, None)
    name = before["name"]
    assert counter.json("gateway", "pace", "--seconds", "8")["average"] == 8
    both = counter.json("gateway", "pace", name, "--more", "4")
    assert (both["seconds_between"], both["seconds_more"], both["average"]) == (8, 4, 10)
    assert counter.run("gateway", "pace").out.strip() == f"“{name}”: 1 text every 8 to 12 s."
    listed = counter.json("gateway", "show")
    assert (listed["seconds_between"], listed["seconds_more"]) == (8, 4)
    assert counter.json("gateway", "pace", "--reset") == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("--seconds", "601"), "usage"),
        (("--seconds", "-1"), "usage"),
        (("--seconds", "soon"), "usage"),
        (("--reset", "--more", "1"), "usage"),
        (("nobody", "--seconds", "1"), "no_gateway"),
        (("nobody",), "no_gateway"),
    ],
)
def test_what_is_no_pace_is_said(counter: Till, line: tuple[str, ...], code: str) -> None:
    assert counter.json("gateway", "pace", *line, code=2)["error"]["code"] == code


def test_without_a_gateway_there_is_no_pace(till: Till) -> None:
    assert till.json("gateway", "pace", code=2)["error"]["code"] == "no_gateway"


def test_a_plan_names_the_pace(counter: Till) -> None:
    for end in range(3):
        number = f"+1212555010{end}"
        counter.json("contacts", "add", number, "--name", f"Ana {'abc'[end]}")
        line = ("opt-in", number, "--purpose", "marketing", "--topic", "offers")
        counter.json(*line, "--how", "paper", "--wording", WORDS)
    counter.json("campaign", "new", "--name", "Wreaths", "--text", "In!", "--topic", "offers")
    counter.json("gateway", "pace", "--seconds", "8", "--more", "4")
    assert counter.json("campaign", "plan", "1")["seconds"] == 20
    assert "Takes 20 seconds, 1 text every 8 to 12 s." in counter.run("campaign", "plan", "1").out
