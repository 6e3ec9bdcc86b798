"""The switch: off means nothing leaves, from any process; a copy opens with it off."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from crowds import campaign, crowd
from shopbell.domain.campaigns import CampaignState, Pause
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.sending import IS_A_COPY, ON, Sending, off_sentence
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.drill import DrillShelf
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop import Shop
from shopbell.store import places
from shops import ANA, BO, PASSPHRASE, Counter


@asynccontextmanager
async def opened(counter: Counter, path: Path) -> AsyncIterator[Shop]:
    """Open a shop file at the counter's time, over its gateway."""
    shop = await open_shop(
        path,
        Opener(secret=PASSPHRASE),
        clock=counter.clock,
        shelf=DrillShelf(counter.gateway),
    )
    try:
        yield shop
    finally:
        await shop.close()


async def delivered(shop: Shop) -> int:
    assert await shop.delivery.take("a copy")
    return len(await shop.delivery.deliver())


async def agreed(counter: Counter) -> None:
    await counter.add()
    await counter.agree()


class TestTheSwitch:
    async def test_it_is_on_in_a_file_that_says_nothing(self, counter: Counter) -> None:
        assert await counter.shop.sending.now() == ON
        assert await counter.shop.sending.history() == ()

    async def test_off_nothing_leaves_and_on_it_does(self, counter: Counter) -> None:
        await agreed(counter)
        off = await counter.shop.sending.turn_off("the printer ran amok", by="Ana")
        assert off == Sending(
            on=False, why="the printer ran amok", by="Ana", since=counter.clock.now()
        )
        submitted = await counter.submit()
        assert submitted.text is not None
        assert submitted.text.state is State.WAITING
        assert await counter.deliver() == ()
        assert counter.gateway.taken == []
        assert await counter.shop.sending.turn_on(by="Bo") == ON
        assert len(await counter.deliver()) == 1

    async def test_a_single_text_is_no_way_around_it(self, counter: Counter) -> None:
        await agreed(counter)
        await counter.shop.sending.turn_off()
        submitted = await counter.submit()
        assert submitted.text is not None
        await counter.shop.delivery.take("a test")
        assert await counter.shop.delivery.deliver(only=submitted.text.id) == ()

    async def test_it_holds_for_a_process_that_had_begun_before(self, counter: Counter) -> None:
        await crowd(counter, 4)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        await counter.shop.runs.start(made.id)
        counter.clock.advance(seconds=61)
        await counter.shop.delivery.take("a test")
        await counter.shop.delivery.deliver(seconds=0)
        async with opened(counter, counter.path) as till:
            await till.sending.turn_off("wrong words", by="Bo")
        assert await counter.shop.delivery.deliver() == ()
        assert len(counter.gateway.taken) == 1
        # It was only switched off: the campaign itself was not paused.
        assert (await counter.shop.campaigns.get(made.id)).state is CampaignState.RUNNING
        await counter.shop.sending.turn_on()
        assert len(await counter.shop.delivery.deliver()) == 3

    async def test_replies_come_in_and_a_stop_counts_while_it_is_off(
        self, counter: Counter
    ) -> None:
        await agreed(counter)
        await counter.submit()
        await counter.shop.sending.turn_off()
        counter.hears("STOP")
        await counter.shop.delivery.take("a test")
        await counter.shop.delivery.sync()
        texts = {one.purpose: one for one in (await counter.shop.outbox.find()).rows}
        assert texts[Purpose.SERVICE].state is State.CANCELED
        # The answer to their stop waits as well, until sending is on again.
        assert texts[Purpose.COMPLIANCE].state is not State.SENT
        assert counter.gateway.taken == []

    async def test_no_campaign_starts_or_resumes_while_it_is_off(self, counter: Counter) -> None:
        await crowd(counter, 2)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        await counter.shop.sending.turn_off("closing early")
        with pytest.raises(BadInput, match="closing early") as refused:
            await counter.shop.runs.start(made.id)
        assert refused.value.code == "sending_off"
        assert "sending on" in refused.value.hint

    async def test_every_turn_is_kept_newest_first(self, counter: Counter) -> None:
        await counter.shop.sending.turn_off("one", by="Ana")
        counter.clock.advance(minutes=5)
        await counter.shop.sending.turn_off("two", by="Bo")
        counter.clock.advance(minutes=5)
        await counter.shop.sending.turn_on(by="Ana")
        turns = await counter.shop.sending.history()
        assert [(one.on, one.why, one.by) for one in turns] == [
            (True, "", "Ana"),
            (False, "two", "Bo"),
            (False, "one", "Ana"),
        ]
        assert turns[0].at - turns[2].at == timedelta(minutes=10)
        assert len(await counter.shop.sending.history(1)) == 1

    async def test_the_screens_hear_of_it(self, counter: Counter) -> None:
        heard: list[Changed] = []
        counter.shop.subscribe(heard.append)
        await counter.shop.sending.turn_off()
        assert Changed.SENDING in heard

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("  too   many\ncomplaints ", "too many complaints"),
            ("", ""),
            ("[/] \x1b[2J", "[/] \x1b[2J"),
            ("x" * 200, "x" * 200),
        ],
    )
    async def test_a_reason_is_one_line(self, counter: Counter, typed: str, kept: str) -> None:
        assert (await counter.shop.sending.turn_off(typed)).why == kept

    async def test_a_reason_nobody_would_read_is_refused(self, counter: Counter) -> None:
        with pytest.raises(BadInput) as refused:
            await counter.shop.sending.turn_off("x" * 201)
        assert refused.value.code == "reason_too_long"
        assert (await counter.shop.sending.now()).on


def _renamed(path: Path) -> Path:
    return path.rename(path.with_name("renamed.db"))


def _copied(path: Path) -> Path:
    return Path(shutil.copyfile(path, path.with_name("copy.db")))


def _copied_with_its_times(path: Path) -> Path:
    return Path(shutil.copy2(path, path.with_name("copy.db")))


def _moved(path: Path) -> Path:
    folder = path.parent / "other"
    folder.mkdir()
    return Path(shutil.move(path, folder / path.name))


def _restored(path: Path) -> Path:
    backup = path.with_name("backup.db")
    shutil.copyfile(path, backup)
    backup.replace(path)
    return path


ELSEWHERE = (_renamed, _copied, _copied_with_its_times, _moved, _restored)


class TestACopy:
    @pytest.mark.parametrize("somehow", ELSEWHERE)
    async def test_a_file_that_is_not_where_it_was_does_not_ring(
        self, counter: Counter, somehow: Callable[[Path], Path]
    ) -> None:
        await agreed(counter)
        await counter.deliver()
        await counter.submit()
        await counter.shop.close()
        async with opened(counter, somehow(counter.path)) as copy:
            now = await copy.sending.now()
            assert (now.on, now.is_copy, now.why) == (False, True, IS_A_COPY)
            assert await delivered(copy) == 0
            assert counter.gateway.taken == []
            now = await copy.sending.now()
            assert (now.is_copy, now.since) == (True, counter.clock.now())
            (turn,) = await copy.sending.history()
            assert (turn.on, turn.why) == (False, IS_A_COPY)

    async def test_the_file_it_was_copied_from_goes_on(self, counter: Counter) -> None:
        await agreed(counter)
        await counter.deliver()
        await counter.submit()
        await counter.shop.close()
        copied = _copied(counter.path)
        async with opened(counter, copied) as copy:
            assert await delivered(copy) == 0
        async with opened(counter, counter.path) as original:
            assert await original.sending.now() == ON
            assert await delivered(original) == 1

    async def test_a_link_to_the_file_is_the_file(self, counter: Counter) -> None:
        await counter.deliver()
        await counter.shop.close()
        link = counter.path.with_name("link.db")
        link.symlink_to(counter.path)
        async with opened(counter, link) as shop:
            assert await shop.sending.now() == ON

    async def test_a_file_that_never_sent_anything_is_nobodys_copy(self, counter: Counter) -> None:
        await agreed(counter)
        await counter.submit()
        await counter.shop.close()
        async with opened(counter, _copied(counter.path)) as copy:
            assert await copy.sending.now() == ON
            assert await delivered(copy) == 1

    async def test_what_waited_in_it_is_asked_about_and_then_goes_or_not(
        self, counter: Counter
    ) -> None:
        await agreed(counter)
        await counter.add(BO, "Bo Lind")
        await counter.agree(BO)
        await counter.deliver()
        await counter.submit("one is ready.")
        await counter.submit("two is ready.", BO)
        later = counter.clock.now() + timedelta(hours=2)
        await counter.shop.outbox.submit(
            (await counter.submit("three is ready.", BO)).judged.facts.draft, not_before=later
        )
        await counter.shop.close()
        async with opened(counter, _copied(counter.path)) as copy:
            assert await delivered(copy) == 0
            await copy.sending.turn_on(by="Ana")
            assert await delivered(copy) == 0
            asked = await copy.missed.find()
            assert [text.body for text in asked] == [
                "one is ready.",
                "two is ready.",
                "three is ready.",
                "three is ready.",
            ]
            assert all("copy" in text.missed for text in asked)
            await copy.missed.let_go(asked[0].id)
            assert await copy.outbox.cancel(asked[1].id)
            assert await delivered(copy) == 1
            assert "one is ready" in counter.gateway.taken[0].text
            assert await copy.missed.let_all_go() == 2
            assert await copy.missed.find() == ()
            assert await delivered(copy) == 1
            (scheduled,) = (await copy.outbox.find((State.WAITING,))).rows
            assert scheduled.not_before == later
            words = [event.word for event in await copy.outbox.events(asked[0].id)]
            assert words == ["[written]", "[asked the shop]", "[owner]", "[claimed]", "accepted"]

    async def test_its_campaigns_are_paused_and_say_why(self, counter: Counter) -> None:
        await crowd(counter, 3)
        made = await campaign(counter)
        await counter.shop.runs.approve(made.id)
        await counter.shop.runs.start(made.id)
        await counter.deliver()
        await counter.shop.close()
        counter.clock.advance(seconds=61)
        async with opened(counter, _copied(counter.path)) as copy:
            assert await delivered(copy) == 0
            paused = await copy.campaigns.get(made.id)
            assert (paused.state, paused.pause) == (CampaignState.PAUSED, Pause.COPY)
            assert "copy" in paused.why
            await copy.sending.turn_on()
            assert await delivered(copy) == 0
            await copy.runs.resume(made.id)
            assert await delivered(copy) == 3

    async def test_a_text_that_was_on_its_way_is_unknown_in_the_copy(
        self, counter: Counter
    ) -> None:
        await agreed(counter)
        await counter.submit()
        await counter.deliver()
        await counter.shop._desk.store.write(
            lambda db: db.execute("UPDATE text SET state = 'sending'") and None
        )
        await counter.shop.close()
        async with opened(counter, _copied(counter.path)) as copy:
            assert await delivered(copy) == 0
            (text,) = (await copy.outbox.find()).rows
            assert text.state is State.UNKNOWN

    async def test_the_owners_word_holds_until_it_is_copied_again(self, counter: Counter) -> None:
        await agreed(counter)
        await counter.deliver()
        await counter.shop.close()
        copied = _copied(counter.path)
        async with opened(counter, copied) as copy:
            # On before anybody delivered: what waited is asked about all the same.
            await copy.sending.turn_on(by="Ana")
        async with opened(counter, copied) as copy:
            assert await copy.sending.now() == ON
        async with opened(counter, _renamed(copied)) as again:
            assert (await again.sending.now()).is_copy

    async def test_turned_on_at_once_what_waited_is_asked_about_all_the_same(
        self, counter: Counter
    ) -> None:
        await agreed(counter)
        await counter.deliver()
        await counter.submit()
        await counter.shop.close()
        async with opened(counter, _copied(counter.path)) as copy:
            await copy.sending.turn_on()
            assert len(await copy.missed.find()) == 1
            assert await delivered(copy) == 0

    async def test_what_is_written_in_it_afterwards_goes_by_itself(self, counter: Counter) -> None:
        await agreed(counter)
        await counter.deliver()
        await counter.shop.close()
        async with opened(counter, _copied(counter.path)) as copy:
            await copy.sending.turn_on()
            draft = TextDraft(number=ANA, body="fresh.", purpose=Purpose.SERVICE)
            await copy.outbox.submit(draft)
            assert await delivered(copy) == 1

    async def test_only_what_is_asked_about_can_be_let_go(self, counter: Counter) -> None:
        await agreed(counter)
        submitted = await counter.submit()
        assert submitted.text is not None
        with pytest.raises(BadInput) as refused:
            await counter.shop.missed.let_go(submitted.text.id)
        assert refused.value.code == "not_missed"
        assert await counter.shop.missed.let_all_go() == 0


class TestThePlace:
    def test_a_path_or_an_inode_makes_another_place(self, tmp_path: Path) -> None:
        one = places.place_of(tmp_path / "a.db", 1)
        assert one == places.place_of(tmp_path / "a.db", 1)
        assert len({one, places.place_of(tmp_path / "b.db", 1)}) == 2
        assert len({one, places.place_of(tmp_path / "a.db", 2)}) == 2

    def test_another_computer_makes_another_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        numbers = {}
        for name, number in {"one": b"4f2a\n", "two": b"77e1\n", "none": b""}.items():
            file = tmp_path / name
            file.write_bytes(number)
            monkeypatch.setattr(places, "_MACHINE_ID", file)
            places.machine.cache_clear()
            numbers[name] = places.machine()
        monkeypatch.setattr(places, "_MACHINE_ID", tmp_path / "missing")
        places.machine.cache_clear()
        assert places.machine() == numbers["none"] == ""
        places.machine.cache_clear()
        assert len(set(numbers.values())) == 3
        assert "4f2a" not in numbers["one"]


@pytest.mark.parametrize(
    ("switch", "said"),
    [
        (ON, ""),
        (Sending(on=False), "Sending was turned off."),
        (Sending(on=False, by="Ana"), "Sending was turned off by Ana."),
        (Sending(on=False, why="wrong words."), "Sending was turned off: wrong words."),
        (Sending(on=False, why="rain", by="Bo"), "Sending was turned off by Bo: rain"),
        (Sending(on=False, why=IS_A_COPY, is_copy=True), f"Sending is off. {IS_A_COPY}"),
    ],
)
def test_why_nothing_leaves_is_a_sentence(switch: Sending, said: str) -> None:
    assert off_sentence(switch) == said
