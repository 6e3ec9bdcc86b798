"""An empty screen, for when somebody leans over the counter. Must not show anything of the shop."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from shopbell.tui.plain import Plain


class Blank(ModalScreen[None]):
    """Nothing but one word; any key or click goes back to what was there."""

    DEFAULT_CSS = """
    Blank { align: center middle; background: $background; }
    Blank > Plain { width: auto; color: $text-muted; }
    """

    def __init__(self, word: str = "press any key") -> None:
        super().__init__()
        self._word = word

    def compose(self) -> ComposeResult:
        """Lay out the word."""
        yield Plain(self._word)

    def on_key(self, event: events.Key) -> None:
        """Go back; the key does nothing else."""
        event.stop()
        self.dismiss(None)

    def on_click(self) -> None:
        """Go back."""
        self.dismiss(None)


class Cover(Blank):
    """The same while the file is being locked: no key goes back."""

    def on_key(self, event: events.Key) -> None:
        """Wait."""
        event.stop()
        event.prevent_default()

    def on_click(self) -> None:
        """Wait."""
