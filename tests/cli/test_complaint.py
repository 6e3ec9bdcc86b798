"""Complaints at the command line."""

from __future__ import annotations

import pytest

from till import ANA, BO, Till

OFFER = ("check", ANA, "peonies are in.", "--purpose", "marketing", "--topic", "offers")


def test_a_complaint_is_opened_listed_shown_and_closed(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana Reyes")
    till.agree(ANA, "--topic", "offers", purpose="marketing")
    opened = till.json(
        *("complaint", "open", ANA, "--kind", "order", "--words", "wilted tulips"),
        *("--how", "phone", "--who", "Ana", "--at", "2026-11-24T10:00"),
    )
    assert opened == {
        "complaint_id": 1,
        "number": ANA,
        "kind": "order",
        "words": "wilted tulips",
        "how": "phone",
        "at": "2026-11-24T15:00:00+00:00",
        "recorded_at": opened["recorded_at"],
        "who": "Ana",
        "due_at": "2026-11-24T23:00:00+00:00",
        "open": True,
        "overdue": False,
        "closed_at": None,
        "closed_by": "",
        "outcome": "",
        "canceled": 0,
        "persists": False,
    }
    assert till.json(*OFFER, code=3)["reasons"][0]["code"] == "COMPLAINT_OPEN"
    assert till.json("complaint", "list")["total"] == 1
    assert till.json("complaint", "list", "--number", BO)["total"] == 0
    shown = till.run("complaint", "show", "1").out
    assert "…0101" in shown
    assert ANA not in shown
    assert "“wilted tulips”" in shown
    assert "Call by Tue 24 Nov 18:00. Do not text about it." in shown
    assert ANA in till.run("complaint", "show", "1", "--reveal").out
    closed = till.json("complaint", "close", "1", "--outcome", "new tulips", "--who", "Bo")
    assert (closed["open"], closed["outcome"], closed["closed_by"]) == (False, "new tulips", "Bo")
    assert till.run("complaint", "list").out == "No open complaints.\n"
    assert "by Bo: new tulips" in till.run("complaint", "list", "--all").out
    till.json(*OFFER)


def test_the_second_complaint_in_a_month_says_to_call(till: Till) -> None:
    till.json("complaint", "open", ANA)
    told = till.run("complaint", "open", ANA, "--kind", "texts").out
    assert "They have complained before in the last 30 days: call" in told
    assert "say that marketing has ended" in told


def test_a_clock_that_ran_out_is_told(till: Till) -> None:
    till.json("complaint", "open", ANA)
    till.now = "2026-11-26T10:00"
    assert till.json("complaint", "list")["complaints"][0]["overdue"] is True
    assert "That time is over: do it now." in till.run("complaint", "list").out


def test_a_complaint_is_on_the_sheet_in_the_dossier_and_explains_itself(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana")
    till.json("complaint", "open", ANA, "--words", "wilted", "--kind", "other")
    sheet = till.run("contacts", "show", ANA).out
    assert "Complaint 1 of Tue 24 Nov 2026, 10:42 about something else: open" in sheet
    assert till.json("contacts", "show", ANA)["complaints"][0]["words"] == "wilted"
    dossier = till.run("person", "dossier", ANA).out
    assert "Every complaint" in dossier
    assert "wilted" in dossier
    till.json("complaint", "close", "1", "--outcome", "called, all is well")
    assert "Closed on" in till.run("person", "dossier", ANA).out
    assert "called, all is well" in till.run("contacts", "show", ANA).out
    assert till.json("person", "dossier", ANA)["complaints"][0]["open"] is False
    assert "complain" in till.run("rules", "explain", "COMPLAINT_OPEN").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("open", "12"), "*"),
        (("open", ANA, "--at", "2027-01-01"), "bad_time"),
        (("show", "9"), "no_complaint"),
        (("close", "9", "--outcome", "x"), "no_complaint"),
    ],
)
def test_bad_input_is_said(till: Till, words: tuple[str, ...], code: str) -> None:
    ran = till.run("complaint", *words, "--json")
    assert ran.code == 2
    assert code in {"*", ran.error}


def test_hostile_words_are_shown_harmless(till: Till) -> None:
    till.json("complaint", "open", ANA, "--words", "[/] \x1b]0;x\x07\u202e", "--who", "\x1b[31m")
    till.json("complaint", "close", "1", "--outcome", "\x1b[31mfine")
    for command in (("complaint", "list", "--all"), ("contacts", "show", ANA)):
        out = till.run(*command).out
        assert "\x1b" not in out
        assert "\u202e" not in out
