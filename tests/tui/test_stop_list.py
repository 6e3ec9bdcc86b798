"""The people who said no come first: from a file, a log, or typed; and nothing takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from shopbell.domain.column_words import ColumnWords
from shopbell.domain.ids import E164
from shopbell.domain.import_choices import ANYTHING, StopRule
from shopbell.domain.importing import StopCounts, StopReport
from shopbell.tui import stop_words
from shopbell.tui.underway import Step
from tui.counters import Till, till
from tui.screens import press, settle, type_in

STOPS = "Name,Phone,Status\nCy,2125550103,stop\nBo,2125550102,active\nX,555-0111,stop\n"
LOG = (
    "From,To,Body,Status,SentDate,ErrorCode,AccountSid,NumSegments,Direction\n"
    "+12125550177,+12125550100,STOP please,received,2026-01-02,,AC1,1,inbound\n"
    "+12125550100,+12125550178,Hello,failed,2026-01-02,21610,AC1,1,outbound-api\n"
    "+12125550179,+12125550100,thanks!,received,2026-01-02,,AC1,1,inbound\n"
)
CY = E164("+12125550103")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    (folder / "stops.csv").write_text(STOPS)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


async def at_step(shown: Till, step: Step) -> str:
    listing = shown.app._everywhere._stop_listing  # type: ignore[union-attr]
    for _ in range(200):
        if listing.step is step:
            return await settle(shown.pilot)
        await shown.pilot.pause(0.03)
    raise AssertionError(f"never came to {step}: {listing.step} {listing.error}")


async def is_stopped(shown: Till, number: E164) -> bool:
    people = shown.shop.people
    return (await people.sheet(people.read_number(number))).suppression is not None


async def looked_at(shown: Till) -> str:
    await press(shown.pilot, "4", "n", "enter")
    return await at_step(shown, Step.LOOKED)


async def test_a_list_is_looked_at_before_anybody_is_stopped(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "4", "n")
        assert "The people who said no" in seen
        await press(shown.pilot, "enter")
        seen = await at_step(shown, Step.LOOKED)
        assert "stops.csv · a list of numbers · 3 rows" in seen
        assert "number     ← Phone" in seen
        assert "2125550103 · 2125550102" in seen
        assert "Status                    stop 2, active 1" in seen
        assert "c counts only the rows that say stop" in seen
        assert "1 will stop   1 on the list before  ▸1 need a look" in seen
        assert stop_words.FOR_EVER in seen
        assert "Cy Moss" in await press(shown.pilot, "right")
        assert not await is_stopped(shown, CY)


async def test_g_stops_them_for_ever_and_what_waits_does_not_leave(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "g")
        seen = await at_step(shown, Step.DONE)
        assert "✓ 1 number is on the do-not-text list now." in seen
        assert "3 rows = 1 stopped + 1 on the list before + 1 need a look" in seen
        assert await is_stopped(shown, CY)
        await press(shown.pilot, "escape")
        seen = await press(shown.pilot, "escape")
        assert "stops.csv · 1 number stopped" in seen
        assert "First the people who said no" not in seen


async def test_a_number_that_cannot_be_read_is_corrected_and_stopped(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "e")
        assert "! This number is too short" in await press(shown.pilot, "enter")
        await press(shown.pilot, "home", *"212", "enter")
        seen = await at_step(shown, Step.LOOKED)
        assert "2 will stop" in seen
        await press(shown.pilot, "g")
        await at_step(shown, Step.DONE)
        assert await is_stopped(shown, E164("+12125550111"))


async def test_only_rows_with_a_status_may_count(full: Path, tmp_path: Path, home: Path) -> None:
    (home / "stops.csv").write_text(
        STOPS.replace("active", "ok").replace("2125550102", "2125550104")
    )
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        seen = await press(shown.pilot, "c", "enter")
        assert "Which words of “Status” mean stop?" in seen
        assert "stop 2, ok 1" in seen
        await press(shown.pilot, "ctrl+u")
        assert "Say at least one word" in await press(shown.pilot, "enter")
        await type_in(shown.pilot, "stop, gone")
        await press(shown.pilot, "enter")
        seen = await at_step(shown, Step.LOOKED)
        assert "only where “Status” says stop or gone" in seen
        assert "1 will stop   1 no stop" in seen
        await press(shown.pilot, "c", "down", "enter")
        assert "every row" in await at_step(shown, Step.LOOKED)


async def test_the_column_can_be_chosen(full: Path, tmp_path: Path, home: Path) -> None:
    (home / "stops.csv").write_text("A,B\n2125550103,2125550144\n2125550105,2125550145\n")
    async with till(full, tmp_path) as shown:
        seen = await looked_at(shown)
        assert "number     ← A" in seen
        seen = await press(shown.pilot, "m")
        assert "In which column are the numbers?" in seen
        await press(shown.pilot, "down", "enter")
        assert "number     ← B" in await at_step(shown, Step.LOOKED)


async def test_numbers_are_typed_or_pasted(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "n", "p")
        shown.app.post_message(events.Paste("212 555 0133\rCy 2125550103"))
        await settle(shown.pilot)
        await press(shown.pilot, "f2")
        assert "2 will stop" in await at_step(shown, Step.LOOKED)
        await press(shown.pilot, "g")
        await at_step(shown, Step.DONE)
        assert await is_stopped(shown, CY)
        assert await is_stopped(shown, E164("+12125550133"))


async def test_a_message_log_is_no_list_of_people_and_n_reads_its_stops(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "stops.csv").write_text(LOG)
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4")
        seen = await press(shown.pilot, "enter")
        assert "is a log of messages" in seen
        assert "n brings the stops in it onto the do-not-text list." in seen
        await press(shown.pilot, "n")
        seen = await at_step(shown, Step.LOOKED)
        assert "looks like a Twilio message log · 3 rows" in seen
        assert "2 will stop   1 no stop" in seen
        assert "(21610)" in seen
        await press(shown.pilot, "g")
        await at_step(shown, Step.DONE)
        for number in ("+12125550177", "+12125550178"):
            assert await is_stopped(shown, E164(number))
        assert not await is_stopped(shown, E164("+12125550179"))


async def test_a_list_without_numbers_is_refused_in_a_sentence(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "stops.csv").write_text("who,why\nAna,rude\n")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "n", "enter")
        seen = await at_step(shown, Step.FAILED)
        assert "No column of this file looks like phone numbers." in seen
        assert "--" not in seen
        assert "esc chooses another file, or p there types the numbers." in seen
        assert "▸ stops.csv" in await press(shown.pilot, "escape")


async def test_a_list_that_stops_nobody_new_is_not_brought_in(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "stops.csv").write_text("2125550102\n")
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "g")
        (said,) = [one.message for one in shown.app._notifications]
        assert said == "All these numbers are on the list already."


async def test_the_palette_knows_the_list(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "ctrl+p")
        await type_in(shown.pilot, "do-not-text")
        assert "The people who said no" in await press(shown.pilot, "enter")


def a_report(**more: object) -> StopReport:
    known: dict[str, object] = {
        "file_name": "a.csv",
        "counts": StopCounts(stopped=2, already=1),
        "parked": (),
        "numbers": 3,
        "canceled": 0,
        "profile": "guessed",
        "header": ("Phone", "Status"),
        "columns": (0,),
        "batch_id": None,
        "stopped": False,
        "samples": (("2125550101", "stop"),),
        "said": {1: ColumnWords(words=())},
    }
    return StopReport(**(known | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (a_report(stopped=True), "Stopped reading. Nothing was changed."),
        (a_report(), "✓ 3 numbers are on the do-not-text list now.\n3 rows = 2 stopped + 1 on"),
        (a_report(canceled=1), "1 waiting text to them will not leave."),
        (a_report(canceled=1_204), "1,204 waiting texts to them will not leave."),
        (a_report(counts=StopCounts(), numbers=0), "0 rows = 0"),
    ],
)  # fmt: skip
def test_the_result_adds_up(report: StopReport, said: str) -> None:
    assert said in stop_words.did(report).plain


@pytest.mark.parametrize(
    ("only", "said"),
    [
        (None, "every row"),
        (StopRule(column="Status", values=(ANYTHING,)), "only where “Status” says anything"),
        (StopRule(column="[/]\x1b", values=("a", "b")), "only where “[/]␛” says a or b"),
    ],
)
def test_which_rows_count_is_said(only: StopRule | None, said: str) -> None:
    assert said in stop_words.facts(a_report(), only, 74).plain
