"""One text to one person: found, said, judged while it is typed, sent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual import events

from shopbell.domain.consent import Purpose
from shopbell.domain.texts import NOT_LEFT, State
from shopbell.errors import Busy
from shopbell.tui.composer import Composer
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.quick_text import QuickText
from shops import ANA
from tui.counters import PRIYA, Till, till
from tui.screens import press, settle, type_in


async def to_ana(shown: Till, *keys: str) -> str:
    """Open the box, choose Ana, press some more keys."""
    await press(shown.pilot, "t")
    await type_in(shown.pilot, "an")
    return await press(shown.pilot, "enter", *keys)


async def sent_texts(shown: Till) -> list[str]:
    """Wait a moment and return what the gateway got."""
    for _ in range(600):
        if shown.gateway.taken:
            break
        await shown.pilot.pause(0.05)
    return [text.text for text in shown.gateway.taken]


async def test_typing_finds_and_the_arrows_choose(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "t")
        seen = await type_in(shown.pilot, "an")
        assert "▸ Ana Reyes" in seen
        assert "Anneke de Wit" in seen
        seen = await press(shown.pilot, "down", "enter")
        assert "To   Anneke de Wit   …0109" in seen


async def test_nobody_found_is_said_and_enter_does_nothing(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "t")
        assert "Nobody is called that." in await type_in(shown.pilot, "zzz")
        assert "a name or a number" not in await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, QuickText)


async def test_a_ready_text_shows_the_whole_text_parts_price_and_decision(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await to_ana(shown, "1")
        assert "Fern & Finch: Hi Ana, your order is ready to pick up." in seen
        assert "1 part · plain letters ·" in seen
        assert "$0.0079" in seen
        assert "✓ may go now" in seen
        assert "they said yes on 21 Nov 2026, on paper; 1 text this week so far" in seen


async def test_another_digit_changes_the_text(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown, "1")
        seen = await press(shown.pilot, "2")
        assert "your order is running late" in seen
        assert "ready to pick up" not in seen


async def test_a_digit_that_comes_before_the_line_has_the_focus_is_taken(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown)
        shown.app.screen.set_focus(None)
        await press(shown.pilot, "1")
        assert "your order is ready to pick up" in await settle(shown.pilot)


async def test_typing_own_words_is_measured_and_judged_while_it_goes_on(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown)
        seen = await type_in(shown.pilot, "Your peonies came in")
        assert "1 part · plain letters" in seen
        assert "✓ may go now" in seen
        seen = await type_in(shown.pilot, " ł")
        assert "special letters" in seen
        assert "Because of ł a part holds 70 letters, not 160." in seen
        seen = await press(shown.pilot, "enter")
        assert "Fern & Finch: Your peonies came in ł" in seen
        assert shown.gateway.taken == [], "the first Enter shows, the second one sends"
        await press(shown.pilot, "enter")
        assert await sent_texts(shown) == ["Fern & Finch: Your peonies came in ł"]


async def test_a_text_that_is_pasted_comes_after_what_stands_there_and_is_judged(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown)
        shown.app.post_message(events.Paste("Your peonies came in."))
        seen = await settle(shown.pilot)
        assert "Your peonies came in." in seen
        assert "✓ may go now" in seen
        await press(shown.pilot, "enter")
        shown.app.post_message(events.Paste(" Until 6." + "x" * 1_000_000))
        await settle(shown.pilot)
        box = shown.app.screen.query_one(Composer)
        assert box.body.startswith("Your peonies came in. Until 6.xxx")
        assert len(box.body) == 2000


async def test_letters_are_commands_again_once_something_is_said(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown, "1")
        await press(shown.pilot, "e")
        seen = await type_in(shown.pilot, " Until 6.")
        assert "pick up. Until 6." in seen
        seen = await press(shown.pilot, "enter", "p")
        assert "for offers" in seen


async def test_a_refusal_says_why_and_enter_sends_nothing(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "t")
        await type_in(shown.pilot, "dana")
        seen = await press(shown.pilot, "enter", "1")
        assert "✗ not allowed" in seen
        assert "✓" not in seen
        assert "↵ send" not in seen, "what is refused is not offered"
        seen = await press(shown.pilot, "enter")
        assert "It cannot go as it is" in seen
        assert isinstance(shown.app.screen, QuickText)
        page = await shown.shop.outbox.find((State.WAITING, State.HELD))
        assert page.total == 0
        assert shown.gateway.taken == []


async def test_w_shows_every_reason_and_where_the_rule_is_written(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "t")
        await type_in(shown.pilot, "dana")
        await press(shown.pilot, "enter", "1")
        seen = await press(shown.pilot, "w")
        assert "Why?" in seen
        assert "decided 10:42" in seen
        assert "Text somebody" in await press(shown.pilot, "escape")


async def test_out_of_hours_the_text_is_kept_and_says_until_when(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        shown.clock.advance(hours=10)
        shown.app._idle.start(shown.clock.now())
        seen = await to_ana(shown, "1")
        assert "… not before Wed 10:00" in seen
        assert "Kept for Ana Reyes until Wed 10:00." in await press(shown.pilot, "enter")
        page = await shown.shop.outbox.find((State.HELD,))
        assert page.total == 1
        assert shown.gateway.taken == []


async def test_a_hold_nobody_has_seen_wants_a_second_enter(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        shown.clock.advance(hours=10)
        shown.app._idle.start(shown.clock.now())
        await to_ana(shown)
        box = shown.app.screen
        assert isinstance(box, QuickText)
        composer = box._composer
        assert composer is not None
        composer.body, composer.checked = "Your order is ready.", None
        await box.do_send()
        assert isinstance(shown.app.screen, QuickText)
        assert "not before Wed 10:00" in await settle(shown.pilot)
        await box.do_send()
        await settle(shown.pilot)
        assert isinstance(shown.app.screen, PeopleScreen)


async def test_what_was_typed_is_kept_for_the_same_person(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown)
        await type_in(shown.pilot, "Half a thought")
        await press(shown.pilot, "escape")
        assert isinstance(shown.app.screen, PeopleScreen)
        await press(shown.pilot, "t")
        await type_in(shown.pilot, "priya")
        assert "Half a thought" not in await press(shown.pilot, "enter")
        await press(shown.pilot, "escape")
        assert "Fern & Finch: Half a thought" in await to_ana(shown)


async def test_a_sent_text_is_not_kept(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown, "1", "enter")
        assert "ready to pick up" not in await to_ana(shown)


async def test_an_answer_is_a_conversation_and_may_go_after_they_wrote(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        screen = shown.app.screen
        assert isinstance(screen, PeopleScreen)
        screen.post_message(screen.TextWanted(PRIYA, "Priya Shah", answering=True))
        await shown.pilot.pause(0.1)
        seen = await settle(shown.pilot)
        assert "Answer" in seen
        assert "for an answer" in seen
        await type_in(shown.pilot, "Yes, Friday is fine")
        seen = await press(shown.pilot, "enter")
        assert "✓ may go now" in seen
        assert "↵ send" in seen
        assert "they wrote 3 h ago" in seen


@pytest.mark.parametrize("times", [1, 2, 3, 4])
async def test_the_purpose_goes_round(full: Path, tmp_path: Path, times: int) -> None:
    async with till(full, tmp_path) as shown:
        seen = await to_ana(shown, "1", *["p"] * times)
        said = ("for offers", "for events", "for an answer", "for orders and appointments")
        assert said[times - 1] in seen


async def test_a_secret_is_stopped_before_it_leaves(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown)
        seen = await type_in(shown.pilot, "My card is 4111 1111 1111 1111")
        assert "✗ not allowed" in seen
        await press(shown.pilot, "enter", "enter")
        assert shown.gateway.taken == []


async def test_trouble_with_the_file_is_a_sentence_in_the_box(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown)
        box = shown.app.screen
        assert isinstance(box, QuickText)
        assert box._composer is not None
        box._composer.show_error(Busy("Another window is writing.", "Wait a moment [/]."))
        assert "! Another window is writing. Wait a moment [/]." in await settle(shown.pilot)


async def test_the_box_opens_once(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.pilot.press("t")
        await shown.pilot.press("t")
        await settle(shown.pilot)
        assert sum(isinstance(one, QuickText) for one in shown.app.screen_stack) == 1


async def test_a_text_to_somebody_already_texted_counts_the_week(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        draft = (await shown.shop.outbox.find(number=ANA)).rows[0]
        assert draft.purpose is Purpose.SERVICE
        assert shown.clock.now() - draft.created_at < timedelta(days=7)
        assert "1 text this week so far" in await to_ana(shown, "1")


async def later(shown: Till, typed: str) -> str:
    """Say when the text is to leave."""
    await press(shown.pilot, "s")
    if typed:
        shown.app.post_message(events.Paste(typed))
    return " ".join((await press(shown.pilot, "enter")).replace("│", " ").split())


async def test_a_text_is_kept_for_the_moment_somebody_chooses(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "s later" in await to_ana(shown, "1")
        seen = await later(shown, "tue 11:00")
        assert "✓ may go 11:00" in seen
        assert "it is decided again then" in seen
        await press(shown.pilot, "enter")
        assert "Kept for Ana Reyes until 11:00" in await settle(shown.pilot)
        (text,) = [one for one in (await shown.shop.outbox.find()).rows if one.state in NOT_LEFT]
        assert text.not_before is not None
        assert text.not_before > shown.clock.now()
        assert shown.gateway.taken == []


async def test_a_moment_is_asked_for_in_plain_words_kept_with_the_draft_and_taken_back(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown)
        assert "Not before when?" not in await press(shown.pilot, "f2"), "nothing is said yet"
        await press(shown.pilot, "1")
        assert "! “soon” has no time of day." in await later(shown, "soon")
        await press(shown.pilot, "escape")
        await later(shown, "tue 11:00")
        await press(shown.pilot, "escape")
        assert "11:00" in await to_ana(shown), "left and opened again"
        assert "✓ may go now" in await later(shown, "")


async def test_a_chosen_moment_at_night_is_held_by_the_rules_all_the_same(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown, "1")
        seen = await later(shown, "tue 23:30")
        assert "✓" not in seen
        await press(shown.pilot, "enter")
        assert "until Wed" in await settle(shown.pilot)
