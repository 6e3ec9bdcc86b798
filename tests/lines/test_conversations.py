"""Whole conversations, both sides, as a person last read them: see the files in `kept`.

Run with `--update-golden` after changing a word, then read them again.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lines.conftest import KEPT
from lines.conversing import FILES, Place, typed_in

NAMES = sorted(path.stem for path in KEPT.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
async def test_a_conversation_reads_as_it_was_kept(
    name: str, place: Place, keeps: Callable[[str, str], None]
) -> None:
    typed = typed_in((KEPT / f"{name}.txt").read_text(encoding="utf-8"))
    said = await place.talk(*typed)
    keeps(name, said.page.replace(str(FILES), "{files}"))
    assert said.asked == len(typed), "it ended before everything was typed"
