"""The frame every place has, and the box every dialog has. Must not know what is shown in them."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from shopbell.domain.ids import E164
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.tui.bars import FrameView, KeyLine, PlaceLine, TopBar
from shopbell.tui.commands import Command, Scope, command, of_scope
from shopbell.tui.fitting import fit, skip_if_fitted
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, is_typing, lines, spans
from shopbell.tui.task_line import TaskLine
from shopbell.tui.waiting import SHOW_WAIT_AFTER, AtWork
from shopbell.tui.work import or_told

R = TypeVar("R")


class Situation(Plain):
    """What a place says when it has nothing to show: empty, loading, failed.

    While it speaks, its neighbours of the class `content` are hidden.
    """

    DEFAULT_CSS = """
    Situation { width: 1fr; height: auto; padding: 1 2; display: none; color: $foreground; }
    """

    _is_hushed = False

    def say(self, sentence: str, hint: str = "", *, sign: str = "") -> None:
        """Show a sentence and, below it, what to do, with the keys for what it names."""
        hint = with_keys(hint)
        head = spans((sign + " " if sign else "", "bold $text-warning"), (sentence, "bold"))
        self._is_hushed = False
        self.show(lines(head, spans(""), spans((hint, "$text-muted"))) if hint else head)
        if self.parent is not None:
            self.parent.add_class("-told")

    def fail(self, error: ShopbellError, again: str) -> None:
        """Show what went wrong, and how to try again."""
        self.say(error.message, " ".join(part for part in (error.hint, again) if part), sign="!")

    @property
    def is_speaking(self) -> bool:
        """Whether it says anything now."""
        return self.parent is not None and self.parent.has_class("-told")

    def hush(self, then: Callable[[], object] = lambda: None) -> None:
        """Say nothing: what stands beside it is shown again, unless something is said at once.

        Args:
            then: called once the neighbours are seen again.
        """
        # Hiding and showing the neighbours costs as much as drawing them: who finds nobody twice
        # running does neither.
        self._is_hushed = True
        self.call_later(self._fall_silent, then)

    def _fall_silent(self, then: Callable[[], object]) -> None:
        if self._is_hushed and self.parent is not None:
            self.parent.remove_class("-told")
            self.call_after_refresh(then)


class Asked(Message):
    """A command was given that the screen itself does not know: the app runs it."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.id = id_


class FrameScreen(Screen[None]):
    """A place, or something opened from one. Subclasses say what is in the frame."""

    AUTO_FOCUS = ""
    scope: ClassVar[Scope]
    place: ClassVar[str] = ""
    """The place it belongs to, as the line of places names it."""
    shows: ClassVar[frozenset[Changed]] = frozenset()
    """The kinds of change after which it must be read again."""

    DEFAULT_CSS = """
    FrameScreen { background: $background; }
    FrameScreen > #work { height: 1fr; padding: 1 2 0 2; }
    FrameScreen.-short > #work, FrameScreen.-tiny > #work { padding: 0 2; }
    FrameScreen.-practises ToastRack { margin-bottom: 4; }
    FrameScreen.-narrow > #work { padding: 0 1; }
    """

    view: reactive[FrameView] = reactive(FrameView())
    is_filling = False
    """Whether it reads what it shows for the first time: a key pressed ahead waits for that."""
    _filled = False
    _had_focus: Widget | None = None
    """What had the focus last, also while it is hidden."""

    class Left(Message):
        """Somebody wants to go back to where they came from."""

    class PersonOpened(Message):
        """Somebody's sheet is wanted."""

        def __init__(self, number: E164) -> None:
            super().__init__()
            self.number = number

    class TextWanted(Message):
        """Somebody is to be texted; `answering` when it answers what they wrote."""

        def __init__(
            self, number: E164 | None = None, name: str = "", *, answering: bool = False
        ) -> None:
            super().__init__()
            self.number = number
            self.name = name
            self.answering = answering

    class SignUpWanted(Message):
        """A yes is to be written down; without a number it is somebody new."""

        def __init__(self, number: E164 | None = None, name: str = "") -> None:
            super().__init__()
            self.number = number
            self.name = name

    @property
    def is_behind(self) -> bool:
        """Whether what it shows is not there yet, so that a key pressed ahead waits for it."""
        return self.is_filling

    def load(self) -> None:
        """Read what the screen shows, in a worker."""

    def changed(self, kinds: frozenset[Changed]) -> None:
        """Read again what the screen shows, if that changed."""
        if kinds & (self.shows | {Changed.ANYTHING}):
            self.load()

    def work(self) -> ComposeResult:
        """Yield what is inside the frame."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        fit(self)
        yield TopBar(self.view)
        yield PlaceLine(self.place, self.view)
        with Vertical(id="work"):
            yield from self.work()
            yield Situation()
        yield TaskLine(self.view.task)
        yield KeyLine(self.commands, ("everywhere.help", "everywhere.palette"))

    @on(events.Resize)
    def once_is_enough(self, event: events.Resize) -> None:
        """The size it came up with is no news."""
        skip_if_fitted(self, event)

    def commands(self) -> tuple[Command, ...]:
        """Return the commands for the key line: those that are possible now."""
        return _possible(self, (self.scope, Scope.EVERYWHERE))

    def why_not(self, _id: str) -> str:
        """Return why a command is not possible now, in a sentence, or "" when it is."""
        return ""

    def watch_view(self, view: FrameView) -> None:
        """Tell the lines around the work."""
        for bar in self.query(TopBar):
            bar.view = view
        for line in self.query(PlaceLine):
            line.view = view
        for task in self.query(TaskLine):
            task.standing = view.task
        self.set_class(view.task is not None, "-practises")

    def refresh_keys(self) -> None:
        """Look again at what is possible."""
        for line in self.query(KeyLine):
            line.refresh()
        for bar in self.query(TopBar):
            bar.typing = is_typing(self.focused)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keys depend on whether somebody types."""
        self._had_focus = event.widget
        self.refresh_keys()

    def on_descendant_blur(self) -> None:
        """The keys depend on whether somebody types."""
        self.refresh_keys()

    async def action_run(self, id_: str) -> None:
        """Run a command by its id."""
        await run(self, id_)

    async def ask(self, answer: Awaitable[R], doing: str, again: str) -> R | None:
        """Await a service; show the first wait when it is long, and the sentence when it fails.

        Args:
            answer: what is awaited.
            doing: what is being done, for a wait: "Looking".
            again: how to try again, for a failure.

        Returns:
            The answer, or None when it failed (that is already on the screen).
        """
        try:
            situation = self.query_one(Situation)
        except NoMatches:
            # The screen is on its way out: what was to be asked is not asked any more.
            if inspect.iscoroutine(answer):
                answer.close()
            raise
        timer = None
        if not self._filled:
            self.is_filling = True
            timer = self.set_timer(SHOW_WAIT_AFTER, lambda: situation.say(f"{doing} …"))
        try:
            given = await answer
        except ShopbellError as error:
            situation.fail(error, again)
            return None
        else:
            self._filled = True
            if situation.is_speaking:
                # What was hidden has lost the focus: it gets it back.
                situation.hush(then=self._focus_again)
            return given
        finally:
            self.is_filling = False
            if timer is not None:
                timer.stop()

    def _focus_again(self) -> None:
        widget = self._had_focus
        if self.focused is None and widget is not None and widget.is_attached:
            widget.focus()


class Dialog(AtWork[R]):
    """A box over whatever was there. `None` always means that it was left."""

    AUTO_FOCUS = ""
    scope: ClassVar[Scope | None] = None
    wide: ClassVar[bool] = False
    prints_keys: ClassVar[bool] = False
    """Whether it names the keys of its scope in its own words."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 70%; }
    Dialog > #box {
        width: 64; max-width: 100%; height: auto; max-height: 100%;
        background: $background; border: round $accent; padding: 1 2 0 2;
        overflow-y: auto; scrollbar-size-vertical: 1;
    }
    Dialog.-tiny > #box { padding: 0 1; }
    Dialog.-big > #box { width: 84; }
    Dialog > #box > #title { text-style: bold; margin-bottom: 1; }
    Dialog > #box > KeyLine { dock: none; background: $background; margin-top: 1; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.set_class(self.wide, "-big")

    def inside(self) -> ComposeResult:
        """Yield what is in the box."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        fit(self)
        with Vertical(id="box"):
            yield Plain(self._title, id_="title")
            yield from self.inside()
            if self.scope is not None and not self.prints_keys:
                yield KeyLine(self.commands, ())

    @on(events.Resize)
    def once_is_enough(self, event: events.Resize) -> None:
        """The size it came up with is no news."""
        skip_if_fitted(self, event)

    def commands(self) -> tuple[Command, ...]:
        """Return the commands for the key line: those that are possible now."""
        return _possible(self, (self.scope,) if self.scope else ())

    def why_not(self, _id: str) -> str:
        """Return why a command is not possible now, in a sentence, or "" when it is."""
        return ""

    def on_descendant_focus(self) -> None:
        """The keys depend on whether somebody types."""
        self.refresh_keys()

    def refresh_keys(self) -> None:
        """Look again at what is possible."""
        for line in self.query(KeyLine):
            line.refresh()

    async def action_run(self, id_: str) -> None:
        """Run a command by its id."""
        await run(self, id_)


async def run(screen: FrameScreen | Dialog[R], id_: str) -> None:
    """Run a command on a screen, or say why it is not possible now."""
    if command(id_).scope is screen.scope and (reason := screen.why_not(id_)):
        screen.notify(reason)
        return
    do = getattr(screen, f"do_{command(id_).name}", None)
    if do is None:
        screen.post_message(Asked(id_))
    else:
        await or_told(screen, partial(_done, do))


async def _done(do: Callable[[], object]) -> None:
    if inspect.isawaitable(done := do()):
        await done


def _possible(screen: FrameScreen | Dialog[R], scopes: tuple[Scope, ...]) -> tuple[Command, ...]:
    return tuple(
        one
        for scope in scopes
        for one in of_scope(scope)
        if one.in_footer and not (one.scope is screen.scope and screen.why_not(one.id))
    )
