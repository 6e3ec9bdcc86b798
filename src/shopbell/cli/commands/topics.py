"""Listing, changing and adding what people can choose to hear about."""

from __future__ import annotations

from typing import Literal

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import PURPOSE, WORDS
from shopbell.cli.output import Json
from shopbell.cli.promises import read_promise
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.domain.consent import Purpose
from shopbell.domain.promises import Frequency
from shopbell.domain.topic_words import topic_words
from shopbell.domain.topics import Topic, sign_up_words

_PROMISED = click.option(
    "--promised", metavar="N/DAYS", help='The most texts in so many days, like 4/30; "" for none.'
)

_KEYWORD = click.option(
    "--keyword", metavar="WORD", type=WORDS, help='The word that joins by text; "" for none.'
)


@click.group(cls=Group)
def topics() -> None:
    """Say what people can choose to hear about, and how often."""


@topics.command("list")
@with_shop()
async def list_(session: Session) -> Exit:
    """List the topics, with the words people are shown."""
    every = await session.shop.topics.every()
    session.out.result(
        {"topics": [_json(session, topic) for topic in every]},
        [_line(topic) for topic in every],
    )
    return Exit.DONE


@topics.command("set")
@click.argument("topic", type=WORDS)
@click.option("--words", type=WORDS, help="As it reads in “Text me about ...”.")
@_PROMISED
@click.option("--offer/--no-offer", "offered", default=None, help="Whether people can choose it.")
@click.option("--confirm/--no-confirm", default=None, help="A yes counts once confirmed by text.")
@_KEYWORD
@with_shop()
async def set_(
    session: Session,
    topic: str,
    words: str | None,
    promised: str | None,
    offered: bool | None,
    confirm: bool | None,
    keyword: str | None,
) -> Exit:
    """Change a topic for sign-ups from now on; what was promised before stands."""
    changed = await session.shop.topics.change(
        topic,
        words=words,
        often=_often(promised),
        offered=offered,
        confirm=confirm,
        keyword=keyword,
    )
    session.out.result(_json(session, changed), [_line(changed)])
    return Exit.DONE


@topics.command("add")
@click.argument("topic", type=WORDS)
@click.option("--words", type=WORDS, help="As it reads in “Text me about ...”; TOPIC if not given.")
@click.option("--purpose", type=PURPOSE, default=Purpose.MARKETING.value, show_default=True)
@_PROMISED
@click.option("--confirm", is_flag=True, help="A yes counts once confirmed by text.")
@_KEYWORD
@with_shop()
async def add(
    session: Session,
    topic: str,
    words: str | None,
    purpose: Purpose,
    promised: str | None,
    confirm: bool,
    keyword: str | None,
) -> Exit:
    """Offer something new to say yes to."""
    added = await session.shop.topics.add(
        topic,
        topic if words is None else words,
        purpose,
        _often(promised) or None,
        confirm=confirm,
        keyword=keyword or "",
    )
    session.out.result(_json(session, added), [_line(added)])
    return Exit.DONE


def _often(promised: str | None) -> Frequency | Literal[""] | None:
    if promised is None:
        return None
    if promised == "":
        return ""
    times, days = read_promise(promised)
    return Frequency(n=times, days=days)


def _json(session: Session, topic: Topic) -> dict[str, Json]:
    often = topic.often
    return {
        "topic": topic.id,
        "words": topic.words,
        "purpose": topic.purpose.value,
        "promised": None if often is None else {"n": often.n, "days": often.days},
        "offered": topic.offered,
        "confirm": topic.confirm,
        "keyword": topic.keyword,
        "wording": sign_up_words(session.shop.profile.name, [topic]),
    }


def _line(topic: Topic) -> str:
    return f"{topic.id}: {topic_words(topic)}."
