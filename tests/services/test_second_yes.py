"""Two people's yes to large campaigns: by name and word, taken away by every change, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crowds import campaign, crowd, number
from shopbell.domain.campaigns import Campaign, CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput, WrongPassphrase
from shopbell.services.runs import Runs
from shopbell.store import second_yes
from shops import PASSPHRASE, Counter

if TYPE_CHECKING:
    from sqlite_utils import Database

LANTERN, PEBBLE, HARVEST = Secret("lantern"), Secret("pebbles"), Secret("harvest")
PEOPLE = 3


async def refused(job: object) -> BadInput:
    with pytest.raises(BadInput) as refusal:
        await job  # type: ignore[misc]
    assert refusal.value.hint
    return refusal.value


@pytest.fixture
async def two(counter: Counter) -> Counter:
    """A shop with three customers, where three people or more need the yes of two."""
    await crowd(counter, PEOPLE)
    seconds = counter.shop.second_yes
    await seconds.add("Ana", LANTERN)
    await seconds.add("Bo", PEBBLE)
    rule = await seconds.need_from(PEOPLE, by="Ana")
    assert (rule.from_count, rule.names) == (PEOPLE, ("Ana", "Bo"))
    return counter


def runs_of(counter: Counter) -> Runs:
    return counter.shop.runs


async def approved_by_both(counter: Counter) -> Campaign:
    made = await campaign(counter)
    await runs_of(counter).approve(made.id, PEOPLE, by="Ana", word=LANTERN)
    return await runs_of(counter).approve(made.id, PEOPLE, by="Bo", word=PEBBLE)


class TestSayingYes:
    async def test_a_new_shop_asks_for_one(self, counter: Counter) -> None:
        await crowd(counter, PEOPLE)
        assert not (await counter.shop.second_yes.rule()).is_on
        made = await campaign(counter)
        assert not (await counter.shop.plans.plan(made.id)).needs_two
        await runs_of(counter).approve(made.id)
        assert (await runs_of(counter).start(made.id)).state is CampaignState.STARTING

    async def test_the_second_one_lets_it_start_and_both_stand_in_the_history(
        self, two: Counter
    ) -> None:
        made = await campaign(two)
        first = await runs_of(two).approve(made.id, PEOPLE, by="ana", word=LANTERN)
        assert (first.state, first.approved_by, first.second_by) == (
            CampaignState.APPROVED,
            "Ana",
            "",
        )
        held = await refused(runs_of(two).start(made.id))
        assert held.code == "second_needed"
        assert "3 people" in held.message
        both = await runs_of(two).approve(made.id, PEOPLE, by="Bo", word=PEBBLE)
        assert (both.approved_by, both.second_by) == ("Ana", "Bo")
        assert (await runs_of(two).start(made.id, hold_seconds=0)).state is CampaignState.STARTING
        assert len(await two.deliver()) == PEOPLE
        told = [(one.who, one.detail) for one in await two.shop.campaigns.events(made.id)]
        assert ("Ana", "First yes, for 3; a second person has to say so too.") in told
        assert ("Bo", "Second yes, for 3.") in told

    async def test_nobody_says_it_twice(self, two: Counter) -> None:
        made = await campaign(two)
        await runs_of(two).approve(made.id, by="Ana", word=LANTERN)
        again = runs_of(two).approve(made.id, by=" ANA ", word=LANTERN)
        assert (await refused(again)).code == "another_person"
        assert (await refused(runs_of(two).start(made.id))).code == "second_needed"

    @pytest.mark.parametrize(
        ("name", "word", "code"),
        [
            ("", None, "name_needed"),
            ("  ", LANTERN, "name_needed"),
            ("Zed", LANTERN, "unknown_name"),
            ("Ana\x1b[2J[/]", LANTERN, "unknown_name"),
            ("Ana", None, "word_needed"),
            ("Ana", Secret(""), "word_needed"),
            ("Ana", PEBBLE, "wrong_word"),
            ("Ana", Secret("LANTERN"), "wrong_word"),
            ("Ana", Secret("lantern\ud800"), "wrong_word"),
        ],
    )
    async def test_who_says_yes_is_on_the_list_and_knows_their_word(
        self, two: Counter, name: str, word: Secret | None, code: str
    ) -> None:
        made = await campaign(two)
        assert (await refused(runs_of(two).approve(made.id, by=name, word=word))).code == code
        assert (await two.shop.campaigns.get(made.id)).state is CampaignState.DRAFT

    async def test_a_wrong_word_is_not_repeated_in_the_error(self, two: Counter) -> None:
        made = await campaign(two)
        error = await refused(runs_of(two).approve(made.id, by="Ana", word=Secret("hunter22")))
        assert "hunter22" not in f"{error.message} {error.hint}"

    async def test_fewer_people_need_one_yes_and_no_word(self, two: Counter) -> None:
        await two.shop.second_yes.need_from(PEOPLE + 1)
        made = await campaign(two)
        done = await runs_of(two).approve(made.id, by="whoever")
        assert (done.approved_by, done.second_by) == ("whoever", "")
        assert (await runs_of(two).start(made.id)).state is CampaignState.STARTING

    async def test_taken_back_from_the_countdown_it_keeps_both(self, two: Counter) -> None:
        made = await approved_by_both(two)
        await runs_of(two).start(made.id)
        back = await runs_of(two).take_back(made.id)
        assert (back.state, back.second_by) == (CampaignState.APPROVED, "Bo")
        assert (await runs_of(two).start(made.id)).state is CampaignState.STARTING


class TestWhatTakesBothAway:
    async def test_other_words(self, two: Counter) -> None:
        made = await approved_by_both(two)
        changed = await two.shop.campaigns.change(made.id, made.revision, made)
        assert (changed.state, changed.second_by) == (CampaignState.DRAFT, "")
        first = await runs_of(two).approve(made.id, by="Bo", word=PEBBLE)
        assert (first.approved_by, first.second_by) == ("Bo", "")
        assert (await refused(runs_of(two).start(made.id))).code == "second_needed"

    async def test_somebody_else_who_would_get_it(self, two: Counter) -> None:
        made = await approved_by_both(two)
        await two.add(number(9), "Late Joiner")
        await two.agree(number(9), Purpose.MARKETING, ("offers",))
        plan = await two.shop.plans.show(made.id)
        assert (plan.campaign.state, plan.campaign.second_by) == (CampaignState.DRAFT, "")
        assert (
            plan.campaign.why == "1 other person would get it now, so it has to be approved again."
        )

    async def test_one_gone_and_another_come(self, two: Counter) -> None:
        made = await approved_by_both(two)
        await two.shop.plans.take_out(made.id, number(0))
        await two.add(number(9), "Late Joiner")
        await two.agree(number(9), Purpose.MARKETING, ("offers",))
        plan = await two.shop.plans.show(made.id)
        assert plan.to_send == PEOPLE
        assert plan.campaign.state is CampaignState.DRAFT

    async def test_somebody_let_in_again(self, two: Counter) -> None:
        await two.add(number(9), "Let In")
        await two.agree(number(9), Purpose.MARKETING, ("offers",))
        made = await campaign(two)
        await two.shop.plans.plan(made.id)
        await two.shop.plans.take_out(made.id, number(9))
        await runs_of(two).approve(made.id, PEOPLE, by="Ana", word=LANTERN)
        await runs_of(two).approve(made.id, PEOPLE, by="Bo", word=PEBBLE)
        plan = await two.shop.plans.put_back(made.id, number(9))
        assert plan.campaign.state is CampaignState.DRAFT

    async def test_fewer_people_than_they_saw_leave_both(self, two: Counter) -> None:
        await two.shop.second_yes.need_from(2)
        made = await approved_by_both(two)
        await two.shop.plans.take_out(made.id, number(0))
        await two.shop.plans.plan(made.id)
        assert (await two.shop.campaigns.get(made.id)).second_by == "Bo"
        assert (await runs_of(two).start(made.id)).state is CampaignState.STARTING

    @pytest.mark.parametrize("change", ["count", "off", "new_word", "somebody", "removed"])
    async def test_another_rule(self, two: Counter, change: str) -> None:
        seconds = two.shop.second_yes
        await seconds.add("Cy", HARVEST)
        made = await approved_by_both(two)
        match change:
            case "count":
                await seconds.need_from(2, by="Cy")
            case "off":
                await seconds.need_from(0, by="Cy")
            case "new_word":
                await seconds.add("bo", HARVEST, by="Cy")
            case "somebody":
                await seconds.add("Dana", HARVEST, by="Cy")
            case _:
                await seconds.remove("CY", by="Cy")
        now = await two.shop.campaigns.get(made.id)
        assert (now.state, now.second_by) == (CampaignState.DRAFT, "")
        (*_, last) = await two.shop.campaigns.events(made.id)
        assert (last.who, last.detail) == (
            "Cy",
            "Who has to say yes was changed, so it has to be approved again.",
        )

    async def test_the_same_number_again_changes_nothing(self, two: Counter) -> None:
        made = await approved_by_both(two)
        await two.shop.second_yes.need_from(PEOPLE)
        assert (await two.shop.campaigns.get(made.id)).second_by == "Bo"


class TestTheList:
    async def test_it_cannot_be_turned_on_with_fewer_than_two(self, counter: Counter) -> None:
        seconds = counter.shop.second_yes
        assert (await refused(seconds.need_from(10))).code == "two_people_needed"
        await seconds.add("Ana", LANTERN)
        await seconds.add("ANA", PEBBLE)
        assert (await refused(seconds.need_from(10))).code == "two_people_needed"
        await seconds.add("Bo", PEBBLE)
        assert (await seconds.need_from(10)).is_on

    async def test_nobody_leaves_it_with_fewer_than_two(self, two: Counter) -> None:
        seconds = two.shop.second_yes
        assert (await refused(seconds.remove("Bo"))).code == "two_people_needed"
        await seconds.need_from(0)
        assert (await seconds.remove("bo")).names == ("Ana",)
        assert (await refused(seconds.remove("Bo"))).code == "unknown_name"

    async def test_a_new_word_replaces_the_old_one(self, two: Counter) -> None:
        seconds = two.shop.second_yes
        assert (await seconds.add("ana", HARVEST)).names == ("Ana", "Bo")
        assert await seconds.speaker("Ana", HARVEST) == "Ana"
        assert (await refused(seconds.speaker("Ana", LANTERN))).code == "wrong_word"

    @pytest.mark.parametrize(
        ("name", "word", "code"),
        [
            ("", LANTERN, "bad_name"),
            ("x" * 41, LANTERN, "bad_name"),
            ("An\x1ba", LANTERN, "bad_name"),
            ("Ana", Secret("short"), "bad_word"),
            ("Ana", Secret("x" * 5000), "bad_word"),
            ("Ana", Secret("lan\0tern"), "bad_word"),
        ],
    )
    async def test_what_cannot_be_a_name_or_a_word_is_refused(
        self, counter: Counter, name: str, word: Secret, code: str
    ) -> None:
        assert (await refused(counter.shop.second_yes.add(name, word))).code == code
        assert (await counter.shop.second_yes.rule()).names == ()

    @pytest.mark.parametrize("count", [-1, 1_000_001])
    async def test_a_number_that_makes_no_sense_is_refused(self, two: Counter, count: int) -> None:
        assert (await refused(two.shop.second_yes.need_from(count))).code == "bad_count"

    async def test_it_has_an_end(self, two: Counter) -> None:
        def fill(db: Database) -> None:
            for index in range(48):
                proof = second_yes.Proof(name=f"No {index}", salt=b"s", hash=b"h")
                second_yes.keep(db, proof, two.clock.now())

        await two.shop._desk.store.write(fill)
        full = two.shop.second_yes.add("One More", HARVEST)
        assert (await refused(full)).code == "too_many_names"
        assert len((await two.shop.second_yes.add("No 7", HARVEST)).names) == 50

    async def test_no_word_stands_in_the_file_and_equal_words_look_different(
        self, two: Counter
    ) -> None:
        await two.shop.second_yes.add("Cy", LANTERN)
        kept = await two.shop._desk.store.read(second_yes.proofs)
        assert len({proof.hash for proof in kept}) == len({proof.salt for proof in kept}) == 3
        assert all(b"lantern" not in proof.hash + proof.salt for proof in kept)


async def test_the_passphrase_is_proved_while_the_file_is_open_and_no_other_word_is(
    counter: Counter,
) -> None:
    await counter.shop.prove(PASSPHRASE)
    for other in (Secret(""), Secret(PASSPHRASE.reveal() + " "), Secret("\ud800"), LANTERN):
        with pytest.raises(WrongPassphrase):
            await counter.shop.prove(other)
    assert await counter.shop.second_yes.rule(), "the file is still open"
