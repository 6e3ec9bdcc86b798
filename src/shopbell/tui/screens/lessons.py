"""The lessons: what is done, what the running one is about. Must not begin one itself."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.services.drills import Drills, Listed
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainList, lines, spans


class Lessons(Dialog[str]):
    """Answers the name of the lesson to begin."""

    wide = True
    DEFAULT_CSS = """
    Lessons PlainList { height: auto; max-height: 8; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, drills: Drills) -> None:
        super().__init__("Practise")
        self._listed = drills.listed()
        self._practising = drills.running
        self._trouble = drills.trouble

    def inside(self) -> ComposeResult:
        """Lay out the running lesson and the list."""
        yield Plain(self._about())
        yield PlainList([(one.lesson.id, _line(one)) for one in self._listed])
        yield Plain(lines(*self._notes()), classes="muted")
        yield Plain("↵ begins the lesson on a fresh practice shop · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start on the first one that is not done."""
        entries = self.query_one(PlainList)
        entries.focus()
        todo = [at for at, one in enumerate(self._listed) if not one.is_done and not one.is_running]
        entries.highlighted = todo[0] if todo else 0

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Begin it."""
        self.dismiss(event.option_id)

    def _about(self) -> Content:
        if self._practising is None:
            return spans(
                "A practice shop of its own, customers who write, and a gateway that leads "
                "nowhere. Your shop is locked meanwhile and nothing leaves; closing the practice "
                "shop brings you back to it."
            )
        lesson = self._practising.lesson
        return lines(spans(lesson.story), spans(("Hint: ", "bold"), lesson.hint))

    def _notes(self) -> list[Content]:
        done = sum(one.is_done for one in self._listed)
        rows = [spans(f"{done} of {len(self._listed)} done.")]
        if self._trouble:
            rows.append(spans(("! ", "bold $text-warning"), self._trouble))
        return rows


def _line(one: Listed) -> Content:
    sign, look = ("✓", "$text-success") if one.is_done else ("·", "$text-muted")
    return spans(
        (f"{sign} ", f"bold {look}"),
        one.lesson.title,
        ("  you are at it" if one.is_running else "  done" if one.is_done else "", "$text-muted"),
    )
