"""The app around the screens: lock, blank, quit, colours, help, palette, toasts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Input

from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.services.settings_file import Settings
from shopbell.services.themes import Themes, read_themes, shipped_folder
from shopbell.tui.app import Ending
from shopbell.tui.plain import PlainApp
from shopbell.tui.preferences import Preferences
from shopbell.tui.rows import Rows
from shopbell.tui.screens.blank import Blank
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.theme_picker import ThemePicker
from shopbell.tui.screens.unlock import Unlock
from shops import ANA
from tui.counters import Till, till
from tui.screens import HOSTILE, exported_text, press, screen_text, settle, type_in
from tui.test_goldens import troubled

SHIPPED = [theme.name for theme in read_themes([shipped_folder()]).good]


async def until_locked(shown: Till) -> str:
    for _ in range(200):
        if isinstance(shown.app.screen, Unlock):
            return await settle(shown.pilot)
        await shown.pilot.pause(0.03)
    raise AssertionError("it never locked")


async def test_the_screen_is_read_as_the_app_itself_exports_it(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        for keys in ((), ("enter",), ("t",), ("escape", "3")):
            await press(shown.pilot, *keys)
            assert screen_text(shown.app) == exported_text(shown.app)


@pytest.mark.parametrize("key", ["l", "f10"])
async def test_a_key_locks_and_the_file_is_closed(full: Path, tmp_path: Path, key: str) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "enter")
        await shown.pilot.press(key)
        seen = await until_locked(shown)
        assert "Locked." in seen
        assert "Ana Reyes" not in seen
        assert shown.app._session is None
        assert len(shown.app.screen_stack) == 2
        assert not list(tmp_path.glob("shop.db-*")), "one clean file at rest"


async def test_a_locked_file_opens_again_with_the_passphrase(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.pilot.press("l")
        await until_locked(shown)
        await type_in(shown.pilot, "maple harbor violin candle")
        await shown.pilot.press("enter")
        for _ in range(200):
            if isinstance(shown.app.screen, PeopleScreen):
                break
            await shown.pilot.pause(0.03)
        assert "12 people" in await settle(shown.pilot)


async def test_ten_quiet_minutes_lock(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        for _ in range(10):
            shown.clock.advance(seconds=59)
            shown.app._look_at_the_time()
        assert isinstance(shown.app.screen, PeopleScreen)
        shown.clock.advance(seconds=11)
        shown.app._look_at_the_time()
        assert "Locked after 10 quiet minutes." in await until_locked(shown)


async def test_a_key_keeps_it_open(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, preferences=Preferences(Settings(lock_minutes=1))) as shown:
        shown.clock.advance(seconds=50)
        await press(shown.pilot, "down")
        shown.clock.advance(seconds=50)
        shown.app._look_at_the_time()
        assert isinstance(shown.app.screen, PeopleScreen)


async def test_a_computer_that_slept_is_locked_before_its_first_key_does_anything(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        shown.clock.advance(hours=8)
        await shown.pilot.press("enter")
        seen = await until_locked(shown)
        assert "Locked: the computer was asleep." in seen
        assert "Ana Reyes" not in seen


async def test_locking_can_hand_over_to_a_fresh_process(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, leave_when_locked=True) as shown:
        await shown.pilot.press("l")
        for _ in range(1000):
            if shown.app.return_value is not None:
                break
            await shown.pilot.pause(0.03)
        assert shown.app.return_value is Ending.LOCKED
        assert shown.app._session is None


@pytest.mark.parametrize("key", ["b", "f12"])
async def test_a_key_blanks_the_screen_and_any_key_brings_it_back(
    full: Path, tmp_path: Path, key: str
) -> None:
    async with till(full, tmp_path) as shown:
        before = await settle(shown.pilot)
        seen = await press(shown.pilot, key)
        assert seen.split() == ["press", "any", "key"]
        assert await press(shown.pilot, "t") == before, "the key does nothing else"


async def test_f12_blanks_over_a_box_and_while_somebody_types(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "t", "a")
        assert "press any key" in await press(shown.pilot, "f12")
        assert "Text somebody" in await press(shown.pilot, "x")


async def test_no_toast_shows_over_a_blank_screen(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "b")
        shown.app.notify("Marta Ruiz wrote.")
        assert "Marta" not in await settle(shown.pilot)


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_toast_shows_hostile_text_as_it_is(text: str) -> None:
    app = PlainApp[None]()
    async with app.run_test(size=(60, 12), notifications=True) as pilot:
        app.notify(text[:60], title=text[:20], markup=True)
        seen = await settle(pilot)
        assert not any(ord(char) < 32 and char != "\n" for char in seen)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quitting_with_nothing_on_its_way_needs_no_question(
    full: Path, tmp_path: Path, key: str
) -> None:
    async with till(full, tmp_path) as shown:
        await shown.pilot.press(key)
        for _ in range(1000):
            if shown.app.return_value is not None:
                break
            await shown.pilot.pause(0.02)
        assert shown.app.return_value is Ending.QUIT
    assert not list(tmp_path.glob("shop.db-*"))


async def test_quitting_asks_while_texts_have_not_left(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        session = shown.app._session
        assert session is not None
        session._stop.set()  # nobody delivers any more
        for _ in range(1000):
            if session._task is not None and session._task.done():
                break
            await shown.pilot.pause(0.02)
        assert await shown.shop.delivery.take("the counter screen")
        draft = TextDraft(number=ANA, body="Ready.", purpose=Purpose.SERVICE, topic="orders")
        await shown.shop.outbox.submit(draft)
        seen = await press(shown.pilot, "q")
        assert "Close Shopbell?" in seen
        assert "1 text has not left yet." in seen
        assert "▸ Finish the text that is on its way, then close" in seen
        await press(shown.pilot, "escape")
        assert shown.app.return_value is None
        await press(shown.pilot, "q", "down", "enter")
        assert shown.app.return_value is None
        await press(shown.pilot, "q")
        await shown.pilot.press("enter")
        await shown.pilot.pause(0.1)
        assert shown.app.return_value is Ending.QUIT


async def test_a_question_answers_yes_only_for_its_first_choice() -> None:
    answers: list[bool | None] = []

    class Asking(App[None]):
        def on_mount(self) -> None:
            self.push_screen(Confirm("Sure?", "[/]", yes="Yes", no="No"), answers.append)

    for keys, answer in ((("enter",), True), (("down", "enter"), None), (("escape",), None)):
        app = Asking()
        async with app.run_test(size=(70, 16)) as pilot:
            assert "[/]" in await settle(pilot)
            await press(pilot, *keys)
        assert answers.pop() is answer


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_shows_the_keys_of_the_place_and_esc_closes_it(
    full: Path, tmp_path: Path, key: str
) -> None:
    async with till(full, tmp_path) as shown:
        before = await settle(shown.pilot)
        seen = await press(shown.pilot, key)
        assert "What you can do here" in seen
        assert "Write down a person who just said yes." in seen
        assert "l  f10" in seen + await press(shown.pilot, "end")
        assert await press(shown.pilot, "escape") == before


async def test_the_palette_finds_a_command_and_runs_it_where_it_came_from(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        assert "Everything you can do" in await press(shown.pilot, "ctrl+p")
        seen = await type_in(shown.pilot, "outbox")
        assert "Every text and what became of it." in seen
        await press(shown.pilot, "down")
        seen = await press(shown.pilot, "up", "enter")
        assert "✓ arrived" in seen


async def test_the_palette_shows_what_is_not_possible_with_the_reason(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "3", "colon")
        await type_in(shown.pilot, "settle")
        seen = await press(shown.pilot, "enter")
        assert "Everything you can do" in seen
        assert "Only a text with an unknown outcome can be settled." in seen


async def test_the_palette_says_when_nothing_is_called_that(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "ctrl+p")
        assert "Nothing is called that." in await type_in(shown.pilot, "zzz")
        await press(shown.pilot, "enter", "down")
        assert "12 people" in await press(shown.pilot, "escape")


async def test_colours_are_tried_on_and_kept_or_given_back(full: Path, tmp_path: Path) -> None:
    chosen: list[str | int] = []

    def remember(name: str, value: str | int) -> bool:
        chosen.append(value)
        return name == "theme"

    async with till(full, tmp_path, preferences=Preferences(remember=remember)) as shown:
        shown.app.do_themes()
        seen = await settle(shown.pilot)
        assert "▸ fern" in seen
        await press(shown.pilot, "down")
        assert shown.app.theme == "iris"
        await press(shown.pilot, "escape")
        assert (shown.app.theme, chosen) == ("fern", [])
        shown.app.do_themes()
        await settle(shown.pilot)
        await press(shown.pilot, "up", "enter")
        assert (shown.app.theme, chosen) == ("dusk", ["dusk"])


async def test_a_refused_theme_file_is_named_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a long path would be broken over two lines
    Path("[bold].toml").write_text("name = 'x'")
    themes = read_themes([shipped_folder(), Path()])

    class Picking(App[None]):
        def on_mount(self) -> None:
            self.push_screen(ThemePicker(Themes(good=(), refused=themes.refused), "fern"))

    async with Picking().run_test(size=(100, 20)) as pilot:
        assert "[bold].toml: It has no [colours] part." in await settle(pilot)


async def test_a_vanished_theme_is_a_sentence_and_no_crash(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, preferences=Preferences(Settings(theme="gone"))) as shown:
        assert shown.app.theme in SHIPPED


async def test_no_colour_starts_in_the_terminals_own_theme(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, no_colour=True) as shown:
        assert shown.app.theme == "ansi-dark"
        assert "12 people" in await settle(shown.pilot)


@pytest.mark.parametrize("theme", SHIPPED)
async def test_every_theme_shows_the_cursor_on_its_own_ground(
    full: Path, tmp_path: Path, theme: str
) -> None:
    async with till(full, tmp_path, preferences=Preferences(Settings(theme=theme))) as shown:
        rows = shown.app.screen.query_one(Rows)
        here, other = rows.render_line(0), rows.render_line(1)
        grounds = [
            {(segment.style.bgcolor, segment.style.reverse) for segment in line if segment.style}
            for line in (here, other)
        ]
        assert grounds[0] != grounds[1]
        assert all(segment.style.bold for segment in here if segment.style and segment.text.strip())


async def test_esc_at_a_place_goes_nowhere(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        before = await settle(shown.pilot)
        assert await press(shown.pilot, "escape", "escape") == before


async def test_digits_go_to_places_and_never_pile_up(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "enter")
        said = {"2": "is this a stop?", "3": "arrived", "4": "Bring in", "1": "12 people"}
        for key, words in said.items():
            assert words in await press(shown.pilot, key)
            assert len(shown.app.screen_stack) == 2


async def test_slash_searches_from_anywhere(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "3", "slash")
        assert isinstance(shown.app.focused, Input)
        assert "▸ Cy Moss" in await type_in(shown.pilot, "moss")


async def test_the_mouse_reaches_places_and_keys(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.pilot.click(offset=(26, 1))
        assert "is this a stop?" in await settle(shown.pilot)
        line = screen_text(shown.app).rstrip("\n").split("\n")[-1]
        await shown.pilot.click(offset=(line.index("a answer") + 3, 23))
        assert "Answer" in await settle(shown.pilot)


async def test_keys_pressed_ahead_reach_what_they_were_meant_for(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        for key in ("t", "a", "n", "enter", "1"):
            shown.app.simulate_key(key)
        for _ in range(1000):
            seen = await settle(shown.pilot)
            if "may go now" in seen:
                break
        assert "Hi Ana, your order is ready to pick up." in seen
        assert not isinstance(shown.app.screen, Blank)


async def test_letters_do_not_wait_for_the_list_that_the_first_of_them_asks_for(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "slash")
        store = await troubled(shown)
        store.is_quick.clear()
        for key in ("m", "o", "s", "s", "enter"):
            shown.app.simulate_key(key)
        while "  moss" not in screen_text(shown.app):
            await asyncio.sleep(0.01)
        # Enter does wait: it opens who is found, not who stood first before.
        assert "Ana Reyes" in screen_text(shown.app)
        store.is_quick.set()
        while not isinstance(shown.app.screen, ContactScreen):
            await asyncio.sleep(0.01)
        assert "Cy Moss" in await settle(shown.pilot)


@pytest.mark.parametrize("keys", [("question_mark",), ("3", "w")])
async def test_a_box_comes_to_rest_in_a_window_of_one_column(
    full: Path, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    """A scroll bar that takes the only column, and so is not needed, must not come and go."""
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, *keys)
        await shown.pilot.resize_terminal(1, 1)
        await settle(shown.pilot)
