"""The shop in which conversations are held: a Tuesday morning with a little of everything."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from shopbell.domain.consent import How, Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shops import ANA, BO, NOW, Counter, open_counter

CY = E164("+12125550103")
DANA = E164("+12125550104")
NEW = E164("+12125550150")
TOMORROW = NOW + timedelta(days=1)


async def build(path: Path) -> None:
    """Make it at `path`.

    Ana said yes to orders and offers, Bo was never asked, Cy said stop, Dana wrote something that
    may be a stop; one text to Ana arrived, another one is meant for tomorrow.
    """
    counter = await open_counter(path)
    shop = counter.shop
    for number, name in (
        (ANA, "Ana Reyes"),
        (BO, "Bo Lind"),
        (CY, "Cy Moss"),
        (DANA, "Dana Cole"),
    ):
        await counter.add(number, name)
    await counter.agree(ANA, topics=("orders",))
    await counter.agree(ANA, Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30)
    await counter.agree(DANA, topics=("orders",))
    await shop.consents.opt_out(CY, How.IN_PERSON, "said it at the counter")
    await _this_morning(counter)
    await shop.close()


async def _this_morning(counter: Counter) -> None:
    counter.clock.advance(minutes=-30)
    await counter.submit("your roses are here.")
    await counter.deliver()
    await counter.shop.delivery.sync()
    counter.clock.advance(minutes=15)
    counter.hears("thanks, see you at noon", ANA, "in-1")
    counter.hears("enough roses for now", DANA, "in-2")
    await counter.shop.delivery.sync()
    await counter.shop.outbox.submit(
        TextDraft(number=ANA, body="your wreath is ready.", purpose=Purpose.SERVICE),
        not_before=TOMORROW,
    )
    counter.clock.advance(minutes=15)
