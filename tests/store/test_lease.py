"""The sender lease: exactly one at a time, free at once when its holder dies."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shopbell.errors import DiskTrouble
from shopbell.store.lease import Holder, Lease
from store.conftest import Child, StartChild

NINE_TWELVE = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
NO_KEY = "00" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    path.touch()
    return path


def line(process: Child) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: Child) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def beside(file: Path) -> list[str]:
    return sorted(entry.name for entry in file.parent.iterdir())


def test_the_first_takes_it_the_second_does_not_and_learns_who_has_it(file: Path) -> None:
    first, second = Lease(file), Lease(file)
    assert first.holder() is None
    assert not first.held
    assert first.try_take("the counter screen", NINE_TWELVE)
    assert first.held
    assert not second.try_take("a till script", NINE_TWELVE)
    assert not second.held
    holder = second.holder()
    assert holder == first.holder()
    assert holder is not None
    assert holder.who == "the counter screen"
    assert holder.since == NINE_TWELVE
    assert str(holder) == f"the counter screen on {holder.host}"
    first.release()


def test_taking_it_twice_is_taking_it_once(file: Path) -> None:
    lease, other = Lease(file), Lease(file)
    assert lease.try_take("the counter screen", NINE_TWELVE)
    assert lease.try_take("the counter screen", NINE_TWELVE)
    lease.release()
    assert other.try_take("a till script", NINE_TWELVE)
    other.release()


def test_a_release_leaves_no_file_behind(file: Path) -> None:
    lease = Lease(file)
    for _ in range(3):
        assert lease.try_take("the counter screen", NINE_TWELVE)
        assert beside(file) == ["shop.db", "shop.db.sender"]
        lease.release()
        assert beside(file) == ["shop.db"]
        assert lease.holder() is None
    lease.release()
    assert beside(file) == ["shop.db"]


def test_asking_who_has_it_leaves_no_file_behind_and_does_not_take_it(file: Path) -> None:
    asking, taking = Lease(file), Lease(file)
    assert asking.holder() is None
    assert beside(file) == ["shop.db"]
    assert not asking.held
    assert taking.try_take("the counter screen", NINE_TWELVE)
    assert asking.holder() is not None
    assert not asking.held
    taking.release()


def test_only_the_owner_can_read_who_has_it(file: Path) -> None:
    lease = Lease(file)
    lease.try_take("the counter screen", NINE_TWELVE)
    assert file.with_name("shop.db.sender").stat().st_mode & 0o777 == 0o600
    lease.release()


def test_a_link_to_the_file_leads_to_the_same_lease(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "desktop.db"
    link.symlink_to(file)
    first, second = Lease(file), Lease(link)
    assert first.try_take("the counter screen", NINE_TWELVE)
    assert not second.try_take("a till script", NINE_TWELVE)
    first.release()


def test_another_process_that_has_it_is_named(file: Path, child: StartChild) -> None:
    other = child("lease", file, NO_KEY)
    assert line(other) == "True"
    lease = Lease(file)
    assert not lease.try_take("a till script", NINE_TWELVE)
    holder = lease.holder()
    assert holder is not None
    assert (holder.who, holder.pid, holder.since) == ("the counter screen", other.pid, NINE_TWELVE)
    tell(other)
    assert line(other) == "released"
    assert lease.holder() is None
    assert lease.try_take("a till script", NINE_TWELVE)
    lease.release()


def test_when_its_holder_is_killed_the_next_one_takes_it_at_once(
    file: Path, child: StartChild
) -> None:
    for _ in range(3):
        other = child("lease", file, NO_KEY)
        assert line(other) == "True"
        lease = Lease(file)
        assert not lease.try_take("a till script", NINE_TWELVE)
        other.kill()
        other.wait()
        assert file.with_name("shop.db.sender").exists()
        assert lease.holder() is None
        assert lease.try_take("a till script", NINE_TWELVE)
        holder = Lease(file).holder()
        assert holder is not None
        assert holder.who == "a till script"
        lease.release()
        assert beside(file) == ["shop.db"]


def test_among_four_processes_exactly_one_has_it_at_a_time(
    file: Path, tmp_path: Path, child: StartChild
) -> None:
    book = tmp_path / "book"
    fighters = [child("fight_for_lease", file, NO_KEY, book) for _ in range(4)]
    for fighter in fighters:
        assert line(fighter) == "ready"
    for fighter in fighters:
        tell(fighter)
    assert [fighter.communicate() for fighter in fighters] == [("40\n", "")] * 4
    lines = book.read_text().splitlines()
    assert len(lines) == 4 * 40 * 2
    for began, ended in zip(lines[::2], lines[1::2], strict=True):
        assert began[0] == "+"
        assert ended == "-" + began[1:]
    assert not file.with_name("shop.db.sender").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"\0{",
        b"\0[]",
        b"\0null",
        b'\0{"who": "x"}',
        b'\0{"who": "x", "host": "y", "pid": "many", "since": "now"}',
        b'\0{"who": "x", "host": "y", "pid": 1, "since": null}',
        b"\xff" * 100,
        b"[" * 100_000,
    ],
)
def test_a_holder_whose_name_cannot_be_read_is_still_a_holder(file: Path, content: bytes) -> None:
    lease = Lease(file)
    lease.try_take("the counter screen", NINE_TWELVE)
    file.with_name("shop.db.sender").write_bytes(content)
    holder = Lease(file).holder()
    assert holder is not None
    assert str(holder) == "another Shopbell window"
    assert not Lease(file).try_take("a till script", NINE_TWELVE)
    lease.release()


@pytest.mark.parametrize("folder", ["missing", "a file"])
def test_a_lease_that_cannot_be_kept_says_so_and_makes_no_folder(
    tmp_path: Path, folder: str
) -> None:
    (tmp_path / "a file").touch()
    lease = Lease(tmp_path / folder / "shop.db")
    with pytest.raises(DiskTrouble, match="cannot be kept beside"):
        lease.try_take("the counter screen", NINE_TWELVE)
    assert not lease.held
    assert [entry.name for entry in tmp_path.iterdir()] == ["a file"]


def test_a_lease_taken_on_one_thread_is_given_back_on_another(file: Path) -> None:
    lease = Lease(file)
    taken: list[bool] = []
    thread = threading.Thread(
        target=lambda: taken.append(lease.try_take("the counter screen", NINE_TWELVE))
    )
    thread.start()
    thread.join()
    assert taken == [True]
    lease.release()
    other = Lease(file)
    assert other.try_take("a till script", NINE_TWELVE)
    other.release()


def test_a_very_long_name_still_leaves_a_holder(file: Path) -> None:
    lease = Lease(file)
    assert lease.try_take("the counter screen " * 200, NINE_TWELVE)
    assert Lease(file).holder() is not None
    lease.release()


def test_a_holder_without_a_computer_is_named_alone() -> None:
    assert str(Holder(who="the counter screen", host="", pid=1, since=None)) == "the counter screen"
