"""Which contacts somebody wants to see. Must not look anybody up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Conditions that all hold for everybody on the list; those left out ask for nothing."""

    consented_to: str | None = None
    """A topic there is a standing yes to, and no stop."""
    not_asked: bool = False
    """No yes, no no and no stop is on file: somebody to ask at the next visit."""
    not_texted_for: int | None = None
    """Days in which no text went out; who never got one is among them."""
    tag: str | None = None
    """A whole tag; capital letters make no difference."""
    birthday_month: int | None = None
    """1 = January."""

    @property
    def asks_for_nothing(self) -> bool:
        """Whether everybody passes."""
        return self == PeopleFilter()
