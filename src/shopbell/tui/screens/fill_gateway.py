"""Asks for the account at a gateway. What is secret is typed blind, and never shown again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from shopbell.domain.gateway import AccountField, GatewayConfig, PresetInfo
from shopbell.errors import ShopbellError
from shopbell.tui.frame import Dialog
from shopbell.tui.gateway_questions import like, read_price
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans
from shopbell.tui.words import price

Save = Callable[[GatewayConfig], Awaitable[None]]


class FillGateway(Dialog[str]):
    """Answers the gateway's name once it is set up."""

    wide = True
    DEFAULT_CSS = """
    FillGateway VerticalScroll { height: auto; max-height: 12; }
    FillGateway .row { height: 1; }
    FillGateway .label { width: 34; color: $text-muted; }
    FillGateway PlainButton { margin-right: 2; }
    FillGateway #said { height: auto; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "record", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, preset: PresetInfo, save: Save, known: GatewayConfig | None = None) -> None:
        """Make the form.

        Args:
            preset: what is asked.
            save: sets the gateway up; a `ShopbellError` is shown and the form stays.
            known: the gateway as it is set up now; its secrets are kept where nothing is typed.
        """
        super().__init__(f"{preset.name}: your account there")
        self._preset = preset
        self._save = save
        self._known = known

    def inside(self) -> ComposeResult:
        """Lay out one line for each thing the gateway needs, then name and price."""
        known = self._known
        with VerticalScroll():
            for index, field in enumerate(self._preset.fields):
                yield self._row(field, f"f{index}")
            if known is None:
                name = PlainInput(self._preset.id, id_="name", limit=60)
                yield _line("What you call it", name)
            paid = "" if known is None or known.price_micros is None else _price(known)
            yield _line(
                "Price of one part",
                PlainInput(paid, placeholder="like 0.0079 USD, or empty", id_="price", limit=30),
            )
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("Keep it", primary=True, action="screen.record")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("↵ goes on · f2 keeps it · esc leaves it as it was", classes="muted")

    def on_mount(self) -> None:
        """Start with the first field."""
        self.query(PlainInput).first().focus()

    def on_input_submitted(self) -> None:
        """Enter goes on to the next field."""
        self.focus_next()

    async def action_record(self) -> None:
        """Set it up, or say why that can't be."""
        try:
            config = self._config()
            await self._save(config)
        except ShopbellError as error:
            sentence = f"{error.message} {error.hint}".strip()
            self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), sentence))
            return
        self.dismiss(config.name)

    def _config(self) -> GatewayConfig:
        kept = {} if self._known is None else self._known.account
        account = {}
        for index, field in enumerate(self._preset.fields):
            value = self.query_one(f"#f{index}", PlainInput).value.strip()
            if not value and field.secret:
                value = kept.get(field.key, "")
            if value:
                account[field.key] = value
        micros, currency = read_price(self.query_one("#price", PlainInput).value)
        if self._known is None:
            name = self.query_one("#name", PlainInput).value.strip() or self._preset.id
        else:
            name = self._known.name
        return GatewayConfig(
            name=name,
            preset_id=self._preset.id,
            account=account,
            price_micros=micros,
            currency=currency,
        )

    def _row(self, field: AccountField, id_: str) -> Horizontal:
        kept = "" if self._known is None else self._known.account.get(field.key, "")
        hint = "as it is" if kept and field.secret else like(field.example)
        if field.optional and not hint:
            hint = "may stay empty"
        value = "" if field.secret else kept
        entry = PlainInput(value, placeholder=hint, id_=id_, password=field.secret, limit=2000)
        return _line(field.label, entry)


def _line(label: str, entry: PlainInput) -> Horizontal:
    return Horizontal(Plain(label, classes="label"), entry, classes="row")


def _price(known: GatewayConfig) -> str:
    amount = price(known.price_micros, "XXX").removesuffix(" XXX")
    return f"{amount} {known.currency or ''}".strip()
