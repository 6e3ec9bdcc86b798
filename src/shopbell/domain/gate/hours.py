"""Rules about quiet hours: the shop's own and the law's, in every zone the person may be in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.place import law_rows
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import Week
from shopbell.domain.telling import clock, local, next_step, place_of, weekday
from shopbell.domain.weeks import day_text
from shopbell.domain.whereabouts import whereabouts
from shopbell.domain.windows import Hours, is_open, next_open, window_end
from shopbell.domain.zones import zone_named


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """One set of hours and the zones whose clocks it is read on."""

    week: Week
    zones: tuple[str, ...]
    layer: Layer
    rule: str
    citation: str
    whose: str

    def hours(self) -> tuple[Hours, ...]:
        return tuple(Hours(week=self.week, zone=zone) for zone in self.zones)


def quiet_hours(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text while any set of hours is closed on any clock that may be the person's."""
    margin = rules.policy.deliver_margin
    return [
        _reason(source, facts, now, margin)
        for source in _sources(facts, rules, now)
        if not is_open(source.hours(), now, margin)
    ]


def window_ends_at(facts: Facts, rules: Rulebook, now: datetime) -> datetime | None:
    """Return when the first of all open windows ends (aware, UTC); None if none binds it."""
    every = [hours for source in _sources(facts, rules, now) for hours in source.hours()]
    return window_end(every, now) if every else None


def _sources(facts: Facts, rules: Rulebook, now: datetime) -> Iterator[_Source]:
    """Yield every set of hours that binds; none when a zone is unknown, which holds elsewhere."""
    purpose = facts.draft.purpose
    known = whereabouts(facts)
    if not rules.policy.purposes[purpose].quiet_hours or not known.zones:
        return
    if known.unknown_zone is not None or zone_named(facts.shop.zone) is None:
        return
    yield _Source(
        week=facts.shop.hours,
        zones=tuple(dict.fromkeys((facts.shop.zone, *known.zones))),
        layer=Layer.POLICY,
        rule="policy.hours",
        citation="",
        whose="the shop's hours",
    )
    for row in law_rows(facts, rules, now):
        if row.hours is not None and purpose in row.hours.applies_to:
            yield _Source(
                week=row.hours.week,
                zones=known.zones,
                layer=Layer.LAW,
                rule=f"{row.id}.hours",
                citation=row.hours.citation,
                whose=f"the law's hours for {purpose} texts",
            )


def _reason(source: _Source, facts: Facts, now: datetime, margin: timedelta) -> Reason:
    free = next_open(source.hours(), now, margin)
    step = next_step(
        free, facts.shop, "No moment of the coming year fits; look at the hours and the time zones."
    )
    return Reason(
        code=Code.QUIET_HOURS,
        verdict=Verdict.HOLD,
        layer=source.layer,
        rule=source.rule,
        citation=source.citation,
        sentence=f"{_why_closed(source, facts, now, margin)} {step}",
        next_allowed_at=free,
    )


def _why_closed(source: _Source, facts: Facts, now: datetime, margin: timedelta) -> str:
    zone = _slowest_zone(source, now, margin)
    day, time = weekday(now, zone), clock(now, zone)
    where = place_of(zone)
    if zone != facts.shop.zone:
        where += f" ({whereabouts(facts).zones_from})"
    windows = source.week.days[local(now, zone).weekday()]
    if not windows:
        return f"It is {day} {time} in {where}, and {source.whose} have no {day}."
    if is_open((Hours(week=source.week, zone=zone),), now):
        minutes = int(margin.total_seconds()) // 60
        return (
            f"It is {time} in {where}, and {source.whose} end within {minutes} minutes: "
            "the text might arrive too late."
        )
    return f"It is {time} in {where}; {source.whose} on a {day} are {day_text(windows)}."


def _slowest_zone(source: _Source, now: datetime, margin: timedelta) -> str:
    """Return the zone that opens last: the one that keeps the text waiting."""

    def opening(zone: str) -> tuple[bool, float]:
        free = next_open((Hours(week=source.week, zone=zone),), now, margin)
        return (free is None, free.timestamp() if free else 0.0)

    return max(source.zones, key=opening)
