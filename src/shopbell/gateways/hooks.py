"""Receives what a gateway pushes: delivery reports and replies.

Listens on this computer, or on a private address the owner configured, never wider. Every request
must know the path secret, and is answered "received" only after it is stored.
"""

from __future__ import annotations

import hmac
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

import httpx

from shopbell.domain.gateway import Collected
from shopbell.errors import GatewayTrouble, ShopbellError
from shopbell.gateways.address import near_enough
from shopbell.gateways.listener import Asked, Talk, serving
from shopbell.gateways.preset import Preset, Reach
from shopbell.gateways.push_reading import read_push
from shopbell.gateways.pushed import Pushed
from shopbell.gateways.pushes import Hook
from shopbell.gateways.redact import Redactor
from shopbell.gateways.signatures import SignKey, genuine
from shopbell.gateways.template import Values, render

MOST_PUSHES = 600
PUSHES_WITHIN = timedelta(seconds=60)
"""At most so many pushes in so long are looked at; a shop gets a few a minute."""

Sink = Callable[[Collected], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HookTarget:
    """Where the gateway reaches us."""

    host: str
    port: int
    secret: str = field(repr=False)
    public: str = ""
    """The address of a tunnel to it; empty if there is none."""
    keys: tuple[SignKey, ...] = field(default=(), repr=False)
    """What pushes are signed with, one for each way the gateway may sign."""

    @property
    def url(self) -> str:
        """The address with the path secret in it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/{quote(self.secret, safe='')}"

    @property
    def knows_a_key(self) -> bool:
        """True if what pushes are signed with was filled in."""
        return any(held.key for held in self.keys)

    @property
    def outside(self) -> str:
        """The same as the gateway sees it through the tunnel; empty if there is none."""
        return f"{self.public.rstrip('/')}/{quote(self.secret, safe='')}" if self.public else ""


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
    return HookTarget(
        host=host,
        port=url.port,
        secret=secret,
        public=render(preset.hook.public, account) or "",
        keys=tuple(
            SignKey(
                key=render(sign.key, account) or "",
                user=render(sign.user, account) or "" if sign.user is not None else "",
                method=render(sign.method, account) or "" if sign.method is not None else "",
            )
            for sign in preset.hook.signs
        ),
    )


def callbacks_for(preset: Preset, account: Values, ref: str) -> dict[str, str]:
    """Return the addresses for reports about one text and for replies, as templates name them.

    Empty if the gateway can't reach us: one on the internet reaches us through a tunnel only.
    """
    target = hook_target(preset, account)
    url = ""
    if target is not None:
        url = target.outside or (target.url if preset.reach is Reach.PRIVATE else "")
    if not url:
        return {"callback": "", "reply_url": ""}
    return {
        "callback": f"{url}/status?ref={quote(ref, safe='')}",
        "reply_url": f"{url}/inbound",
    }


@asynccontextmanager
async def listen(
    hook: Hook,
    target: HookTarget,
    sink: Sink,
    now: Callable[[], datetime],
    redact: Redactor,
) -> AsyncIterator[str]:
    """Receive pushes while the context is open; yields the address.

    Raises:
        GatewayTrouble: the address can't be used on this computer.
    """
    lately: deque[datetime] = deque(maxlen=MOST_PUSHES)

    async def respond(asked: Asked, talk: Talk) -> None:
        moment = now()
        if len(lately) == MOST_PUSHES and moment - lately[0] < PUSHES_WITHIN:
            # They ask again later; a flood must not keep the file busy.
            await talk.answer(429)
            return
        lately.append(moment)
        collected = _collected(hook, target, asked, now(), redact)
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


def _collected(
    hook: Hook, target: HookTarget, asked: Asked, now: datetime, redact: Redactor
) -> Collected | None:
    secret, _, subject = asked.path.strip("/").rpartition("/")
    if not hmac.compare_digest(secret.encode(), target.secret.encode()):
        return None
    url = (target.public.rstrip("/") or target.url.rpartition("/")[0]) + asked.target
    pushed = Pushed(url=url, headers=asked.headers, body=asked.body)
    # Where the key was filled in, or anybody on the internet can knock, a signature is needed.
    if hook.signs and (target.knows_a_key or target.public):
        ways = zip(hook.signs, target.keys, strict=True)
        if not any(genuine(sign, held, pushed, now) for sign, held in ways):
            return None
    told = read_push(hook, subject, pushed, now, redact)
    if told.receipts or told.inbound:
        return Collected(receipts=told.receipts, inbound=told.inbound)
    # A signed push about something else (a call, a new contact) is received, and is nothing.
    return None if told.known or not (hook.signs and target.knows_a_key) else Collected()
