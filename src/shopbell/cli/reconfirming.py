"""Whose yes runs out, for scripts and for people. Must not look anybody up."""

from __future__ import annotations

from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.cli.texts import number_shown
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.reconfirming import Reconfirm
from shopbell.domain.telling import calendar_day


def reconfirm_json(one: Reconfirm) -> dict[str, Json]:
    """Return one yes that runs out."""
    return {
        "number": one.number,
        "name": one.name,
        "purpose": one.purpose.value,
        "until": iso(one.until),
        "over": one.over,
        "rule": one.reason.rule,
        "layer": one.reason.layer.value,
        "citation": one.reason.citation,
        "why": one.reason.sentence,
    }


def reconfirm_line(one: Reconfirm, zone: str, *, reveal: bool) -> str:
    """Return it as one line: who, until when, why."""
    day = calendar_day(one.until, zone)
    when = f"ran out on {day}" if one.over else f"runs out on {day}"
    who = "  ".join(filter(None, (number_shown(one.number, reveal=reveal), one.name)))
    return f"{who}  yes to {texts_for(one.purpose)} {when}: {one.reason.sentence}"
