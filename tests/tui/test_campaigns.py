"""The list of campaigns, and the key that stops everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crowds import a_campaign
from shopbell.domain.campaigns import Audience, CampaignState
from shopbell.domain.people_filter import PeopleFilter
from shopbell.errors import Busy
from shopbell.tui.screens.stop_all import StopAll
from tui.counters import Till, till
from tui.crowded import unwrapped
from tui.screens import press, screen_text, settle

PEOPLE = 12


async def written(shown: Till, name: str = "Winter wreaths") -> int:
    """Write a campaign to those who said yes to offers."""
    audience = Audience(filter=PeopleFilter(consented_to="offers"))
    made = await shown.shop.campaigns.create(a_campaign(name=name, audience=audience))
    return made.id


async def leaving(shown: Till, name: str = "Winter wreaths") -> int:
    """Write, plan and approve a campaign; its countdown runs."""
    made = await written(shown, name)
    plan = await shown.shop.plans.plan(made)
    await shown.shop.runs.approve(made, plan.to_send)
    await shown.shop.runs.start(made)
    return made


async def state_of(shown: Till, made: int) -> CampaignState:
    return (await shown.shop.campaigns.get(made)).state


class TestTheList:
    async def test_an_empty_one_says_what_a_campaign_is(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            seen = await press(shown.pilot, "5")
            assert "No campaign has been written yet." in seen
            assert "Before anything leaves you see who gets it" in unwrapped(seen)

    async def test_it_says_how_far_each_is(self, full: Path, tmp_path: Path) -> None:
        async with till(full, tmp_path) as shown:
            await written(shown, "Not looked at")
            planned = await written(shown, "Looked at")
            await shown.shop.plans.plan(planned)
            approved = await written(shown, "Said yes to")
            plan = await shown.shop.plans.plan(approved)
            await shown.shop.runs.approve(approved, plan.to_send)
            ended = await written(shown, "Given up")
            await shown.shop.plans.plan(ended)
            await shown.shop.runs.abort(ended)
            seen = await press(shown.pilot, "5")
            rows = [line for line in seen.split("\n") if line.rstrip().endswith("now")]
            for row, said in zip(
                rows,
                (
                    ("- ended early", "Given up", "0 of 6 sent"),
                    ("○ approved", "Said yes to", "5 of 6 can go"),
                    ("· planned", "Looked at", "5 of 6 can go"),
                    ("· draft", "Not looked at", "not planned yet"),
                ),
                strict=True,
            ):
                assert all(word in row for word in said), row

    async def test_the_words_of_the_one_under_the_cursor_stand_below(
        self, full: Path, tmp_path: Path
    ) -> None:
        async with till(full, tmp_path) as shown:
            await written(shown)
            seen = await press(shown.pilot, "5")
            assert "{first_name|there}, wreaths are in!" in seen
            assert "about offers · to people who said yes to offers" in seen

    async def test_it_follows_what_another_part_of_the_program_does(
        self, full: Path, tmp_path: Path
    ) -> None:
        async with till(full, tmp_path) as shown:
            await press(shown.pilot, "5")
            await written(shown, "From elsewhere")
            assert "From elsewhere" in await settle(shown.pilot)

    async def test_a_campaign_that_is_on_its_way_says_how_many_are_left(
        self, full: Path, tmp_path: Path
    ) -> None:
        async with till(full, tmp_path) as shown:
            await leaving(shown)
            seen = await press(shown.pilot, "5")
            assert "… leaves soon" in seen
            assert "5 leave at 10:43" in seen


def asks(shown: Till) -> bool:
    return isinstance(shown.app.screen, StopAll)


class TestTheKeyThatStopsEverything:
    @pytest.mark.parametrize("place", [*"123457"])
    async def test_it_is_seen_and_works_in_every_place(
        self, full: Path, tmp_path: Path, place: str
    ) -> None:
        async with till(full, tmp_path) as shown:
            made = await leaving(shown)
            assert "! stop all" in await press(shown.pilot, place)
            seen = await press(shown.pilot, "exclamation_mark")
            assert "Stop everything now?" in seen
            assert "→ Winter wreaths" in seen
            assert "Stopped: sending is off, 1 campaign" in unwrapped(
                await press(shown.pilot, "enter")
            )
            assert await state_of(shown, made) is CampaignState.PAUSED

    @pytest.mark.parametrize(
        "way",
        [("slash", *"an"), ("t",), ("n",), ("enter", "e"), ("question_mark",), ("ctrl+p",)],
        ids=["search", "quick text", "sign-up", "edit", "help", "palette"],
    )
    async def test_it_works_over_boxes_and_while_somebody_types(
        self, full: Path, tmp_path: Path, way: tuple[str, ...]
    ) -> None:
        async with till(full, tmp_path) as shown:
            made = await leaving(shown)
            await press(shown.pilot, *way, "f6")
            assert asks(shown)
            await press(shown.pilot, "f6")
            assert await state_of(shown, made) is CampaignState.PAUSED

    async def test_pressed_twice_it_stops(self, full: Path, tmp_path: Path) -> None:
        async with till(full, tmp_path) as shown:
            made = await leaving(shown)
            await press(shown.pilot, "exclamation_mark", "exclamation_mark")
            assert await state_of(shown, made) is CampaignState.PAUSED
            assert not asks(shown)

    async def test_the_top_bar_says_which_key_works_now(self, full: Path, tmp_path: Path) -> None:
        async with till(full, tmp_path) as shown:
            assert "! stop all  l lock" in await settle(shown.pilot)
            assert "f6 stop all  f10 lock" in await press(shown.pilot, "slash")
            assert "! stop all  l lock" in await press(shown.pilot, "escape")

    async def test_left_it_stops_nothing(self, full: Path, tmp_path: Path) -> None:
        async with till(full, tmp_path) as shown:
            made = await leaving(shown)
            await press(shown.pilot, "exclamation_mark", "escape")
            assert await state_of(shown, made) is CampaignState.STARTING

    async def test_with_nothing_at_work_it_says_so(self, full: Path, tmp_path: Path) -> None:
        async with till(full, tmp_path) as shown:
            assert "No campaign is at work." in await press(shown.pilot, "exclamation_mark")
            assert "Stopped: sending is off." in unwrapped(await press(shown.pilot, "enter"))

    async def test_many_campaigns_are_named_and_counted(self, full: Path, tmp_path: Path) -> None:
        async with till(full, tmp_path) as shown:
            for index in range(7):
                await leaving(shown, f"Offer {index}")
            seen = await press(shown.pilot, "exclamation_mark")
            assert "→ Offer 6" in seen
            assert "and 2 more" in seen
            assert "Stopped: sending is off, 7 campaigns" in unwrapped(
                await press(shown.pilot, "enter")
            )

    async def test_a_busy_file_is_told_and_the_key_can_be_pressed_again(
        self, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with till(full, tmp_path) as shown:
            made = await leaving(shown)
            await press(shown.pilot, "exclamation_mark")
            runs = shown.shop.runs
            stop_all: Callable[..., object] = runs.stop_all

            async def busy(*, by: str = "") -> int:
                raise Busy("Another window is writing.", "Wait a moment.")

            monkeypatch.setattr(runs, "stop_all", busy)
            assert "Another window is writing. Wait a moment." in await press(shown.pilot, "enter")
            assert asks(shown)
            monkeypatch.setattr(runs, "stop_all", stop_all)
            await press(shown.pilot, "enter")
            assert await state_of(shown, made) is CampaignState.PAUSED

    async def test_what_was_stopped_is_turned_on_again_there(
        self, full: Path, tmp_path: Path
    ) -> None:
        async with till(full, tmp_path) as shown:
            made = await leaving(shown)
            await press(shown.pilot, "exclamation_mark", "o")
            assert asks(shown)
            assert (await shown.shop.sending.now()).on
            assert "○ sending off" in await press(shown.pilot, "enter")
            shown.app.clear_notifications()
            seen = await press(shown.pilot, "exclamation_mark")
            assert "Sending is off" in seen
            assert "Sending was turned off by the counter screen" in seen
            assert "Off since Tue 24 Nov 10:42." in seen
            await press(shown.pilot, "enter")
            assert not (await shown.shop.sending.now()).on
            seen = await press(shown.pilot, "exclamation_mark", "o")
            assert "Sending is on." in unwrapped(seen)
            assert "● sending on" in await settle(shown.pilot)
            assert await state_of(shown, made) is CampaignState.PAUSED

    async def test_it_is_not_shown_over_a_blank_screen(self, full: Path, tmp_path: Path) -> None:
        async with till(full, tmp_path) as shown:
            await leaving(shown)
            await press(shown.pilot, "b", "exclamation_mark")
            assert not asks(shown)
            assert "press any key" not in screen_text(shown.app)
