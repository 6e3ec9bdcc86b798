"""The one thread: steps, transactions, cancelling, and what happens under its feet."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import pytest

from shopbell.domain.secret import Secret
from shopbell.errors import (
    BadInput,
    Busy,
    DiskTrouble,
    Locked,
    ReadOnly,
    TooNew,
    VaultError,
    WrongPassphrase,
)
from shopbell.store import connected, connection, driver
from shopbell.store.journals import log_of
from shopbell.store.keys import read_recovery_code
from shopbell.store.store import Store
from store.small import (
    FULL,
    MIGRATIONS,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    SmallFile,
    add_note,
    count_notes,
    notes,
)

if TYPE_CHECKING:
    from sqlite_utils import Database


@pytest.fixture
async def store(shop: SmallFile) -> AsyncIterator[Store]:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    yield store
    await store.close()


@pytest.fixture
async def second(shop: SmallFile) -> AsyncIterator[Store]:
    """The same file, opened once more."""
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    yield store
    await store.close()


async def test_a_step_gets_its_arguments_and_returns_its_result(store: Store) -> None:
    def step(db: Database, first: int, *, second: str) -> tuple[int, str, int]:
        return first, second, count_notes(db)

    assert await store.read(step, 1, second="two") == (1, "two", FULL)
    assert await store.write(step, 1, second="two") == (1, "two", FULL)


@pytest.mark.parametrize("failure", [ZeroDivisionError, KeyboardInterrupt, asyncio.CancelledError])
async def test_a_write_that_fails_leaves_no_trace(
    store: Store, failure: type[BaseException]
) -> None:
    def step(db: Database) -> None:
        add_note(db, "half way")
        raise failure

    with pytest.raises(failure):
        await store.write(step)
    assert await store.read(count_notes) == FULL
    await store.write(add_note, "and on it goes")
    assert await store.read(count_notes) == FULL + 1


async def test_a_mistake_in_our_own_sql_stays_a_mistake(store: Store) -> None:
    with pytest.raises(driver.load().OperationalError, match="no such table"):
        await store.read(lambda db: db.execute("SELECT * FROM nowhere"))
    with pytest.raises(driver.load().IntegrityError):
        await store.write(lambda db: db.execute("INSERT INTO job (note_id) VALUES (999)"))


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO note (text) VALUES ('no')", "DELETE FROM note", "CREATE TABLE t (a)"],
)
async def test_a_read_cannot_write(store: Store, statement: str) -> None:
    with pytest.raises(ReadOnly):
        await store.read(lambda db: db.execute(statement))
    assert await store.read(count_notes) == FULL
    await store.write(add_note, "writing still works")


async def test_a_read_sees_one_unchanging_view(store: Store, second: Store) -> None:
    began, go_on = threading.Event(), threading.Event()

    def step(db: Database) -> tuple[int, int]:
        before = count_notes(db)
        began.set()
        go_on.wait()
        return before, count_notes(db)

    reading = asyncio.create_task(store.read(step))
    await asyncio.to_thread(began.wait)
    await second.write(add_note, "meanwhile")
    go_on.set()
    assert await reading == (FULL, FULL)
    assert await store.read(count_notes) == FULL + 1


async def test_a_step_that_would_read_after_its_transaction_is_refused(store: Store) -> None:
    def step(db: Database) -> Iterator[str]:
        yield from notes(db)

    with pytest.raises(TypeError, match="generator"):
        await store.read(step)


async def test_steps_run_in_order_on_one_thread_that_is_not_the_loops(store: Store) -> None:
    order: list[int] = []
    threads: set[int] = set()

    def step(_: Database, number: int) -> None:
        order.append(number)
        threads.add(threading.get_ident())

    await asyncio.gather(*(store.write(step, number) for number in range(20)))
    assert order == list(range(20))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_a_cancelled_write_that_has_begun_is_finished_whole(store: Store) -> None:
    began, go_on = threading.Event(), threading.Event()

    def step(db: Database) -> None:
        add_note(db, "first half")
        began.set()
        go_on.wait()
        add_note(db, "second half")

    writing = asyncio.create_task(store.write(step))
    await asyncio.to_thread(began.wait)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    go_on.set()
    assert (await store.read(notes))[FULL:] == ["first half", "second half"]


async def test_a_cancelled_write_that_has_not_begun_never_runs(store: Store) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slow(_: Database) -> None:
        began.set()
        go_on.wait()

    first = asyncio.create_task(store.write(slow))
    await asyncio.to_thread(began.wait)
    second = asyncio.create_task(store.write(add_note, "never"))
    await asyncio.sleep(0)
    second.cancel()
    # The thread is held back until the cancelling is through: what matters is who was first.
    with pytest.raises(asyncio.CancelledError):
        await second
    go_on.set()
    await first
    assert await store.read(count_notes) == FULL


async def test_giving_up_while_the_file_is_being_opened_closes_it_again(shop: SmallFile) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slow_migration(db: Database) -> None:
        began.set()
        go_on.wait()

    opening = asyncio.create_task(
        Store.open(shop.path, shop.key, migrations=(*MIGRATIONS, slow_migration))
    )
    await asyncio.to_thread(began.wait)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert connected.key_in_use(shop.path) is not None
    go_on.set()
    for _ in range(2000):
        if connected.key_in_use(shop.path) is None:
            break
        await asyncio.sleep(0.005)
    assert connected.key_in_use(shop.path) is None
    assert "shop.db-wal" not in shop.beside


async def test_a_long_step_can_be_stopped_and_tells_how_far_it_is(store: Store) -> None:
    stop = threading.Event()
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[int] = asyncio.Queue()

    def step(db: Database) -> int:
        done = 0
        while not stop.is_set():
            add_note(db, f"imported {done}")
            done += 1
            if done % 10 == 0:
                loop.call_soon_threadsafe(told.put_nowait, done)
        return done

    importing = asyncio.create_task(store.write(step))
    assert await told.get() == 10
    assert await told.get() == 20
    stop.set()
    assert await store.read(count_notes) == FULL + await importing


async def test_the_loop_runs_on_while_a_step_works(store: Store) -> None:
    go_on = threading.Event()
    working = asyncio.create_task(store.write(lambda _: go_on.wait()))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not working.done()
    go_on.set()
    await working


async def test_the_data_version_changes_when_somebody_else_writes_and_only_then(
    store: Store, second: Store
) -> None:
    version = await store.data_version()
    await store.write(add_note, "by ourselves")
    assert await store.data_version() == version
    await second.read(count_notes)
    assert await store.data_version() == version
    await second.write(add_note, "by somebody else")
    assert await store.data_version() != version


async def test_a_checkpoint_empties_the_log(store: Store, shop: SmallFile) -> None:
    await store.write(add_note, "in the log")
    assert log_of(shop.path).stat().st_size > 0
    assert await store.checkpoint()
    assert log_of(shop.path).stat().st_size == 0


async def test_a_checkpoint_does_not_wait_for_somebody_who_reads(
    store: Store, second: Store, shop: SmallFile
) -> None:
    began, go_on = threading.Event(), threading.Event()

    def step(db: Database) -> None:
        count_notes(db)
        began.set()
        go_on.wait()

    reading = asyncio.create_task(second.read(step))
    await asyncio.to_thread(began.wait)
    await store.write(add_note, "in the log")
    assert not await store.checkpoint()
    go_on.set()
    await reading
    assert await store.checkpoint()


async def test_after_a_pause_the_log_empties_itself(
    store: Store, shop: SmallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shopbell.store.store.IDLE_SECONDS", 0.01)
    await store.write(add_note, "in the log")
    for _ in range(2000):
        if log_of(shop.path).stat().st_size == 0:
            break
        await asyncio.sleep(0.005)
    assert log_of(shop.path).stat().st_size == 0


async def test_closing_leaves_no_timer_and_no_thread_behind(shop: SmallFile) -> None:
    before = threading.active_count()
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await store.write(add_note, "arms the timer")
    timer = store._idle
    assert timer is not None
    assert not timer.cancelled()
    await store.close()
    assert timer.cancelled()
    for thread in threading.enumerate():
        if thread.name.startswith("shop-file"):
            thread.join()
    assert threading.active_count() <= before


async def test_closing_twice_is_closing_once_and_a_closed_store_does_nothing(
    shop: SmallFile,
) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await asyncio.gather(store.close(), store.close())
    await store.close()
    for attempt in (store.read(count_notes), store.write(add_note, "no"), store.data_version()):
        with pytest.raises(Locked):
            await attempt


async def test_closing_waits_for_what_was_begun(shop: SmallFile) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    writing = [asyncio.create_task(store.write(add_note, f"{number}")) for number in range(5)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*writing)
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert await store.read(count_notes) == FULL + 5
    await store.close()


async def test_two_windows_read_and_write_the_same_file(store: Store, second: Store) -> None:
    await asyncio.gather(
        *(window.write(add_note, f"note {n}") for n in range(20) for window in (store, second))
    )
    assert await store.read(count_notes) == await second.read(count_notes) == FULL + 40


async def test_a_writer_who_never_finishes_is_not_waited_for_for_ever(
    store: Store, second: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await second.read(lambda db: db.execute("SELECT 1"))
    second._opened.connection.execute("PRAGMA busy_timeout = 50")
    began, go_on = threading.Event(), threading.Event()

    def step(db: Database) -> None:
        add_note(db, "slow")
        began.set()
        go_on.wait()

    writing = asyncio.create_task(store.write(step))
    await asyncio.to_thread(began.wait)
    with pytest.raises(Busy, match="did not finish in time"):
        await second.write(add_note, "no")
    assert await second.read(count_notes) == FULL
    go_on.set()
    await writing
    await second.write(add_note, "now it works")
    assert await second.read(count_notes) == FULL + 2


async def test_staging_leaves_the_file_free_for_everybody_else(store: Store, second: Store) -> None:
    began, go_on = threading.Event(), threading.Event()

    def stage(db: Database) -> None:
        db.execute("CREATE TEMP TABLE staged (row)")
        db.execute("INSERT INTO staged VALUES (1)")
        began.set()
        go_on.wait()

    staging = asyncio.create_task(store.stage(stage))
    await asyncio.to_thread(began.wait)
    await second.write(add_note, "meanwhile")
    go_on.set()
    await staging
    rows = await store.stage(lambda db: db.execute("SELECT * FROM staged").fetchall())
    assert rows == [(1,)]


async def test_opened_for_reading_only_the_file_is_not_changed(shop: SmallFile) -> None:
    before = shop.fingerprint()
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS, read_only=True)
    assert store.read_only_reason == "It was opened for reading only."
    assert await store.read(count_notes) == FULL
    with pytest.raises(ReadOnly) as caught:
        await store.write(add_note, "no")
    assert caught.value.hint == store.read_only_reason
    assert await store.checkpoint()
    await store.close()
    assert shop.fingerprint() == before
    assert shop.beside == ["shop.db"]


async def test_reading_only_works_beside_somebody_who_writes(store: Store) -> None:
    reader = await Store.open(store.path, store.key, migrations=MIGRATIONS, read_only=True)
    await store.write(add_note, "fresh")
    assert await reader.read(count_notes) == FULL + 1
    await reader.close()


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced", "folder"])
async def test_a_file_that_vanishes_is_noticed_before_the_next_commit(
    shop: SmallFile, how: str
) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await store.checkpoint()
    match how:
        case "deleted":
            shop.path.unlink()
        case "moved":
            shop.path.rename(shop.path.with_name("moved.db"))
        case "replaced":
            new = shop.path.with_name("new.db")
            new.write_bytes(shop.path.read_bytes())
            new.rename(shop.path)
        case _:
            shop.path.parent.rename(shop.path.parent.with_name("elsewhere"))
    with pytest.raises(DiskTrouble, match="no longer in its place"):
        await store.write(add_note, "into the void")
    await store.close()


async def test_a_file_that_another_version_has_updated_is_left_alone(
    shop: SmallFile, store: Store
) -> None:
    def newer(db: Database) -> None:
        db.execute("ALTER TABLE note ADD COLUMN mood TEXT")

    other = await Store.open(shop.path, shop.key, migrations=(*MIGRATIONS, newer))
    for attempt in (store.write(add_note, "old words"), store.read(count_notes)):
        with pytest.raises(TooNew, match="newer version"):
            await attempt
    await other.close()


async def test_a_new_passphrase_replaces_the_old_one_and_its_code(
    shop: SmallFile, store: Store
) -> None:
    number = store.file_number
    created = await store.rekey(OTHER_PASSPHRASE)
    assert created.file_number == number == store.file_number
    assert shop.path.read_bytes()[:16] == shop.salt
    assert store.key == created.key == read_recovery_code(created.recovery_code)
    await store.write(add_note, "under the new key")
    await store.close()
    for old in (PASSPHRASE, shop.key, read_recovery_code(shop.recovery_code)):
        with pytest.raises(WrongPassphrase):
            await Store.open(shop.path, old, migrations=MIGRATIONS)
    for new in (OTHER_PASSPHRASE, read_recovery_code(created.recovery_code)):
        again = await Store.open(shop.path, new, migrations=MIGRATIONS)
        assert await again.read(count_notes) == FULL + 1
        await again.close()
    assert shop.beside == ["shop.db"]


async def test_a_backup_from_before_opens_with_the_old_code(shop: SmallFile, store: Store) -> None:
    backup = shop.path.with_name("backup.db")
    await store.backup_to(backup)
    await store.rekey(OTHER_PASSPHRASE)
    old = await Store.open(backup, read_recovery_code(shop.recovery_code), migrations=MIGRATIONS)
    assert await old.read(count_notes) == FULL
    await old.close()
    with pytest.raises(WrongPassphrase):
        await Store.open(backup, OTHER_PASSPHRASE, migrations=MIGRATIONS)


async def test_the_passphrase_is_not_changed_while_another_window_is_open(
    shop: SmallFile, store: Store, second: Store
) -> None:
    with pytest.raises(Busy, match="nothing else has the file open"):
        await store.rekey(OTHER_PASSPHRASE)
    await store.write(add_note, "the old key still works")
    assert await second.read(count_notes) == FULL + 1


async def test_a_bad_new_passphrase_changes_nothing(shop: SmallFile, store: Store) -> None:
    with pytest.raises(BadInput, match="at least 12"):
        await store.rekey(Secret("short"))
    await store.write(add_note, "the old key still works")
    assert store.key == shop.key


async def test_errors_carry_no_values(shop: SmallFile) -> None:
    with pytest.raises(VaultError) as caught:
        await Store.open(shop.path, Secret("my other passphrase"), migrations=MIGRATIONS)
    text = f"{caught.value!r} {caught.value.hint} {caught.value.__cause__!r}"
    assert "my other passphrase" not in text
    assert shop.key.reveal().hex() not in text


async def test_a_connection_is_always_given_back(shop: SmallFile) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert connected.key_in_use(shop.path) == shop.key
    await store.rekey(OTHER_PASSPHRASE)
    await store.close()
    with pytest.raises(WrongPassphrase):
        await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert connected.key_in_use(shop.path) is None
    with connection.briefly(shop.path, store.key, shop.salt) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
