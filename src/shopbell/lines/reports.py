"""Reports as text, and the history of every text ever written. Must not add anything up."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from shopbell.domain.people import Page
from shopbell.domain.report_words import Table, report_lines
from shopbell.domain.text_search import Search
from shopbell.domain.typed_rules import read_days
from shopbell.errors import BadInput
from shopbell.lines import said
from shopbell.lines.files import write_file
from shopbell.lines.outbox import about_text
from shopbell.lines.talk import Job, Talk
from shopbell.lines.visit import Visit
from shopbell.services.reports import Chapter

_MOST_PEOPLE = 10
_USUAL_DAYS = "the last 30 days"
_BARS = re.compile("[\u2580-\u259f]+")
"""Drawn bars: a screen reader would read them out, block by block."""


async def reports(talk: Talk, visit: Visit) -> None:
    """Offer the reports."""

    async def heading() -> list[str]:
        first, last = visit.shop.reports.usual_days()
        return [f"Reports. The usual days: {first} to {last}."]

    def job(words: str, *tables: Table) -> Job:
        return Job(words=words, do=lambda: _say(talk, visit, tables, None, None))

    by_table = {table: f"By {table.replace('-', ' ')}" for table in Table}
    jobs = [
        job("Everything of the usual days", *Table),
        *(job(words, table) for table, words in by_table.items()),
        Job(words="Other days", do=lambda: _other_days(talk, visit)),
        Job(words="Search every text ever written", do=lambda: _history(talk, visit)),
        Job(words="Write a report to a file", do=lambda: _write(talk, visit)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def _say(
    talk: Talk, visit: Visit, tables: tuple[Table, ...], first: date | None, last: date | None
) -> None:
    made = await visit.shop.reports.report(first, last, most=_MOST_PEOPLE)
    for line in report_lines(made, tables, visit.zone, reveal=visit.reveal):
        talk.say(" ".join(_BARS.sub(" ", line).split()))


async def _other_days(talk: Talk, visit: Visit) -> None:
    typed = await talk.line("The first and the last day: 2026-11-01 2026-11-30.")
    if typed:
        days = read_days(typed)
        await _say(talk, visit, tuple(Table), days.first, days.last)


async def _write(talk: Talk, visit: Visit) -> None:
    """Write one table for a spreadsheet, or everything in sentences."""
    tables = tuple(Table)
    labels = [*(f"By {table.value}, for a spreadsheet" for table in tables), "All, in sentences"]
    chosen = await talk.choose("What goes into it?", labels)
    if chosen is None:
        return
    typed = await talk.line("The first and the last day.", usual=_USUAL_DAYS)
    if not typed:
        return
    days = None if typed == _USUAL_DAYS else read_days(typed)
    first, last = (None, None) if days is None else (days.first, days.last)
    made = await visit.shop.reports.report(first, last, most=_MOST_PEOPLE)
    table = tables[chosen] if chosen < len(tables) else None

    async def written(out: Path, replace: bool) -> Path:
        return await visit.shop.exports.report(out, made, table, replace=replace)

    await write_file(talk, "Into which file?", written)


async def _history(talk: Talk, visit: Visit) -> None:
    words = await talk.line("Which words, name or digits? Or days: 2026-11-01 2026-11-30.")
    if not words:
        return
    search = _search(words, visit.shop.reports.day_begins)

    async def fetch(first: int, count: int) -> Page[Chapter]:
        return await visit.shop.reports.history(search, first=first, count=count)

    if not (await fetch(0, 1)).total:
        talk.say("There is no such text.")
        return
    while True:
        chapter = await talk.pick(
            "Texts:", fetch, lambda one: said.text_row(one.text, visit.zone, reveal=visit.reveal)
        )
        if chapter is None:
            return
        failed = chapter.failure
        if failed is not None:
            talk.say(failed.sentence, failed.action)
        await about_text(talk, visit, chapter.text)


def _search(typed: str, begins: Callable[[date], datetime]) -> Search:
    """Return what is searched for: days if it begins with one, else words."""
    try:
        days = read_days(typed)
    except BadInput:
        return Search(words=typed)
    until = begins(days.last + timedelta(days=1))
    return Search(words=days.note, since=begins(days.first), until=until)
