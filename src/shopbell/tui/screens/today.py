"""Today: what needs a person first, what is on its way, how the month goes. Must not do any of it.

Enter goes to where the thing under the cursor can be done.
"""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.people import Page
from shopbell.domain.today import Need, NeedKind, Today
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui import today_words, words
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import Asked, FrameScreen, Situation
from shopbell.tui.plain import Plain, cell, lines, spans
from shopbell.tui.rows import Drawn, Ink, Rows
from shopbell.tui.thread_messages import ThreadWanted
from shopbell.tui.work import start

_WHERE = {
    NeedKind.UNCLEAR: "everywhere.replies",
    NeedKind.REPLY: "everywhere.replies",
    NeedKind.COMPLAINT: "everywhere.people",
    NeedKind.UNKNOWN: "everywhere.outbox",
    NeedKind.PAUSED: "everywhere.campaigns",
}
_WROTE = frozenset({NeedKind.UNCLEAR, NeedKind.REPLY})


class TodayScreen(FrameScreen):
    """The place that says what needs somebody."""

    scope = Scope.TODAY
    place = "today"
    shows = frozenset({Changed.REPLIES, Changed.TEXTS, Changed.CAMPAIGNS, Changed.PEOPLE})

    DEFAULT_CSS = """
    TodayScreen Rows { height: auto; max-height: 6; }
    TodayScreen Plain { height: auto; padding: 0 2; margin-bottom: 1; }
    TodayScreen #needs { margin-bottom: 0; }
    TodayScreen #rest { margin-top: 1; max-height: 9; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.TODAY)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._zone = shop.profile.zone
        self._page: Page[Need] = Page(rows=(), first=0, total=0)

    def work(self) -> ComposeResult:
        """Lay out the greeting, the list of what needs a person, and the rest of the day."""
        yield Plain("", id_="greeting", classes="content")
        yield Plain("", id_="needs", classes="content")
        yield Rows[Need](self._draw)
        yield Plain("", id_="rest", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read how the day stands."""
        start(self, self._load, "today")

    def why_not(self, id_: str) -> str:
        """There may be nothing to do."""
        if id_ == "today.open" and self.query_one(Rows).chosen is None:
            return "Nothing waits for you."
        return ""

    def do_open(self) -> None:
        """Go to where it can be done."""
        need: Need | None = self.query_one(Rows).chosen
        if need is None:
            return
        if need.kind is NeedKind.COMPLAINT and need.number is not None:
            self.post_message(self.PersonOpened(need.number))
        elif need.kind in _WROTE and need.number is not None:
            self.post_message(ThreadWanted(need.number))
        else:
            self.post_message(Asked(_WHERE[need.kind]))

    def on_rows_opened(self) -> None:
        """Enter opens."""
        self.do_open()

    def on_rows_highlighted(self) -> None:
        """What is possible depends on the cursor."""
        self.refresh_keys()

    async def _load(self) -> None:
        day = await self.ask(
            self._shop.days.today(), "Looking", "Press [everywhere.today] to try again."
        )
        if day is None:
            return
        now = self._shop.clock.now()
        local = now.astimezone(ZoneInfo(self._zone))
        self.query_one("#greeting", Plain).show(
            spans(
                (today_words.greeting(local), "bold"),
                (f"   {local:%A} {local.day} {local:%B}, {local:%H:%M}", "$text-muted"),
            )
        )
        self._show_needs(day)
        rest = [] if not day.people else today_words.rest(day, self._zone, now)
        self.query_one("#rest", Plain).show(lines(*rest))
        if not day.people:
            self.query_one(Situation).say(
                "Nobody is in the shop file yet.",
                "[everywhere.import] brings in people from a file; there, [import.stops] "
                "brings in who must not be texted. In People ([everywhere.people]), "
                "[people.sign_up] writes down somebody who says yes.",
            )
        self.refresh_keys()

    def _show_needs(self, day: Today) -> None:
        title = spans(("NEEDS YOU", "bold $text-muted"))
        if not day.needs:
            title = spans(("Nothing waits for you.", "$text-success")) if day.people else spans("")
        elif day.more:
            title = spans(("NEEDS YOU", "bold $text-muted"), (f"   and {day.more:,} more", "$text"))
        self.query_one("#needs", Plain).show(title)
        rows: Rows[Need] = self.query_one(Rows)
        self._page = Page(rows=day.needs, first=0, total=len(day.needs))
        rows.show(self._page, self._again, cursor=rows.cursor)

    async def _again(self, _first: int, _count: int) -> Page[Need]:
        return self._page

    def _draw(self, need: Need, width: int) -> Drawn:
        now = self._shop.clock.now()
        sign, ask, ink = today_words.sign(need, self._zone, now)
        name = min(20, max(10, width // 5))
        text = max(width - 2 - name - 1 - 21 - 8, 4)
        return (
            (f"{sign} ", ink),
            (cell(words.called(need.name, need.number or need.name), name) + " ", Ink.STRONG),
            (cell(need.text, text), Ink.PLAIN),
            (" " + cell(ask, 20), ink),
            (words.ago(need.at, now).rjust(8), Ink.MUTED),
        )
