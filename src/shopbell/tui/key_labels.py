"""How keys are printed. Must not say what they do."""

from __future__ import annotations

_LABELS = {
    "enter": "↵",
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "exclamation_mark": "!",
    "colon": ":",
    "space": "space",
    "right": "→",
    "left": "←",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


def label(key: str) -> str:
    """Return the key as it is printed: "↵", "?", "ctrl+p"."""
    return _LABELS.get(key, key)


def is_typing_key(key: str) -> bool:
    """Return whether the key would be typed into a text field instead of running a command."""
    return len(label(key)) == 1 and key != "enter"
