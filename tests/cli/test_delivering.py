"""`run`: once, or for as long as the shop is open; and replies fetched by hand."""

from __future__ import annotations

import json
import signal

import pytest

from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Do, Fault, Subject
from till import ANA, BO, READY, Till


def test_one_round_delivers_what_is_due_and_fetches_what_came(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    counter.json("send", ANA, READY, "--at", "2026-11-24T11:00")
    practice.reply(BO, "Are you open on Sunday?")
    counter.now = "2026-11-24T11:00"
    events = counter.run("run", "--once", "--json").lines
    texts = [event["message"]["state"] for event in events if event["event"] == "text"]
    replies = [event["reply"]["text"] for event in events if event["event"] == "reply"]
    assert texts[0] == "accepted"
    assert replies == ["Are you open on Sunday?"]
    assert all(set(event) == {"event", "at", "message", "reply", "note"} for event in events)
    assert len(practice.seen()) == 1


def test_a_round_is_told_in_sentences_too(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    counter.json("send", ANA, READY, "--at", "2026-11-24T11:00")
    practice.reply(ANA, "thanks [/] \x1b[2J")
    counter.now = "2026-11-24T11:00"
    ran = counter.run("run")
    assert ran.code == 0
    assert "Text 1  accepted  Tue 24 Nov 2026, 11:00  to …0101  your order is ready." in ran.out
    assert "thanks [/] ␛[2J" in ran.out
    assert ANA not in ran.out


def test_a_round_with_nothing_to_do_says_nothing(counter: Till) -> None:
    ran = counter.run("run")
    assert (ran.code, ran.out) == (0, "")


def test_a_round_over_a_gateway_in_trouble_exits_5(
    counter: Till, practice: PracticeGateway
) -> None:
    practice.misbehave(Fault(do=Do.PAGE, on=Subject.INBOX, times=0))
    ran = counter.run("run", "--json")
    assert ran.code == 5
    assert ran.lines[-1]["event"] == "trouble"
    assert ran.lines[-1]["note"]


def test_a_stop_that_comes_in_cancels_what_waits_for_that_number(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    counter.agree(BO)
    for number in (ANA, BO):
        counter.json("send", number, READY, "--at", "2026-11-24T14:00")
    practice.reply(ANA, "STOP")
    synced = counter.json("inbox", "sync")
    assert (synced["replies"], synced["holder"]) == (1, None)
    counter.now = "2026-11-24T14:00"
    counter.run("run")
    assert [text.to for text in practice.seen()] == [BO]


def test_watching_delivers_what_another_process_writes_and_ends_on_a_signal(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    with counter.start("run", "--watch", "--json") as watcher:
        # The watcher must hold the lease before the script tries to.
        practice.reply(BO, "hello")
        assert watcher.stdout is not None
        first = json.loads(watcher.stdout.readline())
        assert (first["event"], first["reply"]["text"]) == ("reply", "hello")
        sent = counter.json("send", ANA, READY, "--wait", "--timeout", "20")
        assert sent["state"] in {"accepted", "sent", "delivered"}
        assert sent["holder"].startswith("shopbell run")
        watcher.send_signal(signal.SIGINT)
        out, err = watcher.communicate(timeout=30)
    assert watcher.returncode == 0, err
    assert any(json.loads(line)["event"] == "text" for line in out.splitlines())
    assert [text.arrivals for text in practice.seen()] == [1]
    assert sorted(path.name for path in counter.file.parent.iterdir()) == ["shop.db"]


def test_replies_are_listed_by_message_and_by_sender(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.json("contacts", "add", ANA, "--name", "Ana")
    for sender, text in ((ANA, "first"), (BO, "other"), (ANA, "second")):
        practice.reply(sender, text)
    counter.json("inbox", "sync")
    listed = counter.json("inbox", "list")
    assert listed["total"] == 3
    assert listed["unread"] == 3
    assert {message["text"] for message in listed["messages"]} == {"first", "other", "second"}
    threads = {thread["number"]: thread for thread in listed["threads"]}
    assert (threads[ANA]["name"], len(threads[ANA]["messages"])) == ("Ana", 2)
    assert (threads[BO]["unread"], threads[BO]["last_at"]) == (1, listed["messages"][0]["at"])
    only = counter.json("inbox", "list", "--number", BO)
    assert [message["text"] for message in only["messages"]] == ["other"]


def test_a_second_look_brings_nothing_twice(counter: Till, practice: PracticeGateway) -> None:
    practice.reply(ANA, "hello")
    assert counter.json("inbox", "sync")["replies"] == 1
    assert counter.json("inbox", "sync")["replies"] == 0
    practice.misbehave(Fault(do=Do.DUPLICATE, on=Subject.INBOX))
    assert counter.json("inbox", "sync")["replies"] == 0
    assert counter.json("inbox", "list")["total"] == 1


def test_a_reply_shows_how_it_was_read_and_what_was_done(
    counter: Till, practice: PracticeGateway
) -> None:
    practice.reply(ANA, "STOP")
    counter.json("inbox", "sync")
    shown = counter.json("inbox", "show", "1")
    assert (shown["band"], shown["intent"]) == ("opt_out", "stop")
    assert shown["why"]
    assert shown["done"]
    assert shown["read_at"] is None
    assert counter.json("inbox", "show", "1", "--mark-read")["read_at"]
    assert counter.json("inbox", "list")["unread"] == 0
    assert "Read as stop: " in counter.run("inbox", "show", "1").out


@pytest.mark.parametrize(("word", "decision"), [("--stop", 3), ("--not-stop", 0)])
def test_a_person_judges_an_unclear_reply(
    counter: Till, practice: PracticeGateway, word: str, decision: int
) -> None:
    counter.agree()
    practice.reply(ANA, "enough roses for now")
    counter.json("inbox", "sync")
    (reply,) = counter.json("inbox", "list")["messages"]
    assert reply["band"] == "hold"
    blocked = counter.run("check", ANA, "hello", "--json")
    assert "HELD_AMBIGUOUS_STOP" in [reason["code"] for reason in blocked.json["reasons"]]
    judged = counter.json("inbox", "judge", str(reply["reply_id"]), word)
    assert judged["reply_id"] == reply["reply_id"]
    assert counter.run("check", ANA, "hello").code == decision


def test_whoever_wrote_an_unclear_reply_is_asked(counter: Till, practice: PracticeGateway) -> None:
    counter.json("inbox", "sync")
    practice.reply(ANA, "enough roses for now")
    counter.json("inbox", "sync")
    (reply,) = counter.json("inbox", "list")["messages"]
    assert (reply["judged_at"], reply["asked_at"]) == (None, None)
    assert reply["stop_at"]
    asked = counter.json("inbox", "judge", str(reply["reply_id"]), "--ask")
    assert asked["decision"] == "allow"
    assert asked["state"] in {"accepted", "sent", "delivered"}
    assert "YES to keep them or STOP" in practice.seen()[0].text
    again = counter.json("inbox", "judge", str(reply["reply_id"]), "--ask", code=2)
    assert again["error"]["code"] == "asked"
    assert counter.json("inbox", "show", str(reply["reply_id"]))["asked_at"]


def test_judging_needs_a_word_and_a_reply(counter: Till) -> None:
    assert counter.json("inbox", "judge", "1", code=2)["error"]["code"] == "usage"
    assert counter.json("inbox", "judge", "1", "--stop", code=2)["error"]["code"] == "no_reply"
    assert counter.json("inbox", "show", "7", code=2)["error"]["code"] == "no_reply"
    assert counter.run("inbox", "list").out == "No replies yet.\n"


def test_a_sender_without_a_number_can_be_read_but_not_judged(
    counter: Till, practice: PracticeGateway
) -> None:
    practice.reply("PARCELS", "unsubscribe? maybe")
    counter.json("inbox", "sync")
    (reply,) = counter.json("inbox", "list")["messages"]
    assert (reply["number"], reply["sender"]) == (None, "PARCELS")
    assert counter.json("inbox", "judge", "1", "--stop", code=2)["error"]["code"] == "no_number"


def test_replies_over_a_gateway_in_trouble_exit_5(till: Till) -> None:
    assert till.json("inbox", "sync", code=5)["error"]["code"] == "no_gateway"
    till.use({"url": "http://127.0.0.1:9", "token": "x"})
    assert till.json("inbox", "sync", code=5)["error"]["code"] == "gateway_trouble"
