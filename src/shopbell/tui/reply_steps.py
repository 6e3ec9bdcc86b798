"""What a person does with a reply, from the list or inside its thread. Must not judge by itself."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, TypeVar

from textual.screen import Screen

from shopbell.domain.decision import Verdict
from shopbell.domain.replies import Reply
from shopbell.errors import ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.work import start

T = TypeVar("T")

_ABOUT_UNCLEAR = frozenset({"is_stop", "no_stop", "ask"})
_TO_A_NUMBER = frozenset({"answer", "ask", "complaint", "person"})


def why_not(name: str, reply: Reply) -> str:
    """Return why a step with this reply is not possible now, or "" when it is."""
    if name in _ABOUT_UNCLEAR and not reply.is_unclear:
        return "It is clear what this reply means."
    if name == "ask" and reply.asked_at is not None:
        return "They were asked already."
    if name in _TO_A_NUMBER and reply.number is None:
        return "This sender has no number that can be answered."
    if name == "redact" and not reply.secrets:
        return "There is no secret in this reply."
    return ""


async def judge(screen: Screen[Any], shop: Shop, reply: Reply, *, is_stop: bool) -> None:
    """Write down what it means."""
    judged = await _told(screen, shop.inbox.judge_unclear(reply.id, is_stop=is_stop))
    if judged is not None:
        screen.notify(judged.done)


async def ask(screen: Screen[Any], shop: Shop, reply: Reply) -> None:
    """Ask whoever wrote it whether they meant stop."""
    asked = await _told(screen, shop.inbox.ask(reply.id))
    if asked is not None:
        decision = asked.judged.decision
        may_go = decision.verdict is Verdict.ALLOW
        screen.notify("Asked." if may_go else decision.reasons[0].sentence)


def redact(screen: Screen[Any], shop: Shop, reply: Reply) -> None:
    """Ask, then take every secret out of it for good."""

    async def take_out() -> None:
        if await _told(screen, shop.inbox.redact(reply.id)) is not None:
            screen.notify("The secret is gone; a fingerprint of the text is kept.")

    def answered(yes: bool | None) -> None:
        if yes:
            start(screen, take_out, "redact")

    what = " and ".join(reply.secrets)
    screen.app.push_screen(
        Confirm(
            "Take the secret out for good?",
            f"It holds {what}. The rest of the text stays, and a fingerprint of the whole, which "
            "proves what it was. Nobody can bring the secret back.",
            yes="Take it out",
            no="Leave it hidden",
        ),
        answered,
    )


async def _told(screen: Screen[Any], step: Awaitable[T]) -> T | None:
    """Return what a step gave, or say what went wrong and return None."""
    try:
        return await step
    except ShopbellError as error:
        screen.notify(f"{error.message} {error.hint}", severity="warning")
        return None
