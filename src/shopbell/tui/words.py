"""How facts are put into words on the screens. Must not decide, and must not read the clock."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from shopbell.domain.answers import Answer
from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Decision, Layer, Verdict
from shopbell.domain.people import ContactRow, masked
from shopbell.domain.texts import Encoding, FinalText, State
from shopbell.tui.rows import Ink

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def ago(at: datetime | None, now: datetime) -> str:
    """Return how long ago `at` was, short: "now", "9 min", "3 h", "5 days", "2 years"."""
    if at is None:
        return ""
    seconds = (now - at).total_seconds()
    if seconds < _MINUTE:
        return "now"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} min"
    if seconds < _DAY:
        return f"{int(seconds // _HOUR)} h"
    days = int(seconds // _DAY)
    if days < 60:
        return "1 day" if days == 1 else f"{days} days"
    months = days // 30
    return f"{months} months" if months < 24 else f"{days // 365} years"


def moment(at: datetime, zone: str, now: datetime) -> str:
    """Return a moment as a clock on the counter shows it: "10:42", "Tue 09:00", "26 Nov 10:00"."""
    place = ZoneInfo(zone)
    there, today = at.astimezone(place), now.astimezone(place)
    days = (there.date() - today.date()).days
    if days == 0:
        return f"{there:%H:%M}"
    if 0 < days < 7:
        return f"{there:%a %H:%M}"
    if there.year == today.year:
        return f"{there.day} {there:%b %H:%M}"
    return f"{there.day} {there:%b %Y}"


def day(at: datetime, zone: str) -> str:
    """Return the day of a moment: "3 Oct 2026"."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.day} {there:%b %Y}"


def day_and_time(at: datetime, zone: str) -> str:
    """Return a moment in full: "3 Oct 2026 10:42"."""
    return f"{day(at, zone)} {at.astimezone(ZoneInfo(zone)):%H:%M}"


def month_start(now: datetime, zone: str) -> datetime:
    """Return when this month began on the counter's clock."""
    local = now.astimezone(ZoneInfo(zone))
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def place(zone: str) -> str:
    """Return a time zone as people say it: "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")


def often(n: int, days: int) -> str:
    """Return a promised frequency: "up to 4 a month", "up to 2 in 10 days"."""
    period = {1: "a day", 7: "a week", 30: "a month", 365: "a year"}.get(days, f"in {days} days")
    return f"up to {n} {period}"


def price(micros: int | None, currency: str | None) -> str:
    """Return a price: "$0.02", "0.07 EUR"; "" when none is set."""
    if micros is None:
        return ""
    amount = f"{micros / 1_000_000:.4f}".rstrip("0")
    whole, _, cents = amount.partition(".")
    amount = f"{whole}.{cents.ljust(2, '0')}"
    signs = {"USD": "$", "GBP": "£", "EUR": "€"}
    return (
        f"{signs[currency]}{amount}" if currency in signs else f"{amount} {currency or ''}".strip()
    )


def bill(parts: int, micros: int | None, currency: str | None) -> str:
    """Return parts times the price of one: "2 x $0.0079 = $0.0158"; "" when none is set."""
    whole = price(micros, currency)
    if micros is None or parts < 2:
        return whole
    return f"{parts} x {price(micros // parts, currency)} = {whole}"


def called(name: str, number: str) -> str:
    """Return what to call somebody: the name, or the masked number of who has none."""
    return " ".join(name.split()) or masked(number)


def agreed(row: ContactRow) -> tuple[str, Ink]:
    """Return what somebody answered, for a list: "orders, no offers", "not asked yet"."""
    if row.suppressed:
        return "✗ said stop", Ink.BAD
    answers = ((row.service_answer, "orders"), (row.marketing_answer, "offers"))
    if all(answer is Answer.NO for answer, _ in answers):
        return "said no", Ink.MUTED
    said = [
        word if answer is Answer.YES else f"no {word}"
        for answer, word in answers
        if answer is not Answer.NOT_ASKED
    ]
    return (", ".join(said) or "not asked yet", Ink.MUTED)


def whole(number: str) -> str:
    """Return the whole number as people of its country write it, for abroad: "+1 212-555-0101"."""
    import phonenumbers

    try:
        read = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def measure(final: FinalText) -> str:
    """Return what a text takes: "1 part, plain letters, 82 of 160"."""
    parts = "1 part" if final.segments == 1 else f"{final.segments} parts"
    if final.encoding is Encoding.GSM7:
        letters, one, many = "plain letters", 160, 153
    else:
        letters, one, many = "special letters", 70, 67
    room = one if final.segments <= 1 else many * final.segments
    return f"{parts} · {letters} · {final.units} of {room}"


def costly(final: FinalText) -> str:
    """Return which letters make a text dearer, as a sentence, or ""."""
    if not final.costly:
        return ""
    some = " ".join(final.costly[:5])
    return f"Because of {some} a part holds 70 letters, not 160."


def state(one: State) -> tuple[str, str, Ink]:
    """Return a sign, words and ink for the state of a text."""
    match one:
        case State.DELIVERED:
            return "✓", "arrived", Ink.GOOD
        case State.SENT | State.ACCEPTED:
            return "→", "on its way", Ink.PLAIN
        case State.SENDING:
            return "→", "sending", Ink.PLAIN
        case State.WAITING:
            return "·", "waiting", Ink.MUTED
        case State.HELD:
            return "…", "held", Ink.CAREFUL
        case State.DRAFT:
            return "·", "draft", Ink.MUTED
        case State.UNKNOWN:
            return "?", "unknown", Ink.CAREFUL
        case State.FAILED:
            return "✗", "failed", Ink.BAD
        case State.UNDELIVERABLE:
            return "✗", "did not arrive", Ink.BAD
        case State.EXPIRED:
            return "✗", "too late", Ink.BAD
        case State.CANCELED:
            return "-", "taken back", Ink.MUTED
        case _ as never:
            assert_never(never)


def verdict(decision: Decision, zone: str, now: datetime) -> tuple[str, str, str]:
    """Return a sign, words and a style for a decision."""
    match decision.verdict:
        case Verdict.ALLOW:
            return "✓", "may go now", "$text-success"
        case Verdict.HOLD:
            at = decision.next_allowed_at
            when = f"not before {moment(at, zone, now)}" if at else "not now"
            return "…", when, "$text-warning"
        case Verdict.REFUSE:
            return "✗", "not allowed", "$text-error"
        case _ as never:
            assert_never(never)


def layer(one: Layer) -> str:
    """Return whose rule it is; our own habit is never called the law."""
    match one:
        case Layer.LAW:
            return "the law"
        case Layer.CARRIER:
            return "the phone networks"
        case Layer.POLICY:
            return "your shop's own rule"
        case _ as never:
            assert_never(never)


def purpose(one: Purpose) -> str:
    """Return what a text is for."""
    match one:
        case Purpose.SERVICE:
            return "orders and appointments"
        case Purpose.MARKETING:
            return "offers and events"
        case Purpose.CONVERSATION:
            return "an answer"
        case Purpose.SAFETY:
            return "a safety warning"
        case Purpose.COMPLIANCE:
            return "an answer to STOP or HELP"
        case _ as never:
            assert_never(never)


def how(one: How) -> str:
    """Return by which way a yes or a no reached the shop."""
    return {
        How.PAPER: "on paper",
        How.SPOKEN: "said so",
        How.WEB: "on the web",
        How.KEYWORD: "texted the word",
        How.DOUBLE_OPT_IN: "confirmed by text",
        How.TEXT: "by text",
        How.PHONE: "by phone",
        How.EMAIL: "by e-mail",
        How.IN_PERSON: "in person",
        How.IMPORT: "from a list",
        How.GATEWAY: "told by the gateway",
    }[one]
