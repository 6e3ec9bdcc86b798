"""Fetches replies and receipts by asking. Must not store them or drop one silently.

Pages are followed until one brings nothing new, so a gateway that answers the same page for ever
is left alone after the second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import httpx

from shopbell.domain.gateway import Collected, Receipt
from shopbell.domain.ids import E164, Ref
from shopbell.domain.replies import InboundText
from shopbell.errors import GatewayTrouble
from shopbell.gateways.clocks import Clocks
from shopbell.gateways.engine import Broken, Exchange
from shopbell.gateways.fields import names_in
from shopbell.gateways.paths import as_text, find_text
from shopbell.gateways.preset import Call, Inbound, InboundKind, Preset, Status, Test
from shopbell.gateways.receipts import inbound_from, items_in, receipt_from
from shopbell.gateways.redact import Redactor
from shopbell.gateways.reply import Reply, passes
from shopbell.gateways.request import UnsendableError, Wire, build
from shopbell.gateways.template import Values
from shopbell.gateways.values import number_for
from shopbell.gateways.when import read_moment
from shopbell.gateways.words import kind_of_answer

MAX_PAGES = 100
MAX_ASKED = 100
"""Texts asked about in one look; those asked least recently come first."""

_TOO_MANY = "There are more replies than Shopbell fetches at once."


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

    @property
    def number(self) -> E164:
        """Whom it went to."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at one list of replies."""

    since: datetime
    until: datetime
    now: datetime
    thread: str


class Collecting:
    """Asks one gateway. Remembers only whom it asked last."""

    def __init__(self, preset: Preset, account: Values, redact: Redactor) -> None:
        self._preset = preset
        self._account = account
        self._redact = redact
        self._clocks = Clocks()
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
        complete, trouble = True, ""
        if self._preset.inbound is not None:
            inbound, complete = await self._all_replies(exchange, self._preset.inbound, since, now)
        if self._preset.status is not None:
            receipts, trouble = await self._receipts(exchange, self._preset.status, waiting, now)
        if trouble and self._preset.inbound is None and not receipts:
            raise GatewayTrouble(trouble, "It will be asked again.")
        return Collected(
            receipts=receipts,
            inbound=inbound,
            trouble=(trouble or self._clocks.words) if complete else _TOO_MANY,
            complete=complete,
        )

    async def _all_replies(
        self, exchange: Exchange, inbound: Inbound, since: datetime, now: datetime
    ) -> tuple[tuple[InboundText, ...], bool]:
        """Look from `since` on the gateway's clock; return the replies, and whether that is all.

        The first answer tells how its clock goes: was that not known, it is looked at again.
        """
        assumed = self._clocks.back
        found = await self._replies(exchange, inbound, since - assumed, now)
        known = self._clocks.back
        if inbound.kind is InboundKind.PULL_ONCE or known <= assumed:
            return found
        return await self._replies(exchange, inbound, since - known, now)

    async def _replies(
        self, exchange: Exchange, inbound: Inbound, since: datetime, now: datetime
    ) -> tuple[tuple[InboundText, ...], bool]:
        """Return the replies, and whether that is all of them."""
        if inbound.back_s is not None:
            since = max(since, now - timedelta(seconds=inbound.back_s))
        since -= timedelta(seconds=inbound.overlap_s)
        found: dict[InboundText, None] = {}
        complete = True
        for start, until in _windows(since, now, inbound.window_s):
            people, all_of_them = await self._threads(exchange, inbound, start, until, now)
            complete = complete and all_of_them
            for thread in people:
                look = _Look(since=start, until=until, now=now, thread=thread)
                texts, all_of_it = await self._thread(exchange, inbound, look)
                found.update(dict.fromkeys(texts))
                complete = complete and all_of_it
        return tuple(found), complete

    async def _threads(
        self, exchange: Exchange, inbound: Inbound, since: datetime, until: datetime, now: datetime
    ) -> tuple[list[str], bool]:
        """Return who wrote, and whether that is all; one nameless thread where there are none."""
        threads = inbound.threads
        if threads is None:
            return [""], True
        names: dict[str, None] = {}
        seen: set[str] = set()
        offset = 0
        for page in range(MAX_PAGES):
            look = _Look(since=since, until=until, now=now, thread="")
            wire = self._request(threads.call, _page_values(look, offset, page))
            _, items = await self._list(exchange, wire, threads.items, inbound.empty, now)
            late = [item for item in items if not _older(item, threads.at, since)]
            found = (find_text(item, threads.thread) for item in late)
            names.update(dict.fromkeys(name for name in found if name))
            fresh = {as_text(item) for item in items} - seen
            seen |= fresh
            offset += len(items)
            full = threads.page_size is not None and len(items) >= threads.page_size
            if not full or not fresh or not late:
                return list(names), True
        return list(names), False

    async def _thread(
        self, exchange: Exchange, inbound: Inbound, look: _Look
    ) -> tuple[list[InboundText], bool]:
        found: list[InboundText] = []
        seen: set[str] = set()
        offset = 0
        wire = self._page(inbound, look, offset, 0)
        values = {**self._account, "now": look.now, "thread": look.thread}
        for page in range(MAX_PAGES):
            answer, items = await self._list(exchange, wire, inbound.items, inbound.empty, look.now)
            fresh = {as_text(item) for item in items} - seen
            seen |= fresh
            texts = (inbound_from(inbound, item, values, look.now) for item in items)
            found += (text for text in texts if text is not None)
            offset += len(items)
            full = inbound.page_size is None or len(items) >= inbound.page_size
            following = self._following(inbound, answer, wire, look, offset, page + 1)
            if following is None or not fresh or not full:
                return found, True
            at = inbound.fields["at"]
            if inbound.newest_first and all(_older(item, at, look.since) for item in items):
                return found, True
            wire = following
        return found, False

    async def _list(
        self, exchange: Exchange, wire: Wire, path: str, empty: Test | None, now: datetime
    ) -> tuple[Reply, list[object]]:
        answer = await exchange(wire)
        if isinstance(answer, Broken):
            raise GatewayTrouble(answer.why, "Replies will be fetched again.")
        self._clocks.hear(answer.date, now)
        if empty is not None and passes(empty, answer, self._account):
            return answer, []
        items = items_in(answer, path) if answer.status == 200 else None
        if items is None:
            raise GatewayTrouble(_not_a_list(answer), "Replies will be fetched again.")
        return answer, items

    def _following(
        self,
        inbound: Inbound,
        answer: Reply,
        wire: Wire,
        look: _Look,
        offset: int,
        page: int,
    ) -> Wire | None:
        """Return the request for the page after this one, at the same host and no other."""
        if inbound.kind is InboundKind.PULL_ONCE:
            # What was handed out is gone there: it is stored before more is asked for.
            return None
        if inbound.next is None:
            return None if inbound.page_size is None else self._page(inbound, look, offset, page)
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

    def _page(self, inbound: Inbound, look: _Look, offset: int, page: int) -> Wire:
        values = {**_page_values(look, offset, page), "thread": look.thread}
        return self._request(inbound.call, values)

    async def _receipts(
        self, exchange: Exchange, status: Status, waiting: Sequence[Waiting], now: datetime
    ) -> tuple[tuple[Receipt, ...], str]:
        receipts: list[Receipt] = []
        trouble = ""
        for text in self._turn(status, waiting):
            to = number_for(self._preset, self._account, text.number)
            values: Values = {"ref": text.ref, "id": text.gateway_id or "", "to": to, "now": now}
            wire = self._request(status.call, values)
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
        needs_id = "id" in status.call.path.names | names_in(status.call.query)
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


def _page_values(look: _Look, offset: int, page: int) -> Values:
    return {
        "since": look.since,
        "until": look.until,
        "offset": str(offset),
        "page": str(page + 1),
        "page_from_zero": str(page),
        "now": look.now,
    }


def _windows(
    since: datetime, now: datetime, window_s: int | None
) -> list[tuple[datetime, datetime]]:
    """Return the stretches of time to ask for, oldest first; the last one ends now."""
    if window_s is None:
        return [(since, now)]
    longest = timedelta(seconds=window_s)
    found = [(since, min(now, since + longest))]
    while found[-1][1] < now:
        start = found[-1][1]
        found.append((start, min(now, start + longest)))
    return found[-MAX_PAGES:]


def _older(item: object, path: str | None, since: datetime) -> bool:
    """Return whether an item says it is from before `since`; what says nothing is not."""
    moment = read_moment(find_text(item, path)) if path else None
    return moment is not None and moment < since


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
