"""Finds any command by its name. Must not run it: the screen below does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.tui.commands import Command
from shopbell.tui.frame import Dialog
from shopbell.tui.key_labels import label
from shopbell.tui.own_keys import keys_of
from shopbell.tui.plain import Plain, PlainInput, PlainList, cell, spans


class Palette(Dialog[str]):
    """Answers the id of a command. What is not possible now is shown with the reason."""

    wide = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Palette PlainInput { margin-bottom: 1; }
    Palette PlainList { height: 12; }
    """

    def __init__(
        self, among: tuple[tuple[Command, str], ...], *, title: str = "", places: bool = False
    ) -> None:
        """Make the list.

        Args:
            among: the commands, each with the reason why it is not possible now, or "".
            title: what is chosen, if it is not to be run.
            places: whether to say where each works: some are called the same.
        """
        super().__init__(title or "Everything you can do")
        self._places = places
        self._reasons = {one.id: reason for one, reason in among}
        self._among = tuple(one for one, _ in among)

    def inside(self) -> ComposeResult:
        """Lay out the field and the list."""
        yield PlainInput(placeholder="type a word, for example lock")
        yield PlainList(self._entries(""))
        yield Plain("", id_="nothing", classes="muted")

    def on_mount(self) -> None:
        """Start in the field, with the first entry chosen."""
        self.query_one(PlainInput).focus()
        self.query_one(PlainList).highlighted = 0

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Show what matches."""
        entries = self._entries(event.value)
        self.query_one(PlainList).show(entries)
        if entries:
            self.query_one(PlainList).highlighted = 0
        self.query_one("#nothing", Plain).show("" if entries else "Nothing is called that.")

    def on_input_submitted(self) -> None:
        """Take the entry under the cursor."""
        self._take(self.query_one(PlainList).chosen)

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Take the entry that was clicked."""
        self._take(event.option_id)

    def action_move(self, by: int) -> None:
        """Move the cursor while the field keeps the focus."""
        entries = self.query_one(PlainList)
        if entries.option_count:
            entries.highlighted = ((entries.highlighted or 0) + by) % entries.option_count

    def _take(self, id_: str | None) -> None:
        if id_ is None:
            return
        if reason := self._reasons[id_]:
            self.query_one("#nothing", Plain).show(reason)
        else:
            self.dismiss(id_)

    def _entries(self, words: str) -> list[tuple[str, Content]]:
        return [(one.id, self._entry(one)) for one in matching(words, self._among)]

    def _entry(self, one: Command) -> Content:
        reason = self._reasons[one.id]
        keys = "  ".join(map(label, keys_of(one)))
        return spans(
            (cell(keys, 10), "$text-muted" if reason else "bold $text-accent"),
            (cell(one.words, 18), "$text-muted" if reason else "bold"),
            (reason or (f"{one.scope}: {one.help}" if self._places else one.help), "$text-muted"),
        )


def matching(words: str, among: Iterable[Command]) -> tuple[Command, ...]:
    """Return the commands that contain every one of `words`, best first: those that start so."""
    wanted = words.casefold().split()
    found = [one for one in among if all(word in _searched(one) for word in wanted)]
    return tuple(
        sorted(found, key=lambda one: not one.words.casefold().startswith(words.casefold()))
    )


def _searched(one: Command) -> str:
    return f"{one.words} {one.help} {one.scope}".casefold()
