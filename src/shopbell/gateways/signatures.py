"""Whether a push really comes from the gateway: the closed set of signature schemes. Pure.

A preset names a scheme and never defines one. Must not read what the push says.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shopbell.gateways.pushed import Pushed, said_in
from shopbell.gateways.signed_texts import (
    params_text,
    plivo_v2_text,
    plivo_v3_text,
    twilio_texts,
)
from shopbell.gateways.template import Template
from shopbell.gateways.web_tokens import (
    claims_address,
    claims_address_hash,
    claims_body,
    claims_of,
)
from shopbell.gateways.when import read_moment


class SignKind(StrEnum):
    """The schemes."""

    HMAC_BODY = "hmac_body"
    """HMAC-SHA256 over the body, a timestamp and a nonce, in the order of `parts`."""
    ED25519 = "ed25519"
    """Ed25519 over timestamp, a bar and the body."""
    TWILIO = "twilio"
    """HMAC-SHA1 over the address and every form field in order."""
    TWILIO_SHA256 = "twilio_sha256"
    """The same with HMAC-SHA256."""
    PLIVO_V3 = "plivo_v3"
    """HMAC-SHA256 over the address, every form field in order and a nonce."""
    PLIVO_V2 = "plivo_v2"
    """HMAC-SHA256 over the address and a nonce, and nothing of what is said."""
    PARAMS = "params"
    """A hash over every named value in order; `method` says which, `header` is the value's name."""
    BASIC = "basic"
    """A user name and a password that the gateway was told."""
    JWT_HS256 = "jwt_hs256"
    """A JSON web token; `parts` says what it must be about, `issuer` who must have made it."""


class Part(StrEnum):
    """What is signed by `hmac_body` or, hashed or named, by `jwt_hs256`."""

    BODY = "body"
    TIMESTAMP = "timestamp"
    NONCE = "nonce"
    ADDRESS = "address"
    ADDRESS_HASH = "address_hash"


SIGNABLE: dict[SignKind, frozenset[Part]] = {
    SignKind.HMAC_BODY: frozenset({Part.BODY, Part.TIMESTAMP, Part.NONCE}),
    SignKind.JWT_HS256: frozenset({Part.BODY, Part.ADDRESS, Part.ADDRESS_HASH}),
}
"""What `parts` may hold; of other schemes nothing."""

METHODS = ("md5", "md5-hmac", "sha1-hmac", "sha256-hmac", "sha512-hmac")
"""How values may be hashed for `params`: with the key behind them, or as HMAC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One way in which a gateway signs what it pushes."""

    kind: SignKind
    key: Template
    user: Template | None
    method: Template | None
    """Which of `METHODS`, for `params`."""
    header: str
    """Name of the header with the signature, in lower case; for `params` of the value."""
    timestamp: str
    """Name of what says when it was signed; empty where nothing does."""
    nonce: str
    parts: tuple[Part, ...]
    join: str = ""
    """What stands between the parts."""
    base64: bool = False
    """Whether `hmac_body` is written in base64 instead of hexadecimal."""
    issuer: str = ""
    """Who must have made a web token; empty: anybody who has the key."""
    within_s: int
    """How old a signed push may be, and how far its clock may be ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignKey:
    """What the account holds for one `Sign`."""

    key: str = field(repr=False)
    """Empty if it was not filled in: then nothing is genuine this way."""
    user: str = ""
    method: str = ""


def genuine(sign: Sign, held: SignKey, pushed: Pushed, now: datetime) -> bool:
    """Return whether `pushed` was signed with the key, and lately enough where it says when."""
    said = said_in(pushed.url, pushed.body) if sign.kind is SignKind.PARAMS else pushed.headers
    given = said.get(sign.header, "").strip()
    stamp = said.get(sign.timestamp, "") if sign.timestamp else ""
    key = held.key
    if not key or not given or (sign.timestamp and not _lately(stamp, sign.within_s, now)):
        return False
    nonce = pushed.headers.get(sign.nonce, "") if sign.nonce else ""
    match sign.kind:
        case SignKind.HMAC_BODY:
            pieces = {
                Part.BODY: pushed.body,
                Part.TIMESTAMP: stamp.encode(),
                Part.NONCE: nonce.encode(),
            }
            digest = _mac(key, sign.join.encode().join(pieces[part] for part in sign.parts))
            return _same_base64(given, digest) if sign.base64 else _same_hex(given, digest)
        case SignKind.ED25519:
            return _ed25519(key, given, stamp.encode() + b"|" + pushed.body)
        case SignKind.TWILIO | SignKind.TWILIO_SHA256:
            how = "sha1" if sign.kind is SignKind.TWILIO else "sha256"
            macs = [_mac(key, text.encode(), how) for text in twilio_texts(pushed)]
            return any(_same_base64(given, digest) for digest in macs)
        case SignKind.PLIVO_V3 | SignKind.PLIVO_V2:
            signed = plivo_v3_text if sign.kind is SignKind.PLIVO_V3 else plivo_v2_text
            digest = _mac(key, signed(pushed, nonce).encode())
            return any(_same_base64(one, digest) for one in given.split(","))
        case SignKind.PARAMS:
            text = params_text(said, sign.header)
            return text is not None and _same_hex(given, _hashed(key, text.encode(), held.method))
        case SignKind.BASIC:
            pair = base64.b64encode(f"{held.user}:{key}".encode()).decode()
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
        Part.ADDRESS_HASH: lambda: claims_address_hash(claims, pushed.url),
    }
    return all(about[part]() for part in sign.parts)


def _lately(stamp: str, within_s: int, now: datetime) -> bool:
    moment = read_moment(stamp)
    return moment is not None and abs(now - moment) <= timedelta(seconds=within_s)


def _mac(key: str, signed: bytes, how: str = "sha256") -> bytes:
    return hmac.new(key.encode(), signed, how).digest()


def _hashed(key: str, signed: bytes, method: str) -> bytes:
    """Return the digest of one of `METHODS`; empty, which equals nothing, for another."""
    if method not in METHODS:
        return b""
    if method == "md5":
        # The gateway's own old way, taken only where the owner chose it.
        return hashlib.md5(signed + key.encode(), usedforsecurity=False).digest()
    return _mac(key, signed, method.partition("-")[0])


def _same_hex(given: str, digest: bytes) -> bool:
    return bool(digest) and hmac.compare_digest(given.lower().encode(), digest.hex().encode())


def _same_base64(given: str, digest: bytes) -> bool:
    return hmac.compare_digest(given.strip().encode(), base64.b64encode(digest))


def _ed25519(key: str, given: str, signed: bytes) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(given, validate=True), signed)
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return True
