"""Makes any text safe to show in a terminal. Must not alter what is stored: bytes are evidence.

A received text, a name or a gateway's error can hold escape sequences, bidirectional overrides or
half a surrogate pair. One function makes them harmless and visible; both doors use it.
"""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb\ud800-\udfff]"
)
_UNSAFE_OR_NEWLINE = re.compile(_UNSAFE.pattern[:-1] + "\n]")

_PICTURES = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    "\x7f": "\N{SYMBOL FOR DELETE}",
    "\n": "\N{RETURN SYMBOL}",
}
"""C0 and DEL have pictures of their own; everything else unsafe is shown as U+FFFD."""


def shown(text: str, *, one_line: bool = False) -> str:
    """Return `text` without anything that could drive a terminal or turn the writing round.

    C0 controls and DEL become their visible pictures (ESC is `␛`); C1 controls, bidirectional
    embeddings, overrides and isolates, line and paragraph separators, interlinear annotations and
    lone surrogates become U+FFFD. Joiners, variation selectors, no-break spaces and the two
    direction marks stay: emoji and right-to-left names need them. Newlines stay unless
    `one_line`, which shows them as `⏎` (a carriage return before one is dropped).
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    pattern = _UNSAFE_OR_NEWLINE if one_line else _UNSAFE
    return pattern.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    return _PICTURES.get(found.group(), REPLACEMENT)
