"""Double opt-in and joining by text, by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, Till

WORDS = "Text me about offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."
OFFERS = ("--purpose", "marketing", "--topic", "offers", "--how", "paper", "--wording", WORDS)


def test_a_topic_says_whether_it_is_confirmed_and_how_it_is_joined(till: Till) -> None:
    changed = till.json("topics", "set", "offers", "--confirm", "--keyword", "roses")
    assert (changed["confirm"], changed["keyword"]) == (True, "ROSES")
    line = till.run("topics", "list").out
    assert "confirmed by text, joined by texting ROSES." in line
    changed = till.json("topics", "set", "offers", "--no-confirm", "--keyword", "")
    assert (changed["confirm"], changed["keyword"]) == (False, "")


def test_a_new_topic_may_be_confirmed_and_joined(till: Till) -> None:
    added = till.json(
        *("topics", "add", "workshops", "--promised", "1/30", "--confirm", "--keyword", "learn")
    )
    assert (added["confirm"], added["keyword"]) == (True, "LEARN")


@pytest.mark.parametrize("word", ["STOP", "yes", "pause"])
def test_a_word_that_means_something_else_is_refused(till: Till, word: str) -> None:
    refused = till.run("topics", "set", "offers", "--keyword", word, "--json")
    assert (refused.code, refused.error) == (2, "bad_topic")


def test_a_yes_to_be_confirmed_is_asked_about_and_counts_from_its_yes(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.json("topics", "set", "offers", "--confirm")
    waiting = counter.json("opt-in", ANA, *OFFERS)
    assert (waiting["waiting"], waiting["consent_id"]) == (True, None)
    assert waiting["question"]["state"] == "accepted"
    assert "Reply YES to get our offers" in waiting["question"]["text"]
    refused = counter.json(
        *("check", ANA, "roses", "--purpose", "marketing", "--topic", "offers"), code=3
    )
    assert [reason["code"] for reason in refused["reasons"]] == ["CONSENT_UNCONFIRMED"]
    assert len(practice.seen()) == 1


def test_without_a_gateway_the_yes_waits_and_says_so(till: Till) -> None:
    till.json("topics", "set", "offers", "--confirm")
    waiting = till.json("opt-in", ANA, *OFFERS, code=5)
    assert (waiting["question"], waiting["why_not"]) == (None, "No gateway is set up yet.")
    assert "could not be asked" in till.run("opt-in", ANA, *OFFERS).out


def test_a_poster_joins_whoever_texts_its_word(
    counter: Till, practice: PracticeGateway, tmp_path: Path
) -> None:
    counter.now = None
    counter.json("topics", "set", "offers", "--keyword", "roses")
    printed = counter.json("poster", "--out", str(tmp_path / "p.html"), "--topic", "offers")
    assert printed["sms"].endswith("ROSES")
    practice.reply(ANA, "Roses")
    counter.json("inbox", "sync")
    (reply,) = counter.json("inbox", "list")["messages"]
    assert reply["done"].startswith("Joined by text: offers.")
    shown = counter.json("contacts", "show", ANA)
    assert shown["suppressed"] is False
