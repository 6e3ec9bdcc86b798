"""Whether a push really comes from the gateway: the closed set of signature schemes. Pure.

A preset names a scheme and never defines one. Must not read what the push says.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shopbell.gateways.template import Template
from shopbell.gateways.web_tokens import claims_address, claims_body, claims_of
from shopbell.gateways.when import read_moment


class SignKind(StrEnum):
    """The schemes."""

    HMAC_BODY = "hmac_body"
    """HMAC-SHA256 over the body and a timestamp, in the order of `parts`."""
    ED25519 = "ed25519"
    """Ed25519 over timestamp, a bar and the body."""
    TWILIO = "twilio"
    """HMAC-SHA1 over the address and every form field in order."""
    PLIVO_V3 = "plivo_v3"
    """HMAC-SHA256 over the address, every form field in order and a nonce."""
    BASIC = "basic"
    """A user name and a password that the gateway was told."""
    JWT_HS256 = "jwt_hs256"
    """A JSON web token; `parts` says what it must be about, `issuer` who must have made it."""


class Part(StrEnum):
    """What is signed by `hmac_body` (body, timestamp) or `jwt_hs256` (body, address)."""

    BODY = "body"
    TIMESTAMP = "timestamp"
    ADDRESS = "address"


SIGNABLE: dict[SignKind, frozenset[Part]] = {
    SignKind.HMAC_BODY: frozenset({Part.BODY, Part.TIMESTAMP}),
    SignKind.JWT_HS256: frozenset({Part.BODY, Part.ADDRESS}),
}
"""What `parts` may hold; of other schemes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """How a gateway signs what it pushes."""

    kind: SignKind
    key: Template
    user: Template | None
    header: str
    """Name of the header with the signature, in lower case."""
    timestamp: str
    """Name of the header with the moment it was signed; empty where there is none."""
    nonce: str
    parts: tuple[Part, ...]
    issuer: str = ""
    """Who must have made a web token; empty: anybody who has the key."""
    within_s: int
    """How old a signed push may be, and how far its clock may be ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What is looked at."""

    url: str
    """The address as the gateway was told it, with the query."""
    headers: dict[str, str]
    body: bytes


def genuine(sign: Sign, key: str, user: str, pushed: Pushed, now: datetime) -> bool:
    """Return whether `pushed` was signed with `key`, and lately enough where it says when."""
    given = pushed.headers.get(sign.header, "")
    stamp = pushed.headers.get(sign.timestamp, "") if sign.timestamp else ""
    if not key or not given or (sign.timestamp and not _lately(stamp, sign.within_s, now)):
        return False
    match sign.kind:
        case SignKind.HMAC_BODY:
            pieces = {Part.BODY: pushed.body, Part.TIMESTAMP: stamp.encode()}
            return _same_hex(given, _mac(key, b"".join(pieces[part] for part in sign.parts)))
        case SignKind.ED25519:
            return _ed25519(key, given, stamp.encode() + b"|" + pushed.body)
        case SignKind.TWILIO:
            signed = pushed.url + "".join(name + value for name, value in _fields(pushed.body))
            digest = _mac(key, signed.encode(), "sha1")
            return _same_base64(given, digest)
        case SignKind.PLIVO_V3:
            digest = _mac(key, _plivo(pushed, pushed.headers.get(sign.nonce, "")).encode())
            return any(_same_base64(one.strip(), digest) for one in given.split(","))
        case SignKind.BASIC:
            pair = base64.b64encode(f"{user}:{key}".encode()).decode()
            return hmac.compare_digest(given.encode(), f"Basic {pair}".encode())
        case SignKind.JWT_HS256:
            return _token(sign, key, given, pushed, now)


def _token(sign: Sign, key: str, given: str, pushed: Pushed, now: datetime) -> bool:
    claims = claims_of(given, key, now, sign.within_s)
    if claims is None or (sign.issuer and claims.get("iss") != sign.issuer):
        return False
    about = {
        Part.BODY: lambda: claims_body(claims, pushed.body),
        Part.ADDRESS: lambda: claims_address(claims, pushed.url),
    }
    return all(about[part]() for part in sign.parts)


def _lately(stamp: str, within_s: int, now: datetime) -> bool:
    moment = read_moment(stamp)
    return moment is not None and abs(now - moment) <= timedelta(seconds=within_s)


def _mac(key: str, signed: bytes, how: str = "sha256") -> bytes:
    return hmac.new(key.encode(), signed, how).digest()


def _same_hex(given: str, digest: bytes) -> bool:
    return hmac.compare_digest(given.strip().lower().encode(), digest.hex().encode())


def _same_base64(given: str, digest: bytes) -> bool:
    return hmac.compare_digest(given.strip().encode(), base64.b64encode(digest))


def _ed25519(key: str, given: str, signed: bytes) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(given, validate=True), signed)
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return True


def _fields(body: bytes) -> list[tuple[str, str]]:
    return sorted(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))


def _plivo(pushed: Pushed, nonce: str) -> str:
    parsed = urlsplit(pushed.url)
    query = "&".join(
        f"{name}={value}" for name, value in sorted(parse_qsl(parsed.query, keep_blank_values=True))
    )
    fields = "".join(name + value for name, value in _fields(pushed.body))
    address = f"{parsed.scheme}://{parsed.netloc}{parsed.path}"
    if query or fields:
        address += f"?{query}"
    if query and fields:
        address += "."
    return f"{address}{fields}.{nonce}"
