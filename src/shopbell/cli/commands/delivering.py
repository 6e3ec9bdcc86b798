"""Delivering what is due, once or for as long as the shop is open."""

from __future__ import annotations

import click

from shopbell.cli.exits import Exit
from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.texts import reply_json, reply_line, text_json, text_line
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.services.events import Event, Happened

_WHO = "shopbell run"


@click.command("run", cls=Command)
@click.option("--once", "mode", flag_value="once", default=True, help="Do it once (the default).")
@click.option("--watch", "mode", flag_value="watch", help="Go on until stopped with ^C.")
@with_shop(patient=True)
async def run_(session: Session, mode: str) -> Exit:
    """Deliver what is due and fetch replies and receipts. Prints one line per event (JSONL)."""

    def show(event: Event) -> None:
        session.out.result(event_json(event), [event_line(event, session.shop.profile.zone)])

    delivery = session.shop.delivery
    if mode == "watch":
        await delivery.watch(_WHO, session.stop, show)
        return Exit.DONE
    if not await delivery.take(_WHO):
        return await _left_to_another(session)
    if stopped := await session.shop.sending.stopped():
        show(Event(kind=Happened.OFF, at=session.shop.clock.now(), note=stopped))
    try:
        await delivery.deliver(on_event=show)
        await delivery.sync(show)
        # A reply may have freed a text, or its receipt a place in a cap.
        await delivery.deliver(on_event=show)
    except GatewayTrouble as trouble:
        now = session.shop.clock.now()
        show(Event(kind=Happened.TROUBLE, at=now, note=trouble.message))
        return Exit.GATEWAY
    return Exit.DONE


@click.command("listen", cls=Command)
@with_shop(patient=True)
async def listen(session: Session) -> Exit:
    """Receive what the gateway pushes, until stopped with ^C. Sends nothing.

    The counter screen and "run --watch" listen by themselves. Prints one line per event (JSONL).
    """

    def show(event: Event) -> None:
        session.out.result(event_json(event), [event_line(event, session.shop.profile.zone)])

    shop = session.shop
    async with shop.delivery.listening(show) as address:
        if address is None:
            raise BadInput(
                "The gateway in use pushes nothing here: no listening address is filled in.",
                "Fill in listen and word: see docs/gateways.md, “Pushed through a tunnel”.",
                code="no_listening",
            )
        show(Event(kind=Happened.LISTENING, at=shop.clock.now(), note=address))
        await session.stop.wait()
    return Exit.DONE


async def _left_to_another(session: Session) -> Exit:
    reason = session.shop.read_only_reason
    if reason is not None:
        session.out.error("read_only", reason, "Nothing can be sent from this file here.")
        return Exit.VAULT
    holder = session.shop.delivery.holder or "another process"
    session.out.result({"event": "holder", "note": holder}, [f"Nothing to do: {holder} delivers."])
    return Exit.DONE


def event_json(event: Event) -> dict[str, Json]:
    """Return one delivery event."""
    return {
        "event": event.kind.value,
        "at": iso(event.at),
        "message": None if event.text is None else text_json(event.text),
        "reply": None if event.reply is None else reply_json(event.reply),
        "note": event.note,
    }


def event_line(event: Event, zone: str) -> str:
    """Return one delivery event as one line."""
    match event.kind:
        case Happened.TEXT if event.text is not None:
            detail = f"  {event.text.detail}" if event.text.detail else ""
            return f"Text {text_line(event.text, zone)}{detail}"
        case Happened.REPLY if event.reply is not None:
            return f"Reply {reply_line(event.reply, zone)}"
        case Happened.LISTENING:
            return f"Listening at {event.note}."
        case _:
            return event.note
