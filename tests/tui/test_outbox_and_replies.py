"""Every text and what became of it; what customers wrote and what it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shopbell.domain.consent import How, Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Outcome
from shopbell.domain.replies import InboundText
from shopbell.domain.texts import State
from shopbell.tui.rows import Rows
from shopbell.tui.screens.contact import ContactScreen
from shops import ANA
from tui.counters import MARTA, Till, till
from tui.screens import press, settle, type_in


async def until(shown: Till, words: str) -> str:
    """Wait until the screen says something."""
    for _ in range(80):
        seen = await settle(shown.pilot)
        if words in seen:
            return seen
        await shown.pilot.pause(0.05)
    raise AssertionError(f"the screen never said {words!r}:\n{seen}")


def a_draft(body: str = "Your order is ready.") -> TextDraft:
    return TextDraft(number=ANA, body=body, purpose=Purpose.SERVICE, topic="orders")


async def test_the_outbox_shows_every_text_newest_first(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "3")
        assert seen.count("✓ arrived") == 4
        assert "Fern & Finch: Hi, your order is ready to pick up." in seen
        assert "orders and appointments · 1 part · $0.0079" in seen


async def test_an_empty_outbox_says_what_comes_here(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        assert "No text has been written yet." in await press(shown.pilot, "3")


async def test_a_text_on_its_way_is_followed_without_a_key(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        shown.gateway.receipt_state = None
        await press(shown.pilot, "3")
        await shown.shop.outbox.submit(a_draft())
        await until(shown, "→ on its way")
        shown.gateway.receipt_state = State.DELIVERED
        shown.clock.advance(seconds=6)
        shown.app._idle.start(shown.clock.now())
        assert (await until(shown, "▸ ✓ arrived")).count("✓ arrived") == 5


async def test_an_unknown_text_is_settled_by_asking_the_gateway(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        # One that is not asked by itself, and would take the same text twice.
        shown.gateway.info = replace(
            shown.gateway.info, can_look_up=False, refuses_duplicates=False
        )
        shown.gateway.answers.append(Outcome.UNKNOWN)
        await press(shown.pilot, "3")
        await shown.shop.outbox.submit(a_draft())
        await until(shown, "? unknown")
        seen = await press(shown.pilot, "home", "s")
        assert "Now: failed." in seen


@pytest.mark.parametrize(
    ("keys", "state"),
    [
        (("enter",), State.UNKNOWN),
        (("escape",), State.UNKNOWN),
        (("down", "enter"), State.SENT),
        (("down", "down", "enter"), State.FAILED),
    ],
)
async def test_where_the_gateway_cannot_tell_the_owner_says_what_became_of_it(
    full: Path, tmp_path: Path, keys: tuple[str, ...], state: State
) -> None:
    async with till(full, tmp_path) as shown:
        shown.gateway.info = replace(
            shown.gateway.info, can_look_up=False, refuses_duplicates=False
        )
        shown.gateway.answers.append(Outcome.UNKNOWN)
        await press(shown.pilot, "3")
        submitted = await shown.shop.outbox.submit(a_draft())
        await until(shown, "? unknown")
        await shown.shop.gateways.set_up(
            replace((await shown.shop.gateways.configured())[0].config, name="other")
        )
        seen = await press(shown.pilot, "home", "s")
        assert "Was this text sent?" in seen
        assert "which is not the gateway in use now" in " ".join(seen.replace("│", " ").split())
        await press(shown.pilot, *keys)
        assert submitted.text is not None
        assert (await shown.shop.outbox.get(submitted.text.id)).state is state


async def test_only_an_unknown_text_can_be_settled(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "3")
        assert "Only a text with an unknown outcome" in await press(shown.pilot, "s")
        assert "This text has left already." in await press(shown.pilot, "x")


async def test_a_held_text_can_be_taken_back(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        shown.clock.advance(hours=10)
        shown.app._idle.start(shown.clock.now())
        await shown.shop.outbox.submit(a_draft())
        seen = await press(shown.pilot, "3")
        assert "… held" in seen
        assert "not before Wed 10:00" in seen
        seen = await press(shown.pilot, "home", "x")
        assert "Taken back: it will not leave." in seen
        await until(shown, "- taken back")


async def test_why_explains_from_what_was_stored(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "3")
        seen = await press(shown.pilot, "w")
        assert "Why?" in seen
        assert "✓ may go now" in seen
        assert "WHAT HAPPENED" in seen


async def test_enter_opens_who_got_it(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "3", "enter")
        assert isinstance(shown.app.screen, ContactScreen)
        assert "Outbox" in await press(shown.pilot, "escape")


async def test_replies_that_need_a_person_come_first(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "2")
        lines = [line for line in seen.split("\n") if "3 h" in line]
        assert "? is this a stop?" in lines[0]
        assert "Marta Ruiz" in lines[0]
        assert any("✗ said stop" in line and "Bo Lind" in line for line in lines)
        assert "enough roses for now" in seen
        assert "2 Replies ·4" in seen


async def test_an_empty_inbox_says_what_comes_here(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        assert "Nobody has written yet." in await press(shown.pilot, "2")


@pytest.mark.parametrize(("key", "stopped"), [("s", True), ("n", False)])
async def test_a_person_says_what_an_unclear_reply_means(
    full: Path, tmp_path: Path, key: str, stopped: bool
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", key)
        await shown.pilot.pause(0.2)
        seen = await settle(shown.pilot)
        assert "is this a stop?" not in seen
        number = shown.shop.people.read_number(MARTA)
        sheet = await shown.shop.people.sheet(number)
        assert (sheet.suppression is not None) is stopped
        assert sheet.unclear_stop_at is None


async def test_an_unclear_reply_says_why_and_until_when(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "2")
        assert 'They wrote "enough": it may be a stop, please judge.' in seen
        assert "Only answers can be sent to them." in seen
        assert "k ask" in seen


async def test_whoever_wrote_an_unclear_reply_is_asked(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "Asked." in await press(shown.pilot, "2", "k")
        await until(shown, "They were asked.")
        for _ in range(600):
            if shown.gateway.taken:
                break
            await shown.pilot.pause(0.05)
        (text,) = shown.gateway.taken
        assert text.to == MARTA
        assert "Reply YES to keep them or STOP to end them." in text.text
        assert "They were asked already." in await press(shown.pilot, "k")


async def test_a_clear_reply_needs_no_judging(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "down")
        assert "It is clear what this reply means." in await press(shown.pilot, "s")
        assert "n no stop" not in await settle(shown.pilot)


async def test_a_seen_reply_is_no_longer_counted(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "down", "x")
        assert "2 Replies ·3" in await until(shown, "·3")


async def test_a_reply_is_answered_in_its_own_conversation(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "down", "down", "down")
        seen = await press(shown.pilot, "a")
        assert "Priya Shah" in seen
        await type_in(shown.pilot, "Yes, Friday")
        await press(shown.pilot, "enter", "enter")
        for _ in range(600):
            if shown.gateway.taken:
                break
            await shown.pilot.pause(0.05)
        assert [text.text for text in shown.gateway.taken] == ["Fern & Finch: Yes, Friday"]


async def test_what_arrives_is_told_and_shown_without_a_key(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2")
        shown.gateway.replies.append(
            InboundText(
                sender=ANA,
                text="[/]\x1b]0;x\x07 one more",
                gateway_id="in-9",
                at=shown.clock.now(),
            )
        )
        seen = await press(shown.pilot, "f")
        assert "1 new." in seen
        seen = await until(shown, "one more")
        assert "[/]␛]0;x␇ one more" in seen


async def test_a_gateway_that_cannot_be_reached_is_a_sentence(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2")
        shown.gateway.unreachable = True
        assert "The gateway cannot be reached." in await press(shown.pilot, "f")
        assert "drill: not reach" in await until(shown, "drill: not")


async def test_o_opens_the_sheet_of_who_wrote(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "o")
        assert isinstance(shown.app.screen, ContactScreen)
        assert "2 Replies" in await press(shown.pilot, "escape")


async def test_a_reply_is_written_down_as_a_complaint_and_marked(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2")
        await press(shown.pilot, "end")
        chosen = shown.app.screen.query_one(Rows).chosen
        assert chosen is not None
        box = await press(shown.pilot, "c")
        assert "Write down a complaint" in box
        seen = await press(shown.pilot, "f2")
        assert "! complained: call" in seen
        (one,) = await shown.shop.complaints.find()
        assert (one.number, one.words, one.how) == (
            chosen.reply.number,
            chosen.reply.text,
            How.TEXT,
        )


async def test_a_waiting_text_gets_other_words_with_one_key(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        noon = shown.clock.now() + timedelta(hours=2)
        await shown.shop.outbox.submit(a_draft("Ready at one."), not_before=noon)
        await press(shown.pilot, "3", "home")
        seen = await press(shown.pilot, "e")
        assert "Other words instead, for 12:42" in seen
        assert "Fern & Finch: Ready at one." in seen
        await press(shown.pilot, "e")
        await type_in(shown.pilot, " Sorry, at two.")
        await until(shown, "Ready at one. Sorry, at two.")
        await press(shown.pilot, "enter", "enter")
        await until(shown, "- taken back")
        page = await shown.shop.outbox.find(count=2)
        assert [(text.body, text.state, text.not_before) for text in page.rows] == [
            ("Ready at one. Sorry, at two.", State.WAITING, noon),
            ("Ready at one.", State.CANCELED, noon),
        ]
        assert page.rows[0].replaces == page.rows[1].id


async def test_leaving_the_box_leaves_the_old_words(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        noon = shown.clock.now() + timedelta(hours=2)
        await shown.shop.outbox.submit(a_draft("Ready at one."), not_before=noon)
        await press(shown.pilot, "3", "home", "e", "escape")
        assert (await shown.shop.outbox.find(count=1)).rows[0].state is State.WAITING
        assert "Other words instead" not in await settle(shown.pilot)


async def test_what_has_left_takes_no_other_words(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "This text has left already." in await press(shown.pilot, "3", "e")
