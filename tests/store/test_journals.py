"""Reading SQLite's own journals: what is committed in them, and under which key."""

from __future__ import annotations

import pytest

from shopbell.store import connection
from shopbell.store.journals import (
    first_journal_page,
    journal_of,
    log_of,
    newest_commit,
    read_log,
)
from shopbell.store.keys import Key
from shopbell.store.pages import PAGE_BYTES, PageKey
from store.conftest import StartChild
from store.small import FULL, SmallFile, count_notes, notes

FRAME = 24 + PAGE_BYTES


@pytest.fixture
def crashed(shop: SmallFile, child: StartChild) -> SmallFile:
    """A file whose process was killed with three notes in the log only."""
    child("write_and_die", shop.path, shop.key.reveal().hex(), 3).wait()
    assert log_of(shop.path).stat().st_size > 3 * FRAME
    return shop


def recovered(shop: SmallFile) -> list[str]:
    """What SQLite itself finds, looking at a copy."""
    copy = shop.path.with_name("copy.db")
    copy.write_bytes(shop.path.read_bytes())
    log_of(copy).write_bytes(log_of(shop.path).read_bytes())
    with connection.briefly(copy, shop.key, shop.salt) as file:
        return [row[0] for row in file.execute("SELECT text FROM note ORDER BY id")]


def test_a_file_at_rest_has_no_journals(shop: SmallFile) -> None:
    assert read_log(shop.path).places == {}
    assert newest_commit(shop.path) is None
    assert first_journal_page(shop.path) is None


def test_the_log_of_a_crash_holds_pages_under_the_files_key(crashed: SmallFile) -> None:
    page_key = PageKey(crashed.key, crashed.salt)
    log = log_of(crashed.path).read_bytes()
    places = read_log(crashed.path).places
    assert places
    for number, place in places.items():
        assert page_key.verifies(number, log[place : place + PAGE_BYTES])
    newest = newest_commit(crashed.path)
    assert newest is not None
    assert page_key.verifies(*newest)
    assert not PageKey(Key(bytes(32)), crashed.salt).verifies(*newest)


def test_reading_stops_exactly_where_sqlite_stops(crashed: SmallFile) -> None:
    """Whatever frame is torn, a commit counts for us if and only if it counts for SQLite."""
    whole = log_of(crashed.path).read_bytes()
    places = read_log(crashed.path).places
    assert len(recovered(crashed)) == FULL + 3
    seen: set[int] = set()
    for frame in range((len(whole) - 32) // FRAME):
        torn = bytearray(whole)
        torn[32 + frame * FRAME + 24 + 1000] ^= 1
        log_of(crashed.path).write_bytes(torn)
        committed = read_log(crashed.path).places
        survived = len(recovered(crashed)) - FULL
        assert bool(committed) == bool(survived)
        assert all(place < 32 + frame * FRAME for place in committed.values())
        assert committed != places
        seen.add(survived)
    assert seen == {0, 1, 2}


def test_a_log_with_a_damaged_header_counts_for_nothing(crashed: SmallFile) -> None:
    whole = log_of(crashed.path).read_bytes()
    for offset in (0, 17, 25):
        torn = bytearray(whole)
        torn[offset] ^= 4
        log_of(crashed.path).write_bytes(torn)
        assert read_log(crashed.path).places == {}
        assert len(recovered(crashed)) == FULL
    for length in (0, 10, 31, 32, 32 + 23):
        log_of(crashed.path).write_bytes(whole[:length])
        assert read_log(crashed.path).places == {}
        assert newest_commit(crashed.path) is None


def test_frames_left_over_from_an_earlier_log_are_not_read(crashed: SmallFile) -> None:
    whole = bytearray(log_of(crashed.path).read_bytes())
    second = 32 + FRAME
    whole[second + 8 : second + 16] = b"leftover"
    log_of(crashed.path).write_bytes(whole)
    assert all(place < second for place in read_log(crashed.path).places.values())


def test_the_journal_of_a_cut_key_change_holds_pages_under_the_old_key(
    shop: SmallFile, child: StartChild
) -> None:
    new = Key(b"n" * 32)
    child("rekey_half_and_die", shop.path, shop.key.reveal().hex(), new.reveal().hex()).wait()
    assert journal_of(shop.path).exists()
    page = first_journal_page(shop.path)
    assert page is not None
    assert PageKey(shop.key, shop.salt).verifies(*page)
    assert not PageKey(new, shop.salt).verifies(*page)


def test_a_journal_that_sqlite_would_ignore_is_ignored(shop: SmallFile) -> None:
    for content in (b"", bytes(512), b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", b"x" * 5000):
        journal_of(shop.path).write_bytes(content)
        assert first_journal_page(shop.path) is None


def test_the_small_file_is_what_these_tests_think_it_is(shop: SmallFile) -> None:
    from sqlite_utils import Database

    with connection.briefly(shop.path, shop.key, shop.salt) as file:
        db = Database(file, execute_plugins=False)
        assert count_notes(db) == FULL == len(notes(db))
