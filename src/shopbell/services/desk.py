"""What every service of one opened shop file shares: the store, the clock, the rules, the news.

Must not hold a job of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.facts import Judged, PersonFacts, ShopFacts, TextDraft
from shopbell.domain.judge import judge
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.shop import ShopProfile
from shopbell.services.changed import Changed, Listener
from shopbell.services.clock import Clock
from shopbell.services.ports import GatewayShelf
from shopbell.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True, kw_only=True)
class Desk:
    """The shared working place of the services."""

    path: Path
    store: Store
    clock: Clock
    rules: Rulebook
    shelf: GatewayShelf
    profile: ShopProfile
    listeners: list[Listener]

    def judge(
        self, draft: TextDraft, person: PersonFacts, here: ShopFacts, now: datetime
    ) -> Judged:
        """Ask the gate.

        `person` and `here` come out of the file in the same transaction: another process may have
        changed the hours or declared an emergency a moment ago.
        """
        return judge(draft, person, here.profile, self.rules, now, here.rules)

    def tell(self, *kinds: Changed) -> None:
        """Tell every listener what changed. Called on the event loop, after the commit."""
        for kind in kinds:
            for listener in tuple(self.listeners):
                listener(kind)
