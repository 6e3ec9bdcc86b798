"""Replies by who wrote: search, next unread, a conversation in turn, and everything done in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events

from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Collected, Outcome
from shopbell.domain.replies import InboundText
from shopbell.domain.texts import State
from shopbell.services.events import Event, Happened
from shopbell.services.settings_file import read_settings, save_setting
from shopbell.tui.bell import Bell
from shopbell.tui.rows import Rows
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.quick_text import QuickText
from shopbell.tui.screens.replies import RepliesScreen
from shopbell.tui.screens.thread import ThreadScreen
from shopbell.tui.thread_words import folded
from shops import ANA, BO
from tui.counters import MARTA, PRIYA, Till, till
from tui.screens import press, screen_text, settle

CARD = "my card is 4111 1111 1111 1111"


async def hears(shown: Till, *said: tuple[str, str]) -> None:
    """Bring replies in as a gateway does."""
    for index, (who, text) in enumerate(said):
        one = InboundText(
            sender=who, text=text, gateway_id=f"late-{index}-{text[:9]}", at=shown.clock.now()
        )
        await shown.shop.inbox.take_in("drill", Collected(inbound=(one,)))
    await settle(shown.pilot)


async def comes(shown: Till, words: str) -> str:
    """Wait until the screen says something."""
    for _ in range(600):
        seen = await settle(shown.pilot)
        if words in seen:
            return seen
        await shown.pilot.pause(0.02)
    raise AssertionError(f"the screen never said {words!r}:\n{seen}")


async def gone(shown: Till, words: str) -> str:
    """Wait until the screen does not say something any more."""
    for _ in range(600):
        seen = await settle(shown.pilot)
        if words not in seen:
            return seen
        await shown.pilot.pause(0.02)
    raise AssertionError(f"the screen still says {words!r}:\n{seen}")


def told(shown: Till) -> str:
    """Return what was last said in a toast, and take every toast away."""
    said = [one.message for one in shown.app._notifications]
    shown.app.clear_notifications()
    return said[-1] if said else ""


async def paste(shown: Till, words: str) -> str:
    """Put words into the field or box that has the focus."""
    shown.app.post_message(events.Paste(words))
    return await settle(shown.pilot)


async def opened(shown: Till, sender: str) -> str:
    """Open one thread by its line."""
    await press(shown.pilot, "2", "home")
    for _ in range(30):
        chosen = shown.app.screen.query_one(Rows).chosen
        if chosen is not None and chosen.sender == sender:
            break
        await press(shown.pilot, "down")
    return await press(shown.pilot, "enter")


async def nobody_delivers(shown: Till) -> None:
    """Let no text leave by itself, so that a test says when."""
    session = shown.app._session
    assert session is not None
    session._stop.set()
    while session._task is None or not session._task.done():
        await shown.pilot.pause(0.02)


async def failed(shown: Till) -> None:
    """Leave a text to Ana that did not arrive."""
    await nobody_delivers(shown)
    shown.gateway.answers.append(Outcome.BAD_NUMBER)
    draft = TextDraft(number=ANA, body="Your wreath is ready.", purpose=Purpose.SERVICE,
                      topic="orders")  # fmt: skip
    await shown.shop.outbox.submit(draft)
    assert await shown.shop.delivery.take("the counter screen")
    (text,) = await shown.shop.delivery.deliver()
    assert text.state is State.FAILED


async def test_who_wrote_twice_is_one_line_with_the_count(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2")
        await hears(shown, (PRIYA, "or Saturday?"), (PRIYA, "after 3"))
        seen = await comes(shown, "after 3")
        assert seen.count("Priya Shah") == 1
        assert "3 new" in seen
        assert "or Saturday?" not in seen


async def test_a_thread_shows_theirs_and_ours_in_turn(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2")
        seen = await opened(shown, ANA)
        assert isinstance(shown.app.screen, ThreadScreen)
        assert "Ana Reyes   …0101" in seen
        assert seen.index("your order is ready") < seen.index("thanks!!")
        rows = [line for line in seen.split("\n") if "✓" in line or "←" in line]
        assert ["arrived" in line for line in rows] == [True, False]
        assert rows[1].rstrip().endswith("new")


async def test_opening_a_thread_marks_it_as_seen(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "2 Replies ·4" in await press(shown.pilot, "2")
        await opened(shown, ANA)
        assert "2 Replies ·3" in await comes(shown, "·3")
        seen = await press(shown.pilot, "escape")
        assert isinstance(shown.app.screen, RepliesScreen)
        (ana,) = [line for line in seen.split("\n") if "Ana Reyes" in line]
        assert "seen" in ana


async def test_what_may_be_a_stop_stays_on_top_when_it_was_seen(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, MARTA)
        seen = await press(shown.pilot, "escape")
        first = next(line for line in seen.split("\n") if "3 h" in line)
        assert "? is this a stop?" in first
        assert "Marta Ruiz" in first


async def test_u_walks_through_what_nobody_has_seen(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2")
        met = []
        for _ in range(4):
            await press(shown.pilot, "u")
            assert isinstance(shown.app.screen, ThreadScreen)
            met.append(shown.app.screen._sender)
        assert sorted(met) == sorted([ANA, BO, PRIYA, MARTA])
        assert met[0] == MARTA
        await press(shown.pilot, "u")
        assert told(shown) == "Nobody else has written anything new."
        assert (await shown.shop.inbox.unread())[0] == 0
        await press(shown.pilot, "escape")
        assert isinstance(shown.app.screen, RepliesScreen), "one esc leads back to the list"


@pytest.mark.parametrize(
    ("words", "there", "not_there"),
    [
        ("friday", "Priya Shah", "Bo Lind"),
        ("bo lind", "Bo Lind", "Priya Shah"),
        ("0107", "Marta Ruiz", "Priya Shah"),
    ],
)
async def test_slash_searches_in_what_they_wrote(
    full: Path, tmp_path: Path, words: str, there: str, not_there: str
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "slash")
        await paste(shown, words)
        seen = await comes(shown, "1 found")
        assert there in seen
        assert not_there not in seen
        assert there in await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, ThreadScreen)
        await press(shown.pilot, "escape", "escape")
        assert not_there in await comes(shown, not_there)


async def test_the_cursor_stays_with_its_person_when_somebody_else_writes(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "home")
        assert shown.app.screen.query_one(Rows).chosen.sender == MARTA
        await hears(shown, (PRIYA, "enough already"))
        seen = await comes(shown, "enough already")
        assert "Marta Ruiz" in next(line for line in seen.split("\n") if "▸" in line)
        await press(shown.pilot, "s")
        for who, stopped in ((MARTA, True), (PRIYA, False)):
            sheet = await shown.shop.people.sheet(shown.shop.people.read_number(who))
            assert (sheet.suppression is not None) is stopped


async def test_a_key_that_is_done_goes_on_to_the_next_line(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "home", "down")
        first = shown.app.screen.query_one(Rows).chosen.sender
        await press(shown.pilot, "x")
        await comes(shown, "2 Replies ·3")
        rows = shown.app.screen.query_one(Rows)
        assert rows.cursor == 1
        assert rows.chosen.sender != first


async def test_a_search_without_a_hit_says_how_to_go_back(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "slash")
        await paste(shown, "zzz[/]")
        seen = await comes(shown, "Nobody wrote “zzz[/]”.")
        assert "esc shows everybody again." in seen
        assert "Bo Lind" in await press(shown.pilot, "escape")


async def test_a_key_pressed_ahead_of_a_search_opens_what_was_searched(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "slash", *"tha", "enter")
        screen = shown.app.screen
        assert isinstance(screen, ThreadScreen)
        assert screen._sender == ANA


@pytest.mark.parametrize(("key", "stopped"), [("s", True), ("n", False)])
async def test_an_unclear_reply_is_judged_inside_its_thread(
    full: Path, tmp_path: Path, key: str, stopped: bool
) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, MARTA)
        # The cursor may be elsewhere: the keys are about what may be a stop.
        await hears(shown, (MARTA, "lovely shop by the way"))
        await comes(shown, "lovely shop")
        await press(shown.pilot, "end", key)
        await gone(shown, "is this a stop?")
        sheet = await shown.shop.people.sheet(shown.shop.people.read_number(MARTA))
        assert (sheet.suppression is not None) is stopped
        await press(shown.pilot, key)
        assert told(shown) == "It is clear what this reply means."


async def test_they_are_asked_inside_the_thread(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, MARTA)
        await press(shown.pilot, "k")
        await comes(shown, "Reply YES to keep them")


async def test_a_thread_is_answered_in_it_and_shows_the_answer(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, PRIYA)
        assert "Answer" in await press(shown.pilot, "a")
        await press(shown.pilot, "Y")
        await paste(shown, "es, Friday is fine")
        await press(shown.pilot, "enter", "enter")
        await comes(shown, "Fern & Finch: Yes, Friday is")
        assert isinstance(shown.app.screen, ThreadScreen)
        (text,) = (await shown.shop.outbox.find(number=PRIYA, count=1)).rows
        assert text.purpose is Purpose.CONVERSATION


async def test_enter_on_what_they_wrote_answers_it(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, PRIYA)
        await press(shown.pilot, "end", "enter")
        assert isinstance(shown.app.screen, QuickText)


async def test_an_answer_to_who_said_stop_is_refused_by_the_gate(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await nobody_delivers(shown)
        await opened(shown, BO)
        await press(shown.pilot, "a", "S")
        await paste(shown, "orry to see you go")
        await press(shown.pilot, "enter", "enter")
        assert isinstance(shown.app.screen, QuickText)
        assert "✗ not allowed" in screen_text(shown.app)
        found = await shown.shop.outbox.find(number=BO)
        assert all("Sorry" not in text.body for text in found.rows)


async def test_a_text_that_did_not_arrive_is_marked_and_tried_again(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await failed(shown)
        await press(shown.pilot, "2", "home")
        seen = await press(shown.pilot, "x")
        for _ in range(3):
            seen = await press(shown.pilot, "down", "x")
        assert "✗ did not arrive" in seen
        seen = await opened(shown, ANA)
        assert "failed" in seen
        await press(shown.pilot, "end")
        seen = await press(shown.pilot, "r")
        assert "Try again" in seen
        assert "Your wreath is ready." in seen
        await press(shown.pilot, "enter")
        await comes(shown, "waiting")
        found = await shown.shop.outbox.find((State.WAITING,), number=ANA)
        assert [text.body for text in found.rows] == ["Your wreath is ready."]
        assert found.rows[0].topic == "orders"


async def test_only_what_did_not_arrive_is_tried_again(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, ANA)
        for key in ("home", "end"):
            await press(shown.pilot, key, "r")
            assert told(shown) == "Choose a text of yours that did not arrive."


async def test_what_was_typed_before_stays_when_a_text_is_tried_again(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await failed(shown)
        await opened(shown, ANA)
        await press(shown.pilot, "a", "h")
        await paste(shown, "alf a thought")
        await press(shown.pilot, "enter", "escape", "end")
        assert "Your wreath is ready." in await press(shown.pilot, "r")
        await press(shown.pilot, "escape")
        assert "half a thought" in await press(shown.pilot, "a")


async def test_w_and_enter_explain_one_of_ours(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, ANA)
        await press(shown.pilot, "end", "w")
        assert told(shown) == "Choose one of your own texts: it knows why."
        for key in ("w", "enter"):
            assert "WHAT HAPPENED" in await press(shown.pilot, "home", key)
            await press(shown.pilot, "escape")


async def test_o_jumps_to_the_sheet_and_esc_comes_back(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, PRIYA)
        await press(shown.pilot, "o")
        assert isinstance(shown.app.screen, ContactScreen)
        await press(shown.pilot, "escape")
        assert isinstance(shown.app.screen, ThreadScreen)


async def test_c_writes_a_complaint_down(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, PRIYA)
        assert "Write down a complaint" in await press(shown.pilot, "end", "c")
        await press(shown.pilot, "f2")
        (one,) = await shown.shop.complaints.find()
        assert (one.number, one.words) == (PRIYA, "Can I pick up Friday?")


@pytest.mark.parametrize("inside", [True, False], ids=["thread", "list"])
async def test_a_secret_is_hidden_and_taken_out_for_good(
    full: Path, tmp_path: Path, inside: bool
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "2", "d")
        assert told(shown) == "There is no secret in this reply."
        await hears(shown, (PRIYA, CARD))
        seen = await opened(shown, PRIYA)
        if not inside:
            seen = await press(shown.pilot, "escape")
        assert "4111" not in seen
        assert "[a card number]" in seen
        assert "d takes it out for good" in seen
        assert "Take the secret out for good?" in await press(shown.pilot, "d")
        await press(shown.pilot, "escape")
        assert (await shown.shop.inbox.find(number=PRIYA)).rows[0].secrets
        await press(shown.pilot, "d", "enter")
        await gone(shown, "d takes it out for good")
        (newest, *_) = (await shown.shop.inbox.find(number=PRIYA)).rows
        assert newest.redacted_at is not None
        assert "4111" not in newest.text


async def test_a_sender_without_a_number_can_only_be_read(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await hears(shown, ("PARCELS", "your parcel is here"))
        seen = await opened(shown, "PARCELS")
        assert "PARCELS   no number to answer" in seen
        for key in ("a", "o", "enter"):
            seen = await press(shown.pilot, key)
            assert isinstance(shown.app.screen, ThreadScreen)
            if key != "enter":
                assert told(shown) == "This sender has no number that can be answered."
        assert "a answer" not in seen


async def test_what_arrives_while_a_thread_is_open_is_shown_at_its_end(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, ANA)
        await press(shown.pilot, "end")
        await hears(shown, (ANA, "[/]\x1b]0;x\x07 one more"))
        seen = await comes(shown, "one more")
        assert "[/]␛]0;x␇ one more" in seen
        assert next(line for line in seen.split("\n") if "▸" in line).count("one more") == 1
        assert "2 Replies ·3" in await comes(shown, "·3")


async def test_the_cursor_stays_on_its_text_when_something_arrives(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown, ANA)
        await press(shown.pilot, "home")
        await hears(shown, (ANA, "one more"))
        seen = await comes(shown, "one more")
        assert "order is ready" in next(line for line in seen.split("\n") if "▸" in line)


async def test_a_long_text_is_folded_and_a_huge_one_cut(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, size=(60, 20)) as shown:
        await hears(shown, (PRIYA, "tulips and roses " * 12), (PRIYA, "x" * 100_000))
        await opened(shown, PRIYA)
        seen = await press(shown.pilot, "home")
        assert seen.count("tulips and roses") > 3
        assert "…" in await press(shown.pilot, "end")


async def test_a_thread_folds_anew_when_the_window_changes(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, size=(120, 40)) as shown:
        await hears(shown, (PRIYA, "tulips and roses and peonies " * 6))
        await opened(shown, PRIYA)
        rows = shown.app.screen.query_one(Rows)
        wide = rows.count
        await shown.pilot.resize_terminal(60, 20)
        await settle(shown.pilot)
        assert rows.count > wide


async def test_a_reply_rings_only_where_the_owner_wants_it(full: Path, tmp_path: Path) -> None:
    kept: list[bool] = []
    async with till(full, tmp_path, bell=Bell(keep=kept.append)) as shown:
        rung: list[int] = []
        shown.app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
        await press(shown.pilot, "2")
        await press(shown.pilot, "colon", *"bell", "enter")
        assert told(shown) == "Rings when somebody writes."
        await arrives(shown, "second")
        assert rung == [1]
        await press(shown.pilot, "colon", *"bell", "enter")
        assert told(shown) == "Does not ring any more."
        (newest, *_) = (await shown.shop.inbox.find(number=ANA)).rows
        shown.app._news.tell(Event(kind=Happened.REPLY, at=newest.at, reply=newest))
        assert rung == [1]
    assert kept == [True, False]


async def arrives(shown: Till, words: str) -> None:
    """Let the gateway have a reply, and wait until it was fetched and told."""
    one = InboundText(sender=ANA, text=words, gateway_id=f"in-{words}", at=shown.clock.now())
    shown.gateway.replies.append(one)
    shown.clock.advance(minutes=5)
    shown.app._idle.start(shown.clock.now())
    for _ in range(600):
        await settle(shown.pilot)
        if "wrote." in told(shown):
            return
        await shown.pilot.pause(0.02)
    raise AssertionError(f"nobody was told of {words!r}")


def test_the_bell_is_remembered_and_is_off_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert read_settings(path).bell is False
    path.write_text('# mine\ntheme = "paper"\n', encoding="utf-8")
    assert save_setting(path, "bell", True)
    assert read_settings(path).bell is True
    assert read_settings(path).theme == "paper"
    assert path.read_text(encoding="utf-8").startswith("# mine\n")
    path.write_text('bell = "yes"\n', encoding="utf-8")
    assert read_settings(path).bell is False


@given(text=st.text(max_size=400), width=st.integers(4, 90))
def test_folded_lines_fit_and_lose_no_word(text: str, width: int) -> None:
    rows = folded(text, width)
    assert rows
    assert all(cell_len(row) <= width for row in rows)
    if rows[-1] != "…":
        assert letters(rows) == letters(folded(text, 10_000))


def letters(rows: Sequence[str]) -> str:
    return "".join("".join(row.split()) for row in rows)


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("", 10, [""]),
        ("hello there", 20, ["hello there"]),
        ("hello there", 8, ["hello", "there"]),
        ("one\ntwo\n\n", 8, ["one", "two"]),
        ("one\n\ntwo", 8, ["one", "", "two"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("名前が長い", 4, ["名前", "が長", "い"]),
        ("[/] \x1b[2J", 20, ["[/] ␛[2J"]),
    ],
)
def test_words_are_folded(text: str, width: int, rows: list[str]) -> None:
    assert folded(text, width) == rows


def test_a_huge_text_leaves_room_for_the_rest() -> None:
    rows = folded("word " * 200_000, 40)
    assert len(rows) == 30
    assert rows[-1] == "…"
