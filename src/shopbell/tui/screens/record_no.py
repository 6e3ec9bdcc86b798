"""Writes down a no to some kinds of texts, asked for or taken back. Must not argue.

A no to everything is a stop, and has a box of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from shopbell.domain.consent import SAID_NO, Act, ConsentDraft, How, Purpose
from shopbell.domain.ids import E164
from shopbell.errors import BadInput
from shopbell.services.person_sheet import Standing
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.form import Form, row, said_so
from shopbell.tui.plain import PlainInput
from shopbell.tui.words import called

_PURPOSES = (Purpose.SERVICE, Purpose.MARKETING)


class RecordNo(Form[int]):
    """Answers how many waiting texts were taken back."""

    keys = "tab goes on · space chooses · f2 writes it down · esc leaves"

    def __init__(
        self, shop: Shop, number: E164, name: str, standings: tuple[Standing, ...]
    ) -> None:
        super().__init__("Write down a no")
        self._shop = shop
        self._number = number
        self._person = name
        self._standings = {one.purpose: one for one in standings}

    def about(self) -> str:
        """Return what a no does."""
        return (
            f"{called(self._person, self._number)} does not want these texts, starting now. "
            "Other texts may still go; a stop ends them all."
        )

    def questions(self) -> Iterator[Widget]:
        """Ask to what, how and why."""
        topics = [
            (f"{purpose}/{topic}", topic)
            for purpose in _PURPOSES
            for topic in self._standings[purpose].about
        ]
        yield row("No to", Choices(topics, [], id_="topics", several=True))
        yield said_so()
        hint = "what they said, if it matters"
        yield row("Note", PlainInput(placeholder=hint, id_="note", limit=200))

    async def record(self) -> int:
        """Write down one act for each purpose that was chosen."""
        chosen = self.query_one("#topics", Choices).chosen
        if not chosen:
            raise BadInput("Choose what they said no to.", "", code="no_topic")
        canceled = 0
        for purpose in _PURPOSES:
            about = self._standings[purpose].about
            topics = [topic for topic in about if f"{purpose}/{topic}" in chosen]
            if topics:
                canceled += await self._revoke(purpose, topics)
        return canceled

    async def _revoke(self, purpose: Purpose, topics: list[str]) -> int:
        everything = len(topics) == len(self._standings[purpose].about)
        done = await self._shop.consents.revoke(
            ConsentDraft(
                number=self._number,
                act=Act.REVOKED,
                purpose=purpose,
                # A no to each topic there is ends a yes to nothing in particular, too.
                topics=() if everything else tuple(topics),
                wording=self.typed("note") or SAID_NO,
                how=How(self.one("how")),
                at=self._shop.clock.now(),
            )
        )
        return done.canceled
