"""What line mode says of an error: never a command, always what can be chosen there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import shopbell
from lines.conversing import Place
from shopbell.domain.columns import NO_PHONES
from shopbell.domain.row_marks import DATE_ORDER
from shopbell.errors import BadInput
from shopbell.lines.hints import HINTS, said_in_lines
from shopbell.services.import_reading import MESSAGE_LOG, TOO_MANY_ROWS

SOURCE = Path(shopbell.__file__).parent
COMMAND = re.compile(r"shopbell [a-z]|(?:^|[\s(`'])--[a-z]")
NAMED = {
    "NO_PHONES": NO_PHONES,
    "DATE_ORDER": DATE_ORDER,
    "MESSAGE_LOG": MESSAGE_LOG,
    "TOO_MANY_ROWS": TOO_MANY_ROWS,
}
"""Codes that the source gives by a name."""


def text_of(node: ast.expr) -> str:
    """Return what a string says, with {} for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (text_of(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return "".join(parts)
    return ""


def errors_that_name_a_command() -> Iterator[tuple[str, str, str]]:
    """Yield where, by which code and with which hint the services tell somebody of a command."""
    for folder in ("services", "domain", "store"):
        for path in sorted((SOURCE / folder).glob("*.py")):
            source = path.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(source)) if COMMAND.search(source) else ():
                if not isinstance(node, ast.Call) or len(node.args) < 2:
                    continue
                code = next((word.value for word in node.keywords if word.arg == "code"), None)
                hint = text_of(node.args[1])
                if code is not None and COMMAND.search(hint):
                    name = NAMED.get(code.id, "") if isinstance(code, ast.Name) else text_of(code)
                    yield f"{path.name}:{node.lineno}", name, hint


def test_every_hint_that_names_a_command_has_words_of_line_mode() -> None:
    found = list(errors_that_name_a_command())
    assert len(found) > 25, "the search has gone blind"
    assert [one for one in found if one[1] not in HINTS] == []


@pytest.mark.parametrize(("code", "words"), sorted(HINTS.items()))
def test_words_of_line_mode_name_no_command_and_end_like_a_sentence(code: str, words: str) -> None:
    assert not COMMAND.search(words)
    assert len(words) <= 90, "one breath"
    assert words.endswith((".", "100"))
    assert code == code.lower()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BadInput("No.", "Try again.", code="no_text"), ("No.", "Try again.")),
        (
            BadInput("No.", "See 'shopbell messages list'.", code="no_text"),
            ("No.", HINTS["no_text"]),
        ),
        (BadInput("No.", "Give it with --number.", code="no_number"), ("No.", HINTS["no_number"])),
        (BadInput("No.", "shopbell whatever", code="unheard_of"), ("No.",)),
        (BadInput("--number: It is too short.", code="too_short"), ("It is too short.",)),
        (BadInput("No.", code="no_text"), ("No.",)),
        (BadInput("A -- B", "a -- b", code="no_text"), ("A -- B", "a -- b")),
    ],
)
def test_a_hint_is_said_as_it_is_unless_it_names_a_command(
    error: BadInput, said: tuple[str, ...]
) -> None:
    assert said_in_lines(error) == said


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("#Rules", "#An emergency", "#One is over", "US-LA"), "“What holds in this shop” says"),
        (("#Rules", "#Set a rule", "#Set a rule", "nothing", "why"), "“Read the rulebook” names"),
        (("#Rules", "#Two people", "#From how many", "20"), "add somebody first"),
        (
            ("#Sign-ups", "#Add a topic", "offers", "", "#Offers", "4/30"),
            "“Topics, and change one”",
        ),
    ],
)
async def test_a_refusal_in_a_place_points_to_a_choice(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*typed, "q")
    assert says in said.said
    assert "shopbell rules" not in said.said
    assert "shopbell second-yes" not in said.said
    assert "shopbell topics" not in said.said


def test_no_kept_conversation_tells_somebody_to_type_a_command() -> None:
    kept = Path(__file__).parent / "kept"
    names = re.compile(r"shopbell (?!open on this computer)[a-z]|\s--[a-z]")
    found = [path.name for path in kept.glob("*.txt") if names.search(path.read_text("utf-8"))]
    assert found == []


async def test_a_long_list_of_parked_rows_is_cut_short_without_a_command(
    place: Place, tmp_path: Path
) -> None:
    path = tmp_path / "till.csv"
    rows = "".join(f"Nobody {at},12\n" for at in range(30))
    path.write_text(f"Name,Phone\nRia Vale,2125550150\n{rows}", encoding="utf-8")
    said = await place.talk("#Import", "#Bring people in", str(path), "0", "q")
    assert "10 more rows are parked." in said.said
    assert "--json" not in said.said
