"""The services themselves, as both other doors use them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from doors.door import Street, topic_of
from shopbell.domain.consent import How, Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164, TextId
from shopbell.errors import ShopbellError
from shopbell.services.shop import Shop


class ServicesDoor:
    """Calls the services and answers with the sentences they gave."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def send(self, number: E164, text: str, purpose: Purpose = Purpose.SERVICE) -> str:
        draft = TextDraft(number=number, body=text, purpose=purpose, topic=topic_of(purpose))
        submitted = await self._shop.outbox.submit(draft)
        said = [reason.sentence for reason in submitted.judged.decision.reasons]
        if submitted.text is not None:
            await self._shop.delivery.deliver(only=submitted.text.id)
            latest = await self._shop.outbox.get(submitted.text.id)
            said += [latest.state, latest.detail]
        return " ".join(said)

    async def stop(self, number: E164) -> str:
        done = await self._shop.consents.opt_out(number, How.IN_PERSON)
        return f"canceled {done.canceled}"

    async def fetch(self) -> str:
        await self._shop.delivery.sync()
        await self._shop.delivery.deliver()
        return ""

    async def bring_in(self, file: Path) -> str:
        try:
            report = await self._shop.imports.run(file)
        except ShopbellError as error:
            return error.message
        return f"{report.counts.new} new"

    async def settle(self, text_id: TextId) -> str:
        settled = await self._shop.outbox.settle(text_id)
        return f"{settled.state} {settled.detail}"


@asynccontextmanager
async def services_door(street: Street) -> AsyncIterator[ServicesDoor]:
    """Open the file and take the sending."""
    async with street.inside() as shop:
        assert await shop.delivery.take("a test of promises")
        yield ServicesDoor(shop)
