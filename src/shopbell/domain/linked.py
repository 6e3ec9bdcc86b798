"""Several numbers of one person: what of each binds the others. Must not look anybody up.

Everything here only ever takes away. A yes, a reply and an answered question belong to the number
they came from and are never handed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shopbell.domain.facts import LinkedNumber, PersonFacts
from shopbell.domain.ids import E164
from shopbell.domain.merging import joined
from shopbell.domain.people import ContactDraft
from shopbell.domain.weeks import intersected
from shopbell.domain.wishes import Channel, Wishes


def bound_by(person: PersonFacts, others: Sequence[tuple[E164, PersonFacts]]) -> PersonFacts:
    """Return what is known of a number, bound by the other numbers of the same person.

    A stop, an unclear reply, a complaint and a wish of one of them count as this number's own.
    """
    facts = [other for _, other in others]
    stops = [person.suppression, *(other.suppression for other in facts)]
    return replace(
        person,
        suppression=next((stop for stop in stops if stop is not None), None),
        unclear_stop_at=_first(
            [person.unclear_stop_at, *(other.unclear_stop_at for other in facts)]
        ),
        complained_at=_first([person.complained_at, *(other.complained_at for other in facts)]),
        wishes=_stricter([person.wishes, *(other.wishes for other in facts)]),
        linked=tuple(
            LinkedNumber(
                number=number,
                consents=other.consents,
                past=other.past,
                welcomes=other.welcomes,
                most=other.wishes.most,
            )
            for number, other in others
        ),
    )


def merged_draft(kept: ContactDraft, other: ContactDraft) -> ContactDraft:
    """Return the contact that stays, with names, notes and tags of both.

    Zone and place stay those of the kept number: a place told for one number must not free a text
    to another that was held because nobody knew where it is.
    """
    same_name = other.name.split() and kept.name.casefold().split() == other.name.casefold().split()
    both = joined(kept, replace(other, name="") if same_name else other)
    return replace(both, zone=kept.zone, region=kept.region)


def _stricter(wishes: Sequence[Wishes]) -> Wishes:
    own = wishes[0]
    channels = [one.channel for one in wishes if one.channel not in {None, Channel.TEXT}]
    hours = [one.hours for one in wishes if one.hours is not None]
    pauses = [one.paused_until for one in wishes if one.paused_until is not None]
    return replace(
        own,
        channel=channels[0] if channels else own.channel,
        paused_until=max(pauses, default=None),
        hours=intersected(*hours) if hours else None,
    )


def _first(moments: Sequence[datetime | None]) -> datetime | None:
    return min((one for one in moments if one is not None), default=None)
