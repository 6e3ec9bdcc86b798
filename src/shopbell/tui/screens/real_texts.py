"""Walks the people of a plan: to each the real text, or why there is none. Must not send any."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.domain.campaigns import CAN_CHANGE, Bucket
from shopbell.domain.decision import Code
from shopbell.domain.people import masked
from shopbell.domain.telling import clock, day_and_clock, place_of
from shopbell.errors import ShopbellError
from shopbell.services.plans import Plan, Preview
from shopbell.services.shop import Shop
from shopbell.tui import words
from shopbell.tui.campaign_words import BUCKETS
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import Dialog
from shopbell.tui.judgement import as_it_leaves
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, lines, spans
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.work import start

_WAIT = spans(("Looking …", "$text-muted"))
_MOST_REASONS = 3
_MOST_ZONES = 3


class RealTexts(Dialog[None]):
    """One person at a time, in the order their texts leave."""

    wide = True
    scope = Scope.REAL
    prints_keys = True
    DEFAULT_CSS = """
    RealTexts #who { margin-bottom: 1; }
    RealTexts #text { min-height: 3; margin-bottom: 1; }
    RealTexts .muted { margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,v,q", "dismiss(None)", show=False),
        Binding("right,down,n,space", "step(1)", show=False),
        Binding("left,up,p", "step(-1)", show=False),
        Binding("home", "go(0)", show=False),
        Binding("end", "go(-1)", show=False),
        *bindings(Scope.REAL),
    ]

    def __init__(
        self,
        shop: Shop,
        plan: Plan,
        *,
        bucket: Bucket | None = None,
        code: Code | None = None,
        at: int = 0,
    ) -> None:
        """Make the box.

        Args:
            shop: whose campaign.
            plan: whose people are walked.
            bucket: only those who stand there; None: everybody.
            code: only those with this main reason.
            at: whom to begin with.
        """
        super().__init__("The real texts")
        self._shop = shop
        self._plan = plan
        self._buckets = () if bucket is None else (bucket,)
        self._code = code
        self._at = at
        self._total = 0
        self._shown: Preview | None = None

    def inside(self) -> ComposeResult:
        """Lay out who, what, and when or why not."""
        yield Plain("", id_="who")
        yield Plain("", id_="text")
        yield Plain("", id_="about")
        keys = "← → next person · [real.out] leaves out, or lets in · esc closes"
        yield Plain(with_keys(keys), classes="muted")

    def on_mount(self) -> None:
        """Begin with the first."""
        self._look()

    def action_step(self, by: int) -> None:
        """Go on, or back."""
        if self._total:
            self._at = (self._at + by) % self._total
            self._look()

    def action_go(self, to: int) -> None:
        """Go to the first, or the last."""
        self._at = max(self._total - 1, 0) if to < 0 else to
        self._look()

    async def do_out(self) -> None:
        """Leave the person out, or take that back."""
        one = self._shown
        if one is None:
            return
        plans, number = self._shop.plans, one.recipient.number
        try:
            if _is_taken_out(one):
                await plans.put_back(self._plan.campaign.id, number)
            elif not await plans.take_out(self._plan.campaign.id, number):
                self.notify("Too late: the text has left already.")
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}".strip(), severity="warning")
            return
        self._look()

    def _look(self) -> None:
        start(self, self._load, "look")

    async def _load(self) -> None:
        with told_when_slow(self, lambda: self._show(_WAIT, spans(""), spans(""))):
            await self._read()

    async def _read(self) -> None:
        plans, campaign = self._shop.plans, self._plan.campaign
        try:
            page = await plans.people(
                campaign.id, buckets=self._buckets, code=self._code, first=self._at, count=1
            )
            if not page.rows and page.total:
                self._at = page.total - 1
                page = await plans.people(
                    campaign.id, buckets=self._buckets, code=self._code, first=self._at, count=1
                )
            self._total = page.total
            if not page.rows:
                self._shown = None
                self._show(spans("Nobody is left here."), spans(""), spans(""))
                return
            one = await plans.preview(campaign.id, page.rows[0].number)
            spacing = await plans.spacing()
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}".strip())
            self._show(said, spans(""), spans(""))
            return
        self._shown = one
        leaves = None
        if one.recipient.bucket is Bucket.WAITING and campaign.state in CAN_CHANGE:
            leaves = self._plan.fit.starts_at + spacing * self._at
        self._show(self._who(one), self._text(one), self._about(one, leaves))

    def _show(self, who: Content, text: Content, about: Content) -> None:
        for part, content in (("#who", who), ("#text", text), ("#about", about)):
            self.query_one(part, Plain).show(content)

    def _who(self, one: Preview) -> Content:
        recipient = one.recipient
        sign, said, _ = BUCKETS[recipient.bucket]
        if recipient.state is not None:
            sign, said, _ = words.state(recipient.state)
        return spans(
            (words.called(recipient.name, recipient.number), "bold"),
            (f"   {masked(recipient.number)}   ", "$text-muted"),
            f"{sign} {said}",
            (f"   {self._at + 1:,} of {self._total:,}", "$text-muted"),
            one_line=True,
        )

    def _text(self, one: Preview) -> Content:
        if one.final is None:
            return spans(("No text: a field has nothing to print.", "$text-muted"))
        return as_it_leaves(one.final, self._shop.profile.name)

    def _about(self, one: Preview, leaves: datetime | None) -> Content:
        recipient, zone = one.recipient, self._shop.profile.zone
        rows: list[Content] = []
        if one.final is not None:
            cost = words.bill(one.final.segments, recipient.price_micros, self._plan.currency)
            rows.append(spans((words.measure(one.final), ""), f" · {cost or 'no price set'}"))
        at = leaves or recipient.next_at
        if at is not None and recipient.bucket in {Bucket.WAITING, Bucket.HELD}:
            about = "about " if leaves else "not before "
            rows.append(
                spans(
                    ("→ " if leaves else "… ", "$text-accent"),
                    f"{about}{when(at, zone, one.zones)}",
                )
            )
        rows += [
            spans(("· ", "$text-warning"), reason.sentence)
            for reason in recipient.reasons[:_MOST_REASONS]
        ]
        if recipient.coupon:
            rows.append(spans(("code ", "$text-muted"), recipient.coupon))
        return lines(*rows)


def when(at: datetime, zone: str, zones: tuple[str, ...]) -> str:
    """Return a moment on the shop's clock and on the person's, where that shows another time."""
    said = f"{day_and_clock(at, zone)}, shop time"
    here = clock(at, zone)
    there = dict.fromkeys(
        f"{clock(at, one)} in {place_of(one)}" for one in zones if clock(at, one) != here
    )
    told = list({text.partition(" ")[0]: text for text in reversed(there)}.values())[::-1]
    if not zones:
        return f"{said}; nobody knows their clock"
    if not told:
        return f"{said}, the same where they are"
    more = f" or later, by {len(told)} clocks" if len(told) > _MOST_ZONES else ""
    return f"{said}; {' or '.join(told[:_MOST_ZONES])}{more}"


def _is_taken_out(one: Preview) -> bool:
    return any(reason.code is Code.TAKEN_OUT for reason in one.recipient.reasons)
