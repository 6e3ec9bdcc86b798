"""Says something to one person: ready texts, typing, and live what it takes and whether it may go.

Must not send: it holds the draft and shows what the gate says about it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer

from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.people import masked
from shopbell.domain.scripts import Script, filled
from shopbell.domain.texts import OutboundText
from shopbell.errors import ShopbellError
from shopbell.services.outbox import Checked, Outbox
from shopbell.services.replacing import chosen_time
from shopbell.tui import words
from shopbell.tui.commands import command
from shopbell.tui.judgement import as_it_leaves, decided, measured, noticed
from shopbell.tui.own_keys import shown_key
from shopbell.tui.plain import MOST_LETTERS, Plain, PlainText, spans
from shopbell.tui.script_line import ScriptLine
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.work import start

_WAIT = spans(("Looking …", "$text-muted"))
_DEBOUNCE = 0.08

Kind = tuple[Purpose, str | None]

KINDS: tuple[Kind, ...] = (
    (Purpose.SERVICE, "orders"),
    (Purpose.MARKETING, "offers"),
    (Purpose.MARKETING, "events"),
    (Purpose.CONVERSATION, None),
)
"""What a text can be for; the purpose key goes round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who gets it."""

    number: E164
    name: str


class Composer(Vertical):
    """The words for one recipient. `checked` is None while the gate is being asked."""

    DEFAULT_CSS = """
    Composer { height: auto; }
    Composer Horizontal { height: 1; margin-bottom: 1; }
    Composer .label { width: 5; color: $text-muted; }
    Composer PlainText { margin: 0 0 1 5; display: none; }
    Composer.-typing PlainText { display: block; }
    Composer #final, Composer #measure, Composer #notes, Composer #decision { margin: 0 0 1 5; }
    Composer.-typing #final { display: none; }
    Composer #notes { display: none; }
    Composer.-noted #notes { display: block; }
    """

    class Changed(Message):
        """The words, the purpose or the answer of the gate changed."""

    def __init__(
        self,
        recipient: Recipient,
        outbox: Outbox,
        *,
        scripts: Sequence[Script],
        shop: str,
        zone: str,
        now: Callable[[], datetime],
        kind: Kind = KINDS[0],
        body: str = "",
        really_service: str = "",
        at: datetime | None = None,
        instead_of: OutboundText | None = None,
    ) -> None:
        """Make it.

        Args:
            recipient: who gets it.
            outbox: what is asked about the draft.
            scripts: the ready-made texts, the first one on key 1.
            shop: the shop's name, as it starts every text.
            zone: the counter's time zone.
            now: the clock.
            kind: purpose and topic to begin with.
            body: the words to begin with.
            really_service: why promotional words in it are service, if somebody has said so.
            at: when it is to leave; None is as soon as it may.
            instead_of: the text that waits and these words would replace.
        """
        super().__init__()
        self.recipient = recipient
        self.kind = kind
        self.body = body
        self.really_service = really_service
        self._at = at
        self.checked: Checked | None = None
        self.is_typing = False
        self._outbox = outbox
        self._scripts = scripts
        self._shop = shop
        self._zone = zone
        self._now = now
        self._wait: Timer | None = None
        self._instead_of = instead_of

    @property
    def at(self) -> datetime | None:
        """When it is to leave; None is as soon as it may, also once that moment has passed."""
        return self._at if self._at is not None and self._at > self._now() else None

    @property
    def draft(self) -> TextDraft:
        """The draft as it stands."""
        purpose, topic = self.kind
        return TextDraft(
            number=self.recipient.number,
            body=self.body,
            purpose=purpose,
            topic=topic,
            really_service=self.really_service,
        )

    def compose(self) -> ComposeResult:
        """Lay out who, what, and what would happen."""
        with Horizontal():
            yield Plain("To", classes="label")
            yield Plain("", id_="recipient")
        with Horizontal():
            yield Plain("Say", classes="label")
            yield ScriptLine(self._scripts)
        yield PlainText()
        yield Plain("", id_="final")
        yield Plain("", id_="measure")
        yield Plain("", id_="notes")
        yield Plain("", id_="decision")

    def on_mount(self) -> None:
        """Start on the ready texts."""
        self.query_one(ScriptLine).focus()
        self._changed(0)

    def on_script_line_taken(self, event: ScriptLine.Taken) -> None:
        """Fill the ready text for this person."""
        script = event.script
        if self.kind[0] is not Purpose.CONVERSATION:
            self.kind = (script.purpose, script.topic)
        self._say(filled(script.text, self.recipient.name))
        self._changed(0)

    def on_script_line_begun(self, event: ScriptLine.Begun) -> None:
        """Begin to type with that letter, or with what was pasted."""
        self._say((self.body + event.words)[:MOST_LETTERS])
        self.type_in()

    def on_text_area_changed(self) -> None:
        """Ask again once the letters stop."""
        if self.is_typing:
            self._say(self.query_one(PlainText).text)
            self._changed(_DEBOUNCE)

    def on_plain_text_done(self) -> None:
        """Look at the whole text once more before it goes."""
        self.finish_typing()

    def type_in(self) -> None:
        """Change the words."""
        area = self.query_one(PlainText)
        area.load_text(self.body)
        area.move_cursor(area.document.end)
        self._set_typing(True)
        area.focus()
        self._changed(_DEBOUNCE)

    def finish_typing(self) -> None:
        """Go back to the ready texts, with the words as they are."""
        self._set_typing(False)
        self.query_one(ScriptLine).focus()
        self._changed(0)

    def next_kind(self) -> None:
        """Go on to the next thing a text can be for."""
        at = KINDS.index(self.kind) if self.kind in KINDS else -1
        self.kind = KINDS[(at + 1) % len(KINDS)]
        self._changed(0)

    def straighten(self) -> None:
        """Take the cheaper characters that are offered."""
        if self.checked is None or self.checked.notes.offer is None:
            return
        self.body = self.checked.notes.offer.text
        if self.is_typing:
            area = self.query_one(PlainText)
            area.load_text(self.body)
            area.move_cursor(area.document.end)
        self._changed(0)

    def leave_at(self, at: datetime | None) -> None:
        """Let it leave at a chosen time, or as soon as it may."""
        self._at = at
        self._changed(0)

    def confirm_service(self, reason: str) -> None:
        """Keep why promotional words in it are service all the same."""
        self.really_service = reason
        self._changed(0)

    async def check(self) -> Checked | None:
        """Ask the gate about the draft and show what it says; None when that failed."""
        draft, at = self.draft, self.at
        try:
            with told_when_slow(self, lambda: self.query_one("#decision", Plain).show(_WAIT)):
                checked = await self._asked(draft, at)
        except ShopbellError as error:
            self.show_error(error)
            return None
        if (draft, at) != (self.draft, self.at):
            return None
        self.checked = checked
        self.query_one("#final", Plain).show(as_it_leaves(checked.judged.final, self._shop))
        self.query_one("#measure", Plain).show(measured(checked, self._key("text.straighten")))
        notes = noticed(checked, self._key("text.service"))
        self.query_one("#notes", Plain).show(notes)
        self.set_class(bool(notes), "-noted")
        self.query_one("#decision", Plain).show(decided(checked, self._zone, self._now(), at))
        self.post_message(self.Changed())
        return checked

    async def _asked(self, draft: TextDraft, at: datetime | None) -> Checked:
        old = self._instead_of
        if old is None:
            return await self._outbox.check(draft, at)
        return await self._outbox.check(draft, chosen_time(old, self._now()), old.id)

    def show_error(self, error: ShopbellError) -> None:
        """Say what went wrong where the decision stands."""
        self.query_one("#decision", Plain).show(
            spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}")
        )

    def _say(self, body: str) -> None:
        """Take other words; a reason that was given for the old ones falls away."""
        if body != self.body:
            self.body, self.really_service = body, ""

    def _key(self, id_: str) -> str:
        return shown_key(command(id_), typing=self.is_typing) or ""

    def _set_typing(self, on: bool) -> None:
        self.is_typing = on
        self.set_class(on, "-typing")

    def _changed(self, seconds: float) -> None:
        self.checked = None
        self.query_one(ScriptLine).takes_letters = not self.body
        self._show_recipient()
        if self._wait is not None:
            self._wait.stop()
        if self.body.strip() and seconds:
            self._wait = self.set_timer(seconds, self._ask)
        elif self.body.strip():
            self._ask()
        else:
            self.remove_class("-noted")
            for part in ("#final", "#measure", "#decision"):
                self.query_one(part, Plain).show("")
        self.post_message(self.Changed())

    def _ask(self) -> None:
        start(self, self.check, "check")

    def _show_recipient(self) -> None:
        purpose, topic = self.kind
        what = words.purpose(purpose) if topic in {None, "orders"} else topic
        self.query_one("#recipient", Plain).show(
            spans(
                (words.called(self.recipient.name, self.recipient.number), "bold"),
                (f"   {masked(self.recipient.number)}   for {what}", "$text-muted"),
                one_line=True,
            )
        )
