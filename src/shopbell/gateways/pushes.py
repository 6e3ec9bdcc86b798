"""What a gateway pushes to us, described as data: the records [hook] of a preset is read into.

Must not read files (see `preset_hooks`) or look at a push (see `hooks`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.texts import State
from shopbell.gateways.signatures import Sign
from shopbell.gateways.template import Template


class Place(StrEnum):
    """Where a pushed value is found in the request the gateway makes."""

    QUERY = "query"
    FORM = "form"
    JSON = "json"
    ANY = "any"
    """By name in the form or the JSON; in the query of a push without a body."""
    HEADER = "header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where one pushed value comes from: `query:type`."""

    place: Place
    name: str
    otherwise: tuple[Source, ...] = ()
    """Where it is looked for next while nothing was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Which pushes a section is for, and where the list is in one that holds several."""

    when: Source | None
    words: frozenset[str]
    """What stands at `when`; a push without one of these is for another section."""
    items: str | None
    """Path of a list in a JSON push; sources are looked up in each item. None = one thing only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookStatus:
    """A delivery report the gateway pushes. Our reference or its id tells which text."""

    told: Told
    ref: Source | None
    id: Source | None
    word: Source
    detail: Source | None
    map: dict[str, State]
    stop_at: Source | None
    """Where a code stands that may say the person opted out."""
    stop_codes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HookInbound:
    """A reply the gateway pushes. With `decode` "kannel" the text is `hex` in `charset`.

    If it holds `posted`, the whole body is the text where there is no `hex`, of that content type.
    """

    told: Told
    fields: dict[str, Source]
    decode: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """Where the gateway reaches us: `ADDRESS/SECRET/status`, `.../inbound`, or `.../all`."""

    address: Template
    secret: Template
    public: Template
    """The address of a tunnel to it, as the gateway sees it."""
    signs: tuple[Sign, ...]
    """The ways in which a push may be signed; one must hold. Empty: it signs nothing."""
    answer: str
    """What the gateway takes for "received"; empty for most."""
    status: HookStatus | None
    inbound: HookInbound | None
