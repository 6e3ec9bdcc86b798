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
from shopbell.gateways.preset import Asked, Call, Preset
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

STRANGE_IDS = ("../../admin?x=1#y", "a&to=+15550000000&b=", 'q"\\ %26;{text}')
"""What a gateway may call a text or a person; it goes back to it in addresses."""

_NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
_REF = Ref("01HQ5Z4K7V3M9X2C8B6N1D0FGT")
_TO = E164("+12125550142")


def rehearse(preset: Preset) -> tuple[str, ...]:
    """Return what goes wrong when each request of `preset` is written; nothing if all is well.

    Texts are `HOSTILE`, the gateway's own names `STRANGE_IDS`.
    """
    account = account_values(preset, {asked.field.key: _answer(asked) for asked in preset.account})
    for base in bases_of(preset):
        problem = address_problem(render(base, account) or "", preset.reach)
        if problem is not None:
            return (f"base_url {problem}",)
    return (*_problems(preset, account), *_in_other_requests(preset, account))


def _in_other_requests(preset: Preset, account: Values) -> Iterator[str]:
    """Yield what goes wrong where it is asked, not sent: look-ups, receipts, replies, the test."""
    for section, call in _asking(preset):
        base = render(preset.base_url if call.base is None else call.base, account) or ""
        try:
            plain = build(preset, call, _asked_with(preset, account, "Hello", "id1"))
            for text in HOSTILE:
                for strange in STRANGE_IDS:
                    wire = build(preset, call, _asked_with(preset, account, text, strange))
                    if urlsplit(wire.url).netloc != urlsplit(base).netloc:
                        yield f"[{section}]: a value changes the address"
                        return
                    if _shape(wire) != _shape(plain):
                        yield f"[{section}]: a value becomes a field or a folder of its own"
                        return
        except UnsendableError as error:
            yield f"[{section}]: a request can't be written: {error}"


def _asking(preset: Preset) -> Iterator[tuple[str, Call]]:
    inbound = preset.inbound
    threads = None if inbound is None else inbound.threads
    sections = {
        "find": preset.find,
        "status": preset.status,
        "inbound": inbound,
        "inbound.threads": threads,
        "check": preset.check,
    }
    for name, section in sections.items():
        if section is not None:
            yield name, section.call


def _asked_with(preset: Preset, account: Values, text: str, strange: str) -> Values:
    return {
        **text_values(preset, account, _outgoing(text), _NOW),
        "id": strange,
        "thread": strange,
        "since": _NOW - timedelta(days=1),
        "until": _NOW,
        "offset": "0",
        "page": "1",
        "page_from_zero": "0",
    }


def _shape(wire: Wire) -> tuple[int, list[str], list[str]]:
    """Return how deep the address goes, and the names of everything that is said."""
    parsed = urlsplit(wire.url)
    said = [] if _is_json(wire) else parse_qsl(wire.content.decode(), keep_blank_values=True)
    query = parse_qsl(parsed.query, keep_blank_values=True)
    return parsed.path.count("/"), [name for name, _ in query], [name for name, _ in said]


def _outgoing(text: str) -> Outgoing:
    return Outgoing(
        ref=_REF,
        to=_TO,
        text=text,
        encoding=measure(text).encoding,
        valid_until=_NOW + timedelta(hours=4),
        started_at=_NOW,
    )


def _problems(preset: Preset, account: Values) -> Iterator[str]:
    where = urlsplit(render(preset.base_url, account) or "").netloc
    for text in HOSTILE:
        values = {
            **text_values(preset, account, _outgoing(text), _NOW),
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
    if _is_json(wire):
        return query + list(_strings(json.loads(content)))
    return query + [value for _, value in parse_qsl(content)]


def _is_json(wire: Wire) -> bool:
    return dict(wire.headers).get("Content-Type") == "application/json"


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
