"""Writes a campaign: name, topic, people, words, when. Keeps it as it is typed; must not send."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget

from shopbell.domain.campaigns import CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.telling import counted, day_and_clock
from shopbell.domain.topics import Topic
from shopbell.domain.typed_moments import read_typed_moment
from shopbell.errors import BadInput, ShopbellError
from shopbell.services.campaign_drafts import DraftLook, codes_in
from shopbell.services.shop import Shop
from shopbell.tui import draft_view
from shopbell.tui.campaign_messages import CampaignWanted
from shopbell.tui.commands import Scope, bindings, command
from shopbell.tui.drafting import Drafting
from shopbell.tui.frame import FrameScreen
from shopbell.tui.one_of import OneOf
from shopbell.tui.own_keys import shown_key
from shopbell.tui.plain import Plain, PlainInput, PlainText, spans
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.audience import ChooseAudience
from shopbell.tui.screens.real_texts import RealTexts
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.work import run_beside, start

_WAIT = spans(("Looking …", "$text-muted"))
_LOOK_AFTER = 0.12
"""Seconds after the last letter before the draft is looked at."""

_KEEP_AFTER = 0.4
"""Seconds after the last letter before the draft is written to the file."""

_SAFETY = "safety:"


class DraftScreen(FrameScreen):
    """The fields, and below them the text as the first person would get it."""

    scope = Scope.DRAFT
    place = "campaigns"

    DEFAULT_CSS = """
    DraftScreen .row { height: auto; }
    DraftScreen .label { width: 8; color: $text-muted; }
    DraftScreen .value { width: 1fr; height: 1; padding: 0 1; }
    DraftScreen OneOf { padding: 0 1; }
    DraftScreen #name { width: 1fr; }
    DraftScreen #kept { width: auto; padding: 0 1; color: $text-muted; }
    DraftScreen #body { height: 5; }
    DraftScreen .gap { margin-bottom: 1; }
    DraftScreen.-tiny .gap { margin-bottom: 0; }
    DraftScreen #look { height: 1fr; padding: 0 1 0 9; overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.DRAFT)]

    def __init__(self, shop: Shop, drafting: Drafting, topics: tuple[Topic, ...]) -> None:
        """Make it.

        Args:
            shop: whose campaign.
            drafting: what holds the words; it outlives the screen.
            topics: what it can be about.
        """
        super().__init__()
        self._shop = shop
        self._drafting = drafting
        self._topics = topics
        self._look_at: DraftLook | None = None
        self._codes = 0
        self._wait_look: Timer | None = None
        self._wait_keep: Timer | None = None

    def work(self) -> ComposeResult:
        """Lay out the fields, filled with what is there."""
        draft = self._drafting.draft
        kinds = [(one.id, f"about {one.words}") for one in self._topics]
        kinds.append((_SAFETY, "a safety warning"))
        name = PlainInput(draft.name, placeholder="Winter wreaths", id_="name", limit=60)
        yield _row("Name", name, Plain("", id_="kept"))
        chosen = draft.topic or (_SAFETY if draft.purpose is Purpose.SAFETY else "")
        yield _row("For", OneOf(kinds, chosen, id_="kind"))
        yield _row("To", Plain("", id_="to", classes="value"), gap=True)
        yield _row("Text", PlainText(draft.body, id_="body"), tall=True)
        yield _row("Leaves", Plain("", id_="leaves", classes="value"))
        yield _row("Codes", Plain("", id_="codes", classes="value"), gap=True)
        yield Plain("", id_="look")

    def on_mount(self) -> None:
        """Start with the name, or with the words where there is one."""
        self.query_one("#body" if self._drafting.draft.name else "#name").focus()
        self._show()
        self._look()

    def why_not(self, id_: str) -> str:
        """What needs words, or people, before it can be done."""
        look = self._look_at
        match id_.partition(".")[2]:
            case "texts" if look is None or look.first is None or look.checked is None:
                return "Choose people and write the words first."
            case "plan" if not self._drafting.draft.body.strip():
                return "Write the words first."
            case "straighten" if self._offer() is None:
                return "There is nothing to make cheaper."
        return ""

    async def do_plan(self) -> None:
        """Go on to the plan."""
        if await self._keep() and self._drafting.campaign is not None:
            self.post_message(CampaignWanted(self._drafting.campaign.id, instead=True))

    async def do_back(self) -> None:
        """Keep it, and go back."""
        await self._keep()
        self.post_message(self.Left())

    async def do_who(self) -> None:
        """Choose who gets it."""
        topics = tuple(one.id for one in await self._shop.topics.offered())
        audience = self._drafting.draft.audience
        box = ChooseAudience(topics, audience, self._shop.campaign_drafts.count)

        def chosen(answer: PeopleFilter | None) -> None:
            if answer is not None:
                told = replace(box.audience, filter=answer)
                self._change(audience=told)

        await self.app.push_screen(box, chosen)

    def do_texts(self) -> None:
        """Walk the people with their real texts."""
        start(self, self._walk, "walk")

    def do_when(self) -> None:
        """Say when it leaves."""
        zone, now = self._shop.profile.zone, self._shop.clock.now

        async def take(typed: str) -> str:
            if not typed:
                self._change(not_before=None)
                return "It leaves as soon as it is started."
            at = read_typed_moment(typed, now(), zone)
            latest = self._drafting.draft.latest
            self._change(not_before=at, latest=latest if latest and latest > at else None)
            return f"It leaves {day_and_clock(at, zone)}, shop time, once it is started."

        about = (
            "Not before when? Write it like 16:30, tue 9:00 or 26 nov 10:00, by the shop's clock; "
            "nothing for: as soon as it is started. Everybody's own quiet hours count all the same."
        )
        self._ask("Send later", about, take)

    def do_codes(self) -> None:
        """Add coupon codes from a file."""

        async def take(typed: str) -> str:
            lines = await codes_in(typed)
            if not await self._keep() or self._drafting.campaign is None:
                raise BadInput("The campaign is not kept yet.", "Give it a name or words first.")
            done = await self._shop.campaigns.add_codes(self._drafting.campaign.id, lines)
            await self._count_codes()
            self._show()
            known = f", {len(done.known):,} were known already" if done.known else ""
            refused = f", {len(done.refused):,} lines are no codes" if done.refused else ""
            return f"{counted(done.added, 'code')} added{known}{refused}."

        about = "The file with the codes, one on each line. Each code goes to one person only."
        self._ask("Coupon codes from a file", about, take)

    def do_straighten(self) -> None:
        """Take the cheaper characters that are offered."""
        if self._offer() is not None:
            self.query_one("#body", PlainText).load_text(
                self._shop.outbox.straightened(self._drafting.draft.body)
            )

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Keep the name."""
        self._change(name=event.value)

    def on_input_submitted(self) -> None:
        """Enter goes on to the words."""
        self.query_one("#body").focus()

    def on_text_area_changed(self) -> None:
        """Keep the words."""
        self._change(body=self.query_one("#body", PlainText).text)

    async def on_plain_text_done(self) -> None:
        """Enter in the words goes on."""
        await self.action_run("draft.plan")

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        """Keep what it is about."""
        chosen = event.one_of.chosen
        if chosen == _SAFETY:
            self._change(purpose=Purpose.SAFETY, topic=None)
            return
        purpose = next((one.purpose for one in self._topics if one.id == chosen), Purpose.MARKETING)
        self._change(purpose=purpose, topic=chosen)

    def _ask(self, title: str, about: str, take: object) -> None:
        def done(said: str | None) -> None:
            if said is not None:
                self.notify(said)

        self.app.push_screen(AskLine(title, about, take), done)  # type: ignore[arg-type]

    def _change(self, **fields: object) -> None:
        before = self._drafting.draft
        self._drafting.change(**fields)
        if self._drafting.draft == before:
            return
        for timer in (self._wait_look, self._wait_keep):
            if timer is not None:
                timer.stop()
        self._wait_look = self.set_timer(_LOOK_AFTER, self._look)
        self._wait_keep = self.set_timer(_KEEP_AFTER, self._keep_later)
        self._show()

    def _keep_later(self) -> None:
        run_beside(self, self._keep, "keep")

    async def _keep(self) -> bool:
        """Write what is not written; False if that cannot be done now (that is on the screen)."""
        drafting = self._drafting
        try:
            await drafting.keep()
        except ShopbellError as error:
            said = spans(("! not kept: ", "bold $text-warning"), error.message, one_line=True)
            self.query_one("#kept", Plain).show(said)
            self.notify(f"{error.message} {error.hint}".strip(), severity="warning")
            return False
        if (other := drafting.split_from) is not None:
            drafting.split_from = None
            self.query_one("#name", PlainInput).value = drafting.draft.name
            self.notify(
                f"Somebody else changed “{other.name}” meanwhile. Theirs stays as it is; yours is "
                f"kept beside it as “{drafting.draft.name}”.",
                severity="warning",
                timeout=20,
            )
        self._show()
        return True

    def _look(self) -> None:
        start(self, self._load, "look")

    async def _load(self) -> None:
        draft = self._drafting.draft
        part = self.query_one("#look", Plain)
        try:
            with told_when_slow(self, lambda: part.show(_WAIT)):
                look = await self._shop.campaign_drafts.look(draft)
            await self._count_codes()
        except ShopbellError as error:
            said = f"{error.message} {error.hint}".strip()
            part.show(spans(("! ", "bold $text-warning"), said))
            return
        if draft != self._drafting.draft:
            return
        self._look_at = look
        key = shown_key(command("draft.straighten"), typing=True) or ""
        part.show(draft_view.looked_at(look, self._shop.profile.name, key))
        self._show()

    async def _count_codes(self) -> None:
        campaign = self._drafting.campaign
        if campaign is not None:
            self._codes = await self._shop.campaigns.codes_left(campaign.id)

    async def _walk(self) -> None:
        if not await self._keep() or self._drafting.campaign is None:
            return
        try:
            plan = await self._shop.plans.show(self._drafting.campaign.id)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}".strip(), severity="warning")
            return
        await self.app.push_screen(RealTexts(self._shop, plan))

    def _offer(self) -> object | None:
        look = self._look_at
        return None if look is None or look.checked is None else look.checked.notes.offer

    def _show(self) -> None:
        drafting, look = self._drafting, self._look_at
        draft, now, zone = drafting.draft, self._shop.clock.now(), self._shop.profile.zone
        for part, content in (
            ("#to", draft_view.meant(draft, look)),
            ("#leaves", draft_view.leaves(draft, look, zone, now)),
            ("#codes", draft_view.codes(look, self._codes)),
        ):
            self.query_one(part, Plain).show(content)
        campaign = drafting.campaign
        said = "…" if not drafting.is_kept else "kept" if campaign is not None else ""
        if campaign is not None and campaign.state is CampaignState.APPROVED:
            said = "approved: a change takes that back"
        self.query_one("#kept", Plain).show(said)
        self.refresh_keys()


def _row(label: str, *fields: Widget, tall: bool = False, gap: bool = False) -> Horizontal:
    row = Horizontal(Plain(label, classes="label"), *fields, classes="" if tall else "row")
    if tall:
        row.styles.height = 6
    row.set_class(gap, "gap")
    return row
