"""The practice gateway's HTTP side: its own small JSON protocol, and how it misbehaves.

    POST /messages         {ref, to, text, valid_until?}  ->  202 {id, ref, state} | 409 | 4xx
    GET  /messages/{ref}                                  ->  {id, ref, to, state, at} | 404
    GET  /inbox?since=&offset=&limit=                     ->  {items: [{id, from, text, at}]}
    GET  /                                                ->  {name, texts, replies}
    POST /control          {fault: {...}} | {reply: {...}} | {behave: true}

Must not keep anything itself: that is the store's.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shopbell.errors import BadInput
from shopbell.gateways.listener import Asked, Talk
from shopbell.gateways.practice_dialects import (
    Dialect,
    dialect_of,
    handed_over,
    refusal,
    subject_in,
    taken,
    token_in,
    told,
)
from shopbell.gateways.practice_script import (
    Do,
    Ending,
    Fault,
    Subject,
    read_fault,
    read_reply,
)
from shopbell.gateways.practice_store import (
    Kind,
    PracticeReply,
    PracticeStore,
    PracticeText,
    harms_delivery,
)
from shopbell.gateways.when import read_moment

MAX_TEXT_CHARS = 10_000
SHOP_TIME = "x-shop-time"

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_HUGE_PIECE = b" " * (1024 * 1024)
_HUGE_TIMES = 5 * 1024

Later = Callable[[float, Callable[[], object]], None]
"""Does something after so many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    body: object


class PracticeHttp:
    """Answers requests from a store."""

    def __init__(self, store: PracticeStore, token: str, later: Later) -> None:
        self._store = store
        self._token = token
        self._later = later
        self._handed = 0

    async def respond(self, asked: Asked, talk: Talk) -> None:
        """Answer one request, or misbehave as planned."""
        dialect = dialect_of(asked)
        if not hmac.compare_digest(token_in(asked).encode(), self._token.encode()):
            status, body = refusal(dialect, "login") if dialect else (401, {"error": "login"})
            await _say(talk, _Answer(status=status, body=body))
            return
        moment = read_moment(asked.headers.get(SHOP_TIME))
        if moment is not None:
            self._store.keep_time_with(moment)
        subject = _subject(asked) if dialect is None else subject_in(dialect, asked)
        if subject is None:
            await _say(talk, self._control(asked))
            return
        fault = self._store.next_fault(subject)
        if fault is not None and fault.do is Do.DELAY:
            await asyncio.sleep(fault.seconds)
        if fault is None or fault.do in (Do.DELAY, Do.DUPLICATE, Do.LOSE):
            await _say(talk, self._answer(subject, asked, fault))
            return
        if fault.accept and subject is Subject.SEND:
            self._answer(subject, asked, fault)
        await _misbehave(fault, talk)

    def send_later(self, sender: str, text: str, seconds: float) -> None:
        """Let a customer write after so many seconds."""
        self._later(seconds, lambda: self._store.reply(sender, text))

    def _answer(self, subject: Subject, asked: Asked, fault: Fault | None) -> _Answer:
        dialect = dialect_of(asked)
        if dialect is not None:
            return self._speak(dialect, subject, asked, harms_delivery(fault))
        match subject:
            case Subject.SEND:
                return self._accept(asked, harms_delivery(fault))
            case Subject.STATUS:
                return self._status(asked)
            case Subject.INBOX:
                return self._inbox(asked, twice=fault is not None and fault.do is Do.DUPLICATE)
            case Subject.CHECK:
                texts, replies = self._store.texts(), self._store.replies()
                counts = {"texts": len(texts), "replies": len(replies)}
                return _Answer(status=200, body={"name": "Practice gateway", **counts})

    def _speak(self, dialect: Dialect, subject: Subject, asked: Asked, arrivals: int) -> _Answer:
        """Answer in another gateway's words."""
        if subject is not Subject.SEND:
            status, body = told(dialect, subject, asked, self._store)
            return _Answer(status=status, body=body)
        self._handed += 1
        text = handed_over(dialect, asked, self._handed, self._store)
        problem = self._problem(text.ref, text.to, text.text)
        if problem is not None:
            self._store.tell(Kind.REFUSED, note=problem[1])
            status, body = refusal(dialect, problem[0])
            return _Answer(status=status, body=body)
        accepted = self._take(text.ref, text.to, text.text, text.valid_until, arrivals)
        known = accepted or self._store.text(text.ref)
        if known is None:
            status, body = refusal(dialect, "text")
        else:
            status, body = taken(dialect, known, again=accepted is None)
        return _Answer(status=status, body=body)

    def _problem(self, ref: str, to: str, text: str) -> tuple[str, str] | None:
        """Return why a text is refused, as a word and in a sentence; None if it is not."""
        if not ref or not text or len(text) > MAX_TEXT_CHARS:
            return "text", "the text is empty or too long"
        if not _NUMBER.fullmatch(to):
            return "number", "not a number"
        if self._store.script.habit_of(to).ending is Ending.OPTED_OUT:
            return "opted_out", "the network keeps a stop for this number"
        return None

    def _take(
        self, ref: str, to: str, text: str, valid_until: object, arrivals: int
    ) -> PracticeText | None:
        """Accept a text and send it on its way; None if it was there before."""
        accepted = self._store.accept(ref, to, text, read_moment(valid_until))
        if accepted is not None and arrivals == 0:
            self._store.forget(ref)
        elif accepted is not None:
            self._later(self._store.script.delay_s, lambda: self._deliver(accepted, arrivals))
        return accepted

    def _accept(self, asked: Asked, arrivals: int) -> _Answer:
        given = _table(asked.body)
        ref, to, text = (given.get(key) for key in ("ref", "to", "text"))
        if not (isinstance(ref, str) and isinstance(to, str) and isinstance(text, str)):
            return self._refuse(400, "fields", "ref, to and text are needed")
        problem = self._problem(ref, to, text)
        if problem is not None:
            return self._refuse(400, *problem)
        accepted = self._take(ref, to, text, given.get("valid_until"), arrivals)
        if accepted is None:
            known = self._store.text(ref)
            return _Answer(
                status=409,
                body={"error": "duplicate", "id": known.id if known else None, "ref": ref},
            )
        return _Answer(status=202, body={"id": accepted.id, "ref": ref, "state": "queued"})

    def _deliver(self, text: PracticeText, arrivals: int) -> None:
        if self._store.arrive(text, arrivals):
            habit = self._store.script.habit_of(text.to)
            if habit.answer:
                self.send_later(text.to, habit.answer, habit.after_s)

    def _refuse(self, status: int, error: str, message: str) -> _Answer:
        self._store.tell(Kind.REFUSED, note=message)
        return _Answer(status=status, body={"error": error, "message": message})

    def _status(self, asked: Asked) -> _Answer:
        text = self._store.text(asked.path.removeprefix("/messages/"))
        if text is None:
            return _Answer(status=404, body={"error": "unknown"})
        return _Answer(
            status=200,
            body={
                "id": text.id,
                "ref": text.ref,
                "to": text.to,
                "state": text.state,
                "at": text.changed_at.isoformat(),
            },
        )

    def _inbox(self, asked: Asked, *, twice: bool) -> _Answer:
        since = read_moment(asked.value("since"))
        replies = [one for one in self._store.replies() if since is None or one.at >= since]
        first, count = _whole(asked.value("offset"), 0), _whole(asked.value("limit"), 100)
        items = [_item(reply) for reply in replies[first : first + count]]
        return _Answer(status=200, body={"items": items * 2 if twice else items})

    def _control(self, asked: Asked) -> _Answer:
        if asked.method != "POST" or asked.path != "/control":
            return _Answer(status=404, body={"error": "no such address"})
        given = _table(asked.body)
        try:
            match given:
                case {"fault": dict() as fault}:
                    self._store.misbehave(read_fault(fault))
                case {"reply": dict() as reply}:
                    planned = read_reply(reply)
                    self.send_later(planned.sender, planned.text, planned.after_s)
                case {"behave": True}:
                    self._store.behave()
                case _:
                    return _Answer(status=400, body={"error": "say fault, reply or behave"})
        except BadInput as error:
            return _Answer(status=400, body={"error": error.message})
        return _Answer(status=200, body={"ok": True})


async def _say(talk: Talk, answer: _Answer) -> None:
    await talk.answer(answer.status, json.dumps(answer.body).encode(), "application/json")


async def _misbehave(fault: Fault, talk: Talk) -> None:
    match fault.do:
        case Do.ANSWER:
            kind = "application/json" if fault.body.startswith(("{", "[")) else "text/plain"
            await talk.answer(fault.status, fault.body.encode(), kind)
        case Do.CUT:
            talk.cut()
        case Do.HANG:
            await asyncio.sleep(fault.seconds)
            talk.cut()
        case Do.NONSENSE:
            await talk.answer(200, b"}{ \x1b[31m not json \xff", "application/json")
        case Do.PAGE:
            await talk.answer(200, b"<!doctype html><h1>Sign in to the Wi-Fi</h1>", "text/html")
        case Do.REDIRECT:
            await talk.answer(302, headers=(("Location", "http://192.0.2.1/elsewhere"),))
        case Do.HUGE:
            await talk.pour(200, _HUGE_PIECE, _HUGE_TIMES)
        case Do.EMPTY:
            await talk.answer(200)
        case Do.DELAY | Do.DUPLICATE | Do.LOSE:
            return


def _subject(asked: Asked) -> Subject | None:
    match asked.method, asked.path:
        case "POST", "/messages":
            return Subject.SEND
        case "GET", "/inbox":
            return Subject.INBOX
        case "GET", "/":
            return Subject.CHECK
        case "GET", path if path.startswith("/messages/"):
            return Subject.STATUS
        case _:
            return None


def _table(body: bytes) -> Mapping[str, object]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def _item(reply: PracticeReply) -> dict[str, str]:
    return {
        "id": reply.id,
        "from": reply.sender,
        "text": reply.text,
        "at": reply.at.isoformat(),
    }


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default
