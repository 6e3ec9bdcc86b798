"""One campaign: its plan, its countdown, its run. Must not decide: it asks services and shows."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from shopbell.domain.campaigns import Bucket, CampaignState, ReasonCount
from shopbell.domain.ids import CampaignId
from shopbell.domain.people import Page
from shopbell.domain.progress import Progress
from shopbell.domain.telling import counted
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.plans import Plan
from shopbell.services.shop import Shop
from shopbell.tui.campaign_keys import AT_WORK, why_not
from shopbell.tui.campaign_messages import ChosenWanted, DraftWanted
from shopbell.tui.campaign_view import Seen, going_and_done, group, head, notes, standing, total
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.plain import Plain
from shopbell.tui.rows import Drawn, Rows
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.screens.go import Go
from shopbell.tui.screens.real_texts import RealTexts
from shopbell.tui.underway import Pace
from shopbell.tui.work import start

_TICK = 0.5
"""Seconds between two looks at the clock while a countdown runs."""


class CampaignScreen(FrameScreen):
    """Where everybody stands, and above it how far it is and what can be done."""

    scope = Scope.CAMPAIGN
    place = "campaigns"
    shows = frozenset(
        {Changed.CAMPAIGNS, Changed.TEXTS, Changed.PEOPLE, Changed.CONSENT, Changed.GATEWAYS}
    )

    DEFAULT_CSS = """
    CampaignScreen #head { height: 1; }
    CampaignScreen #standing { height: auto; margin: 1 0; padding: 0 2; }
    CampaignScreen #table { height: 1fr; }
    CampaignScreen #beside { display: none; width: 46; padding: 0 2; height: 1fr; }
    CampaignScreen.-wide #beside { display: block; border-left: solid $border; }
    CampaignScreen #below { height: auto; max-height: 5; margin-top: 1; padding: 0 2; }
    CampaignScreen.-wide #below, CampaignScreen.-tiny #below { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.CAMPAIGN)]

    def __init__(self, shop: Shop, campaign_id: CampaignId, who: str) -> None:
        """Make it.

        Args:
            shop: whose campaign.
            campaign_id: which one.
            who: who is at work here, for the history.
        """
        super().__init__()
        self._shop = shop
        self._campaign_id = campaign_id
        self._who = who
        self._zone = shop.profile.zone
        self._plan: Plan | None = None
        self._seen: Seen | None = None
        self._run_seen: tuple[datetime, int] | None = None
        self._is_reading = self._again = False

    def work(self) -> ComposeResult:
        """Lay out head, standing, table and notes."""
        yield Plain("", id_="head", classes="content")
        yield Plain("", id_="standing", classes="content")
        with Horizontal(id="table", classes="content"):
            with Vertical():
                yield Rows[ReasonCount](self._draw)
                yield Plain("", id_="total")
            yield Plain("", id_="beside")
        yield Plain("", id_="below", classes="content")

    def on_mount(self) -> None:
        """Start in the table."""
        self.query_one(Rows).focus()
        self.set_interval(_TICK, self._tick)
        self.load()

    @property
    def is_behind(self) -> bool:
        """Also while what stands around the plan is read: only then a key can be answered."""
        return super().is_behind or (self._is_reading and self._plan is None)

    def load(self) -> None:
        """Read the plan; while it is read, at most one more reading waits."""
        if self._is_reading:
            self._again = True
            return
        self._is_reading = True
        start(self, self._load, "plan")

    def why_not(self, id_: str) -> str:
        """What can be done depends on where the campaign is."""
        return "It is still being read." if self._plan is None else why_not(id_, self._plan)

    def do_names(self) -> None:
        """Show who they are."""
        one: ReasonCount | None = self.query_one(Rows).chosen
        if one is not None:
            self.post_message(ChosenWanted(self._campaign_id, one.bucket, one.code))

    def do_texts(self) -> None:
        """Walk the people with their real texts."""
        if self._plan is not None:
            self.app.push_screen(RealTexts(self._shop, self._plan))

    def do_go(self) -> None:
        """Ask for the number, then start the countdown."""
        if self._plan is not None:
            self.app.push_screen(Go(self._shop, self._plan, self._who), self._said_yes)

    def do_edit(self) -> None:
        """Change words, people or time."""
        self.post_message(DraftWanted(self._campaign_id, instead=True))

    async def do_take_back(self) -> None:
        """Take it back while the countdown runs."""
        try:
            await self._shop.runs.take_back(self._campaign_id, by=self._who)
        except ShopbellError as error:
            self._say(error)
            return
        self.notify("Taken back: nothing has left.")

    async def do_pause(self) -> None:
        """Let nothing more leave."""
        try:
            await self._shop.runs.pause(self._campaign_id, by=self._who)
        except ShopbellError as error:
            self._say(error)

    def do_resume(self) -> None:
        """Let the rest go."""
        start(self, self._resume, "resume")

    def do_abort(self) -> None:
        """Ask, then end it for good."""
        plan = self._plan
        if plan is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                start(self, self._abort, "abort")

        left = plan.to_send + plan.tally.of(Bucket.HELD)
        people = "1 person who waits gets" if left == 1 else f"{left:,} people who wait get"
        box = Confirm(
            f"End “{plan.campaign.name}” for good?",
            f"{people} nothing of it, and it cannot be taken up again. What has left has left.",
            yes="End it",
            no="Leave it as it is",
        )
        self.app.push_screen(box, answered)

    def do_replace(self) -> None:
        """Ask, then end it and write other words for who has not had it."""
        plan = self._plan
        if plan is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                start(self, self._replace, "abort")

        box = Confirm(
            f"Other words instead of “{plan.campaign.name}”?",
            "It ends now: nothing more of it leaves. A new draft opens with its words and its "
            "people, without those who have got it. It leaves when you say yes to it.",
            yes="End it, write anew",
            no="Leave it as it is",
        )
        self.app.push_screen(box, answered)

    def do_settle(self) -> None:
        """Ask the gateway about every text whose outcome is unknown."""
        start(self, self._settle, "settle")

    def on_rows_opened(self) -> None:
        """Enter shows the names."""
        self.do_names()

    async def _load(self) -> None:
        try:
            plan = await self.ask(
                self._shop.plans.show(self._campaign_id, on=self._progress),
                "Deciding about everybody",
                "Press [everywhere.campaigns] to go back to the list.",
            )
            if plan is not None:
                spacing = await self._shop.plans.spacing()
                gateway = await self._shop.gateways.active()
                self._plan = plan
                self._seen = Seen(
                    plan=plan,
                    zone=self._zone,
                    now=self._shop.clock.now(),
                    sending=self.view.sending,
                    gateway_trouble="" if gateway is None else gateway.trouble,
                    spacing=spacing,
                    pace=self._pace(plan),
                )
                self._show_table(plan)
                self._draw_all()
        except ShopbellError as error:
            self.query_one(Situation).fail(
                error, "Press [everywhere.campaigns] to go back to the list."
            )
        finally:
            self._is_reading = False
        if self._again:
            self._again = False
            self.call_later(self.load)

    def _progress(self, progress: Progress) -> None:
        situation = self.query_one(Situation)
        if situation.is_speaking and self.is_filling and progress.total:
            said = f"{progress.done:,} of {progress.total:,} people decided about"
            situation.say("Deciding about everybody …", said)

    def _pace(self, plan: Plan) -> Pace | None:
        """Return how fast it has gone since it was first seen running here."""
        if plan.campaign.state is not CampaignState.RUNNING:
            self._run_seen = None
            return None
        now, (_, done) = self._shop.clock.now(), going_and_done(plan)
        self._run_seen = self._run_seen or (now, done)
        began, at_first = self._run_seen
        seconds, items = (now - began).total_seconds(), done - at_first
        if seconds < 2 or items < 2:
            return None
        return Pace(seconds=seconds, done=items, items=items, left=plan.to_send)

    def _show_table(self, plan: Plan) -> None:
        rows: Rows[ReasonCount] = self.query_one(Rows)
        groups, before = plan.tally.by_reason, rows.chosen
        kept = [index for index, one in enumerate(groups) if before and _same(one, before)]
        page = Page(rows=groups, first=0, total=len(groups))

        async def all_of_them(first: int, count: int) -> Page[ReasonCount]:
            del first, count
            return page

        rows.styles.max_height = max(len(groups), 1)
        rows.show(page, all_of_them, cursor=kept[0] if kept else rows.cursor)

    def _draw_all(self) -> None:
        seen = self._seen
        if seen is None:
            return
        width = self.size.width - 4
        self.query_one("#head", Plain).show(head(seen, width))
        self.query_one("#standing", Plain).show(standing(seen, width - 4))
        self.query_one("#total", Plain).show(total(seen.plan))
        for part in ("#beside", "#below"):
            self.query_one(part, Plain).show(notes(seen))
        self.refresh_keys()

    def _tick(self) -> None:
        """Count down."""
        if self._seen is None or self._seen.campaign.state not in AT_WORK:
            return
        self.load()

    def _draw(self, one: ReasonCount, width: int) -> Drawn:
        return group(one, width, self._zone)

    async def _resume(self) -> None:
        try:
            await self._shop.runs.resume(self._campaign_id, by=self._who)
        except ShopbellError as error:
            self._say(error)

    async def _abort(self) -> None:
        try:
            _, stopped = await self._shop.runs.abort(self._campaign_id, by=self._who)
        except ShopbellError as error:
            self._say(error)
            return
        people = counted(stopped, "person", "people")
        self.notify(f"Ended: {people} will get nothing.")

    async def _replace(self) -> None:
        try:
            new, _ = await self._shop.replacing.campaign(self._campaign_id, by=self._who)
        except ShopbellError as error:
            self._say(error)
            return
        self.post_message(DraftWanted(new.id, instead=True))

    async def _settle(self) -> None:
        try:
            found = await self._shop.unknowns.ask(self._campaign_id)
        except ShopbellError as error:
            self._say(error)
            return
        known = f"{found.settled:,} of {found.asked:,} settled."
        more = " Ask again later; if you know it, Enter on them says so." if found.left else ""
        self.notify(f"{known}{more}", timeout=15)

    def _said_yes(self, done: str | None) -> None:
        if done:
            self.notify(done, timeout=15)

    def _say(self, error: ShopbellError) -> None:
        self.notify(f"{error.message} {error.hint}".strip(), severity="warning")


def _same(one: ReasonCount, other: ReasonCount) -> bool:
    return (one.bucket, one.code) == (other.bucket, other.code)
