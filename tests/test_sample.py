"""sample.db: the practice shop in the repository is whole, current, fictional and unreadable."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shopbell.domain.replies import Band
from shopbell.domain.texts import State
from shopbell.services.clock import FixedClock
from shopbell.services.demo import SAMPLE_NOW, SAMPLE_PASSPHRASE
from shopbell.services.drill import DrillShelf
from shopbell.services.opening import Opener, open_shop
from shopbell.services.shop import Shop

SAMPLE = Path(__file__).parents[1] / "sample.db"
RESERVED = re.compile(r"\+1[2-9]\d{2}55501\d{2}")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    copy = tmp_path / "copy.db"
    shutil.copyfile(SAMPLE, copy)
    shop = await open_shop(
        copy,
        Opener(secret=SAMPLE_PASSPHRASE),
        clock=FixedClock(SAMPLE_NOW),
        shelf=DrillShelf(),
    )
    yield shop
    await shop.close()


async def test_every_number_and_address_is_reserved_for_fiction(shop: Shop) -> None:
    people = (await shop.people.find(count=1000)).rows
    assert 110 <= len(people) <= 130
    assert all(RESERVED.fullmatch(row.number) for row in people)
    contacts = [await shop.people.get(row.id) for row in people]
    emails = {contact.email for contact in contacts if contact is not None and contact.email}
    assert emails
    assert all(email.endswith("@example.com") for email in emails)
    texts = (await shop.outbox.find(count=1000)).rows
    assert all(RESERVED.fullmatch(text.number) for text in texts)
    replies = (await shop.inbox.find(count=1000)).rows
    assert all(reply.number and RESERVED.fullmatch(reply.number) for reply in replies)


async def test_it_shows_every_kind_of_thing_a_newcomer_should_see(shop: Shop) -> None:
    assert shop.profile.practice
    people = (await shop.people.find(count=1000)).rows
    assert sum(row.marketing for row in people) >= 30
    assert sum(row.service for row in people) >= 50
    assert sum(row.suppressed for row in people) >= 5
    counts = await shop.outbox.counts(datetime(2026, 1, 1, tzinfo=UTC))
    for state in (State.DELIVERED, State.SENT, State.FAILED, State.UNKNOWN, State.HELD):
        assert counts.get(state, 0) >= 1, state
    replies = (await shop.inbox.find(count=1000)).rows
    assert replies[0].reading.band is Band.HOLD
    assert {Band.OPT_OUT, Band.NONE} <= {reply.reading.band for reply in replies}


async def test_its_ledger_is_sound(shop: Shop) -> None:
    broken, _ = await shop.consents.check_ledger()
    assert broken is None


async def test_opening_a_copy_leaves_the_original_alone(shop: Shop) -> None:
    before = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    await shop.people.find("ana")
    assert hashlib.sha256(SAMPLE.read_bytes()).hexdigest() == before
    assert not list(SAMPLE.parent.glob("sample.db-*"))


async def test_nothing_in_it_can_be_read_without_the_passphrase(shop: Shop) -> None:
    raw = SAMPLE.read_bytes()
    people = (await shop.people.find(count=20)).rows
    for row in people:
        assert row.number.encode() not in raw
        assert row.number[-10:].encode() not in raw
        assert row.name.encode() not in raw
    assert b"SQLite format 3" not in raw
    assert b"Fern" not in raw
