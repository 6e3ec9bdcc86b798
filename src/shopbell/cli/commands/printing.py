"""Sign-up sheets and counter posters, written as pages to print."""

from __future__ import annotations

from collections.abc import Callable
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
from shopbell.domain.paper_words import JOIN, Frequency, Language
from shopbell.domain.printed_numbers import sms_link
from shopbell.services.papers import USUAL, Printed

_OUT = click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The HTML file to write."
)
_OPTIONS = (
    click.option(
        "--topic", "topics", multiple=True, type=WORDS, help="May be given several times."
    ),
    click.option(
        "--promised", metavar="N/DAYS", help="The frequency it promises; 4/30 if not given."
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


def _often(promised: str | None) -> Frequency:
    if promised is None:
        return USUAL
    times, days = read_promise(promised)
    return Frequency(n=times, days=days)


def _told(session: Session, printed: Printed, how: How) -> Exit:
    paper, often = printed.paper, printed.often
    record: dict[str, Json] = {
        "file": str(printed.file),
        "wording_id": paper.wording_id,
        "wording": paper.wording,
        "wording_sha256": paper.wording_sha256,
        "topics": [topic.id for topic in paper.topics],
        "promised": {"n": often.n, "days": often.days},
        "paper": paper.size.value,
        "language": paper.language.value,
        "sms": None if paper.to is None else sms_link(paper.to, JOIN),
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


def _next_steps(printed: Printed, how: How) -> list[str]:
    paper, often = printed.paper, printed.often
    lines = []
    for purpose in dict.fromkeys(topic.purpose for topic in paper.topics):
        topics = " ".join(f"--topic {t.id}" for t in paper.topics if t.purpose is purpose)
        promise = f" --promised {often.n}/{often.days}" if purpose is Purpose.MARKETING else ""
        lines.append(
            f"shopbell opt-in NUMBER --purpose {purpose} {topics} --how {how}"
            f" --wording-id {paper.wording_id}{promise}"
        )
    return lines
