"""Small files that commands read themselves. Must not keep them, nor write any."""

from __future__ import annotations

from pathlib import Path

from shopbell.errors import BadInput

_MOST_BYTES = 262_144


def text_of_file(path: Path, what: str) -> str:
    """Return the text of a small file.

    Raises:
        BadInput: it is no file, cannot be read, is not UTF-8 or far too large.
    """
    _must_be_a_file(path, what)
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        text = raw.decode("utf-8")
    except OSError as error:
        raise _unreadable(path, what, error) from None
    except UnicodeDecodeError:
        raise BadInput(
            f"{what}: “{path}” is not plain text in UTF-8.", "Save it as UTF-8.", code="bad_file"
        ) from None
    if len(raw) > _MOST_BYTES:
        raise BadInput(f"{what}: “{path}” is too large.", "Check the name.", code="bad_file")
    return text


def _must_be_a_file(path: Path, what: str) -> None:
    # A pipe or a device could make the command wait for ever.
    if not path.is_file():
        raise BadInput(f"{what}: there is no file “{path}”.", "Check the name.", code="no_file")


def _unreadable(path: Path, what: str, error: OSError) -> BadInput:
    return BadInput(
        f"{what}: “{path}” cannot be read: {error.strerror or 'unknown reason'}.",
        "Check its permissions.",
        code="bad_file",
    )
