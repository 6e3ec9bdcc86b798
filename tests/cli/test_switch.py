"""`sending` and what comes of it on the command line: off, on, a copy, texts asked about."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, BO, READY, Till


def copy_of(counter: Till) -> Till:
    """Copy the shop file, as somebody does who takes it home."""
    return replace(counter, file=shutil.copyfile(counter.file, counter.file.with_name("home.db")))


def test_off_is_kept_with_who_and_why_and_nothing_leaves(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    off = counter.json("sending", "off", "--why", "wrong prices", "--by", "Ana")
    assert (off["sending"], off["why"], off["by"]) == ("off", "wrong prices", "Ana")
    assert off["since"].startswith("2026-11-24T15:42")
    sent = counter.json("send", ANA, READY, code=4)
    assert (sent["state"], sent["decision"]) == ("waiting", "allow")
    assert sent["stopped"] == "Sending was turned off by Ana: wrong prices"
    counter.run("run")
    assert practice.seen() == ()
    status = counter.json("sending", "status")
    assert (status["sending"], status["waiting"], status["missed"]) == ("off", 1, 0)
    assert counter.json("sending", "on", "--by", "Bo")["sending"] == "on"
    counter.run("run")
    assert len(practice.seen()) == 1
    turns = counter.json("sending", "status")["history"]
    assert [(turn["sending"], turn["by"], turn["why"]) for turn in turns] == [
        ("on", "Bo", ""),
        ("off", "Ana", "wrong prices"),
    ]


def test_it_is_told_in_sentences(counter: Till) -> None:
    counter.agree()
    assert counter.run("sending", "status").out == "Sending is on.\n"
    told = counter.run("sending", "off", "--why", "wrong prices", "--by", "Ana").out.splitlines()
    assert told == [
        "Sending was turned off by Ana: wrong prices",
        "Since Tue 24 Nov 2026, 10:42.",
        "Turn it on with: shopbell sending on",
        "Tue 24 Nov 2026, 10:42  turned off by Ana: wrong prices",
    ]
    sent = counter.run("send", ANA, READY)
    assert sent.code == 4
    assert "Text 1 is waiting." in sent.out
    assert "wrong prices See: shopbell sending status" in sent.out
    assert "1 text waits in the outbox." in counter.run("sending", "status").out


def test_waiting_for_a_text_ends_when_sending_is_off(counter: Till) -> None:
    counter.agree()
    counter.json("sending", "off")
    assert counter.json("send", ANA, READY, "--wait", code=4)["state"] == "waiting"


def test_a_round_says_that_nothing_leaves(counter: Till) -> None:
    counter.json("sending", "off", "--why", "stock-taking")
    (event,) = counter.run("run", "--json").lines
    assert (event["event"], event["note"]) == ("off", "Sending was turned off: stock-taking")
    assert counter.run("run").out == "Sending was turned off: stock-taking\n"


def test_hostile_words_in_the_reason_are_shown_harmless(counter: Till) -> None:
    told = counter.run("sending", "off", "--why", "\x1b[2J[/] \u202eevil", "--by", "\x07Ana")
    assert told.code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(told.out)
    assert counter.json("sending", "status")["why"] == "\x1b[2J[/] \u202eevil"


def test_a_reason_that_is_a_letter_is_refused(counter: Till) -> None:
    refused = counter.json("sending", "off", "--why", "x" * 201, code=2)
    assert refused["error"]["code"] == "reason_too_long"


def test_a_copy_does_not_ring_until_the_owner_says_so(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    counter.json("send", ANA, READY)
    counter.json("send", ANA, "later.", "--at", "2026-11-24T12:00")
    home = copy_of(counter)
    home.now = "2026-11-24T12:01"
    (event,) = home.run("run", "--json").lines[:1]
    assert event["event"] == "off"
    assert "it is a copy" in event["note"]
    assert len(practice.seen()) == 1
    status = home.json("sending", "status")
    assert (status["is_copy"], status["missed"], status["waiting"]) == (True, 1, 0)
    assert "from no other: shopbell sending on" in home.run("sending", "status").out
    refused = home.json("send", ANA, READY, code=4)
    assert "copy" in refused["stopped"]
    home.json("sending", "on", "--by", "Ana")
    home.run("run")
    assert len(practice.seen()) == 2
    (asked,) = home.json("messages", "list", "--missed")["messages"]
    assert (asked["text"], asked["state"]) == ("later.", "waiting")
    assert "copy" in asked["missed"]
    # The shop itself sends it as ever.
    counter.now = "2026-11-24T12:02"
    counter.run("run")
    assert [text.text for text in practice.seen()][-1].count("later.")
    assert len(practice.seen()) == 3


def test_texts_asked_about_are_released_or_canceled(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree(ANA)
    counter.agree(BO)
    counter.run("run")
    counter.json("sending", "off")
    for words in ("one.", "two.", "three."):
        counter.json("send", ANA, words, code=4)
    counter.json("send", BO, "four.", code=4)
    home = copy_of(counter)
    home.json("sending", "on")
    listed = home.run("messages", "list", "--missed").out
    assert "Next: shopbell messages release ID, or cancel ID" in listed
    assert "may have left from the other one" in listed
    only = home.json("messages", "list", "--missed", "--number", BO)
    assert [text["text"] for text in only["messages"]] == ["four."]
    assert home.json("messages", "list", "--missed", "--state", "held")["total"] == 0
    assert home.json("messages", "release", "2") == {"released": 1}
    assert home.run("messages", "release", "2").code == 2
    assert home.json("messages", "cancel", "3")["canceled"]
    home.run("run")
    assert [text.text for text in practice.seen()] == ["Fern & Finch: two."]
    assert home.json("messages", "release", "--all") == {"released": 2}
    assert home.run("messages", "list", "--missed").out == "No text waits for your word.\n"
    assert home.json("messages", "cancel", "--all") == {"canceled": 2}
    home.run("run")
    assert len(practice.seen()) == 1


@pytest.mark.parametrize("verb", ["release", "cancel"])
@pytest.mark.parametrize("line", [(), ("1", "--all")])
def test_one_text_or_all_of_them_but_not_neither_and_not_both(
    counter: Till, verb: str, line: tuple[str, ...]
) -> None:
    assert counter.json("messages", verb, *line, code=2)["error"]["code"] == "usage"
