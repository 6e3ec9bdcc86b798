"""Asks which kind of gateway: every preset with what an owner should know. Must not set one up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.gateway import PresetInfo
from shopbell.tui.frame import Dialog
from shopbell.tui.gateway_words import preset_about
from shopbell.tui.plain import Plain, PlainList, spans


class ChooseGateway(Dialog[str]):
    """Answers the id of a preset."""

    wide = True
    DEFAULT_CSS = """
    ChooseGateway PlainList { height: 9; }
    ChooseGateway #about { height: 7; margin: 1 0 0 0; overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, presets: Sequence[PresetInfo]) -> None:
        super().__init__("Which service or phone carries your texts?")
        self._presets = {preset.id: preset for preset in presets}

    def inside(self) -> ComposeResult:
        """Lay out the list and what is known about the one under the cursor."""
        yield PlainList(
            [(preset.id, spans(preset.name, one_line=True)) for preset in self._presets.values()]
        )
        yield Plain("", id_="about")
        yield Plain("↵ takes it · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start in the list."""
        choices = self.query_one(PlainList)
        choices.highlighted = 0
        choices.focus()

    def on_option_list_option_highlighted(self, event: PlainList.OptionHighlighted) -> None:
        """Say what it is."""
        preset = self._presets.get(event.option_id or "")
        self.query_one("#about", Plain).show("" if preset is None else preset_about(preset))

    def on_option_list_option_selected(self) -> None:
        """Enter takes it."""
        self.dismiss(self.query_one(PlainList).chosen)
