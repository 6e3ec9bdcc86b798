"""One configured gateway, live: puts preset, account and engine together.

Implements the `Gateway` protocol of the services. Must not retry, store or decide.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
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
    SendResult,
)
from shopbell.domain.segments import measure
from shopbell.gateways.collecting import Collecting, Waiting
from shopbell.gateways.engine import Broken, Engine
from shopbell.gateways.hooks import callbacks_for, hook_target, listen
from shopbell.gateways.paths import find_text
from shopbell.gateways.preset import FindKind, Preset, info_of
from shopbell.gateways.receipts import items_in, matching_id
from shopbell.gateways.redact import Redactor
from shopbell.gateways.reply import good_id, judge, passes
from shopbell.gateways.request import UnsendableError, Wire, build, preview
from shopbell.gateways.template import Values, render
from shopbell.gateways.values import account_values, secrets_of, text_values
from shopbell.gateways.words import cleaned, kind_of_answer, sentence_for

Sink = Callable[[Collected], Awaitable[None]]


class Connection:
    """One gateway as the owner set it up."""

    def __init__(
        self,
        preset: Preset,
        config: GatewayConfig,
        now: Callable[[], datetime],
        engine: Engine | None = None,
    ) -> None:
        self._preset = preset
        self._info = info_of(preset)
        self._now = now
        self._engine = engine or Engine(preset.reach)
        self._account: Values = account_values(preset, config.account)
        self._masked: Values = account_values(preset, config.account, masked=True)
        self._redact = Redactor(secrets_of(preset, config.account))
        self._collecting = Collecting(preset, self._account, self._redact)

    @property
    def info(self) -> PresetInfo:
        """The preset behind it."""
        return self._info

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Hand over one text, once."""
        try:
            wire = self._wire(outgoing)
        except UnsendableError as error:
            return SendResult(
                outcome=Outcome.BAD_REQUEST,
                gateway_id=None,
                detail=f"Nothing was sent. {error}",
            )
        answer = await self._engine.exchange(wire)
        if isinstance(answer, Broken):
            return _broken(answer)
        verdict = judge(self._preset.send, answer, self._account)
        return SendResult(
            outcome=verdict.outcome,
            gateway_id=verdict.gateway_id,
            detail=sentence_for(
                verdict.outcome, answer, verdict.said, self._redact, verdict.advice
            ),
            http_status=answer.status,
        )

    async def find(self, outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        """Ask whether a text with an unknown outcome arrived."""
        find, now = self._preset.find, self._now()
        if find.kind is FindKind.CALLBACK:
            return _unsure("This gateway can't be asked; a later report may still tell.")
        values = self._values(outgoing)
        try:
            wire = build(self._preset, find.call, values)
        except UnsendableError as error:
            return _unsure(f"The gateway can't be asked. {error}")
        answer = await self._engine.exchange(wire)
        if isinstance(answer, Broken):
            return _unsure(answer.why)
        waited = (now - outgoing.started_at).total_seconds()
        window = self._preset.dedupe_window_s
        if find.kind is FindKind.LIST:
            items = items_in(answer, find.items) if passes(find.present, answer, values) else None
            if items is None:
                return _unsure(kind_of_answer(answer))
            gateway_id = matching_id(find, items, values, taken_ids, outgoing.started_at)
            if gateway_id is not None:
                return _present(gateway_id)
            return _unsure(
                "The gateway does not list it, so it was probably not sent."
                if waited >= find.settle_s
                else "The gateway does not list it yet."
            )
        if passes(find.present, answer, values):
            gateway_id = good_id(find_text(answer.json, find.id)) if find.id else None
            if find.id and gateway_id is None:
                return _unsure(kind_of_answer(answer))
            return _present(gateway_id)
        if not passes(find.absent, answer, values):
            return _unsure(kind_of_answer(answer))
        if waited < find.settle_s:
            return _unsure("The gateway does not know it yet; it may still be on its way.")
        if window is not None and waited > window:
            return _unsure("The gateway no longer remembers texts that old.")
        return Found(finding=Finding.ABSENT, detail="The gateway never got it.")

    async def collect(self, since: datetime, waiting: Sequence[Waiting]) -> Collected:
        """Fetch replies since `since`, with overlap, then receipts for `waiting`.

        Replies come first: a STOP among them matters more than any receipt.

        Raises:
            GatewayTrouble: the replies could not be fetched, or there were none to fetch and no
                receipt could be.
        """
        async with self._engine.line() as exchange:
            return await self._collecting.collect(exchange, since, waiting, self._now())

    @asynccontextmanager
    async def listen(self, sink: Sink) -> AsyncIterator[str | None]:
        """Receive what the gateway pushes, while the context is open.

        Raises:
            GatewayTrouble: the listening address can't be used on this computer.
        """
        target = hook_target(self._preset, self._account)
        if self._preset.hook is None or target is None:
            yield None
            return
        async with listen(self._preset.hook, target, sink, self._now, self._redact) as address:
            yield self._redact(address)

    async def check(self) -> CheckResult:
        """Test the connection and the login without sending a text."""
        check, values = self._preset.check, {**self._account, "now": self._now()}
        if check is None:
            broken = await self._engine.reachable(render(self._preset.base_url, values) or "")
            if broken is not None:
                return CheckResult(ok=False, detail=broken.why)
            return CheckResult(
                ok=True,
                detail="The address answers. Send one text to yourself to test the login.",
            )
        answer = await self._engine.exchange(build(self._preset, check.call, values))
        if isinstance(answer, Broken):
            return CheckResult(ok=False, detail=answer.why)
        if passes(check.ok, answer, values):
            show = "" if check.show is None else find_text(answer.json, check.show)
            quote = cleaned(show, self._redact)
            return CheckResult(
                ok=True, detail="It works." + (f" It says: {quote}" if quote else "")
            )
        if answer.status in check.bad_login:
            return CheckResult(ok=False, detail="The gateway refused the login.")
        return CheckResult(ok=False, detail=kind_of_answer(answer))

    def preview(self, outgoing: Outgoing) -> str:
        """Return the request that `send` would make, secrets masked."""
        values = text_values(self._preset, self._masked, outgoing, self._now())
        callbacks = callbacks_for(self._preset, self._masked, outgoing.ref)
        try:
            self._wire(outgoing)
            return preview(self._preset, self._preset.send.call, {**values, **callbacks})
        except UnsendableError as error:
            return f"Nothing would be sent. {error}"

    def _values(self, outgoing: Outgoing) -> Values:
        values = text_values(self._preset, self._account, outgoing, self._now())
        return {**values, **callbacks_for(self._preset, self._account, outgoing.ref)}

    def _wire(self, outgoing: Outgoing) -> Wire:
        limits = self._preset.limits
        if limits.ref is not None and not limits.ref.fullmatch(outgoing.ref):
            raise UnsendableError("Its reference does not fit this gateway.")
        if len(outgoing.text) > limits.max_chars:
            raise UnsendableError(
                f"It has {len(outgoing.text)} characters; this gateway takes {limits.max_chars}."
            )
        if limits.max_parts is not None:
            parts = measure(outgoing.text).segments
            most = render(limits.max_parts, self._account) or "1"
            if not most.isdecimal() or parts > int(most):
                raise UnsendableError(f"It has {parts} parts; this gateway takes at most {most}.")
        return build(self._preset, self._preset.send.call, self._values(outgoing))


def _broken(answer: Broken) -> SendResult:
    if answer.left:
        detail = f"{answer.why} Nobody can say yet whether the text was sent."
        return SendResult(outcome=Outcome.UNKNOWN, gateway_id=None, detail=detail)
    detail = f"{answer.why} Nothing was sent."
    return SendResult(outcome=Outcome.NOT_SENT_RETRY, gateway_id=None, detail=detail)


def _present(gateway_id: str | None) -> Found:
    return Found(
        finding=Finding.PRESENT, gateway_id=gateway_id, detail="The gateway has it: it was sent."
    )


def _unsure(why: str) -> Found:
    return Found(finding=Finding.UNSURE, detail=why)
