"""Contacts and contact sheets for scripts and for people. Must not say who may be texted."""

from __future__ import annotations

from datetime import datetime

from shopbell.cli.complaining import complaint_json
from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.moments import iso, spoken
from shopbell.cli.output import Json
from shopbell.cli.texts import number_shown, reply_json, reply_line, text_json, text_line
from shopbell.cli.wishing import wishes_json
from shopbell.domain.answers import Answer, is_old
from shopbell.domain.complaints import ABOUT
from shopbell.domain.consent import ConsentEvent
from shopbell.domain.people import Contact, ContactRow
from shopbell.domain.row_yes import Claim
from shopbell.domain.telling import how_long_ago
from shopbell.domain.wish_words import wish_sentences
from shopbell.services.person_sheet import ContactSheet, Standing

_JUDGE = "Judge it with shopbell inbox judge."
_SAID = {Answer.YES: "yes", Answer.NO: "no", Answer.NOT_ASKED: "not asked yet"}


def contact_json(contact: Contact) -> dict[str, Json]:
    """Return one contact."""
    return {
        "contact_id": contact.id,
        "number": contact.number,
        "name": contact.name,
        "note": contact.note,
        "email": contact.email,
        "tags": list(contact.tags),
        "timezone": contact.zone,
        "region": contact.region,
        "birthday": contact.birthday or None,
        "source": contact.source,
        "created_at": iso(contact.created_at),
        "updated_at": iso(contact.updated_at),
    }


def row_json(row: ContactRow) -> dict[str, Json]:
    """Return one contact of a list."""
    return {
        "contact_id": row.id,
        "number": row.number,
        "name": row.name,
        "suppressed": row.suppressed,
        "marketing": row.marketing,
        "service": row.service,
        "answers": {
            "marketing": row.marketing_answer.value,
            "service": row.service_answer.value,
        },
        "last_text_at": iso(row.last_text_at),
    }


def row_line(row: ContactRow, zone: str, *, reveal: bool) -> str:
    """Return one contact of a list as one line."""
    parts = [number_shown(row.number, reveal=reveal), row.name, _answers(row)]
    if row.last_text_at is not None:
        parts.append(f"last text {spoken(row.last_text_at, zone)}")
    return "  ".join(filter(None, parts))


def _answers(row: ContactRow) -> str:
    if row.suppressed:
        return "said stop"
    said = [
        f"{answer.value} to {what}"
        for what, answer in (
            ("marketing", row.marketing_answer),
            ("texts about orders", row.service_answer),
        )
        if answer is not Answer.NOT_ASKED
    ]
    return ", ".join(said) or "not asked yet"


def sheet_json(sheet: ContactSheet) -> dict[str, Json]:
    """Return everything about one number."""
    stop = sheet.suppression
    return {
        "number": sheet.number.e164,
        "country": sheet.number.country,
        "kind": sheet.number.kind.value,
        "timezones": list(sheet.number.zones),
        "contact": None if sheet.contact is None else contact_json(sheet.contact),
        "same_person": [one.number for one in sheet.same_person],
        "household": [one.number for one in sheet.household],
        "suppressed": stop is not None,
        "suppression": None
        if stop is None
        else {"at": iso(stop.at), "how": stop.how.value, "note": stop.note},
        "unclear_stop_at": iso(sheet.unclear_stop_at),
        "complaints": [complaint_json(one, sheet.made_at) for one in sheet.complaints],
        "wishes": wishes_json(sheet.wishes),
        "standings": [_standing_json(standing) for standing in sheet.standings],
        "consents": [consent_json(event) for event in sheet.ledger],
        "claims": [claim_json(claim) for claim in sheet.claims],
        "messages": [text_json(text) for text in sheet.texts],
        "replies": [reply_json(reply) for reply in sheet.replies],
    }


def consent_json(event: ConsentEvent) -> dict[str, Json]:
    """Return one line of the consent ledger."""
    return {
        "consent_id": event.id,
        "act": event.act.value,
        "purpose": event.purpose.value,
        "topics": list(event.topics),
        "wording": event.wording,
        "how": event.how.value,
        "at": iso(event.at),
        "witness": event.witness,
        "place": event.place,
        "form": None
        if event.form is None
        else {"page": event.form.page, "ip": event.form.ip, "form_id": event.form.form_id},
        "basis": event.basis.value,
        "evidence_sha256": event.evidence_sha256,
        "promised": None
        if event.promised_n is None
        else {"n": event.promised_n, "days": event.promised_days},
        "recorded_at": iso(event.recorded_at),
    }


def claim_json(claim: Claim) -> dict[str, Json]:
    """Return a yes that a list claims, and why it counts for nothing."""
    return {
        "purpose": claim.purpose.value,
        "topics": list(claim.topics),
        "said": claim.said,
        "at": iso(claim.at),
        "missing": claim.missing,
        "source": claim.source,
    }


def sheet_lines(
    sheet: ContactSheet, zone: str, now: datetime, *, reveal: bool, judge: str = _JUDGE
) -> list[str]:
    """Return everything about one number, one fact a line; `judge` says where a stop is judged."""
    number = number_shown(sheet.number.e164, reveal=reveal)
    contact = sheet.contact
    who = contact.name if contact is not None and contact.name else "no name"
    place = ", ".join(filter(None, (sheet.number.country, sheet.number.kind.value)))
    lines = [f"{number}  {who}  ({place})"]
    if contact is None:
        lines.append("Not a contact yet.")
    elif contact.tags:
        lines.append(f"Tags: {', '.join(contact.tags)}.")
    if contact is not None and contact.note:
        lines.append(f"Note: {contact.note}")
    lines += _links_lines(sheet, reveal=reveal)
    lines += _complaint_lines(sheet, zone)
    if sheet.suppression is not None:
        stop = sheet.suppression
        lines.append(f"Said stop on {spoken(stop.at, zone)} ({stop.how}).")
    if sheet.unclear_stop_at is not None:
        lines.append(f"A reply of {spoken(sheet.unclear_stop_at, zone)} may be a stop. {judge}")
    lines += wish_sentences(sheet.wishes, zone, now)
    for standing in sheet.standings:
        lines += _standing_lines(standing, zone, now)
    for claim in sheet.claims:
        what = ", ".join(claim.topics) or claim.purpose.value
        lines.append(f"The list “{claim.source}” claims a yes to {what}. {claim.missing}")
    lines += [f"Text {text_line(text, zone, reveal=reveal)}" for text in sheet.texts]
    lines += [f"Reply {reply_line(reply, zone, reveal=reveal)}" for reply in sheet.replies]
    return lines


def _links_lines(sheet: ContactSheet, *, reveal: bool) -> list[str]:
    lines = []
    if sheet.same_person:
        numbers = ", ".join(number_shown(one.number, reveal=reveal) for one in sheet.same_person)
        lines.append(f"The same person: {numbers}. A no of one number counts for all.")
    if sheet.household:
        people = ", ".join(
            one.name or number_shown(one.number, reveal=reveal) for one in sheet.household
        )
        lines.append(f"Lives with: {people}.")
    return lines


def _complaint_lines(sheet: ContactSheet, zone: str) -> list[str]:
    lines = []
    for one in sheet.complaints:
        said = f"Complaint {one.id} of {spoken(one.at, zone)} about {ABOUT[one.kind]}"
        if one.is_open:
            lines.append(f"{said}: open, to be answered by {spoken(one.due_at, zone)}.")
        else:
            lines.append(f"{said}: {one.outcome}")
    return lines


def _standing_json(standing: Standing) -> dict[str, Json]:
    return {
        "purpose": standing.purpose.value,
        "asked": standing.asked,
        "yes": standing.answer is Answer.YES,
        "answer": standing.answer.value,
        "about": {topic: answer.value for topic, answer in standing.about.items()},
        "topics": sorted(standing.topics),
        "decisions": [
            {"topic": topic, **decision_json(decision)} for topic, decision in standing.decisions
        ],
    }


def _standing_lines(standing: Standing, zone: str, now: datetime) -> list[str]:
    if standing.yes:
        latest = standing.yes[-1]
        topics = f", for {', '.join(sorted(standing.topics))}" if standing.topics else ""
        age = f", {how_long_ago(latest.at, now)}" if is_old(latest, now) else ""
        first = f"yes since {spoken(latest.at, zone)} ({latest.how}{age}){topics}"
    else:
        first = _SAID[standing.answer]
    lines = [f"{standing.purpose.capitalize()}: {first}."]
    if standing.asked:
        lines += [
            f"  {topic.capitalize()}: {_SAID[answer]}."
            for topic, answer in standing.about.items()
            if answer is not Answer.YES
        ]
    for topic, decision in standing.decisions:
        about = f"{standing.purpose.capitalize()}, {topic}" if topic else "Right now"
        verdict, *reasons = decision_lines(decision, zone)
        lines += [f"  {about}: {verdict}", *(f"    {reason}" for reason in reasons)]
    return lines
