"""How fast texts leave through a gateway; adds to the group `gateway`."""

from __future__ import annotations

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.domain.pace import LONGEST_SECONDS, OwnPace
from shopbell.errors import BadInput

_SECONDS = click.FloatRange(0, LONGEST_SECONDS)


@click.command(cls=Command)
@click.argument("name", required=False, type=WORDS)
@click.option("--seconds", type=_SECONDS, help="From one text to the next, at least.")
@click.option("--more", type=_SECONDS, help="Up to so many more, by chance, each time anew.")
@click.option("--reset", is_flag=True, help="Leave it to the gateway again.")
@with_shop()
async def pace(
    session: Session, name: str | None, seconds: float | None, more: float | None, reset: bool
) -> Exit:
    """Show or set how fast texts leave through a gateway; the one in use without NAME.

    A phone that sends in an even beat is soon taken for a machine by its carrier. It never goes
    faster than the gateway takes texts.
    """
    if reset and (seconds is not None or more is not None):
        raise click.UsageError("Give either --reset or the seconds.")
    gateways = session.shop.gateways
    states = {state.config.name: state for state in await gateways.configured()}
    active = next((one for one, state in states.items() if state.active), None)
    which = name or active
    if which is None or which not in states:
        raise BadInput(
            f"No gateway “{name}” is set up." if name else "No gateway is set up yet.",
            "See shopbell gateway list.",
            code="no_gateway",
        )
    own = states[which].pace
    if reset:
        own = None
    elif seconds is not None or more is not None:
        before = own or OwnPace(between=0.0)
        own = OwnPace(
            between=before.between if seconds is None else seconds,
            jitter=before.jitter if more is None else more,
        )
    if own != states[which].pace:
        await gateways.set_pace(which, own)
    now = await gateways.pace_at(which)
    session.out.result(
        {
            "name": which,
            "seconds_between": None if own is None else own.between,
            "seconds_more": None if own is None else own.jitter,
            "average": now.average,
        },
        [f"“{which}”: {now.words or 'as fast as it takes them'}."],
    )
    return Exit.DONE
