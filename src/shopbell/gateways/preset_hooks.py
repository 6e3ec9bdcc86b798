"""Reads [hook] of a preset: what the gateway pushes to us, and how it signs it.

Must not look at a push (see `hooks`) or decide whether it is genuine (see `signatures`).
"""

from __future__ import annotations

from shopbell.gateways.preset_sections import read_map
from shopbell.gateways.pushes import Hook, HookInbound, HookStatus, Place, Source, Told
from shopbell.gateways.signatures import METHODS, SIGNABLE, Part, Sign, SignKind
from shopbell.gateways.strict_table import StrictTable

_OPTIONAL = ("id", "at", "posted")
_SOURCE = r"(query|form|json|any|header):.{1,100}"


def read_hook(table: StrictTable) -> Hook:
    """Return [hook]: what the gateway pushes to us."""
    own = table.has("address")
    hook = Hook(
        address=table.template("address", default="{account.listen?}"),
        secret=table.template("secret", default=None if own else "{account.word?}"),
        public=table.template("public", default="" if own else "{account.public?}"),
        signs=tuple(_sign(one) for one in table.one_or_more("sign")),
        answer=table.text("answer", ""),
        status=_status(table.table("status")) if table.has("status") else None,
        inbound=_inbound(table.table("inbound")) if table.has("inbound") else None,
    )
    table.finish()
    return hook


def _sign(table: StrictTable) -> Sign:
    kind, parts = SignKind(table.one_of("kind", tuple(SignKind))), table.words("parts")
    if not set(parts) <= (signable := SIGNABLE.get(kind, frozenset())):
        raise table.wrong("parts", f"must be of {', '.join(sorted(signable)) or 'nothing'}")
    if kind is SignKind.HMAC_BODY and Part.BODY not in parts:
        raise table.wrong("parts", "must hold body, or anything could be said")
    hashed = kind is SignKind.PARAMS
    sign = Sign(
        kind=kind,
        key=table.template("key"),
        user=table.template("user") if table.has("user") else None,
        method=table.setting("method", METHODS, "") if hashed else None,
        header=table.matching("header", r"[A-Za-z0-9-]{1,60}").lower(),
        timestamp=table.text("timestamp", "").lower(),
        nonce=table.text("nonce", "").lower(),
        parts=tuple(Part(part) for part in parts),
        join=table.text("join", ""),
        base64=table.flag("base64", False),
        issuer=table.text("issuer", ""),
        within_s=table.whole("within_s", 300),
    )
    table.finish()
    return sign


def _source(table: StrictTable, key: str) -> Source:
    first, *others = (
        Source(place=Place(place), name=name)
        for place, _, name in (one.partition(":") for one in table.some_matching(key, _SOURCE))
    )
    return Source(place=first.place, name=first.name, otherwise=tuple(others))


def _told(table: StrictTable) -> Told:
    return Told(
        when=_source(table, "when") if table.has("when") else None,
        words=frozenset(table.words("words")),
        items=table.path("items", "") if table.has("items") else None,
    )


def _status(table: StrictTable) -> HookStatus:
    status = HookStatus(
        told=_told(table),
        ref=_source(table, "ref") if table.has("ref") else None,
        id=_source(table, "id") if table.has("id") else None,
        word=_source(table, "word"),
        detail=_source(table, "detail") if table.has("detail") else None,
        stop_at=_source(table, "stop_at") if table.has("stop_at") else None,
        stop_codes=frozenset(table.words("stop_codes")),
        map=read_map(table.table("map", required=True)),
    )
    if status.ref is None and status.id is None:
        raise table.wrong("ref", "is missing; or give id")
    if bool(status.stop_at) != bool(status.stop_codes):
        raise table.wrong("stop_at", "stop_at and stop_codes belong together")
    table.finish()
    return status


def _inbound(table: StrictTable) -> HookInbound:
    decode = table.one_of("decode", ("kannel", "none"), "none")
    fields = table.table("fields", required=True)
    words = ("hex", "charset") if decode == "kannel" else ("text",)
    found = {key: _source(fields, key) for key in ("from", *words)}
    found |= {key: _source(fields, key) for key in _OPTIONAL if fields.has(key)}
    fields.finish()
    told = _told(table)
    table.finish()
    return HookInbound(told=told, fields=found, decode=None if decode == "none" else decode)
