"""The rulebook and the rules of one shop by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.domain.decision import Code
from till import ANA, READY, Till

WHY = "Our regulars asked for evening texts."
KENTUCKY = "+15025550101"


@pytest.fixture
def nowhere(tmp_path: Path) -> Till:
    return Till(file=tmp_path / "none.db")


def test_the_rulebook_is_listed_with_the_age_of_every_row(nowhere: Till) -> None:
    listed = nowhere.json("rules", "list")
    assert listed == nowhere.json("rules", "show")
    rows = {row["id"]: row for row in listed["rows"]}
    assert len(rows) > 70
    assert {"policy", "US", "US-FL", "GB", "ZA", "10dlc"} <= set(rows)
    assert rows["US"]["review_by"] == "2027-01-31"
    assert {type(row["overdue"]) for row in rows.values()} == {bool}
    out = nowhere.run("rules", "list").out
    assert "\nUS-FL  Florida, V2, read " in out
    assert out.endswith("This is not legal advice.\n")


def test_one_row_is_shown_with_citation_and_confidence(nowhere: Till) -> None:
    (row,) = nowhere.json("rules", "show", "us-fl")["rows"]
    lines = {line["topic"]: line for line in row["lines"]}
    assert lines["Hours"] == {
        "topic": "Hours",
        "says": "Marketing texts: mon-sun 08:00-20:00, on the person's clock.",
        "citation": "Fla. Stat. 501.616(6); 501.059(8), (10)",
        "confidence": None,
        "layer": "law",
        "rule": "US-FL.hours",
    }
    assert (row["confidence"], row["effective_from"]) == ("V2", None)
    out = nowhere.run("rules", "show", "US-FL").out
    assert "How sure: V2, secondary sources were seen.\n" in out
    assert "[law; US-FL.hours; Fla. Stat. 501.616(6); 501.059(8), (10)]\n" in out


def test_a_law_that_changed_shows_both_its_rows(nowhere: Till) -> None:
    before, after = nowhere.json("rules", "show", "US-PA")["rows"]
    assert before["effective_to"] == after["effective_from"] == "2026-10-18"
    out = nowhere.run("rules", "show", "US-PA").out
    assert "In force until the day before 18 Oct 2026." in out
    assert "In force from 18 Oct 2026." in out


@pytest.mark.parametrize("code", list(Code))
def test_every_reason_code_is_explained(nowhere: Till, code: Code) -> None:
    told = nowhere.json("rules", "explain", code.value.lower().replace("_", "-"))
    assert told["code"] == code.value
    assert told["means"] in nowhere.run("rules", "explain", code.value).out


def test_a_rule_that_a_decision_names_is_explained(nowhere: Till) -> None:
    told = nowhere.json("rules", "explain", "us-ky.HOURS")
    assert (told["row"], told["rule"], told["citation"]) == (
        "US-KY",
        "US-KY.hours",
        "KRS 367.46955(16)",
    )
    assert "mon-sun 10:00-21:00" in nowhere.run("rules", "explain", "US-KY.hours").out


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("lint.tobacco", "Stops marketing"),
        ("lint.way_out", "carriers filter other ways out than STOP"),
        ("lint.better_said", "is better said than written. Call, if you can."),
        ("promotional", "Makes marketing of texts about orders"),
    ],
)
def test_a_rule_about_words_is_explained_too(nowhere: Till, rule: str, says: str) -> None:
    told = nowhere.json("rules", "explain", rule)
    assert (told["row"], told["rule"]) == ("words", rule)
    assert says in told["says"]
    assert says in nowhere.run("rules", "explain", rule.upper()).out
    assert says in nowhere.run("rules", "show", "words").out


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        (("show", "Narnia"), "no_row", "rules list"),
        (("show", ""), "no_row", "rules list"),
        (("show", "[/]\x1b[31m"), "no_row", "rules list"),
        (("explain", "TOO_LOUD"), "no_rule", "QUIET_HOURS"),
        (("explain", "policy.gap"), "no_rule", "rules show policy"),
        (("explain", ""), "no_rule", "OPTED_OUT"),
    ],
)
def test_what_the_rulebook_does_not_know_is_said_with_what_it_does(
    nowhere: Till, line: tuple[str, ...], code: str, hint: str
) -> None:
    error = nowhere.json("rules", *line, code=2)["error"]
    assert error["code"] == code
    assert hint in error["hint"]
    assert "\x1b" not in nowhere.run("rules", *line).err


def test_a_new_shop_shows_shopbells_own_rules(till: Till) -> None:
    told = till.json("rules", "shop")
    assert told["hours"] == "mon-fri 10:00-18:00; sat 10:00-17:00"
    assert (told["holidays"], told["set_aside"], told["gap_hours"]) == ("closed", [], None)
    out = till.run("rules", "shop").out
    assert "Most marketing: 1 in a week, 4 in 30 days to one person (Shopbell's own).\n" in out


def test_every_change_is_kept_and_shown(till: Till) -> None:
    for line in (
        ("hours", "mon-sat 09:00-19:00"),
        ("close", "2026-12-24", "2026-12-26", "--note", "Christmas [/]"),
        ("reopen", "2026-12-25"),
        ("holidays", "no-marketing"),
        ("emergency", "us-la", "--until", "2026-12-01", "--note", "storm"),
        ("limit", "marketing", "2", "30"),
        ("gap", "48"),
        ("contact", "fern.example"),
        ("short-code", "36123"),
        ("price", "+44", "0.04", "--currency", "usd"),
        ("price", "*", "0.05"),
        ("set-aside", "us-tx.hours", "--reason", WHY, "--by", "Ana"),
    ):
        assert till.run("rules", *line).code == 0, line
    assert till.json("rules", "shop") == {
        "hours": "mon-sat 09:00-19:00",
        "caps": [{"days": 30, "n": 2, "purpose": "marketing"}],
        "closures": [
            {"first": "2026-12-24", "last": "2026-12-24", "note": "Christmas [/]"},
            {"first": "2026-12-26", "last": "2026-12-26", "note": "Christmas [/]"},
        ],
        "contact": "fern.example",
        "currency": "USD",
        "emergencies": [
            {"place": "US-LA", "first": "2026-11-24", "last": "2026-12-01", "note": "storm"}
        ],
        "gap_hours": 48,
        "holidays": "no-marketing",
        "rates": [{"micros": 40000, "prefix": "+44"}, {"micros": 50000, "prefix": "*"}],
        "set_aside": [
            {
                "at": "2026-11-24T15:42:00+00:00",
                "by": "Ana",
                "reason": WHY,
                "rule": "US-TX.hours",
            }
        ],
        "short_code": "36123",
    }
    out = till.run("rules", "shop").out
    assert "Closed: 24 Dec 2026 (Christmas [/])\n" in out
    assert "Prices: +44 0.04; * 0.05 (USD a part)\n" in out
    for line in (
        ("emergency", "US-LA", "--over"),
        ("limit", "marketing", "--default"),
        ("gap", "--default"),
        ("contact", ""),
        ("short-code", ""),
        ("price", "+44", "--forget"),
        ("price", "*", "--forget"),
        ("restore", "US-TX.hours"),
        ("reopen", "2026-12-01", "2026-12-31"),
        ("holidays", "closed"),
        ("hours", "mon-fri 10:00-18:00; sat 10:00-17:00"),
    ):
        assert till.run("rules", *line).code == 0, line
    again = till.json("rules", "shop")
    assert not any(again[key] for key in ("caps", "closures", "emergencies", "rates", "set_aside"))
    assert (again["contact"], again["gap_hours"], again["currency"]) == ("", None, "")


def test_the_coming_holidays_are_listed(till: Till) -> None:
    told = till.json("rules", "holidays")
    assert (told["wish"], told["place"]) == ("closed", "US")
    assert told["holidays"][0] == {"day": "2026-11-26", "name": "Thanksgiving Day"}
    assert "Thu 26 Nov 2026  Thanksgiving Day\n" in till.run("rules", "holidays").out
    assert till.json("rules", "holidays", "--place", "us-la")["place"] == "US-LA"


def test_a_rule_set_aside_is_named_wherever_the_decision_is(till: Till) -> None:
    till.json("rules", "hours", "mon-sun 00:00-24:00")
    till.agree(KENTUCKY, "--at", "2026-11-20T10:00", "--topic", "offers", purpose="marketing")
    line = ("check", KENTUCKY, "tulips", "--purpose", "marketing", "--topic", "offers")
    early = (*line, "--at", "2026-11-24T09:30")
    held = till.json(*early, code=4)
    assert [reason["rule"] for reason in held["reasons"]] == ["US-KY.hours"]
    assert (held["set_aside"], held["reasons"][0]["confidence"]) == ([], "V2")
    till.json("rules", "set-aside", "US-KY.hours", "--reason", WHY, "--by", "Ana")
    allowed = till.json(*early)
    (aside,) = allowed["set_aside"]
    assert aside["rule"] == "US-KY.hours"
    assert aside["sentence"].endswith(f'Set aside by Ana: "{WHY}"')
    out = till.run(*early).out
    assert out.startswith("Allowed.\nDid not count: It is 09:30 in New York")
    verified = till.json("verify")
    assert [one["rule"] for one in verified["rules"]["set_aside"]] == ["US-KY.hours"]
    assert f"Set aside: US-KY.hours, by Ana on 24 Nov 2026: “{WHY}”\n" in till.run("verify").out


def test_why_names_the_stored_override(counter: Till) -> None:
    counter.json("rules", "hours", "mon-sun 00:00-24:00")
    counter.agree(KENTUCKY, "--at", "2026-11-20T10:00", "--topic", "offers", purpose="marketing")
    counter.json("rules", "set-aside", "US-KY.hours", "--reason", WHY)
    counter.now = "2026-11-24T09:30"
    sent = counter.json(
        *("send", KENTUCKY, "tulips", "--purpose", "marketing", "--topic", "offers", "--wait")
    )
    counter.json("rules", "restore", "US-KY.hours")
    told = counter.json("why", str(sent["message_id"]))
    assert told["decision"] == "allow"
    assert told["set_aside"][0]["sentence"].endswith(f'Set aside by the owner: "{WHY}"')
    assert "Did not count: " in counter.run("why", str(sent["message_id"])).out


def test_an_emergency_holds_what_waits(counter: Till) -> None:
    counter.agree(ANA, "--topic", "offers", purpose="marketing")
    counter.json("rules", "emergency", "US", "--note", "flood")
    line = ("send", ANA, "tulips", "--purpose", "marketing", "--topic", "offers")
    held = counter.json(*line, code=4)
    assert [reason["code"] for reason in held["reasons"]] == ["EMERGENCY_BAN"]
    counter.json("rules", "emergency", "US", "--over")
    assert counter.json(*line)["decision"] == "allow"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("set-aside", "US.stop", "--reason", WHY), "no_rule"),
        (("set-aside", "US.hours", "--reason", "ok"), "rules"),
        (("set-aside", "US.hours"), "usage"),
        (("restore", "US.hours"), "no_rule"),
        (("close", "tomorrow"), "usage"),
        (("close", "2026-12-26", "2026-12-24"), "bad_day"),
        (("close", "2025-12-24"), "bad_day"),
        (("reopen", "2026-12-24"), "bad_day"),
        (("emergency", "Narnia"), "bad_place"),
        (("emergency", "US", "--over"), "bad_place"),
        (("emergency", "US", "--over", "--note", "x"), "usage"),
        (("emergency", "US", "--from", "2026-12-02", "--until", "2026-12-01"), "rules"),
        (("holidays", "sometimes"), "usage"),
        (("holidays", "--place", "Narnia"), "bad_place"),
        (("limit", "marketing"), "usage"),
        (("limit", "marketing", "2"), "usage"),
        (("limit", "marketing", "2", "30", "--default"), "usage"),
        (("limit", "marketing", "0", "30"), "usage"),
        (("limit", "marketing", "2", "9999"), "rules"),
        (("gap",), "usage"),
        (("gap", "48", "--default"), "usage"),
        (("contact", "call us any time"), "rules"),
        (("short-code", "STOP"), "rules"),
        (("price", "+44"), "usage"),
        (("price", "+44", "0.04"), "usage"),
        (("price", "+44", "cheap", "--currency", "USD"), "bad_price"),
        (("price", "44", "0.04", "--currency", "USD"), "bad_price"),
        (("price", "+44", "--forget"), "bad_price"),
        (("hours", "always"), "bad_input"),
    ],
)
def test_what_makes_no_sense_is_refused(till: Till, line: tuple[str, ...], code: str) -> None:
    assert till.json("rules", *line, code=2)["error"]["code"] == code


def test_a_yes_can_rest_on_a_purchase_where_the_law_takes_that(till: Till) -> None:
    british = "+447700900123"
    till.agree(british, "--basis", "purchase", "--topic", "offers", purpose="marketing")
    till.agree(ANA, "--basis", "purchase", "--topic", "offers", purpose="marketing")
    line = ("tulips", "--purpose", "marketing", "--topic", "offers")
    assert till.json("check", british, *line)["decision"] == "allow"
    refused = till.json("check", ANA, *line, code=3)
    assert [reason["code"] for reason in refused["reasons"]] == ["CONSENT_WRONG_CATEGORY"]
    assert till.json("check", ANA, READY, code=3)["decision"] == "refuse"
    shown = till.json("contacts", "show", ANA)
    assert [event["basis"] for event in shown["consents"]] == ["purchase"]
    till.json("opt-in", ANA, "--basis", "luck", "--purpose", "service", "--how", "paper", code=2)


@pytest.mark.parametrize("line", [("list",), ("show",), ("show", "US-FL"), ("show", "policy")])
def test_the_age_of_a_row_is_told_for_the_pretended_day(
    nowhere: Till, line: tuple[str, ...]
) -> None:
    late = nowhere.run("rules", *line, "--now", "2035-01-01T10:00")
    assert "look again was due" in late.out or "OVERDUE" in late.out
    rows = nowhere.json("rules", *line, "--now", "2035-01-01T10:00")["rows"]
    assert all(row["overdue"] for row in rows)
    early = nowhere.json("rules", *line, "--now", "2026-11-24T10:00")["rows"]
    assert not any(row["overdue"] for row in early)


def test_a_pretended_day_that_is_none_is_refused(nowhere: Till) -> None:
    ran = nowhere.run("rules", "list", "--now", "soon")
    assert (ran.code, ran.out) == (2, "")
    assert "“soon” is not a date and time." in ran.err


def test_a_long_exchange_is_explained_as_advice(nowhere: Till) -> None:
    said = nowhere.json("rules", "explain", "policy.exchange")
    assert (said["row"], said["name"]) == ("policy", "Shopbell's own manners")
    assert "stops nothing" in nowhere.run("rules", "show", "policy").out
