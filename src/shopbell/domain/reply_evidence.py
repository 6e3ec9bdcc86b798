"""A text of theirs as evidence: its fingerprint, and what of it may be shown. Must not store it."""

from __future__ import annotations

import hashlib

from shopbell.domain.secrets_in_text import SecretFound, secrets_in


def fingerprint(text: str) -> str:
    """Return the SHA-256 by which a text is known though its words were taken out."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def without_secrets(text: str) -> str:
    """Return the text with every secret replaced by what kind it is."""
    return _replaced(text, secrets_in(text))


def _replaced(text: str, found: tuple[SecretFound, ...]) -> str:
    parts, place = [], 0
    for secret in found:
        if secret.start < place:
            place = max(place, secret.end)
            continue
        parts += [text[place : secret.start], f"[{secret.kind}]"]
        place = secret.end
    return "".join([*parts, text[place:]])
