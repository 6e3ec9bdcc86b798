"""Trying a gateway and proving that a STOP arrives; adds to the group `gateway`."""

from __future__ import annotations

import click

from shopbell.cli.decisions import decision_json, decision_lines
from shopbell.cli.delivery import deliver_one
from shopbell.cli.exits import EXIT_OF_STATE, EXIT_OF_VERDICT, Exit
from shopbell.cli.fields import BODY, WORDS
from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.domain.stop_path import StopPath
from shopbell.errors import GatewayTrouble
from shopbell.services.trying import TRIAL

_WHO = "shopbell gateway prove"


@click.command(cls=Command)
@click.argument("name", type=WORDS)
@with_shop()
async def use(session: Session, name: str) -> Exit:
    """Let texts go through a gateway that is set up already."""
    await session.shop.gateways.use(name)
    path, sentence, hint = await session.shop.stop_path.words()
    session.out.result(
        {"name": name, "active": True, "stop_path": path_json(path)},
        [f"Texts go through “{name}” now.", sentence, *([hint] if hint else [])],
    )
    return Exit.DONE


@click.command(cls=Command)
@click.option("--instead", metavar="WORDS", type=WORDS, help="How stops reach the list otherwise.")
@click.option("--fetch/--no-fetch", default=True, help="Fetch replies first (the default).")
@with_shop()
async def prove(session: Session, instead: str | None, fetch: bool) -> Exit:
    """Prove that a STOP arrives: text STOP from your own phone, then run this.

    Campaigns stay locked until one was seen in the last 30 days. A gateway that can't tell of
    replies asks for --instead: how stops reach the list.
    """
    shop = session.shop
    if instead is not None:
        await shop.stop_path.promise(instead)
    elif fetch:
        await _fetch(session)
    path, sentence, hint = await shop.stop_path.words()
    lines = [sentence, "Campaigns can start." if path.is_open else "Campaigns stay locked."]
    session.out.result(path_json(path), [*lines, *([hint] if hint else [])])
    return Exit.DONE if path.is_open else Exit.HELD


@click.command("dry-run", cls=Command)
@click.argument("number", type=WORDS)
@click.argument("text", type=BODY, default=TRIAL)
@with_shop()
async def dry_run(session: Session, number: str, text: str) -> Exit:
    """Show the request that would carry a text, with secrets masked; sends nothing."""
    request = await session.shop.trying.dry_run(session.number(number), text)
    session.out.result({"request": request}, request.splitlines())
    return Exit.DONE


@click.command("text-me", cls=Command)
@click.argument("number", type=WORDS)
@click.option("--timeout", default=60.0, show_default=True, type=click.FloatRange(0, 86_400))
@with_shop()
async def text_me(
    session: Session,
    number: str,
    timeout: float,  # noqa: ASYNC109 - the person's own limit, kept by the waiting loop
) -> Exit:
    """Send one trial text to your own phone.

    Your yes is written down first, and the text is decided like any other: at night it waits.
    """
    shop = session.shop
    submitted = await shop.trying.text_to_self(session.number(number))
    decision = submitted.judged.decision
    record: dict[str, Json] = {**decision_json(decision), "message_id": None, "state": None}
    lines = decision_lines(decision, shop.profile.zone)
    if submitted.text is None:
        session.out.result(record, lines)
        return EXIT_OF_VERDICT[decision.verdict]
    sent = await deliver_one(shop, submitted.text, wait_seconds=timeout)
    text = sent.text
    session.out.result(
        {**record, "message_id": text.id, "state": text.state.value, "detail": text.detail},
        [
            *lines,
            f"Text {text.id} is {text.state}.",
            *([text.detail] if text.detail else []),
            "Did it arrive? Answer STOP to it, then: shopbell gateway prove.",
        ],
    )
    return Exit.GATEWAY if sent.troubled else EXIT_OF_STATE[text.state]


COMMANDS = (use, prove, dry_run, text_me)


def path_json(path: StopPath) -> dict[str, Json]:
    """Return how a STOP reaches the list."""
    return {
        "way": path.way.value,
        "open": path.is_open,
        "gateway": path.gateway,
        "seen_at": iso(path.seen_at),
        "instead": path.promise,
        "good_until": iso(path.good_until),
    }


async def _fetch(session: Session) -> None:
    """Fetch replies here if nobody else does; what goes wrong is said, and is no end."""
    shop = session.shop
    if await shop.gateways.active() is None or not await shop.delivery.take(_WHO):
        return
    try:
        await shop.delivery.sync()
    except GatewayTrouble as trouble:
        session.out.aside(trouble.message)
