"""Chooses the colours; each is tried on while the cursor is on it. Must not save the choice."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.services.themes import Themes
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainList, cell, lines, spans


class ThemePicker(Dialog[str]):
    """Answers the name of a theme."""

    wide = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, themes: Themes, now: str) -> None:
        super().__init__("Colours")
        self._themes = themes
        self._before = now

    def inside(self) -> ComposeResult:
        """Lay out the list, and what is wrong with the files that are not in it."""
        yield PlainList(
            [
                (theme.name, spans((cell(theme.name, 14), "bold"), (theme.about, "$text-muted")))
                for theme in self._themes.good
            ]
        )
        if self._themes.refused:
            yield Plain(
                lines(
                    *(
                        spans(("! ", "$text-warning"), f"{bad.file}: {bad.reason}")
                        for bad in self._themes.refused
                    )
                )
            )
        yield Plain("↵ keep   esc as before", classes="muted")

    def on_mount(self) -> None:
        """Start on the theme in use."""
        names = [theme.name for theme in self._themes.good]
        entries = self.query_one(PlainList)
        entries.highlighted = names.index(self._before) if self._before in names else 0
        entries.focus()

    def on_option_list_option_highlighted(self, event: PlainList.OptionHighlighted) -> None:
        """Try it on."""
        if event.option_id:
            self.app.theme = event.option_id

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Keep it."""
        self.dismiss(event.option_id)

    def action_leave(self) -> None:
        """Go back to what it was."""
        self.app.theme = self._before
        self.dismiss(None)
