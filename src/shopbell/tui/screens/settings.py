"""Settings of this computer: colours, how much air, when it locks. Must not touch the shop file.

What is chosen here holds at once; whether it is remembered depends on the settings file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from shopbell.domain.people import Page
from shopbell.domain.telling import counted
from shopbell.errors import BadInput
from shopbell.services.settings_file import LONGEST_LOCK, SHORTEST_LOCK, Density, Settings
from shopbell.tui.commands import Command, Scope, bindings, command
from shopbell.tui.frame import Asked, FrameScreen
from shopbell.tui.key_changing import KeyChanging
from shopbell.tui.key_labels import label
from shopbell.tui.own_keys import OwnKeys
from shopbell.tui.plain import Plain, cell, spans
from shopbell.tui.rows import Drawn, Ink, Rows
from shopbell.tui.screens.ask_line import AskLine

_LABEL = 14
_BELL = "everywhere.bell"
_HINT = f"Write a number from {SHORTEST_LOCK} to {LONGEST_LOCK}."


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """One line: a setting, or what is wrong with the file."""

    command: str
    """What enter does; "" where there is nothing to do."""
    label: str
    says: str
    more: str
    keys_of: Command | None = None
    """Whose keys it tells, if it is about one command."""


class SettingChosen(Message):
    """A setting was changed; `name` is the one of the settings file."""

    def __init__(self, name: str, value: str | int) -> None:
        super().__init__()
        self.name = name
        self.value = value


class SettingsScreen(FrameScreen):
    """A line for each setting, and one for each trouble with the file."""

    scope = Scope.SETTINGS

    DEFAULT_CSS = """
    SettingsScreen #more { height: auto; max-height: 6; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.SETTINGS)]

    def __init__(self, settings: Settings, file: str, keys: KeyChanging) -> None:
        """Make the screen.

        Args:
            settings: how they are now.
            file: where they are remembered, for people to read.
            keys: which keys are changed, and how to change more.
        """
        super().__init__()
        self._keys = keys
        self._settings = settings
        self._file = file

    def work(self) -> ComposeResult:
        """Lay out the lines, and what the one under the cursor means."""
        yield Plain("Settings", classes="heading")
        yield Rows[SettingRow](self._draw)
        yield Plain("", id_="more")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.show(self._settings)

    def show(self, settings: Settings) -> None:
        """Show how they are now."""
        self._settings = settings
        every = (*_rows(settings, self._keys.own), *_about_the_file(settings, self._file))
        page = Page(rows=every, first=0, total=len(every))

        async def again(_first: int, _count: int) -> Page[SettingRow]:
            return page

        rows: Rows[SettingRow] = self.query_one(Rows)
        rows.show(page, again, cursor=rows.cursor)
        self.refresh_keys()

    def why_not(self, id_: str) -> str:
        """Some lines only tell something."""
        row: SettingRow | None = self.query_one(Rows).chosen
        if id_ == "settings.change" and (row is None or not row.command):
            return "This line only tells something."
        return ""

    async def do_change(self) -> None:
        """Change the setting under the cursor."""
        row: SettingRow | None = self.query_one(Rows).chosen
        if row is None or not row.command:
            return
        if row.keys_of is not None:
            self._keys.ask(row.keys_of, self._keys_changed)
            return
        await self.action_run(row.command)
        if row.command == _BELL:
            self.show(replace(self._settings, bell=not self._settings.bell))

    def do_colours(self) -> None:
        """Choose the colours; each is tried on."""
        self.post_message(Asked("everywhere.themes"))

    def do_density(self) -> None:
        """Change how much air there is."""
        roomy = self._settings.density is Density.ROOMY
        self.post_message(SettingChosen("density", Density.COMPACT if roomy else Density.ROOMY))

    def do_lock_after(self) -> None:
        """Ask for the minutes."""

        async def take(line: str) -> str:
            minutes = _minutes(line)
            self.post_message(SettingChosen("lock_minutes", minutes))
            return f"It locks after {_spoken(minutes)} without a key."

        def done(said: str | None) -> None:
            if said is not None:
                self.notify(said)

        about = f"How many minutes may nobody touch a key? {_HINT}"
        value = str(self._settings.lock_minutes)
        self.app.push_screen(AskLine("When does it lock?", about, take, value=value), done)

    def do_keys(self) -> None:
        """Ask which command shall have other keys."""
        self._keys.choose(self._keys_changed)

    def _keys_changed(self) -> None:
        self.show(replace(self._settings, troubles=self._keys.troubles))

    async def on_rows_opened(self) -> None:
        """Enter changes."""
        await self.do_change()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Say what the line means."""
        self.query_one("#more", Plain).show(spans((event.row.more, "$text-muted")))
        self.refresh_keys()

    def _draw(self, row: SettingRow, width: int) -> Drawn:
        trouble = row.label.startswith("!")
        return (
            (cell(row.label, _LABEL) + "  ", Ink.CAREFUL if trouble else Ink.STRONG),
            (cell(row.says, max(width - _LABEL - 2, 4)), Ink.PLAIN),
        )


def _rows(settings: Settings, keys: OwnKeys) -> tuple[SettingRow, ...]:
    air = {
        Density.ROOMY: "Lines and blanks part what does not belong together.",
        Density.COMPACT: "More lines of a list fit on the screen.",
    }
    return (
        SettingRow(
            command="settings.colours",
            label="Colours",
            says=settings.theme,
            more="Enter shows all colours; each is tried on while the cursor is on it.",
        ),
        SettingRow(
            command="settings.density",
            label="Density",
            says=settings.density.value,
            more=f"{air[settings.density]} Enter changes it.",
        ),
        SettingRow(
            command="settings.lock_after",
            label="Locks after",
            says=f"{_spoken(settings.lock_minutes)} without a key",
            more="Then the passphrase is asked for again, as it is when the computer slept.",
        ),
        SettingRow(
            command=_BELL,
            label="Bell",
            says="rings when somebody writes" if settings.bell else "silent",
            more="Enter turns the bell of the terminal on or off.",
        ),
        SettingRow(
            command="settings.keys",
            label="Keys",
            says=f"{counted(len(keys.changed), 'command')} with keys of your own"
            if keys.changed
            else "as Shopbell comes",
            more="Enter lets you choose what other keys shall stand for; ? shows all keys.",
        ),
        *(
            SettingRow(
                command="settings.keys",
                keys_of=(one := command(id_)),
                label="",
                says=f"{'  '.join(map(label, theirs))}  {one.words} ({one.scope})",
                more=f"{one.help} Named {id_} in the file. Enter changes it; an empty line brings "
                f"back {'  '.join(map(label, one.keys)) or 'no key'}.",
            )
            for id_, theirs in keys.changed.items()
        ),
    )


def _about_the_file(settings: Settings, file: str) -> tuple[SettingRow, ...]:
    return (
        SettingRow(
            command="",
            label="Kept in",
            says=file,
            more=f"A plain file you can edit; it holds nothing of the shop. {file}",
        ),
        *(
            SettingRow(command="", label="! Trouble", says=trouble, more=trouble)
            for trouble in settings.troubles
        ),
    )


def _minutes(line: str) -> int:
    digits = line.strip().removesuffix("minutes").removesuffix("min").strip()
    minutes = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 5 else 0
    if not SHORTEST_LOCK <= minutes <= LONGEST_LOCK:
        raise BadInput("That is not a number of minutes it can lock after.", _HINT, code="usage")
    return minutes


def _spoken(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
