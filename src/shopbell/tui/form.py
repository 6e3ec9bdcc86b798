"""The box in which something is written down: labelled questions, one button, f2. Must not write.

A subclass says what is asked and does the writing in `record`; what speaks against it is said below
the questions, and nothing that was typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from shopbell.domain.consent import How
from shopbell.errors import ShopbellError
from shopbell.tui.choices import Choices
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans

R = TypeVar("R")

_WAIT = spans(("One moment; esc leaves …", "$text-muted"))
_OPTION = re.compile(r"^--[a-z-]+: ")

HOWS = (
    (How.IN_PERSON, "here"),
    (How.PHONE, "phone"),
    (How.EMAIL, "e-mail"),
    (How.PAPER, "paper"),
)
"""The ways in which somebody says no or complains to the shop; the likeliest first."""


class Form(Dialog[R]):
    """Answers what `record` returned; None when it was left."""

    wide = True
    button: ClassVar[str] = "Write it down"
    leave: ClassVar[str] = "Leave"
    keys: ClassVar[str] = "tab goes on · f2 writes it down · esc leaves"

    DEFAULT_CSS = """
    Form .row { height: auto; margin: 1 0 0 0; }
    Form .close { margin: 0; }
    Form .label { width: 9; color: $text-muted; }
    Form .long .label { width: 14; }
    Form #said { margin-top: 1; height: auto; }
    Form PlainButton { margin-right: 2; }
    Form .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "record", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def about(self) -> str | Content:
        """Return what stands above the questions."""
        raise NotImplementedError

    def questions(self) -> Iterable[Widget]:
        """Return the questions, one on each line."""
        raise NotImplementedError

    async def record(self) -> R:
        """Write down what was answered.

        Raises:
            ShopbellError: why that cannot be done; it is said, and the box stays.
        """
        raise NotImplementedError

    def inside(self) -> ComposeResult:
        """Lay out what it is about, the questions and the button."""
        yield Plain(self.about())
        yield from self.questions()
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton(self.button, primary=True, action="screen.record")
            yield PlainButton(self.leave, action="screen.dismiss(None)")
        yield Plain(self.keys, classes="muted")

    def on_mount(self) -> None:
        """Start with the first question."""
        self.query("Choices, PlainInput").first().focus()

    def on_input_submitted(self) -> None:
        """Enter goes on to the next question, or to the button."""
        self.focus_next()

    def action_record(self) -> None:
        """Write it down, or say what speaks against it."""
        self.do_meanwhile(self._record, partial(self.query_one("#said", Plain).show, _WAIT))

    async def _record(self) -> None:
        try:
            done = await self.record()
        except ShopbellError as error:
            self.say(said_of(error))
            return
        self.dismiss(done)

    def say(self, sentence: str) -> None:
        """Say what speaks against it."""
        self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), sentence))

    def typed(self, id_: str) -> str:
        """Return what stands in a field."""
        return self.query_one(f"#{id_}", PlainInput).value.strip()

    def one(self, id_: str) -> str:
        """Return which one was chosen on a line of choices."""
        return self.query_one(f"#{id_}", Choices).one


def said_of(error: ShopbellError) -> str:
    """Return what went wrong; what is about the command line is of no use on a screen."""
    is_for_screens = "--" not in error.hint and "shopbell " not in error.hint
    message = _OPTION.sub("", error.message)
    return f"{message} {error.hint if is_for_screens else ''}".strip()


def row(label: str, field: Widget, *, close: bool = False, long: bool = False) -> Horizontal:
    """Return one question; `close` to the one above it, with a `long` label."""
    classes = " ".join(["row", *(["close"] if close else []), *(["long"] if long else [])])
    return Horizontal(Plain(label, classes="label"), field, classes=classes)


def said_so(chosen: How = How.IN_PERSON, *, more: tuple[tuple[How, str], ...] = ()) -> Horizontal:
    """Return the question by which way somebody said it; its id is `how`."""
    ways = [(str(how), said) for how, said in (*HOWS, *more)]
    return row("Said so", Choices(ways, [chosen], id_="how"))
