"""What the file knows about a person in outline: enough to see whether they differ from others.

For plans of many: full facts (`facts.PersonFacts`) are read only of those who do. Must not decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from shopbell.domain.consent import Act, Basis, Purpose
from shopbell.domain.ids import ContactId
from shopbell.domain.promises import Frequency


class SaidAct(NamedTuple):
    """One act of permission without its dates and words.

    A tuple, because a plan makes and compares one for each of its people.
    """

    act: Act
    purpose: Purpose
    topics: tuple[str, ...]
    basis: Basis
    promised: Frequency | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One person in outline, for one purpose of texts."""

    contact_id: ContactId | None
    """None for a number that nobody on file has."""
    name: str
    region: str | None
    zone: str | None
    stands_out: bool
    """There is a stop, an unclear reply, a complaint, another number, or a wish about texts."""
    acts: tuple[SaidAct, ...]
    """Every act of theirs, by when it was said."""
    first_act_at: datetime | None
    last_act_at: datetime | None
    welcomed: tuple[Frequency, ...]
    """What their welcomes promised."""
    last_heard_at: datetime | None
    """When the last text went either way."""
    last_footer_at: datetime | None
    """When the last text told them how to stop, if any did as far back as any limit looks."""
    past: tuple[datetime, ...]
    """When texts of the purpose were, as far back as any limit looks."""
