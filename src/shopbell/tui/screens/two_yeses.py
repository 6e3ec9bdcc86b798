"""Two people's yes to large campaigns: from how many people on, and whose. Must not hear a yes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.domain.second_yes import SecondYes, two_needed
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput, ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.form import said_of
from shopbell.tui.frame import Dialog
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, PlainList, cell, spans
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.screens.own_word import OwnWord
from shopbell.tui.work import start

_COUNT, _ADD = "count", "add"
_LABEL = 18


class TwoYeses(Dialog[None]):
    """A line for the number of people, one for each name, and one to add somebody."""

    wide = True
    scope = Scope.NAMES
    prints_keys = True
    DEFAULT_CSS = """
    TwoYeses PlainList { margin: 1 0; max-height: 10; }
    TwoYeses #said { display: none; }
    TwoYeses #said.-told { display: block; margin-bottom: 1; }
    TwoYeses .muted { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        *bindings(Scope.NAMES),
    ]

    def __init__(self, shop: Shop, who: str) -> None:
        """Make the box.

        Args:
            shop: whose rule it is. A real one asks for its passphrase before the first change:
                a screen that somebody left open must not let one person make two of themselves.
            who: who changes it, for the history.
        """
        super().__init__("Two people's yes to large campaigns")
        self._shop = shop
        self._yeses = shop.second_yes
        self._is_proven = shop.profile.practice
        self._who = who
        self._rule = SecondYes()

    def inside(self) -> ComposeResult:
        """Lay out what holds, the lines, and what the keys do."""
        yield Plain("", id_="rule")
        yield PlainList()
        yield Plain("", id_="said")
        yield Plain(
            with_keys(
                "↵ changes a line · [names.add] adds somebody · [names.remove] takes a name off · "
                "esc leaves"
            ),
            classes="muted",
        )

    def on_mount(self) -> None:
        """Read what holds now."""
        self.query_one(PlainList).focus()
        start(self, self._load, "two")

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Ask for the number of people, or for a word."""
        match event.option_id:
            case "count":
                self._once_proven(self._ask_count)
            case "add":
                self.do_add()
            case _:
                if (name := self._under_cursor) is not None:
                    self._once_proven(partial(self._ask_word, name))

    def do_add(self) -> None:
        """Let one more person say yes."""
        self._once_proven(partial(self._ask_word, ""))

    def do_remove(self) -> None:
        """Take the name under the cursor off the list, after one more key."""
        name = self._under_cursor
        if name is None:
            self._say("Go down to a name first.")
            return
        self._once_proven(partial(self._ask_remove, name))

    def _once_proven(self, go_on: Callable[[], None]) -> None:
        """Go on once somebody has shown that they know the passphrase."""
        if self._is_proven:
            go_on()
            return

        async def take(typed: str) -> str:
            await self._shop.prove(Secret(typed))
            return "proven"

        def taken(done: str | None) -> None:
            if done is not None:
                self._is_proven = True
                go_on()

        about = "Only somebody who knows it can change whose yes is needed."
        box = AskLine("The passphrase of the shop", about, take, hidden=True)
        self.app.push_screen(box, taken)

    def _ask_remove(self, name: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                start(self, partial(self._remove, name), "remove")

        box = Confirm(
            f"Take {name} off the list?",
            f"{name} can then say no second yes any more.",
            yes="Take the name off",
            no="Leave it",
        )
        self.app.push_screen(box, answered)

    @property
    def _under_cursor(self) -> str | None:
        """The name under the cursor."""
        chosen = self.query_one(PlainList).chosen
        if chosen is None or not chosen.isdecimal():
            return None
        return self._rule.names[int(chosen)]

    def _ask_count(self) -> None:
        now = str(self._rule.from_count) if self._rule.is_on else ""
        about = (
            "The yes of two people is needed for a campaign to so many people or more, like: 100. "
            "An empty line: one person's yes is enough."
        )

        async def take(line: str) -> str:
            rule = await self._yeses.need_from(_count(line), by=self._who)
            return two_needed(rule)

        self.app.push_screen(
            AskLine("From how many people on?", about, take, value=now), self._done
        )

    def _ask_word(self, name: str) -> None:
        self.app.push_screen(OwnWord(self._yeses, self._who, name), self._done)

    def _done(self, said: str | None) -> None:
        if said is not None:
            start(self, partial(self._load, said), "two")

    async def _remove(self, name: str) -> None:
        try:
            await self._yeses.remove(name, by=self._who)
        except ShopbellError as error:
            self._say(said_of(error), sign="! ")
            return
        await self._load(f"{name} is off the list.")

    async def _load(self, said: str = "") -> None:
        try:
            self._rule = rule = await self._yeses.rule()
        except ShopbellError as error:
            self._say(said_of(error), sign="! ")
            return
        self.query_one("#rule", Plain).show(two_needed(rule))
        self.query_one(PlainList).show(_entries(rule))
        self._say(said)

    def _say(self, sentence: str, sign: str = "") -> None:
        said = self.query_one("#said", Plain)
        said.show(spans((sign, "bold $text-warning"), sentence))
        said.set_class(bool(sentence), "-told")


def _entries(rule: SecondYes) -> list[tuple[str, str | Content]]:
    needed = f"{rule.from_count:,} people or more" if rule.is_on else "off: one yes is enough"
    names = [
        (str(at), spans((cell(name, _LABEL), "bold"), ("  has a word of their own", "$text-muted")))
        for at, name in enumerate(rule.names)
    ]
    return [
        (_COUNT, spans((cell("Needed from", _LABEL), "bold"), f"  {needed}")),
        *names,
        (_ADD, "Add somebody, with a word of their own"),
    ]


def _count(line: str) -> int:
    digits = line.replace(",", "").replace(" ", "")
    if not digits:
        return 0
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        raise BadInput(
            f"“{line[:20]}” is no number of people.", "Write it in digits, like: 100", code="usage"
        )
    return int(digits)
