"""A text to one person that was typed and not sent. Must not know where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """What somebody had typed when they left."""

    number: E164
    body: str
    purpose: Purpose
    topic: str | None
    really_service: str = ""
    at: datetime | None = None
    """When it was to leave (aware), if somebody chose a time."""

    @property
    def kind(self) -> tuple[Purpose, str | None]:
        """What it is for."""
        return (self.purpose, self.topic)
