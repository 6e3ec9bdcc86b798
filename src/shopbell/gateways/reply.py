"""Reads a gateway's answer by the preset's rules. Pure; must not send or show anything.

Whatever the rules don't clearly cover is `Outcome.UNKNOWN`: never a success, never a failure.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from shopbell.domain.gateway import Outcome
from shopbell.gateways.paths import as_text, find_all, find_text
from shopbell.gateways.patterns import PATTERN_CHARS
from shopbell.gateways.preset import ErrorRule, Send, Test
from shopbell.gateways.template import Values, render

_ID_CHARS = 255
_CHARSET = re.compile(r"charset=\"?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One complete HTTP answer."""

    status: int
    content_type: str
    content: bytes = field(repr=False)
    date: str = ""
    """When it was written, by the gateway's clock and in its own way; empty if it says nothing."""

    @property
    def text(self) -> str:
        """The content as text; bytes that fit no character become U+FFFD."""
        named = _CHARSET.search(self.content_type)
        try:
            return self.content.decode(named[1] if named else "utf-8", errors="replace")
        except LookupError:
            return self.content.decode("utf-8", errors="replace")

    @property
    def json(self) -> object:
        """The content as JSON; None when it is none."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    @property
    def is_page(self) -> bool:
        """True for a web page, which no gateway means to answer (Kannel calls plain words html)."""
        start = self.content[:200].lstrip().lower()
        named = "html" in self.content_type.lower() and b"<" in start
        return named or start.startswith((b"<!doctype", b"<html"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an answer to a send means."""

    outcome: Outcome
    gateway_id: str | None
    said: str
    """The gateway's own words, raw; may hold anything."""
    advice: str = ""
    """What the preset says to do about it."""


def passes(test: Test, reply: Reply, values: Values) -> bool:
    """Return whether every part of `test` holds for `reply`.

    A web page passes no test: it is the sign-in page of some Wi-Fi, not the gateway.
    """
    if reply.status not in test.http or reply.is_page:
        return False
    if test.text is not None and not test.text.search(reply.text[:PATTERN_CHARS]):
        return False
    if not test.all:
        return True
    path, *words = (render(template, values) for template in test.all)
    if path is None:
        return True
    allowed = {word for word in words if word is not None}
    found = find_all(reply.json, path)
    return bool(found) and (not allowed or all(as_text(one) in allowed for one in found))


def judge(send: Send, reply: Reply, values: Values) -> Verdict:
    """Return what `reply` to a send means."""
    said = find_text(reply.json, send.error_text) if send.error_text is not None else ""
    if passes(send.accepted, reply, values):
        promised, gateway_id = _id(send, reply, values)
        if promised and gateway_id is None:
            return Verdict(outcome=Outcome.UNKNOWN, gateway_id=None, said=said)
        return Verdict(outcome=Outcome.ACCEPTED, gateway_id=gateway_id, said="")
    rule = next((rule for rule in send.errors if _matches(rule, reply)), None)
    outcome = Outcome.UNKNOWN if rule is None else rule.then
    _, gateway_id = _id(send, reply, values)
    return Verdict(
        outcome=outcome,
        gateway_id=gateway_id if outcome is Outcome.ALREADY_ACCEPTED else None,
        said=said or _plain_words(reply),
        advice="" if rule is None else rule.say,
    )


def good_id(text: str) -> str | None:
    """Return `text` if it can be a gateway's id: short, printable; otherwise None."""
    return text if text and len(text) <= _ID_CHARS and text.isprintable() else None


def _matches(rule: ErrorRule, reply: Reply) -> bool:
    if rule.http and reply.status not in rule.http:
        return False
    if rule.text is not None and not rule.text.search(reply.text[:PATTERN_CHARS]):
        return False
    if not rule.codes:
        return True
    # Every code must agree: of two parts one may have left while the other was refused.
    found = find_all(reply.json, rule.at)
    return bool(found) and all(as_text(one) in rule.codes for one in found)


def _id(send: Send, reply: Reply, values: Values) -> tuple[bool, str | None]:
    """Return whether an id is promised, and the id."""
    if send.id_text is not None:
        found = send.id_text.search(reply.text[:PATTERN_CHARS])
        return True, good_id(found[1] or "") if found else None
    path = None if send.id is None else render(send.id, values)
    if not path:
        return False, None
    return True, good_id(find_text(reply.json, path))


def _plain_words(reply: Reply) -> str:
    """A short plain-text answer speaks for itself; JSON and web pages don't."""
    if reply.is_page or reply.json is not None or "json" in reply.content_type:
        return ""
    return reply.text.strip()
