"""Rules and hours: what this shop keeps to, and the rulebook behind it. Must not decide."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.house_lines import HOLIDAY_WORDS
from shopbell.domain.people import Page
from shopbell.domain.rule_sheet import rule_sheets
from shopbell.domain.shop_rules import Closure, Emergency, HolidayWish, SetAside
from shopbell.domain.telling import plain_day
from shopbell.domain.weeks import read_week, week_text
from shopbell.errors import BadInput, ShopbellError
from shopbell.services.rules import packaged_rules
from shopbell.services.shop import Shop
from shopbell.services.shop_rules import Holiday
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.plain import Plain, cell, spans
from shopbell.tui.rows import Drawn, Ink, Rows
from shopbell.tui.rule_rows import RuleRow, rule_rows
from shopbell.tui.screens.ask_line import AskLine, Take
from shopbell.tui.screens.rule_page import RulePage
from shopbell.tui.work import start

_LABEL = 15


class RulesScreen(FrameScreen):
    """The shop's own rules first, then the coming holidays, then every row of the rulebook."""

    scope = Scope.RULES
    place = "rules"

    DEFAULT_CSS = """
    RulesScreen #text { height: auto; max-height: 5; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.RULES)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._wish = HolidayWish.CLOSED

    def work(self) -> ComposeResult:
        """Lay out the list, and what the line under the cursor means below it."""
        rows = Rows[RuleRow](self._draw)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="text", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read the rules."""
        start(self, self._load, "rules")

    def why_not(self, id_: str) -> str:
        """Only a change of the owner can be taken back, only a row of the rulebook opened."""
        row = self._chosen()
        if id_ == "rules.undo" and (row is None or row.change is None):
            return "Only closed days, emergencies and rules set aside can be taken back."
        if id_ == "rules.open" and (row is None or row.sheet is None):
            return "Go down to a row of the rulebook to read it."
        return ""

    def do_open(self) -> None:
        """Read a row of the rulebook."""
        row = self._chosen()
        if row is not None and row.sheet is not None:
            self.app.push_screen(RulePage(row.sheet, self._shop.rules.today()))

    def do_hours(self) -> None:
        """Change the hours."""
        self._ask(
            "When may texts arrive?",
            "Days and hours, like: mon-fri 10:00-18:00; sat 10:00-17:00",
            self._take_hours,
            week_text(self._shop.profile.hours),
        )

    def do_close(self) -> None:
        """Close the shop on some days."""
        self._ask(
            "Closed on which days?",
            "A day, or the first and the last, then why if you like: "
            "2026-12-24 2026-12-27 Christmas",
            self._take_closed,
        )

    def do_emergency(self) -> None:
        """Stop marketing to a region."""
        self._ask(
            "An emergency where?",
            "A country or a state, then what happened: US-LA hurricane. Marketing there stops "
            "until you take it back.",
            self._take_emergency,
        )

    async def do_holidays(self) -> None:
        """Go on to the next thing the shop can do on holidays."""
        wishes = tuple(HolidayWish)
        wish = wishes[(wishes.index(self._wish) + 1) % len(wishes)]
        try:
            await self._shop.rules.keep_holidays(wish)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        self.notify(HOLIDAY_WORDS[wish])

    async def do_undo(self) -> None:
        """Take back what is under the cursor."""
        row = self._chosen()
        if row is None or row.change is None:
            return
        rules = self._shop.rules
        try:
            match row.change:
                case SetAside(rule=rule):
                    await rules.restore(rule)
                case Emergency(place=place):
                    await rules.end_emergency(place)
                case Closure(first=first, last=last):
                    await rules.reopen(first, last)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        self.notify(f"Taken back: {row.says}")

    def on_rows_opened(self) -> None:
        """Enter opens."""
        self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Say what the line means."""
        self.query_one("#text", Plain).show(spans((event.row.more, "$text-muted")))
        self.refresh_keys()

    async def _load(self) -> None:
        own = await self.ask(self._shop.rules.changed(), "Looking", "Press 7 to try again.")
        if own is None:
            return
        self._wish = own.holidays
        rules, today = packaged_rules(), self._shop.rules.today()
        every = rule_rows(
            own, self._shop.profile, rules.policy, self._holidays(), rule_sheets(rules), today
        )
        rows: Rows[RuleRow] = self.query_one(Rows)
        rows.show(_page(every, 0), partial(_later, every), cursor=rows.cursor)
        self.query_one(Situation).hush()
        self.refresh_keys()

    def _holidays(self) -> tuple[Holiday, ...]:
        try:
            return self._shop.rules.holidays()
        except BadInput:
            # A country without a calendar has no holidays to show; the gate knows none either.
            return ()

    async def _take_hours(self, line: str) -> str:
        profile = await self._shop.change_profile(hours=read_week(line))
        return f"Texts may arrive {week_text(profile.hours)}."

    async def _take_closed(self, line: str) -> str:
        words = line.split()
        days = [day for day in map(_day, words[:2]) if day is not None]
        if not days:
            raise BadInput("That is no day.", "Write it like 2026-12-24.", code="bad_day")
        note = " ".join(words[len(days) :])
        await self._shop.rules.close(days[0], days[-1], note)
        return f"Closed {plain_day(days[0])}" + (
            f" to {plain_day(days[-1])}." if len(days) > 1 else "."
        )

    async def _take_emergency(self, line: str) -> str:
        place, _, note = line.partition(" ")
        await self._shop.rules.declare_emergency(place, note=note)
        return f"Marketing to {place.upper()} is stopped."

    def _ask(self, title: str, about: str, take: Take, value: str = "") -> None:
        def done(said: str | None) -> None:
            if said is not None:
                self.notify(said)

        self.app.push_screen(AskLine(title, about, take, value=value), done)

    def _chosen(self) -> RuleRow | None:
        chosen: RuleRow | None = self.query_one(Rows).chosen
        return chosen

    def _draw(self, row: RuleRow, width: int) -> Drawn:
        label = min(_LABEL, max(6, width // 4))
        return (
            (cell(row.label, label) + "  ", Ink.CAREFUL if row.careful else Ink.STRONG),
            (cell(row.says, max(width - label - 2, 4)), Ink.PLAIN),
        )


def _page(rows: tuple[RuleRow, ...], first: int) -> Page[RuleRow]:
    return Page(rows=rows[first : first + 100], first=first, total=len(rows))


async def _later(rows: tuple[RuleRow, ...], first: int, count: int) -> Page[RuleRow]:
    del count
    return _page(rows, first)


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
