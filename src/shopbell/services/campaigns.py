"""Campaigns: written, changed, copied, their codes and their people. Must not send a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopbell.domain.campaign_words import stands_as
from shopbell.domain.campaigns import (
    CAN_CHANGE,
    Bucket,
    Campaign,
    CampaignDraft,
    CampaignEvent,
    CampaignState,
)
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import CampaignId
from shopbell.domain.merge_fields import read_merge_text
from shopbell.domain.people import Page
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import campaign_rows, campaigns, coupons

if TYPE_CHECKING:
    from sqlite_utils import Database

UNNAMED = "Without a name yet"

_LONGEST_NAME = 60
_LONGEST_BODY = 2_000
_MOST_CODES = 100_000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,38}[A-Za-z0-9]|[A-Za-z0-9]")

PURPOSES = frozenset({Purpose.MARKETING, Purpose.SERVICE, Purpose.SAFETY})
"""What a text to many people may be for: an answer is for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesAdded:
    """What became of a list of coupon codes."""

    added: int
    known: tuple[str, ...]
    """Codes that were on file already: they are not given out twice."""
    refused: tuple[str, ...]
    """Lines that are no code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One campaign of a list, with where its people stand."""

    campaign: Campaign
    people: dict[Bucket, int]
    """Every bucket; all empty before the first plan."""

    @property
    def chosen(self) -> int:
        """How many people the plan is about."""
        return sum(self.people.values())


class Campaigns:
    """The campaigns of one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def create(
        self,
        draft: CampaignDraft,
        *,
        replaces: CampaignId | None = None,
        unfinished: bool = False,
    ) -> Campaign:
        """Write a new campaign; one that is `unfinished` may lack a name and hold half a field.

        Raises:
            BadInput: a field cannot be used; says which and why.
        """
        tidy = checked_draft(draft, unfinished=unfinished)
        campaign = await self._desk.store.write(
            campaigns.add, tidy, self._desk.clock.now(), replaces
        )
        self._desk.tell(Changed.CAMPAIGNS)
        return campaign

    async def change(
        self,
        campaign_id: CampaignId,
        revision: int,
        draft: CampaignDraft,
        *,
        unfinished: bool = False,
    ) -> Campaign:
        """Change a campaign that has not started; an approval ends with that.

        `revision` is that of the campaign somebody was looking at.

        Raises:
            BadInput: it was changed elsewhere meanwhile, it has started, or a field cannot be used.
        """
        tidy, now = checked_draft(draft, unfinished=unfinished), self._desk.clock.now()

        def step(db: Database) -> Campaign:
            campaign = known_campaign(db, campaign_id)
            if campaign.revision != revision:
                raise BadInput(
                    "Somebody else changed this campaign meanwhile.",
                    "Open it again and look before you change it.",
                    code="changed_elsewhere",
                )
            _refuse_started(campaign)
            if campaign.state is CampaignState.APPROVED:
                campaigns.move(
                    db,
                    campaign_id,
                    campaign.state,
                    CampaignState.DRAFT,
                    now,
                    why="Changed, so it has to be approved again.",
                )
            return campaigns.change(db, campaign_id, tidy, now)

        campaign = await self._desk.store.write(step)
        self._desk.tell(Changed.CAMPAIGNS)
        return campaign

    async def get(self, campaign_id: CampaignId) -> Campaign:
        """Return one campaign.

        Raises:
            BadInput: there is none of that id.
        """
        return await self._desk.store.read(known_campaign, campaign_id)

    async def find(
        self, states: tuple[CampaignState, ...] = (), *, first: int = 0, count: int = 100
    ) -> Page[Campaign]:
        """Return a window of the campaigns, newest first; no states means all."""
        rows, total = await self._desk.store.read(campaigns.find, states, first, count)
        return Page(rows=rows, first=first, total=total)

    async def listed(self, *, first: int = 0, count: int = 100) -> Page[Listed]:
        """Return a window of the campaigns with their numbers as last planned, newest first."""

        def step(db: Database) -> tuple[tuple[Listed, ...], int]:
            rows, total = campaigns.find(db, (), first, count)
            people = campaign_rows.buckets(db, [row.id for row in rows])
            return tuple(Listed(campaign=row, people=people[row.id]) for row in rows), total

        rows, total = await self._desk.store.read(step)
        return Page(rows=rows, first=first, total=total)

    async def events(self, campaign_id: CampaignId) -> tuple[CampaignEvent, ...]:
        """Return everything that happened to a campaign, oldest first."""
        return await self._desk.store.read(campaigns.events, campaign_id)

    async def codes_left(self, campaign_id: CampaignId) -> int:
        """Return how many coupon codes of a campaign nobody got yet."""
        return len(await self._desk.store.read(coupons.free, campaign_id))

    async def add_codes(self, campaign_id: CampaignId, codes: Iterable[str]) -> CodesAdded:
        """Add coupon codes, one each; a code is never given out twice, in any campaign.

        Raises:
            BadInput: there is no such campaign, or there are too many codes.
        """
        lines = [line.strip() for line in codes]
        lines = list(dict.fromkeys(line for line in lines if line))
        if len(lines) > _MOST_CODES:
            raise BadInput(
                f"There are more than {_MOST_CODES:,} codes.", "Add fewer.", code="too_many_codes"
            )
        good = [line for line in lines if _CODE.fullmatch(line)]

        def step(db: Database) -> tuple[tuple[str, ...], tuple[str, ...]]:
            campaign = known_campaign(db, campaign_id)
            return coupons.add(db, campaign.id, good)

        added, known = await self._desk.store.write(step)
        self._desk.tell(Changed.CAMPAIGNS)
        return CodesAdded(
            added=len(added),
            known=known,
            refused=tuple(line for line in lines if not _CODE.fullmatch(line)),
        )


def known_campaign(db: Database, campaign_id: CampaignId) -> Campaign:
    """Return one campaign.

    Raises:
        BadInput: there is none of that id.
    """
    campaign = campaigns.get(db, campaign_id)
    if campaign is None:
        raise BadInput(
            f"There is no campaign number {campaign_id}.",
            "List them with 'shopbell campaign list'.",
            code="no_campaign",
        )
    return campaign


def _refuse_started(campaign: Campaign) -> None:
    if campaign.state not in CAN_CHANGE:
        raise BadInput(
            f"“{campaign.name}” {stands_as(campaign.state)}: it cannot be changed any more.",
            "Take it back while its countdown runs, or end it and write a new one.",
            code="has_started",
        )


def checked_draft(draft: CampaignDraft, *, unfinished: bool) -> CampaignDraft:
    """Return a draft as it is kept.

    Raises:
        BadInput: a field cannot be used; says which and why.
    """
    name = " ".join(draft.name.split()) or (UNNAMED if unfinished else "")
    if not name or len(name) > _LONGEST_NAME:
        raise BadInput(
            f"A campaign needs a name of 1 to {_LONGEST_NAME} characters.",
            "Only you see it: “Winter wreaths”.",
            code="bad_name",
        )
    is_short = bool(draft.body.strip()) or unfinished
    if not is_short or len(draft.body) > _LONGEST_BODY:
        raise BadInput(
            f"A campaign needs words: 1 to {_LONGEST_BODY:,} characters.",
            "The shop's name and the way out are put there by rule.",
            code="bad_text",
        )
    if not unfinished:
        read_merge_text(draft.body)
    if draft.purpose not in PURPOSES:
        raise BadInput(
            f"A text to many people cannot be for {draft.purpose}.",
            "Use marketing, service or safety.",
            code="bad_purpose",
        )
    if draft.latest and draft.not_before and draft.latest <= draft.not_before:
        raise BadInput(
            "The last moment comes before the first one.",
            "Let it end after it begins.",
            code="bad_time",
        )
    return replace(draft, name=name)
