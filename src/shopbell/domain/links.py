"""Finds the links a phone would make of a text. Must not follow them or judge them.

A host without "https://" counts when its ending is one that phones take for a site, so that
"ready.Come" and "10.30" stay words.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from shopbell.domain.folding import Span

_LINK = re.compile(
    r"(?<![\w@.\-/])"
    r"(?:(?P<scheme>https?|ftp)://(?:[^\s/?#@]{0,64}@)?)?"
    r"(?P<host>\[[0-9a-f:.]{2,45}\]|(?:[^\W_][\w\-]{0,62}\.){0,8}[^\W_][\w\-]{0,62})"
    r"(?![\w@])(?P<port>:\d{1,5}(?!\d))?(?P<path>[/?#][^\s<>\"\u201d\u00bb]{0,2000})?",
    re.I,
)
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\d{8,10}|0x[0-9a-f]{8}|\[[0-9a-f:.]+\]", re.I)
_TRAILING = ".,;:!?)]}'\u2019\u2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link as it stands in a text."""

    span: Span
    text: str
    scheme: str
    """In lower case; empty if none was written."""
    host: str
    """In lower case, without "www."."""
    is_number: bool
    """The host is an IP address."""


def links_in(
    text: str, bare_endings: Collection[str], slash_endings: Collection[str]
) -> tuple[Link, ...]:
    """Return the links of `text`, in order.

    Args:
        text: as typed.
        bare_endings: last parts of a host that make a link by themselves.
        slash_endings: the same, but only before a path or after "www.".
    """
    found: list[Link] = []
    for match in _LINK.finditer(text):
        scheme, path = (match["scheme"] or "").lower(), match["path"] or ""
        host = match["host"].lower()
        is_number = bool(_NUMBERS.fullmatch(host))
        whole = match.group().rstrip(_TRAILING) if path else match.group()
        if is_number:
            is_link = bool(scheme or (path and host.count(".") == 3))
        else:
            ending = host.rpartition(".")[2]
            wide = bool(path) or host.startswith("www.")
            bare = "." in host and (ending in bare_endings or (wide and ending in slash_endings))
            is_link = bool(scheme) or bare
        if is_link:
            start = match.start()
            found.append(
                Link(
                    span=(start, start + len(whole)),
                    text=whole,
                    scheme=scheme,
                    host=host.removeprefix("www."),
                    is_number=is_number,
                )
            )
    return tuple(found)


def belongs_to(host: str, sites: Collection[str]) -> bool:
    """Return whether `host` is one of the `sites` or a part of one."""
    return any(host == site or host.endswith(f".{site}") for site in map(_site, sites))


def _site(written: str) -> str:
    """Return the host of a site as an owner may have written it: "https://www.fern.example/"."""
    bare = re.sub(r"^[a-z]{1,8}://", "", written.strip().lower())
    return re.split(r"[/?#:]", bare, maxsplit=1)[0].removeprefix("www.")
