"""Imports made by the first version, after the file was brought up to date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shopbell.domain.ids import BatchId
from shopbell.domain.importing import BatchKind, ConsentCounts
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput
from shopbell.store import contacts, import_history, import_undo
from shopbell.store.schema import MIGRATIONS
from shopbell.store.store import Store, create
from shops import NOW

if TYPE_CHECKING:
    from sqlite_utils import Database

PASSPHRASE = Secret("frozen tulip since november")
STAMP = "2026-11-21T18:30:00.000000Z"


def fill(db: Database) -> None:
    """Two imports of the first version: one added Ana, one added Bo and changed somebody."""
    db.execute(
        "INSERT INTO shop VALUES (1, 'Fern', 'US', 'America/New_York', '[]', NULL, 1, ?, ?)",
        (STAMP, bytes(32)),
    )
    for batch, updated in ((1, 0), (2, 1)):
        db.execute(
            "INSERT INTO import_batch VALUES (?, 'old.csv', 'ab', ?, 1, ?, 0, 0, 0, 0)",
            (batch, STAMP, updated),
        )
    for number, batch in (("+12125550101", 1), ("+12125550102", 2)):
        db.execute(
            "INSERT INTO contact VALUES"
            " (NULL, ?, 'Ana', '', '', '[]', NULL, NULL, 'import:old.csv', ?, ?, ?)",
            (number, batch, STAMP, STAMP),
        )


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    path = tmp_path / "old.db"
    created = await create(path, PASSPHRASE, migrations=MIGRATIONS[:1], fill=fill)
    store = await Store.open(path, created.key)
    yield store
    await store.close()


async def test_the_history_of_the_first_version_is_still_there(store: Store) -> None:
    newest, oldest = await store.read(import_history.batches)
    assert (newest.id, oldest.id) == (2, 1)
    assert (newest.kind, newest.who, newest.undone) == (BatchKind.CONTACTS, "", None)
    assert (newest.counts.read, newest.consents) == (2, ConsentCounts())


async def test_contacts_of_the_first_version_have_no_birthday(store: Store) -> None:
    page = await store.read(contacts.find, "", 0, 10)
    people = [await store.read(contacts.get, row.id) for row in page.rows]
    assert [person.birthday for person in people if person is not None] == ["", ""]


async def test_an_old_import_that_only_added_can_be_taken_back(store: Store) -> None:
    report = await store.write(import_undo.undo, BatchId(1), NOW, 10)
    assert report.batch.undone is not None
    assert (report.batch.undone.removed, report.batch.undone.kept) == (1, 0)


async def test_an_old_import_that_changed_somebody_cannot_be(store: Store) -> None:
    with pytest.raises(BadInput) as refused:
        await store.write(import_undo.undo, BatchId(2), NOW, 10)
    assert refused.value.code == "not_remembered"
    assert (await store.read(contacts.find, "", 0, 10)).total == 2
