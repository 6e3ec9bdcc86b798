"""A yes given on a web page, as evidence: where, by which form, from which address (rules.md 8).

Must not say whether it is enough, and must not fetch the page.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

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


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
