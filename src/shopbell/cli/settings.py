"""The options every command has, before or after its name. Must not act on them.

A value given nearer to the end of the line wins over one given earlier, and both over the
environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from shopbell.domain.secret import Secret

_META = "shopbell.settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the common options and their environment variables say."""

    file: Path | None
    """None = the default place."""
    passphrase_fd: int | None
    passphrase: Secret | None
    """From the environment."""
    now: str | None
    as_json: bool


def settings_of(ctx: click.Context) -> Settings:
    """Return the common options as given so far on the command line or in the environment."""
    given = ctx.meta.get(_META, {})
    file = given.get("file")
    passphrase = given.get("passphrase")
    return Settings(
        file=None if file is None else Path(file),
        passphrase_fd=given.get("passphrase_fd"),
        passphrase=None if passphrase is None else Secret(passphrase),
        now=given.get("now"),
        as_json=bool(given.get("json")),
    )


def read_environment(ctx: click.Context, environment: dict[str, str]) -> None:
    """Take the common settings that the environment holds; empty ones count as not given."""
    for name, variable in (
        ("file", "SHOPBELL_FILE"),
        ("passphrase", "SHOPBELL_PASSPHRASE"),
        ("now", "SHOPBELL_NOW"),
    ):
        if environment.get(variable):
            ctx.meta.setdefault(_META, {}).setdefault(name, environment[variable])


def common_options() -> list[click.Parameter]:
    """Return fresh copies of the common options."""
    return [
        CommonOption(
            ["--file"], metavar="PATH", help="The shop file (or SHOPBELL_FILE).", callback=_keep
        ),
        CommonOption(
            ["--passphrase-fd"],
            type=click.IntRange(min=0),
            metavar="N",
            help="Read the passphrase from file descriptor N (or SHOPBELL_PASSPHRASE).",
            callback=_keep,
        ),
        CommonOption(["--json"], is_flag=True, help="Print JSON and nothing else.", callback=_keep),
        CommonOption(
            ["--now"],
            metavar="ISO8601",
            help="On a practice shop: pretend it is this time (or SHOPBELL_NOW).",
            callback=_keep,
        ),
    ]


class CommonOption(click.Option):
    """One of the common options; eager, so that even a wrong line knows about `--json`."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, expose_value=False, is_eager=True, **kwargs)  # type: ignore[arg-type]


class Command(click.Command):
    """A command with the common options, listed apart from its own."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.params.extend(common_options())

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first, then the common ones."""
        write_options(self, ctx, formatter)


class Group(click.Group):
    """A group of commands with the common options."""

    command_class = Command
    group_class = type

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.params.extend(common_options())

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write commands and options, the common ones last."""
        self.format_commands(ctx, formatter)
        write_options(self, ctx, formatter)


def write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Write the help of a command's own options and, under a heading of their own, the common."""
    own: list[tuple[str, str]] = []
    common: list[tuple[str, str]] = []
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is not None:
            (common if isinstance(param, CommonOption) else own).append(record)
    for heading, records in (("Options", own), ("Common options", common)):
        if records:
            with formatter.section(heading):
                formatter.write_dl(records)


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value is not None and value is not False and param.name is not None:
        ctx.meta.setdefault(_META, {})[param.name] = value
