"""The conversation: says a thing a line, asks a choice, a line, a yes, a secret.

Must not know what it is about. Nothing is ever repainted, coloured or moved: what was said stays
said, in the order in which it was said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from shopbell.domain.people import Page
from shopbell.domain.progress import Progress
from shopbell.domain.secret import Secret
from shopbell.domain.showing import shown
from shopbell.errors import ShopbellError
from shopbell.lines.hints import said_in_lines
from shopbell.lines.terminal import Terminal
from shopbell.lines.wrapping import wrapped

T = TypeVar("T")

HOW_TO = (
    "Type a number and press Enter. 0 or an empty line goes back, ? says the choices again, "
    "q closes Shopbell."
)
PAGE = 10
"""Rows of a long list that are said at a time."""

_LEAVE = frozenset({"q", "quit", "exit"})
_AGAIN = frozenset({"?", "h", "help"})
_YES = frozenset({"1", "y", "yes"})
_NO = frozenset({"", "0", "2", "n", "no"})
_WORTH_TELLING = 100_000
"""Steps; of a file, its bytes."""
_MOST_SHOWN = 2_000
"""Characters of one fact; more of a text from outside would be noise for an hour."""


class Left(Exception):
    """The person leaves, or there is nobody any more who could answer."""


class Locked(Exception):
    """The shop was locked while a question stood; the sentence says why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One numbered thing that can be done."""

    words: str
    do: Callable[[], Awaitable[object]]


class Talk:
    """One conversation."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._told = ("", 0)
        self.over: asyncio.Future[str] | None = None
        """Done when no question may be answered any more: its result says why."""
        self.touched: Callable[[], None] = lambda: None
        """Called when a question is asked and when it is answered."""
        self.news: Callable[[], Awaitable[Sequence[str]]] = no_news
        """What happened meanwhile; asked for before a choice is offered."""

    def say(self, *lines: str) -> None:
        """Say some facts, each in a line of its own."""
        for line in lines:
            whole = line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}…"
            for row in wrapped(shown(whole, one_line=True), self._terminal.width()):
                self._terminal.write(f"{row}\n")

    def trouble(self, error: ShopbellError) -> None:
        """Say what went wrong and what to do next."""
        self.say(*said_in_lines(error))

    def progress(self, progress: Progress) -> None:
        """Say how far long work is, a line for each tenth; short work is over before it is read."""
        if progress.total is None or progress.total < _WORTH_TELLING:
            return
        tenth = progress.done * 10 // progress.total
        if (progress.step, tenth) != self._told:
            self._told = (progress.step, tenth)
            self.say(f"{progress.step}: {tenth * 10} %")

    async def tried(self, step: Awaitable[T]) -> T | None:
        """Return what a step gave; or say what went wrong, and return None."""
        try:
            return await step
        except ShopbellError as error:
            self.trouble(error)
            return None

    async def choose(
        self, heading: str, labels: Sequence[str], *, back: str = "Back"
    ) -> int | None:
        """Return which of the labels was chosen, from 0; None to go back."""
        while True:
            self.say(*await self.news(), heading)
            self.say(*(f"{at}. {label}" for at, label in enumerate(labels, 1)), f"0. {back}")
            chosen = await self._number(len(labels))
            if chosen is not None:
                return chosen - 1 if chosen else None

    async def menu(
        self, heading: Callable[[], Awaitable[Sequence[str]]], jobs: Sequence[Job], *, back: str
    ) -> None:
        """Offer jobs until somebody goes back; `heading` is asked for before each choice."""
        labels = [job.words for job in jobs]
        *before, last = await heading()
        self.say(*before)
        chosen = await self.choose(last, labels, back=back)
        while chosen is not None:
            await self.tried(jobs[chosen].do())
            self.say(*await self.news(), *await heading())
            chosen = await self._known(labels, back)

    async def _known(self, labels: Sequence[str], back: str) -> int | None:
        """Ask for a choice that was said before, without saying it all again."""
        chosen = await self._number(len(labels), "; ? says what they do")
        if chosen is None:
            return await self.choose("You can:", labels, back=back)
        return chosen - 1 if chosen else None

    async def pick(
        self,
        heading: str,
        fetch: Callable[[int, int], Awaitable[Page[T]]],
        label: Callable[[T], str],
    ) -> T | None:
        """Return one row of a list that may be long, or None to go back.

        Rows are numbered through the whole list; `m` says more of them.
        """
        first = 0
        while True:
            page = await fetch(first, PAGE)
            if not page.rows and first:
                first = 0
                continue
            self.say(
                *await self.news(),
                f"{heading} {_place(page.first, len(page.rows), page.total)}".strip(),
            )
            self.say(*(f"{page.first + at}. {label(row)}" for at, row in enumerate(page.rows, 1)))
            more = page.first + len(page.rows) < page.total
            self.say(*(["m. More"] if more else []), *(["e. Earlier"] if first else []), "0. Back")
            step = await self._row(page, more=more)
            if step is None:
                return None
            if isinstance(step, str):
                first += {"m": PAGE, "e": -PAGE}.get(step, 0)
                continue
            return page.rows[step]

    async def line(self, question: str, *, usual: str = "") -> str:
        """Return a line as it was typed, without spaces around it; "" to go back.

        With `usual`, an empty line means that, and a full stop alone means "".
        """
        if not usual:
            self.say(f"{question} (empty: go back)")
            return (await self._answer()).strip()
        self.say(f"{question} (empty: {usual}; a full stop: go back)")
        typed = (await self._answer()).strip()
        return "" if typed == "." else typed or usual

    async def optional(self, question: str) -> str:
        """Return a line that may be left empty."""
        self.say(f"{question} (may be empty)")
        return (await self._answer()).strip()

    async def yes(self, question: str, *, yes: str = "Yes", no: str = "No") -> bool:
        """Return whether somebody said yes; an empty line is a no."""
        self.say(question, f"1. {yes}", f"0. {no}")
        while True:
            typed = await self._choice()
            if typed in _YES:
                return True
            if typed in _NO:
                return False
            self.say(f"Type 1 for: {yes}. Type 0 for: {no}.")

    async def secret(self, question: str) -> Secret:
        """Return what is typed without showing it."""
        self.say(f"{question} (what you type is not shown)")
        return Secret(await self._answer(hidden=True))

    async def _number(self, most: int, hint: str = "") -> int | None:
        """Return a number from 0 to `most`, or None to say the choices again."""
        while True:
            self.say(f"Choose 0 to {most}{hint}:")
            typed = await self._choice()
            if typed in _AGAIN:
                return None
            if not typed:
                return 0
            if typed.isascii() and typed.isdigit() and int(typed[:6]) <= most:
                return int(typed[:6])
            self.say(f"“{typed[:20]}” is none of these. ? says them again, q closes Shopbell.")

    async def _row(self, page: Page[T], *, more: bool) -> int | str | None:
        """Return which row was chosen, the letter of a step, or None to go back."""
        while True:
            self.say("Choose:")
            typed = await self._choice()
            if typed in {"", "0"}:
                return None
            if typed in _AGAIN or (typed == "m" and more) or (typed == "e" and page.first):
                return typed
            if typed.isascii() and typed.isdigit():
                at = int(typed[:9]) - page.first - 1
                if 0 <= at < len(page.rows):
                    return at
            self.say(f"“{typed[:20]}” is none of these. ? says them again, q closes Shopbell.")

    async def _choice(self) -> str:
        typed = (await self._answer()).strip().rstrip(".").casefold()
        if typed in _LEAVE:
            raise Left
        return typed

    async def _answer(self, *, hidden: bool = False) -> str:
        self.touched()
        reading = asyncio.ensure_future(self._terminal.read(hidden=hidden))
        ends: list[asyncio.Future[Any]] = [reading, *([] if self.over is None else [self.over])]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not reading.done():
                reading.cancel()
                with suppress(asyncio.CancelledError):
                    await reading
        if self.over is not None and self.over.done():
            raise Locked(self.over.result())
        line = reading.result()
        if line is None:
            raise Left
        self.touched()
        return line.replace("\0", "")  # no word has it, and a search cannot take it


async def no_news() -> Sequence[str]:
    """Return what happens where no shop is open."""
    return ()


def _place(first: int, count: int, total: int) -> str:
    """Return which part of a list is said; "" when it is all of it."""
    return "" if count >= total else f"{first + 1} to {first + count} of {total:,}:"
