"""The box in which something is written down, by itself: keys, the button, what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.app import App
from textual.widget import Widget

from shopbell.domain.consent import How
from shopbell.errors import BadInput
from shopbell.tui.choices import Choices
from shopbell.tui.form import HOWS, Form, row, said_so
from shopbell.tui.plain import PlainInput
from tui.screens import HOSTILE, press, screen_text, settle, type_in


class Asking(Form[str]):
    """Takes any word but “no”."""

    button = "Take it"
    leave = "Not now"
    keys = "f2 takes it"

    def about(self) -> str:
        return "About [/] this."

    def questions(self) -> Iterator[Widget]:
        yield said_so(How.PHONE, more=((How.TEXT, "text"),))
        yield row("Word", PlainInput(id_="word"), close=True, long=True)

    async def record(self) -> str:
        if self.typed("word") == "no":
            raise BadInput("Not that word.", "Take another one.")
        if self.typed("word") == "short":
            raise BadInput("Too short.", "")
        return f"{self.one('how')}: {self.typed('word')}"


class Alone(App[None]):
    """Shows the box over nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str | None] = []

    async def on_mount(self) -> None:
        await self.push_screen(Asking("A title"), self.answers.append)


async def test_it_shows_title_questions_button_and_keys_and_starts_with_the_first() -> None:
    async with Alone().run_test() as pilot:
        seen = await settle(pilot)
        for part in ("A title", "About [/] this.", "Said so", "Word", "Take it", "Not now"):
            assert part in seen
        assert "(•) phone" in seen
        assert "f2 takes it" in seen
        assert isinstance(pilot.app.focused, Choices)


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("tab", *"hi", "f2"), "phone: hi"),
        (("down", *"  hi  ", "f2"), "phone: hi"),
        (("right", "space", "tab", *"hi", "f2"), "email: hi"),
        (("tab", *"hi", "enter", "enter"), "phone: hi"),
        (("f2",), "phone: "),
        (("tab", "up", "left", "space", "f2"), "in-person: "),
    ],
)
async def test_it_answers_what_was_recorded(keys: tuple[str, ...], answer: str) -> None:
    app = Alone()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert app.answers == [answer]


@pytest.mark.parametrize("keys", [("escape",), ("tab", *"hi", "escape"), ("up", "enter")])
async def test_it_can_be_left_with_nothing_written(keys: tuple[str, ...]) -> None:
    app = Alone()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert app.answers == [None]


@pytest.mark.parametrize(
    ("word", "said"),
    [("no", "! Not that word. Take another one."), ("short", "! Too short.")],
)
async def test_what_speaks_against_it_is_said_and_nothing_typed_is_lost(
    word: str, said: str
) -> None:
    app = Alone()
    async with app.run_test() as pilot:
        await settle(pilot)
        seen = await press(pilot, "tab", *word, "f2")
        assert said in seen
        assert app.answers == []
        await type_in(pilot, "t")
        await press(pilot, "f2")
        assert app.answers == [f"phone: {word}t"]


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
async def test_hostile_words_are_said_as_they_are(words: str) -> None:
    app: App[Any] = Alone()
    async with app.run_test() as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, Asking)
        screen.say(words)
        await settle(pilot)
        assert "!" in screen_text(pilot.app)
        assert "\x1b" not in screen_text(pilot.app)


def test_each_way_of_saying_no_is_there_once() -> None:
    ways = [how for how, _ in HOWS]
    assert len(set(ways)) == len(ways)
    assert ways[0] is How.IN_PERSON, "the likeliest is the one that is chosen to begin with"
