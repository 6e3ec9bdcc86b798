"""Shows the welcome after a yes: the words, what they take, may it go. Must not decide that."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164
from shopbell.errors import ShopbellError
from shopbell.services.outbox import Submitted
from shopbell.services.shop import Shop
from shopbell.services.welcomes import WelcomeDraft
from shopbell.tui import words
from shopbell.tui.frame import Dialog
from shopbell.tui.judgement import decided, measured
from shopbell.tui.plain import Plain, PlainButton, PlainText, lines, spans
from shopbell.tui.work import start


class WelcomeBox(Dialog[Submitted]):
    """Answers what was written to the outbox; None if it was left for now."""

    wide = True
    DEFAULT_CSS = """
    WelcomeBox PlainText {
        height: auto; max-height: 7; margin-bottom: 1; scrollbar-gutter: stable;
    }
    WelcomeBox #judged { height: auto; }
    WelcomeBox #end { height: 1; margin: 1 0; }
    WelcomeBox PlainButton { margin-right: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "send", show=False, priority=True),
    ]

    def __init__(self, shop: Shop, number: E164, name: str, draft: WelcomeDraft) -> None:
        super().__init__(f"Welcome {words.called(name, number)}")
        self._shop = shop
        self._number = number
        self._draft = draft

    def inside(self) -> ComposeResult:
        """Lay out the words and what is thought of them."""
        yield PlainText(self._draft.body)
        yield Plain("", id_="judged")
        with Horizontal(id="end"):
            yield PlainButton("Send the welcome", primary=True, action="screen.send")
            yield PlainButton("Not now", action="screen.dismiss(None)")
        yield Plain("f2 sends · change the words if you like · esc not now", classes="muted")

    def on_mount(self) -> None:
        """Show what our own words come to."""
        self._show(self._draft)
        self.query_one(PlainText).focus()

    def on_text_area_changed(self, event: PlainText.Changed) -> None:
        """Judge the words anew."""
        if event.text_area.text != self._draft.body:
            body = event.text_area.text
            start(self, lambda: self._judge(body), "welcome")

    async def action_send(self) -> None:
        """Send it, or say what speaks against it."""
        body = self.query_one(PlainText).text
        try:
            outcome = await self._shop.welcomes.send(self._number, body=body)
        except ShopbellError as error:
            self._say(f"{error.message} {error.hint}".strip())
            return
        if isinstance(outcome, Reason):
            self._say(outcome.sentence)
        elif outcome.text is None:
            self._say(outcome.judged.decision.reasons[0].sentence)
        else:
            self.dismiss(outcome)

    async def _judge(self, body: str) -> None:
        try:
            draft = await self._shop.welcomes.draft(self._number, body=body)
        except ShopbellError as error:
            self._say(f"{error.message} {error.hint}".strip())
            return
        if isinstance(draft, Reason):
            self._say(draft.sentence)
        else:
            self._draft = draft
            self._show(draft)

    def _show(self, draft: WelcomeDraft) -> None:
        often = draft.promised
        promise = "" if often is None else f"It promises {words.often(often.n, often.days)}."
        shown = lines(
            measured(draft.checked, ""),
            spans((promise, "$text-muted")),
            decided(draft.checked, self._shop.profile.zone, self._shop.clock.now()),
        )
        self.query_one("#judged", Plain).show(shown)

    def _say(self, sentence: str) -> None:
        self.query_one("#judged", Plain).show(spans(("! ", "bold $text-warning"), sentence))
