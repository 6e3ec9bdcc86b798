"""Asks for the passphrase and opens the shop file. Must not keep what was typed."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from shopbell.domain.secret import Secret
from shopbell.errors import ShopbellError
from shopbell.tui.door import Door, ShopOpened
from shopbell.tui.plain import Plain, PlainInput, lines, spans
from shopbell.tui.work import start

_AGAIN = "This is the practice shop: ↵ opens it again."


class Unlock(Screen[None]):
    """One field, and a sentence when it was wrong."""

    DEFAULT_CSS = """
    Unlock { align: center middle; background: $background; }
    Unlock > #card { width: 60; max-width: 100%; height: auto; padding: 1 2; }
    Unlock #name { text-style: bold; color: $text-accent; }
    Unlock #file { color: $text-muted; margin-bottom: 1; }
    Unlock #said { height: auto; min-height: 3; margin-top: 1; }
    Unlock #keys { color: $text-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "other_way", show=False),
        Binding("escape", "empty", show=False),
    ]

    def __init__(self, door: Door, note: str = "") -> None:
        """Make the screen.

        Args:
            door: the way into the file.
            note: why it is locked, for example after ten quiet minutes.
        """
        super().__init__()
        self._door = door
        self._note = note
        self._by_code = False
        self._busy = False

    def compose(self) -> ComposeResult:
        """Lay out the card."""
        with Vertical(id="card"):
            yield Plain("Shopbell", id_="name")
            yield Plain(str(self._door.path), id_="file")
            yield Plain("Passphrase", id_="asks")
            yield PlainInput(password=True, id_="secret", limit=1000)
            said = self._note if self._own is None else f"{self._note} {_AGAIN}".strip()
            yield Plain(said, id_="said")
            yield Plain(self._keys(), id_="keys")

    def on_mount(self) -> None:
        """Start in the field; the practice shop opens by itself."""
        self.query_one(PlainInput).focus()
        if self._own is not None and not self._note:
            self._open(self._own)

    def on_input_submitted(self) -> None:
        """Try what was typed, and forget it."""
        field = self.query_one(PlainInput)
        typed, field.value = field.value, ""
        secret = Secret(typed) if typed else self._own
        if secret is not None and not self._busy:
            self._open(secret)

    @property
    def _own(self) -> Secret | None:
        """The passphrase of the practice shop, which is no secret."""
        return None if self._by_code else self._door.demo_passphrase

    def action_other_way(self) -> None:
        """Ask for the recovery code instead, or for the passphrase again."""
        self._by_code = not self._by_code
        self.query_one("#asks", Plain).show(
            "Recovery code, from the paper you keep" if self._by_code else "Passphrase"
        )
        self.query_one("#keys", Plain).show(self._keys())
        self.query_one("#said", Plain).show("")
        field = self.query_one(PlainInput)
        field.value = ""
        field.password = not self._by_code
        field.focus()

    def action_empty(self) -> None:
        """Empty the field."""
        self.query_one(PlainInput).value = ""

    def _open(self, secret: Secret) -> None:
        self._busy = True
        self.query_one("#said", Plain).show(spans(("Unlocking …", "$text-muted")))
        start(self, partial(self._unlock, secret), "unlock")

    async def _unlock(self, secret: Secret) -> None:
        try:
            shop = await self._door.unlock(secret, is_recovery_code=self._by_code)
        except ShopbellError as error:
            self.query_one("#said", Plain).show(
                lines(
                    spans(("! ", "bold $text-warning"), (error.message, "bold")),
                    spans((error.hint, "$text-muted")),
                )
            )
            self.query_one(PlainInput).focus()
        else:
            self.query_one("#said", Plain).show("")
            self.post_message(ShopOpened(shop))
        finally:
            self._busy = False

    def _keys(self) -> str:
        other = "use the passphrase" if self._by_code else "use the recovery code"
        return f"↵ unlock   f2 {other}   ctrl+q close"
