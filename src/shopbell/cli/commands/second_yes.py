"""Two people's yes to large campaigns: from how many recipients on, and whose."""

from __future__ import annotations

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.secrets_in import WORD_FD, own_word
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.domain.second_yes import SecondYes, two_needed

_NAME = click.argument("name", type=WORDS)
_BY = click.option("--by", default="", metavar="NAME", type=WORDS, help="Who says so.")


@click.group("second-yes", cls=Group)
def second_yes() -> None:
    """Ask for two people's yes before a campaign goes to many."""


@second_yes.command("show")
@with_shop()
async def show(session: Session) -> Exit:
    """Say from how many people on two must say yes, and who can."""
    return _tell(session, await session.shop.second_yes.rule())


@second_yes.command("add")
@_NAME
@WORD_FD
@_BY
@with_shop()
async def add(session: Session, name: str, word_fd: int | None, by: str) -> Exit:
    """Let somebody say yes, by a word of their own; or give them a new word.

    The word is typed by that person, twice, and shown to nobody.
    """
    word = own_word(name, word_fd, is_new=True)
    return _tell(session, await session.shop.second_yes.add(name, word, by=by))


@second_yes.command("remove")
@_NAME
@_BY
@with_shop()
async def remove(session: Session, name: str, by: str) -> Exit:
    """Take somebody off the list."""
    return _tell(session, await session.shop.second_yes.remove(name, by=by))


@second_yes.command("from")
@click.argument("count", metavar="PEOPLE", type=click.IntRange(1))
@_BY
@with_shop()
async def from_(session: Session, count: int, by: str) -> Exit:
    """Ask for two from so many people on. What was approved has to be approved again."""
    return _tell(session, await session.shop.second_yes.need_from(count, by=by))


@second_yes.command("off")
@_BY
@with_shop()
async def off(session: Session, by: str) -> Exit:
    """Let one person's yes be enough again."""
    return _tell(session, await session.shop.second_yes.need_from(0, by=by))


def _tell(session: Session, rule: SecondYes) -> Exit:
    session.out.result(
        {"from": rule.from_count or None, "names": list(rule.names)}, second_yes_lines(rule)
    )
    return Exit.DONE


def second_yes_lines(rule: SecondYes) -> list[str]:
    """Return the rule in sentences."""
    names = ", ".join(rule.names) or "nobody yet"
    return [two_needed(rule), f"With a word of their own: {names}."]
