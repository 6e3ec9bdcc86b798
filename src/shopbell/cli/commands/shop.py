"""Making a shop file and checking one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.cli.running import run
from shopbell.cli.secrets_in import ask, at_a_terminal, given_passphrase
from shopbell.cli.session import Session, output_of, tools_of, with_shop
from shopbell.cli.settings import Command, settings_of
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
@with_shop()
async def verify(session: Session) -> Exit:
    """Check the shop file and its consent ledger; name the rules that are set aside."""
    faults = await session.shop.check_file()
    first_bad, head = await session.shop.consents.check_ledger()
    ok = first_bad is None and not faults
    ledger: dict[str, Json] = {"ok": first_bad is None, "first_bad": first_bad, "head": head}
    lines = [f"The file is damaged: {fault}" for fault in faults] or ["The file is sound."]
    lines += (
        ("The consent ledger is sound.", f"Ledger head: {head}")
        if first_bad is None
        else (f"The consent ledger was changed from outside: entry {first_bad} does not fit.",)
    )
    own = await session.shop.rules.changed()
    zone = session.shop.profile.zone
    lines += [f"Set aside: {set_aside_words(aside, zone)}" for aside in own.set_aside]
    rules: dict[str, Json] = {
        "version": packaged_rules().version,
        "set_aside": [
            {"rule": one.rule, "reason": one.reason, "by": one.by, "at": iso(one.at)}
            for one in own.set_aside
        ],
    }
    file: dict[str, Json] = {"ok": not faults, "faults": list(faults)}
    session.out.result({"ok": ok, "file": file, "ledger": ledger, "rules": rules}, lines)
    return Exit.DONE if ok else Exit.VAULT


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
