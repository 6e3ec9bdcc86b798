"""Sign-up sheets and counter posters, written as pages to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS, OneOf
from shopbell.cli.output import Json
from shopbell.cli.promises import read_promise
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.domain.consent import How, Purpose
from shopbell.domain.paper import PaperSize
from shopbell.domain.paper_words import Language
from shopbell.domain.printed_numbers import sms_link
from shopbell.domain.promises import Frequency
from shopbell.domain.topics import Topic, by_promise
from shopbell.services.papers import Printed

_OUT = click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The HTML file to write."
)
_OPTIONS = (
    click.option(
        "--topic", "topics", multiple=True, type=WORDS, help="May be given several times."
    ),
    click.option(
        "--promised", metavar="N/DAYS", help="What it promises; what each topic does if not given."
    ),
    click.option("--paper", "size", type=OneOf(PaperSize), help="The shop's country decides."),
    click.option("--language", type=OneOf(Language), default=Language.ENGLISH),
    click.option("--number", type=WORDS, help="Where a text JOIN arrives; the shop's phone."),
    click.option("--force", is_flag=True, help="Replace the file if it is there."),
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed((_OUT, *_OPTIONS)):
        command = option(command)
    return command


@click.command("signup-sheet", cls=Command)
@_options
@with_shop()
async def signup_sheet(
    session: Session,
    out: Path,
    topics: tuple[str, ...],
    promised: str | None,
    size: PaperSize | None,
    language: Language,
    number: str | None,
    force: bool,
) -> Exit:
    """Write a sheet on which customers tick what they want to hear about."""
    printed = await session.shop.papers.sheet(
        out,
        topics=topics,
        often=_often(promised),
        language=language,
        size=size,
        number=number,
        replace=force,
    )
    return _told(session, printed, How.PAPER)


@click.command(cls=Command)
@_options
@with_shop()
async def poster(
    session: Session,
    out: Path,
    topics: tuple[str, ...],
    promised: str | None,
    size: PaperSize | None,
    language: Language,
    number: str | None,
    force: bool,
) -> Exit:
    """Write a poster with a code that opens a text JOIN on the customer's own phone."""
    printed = await session.shop.papers.poster(
        out,
        topics=topics,
        often=_often(promised),
        language=language,
        size=size,
        number=number,
        replace=force,
    )
    return _told(session, printed, How.KEYWORD)


def _often(promised: str | None) -> Frequency | None:
    if promised is None:
        return None
    times, days = read_promise(promised)
    return Frequency(n=times, days=days)


def _told(session: Session, printed: Printed, how: How) -> Exit:
    paper = printed.paper
    promised = [(topics, often) for topics, often in _acts(printed) if often is not None]
    promises = [often for _, often in promised]
    record: dict[str, Json] = {
        "file": str(printed.file),
        "wording_id": paper.wording_id,
        "wording": paper.wording,
        "wording_sha256": paper.wording_sha256,
        "topics": [topic.id for topic in paper.topics],
        "promised": {"n": promises[0].n, "days": promises[0].days} if len(promises) == 1 else None,
        "promises": [
            {"topics": [topic.id for topic in topics], "n": often.n, "days": often.days}
            for topics, often in promised
        ],
        "paper": paper.size.value,
        "language": paper.language.value,
        "sms": None if paper.to is None else sms_link(paper.to, paper.join),
    }
    session.out.result(
        record,
        [
            f"Wrote “{printed.file}”. Open it in a browser and print it.",
            f"Its words are kept as wording {paper.wording_id}.",
            "When somebody says yes by it, record what they chose:",
            *_next_steps(printed, how),
        ],
    )
    return Exit.DONE


def _acts(printed: Printed) -> list[tuple[tuple[Topic, ...], Frequency | None]]:
    """Return the topics of each act of permission with the promise that goes with it."""
    told = tuple(
        topic
        if printed.often is None or topic.purpose is not Purpose.MARKETING
        else replace(topic, often=printed.often)
        for topic in printed.paper.topics
    )
    return [(topics, topics[0].often) for topics in by_promise(told)]


def _next_steps(printed: Printed, how: How) -> list[str]:
    lines = []
    for topics, often in _acts(printed):
        chosen = " ".join(f"--topic {topic.id}" for topic in topics)
        promise = "" if often is None else f" --promised {often.n}/{often.days}"
        lines.append(
            f"shopbell opt-in NUMBER --purpose {topics[0].purpose} {chosen} --how {how}"
            f" --wording-id {printed.paper.wording_id}{promise}"
        )
    return lines
