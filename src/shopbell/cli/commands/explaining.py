"""Why a text was sent, or why somebody may not be texted: from what was stored at the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import click

from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import iso, spoken
from shopbell.cli.people import consent_json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.texts import event_json, event_line, text_line
from shopbell.domain.consent import ConsentEvent, standing
from shopbell.domain.decision import Decision, Verdict
from shopbell.domain.ids import TextId
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.texts import OutboundText
from shopbell.errors import BadInput
from shopbell.services.person_sheet import ContactSheet


@click.command(cls=Command)
@click.argument("message_id", type=int)
@with_shop()
async def why(session: Session, message_id: int) -> Exit:
    """Explain one text from the decision and the yes that were stored."""
    shop, zone = session.shop, session.shop.profile.zone
    text = await shop.outbox.get(TextId(message_id))
    decision = await shop.outbox.decision(text.decision_id)
    if decision is None:
        raise BadInput(
            f"The decision about text {text.id} is missing.",
            "Run shopbell verify.",
            code="no_decision",
        )
    sheet = await shop.people.sheet(shop.people.read_number(text.number))
    yes = _yes_behind(sheet, text, decision.decided_at)
    history = await shop.outbox.events(text.id)
    session.out.result(
        {
            "message_id": text.id,
            "state": text.state.value,
            "decided_at": iso(decision.decided_at),
            "rules_version": decision.rules_version,
            **decision_json(decision),
            "purpose": text.purpose.value,
            "really_service": text.really_service or None,
            "expires_at": iso(text.expires_at),
            "consents": [consent_json(event) for event in yes],
            "history": [event_json(event) for event in history],
        },
        [
            text_line(text, zone),
            f"Decided {spoken(decision.decided_at, zone)} by rules {decision.rules_version}.",
            *decision_lines(decision, zone),
            *_about(text, zone),
            *yes_lines(sheet, text, decision.decided_at, zone),
            *(event_line(event, zone) for event in history),
        ],
    )
    return Exit.DONE


def _about(text: OutboundText, zone: str) -> Iterator[str]:
    if text.really_service:
        yield f"It went as a text about orders and appointments, because: “{text.really_service}”"
    if text.expires_at is not None:
        yield f"It had to arrive by {spoken(text.expires_at, zone)}."


@click.command("why-not", cls=Command)
@click.argument("number", type=WORDS)
@with_shop()
async def why_not(session: Session, number: str) -> Exit:
    """Explain why a number was not, or may not be, texted."""
    shop, zone = session.shop, session.shop.profile.zone
    sheet = await shop.people.sheet(shop.people.read_number(number))
    stored = _in_the_way(await shop.outbox.decisions_about(sheet.number.e164))
    now = [(s.purpose, topic, decision) for s in sheet.standings for topic, decision in s.decisions]
    session.out.result(
        {
            "number": sheet.number.e164,
            "now": [
                {"purpose": purpose.value, "topic": topic, **decision_json(decision)}
                for purpose, topic, decision in now
            ],
            "stored": [
                {"decided_at": iso(decision.decided_at), **decision_json(decision)}
                for decision in stored
            ],
        },
        why_not_lines(sheet, stored, zone),
    )
    return Exit.DONE


def why_not_lines(sheet: ContactSheet, stored: Sequence[Decision], zone: str) -> list[str]:
    """Return what stands in the way of a text to somebody now, and what did before."""
    lines = []
    for standing_ in sheet.standings:
        for topic, decision in standing_.decisions:
            about = f"{standing_.purpose.capitalize()}{f', {topic}' if topic else ''}, now"
            first, *reasons = decision_lines(decision, zone)
            lines += [f"{about}: {first}", *reasons]
    for decision in _in_the_way(stored):
        first, *reasons = decision_lines(decision, zone)
        lines += [f"{spoken(decision.decided_at, zone)}: {first}", *reasons]
    return lines


def _in_the_way(decisions: Sequence[Decision]) -> list[Decision]:
    return [one for one in decisions if one.verdict is not Verdict.ALLOW]


def yes_lines(sheet: ContactSheet, text: OutboundText, decided: datetime, zone: str) -> list[str]:
    """Return the yes that a text rested on when it was decided, with its words."""
    return [
        f"They said yes to {texts_for(event.purpose)} on {spoken(event.at, zone)} "
        f"({event.how}): “{event.wording}”"
        for event in _yes_behind(sheet, text, decided)
    ]


def _yes_behind(
    sheet: ContactSheet, text: OutboundText, decided: datetime
) -> tuple[ConsentEvent, ...]:
    known = tuple(event for event in sheet.ledger if event.recorded_at <= decided)
    return standing(known, text.purpose)
