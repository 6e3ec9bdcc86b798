"""Checking and sending one text: decisions, exit codes, waiting, trouble, the sender lease."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Do, Fault, Subject
from shopbell.store.lease import Lease
from till import ANA, BO, READY, Till

DECISION = {"decision", "reasons", "next_allowed_at", "set_aside"}
REASON = {"code", "layer", "rule", "citation", "sentence", "next_allowed_at", "confidence"}
FINAL = "Fern & Finch: your order is ready. STOP to end"


def arrivals(practice: PracticeGateway) -> list[tuple[str, str, int]]:
    return [(text.to, text.text, text.arrivals) for text in practice.seen()]


def test_check_says_what_a_text_would_cost_and_how_it_would_read(counter: Till) -> None:
    counter.agree()
    found = counter.json("check", ANA, READY)
    assert found == {
        "decision": "allow",
        "reasons": [],
        "next_allowed_at": None,
        "set_aside": [],
        "segments": 1,
        "encoding": "gsm7",
        "units": len(FINAL),
        "price": 0.0079,
        "price_per_part": 0.0079,
        "currency": "USD",
        "final_text": FINAL,
        "purpose": "service",
        "lint": [],
        "promotion": None,
        "true_until": None,
        "costliest": None,
        "straighten": None,
    }
    lines = counter.run("check", ANA, READY).out.splitlines()
    assert lines == [
        "Allowed.",
        f"Text: {FINAL}",
        f"Parts: 1 (gsm7, {len(FINAL)} units), 0.0079 USD.",
    ]


def test_check_writes_and_sends_nothing(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    counter.json("check", ANA, READY)
    assert counter.json("messages", "list") == {"messages": [], "total": 0}
    assert practice.seen() == ()


def test_check_needs_no_gateway_and_then_has_no_price(till: Till) -> None:
    till.agree()
    found = till.json("check", ANA, READY)
    assert (found["price"], found["currency"]) == (None, None)
    assert "no price set" in till.run("check", ANA, READY).out


def test_check_decides_for_another_moment(till: Till) -> None:
    till.agree()
    held = till.json("check", ANA, READY, "--at", "2026-11-24T20:15", code=4)
    assert set(held) >= DECISION
    assert (held["decision"], held["next_allowed_at"]) == ("hold", "2026-11-25T15:00:00+00:00")
    assert [set(reason) for reason in held["reasons"]] == [REASON] * len(held["reasons"])
    assert held["reasons"][0]["code"] == "QUIET_HOURS"
    assert (
        "Held until Wed 25 Nov 2026, 10:00."
        in till.run("check", ANA, READY, "--at", "2026-11-24T20:15").out
    )


def test_every_reason_is_told_not_only_the_first(till: Till) -> None:
    till.json("opt-out", ANA, "--how", "spoken")
    found = till.json("check", ANA, "card 4111 1111 1111 1111", "--purpose", "marketing", code=3)
    codes = {reason["code"] for reason in found["reasons"]}
    assert {"OPTED_OUT", "SECRET_IN_TEXT"} <= codes
    assert "4111" not in " ".join(reason["sentence"] for reason in found["reasons"])


def test_a_text_is_sent_and_reported(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    sent = counter.json("send", ANA, READY, "--wait")
    assert (sent["decision"], sent["state"]) == ("allow", "delivered")
    assert sent["gateway_id"].startswith("practice-")
    assert isinstance(sent["message_id"], int)
    assert arrivals(practice) == [(ANA, FINAL, 1)]


def test_without_waiting_it_is_accepted(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    assert counter.json("send", ANA, READY)["state"] == "accepted"
    assert len(practice.seen()) == 1


def test_the_words_can_come_from_standard_input(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    assert counter.json("send", ANA, "-", stdin=f"{READY}\n")["state"] == "accepted"
    assert arrivals(practice)[0][1] == FINAL


def test_a_ready_made_text_is_filled_for_the_person(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.json("contacts", "add", ANA, "--name", "Ana Reyes")
    counter.agree(ANA, "--topic", "orders")
    counter.agree(BO, "--topic", "orders")
    counter.json("send", ANA, "--script", "ready")
    counter.json("send", BO, "--script", "ready")
    ana, bo = (text for _, text, _ in arrivals(practice))
    assert ana.startswith("Fern & Finch: Hi Ana, your order is ready to pick up.")
    assert bo.startswith("Fern & Finch: Hi there, your order is ready to pick up.")
    assert counter.json("messages", "show", "1")["topic"] == "orders"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), "usage"),
        (("hello", "--script", "ready"), "usage"),
        (("--script", "rude"), "no_script"),
    ],
    ids=("neither", "both", "unknown"),
)
def test_the_words_come_from_one_place(counter: Till, options: tuple[str, ...], code: str) -> None:
    assert counter.json("send", ANA, *options, code=2)["error"]["code"] == code


def test_without_a_yes_it_is_refused_and_nothing_leaves(
    counter: Till, practice: PracticeGateway
) -> None:
    refused = counter.json("send", ANA, READY, code=3)
    assert refused["decision"] == "refuse"
    assert (refused["message_id"], refused["state"], refused["gateway_id"]) == (None, None, None)
    assert refused["reasons"][0]["code"] == "NO_CONSENT"
    assert practice.seen() == ()
    assert counter.json("messages", "list")["total"] == 0
    assert counter.run("send", ANA, READY).out.startswith("Refused.\n")


def test_at_night_it_is_held_and_goes_in_the_morning(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    counter.now = "2026-11-24T20:00"
    held = counter.json("send", ANA, READY, "--wait", code=4)
    assert (held["decision"], held["state"]) == ("hold", "held")
    assert held["next_allowed_at"] == "2026-11-25T15:00:00+00:00"
    counter.run("run", "--once")
    assert practice.seen() == ()
    counter.now = "2026-11-25T10:00"
    assert counter.run("run", "--once").code == 0
    assert len(practice.seen()) == 1


def test_a_text_for_later_waits_for_its_hour(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    later = counter.json("send", ANA, READY, "--at", "2026-11-24T14:00")
    assert (later["decision"], later["state"]) == ("allow", "waiting")
    assert practice.seen() == ()
    assert (
        "It may go Tue 24 Nov 2026, 14:00, by shopbell run."
        in counter.run("send", ANA, READY, "--at", "2026-11-24T14:00").out
    )
    counter.now = "2026-11-24T14:00"
    counter.run("run")
    assert len(practice.seen()) == 2


def test_waiting_ends_when_time_is_up(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    practice.misbehave(Fault(do=Do.EMPTY, on=Subject.STATUS, times=0))
    sent = counter.json("send", ANA, READY, "--wait", "--timeout", "1")
    assert sent["state"] == "accepted"
    later = counter.json("send", ANA, READY, "--at", "2026-11-24T14:00", "--wait", "--timeout", "1")
    assert later["state"] == "waiting"


def test_waiting_outlasts_a_gateway_that_is_away_for_a_moment(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    practice.misbehave(Fault(do=Do.CUT, on=Subject.INBOX, times=1))
    assert counter.json("send", ANA, READY, "--wait")["state"] == "delivered"


def test_no_gateway_is_gateway_trouble(till: Till) -> None:
    till.agree()
    assert till.json("send", ANA, READY, code=5)["error"]["code"] == "no_gateway"
    assert till.json("messages", "list")["total"] == 0


@pytest.mark.parametrize(
    ("fault", "code", "state", "accepted"),
    [
        (Fault(do=Do.ANSWER, status=401), 5, "waiting", 0),
        (Fault(do=Do.ANSWER, status=402), 5, "waiting", 0),
        (Fault(do=Do.ANSWER, status=503), 5, "waiting", 0),
        (Fault(do=Do.ANSWER, status=400, body='{"error": "number"}'), 5, "failed", 0),
        (Fault(do=Do.CUT), 7, "unknown", 0),
        (Fault(do=Do.CUT, accept=True), 7, "unknown", 1),
        (Fault(do=Do.NONSENSE, accept=True), 7, "unknown", 1),
        (Fault(do=Do.PAGE), 7, "unknown", 0),
        (Fault(do=Do.REDIRECT), 7, "unknown", 0),
        (Fault(do=Do.EMPTY), 7, "unknown", 0),
        (Fault(do=Do.HUGE, accept=True), 7, "unknown", 1),
        (Fault(do=Do.ANSWER, status=500), 7, "unknown", 0),
    ],
    ids=lambda value: (
        f"{value.do}-{value.status}-{value.accept}" if isinstance(value, Fault) else ""
    ),
)
def test_what_the_gateway_does_decides_the_exit_code(
    counter: Till,
    practice: PracticeGateway,
    fault: Fault,
    code: int,
    state: str,
    accepted: int,
) -> None:
    counter.agree()
    practice.misbehave(fault)
    sent = counter.json("send", ANA, READY, code=code)
    assert (sent["decision"], sent["state"]) == ("allow", state)
    assert sent["detail"]
    assert len(practice.seen()) == accepted
    assert all(text.arrivals == 1 for text in practice.seen())


def test_an_unknown_outcome_tells_the_next_step(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    practice.misbehave(Fault(do=Do.CUT, accept=True))
    ran = counter.run("send", ANA, READY)
    assert ran.code == 7
    assert "Text 1 is unknown." in ran.out
    assert "shopbell settle 1" in ran.out


def test_a_gateway_that_is_off_leaves_the_text_waiting_for_the_next_round(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    practice.stop()
    assert counter.json("send", ANA, READY, code=5)["state"] == "waiting"
    assert counter.json("gateway", "show")["trouble"] != ""


def test_when_somebody_else_delivers_the_text_is_left_to_them(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    lease = Lease(counter.file)
    assert lease.try_take("the counter screen", datetime.now(UTC))
    try:
        sent = counter.json("send", ANA, READY, "--wait", "--timeout", "0.5")
        assert (sent["decision"], sent["state"]) == ("allow", "waiting")
        assert sent["holder"].startswith("the counter screen")
        assert "It is left to the counter screen" in counter.run("send", ANA, READY).out
        assert practice.seen() == ()
        ran = counter.run("run", "--once", "--json")
        assert (ran.code, ran.json["event"]) == (0, "holder")
    finally:
        lease.release()
    assert counter.run("run").code == 0
    assert len(practice.seen()) == 2


def test_a_single_text_does_not_take_others_along(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    counter.agree(BO)
    counter.json("send", BO, READY, "--at", "2026-11-24T11:00")
    counter.now = "2026-11-24T12:00"
    counter.json("send", ANA, READY)
    assert [text.to for text in practice.seen()] == [ANA]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "EMPTY_TEXT"), ("   ", "EMPTY_TEXT"), ("x" * 10_000, "TOO_LONG")],
    ids=("empty", "blank", "ten thousand"),
)
def test_a_text_of_no_use_is_refused(
    counter: Till, practice: PracticeGateway, text: str, code: str
) -> None:
    counter.agree()
    refused = counter.json("send", ANA, text, code=3)
    assert code in [reason["code"] for reason in refused["reasons"]]
    assert practice.seen() == ()


def test_a_text_made_of_traps_is_sent_as_it_is_and_shown_harmless(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    trap = "[/] \x1b]52;c;aGk=\x07 a&b=c+d%20 \u202edne"
    sent = counter.json("send", ANA, trap)
    assert sent["state"] == "accepted"
    left = practice.seen()[0].text
    assert "[/] " in left
    assert " a&b=c+d%20 " in left
    assert not set(left) & {"\x1b", "\x07", "\u202e"}
    out = counter.run("messages", "show", str(sent["message_id"])).out
    assert "\x1b" not in out
    assert "\u202e" not in out
