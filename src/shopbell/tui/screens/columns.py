"""Chooses which column fills which field. Must not read the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from shopbell.domain.importing import ImportPreview, Target
from shopbell.tui.frame import Dialog
from shopbell.tui.import_words import FIELDS
from shopbell.tui.plain import Plain, PlainList, cell, spans

_MOST_COLUMNS = 199
_NOTHING = "nothing"


class Columns(Dialog[dict[Target, str]]):
    """Answers the owner's own word: field -> number of a column, from 1; "" takes a field away."""

    wide = True
    DEFAULT_CSS = """
    Columns Horizontal { height: auto; }
    Columns PlainList { width: 1fr; height: 12; }
    Columns #fields { margin-right: 2; }
    Columns .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f2", "keep", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("left", "app.focus_previous", show=False),
    ]

    def __init__(self, preview: ImportPreview, chosen: dict[Target, str]) -> None:
        super().__init__("Which column fills what?")
        self._preview = preview
        self._chosen = dict(chosen)

    def inside(self) -> ComposeResult:
        """Lay out the fields and the columns."""
        with Horizontal():
            yield PlainList(self._fields(), id_="fields")
            yield PlainList(self._columns(), id_="columns")
        yield Plain(
            "↵ takes a field, ↵ again gives it a column · f2 done · esc leaves", classes="muted"
        )

    def on_mount(self) -> None:
        """Start with the first field."""
        fields = self.query_one("#fields", PlainList)
        fields.highlighted = 0
        fields.focus()

    @on(PlainList.OptionHighlighted, "#fields")
    def _field_under_cursor(self) -> None:
        target = self._target()
        columns = self.query_one("#columns", PlainList)
        filled = self._filled(target)
        columns.highlighted = filled[0] + 1 if filled and filled[0] < _MOST_COLUMNS else 0

    @on(PlainList.OptionSelected, "#fields")
    def _field_taken(self) -> None:
        self.query_one("#columns", PlainList).focus()

    @on(PlainList.OptionSelected, "#columns")
    def _column_taken(self, event: PlainList.OptionSelected) -> None:
        column = event.option_id or _NOTHING
        self._chosen[self._target()] = "" if column == _NOTHING else column.removeprefix("c")
        self.query_one("#fields", PlainList).show(self._fields())
        self.query_one("#fields", PlainList).focus()

    def action_back(self) -> None:
        """Go back to the fields, or leave."""
        fields = self.query_one("#fields", PlainList)
        if fields.has_focus:
            self.dismiss(None)
        else:
            fields.focus()

    def action_keep(self) -> None:
        """Take it."""
        self.dismiss(self._chosen)

    def _target(self) -> Target:
        return Target(self.query_one("#fields", PlainList).chosen or Target.PHONE)

    def _filled(self, target: Target) -> tuple[int, ...]:
        if target in self._chosen:
            word = self._chosen[target]
            return (int(word) - 1,) if word else ()
        return self._preview.mapping.columns.get(target, ())

    def _fields(self) -> list[tuple[str, Content]]:
        return [(str(target), self._field(target, name)) for target, name in FIELDS]

    def _field(self, target: Target, name: str) -> Content:
        header = self._preview.header
        filled = " + ".join(header[index] for index in self._filled(target) if index < len(header))
        return spans(
            (cell(name, 12), "bold" if filled else "$text-muted"),
            (filled or _NOTHING, "" if filled else "$text-muted"),
            one_line=True,
        )

    def _columns(self) -> list[tuple[str, Content]]:
        samples = self._preview.samples
        columns = [
            (
                f"c{index + 1}",
                spans(
                    (cell(name, 18) + " ", "bold"),
                    (cell(_first_filled(samples, index), 16), "$text-muted"),
                    one_line=True,
                ),
            )
            for index, name in enumerate(self._preview.header[:_MOST_COLUMNS])
        ]
        return [(_NOTHING, spans((_NOTHING, "$text-muted"))), *columns]


def _first_filled(samples: Sequence[Sequence[str]], index: int) -> str:
    return next((row[index] for row in samples if index < len(row) and row[index]), "")
