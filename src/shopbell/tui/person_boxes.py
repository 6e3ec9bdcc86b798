"""The boxes that a sheet opens about its person, and what is said when each is done.

Must not do the work of a box, and must not decide.
"""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from shopbell.domain.complaints import Complaint, what_to_do
from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.services.complaints import Taken
from shopbell.services.shop import Shop
from shopbell.tui.screens.record_complaint import CloseComplaint, RecordComplaint


async def complain(
    screen: Screen[Any],
    shop: Shop,
    number: E164,
    name: str,
    open_one: Complaint | None = None,
    *,
    words: str = "",
    how: How = How.IN_PERSON,
) -> None:
    """Take a complaint; or say how the open one ended."""

    def taken(done: Taken | None) -> None:
        if done is not None:
            step = what_to_do(done.complaint, shop.profile, shop.clock.now())
            again = " Not the first one of late." if done.persists else ""
            screen.notify(f"Written down; offers have stopped. {step}{again}")

    def closed(done: Complaint | None) -> None:
        if done is not None:
            screen.notify("Closed.")

    if open_one is not None:
        await screen.app.push_screen(CloseComplaint(shop, open_one, name), closed)
    else:
        box = RecordComplaint(shop, number, name, words=words, how=how)
        await screen.app.push_screen(box, taken)
