"""Writes down a complaint, or how one ended. Must not answer it: somebody calls."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from shopbell.domain.complaints import ABOUT, Complaint, ComplaintDraft, ComplaintKind, what_to_do
from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.errors import ShopbellError
from shopbell.services.complaints import Taken
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, lines, spans
from shopbell.tui.screens.record_stop import HOWS
from shopbell.tui.words import called, day

_KINDS = (
    (ComplaintKind.ORDER, "an order"),
    (ComplaintKind.TEXTS, "our texts"),
    (ComplaintKind.DATA, "their data"),
    (ComplaintKind.OTHER, "other"),
)
_KEYS: list[BindingType] = [
    Binding("escape", "dismiss(None)", show=False),
    Binding("f2", "record", show=False),
    Binding("down", "app.focus_next", show=False),
    Binding("up", "app.focus_previous", show=False),
]
_CSS = """
    {name} .row {{ height: 1; margin: 1 0 0 0; }}
    {name} .label {{ width: 9; color: $text-muted; }}
    {name} #said {{ margin-top: 1; }}
    {name} PlainButton {{ margin-right: 2; }}
    {name} .muted {{ margin: 1 0; }}
"""


class RecordComplaint(Dialog[Taken]):
    """Answers the complaint that was taken."""

    wide = True
    DEFAULT_CSS = _CSS.format(name="RecordComplaint")
    BINDINGS: ClassVar[list[BindingType]] = _KEYS

    def __init__(
        self, shop: Shop, number: E164, name: str, *, words: str = "", how: How = How.IN_PERSON
    ) -> None:
        super().__init__("Write down a complaint")
        self._shop = shop
        self._number = number
        self._person = name
        self._words = words
        self._how = how

    def inside(self) -> ComposeResult:
        """Lay out what about, how and in which words."""
        yield Plain(
            f"{called(self._person, self._number)} gets no offers from now on, until the complaint "
            "is closed. One about our texts is a no to offers for good."
        )
        with Horizontal(classes="row"):
            yield Plain("About", classes="label")
            kinds = [(str(kind), said) for kind, said in _KINDS]
            yield Choices(kinds, [ComplaintKind.ORDER], id_="kind")
        with Horizontal(classes="row"):
            yield Plain("Said so", classes="label")
            ways = [*HOWS, (How.TEXT, "text")]
            yield Choices([(str(how), said) for how, said in ways], [self._how], id_="how")
        with Horizontal(classes="row"):
            yield Plain("Words", classes="label")
            yield PlainInput(self._words, placeholder="what they said", limit=2000)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("Write it down", primary=True, action="screen.record")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("tab goes on · f2 writes it down · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with what it is about."""
        self.query_one("#kind").focus()

    def on_input_submitted(self) -> None:
        """Enter goes on to the button."""
        self.focus_next()

    async def action_record(self) -> None:
        """Write it down."""
        draft = ComplaintDraft(
            number=self._number,
            kind=ComplaintKind(self.query_one("#kind", Choices).one),
            words=self.query_one(PlainInput).value.strip(),
            how=How(self.query_one("#how", Choices).one),
            at=self._shop.clock.now(),
        )
        try:
            taken = await self._shop.complaints.open(draft)
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}")
            self.query_one("#said", Plain).show(said)
            return
        self.dismiss(taken)


class CloseComplaint(Dialog[Complaint]):
    """Shows an open complaint and answers how it ended."""

    wide = True
    DEFAULT_CSS = _CSS.format(name="CloseComplaint")
    BINDINGS: ClassVar[list[BindingType]] = _KEYS

    def __init__(self, shop: Shop, complaint: Complaint, name: str) -> None:
        super().__init__("Close a complaint")
        self._shop = shop
        self._complaint = complaint
        self._person = name

    def inside(self) -> ComposeResult:
        """Lay out what was said, what to do, and how it ended."""
        one, shop = self._complaint, self._shop
        who = called(self._person, one.number or "")
        facts = [spans(f"{who}, {day(one.at, shop.profile.zone)}, about {ABOUT[one.kind]}.")]
        facts += [spans(f"“{one.words}”")] if one.words else []
        todo = what_to_do(one, shop.profile, shop.clock.now())
        yield Plain(lines(*facts, spans((todo, "$text-warning"))))
        with Horizontal(classes="row"):
            yield Plain("It ended", classes="label")
            yield PlainInput(placeholder="new bouquet delivered, all is well", limit=2000)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("Close it", primary=True, action="screen.record")
            yield PlainButton("Leave it open", action="screen.dismiss(None)")
        yield Plain("tab goes on · f2 closes it · esc leaves it open", classes="muted")

    def on_mount(self) -> None:
        """Start with how it ended."""
        self.query_one(PlainInput).focus()

    def on_input_submitted(self) -> None:
        """Enter goes on to the button."""
        self.focus_next()

    async def action_record(self) -> None:
        """Close it."""
        outcome = self.query_one(PlainInput).value
        try:
            closed = await self._shop.complaints.close(self._complaint.id, outcome)
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}")
            self.query_one("#said", Plain).show(said)
            return
        self.dismiss(closed)
