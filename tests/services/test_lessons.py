"""Every lesson: solved it is done, the wrong turn is told, and nothing is done by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

import pytest

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import How, Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.texts import OutboundText, State
from shopbell.domain.wishes import Channel
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.gateways.practice import PracticeGateway, practice_server
from shopbell.gateways.practice_script import Script
from shopbell.gateways.shelf import Shelf
from shopbell.services.clock import FixedClock
from shopbell.services.demo import SAMPLE_NOW, practice_shop, private_copy, sample_file
from shopbell.services.lessons import LESSONS, lesson
from shopbell.services.practising import Lesson, Practising, Stage, Standing
from shopbell.services.shop import Shop
from shopbell.tui.commands import COMMANDS
from shopbell.tui.own_keys import with_keys

pytestmark = pytest.mark.anyio


@dataclass(slots=True, kw_only=True)
class Class:
    """A lesson that is being played, over the real wire of the practice gateway."""

    shop: Shop
    practice: PracticeGateway
    clock: FixedClock
    at: Practising
    passed: list[str]

    @property
    def stage(self) -> Stage:
        """What it is about."""
        assert self.at._stage is not None
        return self.at._stage

    async def goes_on(self, seconds: float = 6.0) -> Standing:
        """Let some time pass: texts leave, replies and receipts come in."""
        self.clock.advance(seconds=seconds)
        await self.shop.delivery.deliver()
        with suppress(GatewayTrouble):  # it may be dead
            await self.shop.delivery.sync()
        return await self.at.look()

    async def text(self, body: str, purpose: Purpose = Purpose.CONVERSATION) -> None:
        """Text whom it is about."""
        number = self.stage.who
        await self.shop.outbox.submit(TextDraft(number=number, body=body, purpose=purpose))

    async def said(self) -> int:
        """Return the id of the newest reply."""
        page = await self.shop.inbox.find()
        return next(one.id for one in page.rows if one.number == self.stage.who)


@asynccontextmanager
async def playing(name: str) -> AsyncIterator[Class]:
    """Begin a lesson on a copy of the practice shop."""
    wanted = lesson(name)
    assert wanted is not None
    clock = FixedClock(SAMPLE_NOW)
    passed: list[str] = []
    with private_copy(sample_file()) as path:
        async with (
            practice_server(now=clock.now, script=Script()) as practice,
            practice_shop(
                path, practice, clock=clock, shelf=lambda used: Shelf(now=used.now)
            ) as shop,
        ):
            clock.advance(seconds=(wanted.at - SAMPLE_NOW).total_seconds())
            assert await shop.delivery.take("the lesson")
            at = Practising(wanted, practice, passed=lambda one: passed.append(one.id))
            await at.begin(shop)
            yield Class(shop=shop, practice=practice, clock=clock, at=at, passed=passed)


# -- what solves each, task by task --


async def _complain(here: Class) -> None:
    await here.shop.complaints.open(
        ComplaintDraft(
            number=here.stage.who,
            kind=ComplaintKind.ORDER,
            words="wilted tulips",
            how=How.TEXT,
            at=here.shop.clock.now(),
        )
    )


async def _answer(here: Class) -> None:
    await here.text("I am sorry, Joe. Come by and I give you your money back.")


async def _end_complaint(here: Class) -> None:
    (found,) = await here.shop.complaints.find(number=here.stage.who)
    await here.shop.complaints.close(found.id, "money back")


async def _is_stop(here: Class) -> None:
    await here.shop.inbox.judge_unclear(await here.said(), is_stop=True)  # type: ignore[arg-type]


async def _ask(here: Class) -> None:
    await here.shop.inbox.ask(await here.said())  # type: ignore[arg-type]


async def _read(here: Class) -> None:
    await here.shop.threads.mark_read(here.stage.who)


async def _wants_calls(here: Class) -> None:
    await here.shop.wishes.record(here.stage.who, channel=Channel.CALL)


async def _ready(here: Class) -> None:
    await here.text("hi Priya, your order is ready.", Purpose.SERVICE)


async def _take_back(here: Class) -> None:
    page = await here.shop.outbox.find(number=here.stage.who)
    assert await here.shop.outbox.cancel(page.rows[0].id)


async def _watch(here: Class) -> None:
    for _ in range(10):
        await here.goes_on()


async def _unknown(here: Class) -> list[OutboundText]:
    page = await here.shop.outbox.find((State.UNKNOWN,))
    return [text for text in page.rows if text.number in here.stage.people]


async def _settle(here: Class) -> None:
    assert here.stage.campaign is not None
    assert (await here.shop.unknowns.ask(here.stage.campaign)).asked == 3


async def _settle_one(here: Class) -> None:
    await here.shop.outbox.settle((await _unknown(here))[0].id)


async def _wait(here: Class) -> None:
    for _ in range(4):
        await here.goes_on(61)


async def _guess(here: Class) -> None:
    await _watch(here)
    await here.shop.outbox.settle((await _unknown(here))[0].id, False)


async def _resume(here: Class) -> None:
    assert here.stage.campaign is not None
    await here.shop.runs.resume(here.stage.campaign)
    await here.goes_on()


Doing = Callable[[Class], Awaitable[None]]

SOLVED: tuple[tuple[str, tuple[Doing, ...]], ...] = (
    ("angry", (_complain, _end_complaint)),
    ("odd-stop", (_is_stop,)),
    ("odd-stop", (_ask,)),
    ("call", (_read, _wants_calls)),
    ("late", (_ready, _take_back)),
)


async def _stop_joe(here: Class) -> None:
    await here.shop.consents.opt_out(here.stage.who, How.TEXT, "angry")


async def _wave_away(here: Class) -> None:
    await here.shop.inbox.judge_unclear(await here.said(), is_stop=False)  # type: ignore[arg-type]


async def _text_gus(here: Class) -> None:
    await here.text("Hi Gus, what can I do for you?")


async def _abort(here: Class) -> None:
    assert here.stage.campaign is not None
    await here.shop.runs.abort(here.stage.campaign)


SLIPS: tuple[tuple[str, Doing, str], ...] = (
    ("angry", _stop_joe, "he never said stop"),
    ("angry", _answer, "call him"),
    ("odd-stop", _wave_away, "when in doubt"),
    ("call", _text_gus, "Call him."),
    ("gateway", _abort, "for good"),
    ("gateway", _guess, "did not know"),
)


@pytest.mark.parametrize(("name", "doings"), SOLVED, ids=[name for name, _ in SOLVED])
async def test_a_lesson_that_is_solved_task_by_task_is_done(
    name: str, doings: tuple[Doing, ...]
) -> None:
    async with playing(name) as here:
        before = await here.goes_on()
        assert not any(before.done), "nothing may be done by itself"
        assert before.next is before.lesson.tasks[0]
        for count, doing in enumerate(doings, start=1):
            await doing(here)
            standing = await here.goes_on()
            assert standing.done.count(True) == count, standing
            assert not standing.slip
        assert standing.is_done
        assert standing.next is None
        assert here.passed == [name]
        await here.goes_on()
        assert here.passed == [name], "told once"


WAYS_TO_KNOW: tuple[tuple[str, Doing, Doing], ...] = (
    ("asked at once and again", _settle, _settle),
    ("asked about one, then waited", _settle_one, _wait),
    ("asked about all, then waited", _settle, _wait),
)


@pytest.mark.parametrize(
    ("way", "ask", "learn"), WAYS_TO_KNOW, ids=[way for way, *_ in WAYS_TO_KNOW]
)
async def test_the_gateway_that_dies_leaves_something_to_do_and_nobody_gets_it_twice(
    way: str, ask: Doing, learn: Doing
) -> None:
    async with playing("gateway") as here:
        assert not any((await here.at.look()).done)
        await _watch(here)
        standing = await here.at.look()
        assert standing.done == (True, False, False, False)
        assert here.stage.campaign is not None
        campaign = await here.shop.campaigns.get(here.stage.campaign)
        assert campaign.state is CampaignState.PAUSED
        assert len(await _unknown(here)) == 3, "three in a row stop a campaign"

        await here.goes_on(3_600)
        assert (await here.at.look()).done.count(True) == 1, "Shopbell cannot do it by itself"
        await ask(here)
        assert len(await _unknown(here)) == 3, "a dead gateway tells nothing"
        assert (await here.at.look()).done == (True, True, False, False)
        assert (await here.goes_on()).done.count(True) == 2, f"there is time to ask: {way}"

        await learn(here)
        assert (await here.at.look()).done == (True, True, True, False)
        assert not await _unknown(here)
        await _resume(here)
        for _ in range(200):
            standing = await here.goes_on()
            if standing.is_done:
                break
            # On the phone a moment later: the practice gateway's own server sees to that.
            await asyncio.sleep(0.02)
        assert standing.is_done
        assert not standing.slip
        arrived = [text.to for text in here.practice.seen() if text.arrivals]
        assert sorted(arrived) == sorted(here.stage.people)
        assert here.passed == ["gateway"]


async def test_receipts_and_replies_come_until_the_gateway_dies_and_again_afterwards() -> None:
    async with playing("gateway") as here:
        await here.shop.delivery.sync()
        await _watch(here)
        with pytest.raises(GatewayTrouble):
            await here.shop.delivery.sync()
        await _settle(here)
        await here.at.look()
        await here.shop.delivery.sync()


@pytest.mark.parametrize(
    ("name", "doing", "said"), SLIPS, ids=[f"{name}-{said}" for name, _, said in SLIPS]
)
async def test_the_wrong_turn_is_told_and_the_lesson_is_not_done(
    name: str, doing: Doing, said: str
) -> None:
    async with playing(name) as here:
        assert not (await here.goes_on()).slip
        await doing(here)
        standing = await here.goes_on()
        assert said in standing.slip
        assert not standing.is_done
        assert not here.passed


async def test_a_later_task_counts_only_once_those_before_it_are_done() -> None:
    async with playing("call") as here:
        await here.goes_on()
        await _wants_calls(here)
        assert (await here.goes_on()).done == (False, False)
        await _read(here)
        assert (await here.goes_on()).done == (True, True)


async def test_what_was_done_stays_done_and_a_lesson_begins_once() -> None:
    async with playing("late") as here:
        await _ready(here)
        assert (await here.goes_on()).done == (True, False)
        page = await here.shop.outbox.find((State.HELD, State.WAITING), number=here.stage.who)
        assert page.total == 1, "nothing leaves at night"
        people = (await here.shop.people.find("Priya Frost")).total
        await here.at.begin(here.shop)
        assert (await here.shop.people.find("Priya Frost")).total == people
        await _take_back(here)
        assert (await here.goes_on()).is_done


async def test_a_lesson_is_refused_over_a_shop_that_is_no_practice_shop() -> None:
    async with playing("late") as here:
        here.shop._desk.profile = replace(here.shop.profile, practice=False)
        with pytest.raises(BadInput, match="practice shop only"):
            await Practising(LESSONS[0], here.practice).begin(here.shop)
        assert not here.practice.replies()


# -- what is written in them --

_IDS = {one.id for one in COMMANDS}


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_a_lesson_says_what_to_do_in_words_that_name_real_keys(one: Lesson) -> None:
    for task in one.tasks:
        said = with_keys(task.words)
        assert "[" not in said, said
        assert said[0].isupper()
        assert said.endswith(".")
        assert len(said) <= 150, "it has two lines on a narrow screen"
        assert task.in_lines[0].isupper()
        assert task.in_lines.endswith(".")
        assert "[" not in task.in_lines, "there are no keys in lines"
    for text in (one.story, one.hint, one.learned, *(slip.words for slip in one.slips)):
        assert text.endswith((".", "?"))
        assert "[" not in text


def test_names_of_lessons_are_unique_and_short() -> None:
    names = [one.id for one in LESSONS]
    assert len(set(names)) == len(names) >= 5
    assert all(name.replace("-", "").isalpha() and len(name) <= 12 for name in names)
    assert lesson("nothing") is None
    assert [lesson(name) for name in names] == list(LESSONS)
