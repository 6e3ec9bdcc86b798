"""The owner's word on the texts the shop sends by itself. Must not write or send one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Welcoming(StrEnum):
    """What becomes of a welcome once a yes is written down."""

    ASK = "ask"
    """It is shown, and goes by one key."""
    ALWAYS = "always"
    """It goes by itself."""
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """What the owner chose; without a choice, what a new shop does."""

    welcoming: Welcoming = Welcoming.ASK
