"""Reminders for scripts and for people. Must not decide, nor count anything."""

from __future__ import annotations

from datetime import datetime

from shopbell.cli.decisions import decision_json
from shopbell.cli.moments import iso, spoken
from shopbell.cli.output import Json
from shopbell.cli.texts import number_shown
from shopbell.domain.appointments import Reminder
from shopbell.domain.telling import counted
from shopbell.services.reminder_steps import Brought
from shopbell.services.reminders import Said

_SHOWN = 20
_NEXT = "Nothing is sent. Next: shopbell reminders list, then shopbell reminders approve"


def reminder_json(one: Reminder, now: datetime) -> dict[str, Json]:
    """Return one reminder."""
    return {
        "reminder_id": one.id,
        "calendar": one.calendar,
        "number": one.number,
        "name": one.name,
        "starts_at": iso(one.starts_at),
        "what": one.what,
        "text": one.body,
        "topic": one.topic,
        "remind_at": iso(one.remind_at),
        "stage": one.stage.value,
        "missed": one.is_missed(now),
        "message_id": one.text_id,
        "message_state": None if one.text_state is None else one.text_state.value,
    }


def reminder_line(one: Reminder, now: datetime, zone: str, *, reveal: bool = False) -> str:
    """Return one reminder as one line."""
    who = number_shown(one.number, reveal=reveal)
    name = f"{one.name} ({who})" if one.name else who
    when = f"reminds {spoken(one.remind_at, zone)}"
    if one.is_missed(now):
        when = f"its moment, {spoken(one.remind_at, zone)}, has passed: should it still go?"
    state = one.stage.value if one.text_state is None else one.text_state.value
    return f"{one.id}  {state}  {spoken(one.starts_at, zone)}  {name}  {when}  {one.body}"


def brought_json(brought: Brought, now: datetime) -> dict[str, Json]:
    """Return what a file did. `read` is the sum of the next five and the parked rows."""
    return {
        "read": brought.read,
        "new": brought.new,
        "changed": brought.changed,
        "unchanged": brought.unchanged,
        "canceled": brought.canceled,
        "beyond": brought.beyond,
        "parked": len(brought.parked),
        "taken_away": brought.taken_away,
        "texts_back": brought.texts_back,
        "missed": brought.missed,
        "told": [reminder_json(one, now) for one in brought.told],
        "parked_rows": [
            {"row": one.row, "reason": one.reason, "cells": list(one.cells)}
            for one in brought.parked
        ],
    }


def brought_lines(brought: Brought, zone: str, *, dry_run: bool, then: str = _NEXT) -> list[str]:
    """Return what a file did, in sentences; `then` is said of drafts that were kept."""
    facts = [
        f"{counted(brought.read, 'appointment')} read.",
        f"{counted(brought.new, 'new draft')}, {brought.changed} changed.",
    ]
    if brought.unchanged:
        facts.append(f"{brought.unchanged} as before.")
    if brought.canceled:
        facts.append(f"{brought.canceled} canceled in the file.")
    if brought.taken_away:
        facts.append(f"{counted(brought.taken_away, 'reminder')} taken away.")
    if brought.texts_back:
        facts.append(f"{counted(brought.texts_back, 'text')} taken back from the outbox.")
    if brought.beyond:
        facts.append(f"{brought.beyond} are past, or more than 60 days ahead.")
    if brought.missed:
        facts.append(f"Of {brought.missed} the moment has passed: say of each whether it goes.")
    facts += [
        f"{one.name or number_shown(one.number, reveal=False)} was reminded already of "
        f"{spoken(one.starts_at, zone)}, which is now otherwise: tell them yourself."
        for one in brought.told[:_SHOWN]
    ]
    facts += [f"Not used, {one.row}: {one.reason}" for one in brought.parked[:_SHOWN]]
    if len(brought.parked) > _SHOWN:
        facts.append(f"And {len(brought.parked) - _SHOWN} more that were not used.")
    if dry_run:
        facts += [
            f"{one.name or number_shown(one.number, reveal=False)}, "
            f"{spoken(one.remind_at, zone)}: {one.body}"
            for one in brought.drafts[:_SHOWN]
        ]
        more = len(brought.drafts) - _SHOWN
        facts += [f"And {more} more drafts."] if more > 0 else []
    facts.append("Nothing was kept: this was a look." if dry_run else then)
    return facts


def said_json(said: Said, now: datetime) -> dict[str, Json]:
    """Return what became of one reminder somebody said yes to."""
    return {
        **reminder_json(said.reminder, now),
        "why_not": said.why_not or None,
        "decision": None if said.decision is None else decision_json(said.decision),
    }


def said_line(said: Said, *, reveal: bool = False) -> str:
    """Return what became of one reminder somebody said yes to, as one line."""
    one = said.reminder
    who = one.name or number_shown(one.number, reveal=reveal)
    if said.why_not:
        return f"{one.id}  {who}: not in the outbox. {said.why_not}"
    return f"{one.id}  {who}: in the outbox as text {one.text_id}."
