"""Writes down a complaint, or how one ended. Must not answer it: somebody calls."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from shopbell.domain.complaints import ABOUT, Complaint, ComplaintDraft, ComplaintKind, what_to_do
from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.services.complaints import Taken
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.form import Form, row, said_so
from shopbell.tui.plain import PlainInput, lines, spans
from shopbell.tui.words import called, day

_KINDS = (
    (ComplaintKind.ORDER, "an order"),
    (ComplaintKind.TEXTS, "our texts"),
    (ComplaintKind.DATA, "their data"),
    (ComplaintKind.OTHER, "other"),
)


class RecordComplaint(Form[Taken]):
    """Answers the complaint that was taken."""

    def __init__(
        self, shop: Shop, number: E164, name: str, *, words: str = "", how: How = How.IN_PERSON
    ) -> None:
        super().__init__("Write down a complaint")
        self._shop = shop
        self._number = number
        self._person = name
        self._words = words
        self._how = how

    def about(self) -> str:
        """Return what a complaint does."""
        return (
            f"{called(self._person, self._number)} gets no offers from now on, until the complaint "
            "is closed. One about our texts is a no to offers for good."
        )

    def questions(self) -> Iterator[Widget]:
        """Ask what about, how and in which words."""
        kinds = [(str(kind), said) for kind, said in _KINDS]
        yield row("About", Choices(kinds, [ComplaintKind.ORDER], id_="kind"))
        yield said_so(self._how, more=((How.TEXT, "text"),))
        words = PlainInput(self._words, placeholder="what they said", id_="words", limit=2000)
        yield row("Words", words)

    async def record(self) -> Taken:
        """Take the complaint."""
        return await self._shop.complaints.open(
            ComplaintDraft(
                number=self._number,
                kind=ComplaintKind(self.one("kind")),
                words=self.typed("words"),
                how=How(self.one("how")),
                at=self._shop.clock.now(),
            )
        )


class CloseComplaint(Form[Complaint]):
    """Shows an open complaint and answers how it ended."""

    button = "Close it"
    leave = "Leave it open"
    keys = "tab goes on · f2 closes it · esc leaves it open"

    def __init__(self, shop: Shop, complaint: Complaint, name: str) -> None:
        super().__init__("Close a complaint")
        self._shop = shop
        self._complaint = complaint
        self._person = name

    def about(self) -> Content:
        """Return what was said, and what to do."""
        one, shop = self._complaint, self._shop
        who = called(self._person, one.number or "")
        facts = [spans(f"{who}, {day(one.at, shop.profile.zone)}, about {ABOUT[one.kind]}.")]
        facts += [spans(f"“{one.words}”")] if one.words else []
        todo = what_to_do(one, shop.profile, shop.clock.now())
        return lines(*facts, spans((todo, "$text-warning")))

    def questions(self) -> Iterator[Widget]:
        """Ask how it ended."""
        hint = "new bouquet delivered, all is well"
        yield row("It ended", PlainInput(placeholder=hint, id_="ended", limit=2000))

    async def record(self) -> Complaint:
        """Close it."""
        return await self._shop.complaints.close(self._complaint.id, self.typed("ended"))
