"""The group of all commands. Must not import a command before it is run: `--help` stays quick."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, Never

import click

from shopbell import __version__
from shopbell.cli.settings import Group, read_environment

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo:demo", "Try Shopbell with a practice shop; nothing leaves this computer."),
    "drill": ("drill:drill", "Practise with lessons; nothing leaves this computer."),
    "new": ("shop:new", "Make a shop file."),
    "import": ("importing:import_", "Bring contacts in from a file; sends nothing."),
    "import-undo": ("importing:import_undo", "Take a whole import back."),
    "imports": ("importing:imports", "List past imports."),
    "contacts": ("contacts:contacts", "Find, show, add and change contacts."),
    "opt-in": ("consent:opt_in", "Record a yes."),
    "opt-out": ("consent:opt_out", "Record a stop from any channel."),
    "check": ("sending:check", "Say whether a text may go, without sending it."),
    "send": ("sending:send", "Decide, write and deliver one text."),
    "welcome": ("welcome:welcome", "Show or send the welcome to somebody who said yes."),
    "own-texts": ("welcome:own_texts", "Show or change what the shop sends by itself."),
    "topics": ("topics:topics", "Say what people can choose to hear about, and how often."),
    "campaign": ("campaign:campaign", "Write, plan and send one text to many people."),
    "second-yes": ("second_yes:second_yes", "Ask for two people's yes to large campaigns."),
    "reminders": ("reminders:reminders", "Remind people of appointments, from a calendar or CSV."),
    "sending": ("switch:sending", "Turn all sending off or on; see how it stands."),
    "budget": ("budget:budget", "Limit how many texts leave in a month, and for how much."),
    "run": ("delivering:run_", "Deliver what is due; fetch replies and receipts."),
    "listen": ("delivering:listen", "Receive what the gateway pushes."),
    "inbox": ("inbox:inbox", "Fetch, list and judge replies."),
    "complaint": ("complaint:complaint", "Take a complaint, see what is due, close it."),
    "messages": ("messages:messages", "List texts with their states; cancel one."),
    "settle": ("messages:settle", "Find out what became of a text nobody knows about."),
    "why": ("explaining:why", "Explain why a text went, waits or was stopped."),
    "why-not": ("explaining:why_not", "Explain why a number may not be texted."),
    "history": ("reporting:history", "Search every text, with its decision, price and receipts."),
    "report": ("reporting:report", "Say what was sent, arrived, was answered and was paid."),
    "person": (
        "person:person",
        "Prove what somebody agreed to; export or erase a person.",
    ),
    "signup-sheet": ("printing:signup_sheet", "Print a sheet to sign up on, with empty boxes."),
    "poster": ("printing:poster", "Print a poster whose code opens a text JOIN."),
    "gateway": ("gateway:gateway", "Choose, set up and test the gateway."),
    "practice-gateway": ("practice:practice_gateway", "Run the practice gateway by itself."),
    "themes": ("themes:themes", "List and check theme files."),
    "rules": ("rules:rules", "Read the rulebook; change the rules of this shop."),
    "verify": ("shop:verify", "Check the shop file and its consent ledger."),
}
"""Each command: where its code is, and one line about it."""


class LazyCommands(Group):
    """Knows every command by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the day's work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found = getattr(importlib.import_module(f"shopbell.cli.commands.{module}"), name)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> Never:
        """Run one command line and leave with its exit code."""
        del standalone_mode
        argv = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(
                argv,
                prog_name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
        except SystemExit:
            raise
        except BaseException as error:
            # The one place that explains whatever ended a command.
            from shopbell.cli.failing import explain
            from shopbell.cli.output import Output

            code = explain(error, Output(as_json=_wants_json(argv)))
        sys.exit(int(code or 0))


def _wants_json(argv: Sequence[str]) -> bool:
    """Return whether the line asks for JSON, even where it could not be read to its end."""
    before_dashes = argv[: argv.index("--")] if "--" in argv else argv
    return "--json" in before_dashes


@click.command(cls=LazyCommands, invoke_without_command=True)
@click.version_option(__version__, prog_name="shopbell", message="%(prog)s %(version)s")
@click.option("--plain", is_flag=True, help="Line mode: plain numbered text, no screen.")
@click.pass_context
def shopbell(ctx: click.Context, plain: bool) -> int | None:
    """Text your shop's customers politely, from one encrypted file.

    Without a command, the counter screen opens; with --plain, line mode.
    """
    read_environment(ctx, dict(os.environ))
    if ctx.invoked_subcommand is not None:
        return None
    from shopbell.cli.commands.counter import open_door

    return open_door(ctx, plain=plain)
