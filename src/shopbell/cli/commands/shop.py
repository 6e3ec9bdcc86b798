"""Making a shop file and checking one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from shopbell.cli.checked import checked_json
from shopbell.cli.context import output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import iso
from shopbell.cli.running import run
from shopbell.cli.secrets_in import ask, at_a_terminal, given_passphrase
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command, settings_of
from shopbell.domain.checked import sentences
from shopbell.domain.house_lines import set_aside_words
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput
from shopbell.services.opening import (
    Created,
    NewShop,
    create_shop,
    passphrase_problem,
    suggest_passphrase,
)
from shopbell.services.rules import packaged_rules


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", required=True, type=WORDS, help="The name that starts every text.")
@click.option("--country", required=True, type=WORDS, help="Two letters: US, GB, DE.")
@click.option("--timezone", required=True, type=WORDS, help="Like America/New_York.")
@click.option("--practice", is_flag=True, help="A practice shop: nothing can leave this computer.")
@click.option("--phone", type=WORDS, help="The number that answers to HELP name.")
@click.pass_context
def new(
    ctx: click.Context,
    path: Path,
    name: str,
    country: str,
    timezone: str,
    practice: bool,
    phone: str | None,
) -> Exit:
    """Make a shop file."""
    tools, out, settings = tools_of(ctx), output_of(ctx), settings_of(ctx)
    wanted = NewShop(name=name, country=country, zone=timezone, phone=phone, practice=practice)
    passphrase = given_passphrase(settings) or _choose_passphrase()
    problem = passphrase_problem(passphrase.reveal())
    if problem is not None:
        raise BadInput(problem, code="weak_passphrase")

    async def make(_stop: asyncio.Event) -> Created:
        return await create_shop(path, wanted, passphrase, tools.clock())

    created = run(make)
    code = created.recovery_code.reveal()
    out.result(
        {"file": str(created.path), "recovery_code": code, "file_number": created.file_number},
        (
            f"Made {created.path}.",
            f"Recovery code: {code}",
            f"File number: {created.file_number}",
            "Write both down and keep them away from this computer. They are shown only now.",
            "Next: shopbell import, or shopbell gateway set.",
        ),
    )
    return Exit.DONE


@click.command(cls=Command)
@click.option("--head", default="", type=WORDS, help="A ledger head that was noted elsewhere.")
@click.option("--evidence", type=click.Path(path_type=Path), help="Which entries name this file?")
@with_shop()
async def verify(session: Session, head: str, evidence: Path | None) -> Exit:
    """Check the shop file, its ledger and its sums; name the rules that are set aside."""
    checking = session.shop.checking
    found = await checking.whole(head)
    named = None if evidence is None else await checking.named_by(evidence)
    record, lines = checked_json(found), [said.sentence for said in sentences(found)]
    if named is not None:
        record["evidence"] = {"sha256": named.sha256, "entries": list(named.entries)}
        lines.append(named.sentence())
    own = await session.shop.rules.changed()
    zone = session.shop.profile.zone
    lines += [f"Set aside: {set_aside_words(aside, zone)}" for aside in own.set_aside]
    record["rules"] = {
        "version": packaged_rules().version,
        "set_aside": [
            {"rule": one.rule, "reason": one.reason, "by": one.by, "at": iso(one.at)}
            for one in own.set_aside
        ],
    }
    session.out.result(record, lines)
    return Exit.DONE if found.ok else Exit.VAULT


def _choose_passphrase() -> Secret:
    hint = "Give it with --passphrase-fd N, or in the environment variable SHOPBELL_PASSPHRASE."
    if not at_a_terminal():
        return ask("A passphrase", hint)
    suggested = suggest_passphrase()
    offer = f"Press Enter to take the passphrase “{suggested.reveal()}”, or type your own"
    typed = ask(offer, hint, default="")
    if not typed.reveal():
        return suggested
    if typed != ask("Once more", hint):
        raise BadInput("The two passphrases differ.", "Start again.", code="passphrases_differ")
    return typed
