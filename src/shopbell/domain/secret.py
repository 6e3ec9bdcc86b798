"""A value that must never be printed. Must not be a `str`: joining it by accident should fail."""

from __future__ import annotations


class Secret:
    """Holds a passphrase, key or gateway secret; `repr` and `str` show dots only."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value, at the one place that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)
