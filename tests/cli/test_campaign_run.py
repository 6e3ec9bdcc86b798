"""`campaign` at work, over the practice gateway: started, sent, paused, aborted."""

from __future__ import annotations

import pytest

from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Do, Fault
from till import ANA, BO, WORDS, Till


@pytest.fixture
def planned(counter: Till) -> Till:
    """A till with a campaign to two people."""
    for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind")):
        counter.json("contacts", "add", number, "--name", name)
        line = ("opt-in", number, "--purpose", "marketing", "--topic", "offers")
        counter.json(*line, "--how", "paper", "--wording", WORDS)
    line = ("--name", "Wreaths", "--text", "{first_name}, wreaths!", "--topic", "offers")
    counter.json("campaign", "new", *line)
    return counter


def test_a_campaign_is_approved_started_and_delivered_to_its_end(
    planned: Till, practice: PracticeGateway
) -> None:
    done = planned.json("campaign", "approve", "1", "--count", "2", "--by", "Ana")
    assert (done["state"], done["approved_by"], done["approved_count"]) == ("approved", "Ana", 2)
    ended = planned.json("campaign", "start", "1", "--hold", "0", "--wait")
    assert (ended["state"], ended["sent"], ended["waiting"]) == ("done", 2, 0)
    assert {text.to: text.text for text in practice.seen()} == {
        ANA: "Fern & Finch: Ana, wreaths! STOP to end",
        BO: "Fern & Finch: Bo, wreaths! STOP to end",
    }
    shown = planned.json("campaign", "show", "1")
    assert [event["state"] for event in shown["history"]] == [
        "draft",
        "approved",
        "starting",
        "running",
        "done",
    ]


def test_started_without_waiting_it_is_left_to_whoever_runs(
    planned: Till, practice: PracticeGateway
) -> None:
    planned.json("campaign", "approve", "1")
    told = planned.run("campaign", "start", "1").out
    assert "It leaves Tue 24 Nov 2026, 10:43." in told
    assert "shopbell campaign take-back 1" in told
    planned.run("run")
    assert practice.seen() == ()
    planned.now = "2026-11-24T10:43:30"
    planned.run("run")
    assert len(practice.seen()) == 2


def test_it_is_taken_back_while_the_countdown_runs(
    planned: Till, practice: PracticeGateway
) -> None:
    planned.json("campaign", "approve", "1")
    planned.json("campaign", "start", "1")
    assert planned.json("campaign", "take-back", "1")["state"] == "approved"
    planned.now = "2026-11-24T10:50"
    planned.run("run")
    assert practice.seen() == ()


def test_a_cut_line_is_one_unknown_and_the_numbers_are_exact(
    planned: Till, practice: PracticeGateway
) -> None:
    planned.json("campaign", "approve", "1")
    planned.json("campaign", "start", "1", "--hold", "0")
    practice.misbehave(Fault(do=Do.CUT, accept=False))
    planned.run("run")
    shown = planned.json("campaign", "show", "1")
    assert shown["chosen"] == shown["sent"] + shown["unknown"] == 2
    assert planned.json("campaign", "abort", "1", code=2)["error"]["code"] == "wrong_state"


def test_stopping_everything_pauses_what_is_starting(
    planned: Till, practice: PracticeGateway
) -> None:
    planned.json("campaign", "approve", "1")
    planned.json("campaign", "start", "1")
    assert planned.json("campaign", "stop-all", "--by", "Ana") == {"paused": 1, "sending": "off"}
    planned.now = "2026-11-24T10:44"
    planned.run("run")
    assert practice.seen() == ()
    refused = planned.json("campaign", "resume", "1", code=2)
    assert refused["error"]["code"] == "sending_off"
    planned.json("sending", "on")
    resumed = planned.json("campaign", "resume", "1")
    assert (resumed["state"], resumed["waiting"]) == ("running", 2)
    ended = planned.json("campaign", "abort", "1")
    assert (ended["state"], ended["skipped"], ended["waiting"]) == ("aborted", 2, 0)
    planned.run("run")
    assert practice.seen() == ()


def test_a_wrong_number_is_no_approval(planned: Till) -> None:
    assert planned.json("campaign", "approve", "1", "--count", "3", code=2)["error"]["code"] == (
        "wrong_count"
    )
    assert planned.json("campaign", "start", "1", code=2)["error"]["code"] == "wrong_state"


def test_a_paused_campaign_is_replaced_by_other_words_for_the_rest(
    planned: Till, practice: PracticeGateway
) -> None:
    too_soon = planned.json("campaign", "replace", "1", code=2)
    assert too_soon["error"]["code"] == "not_started"
    planned.json("campaign", "approve", "1")
    planned.json("campaign", "start", "1", "--hold", "3600")
    told = planned.run("campaign", "replace", "1", "--text", "Wreaths at ten!", "--by", "Ana").out
    assert "2 people get nothing more of campaign 1: it has ended." in told
    assert "Next: shopbell campaign plan 2" in told
    assert planned.json("campaign", "show", "1")["state"] == "aborted"
    new = planned.json("campaign", "show", "2")
    assert (new["replaces"], new["text"], new["author"]) == (1, "Wreaths at ten!", "Ana")
    planned.json("campaign", "approve", "2")
    planned.json("campaign", "start", "2", "--hold", "0", "--wait")
    assert [text.text for text in practice.seen()] == [
        "Fern & Finch: Wreaths at ten! STOP to end"
    ] * 2
