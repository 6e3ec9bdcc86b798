"""Complaints for scripts and for people. Must not look anybody up."""

from __future__ import annotations

from datetime import datetime

from shopbell.cli.moments import iso, spoken
from shopbell.cli.output import Json
from shopbell.cli.texts import number_shown
from shopbell.domain.complaints import ABOUT, Complaint, is_overdue, what_to_do
from shopbell.domain.shop import ShopProfile


def complaint_json(one: Complaint, now: datetime) -> dict[str, Json]:
    """Return one complaint with its clock."""
    return {
        "complaint_id": one.id,
        "number": one.number,
        "kind": one.kind.value,
        "words": one.words,
        "how": one.how.value,
        "at": iso(one.at),
        "recorded_at": iso(one.recorded_at),
        "who": one.who,
        "due_at": iso(one.due_at),
        "open": one.is_open,
        "overdue": is_overdue(one, now),
        "closed_at": iso(one.closed_at),
        "closed_by": one.closed_by,
        "outcome": one.outcome,
    }


def complaint_lines(one: Complaint, shop: ShopProfile, now: datetime, *, reveal: bool) -> list[str]:
    """Return one complaint: who about what, what they said, what to do or how it ended."""
    who = "somebody forgotten" if one.number is None else number_shown(one.number, reveal=reveal)
    when = spoken(one.at, shop.zone)
    lines = [f"Complaint {one.id}  {who}  about {ABOUT[one.kind]}, {when} ({one.how})."]
    lines += [f"  “{one.words}”"] if one.words else []
    if one.closed_at is None:
        lines.append(f"  {what_to_do(one, shop, now)}")
    else:
        by = f" by {one.closed_by}" if one.closed_by else ""
        lines.append(f"  Closed {spoken(one.closed_at, shop.zone)}{by}: {one.outcome}")
    return lines
