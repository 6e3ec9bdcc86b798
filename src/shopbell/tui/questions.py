"""The first questions, one widget each. Must not make anything: each returns its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar
from zoneinfo import available_timezones

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from shopbell.domain.dialling import country_meant
from shopbell.domain.secret import Secret
from shopbell.domain.weeks import read_week, week_text
from shopbell.errors import BadInput
from shopbell.services.opening import passphrase_problem, suggest_passphrase
from shopbell.services.rules import packaged_rules
from shopbell.tui.answers import Answers
from shopbell.tui.choices import Choices
from shopbell.tui.plain import Plain, PlainInput, PlainList, spans

_MOST_ZONES = 6
_COUNTRY_HINT = "its name, or two letters"
_ZONE_HINT = "a large city near you"


class Question(Vertical):
    """A question in words, why it is asked, and the fields to answer it in."""

    DEFAULT_CSS = """
    Question { height: auto; }
    Question > #title { text-style: bold; }
    Question > #why { color: $text-muted; margin-bottom: 1; }
    Question .row { height: 1; margin-bottom: 1; }
    Question .label { width: 14; color: $text-muted; }
    """
    title: ClassVar[str]
    why: ClassVar[str]

    class Answered(Message):
        """Enter was pressed in the last field."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.answers = answers

    @property
    def is_needed(self) -> bool:
        """Whether it has to be asked, after the answers before it."""
        return True

    def fields(self) -> ComposeResult:
        """Yield the fields."""
        raise NotImplementedError

    def take(self, answers: Answers) -> Answers:
        """Return `answers` with this one in it.

        Raises:
            BadInput: the answer will not do, and what to do instead.
        """
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        yield Plain(self.title, id_="title")
        yield Plain(self.why, id_="why")
        yield from self.fields()

    def on_mount(self) -> None:
        """Start in the first field."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Go on to the next field; the last one answers."""
        fields = [widget for widget in self.query("*") if widget.focusable]
        if fields and fields[-1] is not event.input:
            self.screen.focus_next()
        else:
            self.post_message(self.Answered())


class NameQuestion(Question):
    """What the shop is called."""

    title = "What is your shop called?"
    why = "The name starts every text, so the shorter the better."

    def fields(self) -> ComposeResult:
        """Yield one field."""
        yield PlainInput(self.answers.name, placeholder="like Fern & Finch", limit=40)

    def take(self, answers: Answers) -> Answers:
        """Take the name."""
        name = " ".join(self.query_one(PlainInput).value.split())
        if not name:
            raise BadInput("A shop needs a name.", "Type it as customers know it.")
        return replace(answers, name=name)


class PlaceQuestion(Question):
    """Which country and time zone."""

    title = "Where is it?"
    why = "The country says how numbers are read and which rules count; the zone, what time it is."

    def fields(self) -> ComposeResult:
        """Yield country and zone."""
        yield row(
            "Country",
            PlainInput(self.answers.country, placeholder=_COUNTRY_HINT, id_="country", limit=60),
        )
        yield row("Time zone", PlainInput(self.answers.zone, placeholder=_ZONE_HINT, id_="zone"))
        yield PlainList(id_="zones")

    def on_input_changed(self) -> None:
        """Show the zones that match."""
        typed = self.query_one("#zone", PlainInput).value
        words = typed.replace("_", " ").casefold().split()
        zones = sorted(
            zone
            for zone in available_timezones()
            if "/" in zone
            and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
            and all(word in zone.replace("_", " ").casefold() for word in words)
        )
        self.query_one("#zones", PlainList).show(
            [(zone, zone.replace("_", " ")) for zone in zones[:_MOST_ZONES]]
        )

    @on(PlainList.OptionSelected, "#zones")
    def _zone_chosen(self, event: PlainList.OptionSelected) -> None:
        self.query_one("#zone", PlainInput).value = event.option_id or ""
        self.post_message(self.Answered())

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """The country goes on to the zone; the zone answers with the first that matches."""
        if event.input.id == "country":
            self.query_one("#zone").focus()
        else:
            self.post_message(self.Answered())

    def take(self, answers: Answers) -> Answers:
        """Take country and zone."""
        typed = self.query_one("#country", PlainInput).value.strip()
        country = country_meant(typed)
        if country is None:
            raise BadInput(
                f"“{typed[:20]}” is no country." if typed else "A shop is in some country.",
                "Type its name or its two letters, for example US, GB or DE.",
            )
        zone = self.query_one("#zone", PlainInput).value
        if zone not in available_timezones():
            zone = self.query_one("#zones", PlainList).chosen or ""
        if not zone:
            raise BadInput(
                "That time zone is not known.", "Type a large city near you, like New York."
            )
        return replace(answers, country=country.code, zone=zone)


class HoursQuestion(Question):
    """When texts may arrive."""

    title = "When may your texts arrive?"
    why = "Your own hours. Where the law is stricter, it counts; a text never goes outside both."

    def fields(self) -> ComposeResult:
        """Yield one field."""
        hours = self.answers.hours or packaged_rules().policy.hours
        yield PlainInput(week_text(hours), limit=300)
        yield Plain("")
        yield Plain("Days that are left out are closed.", classes="muted")

    def take(self, answers: Answers) -> Answers:
        """Take the hours."""
        week = read_week(self.query_one(PlainInput).value)
        if not any(week.days):
            raise BadInput(
                "With no hours at all no text could ever go.",
                'Write hours like "mon-fri 10:00-18:00; sat 10:00-17:00".',
            )
        return replace(answers, hours=week)


class PassphraseQuestion(Question):
    """The passphrase: a good one is offered first."""

    title = "Which passphrase opens the shop file?"
    why = "Everything is encrypted with it. Write the words on paper, and keep it somewhere else."

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        self._suggested = suggest_passphrase()

    def fields(self) -> ComposeResult:
        """Yield the offer, and two fields for another one."""
        yield Plain(spans((self._suggested.reveal(), "bold $text-accent")))
        yield Plain("")
        yield Choices([("take", "take these words"), ("own", "choose my own")], ["take"])
        yield Plain("")
        yield row("My own", PlainInput(password=True, id_="own", limit=1000))
        yield row("Once more", PlainInput(password=True, id_="again", limit=1000))

    def on_mount(self) -> None:
        """Start with the offer; the fields come when they are wanted."""
        self._changed()
        self.query_one(Choices).focus()

    def on_choices_changed(self) -> None:
        """Show the fields when they are wanted."""
        self._changed()

    def take(self, answers: Answers) -> Answers:
        """Take the passphrase."""
        if self.query_one(Choices).one == "take":
            return replace(answers, passphrase=self._suggested)
        own = self.query_one("#own", PlainInput).value
        if problem := passphrase_problem(own):
            raise BadInput(problem)
        if own != self.query_one("#again", PlainInput).value:
            raise BadInput("The two are not the same.", "Type the passphrase twice.")
        return replace(answers, passphrase=Secret(own))

    def _changed(self) -> None:
        for row in self.query(".row"):
            row.display = self.query_one(Choices).one == "own"

    def on_key(self, event: events.Key) -> None:
        """Enter on the choice answers, or goes on to the fields."""
        choices = self.query_one(Choices)
        if event.key != "enter" or not choices.has_focus:
            return
        event.stop()  # otherwise the field that gets the focus takes the same Enter
        event.prevent_default()
        if choices.one == "take":
            self.post_message(self.Answered())
        else:
            self.query_one("#own").focus()


def row(label: str, field: Widget) -> Horizontal:
    """Return a field with its label before it."""
    return Horizontal(Plain(label, classes="label"), field, classes="row")
