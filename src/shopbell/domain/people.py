"""A contact: a person or household with one number. Must not say whether we may text them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from shopbell.domain.answers import Answer
from shopbell.domain.ids import E164, BatchId, ContactId

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """What somebody typed or imported, with the number already read. Nothing empty is `None`-ed."""

    number: E164
    name: str = ""
    note: str = ""
    email: str = ""
    tags: tuple[str, ...] = ()
    zone: str | None = None
    """IANA zone the person told us, or None."""
    region: str | None = None
    """Country or state the person or their postal address told us: "US-FL", "GB"; or None."""
    birthday: str = ""
    """`1985-03-09`, or `--03-09` where the year isn't told."""
    source: str = "typed"
    """Where it came from: "typed", "import:<file name>"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact as stored. Several people on one number are one contact with all their names."""

    id: ContactId
    number: E164
    name: str
    note: str
    email: str
    tags: tuple[str, ...]
    zone: str | None
    region: str | None
    source: str
    batch_id: BatchId | None
    created_at: datetime
    updated_at: datetime
    birthday: str = ""
    """`1985-03-09`, or `--03-09` where the year isn't told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One line of the people list: what fits on it, gathered in one query."""

    id: ContactId
    number: E164
    name: str
    suppressed: bool
    """A stop is on file: whatever was answered before counts for nothing."""
    marketing_answer: Answer
    service_answer: Answer
    last_text_at: datetime | None

    @property
    def marketing(self) -> bool:
        """A standing yes to marketing is on file."""
        return self.marketing_answer is Answer.YES

    @property
    def service(self) -> bool:
        """A standing yes to service texts is on file."""
        return self.service_answer is Answer.YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A window onto a query: `rows` from `first`, out of `total`."""

    rows: tuple[T, ...]
    first: int
    total: int


def masked(number: str) -> str:
    """Return the number as screens show it until asked: the last four digits behind an ellipsis."""
    return f"…{number[-4:]}"
