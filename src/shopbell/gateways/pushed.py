"""What a gateway pushed, and the named values in it, wherever they stand. Pure.

Must not decide whether a push is genuine (see `signatures`) or what it means (see `hooks`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from shopbell.gateways.paths import as_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """One push, as it came."""

    url: str
    """The address as the gateway was told it, with the query."""
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


def said_in(url: str, body: bytes) -> dict[str, str]:
    """Return the named values of a push: of its body, or of its query where it has no body.

    Never of both: what was signed must be what is read.
    """
    if not body.strip():
        return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError):
        return dict(form_pairs(body))
    return {name: as_text(value) for name, value in whole.items()} if _is_table(whole) else {}


def form_pairs(body: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form, in their order."""
    return parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True)


def _is_table(whole: object) -> bool:
    return isinstance(whole, dict)
