"""`reminders`: brought in, looked through, approved and dropped from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, BO, Till

ICS = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
DTSTART;TZID=America/New_York:20261126T100000
SUMMARY:Haircut - Ana Reyes
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTART;TZID=America/New_York:20261126T143000
SUMMARY:Bo Lind
END:VEVENT
BEGIN:VEVENT
UID:c
DTSTART;VALUE=DATE:20261126
SUMMARY:Thanksgiving
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def salon(counter: Till, tmp_path: Path) -> Till:
    """A till with two customers and a calendar file beside it."""
    for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind")):
        counter.json("contacts", "add", number, "--name", name)
        counter.agree(number)
    (tmp_path / "shop.ics").write_text(ICS)
    return counter


def test_a_calendar_becomes_drafts_that_leave_when_the_owner_says_so(
    salon: Till, tmp_path: Path, practice: PracticeGateway
) -> None:
    file = str(tmp_path / "shop.ics")
    brought = salon.json("reminders", "import", file)
    counts = {key: brought[key] for key in ("read", "new", "parked", "missed", "dry_run")}
    assert counts == {"read": 3, "new": 2, "parked": 1, "missed": 0, "dry_run": False}
    assert brought["parked_rows"][0]["reason"] == "It lasts all day and has no time."
    listed = salon.json("reminders", "list")
    assert [one["number"] for one in listed["reminders"]] == [ANA, BO]
    first = listed["reminders"][0]
    assert (first["remind_at"], first["stage"], first["what"]) == (
        "2026-11-25T15:00:00+00:00",
        "draft",
        "Haircut",
    )
    done = salon.json("reminders", "approve", "--all")
    assert done["approved"] == 2
    assert done["reminders"][0]["decision"]["decision"] == "allow"
    salon.run("run")
    assert practice.seen() == ()
    salon.now = "2026-11-25T10:01"
    salon.run("run")
    assert [text.to for text in practice.seen()] == [ANA]
    assert salon.json("reminders", "list", "--stage", "approved")["total"] == 2
    assert salon.json("reminders", "import", file)["unchanged"] == 2


def test_it_says_in_sentences_what_it_did_and_what_is_next(salon: Till, tmp_path: Path) -> None:
    said = salon.run("reminders", "import", str(tmp_path / "shop.ics")).out
    for line in (
        "3 appointments read.",
        "2 new drafts, 0 changed.",
        "Not used, 3: It lasts all day and has no time.",
        "Nothing is sent. Next: shopbell reminders list, then shopbell reminders approve",
    ):
        assert line in said.splitlines()
    listed = salon.run("reminders", "list").out
    assert "Ana Reyes (…0101)" in listed
    assert ANA not in listed
    assert "reminds Wed 25 Nov 2026, 10:00" in listed
    assert ANA[2:] in salon.run("reminders", "list", "--reveal").out.replace(" ", "")
    assert "1  Ana Reyes: in the outbox as text 1." in salon.run("reminders", "approve", "1").out


def test_a_look_keeps_nothing(salon: Till, tmp_path: Path) -> None:
    looked = salon.run("reminders", "import", str(tmp_path / "shop.ics"), "--dry-run").out
    assert "Ana Reyes, Wed 25 Nov 2026, 10:00: Hi Ana, a reminder: Thu 26 Nov at 10 am." in looked
    assert "Nothing was kept: this was a look." in looked
    assert salon.run("reminders", "list").out == "No reminder waits for your word.\n"


def test_what_was_moved_or_called_off_is_told(salon: Till, tmp_path: Path) -> None:
    file = tmp_path / "shop.ics"
    salon.json("reminders", "import", str(file))
    salon.json("reminders", "approve", "--all")
    salon.now = "2026-11-25T10:01"
    salon.run("run")
    moved = ICS.replace("20261126T100000", "20261126T120000")
    file.write_text(moved.replace("SUMMARY:Bo Lind", "SUMMARY:Bo Lind\nSTATUS:CANCELLED"))
    said = salon.run("reminders", "import", str(file)).out
    assert "Ana Reyes was reminded already of Thu 26 Nov 2026, 10:00" in said
    assert "1 canceled in the file." in said
    assert "1 reminder taken away." in said
    assert "1 text taken back from the outbox." in said


def test_a_missed_one_is_asked_about(salon: Till, tmp_path: Path) -> None:
    salon.now = "2026-11-25T17:00"
    said = salon.run("reminders", "import", str(tmp_path / "shop.ics")).out
    assert "Of 2 the moment has passed: say of each whether it goes." in said
    assert "has passed: should it still go?" in salon.run("reminders", "list").out
    assert salon.json("reminders", "approve", "--all")["approved"] == 0
    assert salon.json("reminders", "approve", "2")["approved"] == 1


def test_one_is_dropped(salon: Till, tmp_path: Path) -> None:
    salon.json("reminders", "import", str(tmp_path / "shop.ics"))
    dropped = salon.json("reminders", "drop", "1")["reminders"]
    assert [one["stage"] for one in dropped] == ["dropped"]
    assert salon.json("reminders", "list")["total"] == 1
    assert "dropped" in salon.run("reminders", "drop", "2").out


def test_a_refused_one_is_told_with_why_and_ends_with_three(salon: Till, tmp_path: Path) -> None:
    salon.json("opt-out", BO, "--how", "phone")
    salon.json("reminders", "import", str(tmp_path / "shop.ics"))
    refused = salon.json("reminders", "approve", "2", code=3)
    assert refused["reminders"][0]["why_not"]
    assert "Bo Lind: not in the outbox." in salon.run("reminders", "approve", "2").out


def test_columns_times_and_words_are_the_owners(salon: Till, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Wann;Wer\n26/11/2026 10:00;Ana Reyes\n")
    line = ("reminders", "import", str(file), "--text", "{day}, {time}.", "--before", "2 hours")
    more = ("--map", "start=Wann", "--map", "name=Wer", "--date-order", "dmy", "--calendar", "x")
    assert salon.json(*line, *more)["new"] == 1
    (one,) = salon.json("reminders", "list")["reminders"]
    assert (one["text"], one["calendar"]) == ("Thu 26 Nov, 10 am.", "x")
    assert one["remind_at"] == "2026-11-26T13:00:00+00:00"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("import", "nowhere.csv"), ""),
        (("import", "{ics}", "--before", "soon"), "bad_lead"),
        (("import", "{ics}", "--text", "{coupon}"), "bad_merge"),
        (("import", "{ics}", "--map", "nonsense"), "bad_map"),
        (("approve",), ""),
        (("approve", "1", "--all"), ""),
        (("approve", "99"), "no_reminder"),
        (("drop", "99"), "no_reminder"),
    ],
)
def test_what_makes_no_sense_is_refused(
    salon: Till, tmp_path: Path, line: tuple[str, ...], code: str
) -> None:
    args = [word.replace("{ics}", str(tmp_path / "shop.ics")) for word in line]
    error = salon.json("reminders", *args, code=2)["error"]
    assert error["message"]
    assert not code or error["code"] == code
