"""Writes down a yes at the counter: who, to what, how, with the exact words. Must not judge it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from shopbell.domain.consent import Act, ConsentDraft, How
from shopbell.domain.decision import Reason
from shopbell.domain.given import Given
from shopbell.domain.ids import E164
from shopbell.domain.merging import names_of
from shopbell.domain.people import ContactDraft, masked
from shopbell.domain.promises import promise_kept
from shopbell.domain.topics import Topic, by_promise, sign_up_words
from shopbell.errors import ShopbellError
from shopbell.services.confirming import Opened
from shopbell.services.evidence import sha256_of
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.frame import Dialog
from shopbell.tui.paper_fields import PaperFields
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans
from shopbell.tui.web_form_fields import WebFormFields
from shopbell.tui.words import called

_HOWS = (
    (How.IN_PERSON, "here"),
    (How.PAPER, "paper"),
    (How.PHONE, "phone"),
    (How.EMAIL, "e-mail"),
    (How.WEB, "web form"),
)


_ASKED = "They are asked by text to confirm it: it counts from their YES."
_NOTHING_CHOSEN = "Choose what they said yes to."
_NOT_ASKED = "Nothing is chosen. Press f2 again to keep them as not asked yet."
_SHARED = "{who} has this number. Press f2 again if they share it, or check the number."


class SignUp(Dialog[E164]):
    """Answers the number of whoever said yes."""

    wide = True
    DEFAULT_CSS = """
    SignUp .row { height: auto; }
    SignUp .last { margin-bottom: 1; }
    SignUp .label { width: 12; color: $text-muted; }
    SignUp #seen { height: auto; }
    SignUp #words { margin: 0 0 1 12; color: $text-muted; }
    SignUp #said { height: auto; }
    SignUp #end { height: 1; margin: 1 0; }
    SignUp PlainButton { margin-right: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "record", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        shop: Shop,
        topics: tuple[Topic, ...],
        number: E164 | None = None,
        name: str = "",
        sheet: str = "",
    ) -> None:
        """Make the box.

        Args:
            shop: whose customer it is.
            topics: what it offers.
            number: of whom it is about; None = somebody new.
            name: of the same.
            sheet: the number of the sheet that the last yes on paper was from.
        """
        super().__init__("Write down a yes")
        self._shop = shop
        self._topics = topics
        self._number = number
        self._person = name
        self._warned = ""
        self.sheet = sheet
        """The number of the sheet, when a yes on paper was written down by one."""
        self.said_yes = False
        """Whether a yes was written down, and not only who it is."""

    def inside(self) -> ComposeResult:
        """Lay out the questions."""
        if self._number is None:
            yield _row("Number", PlainInput(placeholder="as they say it", id_="number", limit=60))
            name = PlainInput(placeholder="if they like", id_="name", limit=120)
            yield _row("Name", name, last=True)
        else:
            who = spans(
                (called(self._person, self._number), "bold"),
                (f"   {masked(self._number)}", "$text-muted"),
                one_line=True,
            )
            yield _row("Who", Plain(who), last=True)
        topics = [(one.id, one.words) for one in self._topics]
        first = [id_ for id_, _ in topics[:1]]
        yield _row("Yes to", Choices(topics, first, id_="topics", several=True))
        hows = Choices([(str(h), said) for h, said in _HOWS], [How.IN_PERSON], id_="how")
        yield _row("How", hows, last=True)
        yield PaperFields(self.sheet)
        with Vertical(id="seen"):
            heard = PlainInput(placeholder="who of you heard or saw it", id_="witness")
            yield _row("Heard by", heard)
            yield _row("Where", PlainInput(placeholder="if not in the shop", id_="place", limit=80))
            hint = "a scan or photo; only its fingerprint is kept"
            yield _row("Proof file", PlainInput(placeholder=hint, id_="proof"), last=True)
        yield WebFormFields()
        yield Plain("", id_="words")
        yield Plain("", id_="said")
        with Horizontal(id="end"):
            yield PlainButton("Write it down", id_="record", primary=True, action="screen.record")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("tab goes on · space chooses · f2 writes it down · esc leaves", classes="muted")

    async def on_mount(self) -> None:
        """Start with the first question that is open."""
        first = "#number" if self._number is None else "#topics"
        self.query_one(first).focus()
        await self._show_words()

    @on(Choices.Changed, "#topics")
    @on(PlainInput.Changed, "#sheet-number")
    async def _words_changed(self) -> None:
        await self._show_words()

    @on(Choices.Changed, "#how")
    async def _way_changed(self) -> None:
        """A form on the web has no witness, but a page and a moment; a sheet has a number."""
        self.query_one(WebFormFields).display = self._how is How.WEB
        self.query_one(PaperFields).display = self._how is How.PAPER
        self.query_one("#seen").display = self._how is not How.WEB
        await self._show_words()

    def on_input_submitted(self) -> None:
        """Enter goes on to the next question."""
        self.focus_next()

    @on(PlainInput.Blurred, "#number")
    async def _number_typed(self) -> None:
        """Say who has the number already, or what is wrong with it, while it is said aloud."""
        typed = self.query_one("#number", PlainInput).value
        if not typed.strip():
            return
        try:
            number = self._read(typed)
            has = await self._has(number)
            said = "" if has is None else f"{called(has, number)} has this number."
            self.query_one("#said", Plain).show(said)
        except ShopbellError as error:
            self._say(f"{error.message} {error.hint}".strip())

    async def action_record(self) -> None:
        """Write down one act for each promise that was chosen."""
        chosen = self._chosen()
        try:
            proof = self._seen("#proof")
            digest = await asyncio.to_thread(sha256_of, Path(proof)) if proof else None
            given = await self._given()
            number = await self._who(asked=bool(chosen))
            if number is None:
                return
            for topics in by_promise(chosen):
                if not await self._grant(number, topics, digest, given):
                    return
                self.said_yes = True
            if self._how is How.PAPER:
                self.sheet = self.query_one(PaperFields).sheet
        except ShopbellError as error:
            self._say(f"{error.message} {error.hint}".strip())
            return
        self.dismiss(number)

    async def _who(self, *, asked: bool) -> E164 | None:
        """Return whose yes it is, as a contact; None when something is to be said twice first."""
        if self._number is not None:
            if not asked:
                self._say(_NOTHING_CHOSEN)
            return self._number if asked else None
        number = self._read(self.query_one("#number", PlainInput).value)
        name = self.query_one("#name", PlainInput).value.strip()
        has = await self._has(number)
        if has is not None and name and name not in names_of(has):
            if not self._insists(_SHARED.format(who=called(has, number))):
                return None
        elif not asked and not self._insists(_NOT_ASKED):
            return None
        if has is None:
            await self._shop.people.add(ContactDraft(number=number, name=name, source="sign-up"))
        elif name:
            await self._shop.people.add_name(number, name)
        return number

    def _read(self, typed: str) -> E164:
        return self._shop.people.read_number(typed).e164

    async def _has(self, number: E164) -> str | None:
        contact = await self._shop.people.by_number(number)
        return None if contact is None else contact.name

    def _insists(self, sentence: str) -> bool:
        """Return whether f2 was pressed again after this was said; say it otherwise."""
        if self._warned == sentence:
            return True
        self._warned = sentence
        self._say(sentence)
        return False

    @property
    def _how(self) -> How:
        return How(self.query_one("#how", Choices).one)

    async def _given(self) -> Given:
        """Return when it was said, and in which words."""
        now = self._shop.clock.now()
        if self._chosen() and self._how is How.WEB:
            return self.query_one(WebFormFields).read(self._shop.profile.zone, now)
        if self._chosen() and self._how is How.PAPER:
            return await self.query_one(PaperFields).read(self._shop)
        return Given(at=now, words="")

    async def _grant(
        self, number: E164, topics: tuple[Topic, ...], proof: str | None, given: Given
    ) -> bool:
        often = promise_kept(topics[0].often, given.words)
        outcome = await self._shop.consents.grant(
            ConsentDraft(
                number=number,
                act=Act.GRANTED,
                purpose=topics[0].purpose,
                topics=tuple(one.id for one in topics),
                wording=given.words or sign_up_words(self._shop.profile.name, topics),
                how=self._how,
                at=given.at,
                form=given.form,
                witness=self._seen("#witness"),
                place=self._seen("#place"),
                evidence_sha256=proof,
                promised_n=None if often is None else often.n,
                promised_days=None if often is None else often.days,
            )
        )
        if isinstance(outcome, Reason):
            self._say(outcome.sentence)
            return False
        if isinstance(outcome, Opened):
            asked = outcome.why_not or _ASKED
            self.app.notify(asked, severity="warning" if outcome.why_not else "information")
        return True

    def _seen(self, id_: str) -> str | None:
        """Return what was typed about a yes that somebody of the shop saw."""
        return (
            None if self._how is How.WEB else self.query_one(id_, PlainInput).value.strip() or None
        )

    def _chosen(self) -> tuple[Topic, ...]:
        ids = self.query_one("#topics", Choices).chosen
        return tuple(one for one in self._topics if one.id in ids)

    async def _show_words(self) -> None:
        """Show what goes on record: the words of the sheet, or else the shop's present ones."""
        acts = by_promise(self._chosen())
        words = [sign_up_words(self._shop.profile.name, topics) for topics in acts]
        try:
            if acts and self._how is How.PAPER:
                sheet = await self.query_one(PaperFields).words(self._shop)
                words = [sheet] if sheet else words
            shown = "\n".join(f"“{said}”" for said in words)
        except ShopbellError as error:
            shown = f"{error.message} {error.hint}"
        self.query_one("#words", Plain).show(shown)

    def _say(self, sentence: str) -> None:
        self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), sentence))


def _row(label: str, field: Widget, *, last: bool = False) -> Horizontal:
    return Horizontal(Plain(label, classes="label"), field, classes="row last" if last else "row")
