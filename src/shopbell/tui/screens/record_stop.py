"""Writes down a stop that came by another way than text. Must not argue."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.errors import ShopbellError
from shopbell.services.consent_steps import OptedOut
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans
from shopbell.tui.words import called

HOWS = (
    (How.IN_PERSON, "here"),
    (How.PHONE, "phone"),
    (How.EMAIL, "e-mail"),
    (How.PAPER, "paper"),
)
"""The ways in which somebody says no to the shop; the likeliest first."""


class RecordStop(Dialog[OptedOut]):
    """Answers what was done."""

    wide = True
    DEFAULT_CSS = """
    RecordStop .row { height: 1; margin: 1 0 0 0; }
    RecordStop .label { width: 9; color: $text-muted; }
    RecordStop #said { margin-top: 1; }
    RecordStop PlainButton { margin-right: 2; }
    RecordStop .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "record", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, shop: Shop, number: E164, name: str) -> None:
        super().__init__("Write down a stop")
        self._shop = shop
        self._number = number
        self._person = name

    def inside(self) -> ComposeResult:
        """Lay out how and why."""
        yield Plain(
            f"{called(self._person, self._number)} gets no more texts from this shop, starting "
            "now. What waits is taken back. Only they can change that, by saying yes again."
        )
        with Horizontal(classes="row"):
            yield Plain("Said so", classes="label")
            yield Choices([(str(how), said) for how, said in HOWS], [How.IN_PERSON])
        with Horizontal(classes="row"):
            yield Plain("Note", classes="label")
            yield PlainInput(placeholder="if there is anything to remember", limit=200)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("Stop texts", primary=True, action="screen.record")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("tab goes on · f2 stops texts · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with how it was said."""
        self.query_one(Choices).focus()

    def on_input_submitted(self) -> None:
        """Enter goes on to the button."""
        self.focus_next()

    async def action_record(self) -> None:
        """Write it down."""
        try:
            done = await self._shop.consents.opt_out(
                self._number,
                How(self.query_one(Choices).one),
                self.query_one(PlainInput).value.strip(),
            )
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}")
            self.query_one("#said", Plain).show(said)
            return
        self.dismiss(done)
