"""Turns the bytes of a pushed text into text. Pure; must not fail on any bytes."""

from __future__ import annotations

import re

_CHARSETS = {
    "utf-8": "utf-8",
    "utf-16be": "utf-16-be",
    "ucs-2": "utf-16-be",
    "iso-8859-1": "latin-1",
    "latin1": "latin-1",
    "8-bit": "latin-1",
    "ascii": "ascii",
    "us-ascii": "ascii",
    "windows-1252": "cp1252",
    "0": "latin-1",
    "1": "ascii",
    "3": "latin-1",
    "4": "latin-1",
    "8": "utf-16-be",
}
"""The names Kannel uses for %C, and the numbers of SMPP that Jasmin passes on.

8-bit data has no alphabet, and Latin-1 keeps every byte apart; of the GSM alphabet it keeps the
letters a STOP is written in.
"""


_CHARSET = re.compile(r"charset\s?=\s?\"?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)


def posted_text(body: bytes, content_type: str) -> str:
    """Return the text that is the whole body of a push, as Kannel's `post-url` sends it.

    Bytes without a character set have no alphabet: Latin-1 keeps every one apart.
    """
    named = _CHARSET.search(content_type)
    charset = named[1] if named else ("utf-8" if "text/" in content_type.lower() else "8-bit")
    return kannel_text(body.hex(), charset)


def kannel_text(hexadecimal: str, charset: str) -> str:
    """Return the text of Kannel's `%e` (hexadecimal bytes) and `%C` (their character set).

    An unknown character set is read as UTF-8; what does not fit becomes U+FFFD. Something that is
    not hexadecimal is returned as it is, so that a STOP in it is still seen.
    """
    try:
        raw = bytes.fromhex(hexadecimal)
    except ValueError:
        return hexadecimal
    return raw.decode(_CHARSETS.get(charset.strip().lower(), "utf-8"), errors="replace")
