"""The whole look: what is in order, and each kind of tampering by its own fault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shopbell.domain.consent import How, Purpose
from shopbell.domain.ledger import GENESIS
from shopbell.errors import BadInput
from shops import ANA, BO, Counter, a_yes

if TYPE_CHECKING:
    from sqlite_utils import Database

NAMES = ["texts", "parts", "decisions", "stops", "imports", "search"]


async def behind_our_back(counter: Counter, *statements: str) -> None:
    """Change the file as somebody with the passphrase could."""

    def step(db: Database) -> None:
        for (trigger,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)

    await counter.shop._desk.store.write(step)


@pytest.fixture
async def lived_in(counter: Counter, tmp_path: Path) -> Counter:
    """A shop with a delivered, a held and a canceled text, a stop and an import."""
    file = tmp_path / "till.csv"
    file.write_text("Name,Phone\nCy Moss,212-555-0103\nBad,12\n", encoding="utf-8")
    await counter.shop.imports.run(file)
    for number in (ANA, BO):
        await counter.add(number, "Somebody")
        await counter.agree(number, topics=("orders",))
    await counter.submit(number=ANA, topic="orders")
    await counter.deliver()
    counter.clock.advance(hours=10)
    await counter.submit(number=ANA, topic="orders")
    await counter.submit(number=BO, topic="orders")
    await counter.shop.consents.opt_out(BO, How.SPOKEN)
    return counter


async def test_a_shop_that_is_lived_in_is_whole(lived_in: Counter) -> None:
    found = await lived_in.shop.checking.whole()
    assert found.ok, found
    assert [one.name for one in found.balances] == NAMES
    assert {one.name: one.looked_at for one in found.balances} == {
        "texts": 3,
        "parts": 3,
        "decisions": 1,
        "stops": 1,
        "imports": 1,
        "search": 3,
    }
    assert found.ledger.entries == 3
    assert (await lived_in.shop.consents.check_ledger())[1] == found.ledger.head


@pytest.mark.parametrize(
    ("statement", "name", "says"),
    [
        ("UPDATE text SET state = 'delivered' WHERE id = 2", "texts", "Text 2 is delivered, but"),
        ("DELETE FROM text_event WHERE text_id = 1", "texts", "Nothing is on file"),
        ("UPDATE text SET segments = 4 WHERE id = 1", "parts", "written down as 4 parts"),
        ("UPDATE text SET final_text = 'x' WHERE id = 3", "parts", "Text 3"),
        ("UPDATE decision SET verdict = 'refuse'", "decisions", "Text 1 left though"),
        (
            "UPDATE decision SET number = '+12125550199'",
            "decisions",
            "Text 1 left though its decision did not allow it.",
        ),
        ("UPDATE text SET state = 'held' WHERE id = 3", "stops", "Text 3 waits for a number"),
        ("UPDATE import_batch SET granted = 9", "imports", "Import 1 says 9 yeses"),
        ("UPDATE import_batch SET new = 0", "imports", "Import 1 says 0 new people, and 1"),
        ("DELETE FROM contact_fts WHERE rowid = 1", "search", "Contact 1 cannot be found"),
        (
            "INSERT INTO contact_fts (rowid, name) VALUES (99, 'ghost')",
            "search",
            "The search still knows contact 99",
        ),
    ],
)
async def test_whatever_does_not_add_up_is_told_with_its_number(
    lived_in: Counter, statement: str, name: str, says: str
) -> None:
    await behind_our_back(lived_in, statement)
    found = await lived_in.shop.checking.whole()
    assert not found.ok
    wrong = {one.name: one.faults for one in found.balances if not one.ok}
    assert any(says in fault for fault in wrong[name]), wrong


async def test_a_confirmation_of_the_stop_may_wait_for_a_stopped_number(
    lived_in: Counter,
) -> None:
    await behind_our_back(
        lived_in,
        "UPDATE text SET state = 'held', purpose = 'compliance' WHERE id = 3",
        "DELETE FROM text_event WHERE text_id = 3 AND state = 'canceled'",
    )
    found = await lived_in.shop.checking.whole()
    assert {one.name for one in found.balances if not one.ok} == set()


async def test_a_head_noted_today_vouches_for_today_tomorrow(lived_in: Counter) -> None:
    head = (await lived_in.shop.checking.whole()).ledger.head
    lived_in.clock.advance(days=1)
    await lived_in.agree(ANA, Purpose.MARKETING, ("offers",))
    for typed in (head, head[:12], f"  {head[:16].upper()} ", f"{head[:8]} {head[8:16]}"):
        found = await lived_in.shop.checking.whole(typed)
        assert found.ok
        assert (found.ledger.noted_at, found.ledger.since) == (3, 1)


async def test_an_end_cut_off_shows_by_the_noted_head_alone(lived_in: Counter) -> None:
    head = (await lived_in.shop.checking.whole()).ledger.head
    await behind_our_back(lived_in, "DELETE FROM consent WHERE id = (SELECT max(id) FROM consent)")
    assert (await lived_in.shop.checking.whole()).ok
    assert not (await lived_in.shop.checking.whole(head)).ok


@pytest.mark.parametrize("typed", ["abc", "0123456789a", "z" * 12, "0" * 65, "[/]", "\x1b[31m"])
async def test_what_is_no_head_is_refused(counter: Counter, typed: str) -> None:
    with pytest.raises(BadInput, match="no head of a ledger"):
        await counter.shop.checking.whole(typed)


async def test_a_new_shop_is_whole(counter: Counter) -> None:
    found = await counter.shop.checking.whole(GENESIS)
    assert found.ok
    assert (found.ledger.entries, found.ledger.since) == (0, 0)


async def test_a_file_is_known_by_the_entries_recorded_with_it(
    counter: Counter, tmp_path: Path
) -> None:
    from dataclasses import replace

    from shopbell.services.evidence import sha256_of

    scan, other = tmp_path / "sheet.jpg", tmp_path / "other.jpg"
    scan.write_bytes(b"signed")
    other.write_bytes(b"signed?")
    await counter.agree(BO)
    await counter.shop.consents.grant(replace(a_yes(), evidence_sha256=sha256_of(scan)))
    assert (await counter.shop.checking.named_by(scan)).entries == (2,)
    assert (await counter.shop.checking.named_by(other)).entries == ()
