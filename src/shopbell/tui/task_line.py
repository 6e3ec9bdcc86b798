"""What a lesson asks for now, above the keys of every place. Must not judge: it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, lines, spans

if TYPE_CHECKING:
    from shopbell.services.practising import Standing

_MORE = "[everywhere.palette] “practise”"


class TaskLine(Plain):
    """Hidden where nobody practises."""

    DEFAULT_CSS = """
    TaskLine { dock: bottom; height: auto; max-height: 4; display: none; padding: 0 1;
               margin-bottom: 1; background: $surface; color: $foreground; }
    TaskLine.-asks { display: block; }
    """

    def __init__(self, standing: Standing | None) -> None:
        super().__init__("" if standing is None else asked(standing))
        self.set_reactive(TaskLine.standing, standing)
        self.set_class(standing is not None, "-asks")

    standing: reactive[Standing | None] = reactive(None)

    def watch_standing(self, standing: Standing | None) -> None:
        """Show it."""
        self.set_class(standing is not None, "-asks")
        self.show("" if standing is None else asked(standing))


def asked(standing: Standing) -> Content:
    """Return the lesson, how far it is, and the next thing to do."""
    lesson, task = standing.lesson, standing.next
    count = f"{sum(standing.done)} of {len(standing.done)} done"
    head = spans(
        ("Practice: ", "bold $text-accent"),
        (lesson.title, "bold"),
        (f" · {count} · ", "$text-muted"),
        (with_keys(f"{_MORE}: hint"), "$text-muted"),
    )
    if task is None:
        said = with_keys(f"Done. {lesson.learned} The next one: {_MORE}.")
        return lines(head, spans(("✓ ", "bold $text-success"), said))
    if standing.slip:
        return lines(head, spans(("! ", "bold $text-warning"), standing.slip))
    return lines(head, spans(("→ ", "bold $text-accent"), with_keys(task.words)))
