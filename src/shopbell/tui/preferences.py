"""The settings of this computer while the app runs. Must not read or write the file itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from shopbell.errors import BadInput
from shopbell.services.settings_file import Density, Settings
from shopbell.tui.own_keys import key_for
from shopbell.tui.wanted_keys import own_keys, plainly

Remember = Callable[[str, str | int], bool]
"""Called with the name and the value of a setting; returns whether it could be kept."""


RememberKeys = Callable[[str, tuple[str, ...]], bool]
"""The same for the keys of a command; none means those it comes with."""


def _forgets(_name: str, _value: object) -> bool:
    return True


class Preferences:
    """What holds now; a choice is kept where that is possible."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        file: str = "settings.toml",
        remember: Remember = _forgets,
        remember_keys: RememberKeys = _forgets,
    ) -> None:
        read = settings or Settings()
        self.keys = own_keys(read.keys, Path(file).name)
        """The keys in force."""
        self.now = replace(read, troubles=(*read.troubles, *self.keys.troubles))
        self.file = file
        self._remember = remember
        self._remember_keys = remember_keys

    @property
    def lock_after(self) -> timedelta:
        """How long nobody may touch a key."""
        return timedelta(minutes=self.now.lock_minutes)

    @property
    def is_compact(self) -> bool:
        """Whether there is little air on the screen."""
        return self.now.density is Density.COMPACT

    @property
    def trouble(self) -> str:
        """The first thing of the file that does not count, and where to read on; or ""."""
        if not self.now.troubles:
            return ""
        return f"{self.now.troubles[0]} {key_for('everywhere.settings')} shows the settings."

    def choose(self, name: str, value: str | int) -> str:
        """Let a setting hold from now on; returns what to say if it could not be kept, or ""."""
        match name:
            case "density":
                self.now = replace(self.now, density=Density(str(value)))
            case "lock_minutes":
                self.now = replace(self.now, lock_minutes=int(value))
            case _:
                self.now = replace(self.now, theme=str(value))
        return "" if self._remember(name, value) else self._only_now()

    def choose_keys(self, name: str, keys: tuple[str, ...]) -> str:
        """Let other keys stand for a command; none means those it comes with.

        Returns:
            What to say if that could not be kept, or "".

        Raises:
            BadInput: one of the keys cannot be; nothing was changed.
        """
        others = tuple((id_, theirs) for id_, theirs in self.now.keys if id_ != name)
        wanted = (*others, (name, keys)) if keys else others
        file = Path(self.file).name
        found = own_keys(wanted, file)
        before = own_keys(others, file).troubles
        if new := [said for said in found.troubles if said not in before]:
            raise BadInput(plainly(new[0], file), "Write another key.", code="usage")
        old = self.keys.troubles
        told = tuple(said for said in self.now.troubles if said not in old)
        self.keys = found
        self.now = replace(self.now, keys=wanted, troubles=(*told, *found.troubles))
        return "" if self._remember_keys(name, keys) else self._only_now()

    def _only_now(self) -> str:
        return f"It holds until you close Shopbell: “{self.file}” could not be written."
