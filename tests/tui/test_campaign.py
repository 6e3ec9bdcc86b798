"""One campaign on the screen: its plan, its countdown, its run, and who stands where."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events

from crowds import number
from shopbell.domain.campaigns import Audience, Bucket, CampaignState
from shopbell.domain.consent import How, Purpose
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import CampaignId
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.secret import Secret
from shopbell.domain.texts import State
from shopbell.tui.campaign_view import after_a_pause
from shopbell.tui.screens.campaign import CampaignScreen
from shopbell.tui.screens.chosen import ChosenScreen
from shopbell.tui.screens.draft import DraftScreen
from shopbell.tui.screens.real_texts import when
from shops import NOW
from tui.counters import Till, till
from tui.crowded import (
    comes_to,
    counter_of,
    later,
    peopled,
    stand,
    started,
    state_of,
    until,
    unwrapped,
    written,
)
from tui.screens import press, settle


async def state_is(shown: Till, made: CampaignId, wanted: CampaignState) -> bool:
    return await state_of(shown, made) is wanted


async def nothing_on_its_way(shown: Till) -> bool:
    return (await shown.shop.outbox.find((State.SENDING,))).total == 0


class TestThePlan:
    async def test_it_says_who_gets_it_who_does_not_and_what_it_takes(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 6, names=["NULL"])
            await written(shown, "{first_name}, wreaths are in!")
            seen = await press(shown.pilot, "5", "enter")
            for said in (
                "Winter wreaths   offers, to everybody   · planned",
                "5 of 6 can go · 5 parts · $0.0395",
                "leaves as soon as it is started",
                "→      5  can go",
                "…      1  held: have no name that can be printed: mend it",
                "6  chosen, adds up",
                "{first_name}, wreaths are in!",
            ):
                assert said in seen
            assert "g goes on" in seen

    async def test_names_and_reasons_are_one_key_away(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 3, names=["NULL"])
            await written(shown, "{first_name}, wreaths are in!")
            seen = await press(shown.pilot, "5", "enter", "down", "enter")
            assert isinstance(shown.app.screen, ChosenScreen)
            assert "… 1 person held: have no name that can be printed: mend it" in seen
            assert "▸ NULL" in seen
            assert "Mend the name on the contact" in unwrapped(seen)
            assert "MAY WE TEXT?" in await press(shown.pilot, "enter")

    @pytest.mark.parametrize(
        ("body", "audience", "said"),
        [
            ("Wreaths!", Audience(filter=PeopleFilter(tag="none")), "Nobody would get this text"),
            ("Pay at bit.ly/x1 now", Audience(), "bit.ly"),
        ],
        ids=["nobody", "words"],
    )
    async def test_it_says_why_it_cannot_start_and_g_says_so_too(
        self, empty: Path, tmp_path: Path, body: str, audience: Audience, said: str
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            made = await written(shown, body, audience=audience)
            assert said in unwrapped(await press(shown.pilot, "5", "enter"))
            assert "g go " not in (await settle(shown.pilot)).rsplit("\n", 2)[-2]
            await press(shown.pilot, "g")
            assert isinstance(shown.app.screen, CampaignScreen)
            assert await state_of(shown, made) is CampaignState.DRAFT

    async def test_what_does_not_fit_into_the_hours_is_told_with_the_last_start(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 4)
            shown.gateway.info = replace(shown.gateway.info, per_second=1 / 60)
            await written(shown, "Wreaths are in!", latest=NOW + timedelta(seconds=90))
            seen = unwrapped(await press(shown.pilot, "5", "enter"))
            assert "takes 3 min" in seen
            assert "nothing after Tue 24 Nov 10:43" in seen
            assert "! 2 of these texts would leave after their hours." in seen
            assert "All of it fits if it starts before Tue 24 Nov 10:40." in seen

    async def test_what_moved_is_told_when_it_is_planned_again(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 3)
            await written(shown)
            assert "3 of 3 can go" in await press(shown.pilot, "5", "enter")
            await shown.shop.consents.opt_out(number(1), How.PHONE)
            seen = await comes_to(shown, "2 of 3 can go")
            assert "1 moved from could go to left out: they said stop." in unwrapped(seen)

    async def test_somebody_is_left_out_and_let_in_again(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 3)
            made = await written(shown)
            await press(shown.pilot, "5", "enter", "enter")
            assert "2 people can go" in await press(shown.pilot, "x")
            await press(shown.pilot, "escape")
            assert "1  left out: were left out by the shop" in await settle(shown.pilot)
            await press(shown.pilot, "end", "enter")
            assert "Nobody stands here any more." in await press(shown.pilot, "i")
            assert await stand(shown, made) == {Bucket.WAITING: 3}


class TestTheRealTexts:
    async def test_they_are_walked_person_by_person(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 3, names=["Zoe Last", "NULL"])
            await written(shown, "{first_name}, wreaths are in!")
            seen = await press(shown.pilot, "5", "enter", "v")
            assert "1 of 3" in seen
            assert "Fern & Finch: Cy, wreaths are in! STOP to end" in seen
            assert "1 part · plain letters" in seen
            assert "about Tue 24 Nov 10:42, shop time, the same where they are" in seen
            assert "Fern & Finch: Zoe, wreaths are in!" in await press(shown.pilot, "right")
            seen = await press(shown.pilot, "right")
            assert "NULL" in seen
            assert "… held   3 of 3" in seen
            assert "No text: a field has nothing to print." in seen
            assert "1 of 3" in await press(shown.pilot, "right")
            assert "3 of 3" in await press(shown.pilot, "left")
            assert "1 of 3" in await press(shown.pilot, "home")
            assert "3 of 3" in await press(shown.pilot, "end")
            await press(shown.pilot, "escape")
            assert isinstance(shown.app.screen, CampaignScreen)

    async def test_one_is_left_out_there_and_let_in_again(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            made = await written(shown)
            await press(shown.pilot, "5", "enter", "v", "x")
            assert await stand(shown, made) == {Bucket.WAITING: 1, Bucket.SKIPPED: 1}
            assert "left out" in await press(shown.pilot, "home")
            await press(shown.pilot, "x")
            assert await stand(shown, made) == {Bucket.WAITING: 2}

    @pytest.mark.parametrize(
        ("zones", "said"),
        [
            (("America/New_York",), "Tue 24 Nov 10:42, shop time, the same where they are"),
            (("America/Los_Angeles",), "Tue 24 Nov 10:42, shop time; 07:42 in Los Angeles"),
            (
                ("America/Chicago", "America/Denver"),
                "Tue 24 Nov 10:42, shop time; 09:42 in Chicago or 08:42 in Denver",
            ),
            ((), "Tue 24 Nov 10:42, shop time; nobody knows their clock"),
        ],
    )
    def test_a_moment_is_told_on_the_shops_clock_and_on_theirs(
        self, zones: tuple[str, ...], said: str
    ) -> None:
        assert when(NOW, "America/New_York", zones) == said


async def says_yes(shown: Till, name: str, word: str) -> None:
    """Fill in who says yes, and press Enter after the word."""
    for typed in (name, word):
        shown.app.post_message(events.Paste(typed))
        await press(shown.pilot, "enter")


class TestSayingYes:
    async def test_few_people_need_one_key(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            made = await written(shown)
            seen = await press(shown.pilot, "5", "enter", "g")
            assert "Send “Winter wreaths” to 2 people?" in seen
            assert "2 parts, $0.0158. You can take it back for 60 seconds." in seen
            assert "Leaves in 60 s to 2 people." in await press(shown.pilot, "enter")
            assert await state_of(shown, made) is CampaignState.STARTING

    async def test_many_people_need_their_number(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 25)
            made = await written(shown)
            seen = await press(shown.pilot, "5", "enter", "g")
            assert "Type how many people that are:" in seen
            assert "Type the number 25 to say yes." in await press(shown.pilot, "enter")
            assert "not to 24." in await press(shown.pilot, *"24", "enter")
            assert await state_of(shown, made) is CampaignState.DRAFT
            seen = await press(shown.pilot, "backspace", "5", "enter")
            assert "Leaves in 60 s to 25 people." in seen
            assert (await shown.shop.campaigns.get(made)).approved_by == "the counter screen"

    async def test_where_two_are_needed_each_says_so_by_name_and_word(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            for name, word in (("Ana", "lantern"), ("Bo", "pebbles")):
                await shown.shop.second_yes.add(name, Secret(word))
            await shown.shop.second_yes.need_from(2)
            made = await written(shown)
            seen = await press(shown.pilot, "5", "enter", "g")
            assert "Two people have to say yes to so many texts" in unwrapped(seen)
            assert "↵ says yes" in seen
            await says_yes(shown, "Ana", "pebbles")
            assert "That is not Ana's word." in unwrapped(await settle(shown.pilot))
            await press(shown.pilot, *["backspace"] * 7)
            shown.app.post_message(events.Paste("lantern"))
            seen = unwrapped(await press(shown.pilot, "enter"))
            assert "Ana said yes. Somebody else has to say so too. They do so with g." in seen
            assert await state_of(shown, made) is CampaignState.APPROVED
            assert "Ana said yes." in unwrapped(await press(shown.pilot, "g"))
            await says_yes(shown, "bo", "pebbles")
            assert "Leaves in 60 s to 2 people." in await settle(shown.pilot)
            assert (await shown.shop.campaigns.get(made)).second_by == "Bo"
            assert "Approved by Ana and Bo for 2" in unwrapped(await press(shown.pilot, "u"))

    async def test_left_it_starts_nothing(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            made = await written(shown)
            await press(shown.pilot, "5", "enter", "g", "escape")
            assert await state_of(shown, made) is CampaignState.DRAFT

    async def test_one_key_takes_the_countdown_back(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            made = await started(shown)
            assert "Leaves in 60 s to 2 people." in await press(shown.pilot, "5", "enter")
            later(shown, seconds=20)
            await comes_to(shown, "Leaves in 40 s to 2 people.")
            seen = await press(shown.pilot, "u")
            assert "Approved" in seen
            assert await state_of(shown, made) is CampaignState.APPROVED
            later(shown, seconds=60)
            assert "2 of 2 can go" in await settle(shown.pilot)
            assert shown.gateway.taken == []
            seen = await press(shown.pilot, "g", "enter")
            assert "Leaves in 60 s" in seen

    async def test_who_joined_since_it_was_approved_makes_it_ask_again(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 2)
            made = await written(shown)
            await shown.shop.runs.approve(made, 2, by="Ana")
            assert "Approved by Ana for 2" in await press(shown.pilot, "5", "enter")
            counter = counter_of(shown)
            await counter.add(number(9), "Late Joiner")
            await counter.agree(number(9), Purpose.MARKETING, ("offers",))
            await comes_to(shown, "It goes to 1 more than was approved: g asks again.")
            assert "to 3 people?" in await press(shown.pilot, "g")
            await press(shown.pilot, "enter")
            assert await state_of(shown, made) is CampaignState.STARTING
            assert (await shown.shop.campaigns.get(made)).approved_count == 3


class TestTheRun:
    async def test_it_reaches_everybody_and_says_so(self, empty: Path, tmp_path: Path) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 5)
            await started(shown)
            await press(shown.pilot, "5", "enter")
            later(shown, seconds=61)
            seen = await comes_to(shown, "5 of 5 sent")
            assert "Done Tue 24 Nov 10:43" in seen
            assert "✓ done" in seen
            assert len({one.to for one in shown.gateway.taken}) == 5

    async def test_it_is_paused_and_goes_on_with_exact_numbers(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 30)
            made = await started(shown)
            await press(shown.pilot, "5", "enter")
            shown.gateway.info = replace(shown.gateway.info, per_second=1)
            later(shown, seconds=61)
            await until(lambda: len(shown.gateway.taken) >= 2)
            await shown.pilot.press("p")
            await until(lambda: state_is(shown, made, CampaignState.PAUSED))
            await comes_to(shown, "Paused by the shop.")
            await until(lambda: nothing_on_its_way(shown))
            seen = await comes_to(shown, f"{len(shown.gateway.taken)} of 30")
            where = await stand(shown, made)
            assert where[Bucket.SENT] == len(shown.gateway.taken)
            assert f"r lets the other {where[Bucket.WAITING]} go; x ends it for good." in seen
            shown.gateway.info = replace(shown.gateway.info, per_second=0)
            await press(shown.pilot, "r")
            await comes_to(shown, "30 of 30 sent")
            assert len(shown.gateway.taken) == 30

    async def test_it_is_ended_for_good_after_one_question(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 4)
            made = await started(shown)
            seen = await press(shown.pilot, "5", "enter", "x")
            assert "End “Winter wreaths” for good?" in seen
            assert "4 people who wait get nothing of it" in unwrapped(seen)
            await press(shown.pilot, "escape")
            assert await state_of(shown, made) is CampaignState.STARTING
            seen = await press(shown.pilot, "x", "enter")
            assert "0 of 4 sent" in seen
            assert "Ended: 4 people" in unwrapped(seen)
            assert await state_of(shown, made) is CampaignState.ABORTED
            for key in "gurpx":
                await press(shown.pilot, key)
            assert await state_of(shown, made) is CampaignState.ABORTED

    async def test_three_unknown_in_a_row_pause_it_and_s_asks_the_gateway(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 8)
            made = await started(shown)
            shown.gateway.answers.extend([Outcome.UNKNOWN] * 3)
            can = shown.gateway.info
            shown.gateway.info = replace(can, can_look_up=False)
            await press(shown.pilot, "5", "enter")
            later(shown, seconds=61)
            seen = await comes_to(shown, "r lets the other 5 go")
            assert "nobody knows whether they left" in unwrapped(seen)
            assert "s asks the gateway about the 3 unknown" in seen
            assert "?      3  unknown" in seen
            shown.gateway.info = can
            await press(shown.pilot, "s")
            await comes_to(shown, "3 of 3 settled.")
            await comes_to(shown, "none of them is unknown any more")
            await press(shown.pilot, "r")
            await until(lambda: state_is(shown, made, CampaignState.DONE))
            assert sum((await stand(shown, made)).values()) == 8

    async def test_a_gateway_that_takes_no_texts_pauses_it_and_is_named(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 4)
            made = await started(shown)
            shown.gateway.answers.append(Outcome.BAD_LOGIN)
            await press(shown.pilot, "5", "enter")
            later(shown, seconds=61)
            seen = await comes_to(shown, "The gateway takes no texts.")
            assert "r lets the other" in seen
            assert await state_of(shown, made) is CampaignState.PAUSED

    async def test_what_came_of_each_text_is_told_in_words(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 3)
            made = await started(shown)
            later(shown, seconds=61)
            await until(lambda: state_is(shown, made, CampaignState.DONE))
            seen = await press(shown.pilot, "5", "enter", "enter")
            assert "3 people sent" in seen
            assert "on its way" in seen or "arrived" in seen
            states = {one.state for one in (await shown.shop.outbox.find()).rows}
            assert states <= {State.ACCEPTED, State.SENT, State.DELIVERED}


async def test_every_key_says_why_it_does_nothing_now(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await written(shown)
        await press(shown.pilot, "5", "enter")
        for key, said in (
            ("u", "Only a countdown can be taken back."),
            ("p", "It is not on its way."),
            ("r", "There is nothing to let go on."),
            ("s", "No outcome is unknown."),
            ("v", "Nobody is chosen."),
        ):
            assert said in unwrapped(await press(shown.pilot, key))

    async def test_other_words_end_it_and_open_a_draft_for_the_rest(
        self, empty: Path, tmp_path: Path
    ) -> None:
        async with till(empty, tmp_path) as shown:
            await peopled(shown, 4)
            old = await written(shown)
            seen = await press(shown.pilot, "5", "enter", "n")
            assert "It has not been started: e changes its words." in unwrapped(seen)
            await shown.shop.runs.approve(old, 4)
            await shown.shop.runs.start(old)
            await comes_to(shown, "Leaves in")
            seen = await press(shown.pilot, "n")
            assert "Other words instead of “Winter wreaths”?" in seen
            await press(shown.pilot, "escape")
            assert await state_of(shown, old) is CampaignState.STARTING
            await press(shown.pilot, "n", "enter")
            await until(lambda: state_is(shown, old, CampaignState.ABORTED))
            await until(lambda: isinstance(shown.app.screen, DraftScreen))
            page = await shown.shop.campaigns.find()
            assert [(one.state, one.replaces) for one in page.rows] == [
                (CampaignState.DRAFT, old),
                (CampaignState.ABORTED, None),
            ]


class TestWhatAPauseOffers:
    @pytest.mark.parametrize(
        ("left", "unknown", "offers", "not_offered"),
        [
            (0, 3, ["asks the gateway about the 3 unknown", "ends it"], "lets the other"),
            (2, 3, ["asks the gateway about the 3 unknown", "lets the other 2 go"], "finishes it"),
            (2, 0, ["lets the other 2 go", "ends it"], "asks the gateway"),
            (0, 0, ["finishes it", "ends it"], "lets the other"),
        ],
    )
    def test_only_what_would_do_something_is_offered(
        self, left: int, unknown: int, offers: list[str], not_offered: str
    ) -> None:
        offered = after_a_pause(left, unknown).plain
        assert all(words in offered for words in offers)
        assert not_offered not in offered
