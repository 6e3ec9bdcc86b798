"""A yes given on a web page, as evidence: where, by which form, from which address (rules.md 8).

Must not say whether it is enough, and must not fetch the page.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shopbell.errors import BadInput

_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WebForm:
    """What a shop's web site kept about one sign-up."""

    page: str
    """The address of the page with the form and its words."""
    ip: str = ""
    """The visitor's address on the internet."""
    form_id: str = ""
    """The site's own number of the sign-up."""


def form_fault(form: WebForm) -> str | None:
    """Return why a form is no evidence like this, as a sentence; None if it is."""
    page = form.page
    if not page.startswith(("https://", "http://")) or len(page) > _LONGEST:
        return "A web form needs the address of its page, like https://fernandfinch.example/sms."
    if any(not character.isprintable() or character.isspace() for character in page):
        return "The address of the page holds characters that no address has."
    if form.ip and _address(form.ip) is None:
        return "That is no internet address: write it like 203.0.113.7."
    if not form.ip and not form.form_id.strip():
        return "Add the visitor's internet address, or the number of the sign-up on the site."
    if len(form.form_id) > _LONGEST or not form.form_id.isprintable():
        return "The number of the sign-up is too long, or holds characters that cannot be shown."
    return None


def read_form(page: str, sender: str) -> WebForm:
    """Return what was typed: the page, and the visitor's address or the site's number in one.

    Raises:
        BadInput: it is no evidence like this.
    """
    is_address = _address(sender) is not None
    form = WebForm(page=page, ip=sender if is_address else "", form_id="" if is_address else sender)
    if (why := form_fault(form)) is not None:
        raise BadInput(why, code="bad_form")
    return form


def read_sent_at(typed: str, zone: str, now: datetime) -> datetime:
    """Return when a form was sent; a time without an offset is the clock's of `zone`.

    Raises:
        BadInput: it is no date and time, or still to come.
    """
    try:
        at = datetime.fromisoformat(typed)
        at = (at.replace(tzinfo=ZoneInfo(zone)) if at.tzinfo is None else at).astimezone(UTC)
        is_past = at <= now
    except (ValueError, OverflowError):
        raise BadInput(
            f"“{typed[:20]}” is no date and time.",
            "Write when the form was sent, like 2026-11-24 10:42.",
            code="bad_time",
        ) from None
    if not is_past:
        raise BadInput("That moment is still to come.", "Look at the site again.", code="bad_time")
    return at


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
