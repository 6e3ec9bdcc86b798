"""Forgets a person, once the end of their number has been typed. Must not do it by one key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from shopbell.domain.erasing import Erasure, goes, stays
from shopbell.domain.ids import E164
from shopbell.errors import ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, lines, spans
from shopbell.tui.words import called


class ErasePerson(Dialog[Erasure]):
    """Answers what was erased."""

    wide = True
    DEFAULT_CSS = """
    ErasePerson .row { height: 1; margin: 1 0 0 0; }
    ErasePerson .label { width: 22; color: $text-muted; }
    ErasePerson PlainButton { margin-right: 2; }
    ErasePerson .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "erase", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, shop: Shop, number: E164, name: str, shown: Erasure) -> None:
        super().__init__(f"Forget {called(name, number)}")
        self._shop = shop
        self._number = number
        self._shown = shown

    def inside(self) -> ComposeResult:
        """Lay out what goes, what stays, and the question."""
        facts = [spans((f"Goes for good: {goes(self._shown)}.", "bold"))]
        yield Plain(lines(*facts, *map(spans, stays(self._shown))))
        with Horizontal(classes="row"):
            yield Plain("Last four digits", classes="label")
            yield PlainInput(placeholder="of the number, to go on", limit=4)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("Forget them", primary=True, action="screen.erase")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("type the digits · f2 forgets · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with the digits."""
        self.query_one(PlainInput).focus()

    def on_input_submitted(self) -> None:
        """Enter goes on to the button: one key too many must not erase."""
        self.focus_next()

    async def action_erase(self) -> None:
        """Erase."""
        try:
            done = await self._shop.erasing.erase(self._number, self.query_one(PlainInput).value)
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}")
            self.query_one("#said", Plain).show(said)
            return
        self.dismiss(done)
