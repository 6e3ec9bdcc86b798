"""The gateways of the shop: choose, fill in, test, prove that a STOP arrives. Must not decide."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from shopbell.domain.gateway import PresetInfo
from shopbell.domain.gateway_alarms import Alarm
from shopbell.domain.pace import read_pace
from shopbell.domain.people import Page
from shopbell.domain.stop_path import Way
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.gateway_words import Standing, draw_gateway, gateway_detail
from shopbell.tui.own_keys import key_for, with_keys
from shopbell.tui.plain import Plain, spans
from shopbell.tui.rows import PAGE, Drawn, Rows
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.choose_gateway import ChooseGateway
from shopbell.tui.screens.fill_gateway import FillGateway
from shopbell.tui.work import start

_NONE_YET = "No gateway is set up yet."
_ONLY_IN_USE = "Only the gateway in use can be tried. Enter lets texts go through this one."


class GatewaysScreen(FrameScreen):
    """A list of gateways, and below it all that is known about one."""

    scope = Scope.GATEWAYS
    shows = frozenset({Changed.GATEWAYS, Changed.REPLIES})
    DEFAULT_CSS = """
    GatewaysScreen Rows { min-height: 2; }
    GatewaysScreen #gateway { height: auto; max-height: 12; padding: 1 0 0 2; overflow-y: auto; }
    GatewaysScreen #said { height: auto; max-height: 10; padding: 1 0 0 2; overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.GATEWAYS)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._presets = {preset.id: preset for preset in shop.gateways.presets()}
        self._path: tuple[str, str] = ("", "")
        self._alarms: list[Alarm] = []

    def work(self) -> ComposeResult:
        """Lay out the list, the detail and what was said last."""
        with Vertical(classes="content"):
            yield Plain("Gateways", classes="heading")
            yield Rows[Standing](self._draw)
            yield Plain("", id_="gateway")
        yield Plain("", id_="said")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read the gateways."""
        start(self, self._load, "gateways")

    def why_not(self, id_: str) -> str:
        """What can be done depends on the gateway under the cursor."""
        chosen = self._chosen
        match id_:
            case "gateways.new":
                return ""
            case _ if chosen is None:
                return _NONE_YET
            case "gateways.use" if chosen.active:
                return "Texts go through this one already."
            case "gateways.use" | "gateways.edit" | "gateways.pace":
                return ""
            case _ if not chosen.active:
                return _ONLY_IN_USE
            case _:
                return ""

    def on_rows_highlighted(self) -> None:
        """Show all that is known about it."""
        self._show()
        self.refresh_keys()

    def on_rows_opened(self) -> None:
        """Enter lets texts go through it."""
        if reason := self.why_not("gateways.use"):
            self.notify(reason)
        else:
            self.do_use()

    def do_use(self) -> None:
        """Let texts go through the gateway under the cursor."""
        if (chosen := self._chosen) is not None:
            start(self, partial(self._use, chosen.config.name), "use")

    def do_new(self) -> None:
        """Choose a kind of gateway, then fill in the account."""
        self.app.push_screen(ChooseGateway(tuple(self._presets.values())), self._chose)

    def do_edit(self) -> None:
        """Change the account of the gateway under the cursor."""
        chosen = self._chosen
        preset = None if chosen is None else self._presets.get(chosen.config.preset_id)
        if chosen is None or preset is None:
            self.notify("Its preset is not on this computer.")
            return
        form = FillGateway(preset, self._shop.gateways.set_up, chosen.config)
        self.app.push_screen(form, self._kept)

    def do_test(self) -> None:
        """Test connection and login."""
        self._say("Testing …")
        start(self, self._test, "try")

    def do_pace(self) -> None:
        """Ask how fast texts leave through the gateway under the cursor."""
        chosen = self._chosen
        if chosen is None:
            return
        about = (
            "Seconds from one text to the next, and up to how many more by chance: 8 4 is one "
            "text every 8 to 12 seconds. An empty line leaves it to the gateway."
        )
        own = chosen.pace
        kept = "" if own is None else f"{own.between:g} {own.jitter:g}"

        def said(answer: str | None) -> None:
            if answer is not None:
                self._say(answer)

        take = partial(self._set_pace, chosen.config.name)
        self.app.push_screen(AskLine("How fast?", about, take, value=kept), said)

    def do_dry_run(self) -> None:
        """Show the request that would carry a text to a number."""
        self._ask("Whose number should the request show?", "Nothing is sent.", self._dry_run)

    def do_text_me(self) -> None:
        """Send one text to the owner's own phone."""
        about = "Your yes is written down, and the text is decided like any other."
        self._ask("Your own phone's number", about, self._text_me)

    def do_prove(self) -> None:
        """See whether a STOP has come in, or ask how stops reach the list."""
        start(self, self._prove, "try")

    async def _load(self) -> None:
        found = await self.ask(self._shop.gateways.configured(), "Looking", "esc goes back.")
        if found is None:
            return
        if not found:
            self.query_one(Situation).say(
                _NONE_YET, "[gateways.new] chooses one: a service, or a phone."
            )
        else:
            _, sentence, hint = await self._shop.stop_path.words()
            self._path, self._alarms = (sentence, hint), await self._shop.stop_path.alarms()
        standings = tuple(
            Standing(
                config=one.config,
                active=one.active,
                synced_at=one.synced_at,
                trouble=one.trouble,
                pace=one.pace,
            )
            for one in found
        )

        async def page(first: int, count: int) -> Page[Standing]:
            rows = standings[first : first + count]
            return Page(rows=rows, first=first, total=len(standings))

        rows: Rows[Standing] = self.query_one(Rows)
        rows.show(await page(0, PAGE), page, cursor=min(rows.cursor, max(len(standings) - 1, 0)))
        self._show()
        self.refresh_keys()

    async def _use(self, name: str) -> None:
        try:
            await self._shop.gateways.use(name)
        except ShopbellError as error:
            self._refused(error)
            return
        self._say(f"Texts go through “{name}” now.")

    async def _test(self) -> None:
        try:
            result = await self._shop.gateways.test()
        except ShopbellError as error:
            self._refused(error)
            return
        self._say(result.detail, sign="✓" if result.ok else "!")

    async def _prove(self) -> None:
        path, sentence, hint = await self._shop.stop_path.words()
        if path.way is Way.DEAF:
            about = f"{sentence} {hint} For example: Ana reads the phone and types them in."
            self._ask("How do stops reach the list?", about, self._promise)
            return
        self._say("Fetching replies …")
        if self._shop.delivery.is_ours:
            try:
                await self._shop.delivery.sync()
            except ShopbellError as error:
                self._refused(error)
                return
        path, sentence, hint = await self._shop.stop_path.words()
        end = "Campaigns can start." if path.is_open else f"Campaigns stay locked. {hint}"
        self._say(f"{sentence} {end}", sign="✓" if path.is_open else "!")

    async def _promise(self, words: str) -> str:
        await self._shop.stop_path.promise(words)
        return "Written down. Campaigns can start."

    async def _set_pace(self, name: str, typed: str) -> str:
        await self._shop.gateways.set_pace(name, read_pace(typed))
        pace = await self._shop.gateways.pace_at(name)
        return f"“{name}”: {pace.words or 'as fast as it takes them'}."

    async def _dry_run(self, typed: str) -> str:
        number = self._shop.people.read_number(typed).e164
        return await self._shop.trying.dry_run(number)

    async def _text_me(self, typed: str) -> str:
        number = self._shop.people.read_number(typed).e164
        submitted = await self._shop.trying.text_to_self(number)
        if submitted.text is None:
            reasons = submitted.judged.decision.reasons
            return f"Not sent. {reasons[0].sentence if reasons else ''}".strip()
        return with_keys(
            "Written. See the Outbox; answer STOP to it, then press [gateways.prove] here."
        )

    def _ask(self, title: str, about: str, take: object) -> None:
        def said(answer: str | None) -> None:
            if answer is not None:
                self._say(answer)

        self.app.push_screen(AskLine(title, about, take), said)  # type: ignore[arg-type]

    def _chose(self, preset_id: str | None) -> None:
        preset: PresetInfo | None = self._presets.get(preset_id or "")
        if preset is not None:
            self.app.push_screen(FillGateway(preset, self._shop.gateways.set_up), self._kept)

    def _kept(self, name: str | None) -> None:
        if name is not None:
            self._say(
                f"Texts go through “{name}” now. Press {key_for('gateways.test')} to test it, then "
                f"{key_for('gateways.prove')} to prove a STOP."
            )

    def _show(self) -> None:
        chosen = self._chosen
        shown = self.query_one("#gateway", Plain)
        if chosen is None:
            shown.show("")
            return
        preset = self._presets.get(chosen.config.preset_id)
        path, alarms = (self._path, self._alarms) if chosen.active else (None, [])
        shown.show(gateway_detail(chosen, preset, path, alarms))

    def _say(self, sentence: str, *, sign: str = "") -> None:
        look = "bold $text-success" if sign == "✓" else "bold $text-warning"
        shown = spans((f"{sign} ", look), sentence) if sign else spans(sentence)
        self.query_one("#said", Plain).show(shown)

    def _refused(self, error: ShopbellError) -> None:
        self._say(f"{error.message} {error.hint}".strip(), sign="!")

    @property
    def _chosen(self) -> Standing | None:
        chosen: Standing | None = self.query_one(Rows).chosen
        return chosen

    def _draw(self, standing: Standing, width: int) -> Drawn:
        return draw_gateway(standing, width, self._shop.clock.now())
