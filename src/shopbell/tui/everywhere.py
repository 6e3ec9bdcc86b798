"""What can be done from everywhere: go to a place, open somebody, text somebody, find a command.

Must not do the work of the screens it opens.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from shopbell.domain.decision import Verdict
from shopbell.domain.ids import E164, TextId
from shopbell.domain.importing import ImportReport
from shopbell.domain.scripts import SCRIPTS
from shopbell.domain.typed_text import TypedText
from shopbell.errors import ShopbellError
from shopbell.services.reading import Origin
from shopbell.tui.campaigning import Campaigning
from shopbell.tui.commands import COMMANDS, Scope
from shopbell.tui.composer import Recipient
from shopbell.tui.consenting import Consenting
from shopbell.tui.folders import first_folder
from shopbell.tui.frame import FrameScreen
from shopbell.tui.importing import Importing
from shopbell.tui.key_changing import KeyChanging
from shopbell.tui.keyed_app import KeyedApp
from shopbell.tui.news import News
from shopbell.tui.own_keys import key_for
from shopbell.tui.preferences import Preferences
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.gateways import GatewaysScreen
from shopbell.tui.screens.help import Help
from shopbell.tui.screens.import_file import ImportScreen
from shopbell.tui.screens.outbox import OutboxScreen
from shopbell.tui.screens.palette import Palette
from shopbell.tui.screens.past_imports import PastScreen
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.quick_text import QuickText, Sent
from shopbell.tui.screens.replies import RepliesScreen
from shopbell.tui.screens.reports import ReportsScreen
from shopbell.tui.screens.rules import RulesScreen
from shopbell.tui.screens.settings import SettingsScreen
from shopbell.tui.screens.stop_list import StopListScreen
from shopbell.tui.screens.thread import ThreadScreen
from shopbell.tui.screens.today import TodayScreen
from shopbell.tui.screens.why import Why
from shopbell.tui.session import Session
from shopbell.tui.side_desks import SideDesks
from shopbell.tui.stop_listing import StopListing
from shopbell.tui.words import called, moment
from shopbell.tui.work import start


class Everywhere(SideDesks):
    """Opens screens over one unlocked shop."""

    def __init__(
        self, app: KeyedApp[Any], session: Session, news: News, preferences: Preferences
    ) -> None:
        super().__init__(app, session, news)
        self._preferences = preferences
        self._now = session.shop.clock.now
        self._drafts: dict[E164, TypedText] = {}
        self._box: QuickText | None = None
        """The newest box for a text to one person."""
        imports, who = session.shop.imports, session.who
        self._importing = Importing(imports, self._now, session.on_error, who)
        self._importing.on_done = self._imported
        self._stop_listing = StopListing(imports, self._now, session.on_error, who)
        self.campaigning = Campaigning(app, session.shop, who, self._framed)
        self.consenting = Consenting(app, session.shop)

    async def take_out(self) -> None:
        """Take what was typed and not sent out of the file, to go on with it."""
        try:
            typed = await self._shop.typed_texts.take_out()
        except ShopbellError:
            return  # a file that cannot be read says so at the first place
        self._drafts = {one.number: one for one in typed}

    def first(self) -> FrameScreen:
        """Return the place somebody comes to after unlocking."""
        return self._people()

    async def do_today(self) -> None:
        """Go to what needs a person."""
        await self._go(TodayScreen(self._shop))

    async def do_people(self) -> None:
        """Go to everybody."""
        await self._go(self._people())

    async def do_replies(self) -> None:
        """Go to what customers wrote."""
        await self._go(RepliesScreen(self._shop))

    async def do_outbox(self) -> None:
        """Go to the texts."""
        await self._go(OutboxScreen(self._shop))

    async def do_import(self) -> None:
        """Go to the import."""
        await self._go(ImportScreen(self._shop, self._importing, first_folder()))

    async def do_stops(self) -> None:
        """Go to the do-not-text list."""
        await self.stops(None)

    async def stops(self, origin: Origin | None) -> None:
        """Go to the do-not-text list, and begin to read one if it is known which."""
        await self.do_import()
        country = self._shop.profile.country
        screen = self._framed(StopListScreen(self._stop_listing, first_folder(), country))
        await self._app.push_screen(screen)
        if origin is not None and not self._stop_listing.is_busy:
            self._stop_listing.open(origin)

    async def do_past(self) -> None:
        """Go to the imports of the past."""
        await self.do_import()
        past = PastScreen(self._shop.imports, self._shop.profile.zone)
        await self._app.push_screen(self._framed(past))

    async def do_campaigns(self) -> None:
        """Go to the campaigns."""
        await self._go(self.campaigning.place())

    async def do_stop_all(self) -> None:
        """Stop everything, after one more key."""
        await self.campaigning.stop_all()

    async def do_gateways(self) -> None:
        """Go to what carries the texts."""
        await self._go(GatewaysScreen(self._shop))

    async def do_sending(self) -> None:
        """Show whether texts leave; turn it off or on."""
        await self.campaigning.sending()

    async def do_rules(self) -> None:
        """Go to the rules and hours."""
        await self._go(RulesScreen(self._shop))

    async def do_reports(self) -> None:
        """Go to what was sent and what it led to."""
        await self._go(ReportsScreen(self._shop))

    async def do_settings(self) -> None:
        """Go to the settings of this computer."""
        now = replace(self._preferences.now, bell=self._news.bell.is_on)
        keys = KeyChanging(self._app, self._preferences)
        await self._go(SettingsScreen(now, self._preferences.file, keys))

    async def close(self) -> None:
        """Stop what goes on in the background; keep what was typed."""
        await self.campaigning.keep()
        await self._importing.close()
        await self._stop_listing.close()
        if self._box is not None:
            self._box.keep()
        try:
            await self._shop.typed_texts.put_back(tuple(self._drafts.values()))
        except ShopbellError:
            return  # the file cannot be written: locking or closing goes on all the same

    async def do_back(self) -> None:
        """Go back to where they came from; from a place there is nowhere further back."""
        if len(self._app.screen_stack) > 2:
            await self._app.pop_screen()

    async def do_find(self) -> None:
        """Go to everybody, with the cursor in the search field."""
        people = self._people()
        await self._go(people)
        people.do_find()

    async def do_text(self) -> None:
        """Text the person whose sheet is open, or somebody who is searched for first."""
        screen = self._app.screen
        if not isinstance(screen, ContactScreen):
            return await self.text(None)
        number, name = screen.person
        return await self.text(Recipient(number=number, name=name))

    async def text(
        self,
        recipient: Recipient | None,
        *,
        answering: bool = False,
        draft: TypedText | None = None,
    ) -> None:
        """Open the box for one text; `draft` is what it begins with."""
        if isinstance(self._app.screen, QuickText):
            return
        self._box = box = QuickText(
            self._shop,
            scripts=SCRIPTS,
            drafts=self._drafts,
            recipient=recipient,
            answering=answering,
            again=draft,
        )
        await self._app.push_screen(box, self._sent)

    async def person(self, number: E164) -> None:
        """Open somebody's sheet."""
        await self._app.push_screen(self._framed(ContactScreen(self._shop, number)))

    async def thread(self, sender: str, *, unread: bool = False) -> None:
        """Open what was said by and to somebody; or, with `unread`, by the next who wrote."""
        if unread:
            try:
                page = await self._shop.threads.find()
            except ShopbellError as error:
                self._app.notify(f"{error.message} {error.hint}", severity="warning")
                return
            fresh = (one.sender for one in page.rows if one.unread and one.sender != sender)
            if (found := next(fresh, None)) is None:
                self._app.notify("Nobody else has written anything new.")
                return
            sender = found
        screen = self._framed(ThreadScreen(self._shop, sender, again=self._again))
        if isinstance(self._app.screen, ThreadScreen):
            await self._app.switch_screen(screen)
        else:
            await self._app.push_screen(screen)

    async def _again(self, recipient: Recipient, draft: TypedText) -> None:
        await self.text(recipient, draft=draft)

    def do_bell(self) -> None:
        """Ring when somebody writes, or no more."""
        is_on = self._news.bell.turn()
        self._app.notify("Rings when somebody writes." if is_on else "Does not ring any more.")

    async def why(self, text_id: TextId) -> None:
        """Explain a text of ours from what was stored."""
        try:
            text = await self._shop.outbox.get(text_id)
            decision = await self._shop.outbox.decision(text.decision_id)
            events = await self._shop.outbox.events(text_id)
        except ShopbellError as error:
            self._app.notify(f"{error.message} {error.hint}", severity="warning")
            return
        if decision is not None:
            zone = self._shop.profile.zone
            await self._app.push_screen(Why(decision, zone, self._now(), text=text, events=events))

    def do_help(self) -> None:
        """Show the keys."""
        if not isinstance(self._app.screen, Help):
            self._app.push_screen(Help(getattr(self._app.screen, "scope", None)))

    def do_palette(self) -> None:
        """Find a command."""
        screen = self._app.screen
        if not isinstance(screen, FrameScreen):
            return

        def chosen(id_: str | None) -> None:
            if id_ is not None:
                start(screen, partial(screen.action_run, id_), "command")

        among = tuple(
            (one, screen.why_not(one.id) if one.scope is screen.scope else "")
            for one in COMMANDS
            if one.scope in {screen.scope, Scope.EVERYWHERE} and one.name != "palette"
        )
        self._app.push_screen(Palette(among), chosen)

    async def _go(self, place: FrameScreen) -> None:
        await self.campaigning.keep()
        with self._app.batch_update():  # nothing is drawn between the old place and the new
            while len(self._app.screen_stack) > 2:
                await self._app.pop_screen()
            await self._app.switch_screen(self._framed(place))

    def _people(self) -> PeopleScreen:
        shop = self._shop
        return self._framed(
            PeopleScreen(
                shop.people,
                self._now,
                shop.profile.zone,
                topics=shop.topics,
                exports=shop.exports,
            )
        )

    def _imported(self, report: ImportReport) -> None:
        if not isinstance(self._app.screen, ImportScreen) and not report.stopped:
            key = key_for("everywhere.import")
            self._app.notify(f"Imported: {report.counts.new:,} new. Press {key} to see all.")

    def _sent(self, sent: Sent | None) -> None:
        if sent is None:
            return
        who = called(sent.recipient.name, sent.recipient.number)
        decision, text = sent.submitted.judged.decision, sent.submitted.text
        leaves = decision.next_allowed_at
        if text is not None and text.not_before is not None:
            leaves = max(text.not_before, leaves or text.not_before)
        if leaves is not None and leaves > self._now():
            when = moment(leaves, self._shop.profile.zone, self._now())
            self._app.notify(f"Kept for {who} until {when}.")
        elif decision.verdict is Verdict.ALLOW:
            self._app.notify(f"On its way to {who}.")
        else:
            self._app.notify(f"Kept for {who}. It goes when nothing speaks against it any more.")
