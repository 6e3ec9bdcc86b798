"""The three lines around the work: shop and sending, the places, the keys. Must not decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from shopbell.tui.commands import PLACES, Command, command
from shopbell.tui.own_keys import key_for, shown_key
from shopbell.tui.plain import cell, is_typing, spans

if TYPE_CHECKING:
    from shopbell.services.practising import Standing

_ROOMY_PLACES = (*PLACES, "settings")
"""What the line of places shows in a wide window: once set, the settings are seldom gone to."""

_SHORTEST = 10
"""Cells below which words about a gateway in trouble say nothing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameView:
    """What the top bar and the line of places say."""

    shop: str = ""
    practice: bool = False
    sending: bool = False
    gateway: str = ""
    """Its name, and what is wrong with it if anything is."""
    gateway_ok: bool = True
    texts_this_month: int = 0
    budget_texts: int | None = None
    """How many texts may leave this month; None without such a limit."""
    texts_left: int = 0
    """How many of those are left."""
    waiting_replies: int = 0
    task: Standing | None = None
    """How far somebody is with a lesson; None where nobody practises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A stretch of a line; a click on it runs a command."""

    text: str
    style: str = ""
    command: str = ""


class LinkLine(Widget):
    """One line of links. Must not be focused: everything in it has a key."""

    DEFAULT_CSS = "LinkLine { height: 1; width: 1fr; }"

    def links(self, width: int) -> tuple[Link, ...]:
        """Return what to show in `width` cells."""
        raise NotImplementedError

    def render(self) -> Content:
        """Draw the line."""
        return spans(
            *((link.text, link.style) for link in self.links(self.size.width)), one_line=True
        )

    async def on_click(self, event: events.Click) -> None:
        """Run the command under the mouse."""
        right = 0
        for link in self.links(self.size.width):
            right += cell_len(link.text)
            if event.x < right:
                if link.command:
                    await self.screen.run_action(f"screen.run({link.command!r})")
                return


class TopBar(LinkLine):
    """The shop, whether texts are sent, how many so far, and what always works: stop all, lock."""

    DEFAULT_CSS = "TopBar { background: $surface; }"

    view = reactive(FrameView())
    typing = reactive(False)
    """Whether somebody types, so that letters are no commands now."""

    def __init__(self, view: FrameView) -> None:
        super().__init__()
        self.set_reactive(TopBar.view, view)

    def links(self, width: int) -> tuple[Link, ...]:
        """Return the shop on the left and the state on the right, the least important cut first."""
        view = self.view
        name = f" {view.shop}" + (" (practice)" if view.practice else "")
        state, keys = self._state(), self._keys()
        room = width - cell_len(name) - 4 - sum(cell_len(link.text) for link in keys)
        while len(state) > 1 and _together(state) > room:
            last = state.pop()
            left = room - _together(state) - 3
            if len(state) == 1 and not view.gateway_ok and left >= _SHORTEST:
                # What is wrong is said as far as it fits; the toast said the rest.
                state.append(replace(last, text=cell(last.text, left).rstrip()))
        right: list[Link] = []
        for part in state:
            right += [part, Link(text=" · ", style="$border")]
        right[-1] = Link(text="   ")
        right += keys
        used = sum(cell_len(part.text) for part in right)
        return Link(text=cell(name, max(width - used - 1, 8)) + " ", style="bold"), *right

    def _state(self) -> list[Link]:
        view = self.view
        sign, word, style = (
            ("●", "sending on", "$text-success")
            if view.sending
            else ("○", "sending off", "bold $text-warning")
        )
        state = [Link(text=f"{sign} {word}", style=style, command="everywhere.sending")]
        month = _month(view)
        if view.gateway:
            look = "$text-muted" if view.gateway_ok else "$text-warning bold"
            gateway = Link(text=view.gateway, style=look)
            # What is cut first stands last.
            limited = view.budget_texts is not None and view.gateway_ok
            return [*state, month, gateway] if limited else [*state, gateway, month]
        return [*state, month]

    def _keys(self) -> list[Link]:
        keys: list[Link] = []
        for id_, style in (("everywhere.stop_all", "$text-warning"), ("everywhere.lock", "")):
            one = command(id_)
            key = shown_key(one, typing=self.typing)
            look = style or "$text-muted"
            if keys:
                keys.append(Link(text="  "))
            keys.append(Link(text=f"{key} {one.words}", style=look, command=one.id))
        return [*keys, Link(text=" ")]


def _together(state: list[Link]) -> int:
    return sum(cell_len(link.text) + 3 for link in state) - 3


def _month(view: FrameView) -> Link:
    if view.budget_texts is not None:
        look = "$text-muted" if view.texts_left else "$text-warning bold"
        return Link(text=f"{view.texts_left:,} of {view.budget_texts:,} texts left", style=look)
    texts = "1 text" if view.texts_this_month == 1 else f"{view.texts_this_month:,} texts"
    return Link(text=f"{texts} this month", style="$text-muted")


class PlaceLine(LinkLine):
    """The places with their digits; the one we are in is bold and underlined."""

    DEFAULT_CSS = """
    PlaceLine { height: 2; border-bottom: solid $border; padding: 0; }
    """

    view = reactive(FrameView())

    def __init__(self, here: str, view: FrameView) -> None:
        super().__init__()
        self._here = here
        self.set_reactive(PlaceLine.view, view)

    def links(self, width: int) -> tuple[Link, ...]:
        """Return one link for every place: closer, then shorter words, where it is narrow."""
        for places, gap, letters in (
            *((_ROOMY_PLACES, gap, 12) for gap in (4, 3)),
            *((PLACES, gap, 12) for gap in (4, 3, 2)),
            *((PLACES, 1, most) for most in range(12, -1, -1)),
        ):
            line = self._line(places, " " * gap, letters)
            # Where there is room between the words, there is some beside the last one too.
            if sum(cell_len(link.text) for link in line) + min(gap - 1, 1) <= width:
                break
        return line

    def _line(self, places: tuple[str, ...], gap: str, letters: int) -> tuple[Link, ...]:
        line = [Link(text="  " if len(gap) > 1 else " ")]
        for place in places:
            one = command(f"everywhere.{place}")
            waiting = self.view.waiting_replies if place == "replies" else 0
            is_here = place == self._here
            line += [
                Link(text=key_for(one.id) + " ", style="$text-muted", command=one.id),
                Link(
                    text=one.words if is_here else one.words[:letters],
                    style="bold underline $text-accent" if is_here else "$foreground",
                    command=one.id,
                ),
                Link(
                    text=f" ·{waiting}" if waiting else "",
                    style="bold $text-accent",
                    command=one.id,
                ),
                Link(text=gap),
            ]
        return tuple(line[:-1])


class KeyLine(LinkLine):
    """The keys that are possible right now."""

    DEFAULT_CSS = "KeyLine { dock: bottom; background: $surface; }"

    def __init__(self, commands: Callable[[], tuple[Command, ...]], last: tuple[str, ...]) -> None:
        super().__init__()
        self._commands = commands
        self._last = last

    def links(self, width: int) -> tuple[Link, ...]:
        """Return as many keys as fit; the last ones, such as help, always do."""
        typing = is_typing(self.screen.focused)
        fixed = [pair for id_ in self._last if (pair := _pair(command(id_), typing=typing))]
        room = width - 1 - sum(_width(pair) for pair in fixed)
        line = [Link(text=" ")]
        for one in self._commands():
            pair = _pair(one, typing=typing)
            if pair and one.id not in self._last and _width(pair) <= room:
                line += pair
                room -= _width(pair)
        for pair in fixed:
            line += pair
        return tuple(line)


def _pair(one: Command, *, typing: bool) -> tuple[Link, Link] | None:
    key = shown_key(one, typing=typing)
    if key is None:
        return None
    return (
        Link(text=key, style="bold $text-accent", command=one.id),
        Link(text=f" {one.words}  ", style="$text-muted", command=one.id),
    )


def _width(pair: tuple[Link, Link]) -> int:
    return cell_len(pair[0].text) + cell_len(pair[1].text)
