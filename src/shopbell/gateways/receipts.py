"""Reads what a gateway says about texts and replies into our own records. Pure.

Must not drop a reply because one of its values is odd: a STOP may be in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from shopbell.domain.gateway import Receipt
from shopbell.domain.ids import Ref
from shopbell.domain.replies import InboundText
from shopbell.gateways.paths import as_text, find_all, find_text
from shopbell.gateways.preset import Find, Inbound, Status
from shopbell.gateways.redact import Redactor
from shopbell.gateways.reply import Reply, good_id
from shopbell.gateways.template import Template, Values, render
from shopbell.gateways.when import read_moment
from shopbell.gateways.words import cleaned

CLOCKS_DISAGREE = timedelta(seconds=60)
"""How much earlier than ours a gateway's clock may have written down our attempt."""

_MAX_WORD = 60
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def receipt_from(
    status: Status,
    reply: Reply,
    ref: Ref,
    gateway_id: str | None,
    now: datetime,
    redact: Redactor,
) -> Receipt | None:
    """Return what `reply` says about one text; None if it says nothing."""
    word = storable(find_text(reply.json, status.word)).strip()[:_MAX_WORD]
    if not word:
        return None
    at = None if status.at is None else read_moment(find_text(reply.json, status.at))
    detail = "" if status.detail is None else cleaned(find_text(reply.json, status.detail), redact)
    return Receipt(
        ref=ref,
        gateway_id=gateway_id,
        word=word,
        state=status.map.get(word),
        detail=detail,
        at=at or now,
        opted_out=status.stop_at is not None
        and find_text(reply.json, status.stop_at) in status.stop_codes,
    )


def items_in(reply: Reply, path: str) -> list[object] | None:
    """Return the list at `path`; None if there is no list."""
    found = find_all(reply.json, path)
    return found[0] if len(found) == 1 and isinstance(found[0], list) else None


def inbound_from(
    inbound: Inbound, item: object, values: Values, now: datetime
) -> InboundText | None:
    """Return one item of an inbox as a reply; None if it is not one."""
    if not isinstance(item, Mapping) or not fits(inbound.where, item, values):
        return None
    found = {key: find_text(item, path) if path else "" for key, path in inbound.fields.items()}
    if not found["from"] and not found["text"]:
        return None
    at = read_moment(found["at"])
    return InboundText(
        sender=storable(found["from"]),
        text=storable(found["text"]),
        gateway_id=storable(found["id"])[:255],
        at=at or now,
        is_dated=at is not None,
    )


def matching_id(
    find: Find, items: list[object], values: Values, taken: frozenset[str], started_at: datetime
) -> str | None:
    """Return the gateway id of the text we look for in a list; None if it is not there.

    Ids that belong to other texts of ours and entries older than the attempt don't count.
    """
    for item in items:
        made = read_moment(find_text(item, find.after))
        gateway_id = good_id(find_text(item, find.id))
        if (
            made is not None
            and made >= started_at - CLOCKS_DISAGREE
            and gateway_id is not None
            and gateway_id not in taken
            and fits(find.match, item, values)
        ):
            return gateway_id
    return None


def fits(wanted: tuple[tuple[str, Template], ...], item: object, values: Values) -> bool:
    """Return whether `item` holds the wanted value at every path."""
    return all(
        [as_text(one) for one in find_all(item, path)] == [render(template, values)]
        for path, template in wanted
    )


def storable(text: str) -> str:
    """Return `text` with half surrogate pairs, which no file can hold, as U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)
