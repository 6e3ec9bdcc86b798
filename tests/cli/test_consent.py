"""Recording a yes and a stop."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from till import ANA, BO, WORDS, Till

OPT_IN = ("opt-in", ANA, "--purpose", "service", "--how", "paper")


def test_a_yes_is_recorded_with_everything_that_proves_it(till: Till, tmp_path: Path) -> None:
    scan = tmp_path / "sheet.pdf"
    scan.write_bytes(b"signed by Ana")
    done = till.json(
        *("opt-in", ANA, "--purpose", "marketing", "--topic", "offers", "--topic", "events"),
        *("--how", "spoken", "--wording", WORDS, "--at", "2026-11-23T17:30", "--witness", "Bea"),
        *("--evidence", str(scan), "--promised", "4/30", "--place", "the market stall"),
    )
    assert set(done) == {"consent_id", "ledger_head", "welcome"}
    assert done["welcome"] is None
    (event,) = till.json("contacts", "show", ANA)["consents"]
    assert event == {
        "consent_id": done["consent_id"],
        "act": "granted",
        "purpose": "marketing",
        "topics": ["offers", "events"],
        "wording": WORDS,
        "how": "spoken",
        "at": "2026-11-23T22:30:00+00:00",
        "witness": "Bea",
        "place": "the market stall",
        "form": None,
        "basis": "express",
        "evidence_sha256": hashlib.sha256(b"signed by Ana").hexdigest(),
        "promised": {"n": 4, "days": 30},
        "recorded_at": "2026-11-24T15:42:00+00:00",
    }
    assert done["ledger_head"] == till.json("verify")["ledger"]["head"]


def test_a_yes_without_a_time_counts_from_this_moment_on(till: Till) -> None:
    till.agree()
    assert till.json("check", ANA, "hello")["decision"] == "allow"


def test_words_used_before_can_be_named_by_their_number(till: Till) -> None:
    till.agree()
    till.json("opt-in", BO, "--purpose", "service", "--how", "paper", "--wording-id", "1")
    assert till.json("contacts", "show", BO)["consents"][0]["wording"] == WORDS


def test_the_words_of_a_stop_are_no_wording_of_a_yes(till: Till) -> None:
    till.agree()
    till.json("opt-out", ANA, "--how", "phone", "--note", "take me off the list")
    line = ("opt-in", BO, "--purpose", "service", "--how", "paper", "--wording-id", "2", "--json")
    ran = till.run(*line)
    assert (ran.code, ran.error) == (2, "no_wording")
    assert till.json("contacts", "show", BO)["consents"] == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), "usage"),
        (("--wording", WORDS, "--wording-id", "1"), "usage"),
        (("--wording-id", "99"), "no_wording"),
        (("--wording", WORDS, "--at", "yesterday"), "bad_time"),
        (("--wording", WORDS, "--promised", "often"), "bad_promise"),
        (("--wording", WORDS, "--promised", "0/30"), "bad_promise"),
        (("--wording", WORDS, "--promised", "4"), "bad_promise"),
        (("--wording", WORDS, "--evidence", "no-such-scan.pdf"), "no_file"),
        (("--wording", WORDS, "--how", "telepathy"), "usage"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_a_yes_that_cannot_be_read_is_refused_and_not_recorded(
    till: Till, options: tuple[str, ...], code: str
) -> None:
    assert till.json(*OPT_IN, *options, code=2)["error"]["code"] == code
    assert till.json("contacts", "show", ANA)["consents"] == []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--wording", " "), "CONSENT_PROOF_MISSING"),
        (("--wording", WORDS, "--at", "2026-11-25T10:00"), "CONSENT_PROOF_MISSING"),
        (("--wording", WORDS, "--how", "import"), "CONSENT_PROOF_MISSING"),
        (("--wording", WORDS, "--purpose", "safety"), "CONSENT_WRONG_CATEGORY"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_a_yes_that_proves_nothing_is_refused_as_a_decision(
    till: Till, options: tuple[str, ...], reason: str
) -> None:
    refused = till.json(*OPT_IN, *options, code=3)
    assert refused["decision"] == "refuse"
    assert refused["next_allowed_at"] is None
    (why,) = refused["reasons"]
    assert (why["code"], why["layer"]) == (reason, "policy")
    ran = till.run(*OPT_IN, *options)
    assert ran.out.startswith("Not recorded.\n")
    assert why["sentence"] in ran.out
    assert till.json("contacts", "show", ANA)["consents"] == []


def test_a_stop_takes_effect_at_once_and_cancels_what_waits(counter: Till) -> None:
    counter.agree()
    held = counter.json("send", ANA, "see you then", "--at", "2026-11-24T22:00", code=4)
    done = counter.json("opt-out", ANA, "--how", "phone", "--note", "called us")
    assert done == {"suppressed": True, "fresh": True, "canceled": 1}
    assert counter.json("messages", "show", str(held["message_id"]))["state"] == "canceled"
    refused = counter.json("check", ANA, "hello", code=3)
    assert "OPTED_OUT" in [reason["code"] for reason in refused["reasons"]]
    again = counter.json("opt-out", ANA, "--how", "phone")
    assert (again["fresh"], again["canceled"]) == (False, 0)


def test_only_the_person_can_undo_a_stop(till: Till) -> None:
    till.json("opt-out", ANA, "--how", "spoken")
    spoken = ("opt-in", ANA, "--purpose", "service", "--how", "spoken", "--wording", WORDS)
    early = till.json(*spoken, "--at", "2026-11-20T10:00", "--witness", "Bea", code=3)
    assert early["reasons"][0]["code"] == "OPTED_OUT"
    till.now = "2026-11-24T10:50"
    assert till.json(*spoken, code=3)["reasons"][0]["code"] == "OPTED_OUT"
    till.json(*spoken, "--witness", "Bea")
    assert till.json("check", ANA, "hello")["decision"] == "allow"


@pytest.mark.parametrize(
    ("options", "topics", "still"),
    [
        (("--topic", "offers"), ["offers"], ["events"]),
        (("--topic", "offers", "--topic", "events"), ["offers", "events"], []),
        (("--purpose", "marketing"), [], []),
        (("--purpose", "marketing", "--topic", "events"), ["events"], ["offers"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_a_no_to_some_texts_is_one_command_and_no_stop(
    till: Till, options: tuple[str, ...], topics: list[str], still: list[str]
) -> None:
    till.agree(ANA, "--topic", "offers", "--topic", "events", purpose="marketing")
    till.agree(ANA, "--topic", "orders")
    done = till.json("opt-out", ANA, "--how", "in-person", "--note", "too many", *options)
    assert (done["suppressed"], done["purpose"], done["topics"]) == (False, "marketing", topics)
    assert done["ledger_head"] == till.json("verify")["ledger"]["head"]
    sheet = till.json("contacts", "show", ANA)
    assert sheet["suppressed"] is False
    standings = {one["purpose"]: one for one in sheet["standings"]}
    assert sorted(standings["marketing"]["topics"]) == still
    assert standings["service"]["topics"] == ["orders"]
    assert sheet["consents"][-1]["wording"] == "too many"


def test_a_no_says_what_may_still_go(till: Till) -> None:
    till.agree(ANA, "--topic", "offers", purpose="marketing")
    said = till.run("opt-out", ANA, "--how", "phone", "--topic", "offers").out
    assert said.startswith("Recorded a no to offers.\nOther texts may still go.")
    assert "Waiting texts canceled: 0." in said


@pytest.mark.parametrize("topics", [("wreaths",), ("orders", "offers"), ("offers", "wreaths")])
def test_topics_of_which_nobody_knows_the_purpose_are_asked_about(
    till: Till, topics: tuple[str, ...]
) -> None:
    options = [part for topic in topics for part in ("--topic", topic)]
    error = till.json("opt-out", ANA, "--how", "phone", *options, code=2)["error"]
    assert (error["code"], "--purpose" in error["message"]) == ("usage", True)
    assert till.json("contacts", "show", ANA)["consents"] == []


def test_a_permission_that_rests_on_a_purchase_says_so(till: Till) -> None:
    till.agree(ANA, "--basis", "purchase")
    (event,) = till.json("contacts", "show", ANA)["consents"]
    assert (event["basis"], event["place"]) == ("purchase", None)
    assert "It rests on a purchase, not on a clear yes." in till.run("person", "dossier", ANA).out
    error = till.json(*OPT_IN, "--wording", WORDS, "--basis", "friendship", code=2)["error"]
    assert "express, purchase, inquiry" in error["message"]
