"""Reads the write-ahead log and the rollback journal beside a file. Must not write anything.

After a crash the newest truth may be in there and not in the file, and it may be under another
key if a passphrase was being changed. Formats: https://sqlite.org/fileformat2.html sections 3, 4.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass, field
from pathlib import Path

from shopbell.store.pages import PAGE_BYTES

_LOG_HEADER = 32
_FRAME_HEADER = 24
_LOG_MAGIC = 0x377F0682
"""The lowest bit says whether checksums are over big-endian words."""

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of the file at `path`."""
    return path.with_name(path.name + "-wal")


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps the rollback journal of the file at `path`."""
    return path.with_name(path.name + "-journal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The committed part of a write-ahead log."""

    places: dict[int, int] = field(default_factory=dict)
    """Page number to where in the log its newest committed image begins."""


def read_log(path: Path) -> Log:
    """Return what the log beside `path` holds, up to the last frame that SQLite would accept."""
    try:
        source = log_of(path).open("rb")
    except FileNotFoundError:
        return Log()
    places: dict[int, int] = {}
    with source:
        header = source.read(_LOG_HEADER)
        if not _is_log(header):
            return Log()
        swap = (_number(header, 0) & 1) != (sys.byteorder == "big")
        sums = _sums(header[:24], (0, 0), swap)
        if sums != _pair(header, 24):
            return Log()
        pending: dict[int, int] = {}
        while len(frame := source.read(_FRAME_HEADER + PAGE_BYTES)) == _FRAME_HEADER + PAGE_BYTES:
            if frame[8:16] != header[16:24]:
                break  # left over from before the log was last emptied
            sums = _sums(frame[:8], sums, swap)
            sums = _sums(frame[_FRAME_HEADER:], sums, swap)
            if sums != _pair(frame, 16):
                break
            pending[_number(frame, 0)] = source.tell() - PAGE_BYTES
            if _number(frame, 4):
                places |= pending
                pending = {}
    return Log(places=places)


def newest_commit(path: Path) -> tuple[int, bytes] | None:
    """Return number and image of the page that ends the log's newest transaction, if it has one.

    Quick, for a log in use: checksums are not looked at.
    """
    try:
        source = log_of(path).open("rb")
    except FileNotFoundError:
        return None
    found: tuple[int, int] | None = None
    with source:
        header = source.read(_LOG_HEADER)
        if not _is_log(header):
            return None
        at = _LOG_HEADER
        while len(frame := source.read(_FRAME_HEADER)) == _FRAME_HEADER:
            if frame[8:16] != header[16:24]:
                break
            if _number(frame, 4):
                found = _number(frame, 0), at + _FRAME_HEADER
            at += _FRAME_HEADER + PAGE_BYTES
            source.seek(at)
        if found is None:
            return None
        number, place = found
        source.seek(place)
        return number, source.read(PAGE_BYTES)


def _is_log(header: bytes) -> bool:
    return len(header) == _LOG_HEADER and _number(header, 0) & ~1 == _LOG_MAGIC


def first_journal_page(path: Path) -> tuple[int, bytes] | None:
    """Return number and image of a page that an interrupted write would put back, if there is one.

    The image is from before that write, so it is under the key from before it.
    """
    try:
        source = journal_of(path).open("rb")
    except FileNotFoundError:
        return None
    with source:
        header = source.read(28)
        if header[:8] != _JOURNAL_MAGIC:
            return None
        source.seek(_number(header, 20))  # records begin at the next sector
        record = source.read(4 + PAGE_BYTES)
    if len(record) < 4 + PAGE_BYTES:
        return None
    return _number(record, 0), record[4:]


def _sums(data: bytes, sums: tuple[int, int], swap: bool) -> tuple[int, int]:
    words = array("I", data)
    if swap:
        words.byteswap()
    first, second = sums
    pairs = iter(words)
    for even, odd in zip(pairs, pairs, strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second


def _number(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "big")


def _pair(data: bytes, offset: int) -> tuple[int, int]:
    return _number(data, offset), _number(data, offset + 4)
