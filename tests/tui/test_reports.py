"""Reports: the numbers of the service on the screen, over days one chooses, and in a file."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest
from textual import events

from shopbell.domain.consent import How
from shopbell.domain.report_words import Table, report_lines
from shopbell.tui.day_plot import DayPlot
from shopbell.tui.screens import reports as reports_screen
from shopbell.tui.screens.campaign import CampaignScreen
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.reports import ReportsScreen
from shopbell.tui.screens.write_file import WriteFile
from shops import ANA
from tui.counters import Till, till
from tui.crowded import comes_to, later, peopled, started
from tui.screens import press, settle
from tui.test_goldens import nobody_delivers


def here(shown: Till) -> ReportsScreen:
    screen = shown.app.screen
    assert isinstance(screen, ReportsScreen)
    return screen


async def typed(shown: Till, text: str) -> None:
    """Put other words into the only field."""
    await press(shown.pilot, "end", "ctrl+u")
    shown.app.post_message(events.Paste(text))
    await settle(shown.pilot)


async def sold(shown: Till, people: int = 12) -> None:
    """Send a campaign of which the first text meets a wrong number."""
    await peopled(shown, people)
    await started(shown)
    await nobody_delivers(shown)
    later(shown, seconds=61)
    assert await shown.shop.delivery.take("the counter screen")
    await shown.shop.delivery.deliver()
    await shown.shop.delivery.sync()


async def test_the_last_thirty_days_are_shown_with_their_numbers(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, place="8") as shown:
        seen = await settle(shown.pilot)
        assert "The last 30 days   26 Oct 2026 to 24 Nov 2026" in seen
        assert "sent 4   arrived 4   replies 4   stops 1   failed 0   cost $0.0316" in seen
        assert "▸2 days   4 people texted most" in seen
        assert "sent: most on Sat 21 Nov, 4" in seen
        (row,) = [line for line in seen.splitlines() if "Sat 21 Nov 2026" in line]
        assert row.split()[-6:] == ["4", "4", "·", "·", "·", "$0.0316"]


async def test_the_screen_the_sentences_and_the_service_have_the_same_numbers(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, place="8") as shown:
        made = await shown.shop.reports.report()
        seen = await settle(shown.pilot)
        lines = list(report_lines(made, (Table.DAY,), "America/New_York", reveal=False))
        total = made.total
        assert lines[0].endswith("4 sent, 4 arrived, 4 replies, 1 stopped, 0.0316 USD.")
        assert f"sent {total.sent}   arrived {total.delivered}   replies {total.replied}" in seen
        assert f"stops {total.stopped}   failed {total.failed}   cost $0.0316" in seen
        for day in made.days:
            name = f"{day.day:%a %d %b %Y}"
            rows = [line.split()[-6:] for line in seen.splitlines() if f"{name}   " in line]
            if day.numbers.sent or day.numbers.replied:
                (row,) = rows
                counts = (day.numbers.sent, day.numbers.delivered, day.numbers.replied)
                assert row[:3] == [str(count) if count else "·" for count in counts]
            else:
                assert not rows
        plot = shown.app.screen.query_one(DayPlot).plotted
        assert plot is not None
        assert plot.values == tuple(day.numbers.sent for day in made.days)


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("p", "The last 90 days   27 Aug 2026 to 24 Nov 2026"),
        ("pp", "The last 365 days   25 Nov 2025 to 24 Nov 2026"),
        ("ppp", "The last 7 days   18 Nov 2026 to 24 Nov 2026"),
        ("pppp", "The last 30 days   26 Oct 2026 to 24 Nov 2026"),
        ("[]", "The last 30 days   26 Oct 2026 to 24 Nov 2026"),
        ("ppp[", "11 Nov 2026 to 17 Nov 2026"),
    ],
)
async def test_other_days_are_one_key_away(
    full: Path, tmp_path: Path, keys: str, says: str
) -> None:
    async with till(full, tmp_path, place="8") as shown:
        assert says in await press(shown.pilot, *keys)


async def test_days_after_today_cannot_be_asked_for_and_that_is_said(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, place="8") as shown:
        seen = await press(shown.pilot, "]")
        assert "These days end today." in seen
        assert "26 Oct 2026 to 24 Nov 2026" in seen


async def test_the_first_and_the_last_day_can_be_typed(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="8") as shown:
        seen = await press(shown.pilot, "d")
        assert "2026-10-26 2026-11-24" in seen
        for wrong, says in (
            ("tomorrow", "“tomorrow” is not a day."),
            ("2026-11-22 2026-11-21", "is after the last"),
            ("1980-01-01 2026-11-21", "more than ten years"),
        ):
            await typed(shown, wrong)
            assert says in await press(shown.pilot, "enter")
        await typed(shown, "2026-11-20 2026-11-22")
        seen = await press(shown.pilot, "enter")
        assert "20 Nov 2026 to 22 Nov 2026" in seen
        assert "sent 4   arrived 4   replies 0" in seen


async def test_days_without_anything_say_so_and_what_to_press(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="8") as shown:
        seen = await press(shown.pilot, "[")
        assert "Nothing was sent and nobody wrote: 26 Sep 2026 to 25 Oct 2026." in seen
        assert "p shows more days" in seen
        assert "x write" not in seen
        assert "There is nothing in these days." in await press(shown.pilot, "x")
        assert "sent 4" in await press(shown.pilot, "]")


async def test_a_new_shop_has_nothing_to_report(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path, place="8") as shown:
        seen = await settle(shown.pilot)
        assert "Nothing was sent and nobody wrote: 26 Oct 2026 to 24 Nov 2026." in seen
        for key in ("x", "m", "right", "left", "v", "enter"):
            await press(shown.pilot, key)
            here(shown)


async def test_a_day_opens_alone_and_esc_leads_back_to_all(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="8") as shown:
        seen = await press(shown.pilot, "down", "enter")
        assert "Sat 21 Nov 2026\n" in seen
        assert "sent 4   arrived 4   replies 0   stops 0" in seen
        assert "▸1 day   4 people texted most" in seen
        assert shown.app.screen.query_one(DayPlot).has_class("-alone")
        seen = await press(shown.pilot, "escape")
        assert "The last 30 days" in seen
        assert not shown.app.screen.query_one(DayPlot).has_class("-alone")
        await press(shown.pilot, "escape")
        here(shown)


async def test_the_bars_count_what_is_asked_for(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="8") as shown:
        for says in (
            "arrived: most on Sat 21 Nov, 4",
            "replies: most on Tue 24 Nov, 4",
            "stops: most on Tue 24 Nov, 1",
            "failed: none",
            "cost in USD: most on Sat 21 Nov, $0.0316",
            "sent: most on Sat 21 Nov, 4",
        ):
            assert says in await press(shown.pilot, "m")


async def test_who_heard_most_is_masked_until_asked_and_opens(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="8") as shown:
        seen = await press(shown.pilot, "right")
        assert "▸4 people texted most" in seen
        assert "…0101" in seen
        assert "555-0101" not in seen
        assert "Ana Reyes (…0101) had 1 text; the last Sat 21 Nov 2026, 10:42." in seen
        assert "+1 212-555-0101" in await press(shown.pilot, "v")
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, ContactScreen)
        assert "555-0101" not in await press(shown.pilot, "escape")
        here(shown)
        await press(shown.pilot, "left", "v")
        await comes_to(shown, "Only the list of people")


async def test_a_campaign_has_its_line_and_opens(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await sold(shown)
        seen = await press(shown.pilot, "8")
        assert "1 campaign" in seen
        seen = await press(shown.pilot, "right")
        (made,) = (await shown.shop.reports.report()).campaigns
        (row,) = [line for line in seen.splitlines() if line.startswith("  ▸ ")]
        assert made.name in row
        assert row.split()[-6] == str(made.numbers.sent) == "12"
        assert f"Campaign {made.id}, “{made.name}”" in seen
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, CampaignScreen)


async def test_new_numbers_come_by_themselves(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports_screen, "REFRESH_AFTER", 0.01)
    async with till(full, tmp_path, place="8") as shown:
        assert "stops 1" in await settle(shown.pilot)
        await shown.shop.consents.opt_out(ANA, How.IN_PERSON)
        await comes_to(shown, "stops 2")


async def test_the_table_that_is_open_is_written_for_its_owner_only(
    full: Path, tmp_path: Path
) -> None:
    file = tmp_path / "days.csv"
    async with till(full, tmp_path, place="8") as shown:
        seen = await press(shown.pilot, "x")
        assert "The last 30 days, by day." in seen
        assert "report-day-2026-11-24.csv" in seen
        await typed(shown, str(file))
        await press(shown.pilot, "enter")
        await comes_to(shown, "Wrote “days.csv”.")
        made = await shown.shop.reports.report()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.DictReader(written))
    assert [(row["Day"], int(row["Sent"]), int(row["Replies"])) for row in rows] == [
        (one.day.isoformat(), one.numbers.sent, one.numbers.replied) for one in made.days
    ]


async def test_a_name_that_ends_in_txt_gets_everything_in_sentences(
    full: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.TXT"
    async with till(full, tmp_path, place="8") as shown:
        await press(shown.pilot, "x")
        await typed(shown, str(file))
        await press(shown.pilot, "enter")
        made = await shown.shop.reports.report()
    told = file.read_text(encoding="utf-8").splitlines()
    assert told == list(report_lines(made, tuple(Table), "America/New_York", reveal=False))
    assert any("Ana Reyes (…0101) had 1 text" in line for line in told)


async def test_a_file_that_is_there_is_never_written_over(full: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.csv"
    file.write_text("precious", encoding="utf-8")
    async with till(full, tmp_path, place="8") as shown:
        await press(shown.pilot, "x")
        await typed(shown, str(file))
        assert "Choose another name or place." in await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, WriteFile)
        await press(shown.pilot, "escape")
        here(shown)
    assert file.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (20, 5)], ids=str)
async def test_every_table_fits_the_window(
    empty: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with till(empty, tmp_path, size=size) as shown:
        await sold(shown, 5)
        await press(shown.pilot, "8")
        for _ in range(4):
            seen = await press(shown.pilot, "right")
            assert all(len(line) <= size[0] for line in seen.splitlines())
        if size[0] >= 60:
            assert "Reports" in seen
            assert "cost" in seen
        await press(shown.pilot, "1")
        assert isinstance(shown.app.screen, PeopleScreen)
