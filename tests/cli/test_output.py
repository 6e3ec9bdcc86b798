"""The one writer: sentences made showable, JSON pure and alone, any terminal's encoding."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.cli.output import Output
from shopbell.domain.progress import Progress

HOSTILE = "\x1b]52;c;aGk=\x07 [/] \u202eabc \ud83d \x00 \x9b31m\nnext"


def test_a_person_gets_the_lines_and_no_json(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=False).result({"a": 1}, ["One fact.", "Another."])
    assert capsys.readouterr() == ("One fact.\nAnother.\n", "")


def test_a_script_gets_one_object_and_no_lines(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=True).result({"a": [1, None, "x"]}, ["One fact."])
    assert capsys.readouterr() == ('{"a": [1, null, "x"]}\n', "")


def test_hostile_text_reaches_a_terminal_harmless_and_on_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Output(as_json=False).result({}, [HOSTILE])
    out = capsys.readouterr().out
    assert out == "␛]52;c;aGk=␇ [/] \ufffdabc \ufffd ␀ \ufffd31m⏎next\n"


@given(st.text(st.characters(), max_size=40))
def test_json_is_one_line_of_ascii_that_gives_back_the_very_text(text: str) -> None:
    stream = io.StringIO()
    before, sys.stdout = sys.stdout, stream
    try:
        Output(as_json=True).result({"text": text}, ())
    finally:
        sys.stdout = before
    line = stream.getvalue()
    assert line.isascii()
    assert line[:-1].isprintable()
    assert line.endswith("\n")
    assert json.loads(line) == {"text": text}


@given(st.text(st.characters(), max_size=40))
def test_no_control_character_of_a_text_reaches_the_terminal(text: str) -> None:
    stream = io.StringIO()
    before, sys.stdout = sys.stdout, stream
    try:
        Output(as_json=False).result({}, [text])
    finally:
        sys.stdout = before
    assert all(c >= " " and c not in "\x7f\u202e\u2066" for c in stream.getvalue()[:-1])


def test_a_legacy_terminal_shows_question_marks_rather_than_failing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    Output(as_json=False).result({}, ["Zoë: “hi”"])
    assert raw.getvalue() == b"Zo?: ?hi?\n"


def test_asides_go_to_standard_error_and_never_into_a_scripts_ears(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Output(as_json=False).aside("By the way.")
    Output(as_json=True).aside("By the way.")
    assert capsys.readouterr() == ("", "By the way.\n")


def test_facts_said_early_go_to_standard_output_for_a_person_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Output(as_json=False).say("A step is done.")
    Output(as_json=True).say("A step is done.")
    assert capsys.readouterr() == ("A step is done.\n", "")


def test_progress_is_a_line_for_each_tenth_of_a_long_job(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = Output(as_json=False)
    for done in range(0, 100_001, 500):
        out.progress(Progress(step="reading rows", done=done, total=100_000))
    out.progress(Progress(step="writing contacts", done=100_000, total=100_000))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 12
    assert lines[3] == "reading rows: 30 %"
    assert lines[-1] == "writing contacts: 100 %"


@pytest.mark.parametrize("total", [None, 10, 4_999])
def test_short_work_is_not_told(total: int | None, capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=False).progress(Progress(step="reading rows", done=1, total=total))
    assert capsys.readouterr().err == ""


def test_an_error_is_sentences_on_standard_error_or_one_object_on_standard_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Output(as_json=False).error("bad", "It is bad.", "Mend it.")
    assert capsys.readouterr() == ("", "It is bad.\nMend it.\n")
    Output(as_json=True).error("bad", "It is bad.", "Mend it.")
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "error": {"code": "bad", "message": "It is bad.", "hint": "Mend it."}
    }
    assert err == ""
