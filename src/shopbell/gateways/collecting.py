"""Fetches replies and receipts by asking. Must not store them or drop one silently.

Pages are followed until one brings nothing new, so a gateway that answers the same page for ever
is left alone after the second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import httpx

from shopbell.domain.gateway import Collected, Receipt
from shopbell.domain.ids import Ref
from shopbell.domain.replies import InboundText
from shopbell.errors import GatewayTrouble
from shopbell.gateways.engine import Broken, Exchange
from shopbell.gateways.paths import as_text, find_text
from shopbell.gateways.preset import Call, Inbound, Preset, Status
from shopbell.gateways.receipts import inbound_from, items_in, receipt_from
from shopbell.gateways.redact import Redactor
from shopbell.gateways.reply import Reply
from shopbell.gateways.request import UnsendableError, Wire, build
from shopbell.gateways.template import Values
from shopbell.gateways.words import kind_of_answer

MAX_PAGES = 100
MAX_ASKED = 100
"""Texts asked about in one look; those asked least recently come first."""


class Waiting(Protocol):
    """A text that a receipt is expected for."""

    @property
    def ref(self) -> Ref:
        """Our reference."""
        ...

    @property
    def gateway_id(self) -> str | None:
        """The gateway's id."""
        ...


class Collecting:
    """Asks one gateway. Remembers only whom it asked last."""

    def __init__(self, preset: Preset, account: Values, redact: Redactor) -> None:
        self._preset = preset
        self._account = account
        self._redact = redact
        self._asked: dict[Ref, int] = {}
        self._looks = 0

    async def collect(
        self, exchange: Exchange, since: datetime, waiting: Sequence[Waiting], now: datetime
    ) -> Collected:
        """Return what one look brought; `trouble` says what is missing.

        Raises:
            GatewayTrouble: the replies could not be fetched.
        """
        inbound: tuple[InboundText, ...] = ()
        receipts: tuple[Receipt, ...] = ()
        missing = trouble = ""
        if self._preset.inbound is not None:
            inbound, missing = await self._replies(exchange, self._preset.inbound, since, now)
        if self._preset.status is not None:
            receipts, trouble = await self._receipts(exchange, self._preset.status, waiting, now)
        if trouble and self._preset.inbound is None and not receipts:
            raise GatewayTrouble(trouble, "It will be asked again.")
        return Collected(receipts=receipts, inbound=inbound, trouble=missing or trouble)

    async def _replies(
        self, exchange: Exchange, inbound: Inbound, since: datetime, now: datetime
    ) -> tuple[tuple[InboundText, ...], str]:
        found: dict[InboundText, None] = {}
        seen: set[str] = set()
        offset = 0
        wire = self._page(inbound, since, offset, now)
        values = {**self._account, "now": now}
        for _ in range(MAX_PAGES):
            answer = await exchange(wire)
            if isinstance(answer, Broken):
                raise GatewayTrouble(answer.why, "Replies will be fetched again.")
            items = items_in(answer, inbound.items) if answer.status == 200 else None
            if items is None:
                raise GatewayTrouble(_not_a_list(answer), "Replies will be fetched again.")
            fresh = {as_text(item) for item in items} - seen
            seen |= fresh
            texts = (inbound_from(inbound, item, values, now) for item in items)
            found.update(dict.fromkeys(text for text in texts if text is not None))
            offset += len(items)
            full = inbound.page_size is None or len(items) >= inbound.page_size
            following = self._following(inbound, answer, wire, since, offset, now)
            if following is None or not fresh or not full:
                return tuple(found), ""
            wire = following
        return tuple(found), "There are more replies than Shopbell fetches at once."

    def _following(
        self,
        inbound: Inbound,
        answer: Reply,
        wire: Wire,
        since: datetime,
        offset: int,
        now: datetime,
    ) -> Wire | None:
        """Return the request for the page after this one, at the same host and no other."""
        if inbound.next is None:
            return None if inbound.page_size is None else self._page(inbound, since, offset, now)
        written = find_text(answer.json, inbound.next)
        if not written:
            return None
        here, there = httpx.URL(wire.url), _joined(wire.url, written)
        if there is None or _place(there) != _place(here):
            raise GatewayTrouble(
                "The gateway's inbox points to another address, which Shopbell does not follow.",
                "Check the gateway's address.",
            )
        return Wire(method="GET", url=str(there), headers=wire.headers, content=b"")

    def _page(self, inbound: Inbound, since: datetime, offset: int, now: datetime) -> Wire:
        earlier = since - timedelta(seconds=inbound.overlap_s)
        return self._request(inbound.call, {"since": earlier, "offset": str(offset), "now": now})

    async def _receipts(
        self, exchange: Exchange, status: Status, waiting: Sequence[Waiting], now: datetime
    ) -> tuple[tuple[Receipt, ...], str]:
        receipts: list[Receipt] = []
        trouble = ""
        for text in self._turn(status, waiting):
            wire = self._request(
                status.call, {"ref": text.ref, "id": text.gateway_id or "", "now": now}
            )
            answer = await exchange(wire)
            if isinstance(answer, Broken):
                return tuple(receipts), answer.why
            if answer.status == 404:
                continue
            receipt = None
            if answer.status == 200:
                receipt = receipt_from(status, answer, text.ref, text.gateway_id, now, self._redact)
            if receipt is None:
                trouble = trouble or kind_of_answer(answer)
            else:
                receipts.append(receipt)
        return tuple(receipts), trouble

    def _turn(self, status: Status, waiting: Sequence[Waiting]) -> list[Waiting]:
        """Return whom to ask this time; nobody waits for ever behind a long line."""
        needs_id = "id" in status.call.path.names
        able = [text for text in waiting if text.gateway_id or not needs_id]
        able.sort(key=lambda text: self._asked.get(text.ref, 0))
        chosen = able[:MAX_ASKED]
        self._looks += 1
        still = {text.ref for text in waiting}
        self._asked = {ref: look for ref, look in self._asked.items() if ref in still}
        self._asked |= {text.ref: self._looks for text in chosen}
        return chosen

    def _request(self, call: Call, values: Values) -> Wire:
        try:
            return build(self._preset, call, {**self._account, **values})
        except UnsendableError as error:
            raise GatewayTrouble(f"The gateway can't be asked. {error}", "") from None


def _joined(url: str, written: str) -> httpx.URL | None:
    try:
        return httpx.URL(url).join(written)
    except httpx.InvalidURL:
        return None


def _place(url: httpx.URL) -> tuple[str, bytes, bytes]:
    return url.scheme, url.netloc, url.userinfo


def _not_a_list(answer: Reply) -> str:
    if answer.status in (401, 403):
        return "The gateway refused the login when asked for replies."
    return f"Replies could not be fetched. {kind_of_answer(answer)}"
