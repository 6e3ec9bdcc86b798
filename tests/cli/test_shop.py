"""Making a shop file and checking one."""

from __future__ import annotations

import os
import pty
import select
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from till import PASSPHRASE, Ran, Till

LINE = ("--name", "Fern & Finch", "--country", "US", "--timezone", "America/New_York")


def new(till: Till, *changes: str) -> Ran:
    return till.run("new", str(till.file), *LINE, "--practice", *changes)


def at_a_terminal(till: Till, *args: str, answers: tuple[str, ...]) -> Ran:
    """Run a command at a terminal of its own and type `answers`, each when it asks."""
    ours, theirs = pty.openpty()
    with till.start(*args, stdin=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        seen = b""
        for answer in answers:
            before = seen
            while not seen.removeprefix(before).rstrip().endswith(b":"):
                ready, _, _ = select.select([ours], [], [], 30)
                assert ready, seen
                seen += os.read(ours, 4096)
            os.write(ours, answer.encode() + b"\n")
        out, _ = process.communicate(timeout=60)
        while select.select([ours], [], [], 0)[0]:
            try:
                seen += os.read(ours, 4096)
            except OSError:  # the other end is gone
                break
    os.close(ours)
    return Ran(code=process.returncode, out=out, err=seen.decode())


@pytest.fixture
def empty(tmp_path: Path) -> Till:
    return Till(file=tmp_path / "shop.db")


def test_a_new_shop_says_its_recovery_code_once_and_opens(empty: Till) -> None:
    made = new(empty, "--json").json
    assert made["file"] == str(empty.file)
    groups = made["recovery_code"].split("-")
    assert len(groups) == 11
    assert all(len(group) == 5 for group in groups)
    assert empty.json("contacts", "list")["total"] == 0
    if sys.platform != "win32":
        assert stat.S_IMODE(empty.file.stat().st_mode) == 0o600


def test_a_person_is_told_to_write_the_code_down(empty: Till) -> None:
    ran = new(empty)
    assert ran.code == 0
    assert "Recovery code: " in ran.out
    assert "shown only now" in ran.out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("--country", "Narnia"), "bad_country"),
        (("--timezone", "Mars/Olympus"), "bad_zone"),
        (("--name", "x" * 41), "bad_name"),
        (("--name", " "), "bad_name"),
        (("--name", "a\x1b[31m"), "bad_name"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_no_shop_can_be_is_refused_and_leaves_nothing(
    empty: Till, line: tuple[str, ...], code: str
) -> None:
    ran = new(empty, *line, "--json")
    assert (ran.code, ran.error) == (2, code)
    assert list(empty.file.parent.iterdir()) == []


def test_a_weak_passphrase_is_refused(empty: Till) -> None:
    empty.passphrase = "short"
    ran = new(empty, "--json")
    assert (ran.code, ran.error) == (2, "weak_passphrase")
    assert not empty.file.exists()


def test_an_existing_file_is_never_overwritten(till: Till) -> None:
    before = till.file.read_bytes()
    ran = new(till, "--json")
    assert ran.code in (2, 6)
    assert till.file.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(empty: Till, tmp_path: Path) -> None:
    empty.file = tmp_path / "no" / "shop.db"
    ran = new(empty, "--json")
    assert ran.code in (2, 6)
    assert ran.error != "unexpected"


def test_without_a_passphrase_or_a_terminal_nothing_is_made(empty: Till) -> None:
    empty.passphrase = None
    ran = new(empty, "--json")
    assert (ran.code, ran.error) == (2, "no_terminal")
    assert not empty.file.exists()


def test_at_a_terminal_a_passphrase_is_offered_and_enter_takes_it(empty: Till) -> None:
    empty.passphrase = None
    made = at_a_terminal(empty, "new", str(empty.file), *LINE, "--practice", answers=("",))
    assert made.code == 0, made
    offered = made.err.partition("“")[2].partition("”")[0]
    assert len(offered.split()) == 5
    empty.passphrase = offered
    assert empty.json("contacts", "list")["total"] == 0


def test_at_a_terminal_ones_own_passphrase_is_typed_twice_and_not_echoed(empty: Till) -> None:
    empty.passphrase = None
    line = ("new", str(empty.file), *LINE, "--practice")
    differing = at_a_terminal(empty, *line, answers=(PASSPHRASE, PASSPHRASE + "!"))
    assert differing.code == 2
    assert not empty.file.exists()
    made = at_a_terminal(empty, *line, answers=(PASSPHRASE, PASSPHRASE))
    assert made.code == 0, made
    assert PASSPHRASE not in made.err + made.out
    empty.passphrase = PASSPHRASE
    assert empty.json("contacts", "list")["total"] == 0


def test_at_a_terminal_the_passphrase_of_a_file_is_asked(till: Till) -> None:
    till.passphrase = None
    ran = at_a_terminal(till, "contacts", "list", "--json", answers=(PASSPHRASE,))
    assert ran.json == {"contacts": [], "total": 0}
    assert PASSPHRASE not in ran.err


def test_verify_walks_the_ledger(till: Till) -> None:
    empty_head = till.json("verify")["ledger"]["head"]
    till.agree()
    found = till.json("verify")
    assert found["ok"] is True
    assert found["file"] == {"ok": True, "faults": []}
    assert found["ledger"]["first_bad"] is None
    assert found["ledger"]["head"] != empty_head
    assert "sound" in till.run("verify").out


def test_verify_tells_of_an_entry_that_was_changed_behind_shopbells_back(till: Till) -> None:
    till.agree()
    till.agree("+12125550102")
    _tamper(till)
    ran = till.run("verify", "--json")
    assert ran.code == 6
    assert (ran.json["ok"], ran.json["ledger"]["first_bad"]) == (False, 1)
    assert "entry 1" in till.run("verify").out


def test_verify_tells_of_damage_that_nothing_else_has_met(till: Till) -> None:
    path = till.file.parent / "many.csv"
    rows = "".join(f"{'x' * 100},212-555-{n:04d}\n" for n in range(100, 200))
    path.write_text(f"Name,Phone\n{rows}", encoding="utf-8")
    till.json("import", str(path))
    content = bytearray(till.file.read_bytes())
    content[-4096:] = bytes(4096)
    till.file.write_bytes(content)
    ran = till.run("verify", "--json")
    assert ran.code == 6
    if "error" in ran.json:
        assert ran.error == "damaged"
    else:
        assert ran.json["file"]["ok"] is False
        assert ran.json["file"]["faults"]


def _tamper(till: Till) -> None:
    """Change what somebody agreed to, with another program that knows the passphrase."""
    code = (
        "import sys, sqlcipher3\n"
        "db = sqlcipher3.connect(sys.argv[1])\n"
        "db.execute(f\"PRAGMA key = '{sys.argv[2]}'\")\n"
        "names = db.execute(\"SELECT name FROM sqlite_master WHERE type = 'trigger'\").fetchall()\n"
        "for (name,) in names:\n"
        "    db.execute(f'DROP TRIGGER {name}')\n"
        "db.execute(\"UPDATE consent SET purpose = 'marketing' WHERE id = 1\")\n"
        "db.commit()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(till.file), PASSPHRASE], check=True)


def test_verify_adds_up_and_says_what_it_proves_and_what_not(till: Till) -> None:
    till.agree()
    found = till.json("verify")
    assert found["ledger"]["entries"] == 1
    assert found["ledger"]["noted"] is None
    assert {name: one["ok"] for name, one in found["balances"].items()} == dict.fromkeys(
        ("texts", "parts", "decisions", "stops", "imports", "search"), True
    )
    assert found["balances"]["search"] == {"ok": True, "looked_at": 1, "faults": []}
    said = till.run("verify").out
    assert "This proves that these entries existed in this order" in said
    assert "It does not prove by itself that a customer said yes" in said
    assert "Search, 1: each can be found." in said


def test_verify_with_a_noted_head_shows_what_was_cut_off(till: Till) -> None:
    till.agree()
    head = till.json("verify")["ledger"]["head"]
    till.agree("+12125550102")
    noted = till.json("verify", "--head", head[:16])["ledger"]["noted"]
    assert noted == {"head": head[:16], "entry": 1, "since": 1}
    gone = till.json("verify", "--head", "0123456789ab", code=6)
    assert (gone["ok"], gone["ledger"]["ok"]) == (False, False)
    assert gone["ledger"]["noted"]["entry"] is None
    assert "not in this ledger" in till.run("verify", "--head", "0123456789ab").out
    assert till.json("verify", "--head", "abc", code=2)["error"]["code"] == "bad_head"


def test_verify_tells_which_entries_a_scan_belongs_to(till: Till) -> None:
    scan = till.file.parent / "sheet.pdf"
    scan.write_bytes(b"signed by Ana")
    till.agree()
    till.agree("+12125550102", "--evidence", str(scan))
    found = till.json("verify", "--evidence", str(scan))["evidence"]
    assert found["entries"] == [2]
    assert len(found["sha256"]) == 64
    assert "Entry 2 of the ledger" in till.run("verify", "--evidence", str(scan)).out
    missing = till.json("verify", "--evidence", "no-such.pdf", code=2)
    assert missing["error"]["code"] == "no_file"
