"""The gateways at the counter: choose, fill in, test, try, prove that a STOP arrives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from shopbell.domain.gateway import AccountField, GatewayConfig
from shopbell.domain.replies import InboundText
from shopbell.services.drill import DRILL
from shopbell.tui.gateway_words import abilities, account_line
from shopbell.tui.screens.gateways import GatewaysScreen
from shops import NOW, open_counter
from tui.counters import Till, till
from tui.screens import HOSTILE, press, settle, type_in

FIELDS = (
    AccountField(key="from", label="Your number", example="+12125550100", secret=False,
                 optional=False),
    AccountField(key="token", label="Token", example="", secret=True, optional=False),
    AccountField(key="address", label="Address", example="https://sms.example", secret=False,
                 optional=True, later=True),
)  # fmt: skip
REAL = replace(
    DRILL,
    name="Acme Texting",
    about="A service that was made up.",
    practice=False,
    fields=FIELDS,
    unverified="whether it exists",
)
OWN = "212-555-0177"


@pytest.fixture
async def base(tmp_path: Path) -> Path:
    """A real shop with one gateway."""
    folder = tmp_path / "made"
    folder.mkdir()
    counter = await open_counter(folder / "shop.db", at=NOW, practice=False)
    await counter.shop.close()
    return folder / "shop.db"


@asynccontextmanager
async def gateways(base: Path, folder: Path, **more: object) -> AsyncIterator[Till]:
    async with till(base, folder, **more) as shown:  # type: ignore[arg-type]
        shown.gateway.info = REAL
        # A shop without people offers the first steps.
        await press(shown.pilot, "escape", "ctrl+p")
        await type_in(shown.pilot, "gateways")
        await press(shown.pilot, "enter")
        yield shown


def hears(shown: Till, text: str, name: str = "in-1") -> None:
    shown.gateway.replies.append(
        InboundText(sender="+12125550177", text=text, gateway_id=name, at=shown.clock.now())
    )


def plain(seen: str) -> str:
    """The words on the screen without frames and line ends."""
    return " ".join(seen.replace("│", " ").split())


async def test_the_gateway_in_use_is_shown_with_how_a_stop_fares(
    base: Path, tmp_path: Path
) -> None:
    async with gateways(base, tmp_path) as shown:
        seen = await settle(shown.pilot)
        assert "▸ drill" in seen
        assert "in use" in seen
        assert "! No STOP has come in through “drill” yet" in seen
        assert "Text STOP from your own phone" in seen
        assert "✓ tells of replies" in seen


async def test_a_stop_from_the_own_phone_is_proof(base: Path, tmp_path: Path) -> None:
    async with gateways(base, tmp_path) as shown:
        assert "Campaigns stay locked." in await press(shown.pilot, "p")
        hears(shown, "STOP")
        seen = await press(shown.pilot, "p")
        assert "✓ A STOP came in through “drill”" in seen
        assert "Campaigns can start." in seen
        assert (await shown.shop.stop_path.now()).is_open


async def test_a_deaf_gateway_asks_how_stops_reach_the_list(base: Path, tmp_path: Path) -> None:
    async with gateways(base, tmp_path) as shown:
        shown.gateway.info = replace(REAL, reports_replies=False)
        seen = await press(shown.pilot, "p")
        assert "How do stops reach the list?" in seen
        assert "can't tell Shopbell about replies" in plain(seen)
        refused = await press(shown.pilot, "enter")
        assert "Say in one or two sentences how stops reach the list." in plain(refused)
        await type_in(shown.pilot, "Ana reads the phone")
        seen = await press(shown.pilot, "enter")
        assert "Written down. Campaigns can start." in seen
        assert "list: Ana reads the phone." in plain(seen)


async def test_the_connection_is_tested(base: Path, tmp_path: Path) -> None:
    async with gateways(base, tmp_path) as shown:
        assert "✓ in memory" in await press(shown.pilot, "c")
        shown.gateway.unreachable = True
        assert "! in memory" in await press(shown.pilot, "c")


async def test_a_dry_run_shows_the_request(base: Path, tmp_path: Path) -> None:
    async with gateways(base, tmp_path) as shown:
        await press(shown.pilot, "d")
        await type_in(shown.pilot, "555-01")
        assert "!" in await press(shown.pilot, "enter")
        await press(shown.pilot, *["backspace"] * 6)
        await type_in(shown.pilot, OWN)
        seen = await press(shown.pilot, "enter")
        assert "to +12125550177: Fern & Finch: this is a trial text" in seen
        assert shown.gateway.taken == []


async def test_a_text_to_the_own_phone(base: Path, tmp_path: Path) -> None:
    async with gateways(base, tmp_path) as shown:
        await press(shown.pilot, "m")
        await type_in(shown.pilot, OWN)
        assert "answer STOP to it, then press p here" in await press(shown.pilot, "enter")
        texts = await shown.shop.outbox.find()
        assert [text.number for text in texts.rows] == ["+12125550177"]


async def test_a_new_gateway_is_chosen_and_filled_in(base: Path, tmp_path: Path) -> None:
    async with till(base, tmp_path) as shown:
        shown.gateway.info = REAL
        # A shop without people offers the first steps.
        await press(shown.pilot, "escape", "ctrl+p")
        await type_in(shown.pilot, "gateways")
        await press(shown.pilot, "enter")
        seen = await press(shown.pilot, "n")
        assert "Acme Texting" in seen
        assert "A service that was made up." in seen
        assert "Not verified: whether it exists." in plain(seen)
        seen = await press(shown.pilot, "enter")
        assert "Acme Texting: your account there" in seen
        await type_in(shown.pilot, "+12125550100")
        await press(shown.pilot, "enter")
        seen = await type_in(shown.pilot, "hush-hush")
        assert "hush" not in seen
        await press(shown.pilot, "down", "down")
        await press(shown.pilot, *["backspace"] * 8)
        await type_in(shown.pilot, "second")
        seen = await press(shown.pilot, "f2")
        assert "Texts go through “second” now. Press c to test it" in plain(seen)
        assert "from +12125550100 · token •••" in seen
        assert "hush" not in seen
        active = await shown.shop.gateways.active()
        assert active is not None
        assert active.config.account == {"from": "+12125550100", "token": "hush-hush"}


async def test_a_price_that_can_not_be_read_keeps_the_form(base: Path, tmp_path: Path) -> None:
    async with gateways(base, tmp_path) as shown:
        await press(shown.pilot, "e", "down", "down", "down")
        await type_in(shown.pilot, "cheap")
        seen = await press(shown.pilot, "f2")
        assert "! The price cannot be read." in plain(seen)
        assert "your account there" in seen
        assert "your account there" not in await press(shown.pilot, "escape")


async def test_an_account_is_changed_and_its_secret_kept(base: Path, tmp_path: Path) -> None:
    async with gateways(base, tmp_path) as shown:
        await shown.shop.gateways.set_up(
            GatewayConfig(
                name="drill",
                preset_id="practice",
                account={"from": "+12125550100", "token": "hush-hush"},
                price_micros=7900,
                currency="USD",
            )
        )
        await settle(shown.pilot)
        seen = await press(shown.pilot, "e")
        assert "as it is" in seen
        assert "hush" not in seen
        assert "0.0079 USD" in seen
        await press(shown.pilot, *["backspace"] * 2)
        await type_in(shown.pilot, "99")
        assert "“drill” now" in await press(shown.pilot, "f2")
        active = await shown.shop.gateways.active()
        assert active is not None
        assert active.config.account == {"from": "+12125550199", "token": "hush-hush"}
        assert active.config.price_micros == 7900


async def test_texts_go_through_the_one_that_is_chosen(base: Path, tmp_path: Path) -> None:
    async with gateways(base, tmp_path) as shown:
        await shown.shop.gateways.set_up(
            GatewayConfig(
                name="second", preset_id="practice", account={}, price_micros=None, currency=None
            )
        )
        seen = await settle(shown.pilot)
        assert "▸ second" in seen
        await press(shown.pilot, "home", "down")
        await press(shown.pilot, "c")
        screen = shown.app.screen
        assert isinstance(screen, GatewaysScreen)
        assert screen.why_not("gateways.test").startswith("Only the gateway in use can be tried.")
        assert screen.why_not("gateways.new") == screen.why_not("gateways.edit") == ""
        seen = await press(shown.pilot, "enter")
        assert "Texts go through “drill” now." in seen
        active = await shown.shop.gateways.active()
        assert active is not None
        assert active.config.name == "drill"


async def test_a_lost_gateway_is_told_in_the_frame_and_on_its_place(
    base: Path, tmp_path: Path
) -> None:
    async with gateways(base, tmp_path, size=(120, 40)) as shown:
        shown.gateway.unreachable = True
        seen = await press(shown.pilot, "p")
        assert "The gateway cannot be reached." in seen
        assert "drill: not reached since 10:42" in await settle(shown.pilot)
        assert "“drill” has not been reached since Tue 24 Nov 2026, 10:42." in seen


async def test_a_shop_without_a_gateway_is_told_what_to_do(tmp_path: Path) -> None:
    from shopbell.services.clock import FixedClock
    from shopbell.services.opening import NewShop, create_shop
    from shops import PASSPHRASE

    folder = tmp_path / "bare"
    folder.mkdir()
    new = NewShop(
        name="Fern & Finch", country="US", zone="America/New_York", phone="", practice=False
    )
    await create_shop(folder / "shop.db", new, PASSPHRASE, FixedClock(NOW))
    async with gateways(folder / "shop.db", tmp_path) as shown:
        seen = await settle(shown.pilot)
        assert "No gateway is set up yet." in seen
        assert "n chooses one" in seen
        assert "No gateway is set up yet." in await press(shown.pilot, "c")


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_gateway_is_called_can_not_harm(words: str) -> None:
    config = GatewayConfig(
        name=words, preset_id="acme", account={"from": words}, price_micros=None, currency=None
    )
    line = account_line(REAL, config)
    assert line.startswith("from") or not words


def test_a_secret_is_never_in_the_line_of_an_account() -> None:
    account = {"from": "+12125550100", "token": "hush", "old": "hush"}
    config = GatewayConfig(
        name="x", preset_id="acme", account=account, price_micros=None, currency=None
    )
    assert account_line(REAL, config) == "from +12125550100 · old ••• · token •••"
    assert account_line(None, config) == "from ••• · old ••• · token •••"


def test_what_it_can_not_do_is_as_plain_as_what_it_can() -> None:
    assert abilities(replace(REAL, reports_replies=False, can_look_up=False)) == (
        "✗ tells of replies · ✓ tells of deliveries · ✓ takes no text twice"
        " · ✗ can be asked about a text"
    )


class TestThePace:
    async def test_it_is_asked_shown_and_left_to_the_gateway_again(
        self, base: Path, tmp_path: Path
    ) -> None:
        async with gateways(base, tmp_path) as shown:
            seen = await press(shown.pilot, "s")
            assert "How fast?" in seen
            await type_in(shown.pilot, "8 4")
            seen = await press(shown.pilot, "enter")
            assert "“drill”: 1 text every 8 to 12 s." in seen
            assert "1 text every 8 to 12 s, as you said" in seen
            assert "8 4" in await press(shown.pilot, "s")
            await press(shown.pilot, "end", *["backspace"] * 3)
            seen = await press(shown.pilot, "enter")
            assert "as fast as it takes them" in seen
            assert "as you said" not in seen
            state = await shown.shop.gateways.active()
            assert state is not None
            assert state.pace is None

    @pytest.mark.parametrize("typed", ["soon", "1 2 3", "601"])
    async def test_what_is_no_pace_is_said_and_the_line_stays(
        self, base: Path, tmp_path: Path, typed: str
    ) -> None:
        async with gateways(base, tmp_path) as shown:
            await press(shown.pilot, "s")
            await type_in(shown.pilot, typed)
            seen = await press(shown.pilot, "enter")
            assert "How fast?" in seen
            assert "8 to 12" in seen
