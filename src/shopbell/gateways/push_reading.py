"""Reads what a push says into our own records. Pure.

Must not decide whether the push is genuine (see `signatures`), nor drop a reply because one of its
values is odd: a STOP may be in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from shopbell.domain.gateway import Receipt
from shopbell.domain.ids import Ref
from shopbell.domain.replies import InboundText
from shopbell.gateways.decode import kannel_text, posted_text
from shopbell.gateways.paths import find_all, find_text
from shopbell.gateways.pushed import Pushed, form_pairs, said_in
from shopbell.gateways.pushes import Hook, HookInbound, HookStatus, Place, Source, Told
from shopbell.gateways.receipts import storable
from shopbell.gateways.redact import Redactor
from shopbell.gateways.when import read_moment
from shopbell.gateways.words import cleaned

_MAX_REF, _MAX_ID, _MAX_WORD = 64, 255, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a push says."""

    known: bool
    """True if it is of a kind the preset describes, whatever it says."""
    receipts: tuple[Receipt, ...]
    inbound: tuple[InboundText, ...]


def read_push(hook: Hook, subject: str, pushed: Pushed, now: datetime, redact: Redactor) -> Read:
    """Return what a push to `.../SUBJECT` says; `all` stands for replies and reports."""
    receipts: list[Receipt] = []
    inbound: list[InboundText] = []
    known = False
    if subject in ("inbound", "all") and hook.inbound is not None:
        for look in _looks(hook.inbound.told, pushed):
            known = True
            inbound += _inbound(hook.inbound, look, now)
    if subject in ("status", "all") and hook.status is not None:
        for look in _looks(hook.status.told, pushed):
            known = True
            receipts += _receipts(hook.status, look, now, redact)
    return Read(known=known, receipts=tuple(receipts), inbound=tuple(inbound))


def _looks(told: Told, pushed: Pushed) -> list[_Look]:
    """Return the things a push tells that are for this section."""
    looks = [_Look(pushed=pushed, item=None)]
    if told.items is not None:
        items = find_all(_json(pushed), told.items)
        several = items[0] if len(items) == 1 and isinstance(items[0], list) else []
        looks = [_Look(pushed=pushed, item=item) for item in several]
    return [look for look in looks if told.when is None or look.value(told.when) in told.words]


def _receipts(
    status: HookStatus, look: _Look, now: datetime, redact: Redactor
) -> Iterator[Receipt]:
    ref = look.maybe(status.ref)
    gateway_id = look.maybe(status.id)
    word = look.value(status.word)
    if not word or not (ref or gateway_id):
        return
    yield Receipt(
        ref=Ref(ref[:_MAX_REF]) if ref else None,
        gateway_id=gateway_id[:_MAX_ID] or None,
        word=word[:_MAX_WORD],
        state=status.map.get(word),
        detail=cleaned(look.maybe(status.detail), redact),
        at=now,
        opted_out=status.stop_at is not None and look.value(status.stop_at) in status.stop_codes,
    )


def _inbound(inbound: HookInbound, look: _Look, now: datetime) -> Iterator[InboundText]:
    found = {key: look.value(source) for key, source in inbound.fields.items()}
    text = found.get("text", "")
    if inbound.decode == "kannel":
        text = kannel_text(found["hex"], found["charset"])
        if not text and "posted" in found:
            text = posted_text(look.pushed.body, found["posted"])
    at = read_moment(found.get("at"))
    if found["from"] or text:
        yield InboundText(
            sender=found["from"],
            text=storable(text),
            gateway_id=found.get("id", "")[:_MAX_ID],
            at=at or now,
            is_dated=at is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One thing in a push."""

    pushed: Pushed
    item: object | None
    """The item of a list; None = the whole push."""

    def maybe(self, source: Source | None) -> str:
        """Return what stands at `source`; empty if the preset names none."""
        return "" if source is None else self.value(source)

    def value(self, source: Source) -> str:
        """Return what stands at `source`, or at the first other one; empty if nothing does."""
        ways = (source, *source.otherwise)
        return next((found for one in ways if (found := storable(self._value(one)))), "")

    def _value(self, source: Source) -> str:
        pushed = self.pushed
        match source.place:
            case Place.QUERY:
                query = parse_qsl(urlsplit(pushed.url).query, keep_blank_values=True)
                return next((value for name, value in query if name == source.name), "")
            case Place.FORM:
                return dict(form_pairs(pushed.body)).get(source.name, "")
            case Place.ANY:
                return said_in(pushed.url, pushed.body).get(source.name, "")
            case Place.HEADER:
                return pushed.headers.get(source.name.lower(), "")
            case Place.JSON:
                whole = _json(pushed) if self.item is None else self.item
                return find_text(whole, source.name)


def _json(pushed: Pushed) -> object:
    try:
        return json.loads(pushed.body)
    except (ValueError, RecursionError):
        return None
