"""A till script that is killed at one chosen moment, in a process of its own (see `apart`).

Runs the real command line over the real services; only the moment of death is put in from outside.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from apart import remember_key, use
from shopbell.cli.app import shopbell
from shopbell.domain.gateway import GatewayConfig
from shopbell.services.clock import Clock, SystemClock
from shopbell.services.ports import Gateway, GatewayShelf
from shopbell.store import outbox, settling, welcomes
from shopbell.wiring import real_tools

STEPS = {
    "submit": outbox,
    "cancel": outbox,
    "write": outbox,
    "claim": outbox,
    "settle_send": settling,
    "keep": welcomes,
}
"""Steps of the store, each one transaction or part of one, by the module they are in."""


def die(*_args: object, **_kwargs: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def then_die(step: Callable[..., object]) -> Callable[..., object]:
    """Do the step, and die before its transaction is committed."""

    def doomed(*args: Any, **kwargs: Any) -> object:
        step(*args, **kwargs)
        die()

    return doomed


class DoomedShelf:
    """A shelf whose gateways die before, or right after, the request."""

    def __init__(self, shelf: GatewayShelf, moment: str) -> None:
        self._shelf = shelf
        self._moment = moment

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shelf, name)

    def connect(self, config: GatewayConfig) -> Gateway:
        gateway = self._shelf.connect(config)
        real = gateway.send

        async def send(outgoing: Any) -> object:
            if self._moment == "before-request":
                die()
            await real(outgoing)
            die()

        gateway.send = send
        return gateway


def main(
    moment: str, environment: Mapping[str, str | None], code: str, line: tuple[str, ...]
) -> None:
    """Run one command line until `moment`."""
    use(environment)
    remember_key(str(environment["SHOPBELL_PASSPHRASE"]), code)
    tools = real_tools(SystemClock())
    place, _, step = moment.partition(" ")
    if step:
        module = STEPS[step]
        setattr(module, step, die if place == "before" else then_die(getattr(module, step)))
    elif moment in {"before-request", "after-request"}:
        shelf = tools.shelf

        def doomed(clock: Clock) -> GatewayShelf:
            return DoomedShelf(shelf(clock), moment)

        tools = replace(tools, shelf=doomed)
    shopbell.main(line, prog_name="shopbell", obj=tools)
