"""The switch of the shop: whether anything leaves."""

from __future__ import annotations

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import iso, spoken
from shopbell.cli.output import Json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.domain.sending import Sending, Turned, off_sentence
from shopbell.domain.texts import State

_BY = click.option("--by", default="", metavar="NAME", type=WORDS, help="Who says so.")


@click.group(cls=Group)
def sending() -> None:
    """Turn all sending off or on, and see how it stands."""


@sending.command("off")
@click.option("--why", default="", metavar="REASON", type=WORDS, help="Kept, and shown.")
@_BY
@with_shop()
async def off(session: Session, why: str, by: str) -> Exit:
    """Let nothing leave any more, from any window, script or watcher. Replies still come in."""
    await session.shop.sending.turn_off(why, by=by)
    return await _tell(session)


@sending.command("on")
@_BY
@with_shop()
async def on(session: Session, by: str) -> Exit:
    """Let texts leave again; for a copied or moved file: send from this one.

    Campaigns stay paused until each is resumed. What waited in a copy is asked about.
    """
    await session.shop.sending.turn_on(by=by)
    return await _tell(session)


@sending.command("status")
@with_shop()
async def status(session: Session) -> Exit:
    """Say whether texts leave, why not, what waits, and who turned the switch."""
    return await _tell(session)


async def _tell(session: Session) -> Exit:
    shop, zone = session.shop, session.shop.profile.zone
    switch = await shop.sending.now()
    missed = len(await shop.missed.find())
    waiting = (await shop.outbox.find((State.WAITING, State.HELD), count=1)).total - missed
    history = await shop.sending.history()
    session.out.result(
        {
            **switch_json(switch),
            "waiting": waiting,
            "missed": missed,
            "history": [_turned_json(one) for one in history],
        },
        [
            *switch_lines(switch, zone),
            *([f"{_wait(waiting)} in the outbox."] if waiting else []),
            *(
                [f"{_wait(missed)} for your word: shopbell messages list --missed"]
                if missed
                else []
            ),
            *(turned_line(one, zone) for one in history),
        ],
    )
    return Exit.DONE


def _wait(count: int) -> str:
    return "1 text waits" if count == 1 else f"{count:,} texts wait"


def switch_json(switch: Sending) -> dict[str, Json]:
    """Return the switch."""
    return {
        "sending": "on" if switch.on else "off",
        "why": switch.why,
        "by": switch.by,
        "since": iso(switch.since),
        "is_copy": switch.is_copy,
    }


def switch_lines(switch: Sending, zone: str) -> list[str]:
    """Return the switch in sentences."""
    if switch.on:
        return ["Sending is on."]
    since = [] if switch.since is None else [f"Since {spoken(switch.since, zone)}."]
    ask = (
        "If texts are to leave from this file, and from no other: shopbell sending on"
        if switch.is_copy
        else "Turn it on with: shopbell sending on"
    )
    return [off_sentence(switch), *since, ask]


def _turned_json(turned: Turned) -> dict[str, Json]:
    return {
        "at": iso(turned.at),
        "sending": "on" if turned.on else "off",
        "by": turned.by,
        "why": turned.why,
    }


def turned_line(turned: Turned, zone: str) -> str:
    """Return one turn of the switch as a line."""
    by = f" by {turned.by}" if turned.by else ""
    why = f": {turned.why}" if turned.why else ""
    return f"{spoken(turned.at, zone)}  turned {'on' if turned.on else 'off'}{by}{why}"
