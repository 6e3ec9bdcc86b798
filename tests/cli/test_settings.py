"""The common options: where they may stand, which one wins, and where the file is."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from shopbell.services.clock import SystemClock
from shopbell.wiring import real_tools
from till import PASSPHRASE, Till


@pytest.mark.parametrize(
    "line",
    [
        ("--json", "contacts", "list"),
        ("contacts", "--json", "list"),
        ("contacts", "list", "--json"),
        ("--json", "contacts", "--json", "list", "--json"),
    ],
    ids=" ".join,
)
def test_json_may_be_asked_for_anywhere(till: Till, line: tuple[str, ...]) -> None:
    assert till.run(*line).json == {"contacts": [], "total": 0}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_file_may_be_named_anywhere_and_wins_over_the_environment(
    till: Till, tmp_path: Path, place: int
) -> None:
    file, till.file = till.file, tmp_path / "elsewhere.db"
    line = ["contacts", "list"]
    line[place:place] = ["--file", str(file)]
    assert till.run(*line, "--json").json["total"] == 0


def test_the_last_word_on_the_line_wins(till: Till, tmp_path: Path) -> None:
    wrong = str(tmp_path / "wrong.db")
    ran = till.run("--file", wrong, "contacts", "list", "--file", str(till.file), "--json")
    assert ran.code == 0
    ran = till.run("--file", str(till.file), "contacts", "list", "--file", wrong, "--json")
    assert (ran.code, ran.error) == (6, "file_missing")


def test_empty_variables_count_as_not_given(till: Till) -> None:
    till.now = ""
    till.extra = {"SHOPBELL_FILE": ""}
    ran = till.run("contacts", "list", "--file", str(till.file), "--json")
    assert ran.code == 0


def test_without_any_word_the_file_is_in_the_users_data_folder(tmp_path: Path) -> None:
    default = real_tools(SystemClock()).default_file()
    assert default.name == "shop.db"
    assert default.parent.name == "shopbell"
    till = Till(file=tmp_path / "x", extra={"SHOPBELL_FILE": "", "XDG_DATA_HOME": str(tmp_path)})
    ran = till.run("contacts", "list", "--json")
    assert (ran.code, ran.error) == (6, "file_missing")


def test_the_passphrase_is_read_from_a_descriptor_once(till: Till) -> None:
    ours, theirs = os.pipe()
    os.write(theirs, f"{PASSPHRASE}\n".encode())
    os.close(theirs)
    till.passphrase = "the wrong one, in the environment"
    ran = till.run("contacts", "list", "--passphrase-fd", str(ours), "--json")
    assert ran.code == 0
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(ours)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [(b"", "gave no passphrase"), (b"\xff\xfe", "not text in UTF-8"), (b"x" * 70_000, "more than")],
)
def test_a_descriptor_without_a_passphrase_is_refused(
    till: Till, given: bytes, complaint: str
) -> None:
    source = till.file.parent / "given"
    source.write_bytes(given)
    descriptor = os.open(source, os.O_RDONLY)
    ran = till.run("contacts", "list", "--passphrase-fd", str(descriptor), "--json")
    assert (ran.code, ran.error) == (2, "bad_fd")
    assert complaint in ran.json["error"]["message"]


def test_a_descriptor_that_is_not_open_is_refused(till: Till) -> None:
    ran = till.run("contacts", "list", "--passphrase-fd", "987", "--json")
    assert (ran.code, ran.error) == (2, "bad_fd")


def test_standard_input_can_carry_the_passphrase(till: Till) -> None:
    till.passphrase = None
    ran = till.run_apart("contacts", "list", "--passphrase-fd", "0", "--json", stdin=PASSPHRASE)
    assert ran.json == {"contacts": [], "total": 0}


def test_nobody_to_ask_and_nothing_given_says_how_to_give_it(till: Till) -> None:
    till.passphrase = None
    ran = till.run("contacts", "list")
    assert (ran.code, ran.out) == (2, "")
    assert "--passphrase-fd" in ran.err
    assert "SHOPBELL_PASSPHRASE" in ran.err


def test_a_missing_file_is_said_before_its_passphrase_is_asked(till: Till, tmp_path: Path) -> None:
    nowhere = Till(file=tmp_path / "none.db", passphrase=None)
    ran = nowhere.run("contacts", "list", "--json")
    assert (ran.code, ran.error) == (6, "file_missing")
    assert not nowhere.file.exists()


def test_a_wrong_passphrase_exits_6_and_is_not_repeated(till: Till) -> None:
    till.passphrase = "canary wrong passphrase"
    ran = till.run("contacts", "list", "--json")
    assert (ran.code, ran.error) == (6, "wrong_passphrase")
    assert "canary" not in ran.out + ran.err


@pytest.mark.parametrize("now", ["2026-11-24T10:42", "2026-11-24T15:42Z", "2026-11-24T07:42-08:00"])
def test_a_practice_shop_can_pretend_a_time_with_or_without_offset(till: Till, now: str) -> None:
    till.now = now
    till.json("contacts", "add", "+12125550101", "--name", "Ana")
    shown = till.json("contacts", "show", "+12125550101")
    assert shown["contact"]["created_at"] == "2026-11-24T15:42:00+00:00"


def test_the_pretended_time_can_be_an_option(till: Till) -> None:
    added = till.json("contacts", "add", "+12125550101", "--now", "2026-07-01T12:00Z")
    assert added["created_at"] == "2026-07-01T12:00:00+00:00"


def test_a_pretended_time_that_is_none_is_refused(till: Till) -> None:
    ran = replace(till, now="teatime").run("contacts", "list", "--json")
    assert (ran.code, ran.error) == (2, "bad_time")


@pytest.mark.parametrize("now", ["2026-11-24T10:42", "2026-11-24T15:42Z"])
def test_a_real_shop_never_pretends(tmp_path: Path, now: str) -> None:
    till = Till(file=tmp_path / "real.db", now=None)
    till.json(
        *("new", str(till.file), "--name", "Real", "--country", "US"),
        *("--timezone", "America/New_York"),
    )
    ran = replace(till, now=now).run("contacts", "list", "--json")
    assert (ran.code, ran.error) == (2, "real_file")
    assert till.run("contacts", "list").code == 0
