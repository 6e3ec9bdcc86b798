"""What the first questions have been answered so far. Must not ask, and must not show a secret."""

from __future__ import annotations

from dataclasses import dataclass, field

from shopbell.domain.gateway import GatewayConfig
from shopbell.domain.secret import Secret
from shopbell.domain.shop import Week
from shopbell.services.opening import NewShop

PRACTICE, LATER = "practice", "later"
"""Two answers to "how do your texts leave?" that are no preset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers; each question returns a new record with its own answer in it."""

    name: str = ""
    country: str = ""
    zone: str = ""
    hours: Week | None = None
    passphrase: Secret | None = None
    way: str = PRACTICE
    """`PRACTICE`, `LATER`, or the id of a preset."""
    account: dict[str, str] = field(default_factory=dict, repr=False)
    price_micros: int | None = None
    currency: str | None = None

    def new_shop(self) -> NewShop:
        """Return what the file is made from."""
        return NewShop(
            name=self.name,
            country=self.country,
            zone=self.zone,
            hours=self.hours,
            practice=self.way == PRACTICE,
        )

    def secret(self) -> Secret:
        """Return the passphrase.

        Raises:
            RuntimeError: that question was not answered yet.
        """
        if self.passphrase is None:
            raise RuntimeError("the passphrase comes before the file")
        return self.passphrase

    def gateway(self) -> GatewayConfig | None:
        """Return the gateway to set up, or None."""
        if self.way in {PRACTICE, LATER}:
            return None
        return GatewayConfig(
            name=self.way,
            preset_id=self.way,
            account=dict(self.account),
            price_micros=self.price_micros,
            currency=self.currency,
        )
