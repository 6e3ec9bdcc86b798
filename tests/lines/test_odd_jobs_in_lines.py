"""Jobs that are seldom done: the pace, a request, a report as a file, a scan, complaints."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from lines.conversing import Place
from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import How
from shops import ANA, BO, NOW

GATEWAYS, REPORTS = ("#Gateways",), ("#Reports", "#Write a report")
SETTINGS, REPLIES = ("#Settings and lock",), ("#Replies", "#Complaints")
ON_FILE = ("#People", "#Find somebody", "ana", "1", "#What is on file")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("8 4",), "1 text every 8 to 12 s."),
        (("8 4", "#How fast", "-"), "as fast as it takes them."),
        (("slowly",), "That is not a number of seconds, or two."),
        (("",), "How fast texts leave"),
    ],
)
async def test_the_pace_is_said_before_and_after_it_is_set(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*GATEWAYS, "#How fast", *typed, "q")
    assert says in said.said


async def test_a_pace_is_kept_in_the_file(place: Place) -> None:
    await place.talk(*GATEWAYS, "#How fast", "8 4", "q")
    async with place.inside() as shop:
        state = await shop.gateways.active()
    assert state is not None
    assert state.pace is not None
    assert (state.pace.between, state.pace.jitter) == (8, 4)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("2125550142", ""), "Nothing was sent. It would be:"),
        (("2125550142", "hello there"), "hello there"),
        (("12", ""), "too short"),
        (("",), "See the request"),
    ],
)
async def test_a_request_is_shown_and_nothing_is_sent(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*GATEWAYS, "#See the request", *typed, "q")
    assert says in said.said
    assert place.gateway.taken == []


async def test_a_table_is_written_for_a_spreadsheet(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "days.csv"
    days = "2026-11-24 2026-11-24"
    await place.talk(*REPORTS, "#By day", days, str(out), "q")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 1
    assert "1" in rows[0].values(), "one text was sent that day"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


async def test_everything_is_written_in_sentences(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "month.txt"
    said = await place.talk(*REPORTS, "#All, in sentences", "", str(out), "q")
    assert f"Wrote “{out}”." in said.said
    assert "Ana Reyes" in out.read_text(encoding="utf-8")
    assert "12125550101" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(("answer", "kept"), [("1", False), ("0", True)])
async def test_a_report_replaces_a_file_only_by_a_yes(
    place: Place, tmp_path: Path, answer: str, kept: bool
) -> None:
    out = tmp_path / "month.txt"
    out.write_text("mine", encoding="utf-8")
    await place.talk(*REPORTS, "#All, in sentences", "", str(out), answer, "q")
    assert (out.read_text(encoding="utf-8") == "mine") is kept


@pytest.mark.parametrize(
    "typed", [("0",), ("#By day", "."), ("#By day", "soon"), ("#By day", "", "")]
)
async def test_a_report_that_nobody_asked_for_is_not_written(
    place: Place, typed: tuple[str, ...]
) -> None:
    said = await place.talk(*REPORTS, *typed, "q")
    assert "Wrote" not in said.said


async def test_a_noted_head_is_found_in_the_ledger_or_missed(place: Place) -> None:
    said = await place.talk(*SETTINGS, "#Check the shop file", "q")
    async with place.inside() as shop:
        head = (await shop.checking.whole()).ledger.head
    good = await place.talk(*SETTINGS, "#Hold a noted", head[:12], "q")
    assert "The head you noted is entry 3: nothing up to it was changed" in good.said
    bad = await place.talk(*SETTINGS, "#Hold a noted", "f" * 12, "q")
    assert "The head you noted is not in this ledger" in bad.said
    none = await place.talk(*SETTINGS, "#Hold a noted", "my head", "q")
    assert "That is no head of a ledger." in none.said
    assert "The file is sound." in said.said


async def test_a_rule_that_is_set_aside_is_named_with_the_check(place: Place) -> None:
    async with place.inside() as shop:
        await shop.rules.set_aside("US-TX.hours", "a market by night", "the owner")
    said = await place.talk(*SETTINGS, "#Check the shop file", "q")
    assert "Set aside: " in said.said
    assert "a market by night" in said.said


async def test_a_scan_tells_its_entries(place: Place, tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"a signed sheet")
    counter = ("#People", "#Somebody at the counter", "2125550150", "Ria", "2", "#Here", "Sam")
    proof = ("#First keep the finger", str(scan), "#Yes, they said yes", "0", "q")
    await place.talk(*counter, *proof)
    said = await place.talk(*SETTINGS, "#Which entries", str(scan), "q")
    assert "Entry 4 of the ledger: recorded with exactly this file." in said.said
    scan.write_bytes(b"another one")
    said = await place.talk(*SETTINGS, "#Which entries", str(scan), "q")
    assert "No entry of the ledger names this file." in said.said


async def complaint(place: Place) -> None:
    async with place.inside() as shop:
        draft = ComplaintDraft(
            number=BO, kind=ComplaintKind.ORDER, words="wilted", how=How.PHONE, at=NOW, who="Sam"
        )
        await shop.complaints.open(draft)


async def test_complaints_are_listed_said_and_closed(place: Place) -> None:
    await complaint(place)
    said = await place.talk(*REPLIES, "1", "gave him a new bunch", "1", "0", "q")
    assert "…0102, Tue 24 Nov 2026, 10:42, open, by " in said.said
    assert "“wilted”" in said.said
    assert "The complaint is closed." in said.said
    assert "closed: wilted" in said.said
    assert "Closed Tue 24 Nov 2026, 10:42 by line mode: gave him a new bunch" in said.said


async def test_a_complaint_stays_open_without_words_about_its_end(place: Place) -> None:
    await complaint(place)
    await place.talk(*REPLIES, "1", "", "0", "q")
    async with place.inside() as shop:
        assert [one.is_open for one in await shop.complaints.find()] == [True]


async def test_no_complaint_is_said_to_be_none(place: Place) -> None:
    said = await place.talk(*REPLIES, "q")
    assert "Nobody has complained." in said.said


async def test_each_turn_of_the_switch_is_said_with_its_reason(place: Place) -> None:
    switch = "#Stop all sending, or"
    said = await place.talk(
        *("#Outbox", switch, "1", "a wrong list", switch, "1", "#When sending was", "q")
    )
    assert "turned off by line mode: a wrong list" in said.said
    assert "turned on by line mode" in said.said


async def test_the_welcome_may_ask_what_they_want(place: Place) -> None:
    welcome = ("#Sign-ups", "#The welcome after", "#It asks which topics")
    said = await place.talk(*welcome, "#The welcome after", "0", "q")
    assert "The welcome asks which topics they want" in said.said
    async with place.inside() as shop:
        assert (await shop.welcomes.settings()).asks_choice


@pytest.mark.parametrize(("folder", "files"), [("for Ana", {".html", ".txt"}), ("", set())])
async def test_what_they_agreed_to_is_written_as_a_page_and_as_text(
    place: Place, tmp_path: Path, folder: str, files: set[str]
) -> None:
    out = tmp_path / folder if folder else ""
    said = await place.talk(*ON_FILE, "#Write what they agreed", str(out), "q")
    found = {path.suffix for path in Path(out).iterdir()} if out else set()
    assert found == files
    assert ("They are not encrypted." in said.said) is bool(files)


async def test_nobody_is_stopped_by_looking_around(place: Place) -> None:
    await place.talk(*SETTINGS, "#Which entries", "", "#Hold a noted", "", "q")
    async with place.inside() as shop:
        sheet = await shop.people.sheet(shop.people.read_number(ANA))
    assert sheet.suppression is None
