"""Shows the recovery code and asks for a part of it. Must not store or copy it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from shopbell.domain.secret import Secret
from shopbell.tui.plain import Plain, PlainInput, lines, spans
from shopbell.tui.questions import Question

_PER_LINE = 4


class Recovery(Vertical):
    """The code in groups, and a field for the last one of them."""

    DEFAULT_CSS = """
    Recovery { height: auto; }
    Recovery #code { margin: 1 0 1 2; text-style: bold; color: $text-accent; }
    """

    def __init__(self, code: Secret, *, asks: bool = True) -> None:
        """Make it.

        Args:
            code: of the file.
            asks: whether a part of it is asked for.
        """
        super().__init__()
        self._asks = asks
        self._groups = code.reveal().replace("-", " ").split()

    def compose(self) -> ComposeResult:
        """Lay out the code and the question."""
        yield Plain(
            spans(("Write this on paper now. To see it again takes the passphrase.", "bold"))
        )
        yield Plain("Who has it can open the file without the passphrase.", classes="muted")
        rows = [
            "   ".join(self._groups[start : start + _PER_LINE])
            for start in range(0, len(self._groups), _PER_LINE)
        ]
        yield Plain(lines(*map(spans, rows)), id_="code")
        if self._asks:
            yield Plain("Written down? Type the last five letters of it.")
            yield PlainInput(limit=20)

    def on_mount(self) -> None:
        """Start in the field."""
        for field in self.query(PlainInput):
            field.focus()

    def on_input_submitted(self) -> None:
        """Go on."""
        self.post_message(Question.Answered())

    @property
    def is_confirmed(self) -> bool:
        """Whether the last group was typed; case does not matter."""
        return self.query_one(PlainInput).value.strip().upper() == self._groups[-1].upper()
