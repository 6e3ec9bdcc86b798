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


def filled(expected: Any, **holes: str) -> Any:
    """A recorded value with its holes filled in: `{text}`, `{word}`."""
    match expected:
        case str():
            return holes.get(expected[1:-1], expected) if expected.startswith("{") else expected
        case list():
            return [filled(one, **holes) for one in expected]
        case dict():
            return {key: filled(value, **holes) for key, value in expected.items()}
        case _:
            return expected


def with_text(expected: Any, text: str) -> Any:
    """The expected request with the text filled in, as it is or as hexadecimal UTF-16."""
    return filled(expected, text=text, hex=text.encode("utf-16-be").hex())


def answer_of(recorded: dict[str, Any]) -> tuple[int, Any]:
    """The status and the body of a recorded answer; JSON unless it says text."""
    status = recorded.get("status", 200)
    return status, recorded["json"] if "json" in recorded else recorded["text"].encode()
