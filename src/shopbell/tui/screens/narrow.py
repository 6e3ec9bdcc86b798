"""Narrows the list of people: who to ask, who agreed, who had no text. Must not look anybody up."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from shopbell.domain.filter_words import MONTHS, month_typed
from shopbell.domain.people_filter import PeopleFilter
from shopbell.errors import BadInput
from shopbell.tui.choices import Choices
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans

_EVERYBODY, _NOT_ASKED = "everybody", "not-asked"
_MOST_DAYS = 36_500


class Narrow(Dialog[PeopleFilter]):
    """Answers the conditions that were chosen; all of them must hold."""

    wide = True
    does: ClassVar[tuple[str, str, str]] = ("Show them", "Show everybody", "shows them")
    """What its two buttons do, and what Enter does."""

    DEFAULT_CSS = """
    Narrow .row { height: auto; margin-bottom: 1; }
    Narrow .label { width: 16; color: $text-muted; }
    Narrow PlainButton { margin-right: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "apply", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, topics: tuple[str, ...], wanted: PeopleFilter) -> None:
        super().__init__("Whom to show")
        self._topics = topics
        self._wanted = wanted

    def inside(self) -> ComposeResult:
        """Lay out the conditions, as they are now."""
        wanted = self._wanted
        who = [(_EVERYBODY, "everybody"), (_NOT_ASKED, "not asked yet: ask next visit")]
        now = _NOT_ASKED if wanted.not_asked else _EVERYBODY
        yield labelled("Who", Choices(who, [now], id_="who"))
        yes = [("", "any answer"), *((topic, topic) for topic in self._topics)]
        topic = wanted.consented_to if wanted.consented_to in self._topics else ""
        yield labelled("Yes to", Choices(yes, [topic or ""], id_="yes"))
        days = "" if wanted.not_texted_for is None else str(wanted.not_texted_for)
        yield labelled("No text for", PlainInput(days, placeholder="days: 90", id_="days", limit=6))
        month = wanted.birthday_month
        name = "" if month is None else MONTHS[month - 1]
        field = PlainInput(name, placeholder="a month: March", id_="month", limit=12)
        yield labelled("Birthday in", field)
        tag = PlainInput(wanted.tag or "", placeholder="a whole tag", id_="tag", limit=100)
        yield labelled("Tagged", tag)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton(self.does[0], primary=True, action="screen.apply")
            yield PlainButton(self.does[1], action="screen.everybody")
        yield Plain(f"tab goes on · ↵ or f2 {self.does[2]} · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with who."""
        self.query_one("#who").focus()

    def on_input_submitted(self) -> None:
        """Enter shows them."""
        self.action_apply()

    def on_key(self, event: events.Key) -> None:
        """Enter on the choices shows them, too."""
        if event.key == "enter" and any(line.has_focus for line in self.query(Choices)):
            event.stop()
            self.action_apply()

    def action_everybody(self) -> None:
        """Ask for nothing any more."""
        self.dismiss(PeopleFilter())

    def action_apply(self) -> None:
        """Answer what was chosen."""
        try:
            self.dismiss(self._read())
        except BadInput as error:
            sentence = f"{error.message} {error.hint}"
            self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), sentence))

    def _read(self) -> PeopleFilter:
        who = self.query_one("#who", Choices).one
        days = self.query_one("#days", PlainInput).value.strip()
        month = self.query_one("#month", PlainInput).value.strip()
        if days and not (days.isascii() and days.isdecimal() and 0 < int(days) <= _MOST_DAYS):
            raise BadInput(f"“{days}” is no number of days.", "Write it like 90.")
        if month and month_typed(month) is None:
            raise BadInput(f"“{month}” is no month.", "Write it like March, or 3.")
        return PeopleFilter(
            not_asked=who == _NOT_ASKED,
            consented_to=self.query_one("#yes", Choices).one or None,
            not_texted_for=int(days) if days else None,
            birthday_month=month_typed(month) if month else None,
            tag=self.query_one("#tag", PlainInput).value.strip() or None,
        )


def labelled(label: str, field: Widget) -> Horizontal:
    """Return a field with its name before it."""
    return Horizontal(Plain(label, classes="label"), field, classes="row")
