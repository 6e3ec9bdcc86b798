"""The settings of this computer while the app runs. Must not read or write the file itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from shopbell.services.settings_file import Density, Settings

Remember = Callable[[str, str | int], bool]
"""Called with the name and the value of a setting; returns whether it could be kept."""


def _forgets(_name: str, _value: str | int) -> bool:
    return True


class Preferences:
    """What holds now; a choice is kept where that is possible."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        file: str = "settings.toml",
        remember: Remember = _forgets,
    ) -> None:
        self.now = settings or Settings()
        self.file = file
        self._remember = remember

    @property
    def lock_after(self) -> timedelta:
        """How long nobody may touch a key."""
        return timedelta(minutes=self.now.lock_minutes)

    @property
    def is_compact(self) -> bool:
        """Whether there is little air on the screen."""
        return self.now.density is Density.COMPACT

    def choose(self, name: str, value: str | int) -> str:
        """Let a setting hold from now on; returns what to say if it could not be kept, or ""."""
        match name:
            case "density":
                self.now = replace(self.now, density=Density(str(value)))
            case "lock_minutes":
                self.now = replace(self.now, lock_minutes=int(value))
            case _:
                self.now = replace(self.now, theme=str(value))
        if self._remember(name, value):
            return ""
        return f"It holds until you close Shopbell: “{self.file}” could not be written."
