"""The text box on what words say: what makes them dear, an offer, a day that passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.domain.consent import Purpose
from shopbell.domain.texts import State
from shopbell.tui.screens.quick_text import QuickText
from shopbell.tui.screens.really_service import ReallyService
from tui.counters import Till, till
from tui.screens import HOSTILE, press, settle, type_in

CURLY = "We\u2019re ready: your order can be collected at the back door of the shop."
PROMOTES = "Your order is ready. 20% off wreaths"
REASON = "They asked for that price"


async def to_ana(shown: Till, words: str) -> str:
    """Open the box, choose Ana, type the words and finish typing."""
    await press(shown.pilot, "t")
    await type_in(shown.pilot, "an")
    await press(shown.pilot, "enter")
    await type_in(shown.pilot, words)
    return await press(shown.pilot, "enter")


def flat(seen: str) -> str:
    """Return the screen as one line, for sentences that are broken over several."""
    return " ".join(seen.replace("\u2502", " ").replace("\u258c", " ").split())


async def sent_texts(shown: Till) -> list[str]:
    for _ in range(600):
        if shown.gateway.taken:
            break
        await shown.pilot.pause(0.05)
    return [text.text for text in shown.gateway.taken]


async def test_the_dear_character_is_named_and_o_straightens_it(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await to_ana(shown, CURLY)
        assert "2 parts \u00b7 special letters" in seen
        assert "2 x $0.0079 = $0.0158" in seen
        assert "The \u2019 in \u201cWe\u2019re\u201d makes this 2 parts; with ' it is 1." in flat(
            seen
        )
        assert "Press o to straighten it." in flat(seen)
        assert "o straighten" in seen
        seen = await press(shown.pilot, "o")
        assert "1 part \u00b7 plain letters" in seen
        assert "We're ready" in seen
        assert "straighten" not in seen
        await press(shown.pilot, "enter")
        assert await sent_texts(shown) == [f"Fern & Finch: {CURLY.replace(chr(0x2019), chr(39))}"]


async def test_nothing_is_straightened_unless_somebody_says_so(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown, CURLY)
        await press(shown.pilot, "enter")
        assert await sent_texts(shown) == [f"Fern & Finch: {CURLY}"]


async def test_while_somebody_types_the_function_key_does_it(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "t")
        await type_in(shown.pilot, "an")
        await press(shown.pilot, "enter")
        seen = await type_in(shown.pilot, CURLY)
        assert "Press f8 to straighten it." in flat(seen)
        seen = await press(shown.pilot, "f8")
        assert "1 part \u00b7 plain letters" in seen
        await type_in(shown.pilot, " Bye")
        seen = await press(shown.pilot, "enter")
        assert "We're ready" in seen
        assert "shop. Bye" in flat(seen)


async def test_where_nothing_is_saved_o_says_so(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await to_ana(shown, "It\u2019s ready")
        assert "straighten" not in seen
        seen = await press(shown.pilot, "o")
        assert "No other characters would make this text cheaper." in flat(seen)


async def test_an_offer_in_a_text_about_an_order_is_refused_and_asked_about(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await to_ana(shown, PROMOTES)
        assert "\u2717 not allowed" in seen
        assert "\u201c20% off\u201d is promotion" in flat(seen)
        assert "r says why it only serves their order." in flat(seen)
        seen = await press(shown.pilot, "r")
        assert "Is this no offer?" in seen
        assert isinstance(shown.app.screen, ReallyService)
        seen = await type_in(shown.pilot, "ok")
        seen = await press(shown.pilot, "enter")
        assert "Say it in a few words more." in seen
        await press(shown.pilot, "ctrl+u")
        await type_in(shown.pilot, REASON)
        seen = await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, QuickText)
        assert "\u2713 may go now" in seen
        assert f"No offer, because: \u201c{REASON}\u201d" in flat(seen)
        await press(shown.pilot, "enter")
        assert await sent_texts(shown) == [f"Fern & Finch: {PROMOTES}"]
        (text, *_) = (await shown.shop.outbox.find()).rows
        assert (text.purpose, text.really_service) == (Purpose.SERVICE, REASON)
        await press(shown.pilot, "3")
        seen = await press(shown.pilot, "w")
        assert f"It counts as no offer, because: \u201c{REASON}\u201d" in flat(seen)


async def test_leaving_the_question_changes_nothing(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown, PROMOTES)
        await press(shown.pilot, "r")
        await type_in(shown.pilot, REASON)
        seen = await press(shown.pilot, "escape")
        assert isinstance(shown.app.screen, QuickText)
        assert "\u2717 not allowed" in seen
        assert shown.gateway.taken == []


async def test_a_reason_falls_away_with_the_words_it_was_given_for(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown, PROMOTES)
        await press(shown.pilot, "r")
        await type_in(shown.pilot, REASON)
        await press(shown.pilot, "f2", "e")
        await type_in(shown.pilot, " and tulips")
        seen = await press(shown.pilot, "enter")
        assert "\u2717 not allowed" in seen
        assert "because" not in seen


async def test_a_reason_is_kept_with_a_draft_that_was_left(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await to_ana(shown, PROMOTES)
        await press(shown.pilot, "r")
        await type_in(shown.pilot, REASON)
        await press(shown.pilot, "f2", "escape", "t")
        await type_in(shown.pilot, "an")
        seen = await press(shown.pilot, "enter")
        assert f"because: \u201c{REASON}\u201d" in flat(seen)
        assert "\u2713 may go now" in seen


async def test_without_an_offer_there_is_nothing_to_explain(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await to_ana(shown, "Your order is ready")
        assert "not an offer" not in seen
        seen = await press(shown.pilot, "r")
        assert "Nothing in this text makes it an offer." in flat(seen)
        assert isinstance(shown.app.screen, QuickText)


async def test_a_day_that_passes_is_shown_with_its_last_moment(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await to_ana(shown, "Here until 5 today")
        assert (
            "\u201cuntil 5 today\u201d is true until Tue 24 Nov 16:59; the text does not leave"
            in flat(seen)
        )
        assert "\u2713 may go now" in seen


async def test_at_night_a_text_for_tonight_is_refused_not_kept(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        shown.clock.advance(hours=10)
        shown.app._idle.start(shown.clock.now())
        seen = await to_ana(shown, "See you tonight")
        assert "\u2717 not allowed" in seen
        assert "\u201ctonight\u201d is true until Tue 24 Nov 23:59" in flat(seen)
        await press(shown.pilot, "enter")
        assert (await shown.shop.outbox.find((State.HELD, State.WAITING))).total == 0


async def test_warnings_are_told_few_at_once_and_all_of_them_by_w(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await to_ana(shown, "URGENT!!! ACT NOW, REPLY CANCEL")
        assert "trips spam filters" in flat(seen)
        assert "more note" in seen
        assert "w shows all" in flat(seen)
        seen = await press(shown.pilot, "w")
        assert "THINK ABOUT IT" in seen
        assert "is read as a stop" in flat(seen)


@pytest.mark.parametrize("trap", [one for one in HOSTILE if len(one) < 60])
async def test_hostile_words_and_reasons_stay_words(full: Path, tmp_path: Path, trap: str) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "t")
        await type_in(shown.pilot, "an")
        await press(shown.pilot, "enter")
        box = shown.app.screen
        assert isinstance(box, QuickText)
        assert box._composer is not None
        box._composer.body = f"20% off {trap} today!!!"
        box._composer.confirm_service(f"because {trap} was agreed")
        seen = await settle(shown.pilot)
        assert "because" in seen
        assert not set(seen) & {"\x1b", "\x07", "\u202e"}
