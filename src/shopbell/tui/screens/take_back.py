"""Takes an import back: asks first, then says what was done. Must not decide who stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from shopbell.domain.importing import ImportBatch, UndoReport
from shopbell.errors import ShopbellError
from shopbell.services.imports import Imports
from shopbell.tui.frame import Dialog
from shopbell.tui.past_words import before_undo, kept_line, undid
from shopbell.tui.plain import Plain, PlainList
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.work import start

_WAIT = "Taking it back … It is done as a whole, or not at all."
_MOST_KEPT = 190


class TakenBack(Dialog[None]):
    """What taking an import back did, and who was left alone."""

    wide = True
    DEFAULT_CSS = """
    TakenBack PlainList { height: auto; max-height: 10; margin: 1 0 0 0; }
    TakenBack .muted { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "dismiss(None)", show=False)]

    def __init__(self, report: UndoReport) -> None:
        super().__init__(f"“{report.batch.file_name}” was taken back")
        self._report = report

    def inside(self) -> ComposeResult:
        """Lay out the counts and the people."""
        yield Plain(undid(self._report))
        if kept := self._report.kept[:_MOST_KEPT]:
            yield PlainList([(str(index), kept_line(one)) for index, one in enumerate(kept)])
        yield Plain("Stops stay: nobody is texted who said no. · ↵ closes this", classes="muted")

    def on_mount(self) -> None:
        """Let the arrow keys go through the people."""
        for people in self.query(PlainList):
            people.focus()

    def on_option_list_option_selected(self) -> None:
        """Enter closes the box."""
        self.dismiss(None)


def take_back(
    screen: Screen[None], imports: Imports, batch: ImportBatch, done: Callable[[], None]
) -> None:
    """Ask, take the import back, and say what was done; `done` is called when it was."""

    def answered(yes: bool | None) -> None:
        if yes:
            start(screen, partial(_undo, screen, imports, batch, done), "undo")

    screen.app.push_screen(
        Confirm(
            f"Take “{batch.file_name}” back?",
            before_undo(batch),
            yes="Take it back",
            no="Leave everything as it is",
        ),
        answered,
    )


async def _undo(
    screen: Screen[None], imports: Imports, batch: ImportBatch, done: Callable[[], None]
) -> None:
    try:
        with told_when_slow(screen, lambda: screen.notify(_WAIT)):
            report = await imports.undo(batch.id)
    except ShopbellError as error:
        screen.notify(f"{error.message} {error.hint}".strip(), severity="warning")
        return
    done()
    await screen.app.push_screen(TakenBack(report))
