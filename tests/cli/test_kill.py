"""`kill -9` at every step of sending: never two texts at the gateway, never a lost row.

The till script and the practice gateway are processes of their own, as they are at a counter.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from till import ANA, READY, Till

LINE = ("send", ANA, READY)


class Drill:
    """A practice gateway in a process of its own, which is asked afterwards what it saw."""

    def __init__(self, till: Till, script: str) -> None:
        file = till.file.parent / "drill.toml"
        file.write_text(script, encoding="utf-8")
        line = ("practice-gateway", "--port", "0", "--script", str(file), "--json")
        self._process = till.start(*line)
        assert self._process.stdout is not None
        self._out = self._process.stdout
        self.account = {"url": json.loads(self._out.readline())["url"], "token": "practice"}

    def next(self) -> dict[str, Any]:
        """Wait for the next thing it sees."""
        event: dict[str, Any] = json.loads(self._out.readline())
        return event

    def end(self) -> list[dict[str, Any]]:
        """Stop it and return everything it saw since the last time it was asked."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        out, _ = self._process.communicate(timeout=30)
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def script() -> str:
    return "delay_s = 0\n"


@pytest.fixture
def drill(till: Till, script: str) -> Iterator[Drill]:
    drill = Drill(till, script)
    till.use(drill.account)
    till.agree()
    yield drill
    drill.end()


def kill_at(moment: str, till: Till, line: tuple[str, ...] = LINE) -> None:
    """Run `send` in a process that dies at `moment`."""
    ran = till.run_apart(
        moment, *line, program=(str(Path(__file__).with_name("killed_sender.py")),)
    )
    assert ran.code == -signal.SIGKILL, ran


def texts(till: Till) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = till.json("messages", "list")["messages"]
    return found


def arrivals(events: list[dict[str, Any]]) -> int:
    return sum(event["event"] == "arrived" for event in events)


def carry_on(till: Till) -> None:
    """What the next hours at the counter bring: rounds, one after another."""
    for _ in range(3):
        till.run("run", "--once")


@pytest.mark.parametrize("moment", ["before submit", "in submit"])
def test_killed_before_the_text_is_written_nothing_happened(
    till: Till, drill: Drill, moment: str
) -> None:
    kill_at(moment, till)
    assert texts(till) == []
    carry_on(till)
    assert arrivals(drill.end()) == 0
    assert till.json("verify")["ok"] is True


@pytest.mark.parametrize("moment", ["before claim", "in claim"])
def test_killed_after_the_text_is_written_it_waits_and_goes_once(
    till: Till, drill: Drill, moment: str
) -> None:
    kill_at(moment, till)
    assert [text["state"] for text in texts(till)] == ["waiting"]
    carry_on(till)
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(drill.end()) == 1


def test_killed_before_the_request_leaves_it_is_unknown_until_the_gateway_is_asked(
    till: Till, drill: Drill
) -> None:
    kill_at("before-request", till)
    assert [text["state"] for text in texts(till)] == ["sending"]
    carry_on(till)
    assert [text["state"] for text in texts(till)] == ["unknown"]
    assert till.json("settle", "1")["state"] == "failed"
    carry_on(till)
    assert arrivals(drill.end()) == 0


@pytest.mark.parametrize("moment", ["after-request", "before settle_send", "in settle_send"])
def test_killed_after_the_gateway_took_it_it_is_unknown_and_settled_by_asking(
    till: Till, drill: Drill, moment: str
) -> None:
    kill_at(moment, till)
    assert [text["state"] for text in texts(till)] == ["sending"]
    settled = till.json("settle", "1")
    assert (settled["state"], settled["gateway_id"]) == ("accepted", "practice-1")
    carry_on(till)
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(drill.end()) == 1


@pytest.mark.parametrize("script", ['delay_s = 0\n[[faults]]\ndo = "hang"\naccept = true\n'])
def test_killed_during_the_request_it_is_unknown_and_settled_by_asking(
    till: Till, drill: Drill
) -> None:
    with till.start(*LINE) as sender:
        kinds = {drill.next()["event"], drill.next()["event"], drill.next()["event"]}
        assert kinds == {"fault", "accepted", "arrived"}
        sender.kill()
        sender.communicate()
    assert [text["state"] for text in texts(till)] == ["sending"]
    carry_on(till)
    history = till.json("messages", "show", "1")["history"]
    assert "[interrupted]" in [event["word"] for event in history]
    if texts(till)[0]["state"] == "unknown":
        till.json("settle", "1")
    carry_on(till)
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(drill.end()) == 0, "one had arrived before; a second one must not"


def test_killed_at_any_moment_no_plain_byte_and_no_lock_stays(till: Till, drill: Drill) -> None:
    kill_at("before settle_send", till)
    for path in till.file.parent.rglob("*"):
        if path.is_file() and path.name != "drill.toml":
            content = path.read_bytes()
            assert b"5550101" not in content, path
            assert b"order is ready" not in content, path
    till.json("settle", "1")
    left = {path.name for path in till.file.parent.iterdir()}
    assert left == {"shop.db", "drill.toml"}
    drill.end()


WELCOME = ("welcome", ANA, "--send")


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("in submit", False),
        ("in keep", False),
        ("in claim", True),
        ("after-request", True),
        ("in settle_send", True),
    ],
)
def test_killed_anywhere_a_yes_is_welcomed_once(
    till: Till, drill: Drill, moment: str, written: bool
) -> None:
    words = "Text me about offers. Up to 4 texts a month. Reply STOP to end."
    line = ("--purpose", "marketing", "--topic", "offers", "--how", "paper", "--wording", words)
    till.json("opt-in", ANA, *line)
    kill_at(moment, till, WELCOME)
    assert len(texts(till)) == written
    again = till.run(*WELCOME, "--json")
    assert again.code == (3 if written else 0)
    if written:
        assert "once is enough" in again.json["reasons"][0]["sentence"]
    carry_on(till)
    for text in texts(till):
        if text["state"] == "unknown":
            till.json("settle", str(text["message_id"]))
    carry_on(till)
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(drill.end()) == 1
    assert till.json("verify")["ok"] is True
