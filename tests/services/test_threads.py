"""The inbox by who wrote: one thread per sender, what needs somebody first, all of it in turn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Collected, Outcome
from shopbell.domain.ids import E164, ReplyId
from shopbell.domain.people import ContactDraft
from shopbell.domain.replies import Band, InboundText, Reading, Reply
from shopbell.domain.texts import State
from shopbell.domain.threads import Thread, in_turn
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shops import ANA, BO, NOW, Counter

CY = E164("+12125550103")


async def wrote(
    counter: Counter, *said: tuple[str, str], at: datetime | None = None, step: int = 1
) -> None:
    """Bring replies in, each a minute after the one before."""
    for index, (who, text) in enumerate(said):
        counter.clock.advance(minutes=step)
        one = InboundText(
            sender=who, text=text, gateway_id=f"{who}-{text[:20]}-{index}",
            at=at or counter.clock.now(),
        )  # fmt: skip
        await counter.shop.inbox.take_in("drill", Collected(inbound=(one,)))


async def listed(counter: Counter, words: str = "") -> tuple[Thread, ...]:
    return (await counter.shop.threads.find(words)).rows


async def test_each_sender_is_one_line_with_what_is_unread(counter: Counter) -> None:
    await wrote(counter, (ANA, "hello"), (BO, "hi"), (ANA, "are you open?"))
    ana, bo = await listed(counter)
    assert (ana.reply.number, ana.reply.text, ana.replies, ana.unread) == (
        ANA, "are you open?", 2, 2,
    )  # fmt: skip
    assert (bo.reply.number, bo.replies, bo.unread) == (BO, 1, 1)
    assert ana.needs_somebody


async def test_what_may_be_a_stop_stands_before_newer_words_of_the_same_person(
    counter: Counter,
) -> None:
    await wrote(counter, (ANA, "enough roses for now"), (ANA, "lovely shop"), (BO, "hi"))
    ana, bo = await listed(counter)
    assert ana.reply.text == "enough roses for now"
    assert ana.reply.is_unclear
    assert bo.reply.number == BO


async def test_an_unread_thread_comes_before_a_newer_one_that_was_seen(counter: Counter) -> None:
    await wrote(counter, (ANA, "hello"), (BO, "hi"))
    assert await counter.shop.threads.mark_read(BO) == 1
    assert [one.reply.number for one in await listed(counter)] == [ANA, BO]
    assert await counter.shop.threads.mark_read(ANA) == 1
    assert [one.reply.number for one in await listed(counter)] == [BO, ANA]
    assert not any(one.needs_somebody for one in await listed(counter))


async def test_seeing_a_thread_is_told_once(counter: Counter) -> None:
    await wrote(counter, (ANA, "hello"), (ANA, "again"), (BO, "hi"))
    told: list[Changed] = []
    counter.shop.subscribe(told.append)
    assert await counter.shop.threads.mark_read(ANA) == 2
    assert await counter.shop.threads.mark_read(ANA) == 0
    assert told == [Changed.REPLIES]
    assert (await counter.shop.inbox.unread())[0] == 1


async def test_senders_without_a_number_have_threads_of_their_own(counter: Counter) -> None:
    await wrote(counter, ("PARCELS", "your parcel"), ("22000", "code"), ("PARCELS", "it came"))
    parcels, code = await listed(counter)
    assert (parcels.reply.number, parcels.reply.sender, parcels.replies) == (None, "PARCELS", 2)
    found = await counter.shop.threads.read("PARCELS")
    assert [one.words for one in found.said] == ["your parcel", "it came"]
    assert found.number is None
    assert await counter.shop.threads.mark_read("22000") == 1
    assert code.reply.sender == "22000"


async def test_a_sender_that_only_looks_like_a_number_is_not_taken_for_one(
    counter: Counter,
) -> None:
    await wrote(counter, ("+1", "hello"))
    found = await counter.shop.threads.read("+1")
    assert found.number is None
    assert [one.words for one in found.said] == ["hello"]


async def test_theirs_and_ours_stand_in_turn(counter: Counter) -> None:
    await counter.add()
    await counter.agree()
    await counter.submit()
    await counter.deliver()
    await wrote(counter, (ANA, "Can I come at 5?"))
    counter.clock.advance(minutes=1)
    await counter.shop.outbox.submit(
        TextDraft(number=ANA, body="Yes, at 5.", purpose=Purpose.CONVERSATION)
    )
    await counter.deliver()
    found = await counter.shop.threads.read(ANA)
    assert [one.words for one in found.said] == [
        "Fern & Finch: your order is ready. STOP to end",
        "Can I come at 5?",
        "Fern & Finch: Yes, at 5.",
    ]
    assert [one.text is not None for one in found.said] == [True, False, True]
    assert (found.name, found.number, found.earlier) == ("Ana Reyes", ANA, 0)
    assert (await counter.shop.inbox.find()).total == 1


async def test_what_came_in_the_same_second_stays_in_the_order_it_came(counter: Counter) -> None:
    words = [f"word {index}" for index in range(8)]
    await wrote(counter, *((ANA, word) for word in words), at=NOW)
    found = await counter.shop.threads.read(ANA, most=6)
    assert [one.words for one in found.said] == words[2:]


async def test_only_the_newest_part_of_a_long_thread_is_read(counter: Counter) -> None:
    await wrote(counter, *((ANA, f"word {index}") for index in range(12)))
    found = await counter.shop.threads.read(ANA, most=5)
    assert [one.words for one in found.said] == [f"word {index}" for index in range(7, 12)]
    assert found.earlier == 7


async def test_who_never_wrote_and_was_never_texted_has_no_thread(counter: Counter) -> None:
    with pytest.raises(BadInput, match="Nothing was said"):
        await counter.shop.threads.read(ANA)


async def test_the_oldest_unclear_reply_of_a_thread_is_known(counter: Counter) -> None:
    await wrote(counter, (ANA, "enough roses for now"), (ANA, "hm"), (ANA, "less please"))
    found = await counter.shop.threads.read(ANA)
    assert found.unclear is not None
    assert found.unclear.text == "enough roses for now"
    await counter.shop.inbox.judge_unclear(found.unclear.id, is_stop=True)
    assert (await counter.shop.threads.read(ANA)).unclear is None


async def test_a_text_that_did_not_arrive_marks_the_thread_until_one_does(
    counter: Counter,
) -> None:
    await counter.add()
    await counter.agree()
    await wrote(counter, (ANA, "hello"))
    counter.gateway.answers.append(Outcome.BAD_NUMBER)
    await counter.submit()
    (failed,) = await counter.deliver()
    assert failed.state is State.FAILED
    (thread,) = await listed(counter)
    assert thread.failed == failed.id
    found = await counter.shop.threads.read(ANA)
    assert [one.can_be_tried_again for one in found.said] == [False, True]
    await counter.submit("your order is still ready.")
    await counter.deliver()
    (thread,) = await listed(counter)
    assert thread.failed is None


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("roses", [ANA]),
        ("ROSES", [ANA]),
        ("red roses", [ANA]),
        ("roses tulips", []),
        ("lind", [BO]),
        ("bo", [BO]),
        ("0102", [BO]),
        ("(212) 555-0102", [BO]),
        ("555", ["PARCELS"]),
        ("100%", []),
        ("50%", [BO]),
        ("_", []),
        ("parcels", ["PARCELS"]),
        ("zzz", []),
        ("   ", [BO, "PARCELS", ANA]),
    ],
)
async def test_threads_are_searched(counter: Counter, words: str, who: list[str]) -> None:
    await counter.shop.people.add(ContactDraft(number=BO, name="Bo Lind"))
    await wrote(
        counter,
        (ANA, "Do you have red roses?"),
        ("PARCELS", "parcel 555 is here"),
        (BO, "50% off?"),
    )
    page = await counter.shop.threads.find(words)
    assert [one.reply.number or one.reply.sender for one in page.rows] == who
    assert page.total == len(who)


async def test_a_found_thread_counts_all_its_replies(counter: Counter) -> None:
    await wrote(counter, (ANA, "red roses?"), (ANA, "thanks"), (BO, "hi"))
    (ana,) = await listed(counter, "roses")
    assert (ana.replies, ana.unread, ana.reply.text) == (2, 2, "thanks")


async def test_threads_come_in_windows_that_fit_together(counter: Counter) -> None:
    await wrote(counter, *((E164(f"+1212555{101 + index:04d}"), "hello") for index in range(9)))
    whole = await listed(counter)
    parts: list[Thread] = []
    for first in range(0, 9, 4):
        page = await counter.shop.threads.find(first=first, count=4)
        assert (page.first, page.total) == (first, 9)
        parts += page.rows
    assert tuple(parts) == whole


async def test_a_gateway_whose_clock_is_ahead_does_not_stay_on_top(counter: Counter) -> None:
    await wrote(counter, (ANA, "from the future"), at=NOW + timedelta(days=4000))
    await wrote(counter, (BO, "now"))
    assert [one.reply.number for one in await listed(counter)] == [BO, ANA]
    await wrote(counter, (ANA, "afterwards"))
    found = await counter.shop.threads.read(ANA)
    assert [one.words for one in found.said] == ["from the future", "afterwards"]


async def test_a_secret_stays_hidden_in_a_thread(counter: Counter) -> None:
    await wrote(counter, (ANA, "my card is 4111 1111 1111 1111"))
    found = await counter.shop.threads.read(ANA)
    assert found.said[0].words == "my card is [a card number]"
    (line,) = await listed(counter)
    assert "4111" not in line.reply.veiled


def a_reply(number: int, minutes: int, late: int) -> Reply:
    at = NOW + timedelta(minutes=minutes + late)
    return Reply(
        id=ReplyId(number), number=ANA, sender=ANA, contact_id=None, name="", text=str(number),
        at=at, received_at=NOW + timedelta(minutes=minutes), gateway="drill",
        reading=Reading(band=Band.NONE, intent=None, why=""), done="", read_at=None,
    )  # fmt: skip


@given(
    when=st.lists(
        st.tuples(st.integers(0, 5000), st.integers(-500, 500)), max_size=30, unique=True
    ),
    most=st.integers(0, 40),
)
def test_what_was_said_is_in_order_and_nothing_of_the_newest_is_missing(
    when: list[tuple[int, int]], most: int
) -> None:
    replies: list[Any] = [a_reply(i, minutes, late) for i, (minutes, late) in enumerate(when)]
    said = in_turn(replies, (), most)
    assert [one.at for one in said] == sorted(one.at for one in said)
    assert len(said) == min(most, len(replies))
    assert all(one.reply is not None and one.at <= one.reply.received_at for one in said)
    left_out = {one.id for one in replies} - {one.reply.id for one in said if one.reply}
    times = [min(one.at, one.received_at) for one in replies if one.id in left_out]
    assert not times or not said or max(times) <= said[0].at
