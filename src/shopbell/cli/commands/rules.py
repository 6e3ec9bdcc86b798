"""The rulebook, the rules of the shop, and how a reply would be read."""

from __future__ import annotations

import click

from shopbell.cli.commands.house_rules import HOUSE_COMMANDS
from shopbell.cli.commands.rulebook import explain, list_, show
from shopbell.cli.context import output_of
from shopbell.cli.exits import Exit
from shopbell.cli.fields import BODY, WORDS
from shopbell.cli.settings import Group
from shopbell.domain.reading_words import meaning
from shopbell.domain.stops import read_reply
from shopbell.services.rules import packaged_rules


@click.group(cls=Group)
def rules() -> None:
    """Read the rulebook, change the rules of this shop, see how a reply would be read."""


@rules.command("read")
@click.argument("text", type=BODY)
@click.option("--language", default="en", show_default=True, type=WORDS, help="Like en or es.")
@click.option(
    "--question-open",
    "--open-question",
    is_flag=True,
    help="We asked this person a yes-or-no question.",
)
@click.pass_context
def read(ctx: click.Context, text: str, language: str, question_open: bool) -> Exit:
    """Say whether TEXT is a stop, may be one, or is something else, and which words make it so."""
    reading = read_reply(
        text, language=language, question_open=question_open, rules=packaged_rules().stops
    )
    output_of(ctx).result(
        {
            "band": reading.band.value,
            "intent": None if reading.intent is None else reading.intent.value,
            "why": reading.why,
            "words": reading.words or None,
        },
        [f"Read as {reading.intent or reading.band}.", meaning(reading), reading.why],
    )
    return Exit.DONE


for command in (list_, show, explain, *HOUSE_COMMANDS):
    rules.add_command(command)
