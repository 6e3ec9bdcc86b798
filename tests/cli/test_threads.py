"""The inbox by who wrote, at the command line: threads, one in turn, and an answer in it."""

from __future__ import annotations

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, BO, Till

UNCLEAR = "enough roses for now"


@pytest.fixture
def heard(counter: Till, practice: PracticeGateway) -> Till:
    """A shop to which Ana wrote twice and Bo once."""
    counter.now = None
    counter.json("contacts", "add", ANA, "--name", "Ana Reyes")
    practice.reply(ANA, "hello")
    practice.reply(ANA, UNCLEAR)
    practice.reply(BO, "[/]\x1b]0;x\x07 hi")
    counter.json("inbox", "sync")
    return counter


def test_threads_are_listed_by_who_wrote_with_what_may_be_a_stop_first(heard: Till) -> None:
    listed = heard.json("inbox", "threads")
    assert listed["total"] == 2
    ana, bo = listed["threads"]
    assert (ana["number"], ana["name"], ana["replies"], ana["unread"]) == (ANA, "Ana Reyes", 2, 2)
    assert (ana["unclear"], ana["failed"], ana["reply"]["text"]) == (True, None, UNCLEAR)
    assert (bo["number"], bo["unclear"], bo["replies"]) == (BO, False, 1)
    assert heard.json("inbox", "threads", "--limit", "1", "--from", "1")["threads"] == [bo]


def test_threads_are_found_by_words_names_and_digits(heard: Till) -> None:
    for words, numbers in (("roses", [ANA]), ("reyes", [ANA]), ("0102", [BO]), ("nothing", [])):
        found = heard.json("inbox", "threads", "--find", words)["threads"]
        assert [one["number"] for one in found] == numbers, words
    assert heard.run("inbox", "threads", "--find", "nothing").out == "Nobody wrote that.\n"


def test_numbers_are_hidden_until_somebody_asks(heard: Till) -> None:
    for command in (("inbox", "threads"), ("inbox", "thread", ANA)):
        assert ANA not in heard.run(*command).out
        assert ANA in heard.run(*command, "--reveal").out
    assert "[2 of 2 unread]" in heard.run("inbox", "threads").out


def test_a_thread_is_shown_in_turn_whatever_way_the_number_is_typed(heard: Till) -> None:
    thread = heard.json("inbox", "thread", "(212) 555-0101")
    assert (thread["sender"], thread["number"], thread["name"]) == (ANA, ANA, "Ana Reyes")
    assert [(one["from"], one["text"]) for one in thread["said"]] == [
        ("them", "hello"),
        ("them", UNCLEAR),
    ]
    assert thread["earlier"] == 0
    shown = heard.run("inbox", "thread", ANA).out.splitlines()
    assert shown[0] == "Ana Reyes (…0101)"
    assert "they (1): hello" in shown[1]
    assert f"{UNCLEAR}  is this a stop?" in shown[2]


def test_only_the_end_of_a_thread_is_shown_when_asked(heard: Till) -> None:
    thread = heard.json("inbox", "thread", ANA, "--limit", "1")
    assert [one["text"] for one in thread["said"]] == [UNCLEAR]
    assert thread["earlier"] == 1
    assert (
        "1 earlier: shopbell inbox thread" in heard.run("inbox", "thread", ANA, "--limit", "1").out
    )


def test_what_they_wrote_does_not_drive_the_terminal(heard: Till) -> None:
    out = heard.run("inbox", "thread", BO).out
    assert "[/]␛]0;x␇ hi" in out
    assert "\x1b" not in out + heard.run("inbox", "threads").out


def test_a_thread_is_marked_as_seen(heard: Till) -> None:
    heard.json("inbox", "thread", ANA, "--mark-read")
    assert heard.json("inbox", "list")["unread"] == 1


def test_who_never_wrote_has_no_thread(heard: Till) -> None:
    assert heard.json("inbox", "thread", "+12125550177", code=2)["error"]["code"] == "no_thread"
    assert heard.json("inbox", "thread", "PARCELS", code=2)["error"]["code"] == "no_thread"


def test_a_reply_is_answered_in_its_conversation(heard: Till, practice: PracticeGateway) -> None:
    bo = heard.json("inbox", "list", "--number", BO)["messages"][0]
    answered = heard.json("inbox", "reply", str(bo["reply_id"]), "Hello Bo!")
    assert (answered["decision"], answered["state"]) == ("allow", "accepted")
    assert [text.text for text in practice.seen()] == ["Fern & Finch: Hello Bo!"]
    thread = heard.json("inbox", "thread", BO)["said"]
    assert [(one["from"], one["text"]) for one in thread][-1] == ("shop", "Hello Bo!")
    assert thread[-1]["purpose"] == "conversation"
    assert heard.json("inbox", "show", str(bo["reply_id"]))["read_at"] is not None


def test_an_answer_is_still_decided_by_the_rules(heard: Till, practice: PracticeGateway) -> None:
    practice.reply(BO, "STOP")
    heard.json("inbox", "sync")
    bo = heard.json("inbox", "list", "--number", BO)["messages"][0]
    sent = len(practice.seen())
    refused = heard.json("inbox", "reply", str(bo["reply_id"]), "Wait!", code=3)
    assert (refused["decision"], refused["message_id"]) == ("refuse", None)
    assert "OPTED_OUT" in {reason["code"] for reason in refused["reasons"]}
    assert len(practice.seen()) == sent


def test_a_reply_that_is_not_there_cannot_be_answered(heard: Till) -> None:
    assert heard.json("inbox", "reply", "999", "Hi", code=2)["error"]["code"] == "no_reply"


def test_a_sender_without_a_number_has_a_thread_but_cannot_be_answered(
    heard: Till, practice: PracticeGateway
) -> None:
    practice.reply("PARCELS", "your parcel is here")
    heard.json("inbox", "sync")
    thread = heard.json("inbox", "thread", "PARCELS")
    assert (thread["number"], [one["text"] for one in thread["said"]]) == (
        None,
        ["your parcel is here"],
    )
    reply = str(thread["said"][0]["reply_id"])
    assert heard.json("inbox", "reply", reply, "Thanks", code=2)["error"]["code"] == "no_number"
