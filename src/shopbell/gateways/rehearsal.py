"""Tries a preset with hostile texts and reads its own requests back. Sends nothing.

What comes back must be what went in: a `&` or a newline in a customer's text must not become a
field of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from shopbell.domain.gateway import Outgoing
from shopbell.domain.ids import E164, Ref
from shopbell.domain.segments import measure
from shopbell.gateways.account import bases_of
from shopbell.gateways.address import address_problem
from shopbell.gateways.preset import Asked, Preset
from shopbell.gateways.request import UnsendableError, Wire, build
from shopbell.gateways.template import Values, render
from shopbell.gateways.values import account_values, text_values

HOSTILE = (
    "Tom & Jerry = 100% + more",
    "two\nlines\r\nand a tab\t.",
    'quotes " and \\ and <b>&amp;</b> and {text}',
    "“Ümlaut” 你好 👍🏽 שלום",
    "?to=+15550000000&text=other#fragment;%26%0A",
    "A" * 1600,
)
"""Texts that break requests written by hand."""

_NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
_REF = Ref("01HQ5Z4K7V3M9X2C8B6N1D0FGT")
_TO = E164("+12125550142")


def rehearse(preset: Preset) -> tuple[str, ...]:
    """Return what goes wrong when `preset` sends each of `HOSTILE`; nothing if all is well."""
    account = account_values(preset, {asked.field.key: _answer(asked) for asked in preset.account})
    for base in bases_of(preset):
        problem = address_problem(render(base, account) or "", preset.reach)
        if problem is not None:
            return (f"base_url {problem}",)
    return tuple(_problems(preset, account))


def _problems(preset: Preset, account: Values) -> Iterator[str]:
    where = urlsplit(render(preset.base_url, account) or "").netloc
    for text in HOSTILE:
        outgoing = Outgoing(
            ref=_REF,
            to=_TO,
            text=text,
            encoding=measure(text).encoding,
            valid_until=_NOW + timedelta(hours=4),
            started_at=_NOW,
        )
        values = {
            **text_values(preset, account, outgoing, _NOW),
            "callback": "http://127.0.0.1:9/x",
            "reply_url": "http://127.0.0.1:9/y",
        }
        try:
            wire = build(preset, preset.send.call, values)
        except UnsendableError as error:
            yield f"a text can't be written: {error}"
            return
        if urlsplit(wire.url).netloc != where:
            yield "a value changes the address"
        if not {text, text.encode("utf-16-be").hex()} & set(_values_of(wire)):
            yield f"the text {text[:20]!r} does not arrive as it is"


def _values_of(wire: Wire) -> list[str]:
    """Return every value the other side will read in a request."""
    query = [value for _, value in parse_qsl(urlsplit(wire.url).query)]
    content = wire.content.decode()
    if dict(wire.headers).get("Content-Type") == "application/json":
        return query + list(_strings(json.loads(content)))
    return query + [value for _, value in parse_qsl(content)]


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from _strings(one)
        case dict():
            for one in value.values():
                yield from _strings(one)


def _answer(asked: Asked) -> str:
    if asked.default:
        return asked.default
    if asked.choices:
        return asked.choices[0]
    return asked.field.example or "example"
