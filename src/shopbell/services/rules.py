"""The packaged rule files, read once. Must not interpret them: that is `domain.rulebook`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from shopbell.domain.rulebook import Rulebook, parse_rules


@cache
def packaged_rules() -> Rulebook:
    """Return the rulebook that ships with this version.

    Raises:
        BadInput: a rule file is wrong; names the file and the key.
    """
    folder = files("shopbell.domain") / "rules"
    return parse_rules(
        {
            entry.name: entry.read_text(encoding="utf-8")
            for entry in folder.iterdir()
            if entry.name.endswith(".toml")
        }
    )
