"""The first ten minutes: the questions, the new file, the recovery code. Must not answer any."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from shopbell.domain.secret import Secret
from shopbell.errors import ShopbellError
from shopbell.services.opening import Created
from shopbell.tui.answers import Answers
from shopbell.tui.door import Door, ShopOpened
from shopbell.tui.gateway_questions import first_questions
from shopbell.tui.plain import Plain, spans
from shopbell.tui.questions import Question
from shopbell.tui.recovery import Recovery
from shopbell.tui.work import start

_TOTAL = 5
"""The account belongs to the last question."""


class Setup(Screen[None]):
    """One question at a time; esc goes back to the one before."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    Setup { align: center middle; background: $background; }
    Setup > #card { width: 76; max-width: 100%; height: auto; padding: 1 2; }
    Setup #step { color: $text-accent; text-style: bold; margin-bottom: 1; }
    Setup #asked { height: auto; min-height: 11; }
    Setup #said { height: auto; min-height: 2; margin-top: 1; }
    Setup #keys { color: $text-muted; margin-top: 1; }
    Setup.-short #said, Setup.-tiny #said { min-height: 1; margin-top: 0; }
    Setup.-tiny > #card { padding: 0 2; }
    Setup.-tiny #asked { min-height: 0; }
    Setup.-tiny Question .row { margin-bottom: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f2", "next", show=False),
    ]

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door
        self._answers = Answers(country=door.guessed_country, zone=door.guessed_zone)
        self._questions = first_questions(door.shelf())
        self._at = 0
        self._created: Created | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        """Lay out the card."""
        with Vertical(id="card"):
            yield Plain("", id_="step")
            yield Vertical(id="asked")
            yield Plain("", id_="said")
            yield Plain("↵ go on   tab next field   esc back   ctrl+q close", id_="keys")

    async def on_mount(self) -> None:
        """Ask the first question."""
        await self._ask()

    async def on_question_answered(self) -> None:
        """Enter was pressed in the last field."""
        await self.action_next()

    async def action_next(self) -> None:
        """Take the answer and go on."""
        if self._busy:
            return
        if self._created is not None:
            await self._confirm()
            return
        try:
            self._answers = self.query_one(Question).take(self._answers)
        except ShopbellError as error:
            self._say(error)
            return
        self._at += 1
        if self._at < len(self._questions):
            await self._ask()
        else:
            await self._make()

    async def action_back(self) -> None:
        """Go back to the question before."""
        if self._at and not self._busy and self._created is None:
            self._at -= 1
            await self._ask(towards=-1)

    async def _ask(self, towards: int = 1) -> None:
        """Ask the present question, or the next one in that direction that is needed."""
        question = self._questions[self._at](self._answers)
        while not question.is_needed:
            self._at += towards
            if self._at == len(self._questions):
                await self._make()
                return
            question = self._questions[self._at](self._answers)
        number = min(self._at + 1, _TOTAL)
        self.query_one("#step", Plain).show(f"Shopbell · question {number} of {_TOTAL}")
        await self._put(question)

    async def _make(self) -> None:
        self._busy = True
        self.query_one("#said", Plain).show(spans(("Making the shop file …", "$text-muted")))
        start(self, self._create, "make")

    async def _create(self) -> None:
        answers = self._answers
        try:
            self._created = await self._door.make(answers.new_shop(), answers.secret())
        except ShopbellError as error:
            self._at = len(self._questions) - 1
            await self._ask(towards=-1)
            self._say(error)
            return
        finally:
            self._busy = False
        self.query_one("#step", Plain).show("Shopbell · the recovery code")
        await self._put(Recovery(self._created.recovery_code))

    async def _confirm(self) -> None:
        if not self.query_one(Recovery).is_confirmed:
            self._show_trouble("That is not what the code says there.")
            return
        self._busy = True
        self.query_one("#said", Plain).show(spans(("Opening …", "$text-muted")))
        start(self, partial(self._open, self._answers.secret()), "make")

    async def _open(self, secret: Secret) -> None:
        try:
            shop = await self._door.unlock(secret)
            if (gateway := self._answers.gateway()) is not None:
                await shop.gateways.set_up(gateway)
        except ShopbellError as error:
            self._say(error)
            return
        finally:
            self._busy = False
        self._answers = Answers()
        self.post_message(ShopOpened(shop, is_new=True))

    async def _put(self, widget: Question | Recovery) -> None:
        asked = self.query_one("#asked", Vertical)
        await asked.remove_children()
        await asked.mount(widget)
        self.query_one("#said", Plain).show("")

    def _say(self, error: ShopbellError) -> None:
        self._show_trouble(f"{error.message} {error.hint}".strip())

    def _show_trouble(self, sentence: str) -> None:
        """Show what speaks against it, also where the window is lower than the question."""
        said = self.query_one("#said", Plain)
        said.show(spans(("! ", "bold $text-warning"), sentence))
        self.call_after_refresh(said.scroll_visible, animate=False)
