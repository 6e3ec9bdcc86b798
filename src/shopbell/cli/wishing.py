"""A person's wishes as options, and as words for scripts and for people. Must not enforce them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Literal, TypeVar

import click

from shopbell.cli.fields import WORDS, OneOf
from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.cli.promises import read_promise
from shopbell.domain.promises import Frequency
from shopbell.domain.weeks import week_text
from shopbell.domain.wishes import Channel, Wishes

Command = TypeVar("Command", bound=Callable[..., object])

_CHANNEL = OneOf(Channel)


def _channel(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> Channel | Literal[""] | None:
    if value is None:
        return None
    return "" if value == "" else _CHANNEL.convert(value, param, ctx)


def _day(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> date | Literal[""] | None:
    if value is None:
        return None
    if value == "":
        return ""
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise click.BadParameter(
            f"“{value[:20]}” is not a day. Write it like 2026-12-31.", ctx, param
        ) from None


def _most(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> Frequency | Literal[""] | None:
    del ctx, param
    if not value:
        return "" if value == "" else None
    n, days = read_promise(value)
    return Frequency(n=n, days=days)


_OPTIONS = (
    click.option(
        "--channel",
        type=WORDS,
        metavar=f"[{'|'.join(Channel)}]",
        callback=_channel,
        help='How the person would rather hear from the shop; "" forgets it.',
    ),
    click.option(
        "--pause-until",
        type=WORDS,
        metavar="DAY",
        callback=_day,
        help='No marketing before this day, 2026-12-31; "" ends the pause.',
    ),
    click.option("--language", type=WORDS, help='Like es or fr-CA; "" forgets it.'),
    click.option(
        "--hours",
        type=WORDS,
        help='When texts may come, on their clock: mon-fri 9:00-12:00; "" forgets it.',
    ),
    click.option(
        "--at-most",
        type=WORDS,
        metavar="N/DAYS",
        callback=_most,
        help='The most marketing texts they want, like 1/30; "" forgets it.',
    ),
)


def wish_options(command: Command) -> Command:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wishes_json(wishes: Wishes) -> list[Json]:
    """Return the wishes that are on file, one object each."""
    said: list[Json] = []
    if wishes.channel is not None:
        said.append({"wish": "channel", "value": wishes.channel.value})
    if wishes.paused_until is not None:
        said.append({"wish": "pause", "value": iso(wishes.paused_until)})
    if wishes.language:
        said.append({"wish": "language", "value": wishes.language})
    if wishes.hours is not None:
        said.append({"wish": "hours", "value": week_text(wishes.hours)})
    if wishes.most is not None:
        said.append({"wish": "at-most", "value": f"{wishes.most.n}/{wishes.most.days}"})
    return said
