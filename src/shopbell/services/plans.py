"""Plans: the whole audience decided in one pass, stored and looked at. Must not send a text.

Every text is decided again in the moment it leaves: a plan says what would happen, and shows what
has moved since the plan before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbell.domain.campaigns import (
    CAN_CHANGE,
    Bucket,
    Campaign,
    CampaignState,
    Moved,
    Outcome,
    Recipient,
    Tally,
)
from shopbell.domain.decision import Code, Decision
from shopbell.domain.facts import Judged
from shopbell.domain.findings import Finding, Severity
from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.lint import lint
from shopbell.domain.merge_fields import Unprintable, filled_in, read_merge_text, values_for
from shopbell.domain.pace import Pace
from shopbell.domain.people import Page
from shopbell.domain.planning import Fit, Standing, fit, moved, taken_out
from shopbell.domain.progress import Progress
from shopbell.domain.texts import FinalText
from shopbell.domain.whereabouts import whereabouts
from shopbell.domain.wording import final_text
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.services.campaigns import known_campaign
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.gateways import Gateways
from shopbell.services.planner import Basis, Planner, basis, draft_of, meant_for
from shopbell.store import (
    campaign_plan,
    campaign_rows,
    campaigns,
    coupons,
    decisions,
    gateway_book,
    second_yes,
    text_rows,
)
from shopbell.store.gathering import gather
from shopbell.store.shop_row import load_facts

if TYPE_CHECKING:
    from sqlite_utils import Database

_BATCH = 400
_FRESH = timedelta(minutes=5)
"""For how long a plan for "now" is taken for now."""

_SAMPLE = "Maria Example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as people look at it."""

    campaign: Campaign
    tally: Tally
    fit: Fit
    currency: str | None
    moved: tuple[Moved, ...]
    """Who stands elsewhere than in the plan before."""
    findings: tuple[Finding, ...]
    """What is noticed about the words; what blocks comes first."""
    codes_left: int
    needs_two: bool
    """Whether two people have to say yes to it."""
    pace: str
    """How fast the texts leave, in words; empty where nothing limits it."""

    @property
    def to_send(self) -> int:
        """How many people would be texted."""
        return self.tally.of(Bucket.WAITING)

    @property
    def blocked(self) -> tuple[Finding, ...]:
        """What must be changed about the words before anything may start."""
        return tuple(one for one in self.findings if one.severity is Severity.BLOCK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The real text to one person."""

    recipient: Recipient
    final: FinalText | None
    """None where a merge field has nothing to print."""
    decision: Decision | None
    zones: tuple[str, ...] = ()
    """On whose clocks the person may be; empty once the text has left, or if nobody can say."""


class Plans:
    """The plans of one shop's campaigns."""

    def __init__(self, desk: Desk, gateways: Gateways) -> None:
        self._desk = desk
        self._gateways = gateways

    async def plan(
        self,
        campaign_id: CampaignId,
        *,
        on: Callable[[Progress], None] = lambda _: None,
        stop: asyncio.Event | None = None,
    ) -> Plan:
        """Decide about everybody and keep it; what nobody can change any more stays as it is.

        When `stop` is set meanwhile, the plan before stays.

        Raises:
            BadInput: there is no such campaign.
        """
        store, now = self._desk.store, self._desk.clock.now()
        await store.read(known_campaign, campaign_id)
        start = await store.read(basis, campaign_id, now)
        if start.campaign.state not in {CampaignState.DONE, CampaignState.ABORTED}:
            planner = Planner(self._desk, start, now)
            for first in range(0, len(planner.in_turn), _BATCH):
                if stop is not None and stop.is_set():
                    return await self._view(campaign_id)
                await store.read(planner.look, planner.in_turn[first : first + _BATCH])
                on(
                    Progress(
                        step="deciding about people",
                        done=min(first + _BATCH, len(start.numbers)),
                        total=len(start.numbers),
                    )
                )
            await store.write(self._keep, start, planner, now)
            self._desk.tell(Changed.CAMPAIGNS)
        return await self._view(campaign_id)

    async def show(
        self, campaign_id: CampaignId, *, on: Callable[[Progress], None] = lambda _: None
    ) -> Plan:
        """Return the plan; made again first if rules, hours, people or consents have changed.

        Raises:
            BadInput: there is no such campaign.
        """
        if await self._desk.store.read(self._is_stale, campaign_id, self._desk.clock.now()):
            return await self.plan(campaign_id, on=on)
        return await self._view(campaign_id)

    async def people(
        self,
        campaign_id: CampaignId,
        *,
        buckets: tuple[Bucket, ...] = (),
        code: Code | None = None,
        first: int = 0,
        count: int = 100,
    ) -> Page[Recipient]:
        """Return a window of the people of a plan, in leaving order."""
        rows, total = await self._desk.store.read(
            campaign_rows.find, campaign_id, buckets, code, first, count
        )
        return Page(rows=rows, first=first, total=total)

    async def preview(self, campaign_id: CampaignId, number: E164) -> Preview:
        """Return the real text to one person, and what the gate says of it.

        Raises:
            BadInput: there is no such campaign, or the person is not in its plan.
        """
        return await self._desk.store.read(
            self._preview, campaign_id, number, self._desk.clock.now()
        )

    async def take_out(self, campaign_id: CampaignId, number: E164) -> bool:
        """Leave one person out; False when the text has left already, or was never to leave."""
        done = await self._desk.store.write(self._take_out, campaign_id, number)
        self._desk.tell(Changed.CAMPAIGNS)
        return done

    async def put_back(self, campaign_id: CampaignId, number: E164) -> Plan:
        """Take back that somebody was left out, and plan again.

        Raises:
            BadInput: it has started: nobody new comes in.
        """

        def step(db: Database) -> None:
            campaign = known_campaign(db, campaign_id)
            if campaign.state not in CAN_CHANGE:
                raise BadInput(
                    "This campaign has started: nobody new comes in.",
                    "Make another campaign for them.",
                    code="has_started",
                )
            campaign_plan.put_back(db, campaign_id, number)

        await self._desk.store.write(step)
        return await self.plan(campaign_id)

    async def spacing(self) -> timedelta:
        """Return the time from one text to the next, on average."""
        return timedelta(seconds=(await self._pace()).average)

    def _keep(self, db: Database, start: Basis, planner: Planner, now: datetime) -> None:
        campaign = campaigns.must_get(db, start.campaign.id)
        if campaign.revision != start.campaign.revision or campaign.state != start.campaign.state:
            return  # changed while we looked: the next look plans it anew
        rows = planner.ordered()
        before = {number: old.outcome for number, old in start.old.items() if not old.has_left}
        if start.is_fixed:
            for row in rows:
                campaign_plan.stand(db, campaign.id, row.standing)
            before = {number: one for number, one in before.items() if one is not Outcome.OUT}
        else:
            campaign_plan.replace(db, campaign.id, rows)
        changes = moved(
            before, {row.standing.number: (row.standing.outcome, row.standing.code) for row in rows}
        )
        campaign_plan.planned(
            db,
            campaign.id,
            now=now,
            planned_for=planner.planned_for,
            last=planner.last,
            stamp=self._stamp(start.stamp),
            moved=changes if before else (),
        )
        second_yes.end_approval_if_more(db, campaign, changes if before else (), now)

    async def _view(self, campaign_id: CampaignId) -> Plan:
        pace, now = await self._pace(), self._desk.clock.now()
        return await self._desk.store.read(self._look, campaign_id, pace, now)

    async def _pace(self) -> Pace:
        try:
            return await self._gateways.pace()
        except GatewayTrouble:
            return Pace(between=0.0, jitter=0.0)

    def _look(self, db: Database, campaign_id: CampaignId, pace: Pace, now: datetime) -> Plan:
        campaign = known_campaign(db, campaign_id)
        gateway, rates = gateway_book.active(db), load_facts(db).rules.prices()
        tally = campaign_rows.tally(db, campaign_id)
        return Plan(
            campaign=campaign,
            tally=tally,
            fit=fit(
                campaign_rows.window_ends(db, campaign_id),
                starts_at=max(now, campaign.not_before or now),
                spacing=timedelta(seconds=pace.average),
                margin=self._desk.rules.policy.deliver_margin,
                last_at=campaign.last_at,
            ),
            currency=rates.currency if rates else gateway.config.currency if gateway else None,
            moved=campaign_plan.moved_of(db, campaign_id),
            findings=self._findings(campaign),
            codes_left=len(coupons.free(db, campaign_id)),
            needs_two=second_yes.load(db).counts_for(tally.of(Bucket.WAITING)),
            pace=pace.words,
        )

    def _findings(self, campaign: Campaign) -> tuple[Finding, ...]:
        profile, rules = self._desk.profile, self._desk.rules
        words = filled_in(
            read_merge_text(campaign.body), values_for(_SAMPLE, profile.name, "CODE1234")
        )
        body = words if isinstance(words, str) else campaign.body
        final = final_text(body, profile, campaign.purpose, profile.country, True, rules)
        return lint(body, final, profile, campaign.purpose, rules, country=profile.country)

    def _is_stale(self, db: Database, campaign_id: CampaignId, now: datetime) -> bool:
        campaign = known_campaign(db, campaign_id)
        if campaign.state in {CampaignState.DONE, CampaignState.ABORTED}:
            return False
        if campaign.planned_for is None or campaign.planned_for < now - _FRESH:
            return True
        stamp = campaign_plan.stamp_of(db, with_texts=campaign.state in CAN_CHANGE)
        return campaign_plan.kept_stamp(db, campaign_id) != self._stamp(stamp)

    def _stamp(self, of_file: str) -> str:
        return f"{self._desk.rules.version}|{of_file}"

    def _preview(
        self, db: Database, campaign_id: CampaignId, number: E164, now: datetime
    ) -> Preview:
        campaign = known_campaign(db, campaign_id)
        recipient = campaign_rows.one(db, campaign_id, number)
        if recipient is None:
            raise BadInput(
                "This person is not in the plan.",
                "Plan again, or choose other people.",
                code="not_in_plan",
            )
        if recipient.text_id is not None:
            text = text_rows.must_get(db, recipient.text_id)
            return Preview(
                recipient=recipient, final=text.final, decision=decisions.load(db, text.decision_id)
            )
        person = gather(db, number, now)
        name = "" if person.contact is None else person.contact.name
        words = filled_in(
            read_merge_text(campaign.body),
            values_for(name, self._desk.profile.name, recipient.coupon),
        )
        at = max(now, campaign.not_before or now)
        judged: Judged = self._desk.judge(
            draft_of(campaign, number, words, meant_for(campaign, now)), person, load_facts(db), at
        )
        return Preview(
            recipient=recipient,
            final=None if isinstance(words, Unprintable) else judged.final,
            decision=judged.decision,
            zones=whereabouts(judged.facts, self._desk.rules).zones,
        )

    def _take_out(self, db: Database, campaign_id: CampaignId, number: E164) -> bool:
        known_campaign(db, campaign_id)
        recipient = campaign_rows.one(db, campaign_id, number)
        if recipient is None or recipient.text_id is not None:
            return False
        standing = Standing(
            number=number,
            contact_id=recipient.contact_id,
            outcome=Outcome.OUT,
            reasons=(taken_out(),),
            segments=recipient.segments,
        )
        campaign_plan.stand(db, campaign_id, standing, taken_out=True)
        return True
