"""Puts all that is known about one person into words. Must not decide: it shows decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from shopbell.domain.answers import Answer, is_old
from shopbell.domain.consent import Act, ConsentEvent, Purpose
from shopbell.domain.decision import Decision, Verdict
from shopbell.domain.ids import TextId
from shopbell.domain.people import masked
from shopbell.domain.replies import Reply
from shopbell.domain.row_yes import Claim
from shopbell.domain.telling import how_long_ago
from shopbell.domain.texts import OutboundText
from shopbell.domain.wish_words import wish_sentences
from shopbell.services.person_sheet import ContactSheet, Standing
from shopbell.tui import words
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import cell, lines, spans
from shopbell.tui.rows import Drawn, Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """One text, in either direction."""

    at: datetime
    text: str
    sign: str
    state: str
    ink: Ink
    text_id: TextId | None
    """None for what they wrote."""


def headline(sheet: ContactSheet, *, whole_number: bool, key: str = "") -> Content:
    """Return who it is: name, number (with the key that shows all of it), place."""
    contact = sheet.contact
    name = contact.name if contact and contact.name else "No name"
    e164 = sheet.number.e164
    number = words.whole(e164) if whole_number else masked(e164)
    zones = (contact.zone,) if contact and contact.zone else sheet.number.zones
    where = ", ".join(words.place(zone) for zone in zones[:2])
    return spans(
        (" ".join(name.split()), "bold"),
        (f"   {number}", "$text-muted" if not whole_number else "bold $text-accent"),
        ("" if whole_number or not key else f" ({key} shows)", "$text-muted"),
        (f"   {where}" if where else "   place unknown", "$text-muted"),
        one_line=True,
    )


def may_we(sheet: ContactSheet, zone: str, now: datetime) -> Content:
    """Return what may be sent, topic by topic, with the reason and the next allowed time."""
    rows: list[Content] = [spans(("MAY WE TEXT?", "bold $text-muted"))]
    if (stop := sheet.suppression) is not None:
        said = f"Said stop {words.day(stop.at, zone)}, {words.how(stop.how)}."
        rows += [spans(("✗ ", "bold $text-error"), (said, "bold")), spans("Nothing may be sent.")]
        return lines(*rows)
    rows += _complaints(sheet, zone, now)
    if sheet.unclear_stop_at is not None:
        rows.append(
            spans(
                ("? ", "bold $text-warning"),
                with_keys("A reply may be a stop: press [everywhere.replies]."),
            )
        )
    told: set[str] = set()
    for standing in sorted(sheet.standings, key=lambda one: one.purpose is not Purpose.SERVICE):
        rows += _standing(standing, zone, now, told)
    return lines(*rows)


def about(sheet: ContactSheet, zone: str, now: datetime) -> Content:
    """Return wishes, notes, tags and the proof on file."""
    contact = sheet.contact
    rows: list[Content] = []
    if sheet.same_person:
        numbers = ", ".join(masked(one.number) for one in sheet.same_person)
        rows.append(spans(f"The same person: {numbers}. A no of one counts for all."))
    if sheet.household:
        people = ", ".join(one.name or masked(one.number) for one in sheet.household)
        rows.append(spans(f"Lives with {people}."))
    rows += [spans("")] if rows else []
    wished = wish_sentences(sheet.wishes, zone, now)
    if contact is not None and contact.birthday:
        wished = (*wished, f"Birthday: {contact.birthday.removeprefix('--')}.")
    if wished:
        rows += [spans(("WISHES", "bold $text-muted")), *map(spans, wished), spans("")]
    if contact is not None and (contact.note or contact.tags or contact.email):
        rows.append(spans(("NOTES", "bold $text-muted")))
        rows += [spans(contact.note)] if contact.note else []
        rows += [spans((", ".join(contact.tags), "$text-accent"))] if contact.tags else []
        rows += [spans((contact.email, "$text-muted"))] if contact.email else []
        rows.append(spans(""))
    rows.append(spans(("PROOF", "bold $text-muted")))
    rows += [_proof(event, zone) for event in sheet.ledger[-4:]] or [
        spans(("nothing on file yet", "$text-muted"))
    ]
    rows += [_claim(claim) for claim in sheet.claims]
    return lines(*rows)


def exchanged(sheet: ContactSheet) -> tuple[Exchanged, ...]:
    """Return texts and replies together, newest first."""
    both = [_sent(text) for text in sheet.texts] + [_received(reply) for reply in sheet.replies]
    return tuple(sorted(both, key=lambda one: one.at, reverse=True))


def draw_exchanged(one: Exchanged, width: int, zone: str, now: datetime) -> Drawn:
    """Draw one line of what was exchanged."""
    state = cell(one.state, 15) if width > 44 else ""
    left = max(width - 15 - len(state), 8)
    return (
        (cell(words.moment(one.at, zone, now), 13), Ink.MUTED),
        (one.sign + " ", one.ink),
        (cell(one.text, left), Ink.PLAIN),
        (state, one.ink),
    )


def _complaints(sheet: ContactSheet, zone: str, now: datetime) -> list[Content]:
    return [
        spans(
            ("! ", "bold $text-warning"),
            (f"Complained {words.day(one.at, zone)}: ", "bold"),
            f"answer by {words.moment(one.due_at, zone, now)}.",
        )
        for one in sheet.complaints
        if one.is_open
    ]


def _standing(standing: Standing, zone: str, now: datetime, told: set[str]) -> list[Content]:
    """Return the lines of one purpose; a reason that was `told` above is not told again."""
    rows: list[Content] = []
    granted = {topic: event for event in standing.yes for topic in event.topics}
    last = standing.yes[-1] if standing.yes else None
    if any(not event.topics for event in standing.yes):
        general = next(event for event in reversed(standing.yes) if not event.topics)
        rows += _answered("general", Answer.YES, general, zone, now)
        rows += _promised(last) if last is general else []
    said_yes = [topic for topic, answer in standing.about.items() if answer is Answer.YES]
    for topic in said_yes:
        rows += _answered(topic, Answer.YES, granted.get(topic), zone, now)
    rows += [] if last is None or not last.topics else _promised(last)
    if standing.yes:
        decisions = {
            _decision(decision, zone, now, set()).plain: decision
            for _, decision in standing.decisions
        }
        rows += [_decision(decision, zone, now, told) for decision in decisions.values()]
    for topic, answer in standing.about.items():
        if topic not in said_yes:
            rows += _answered(topic, answer, None, zone, now)
    return rows


def _promised(event: ConsentEvent | None) -> list[Content]:
    """Return the promise, which stands right below what it was promised about."""
    if event is None or not event.promised_n or not event.promised_days:
        return []
    often = words.often(event.promised_n, event.promised_days)
    return [spans((f"  {often}, as promised", "$text-muted"))]


def _answered(
    topic: str, answer: Answer, event: ConsentEvent | None, zone: str, now: datetime
) -> list[Content]:
    name = (cell(topic, 9), "bold")
    if answer is Answer.YES and event is not None:
        fact = f"{words.how(event.how)}, {words.day(event.at, zone)}"
        rows = [spans(name, ("yes  ", "$text-success"), (fact, "$text-muted"))]
        if is_old(event, now):
            rows.append(spans((f"  said {how_long_ago(event.at, now)}", "$text-warning")))
        return rows
    return [spans(name, ("no" if answer is Answer.NO else "not asked yet", "$text-muted"))]


def _decision(decision: Decision, zone: str, now: datetime, told: set[str]) -> Content:
    sign, said, style = words.verdict(decision, zone, now)
    if decision.verdict is Verdict.ALLOW:
        return spans("  ", (f"{sign} {said}", style))
    reason = decision.reasons[0].sentence
    if reason in told:
        return spans("  ", (f"{sign} {said}", style), (", for the same reason", "$text-muted"))
    told.add(reason)
    return spans("  ", (f"{sign} {said}: ", style), (reason, "$text-muted"))


def _proof(event: ConsentEvent, zone: str) -> Content:
    said = "yes to" if event.act is Act.GRANTED else "no more"
    what = ", ".join(event.topics) or words.purpose(Purpose(event.purpose))
    return spans(
        (cell(words.day(event.at, zone), 13), "$text-muted"),
        f"{said} {what}",
    )


def _claim(claim: Claim) -> Content:
    what = ", ".join(claim.topics) or words.purpose(claim.purpose)
    return spans(
        ("only claimed ", "$text-warning"),
        f"{what}, by the list “{claim.source}”. ",
        (claim.missing, "$text-muted"),
    )


def _sent(text: OutboundText) -> Exchanged:
    sign, said, ink = words.state(text.state)
    return Exchanged(
        at=text.created_at, text=text.body, sign=sign, state=said, ink=ink, text_id=text.id
    )


def _received(reply: Reply) -> Exchanged:
    return Exchanged(
        at=reply.at,
        text=reply.veiled,
        sign="←",
        state=reply.done,
        ink=Ink.ACCENT,
        text_id=None,
    )
