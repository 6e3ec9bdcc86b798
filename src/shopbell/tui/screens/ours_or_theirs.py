"""Asks field by field whether the shop or the file is right about a person. Must not merge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.domain.import_choices import Ours, OwnField
from shopbell.domain.importing import FieldChange
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import Dialog
from shopbell.tui.import_rows import FIELD_NAMES
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, PlainList, cell, lines, spans

_WIDTH = 25
_GROWING = frozenset({OwnField.NOTE, OwnField.TAGS})
"""The file only adds to these."""


class OursOrTheirs(Dialog[Ours]):
    """Answers the fields that stay as the shop has them, in this row and everywhere."""

    wide = True
    scope = Scope.RIGHT
    prints_keys = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("left", "choose(True)", show=False),
        Binding("right", "choose(False)", show=False),
        *bindings(Scope.RIGHT),
        Binding("f2", "keep", show=False),
    ]
    DEFAULT_CSS = """
    OursOrTheirs PlainList { height: auto; max-height: 8; margin-bottom: 1; }
    OursOrTheirs #whole { height: 3; }
    """

    def __init__(self, row: int, name: str, clashes: Sequence[FieldChange], before: Ours) -> None:
        """Make the box.

        Args:
            row: as a spreadsheet counts.
            name: who it is.
            clashes: from `clashes_of`.
            before: what the owner said before.
        """
        super().__init__(f"Row {row:,}: {name or 'No name'}. Who is right?")
        self._row = row
        self._clashes = {OwnField(one.field): one for one in clashes}
        self._everywhere = set(before.everywhere)
        self._here = set(before.in_row(row))
        self._in_rows = dict(before.in_rows)

    def inside(self) -> ComposeResult:
        """Lay out the fields, both values, and what can be done."""
        heading = f"    {'':11}{cell('the shop', _WIDTH + 4)}the file"
        yield Plain(spans((heading, "$text-muted")))
        yield PlainList(self._entries())
        yield Plain("", id_="whole")
        yield Plain(
            with_keys(
                "← the shop   → the file   [right.every] the same for this field in every row\n"
                "f2 done   esc leaves"
            ),
            classes="muted",
        )

    def on_mount(self) -> None:
        """Start on the first field."""
        fields = self.query_one(PlainList)
        fields.highlighted = 0
        fields.focus()

    def on_option_list_option_highlighted(self) -> None:
        """Show both values whole."""
        clash = self._clashes[self._field]
        self.query_one("#whole", Plain).show(
            lines(
                spans(("the shop  ", "$text-muted"), clash.old, one_line=True),
                spans(("the file  ", "$text-muted"), clash.new, one_line=True),
                spans((self._said(), "$text-muted")),
            )
        )

    def on_option_list_option_selected(self) -> None:
        """Enter turns to the other one."""
        self.action_choose(self._field not in self._here)

    def action_choose(self, ours: bool) -> None:
        """Say who is right about the field under the cursor."""
        (self._here.add if ours else self._here.discard)(self._field)
        self._show()

    def do_every(self) -> None:
        """Have the choice of this field count in every row."""
        field = self._field
        ours = field in self._here
        (self._everywhere.add if ours else self._everywhere.discard)(field)
        self._in_rows = {
            row: kept | {field} if ours else kept - {field} for row, kept in self._in_rows.items()
        }
        self._show()

    def action_keep(self) -> None:
        """Take it."""
        in_rows = {**self._in_rows, self._row: frozenset(self._here)}
        everywhere = frozenset(self._everywhere)
        same = [row for row, kept in in_rows.items() if kept == everywhere]
        for row in same:
            del in_rows[row]
        self.dismiss(Ours(everywhere=everywhere, in_rows=in_rows))

    @property
    def _field(self) -> OwnField:
        return OwnField(self.query_one(PlainList).chosen or next(iter(self._clashes)))

    def _said(self) -> str:
        field = self._field
        if (field in self._here) == (field in self._everywhere):
            who = "The shop is" if field in self._here else "The file is"
            return f"{who} right about this field in every row."
        if field in _GROWING and field not in self._here:
            return "The file only adds to this field: nothing of yours is lost."
        return "For this row only."

    def _show(self) -> None:
        fields = self.query_one(PlainList)
        fields.show(self._entries())
        self.on_option_list_option_highlighted()

    def _entries(self) -> list[tuple[str, Content]]:
        return [(field, self._line(field, clash)) for field, clash in self._clashes.items()]

    def _line(self, field: OwnField, clash: FieldChange) -> Content:
        is_ours = field in self._here
        return spans(
            (cell(FIELD_NAMES.get(field, field), 11), "bold"),
            *_side(clash.old, is_chosen=is_ours),
            *_side(clash.new, is_chosen=not is_ours),
            one_line=True,
        )


def clashes_of(changes: Sequence[FieldChange], kept: Sequence[FieldChange]) -> list[FieldChange]:
    """Return the fields about which shop and file both say something, each as old and new."""
    known = frozenset(OwnField)
    return [one for one in (*changes, *kept) if one.old and one.field in known]


def _side(text: str, *, is_chosen: bool) -> Iterator[tuple[str, str]]:
    mark, ink = ("(•) ", "bold $text-accent") if is_chosen else ("( ) ", "$text-muted")
    yield mark, ink
    yield cell(text, _WIDTH), "" if is_chosen else "$text-muted"
