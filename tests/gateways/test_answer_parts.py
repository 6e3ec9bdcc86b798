"""The small readers of answers: dotted paths, moments, Kannel's bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.gateways.decode import kannel_text, posted_text
from shopbell.gateways.paths import as_text, find_all, find_text, is_path
from shopbell.gateways.when import read_moment

ANSWER = {
    "data": {"messages": [{"id": 7, "status": "SUCCESS"}, {"id": None, "status": "FAILED"}]},
    "ok": True,
    "0": "zero as a name",
    "list": ["a", ["b"]],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", [ANSWER]),
        ("data.messages.0.id", [7]),
        ("data.messages.*.status", ["SUCCESS", "FAILED"]),
        ("data.messages.1.id", [None]),
        ("data.messages.2.id", []),
        ("data.messages.-1.id", []),
        ("data.messages.id", []),
        ("0", ["zero as a name"]),
        ("list.1.0", ["b"]),
        ("ok.deeper", []),
        ("data.*", []),
        ("nothing", []),
    ],
)
def test_a_path_finds(path: str, found: list[object]) -> None:
    assert find_all(ANSWER, path) == found


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("x", "x"), (True, "true"), (0, "0"), (1.5, "1.5"), (["ä"], '["ä"]')],
)
def test_a_value_is_written_as_a_preset_would_write_it(value: object, text: str) -> None:
    assert as_text(value) == text
    assert find_text({"at": value}, "at") == text


@pytest.mark.parametrize(
    ("path", "good"), [("", True), ("a.b", True), ("a..b", False), (".a", False), ("a.", False)]
)
def test_a_path_has_no_empty_steps(path: str, good: bool) -> None:
    assert is_path(path) is good


def test_a_path_has_an_end() -> None:
    assert not is_path(".".join("a" * 13))


@given(JSON, st.text(alphabet="ab.*0", max_size=8))
def test_no_answer_and_no_path_is_too_odd(answer: object, path: str) -> None:
    assert isinstance(find_all(json.loads(json.dumps(answer)), path), list)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-24T15:42:00Z",
        "2026-11-24T10:42:00-05:00",
        "2026-11-24 15:42:00",
        "2026-11-24T15:42:00.000+00:00",
        "Tue, 24 Nov 2026 15:42:00 +0000",
        "Tue, 24 Nov 2026 10:42:00 -0500",
        "1795534920",
        1795534920,
        1795534920000,
        "1795534920000",
        1795534920.0,
    ],
)
def test_a_moment_is_read_however_it_is_written(written: object) -> None:
    assert read_moment(written) == datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        None,
        True,
        [],
        "2026-13-45",
        "9" * 16,
        "9" * 400,
        -5,
        1e30,
        "0000-00-00",
        "24:99",
        "\x00",
    ],
)
def test_what_is_no_moment_is_none(written: object) -> None:
    assert read_moment(written) is None


@given(st.text() | st.integers() | st.floats())
def test_reading_a_moment_never_fails_and_is_always_aware(written: object) -> None:
    moment = read_moment(written)
    assert moment is None or moment.utcoffset() is not None


@pytest.mark.parametrize(
    ("hexadecimal", "charset", "text"),
    [
        ("53544F50", "UTF-8", "STOP"),
        ("0053 0054 004F 0050", "UTF-16BE", "STOP"),
        ("004f0075d83ddc4d", "ucs-2", "Ou👍"),
        ("417272EA74", "8-BIT", "Arrêt"),
        ("417272EA74", "ISO-8859-1", "Arrêt"),
        ("417272EA74", "windows-1252", "Arrêt"),
        ("53544F50", "no-such-charset", "STOP"),
        ("53544F50", "rot13", "STOP"),
        ("FF53", "UTF-8", "\ufffdS"),
        ("d83d", "UTF-16BE", "\ufffd"),
        ("STOP", "UTF-8", "STOP"),
        ("", "", ""),
    ],
)
def test_kannels_bytes_become_text(hexadecimal: str, charset: str, text: str) -> None:
    assert kannel_text(hexadecimal, charset) == text


@given(st.binary(), st.sampled_from(["UTF-8", "UTF-16BE", "8-BIT", ""]))
def test_no_bytes_are_too_odd_for_kannel(raw: bytes, charset: str) -> None:
    kannel_text(raw.hex(), charset).encode()


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"STOP", 'text/plain; charset="UTF-8"', "STOP"),
        (b"  stop  ", "text/plain; charset=utf-8", "  stop  "),
        ("Arrêt €".encode(), "text/plain", "Arrêt €"),
        ("СТОП👍".encode("utf-16-be"), 'text/plain; charset="UTF-16BE"', "СТОП👍"),
        (b"Arr\xeat ", "application/octet-stream", "Arrêt "),
        (b"Arr\xeat", "", "Arrêt"),
        (b"STOP", 'text/plain; charset="x-nobody-knows"', "STOP"),
        (b"\xff\xfe\x00", "text/plain", "\ufffd\ufffd\x00"),
        (b"", "text/plain", ""),
    ],
)
def test_a_text_that_is_the_whole_body_is_read_in_its_character_set(
    body: bytes, content_type: str, text: str
) -> None:
    assert posted_text(body, content_type) == text


@given(body=st.binary(max_size=80), content_type=st.text(max_size=40))
def test_any_body_is_some_text(body: bytes, content_type: str) -> None:
    assert isinstance(posted_text(body, content_type), str)
    posted_text(body, f"text/plain; charset={content_type}").encode()
