"""JSON web tokens that sign a push, of the one kind gateways use: HS256. Pure.

The algorithm is fixed: what a token says of itself decides nothing. Must not read the push.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

_MOST_CHARS = 8_192


def claims_of(token: str, key: str, now: datetime, within_s: int) -> dict[str, object] | None:
    """Return what a token claims, if it was signed with `key` and lately; else None.

    A token that says neither when it was made nor from when till when it is good is refused: it
    would be good for ever.
    """
    token = token.strip()
    if token[:7].lower() == "bearer ":
        token = token[7:].strip()
    head, _, rest = token.partition(".")
    body, _, given = rest.partition(".")
    if len(token) > _MOST_CHARS or not (key and head and body and given):
        return None
    signed = hmac.new(key.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(_bytes(given), signed):
        return None
    said, claims = _object(head), _object(body)
    if said is None or claims is None or said.get("alg") != "HS256":
        return None
    return claims if _is_of_now(claims, now, timedelta(seconds=within_s)) else None


def claims_body(claims: dict[str, object], body: bytes) -> bool:
    """Return whether a token is about exactly this body, or about none where there is none."""
    if not body and "payload_hash" not in claims:
        return True
    return _same(claims.get("payload_hash"), hashlib.sha256(body).hexdigest())


def claims_address(claims: dict[str, object], url: str) -> bool:
    """Return whether a token is meant for this address."""
    meant = claims.get("aud")
    return any(_same(one, url) for one in (meant if isinstance(meant, list) else [meant]))


def claims_address_hash(claims: dict[str, object], url: str) -> bool:
    """Return whether a token is about exactly this address, which it holds hashed."""
    return _same(claims.get("url_hash"), hashlib.sha256(url.encode()).hexdigest())


def _is_of_now(claims: dict[str, object], now: datetime, within: timedelta) -> bool:
    made = _moment(claims.get("nbf" if "iat" not in claims and "exp" in claims else "iat"))
    if made is None or abs(now - made) > within:
        return False
    ends, begins = _moment(claims.get("exp")), _moment(claims.get("nbf"))
    if "exp" in claims and (ends is None or ends < now):
        return False
    return "nbf" not in claims or (begins is not None and begins <= now + within)


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _same(value: object, wanted: str) -> bool:
    return isinstance(value, str) and hmac.compare_digest(
        value.encode("utf-8", "replace"), wanted.encode("utf-8", "replace")
    )


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""


def _object(part: str) -> dict[str, object] | None:
    try:
        found = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
