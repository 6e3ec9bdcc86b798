"""A yes that a row of somebody else's list says, and what proof comes with it.

Must not decide what it is worth: a yes without its date or its words is kept as claimed, and the
gate never sees a claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.ids import E164

UNCONFIRMED = "The shop counts a yes to this once its person has confirmed it by text."
"""What a yes lacks whose topic asks for a confirmation, when its list says nothing of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowYes:
    """What one row says about permission."""

    purpose: Purpose
    topics: tuple[str, ...]
    how: How
    said: str
    """The cell that says yes, as it stood in the file."""
    at: datetime | None = None
    wording: str = ""
    witness: str | None = None
    evidence_sha256: str | None = None
    promised_n: int | None = None
    promised_days: int | None = None
    missing: str = ""
    """What proof is missing, as a sentence; empty where nothing is."""

    def draft(self, number: E164) -> ConsentDraft | None:
        """Return the entry for the ledger, or None where the proof doesn't reach."""
        if self.missing or self.at is None:
            return None
        return ConsentDraft(
            number=number,
            act=Act.GRANTED,
            purpose=self.purpose,
            topics=self.topics,
            wording=self.wording,
            how=self.how,
            at=self.at,
            witness=self.witness,
            evidence_sha256=self.evidence_sha256,
            promised_n=self.promised_n,
            promised_days=self.promised_days,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A yes on file that counts for nothing until somebody finds its proof."""

    number: E164
    purpose: Purpose
    topics: tuple[str, ...]
    said: str
    at: datetime | None
    """When the list says it was said; None if it doesn't."""
    missing: str
    source: str
    """The file it came from."""
    recorded_at: datetime
