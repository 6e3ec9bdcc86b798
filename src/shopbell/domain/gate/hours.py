"""Rules about when: hours, holidays, closed days and emergencies, on every clock that may count."""

from __future__ import annotations

from datetime import datetime, timedelta

from shopbell.domain.calendars import Calendar, day_number
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.openings import Opening, openings
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop_rules import Closure
from shopbell.domain.telling import (
    calendar_day,
    clock,
    day_and_clock,
    local,
    next_step,
    place_of,
    weekday,
)
from shopbell.domain.weeks import day_text
from shopbell.domain.whereabouts import whereabouts
from shopbell.domain.windows import Hours, is_open, next_open, window_end

_TIMED = frozenset({Code.QUIET_HOURS, Code.CHANNEL_PREFERENCE})
"""Hours of a day; the others close whole days."""

_STATE_UNKNOWN = "The state of this person is not known; note it on the contact (like US-NY)."


def quiet_hours(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text while any set of hours is closed on any clock that may be the person's."""
    return _reasons(Code.QUIET_HOURS, facts, rules, now)


def wished_hours(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold marketing and service texts outside the hours the person asked for, on their clock."""
    return _reasons(Code.CHANNEL_PREFERENCE, facts, rules, now)


def holidays(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text on holidays: those of a row that names them, and those the shop keeps."""
    return _reasons(Code.HOLIDAY, facts, rules, now)


def closed_days(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold a text on days on which the shop is closed."""
    return _reasons(Code.CLOSED_DAY, facts, rules, now)


def emergency(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Hold marketing to a region while the owner has switched it off for an emergency."""
    return _reasons(Code.EMERGENCY_BAN, facts, rules, now)


def window_ends_at(facts: Facts, rules: Rulebook, now: datetime) -> datetime | None:
    """Return when the first of all open windows ends (aware, UTC); None if none binds it."""
    aside = {each.rule for each in facts.shop_rules.set_aside}
    every = [
        hours
        for opening in openings(facts, rules)
        if opening.rule not in aside
        for hours in opening.hours
    ]
    return window_end(every, now) if every else None


def _reasons(code: Code, facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    margin = rules.policy.deliver_margin
    return [
        _reason(opening, facts, rules, now)
        for opening in openings(facts, rules)
        if opening.code is code and not is_open(opening.hours, now, margin)
    ]


def _reason(opening: Opening, facts: Facts, rules: Rulebook, now: datetime) -> Reason:
    free = next_open(opening.hours, now, rules.policy.deliver_margin)
    step = _step(opening, free, facts)
    why = _why_closed(opening, facts, rules, now)
    advice = f" {_STATE_UNKNOWN}" if opening.state_unknown else ""
    return Reason(
        code=opening.code,
        verdict=Verdict.HOLD,
        layer=opening.layer,
        rule=opening.rule,
        citation=opening.citation,
        sentence=f"{why} {step}{advice}",
        next_allowed_at=free,
        confidence=opening.confidence,
    )


def _step(opening: Opening, free: datetime | None, facts: Facts) -> str:
    if opening.code in _TIMED:
        otherwise = "No moment of the coming year fits; look at the hours and the time zones."
        return next_step(free, facts.shop, otherwise)
    if free is not None:
        return f"That ends {day_and_clock(free, facts.shop.zone)}, shop time."
    if opening.emergency is not None:
        return "It waits until the emergency is ended in the shop's rules."
    return "No day of the coming year is open; look at the closed days in the shop's rules."


def _why_closed(opening: Opening, facts: Facts, rules: Rulebook, now: datetime) -> str:
    margin = rules.policy.deliver_margin
    hours = _slowest(opening, now, margin)
    day, time = weekday(now, hours.zone), clock(now, hours.zone)
    where = place_of(hours.zone)
    if hours.zone != facts.shop.zone:
        where += f" ({whereabouts(facts, rules).zones_from})"
    too_late = is_open((hours,), now)
    if opening.code not in _TIMED:
        moment = now + margin if too_late else now
        return _why_shut(opening, hours, facts, moment, "In a few minutes" if too_late else "")
    whose = _whose(opening, facts)
    windows = hours.week.days[local(now, hours.zone).weekday()]
    if not windows:
        return f"It is {day} {time} in {where}, and {whose} have no {day}."
    if too_late:
        minutes = int(margin.total_seconds()) // 60
        return (
            f"It is {time} in {where}, and {whose} end within {minutes} minutes: "
            "the text might arrive too late."
        )
    return f"It is {time} in {where}; {whose} on a {day} are {day_text(windows)}."


def _why_shut(opening: Opening, hours: Hours, facts: Facts, moment: datetime, ahead: str) -> str:
    """Return why the whole day at `moment` is closed; `ahead` says that it only begins soon."""
    day = day_number(local(moment, hours.zone).date())
    it_is = f"{ahead} it is" if ahead else "It is"
    if opening.emergency is not None:
        note = f" ({opening.emergency.note})" if opening.emergency.note else ""
        return f"Marketing to {opening.place} is stopped for an emergency{note}."
    if opening.code is Code.CLOSED_DAY:
        date = calendar_day(moment, hours.zone)
        return f"{it_is} {date}, and the shop is closed{_note(facts, day)}."
    name = hours.shut.name_on(day) if isinstance(hours.shut, Calendar) else None
    where = place_of(hours.zone)
    return f"{it_is} {name or 'a holiday'} in {where}, a day without {_without(opening, facts)}."


def _without(opening: Opening, facts: Facts) -> str:
    kind = texts_for(facts.draft.purpose)
    match opening.layer:
        case Layer.LAW:
            return f"{kind} by the law of {opening.place}"
        case Layer.CARRIER:
            return f"{kind} by the phone companies' rules of {opening.place}"
        case Layer.POLICY:
            return kind


def _note(facts: Facts, day: int) -> str:
    for closure in facts.shop_rules.closures:
        if _covers(closure, day) and closure.note:
            return f" ({closure.note})"
    return ""


def _covers(closure: Closure, day: int) -> bool:
    return day_number(closure.first) <= day <= day_number(closure.last)


def _whose(opening: Opening, facts: Facts) -> str:
    texts = texts_for(facts.draft.purpose)
    match opening.layer:
        case Layer.LAW:
            return f"the law's hours for {texts} ({opening.place})"
        case Layer.CARRIER:
            return f"the phone companies' hours for {texts} ({opening.place})"
        case Layer.POLICY if opening.code is Code.CHANNEL_PREFERENCE:
            return "the hours this person asked for"
        case Layer.POLICY if opening.state_unknown:
            return "the strictest hours of any state"
        case Layer.POLICY if opening.place:
            return f"the hours customary for {texts} ({opening.place})"
        case Layer.POLICY:
            return "the shop's hours"


def _slowest(opening: Opening, now: datetime, margin: timedelta) -> Hours:
    """Return the hours that open last: those that keep the text waiting."""

    def opens(hours: Hours) -> tuple[bool, float]:
        free = next_open((hours,), now, margin)
        return (free is None, free.timestamp() if free else 0.0)

    return max(opening.hours, key=opens)
