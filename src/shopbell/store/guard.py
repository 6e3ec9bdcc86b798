"""What no statement may do on an unlocked shop file, whoever wrote it. Must not open files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

# Action codes of the authorizer callback (https://sqlite.org/c3ref/c_alter_table.html).
_PRAGMA = 19
_ATTACH = 24
_FUNCTION = 31
_OK = 0
_DENY = 1

_FORBIDDEN_PRAGMAS = frozenset(
    {
        "temp_store",
        "temp_store_directory",
        "data_store_directory",
        "key",
        "rekey",
        "hexkey",
        "hexrekey",
        "textkey",
        "textrekey",
        "writable_schema",
        "trusted_schema",
        "mmap_size",
        "secure_delete",
    }
)
"""Each of these could put plain bytes on the disk, change the key, or open a way round the rest."""

_HARMLESS_CIPHER_PRAGMAS = frozenset(
    {"cipher_version", "cipher_integrity_check", "cipher_settings", "cipher_salt"}
)

_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export"})


def _authorize(
    action: int, first: str | None, second: str | None, _schema: str | None, _cause: str | None
) -> int:
    if action == _ATTACH:
        return _DENY
    if action == _PRAGMA and first is not None:
        name = first.lower()
        if name in _FORBIDDEN_PRAGMAS and second is not None:
            return _DENY
        if name.startswith("cipher") and name not in _HARMLESS_CIPHER_PRAGMAS:
            return _DENY
    if action == _FUNCTION and second is not None and second.lower() in _FORBIDDEN_FUNCTIONS:
        return _DENY
    return _OK


def stand_guard(connection: Connection) -> None:
    """Refuse from now on to attach, export or re-key, and to loosen what keeps bytes hidden."""
    connection.set_authorizer(_authorize)


@contextmanager
def stood_down(connection: Connection) -> Iterator[None]:
    """Lift the guard for the few statements of ours that need it."""
    connection.set_authorizer(None)
    try:
        yield
    finally:
        stand_guard(connection)
