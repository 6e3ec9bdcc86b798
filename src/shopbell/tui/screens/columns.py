"""Goes through the columns of a file and says what each fills. Must not read the file."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from shopbell.domain.importing import ImportPreview, Target
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import Dialog
from shopbell.tui.import_words import FIELDS, column_name, sample_cells
from shopbell.tui.importing import ChosenColumns
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, PlainList, cell, spans

_MOST_COLUMNS = 199
_NOTHING = "nothing"
_TOGETHER = frozenset({Target.PHONE, Target.NAME, Target.NOTE, Target.EMAIL, Target.TAGS})
"""Fields that take several columns: tried in order, or put together."""


class Columns(Dialog[ChosenColumns]):
    """Answers the owner's own word: field -> columns; an empty tuple takes a field away."""

    wide = True
    scope = Scope.COLUMNS
    prints_keys = True
    DEFAULT_CSS = """
    Columns Horizontal { height: auto; }
    Columns PlainList { height: 12; }
    Columns #columns { width: 2fr; margin-right: 2; }
    Columns #fields { width: 1fr; }
    Columns #sample { height: 2; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f2", "keep", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("left", "app.focus_previous", show=False),
        *bindings(Scope.COLUMNS),
    ]

    def __init__(self, preview: ImportPreview, chosen: ChosenColumns) -> None:
        """Make the box.

        Args:
            preview: the file, and what its columns fill now.
            chosen: what the owner said before.
        """
        super().__init__("What does each column fill?")
        self._preview = preview
        self._chosen = dict(chosen)
        self._fills = {target: list(filled) for target, filled in preview.mapping.columns.items()}

    def inside(self) -> ComposeResult:
        """Lay out the columns, and what one can fill."""
        with Horizontal():
            yield PlainList(self._columns(), id_="columns")
            yield PlainList(
                [(_NOTHING, _NOTHING), *((str(target), name) for target, name in FIELDS)],
                id_="fields",
            )
        yield Plain("", id_="sample")
        yield Plain(
            with_keys(
                "↵ changes a column, ↵ again fills a field with it, [columns.add] adds it to the "
                "field\nf2 done · esc leaves"
            ),
            classes="muted",
        )

    def on_mount(self) -> None:
        """Start with the first column."""
        columns = self.query_one("#columns", PlainList)
        columns.highlighted = 0
        columns.focus()

    @on(PlainList.OptionHighlighted, "#columns")
    def _column_under_cursor(self) -> None:
        column = self._column()
        fields = self.query_one("#fields", PlainList)
        filled = [target for target, _ in FIELDS if column in self._fills.get(target, ())]
        fields.highlighted = 1 + [t for t, _ in FIELDS].index(filled[0]) if filled else 0
        name = column_name(self._preview.header, column)
        samples = sample_cells(self._preview, column, 6) or "nothing in the first rows"
        self.query_one("#sample", Plain).show(
            spans((f"{name}: ", "bold"), (samples, "$text-muted"), one_line=True)
        )

    @on(PlainList.OptionSelected, "#columns")
    def _column_taken(self) -> None:
        self.query_one("#fields", PlainList).focus()

    @on(PlainList.OptionSelected, "#fields")
    def _field_taken(self) -> None:
        self._fill(alone=True)

    def do_add(self) -> None:
        """Have the column fill the field besides those that fill it now."""
        if self.query_one("#fields", PlainList).has_focus:
            self._fill(alone=False)

    def action_back(self) -> None:
        """Go back to the columns, or leave."""
        columns = self.query_one("#columns", PlainList)
        if columns.has_focus:
            self.dismiss(None)
        else:
            columns.focus()

    def action_keep(self) -> None:
        """Take it."""
        self.dismiss(self._chosen)

    def _fill(self, *, alone: bool) -> None:
        column = self._column()
        word = self.query_one("#fields", PlainList).chosen or _NOTHING
        target = None if word == _NOTHING else Target(word)
        for other, filled in self._fills.items():
            if other is not target and column in filled:
                self._set(other, [one for one in filled if one != column])
        if target is not None:
            before = [one for one in self._fills.get(target, []) if one != column]
            keeps = not alone and target in _TOGETHER
            self._set(target, [*before, column] if keeps else [column])
        columns = self.query_one("#columns", PlainList)
        columns.show(self._columns())
        columns.focus()

    def _set(self, target: Target, columns: list[int]) -> None:
        self._fills[target] = columns
        self._chosen[target] = tuple(columns)

    def _column(self) -> int:
        return int(self.query_one("#columns", PlainList).chosen or 0)

    def _columns(self) -> list[tuple[str, Content]]:
        preview = self._preview
        names = dict(FIELDS)
        count = min(len(preview.header), _MOST_COLUMNS)
        shown: list[tuple[str, Content]] = []
        for column in range(count):
            filled = [names[t] for t, columns in self._fills.items() if column in columns]
            is_consent = column in preview.mapping.consent_columns
            said = ", ".join(filled) or (
                with_keys("permission: key [import.permission]") if is_consent else _NOTHING
            )
            shown.append(
                (
                    str(column),
                    spans(
                        (cell(column_name(preview.header, column), 22) + " ", "bold"),
                        (cell("→ " + said, 20), "" if filled else "$text-muted"),
                        one_line=True,
                    ),
                )
            )
        return shown
