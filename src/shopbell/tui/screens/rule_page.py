"""One row of the rulebook as a page: what it says, where that is written, how sure we are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from shopbell.domain.rule_sheet import CONFIDENCE_WORDS, RuleSheet
from shopbell.domain.telling import plain_day
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, lines, spans


class RulePage(Dialog[None]):
    """Must not be taken for legal advice, and says so."""

    wide = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss(None)", show=False)]
    DEFAULT_CSS = """
    RulePage VerticalScroll { height: auto; max-height: 17;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    def __init__(self, sheet: RuleSheet, today: date) -> None:
        super().__init__(f"{sheet.id}: {sheet.name}")
        self._sheet = sheet
        self._today = today

    def inside(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll():
            yield Plain(lines(*self._lines()))
        yield Plain("")
        yield Plain("This is not legal advice. esc closes it.", classes="muted")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def _lines(self) -> Iterator[Content]:
        sheet = self._sheet
        yield spans(sheet.scope)
        if sheet.confidence:
            means = next(w for mark, w in CONFIDENCE_WORDS.items() if mark == sheet.confidence)
            yield spans((f"How sure: {sheet.confidence}, {means}.", "$text-muted"))
        read = f"Read on {plain_day(sheet.checked)}, {sheet.age(self._today)} ago"
        again = f"to be looked at again by {plain_day(sheet.review_by)}"
        yield spans((f"{read}; {again}.", "$text-muted"))
        if sheet.is_overdue(self._today):
            yield spans(("OVERDUE: nobody has looked at the sources since.", "bold $text-warning"))
        if sheet.effective_from is not None:
            yield spans((f"In force from {plain_day(sheet.effective_from)}.", "$text-muted"))
        if sheet.effective_to is not None:
            last = plain_day(sheet.effective_to)
            yield spans((f"In force until the day before {last}.", "$text-muted"))
        for line in sheet.lines:
            source = "; ".join(part for part in (line.rule, line.citation, line.confidence) if part)
            yield spans("")
            yield spans((f"{line.topic}: ", "bold"), line.says)
            if source:
                yield spans((source, "$text-muted"))
