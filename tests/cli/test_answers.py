"""Automatic answers by the command line: what the owner switches, and what happens to a reply."""

from __future__ import annotations

import pytest

from shopbell.domain.own_texts import AnswerTo
from shopbell.gateways.practice import PracticeGateway
from till import ANA, Till

NAMES = [what.value for what in AnswerTo]


def test_a_new_shop_answers_all_but_who_writes_while_it_is_closed(till: Till) -> None:
    answers = till.json("own-texts")["answers"]
    assert answers == {name: name != "closed" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_each_is_switched_off_and_on_by_itself(till: Till, name: str) -> None:
    before = till.json("own-texts")
    assert till.json("own-texts", "--off", name)["answers"] == {**before["answers"], name: False}
    assert till.json("own-texts", "--on", name)["answers"] == {**before["answers"], name: True}
    assert till.json("own-texts")["welcome"] == before["welcome"]


def test_the_switches_are_told_in_plain_sentences(till: Till) -> None:
    lines = till.run("own-texts", "--off", "help", "--on", "closed").out.splitlines()
    assert "help: somebody asks for help, not answered by itself." in lines
    assert "closed: somebody writes while the shop is closed, answered by itself." in lines
    assert len(lines) == 2 + len(NAMES)


def test_a_switch_cannot_be_on_and_off(till: Till) -> None:
    assert till.run("own-texts", "--on", "help", "--off", "help").code == 2
    assert till.run("own-texts", "--off", "everything").code == 2


def test_a_stop_is_confirmed_by_whoever_runs_next(counter: Till, practice: PracticeGateway) -> None:
    counter.now = None
    counter.agree(ANA)
    practice.reply(ANA, "STOP")
    counter.json("inbox", "sync")
    counter.run("run", "--once")
    assert [text.text for text in practice.seen()] == [
        "Fern & Finch: you are unsubscribed. No more messages will be sent. Help: 212-555-0100."
    ]
    counter.run("run", "--once")
    assert [text.arrivals for text in practice.seen()] == [1]


def test_a_stop_is_not_confirmed_where_the_owner_does_not_want_it(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.now = None
    counter.agree(ANA)
    counter.json("own-texts", "--off", "stop")
    practice.reply(ANA, "STOP")
    counter.json("inbox", "sync")
    counter.run("run", "--once")
    assert practice.seen() == ()
    assert counter.json("contacts", "show", ANA)["suppressed"] is True


def test_the_welcome_asks_what_they_want_where_the_owner_says_so(till: Till) -> None:
    assert till.json("own-texts")["choice"] is False
    assert till.json("own-texts", "--choice")["choice"] is True
    assert "The welcome asks which topics" in till.run("own-texts").out
    assert till.json("own-texts", "--off", "help")["choice"] is True
    assert till.json("own-texts", "--no-choice")["choice"] is False


def test_the_most_that_somebody_wants_is_shown_and_taken_back(till: Till) -> None:
    till.agree(ANA)
    till.json("contacts", "edit", ANA, "--at-most", "1/30")
    wishes = till.json("contacts", "show", ANA)["wishes"]
    assert {"wish": "at-most", "value": "1/30"} in wishes
    assert "Asked for at most 1 text a month of offers." in till.run("contacts", "show", ANA).out
    till.json("contacts", "edit", ANA, "--at-most", "")
    assert till.json("contacts", "show", ANA)["wishes"] == []


def test_a_card_number_in_a_reply_is_hidden_and_taken_out(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.now = None
    practice.reply(ANA, "charge 4111 1111 1111 1111 please")
    counter.json("inbox", "sync")
    (reply,) = counter.json("inbox", "list")["messages"]
    assert (reply["text"], reply["secrets"]) == ("charge [a card number] please", ["a card number"])
    number = str(reply["reply_id"])
    for command in (("inbox", "list"), ("inbox", "show", number)):
        assert "4111" not in counter.run(*command).out
    assert "4111 1111" in counter.run("inbox", "show", number, "--reveal").out
    assert f"shopbell inbox redact {number}" in counter.run("inbox", "show", number).out
    gone = counter.json("inbox", "redact", number)
    assert (gone["text"], gone["secrets"]) == ("charge [a card number] please", [])
    assert gone["redacted_at"] is not None
    assert "4111" not in counter.run("inbox", "show", number, "--reveal").out
    assert "taken out of it for good" in counter.run("inbox", "show", number).out
    assert counter.run("inbox", "redact", number).code == 2
    counter.json("inbox", "sync")
    assert counter.json("inbox", "list")["total"] == 1
