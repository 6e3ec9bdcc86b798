"""Decides where each person of one campaign stands, some hundreds at a time. Must not store it.

Its methods are steps of the store: plain functions that read.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from shopbell.domain.campaigns import CAN_CHANGE, Campaign, Outcome
from shopbell.domain.crowd import Crowd
from shopbell.domain.facts import PersonFacts, ShopFacts, TextDraft
from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.merge_fields import (
    Field,
    Unprintable,
    filled_in,
    read_merge_text,
    values_for,
)
from shopbell.domain.outlines import Outline
from shopbell.domain.planning import (
    LastMoment,
    Standing,
    gap,
    gone,
    in_leaving_order,
    last_moment,
    one_of_each,
    stands,
    taken_out,
)
from shopbell.domain.pricing import rate_of
from shopbell.domain.spots import Spot, looks_back
from shopbell.domain.stale import last_true
from shopbell.services.desk import Desk
from shopbell.services.refs import new_ref
from shopbell.store import (
    campaign_plan,
    campaigns,
    coupons,
    gateway_book,
    links,
    outlines,
    people_filters,
)
from shopbell.store.campaign_plan import NewRow, OldRow
from shopbell.store.gathering import gather, gather_many
from shopbell.store.shop_row import load_facts

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a plan starts from."""

    campaign: Campaign
    numbers: tuple[E164, ...]
    """Everybody to be decided, in name order."""
    old: dict[E164, OldRow]
    codes: tuple[str, ...]
    """Coupon codes that nobody got yet."""
    stamp: str
    groups: dict[E164, str]
    """Numbers of one person, and of one household if asked for, share a value: one text for all."""
    noted: tuple[int | None, str | None]
    """The price of a part and its currency, where the owner set no rate for the number."""

    @property
    def is_fixed(self) -> bool:
        """Whether somebody has said yes to these people: then nobody new comes in."""
        return self.campaign.state not in CAN_CHANGE


def basis(db: Database, campaign_id: CampaignId, now: datetime) -> Basis:
    """Return what the plan of a campaign starts from."""
    campaign = campaigns.must_get(db, campaign_id)
    old = campaign_plan.old_rows(db, campaign_id)
    if campaign.state in CAN_CHANGE:
        audience = campaign.audience
        numbers = people_filters.all_numbers(db, audience.words, audience.filter, now)
    else:
        numbers = tuple(
            number
            for number, row in old.items()
            if not row.has_left and row.outcome is not Outcome.OUT
        )
    gateway = gateway_book.active(db)
    return Basis(
        campaign=campaign,
        numbers=numbers,
        old=old,
        codes=coupons.free(db, campaign_id),
        stamp=campaign_plan.stamp_of(db, with_texts=campaign.state in CAN_CHANGE),
        groups=links.one_each(db, households=campaign.audience.one_per_household),
        noted=(
            (None, None)
            if gateway is None
            else (gateway.config.price_micros, gateway.config.currency)
        ),
    )


class _Met(NamedTuple):
    """One person while the gate is asked. A tuple: a plan makes one for each of its people."""

    number: E164
    outline: Outline
    spot: Spot | None
    person: PersonFacts | None
    """All that is known; None of those who seem to be like others."""


class Planner:
    """One pass over the people of one campaign."""

    def __init__(self, desk: Desk, basis: Basis, now: datetime) -> None:
        self._desk = desk
        self._basis = basis
        self._now = now
        self._text = read_merge_text(basis.campaign.body)
        self._codes = list(reversed(basis.codes))
        self._rows: list[NewRow] = []
        self._meant_for = meant_for(basis.campaign, now)
        self._asked_by: tuple[ShopFacts, Crowd] | None = None
        # Near in the file is quick to read; but codes go to people by name.
        by_name = basis.numbers
        self.in_turn = by_name if Field.COUPON in self._text.fields else tuple(sorted(by_name))
        self.planned_for = max(now, basis.campaign.not_before or now)
        self.last = last_of(desk, basis.campaign, self._meant_for)

    def look(self, db: Database, numbers: Sequence[E164]) -> None:
        """Decide about some more people."""
        here, crowd = self._crowd(db)
        # One after another: a code that the first may not have goes to the second.
        for met in self._met(db, numbers, crowd):
            old = self._basis.old.get(met.number)
            if met.outline.contact_id is None or (old is not None and old.taken_out):
                self._rows.append(self._without_asking(met.number, met.outline))
                continue
            code = old.coupon if old is not None else None
            if code is None and Field.COUPON in self._text.fields and self._codes:
                code = self._codes.pop()
            standing = self._stand(db, crowd, met, code)
            if standing.outcome is Outcome.OUT and code is not None:
                self._codes.append(code)
                code = None
            self._rows.append(self._row(standing, code, here))

    def ordered(self) -> list[NewRow]:
        """Return everybody: first who may go, in leaving order, then the held, then the others."""
        rows = {row.standing.number: row for row in self._rows}
        by_name = [rows[number].standing for number in self._basis.numbers if number in rows]
        once = one_of_each(_in_order(by_name), self._basis.groups, self._have_theirs())
        return [self._as_it_stands(rows[one.number], one) for one in _in_order(once)]

    def _have_theirs(self) -> set[str]:
        """Return the people and households one text of this campaign has left for already."""
        groups, old = self._basis.groups, self._basis.old
        return {groups[n] for n, row in old.items() if row.has_left and n in groups}

    def _as_it_stands(self, row: NewRow, standing: Standing) -> NewRow:
        """Return the row of somebody; who is left out after all has no use for a code."""
        if standing is row.standing:
            return row
        return replace(row, standing=standing, coupon=None)

    def _crowd(self, db: Database) -> tuple[ShopFacts, Crowd]:
        """Return the gate for all; anew where the owner changed something meanwhile."""
        here = load_facts(db)
        if self._asked_by is None or self._asked_by[0] != here:
            campaign, rules = self._basis.campaign, self._desk.rules
            back = looks_back(here.rules, rules, outlines.longest_promise(db))
            draft = draft_of(campaign, E164(""), "", self._meant_for)
            crowd = Crowd(draft, here, rules, self.planned_for, self.planned_for - back)
            self._asked_by = (here, crowd)
        return self._asked_by

    def _met(self, db: Database, numbers: Sequence[E164], crowd: Crowd) -> Iterator[_Met]:
        """Yield those to be decided about, with all that is known of who is unlike the others."""
        old = self._basis.old
        asked = [n for n in numbers if n not in old or not old[n].has_left]
        found = [
            (number, outline, crowd.where(number, outline))
            for number, outline in zip(
                asked,
                outlines.outlines(db, asked, crowd.purpose, self._now, crowd.past_since),
                strict=True,
            )
        ]
        self._meet_first(db, crowd, found)
        unlike = [n for n, outline, spot in found if not crowd.has_met(spot, outline)]
        people = dict(zip(unlike, gather_many(db, unlike, self._now), strict=True))
        for number, outline, spot in found:
            yield _Met(number, outline, spot, people.get(number))

    def _meet_first(
        self, db: Database, crowd: Crowd, found: Sequence[tuple[E164, Outline, Spot | None]]
    ) -> None:
        """Have the gate asked about one of each new kind, so that the others need not be."""
        firsts: dict[Hashable, tuple[E164, Outline, Spot | None]] = {}
        for one in found:
            kind = crowd.kind_to_meet(one[2], one[1])
            if kind is not None:
                firsts.setdefault(kind, one)
        known = gather_many(db, [one[0] for one in firsts.values()], self._now)
        around = words_around(self._basis.campaign.body)
        for (number, outline, spot), person in zip(firsts.values(), known, strict=True):
            draft = draft_of(self._basis.campaign, number, around, self._meant_for)
            crowd.meet(spot, draft, outline, person)

    def _stand(self, db: Database, crowd: Crowd, met: _Met, code: str | None) -> Standing:
        number, outline, spot, person = met
        words = filled_in(self._text, values_for(outline.name, self._desk.profile.name, code))
        body = words if isinstance(words, str) else words_around(self._basis.campaign.body)
        said = crowd.ask(spot, body, outline)
        if said is None:
            known = gather(db, number, self._now) if person is None else person
            draft = draft_of(self._basis.campaign, number, words, self._meant_for)
            said = crowd.meet(spot, draft, outline, known)
        standing = stands(said, number, outline.contact_id, self.last, self._desk.profile.zone)
        # What the gate refuses is told first: a stop weighs more than a name in capitals.
        if isinstance(words, Unprintable) and standing.outcome is not Outcome.OUT:
            return gap(number, outline.contact_id, words)
        return standing

    def _without_asking(self, number: E164, outline: Outline) -> NewRow:
        is_there = outline.contact_id is not None
        standing = Standing(
            number=number,
            contact_id=outline.contact_id,
            outcome=Outcome.OUT,
            reasons=(taken_out() if is_there else gone(),),
        )
        return NewRow(
            standing=standing, price_micros=None, coupon=None, ref=None, taken_out=is_there
        )

    def _row(self, standing: Standing, code: str | None, here: ShopFacts) -> NewRow:
        old = self._basis.old.get(standing.number)
        ref = None if old is None else old.ref
        if ref is None and standing.outcome is not Outcome.OUT:
            ref = new_ref(self._now)
        per_part, _ = rate_of(standing.number, here.rules.prices(), self._basis.noted)
        return NewRow(
            standing=standing,
            price_micros=None if per_part is None else per_part * standing.segments,
            coupon=code,
            ref=ref,
        )


def _in_order(standings: Iterable[Standing]) -> list[Standing]:
    """Return first who may go, in leaving order, then the held, then the others."""
    every = tuple(standings)
    return [
        standing
        for outcome in Outcome
        for standing in in_leaving_order(one for one in every if one.outcome is outcome)
    ]


def draft_of(
    campaign: Campaign, number: E164, words: str | Unprintable, meant_for: datetime
) -> TextDraft:
    """Return the draft of a campaign for one person.

    Where a name is missing, the gate is asked about the words around it.
    """
    around = words_around(campaign.body)
    return TextDraft(
        number=number,
        body=words if isinstance(words, str) else around,
        purpose=campaign.purpose,
        topic=campaign.topic,
        meant_for=meant_for,
        filled_from=around,
    )


def filled_draft(
    desk: Desk, campaign: Campaign, number: E164, name: str, code: str | None
) -> tuple[TextDraft, Unprintable | None]:
    """Return the text to one person as it would leave now, and what it lacks, if anything."""
    values = values_for(name, desk.profile.name, code)
    words = filled_in(read_merge_text(campaign.body), values)
    draft = draft_of(campaign, number, words, meant_for(campaign, desk.clock.now()))
    return draft, None if isinstance(words, str) else words


def meant_for(campaign: Campaign, now: datetime) -> datetime:
    """Return whose "today" the words mean: the moment the campaign starts, or started."""
    begun = campaign.started_at or campaign.release_at
    return begun or max(now, campaign.not_before or now)


def last_of(desk: Desk, campaign: Campaign, starts_at: datetime) -> LastMoment:
    """Return when the last text of a campaign may leave that starts at `starts_at`."""
    zone = desk.profile.zone
    pin = last_true(
        words_around(campaign.body),
        starts_at,
        ZoneInfo(zone),
        desk.rules.texts.stale,
        desk.profile.name,
    )
    return last_moment(
        starts_at=starts_at,
        words=None if pin is None else (pin.last, pin.sentence),
        owner=campaign.latest,
        zone=zone,
    )


@lru_cache(maxsize=64)
def words_around(body: str) -> str:
    """Return the words of a draft with something harmless in every field."""
    return "".join(
        piece if isinstance(piece, str) else piece.fallback or "A"
        for piece in read_merge_text(body).pieces
    )
