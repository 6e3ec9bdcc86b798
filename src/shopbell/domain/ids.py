"""Names for the identifiers that travel between layers. Must not hold behaviour."""

from __future__ import annotations

from typing import NewType

ContactId = NewType("ContactId", int)
ConsentId = NewType("ConsentId", int)
TextId = NewType("TextId", int)
ReplyId = NewType("ReplyId", int)
OccasionId = NewType("OccasionId", int)
BatchId = NewType("BatchId", int)
DecisionId = NewType("DecisionId", int)
CampaignId = NewType("CampaignId", int)
ComplaintId = NewType("ComplaintId", int)
ReminderId = NewType("ReminderId", int)

E164 = NewType("E164", str)
"""A number as "+" and digits, checked by `domain.numbers.read_number`."""

Ref = NewType("Ref", str)
"""Our own reference for one text: a 26-character ULID, letters and digits only."""

CalendarName = NewType("CalendarName", str)
"""What the owner calls the appointments of one source; the file's name if they call it nothing."""
