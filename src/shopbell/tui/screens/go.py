"""Says yes to a plan by typing how many people it goes to. Must not decide whether it may go."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.second_yes import LONGEST_NAME, LONGEST_WORD
from shopbell.domain.secret import Secret
from shopbell.domain.telling import counted, day_and_clock
from shopbell.errors import ShopbellError
from shopbell.services.plans import Plan
from shopbell.services.runs import HOLD_SECONDS, TYPED_ABOVE
from shopbell.services.shop import Shop
from shopbell.tui import words
from shopbell.tui.campaign_words import two_said
from shopbell.tui.form import said_of
from shopbell.tui.frame import Dialog
from shopbell.tui.own_keys import key_for
from shopbell.tui.plain import Plain, PlainInput, spans


class Go(Dialog[str]):
    """Answers what was done, in a sentence: the countdown runs, or a second yes is missing."""

    DEFAULT_CSS = """
    Go PlainInput { width: 20; margin-top: 1; }
    Go .muted { margin-top: 1; }
    Go > #box { padding-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter", "go", show=False),
    ]

    def __init__(self, shop: Shop, plan: Plan, who: str) -> None:
        """Make the box.

        Args:
            shop: whose campaign.
            plan: as it was looked at.
            who: who says yes.
        """
        super().__init__(
            f"Send “{plan.campaign.name}” to {counted(plan.to_send, 'person', 'people')}?"
        )
        self._shop = shop
        self._plan = plan
        self._who = who
        self._is_going = False

    @property
    def _is_typed(self) -> bool:
        return self._plan.to_send > TYPED_ABOVE and not self._is_approved

    @property
    def _is_approved(self) -> bool:
        """Whether everybody needed has said yes to at least so many people."""
        has_all = bool(self._plan.campaign.second_by) or not self._plan.needs_two
        return has_all and self._has_one

    @property
    def _has_one(self) -> bool:
        campaign = self._plan.campaign
        is_approved = campaign.state is CampaignState.APPROVED
        return is_approved and self._plan.to_send <= (campaign.approved_count or 0)

    @property
    def _is_named(self) -> bool:
        """Whether who says yes has to prove it by a word of their own."""
        return self._plan.needs_two and not self._is_approved

    @property
    def _is_first(self) -> bool:
        return self._is_named and not self._has_one

    def inside(self) -> ComposeResult:
        """Lay out what it takes, the number to type, and who says so where two are needed."""
        yield Plain(self._facts())
        if self._is_typed:
            yield Plain("Type how many people that are:")
            yield PlainInput(id_="count", limit=9)
        if self._is_named:
            yield Plain(two_said(self._plan), classes="muted")
            yield PlainInput(placeholder="your name", id_="name", limit=LONGEST_NAME)
            yield PlainInput(
                placeholder="your own word", id_="word", password=True, limit=LONGEST_WORD
            )
        yield Plain("", id_="said")
        does = "says yes" if self._is_first else "starts the countdown"
        yield Plain(f"↵ {does} · esc leaves it", classes="muted")

    def on_mount(self) -> None:
        """Start in the field."""
        if self._is_typed or self._is_named:
            self.query(PlainInput).first().focus()

    async def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Enter goes on to the next field, and from the last one says yes."""
        if event.input is self.query(PlainInput).last():
            await self.action_go()
            return
        self.focus_next()

    async def action_go(self) -> None:
        """Say yes and start the countdown, or say why not."""
        count = self._plan.to_send
        if self._is_typed:
            typed = self.query_one("#count", PlainInput).value.replace(",", "").strip()
            if not (typed.isascii() and typed.isdecimal()):
                self._say(f"Type the number {count:,} to say yes.")
                return
            count = int(typed)
        if self._is_going:
            return
        self._is_going = True
        runs, campaign = self._shop.runs, self._plan.campaign
        self.query_one("#said", Plain).show("Looking at everybody once more …")
        try:
            if self._is_named:
                who = self.query_one("#name", PlainInput).value
                word = Secret(self.query_one("#word", PlainInput).value)
                await runs.approve(campaign.id, count, by=who, word=word)
            elif not self._is_approved:
                await runs.approve(campaign.id, count, by=self._who)
            if self._is_first:
                said = "The first yes is noted. Somebody else says the second one with"
                self.dismiss(f"{said} {key_for('campaign.go')}.")
                return
            await runs.start(campaign.id, by=self._who)
        except ShopbellError as error:
            self._is_going = False
            self._say(said_of(error))
            return
        self.dismiss("")

    def _say(self, sentence: str) -> None:
        said = spans(("! ", "bold $text-warning"), sentence.strip())
        self.query_one("#said", Plain).show(said)

    def _facts(self) -> str:
        plan, campaign = self._plan, self._plan.campaign
        cost = words.price(plan.tally.price_micros, plan.currency) if plan.currency else ""
        at = campaign.not_before
        when = f"You can take it back for {HOLD_SECONDS} seconds."
        if at is not None and at > self._shop.clock.now():
            leaves = day_and_clock(at, self._shop.profile.zone)
            when = f"It leaves {leaves}, shop time; until then you can take it back."
        parts = counted(plan.tally.parts, "part")
        return f"{parts}, {cost or 'no price set'}. {when}"
