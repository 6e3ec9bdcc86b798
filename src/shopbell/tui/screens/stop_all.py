"""Stops everything, everywhere, after one more key; lets it leave again when it was stopped.

Must not ask why: there may be no time.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.sending import Sending, off_sentence
from shopbell.domain.telling import counted, day_and_clock
from shopbell.errors import ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui.commands import Scope, bindings, command
from shopbell.tui.frame import Dialog
from shopbell.tui.own_keys import key_for, keys_of, with_keys
from shopbell.tui.plain import Plain, lines, spans
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.work import start

_WAIT = spans(("Looking …", "$text-muted"))
_AT_WORK = (CampaignState.STARTING, CampaignState.RUNNING)
_MOST_NAMES = 5


class StopAll(Dialog[str]):
    """Answers what was done, in a sentence. The key works before anything is read."""

    DEFAULT_CSS = """
    StopAll > #box { border: round $warning; }
    StopAll #said { margin: 1 0; }
    """
    scope = Scope.SWITCH
    prints_keys = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "stop", show=False, priority=True),
        *bindings(Scope.SWITCH),
        Binding("escape", "dismiss(None)", show=False),
    ]

    def __init__(self, shop: Shop, who: str) -> None:
        """Make the box.

        Args:
            shop: whose texts are stopped.
            who: who says so, for the history.
        """
        super().__init__("Stop everything now?")
        self._shop = shop
        self._who = who
        self._off: Sending | None = None
        self.is_behind = True
        """Whether it does not know yet if sending is off: a key pressed ahead waits for that."""

    def inside(self) -> ComposeResult:
        """Lay out what happens and the keys."""
        yield Plain(
            "Nothing leaves any more from any window: no campaign, no single text. What has left "
            "has left; nothing is lost, and you say later what goes on.",
            id_="facts",
        )
        yield Plain("", id_="said")
        keys = "↵ or [everywhere.stop_all] stops everything · esc leaves it as it is"
        yield Plain(with_keys(keys), id_="keys", classes="muted")

    def on_mount(self) -> None:
        """Name what is at work."""
        start(self, self._look, "look")

    def on_key(self, event: events.Key) -> None:
        """A second press of the key that opened the box stops."""
        if event.key in keys_of(command("everywhere.stop_all")):
            event.stop()
            start(self, self.action_stop, "stop")

    async def action_stop(self) -> None:
        """Stop; where that is done already, leave."""
        if self._off is not None:
            self.dismiss(None)
            return
        try:
            stopped = await self._shop.runs.stop_all(by=self._who)
        except ShopbellError as error:
            self._fail(error)
            return
        paused = f", {counted(stopped, 'campaign')} paused" if stopped else ""
        self.dismiss(
            f"Stopped: sending is off{paused}. {key_for('everywhere.stop_all')} turns it on again."
        )

    async def do_on(self) -> None:
        """Let texts leave again."""
        if self._off is None:
            return
        try:
            await self._shop.sending.turn_on(by=self._who)
        except ShopbellError as error:
            self._fail(error)
            return
        self.dismiss("Sending is on. Campaigns stay paused until you let each go on.")

    async def _look(self) -> None:
        try:
            with told_when_slow(self, lambda: self.query_one("#said", Plain).show(_WAIT)):
                await self._read()
        finally:
            self.is_behind = False

    async def _read(self) -> None:
        try:
            switch = await self._shop.sending.now()
            page = await self._shop.campaigns.find(_AT_WORK, count=_MOST_NAMES)
        except ShopbellError:
            return  # the key that stops says what is wrong
        if not switch.on:
            self._show_off(switch)
            return
        names = [spans(("→ ", "$text-accent"), one.name, one_line=True) for one in page.rows]
        if page.total > len(page.rows):
            names.append(spans((f"  and {page.total - len(page.rows)} more", "$text-muted")))
        said = names or [spans(("No campaign is at work.", "$text-muted"))]
        self.query_one("#said", Plain).show(lines(*said))

    def _show_off(self, switch: Sending) -> None:
        self._off = switch
        self.query_one("#title", Plain).show("Sending is off")
        since = ""
        if switch.since is not None:
            since = f" Off since {day_and_clock(switch.since, self._shop.profile.zone)}."
        self.query_one("#facts", Plain).show(f"{off_sentence(switch)}{since}")
        self.query_one("#said", Plain).show(
            "What waits leaves once it is on, if the hours and rules of that moment allow it."
        )
        self.query_one("#keys", Plain).show(
            with_keys("[switch.on] turns sending on · esc leaves it off")
        )

    def _fail(self, error: ShopbellError) -> None:
        said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}".strip())
        self.query_one("#said", Plain).show(said)
