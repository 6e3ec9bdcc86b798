"""Filtered lists and their export by the command line."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from till import ANA, BO, Till

CY = "+12125550103"


@pytest.fixture
def people(till: Till) -> Till:
    till.json("contacts", "add", ANA, "--name", "Ana", "--tag", "weekly")
    till.json("contacts", "add", BO, "--name", "=Bo")
    till.json("contacts", "add", CY, "--name", "Cy")
    till.agree(ANA, "--topic", "offers", purpose="marketing")
    till.json("opt-out", CY, "--how", "spoken")
    return till


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--consented", "offers"), [ANA]),
        (("--consented", "events"), []),
        (("--not-asked",), [BO]),
        (("--tag", "Weekly"), [ANA]),
        (("--not-texted-for", "30"), [BO, ANA, CY]),
        (("--not-texted-for", "30", "--find", "ana"), [ANA]),
        (("--birthday-month", "3"), []),
    ],
)
def test_each_filter_narrows_the_list(
    people: Till, options: tuple[str, ...], numbers: list[str]
) -> None:
    found = people.json("contacts", "list", *options)
    assert [row["number"] for row in found["contacts"]] == numbers
    assert found["total"] == len(numbers)


def test_a_list_that_narrows_to_nobody_says_so(people: Till) -> None:
    assert people.run("contacts", "list", "--consented", "events").out == "Nobody matches.\n"


@pytest.mark.parametrize(
    "options",
    [("--not-texted-for", "0"), ("--not-texted-for", "x"), ("--birthday-month", "13")],
)
def test_a_filter_that_makes_no_sense_is_wrong_usage(
    people: Till, options: tuple[str, ...]
) -> None:
    assert people.json("contacts", "list", *options, code=2)["error"]["code"] == "usage"


def test_a_filtered_list_is_exported_and_said_to_be_plain(people: Till, tmp_path: Path) -> None:
    out = tmp_path / "ask.csv"
    done = people.json("contacts", "export", "--out", str(out), "--not-asked")
    assert (done["file"], done["people"]) == (str(out), 1)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == done["columns"]
    assert (row["Name"], row["Phone"]) == ("'=Bo", "(212) 555-0102")
    assert people.json("contacts", "export", "--out", str(out), code=2)["error"]["code"] == (
        "file_exists"
    )
    told = people.run("contacts", "export", "--out", str(out), "--force").out
    assert told == (
        f"Wrote 3 contacts to “{out}”.\n"
        "That file is not encrypted. Delete it when you are done with it.\n"
    )
