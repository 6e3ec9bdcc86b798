"""Receives what a gateway pushes: delivery reports and replies.

Listens on this computer, or on a private address the owner configured, never wider. Every request
must know the path secret, and is answered "received" only after it is stored.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, quote

import httpx

from shopbell.domain.gateway import Collected, Receipt
from shopbell.domain.ids import Ref
from shopbell.domain.replies import InboundText
from shopbell.errors import GatewayTrouble, ShopbellError
from shopbell.gateways.address import near_enough
from shopbell.gateways.decode import kannel_text
from shopbell.gateways.listener import Asked, Talk, serving
from shopbell.gateways.paths import find_text
from shopbell.gateways.preset import Hook, Place, Preset, Reach, Source
from shopbell.gateways.receipts import storable
from shopbell.gateways.template import Values, render
from shopbell.gateways.when import read_moment

Sink = Callable[[Collected], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HookTarget:
    """Where the gateway reaches us."""

    host: str
    port: int
    secret: str = field(repr=False)

    @property
    def url(self) -> str:
        """The address with the path secret in it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/{quote(self.secret, safe='')}"


def hook_target(preset: Preset, account: Values) -> HookTarget | None:
    """Return where the account wants the gateway to reach us; None if nowhere.

    An address beyond this computer and private networks counts as nowhere.
    """
    if preset.hook is None:
        return None
    address = render(preset.hook.address, account)
    secret = render(preset.hook.secret, account)
    if not address or not secret:
        return None
    try:
        url = httpx.URL(address)
        host = "127.0.0.1" if url.host == "localhost" else url.host
        if url.scheme != "http" or not url.port or not near_enough(host, Reach.PRIVATE):
            return None
    except (httpx.InvalidURL, ValueError):
        return None
    return HookTarget(host=host, port=url.port, secret=secret)


def callback_for(target: HookTarget | None, ref: str) -> str:
    """Return the address for reports about one text; empty if the gateway can't reach us."""
    return "" if target is None else f"{target.url}/status?ref={quote(ref, safe='')}"


@asynccontextmanager
async def listen(
    hook: Hook, target: HookTarget, sink: Sink, now: Callable[[], datetime]
) -> AsyncIterator[str]:
    """Receive pushes while the context is open; yields the address.

    Raises:
        GatewayTrouble: the address can't be used on this computer.
    """

    async def respond(asked: Asked, talk: Talk) -> None:
        collected = _collected(hook, target, asked, now())
        if collected is None:
            await talk.answer(404)
            return
        try:
            await sink(collected)
        except ShopbellError:
            # Not stored, so not received: most gateways ask again later.
            await talk.answer(503)
            return
        except Exception:
            # Whatever it was, "received" would be a lie.
            await talk.answer(500)
            raise
        # Kannel would send any word of this answer to the customer as a text.
        await talk.answer(200, hook.answer.encode())

    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(serving(target.host, target.port, respond))
        except OSError:
            raise GatewayTrouble(
                f"Shopbell can't listen on {target.host} port {target.port}.",
                "Another program may use that port, or the address is not this computer's.",
            ) from None
        yield target.url


def _collected(hook: Hook, target: HookTarget, asked: Asked, now: datetime) -> Collected | None:
    secret, _, subject = asked.path.strip("/").rpartition("/")
    if not hmac.compare_digest(secret.encode(), target.secret.encode()):
        return None
    if subject == "status" and hook.status is not None:
        ref, word = _value(asked, hook.status.ref), _value(asked, hook.status.word)
        if not ref or not word:
            return None
        receipt = Receipt(
            ref=Ref(ref[:64]),
            gateway_id=None,
            word=word[:60],
            state=hook.status.map.get(word),
            detail="",
            at=now,
        )
        return Collected(receipts=(receipt,))
    if subject == "inbound" and hook.inbound is not None:
        found = {key: _value(asked, source) for key, source in hook.inbound.fields.items()}
        text = found.get("text", "")
        if hook.inbound.decode == "kannel":
            text = kannel_text(found["hex"], found["charset"])
        inbound = InboundText(
            sender=found["from"],
            text=storable(text),
            gateway_id=found.get("id", "")[:255],
            at=read_moment(found.get("at")) or now,
        )
        return Collected(inbound=(inbound,)) if inbound.sender or inbound.text else None
    return None


def _value(asked: Asked, source: Source) -> str:
    match source.place:
        case Place.QUERY:
            return storable(asked.value(source.name))
        case Place.FORM:
            fields = dict(parse_qsl(asked.body.decode("utf-8", errors="replace")))
            return storable(fields.get(source.name, ""))
        case Place.JSON:
            try:
                return storable(find_text(json.loads(asked.body), source.name))
            except (ValueError, RecursionError):
                return ""
