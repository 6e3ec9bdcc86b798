"""Rules and hours: what this shop keeps to, and the rulebook behind it. Must not decide."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.budget import NO_BUDGET, Month
from shopbell.domain.house_lines import HOLIDAY_WORDS
from shopbell.domain.law_week import law_for_offers
from shopbell.domain.people import Page
from shopbell.domain.rule_ids import may_be_set_aside
from shopbell.domain.rule_sheet import rule_sheets
from shopbell.domain.second_yes import SecondYes
from shopbell.domain.shop_rules import (
    NOTHING_CHANGED,
    Closure,
    Emergency,
    HolidayWish,
    SetAside,
    ShopRules,
)
from shopbell.errors import BadInput, ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.rules import packaged_rules
from shopbell.services.shop import Shop
from shopbell.services.shop_rules import Holiday
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import Asked, FrameScreen, Situation
from shopbell.tui.plain import Plain, cell, spans
from shopbell.tui.rows import Drawn, Ink, Rows
from shopbell.tui.rule_answers import Asks, question
from shopbell.tui.rule_rows import RuleRow, rule_rows
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.rule_page import RulePage
from shopbell.tui.screens.set_aside import SetRuleAside
from shopbell.tui.screens.week_hours import WeekHours
from shopbell.tui.work import start

_LABEL = 15


class RulesScreen(FrameScreen):
    """The shop's own rules first, then the coming holidays, then every row of the rulebook."""

    scope = Scope.RULES
    place = "rules"
    shows = frozenset({Changed.SENDING})

    DEFAULT_CSS = """
    RulesScreen #text { height: auto; max-height: 5; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.RULES)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._own = NOTHING_CHANGED
        self._budget = NO_BUDGET

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
        """Each line can do something else: be changed, taken back, opened, set aside."""
        row = self._chosen()
        if id_ == "rules.undo" and (row is None or row.change is None):
            return "Only closed days, emergencies and rules set aside can be taken back."
        if id_ == "rules.open" and (row is None or row.sheet is None):
            return "Go down to a row of the rulebook to read it."
        if id_ == "rules.change" and (row is None or row.asks is None):
            return "Only the shop's own lines, at the top, can be changed."
        if id_ == "rules.aside" and (row is None or not row.may_go):
            return "Go down to a row with hours, holidays or a limit. A stop always counts."
        return ""

    def do_open(self) -> None:
        """Read a row of the rulebook."""
        row = self._chosen()
        if row is not None and row.sheet is not None:
            self.app.push_screen(RulePage(row.sheet, self._shop.rules.today()))

    async def do_change(self) -> None:
        """Change what the line says."""
        row = self._chosen()
        if row is None or row.asks is None:
            return
        if row.asks is Asks.HOLIDAYS:
            await self.do_holidays()
        elif row.asks is Asks.TWO:
            self.post_message(Asked("everywhere.second_yes"))
        else:
            self._ask(row.asks)

    def do_hours(self) -> None:
        """Change the hours."""
        self._ask(Asks.HOURS)

    def do_week(self) -> None:
        """Draw the hours."""
        asked = question(Asks.HOURS, self._shop, self._own)
        if asked is not None:
            law = law_for_offers(
                packaged_rules(), self._shop.profile.country, self._own, self._shop.rules.today()
            )
            self.app.push_screen(WeekHours(self._shop.profile.hours, law, asked.take), self._done)

    def do_close(self) -> None:
        """Close the shop on some days."""
        self._ask(Asks.CLOSED)

    def do_emergency(self) -> None:
        """Stop marketing to a region."""
        self._ask(Asks.EMERGENCY)

    def do_aside(self) -> None:
        """Ask why a rule of the row is not to count."""
        row = self._chosen()
        if row is not None and row.may_go:
            self.app.push_screen(SetRuleAside(self._shop, row.label, row.may_go), self._done)

    async def do_holidays(self) -> None:
        """Go on to the next thing the shop can do on holidays."""
        wishes = tuple(HolidayWish)
        wish = wishes[(wishes.index(self._own.holidays) + 1) % len(wishes)]
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

    async def on_rows_opened(self) -> None:
        """Enter opens a row of the rulebook, and changes a line of the shop's own."""
        self.do_open()
        await self.do_change()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Say what the line means."""
        self.query_one("#text", Plain).show(spans((event.row.more, "$text-muted")))
        self.refresh_keys()

    async def _load(self) -> None:
        found = await self.ask(
            self._read(),
            "Looking",
            "Press [everywhere.rules] to try again.",
        )
        if found is None:
            return
        own, two, month = found
        self._own, self._budget = own, month.budget
        rules, today = packaged_rules(), self._shop.rules.today()
        every = rule_rows(
            own,
            self._shop.profile,
            rules.policy,
            self._holidays(),
            rule_sheets(rules),
            today,
            may_be_set_aside(rules),
            two,
            month,
        )
        rows: Rows[RuleRow] = self.query_one(Rows)
        rows.show(_page(every, 0), partial(_later, every), cursor=rows.cursor)
        self.query_one(Situation).hush()
        self.refresh_keys()

    async def _read(self) -> tuple[ShopRules, SecondYes, Month]:
        shop = self._shop
        return (
            await shop.rules.changed(),
            await shop.second_yes.rule(),
            await shop.budgets.month(),
        )

    def _holidays(self) -> tuple[Holiday, ...]:
        try:
            return self._shop.rules.holidays()
        except BadInput:
            # A country without a calendar has no holidays to show; the gate knows none either.
            return ()

    def _ask(self, asks: Asks) -> None:
        asked = question(asks, self._shop, self._own, self._budget)
        if asked is not None:
            box = AskLine(asked.title, asked.about, asked.take, value=asked.value)
            self.app.push_screen(box, self._done)

    def _done(self, said: str | None) -> None:
        if said is not None:
            self.notify(said)

    def _chosen(self) -> RuleRow | None:
        chosen: RuleRow | None = self.query_one(Rows).chosen
        return chosen

    def _draw(self, row: RuleRow, width: int) -> Drawn:
        label = min(_LABEL, max(6, width // 4 + 2))
        return (
            (cell(row.label, label) + "  ", Ink.CAREFUL if row.careful else Ink.STRONG),
            (cell(row.says, max(width - label - 2, 4)), Ink.PLAIN),
        )


def _page(rows: tuple[RuleRow, ...], first: int) -> Page[RuleRow]:
    return Page(rows=rows[first : first + 100], first=first, total=len(rows))


async def _later(rows: tuple[RuleRow, ...], first: int, count: int) -> Page[RuleRow]:
    del count
    return _page(rows, first)
