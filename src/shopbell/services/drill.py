"""A gateway in memory, for building practice shops and for tests. Nothing leaves the process.

It keeps what it was given and answers as it was told; it must not pretend to be the network: for
time-outs, broken answers and the like there is the practice gateway, a real HTTP server.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from shopbell.domain.gateway import (
    CheckResult,
    Collected,
    Finding,
    Found,
    GatewayConfig,
    Outcome,
    Outgoing,
    PresetInfo,
    Receipt,
    SendResult,
)
from shopbell.domain.replies import InboundText
from shopbell.domain.texts import State
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.services.ports import Gateway, OpenText, Sink

DRILL = PresetInfo(
    id="practice",
    name="Practice gateway in memory",
    about="For building practice shops and for tests.",
    fields=(),
    reports_replies=True,
    reports_receipts=True,
    refuses_duplicates=True,
    can_look_up=True,
    takes_expiry=True,
    checked="ships with Shopbell",
    per_second=0,
    max_chars=1600,
    practice=True,
)


class DrillGateway:
    """Implements `ports.Gateway` in memory."""

    def __init__(self) -> None:
        self.info = DRILL
        self.taken: list[Outgoing] = []
        """Every text that was accepted, in order."""
        self.answers: deque[Outcome] = deque()
        """What to answer to the next texts; accepted when empty."""
        self.receipt_state: State | None = State.DELIVERED
        """What becomes of accepted texts at the next look; None = no news yet."""
        self.replies: list[InboundText] = []
        """What customers wrote; every look at the inbox hands all of it over again."""
        self.unreachable = False
        self.trouble = ""
        """What to say is missing from every look."""

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Take one text, or answer as told."""
        outcome = self.answers.popleft() if self.answers else Outcome.ACCEPTED
        if outcome is not Outcome.ACCEPTED:
            return SendResult(outcome=outcome, gateway_id=None, detail=f"told to say {outcome}")
        self.taken.append(outgoing)
        return SendResult(outcome=outcome, gateway_id=f"drill-{outgoing.ref}", detail="")

    async def find(self, outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        """Say whether a text was taken."""
        if any(text.ref == outgoing.ref for text in self.taken):
            gateway_id = f"drill-{outgoing.ref}"
            if gateway_id not in taken_ids:
                return Found(finding=Finding.PRESENT, gateway_id=gateway_id)
        return Found(finding=Finding.ABSENT)

    async def collect(self, since: datetime, waiting: Sequence[OpenText]) -> Collected:
        """Hand over receipts for what waits and everything customers wrote since."""
        if self.unreachable:
            raise GatewayTrouble("The gateway cannot be reached.", "Check the connection.")
        state = self.receipt_state
        receipts = () if state is None else tuple(_receipt(text, state, since) for text in waiting)
        return Collected(
            receipts=receipts,
            inbound=tuple(text for text in self.replies if text.at >= since),
            trouble=self.trouble,
        )

    @asynccontextmanager
    async def listen(self, sink: Sink) -> AsyncIterator[str | None]:
        """Push nothing."""
        del sink
        yield None

    async def check(self) -> CheckResult:
        """Answer that all is well."""
        return CheckResult(ok=not self.unreachable, detail="in memory")

    def preview(self, outgoing: Outgoing) -> str:
        """Return the text as it would be taken."""
        return f"to {outgoing.to}: {outgoing.text}"


class DrillShelf:
    """Implements `ports.GatewayShelf` with one drill gateway."""

    def __init__(self, gateway: DrillGateway | None = None) -> None:
        self.gateway = gateway or DrillGateway()

    def presets(self) -> tuple[PresetInfo, ...]:
        """Return the one preset."""
        return (self.gateway.info,)

    def preset(self, preset_id: str) -> PresetInfo:
        """Return the one preset.

        Raises:
            BadInput: another one was asked for.
        """
        if preset_id != DRILL.id:
            raise BadInput(f"There is no preset “{preset_id}”.", code="no_preset")
        return self.gateway.info

    def check_account(self, preset_id: str, account: dict[str, str]) -> None:
        """Refuse unknown presets; any account will do."""
        del account
        self.preset(preset_id)

    def hears_replies(self, config: GatewayConfig) -> bool:
        """Return what the drill gateway says of itself."""
        del config
        return self.gateway.info.reports_replies

    def connect(self, config: GatewayConfig) -> Gateway:
        """Return the drill gateway."""
        del config
        return self.gateway


def _receipt(text: OpenText, state: State, at: datetime) -> Receipt:
    return Receipt(
        ref=text.ref, gateway_id=text.gateway_id, word=state.value, state=state, detail="", at=at
    )
