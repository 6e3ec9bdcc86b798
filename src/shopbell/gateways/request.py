"""Turns a preset's call and its values into the bytes of one HTTP request. Must not send it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never
from urllib.parse import quote, urlencode

from shopbell.domain.showing import shown
from shopbell.gateways.fields import Fields, Items, Node
from shopbell.gateways.preset import AuthType, Call, Encode, Preset
from shopbell.gateways.template import (
    EmptyValueError,
    Template,
    TooLateError,
    Values,
    render,
)

Json: TypeAlias = "str | bool | int | float | list[Json] | dict[str, Json]"

MOST_BYTES = 262_144
"""No request about one text is larger, whatever a preset makes of it."""

_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


class UnsendableError(ValueError):
    """The request can't be written, so nothing was sent; the message says why, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One request, ready to go. Its `repr` shows nothing that may hold a secret."""

    method: str
    url: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    content: bytes = field(repr=False)


def build(preset: Preset, call: Call, values: Values) -> Wire:
    """Return the request `call` makes with `values`.

    Raises:
        UnsendableError: a value is missing, too late or can't be written.
    """
    try:
        return _build(preset, call, values)
    except EmptyValueError as missing:
        raise UnsendableError(f"There is no {_plain(missing.name)} to send.") from None
    except TooLateError:
        raise UnsendableError("It would arrive too late.") from None
    except UnicodeEncodeError:
        raise UnsendableError("It holds a broken character.") from None


def preview(preset: Preset, call: Call, values: Values) -> str:
    """Return the request as text for a person: fields unescaped, one a line.

    `values` must hold masks in place of secrets.
    """
    encode = _encode(call, values)
    query, body = _split(call, values, encode)
    lines = [f"{_word(call.method, values)} {_address(preset, call, values, shown)}"]
    lines += [f"  ? {name} = {_one_line(value)}" for name, value in query]
    lines += [f"{name}: {_one_line(value)}" for name, value in _plain_headers(preset, values)]
    if encode is Encode.JSON and body:
        lines += ["", json.dumps(dict(body), ensure_ascii=False, indent=2)]
    elif body:
        lines += ["", *(f"  {name} = {_one_line(value)}" for name, value in body)]
    return shown("\n".join(lines))


def _build(preset: Preset, call: Call, values: Values) -> Wire:
    encode = _encode(call, values)
    query, body = _split(call, values, encode)
    address = _address(preset, call, values, _path_step)
    if query:
        joint = "&" if "?" in address else "?"
        address += joint + urlencode(_flat(query), quote_via=quote, safe="")
    headers = [("Accept-Encoding", "identity"), *_headers(preset, values)]
    content = b""
    if body:
        kind, content = _body(encode, body)
        headers.append(("Content-Type", kind))
    if len(address) + len(content) > MOST_BYTES:
        raise UnsendableError("It would be too large to send.")
    return Wire(
        method=_word(call.method, values), url=address, headers=tuple(headers), content=content
    )


def _split(
    call: Call, values: Values, encode: Encode
) -> tuple[list[tuple[str, Json]], list[tuple[str, Json]]]:
    query, body = _pairs(call.query, values), _pairs(call.body, values)
    return (query + body, []) if encode is Encode.QUERY else (query, body)


def _body(encode: Encode, body: list[tuple[str, Json]]) -> tuple[str, bytes]:
    if encode is Encode.JSON:
        text = json.dumps(dict(body), ensure_ascii=False, separators=(",", ":"))
        return "application/json", text.encode()
    return "application/x-www-form-urlencoded", urlencode(_flat(body)).encode()


def _address(preset: Preset, call: Call, values: Values, escape: Callable[[str], str]) -> str:
    base = render(preset.base_url if call.base is None else call.base, values) or ""
    path = render(call.path, values, escape) or ""
    return base.rstrip("/") + path if path else base


def _path_step(value: str) -> str:
    if value in (".", ".."):
        raise UnsendableError("It would change the address.")
    return quote(value, safe="")


def _headers(preset: Preset, values: Values) -> list[tuple[str, str]]:
    written = [(name, render(template, values)) for name, template in preset.headers]
    written += _auth(preset, values)
    if preset.dedupe_header is not None and isinstance(ref := values.get("ref"), str):
        written.append((preset.dedupe_header, ref))
    headers = [(name, value) for name, value in written if value]
    for name, value in headers:
        if not _HEADER_VALUE.fullmatch(value):
            raise UnsendableError(f"The value for {name} holds a character that can't be sent.")
    return headers


def _auth(preset: Preset, values: Values) -> list[tuple[str, str | None]]:
    auth = preset.auth
    name, value = render(auth.name, values) or "", render(auth.value, values)
    match auth.type:
        case AuthType.NONE:
            return []
        case AuthType.BASIC:
            pair = base64.b64encode(f"{name}:{value or ''}".encode()).decode()
            return [("Authorization", f"Basic {pair}")]
        case AuthType.BEARER:
            return [("Authorization", f"Bearer {value}")]
        case AuthType.HEADER:
            return [(name, value)] if name else []
        case _:
            assert_never(auth.type)


def _plain_headers(preset: Preset, values: Values) -> list[tuple[str, Json]]:
    """The headers for a person: basic login written out instead of encoded."""
    plain: list[tuple[str, Json]] = []
    for name, template in preset.headers:
        plain.append((name, render(template, values) or ""))
    auth = preset.auth
    if auth.type is AuthType.BASIC:
        user, password = render(auth.name, values) or "", render(auth.value, values) or ""
        plain.append(("Authorization", f"Basic {user}:{password}"))
    else:
        plain += [(name, value) for name, value in _auth(preset, values) if value]
    return plain


def _pairs(fields: Fields, values: Values) -> list[tuple[str, Json]]:
    pairs = []
    for key, node in fields.pairs:
        name, value = render(key, values), _node(node, values)
        if name and value is not None:
            pairs.append((name, value))
    return pairs


def _node(node: Node, values: Values) -> Json | None:
    match node:
        case Template():
            written = render(node, values)
            return int(written) if written is not None and node.counts else written
        case Items():
            inner = [_node(one, values) for one in node.nodes]
            return [one for one in inner if one is not None]
        case Fields():
            return dict(_pairs(node, values))
        case _:
            return node


def _flat(pairs: list[tuple[str, Json]]) -> list[tuple[str, str]]:
    """One pair per value: a list is the same name several times."""
    return [
        (name, one if isinstance(one, str) else json.dumps(one))
        for name, value in pairs
        for one in (value if isinstance(value, list) else [value])
    ]


def _one_line(value: Json) -> str:
    return shown(value if isinstance(value, str) else json.dumps(value), one_line=True)


def _encode(call: Call, values: Values) -> Encode:
    try:
        return Encode(_word(call.encode, values))
    except ValueError:
        raise UnsendableError("The fields must go as json, form or query.") from None


def _word(setting: Template, values: Values) -> str:
    return render(setting, values) or ""


def _plain(name: str) -> str:
    return name.removeprefix("account.").replace("_", " ")
