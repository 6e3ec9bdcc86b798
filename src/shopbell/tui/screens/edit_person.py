"""Changes what is known about one person: name, notes, tags, wishes. Must not touch any consent."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from shopbell.domain.people import Contact, masked
from shopbell.domain.telling import local
from shopbell.domain.weeks import week_text
from shopbell.domain.wish_changes import WishChange
from shopbell.domain.wishes import Channel, Wishes
from shopbell.errors import BadInput, ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans

_CHANNELS = (
    ("", "not told"),
    (Channel.TEXT, "texts"),
    (Channel.CALL, "calls"),
    (Channel.EMAIL, "e-mail"),
    (Channel.NONE, "nothing"),
)


class EditPerson(Dialog[str]):
    """Answers the person's name once it is on file."""

    wide = True
    DEFAULT_CSS = """
    EditPerson .row { height: auto; }
    EditPerson .last { margin-bottom: 1; }
    EditPerson .label { width: 14; color: $text-muted; }
    EditPerson PlainButton { margin-right: 2; }
    EditPerson #said { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "record", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, shop: Shop, contact: Contact, wishes: Wishes) -> None:
        super().__init__(f"Change {contact.name or 'a person'}   {masked(contact.number)}")
        self._shop = shop
        self._contact = contact
        self._wishes = wishes
        self._before: dict[str, str] = {}

    def inside(self) -> ComposeResult:
        """Lay out the fields, filled with what is on file."""
        contact, wishes = self._contact, self._wishes
        yield self._row("Name", "name", contact.name, "")
        yield self._row("Note", "note", contact.note, "likes peonies", limit=2000)
        yield self._row("Tags", "tags", ", ".join(contact.tags), "weekly, wedding")
        yield self._row("E-mail", "email", contact.email, "")
        yield self._row(
            "Birthday", "birthday", contact.birthday, "1985-03-09, or --03-09", last=True
        )
        yield self._row("Country", "region", contact.region or "", "US-FL, if not here")
        yield self._row("Time zone", "zone", contact.zone or "", "Chicago, if they told you")
        language = "es, fr-CA; if not yours"
        yield self._row("Language", "language", wishes.language, language, last=True)
        channel = str(wishes.channel or "")
        yield _row("Would like", Choices([(str(c), w) for c, w in _CHANNELS], [channel]))
        hours = "" if wishes.hours is None else week_text(wishes.hours)
        yield self._row("Texts only", "hours", hours, "mon-fri 9:00-12:00, on their clock")
        day = wishes.paused_until
        paused = "" if day is None else f"{local(day, self._shop.profile.zone).date()}"
        yield self._row("No offers till", "pause", paused, "2026-12-31", last=True)
        yield Plain("", id_="said")
        with Horizontal(classes="row last"):
            yield PlainButton("Keep it", primary=True, action="screen.record")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("tab goes on · f2 keeps it · esc leaves it as it was", classes="muted")

    def on_mount(self) -> None:
        """Start with the name."""
        self.query_one("#name").focus()

    def on_input_submitted(self) -> None:
        """Enter goes on to the next field."""
        self.focus_next()

    async def action_record(self) -> None:
        """Keep what was changed; what was not touched stays, even when it could not be shown."""
        try:
            contact = await self._shop.people.edit(
                self._contact.number,
                name=self._new("name"),
                note=self._new("note"),
                tags=self._tags(),
                email=self._new("email"),
                birthday=self._new("birthday"),
                region=self._new("region"),
                zone=self._new("zone"),
                wishes=WishChange(
                    channel=self._channel(),
                    paused_until=self._pause(),
                    language=self._new("language"),
                    hours=self._new("hours"),
                ),
            )
        except ShopbellError as error:
            sentence = f"{error.message} {error.hint}".strip()
            self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), sentence))
            return
        self.dismiss(contact.name)

    def _new(self, id_: str) -> str | None:
        """Return what stands in a field, or None when nobody changed it."""
        now = self.query_one(f"#{id_}", PlainInput).value
        return None if now == self._before[id_] else now.strip()

    def _tags(self) -> tuple[str, ...] | None:
        typed = self._new("tags")
        if typed is None:
            return None
        return tuple(filter(None, (tag.strip() for tag in typed.split(","))))

    def _channel(self) -> Channel | Literal[""] | None:
        chosen = self.query_one(Choices).one
        if chosen == str(self._wishes.channel or ""):
            return None
        return Channel(chosen) if chosen else ""

    def _pause(self) -> date | Literal[""] | None:
        typed = self._new("pause")
        if not typed:
            return "" if typed == "" else None
        try:
            return date.fromisoformat(typed)
        except ValueError:
            raise BadInput(f"“{typed[:20]}” is not a day.", "Write it like 2026-12-31.") from None

    def _row(
        self, label: str, id_: str, value: str, hint: str, *, limit: int = 200, last: bool = False
    ) -> Horizontal:
        field = PlainInput(value, placeholder=hint, id_=id_, limit=max(limit, len(value)))
        # The field drops what cannot be shown: what it holds now is what nobody changed.
        self._before[id_] = field.value
        return _row(label, field, last=last)


def _row(label: str, field: Widget, *, last: bool = False) -> Horizontal:
    return Horizontal(Plain(label, classes="label"), field, classes="row last" if last else "row")
