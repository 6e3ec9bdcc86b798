"""Today: what needs a person first, what is on its way, how the month goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shopbell.domain.today import Held, Month, Need, NeedKind, Today
from shopbell.tui import today_words
from shopbell.tui.rows import Ink
from shopbell.tui.screens.campaigns import CampaignsScreen
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.outbox import OutboxScreen
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.replies import RepliesScreen
from shopbell.tui.screens.thread import ThreadScreen
from shopbell.tui.screens.today import TodayScreen
from shops import ANA, NOW
from tui.counters import Till, till
from tui.screens import HOSTILE, press, settle, type_in


async def shows(shown: Till, *needs: Need) -> str:
    """Show a day with these needs instead of the real one."""
    day = await shown.shop.days.today()
    screen = shown.app.screen
    assert isinstance(screen, TodayScreen)
    screen._show_needs(
        Today(people=day.people, needs=needs, more=0, due=day.due, held=day.held, month=day.month)
    )
    return await settle(shown.pilot)


def need(kind: NeedKind, text: str = "hello", name: str = "Ana Reyes") -> Need:
    return Need(kind=kind, name=name, number=ANA, text=text, at=NOW - timedelta(minutes=9))


async def test_it_says_what_needs_somebody(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="0") as shown:
        seen = await settle(shown.pilot)
        assert "Good morning.   Tuesday 24 November, 10:42" in seen
        lines = [line for line in seen.splitlines() if "reply" in line or "is this" in line]
        assert "enough roses for now" in lines[0]
        assert "is this a stop?" in lines[0]
        assert lines[0].startswith(("   ▸", "  ▸", " ▸", "▸"))
        assert [line for line in lines if "Can I pick up Friday?" in line]
        assert "STOP" not in seen
        assert "sent 4   arrived 4   replies 4   stops 1   cost $0.0316" in seen
        assert "most on the 21st: 4" in seen


async def test_enter_opens_what_they_wrote_and_esc_comes_back(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="0") as shown:
        seen = await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, ThreadScreen)
        assert "Marta Ruiz" in seen
        assert "enough roses for now" in seen
        await press(shown.pilot, "escape")
        assert isinstance(shown.app.screen, TodayScreen)


async def test_who_has_no_number_is_looked_for_among_the_replies(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, place="0") as shown:
        await shows(shown, replace(need(NeedKind.REPLY), number=None))
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, RepliesScreen)


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (NeedKind.UNCLEAR, ThreadScreen),
        (NeedKind.REPLY, ThreadScreen),
        (NeedKind.COMPLAINT, ContactScreen),
        (NeedKind.UNKNOWN, OutboxScreen),
        (NeedKind.PAUSED, CampaignsScreen),
    ],
)
async def test_enter_goes_to_where_it_can_be_done(
    full: Path, tmp_path: Path, kind: NeedKind, place: type
) -> None:
    async with till(full, tmp_path, place="0") as shown:
        sign, words, _ = today_words.sign(need(kind), "America/New_York", NOW)
        seen = await shows(shown, need(kind))
        assert sign in seen
        assert words in seen
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, place)


async def test_a_reply_that_was_seen_is_gone_from_today(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="0") as shown:
        assert "thanks!!" in await settle(shown.pilot)
        for reply in (await shown.shop.inbox.find()).rows:
            await shown.shop.inbox.mark_read(reply.id)
            if reply.is_unclear:
                await shown.shop.inbox.judge_unclear(reply.id, is_stop=False)
        for _ in range(400):
            seen = await settle(shown.pilot)
            if "Nothing waits for you." in seen:
                break
        assert "Nothing waits for you." in seen
        assert "NEEDS YOU" not in seen
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, TodayScreen)


async def test_an_empty_shop_is_told_what_to_do_first(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path, place="0") as shown:
        seen = await settle(shown.pilot)
        assert "Nobody is in the shop file yet." in seen
        assert "4 brings in people from a file" in seen
        assert "THIS MONTH" not in seen


async def test_a_text_is_six_keys_away(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, place="0") as shown:
        await press(shown.pilot, "t")
        await type_in(shown.pilot, "an")
        seen = await press(shown.pilot, "enter", "1", "enter")
        for _ in range(600):
            if shown.gateway.taken:
                break
            await shown.pilot.pause(0.05)
        (taken,) = shown.gateway.taken
        assert "your order is ready" in taken.text
        assert "On its way" in seen or "On its way" in await settle(shown.pilot)


async def test_what_was_found_elsewhere_leaves_the_search_of_people_alone(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, place="0") as shown:
        await press(shown.pilot, "1")
        assert isinstance(shown.app.screen, PeopleScreen)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_are_shown_safely(full: Path, tmp_path: Path, text: str) -> None:
    storable = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    async with till(full, tmp_path, place="0") as shown:
        seen = await shows(shown, *(need(kind, storable, storable) for kind in NeedKind))
        assert not [c for c in seen if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"]
        assert "\u202e" not in seen
        assert all(len(line) <= 80 for line in seen.splitlines())


@pytest.mark.parametrize(
    ("hours", "words", "ink"),
    [
        (6, "call by 16:42", Ink.CAREFUL),
        (24, "call by Wed 10:42", Ink.CAREFUL),
        (0, "call them: late", Ink.BAD),
        (-48, "call them: late", Ink.BAD),
    ],
)
def test_a_complaint_says_by_when_to_call(hours: int, words: str, ink: Ink) -> None:
    complaint = replace(need(NeedKind.COMPLAINT), due=NOW + timedelta(hours=hours))
    assert today_words.sign(complaint, "America/New_York", NOW) == ("!", words, ink)


def day(**changes: object) -> Today:
    month = Month(sent=0, arrived=0, replies=0, stops=0, cost=(), days=(0,) * 24)
    facts: dict[str, object] = {"people": 3, "needs": (), "more": 0, "due": 0, "held": ()}
    return Today(**{**facts, "month": month, **changes})  # type: ignore[arg-type]


def said(one: Today) -> list[str]:
    return [line.plain for line in today_words.rest(one, "America/New_York", NOW)]


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Good morning."),
        (11, "Good morning."),
        (12, "Good afternoon."),
        (17, "Good afternoon."),
        (18, "Good evening."),
        (23, "Good evening."),
    ],
)
def test_one_greets_by_the_hour(hour: int, words: str) -> None:
    assert today_words.greeting(datetime(2026, 11, 24, hour)) == words  # noqa: DTZ001


def test_what_waits_says_how_many_until_when_and_why() -> None:
    until = datetime.fromisoformat("2026-11-25T14:00:00Z")
    held = (
        Held(count=3, until=until, why="The shop is closed to offers on Tuesdays."),
        Held(count=1, until=None, why="We don't know where they are."),
    )
    assert said(day(due=1, held=held))[:4] == [
        "ON ITS WAY",
        "1 text leaves as soon as the gateway takes them.",
        "3 texts wait until Wed 09:00: The shop is closed to offers on Tuesdays.",
        "1 text waits: We don't know where they are.",
    ]


def test_a_quiet_month_says_so_and_draws_nothing() -> None:
    assert said(day()) == [
        "THIS MONTH   sent 0   arrived 0   replies 0   stops 0",
        "No text has left this month.",
    ]


@pytest.mark.parametrize(
    ("at", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (22, "22nd"), (23, "23rd"), (30, "30th"), (31, "31st")],
)  # fmt: skip
def test_the_busiest_day_is_named_as_people_say_it(at: int, words: str) -> None:
    days = tuple(5 if index == at - 1 else 1 for index in range(31))
    month = Month(sent=35, arrived=30, replies=2, stops=1, cost=(("USD", 276_500),), days=days)
    numbers, bars = said(day(month=month))
    assert numbers.endswith("cost $0.2765")
    assert bars.endswith(f"most on the {words}: 5")
    assert bars.split()[0] == "".join("█" if index == at - 1 else "▂" for index in range(31))
