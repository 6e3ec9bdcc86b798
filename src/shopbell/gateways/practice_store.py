"""What the practice gateway holds: texts it accepted, what reached the phones, replies.

Safe to use from several threads: the server writes, tests and the demo look. It lives in the time
of the shop that talks to it, so a shop that pretends a date gets receipts of that date.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shopbell.gateways.practice_script import Do, Ending, Fault, Script, Subject

MAX_TEXTS = 200_000
"""More than a practice shop sends; a runaway test should end, not fill the memory."""


_SAME_TIME = timedelta(seconds=2)
"""A moment travels in whole seconds: smaller differences are none."""


class Kind(StrEnum):
    """What the practice gateway reports."""

    LISTENING = "listening"
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    ARRIVED = "arrived"
    ENDED = "ended"
    REPLY = "reply"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing that happened at the practice gateway."""

    kind: Kind
    at: datetime
    ref: str = ""
    number: str = ""
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeText:
    """One text the practice gateway accepted."""

    id: str
    ref: str
    to: str
    text: str
    valid_until: datetime | None
    state: str
    """queued, sent, delivered, failed, undeliverable or expired."""
    arrivals: int
    """How often it reached the phone: more than once is what must never happen."""
    accepted_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeReply:
    """One text a customer wrote."""

    id: str
    sender: str
    text: str
    at: datetime


class PracticeStore:
    """The memory of one practice gateway."""

    def __init__(
        self, script: Script, now: Callable[[], datetime], on_event: Callable[[Seen], None]
    ) -> None:
        self.script = script
        self._now = now
        self._on_event = on_event
        self._shift = timedelta(0)
        self._changed = threading.Condition(threading.RLock())
        self._texts: dict[str, PracticeText] = {}
        self._taken = 0
        self._replies: list[PracticeReply] = []
        self._faults = list(script.faults)
        self._dies_after: int | None = None

    def moment(self) -> datetime:
        """Return the time in the shop that talks to us."""
        return self._now() + self._shift

    def keep_time_with(self, moment: datetime) -> None:
        """Take over the shop's time, unless it is ours anyway."""
        if abs(moment - self.moment()) > _SAME_TIME:
            self._shift = moment - self._now()

    def tell(
        self, kind: Kind, ref: str = "", number: str = "", text: str = "", note: str = ""
    ) -> None:
        """Report that something happened."""
        self._on_event(
            Seen(kind=kind, at=self.moment(), ref=ref, number=number, text=text, note=note)
        )

    def accept(
        self, ref: str, to: str, text: str, valid_until: datetime | None
    ) -> PracticeText | None:
        """Take one text; None when its reference was used before and duplicates are refused."""
        with self._changed:
            if ref in self._texts and self.script.refuse_duplicates:
                self.tell(Kind.DUPLICATE, ref, to)
                return None
            if len(self._texts) >= MAX_TEXTS:
                raise OverflowError("the practice gateway is full")
            key = ref
            if ref in self._texts:
                key = f"{ref}#{self._taken}"
            moment = self.moment()
            self._taken += 1
            taken = PracticeText(
                id=f"practice-{self._taken}",
                ref=ref,
                to=to,
                text=text,
                valid_until=valid_until,
                state="queued",
                arrivals=0,
                accepted_at=moment,
                changed_at=moment,
            )
            self._texts[key] = taken
            self.tell(Kind.ACCEPTED, ref, to, text)
            self._changed.notify_all()
            return taken

    def forget(self, ref: str) -> None:
        """Lose a text."""
        with self._changed:
            self._texts.pop(ref, None)

    def arrive(self, taken: PracticeText, times: int = 1) -> bool:
        """Bring a text to its end; True if it reached the phone."""
        with self._changed:
            key = next((key for key, text in self._texts.items() if text.id == taken.id), None)
            if key is None:
                return False
            ending = self.script.habit_of(taken.to).ending
            reached = ending in (Ending.DELIVERED, Ending.SILENT)
            word = "sent" if ending is Ending.SILENT else ending.value
            if taken.valid_until is not None and self.moment() > taken.valid_until:
                reached, word = False, "expired"
            self._texts[key] = replace(
                self._texts[key],
                state=word,
                arrivals=self._texts[key].arrivals + (times if reached else 0),
                changed_at=self.moment(),
            )
            for _ in range(times if reached else 0):
                self.tell(Kind.ARRIVED, taken.ref, taken.to, taken.text)
            if not reached:
                self.tell(Kind.ENDED, taken.ref, taken.to, note=word)
            self._changed.notify_all()
            return reached

    def reply(self, sender: str, text: str) -> PracticeReply:
        """Let a customer write."""
        with self._changed:
            reply = PracticeReply(
                id=f"reply-{len(self._replies) + 1}", sender=sender, text=text, at=self.moment()
            )
            self._replies.append(reply)
            self.tell(Kind.REPLY, number=sender, text=text)
            self._changed.notify_all()
            return reply

    def text(self, ref: str) -> PracticeText | None:
        """Return the text with this reference."""
        with self._changed:
            return self._texts.get(ref)

    def texts(self) -> tuple[PracticeText, ...]:
        """Return every text, oldest first."""
        with self._changed:
            return tuple(self._texts.values())

    def replies(self) -> tuple[PracticeReply, ...]:
        """Return every reply, oldest first."""
        with self._changed:
            return tuple(self._replies)

    def misbehave(self, fault: Fault) -> None:
        """Plan a fault after those already planned."""
        with self._changed:
            self._faults.append(fault)

    def die(self, after: int) -> None:
        """Take `after` more texts and then one whose answer is lost; after that, answer nothing."""
        with self._changed:
            self._dies_after = after

    def behave(self) -> None:
        """Forget every planned fault, and be alive."""
        with self._changed:
            self._faults.clear()
            self._dies_after = None

    def planned_faults(self) -> tuple[Fault, ...]:
        """Return the faults that have not happened yet."""
        with self._changed:
            return tuple(self._faults)

    def next_fault(self, subject: Subject) -> Fault | None:
        """Return the fault that befalls a request now, and count it."""
        with self._changed:
            if (lost := self._last_breath(subject)) is not None:
                self.tell(Kind.FAULT, note=f"{lost.do} on {lost.on}")
                return lost
            for place, fault in enumerate(self._faults):
                if fault.on is not subject:
                    continue
                if fault.times == 1:
                    del self._faults[place]
                elif fault.times > 1:
                    self._faults[place] = replace(fault, times=fault.times - 1)
                self.tell(Kind.FAULT, note=f"{fault.do} on {fault.on}")
                self._changed.notify_all()
                return fault
            return None

    def _last_breath(self, subject: Subject) -> Fault | None:
        """Return how a gateway that dies breaks off; None while it lives."""
        left = self._dies_after
        if left is None or (left >= 0 and subject is not Subject.SEND):
            return None
        self._dies_after = max(left - 1, -1)
        return None if left > 0 else Fault(do=Do.CUT, on=subject, accept=left == 0)

    def wait_until(self, holds: Callable[[PracticeStore], bool], seconds: float) -> bool:
        """Block until `holds` is true; False when it was not within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(self), timeout=seconds)


def harms_delivery(fault: Fault | None) -> int:
    """Return how often a text arrives under this fault when it is accepted."""
    if fault is None:
        return 1
    return {Do.DUPLICATE: 2, Do.LOSE: 0}.get(fault.do, 1)
