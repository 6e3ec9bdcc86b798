"""Writing a campaign on the screen: live, kept as it is typed, never lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shopbell.domain.campaigns import Bucket, Campaign, CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import CampaignId
from shopbell.tui.screens.campaign import CampaignScreen
from shopbell.tui.screens.draft import DraftScreen
from tui.counters import Till, till
from tui.crowded import comes_to, later, peopled, stand, state_of, until, unwrapped, written
from tui.screens import press, settle, type_in

WORDS = "{first_name|there}, wreaths are in!"


async def kept(shown: Till) -> tuple[Campaign, ...]:
    return (await shown.shop.campaigns.find()).rows


async def test_from_nothing_to_arrived_by_keys_alone(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await peopled(shown, 3)
        keys = ["5", "n"]
        await press(shown.pilot, *keys)
        await type_in(shown.pilot, "Wreaths")
        await press(shown.pilot, "enter")
        await type_in(shown.pilot, WORDS)
        seen = await press(shown.pilot, "enter")
        assert "3 of 3 can go · 3 parts · $0.0237" in seen
        assert "Leaves in 60 s to 3 people." in await press(shown.pilot, "g", "enter")
        assert len([*keys, "enter", "enter", "g", "enter"]) <= 6
        later(shown, seconds=61)
        await comes_to(shown, "3 of 3 sent")
        later(shown, seconds=10)
        await comes_to(shown, "arrived 3")
        assert {one.text for one in shown.gateway.taken} == {
            f"Fern & Finch: {name}, wreaths are in! STOP to end" for name in ("Ana", "Bo", "Cy")
        }


async def test_what_is_typed_is_seen_live_as_the_first_person_gets_it(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await peopled(shown, 4)
        seen = await press(shown.pilot, "5", "n")
        assert "4 people: people who said yes to offers" in seen
        assert "as soon as it is started" in seen
        await press(shown.pilot, "enter")
        seen = unwrapped(await type_in(shown.pilot, "{first_name|there}, come by today before 5!"))
        assert "Ana Noaa gets: Fern & Finch: Ana, come by today before 5! STOP to end" in seen
        assert "1 part · plain letters" in seen
        assert "About $0.0316 if all 4 may be texted." in seen
        assert "is true until Tue 24 Nov 16:59" in seen


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Hi {first", "The “{” at character 4 has no partner."),
        ("Hi {nobody}", "Nobody knows the field {nobody}."),
        ("Your code: {coupon}", "none yet, and the words hold {coupon}"),
    ],
)
async def test_what_is_wrong_with_the_words_is_told_and_they_are_kept(
    empty: Path, tmp_path: Path, words: str, said: str
) -> None:
    async with till(empty, tmp_path) as shown:
        await peopled(shown, 1)
        await press(shown.pilot, "5", "n", "enter")
        assert said in unwrapped(await type_in(shown.pilot, words))
        (campaign,) = await kept(shown)
        assert campaign.body == words


class TestKeeping:
    async def test_nothing_is_written_before_there_is_something(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await press(shown.pilot, "5", "n", "escape")
            assert await kept(shown) == ()

    async def test_every_pause_keeps_what_was_typed(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await press(shown.pilot, "5", "n")
            assert "kept" in await type_in(shown.pilot, "Wre")
            assert [one.name for one in await kept(shown)] == ["Wre"]
            await type_in(shown.pilot, "aths")
            await press(shown.pilot, "enter")
            await type_in(shown.pilot, "Come by!")
            assert [(one.name, one.body) for one in await kept(shown)] == [("Wreaths", "Come by!")]

    @pytest.mark.parametrize("way", [("escape",), ("f6", "escape", "escape"), ("f1",)])
    async def test_leaving_at_once_keeps_it_too(
        self, empty: Path, tmp_path: Path, way: tuple[str, ...]
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await press(shown.pilot, "5", "n", "enter", *"Come by!", *way)
            assert [one.body for one in await kept(shown)] == ["Come by!"]

    async def test_locking_keeps_it(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await press(shown.pilot, "5", "n", "enter", *"Come by!", "f10")
            await comes_to(shown, "unlock")
        async with till(tmp_path / "shop.db", _folder(tmp_path, "again")) as shown:
            assert [one.body for one in await kept(shown)] == ["Come by!"]

    async def test_a_change_from_another_window_loses_neither(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            made = await written(shown, "Theirs at first")
            await press(shown.pilot, "5", "enter", "e")
            other = await shown.shop.campaigns.get(made)
            await shown.shop.campaigns.change(made, other.revision, replace(other, body="Theirs"))
            await press(shown.pilot, "end", *" and mine")
            seen = await comes_to(shown, "Somebody else changed")
            assert "Winter wreaths (mine)" in seen
            bodies = {one.name: one.body for one in await kept(shown)}
            assert bodies == {
                "Winter wreaths": "Theirs",
                "Winter wreaths (mine)": "Theirs at first and mine",
            }
            await press(shown.pilot, *"!")
            assert len(await kept(shown)) == 2

    async def test_one_that_was_started_elsewhere_is_kept_as_another(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            made = await written(shown, "Come by")
            await press(shown.pilot, "5", "enter")
            await comes_to(shown, "2 of 2 can go")
            await press(shown.pilot, "e")
            await shown.shop.runs.approve(made, 2)
            await shown.shop.runs.start(made)
            await press(shown.pilot, "end", *" soon")
            await comes_to(shown, "Theirs stays as it is")
            assert (await shown.shop.campaigns.get(made)).body == "Come by"
            assert {one.body for one in await kept(shown)} == {"Come by", "Come by soon"}


class TestThePeople:
    async def test_they_are_chosen_by_filters_and_counted_live(
        self, full: Path, tmp_path: Path
    ) -> None:
        async with till(full, tmp_path) as shown:
            await press(shown.pilot, "5", "n", "f3")
            seen = await settle(shown.pilot)
            assert "Who gets it" in seen
            assert "6 people: people who said yes to offers" in seen
            await press(shown.pilot, "tab", "tab", "tab", "tab", *"weekly")
            seen = await settle(shown.pilot)
            assert "people who said yes to offers and are tagged weekly" in unwrapped(seen)
            seen = await press(shown.pilot, "enter")
            assert "said yes to offers and are tagged weekly" in seen
            draft = shown.app.screen
            assert isinstance(draft, DraftScreen)

    async def test_one_of_each_household_is_asked_for_and_stays_asked_for(
        self, full: Path, tmp_path: Path
    ) -> None:
        async with till(full, tmp_path) as shown:
            await press(shown.pilot, "5", "n", "f3", "shift+tab", "right", "space")
            assert "one of each household" in unwrapped(await settle(shown.pilot))
            seen = await press(shown.pilot, "enter")
            assert "one of each household" in unwrapped(seen)
            await press(shown.pilot, "f3", "enter")
            draft = shown.app.screen
            assert isinstance(draft, DraftScreen)
            assert draft._drafting.draft.audience.one_per_household
            await press(shown.pilot, "f3", "shift+tab", "left", "space", "enter")
            assert not draft._drafting.draft.audience.one_per_household

    async def test_what_is_about_orders_is_a_service_text(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await press(shown.pilot, "5", "n", *"Late", "tab", "home")
            await until(lambda: _is_service(shown))
            assert "◂ about my orders ▸" in await settle(shown.pilot)
            await press(shown.pilot, "left")
            (one,) = await kept(shown)
            assert (one.purpose, one.topic) == (Purpose.SAFETY, None)


async def _is_service(shown: Till) -> bool:
    return [(one.purpose, one.topic) for one in await kept(shown)] == [(Purpose.SERVICE, "orders")]


class TestWhenAndCodes:
    async def test_it_leaves_later_on_the_shops_clock_and_theirs(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            await press(shown.pilot, "5", "n", "enter", *"Wreaths!", "f5")
            seen = await press(shown.pilot, *"yesterday", "enter")
            assert "“yesterday” has no time of day." in unwrapped(seen)
            await press(shown.pilot, *["backspace"] * 9, *"fri 10:00", "enter")
            seen = await settle(shown.pilot)
            assert "Fri 27 Nov 10:00, shop time, the same where they are" in seen
            seen = await press(shown.pilot, "f2")
            assert "leaves Fri 27 Nov 10:00, shop time" in seen
            seen = await press(shown.pilot, "g", "enter")
            assert "Leaves Fri 10:00 to 2 people." in seen
            (one,) = await kept(shown)
            assert one.release_at == one.not_before

    async def test_codes_come_from_a_file_one_each(self, empty: Path, tmp_path: Path) -> None:
        path = tmp_path / "codes.txt"
        path.write_text("A1\nA2\nA1\nno code!\n")
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            await press(shown.pilot, "5", "n", "enter", *"Code {coupon}", "f9")
            seen = await press(shown.pilot, *"/nowhere.txt", "enter")
            assert "There is no file “/nowhere.txt”." in unwrapped(seen)
            await press(shown.pilot, *["backspace"] * 12)
            await type_in(shown.pilot, str(path))
            await press(shown.pilot, "enter")
            await comes_to(shown, "2 left")
            await press(shown.pilot, "f2", "g", "enter")
            later(shown, seconds=61)
            await comes_to(shown, "2 of 2 sent")
            codes = sorted(one.text.partition("Code ")[2][:2] for one in shown.gateway.taken)
            assert codes == ["A1", "A2"]


class TestGoingBackAndForth:
    async def test_a_plan_is_edited_and_planned_again(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            await written(shown, "Come by!")
            await press(shown.pilot, "5", "enter", "e", "end", *" Today.")
            seen = await press(shown.pilot, "f2")
            assert isinstance(shown.app.screen, CampaignScreen)
            assert "Come by! Today." in seen
            await press(shown.pilot, "escape")
            assert "Winter wreaths" in await settle(shown.pilot)
            assert len(shown.app.screen_stack) == 2

    async def test_changing_an_approved_one_takes_the_approval_back(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            made = await written(shown, "Come by!")
            await shown.shop.runs.approve(made, 2)
            seen = await press(shown.pilot, "5", "enter", "e")
            assert "approved: a change takes that back" in seen
            assert await state_of(shown, made) is CampaignState.APPROVED
            await press(shown.pilot, "end", *" Soon.")
            assert await state_of(shown, made) is CampaignState.DRAFT

    async def test_an_old_one_is_copied_without_touching_it(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            made = await written(shown, "Come by!")
            await shown.shop.runs.abort(made)
            seen = await press(shown.pilot, "5", "c")
            assert "Come by!" in seen
            await press(shown.pilot, "f2", "escape")
            copies = [one for one in await kept(shown) if one.id != made]
            assert [(one.body, one.state) for one in copies] == [("Come by!", CampaignState.DRAFT)]
            assert await state_of(shown, made) is CampaignState.ABORTED

    async def test_the_real_texts_are_one_key_away(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            await press(shown.pilot, "5", "n", "enter", *WORDS)
            seen = await press(shown.pilot, "f4")
            assert "1 of 2" in seen
            assert "Fern & Finch: Ana, wreaths are in!" in seen
            (one,) = await kept(shown)
            assert await stand(shown, CampaignId(one.id)) == {Bucket.WAITING: 2}

    async def test_keys_that_need_words_say_so(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await press(shown.pilot, "5", "n")
            for key, said in (
                ("f2", "Write the words first."),
                ("f4", "Choose people and write the words first."),
                ("f8", "There is nothing to make cheaper."),
            ):
                assert said in unwrapped(await press(shown.pilot, key))


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
