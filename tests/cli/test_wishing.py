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
    ],
)
def test_what_makes_no_sense_is_refused(ana: Till, options: tuple[str, ...], code: str) -> None:
    assert ana.json("contacts", "edit", ANA, *options, code=2)["error"]["code"] == code
    assert ana.json("contacts", "show", ANA)["wishes"] == []
