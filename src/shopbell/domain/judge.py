"""From a draft and what the file knows about a person to a decision, in one call.

Gathers the facts, writes the final text and asks the gate; must not decide anything itself.
"""

from __future__ import annotations

from datetime import datetime

from shopbell.domain.facts import Judged, PersonFacts, TextDraft
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import ShopProfile


def judge(
    draft: TextDraft, person: PersonFacts, shop: ShopProfile, rules: Rulebook, now: datetime
) -> Judged:
    """Return `draft` with its final text, the facts and the decision at `now` (aware).

    The same arguments always give the same answer.
    """
    raise NotImplementedError
