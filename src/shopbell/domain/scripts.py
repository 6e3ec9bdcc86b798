"""Ready-made texts for the counter: one key each. Must not send, and must not decide.

A merge field is `{first_name|there}`: the part after the bar stands in when the name is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shopbell.domain.consent import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One ready-made text."""

    id: str
    words: str
    """What the counter calls it."""
    text: str
    purpose: Purpose
    topic: str | None


SCRIPTS = (
    Script(
        id="ready",
        words="ready",
        text="Hi {first_name|there}, your order is ready to pick up.",
        purpose=Purpose.SERVICE,
        topic="orders",
    ),
    Script(
        id="late",
        words="running late",
        text="Hi {first_name|there}, your order is running late. We'll text when it is ready.",
        purpose=Purpose.SERVICE,
        topic="orders",
    ),
    Script(
        id="closed",
        words="closed early",
        text="Hi {first_name|there}, we have to close early today. Your order waits for you.",
        purpose=Purpose.SERVICE,
        topic="orders",
    ),
    Script(
        id="thanks",
        words="thanks",
        text="Thank you, {first_name|and see you soon}!",
        purpose=Purpose.SERVICE,
        topic="orders",
    ),
)

_FIELD = re.compile(r"\{first_name\|([^{}|]*)\}")
_FIRST_NAME = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "the", "family"})


def script(id_: str) -> Script | None:
    """Return the script with this id, or None."""
    return next((one for one in SCRIPTS if one.id == id_), None)


def filled(text: str, name: str) -> str:
    """Return `text` with its merge fields filled for somebody called `name`.

    Whatever does not look like a first name ("Mrs Lind", "Lind, Ana", "[/]") counts as missing.
    """
    first = first_name(name)
    return _FIELD.sub(lambda field: first or field.group(1), text)


def first_name(name: str) -> str:
    """Return the first name in `name`, or "" when it does not begin with one."""
    word = name.split(maxsplit=1)[0] if name.split() else ""
    if len(word) > 30 or not _FIRST_NAME.fullmatch(word) or word.casefold() in _TITLES:
        return ""
    return word
