"""What the texts of a purpose are called in a sentence, in an owner's words. Must not decide."""

from __future__ import annotations

from collections.abc import Iterable

from shopbell.domain.consent import Purpose

_ABOUT = "about orders and appointments"


def text_for(purpose: Purpose) -> str:
    """Return what one text is: "marketing text", "text about orders and appointments"."""
    return f"text {_ABOUT}" if purpose is Purpose.SERVICE else f"{purpose} text"


def texts_for(*purposes: Purpose) -> str:
    """Return what texts are: "marketing texts", "marketing texts and texts about orders ..."."""
    return " and ".join(_parts(purposes))


def _parts(purposes: Iterable[Purpose]) -> list[str]:
    """Return the purposes in their order, with those that only differ in their name as one."""
    parts: list[str] = []
    named = [str(each) for each in purposes if each is not Purpose.SERVICE]
    for each in purposes:
        if each is Purpose.SERVICE:
            parts.append(f"texts {_ABOUT}")
        elif named:
            parts.append(f"{' and '.join(named)} texts")
            named = []
    return parts
