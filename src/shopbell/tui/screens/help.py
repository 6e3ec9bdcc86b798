"""The keys of the place somebody came from, and those that work everywhere."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from shopbell.tui.commands import Scope, of_scope
from shopbell.tui.frame import Dialog
from shopbell.tui.key_labels import label
from shopbell.tui.own_keys import keys_of
from shopbell.tui.plain import Plain, lines, spans


class Help(Dialog[None]):
    """A list of keys with one sentence each."""

    wide = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter", "dismiss(None)", show=False)
    ]
    DEFAULT_CSS = """
    Help VerticalScroll {
        height: auto; max-height: 18; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """

    def __init__(self, scope: Scope | None) -> None:
        super().__init__("What you can do here" if scope else "What you can do everywhere")
        self._scopes = (scope, Scope.EVERYWHERE) if scope else (Scope.EVERYWHERE,)

    def inside(self) -> ComposeResult:
        """Lay out the keys."""
        with VerticalScroll():
            for scope in self._scopes:
                yield Plain(str(scope), classes="heading")
                yield Plain(lines(*_keys(scope)))
                yield Plain()
        yield Plain("esc closes this.", classes="muted")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()


def _keys(scope: Scope) -> list[Content]:
    return [
        spans((f"{'  '.join(map(label, keys_of(one))):<12}", "bold $text-accent"), one.help)
        for one in of_scope(scope)
        if keys_of(one)
    ]
