"""Asks of which country numbers without a country code are. Must not read a number."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from shopbell.domain.dialling import DialledCountry, countries_like, country_called
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainInput, PlainList, spans

_MOST = 190


class AskCountry(Dialog[str]):
    """Answers the country, ISO alpha-2."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(9)", show=False),
        Binding("pageup", "move(-9)", show=False),
    ]
    DEFAULT_CSS = "AskCountry PlainList { height: 9; margin: 1 0; }"

    def __init__(self, now: str, shop: str) -> None:
        """Make the question.

        Args:
            now: the country that counts at present.
            shop: the shop's own.
        """
        super().__init__("Of which country are numbers without a country code?")
        self._now = now
        self._shop = shop

    def inside(self) -> ComposeResult:
        """Lay out a field that narrows the list, and the countries."""
        yield PlainInput(placeholder="a name, two letters, or +44", limit=60)
        yield PlainList(self._entries(""))
        yield Plain("Numbers that begin with + say it themselves.", classes="muted")
        yield Plain("↵ chooses · ↑ ↓ move · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start on the country that counts at present."""
        self.query_one(PlainInput).focus()
        self.query_one(PlainList).can_focus = False

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Narrow the list; the best match is under the cursor."""
        countries = self.query_one(PlainList)
        countries.show(self._entries(event.value))
        if countries.option_count:
            countries.highlighted = 0

    def on_input_submitted(self) -> None:
        """Answer what is under the cursor."""
        if (chosen := self.query_one(PlainList).chosen) is not None:
            self.dismiss(chosen)

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Answer what was clicked."""
        self.dismiss(event.option_id or self._now)

    def action_move(self, by: int) -> None:
        """Move through the countries while the field keeps the letters."""
        countries = self.query_one(PlainList)
        if countries.option_count:
            at = (countries.highlighted or 0) + by
            countries.highlighted = min(max(at, 0), countries.option_count - 1)

    def _entries(self, words: str) -> list[tuple[str, Content]]:
        found = list(countries_like(words))
        if not words.strip():
            first = [country_called(code) for code in dict.fromkeys((self._now, self._shop))]
            found = [*(one for one in first if one is not None), *found]
        return [(one.code, self._line(one)) for one in dict.fromkeys(found)][:_MOST]

    def _line(self, one: DialledCountry) -> Content:
        said = "   as now" if one.code == self._now else ""
        said += "   the shop\u2019s own" if one.code == self._shop else ""
        return spans(
            (f"{one.code}  +{one.prefix:<4} ", "$text-muted"),
            one.name,
            (said, "$text-muted"),
            one_line=True,
        )
