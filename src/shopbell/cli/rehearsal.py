"""Tries presets with hostile texts. Sends nothing; must not know what a request looks like."""

from __future__ import annotations

from pathlib import Path

from shopbell.cli.files import text_of_file
from shopbell.cli.tools import Tools
from shopbell.errors import BadInput


def check_files(files: tuple[Path, ...], tools: Tools) -> dict[str, tuple[str, ...]]:
    """Return every preset file with what is wrong with it; nothing when it is good."""
    return {str(path): _check_file(path, tools) for path in files}


def _check_file(path: Path, tools: Tools) -> tuple[str, ...]:
    try:
        text = text_of_file(path, "preset")
    except BadInput as error:
        return (error.message,)
    return tools.check_preset(text, path.name)
