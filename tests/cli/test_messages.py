"""Texts listed, shown, canceled, settled and explained."""

from __future__ import annotations

import pytest

from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Do, Fault
from till import ANA, BO, READY, WORDS, Till


def unknown(counter: Till, practice: PracticeGateway, *, accepted: bool) -> str:
    """Leave a text of which nobody knows whether it left; return its id."""
    counter.agree()
    practice.misbehave(Fault(do=Do.CUT, accept=accepted))
    return str(counter.json("send", ANA, READY, code=7)["message_id"])


def test_texts_are_listed_newest_first_and_by_state_and_number(counter: Till) -> None:
    counter.agree(ANA)
    counter.agree(BO)
    counter.json("send", ANA, "one")
    counter.json("send", BO, "two")
    counter.json("send", BO, "three", "--at", "2026-11-24T22:00", code=4)
    listed = counter.json("messages", "list")
    assert [text["text"] for text in listed["messages"]] == ["three", "two", "one"]
    assert listed["total"] == 3
    held = counter.json("messages", "list", "--state", "held", "--state", "waiting")
    assert [text["text"] for text in held["messages"]] == ["three"]
    anas = counter.json("messages", "list", "--number", "(212) 555-0101")
    assert [text["text"] for text in anas["messages"]] == ["one"]
    page = counter.json("messages", "list", "--limit", "1", "--from", "1")
    assert [text["text"] for text in page["messages"]] == ["two"]
    out = counter.run("messages", "list").out
    assert "3  held  " in out
    assert ANA not in out
    assert ANA in counter.run("messages", "list", "--reveal").out


def test_one_text_is_shown_with_its_decision_and_its_history(counter: Till) -> None:
    counter.agree()
    counter.json("send", ANA, READY, "--wait")
    shown = counter.json("messages", "show", "1")
    assert shown["state"] == "delivered"
    assert shown["decision"]["decision"] == "allow"
    assert [event["state"] for event in shown["history"]][:3] == ["waiting", "sending", "accepted"]
    assert shown["history"][-1]["state"] == "delivered"
    assert (shown["price"], shown["currency"]) == (0.0079, "USD")
    lines = counter.run("messages", "show", "1").out
    assert "Parts: 1, 0.0079 USD." in lines
    assert "[claimed]" in lines


def test_a_held_text_can_be_canceled_and_a_sent_one_not(counter: Till) -> None:
    counter.agree()
    counter.json("send", ANA, "later", "--at", "2026-11-24T22:00", code=4)
    assert counter.json("messages", "cancel", "1") == {
        "message_id": 1,
        "state": "canceled",
        "canceled": True,
    }
    counter.json("send", ANA, READY)
    late = counter.json("messages", "cancel", "2", code=2)
    assert late["error"]["code"] == "too_late"
    assert "accepted" in late["error"]["message"]


@pytest.mark.parametrize(
    "line",
    [("messages", "show"), ("messages", "cancel"), ("settle",), ("why",)],
    ids=" ".join,
)
def test_a_text_that_is_not_there_is_said(till: Till, line: tuple[str, ...]) -> None:
    assert till.json(*line, "99", code=2)["error"]["code"] == "no_text"
    assert till.json(*line, "many", code=2)["error"]["code"] == "usage"


@pytest.mark.parametrize(("accepted", "state"), [(True, "accepted"), (False, "waiting")])
def test_an_unknown_text_is_settled_by_asking_never_by_sending_again(
    counter: Till, practice: PracticeGateway, accepted: bool, state: str
) -> None:
    text = unknown(counter, practice, accepted=accepted)
    settled = counter.json("settle", text)
    assert settled["state"] == state
    assert settled["why"]
    assert sum(seen.arrivals for seen in practice.seen()) == (1 if accepted else 0)
    assert counter.json("settle", text, code=2)["error"]["code"] == "not_unknown"


def test_when_the_gateway_cannot_tell_it_stays_unknown_and_exits_7(
    counter: Till, practice: PracticeGateway
) -> None:
    text = unknown(counter, practice, accepted=True)
    practice.stop()
    still = counter.json("settle", text, code=7)
    assert (still["state"], bool(still["why"])) == ("unknown", True)
    assert f"shopbell settle {text} --as sent|not-sent" in counter.run("settle", text).out


@pytest.mark.parametrize(("word", "state"), [("sent", "sent"), ("not-sent", "failed")])
def test_the_owner_can_say_what_became_of_it(
    counter: Till, practice: PracticeGateway, word: str, state: str
) -> None:
    text = unknown(counter, practice, accepted=True)
    practice.stop()
    assert counter.json("settle", text, "--as", word)["state"] == state
    assert counter.json("messages", "show", text)["history"][-1]["word"] == "[owner]"


def test_why_tells_the_stored_decision_and_the_yes_behind_it(counter: Till) -> None:
    counter.agree()
    counter.json("send", ANA, READY)
    told = counter.json("why", "1")
    assert (told["decision"], told["state"]) == ("allow", "accepted")
    assert told["decided_at"] == "2026-11-24T15:42:00+00:00"
    assert told["rules_version"]
    assert [event["wording"] for event in told["consents"]] == [WORDS]
    out = counter.run("why", "1").out
    said = "They said yes to texts about orders and appointments on Tue 24 Nov 2026, 10:42"
    assert f"{said} (paper): “{WORDS}”" in out


def test_why_stays_what_it_was_when_the_person_changes_their_mind(counter: Till) -> None:
    counter.agree()
    counter.json("send", ANA, READY)
    counter.now = "2026-11-24T10:50"
    counter.json("opt-out", ANA, "--how", "spoken")
    told = counter.json("why", "1")
    assert told["decision"] == "allow"
    assert [event["act"] for event in told["consents"]] == ["granted"]


def test_why_not_tells_what_stands_in_the_way_now_and_what_was_refused_then(
    counter: Till,
) -> None:
    counter.json("send", ANA, READY, code=3)
    counter.now = "2026-11-24T10:50"
    counter.json("opt-out", ANA, "--how", "spoken")
    told = counter.json("why-not", ANA)
    assert told["number"] == ANA
    now = {entry["purpose"]: entry for entry in told["now"]}
    assert now["service"]["decision"] == "refuse"
    assert "OPTED_OUT" in [reason["code"] for reason in now["service"]["reasons"]]
    (then,) = told["stored"]
    assert then["decided_at"] == "2026-11-24T15:42:00+00:00"
    assert [reason["code"] for reason in then["reasons"]] == ["NO_CONSENT"]
    out = counter.run("why-not", ANA).out
    assert "Service, now: Refused." in out
    assert "Tue 24 Nov 2026, 10:42: Refused." in out


def test_a_waiting_text_gets_other_words_and_the_old_ones_never_leave(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    counter.json("send", ANA, "ready at one", "--at", "2026-11-24T12:00")
    told = counter.json("messages", "replace", "1", "ready at two", "--at", "2026-11-24T12:30")
    assert (told["message_id"], told["state"]) == (2, "waiting")
    listed = counter.json("messages", "list")["messages"]
    assert [(one["text"], one["state"], one["replaces"]) for one in listed] == [
        ("ready at two", "waiting", 1),
        ("ready at one", "canceled", None),
    ]
    counter.now = "2026-11-24T12:31"
    counter.run("run")
    assert [text.text for text in practice.seen()] == ["Fern & Finch: ready at two STOP to end"]
    late = counter.json("messages", "replace", "2", "ready at three", code=2)
    assert late["error"]["code"] == "too_late"


def test_a_text_that_may_leave_at_once_leaves_with_its_new_words(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    counter.json("send", ANA, "ready at one", "--at", "2026-11-24T12:00")
    counter.now = "2026-11-24T12:01"
    told = counter.run("messages", "replace", "1", "ready at two")
    assert "Text 2 is accepted." in told.out
    assert [text.text for text in practice.seen()] == ["Fern & Finch: ready at two STOP to end"]


def test_refused_words_are_told_and_the_old_ones_stay(counter: Till) -> None:
    counter.agree()
    counter.json("send", ANA, "ready at one", "--at", "2026-11-24T12:00")
    told = counter.run("messages", "replace", "1", "your card 4111 1111 1111 1111")
    assert told.code == 3
    assert "Text 1 stays as it was." in told.out
    assert [one["state"] for one in counter.json("messages", "list")["messages"]] == ["waiting"]
