"""Tries presets with hostile texts. Sends nothing; must not know what a request looks like."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from shopbell.cli.files import text_of_file
from shopbell.cli.tools import Tools
from shopbell.domain.gateway import GatewayConfig, Outgoing, PresetInfo
from shopbell.domain.ids import E164, Ref
from shopbell.domain.segments import measure
from shopbell.errors import BadInput
from shopbell.services.ports import GatewayShelf

_HOSTILE = ("Tom & Jerry + 100% = ?", "one\ntwo", "“Ümlaut” 👍🏽", "{text}#;&to=1", "A" * 1600)
_MOMENT = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


def check_shelf(tools: Tools) -> dict[str, tuple[str, ...]]:
    """Return every preset with what is wrong with it; nothing when it is good."""
    shelf = tools.shelf(tools.clock())
    found = {preset.id: _problems(shelf, preset) for preset in shelf.presets()}
    return found | {bad.file: (bad.reason,) for bad in tools.refused_presets()}


def check_files(files: tuple[Path, ...], tools: Tools) -> dict[str, tuple[str, ...]]:
    """Return every preset file with what is wrong with it; nothing when it is good."""
    return {str(path): _check_file(path, tools) for path in files}


def _check_file(path: Path, tools: Tools) -> tuple[str, ...]:
    try:
        text = text_of_file(path, "preset")
    except BadInput as error:
        return (error.message,)
    return tools.check_preset(text, path.name)


def _problems(shelf: GatewayShelf, preset: PresetInfo) -> tuple[str, ...]:
    account = {f.key: f.example or "example" for f in preset.fields if not f.optional}
    config = GatewayConfig(
        name="rehearsal",
        preset_id=preset.id,
        account=account,
        price_micros=None,
        currency=None,
    )
    try:
        gateway = shelf.connect(config)
        for text in _HOSTILE:
            gateway.preview(_outgoing(text))
    except BadInput as error:
        return (error.message,)
    return ()


def _outgoing(text: str) -> Outgoing:
    return Outgoing(
        ref=Ref("01HQ5Z4K7V3M9X2C8B6N1D0FGT"),
        to=E164("+12125550142"),
        text=text,
        encoding=measure(text).encoding,
        valid_until=None,
        started_at=_MOMENT,
    )
