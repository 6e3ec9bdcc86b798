"""What is read of people in outline is what is known of each of them in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiences import outline_of
from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import Act, Basis, How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.outlines import Outline
from shopbell.domain.promises import Frequency
from shopbell.domain.texts import State
from shopbell.domain.wishes import Channel
from shopbell.services.outbox import Submitted
from shopbell.store import consents
from shopbell.store.gathering import gather, gather_many
from shopbell.store.outlines import longest_promise, outlines
from shopbell.store.times import to_text
from shops import ANA, BO, PASSPHRASE, Counter, a_yes, open_counter

if TYPE_CHECKING:
    from sqlite_utils import Database

CY, DEE, ELI = E164("+12125550103"), E164("+12125550104"), E164("+12125550105")
NOBODY = E164("+12125550199")
FAY = E164("+12125550106")
GUS = E164("+12125550107")
EVERYBODY = (NOBODY, ELI, CY, ANA, DEE, BO, FAY, GUS)
DAY = timedelta(days=1)


async def lived_in(path: Path) -> Counter:
    """Return a shop where each person has something else on file."""
    counter = await open_counter(path, PASSPHRASE)
    for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind"), (CY, "Cy Moss"), (DEE, "Dee")):
        await counter.add(number, name)
    await counter.add(ELI, "Eli Cole")
    await counter.add(FAY, "Fay Vale")
    await counter.add(GUS, "Gus Stone")
    await counter.shop._desk.store.write(_wants_few)
    await counter.agree(ANA, Purpose.SERVICE, ("orders",))
    await counter.agree(ANA, Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30)
    await counter.submit(topic="orders")
    await counter.deliver()
    await counter.shop.wishes.record(CY, channel=Channel.CALL, language="es")
    await counter.shop.wishes.record(DEE, language="es")
    await counter.shop.consents.opt_out(BO, How.SPOKEN, "at the till")
    await counter.shop.complaints.open(
        ComplaintDraft(
            number=FAY,
            kind=ComplaintKind.ORDER,
            words="",
            how=How.PHONE,
            at=counter.clock.now(),
        )
    )
    counter.hears("thanks!!", ANA, "in-1")
    counter.hears("enough roses for now", ELI, "in-2")
    await counter.shop.delivery.sync()
    return counter


def _wants_few(db: Database) -> None:
    db.execute(
        "INSERT INTO wish (contact_id, language, most_n, most_days)"
        " SELECT id, '', 1, 30 FROM contact WHERE number = ?",
        (GUS,),
    )


def texts_of_the_past(db: Database, counter: Counter) -> None:
    """Give everybody texts of many kinds, from long ago to some days ahead."""
    now = counter.clock.now()
    row = db.execute("SELECT max(id) FROM decision").fetchone()
    kinds = [
        (number, purpose, state, days, footer)
        for number in (ANA, BO, DEE)
        for purpose in (Purpose.MARKETING, Purpose.SERVICE)
        for state in (State.DELIVERED, State.FAILED, State.UNKNOWN, State.WAITING)
        for days, footer in ((1, ""), (12, " STOP to end"), (29, ""), (31, " STOP to end"))
    ]
    kinds += [
        (ELI, Purpose.MARKETING, State.SENT, 120, ""),
        (CY, Purpose.SERVICE, State.SENT, 9, ""),
    ]
    kinds += [(CY, Purpose.SERVICE, State.SENT, 401, "")]
    for index, (number, purpose, state, days, footer) in enumerate(kinds):
        written = now - days * DAY - timedelta(minutes=index)
        starts = None if state is State.WAITING else to_text(written + timedelta(minutes=5))
        waits = to_text(written + 5 * DAY) if state is State.WAITING else None
        db.execute(
            "INSERT INTO text (ref, number, purpose, topic, body, final_text, encoding, units,"
            " segments, name_added, footer, state, decision_id, gateway, attempts, started_at,"
            " not_before, detail, created_at, updated_at) VALUES (?, ?, ?, NULL, 'x', 'x', 'gsm7',"
            " 1, 1, 1, ?, ?, ?, 'practice', 1, ?, ?, '', ?, ?)",
            (f"old-{index}", number, purpose, footer, state, row[0], starts, waits)
            + (to_text(written),) * 2,
        )


@pytest.mark.parametrize("purpose", [Purpose.MARKETING, Purpose.SERVICE])
@pytest.mark.parametrize(
    "back", [DAY, 7 * DAY, 30 * DAY, 365 * DAY], ids=lambda back: f"{back.days}"
)
async def test_an_outline_says_what_all_that_is_known_says(
    tmp_path: Path, purpose: Purpose, back: timedelta
) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    store, now = counter.shop._desk.store, counter.clock.now()
    await store.write(texts_of_the_past, counter)
    since = now - back
    found = await store.read(outlines, EVERYBODY, purpose, now, since)
    people = await store.read(gather_many, EVERYBODY, now)
    assert found == tuple(outline_of(person, purpose, since) for person in people)
    by_number = dict(zip(EVERYBODY, found, strict=True))
    assert [number for number in EVERYBODY if by_number[number].stands_out] == [
        ELI,
        CY,
        BO,
        FAY,
        GUS,
    ]
    await counter.shop.close()


async def test_a_number_that_nobody_has_is_empty(tmp_path: Path) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    store, now = counter.shop._desk.store, counter.clock.now()
    (nobody,) = await store.read(outlines, (NOBODY,), Purpose.MARKETING, now, now - DAY)
    assert nobody == Outline(
        contact_id=None,
        name="",
        region=None,
        zone=None,
        stands_out=False,
        acts=(),
        first_act_at=None,
        last_act_at=None,
        welcomed=(),
        last_heard_at=None,
        last_footer_at=None,
        past=(),
    )
    assert await store.read(outlines, (), Purpose.MARKETING, now, now - DAY) == ()
    await counter.shop.close()


async def test_acts_come_in_the_order_in_which_they_were_said(tmp_path: Path) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    store, now = counter.shop._desk.store, counter.clock.now()
    acts = [
        a_yes(DEE, Purpose.MARKETING, ("offers",), at=now - 9 * DAY),
        replace(a_yes(DEE, Purpose.SERVICE, at=now - 20 * DAY), basis=Basis.PURCHASE),
        replace(a_yes(DEE, Purpose.MARKETING, at=now - 3 * DAY), act=Act.REVOKED),
    ]
    await store.write(consents.append_many, acts, now)
    (dee,) = await store.read(outlines, (DEE,), Purpose.MARKETING, now, now - DAY)
    assert [(act.purpose, act.act, act.basis) for act in dee.acts] == [
        (Purpose.SERVICE, Act.GRANTED, Basis.PURCHASE),
        (Purpose.MARKETING, Act.GRANTED, Basis.EXPRESS),
        (Purpose.MARKETING, Act.REVOKED, Basis.EXPRESS),
    ]
    assert (dee.first_act_at, dee.last_act_at) == (now - 20 * DAY, now - 3 * DAY)
    assert dee == outline_of(await store.read(gather, DEE, now), Purpose.MARKETING, now - DAY)
    await counter.shop.close()


async def test_what_a_welcome_promised_is_known(tmp_path: Path) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    sent = await counter.shop.welcomes.send(ANA)
    assert isinstance(sent, Submitted)
    store, now = counter.shop._desk.store, counter.clock.now()
    ana, dee = await store.read(outlines, (ANA, DEE), Purpose.MARKETING, now, now - DAY)
    assert (ana.welcomed, dee.welcomed) == ((Frequency(n=4, days=30),), ())
    await counter.shop.close()


async def test_the_longest_promise_is_of_a_yes_or_of_a_welcome(tmp_path: Path) -> None:
    counter = await open_counter(tmp_path / "shop.db", PASSPHRASE)
    store, now = counter.shop._desk.store, counter.clock.now()
    assert await store.read(longest_promise) == timedelta(0)
    await counter.add(ANA, "Ana Reyes")
    await counter.agree(ANA, Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30)
    assert await store.read(longest_promise) == 30 * DAY
    await counter.shop.welcomes.send(ANA)
    await store.write(lambda db: db.execute("UPDATE welcomed SET promised_days = 90"))
    assert await store.read(longest_promise) == 90 * DAY
    assert now == counter.clock.now()
    await counter.shop.close()


async def test_the_past_is_read_from_an_index_that_holds_all_of_it(tmp_path: Path) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    store, now = counter.shop._desk.store, counter.clock.now()
    asked: list[str] = []

    def watched(db: Database) -> None:
        db.conn.set_trace_callback(asked.append)
        outlines(db, (ANA, BO), Purpose.MARKETING, now, now - DAY)
        gather_many(db, (ANA, BO), now)
        db.conn.set_trace_callback(None)
        plans = [
            row[3]
            for query in asked
            if " FROM text " in query
            for row in db.execute(f"EXPLAIN QUERY PLAN {query}")
        ]
        assert len(plans) >= 3
        assert all("USING COVERING INDEX text_past" in plan for plan in plans if "text" in plan)

    await store.read(watched)
    await counter.shop.close()


async def test_whoever_wishes_for_fewer_texts_stands_out(tmp_path: Path) -> None:
    counter = await lived_in(tmp_path / "shop.db")
    store, now = counter.shop._desk.store, counter.clock.now()
    (before,) = await store.read(outlines, (DEE,), Purpose.MARKETING, now, now - DAY)
    await counter.shop.wishes.record(DEE, most=Frequency(n=1, days=30))
    (dee,) = await store.read(outlines, (DEE,), Purpose.MARKETING, now, now - DAY)
    assert (before.stands_out, dee.stands_out) == (False, True)
    assert dee == outline_of(await store.read(gather, DEE, now), Purpose.MARKETING, now - DAY)
    await counter.shop.close()
