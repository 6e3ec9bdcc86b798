"""The recorded exchanges of tests/gateways/wire: one JSON file per preset, with its source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

WIRE = Path(__file__).parent / "wire"


def wire_case(name: str) -> dict[str, Any]:
    """The recorded exchanges of one preset."""
    return json.loads((WIRE / f"{name}.json").read_text(encoding="utf-8"))


def account_at(case: dict[str, Any], url: str) -> dict[str, str]:
    """The account of a case, pointing to a stand-in at `url`."""
    port = str(urlsplit(url).port)
    return {
        key: value.replace("{url}", url).replace("{port}", port)
        for key, value in case["account"].items()
    }


def with_text(expected: Any, text: str) -> Any:
    """The expected request with the text filled in."""
    match expected:
        case str():
            return text if expected == "{text}" else expected
        case list():
            return [with_text(one, text) for one in expected]
        case dict():
            return {key: with_text(value, text) for key, value in expected.items()}
        case _:
            return expected
