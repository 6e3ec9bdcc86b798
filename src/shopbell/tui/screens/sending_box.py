"""Whether texts leave, and the two keys that turn it. Must not decide: a copy asks its owner."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.budget import Month
from shopbell.domain.second_yes import SecondYes
from shopbell.domain.sending import Sending, off_sentence
from shopbell.domain.telling import counted
from shopbell.errors import ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui import words
from shopbell.tui.frame import Dialog
from shopbell.tui.own_keys import key_for
from shopbell.tui.plain import Plain, PlainList, lines, spans
from shopbell.tui.work import start


class SendingBox(Dialog[str]):
    """Answers what was done, in a sentence; None when everything stays as it is."""

    DEFAULT_CSS = """
    SendingBox #said { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(
        self, shop: Shop, who: str, switch: Sending, month: Month, missed: int, two: SecondYes
    ) -> None:
        """Make the box.

        Args:
            shop: whose switch it is.
            who: who turns it, for the history.
            switch: how it stands.
            month: the budget and what is left of it.
            missed: how many texts wait for somebody's word.
            two: from how many people on a campaign needs the yes of two.
        """
        super().__init__(_title(switch))
        self._shop = shop
        self._who = who
        self._switch = switch
        self._month = month
        self._missed = missed
        self._two = two

    @property
    def is_question(self) -> bool:
        """Whether a copied file asks its owner."""
        return self._switch.is_copy and not self._switch.on

    def inside(self) -> ComposeResult:
        """Lay out why, what is left, and the choices."""
        yield Plain(lines(*(spans(one) for one in self._facts())), id_="said")
        yield PlainList(_choices(self._switch))

    def on_mount(self) -> None:
        """Start on the first choice: the one that changes nothing."""
        choices = self.query_one(PlainList)
        choices.highlighted = 0
        choices.focus()

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Turn it, or leave it."""
        if event.option_id == "leave":
            self.dismiss(None)
            return
        start(self, partial(self._turn, on=event.option_id == "on"), "turn")

    async def _turn(self, *, on: bool) -> None:
        try:
            if on:
                await self._shop.sending.turn_on(by=self._who)
            else:
                await self._shop.sending.turn_off(by=self._who)
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}".strip())
            self.query_one("#said", Plain).show(said)
            return
        self.dismiss(
            "Sending is on. Campaigns stay paused until you let each go on."
            if on
            else "Sending is off: nothing leaves any more."
        )

    def _facts(self) -> list[str]:
        facts = [off_sentence(self._switch) or "Texts leave as they are due."]
        if self._switch.since is not None:
            now, zone = self._shop.clock.now(), self._shop.profile.zone
            facts.append(f"Since {words.moment(self._switch.since, zone, now)}.")
        if self._switch.is_copy:
            facts.append("If both files send, customers may get a text twice.")
        if self._month.budget.texts is not None:
            left, of = self._month.texts_left or 0, self._month.budget.texts
            facts.append(f"This month {left:,} of {counted(of, 'text')} are left.")
        if self._month.why_spent:
            facts.append(self._month.why_spent)
        if self._two.is_on:
            facts.append(
                f"A campaign to {self._two.from_count:,} people or more needs the yes of two: "
                f"{', '.join(self._two.names)}."
            )
        if self._missed:
            waits = "1 text waits" if self._missed == 1 else f"{self._missed:,} texts wait"
            facts.append(
                f"{waits} for your word in the outbox: press {key_for('everywhere.outbox')}."
            )
        return facts


async def sending_box(shop: Shop, who: str) -> SendingBox:
    """Make the box from how things stand now.

    Raises:
        VaultError: the file could not be read.
    """
    return SendingBox(
        shop,
        who,
        await shop.sending.now(),
        await shop.budgets.month(),
        len(await shop.missed.find()),
        await shop.second_yes.rule(),
    )


def _title(switch: Sending) -> str:
    if switch.on:
        return "Sending is on"
    return "Is this the file to send from?" if switch.is_copy else "Sending is off"


def _choices(switch: Sending) -> tuple[tuple[str, str], ...]:
    if switch.on:
        return (("leave", "Leave it on"), ("off", "Turn it off: nothing leaves any more"))
    if switch.is_copy:
        return (
            ("leave", "No, or not now: send nothing from here"),
            ("on", "Yes: send from this file, and from no other"),
        )
    return (("leave", "Leave it off"), ("on", "Turn it on"))
