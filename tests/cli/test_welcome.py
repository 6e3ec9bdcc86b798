"""The welcome by the command line."""

from __future__ import annotations

import pytest

from till import ANA, BO, Till

WORDS = "Text me about offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."
WELCOME = (
    "Fern & Finch: you're on our list! Up to 4 offer texts/month, weekdays 10-6, Sat 10-5."
    " Reply HELP for help, STOP to end. Msg&data rates may apply."
)
OFFERS = ("--purpose", "marketing", "--topic", "offers", "--how", "paper", "--wording", WORDS)


def test_it_is_shown_first_with_parts_price_and_promise(counter: Till) -> None:
    counter.json("opt-in", ANA, *OFFERS)
    shown = counter.json("welcome", ANA)
    assert shown["decision"] == "allow"
    assert (shown["text"], shown["segments"]) == (WELCOME, 1)
    assert (shown["price"], shown["currency"]) == (0.0079, "USD")
    assert shown["promised"] == {"n": 4, "per": "month", "days": 30}
    assert shown["topics"] == ["offers"]
    lines = counter.run("welcome", ANA).out.splitlines()
    assert f"Text: {WELCOME}" in lines
    assert lines[-1] == "It promises at most 4 texts per month."
    assert counter.json("messages", "list")["messages"] == []


def test_it_is_sent_once(counter: Till) -> None:
    counter.json("opt-in", ANA, *OFFERS)
    sent = counter.json("welcome", ANA, "--send")
    assert (sent["state"], sent["text"], sent["promised"]["n"]) == ("accepted", WELCOME, 4)
    again = counter.json("welcome", ANA, "--send", code=3)
    assert again["reasons"][0]["code"] == "NOT_CALLED_FOR"
    assert "once is enough" in counter.run("welcome", ANA).out
    (text,) = counter.json("messages", "list")["messages"]
    assert text["message_id"] == sent["message_id"]
    assert text["purpose"] == "compliance"


def test_own_words_are_refused_with_every_thing_they_lack(counter: Till) -> None:
    counter.json("opt-in", ANA, *OFFERS)
    refused = counter.json("welcome", ANA, "--text", "Great to have you!", "--send", code=3)
    codes = [reason["code"] for reason in refused["reasons"]]
    assert set(codes) == {"NO_OPT_OUT_FOOTER", "WORDS_MISSING"}
    assert len(codes) == 5, "what, how often, HELP, STOP and the notice about rates"
    assert refused["message_id"] is None
    own = WELCOME.replace("4 offer texts", "2 offer texts")
    sent = counter.json("welcome", ANA, "--text", own, "--send")
    assert sent["promised"] == {"n": 2, "per": "month", "days": 30}


@pytest.mark.parametrize(
    ("options", "goes"),
    [((), False), (("--welcome",), True), (("--no-welcome",), False)],
)
def test_a_yes_is_welcomed_when_asked_for(
    counter: Till, options: tuple[str, ...], goes: bool
) -> None:
    done = counter.json("opt-in", ANA, *OFFERS, *options)
    assert (done["welcome"] is not None) is goes
    texts = counter.json("messages", "list")["messages"]
    assert [text["final_text"] for text in texts] == ([WELCOME] if goes else [])


def test_the_owner_decides_once_for_all(counter: Till) -> None:
    assert counter.json("own-texts")["welcome"] == "ask"
    assert counter.json("own-texts", "--welcome", "always")["welcome"] == "always"
    assert counter.json("opt-in", ANA, *OFFERS)["welcome"]["state"] == "accepted"
    assert counter.json("opt-in", BO, *OFFERS, "--no-welcome")["welcome"] is None
    counter.json("own-texts", "--welcome", "never")
    assert "not sent after a yes" in counter.run("own-texts").out
    assert counter.json("opt-in", BO, *OFFERS, "--welcome")["welcome"]["state"] == "accepted"


def test_a_yes_stands_though_its_welcome_cannot_go(till: Till) -> None:
    done = till.json("opt-in", ANA, *OFFERS, "--welcome")
    assert done["consent_id"] == 1
    assert done["welcome"]["error"]["code"] == "no_gateway"
    assert (
        "The welcome was not sent: No gateway is set up yet."
        in till.run("opt-in", BO, *OFFERS, "--welcome").out
    )
    assert till.json("welcome", ANA)["decision"] == "allow"


def test_a_yes_to_news_only_is_recorded_and_not_welcomed(counter: Till) -> None:
    line = ("--purpose", "service", "--topic", "orders", "--how", "paper", "--wording", "Text me.")
    done = counter.json("opt-in", ANA, *line, "--welcome")
    assert done["welcome"]["reasons"][0]["code"] == "WORDS_MISSING"


def test_a_stranger_has_nothing_to_be_welcomed_for(counter: Till) -> None:
    refused = counter.json("welcome", BO, code=3)
    assert refused["reasons"][0]["code"] == "NO_CONSENT"
    assert counter.json("welcome", BO, "--topic", "offers", code=3)["decision"] == "refuse"


def test_nobody_is_texted_without_a_yes_by_calling_it_compliance(counter: Till) -> None:
    refused = counter.json("send", BO, "Big sale!", "--purpose", "compliance", code=3)
    assert [reason["code"] for reason in refused["reasons"]] == ["NOT_CALLED_FOR"]


def test_at_night_it_is_held_until_the_morning(counter: Till) -> None:
    counter.now = "2026-11-24T22:00"
    counter.json("opt-in", ANA, *OFFERS)
    held = counter.json("welcome", ANA, "--send", code=4)
    assert held["state"] == "held"
    assert held["next_allowed_at"] == "2026-11-25T15:00:00+00:00"
