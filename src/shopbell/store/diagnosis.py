"""Says whether a key opens a file, and what is wrong if not, before anything connects to it.

Connecting under a wrong key would already be too much: SQLite would fold a log it cannot read into
the file. Must not write, and must not connect.
"""

from __future__ import annotations

from pathlib import Path
from threading import Event

from shopbell.errors import Damaged, NotAShopFile, VaultError, WrongPassphrase
from shopbell.store import connected, trouble
from shopbell.store.journals import (
    first_journal_page,
    journal_of,
    log_of,
    newest_commit,
    read_log,
)
from shopbell.store.keys import Key
from shopbell.store.pages import PAGE_BYTES, PageKey, PageReport, check_pages

CHECKED_IN_FULL = 32 * 1024 * 1024
"""Bytes up to which every page of a file at rest is verified before it is opened (under 0.1 s)."""


def diagnose(path: Path, key: Key, salt: bytes, *, by_code: bool) -> None:
    """Return if the file can be opened with `key`.

    Raises:
        InUseError: this process has it open already.
        WrongPassphrase: no page verifies, or none of what a hot log holds.
        Damaged: the key is right, but pages are not as they were written.
        NotAShopFile: nothing verifies, and no shop file has such a size.
    """
    pause = Event()
    for _ in range(4):
        before = _traces(path)
        try:
            _diagnose_once(path, key, salt, by_code)
        except VaultError:
            # Another process may have been writing the very page we read: look again.
            if _traces(path) == before:
                raise
            pause.wait(0.05)
        else:
            return
    _diagnose_once(path, key, salt, by_code)


def damage(path: Path, key: Key, salt: bytes) -> Damaged:
    """Return the error for a file that SQLite calls damaged, naming its pages if they can be."""
    try:
        return _damaged(check_pages(path, key, salt))
    except connected.InUseError:
        return _damaged(PageReport(total=0, bad=()))


def _traces(path: Path) -> tuple[tuple[int, int] | None, ...]:
    traces: list[tuple[int, int] | None] = []
    for part in (path, log_of(path), journal_of(path)):
        try:
            found = part.stat()
        except FileNotFoundError:
            traces.append(None)
        else:
            traces.append((found.st_size, found.st_mtime_ns))
    return tuple(traces)


def _diagnose_once(path: Path, key: Key, salt: bytes, by_code: bool) -> None:
    page_key = PageKey(key, salt)
    journal = first_journal_page(path)
    if journal is not None:
        _diagnose_interrupted(path, key, salt, page_key, journal, by_code)
    elif log_of(path).exists():
        _diagnose_in_use(path, key, salt, page_key, by_code)
    elif path.stat().st_size <= CHECKED_IN_FULL or not _first_page_verifies(path, page_key):
        _diagnose_at_rest(path, key, salt, by_code)


def _diagnose_at_rest(path: Path, key: Key, salt: bytes, by_code: bool) -> None:
    report = check_pages(path, key, salt)
    if not report.any_good:
        if path.stat().st_size % PAGE_BYTES:
            raise NotAShopFile(
                "That is not a shop file, or its end is missing.",
                "Choose your shop file, or restore it from a backup.",
            )
        raise trouble.wrong_key(by_code)
    if report.bad:
        raise _damaged(report)


def _diagnose_in_use(path: Path, key: Key, salt: bytes, page_key: PageKey, by_code: bool) -> None:
    """Judge a file with a log: another process is in, or the last one did not get to close it."""
    newest = newest_commit(path)
    if _first_page_verifies(path, page_key) and (newest is None or page_key.verifies(*newest)):
        return
    log = read_log(path)
    if not log.places:
        _diagnose_at_rest(path, key, salt, by_code)
        return
    with log_of(path).open("rb") as source:
        in_log: dict[int, bool] = {}
        for number, place in log.places.items():
            source.seek(place)
            in_log[number] = page_key.verifies(number, source.read(PAGE_BYTES))
    if not any(in_log.values()):
        raise trouble.wrong_key(by_code)
    if all(in_log.values()) and (1 in in_log or _first_page_verifies(path, page_key)):
        return
    in_file = check_pages(path, key, salt)
    bad = {number for number in in_file.bad if not in_log.get(number)}
    bad |= {number for number, good in in_log.items() if not good}
    raise _damaged(PageReport(total=in_file.total, bad=tuple(sorted(bad))))


def _diagnose_interrupted(
    path: Path,
    key: Key,
    salt: bytes,
    page_key: PageKey,
    journal: tuple[int, bytes],
    by_code: bool,
) -> None:
    """Judge a file whose rollback journal is still there: SQLite will put back what it holds."""
    if page_key.verifies(*journal):
        return
    if check_pages(path, key, salt).any_good:
        raise WrongPassphrase(
            "The change of the passphrase was interrupted before it was finished.",
            "Open the file with the old passphrase, then change it again.",
        )
    raise trouble.wrong_key(by_code)


def _first_page_verifies(path: Path, page_key: PageKey) -> bool:
    with connected.raw(path) as source:
        return page_key.verifies(1, source.read(PAGE_BYTES))


def _damaged(report: PageReport) -> Damaged:
    hint = "The passphrase is right. Restore the newest good backup; nothing was changed."
    if not report.bad:
        return Damaged("The shop file is damaged.", hint)
    shown = ", ".join(str(number) for number in report.bad[:5])
    more = f" and {len(report.bad) - 5} more" if len(report.bad) > 5 else ""
    pages = f"Page {shown} of" if len(report.bad) == 1 else f"Pages {shown}{more} of"
    verb = "is" if len(report.bad) == 1 else "are"
    return Damaged(
        f"{pages} {report.total} in the shop file {verb} damaged.", hint, pages=report.bad
    )
