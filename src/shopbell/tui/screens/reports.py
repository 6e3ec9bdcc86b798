"""Reports: what was sent, what it led to and what it cost, over days one chooses. Changes nothing.

The numbers are those of the service; the command line's `report` says the same ones.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from shopbell.domain.people import Page
from shopbell.domain.periods import Period, after, before, longer, read_period
from shopbell.domain.report_words import Table
from shopbell.domain.reports import CampaignNumbers, DayNumbers, HeardFromUs, Report
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui import report_lines
from shopbell.tui.campaign_messages import CampaignWanted
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.day_plot import DayPlot, Plotted
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.plain import Plain, spans
from shopbell.tui.report_lines import Line
from shopbell.tui.rows import Drawn, Rows
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.write_report import WriteReport
from shopbell.tui.tally import Tally
from shopbell.tui.work import start

REFRESH_AFTER = 3.0
"""Seconds after a change: while a campaign runs, the file has better things to do than to count."""


class ReportsScreen(FrameScreen):
    """The total, a bar for each day, and one of four tables."""

    scope = Scope.REPORTS
    place = "reports"
    shows = frozenset({Changed.TEXTS, Changed.REPLIES, Changed.CONSENT, Changed.CAMPAIGNS})

    DEFAULT_CSS = """
    ReportsScreen Plain { height: auto; }
    ReportsScreen DayPlot { height: 5; margin: 1 0; }
    ReportsScreen DayPlot.-alone { display: none; }
    ReportsScreen #heading { text-wrap: nowrap; color: $text-muted; padding: 0 1 0 2; }
    ReportsScreen #more { max-height: 3; }
    ReportsScreen.-tiny DayPlot { height: 3; margin: 0; }
    ReportsScreen.-tall DayPlot { height: 9; }
    ReportsScreen.-tall #tables, ReportsScreen.-tall #more { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.REPORTS)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._zone = shop.profile.zone
        first, last = shop.reports.usual_days()
        self._wanted = Period(first=first, last=last)
        self._shown: Period | None = None
        """The days of the report on the screen."""
        self._from: Period | None = None
        """Where esc leads back to from a single day."""
        self._report: Report | None = None
        self._table = Table.DAY
        self._measure = 0
        self._whole = False
        self._soon: Timer | None = None

    def work(self) -> ComposeResult:
        """Lay out days, total, bars, tables, and the line under the cursor in words."""
        yield Plain("", id_="days", classes="content")
        yield Plain("", id_="total", classes="content")
        plot = DayPlot(classes="content")
        yield plot
        tables = Tally(id_="tables")
        tables.add_class("content")
        yield tables
        yield Plain("", id_="heading", classes="content")
        rows = Rows[Line](self._draw)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="more", classes="content muted")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    @property
    def is_behind(self) -> bool:
        """The numbers of other days are not what the next key is meant for."""
        return self._shown != self._wanted or super().is_behind

    def load(self) -> None:
        """Count."""
        start(self, partial(self._load, self._wanted), "report")

    def changed(self, kinds: frozenset[Changed]) -> None:
        """Count again in a while."""
        if kinds & (self.shows | {Changed.ANYTHING}) and self._soon is None:
            self._soon = self.set_timer(REFRESH_AFTER, self._again)

    def why_not(self, id_: str) -> str:
        """Some keys need numbers, or a line that leads somewhere."""
        if id_ in {"reports.write", "reports.measure", "reports.tables", "reports.back_tables"}:
            return "" if self._has_numbers else "There is nothing in these days."
        if id_ == "reports.open" and not isinstance(
            self._chosen, DayNumbers | CampaignNumbers | HeardFromUs
        ):
            return "There is nothing to open here."
        if id_ == "reports.number" and self._table is not Table.PERSON:
            return "Only the list of people has numbers."
        if id_ == "reports.after" and self._wanted.last >= self._shop.rules.today():
            return "These days end today."
        return ""

    def do_open(self) -> None:
        """Look at one day alone, or open the campaign or the person."""
        match self._chosen:
            case DayNumbers(day=day):
                if self._from is None:
                    self._from = self._wanted
                self._want(Period(first=day, last=day))
            case CampaignNumbers(id=id_):
                self.post_message(CampaignWanted(id_))
            case HeardFromUs(number=number):
                self.post_message(self.PersonOpened(number))

    def do_period(self) -> None:
        """Go on to the next usual number of days."""
        self._from = None
        self._want(longer(self._wanted, self._shop.rules.today()))

    def do_before(self) -> None:
        """Go back in time."""
        self._want(before(self._wanted))

    def do_after(self) -> None:
        """Go forward in time, up to today."""
        self._want(after(self._wanted, self._shop.rules.today()))

    def do_days(self) -> None:
        """Ask from which day to which."""

        async def take(line: str) -> str:
            period = read_period(line)
            self._from = None
            # Refuses what are too many days, before the screen goes there.
            await self._shop.reports.report(period.first, period.last, most=1)
            self._want(period)
            return period.dates()

        about = "One day, or the first and the last, like: 2026-11-01 2026-11-30"
        value = f"{self._wanted.first} {self._wanted.last}"
        self.app.push_screen(AskLine("Which days?", about, take, value=value))

    def do_tables(self) -> None:
        """Show the next table."""
        self.query_one(Tally).turn(1)

    def do_back_tables(self) -> None:
        """Show the table before."""
        self.query_one(Tally).turn(-1)

    def do_measure(self) -> None:
        """Let the bars count the next thing."""
        self._measure += 1
        self._plot()

    def do_number(self) -> None:
        """Show whole numbers, or hide them."""
        self._whole = not self._whole
        self._show_table()

    def do_write(self) -> None:
        """Write what is shown to a file."""
        made = self._report
        if made is None:
            return

        def written(file: Path | None) -> None:
            if file is not None:
                self.notify(f"Wrote “{file.name}”. It is not encrypted.")

        today = self._shop.rules.today()
        file = Path.home() / f"report-{self._table.value}-{today}.csv"
        about = self._wanted.words(today)
        box = WriteReport(self._shop.exports, file, made, self._table, about)
        self.app.push_screen(box, written)

    def do_back(self) -> None:
        """Leave the single day, then the place."""
        if self._from is None:
            self.post_message(self.Left())
            return
        period, self._from = self._from, None
        self._want(period)

    def on_screen_suspend(self) -> None:
        """Whoever comes back finds the numbers hidden."""
        if self._whole:
            self.do_number()

    def on_rows_opened(self) -> None:
        """Enter opens."""
        self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Say the line under the cursor in words."""
        self.query_one("#more", Plain).show(
            report_lines.more(event.row, self._zone, whole=self._whole)
        )
        self.refresh_keys()

    def on_tally_turned(self) -> None:
        """Show the table that was chosen."""
        self._table = Table(self.query_one(Tally).chosen)
        self._show_table()

    def on_resize(self) -> None:
        """The words stand over their columns."""
        self.call_after_refresh(self._head)

    @property
    def _chosen(self) -> Line | None:
        chosen: Line | None = self.query_one(Rows).chosen if self._has_numbers else None
        return chosen

    @property
    def _has_numbers(self) -> bool:
        return self._report is not None and not self._report.is_empty

    def _want(self, period: Period) -> None:
        self._wanted = period
        self.load()

    def _again(self) -> None:
        self._soon = None
        self.load()

    async def _load(self, wanted: Period) -> None:
        made = await self.ask(
            self._shop.reports.report(wanted.first, wanted.last),
            "Looking",
            "Press [everywhere.reports] to try again.",
        )
        self._report = made
        if made is not None:
            cursor = self.query_one(Rows).cursor if self._shown == wanted else 0
            self._show(made, wanted, cursor)
        self._shown = wanted
        self.refresh_keys()

    def _show(self, made: Report, period: Period, cursor: int) -> None:
        if made.is_empty:
            self.query_one(Situation).say(
                f"Nothing was sent and nobody wrote: {period.dates()}.",
                "[reports.period] shows more days, [reports.before] the days before, "
                "[reports.days] asks which days. Here you see how many texts arrived, what "
                "they led to and what they cost.",
            )
            return
        today = self._shop.rules.today()
        self.query_one("#days", Plain).show(report_lines.title(period, today))
        self.query_one("#total", Plain).show(report_lines.total(made.total))
        self._plot()
        tables = self.query_one(Tally)
        tables.show(report_lines.counts(made), (self._table, Table.DAY))
        self._table = Table(tables.chosen)
        self._show_table(cursor)

    def _plot(self) -> None:
        made = self._report
        if made is None:
            return
        among = report_lines.measures(made)
        one = among[self._measure % len(among)]
        plot = self.query_one(DayPlot)
        # One bar says nothing that the line above it does not.
        plot.set_class(len(made.days) == 1, "-alone")
        plot.plotted = Plotted(
            first=made.first,
            last=made.last,
            values=tuple(one.of(day.numbers) for day in made.days),
            most=report_lines.most(made, one),
        )

    def _show_table(self, cursor: int = 0) -> None:
        rows: Rows[Line] = self.query_one(Rows)
        if self._report is None:
            return
        every = report_lines.lines_of(self._report, self._table)
        rows.show(_page(every, 0), partial(_later, every), cursor=cursor)
        # Only then is it known how wide the columns are.
        self.call_after_refresh(self._head)
        self.refresh_keys()

    def _head(self) -> None:
        width = max(self.query_one(Rows).size.width - 3, 1)
        said = report_lines.heading(self._table, width)
        self.query_one("#heading", Plain).show(spans(said, one_line=True))

    def _draw(self, line: Line, width: int) -> Drawn:
        return report_lines.draw(line, width, self._shop.clock.now(), whole=self._whole)


def _page(every: tuple[Line, ...], first: int) -> Page[Line]:
    return Page(rows=every[first : first + 100], first=first, total=len(every))


async def _later(every: tuple[Line, ...], first: int, count: int) -> Page[Line]:
    del count
    return _page(every, first)
