"""The driver's errors become ours, whichever way the driver words them."""

from __future__ import annotations

import pytest

from shopbell.errors import Busy, Damaged, DiskFull, DiskTrouble, ReadOnly, VaultError
from shopbell.store import driver
from shopbell.store.trouble import explained, in_plain_words


def error_with(code: int | None, words: str = "words") -> Exception:
    error: Exception = driver.load().OperationalError(words)
    if code is not None:
        error.sqlite_errorcode = code  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (5, Busy),
        (6, Busy),
        (261, Busy),  # SQLITE_BUSY_RECOVERY
        (517, Busy),  # SQLITE_BUSY_SNAPSHOT
        (8, ReadOnly),
        (1032, ReadOnly),  # SQLITE_READONLY_DBMOVED
        (10, DiskTrouble),
        (778, DiskTrouble),  # SQLITE_IOERR_WRITE
        (14, DiskTrouble),
        (11, Damaged),
        (267, Damaged),  # SQLITE_CORRUPT_VTAB
        (26, Damaged),
        (13, DiskFull),
    ],
)
def test_every_code_that_a_person_can_do_something_about_has_its_class(
    code: int, kind: type[VaultError]
) -> None:
    with pytest.raises(kind) as caught, explained():
        raise error_with(code)
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("database or disk is full", DiskFull),
        ("disk I/O error", DiskTrouble),
        ("database is locked", Busy),
        ("database disk image is malformed", Damaged),
        ("attempt to write a readonly database", ReadOnly),
    ],
)
def test_an_error_without_a_code_is_told_by_its_words(words: str, kind: type[VaultError]) -> None:
    with pytest.raises(kind), explained():
        raise error_with(None, words)


@pytest.mark.parametrize("code", [1, 19, 21, 25, None])
def test_a_mistake_of_ours_passes_through(code: int | None) -> None:
    error = error_with(code)
    assert in_plain_words(error) is None
    with pytest.raises(driver.load().OperationalError) as caught, explained():
        raise error
    assert caught.value is error


def test_other_exceptions_are_not_touched() -> None:
    with pytest.raises(ZeroDivisionError), explained():
        raise ZeroDivisionError
