"""Every set of hours that binds a text: the shop's, the rows', holidays, closed days, emergencies.

Each is hours on one or more clocks, so that all are reckoned alike. Must not decide, and must not
put anything into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from shopbell.domain.calendars import Calendar, day_number
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Layer
from shopbell.domain.facts import Facts
from shopbell.domain.gate.rows import rows_of
from shopbell.domain.jurisdictions import UNKNOWN_PART, Jurisdiction, Lift
from shopbell.domain.rule_ids import holidays_id, hours_id
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import Week
from shopbell.domain.shop_rules import Emergency, HolidayWish, ShopRules, spans_of
from shopbell.domain.whereabouts import Whereabouts, whereabouts
from shopbell.domain.windows import ROUND_THE_CLOCK, Hours, Shut
from shopbell.domain.wishes import WISHES_BIND
from shopbell.domain.zones import zone_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One set of hours with its source."""

    code: Code
    """What a text that comes outside is told."""
    hours: tuple[Hours, ...]
    """The same hours on each clock they are read on; a text must fit all of them."""
    layer: Layer
    rule: str
    citation: str = ""
    confidence: str = ""
    place: str = ""
    """Whose row it is, in words: "Kentucky"; empty for the shop's own."""
    state_unknown: bool = False
    emergency: Emergency | None = None


def openings(facts: Facts, rules: Rulebook) -> tuple[Opening, ...]:
    """Return every set of hours that binds; none when a zone is unknown, which holds elsewhere."""
    purpose = facts.draft.purpose
    known = whereabouts(facts, rules)
    if not rules.policy.purposes[purpose].quiet_hours or not known.zones:
        return ()
    if known.unknown_zone is not None or zone_named(facts.shop.zone) is None:
        return ()
    return _openings(
        rules,
        known,
        purpose,
        facts.shop.hours,
        facts.shop.zone,
        facts.shop.country,
        facts.shop_rules,
        facts.person.wishes.hours,
    )


@lru_cache(maxsize=2048)
def _openings(
    rules: Rulebook,
    known: Whereabouts,
    purpose: Purpose,
    week: Week,
    zone: str,
    country: str,
    shop_rules: ShopRules,
    wished: Week | None,
) -> tuple[Opening, ...]:
    here = tuple(dict.fromkeys((zone, *known.zones)))
    found = [
        Opening(
            code=Code.QUIET_HOURS,
            hours=tuple(Hours(week=week, zone=each) for each in here),
            layer=Layer.POLICY,
            rule="policy.hours",
        )
    ]
    if wished is not None and purpose in WISHES_BIND:
        found.append(
            Opening(
                code=Code.CHANNEL_PREFERENCE,
                hours=tuple(Hours(week=wished, zone=each) for each in known.zones),
                layer=Layer.POLICY,
                rule="policy.wish.hours",
            )
        )
    for row in rows_of(known, rules)[0]:
        found += _hours(row, purpose, known)
    if shop_rules.closures:
        found.append(
            Opening(
                code=Code.CLOSED_DAY,
                hours=_all_but(spans_of(shop_rules.closures), (zone,)),
                layer=Layer.POLICY,
                rule="policy.closed",
            )
        )
    for row in rows_of(known, rules)[0]:
        found += _holidays(row, purpose, known)
    if _closes_on_holidays(shop_rules.holidays, purpose):
        found += _customary_holidays(known, country, zone)
    if purpose is Purpose.MARKETING:
        found += _emergencies(rules, known, shop_rules.emergencies)
    return tuple(found)


def _hours(row: Jurisdiction, purpose: Purpose, known: Whereabouts) -> Iterator[Opening]:
    for hours in row.hours:
        if purpose in hours.applies_to:
            yield Opening(
                code=Code.QUIET_HOURS,
                hours=tuple(_of_row(row, zone, hours.week) for zone in known.zones),
                layer=hours.layer,
                rule=hours_id(row, hours),
                citation=hours.citation,
                confidence=hours.confidence or row.confidence,
                place=_name(row),
                state_unknown=row.id.endswith(UNKNOWN_PART),
            )


def _holidays(row: Jurisdiction, purpose: Purpose, known: Whereabouts) -> Iterator[Opening]:
    holidays = row.holidays
    if holidays is not None and purpose in holidays.applies_to:
        yield Opening(
            code=Code.HOLIDAY,
            hours=tuple(
                _of_row(row, zone, ROUND_THE_CLOCK, holidays.calendar) for zone in known.zones
            ),
            layer=holidays.layer,
            rule=holidays_id(row),
            citation=holidays.citation,
            confidence=holidays.confidence,
            place=_name(row),
            state_unknown=row.id.endswith(UNKNOWN_PART),
        )


def _closes_on_holidays(wish: HolidayWish, purpose: Purpose) -> bool:
    return wish is HolidayWish.CLOSED or (
        wish is HolidayWish.NO_MARKETING and purpose is Purpose.MARKETING
    )


def _customary_holidays(known: Whereabouts, country: str, zone: str) -> Iterator[Opening]:
    """Yield the holidays of the shop's country and of every place the person may be in."""
    parts: dict[str, list[str]] = {country: []}
    for place in known.places:
        of_country, _, part = place.partition("-")
        parts.setdefault(of_country, [])
        if part and part != UNKNOWN_PART:
            parts[of_country].append(part)
    for of_country, within in parts.items():
        is_shops = of_country == country
        zones = (zone, *known.zones) if is_shops else known.zones
        yield Opening(
            code=Code.HOLIDAY,
            hours=_all_but(Calendar(country=of_country, parts=tuple(within)), zones),
            layer=Layer.POLICY,
            rule="policy.holidays",
        )


def _emergencies(
    rules: Rulebook, known: Whereabouts, emergencies: tuple[Emergency, ...]
) -> Iterator[Opening]:
    for emergency in emergencies:
        struck = [place for place in known.places if _touches(emergency.place, place)]
        if not struck:
            continue
        bans = [
            row
            for place in (*struck, emergency.place)
            for row in rules.rows_of(place)
            # Where consent lifts the ban, it is our own caution, for everybody here has consented.
            if row.emergency_ban and row.lift is not Lift.YES
        ]
        ban = bans[0] if bans else None
        here = rules.rows_of(emergency.place)
        yield Opening(
            code=Code.EMERGENCY_BAN,
            hours=_all_but(spans_of((emergency,)), known.zones),
            layer=Layer.LAW if ban else Layer.POLICY,
            rule=f"{ban.id}.emergency" if ban else "policy.emergency",
            citation=ban.emergency_ban if ban else "",
            confidence=ban.confidence if ban else "",
            place=_name(here[-1]) if here else emergency.place,
            emergency=emergency,
        )


def _touches(stricken: str, place: str) -> bool:
    """Return whether somebody in `place` may be where the emergency is."""
    country, _, part = place.partition("-")
    if stricken in {place, country}:
        return True
    return stricken.startswith(f"{country}-") and part in {"", UNKNOWN_PART}


def _of_row(row: Jurisdiction, zone: str, week: Week, shut: Shut | None = None) -> Hours:
    """Return hours that bind while the row is in force."""
    since, until = row.effective_from, row.effective_to
    return Hours(
        week=week,
        zone=zone,
        shut=shut,
        since=None if since is None else day_number(since),
        until=None if until is None else day_number(until),
    )


def _all_but(shut: Shut, zones: tuple[str, ...]) -> tuple[Hours, ...]:
    return tuple(Hours(week=ROUND_THE_CLOCK, zone=zone, shut=shut) for zone in dict.fromkeys(zones))


def _name(row: Jurisdiction) -> str:
    return row.name.partition(" (")[0]
