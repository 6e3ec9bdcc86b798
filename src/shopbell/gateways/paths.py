"""Dotted paths into a JSON answer: `data.messages.0.id`, `data.messages.*.status`.

Must not raise for anything a gateway answers: what is not there is simply not found.
"""

from __future__ import annotations

import json

_NAMED_DEPTH = 12
"""No path of a preset is deeper; a longer one is a mistake in the preset."""


def is_path(path: str) -> bool:
    """Return whether `path` is one a preset may use; the empty path is the whole answer."""
    steps = path.split(".")
    return path == "" or (len(steps) <= _NAMED_DEPTH and all(steps))


def find_all(answer: object, path: str) -> list[object]:
    """Return every value at `path`; `*` means each element of a list."""
    found = [answer]
    for step in path.split(".") if path else []:
        found = [inner for value in found for inner in _step(value, step)]
    return found


def find_text(answer: object, path: str) -> str:
    """Return the first value at `path` as text; empty if there is none or it is null."""
    for value in find_all(answer, path):
        return as_text(value)
    return ""


def as_text(value: object) -> str:
    """Return a JSON value as a preset would write it: `true`, `0`, `queued`; null is empty."""
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _step(value: object, step: str) -> list[object]:
    match value:
        case list() if step == "*":
            return value
        case list() if step.isascii() and step.isdigit() and int(step) < len(value):
            return [value[int(step)]]
        case dict() if step in value:
            return [value[step]]
        case _:
            return []
