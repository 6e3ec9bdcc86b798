"""What of the lessons is done: kept in a small file, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.errors import BadInput
from shopbell.gateways.practice import PracticeGateway
from shopbell.services.clock import SystemClock
from shopbell.services.drill_progress import Progress, read_progress, reset, save_done
from shopbell.services.drills import Drills
from shopbell.services.lessons import LESSONS

KNOWN = frozenset(one.id for one in LESSONS)

HOSTILE: tuple[tuple[bytes, str], ...] = (
    (b"", "it makes no sense"),
    (b"{", "it makes no sense"),
    (b"[]", "it makes no sense"),
    (b"3", "it makes no sense"),
    (b"null", "it makes no sense"),
    (b'"done"', "it makes no sense"),
    (b'{"done": "angry"}', "it makes no sense"),
    (b'{"done": {"angry": 1}}', "it makes no sense"),
    (b'{"did": []}', "it makes no sense"),
    (b"\xff\xfe", "it makes no sense"),
    (b"\x00" * 9, "it makes no sense"),
    (b"[" * 10_000, "it makes no sense"),
    (b'{"done": [' + b'"angry",' * 9_000 + b'"call"]}', "it is too long"),
)


def keeps(path: Path) -> Drills:
    """The lessons over a file."""
    return Drills(path)


def pass_lesson(drills: Drills, name: str) -> None:
    """Let a lesson be done."""
    running = drills.begin(drills.named(name), PracticeGateway(now=SystemClock().now))
    running._passed(running.lesson)


def test_what_is_done_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lessons.json"
    drills = keeps(path)
    assert drills.next() is LESSONS[0]
    pass_lesson(drills, LESSONS[0].id)
    pass_lesson(drills, LESSONS[2].id)
    again = keeps(path)
    assert [one.is_done for one in again.listed()] == [
        one.id in (LESSONS[0].id, LESSONS[2].id) for one in LESSONS
    ]
    assert again.next() is LESSONS[1]
    assert not again.trouble
    assert [child.name for child in path.parent.iterdir()] == ["lessons.json"]


def test_the_file_holds_names_of_lessons_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "lessons.json"
    pass_lesson(keeps(path), "angry")
    assert json.loads(path.read_text(encoding="utf-8")) == {"done": ["angry"]}


def test_after_the_last_lesson_comes_the_first(tmp_path: Path) -> None:
    drills = keeps(tmp_path / "lessons.json")
    for one in LESSONS:
        pass_lesson(drills, one.id)
    assert all(one.is_done for one in drills.listed())
    assert drills.next() is LESSONS[0]


def test_the_lesson_somebody_is_at_is_marked_and_what_was_wanted_has_begun(tmp_path: Path) -> None:
    drills = keeps(tmp_path / "lessons.json")
    assert not any(one.is_running for one in drills.listed())
    drills.wanted = drills.named("call")
    drills.begin(drills.wanted, PracticeGateway(now=SystemClock().now))
    assert drills.wanted is None
    assert [one.lesson.id for one in drills.listed() if one.is_running] == ["call"]


@pytest.mark.parametrize("name", ["", "nothing", "[/]", "\x1b[2J", "x" * 5_000, "ANGRY"])
def test_a_lesson_that_is_not_there_is_refused_with_those_that_are(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(BadInput, match="There is no lesson") as caught:
        keeps(tmp_path / "lessons.json").named(name)
    assert "angry, odd-stop" in caught.value.hint
    assert len(caught.value.message) < 90


@pytest.mark.parametrize(("data", "why"), HOSTILE, ids=lambda case: str(case)[:16])
def test_a_file_that_makes_no_sense_is_named_kept_and_taken_away_only_when_asked(
    tmp_path: Path, data: bytes, why: str
) -> None:
    path = tmp_path / "lessons.json"
    path.write_bytes(data)
    drills = keeps(path)
    assert str(path) in drills.trouble
    assert why in drills.trouble
    assert "shopbell drill --reset" in drills.trouble
    pass_lesson(drills, "angry")
    assert drills.listed()[0].is_done, "it holds until Shopbell is closed"
    assert path.read_bytes() == data
    drills.forget()
    assert not path.exists()
    assert not drills.trouble
    assert not any(one.is_done for one in drills.listed())


def test_names_that_are_no_lessons_do_not_count_and_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "lessons.json"
    odd = ["angry", "gone", "[/]", "\u202e", 3, None, ["call"], {}]
    path.write_text(json.dumps({"done": odd, "more": 1}), encoding="utf-8")
    assert read_progress(path, KNOWN) == Progress(done=frozenset({"angry"}))
    assert save_done(path, "call", KNOWN)
    assert read_progress(path, KNOWN).done == {"angry", "call"}


@settings(max_examples=60)
@given(data=st.binary(max_size=200))
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "lessons.json"
    path.write_bytes(data)
    found = read_progress(path, KNOWN)
    assert found.done <= KNOWN
    assert bool(found.trouble) is not save_done(path, "angry", KNOWN)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lessons.json"
    path.mkdir()
    drills = keeps(path)
    assert "does not count" in drills.trouble
    assert not reset(path)
    with pytest.raises(BadInput, match="cannot be taken away"):
        drills.forget()


def test_a_place_that_cannot_be_written_is_told_once_it_matters(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    drills = keeps(tmp_path / "file" / "lessons.json")
    assert not drills.trouble
    pass_lesson(drills, "angry")
    assert "could not be written" in drills.trouble
    assert drills.listed()[0].is_done
