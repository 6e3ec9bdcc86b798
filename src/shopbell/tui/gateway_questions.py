"""The questions about the gateway: which one, and the account there. Must not connect to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual.app import ComposeResult

from shopbell.domain.gateway import AccountField, PresetInfo
from shopbell.errors import BadInput
from shopbell.services.ports import GatewayShelf
from shopbell.tui.answers import LATER, PRACTICE, Answers
from shopbell.tui.plain import Plain, PlainInput, PlainList, spans
from shopbell.tui.questions import (
    HoursQuestion,
    NameQuestion,
    PassphraseQuestion,
    PlaceQuestion,
    Question,
    row,
)

_AROUND = 17
"""Lines of the screen besides the list."""

_LEAST = 4


class GatewayQuestion(Question):
    """How texts leave."""

    DEFAULT_CSS = "GatewayQuestion #about { margin: 1 2; min-height: 3; }"
    title = "How do your texts leave?"
    why = "A service you have an account with, or your own Android phone. You can change it later."

    def __init__(self, shelf: GatewayShelf, answers: Answers) -> None:
        super().__init__(answers)
        self._presets = tuple(preset for preset in shelf.presets() if not preset.practice)

    def fields(self) -> ComposeResult:
        """Yield the list."""
        yield PlainList([(id_, spans(words, one_line=True)) for id_, words, _ in self._ways()])
        yield Plain("", id_="about", classes="muted")

    def on_mount(self) -> None:
        """Start on what was chosen before."""
        ways = [id_ for id_, _, _ in self._ways()]
        choices = self.query_one(PlainList)
        choices.highlighted = ways.index(self.answers.way) if self.answers.way in ways else 0
        choices.focus()

    def on_resize(self) -> None:
        """Leave room for the keys below the list, however low the window is."""
        room = max(self.screen.size.height - _AROUND, _LEAST)
        self.query_one(PlainList).styles.max_height = room

    def on_option_list_option_highlighted(self, event: PlainList.OptionHighlighted) -> None:
        """Say what it is."""
        about = {id_: about for id_, _, about in self._ways()}
        self.query_one("#about", Plain).show(about.get(event.option_id or "", ""))

    def on_option_list_option_selected(self) -> None:
        """Enter answers."""
        self.post_message(self.Answered())

    def take(self, answers: Answers) -> Answers:
        """Take the way."""
        return replace(answers, way=self.query_one(PlainList).chosen or PRACTICE)

    def _ways(self) -> list[tuple[str, str, str]]:
        return [
            (PRACTICE, "Practise first", "Everything works, and nothing can leave this computer."),
            *((preset.id, preset.name, preset.about) for preset in self._presets),
            (LATER, "Later", "Make the shop file now, and choose when you have an account."),
        ]


class AccountQuestion(Question):
    """The account at the gateway."""

    title = "Your account there"
    why = "Kept in the encrypted file, and sent to that gateway only."

    def __init__(self, shelf: GatewayShelf, answers: Answers) -> None:
        super().__init__(answers)
        self._shelf = shelf
        self._preset: PresetInfo | None = (
            shelf.preset(answers.way) if answers.way not in {PRACTICE, LATER} else None
        )

    @property
    def is_needed(self) -> bool:
        """Only where there is an account."""
        return self._preset is not None

    @property
    def _asked(self) -> tuple[AccountField, ...]:
        fields = self._preset.fields if self._preset else ()
        return tuple(field for field in fields if not field.later)

    def fields(self) -> ComposeResult:
        """Yield one field for each thing the gateway needs, and the price of a part."""
        for index, field in enumerate(self._asked):
            value = self.answers.account.get(field.key, "")
            yield row(
                field.label,
                PlainInput(
                    value, placeholder=like(field.example), id_=f"f{index}", password=field.secret
                ),
            )
        yield row(
            "Price per part", PlainInput(placeholder="like 0.0079 USD, or empty", id_="price")
        )

    def take(self, answers: Answers) -> Answers:
        """Take the account."""
        account = {
            field.key: value
            for index, field in enumerate(self._asked)
            if (value := self.query_one(f"#f{index}", PlainInput).value.strip())
        }
        self._shelf.check_account(answers.way, account)
        micros, currency = read_price(self.query_one("#price", PlainInput).value)
        return replace(answers, account=account, price_micros=micros, currency=currency)


def first_questions(shelf: GatewayShelf) -> tuple[Callable[[Answers], Question], ...]:
    """Return how to make each question, in order."""
    return (
        NameQuestion,
        PlaceQuestion,
        HoursQuestion,
        PassphraseQuestion,
        partial(GatewayQuestion, shelf),
        partial(AccountQuestion, shelf),
    )


def like(example: str) -> str:
    """Return an example so that nobody takes it for an answer that stands there already."""
    return f"like {example}" if example else ""


def read_price(text: str) -> tuple[int | None, str | None]:
    """Return the millionths and the currency of "0.0079 USD"; both None when it is empty.

    Raises:
        BadInput: it cannot be read.
    """
    parts = text.replace(",", ".").split()
    if not parts:
        return None, None
    hint = "Write it like 0.0079 USD, or leave it empty."
    if len(parts) != 2 or not (parts[1].isascii() and parts[1].isalpha() and len(parts[1]) == 3):
        raise BadInput("The price cannot be read.", hint)
    whole, _, cents = parts[0].partition(".")
    digits = f"{whole or '0'}{cents}"
    if not (digits.isascii() and digits.isdecimal()) or len(whole) > 4 or len(cents) > 6:
        raise BadInput("The price cannot be read.", hint)
    return int(whole or "0") * 1_000_000 + int(cents.ljust(6, "0")), parts[1].upper()
