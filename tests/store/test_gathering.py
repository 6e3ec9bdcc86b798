"""What the file knows about people: for one or for hundreds, the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from shopbell.domain.consent import How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.promises import Frequency
from shopbell.domain.wishes import Channel
from shopbell.services.outbox import Submitted
from shopbell.store.gathering import gather, gather_many
from shops import ANA, BO, PASSPHRASE, Counter, open_counter

CY = E164("+12125550103")
NOBODY = E164("+12125550199")


async def lived_in(path: Path) -> Counter:
    """Return a shop where each person has something on file."""
    counter = await open_counter(path, PASSPHRASE)
    for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind"), (CY, "Cy Moss")):
        await counter.add(number, name)
    await counter.agree(ANA, Purpose.SERVICE, ("orders",))
    await counter.agree(ANA, Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30)
    await counter.submit(topic="orders")
    await counter.deliver()
    await counter.shop.wishes.record(CY, channel=Channel.CALL, language="es")
    await counter.shop.consents.opt_out(BO, How.SPOKEN, "at the till")
    counter.hears("thanks!!", ANA, "in-1")
    counter.hears("enough roses for now", CY, "in-2")
    await counter.shop.delivery.sync()
    return counter


async def test_hundreds_are_gathered_as_each_of_them_is(tmp_path: Path) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    store, now = counter.shop._desk.store, counter.clock.now()
    numbers = (NOBODY, CY, ANA, BO)
    together = await store.read(gather_many, numbers, now)
    alone = [await store.read(gather, number, now) for number in numbers]
    assert list(together) == alone
    nobody, cy, ana, bo = together
    assert (nobody.contact, nobody.consents, nobody.past) == (None, (), ())
    assert cy.contact is not None
    assert cy.wishes.channel is Channel.CALL
    assert cy.unclear_stop_at is not None
    assert [event.purpose for event in ana.consents] == [Purpose.SERVICE, Purpose.MARKETING]
    assert len(ana.past) == 1
    assert (ana.last_inbound_at, ana.unclear_stop_at) == (now, None)
    assert bo.suppression is not None
    await counter.shop.close()


async def test_a_text_judged_again_does_not_count_against_itself(tmp_path: Path) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    store, now = counter.shop._desk.store, counter.clock.now()
    (text,) = (await counter.shop.outbox.find(number=ANA)).rows
    assert (await store.read(gather, ANA, now, except_text=text.id)).past == ()
    assert (await store.read(gather, ANA, now + timedelta(days=401))).past == ()
    await counter.shop.close()


async def test_what_was_welcomed_and_what_a_text_answers_are_known_of_each(tmp_path: Path) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    sent = await counter.shop.welcomes.send(ANA)
    assert isinstance(sent, Submitted)
    assert sent.text is not None
    store, now = counter.shop._desk.store, counter.clock.now()
    bo, ana = await store.read(gather_many, (BO, ANA), now)
    assert (bo.welcomes, bo.occasions, ana.occasions) == ((), (), ())
    (welcome,) = ana.welcomes
    assert (welcome.topics, welcome.often) == (("offers",), Frequency(n=4, days=30))
    assert set(welcome.consents) <= {event.id for event in ana.consents}
    again = await store.read(gather, ANA, now, except_text=sent.text.id)
    assert [occasion.id for occasion in again.occasions] == [sent.text.occasion]
    await counter.shop.close()
