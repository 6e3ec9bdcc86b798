"""`kill -9` at every step of sending: never two texts at the gateway, never a lost row.

The till script is a process of its own, as it is at a counter, and dies for real.
"""

from __future__ import annotations

import signal
from typing import Any

import pytest

from apart import command_line, ended, recovery_code, started
from cli import killed_sender
from shopbell.domain.secret import Secret
from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Do, Fault
from till import ANA, PASSPHRASE, READY, Till

LINE = ("send", ANA, READY)


@pytest.fixture
def counting(till: Till, practice: PracticeGateway) -> PracticeGateway:
    """The gateway that counts what reaches the phone; the shop uses it, and Ana has agreed."""
    till.use(practice.account)
    till.agree()
    return practice


def code_of(till: Till) -> str:
    return recovery_code(till.file, Secret(PASSPHRASE))


def kill_at(moment: str, till: Till, line: tuple[str, ...] = LINE) -> None:
    """Run `send` in a process that dies at `moment`."""
    doomed = started(killed_sender.main, moment, till.environment(), code_of(till), line)
    assert ended(doomed) == -signal.SIGKILL


def texts(till: Till) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = till.json("messages", "list")["messages"]
    return found


def arrivals(gateway: PracticeGateway) -> int:
    return sum(text.arrivals for text in gateway.seen())


def carry_on(till: Till) -> None:
    """What the next hours at the counter bring: rounds, one after another."""
    for _ in range(3):
        till.run("run", "--once")


@pytest.mark.parametrize("moment", ["before submit", "in submit"])
def test_killed_before_the_text_is_written_nothing_happened(
    till: Till, counting: PracticeGateway, moment: str
) -> None:
    kill_at(moment, till)
    assert texts(till) == []
    carry_on(till)
    assert arrivals(counting) == 0
    assert till.json("verify")["ok"] is True


@pytest.mark.parametrize("moment", ["before claim", "in claim"])
def test_killed_after_the_text_is_written_it_waits_and_goes_once(
    till: Till, counting: PracticeGateway, moment: str
) -> None:
    kill_at(moment, till)
    assert [text["state"] for text in texts(till)] == ["waiting"]
    carry_on(till)
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(counting) == 1


@pytest.mark.parametrize("by_hand", [True, False])
def test_killed_before_the_request_leaves_the_gateway_is_asked_and_it_goes_once(
    till: Till, counting: PracticeGateway, by_hand: bool
) -> None:
    kill_at("before-request", till)
    assert [text["state"] for text in texts(till)] == ["sending"]
    if by_hand:
        assert till.json("settle", "1")["state"] == "waiting"
    carry_on(till)
    words = [event["word"] for event in till.json("messages", "show", "1")["history"]]
    assert words[1:5] == ["[claimed]", "[interrupted]", "[absent]", "[claimed]"]
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(counting) == 1


@pytest.mark.parametrize("moment", ["after-request", "before settle_send", "in settle_send"])
def test_killed_after_the_gateway_took_it_it_is_unknown_and_settled_by_asking(
    till: Till, counting: PracticeGateway, moment: str
) -> None:
    kill_at(moment, till)
    assert [text["state"] for text in texts(till)] == ["sending"]
    settled = till.json("settle", "1")
    assert (settled["state"], settled["gateway_id"]) == ("accepted", "practice-1")
    carry_on(till)
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(counting) == 1


def test_killed_during_the_request_it_is_unknown_and_settled_by_asking(
    till: Till, counting: PracticeGateway
) -> None:
    counting.misbehave(Fault(do=Do.HANG, accept=True))
    sender = started(command_line, till.environment(), code_of(till), LINE)
    assert counting.wait_until(lambda store: bool(store.texts()), seconds=60)
    assert counting.wait_until(lambda store: store.texts()[0].arrivals == 1, seconds=60)
    sender.kill()
    assert ended(sender) == -signal.SIGKILL
    assert [text["state"] for text in texts(till)] == ["sending"]
    carry_on(till)
    history = till.json("messages", "show", "1")["history"]
    assert "[interrupted]" in [event["word"] for event in history]
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(counting) == 1, "one had arrived before; a second one must not"


def test_killed_at_any_moment_no_plain_byte_and_no_lock_stays(
    till: Till, counting: PracticeGateway
) -> None:
    kill_at("before settle_send", till)
    for path in till.file.parent.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"5550101" not in content, path
            assert b"order is ready" not in content, path
    till.json("settle", "1")
    left = {path.name for path in till.file.parent.iterdir()}
    assert left == {"shop.db"}


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("in cancel", ["waiting"]),
        ("in write", ["waiting"]),
        ("in submit", ["waiting"]),
        ("before claim", ["waiting", "canceled"]),
        ("in claim", ["waiting", "canceled"]),
        ("before-request", ["sending", "canceled"]),
        ("after-request", ["sending", "canceled"]),
    ],
)
def test_killed_while_other_words_take_its_place_exactly_one_of_the_two_leaves(
    till: Till, counting: PracticeGateway, moment: str, left: list[str]
) -> None:
    till.json("send", ANA, "ready at one", "--at", "2026-11-24T12:00")
    till.now = "2026-11-24T12:01"
    kill_at(moment, till, ("messages", "replace", "1", "ready at two"))
    assert [text["state"] for text in texts(till)] == left
    carry_on(till)
    heard = "ready at one" if len(left) == 1 else "ready at two"
    assert [text.text for text in counting.seen()] == [f"Fern & Finch: {heard} STOP to end"]
    assert arrivals(counting) == 1
    assert till.json("verify")["ok"] is True


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
    till: Till, counting: PracticeGateway, moment: str, written: bool
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
    assert [text["state"] for text in texts(till)] == ["delivered"]
    assert arrivals(counting) == 1
    assert till.json("verify")["ok"] is True
