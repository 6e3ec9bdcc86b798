"""Wishes by the command line."""

from __future__ import annotations

import pytest

from till import ANA, READY, Till


@pytest.fixture
def ana(till: Till) -> Till:
    till.json("contacts", "add", ANA, "--name", "Ana")
    return till


def test_wishes_are_recorded_shown_and_forgotten(ana: Till) -> None:
    ana.json(
        *("contacts", "edit", ANA, "--channel", "call", "--pause-until", "2026-12-01"),
        *("--language", "es", "--birthday", "1985-03-09"),
    )
    sheet = ana.json("contacts", "show", ANA)
    assert sheet["wishes"] == [
        {"wish": "channel", "value": "call"},
        {"wish": "pause", "value": "2026-12-01T05:00:00+00:00"},
        {"wish": "language", "value": "es"},
    ]
    assert sheet["contact"]["birthday"] == "1985-03-09"
    lines = ana.run("contacts", "show", ANA).out
    assert "Would rather be called.\n" in lines
    assert "Asked for no marketing until 1 Dec 2026.\n" in lines
    assert "Language: es.\n" in lines
    ana.json(
        *("contacts", "edit", ANA, "--channel", "", "--pause-until", "", "--language", ""),
        *("--birthday", ""),
    )
    sheet = ana.json("contacts", "show", ANA)
    assert sheet["wishes"] == []
    assert sheet["contact"]["birthday"] is None


def test_a_wish_refuses_a_text_with_its_reason(ana: Till) -> None:
    ana.agree()
    ana.json("contacts", "edit", ANA, "--channel", "email")
    refused = ana.json("check", ANA, READY, "--purpose", "service", code=3)
    assert [reason["code"] for reason in refused["reasons"]] == ["CHANNEL_PREFERENCE"]
    assert refused["reasons"][0]["rule"] == "policy.wish.channel"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--channel", "pigeon"), "usage"),
        (("--pause-until", "soon"), "usage"),
        (("--pause-until", "2026-02-30"), "usage"),
        (("--pause-until", "2026-11-24"), "bad_date"),
        (("--language", "Klingon"), "bad_language"),
        (("--birthday", "03/04/1985"), "bad_date"),
        (("--hours", "sun none"), "bad_hours"),
        (("--timezone", "Mars/Phobos"), "bad_zone"),
        (("--region", "Atlantis"), "bad_place"),
    ],
)
def test_what_makes_no_sense_is_refused(ana: Till, options: tuple[str, ...], code: str) -> None:
    assert ana.json("contacts", "edit", ANA, *options, code=2)["error"]["code"] == code
    assert ana.json("contacts", "show", ANA)["wishes"] == []


def test_hours_somebody_asked_for_are_recorded_and_hold_a_text(ana: Till) -> None:
    ana.agree()
    ana.json("contacts", "edit", ANA, "--hours", "tue 14:00-16:00")
    assert ana.json("contacts", "show", ANA)["wishes"] == [
        {"wish": "hours", "value": "tue 14:00-16:00"}
    ]
    said = ana.run("contacts", "show", ANA).out
    assert "Asked for texts on tue 14:00-16:00 only, on their clock.\n" in said
    held = ana.json("check", ANA, READY, "--purpose", "service", code=4)
    assert held["next_allowed_at"] == "2026-11-24T19:00:00+00:00"
    assert [reason["rule"] for reason in held["reasons"]] == ["policy.wish.hours"]
    ana.json("contacts", "edit", ANA, "--hours", "")
    assert ana.json("check", ANA, READY, "--purpose", "service")["decision"] == "allow"


def test_a_city_and_a_state_by_its_name_are_understood(ana: Till) -> None:
    edited = ana.json("contacts", "edit", ANA, "--timezone", "Chicago", "--region", "Illinois")
    assert (edited["timezone"], edited["region"]) == ("America/Chicago", "US-IL")
