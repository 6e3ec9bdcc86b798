"""Stops everything, everywhere, after one more key. Must not say why: there may be no time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.telling import counted
from shopbell.errors import ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, lines, spans
from shopbell.tui.work import start

_AT_WORK = (CampaignState.STARTING, CampaignState.RUNNING)
_MOST_NAMES = 5


class StopAll(Dialog[str]):
    """Answers what was stopped, in a sentence. The key works before the names are read."""

    DEFAULT_CSS = """
    StopAll > #box { border: round $warning; }
    StopAll #said { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,exclamation_mark,f6", "stop", show=False, priority=True),
        Binding("escape", "dismiss(None)", show=False),
    ]

    def __init__(self, shop: Shop, who: str) -> None:
        """Make the box.

        Args:
            shop: whose campaigns are stopped.
            who: who says so, for the history.
        """
        super().__init__("Stop everything now?")
        self._shop = shop
        self._who = who

    def inside(self) -> ComposeResult:
        """Lay out what happens and the two keys."""
        yield Plain(
            "Every campaign pauses at once, in every window that has this shop open. "
            "What has left has left; nothing is lost, and you say later what goes on."
        )
        yield Plain("", id_="said")
        yield Plain("↵ or ! stops everything · esc leaves it as it is", classes="muted")

    def on_mount(self) -> None:
        """Name what is at work."""
        start(self, self._look, "look")

    async def action_stop(self) -> None:
        """Stop."""
        try:
            stopped = await self._shop.runs.stop_all(by=self._who)
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}".strip())
            self.query_one("#said", Plain).show(said)
            return
        if stopped:
            done = f"Stopped: {counted(stopped, 'campaign')} paused. Press 5 to see them."
        else:
            done = "No campaign was at work."
        self.dismiss(done)

    async def _look(self) -> None:
        try:
            page = await self._shop.campaigns.find(_AT_WORK, count=_MOST_NAMES)
        except ShopbellError:
            return  # the key that stops says what is wrong
        names = [spans(("→ ", "$text-accent"), one.name, one_line=True) for one in page.rows]
        if page.total > len(page.rows):
            names.append(spans((f"  and {page.total - len(page.rows)} more", "$text-muted")))
        said = names or [spans(("No campaign is at work.", "$text-muted"))]
        self.query_one("#said", Plain).show(lines(*said))
