"""Explains one text from what was stored when it was decided. Must not decide again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from shopbell.domain.decision import Decision, Reason
from shopbell.domain.texts import OutboundText, TextEvent
from shopbell.tui import words
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, lines, spans


class Why(Dialog[None]):
    """The decision, every reason, and what happened since."""

    wide = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,w,q", "dismiss(None)", show=False)
    ]
    DEFAULT_CSS = """
    Why VerticalScroll {
        height: auto; max-height: 17; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """

    def __init__(
        self,
        decision: Decision,
        zone: str,
        now: datetime,
        *,
        text: OutboundText | None = None,
        events: Sequence[TextEvent] = (),
        notes: Sequence[str] = (),
    ) -> None:
        """Make the box.

        Args:
            decision: what is explained.
            zone: the counter's time zone.
            now: for relative times.
            text: the text it was about, if it was written to the outbox.
            events: what happened to that text, oldest first.
            notes: what is worth thinking about before it goes.
        """
        super().__init__("Why?")
        self._decision = decision
        self._zone = zone
        self._now = now
        self._text = text
        self._events = events
        self._notes = notes

    def inside(self) -> ComposeResult:
        """Lay out the reasons."""
        with VerticalScroll():
            yield Plain(lines(*self._lines()))
        yield Plain("")
        yield Plain("esc closes this.", classes="muted")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def _lines(self) -> list[Content]:
        rows: list[Content] = []
        if self._text is not None:
            rows += [spans(self._text.final.text), spans("")]
        decision = self._decision
        sign, said, style = words.verdict(decision, self._zone, self._now)
        at = words.moment(decision.decided_at, self._zone, self._now)
        rows.append(spans((f"{sign} {said}", f"bold {style}"), (f"   decided {at}", "$text-muted")))
        if not decision.reasons:
            rows.append(spans("Nothing spoke against it."))
        for reason in decision.reasons:
            rows += self._reason(reason)
        for reason in decision.set_aside:
            rows += [
                spans(""),
                spans(("DID NOT COUNT", "bold $text-muted")),
                *self._reason(reason)[1:],
            ]
        if self._text is not None and self._text.really_service:
            because = self._text.really_service
            rows.append(spans(f"It counts as no offer, because: \u201c{because}\u201d"))
        if self._notes:
            rows += [spans(""), spans(("THINK ABOUT IT", "bold $text-muted"))]
            rows += [spans(note) for note in self._notes]
        if self._events:
            rows += [spans(""), spans(("WHAT HAPPENED", "bold $text-muted"))]
            rows += [self._event(event) for event in self._events]
        return rows

    def _reason(self, reason: Reason) -> list[Content]:
        source = f"{words.layer(reason.layer)}, {reason.rule}"
        if reason.citation:
            source += f" ({reason.citation})"
        if reason.confidence:
            source += f", {reason.confidence}"
        rows = [spans(""), spans(reason.sentence), spans((source, "$text-muted"))]
        if reason.next_allowed_at is not None:
            when = words.moment(reason.next_allowed_at, self._zone, self._now)
            rows.append(spans((f"over at {when}", "$text-muted")))
        return rows

    def _event(self, event: TextEvent) -> Content:
        _, said, _ = words.state(event.state)
        return spans(
            (f"{words.moment(event.at, self._zone, self._now):<13}", "$text-muted"),
            f"{said:<15}",
            (event.detail, "$text-muted"),
        )
