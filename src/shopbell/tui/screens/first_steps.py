"""What to do first in a new shop: the people who said no come before all others. Must not do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.services.shop import Shop
from shopbell.tui.frame import Dialog
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, PlainList

_FACTS = (
    "Does anybody already not want to be texted? Bring those numbers in "
    "first: whatever list comes later, they stay off."
)
_LATER = "Later: [everywhere.palette] and “first steps” brings this back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What is done already of what comes first."""

    has_stops: bool
    has_people: bool
    is_proved: bool
    """Whether a STOP is known to arrive, so that campaigns may start."""


async def steps_done(shop: Shop) -> Steps:
    """Look what is done.

    Raises:
        VaultError: the file could not be read.
    """
    batches = await shop.imports.history()
    return Steps(
        has_stops=any(one.counts.suppressed for one in batches),
        has_people=(await shop.people.find(count=1)).total > 0,
        is_proved=(await shop.stop_path.now()).is_open,
    )


class FirstSteps(Dialog[str]):
    """Answers the id of the command that was chosen; None for later."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = "FirstSteps PlainList { margin: 1 0; }"

    def __init__(self, steps: Steps) -> None:
        super().__init__("First things first")
        self._steps = steps

    def inside(self) -> ComposeResult:
        """Lay out the steps."""
        yield Plain(_FACTS)
        yield PlainList(self._choices())
        yield Plain("↵ chooses · esc leaves", classes="muted")

    def _choices(self) -> list[tuple[str, str]]:
        steps = self._steps
        return [
            ("everywhere.stops", _line(steps.has_stops, "Bring in who said no: a list, or typed")),
            ("everywhere.import", _line(steps.has_people, "Bring in people: a till, a phone")),
            (
                "everywhere.gateways",
                _line(steps.is_proved, "Text yourself, and see that a STOP arrives"),
            ),
            ("everywhere.recovery", _line(False, "See the recovery code again")),
            ("later", _line(False, with_keys(_LATER))),
        ]

    def on_mount(self) -> None:
        """Start on the first."""
        choices = self.query_one(PlainList)
        choices.highlighted = 0
        choices.focus()

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(None if event.option_id == "later" else event.option_id)


def _line(is_done: bool, words: str) -> str:
    return f"{'✓' if is_done else ' '} {words}"
