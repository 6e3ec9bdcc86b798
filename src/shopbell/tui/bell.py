"""Whether the terminal rings when somebody writes. Must not ring it."""

from __future__ import annotations

from collections.abc import Callable


class Bell:
    """Whether the terminal rings when somebody writes; who keeps it is told when it changes."""

    def __init__(
        self, *, is_on: bool = False, keep: Callable[[bool], object] = lambda _: None
    ) -> None:
        self.is_on = is_on
        self._keep = keep

    def turn(self) -> bool:
        """Turn it on or off; return which."""
        self.is_on = not self.is_on
        self._keep(self.is_on)
        return self.is_on
