"""Asks why a rule of the rulebook is not to count in this shop. Must not decide whether it may."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from shopbell.domain.decision import Layer
from shopbell.domain.row_lines import RuleLine
from shopbell.errors import ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, lines, spans

_WHOSE = {
    Layer.LAW: "This is law, no habit of Shopbell's: set it aside only if you know that it does "
    "not bind you.",
    Layer.CARRIER: "This is a rule of the phone companies: they may block what goes against it.",
    Layer.POLICY: "This is custom there, not law.",
}


class SetRuleAside(Dialog[str]):
    """Answers what was done."""

    wide = True
    DEFAULT_CSS = """
    SetRuleAside .row { height: auto; margin: 1 0 0 0; }
    SetRuleAside .label { width: 9; color: $text-muted; }
    SetRuleAside #said { margin-top: 1; }
    SetRuleAside PlainButton { margin-right: 2; }
    SetRuleAside .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "record", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, shop: Shop, place: str, rules: tuple[RuleLine, ...]) -> None:
        """Make the box.

        Args:
            shop: whose rules they are.
            place: of the row: "US-TX".
            rules: what may be set aside of the row; at least one.
        """
        super().__init__(f"{place}: set a rule aside")
        self._shop = shop
        self._place = place
        self._rules = {line.rule: line for line in rules}

    def inside(self) -> ComposeResult:
        """Lay out the rule, its source and the reason."""
        first = next(iter(self._rules))
        if len(self._rules) > 1:
            with Horizontal(classes="row"):
                yield Plain("Rule", classes="label")
                named = [(rule, rule.removeprefix(f"{self._place}.")) for rule in self._rules]
                yield Choices(named, [first])
        yield Plain("", id_="rule")
        with Horizontal(classes="row"):
            yield Plain("Because", classes="label")
            yield PlainInput(placeholder="why it need not count here", id_="why", limit=300)
        with Horizontal(classes="row"):
            yield Plain("Who", classes="label")
            yield PlainInput(placeholder="your name", id_="who", limit=60)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("Set it aside", primary=True, action="screen.record")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("tab goes on · f2 sets it aside · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with which rule, or why."""
        self._tell()
        self.query("Choices, #why").first().focus()

    def on_choices_changed(self) -> None:
        """Say what the chosen rule says."""
        self._tell()

    def on_input_submitted(self) -> None:
        """Enter goes on to the next."""
        self.focus_next()

    async def action_record(self) -> None:
        """Set it aside, or say why not."""
        rule = self._chosen.rule
        try:
            await self._shop.rules.set_aside(
                rule,
                self.query_one("#why", PlainInput).value.strip(),
                self.query_one("#who", PlainInput).value.strip(),
            )
        except ShopbellError as error:
            said = spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}")
            self.query_one("#said", Plain).show(said)
            return
        self.dismiss(f"{rule} is set aside. Every decision that this changes names your reason.")

    @property
    def _chosen(self) -> RuleLine:
        several = self.query(Choices)
        return self._rules[several.first().one if several else next(iter(self._rules))]

    def _tell(self) -> None:
        line = self._chosen
        whose = "" if line.layer is None else _WHOSE[line.layer]
        source = "; ".join(part for part in (line.rule, line.citation) if part)
        self.query_one("#rule", Plain).show(
            lines(
                spans((f"{line.topic}: ", "bold"), line.says),
                spans((source, "$text-muted")),
                spans((f"{whose} The reason is kept with every decision it changes.".strip(), "")),
            )
        )
