"""Files that are no shop file, outputs nobody reads, and people who change their mind."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from till import ANA, PASSPHRASE, Till


def plain_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE contact (name TEXT)")
    db.close()


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 7 * 4096] = os.urandom(2 * 4096)
    path.write_bytes(content)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096 + 100])


def replaced_by(content: bytes) -> Callable[[Path], None]:
    def replace(path: Path) -> None:
        path.write_bytes(content)

    return replace


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone(path: Path) -> None:
    path.unlink()


BROKEN: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "gone": (gone, {"file_missing"}),
    "a folder": (a_folder, {"not_a_shop_file", "file_missing"}),
    "an empty file": (replaced_by(b""), {"not_a_shop_file"}),
    "a text file": (replaced_by(b"Dear diary\n" * 2000), {"wrong_passphrase", "not_a_shop_file"}),
    "noise": (replaced_by(os.urandom(40_960)), {"wrong_passphrase", "not_a_shop_file"}),
    "a plain database": (plain_database, {"not_encrypted"}),
    "damaged pages": (damaged, {"damaged"}),
    "cut short": (truncated, {"damaged", "not_a_shop_file"}),
}


@pytest.mark.parametrize(("breaking", "codes"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("line", [("contacts", "list"), ("send", ANA, "hello")], ids=" ".join)
def test_a_file_that_cannot_be_used_is_explained_with_exit_6_and_left_alone(
    till: Till, breaking: Callable[[Path], None], codes: set[str], line: tuple[str, ...]
) -> None:
    breaking(till.file)
    before = till.file.read_bytes() if till.file.is_file() else None
    ran = till.run(*line, "--json")
    assert ran.code == 6, ran
    assert ran.error in codes
    assert ran.json["error"]["message"]
    assert PASSPHRASE not in ran.out + ran.err
    assert (till.file.read_bytes() if till.file.is_file() else None) == before


def test_a_reader_that_leaves_early_ends_the_command_quietly(till: Till) -> None:
    path = till.file.parent / "many.csv"
    rows = "".join(f"{'x' * 100},212-555-{n:04d}\n" for n in range(100, 200))
    path.write_text(f"Name,Phone\n{rows}", encoding="utf-8")
    assert till.json("import", str(path))["new"] == 100
    with till.start("contacts", "list") as command:
        assert command.stdout is not None
        command.stdout.close()
        assert command.stderr is not None
        said = command.stderr.read()
        command.wait(timeout=30)
    assert "Traceback" not in said
    assert "Something went wrong" not in said


def test_stopping_an_import_leaves_everything_as_it_was(till: Till) -> None:
    rows = "".join(f"N{n},212-555-{n % 100 + 100:04d}\n" for n in range(200_000))
    path = till.file.parent / "many.csv"
    path.write_text(f"Name,Phone\n{rows}", encoding="utf-8")
    with till.start("import", str(path)) as command:
        assert command.stderr is not None
        assert command.stderr.readline().startswith("reading rows: ")
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=60)
    assert (command.returncode, out) == (1, "")
    assert "Nothing was imported." in err
    assert till.json("contacts", "list")["total"] == 0
    assert sorted(p.name for p in till.file.parent.iterdir()) == ["many.csv", "shop.db"]
