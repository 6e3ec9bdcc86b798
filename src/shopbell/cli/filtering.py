"""The options that narrow a list of contacts, the same wherever people are listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from shopbell.cli.fields import WORDS
from shopbell.domain.people_filter import PeopleFilter

Command = TypeVar("Command", bound=Callable[..., object])

_OPTIONS = (
    click.option("--find", default="", type=WORDS, help="Only those that match every word."),
    click.option("--consented", metavar="TOPIC", type=WORDS, help="A yes to this topic stands."),
    click.option("--not-asked", is_flag=True, help="No yes, no no and no stop is on file."),
    click.option(
        "--not-texted-for",
        metavar="DAYS",
        type=click.IntRange(1, 36_500),
        help="No text went out in so many days.",
    ),
    click.option("--tag", type=WORDS, help="Tagged with this."),
    click.option(
        "--birthday-month", metavar="1-12", type=click.IntRange(1, 12), help="Born in this month."
    ),
)


def filter_options(command: Command) -> Command:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def people_filter(
    consented: str | None,
    not_asked: bool,
    not_texted_for: int | None,
    tag: str | None,
    birthday_month: int | None,
) -> PeopleFilter:
    """Return what the options ask for."""
    return PeopleFilter(
        consented_to=consented,
        not_asked=not_asked,
        not_texted_for=not_texted_for,
        tag=tag,
        birthday_month=birthday_month,
    )
