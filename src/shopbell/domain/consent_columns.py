"""Finds the columns about consent or status, and says what the owner makes of each.

Must not read a cell, and must not decide: a column means nothing until the owner says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from shopbell.domain.headers import header_key

_ABOUT_CONSENT = re.compile(
    "opt(?!ional)|unsub|subscri|consent|status|dnc|donot|accept|marketing|blocked|permission|gdpr"
    "|newsletter|einwillig|abonn"
)
_ABOUT_EMAIL = re.compile("e?mail|newsletter|whatsapp")
_ABOUT_TEXTS = re.compile("sms|text|phone|mobile|dnc|donot|call")


class About(StrEnum):
    """What a column about permission seems to be about, by its name."""

    TEXTS = "texts"
    OTHER_WAY = "another way"
    """E-mail, post, another messenger: no permission for texts."""
    UNCLEAR = "unclear"


def consent_columns(header: Sequence[str]) -> tuple[int, ...]:
    """Return the columns about consent or status, by their names; one too many rather than less."""
    return tuple(i for i, name in enumerate(header) if _ABOUT_CONSENT.search(header_key(name)))


def about(name: str) -> About:
    """Return what a column of this name seems to be about."""
    key = header_key(name)
    if _ABOUT_TEXTS.search(key):
        return About.TEXTS
    return About.OTHER_WAY if _ABOUT_EMAIL.search(key) else About.UNCLEAR


_STOPS = frozenset(
    "stop stopped unsubscribed unsubscribe optedout optout dnc donottext donotcall donotcontact"
    " blocked declined revoked withdrawn cancelled canceled abgemeldet desabonne".split()
)


def likely_stops(words: Sequence[str]) -> tuple[str, ...]:
    """Return those of the words of a column that usually mean stop: a suggestion, no more."""
    return tuple(word for word in words if header_key(word) in _STOPS)
