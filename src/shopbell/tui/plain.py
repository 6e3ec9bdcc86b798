"""The only widgets that may show text from outside: markup is off and every character is safe.

A customer's name can be `[/]` or hold an escape sequence; in a stock widget the first ends the app
and the second drives the terminal. Must not know what the text means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import App, ReturnType
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from shopbell.domain.showing import shown

Span = str | tuple[str, str]
"""A stretch of text, or a text with a style such as "bold" or "$accent"."""

_JOINERS = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def spans(*parts: Span, one_line: bool = False) -> Content:
    """Return `parts` side by side, every character safe, nothing read as markup."""
    return Content.assemble(
        *(
            shown(part, one_line=one_line)
            if isinstance(part, str)
            else (shown(part[0], one_line=one_line), part[1])
            for part in parts
        )
    )


def lines(*rows: Content) -> Content:
    """Return `rows` one under the other."""
    return Content("\n").join(rows)


def cell(text: str, width: int) -> str:
    """Return `text` as exactly `width` terminal cells, clipped with "…" or padded with spaces.

    Joined emoji are taken apart here: terminals disagree about their width, and a column that
    starts after one would jump. Where the text stands alone, it is shown whole.
    """
    steady = _JOINERS.sub("", shown(text, one_line=True))
    if cell_len(steady) <= width:
        return set_cell_size(steady, width)
    return set_cell_size(set_cell_size(steady, width - 1).rstrip() + "…", width) if width else ""


class PlainApp(App[ReturnType], inherit_bindings=False):
    """An app whose toasts are only text."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a short sentence, never as markup, whatever a caller asks for."""
        del markup
        super().notify(
            shown(message),
            title=shown(title, one_line=True),
            severity=severity,
            timeout=timeout,
            markup=False,
        )


class Plain(Static):
    """Text that is shown as it is. Pass a `str`, or the `Content` that `spans()` builds."""

    def __init__(
        self, text: str | Content = "", *, id_: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(_safe(text), id=id_, classes=classes, markup=False)

    def show(self, text: str | Content) -> None:
        """Show something else."""
        self.update(_safe(text))


class PlainButton(Button):
    """A button whose label is only text."""

    def __init__(
        self,
        label: str,
        *,
        id_: str | None = None,
        primary: bool = False,
        action: str | None = None,
    ) -> None:
        super().__init__(
            Content(shown(label, one_line=True)),
            variant="primary" if primary else "default",
            id=id_,
            action=action,
            compact=True,
        )


class PlainList(OptionList):
    """A short list, at most 200 entries; longer ones belong into `rows.Rows`.

    The entry under the cursor has a `▸`, so that it is seen without colour.
    """

    # Rich cannot wrap into no cells at all, and a terminal can be one column wide.
    DEFAULT_CSS = "PlainList { text-wrap: nowrap; text-overflow: ellipsis; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]

    def __init__(
        self, entries: Iterable[tuple[str, str | Content]] = (), *, id_: str | None = None
    ) -> None:
        self._entries = _safe_entries(entries)
        self._pointed: int | None = None
        super().__init__(*self._options_now(), id=id_, markup=False, compact=True)

    def show(self, entries: Iterable[tuple[str, str | Content]]) -> None:
        """Replace all entries: pairs of id and text. The cursor stays on its id if it can."""
        kept = self.chosen
        self._entries = _safe_entries(entries)
        self._pointed = None
        self.set_options(self._options_now())
        ids = [ident for ident, _ in self._entries]
        if ids:
            self.highlighted = ids.index(kept) if kept in ids else 0

    @property
    def chosen(self) -> str | None:
        """The id under the cursor, or None in an empty list."""
        at = self.highlighted
        return None if at is None else self._entries[at][0]

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the `▸` along."""
        before, self._pointed = self._pointed, highlighted
        for index, sign in ((before, "  "), (highlighted, "▸ ")):
            if index is not None and index < len(self._entries):
                prompt = Content.assemble((sign, "$accent"), self._entries[index][1])
                self.replace_option_prompt_at_index(index, prompt)
        super().watch_highlighted(highlighted)

    def _options_now(self) -> list[Option]:
        return [Option(Content.assemble("  ", text), id=ident) for ident, text in self._entries]


MOST_LETTERS = 2000
"""As many as one text may have while it is written."""

_MOST_LOOKED_AT = 100_000
"""So much of a paste is looked at for a field that takes far less."""


class PlainInput(Input):
    """One line to type in. What cannot be shown safely cannot be typed or pasted either."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        id_: str | None = None,
        password: bool = False,
        limit: int = 500,
    ) -> None:
        super().__init__(
            value=value,
            placeholder=shown(placeholder, one_line=True),
            id=id_,
            password=password,
            max_length=limit,
            compact=True,
            select_on_focus=False,
        )

    def validate_value(self, value: str) -> str:
        """Drop what `shown` would have to replace; a passphrase is dots and stays as it is."""
        return value if self.password else typed(value, one_line=True)

    def action_copy(self) -> None:
        """Copy the selection; a passphrase never reaches the clipboard."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut the selection; a passphrase is only deleted."""
        if self.password:
            self.delete_selection()
        else:
            super().action_cut()

    def _on_paste(self, event: events.Paste) -> None:
        # Textual refuses a paste that is too long as a whole; here as much as fits goes in.
        event.stop()
        event.prevent_default()
        line = _with_newlines(event.text[:_MOST_LOOKED_AT]).partition("\n")[0]
        if not self.password:
            line = typed(line, one_line=True)
        start, end = sorted(self.selection)
        room = (self.max_length or 0) - len(self.value) + end - start
        self.replace(line[: max(room, 0)], start, end)


class PlainText(TextArea):
    """Several lines to type in. Enter says "done", unless it ends a line; ctrl+j always does."""

    class Done(Message):
        """Enter was pressed."""

        def __init__(self, area: PlainText) -> None:
            super().__init__()
            self.area = area

    def __init__(
        self,
        text: str = "",
        *,
        id_: str | None = None,
        limit: int = MOST_LETTERS,
        enter_ends: bool = True,
        keeps_tabs: bool = False,
    ) -> None:
        """Make the field.

        Args:
            text: what it holds to begin with.
            id_: the widget's id.
            limit: the most characters it takes.
            enter_ends: whether Enter says "done" rather than starting a new line.
            keeps_tabs: whether tabs of a paste stay: they part the cells of a spreadsheet.
        """
        super().__init__(
            typed(text),
            id=id_,
            soft_wrap=True,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
        )
        self._limit = limit
        self._new_line = frozenset({"ctrl+j"} if enter_ends else {"ctrl+j", "enter"})
        self._kept = "\t" if keeps_tabs else ""

    async def _on_key(self, event: events.Key) -> None:
        # Textual calls the handler of every class in turn; prevent_default stops TextArea's own.
        if event.key in self._new_line:
            self.insert("\n")
        elif event.key == "enter":
            self.post_message(self.Done(self))
        elif not (event.is_printable and len(self.text) >= self._limit):
            return
        event.stop()
        event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        room = self._limit - len(self.text) + len(self.selected_text)
        fits = event.text[: max(self._limit, _MOST_LOOKED_AT)]
        self.replace(pasted(fits, kept=self._kept)[: max(room, 0)], *self.selection)


def typed(text: str, *, one_line: bool = False, kept: str = "") -> str:
    """Return `text` without the characters `shown` would replace, but for those in `kept`."""
    if shown(text, one_line=one_line) == text:
        return text
    # Each character is judged once: a paste may have a million of them.
    others = set(text) - set(kept)
    return text.translate(
        {ord(char): None for char in others if shown(char, one_line=one_line) != char}
    )


def pasted(text: str, *, kept: str = "") -> str:
    """Return what a paste leaves in a field of several lines; `kept` as in `typed`."""
    return typed(_with_newlines(text), kept=kept)


def is_typing(widget: Widget | None) -> bool:
    """Return whether keys write letters where the cursor is."""
    return isinstance(widget, Input | TextArea)


def _with_newlines(text: str) -> str:
    # Terminals send the line ends of a paste as carriage returns.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _safe(text: str | Content) -> Content:
    if isinstance(text, str):
        return Content(shown(text))
    plain = text.plain
    return text if shown(plain) == plain else Content(shown(plain))


def _safe_entries(entries: Iterable[tuple[str, str | Content]]) -> list[tuple[str, Content]]:
    return [(ident, _safe(text)) for ident, text in entries]
