"""Texts and replies for scripts and for people. Must not hide the whole number from scripts."""

from __future__ import annotations

from shopbell.cli.moments import iso, spoken
from shopbell.cli.money import amount, part_price
from shopbell.cli.output import Json
from shopbell.domain.people import masked
from shopbell.domain.replies import Reply
from shopbell.domain.texts import OutboundText, TextEvent

_EXCERPT = 60


def text_json(text: OutboundText) -> dict[str, Json]:
    """Return one text of the outbox."""
    return {
        "message_id": text.id,
        "ref": text.ref,
        "number": text.number,
        "name": text.name,
        "purpose": text.purpose.value,
        "topic": text.topic,
        "text": text.body,
        "final_text": text.final.text,
        "segments": text.final.segments,
        "encoding": text.final.encoding.value,
        "price": amount(text.price_micros),
        "price_per_part": amount(part_price(text.price_micros, text.final.segments)),
        "currency": text.currency,
        "really_service": text.really_service or None,
        "state": text.state.value,
        "detail": text.detail,
        "missed": text.missed or None,
        "replaces": text.replaces,
        "gateway": text.gateway,
        "gateway_id": text.gateway_id,
        "attempts": text.attempts,
        "not_before": iso(text.not_before),
        "expires_at": iso(text.expires_at),
        "created_at": iso(text.created_at),
        "updated_at": iso(text.updated_at),
    }


def text_line(text: OutboundText, zone: str, *, reveal: bool = False) -> str:
    """Return one text as one line."""
    who = _who(text.number, text.name, reveal=reveal)
    when = spoken(text.updated_at, zone)
    return f"{text.id}  {text.state}  {when}  to {who}  {_excerpt(text.body)}"


def event_json(event: TextEvent) -> dict[str, Json]:
    """Return one thing that happened to a text."""
    return {
        "at": iso(event.at),
        "state": event.state.value,
        "word": event.word,
        "detail": event.detail,
    }


def event_line(event: TextEvent, zone: str) -> str:
    """Return one thing that happened to a text as one line."""
    return f"{spoken(event.at, zone)}  {event.state}  {event.word}  {event.detail}".rstrip()


def reply_json(reply: Reply, *, reveal: bool = False) -> dict[str, Json]:
    """Return one reply; a secret in it only to who asks."""
    intent = reply.reading.intent
    return {
        "reply_id": reply.id,
        "number": reply.number,
        "sender": reply.sender,
        "name": reply.name,
        "text": reply.text if reveal else reply.veiled,
        "secrets": list(reply.secrets),
        "redacted_at": iso(reply.redacted_at),
        "at": iso(reply.at),
        "received_at": iso(reply.received_at),
        "band": reply.reading.band.value,
        "intent": None if intent is None else intent.value,
        "why": reply.reading.why,
        "done": reply.done,
        "read_at": iso(reply.read_at),
        "judged_at": iso(reply.judged_at),
        "asked_at": iso(reply.asked_at),
        "stop_at": iso(reply.stop_at),
    }


def reply_line(reply: Reply, zone: str, *, reveal: bool = False) -> str:
    """Return one reply as one line."""
    who = _who(reply.number or reply.sender, reply.name, reveal=reveal)
    done = f"  ({reply.done})" if reply.done else ""
    unread = "" if reply.read_at else "  unread"
    unread += "  complaint open" if reply.complained else ""
    return (
        f"{reply.id}  {spoken(reply.at, zone)}  from {who}{unread}  {_excerpt(reply.veiled)}{done}"
    )


def number_shown(number: str, *, reveal: bool) -> str:
    """Return a number for a line of text: its end only, until somebody asks."""
    return number if reveal else masked(number)


def _who(number: str, name: str, *, reveal: bool) -> str:
    digits = number_shown(number, reveal=reveal)
    return f"{name} ({digits})" if name else digits


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXCERPT else f"{flat[: _EXCERPT - 1]}…"
