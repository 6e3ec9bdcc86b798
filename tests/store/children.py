"""What the tests let other processes do to a shop file: `children.py JOB FILE KEY_HEX ...`.

A job that is to be killed says on stdout what it has done, one word a line, as it does it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from shopbell.domain.secret import Secret
from shopbell.errors import ShopbellError
from shopbell.store import connection, creation, driver, trouble
from shopbell.store.keys import Key
from shopbell.store.lease import Lease
from shopbell.store.store import Store
from store import small
from store.small import MIGRATIONS


def say(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 - the parent reads it


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def write_for_ever(path: Path, key: Key) -> None:
    """Say a number only after its note is committed."""
    store = await Store.open(path, key, migrations=MIGRATIONS)
    say("ready")
    number = 0
    while True:
        number += 1
        await store.write(small.add_note, f"acknowledged {number} " + "x" * (number * 37 % 3000))
        say(number)
        if number % 25 == 0:
            await store.checkpoint()


async def write_and_die(path: Path, key: Key, count: str) -> None:
    """Leave a log behind that holds `count` notes the file does not."""
    store = await Store.open(path, key, migrations=MIGRATIONS)
    for number in range(int(count)):
        await store.write(small.add_note, f"only in the log {number} " + "x" * 1500)
    die()


async def write_canaries_and_die(path: Path, key: Key) -> None:
    store = await Store.open(path, key, migrations=MIGRATIONS)
    await store.write(small.fill_pages)
    die()


async def close_for_ever(path: Path, key: Key) -> None:
    number = 0
    while True:
        number += 1
        store = await Store.open(path, key, migrations=MIGRATIONS)
        await store.write(small.add_note, f"acknowledged {number}")
        say(number)
        await store.close()


async def hold(path: Path, key: Key) -> None:
    """Keep the file open in the middle of a write until told to go on."""
    store = await Store.open(path, key, migrations=MIGRATIONS)

    def step(db: object) -> None:
        say("holding")
        sys.stdin.readline()
        small.add_note(db, "written by the holder")  # type: ignore[arg-type]

    await store.write(step)
    say("written")
    sys.stdin.readline()
    await store.close()
    say("closed")


async def visit(path: Path, key: Key, text: str) -> None:
    """What a till script does: open, read, write, close."""
    store = await Store.open(path, key, migrations=MIGRATIONS)
    before = await store.read(small.count_notes)
    await store.write(small.add_note, text)
    await store.close()
    say("saw", before)


async def claim(path: Path, key: Key) -> None:
    """Take jobs until there are none left."""
    store = await Store.open(path, key, migrations=MIGRATIONS)
    me = os.getpid()

    def step(db: object) -> int | None:
        row = db.execute(  # type: ignore[attr-defined]
            "UPDATE job SET taken_by = ? WHERE id ="
            " (SELECT id FROM job WHERE taken_by IS NULL ORDER BY id LIMIT 1) RETURNING id",
            (me,),
        ).fetchone()
        return None if row is None else int(row[0])

    say("ready")
    sys.stdin.readline()
    taken: list[int] = []
    while (job := await store.write(step)) is not None:
        taken.append(job)
    await store.close()
    say(*taken)


async def rekey(path: Path, key: Key, passphrase: str) -> None:
    store = await Store.open(path, key, migrations=MIGRATIONS)
    say("ready")
    await store.rekey(Secret(passphrase))
    say("done")
    await store.close()


def rekey_in_log_and_die(path: Path, key: Key, new_key: str) -> None:
    """Change the key the careless way, leaving the new one in the log only."""
    salt = path.read_bytes()[:16]
    careless = connection.connect(path, key, salt)
    careless.execute("PRAGMA journal_mode = WAL").fetchone()
    careless.execute("PRAGMA wal_autocheckpoint = 0").fetchone()
    careless.execute(f"PRAGMA rekey = \"x'{new_key}'\"").fetchone()
    die()


def rekey_half_and_die(path: Path, key: Key, new_key: str) -> None:
    """Die in the middle of changing the key, with half of it in the file and a journal beside."""
    salt = path.read_bytes()[:16]
    careful = connection.connect(path, key, salt)
    # So small a cache has to be spilled into the file before the commit. The journal grows page by
    # page as the file is rewritten, and half-way it grows into the limit, which kills.
    careful.execute("PRAGMA cache_size = 2")
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    limit_files(path.stat().st_size // 2)
    careful.execute(f"PRAGMA rekey = \"x'{new_key}'\"").fetchone()


def try_to_get_in(path: Path, key: Key) -> None:
    """Read as another SQLCipher tool would, without waiting."""
    connection.BUSY_SECONDS = 0
    with connection.briefly(path, key, path.read_bytes()[:16]) as other:
        try:
            other.execute("SELECT count(*) FROM note").fetchone()
        except driver.load().OperationalError as error:
            say("out" if trouble.code_of(error) == trouble.Code.BUSY else error)
        else:
            say("in")


async def back_up(path: Path, key: Key, target: str) -> None:
    store = await Store.open(path, key, migrations=MIGRATIONS)
    say("ready")
    await store.backup_to(Path(target))
    say("done")
    await store.close()


async def migrate(path: Path, key: Key) -> None:
    def second(db: object) -> None:
        say("migrating")
        for number in range(2000):
            small.add_note(db, f"from the second version {number}")  # type: ignore[arg-type]

    store = await Store.open(path, key, migrations=(*MIGRATIONS, second))
    say("done")
    await store.close()


async def grow_until_full(path: Path, key: Key, most_bytes: str) -> None:
    """Write until the disk, or the limit on a file's size, says no; then say what the app says."""
    limit_files(int(most_bytes))
    store = await Store.open(path, key, migrations=MIGRATIONS)
    written = 0
    try:
        for number in range(100_000):
            await store.write(small.add_note, f"acknowledged {number} " + "x" * 3000)
            written += 1
    except ShopbellError as error:
        say(error.code, written)
    await store.close()


async def import_until_full(path: Path, key: Key, most_bytes: str) -> None:
    """One transaction that is too big, then a small one that fits."""
    limit_files(int(most_bytes))
    store = await Store.open(path, key, migrations=MIGRATIONS)

    def too_much(db: object) -> None:
        for number in range(100_000):
            small.add_note(db, f"imported {number} " + "x" * 3000)  # type: ignore[arg-type]

    try:
        await store.write(too_much)
    except ShopbellError as error:
        say(error.code, await store.read(small.count_notes))
    await store.close()


async def keep_when_full(path: Path, key: Key, most_bytes: str, folder: str) -> None:
    """Try to change the passphrase and to make a backup where there is no room for either."""
    store = await Store.open(path, key, migrations=MIGRATIONS)
    limit_files(int(most_bytes))
    for attempt in (
        store.rekey(small.OTHER_PASSPHRASE),
        store.backup_to(Path(folder) / "backup.db"),
    ):
        try:
            await attempt
            say("done")
        except ShopbellError as error:
            say(error.code)
    say(await store.read(small.count_notes))
    await store.close()


def create_when_full(path: Path, _key: Key, most_bytes: str) -> None:
    limit_files(int(most_bytes))
    try:
        creation.create_file(path, small.PASSPHRASE, MIGRATIONS, small.fill_pages)
    except ShopbellError as error:
        say(error.code)


def limit_files(most_bytes: int) -> None:
    if most_bytes:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))


async def read_as_nobody(path: Path, key: Key) -> None:
    """Open as a user who owns nothing; root would be allowed everything."""
    # Whatever is imported later cannot be found any more by nobody.
    warm = Path(mkdtemp()) / "warm.db"
    creation.create_file(warm, small.PASSPHRASE, MIGRATIONS)
    warm.unlink()
    warm.parent.rmdir()
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        store = await Store.open(path, key, migrations=MIGRATIONS)
    except ShopbellError as error:
        say(error.code, error.message)
        return
    say(store.read_only_reason)
    say(await store.read(small.count_notes))
    try:
        await store.write(small.add_note, "no")
    except ShopbellError as error:
        say(error.code)
    await store.close()


def lease(path: Path, _key: Key) -> None:
    mine = Lease(path)
    say(mine.try_take("the counter screen", datetime(2026, 11, 24, 9, 12, tzinfo=UTC)))
    sys.stdin.readline()
    mine.release()
    say("released")


def fight_for_lease(path: Path, _key: Key, log: str) -> None:
    """Take and release over and over; note begin and end of every hold in one shared file."""
    mine = Lease(path)
    say("ready")
    sys.stdin.readline()
    held = 0
    with open(log, "a", buffering=1) as book:  # noqa: PTH123
        while held < 40:
            if mine.try_take("a fighter", datetime(2026, 11, 24, tzinfo=UTC)):
                held += 1
                book.write(f"+{os.getpid()}\n")
                book.write(f"-{os.getpid()}\n")
                mine.release()
    say(held)


JOBS = {
    job.__name__: job
    for job in (
        write_for_ever,
        write_and_die,
        write_canaries_and_die,
        close_for_ever,
        hold,
        visit,
        claim,
        rekey,
        rekey_in_log_and_die,
        rekey_half_and_die,
        try_to_get_in,
        back_up,
        migrate,
        grow_until_full,
        import_until_full,
        keep_when_full,
        create_when_full,
        read_as_nobody,
        lease,
        fight_for_lease,
    )
}


def main() -> None:
    job, path, key, *rest = sys.argv[1:]
    driver.load()
    work = JOBS[job](Path(path), Key(bytes.fromhex(key)), *rest)
    if asyncio.iscoroutine(work):
        asyncio.run(work)


if __name__ == "__main__":
    main()
