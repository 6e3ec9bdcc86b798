"""Texts one person: who, what, what it takes, may it go, send. Must not decide: it shows.

`t a n ↵ 1 ↵` is the whole way for "your order is ready".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from shopbell.domain.decision import Verdict
from shopbell.domain.ids import E164
from shopbell.domain.scripts import Script
from shopbell.domain.texts import OutboundText
from shopbell.domain.typed_moments import read_typed_moment
from shopbell.domain.typed_text import TypedText
from shopbell.errors import ShopbellError
from shopbell.services.outbox import Checked, Submitted
from shopbell.services.replacing import chosen_time
from shopbell.services.shop import Shop
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.composer import KINDS, Composer, Kind, Recipient
from shopbell.tui.frame import Dialog
from shopbell.tui.person_field import PersonField
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.really_service import ReallyService
from shopbell.tui.screens.why import Why
from shopbell.tui.script_line import ScriptLine
from shopbell.tui.words import moment

_WHEN = (
    "Not before when? Write it like 16:30, tue 9:00 or 26 nov 10:00, by the shop's clock; nothing "
    "for: as soon as it may. Their own quiet hours count all the same."
)
_CANNOT_GO = "It cannot go as it is: the reason stands below the text."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A text that is in the outbox now."""

    recipient: Recipient
    submitted: Submitted


class QuickText(Dialog[Sent]):
    """A box over whatever was there."""

    scope = Scope.TEXT
    wide = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.TEXT)]
    DEFAULT_CSS = "QuickText #stage { height: auto; min-height: 11; }"

    def __init__(
        self,
        shop: Shop,
        *,
        scripts: Sequence[Script],
        drafts: dict[E164, TypedText],
        recipient: Recipient | None = None,
        answering: bool = False,
        again: TypedText | None = None,
        replacing: OutboundText | None = None,
    ) -> None:
        """Make the box.

        Args:
            shop: to search, to check and to submit.
            scripts: the ready-made texts, the first one on key 1.
            drafts: what was typed before and not sent; leaving adds to it.
            recipient: who gets it, if that is known already.
            answering: whether it answers what they wrote.
            again: a text that did not arrive, to begin with; what was typed before stays kept.
            replacing: the text that waits and gets other words.
        """
        title = "Try again" if again else "Answer" if answering else "Text somebody"
        if replacing is not None:
            now = shop.clock.now()
            title, at = "Other words instead", chosen_time(replacing, now)
            title += "" if at is None else f", for {moment(at, shop.profile.zone, now)}"
            again = TypedText(
                number=replacing.number,
                body=replacing.body,
                purpose=replacing.purpose,
                topic=replacing.topic,
                really_service=replacing.really_service,
            )
        super().__init__(title)
        self._again = again
        self._shop = shop
        self._scripts = scripts
        self._drafts = drafts
        self._recipient = recipient
        self._replacing = replacing
        self._kind: Kind = KINDS[-1] if answering else KINDS[0]
        self._composer: Composer | None = None
        self._sending = self._sent = False

    def inside(self) -> ComposeResult:
        """Lay out who, or what when it is known who."""
        with Vertical(id="stage"):
            if self._recipient is None:
                yield PersonField(self._shop.people, self._shop.clock.now)
            else:
                self._composer = self._compose_for(self._recipient)
                yield self._composer

    def why_not(self, id_: str) -> str:
        """Which keys count depends on how far the text is."""
        box = self._composer
        if id_ == "text.leave":
            return ""
        if box is None:
            if id_ != "text.choose":
                return "Choose somebody first."
            return "" if any(one.has_hits for one in self.query(PersonField)) else "Nobody is here."
        if id_ in _ABOUT_WORDS:
            return _ABOUT_WORDS[id_](box.checked)
        if id_ == "text.why" and box.checked is None:
            return "There is no answer to explain yet."
        if id_ in {"text.choose", "text.done"} or (box.is_typing and id_ != "text.purpose"):
            done = id_ == "text.done" and box.is_typing
            return "" if done or id_ == "text.why" else "Finish typing first."
        if id_ == "text.later" and self._replacing is not None:
            return "It keeps the moment of the text it replaces."
        if id_ in {"text.later", "text.send", "text.why", "text.edit"} and not box.body.strip():
            return "Choose a ready text with its digit, or type one."
        if id_ == "text.send" and _is_refused(box.checked):
            return _CANNOT_GO
        return ""

    async def on_person_field_picked(self, event: PersonField.Picked) -> None:
        """Go on to what to say."""
        person = Recipient(number=event.person.number, name=event.person.name)
        self._composer = self._compose_for(person)
        await self.query_one(PersonField).remove()
        await self.query_one("#stage").mount(self._composer)
        self.refresh_keys()

    def on_person_field_looked(self) -> None:
        """Whether somebody can be chosen may have changed."""
        self.refresh_keys()

    def on_composer_changed(self) -> None:
        """What is possible may have changed."""
        self.refresh_keys()

    def on_key(self, event: events.Key) -> None:
        """Hand on a key that came before the line of ready texts had the focus."""
        if self.focused is None and self._composer is not None:
            for line in self._composer.query(ScriptLine):
                line.on_key(event)

    async def do_choose(self) -> None:
        """Take the person under the cursor."""
        await self.query_one(PersonField).take()

    def do_done(self) -> None:
        """Finish typing."""
        if self._composer is not None:
            self._composer.finish_typing()

    def do_edit(self) -> None:
        """Change the words."""
        if self._composer is not None:
            self._composer.type_in()

    def do_purpose(self) -> None:
        """Go on to the next thing a text can be for."""
        if self._composer is not None:
            self._composer.next_kind()

    def do_why(self) -> None:
        """Show every reason."""
        if self._composer is not None and (checked := self._composer.checked) is not None:
            shop = self._shop
            decision = checked.judged.decision
            notes = [one.sentence for one in checked.notes.warnings]
            self.app.push_screen(Why(decision, shop.profile.zone, shop.clock.now(), notes=notes))

    def do_straighten(self) -> None:
        """Take the cheaper characters that are offered."""
        if self._composer is not None:
            self._composer.straighten()

    def do_later(self) -> None:
        """Ask when it is to leave."""
        box = self._composer
        if box is None:
            return

        async def take(typed: str) -> str:
            now, zone = self._shop.clock.now, self._shop.profile.zone
            box.leave_at(read_typed_moment(typed, now(), zone) if typed else None)
            return ""

        self.app.push_screen(AskLine("Send later", _WHEN, take))

    def do_service(self) -> None:
        """Ask why promotional words are service all the same."""
        box = self._composer
        if box is None or box.checked is None or box.checked.notes.promotion is None:
            return

        def keep(reason: str | None) -> None:
            if reason is not None:
                box.confirm_service(reason)

        self.app.push_screen(ReallyService(box.checked.notes.promotion), keep)

    def do_leave(self) -> None:
        """Leave; what was typed is kept for when the same person is chosen again."""
        self.keep()
        self.dismiss(None)

    def keep(self) -> None:
        """Keep what is typed; the lock or the end may ask for that at any moment."""
        box = self._composer
        if self._sent:
            return
        is_new = self._again is None or (box is not None and box.body != self._again.body)
        if box is not None and self._replacing is None and is_new:
            self._drafts.pop(box.recipient.number, None)
            if box.body.strip():
                purpose, topic = box.kind
                self._drafts[box.recipient.number] = TypedText(
                    number=box.recipient.number,
                    body=box.body,
                    purpose=purpose,
                    topic=topic,
                    really_service=box.really_service,
                    at=box.at,
                )

    async def do_send(self) -> None:
        """Send what is shown; what was not shown yet is shown first."""
        box = self._composer
        if box is None or self._sending:
            return
        self._sending = True
        try:
            await self._send(box)
        except ShopbellError as error:
            box.show_error(error)
        finally:
            self._sending = False

    async def _send(self, box: Composer) -> None:
        shown = box.checked
        if shown is None:
            # Somebody quick presses Enter before the answer is there. Only a plain "yes" goes
            # unseen; anything else is shown, and wants a second Enter.
            shown = await box.check()
            if shown is None or shown.judged.decision.verdict is not Verdict.ALLOW:
                return
            if shown.notes.counts_as_marketing:
                return
        old = self._replacing
        if old is None:
            submitted = await self._shop.outbox.submit(box.draft, not_before=box.at)
        else:
            submitted = await self._shop.replacing.text(old.id, box.draft)
        if submitted.text is None:
            await box.check()
            return
        self._sent = True
        if self._again is None:
            self._drafts.pop(box.recipient.number, None)
        self.dismiss(Sent(recipient=box.recipient, submitted=submitted))

    def _compose_for(self, person: Recipient) -> Composer:
        kept = self._again or self._drafts.get(person.number)
        profile = self._shop.profile
        return Composer(
            person,
            self._shop.outbox,
            scripts=self._scripts,
            shop=profile.name,
            zone=profile.zone,
            now=self._shop.clock.now,
            kind=kept.kind if kept else self._kind,
            body=kept.body if kept else "",
            really_service=kept.really_service if kept else "",
            at=kept.at if kept else None,
            instead_of=self._replacing,
        )


def _why_not_straighten(checked: Checked | None) -> str:
    if checked is None or checked.notes.offer is None:
        return "No other characters would make this text cheaper."
    return ""


def _why_not_service(checked: Checked | None) -> str:
    if checked is None or not checked.notes.counts_as_marketing:
        return "Nothing in this text makes it an offer."
    return ""


_ABOUT_WORDS = {"text.straighten": _why_not_straighten, "text.service": _why_not_service}


def _is_refused(checked: Checked | None) -> bool:
    return checked is not None and checked.judged.decision.verdict is Verdict.REFUSE
