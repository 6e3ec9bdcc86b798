"""Says yes to a plan by typing how many people it goes to. Must not decide whether it may go."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.telling import counted, day_and_clock
from shopbell.errors import ShopbellError
from shopbell.services.plans import Plan
from shopbell.services.runs import HOLD_SECONDS, TYPED_ABOVE
from shopbell.services.shop import Shop
from shopbell.tui import words
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainInput, spans


class Go(Dialog[bool]):
    """Answers True once the countdown runs."""

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
        """Whether somebody has said yes to at least so many people."""
        campaign = self._plan.campaign
        is_approved = campaign.state is CampaignState.APPROVED
        return is_approved and self._plan.to_send <= (campaign.approved_count or 0)

    def inside(self) -> ComposeResult:
        """Lay out what it takes, and the number to type."""
        yield Plain(self._facts())
        if self._is_typed:
            yield Plain("Type how many people that are:")
            yield PlainInput(limit=9)
        yield Plain("", id_="said")
        yield Plain("↵ starts the countdown · esc leaves it", classes="muted")

    def on_mount(self) -> None:
        """Start in the field."""
        for field in self.query(PlainInput):
            field.focus()

    async def on_input_submitted(self) -> None:
        """Enter in the field."""
        await self.action_go()

    async def action_go(self) -> None:
        """Say yes and start the countdown, or say why not."""
        count = self._plan.to_send
        if self._is_typed:
            typed = self.query_one(PlainInput).value.replace(",", "").strip()
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
            if not self._is_approved:
                await runs.approve(campaign.id, count, by=self._who)
            await runs.start(campaign.id, by=self._who)
        except ShopbellError as error:
            self._is_going = False
            self._say(f"{error.message} {error.hint}")
            return
        self.dismiss(True)

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
