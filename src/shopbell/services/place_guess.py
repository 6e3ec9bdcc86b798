"""Where this computer seems to be, for the first questions. A guess only: the owner says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import available_timezones

_LOCALE = re.compile(r"[a-z]{2,3}[_-]([A-Z]{2})(?:[.@]|$)")
_LOCALTIME = Path("/etc/localtime")


def guessed_country(environ: Mapping[str, str]) -> str:
    """Return the country of the language settings, two letters, or ""."""
    for name in ("LC_ALL", "LC_ADDRESS", "LC_TELEPHONE", "LANG"):
        if found := _LOCALE.match(environ.get(name, "")):
            return found.group(1)
    return ""


def guessed_zone(environ: Mapping[str, str], localtime: Path = _LOCALTIME) -> str:
    """Return the computer's own time zone by its IANA name, or ""."""
    known = available_timezones()
    if (named := environ.get("TZ", "").lstrip(":")) in known:
        return named
    try:
        parts = localtime.resolve().parts
    except OSError:
        return ""
    for length in (3, 2):
        if (name := "/".join(parts[-length:])) in known:
            return name
    return ""
