"""Today: what needs a person, what is on its way, how the month goes. Must not change anything."""

from __future__ import annotations

from shopbell.cli.moments import spoken
from shopbell.cli.money import spoken_price
from shopbell.domain.telling import counted
from shopbell.domain.today import Need, NeedKind, Today
from shopbell.lines import said
from shopbell.lines.person import about_person
from shopbell.lines.replies import open_thread
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit

_KINDS = {
    NeedKind.UNCLEAR: "may be a stop",
    NeedKind.COMPLAINT: "complained: call them",
    NeedKind.PAUSED: "campaign stands still",
    NeedKind.UNKNOWN: "did it arrive?",
    NeedKind.REPLY: "wrote",
}


async def today(talk: Talk, visit: Visit) -> None:
    """Say the day, and open what needs a person."""
    while True:
        day = await visit.shop.days.today(most=9)
        talk.say(*_lines(day, visit))
        if not day.needs:
            return
        labels = [_need(one, visit) for one in day.needs]
        chosen = await talk.choose("These need somebody:", labels)
        if chosen is None:
            return
        need = day.needs[chosen]
        await talk.tried(_open(talk, visit, need))


async def _open(talk: Talk, visit: Visit, need: Need) -> None:
    if need.number is None:
        place = "Campaigns" if need.kind is NeedKind.PAUSED else "Replies or Outbox"
        talk.say(f"Look under {place}.")
    elif need.kind in {NeedKind.UNCLEAR, NeedKind.REPLY}:
        await open_thread(talk, visit, need.number)
    else:
        await about_person(talk, visit, need.number)


def _lines(day: Today, visit: Visit) -> list[str]:
    month = day.month
    lines = [] if day.needs else ["Nothing needs you now."]
    if day.due:
        leave = "1 text leaves" if day.due == 1 else f"{day.due:,} texts leave"
        lines.append(f"{leave} as soon as the gateway takes them.")
    for held in day.held:
        until = "" if held.until is None else f" until {spoken(held.until, visit.zone)}"
        why = f": {held.why}" if held.why else "."
        lines.append(f"{counted(held.count, 'text')} held{until}{why}")
    lines.append(
        f"This month: {month.sent:,} sent, {month.arrived:,} arrived, "
        f"{month.replies:,} replies, {month.stops:,} stops."
    )
    lines += [f"Cost: {spoken_price(micros, currency)}." for currency, micros in month.cost]
    if day.more:
        lines.append(f"{day.more} more need somebody.")
    return lines


def _need(need: Need, visit: Visit) -> str:
    who = said.who(need.name, need.number) if need.number is not None else need.name
    due = "" if need.due is None else f", by {spoken(need.due, visit.zone)}"
    return f"{who}: {_KINDS[need.kind]}{due}: {said.flat(need.text)}"
