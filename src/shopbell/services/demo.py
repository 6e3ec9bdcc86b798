"""The demonstration: a private copy of the practice shop, and one full round through it.

Everything goes through the services and over a real practice gateway; nothing leaves this
computer. Must not touch the packaged sample itself, nor leave anything behind.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Protocol

from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.decision import Code, Reason, Verdict
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import GatewayConfig
from shopbell.domain.ids import E164, TextId
from shopbell.domain.importing import ImportCounts
from shopbell.domain.replies import Reply
from shopbell.domain.secret import Secret
from shopbell.domain.texts import OPEN_AT_GATEWAY, OutboundText, State
from shopbell.errors import FileMissing
from shopbell.services.clock import Clock, ShiftedClock
from shopbell.services.consent_steps import Recorded
from shopbell.services.events import Event
from shopbell.services.opening import Opener, open_shop
from shopbell.services.ports import GatewayShelf
from shopbell.services.shop import Shop

SAMPLE_PASSPHRASE = Secret("fern finch practice shop")
"""No secret: it stands in the README, so that anybody can look into the practice shop."""

SAMPLE_NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
"""When the practice shop's day begins: Tue 24 Nov 2026, 10:42 in New York."""

CUSTOMER = E164("+15185550141")
"""The person of `demo_data/till.csv` whom the round is about."""

_WORDS = "Text me when my order is ready. Reply STOP to end."
_BODY = "hi Maya, your order is ready. We're open until 6."
_TRIES = 100
_PAUSE_SECONDS = 0.1


class PracticeText(Protocol):
    """One text a practice gateway accepted."""

    @property
    def to(self) -> str:
        """The number."""
        ...

    @property
    def arrivals(self) -> int:
        """How often it reached the phone."""
        ...


class Practice(Protocol):
    """A practice gateway that is running."""

    @property
    def account(self) -> dict[str, str]:
        """The account fields that reach it."""
        ...

    def seen(self) -> Sequence[PracticeText]:
        """Return every text it accepted."""
        ...

    def reply(self, sender: str, text: str) -> object:
        """Let a customer write."""
        ...


PracticeServer = Callable[[], AbstractAsyncContextManager[Practice]]
"""Runs a practice gateway beside the event loop while the context is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the round and how it went."""

    step: str
    ok: bool
    detail: str


def sample_file() -> Path:
    """Return the packaged practice shop: in the wheel, or at the top of a checkout.

    Raises:
        FileMissing: it is in neither place.
    """
    packaged = Path(str(resources.files("shopbell"))) / "sample.db"
    for path in (packaged, packaged.parents[2] / "sample.db"):
        if path.is_file():
            return path
    raise FileMissing(
        "The practice shop that ships with Shopbell is missing.", "Install Shopbell again."
    )


@contextmanager
def private_copy(sample: Path) -> Iterator[Path]:
    """Copy the practice shop into a folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="shopbell-demo-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "practice.db"
        shutil.copyfile(sample, copy)
        copy.chmod(0o600)
        yield copy


@asynccontextmanager
async def practice_shop(
    path: Path, practice: Practice, *, clock: Clock, shelf: Callable[[Clock], GatewayShelf]
) -> AsyncIterator[Shop]:
    """Open a copy of the practice shop on its own day, over a running practice gateway."""
    pretend_clock = ShiftedClock(SAMPLE_NOW, clock)
    shop = await open_shop(
        path,
        Opener(secret=SAMPLE_PASSPHRASE),
        clock=clock,
        shelf=shelf(pretend_clock),
        pretend_clock=pretend_clock,
    )
    try:
        await send_through(shop, practice)
        yield shop
    finally:
        await shop.close()


async def send_through(shop: Shop, practice: Practice) -> None:
    """Have a practice shop send through this practice gateway."""
    await shop.gateways.set_up(
        GatewayConfig(
            name="practice",
            preset_id="practice",
            account=practice.account,
            price_micros=7_900,
            currency="USD",
        )
    )


async def start_practice(
    shop: Shop, server: PracticeServer | None, running: AsyncExitStack
) -> None:
    """Run a practice gateway beside a practice shop, unless the one it knows answers.

    It runs until `running` ends. A real shop gets none.
    """
    if not shop.profile.practice or server is None:
        return
    if await shop.gateways.active() is not None and (await shop.gateways.test()).ok:
        return
    await send_through(shop, await running.enter_async_context(server()))


async def round_trip(shop: Shop, practice: Practice) -> AsyncIterator[Step]:
    """Import, opt-in, send, receipt, STOP, refused: yield each step as it is done.

    Ends at the first step that does not go as it should.
    """
    steps = _Round(shop, practice)
    for name, step in (
        ("import", steps.bring_in),
        ("opt-in", steps.opt_in),
        ("send", steps.send),
        ("receipt", steps.receipt),
        ("STOP", steps.stop),
        ("refused", steps.refused),
    ):
        ok, detail = await step()
        yield Step(step=name, ok=ok, detail=detail)
        if not ok:
            return


class _Round:
    """What the steps of one round hand on to each other."""

    def __init__(self, shop: Shop, practice: Practice) -> None:
        self._shop = shop
        self._practice = practice
        self._text_id = TextId(0)

    async def bring_in(self) -> tuple[bool, str]:
        with resources.as_file(resources.files("shopbell.services.demo_data") / "till.csv") as path:
            report = await self._shop.imports.run(path)
        counts = report.counts
        there = await self._shop.people.by_number(CUSTOMER)
        return (
            there is not None and counts.read == 5 and counts.parked == 1,
            _counted(counts),
        )

    async def opt_in(self) -> tuple[bool, str]:
        before = await self._refusals()
        outcome = await self._shop.consents.grant(
            ConsentDraft(
                number=CUSTOMER,
                act=Act.GRANTED,
                purpose=Purpose.SERVICE,
                topics=(),
                wording=_WORDS,
                how=How.PAPER,
                at=self._shop.clock.now(),
            )
        )
        if not isinstance(outcome, Recorded):
            return False, outcome.sentence if isinstance(outcome, Reason) else outcome.why_not
        return (
            Code.NO_CONSENT in before,
            f"Refused before the yes; recorded as entry {outcome.event.id} of the ledger.",
        )

    async def send(self) -> tuple[bool, str]:
        submitted = await self._shop.outbox.submit(_draft())
        if submitted.text is None or submitted.judged.decision.verdict is not Verdict.ALLOW:
            return False, " ".join(r.sentence for r in submitted.judged.decision.reasons)
        self._text_id = submitted.text.id
        if not await self._shop.delivery.take("the demonstration"):
            return False, "Another process delivers for this copy."
        await self._shop.delivery.deliver(only=self._text_id)
        text = await self._text()
        return text.state in OPEN_AT_GATEWAY, f"{text.state}: {text.final.text}"

    async def receipt(self) -> tuple[bool, str]:
        for _ in range(_TRIES):
            await self._shop.delivery.sync()
            text = await self._text()
            if text.state is State.DELIVERED:
                return True, "The practice gateway reports it delivered."
            await self._shop.clock.sleep(_PAUSE_SECONDS)
        return False, f"No receipt came; the text is still {text.state}."

    async def stop(self) -> tuple[bool, str]:
        self._practice.reply(CUSTOMER, "Stop please")
        replies: list[Reply] = []

        def keep(event: Event) -> None:
            if event.reply is not None and event.reply.number == CUSTOMER:
                replies.append(event.reply)

        for _ in range(_TRIES):
            await self._shop.delivery.sync(keep)
            if replies:
                reading = replies[0].reading
                stopped = Code.OPTED_OUT in await self._refusals()
                return stopped, f"“{replies[0].text}”: {reading.why}"
            await self._shop.clock.sleep(_PAUSE_SECONDS)
        return False, "The reply never came."

    async def refused(self) -> tuple[bool, str]:
        submitted = await self._shop.outbox.submit(_draft())
        await self._shop.delivery.deliver()
        arrived = sum(text.arrivals for text in self._practice.seen() if text.to == CUSTOMER)
        sentences = " ".join(reason.sentence for reason in submitted.judged.decision.reasons)
        return submitted.text is None and arrived == 1, sentences or "It was not refused."

    async def _text(self) -> OutboundText:
        return await self._shop.outbox.get(self._text_id)

    async def _refusals(self) -> set[Code]:
        checked = await self._shop.outbox.check(_draft())
        return {reason.code for reason in checked.judged.decision.reasons}


def _counted(counts: ImportCounts) -> str:
    return (
        f"{counts.read} rows read: {counts.new} new, {counts.updated} updated, "
        f"{counts.unchanged} unchanged, {counts.duplicates} double, "
        f"{counts.suppressed} on the stop list, {counts.parked} parked."
    )


def _draft() -> TextDraft:
    return TextDraft(number=CUSTOMER, body=_BODY, purpose=Purpose.SERVICE)
