"""Puts threads into words: a line of the inbox, a conversation, what stands below it.

Must not ask for anything and must not decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len, chop_cells
from textual.content import Content

from shopbell.domain.people import masked
from shopbell.domain.replies import Band, Reply
from shopbell.domain.showing import shown
from shopbell.domain.texts import OutboundText
from shopbell.domain.threads import Conversation, Said, Thread
from shopbell.tui import words
from shopbell.tui.own_keys import key_for
from shopbell.tui.plain import cell, lines, spans
from shopbell.tui.rows import Drawn, Ink

_MEANWHILE = "Only answers can be sent to them. If nobody says otherwise it is a stop from"
_WHEN = 13
_STATE = 16
_WIDE = 60
"""From so many cells on the state stands beside a text; below it only its sign."""
_WIDEST = 84
"""Words are not read well in longer lines."""
_MOST_LINES = 30
"""Lines of one text: a huge one must not bury the rest."""
_MOST_CHARS = _MOST_LINES * _WIDEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a text in a conversation."""

    said: Said
    words: str
    is_first: bool


def draw_thread(thread: Thread, width: int, now: datetime) -> Drawn:
    """Draw one thread in the list of them."""
    reply = thread.reply
    sign, said, ink = sign_of(thread)
    name = min(22, max(12, width // 4))
    loud = Ink.STRONG if thread.unread else Ink.PLAIN
    counted = f" {thread.replies}" if thread.replies > 1 else ""
    left = max(width - name - 29 - len(counted), 4)
    return (
        (f"{sign} ", ink),
        (cell(said, 17), ink),
        (cell(words.ago(reply.at, now), 8), Ink.MUTED),
        (cell(words.called(reply.name, reply.sender), name) + "  ", loud),
        (cell(reply.veiled, left), Ink.PLAIN if thread.unread else Ink.MUTED),
        (counted, Ink.MUTED),
    )


def sign_of(thread: Thread) -> tuple[str, str, Ink]:
    """Return a sign, words and ink for what a thread needs."""
    reply = thread.reply
    if reply.is_unclear:
        return "?", "is this a stop?", Ink.CAREFUL
    if reply.reading.band is Band.OPT_OUT:
        return "✗", "said stop", Ink.BAD
    if reply.complained:
        return "!", "complained: call", Ink.CAREFUL
    if thread.failed is not None:
        return "✗", "did not arrive", Ink.BAD
    if thread.unread:
        return "●", "new" if thread.unread == 1 else f"{thread.unread} new", Ink.ACCENT
    return " ", "seen", Ink.MUTED


def reply_facts(reply: Reply, zone: str, now: datetime) -> list[Content]:
    """Return what is known about a reply: when, how it was read, what was done."""
    said = reply.reading.why if reply.is_unclear else reply.done or reply.reading.why
    facts = [words.moment(reply.at, zone, now), said]
    rows = [spans((" · ".join(fact for fact in facts if fact), "$text-muted"))]
    if reply.secrets:
        what = " and ".join(reply.secrets)
        rows.append(
            spans(
                (
                    f"Hidden: {what}. {key_for('thread.redact')} takes it out for good.",
                    "$text-warning",
                )
            )
        )
    if reply.stop_at is not None:
        asked = "They were asked. " if reply.asked_at is not None else ""
        until = words.moment(reply.stop_at, zone, now)
        rows.append(spans((f"{asked}{_MEANWHILE} {until}.", "$text-warning")))
    return rows


def headline(found: Conversation) -> Content:
    """Return who it is, and how much was said before."""
    known = found.name or found.number is not None
    number = f"   {masked(found.number)}" if found.number is not None else ""
    earlier = f"   {found.earlier:,} earlier" if found.earlier else ""
    return spans(
        (found.name or (words.called("", found.sender) if known else found.sender), "bold"),
        (number if found.name else "", "$text-muted"),
        ("" if found.number is not None else "   no number to answer", "$text-muted"),
        (earlier, "$text-muted"),
        one_line=True,
    )


def laid_out(found: Conversation, width: int) -> tuple[Line, ...]:
    """Return a conversation in lines for a row of so many cells."""
    beside = _STATE if width >= _WIDE else 0
    room = min(max(width - _WHEN - 2 - beside, 8), _WIDEST)
    return tuple(
        Line(said=one, words=line, is_first=index == 0)
        for one in found.said
        for index, line in enumerate(folded(one.words, room))
    )


def draw_line(line: Line, width: int, zone: str, now: datetime, *, is_fresh: bool = False) -> Drawn:
    """Draw one line of a conversation; `is_fresh` when nobody had seen it before."""
    sign, state, ink = _state(line.said, is_fresh=is_fresh)
    loud = Ink.STRONG if is_fresh else Ink.PLAIN
    if not line.is_first:
        return ((" " * (_WHEN + 2), Ink.MUTED), (line.words, loud))
    room = width - _WHEN - 2 - _STATE
    parts: Drawn = (
        (cell(words.moment(line.said.at, zone, now), _WHEN), Ink.MUTED),
        (f"{sign} ", ink),
    )
    if width < _WIDE:
        return (*parts, (line.words, loud))
    return (*parts, (cell(line.words, min(room, _WIDEST)) + "  ", loud), (state, ink))


def detail(said: Said, zone: str, now: datetime) -> Content:
    """Return what stands below a conversation about the text under the cursor."""
    if said.text is not None:
        return lines(*_text_facts(said.text, zone, now))
    return lines(*reply_facts(said.reply, zone, now)) if said.reply is not None else spans("")


def folded(text: str, width: int) -> list[str]:
    """Return words in lines of at most `width` cells; what is too long is broken, or left out.

    At least one line, and at most as many as leave room for the rest of a conversation.
    """
    rows: list[str] = []
    is_long = len(text) > _MOST_CHARS
    for paragraph in shown(text[:_MOST_CHARS]).split("\n"):
        row = ""
        for word in paragraph.split():
            joined = f"{row} {word}" if row else word
            if cell_len(joined) <= width:
                row = joined
                continue
            rows += [row] if row else []
            *whole, row = chop_cells(word, width)
            rows += whole
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > _MOST_LINES or is_long:
        rows = [*rows[: _MOST_LINES - 1], "…"]
    return rows or [""]


def _state(said: Said, *, is_fresh: bool) -> tuple[str, str, Ink]:
    if said.text is not None:
        return words.state(said.text.state)
    reply = said.reply
    if reply is not None and reply.is_unclear:
        return "?", "is this a stop?", Ink.CAREFUL
    if reply is not None and reply.reading.band is Band.OPT_OUT:
        return "←", "said stop", Ink.BAD
    return "←", "new" if is_fresh else "", Ink.ACCENT


def _text_facts(text: OutboundText, zone: str, now: datetime) -> list[Content]:
    _, state, _ = words.state(text.state)
    parts = "1 part" if text.final.segments == 1 else f"{text.final.segments} parts"
    moved = words.moment(text.updated_at, zone, now)
    cost = words.bill(text.final.segments, text.price_micros, text.currency)
    facts = (f"{state} {moved}", words.purpose(text.purpose), parts, cost, text.detail)
    return [spans((" · ".join(fact for fact in facts if fact), "$text-muted"))]
