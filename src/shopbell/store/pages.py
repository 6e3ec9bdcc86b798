"""Checks the encrypted pages of a file one by one, without SQLCipher. Must not write anything.

SQLCipher 4 ends each page of 4,096 bytes with 16 bytes of IV and 64 bytes of HMAC-SHA512 over the
page and its number, so a page under another key, in another place, or with one bit changed does
not verify. (https://www.zetetic.net/sqlcipher/design/)
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from shopbell.store import connected
from shopbell.store.keys import SALT_BYTES, Key

PAGE_BYTES = 4096
_IV_BYTES = 16
_MAC_BYTES = 64
_PENDING_BYTE_PAGE = 0x40000000 // PAGE_BYTES + 1
"""SQLite locks bytes at 1 GiB and never writes the page they are in."""


class PageKey:
    """What it takes to verify and read the pages of one file."""

    def __init__(self, key: Key, salt: bytes) -> None:
        self._key = key.reveal()
        mac_salt = bytes(byte ^ 0x3A for byte in salt)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", self._key, mac_salt, 2, 32)

    def verifies(self, number: int, page: bytes) -> bool:
        """Return whether `page` was written under this key as page `number` (from 1)."""
        if len(page) != PAGE_BYTES:
            return False
        covered = page[SALT_BYTES if number == 1 else 0 : -_MAC_BYTES]
        mac = hmac.digest(self._mac_key, covered + number.to_bytes(4, "little"), "sha512")
        return hmac.compare_digest(mac, page[-_MAC_BYTES:])

    def decrypt(self, number: int, page: bytes) -> bytes:
        """Return the plain page without its reserve; on page 1 zeros stand for the salt."""
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        skip = SALT_BYTES if number == 1 else 0
        end = PAGE_BYTES - _IV_BYTES - _MAC_BYTES
        cipher = Cipher(algorithms.AES256(self._key), modes.CBC(page[end : end + _IV_BYTES]))
        reader = cipher.decryptor()
        return bytes(skip) + reader.update(page[skip:end]) + reader.finalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """What checking every page of a file found."""

    total: int
    """Pages the file has, or should have if its end is missing."""
    bad: tuple[int, ...]
    """Numbers, from 1, of pages that are damaged or missing."""

    @property
    def any_good(self) -> bool:
        """Whether at least one page verifies: then the key is the right one."""
        return len(self.bad) < self.total


def check_pages(path: Path, key: Key, salt: bytes) -> PageReport:
    """Verify every page of a file at rest, which this process must not be connected to."""
    page_key = PageKey(key, salt)
    with connected.raw(path) as source:

        def read(number: int) -> bytes:
            source.seek((number - 1) * PAGE_BYTES)
            return source.read(PAGE_BYTES)

        size = source.seek(0, 2)
        present = -(-size // PAGE_BYTES)
        first = read(1)
        head = page_key.decrypt(1, first) if page_key.verifies(1, first) else None
        total = present if head is None else (_page_count(head) or present)
        bad = tuple(
            number
            for number in range(1, total + 1)
            if number != _PENDING_BYTE_PAGE and not page_key.verifies(number, read(number))
        )
    return PageReport(total=total, bad=bad)


def _page_count(head: bytes) -> int | None:
    # Offsets of the database header: https://sqlite.org/fileformat2.html section 1.3. The count
    # is valid only if whoever wrote last knew about it.
    if head[24:28] != head[92:96]:
        return None
    return _number(head, 28)


def _number(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "big")
