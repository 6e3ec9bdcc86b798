"""Several processes on one file, and the trap that would let them corrupt it."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import shopbell
from shopbell.errors import Busy
from shopbell.store import connection, creation, rekeying, vault
from shopbell.store.store import Store
from store.conftest import Child, StartChild
from store.small import FULL, MIGRATIONS, OTHER_PASSPHRASE, SmallFile, add_note, count_notes, notes


def line(process: Child) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: Child) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


async def test_a_till_script_reads_and_writes_while_the_counter_has_the_file_open(
    shop: SmallFile, child: StartChild
) -> None:
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await store.write(add_note, "from the counter")
    version = await store.data_version()
    assert child("visit", shop.path, shop.key.reveal().hex(), "from the till").communicate() == (
        f"saw {FULL + 1}\n",
        "",
    )
    assert await store.data_version() != version
    assert (await store.read(notes))[-2:] == ["from the counter", "from the till"]
    await store.write(add_note, "and on it goes")
    await store.close()
    assert shop.beside == ["shop.db"]


def test_four_tills_at_once_lose_nothing(shop: SmallFile, child: StartChild) -> None:
    hex_key = shop.key.reveal().hex()
    visits = [child("visit", shop.path, hex_key, f"till {n}") for n in range(4)]
    for visit in visits:
        out, err = visit.communicate()
        assert out.startswith("saw ")
        assert err == ""
    with connection.briefly(shop.path, shop.key, shop.salt) as file:
        found = {row[0] for row in file.execute("SELECT text FROM note WHERE text LIKE 'till %'")}
    assert found == {f"till {n}" for n in range(4)}
    assert shop.beside == ["shop.db"]


async def test_a_write_waits_for_another_process_to_finish_its_own(
    shop: SmallFile, child: StartChild
) -> None:
    holder = child("hold", shop.path, shop.key.reveal().hex())
    assert line(holder) == "holding"
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert await store.read(count_notes) == FULL
    store._opened.connection.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(Busy):
        await store.write(add_note, "not yet")
    store._opened.connection.execute("PRAGMA busy_timeout = 60000")
    tell(holder)
    await store.write(add_note, "after the holder")
    assert line(holder) == "written"
    assert (await store.read(notes))[FULL:] == ["written by the holder", "after the holder"]
    tell(holder)
    assert line(holder) == "closed"
    await store.close()
    assert shop.beside == ["shop.db"]


async def test_a_holder_that_is_killed_holds_nothing_any_more(
    shop: SmallFile, child: StartChild
) -> None:
    holder = child("hold", shop.path, shop.key.reveal().hex())
    assert line(holder) == "holding"
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    holder.kill()
    holder.wait()
    await store.write(add_note, "after the crash")
    assert (await store.read(notes))[FULL:] == ["after the crash"]
    await store.close()
    assert shop.beside == ["shop.db"]


async def test_the_passphrase_cannot_be_changed_under_another_process(
    shop: SmallFile, child: StartChild
) -> None:
    holder = child("hold", shop.path, shop.key.reveal().hex())
    assert line(holder) == "holding"
    tell(holder)
    assert line(holder) == "written"
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    with pytest.raises(Busy, match="nothing else has the file open"):
        await store.rekey(OTHER_PASSPHRASE)
    tell(holder)
    assert line(holder) == "closed"
    await store.rekey(OTHER_PASSPHRASE)
    assert await store.read(count_notes) == FULL + 1
    await store.close()


@pytest.mark.parametrize("with_a_log", [False, True])
def test_from_the_moment_a_key_is_about_to_change_nobody_else_gets_in(
    shop: SmallFile, child: StartChild, with_a_log: bool
) -> None:
    with connection.briefly(shop.path, shop.key, shop.salt) as alone:
        if with_a_log:
            connection.switch_to_log(alone)
        assert rekeying._lock_out_everybody(alone)
        process = child("try_to_get_in", shop.path, shop.key.reveal().hex())
        assert process.communicate() == ("out\n", "")
    process = child("try_to_get_in", shop.path, shop.key.reveal().hex())
    assert process.communicate() == ("in\n", "")


def test_four_processes_share_a_queue_and_never_take_the_same_job(
    shop: SmallFile, child: StartChild
) -> None:
    jobs = 100
    with connection.briefly(shop.path, shop.key, shop.salt) as file:
        file.executemany("INSERT INTO job (id) VALUES (?)", [(n,) for n in range(1, jobs + 1)])
    workers = [child("claim", shop.path, shop.key.reveal().hex()) for _ in range(4)]
    for worker in workers:
        assert line(worker) == "ready"
    for worker in workers:
        tell(worker)
    taken = [[int(word) for word in worker.communicate()[0].split()] for worker in workers]
    assert sorted(job for jobs_of_one in taken for job in jobs_of_one) == list(range(1, jobs + 1))
    with connection.briefly(shop.path, shop.key, shop.salt) as file:
        noted = dict(file.execute("SELECT id, taken_by FROM job").fetchall())
    assert noted == {
        job: worker.pid
        for worker, jobs_of_one in zip(workers, taken, strict=True)
        for job in jobs_of_one
    }


class TestTheTrap:
    """On POSIX, closing any descriptor of a file drops all locks its process has on it."""

    @pytest.fixture
    def writing(self, shop: SmallFile) -> Iterator[vault.OpenFile]:
        """A window in the middle of a write, in a file without a log: the lock is on the file."""
        opened = vault.open_file(shop.path, shop.key, MIGRATIONS)
        assert connection.leave_log(opened.connection)
        opened.connection.execute("BEGIN EXCLUSIVE")
        yield opened
        opened.connection.execute("ROLLBACK")
        vault.close_file(opened)

    def get_in(self, shop: SmallFile, child: StartChild) -> bool:
        """Whether another process gets at the file now."""
        process = child("try_to_get_in", shop.path, shop.key.reveal().hex())
        answer = process.communicate()[0].strip()
        assert answer in {"in", "out"}
        return answer == "in"

    @pytest.mark.usefixtures("writing")
    def test_the_trap_is_real(self, shop: SmallFile, child: StartChild) -> None:
        assert not self.get_in(shop, child)
        with shop.path.open("rb"):
            pass
        assert self.get_in(shop, child)

    async def test_nothing_of_ours_steps_into_it(
        self, shop: SmallFile, writing: vault.OpenFile, child: StartChild
    ) -> None:
        from shopbell.domain.secret import Secret
        from shopbell.errors import ShopbellError
        from shopbell.store import connected, diagnosis, folders, header, pages

        # Everything that is done to a file by its path, tried while it is connected.
        header.read_salt(shop.path)
        folders.why_unsafe(shop.path)
        diagnosis.damage(shop.path, shop.key, shop.salt)
        for attempt in (
            lambda: diagnosis.diagnose(shop.path, shop.key, shop.salt, by_code=True),
            lambda: pages.check_pages(shop.path, shop.key, shop.salt),
            lambda: connected.fsync(shop.path),
            lambda: creation.create_file(shop.path, OTHER_PASSPHRASE, MIGRATIONS),
        ):
            with pytest.raises((connected.InUseError, ShopbellError)):
                attempt()
        writing.connection.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(ShopbellError):
            await Store.open(shop.path, Secret("another passphrase"), migrations=MIGRATIONS)
        assert not self.get_in(shop, child)


OPENERS = {
    "open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text",
    "copy", "copy2", "copyfile", "touch",
}  # fmt: skip

MAY_OPEN = {
    # Refuse a connected file, under the lock that connecting takes too.
    ("connected.py", "first_bytes"),
    ("connected.py", "raw"),
    ("connected.py", "fsync"),
    # Make a file that is not there yet.
    ("creation.py", "_reserve"),
    ("backup.py", "back_up"),
    # The log and the journal beside the file, which carry no locks.
    ("journals.py", "read_log"),
    ("journals.py", "newest_commit"),
    ("journals.py", "first_journal_page"),
    ("diagnosis.py", "_diagnose_in_use"),
    # The operating system's own table of mounts, and its number of this computer.
    ("folders.py", "_mounts"),
    ("places.py", "machine"),
    # The lease has a file of its own.
    ("lease.py", "_write_name"),
    ("lease.py", "_read_name"),
}


def openings(source: Path) -> set[tuple[str, str]]:
    """The functions of a file that open a file by its path."""
    found: set[tuple[str, str]] = set()
    for function in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call):
                    called = node.func
                    name = called.attr if isinstance(called, ast.Attribute) else None
                    name = called.id if isinstance(called, ast.Name) else name
                    of_class = isinstance(called, ast.Attribute) and ast.unparse(called.value) in {
                        "cls",
                        "Store",
                    }
                    if name in OPENERS and not of_class:
                        found.add((source.name, function.name))
    return found


def test_no_other_function_of_the_vault_opens_a_file_by_its_path() -> None:
    store = Path(shopbell.__file__).parent / "store"
    found = {where for source in store.rglob("*.py") for where in openings(source)}
    assert found == MAY_OPEN


def test_the_file_is_connected_to_in_one_place_only() -> None:
    root = Path(shopbell.__file__).parent
    found = {
        source.relative_to(root).as_posix()
        for source in root.rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and "driver" in ast.unparse(node.func.value)
    }
    assert found == {"store/connection.py"}


def test_nobody_gives_sqlite_utils_a_path(shop: SmallFile) -> None:
    """`Database(path)` would open without a key, and make a plain file where there is none."""
    root = Path(shopbell.__file__).parent
    calls = [
        ast.unparse(node)
        for source in root.rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Database"
    ]
    assert calls
    assert all("execute_plugins=False" in call for call in calls)
    plain = sqlite3.connect(shop.path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()
