"""Other words instead of those that wait: the old ones are taken back in the same moment.

Must not send. Both happen in one transaction, or neither: whenever a process dies, exactly one of
the two can leave. Words that are refused leave the old ones where they are.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.campaign_words import stands_as
from shopbell.domain.campaigns import CAN_CHANGE, MOVES, Campaign, CampaignDraft, CampaignState
from shopbell.domain.facts import Judged, TextDraft
from shopbell.domain.ids import CampaignId, TextId
from shopbell.domain.texts import NOT_LEFT, OutboundText
from shopbell.errors import BadInput
from shopbell.services.campaigns import checked_draft, known_campaign
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.gateways import Gateways
from shopbell.services.outbox import Submitted, known_text, refuse_empty_reason
from shopbell.services.refs import new_ref
from shopbell.store import campaign_plan, campaign_queue, campaign_rows, campaigns, outbox

if TYPE_CHECKING:
    from sqlite_utils import Database


class Replacing:
    """What waits, put into other words."""

    def __init__(self, desk: Desk, gateways: Gateways) -> None:
        self._desk = desk
        self._gateways = gateways

    async def text(
        self, text_id: TextId, draft: TextDraft, *, not_before: datetime | None = None
    ) -> Submitted:
        """Take back a text that has not left, and write `draft` in its place.

        Without `not_before` it keeps the time somebody chose for the old one.

        Raises:
            BadInput: there is no such text, it has left, or it is not one somebody typed.
            GatewayTrouble: no gateway is set up yet; nothing was changed.
        """
        refuse_empty_reason(draft)
        config, _ = await self._gateways.connect()
        now = self._desk.clock.now()
        route = outbox.Route(
            gateway=config.name, price_micros=config.price_micros, currency=config.currency
        )

        def step(db: Database) -> tuple[Judged, OutboundText | None]:
            old = known_text(db, text_id)
            _refuse_unfit(db, old, draft)
            at = not_before or chosen_time(old, now)
            ref = new_ref(now)
            return outbox.submit(db, draft, self._desk.judge, route, ref, now, at, old.id)

        judged, text = await self._desk.store.write(step)
        self._desk.tell(Changed.TEXTS)
        return Submitted(judged=judged, text=text)

    async def campaign(
        self, campaign_id: CampaignId, body: str | None = None, *, by: str = ""
    ) -> tuple[Campaign, int]:
        """End a campaign that has started, and write a draft with other words in its place.

        Without `body` the draft has the old words, to be changed before somebody says yes.

        Returns the draft, and how many people the old one no longer goes to. Who got the old one,
        or may have, is left out of the new one until somebody lets them in.

        Raises:
            BadInput: it has not started, it has ended, or the words cannot be used.
        """
        now = self._desk.clock.now()

        def step(db: Database) -> tuple[Campaign, int]:
            old = known_campaign(db, campaign_id)
            _refuse_unstarted(old)
            stopped = campaign_queue.abort(db, old, "Ended: other words go instead.", by, now)
            draft = CampaignDraft(
                name=old.name,
                body=old.body if body is None else body,
                purpose=old.purpose,
                topic=old.topic,
                audience=old.audience,
                latest=old.latest if old.latest is not None and old.latest > now else None,
                author=by or old.author,
            )
            new = campaigns.add(db, checked_draft(draft, unfinished=False), now, old.id)
            campaign_plan.leave_out_texted(db, new.id, old.id)
            return new, stopped

        new, stopped = await self._desk.store.write(step)
        self._desk.tell(Changed.CAMPAIGNS, Changed.TEXTS)
        return new, stopped


def chosen_time(old: OutboundText, now: datetime) -> datetime | None:
    """Return the moment somebody chose for a text, while it is still to come."""
    return old.meant_for if old.meant_for is not None and old.meant_for > now else None


def _refuse_unfit(db: Database, old: OutboundText, draft: TextDraft) -> None:
    if old.state not in NOT_LEFT:
        raise BadInput(
            f"Text {old.id} is {old.state}; other words come too late.",
            "Write another text instead.",
            code="too_late",
        )
    if old.own is not None:
        raise BadInput(
            f"Text {old.id} is one that the shop sends by itself.",
            "Cancel it, or change those words for everybody under the shop's own texts.",
            code="own_text",
        )
    if campaign_rows.campaign_of(db, old.id) is not None:
        raise BadInput(
            f"Text {old.id} belongs to a campaign.",
            "Put the campaign into other words, or cancel this text alone.",
            code="campaign_text",
        )
    if draft.number != old.number:
        raise BadInput(
            f"Text {old.id} is to another number.",
            "Cancel it, then write to the right number.",
            code="other_number",
        )


def _refuse_unstarted(old: Campaign) -> None:
    if old.state in CAN_CHANGE:
        raise BadInput(
            f"“{old.name}” {stands_as(old.state)}: its words can still be changed.",
            f"shopbell campaign change {old.id} --text '...'",
            code="not_started",
        )
    if CampaignState.ABORTED not in MOVES[old.state] or old.state is CampaignState.DONE:
        raise BadInput(
            f"“{old.name}” {stands_as(old.state)}: nothing of it waits.",
            "Write a new one; on the screens, c copies it.",
            code="has_ended",
        )
