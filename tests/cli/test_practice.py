"""The practice gateway run by itself, for drills with a shop of one's own."""

from __future__ import annotations

import json
import signal
import socket
from pathlib import Path

import pytest

from till import ANA, READY, Till


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_then_what_it_saw_and_ends_on_a_signal(
    till: Till, number: int
) -> None:
    with till.start("practice-gateway", "--port", "0", "--json") as serving:
        assert serving.stdout is not None
        first = json.loads(serving.stdout.readline())
        assert first["url"].startswith("http://127.0.0.1:")
        till.use({"url": first["url"], "token": "practice"})
        till.agree()
        till.json("send", ANA, READY, "--wait")
        serving.send_signal(number)
        out, err = serving.communicate(timeout=30)
    assert (serving.returncode, err) == (0, "")
    seen = [json.loads(line) for line in out.splitlines()]
    assert [event["event"] for event in seen] == ["accepted", "arrived"]
    assert {event["number"] for event in seen} == {ANA}
    assert "your order is ready." in seen[0]["text"]


def test_a_script_file_says_what_happens(till: Till, tmp_path: Path) -> None:
    script = tmp_path / "drill.toml"
    script.write_text(
        'delay_s = 0\n[[numbers]]\nends = "0101"\nanswer = "STOP"\n', encoding="utf-8"
    )
    line = ("practice-gateway", "--port", "0", "--script", str(script))
    with till.start(*line, "--json") as serving:
        assert serving.stdout is not None
        till.use({"url": json.loads(serving.stdout.readline())["url"], "token": "practice"})
        till.agree()
        till.json("send", ANA, READY, "--wait")
        assert till.json("inbox", "sync")["holder"] is None
        assert till.json("contacts", "show", ANA)["suppressed"] is True
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=30)


def test_a_person_reads_sentences(till: Till) -> None:
    with till.start("practice-gateway", "--port", "0") as serving:
        assert serving.stdout is not None
        assert serving.stdout.readline().startswith("listening  http://127.0.0.1:")
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=30) == 0


def test_a_port_that_is_taken_is_said(till: Till) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert (
            till.json("practice-gateway", "--port", port, code=2)["error"]["code"] == "port_taken"
        )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("nonsense =", "not a TOML file"), ("delay = 1", "delay"), (None, "no file")],
)
def test_a_script_that_cannot_be_read_is_refused(
    till: Till, tmp_path: Path, content: str | None, complaint: str
) -> None:
    script = tmp_path / "drill.toml"
    if content is not None:
        script.write_text(content, encoding="utf-8")
    ran = till.run(
        "practice-gateway", "--port", str(free_port()), "--script", str(script), "--json"
    )
    assert ran.code == 2
    assert complaint in ran.json["error"]["message"]
