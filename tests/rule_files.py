"""The rule files as the package ships them, for tests that need a real rulebook."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from shopbell.domain.rulebook import Rulebook, parse_rules


def packaged_rule_files() -> dict[str, str]:
    folder = files("shopbell.domain") / "rules"
    return {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


@lru_cache(maxsize=1)
def packaged_rules() -> Rulebook:
    return parse_rules(packaged_rule_files())
