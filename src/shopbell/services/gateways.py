"""The gateways of one shop file: set up, tested, and which one texts go through."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.gateway import CheckResult, GatewayConfig, PresetInfo
from shopbell.domain.pace import LONGEST_SECONDS, OwnPace, Pace, pace_of
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.ports import Gateway
from shopbell.store import gateway_book, gateway_care
from shopbell.store.gateway_book import GatewayState

if TYPE_CHECKING:
    from sqlite_utils import Database


class Gateways:
    """Presets on the shelf and gateways in the file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def presets(self) -> tuple[PresetInfo, ...]:
        """Return every preset this copy of Shopbell knows."""
        return self._desk.shelf.presets()

    async def configured(self) -> tuple[GatewayState, ...]:
        """Return the gateways in this file, the active one first. Secrets are inside: mask them."""
        return await self._desk.store.read(gateway_book.all_states)

    async def active(self) -> GatewayState | None:
        """Return the gateway that texts go through."""
        return await self._desk.store.read(gateway_book.active)

    async def set_up(self, config: GatewayConfig) -> None:
        """Save a gateway and make it the active one.

        Raises:
            BadInput: a field is missing or not allowed, or a practice file is to leave practice.
        """
        preset = self._desk.shelf.preset(config.preset_id)
        if self._desk.profile.practice and not preset.practice:
            raise BadInput(
                "This is a practice shop: nothing can leave this computer.",
                "Make a real shop file with 'shopbell new' to use a real gateway.",
                code="practice_file",
            )
        self._desk.shelf.check_account(config.preset_id, config.account)
        await self._desk.store.write(_save, config, self._desk.clock.now())
        self._desk.tell(Changed.GATEWAYS)

    async def use(self, name: str) -> None:
        """Let texts go through a gateway that is set up already.

        Raises:
            BadInput: none of that name is set up.
        """
        found = [state for state in await self.configured() if state.config.name == name]
        if not found:
            raise _unknown(name)
        await self.set_up(found[0].config)

    async def pace(self) -> Pace:
        """Return how fast texts leave through the active gateway.

        Raises:
            GatewayTrouble: none is set up yet.
        """
        config, gateway = await self.connect()
        state = await self.active()
        own = None if state is None or state.config.name != config.name else state.pace
        return pace_of(gateway.info.per_second, own)

    async def pace_at(self, name: str) -> Pace:
        """Return how fast texts leave through one of the gateways that are set up.

        Raises:
            BadInput: none of that name is set up, or its preset is not there.
        """
        for state in await self.configured():
            if state.config.name == name:
                per_second = self._desk.shelf.preset(state.config.preset_id).per_second
                return pace_of(per_second, state.pace)
        raise _unknown(name)

    async def set_pace(self, name: str, own: OwnPace | None) -> None:
        """Say how fast texts leave through a gateway; None leaves it to the gateway.

        Raises:
            BadInput: none of that name is set up, or it would stand still.
        """
        if own is not None and not own.is_usable:
            raise BadInput(
                f"Between two texts can be 0 to {LONGEST_SECONDS:.0f} seconds, and as many more "
                "by chance.",
                "For example 8 and 4: one text every 8 to 12 seconds.",
                code="bad_pace",
            )
        if not await self._desk.store.write(gateway_book.set_pace, name, own):
            raise _unknown(name)
        self._desk.tell(Changed.GATEWAYS, Changed.CAMPAIGNS)

    async def connect(self) -> tuple[GatewayConfig, Gateway]:
        """Return the active gateway, live.

        Raises:
            GatewayTrouble: none is set up yet.
        """
        state = await self.active()
        if state is None:
            raise GatewayTrouble(
                "No gateway is set up yet.",
                "Choose one under Gateways, or with 'shopbell gateway set'.",
                code="no_gateway",
            )
        return state.config, self._desk.shelf.connect(state.config)

    async def test(self) -> CheckResult:
        """Test connection and login of the active gateway; sends no text."""
        _, gateway = await self.connect()
        return await gateway.check()


def _unknown(name: str) -> BadInput:
    return BadInput(
        f"No gateway “{name}” is set up.", "See 'shopbell gateway list'.", code="no_gateway"
    )


def _save(db: Database, config: GatewayConfig, now: datetime) -> None:
    before = {state.config.name: state.config for state in gateway_book.all_states(db)}
    gateway_book.save(db, config)
    known = before.get(config.name)
    if known is None or (known.preset_id, known.account) != (config.preset_id, config.account):
        gateway_care.account_changed(db, config.name, now)
