"""Writes down a no to some kinds of texts, asked for or taken back. Must not argue.

A no to everything is a stop, and has a box of its own.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from shopbell.domain.consent import SAID_NO, Act, ConsentDraft, How, Purpose
from shopbell.domain.ids import E164
from shopbell.errors import ShopbellError
from shopbell.services.person_sheet import Standing
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans
from shopbell.tui.screens.record_stop import HOWS
from shopbell.tui.words import called

_PURPOSES = (Purpose.SERVICE, Purpose.MARKETING)


class RecordNo(Dialog[int]):
    """Answers how many waiting texts were taken back."""

    wide = True
    DEFAULT_CSS = """
    RecordNo .row { height: 1; margin: 1 0 0 0; }
    RecordNo .label { width: 9; color: $text-muted; }
    RecordNo #said { margin-top: 1; }
    RecordNo PlainButton { margin-right: 2; }
    RecordNo .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "record", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self, shop: Shop, number: E164, name: str, standings: tuple[Standing, ...]
    ) -> None:
        super().__init__("Write down a no")
        self._shop = shop
        self._number = number
        self._person = name
        self._standings = {one.purpose: one for one in standings}

    def inside(self) -> ComposeResult:
        """Lay out to what, how and why."""
        yield Plain(
            f"{called(self._person, self._number)} does not want these texts, starting now. "
            "Other texts may still go; a stop ends them all."
        )
        topics = [
            (f"{purpose}/{topic}", topic)
            for purpose in _PURPOSES
            for topic in self._standings[purpose].about
        ]
        with Horizontal(classes="row"):
            yield Plain("No to", classes="label")
            yield Choices(topics, [], id_="topics", several=True)
        with Horizontal(classes="row"):
            yield Plain("Said so", classes="label")
            yield Choices([(str(how), said) for how, said in HOWS], [How.IN_PERSON], id_="how")
        with Horizontal(classes="row"):
            yield Plain("Note", classes="label")
            yield PlainInput(placeholder="what they said, if it matters", limit=200)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("Write it down", primary=True, action="screen.record")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("tab goes on · space chooses · f2 writes it down · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with what the no is to."""
        self.query_one("#topics").focus()

    def on_input_submitted(self) -> None:
        """Enter goes on to the button."""
        self.focus_next()

    async def action_record(self) -> None:
        """Write down one act for each purpose that was chosen."""
        chosen = self.query_one("#topics", Choices).chosen
        if not chosen:
            self._say("Choose what they said no to.")
            return
        canceled = 0
        try:
            for purpose in _PURPOSES:
                topics = [
                    topic
                    for topic in self._standings[purpose].about
                    if f"{purpose}/{topic}" in chosen
                ]
                if topics:
                    canceled += await self._revoke(purpose, topics)
        except ShopbellError as error:
            self._say(f"{error.message} {error.hint}".strip())
            return
        self.dismiss(canceled)

    async def _revoke(self, purpose: Purpose, topics: list[str]) -> int:
        everything = len(topics) == len(self._standings[purpose].about)
        done = await self._shop.consents.revoke(
            ConsentDraft(
                number=self._number,
                act=Act.REVOKED,
                purpose=purpose,
                # A no to each topic there is ends a yes to nothing in particular, too.
                topics=() if everything else tuple(topics),
                wording=self.query_one(PlainInput).value.strip() or SAID_NO,
                how=How(self.query_one("#how", Choices).one),
                at=self._shop.clock.now(),
            )
        )
        return done.canceled

    def _say(self, sentence: str) -> None:
        self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), sentence))
