"""All presets this copy of Shopbell knows, and the way to a live gateway.

Packaged presets come with the program; a folder of the owner's may hold more. A file that can't be
read is kept off the shelf with the reason, and never stands in for a packaged one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from shopbell.domain.gateway import GatewayConfig, PresetInfo
from shopbell.domain.showing import shown
from shopbell.errors import BadInput
from shopbell.gateways.account import check_account
from shopbell.gateways.connection import Connection
from shopbell.gateways.hooks import hook_target
from shopbell.gateways.preset import Preset, info_of
from shopbell.gateways.preset_reader import ID, MAX_FILE_CHARS, read_preset
from shopbell.gateways.rehearsal import rehearse
from shopbell.gateways.values import account_values

_PACKAGE = files("shopbell.gateways") / "presets"
_ID = re.compile(ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPreset:
    """A file that is not on the shelf, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stock:
    good: dict[str, Preset]
    refused: tuple[RefusedPreset, ...]


class Shelf:
    """Presets from the package and from one folder. Implements `GatewayShelf`."""

    def __init__(self, *, now: Callable[[], datetime], folder: Path | None = None) -> None:
        self._now = now
        self._folder = folder
        self._live: tuple[GatewayConfig, Connection] | None = None

    def presets(self) -> tuple[PresetInfo, ...]:
        """Return every good preset, sorted by id."""
        return tuple(info_of(preset) for _, preset in sorted(self._stock.good.items()))

    def refused(self) -> tuple[RefusedPreset, ...]:
        """Return the files that are not on the shelf, and why."""
        return self._stock.refused

    def problems(self) -> dict[str, tuple[str, ...]]:
        """Return every preset with what is wrong with it, tried with hostile texts.

        Files that are not on the shelf are among them. Sends nothing.
        """
        tried = {id_: rehearse(preset) for id_, preset in sorted(self._stock.good.items())}
        return tried | {bad.file: (bad.reason,) for bad in self._stock.refused}

    def preset(self, preset_id: str) -> PresetInfo:
        """Return one preset.

        Raises:
            BadInput: there is none of that id.
        """
        return info_of(self._get(preset_id))

    def check_account(self, preset_id: str, account: dict[str, str]) -> None:
        """Refuse an account that lacks a field, or an address the preset does not allow.

        Raises:
            BadInput: names the field and what is wrong.
        """
        check_account(self._get(preset_id), account)

    def hears_replies(self, config: GatewayConfig) -> bool:
        """Return whether replies can be fetched, or pushed to an address that is filled in."""
        preset = self._get(config.preset_id)
        if preset.inbound is not None:
            return True
        pushed = preset.hook is not None and preset.hook.inbound is not None
        return pushed and hook_target(preset, account_values(preset, config.account)) is not None

    def connect(self, config: GatewayConfig) -> Connection:
        """Return a live gateway for this configuration; opens no connection yet.

        Raises:
            BadInput: there is no such preset, or the account no longer fits it.
        """
        if self._live is not None and self._live[0] == config:
            return self._live[1]
        preset = self._get(config.preset_id)
        check_account(preset, config.account)
        self._live = (config, Connection(preset, config, self._now))
        return self._live[1]

    def _get(self, preset_id: str) -> Preset:
        # Of the packaged ones only the one that is needed is read.
        preset = _packaged(preset_id) or self._stock.good.get(preset_id)
        if preset is None:
            raise BadInput(
                f"There is no gateway preset “{shown(preset_id[:60], one_line=True)}”.",
                f"There are: {', '.join(sorted(self._stock.good))}.",
                code="no_preset",
            )
        return preset

    @cached_property
    def _stock(self) -> _Stock:
        good = {id_: preset for id_ in _packaged_ids() if (preset := _packaged(id_)) is not None}
        refused: list[RefusedPreset] = []
        for file, text in _own(self._folder):
            try:
                if isinstance(text, BadInput):
                    raise text
                preset = read_preset(text, file)
                if preset.id in good:
                    raise BadInput(f"{file}: there is a preset “{preset.id}” already.")
            except BadInput as error:
                refused.append(RefusedPreset(file=file, reason=error.message))
            else:
                good[preset.id] = preset
        return _Stock(good=good, refused=tuple(refused))


def check_preset(text: str, file: str) -> tuple[str, ...]:
    """Read a preset and try it with hostile texts; return what is wrong with it, nothing if good.

    Sends nothing.
    """
    try:
        return rehearse(read_preset(text, file))
    except BadInput as error:
        return (error.message,)


def _packaged_ids() -> Iterator[str]:
    for entry in _PACKAGE.iterdir():
        if entry.name.endswith(".toml"):
            yield entry.name.removesuffix(".toml")


@cache
def _packaged(preset_id: str) -> Preset | None:
    """Return the preset that came with the program in the file of that name, if there is one."""
    entry = _PACKAGE / f"{preset_id}.toml"
    if not _ID.fullmatch(preset_id) or not entry.is_file():
        return None
    return read_preset(entry.read_text(encoding="utf-8"), entry.name)


def _own(folder: Path | None) -> Iterator[tuple[str, str | BadInput]]:
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.glob("*.toml")):
        name = shown(path.name, one_line=True)
        try:
            # A pipe or a device could make the program wait for ever.
            if not path.is_file():
                raise OSError
            with path.open(encoding="utf-8") as file:
                yield name, file.read(MAX_FILE_CHARS + 1)
        except (OSError, UnicodeDecodeError):
            yield name, BadInput(f"{name} can't be read as a UTF-8 text file.")
