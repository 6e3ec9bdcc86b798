"""What services need from outside, as protocols. Must not hold an implementation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from shopbell.domain.gateway import (
    CheckResult,
    Collected,
    Found,
    GatewayConfig,
    Outgoing,
    PresetInfo,
    SendResult,
)
from shopbell.domain.ids import E164, Ref

Sink = Callable[[Collected], Awaitable[None]]
"""Stores what arrived; when it returns, everything is committed."""


class OpenText(Protocol):
    """What a gateway needs to know to ask about a text it has accepted."""

    @property
    def ref(self) -> Ref:
        """Our reference."""
        ...

    @property
    def gateway_id(self) -> str | None:
        """The gateway's id."""
        ...

    @property
    def number(self) -> E164:
        """Whom it went to."""
        ...


class Gateway(Protocol):
    """One configured gateway. No method raises for anything the other side does."""

    @property
    def info(self) -> PresetInfo:
        """The preset behind it."""
        ...

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Hand over one text, once. Whatever is not clearly answered is `Outcome.UNKNOWN`."""
        ...

    async def find(self, outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        """Ask whether a text with an unknown outcome arrived. Sends nothing.

        `taken_ids` are gateway ids that already belong to other texts of ours.
        """
        ...

    async def collect(self, since: datetime, waiting: Sequence[OpenText]) -> Collected:
        """Fetch receipts for `waiting` and replies since `since`, with overlap.

        Raises:
            GatewayTrouble: it could not be reached or did not answer in its own language.
        """
        ...

    def listen(self, sink: Sink) -> AbstractAsyncContextManager[str | None]:
        """Receive what the gateway pushes, while the context is open.

        Yields the address it listens on, or None when this gateway pushes nothing. The other side
        is told "received" only after `sink` has returned.
        """
        ...

    async def check(self) -> CheckResult:
        """Test the connection and the login without sending a text."""
        ...

    def preview(self, outgoing: Outgoing) -> str:
        """Return the request that `send` would make, secrets masked, for a dry run."""
        ...


class GatewayShelf(Protocol):
    """All presets this copy of Shopbell knows, and the way to a live gateway."""

    def presets(self) -> tuple[PresetInfo, ...]:
        """Return every good preset, sorted by id."""
        ...

    def preset(self, preset_id: str) -> PresetInfo:
        """Return one preset.

        Raises:
            BadInput: there is none of that id.
        """
        ...

    def check_account(self, preset_id: str, account: dict[str, str]) -> None:
        """Refuse an account that lacks a field, or an address the preset does not allow.

        Raises:
            BadInput: names the field and what is wrong.
        """
        ...

    def hears_replies(self, config: GatewayConfig) -> bool:
        """Return whether replies can reach us with this configuration; opens no connection."""
        ...

    def connect(self, config: GatewayConfig) -> Gateway:
        """Return a live gateway for this configuration; opens no connection yet."""
        ...
