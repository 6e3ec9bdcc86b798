"""Keys by name: how they are printed, how people write them. Must not say what they do."""

from __future__ import annotations

import string
import unicodedata
from typing import Final

_OTHERWISE = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""What Textual calls a sign otherwise than Unicode does."""


def _sign_name(sign: str) -> str:
    name = unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")
    return _OTHERWISE.get(name, name)


_SIGNS = {_sign_name(sign): sign for sign in string.punctuation}

_LABELS = _SIGNS | {
    "enter": "↵",
    "escape": "esc",
    "space": "space",
    "right": "→",
    "left": "←",
}

_LETTERS = frozenset(("Ll", "Lu"))
"""Not those that are written from right to left: one of them would turn the line of keys around."""

_FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 13))
_CONTROL_KEYS = frozenset(f"ctrl+{letter}" for letter in "glnopqrt")
"""Those that no text field, terminal, tmux or screen takes for itself."""

RESERVED: Final = frozenset(
    "enter escape tab shift+tab space backspace delete insert "
    "up down left right home end pageup pagedown".split()
)
"""What lists, fields and boxes need."""


def label(key: str) -> str:
    """Return the key as it is printed: "↵", "?", "ctrl+p"."""
    return _LABELS.get(key, key)


def is_typing_key(key: str) -> bool:
    """Return whether the key would be typed into a text field instead of running a command."""
    return len(label(key)) == 1 and key != "enter"


def is_function_key(key: str) -> bool:
    """Return whether it is one of the keys above the digits."""
    return key in _FUNCTION_KEYS


def key_named(text: str) -> str | None:
    """Return the key that people call `text`: "?", "question_mark", "F5", "ctrl+t".

    None means that there is no such key. A reserved key is a key, too: see `RESERVED`.
    """
    if len(text) == 1:
        if text in string.punctuation:
            return _sign_name(text)
        return text if text in string.digits or unicodedata.category(text) in _LETTERS else None
    name = text.lower()
    known = name in _SIGNS or name in _FUNCTION_KEYS or name in RESERVED
    return name if known or _is_control(name) else None


def is_free_for_commands(key: str) -> bool:
    """Return whether a command may have the key: nobody needs it for typing or moving."""
    return key not in RESERVED and (not _is_control(key) or key in _CONTROL_KEYS)


def _is_control(name: str) -> bool:
    letter = name.removeprefix("ctrl+")
    return len(letter) == 1 and letter != name and letter in string.ascii_lowercase
