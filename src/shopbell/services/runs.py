"""Running campaigns: approved, started, taken back, paused, resumed, aborted. Must not send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from shopbell.domain.campaign_words import become, stands_as
from shopbell.domain.campaigns import MOVES, Campaign, CampaignState, Pause
from shopbell.domain.ids import CampaignId
from shopbell.domain.second_yes import same_name
from shopbell.domain.secret import Secret
from shopbell.domain.sending import off_sentence
from shopbell.errors import BadInput
from shopbell.services.campaigns import known_campaign
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.gateways import Gateways
from shopbell.services.plans import Plan, Plans
from shopbell.services.second_yes import SecondYeses
from shopbell.services.stop_path import StopPaths
from shopbell.store import campaign_queue, campaigns, second_yes, sending

if TYPE_CHECKING:
    from sqlite_utils import Database

HOLD_SECONDS = 60
"""How long a campaign can be taken back after it was started."""

TYPED_ABOVE = 20
"""For more people than this, their number has to be typed."""


class Runs:
    """What can be done with a plan."""

    def __init__(self, desk: Desk, gateways: Gateways, plans: Plans, seconds: SecondYeses) -> None:
        self._desk = desk
        self._seconds = seconds
        self._gateways = gateways
        self._plans = plans
        self._stop_path = StopPaths(desk)

    async def approve(
        self,
        campaign_id: CampaignId,
        count: int | None = None,
        *,
        by: str = "",
        word: Secret | None = None,
    ) -> Campaign:
        """Say yes to a plan by the number of people it would be sent to.

        Where the shop asks for two people, each says so by name and `word`: the first call is the
        first yes, the next one, by somebody else, the second.

        Raises:
            BadInput: the number is another one, the words may not go, nobody would get it, or it
                is not known who says yes.
        """
        plan = await self._plans.plan(campaign_id)
        if (unfit := _unfit(plan)) is not None:
            raise unfit
        if count is None and plan.to_send > TYPED_ABOVE:
            raise BadInput(
                f"This goes to {plan.to_send:,} people: type that number to say yes.",
                f"For example: --count {plan.to_send}",
                code="count_needed",
            )
        if count is not None and count != plan.to_send:
            raise BadInput(
                f"This goes to {plan.to_send:,} people, not to {count:,}.",
                "Look at the plan again before you say yes.",
                code="wrong_count",
            )

        two = plan.needs_two
        who = await self._seconds.speaker(by, word) if two else by

        def step(db: Database, campaign: Campaign) -> Campaign:
            if second_yes.load(db).counts_for(plan.to_send) is not two:
                raise _moved_on()
            if two and _has_first_yes(campaign, plan.to_send):
                return self._second(db, campaign, who, plan.to_send)
            campaigns.approved(db, campaign_id, who, plan.to_send)
            why = f"Approved for {plan.to_send:,}."
            if two:
                why = f"First yes, for {plan.to_send:,}; a second person has to say so too."
            if campaign.state is CampaignState.APPROVED:  # for other numbers than before
                now = self._desk.clock.now()
                campaigns.keep_event(db, campaign.id, now, campaign.state, who, why)
                return campaigns.must_get(db, campaign.id)
            return self._move(db, campaign, CampaignState.APPROVED, why, who)

        return await self._do(campaign_id, step)

    async def start(
        self, campaign_id: CampaignId, *, hold_seconds: int = HOLD_SECONDS, by: str = ""
    ) -> Campaign:
        """Start the countdown after which an approved campaign leaves.

        Raises:
            BadInput: it is not approved, goes to more people now, cannot finish in time, or
                sending is off.
            GatewayTrouble: no gateway is set up.
        """
        await self._gateways.connect()
        await self._refuse_while_off()
        await self._stop_path.refuse_bulk()
        plan = await self._plans.plan(campaign_id)
        campaign = plan.campaign
        if campaign.state is not CampaignState.APPROVED:
            raise _cannot(campaign, CampaignState.STARTING)
        if plan.to_send > (campaign.approved_count or 0):
            raise BadInput(
                f"It would go to {plan.to_send:,} people now, and was approved for "
                f"{campaign.approved_count:,}.",
                "Look at the plan and approve it again.",
                code="plan_moved",
            )
        if (obstacle := why_not_start(plan)) is not None:
            raise obstacle
        now = self._desk.clock.now()
        release = max(now + timedelta(seconds=hold_seconds), campaign.not_before or now)

        def step(db: Database, found: Campaign) -> Campaign:
            if second_yes.load(db).counts_for(plan.to_send) and not found.second_by:
                raise BadInput(
                    f"This goes to {plan.to_send:,} people: a second person has to say yes first.",
                    f"They approve it too: shopbell campaign approve {found.id} --by NAME",
                    code="second_needed",
                )
            self._move(db, found, CampaignState.STARTING, "Leaves when the countdown ends.", by)
            campaigns.released_at(db, campaign_id, release)
            return campaigns.must_get(db, campaign_id)

        return await self._do(campaign_id, step)

    async def take_back(self, campaign_id: CampaignId, *, by: str = "") -> Campaign:
        """Take a started campaign back while its countdown runs; nothing has left.

        Raises:
            BadInput: it is not starting.
        """
        return await self._to(campaign_id, CampaignState.APPROVED, "Taken back.", by)

    async def pause(self, campaign_id: CampaignId, *, by: str = "") -> Campaign:
        """Let nothing more leave until it is resumed.

        Raises:
            BadInput: it is not running.
        """
        return await self._to(campaign_id, CampaignState.PAUSED, "Paused by the shop.", by)

    async def resume(self, campaign_id: CampaignId, *, by: str = "") -> Campaign:
        """Let the rest go; every text is decided again as it leaves.

        Raises:
            BadInput: it is not paused, or sending is off.
        """
        await self._refuse_while_off()
        await self._stop_path.refuse_bulk()
        await self._plans.plan(campaign_id)
        return await self._to(campaign_id, CampaignState.RUNNING, "Resumed.", by)

    async def abort(self, campaign_id: CampaignId, *, by: str = "") -> tuple[Campaign, int]:
        """End a campaign; returns also how many people are not texted because of it.

        Raises:
            BadInput: it has ended already.
        """
        stopped = 0

        def step(db: Database, campaign: Campaign) -> Campaign:
            nonlocal stopped
            if CampaignState.ABORTED not in MOVES[campaign.state]:
                raise _cannot(campaign, CampaignState.ABORTED)
            stopped = campaign_queue.abort(
                db, campaign, "The shop aborted this campaign.", by, self._desk.clock.now()
            )
            return campaigns.must_get(db, campaign.id)

        return await self._do(campaign_id, step), stopped

    async def stop_all(self, *, by: str = "") -> int:
        """Turn sending off and pause every campaign, at once; returns how many those were.

        Nothing leaves any more, quick texts included, until sending is turned on.
        """
        now = self._desk.clock.now()

        def step(db: Database) -> int:
            sending.turn_off(db, "Everything was stopped.", by, now)
            return sending.pause_all(db, "Paused: everything was stopped.", by, now, Pause.OFF)

        stopped = await self._desk.store.write(step)
        self._desk.tell(Changed.SENDING, Changed.CAMPAIGNS, Changed.TEXTS)
        return stopped

    def _second(self, db: Database, campaign: Campaign, who: str, people: int) -> Campaign:
        if same_name(who, campaign.approved_by):
            raise BadInput(
                f"{who} has said yes already: it needs another person.",
                "Let somebody else look at the plan and say yes.",
                code="another_person",
            )
        now, why = self._desk.clock.now(), f"Second yes, for {people:,}."
        campaigns.seconded(db, campaign.id, who)
        campaigns.keep_event(db, campaign.id, now, campaign.state, who, why)
        return campaigns.must_get(db, campaign.id)

    async def _refuse_while_off(self) -> None:
        switch = await self._desk.store.read(sending.load, self._desk.store.place)
        if not switch.on:
            raise BadInput(
                off_sentence(switch),
                "Turn it on first: shopbell sending on.",
                code="sending_off",
            )

    async def _to(
        self, campaign_id: CampaignId, state: CampaignState, why: str, by: str
    ) -> Campaign:
        return await self._do(
            campaign_id, lambda db, campaign: self._move(db, campaign, state, why, by)
        )

    async def _do(
        self, campaign_id: CampaignId, step: Callable[[Database, Campaign], Campaign]
    ) -> Campaign:
        campaign = await self._desk.store.write(
            lambda db: step(db, known_campaign(db, campaign_id))
        )
        self._desk.tell(Changed.CAMPAIGNS, Changed.TEXTS)
        return campaign

    def _move(
        self, db: Database, campaign: Campaign, state: CampaignState, why: str, by: str
    ) -> Campaign:
        if state not in MOVES[campaign.state]:
            raise _cannot(campaign, state)
        now = self._desk.clock.now()
        return campaigns.move(db, campaign.id, campaign.state, state, now, why=why, who=by)


def why_not_start(plan: Plan) -> BadInput | None:
    """Return what must change before a plan can be started, whoever says yes to it."""
    if (unfit := _unfit(plan)) is not None:
        return unfit
    if plan.fit.late:
        return BadInput(
            f"{plan.fit.late:,} of these texts would leave after their hours.",
            "Start earlier, make it smaller, or let it start another day.",
            code="cannot_finish",
        )
    return None


def _has_first_yes(campaign: Campaign, people: int) -> bool:
    is_approved = campaign.state is CampaignState.APPROVED and not campaign.second_by
    return is_approved and people <= (campaign.approved_count or 0)


def _moved_on() -> BadInput:
    return BadInput(
        "Who has to say yes was changed a moment ago.",
        "Look at the campaign again.",
        code="changed_elsewhere",
    )


def _unfit(plan: Plan) -> BadInput | None:
    if plan.blocked:
        return BadInput(
            plan.blocked[0].sentence, "Change the words, then plan again.", code="words_refused"
        )
    if not plan.to_send:
        return BadInput(
            "Nobody would get this text now.",
            "Look at the plan: everybody is held or left out, with the reason."
            if plan.tally.chosen
            else "Nobody is chosen: change who gets it.",
            code="nobody",
        )
    return None


def _cannot(campaign: Campaign, state: CampaignState) -> BadInput:
    return BadInput(
        f"“{campaign.name}” {stands_as(campaign.state)}: it cannot {become(state)}.",
        "Look at it again: it may have moved on meanwhile.",
        code="wrong_state",
    )
