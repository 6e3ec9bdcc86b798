"""What the practice gateway is told to do: delays, habits of numbers, faults, replies.

Read from a TOML file or from its control endpoint. Must not act on any of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shopbell.errors import BadInput
from shopbell.gateways.strict_table import StrictTable

MAX_SECONDS = 86_400.0


class Subject(StrEnum):
    """What a fault befalls."""

    SEND = "send"
    STATUS = "status"
    INBOX = "inbox"
    CHECK = "check"


class Do(StrEnum):
    """The ways to misbehave."""

    ANSWER = "answer"
    """Answer `status` with `body`."""
    CUT = "cut"
    """Drop the connection without an answer."""
    HANG = "hang"
    """Say nothing for `seconds`, then drop the connection."""
    DELAY = "delay"
    """Wait `seconds`, then behave."""
    NONSENSE = "nonsense"
    """Answer 200 with something that is no JSON."""
    PAGE = "page"
    """Answer 200 with a web page."""
    REDIRECT = "redirect"
    """Point to another host."""
    HUGE = "huge"
    """Answer with five gigabytes."""
    EMPTY = "empty"
    """Answer 200 without a word."""
    DUPLICATE = "duplicate"
    """Deliver the text twice; list every reply twice."""
    LOSE = "lose"
    """Accept the text and forget it."""


class Ending(StrEnum):
    """What becomes of a text."""

    DELIVERED = "delivered"
    FAILED = "failed"
    UNDELIVERABLE = "undeliverable"
    SILENT = "silent"
    """It arrives, but no receipt ever says so."""
    OPTED_OUT = "opted_out"
    """It is refused at once: the network keeps a stop for this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One misbehaviour."""

    do: Do
    on: Subject = Subject.SEND
    times: int = 1
    """How often; 0 = until told otherwise."""
    accept: bool = False
    """Whether the text is accepted before the gateway misbehaves."""
    seconds: float = 60.0
    status: int = 500
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How numbers that end in these digits behave."""

    ends: str
    ending: Ending = Ending.DELIVERED
    answer: str = ""
    """What its owner texts back; empty = nothing."""
    after_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedReply:
    """A text a customer will write by herself."""

    sender: str
    text: str
    after_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Everything at once."""

    delay_s: float = 0.2
    """From accepting a text to its arrival on the phone; 0 = at once."""
    refuse_duplicates: bool = True
    """Whether a reference that was used before is answered 409."""
    habits: tuple[Habit, ...] = ()
    faults: tuple[Fault, ...] = ()
    replies: tuple[PlannedReply, ...] = ()

    def habit_of(self, number: str) -> Habit:
        """Return how this number behaves; the first habit that fits."""
        fitting = (habit for habit in self.habits if number.endswith(habit.ends))
        return next(fitting, Habit(ends=""))


LIVELY = Script(
    habits=(
        Habit(ends="91", answer="STOP", after_s=1.0),
        Habit(ends="92", answer="Thank you!", after_s=1.0),
        Habit(ends="93", answer="HELP", after_s=1.0),
        Habit(ends="94", answer="please don't text me any more", after_s=1.0),
        Habit(ends="95", ending=Ending.FAILED),
        Habit(ends="96", ending=Ending.UNDELIVERABLE),
        Habit(ends="97", ending=Ending.SILENT),
        Habit(ends="98", ending=Ending.OPTED_OUT),
    )
)
"""The customers of the demo: by their last two digits some answer, some can't be reached."""


def read_script(text: str, file: str) -> Script:
    """Return the script written in `text`; `file` is only for messages.

    Raises:
        BadInput: names the file, the key and what is wrong with it.
    """
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{file} is not a TOML file: {error}.", "Correct that line.") from None
    top = StrictTable(raw, file)
    script = Script(
        delay_s=_seconds(top, "delay_s", 0.2),
        refuse_duplicates=top.flag("refuse_duplicates", True),
        habits=tuple(_habit(row) for row in top.tables("numbers")),
        faults=tuple(_fault(row) for row in top.tables("faults")),
        replies=tuple(_reply(row) for row in top.tables("replies")),
    )
    top.finish()
    return script


def read_fault(raw: Mapping[str, object]) -> Fault:
    """Return a fault given to the control endpoint.

    Raises:
        BadInput: names the key.
    """
    return _fault(StrictTable(raw, "control", "fault"))


def read_reply(raw: Mapping[str, object]) -> PlannedReply:
    """Return a reply given to the control endpoint.

    Raises:
        BadInput: names the key.
    """
    return _reply(StrictTable(raw, "control", "reply"))


def _habit(row: StrictTable) -> Habit:
    habit = Habit(
        ends=row.matching("ends", r"\d{1,15}"),
        ending=Ending(row.one_of("ending", tuple(Ending), Ending.DELIVERED)),
        answer=row.text("answer", ""),
        after_s=_seconds(row, "after_s", 0.0),
    )
    row.finish()
    return habit


def _fault(row: StrictTable) -> Fault:
    fault = Fault(
        do=Do(row.one_of("do", tuple(Do))),
        on=Subject(row.one_of("on", tuple(Subject), Subject.SEND)),
        times=row.whole("times", 1),
        accept=row.flag("accept", False),
        seconds=_seconds(row, "seconds", 60.0),
        status=row.whole("status", 500),
        body=row.text("body", ""),
    )
    if not 200 <= fault.status <= 599:
        raise row.wrong("status", "must be a number from 200 to 599")
    row.finish()
    return fault


def _reply(row: StrictTable) -> PlannedReply:
    reply = PlannedReply(
        sender=row.text("from"), text=row.text("text"), after_s=_seconds(row, "after_s", 0.0)
    )
    row.finish()
    return reply


def _seconds(row: StrictTable, key: str, default: float) -> float:
    seconds = row.number(key, default)
    if seconds > MAX_SECONDS:
        raise row.wrong(key, "is longer than a day")
    return seconds
