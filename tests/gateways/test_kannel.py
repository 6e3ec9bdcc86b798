"""The kannel preset against the real Kannel: sending, reports, replies, and what goes wrong."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gateways.kannel import PASSWORD, POSTED, SHOP, WORD, Kannel, running_kannel
from shopbell.domain.gateway import (
    Collected,
    Finding,
    GatewayConfig,
    Outcome,
    Outgoing,
    Receipt,
)
from shopbell.domain.ids import E164, Ref
from shopbell.domain.replies import InboundText
from shopbell.domain.segments import measure
from shopbell.domain.texts import State
from shopbell.errors import GatewayTrouble
from shopbell.gateways.connection import Connection
from shopbell.gateways.engine import Engine, Patience
from shopbell.gateways.preset import Reach
from shopbell.gateways.preset_reader import read_preset
from shopbell.gateways.shelf import Shelf

CUSTOMER = E164("+12125550142")
_REFS = itertools.count(1)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    with running_kannel(tmp_path_factory.mktemp("kannel")) as running:
        yield running


def config(kannel: Kannel, **changes: str) -> GatewayConfig:
    return GatewayConfig(
        name="kannel",
        preset_id="kannel",
        account={**kannel.account, **changes},
        price_micros=None,
        currency=None,
    )


def connection(kannel: Kannel, **changes: str) -> Connection:
    return Shelf(now=now).connect(config(kannel, **changes))


def a_text(text: str, *, to: E164 = CUSTOMER) -> Outgoing:
    return Outgoing(
        ref=Ref(f"01KANNEL{next(_REFS):018d}"),
        to=to,
        text=text,
        encoding=measure(text).encoding,
        valid_until=now() + timedelta(hours=2),
        started_at=now(),
    )


class Box:
    """Keeps what was pushed."""

    def __init__(self) -> None:
        self.receipts: list[Receipt] = []
        self.inbound: list[InboundText] = []
        self.failures_left = 0

    async def sink(self, collected: Collected) -> None:
        if self.failures_left:
            self.failures_left -= 1
            raise GatewayTrouble("The file is busy.")
        self.receipts += collected.receipts
        self.inbound += collected.inbound

    def words_about(self, ref: Ref) -> list[State | None]:
        return [receipt.state for receipt in self.receipts if receipt.ref == ref]


@asynccontextmanager
async def listening(gateway: Connection) -> AsyncIterator[Box]:
    box = Box()
    async with gateway.listen(box.sink) as address:
        assert address is not None
        assert WORD not in address
        yield box


async def until(holds: Callable[[], bool]) -> None:
    """Wait for Kannel; a test that never gets there fails here."""
    for _ in range(600):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never happened")


async def test_a_text_reaches_the_phone_and_its_report_comes_back_with_our_reference(
    kannel: Kannel,
) -> None:
    gateway, text = connection(kannel), a_text("Your order is ready & waiting + paid: 100%")
    async with listening(gateway) as box:
        result = await gateway.send(text)
        await until(lambda: State.DELIVERED in box.words_about(text.ref))
    arrived = f"{SHOP} {CUSTOMER} text Your order is ready & waiting + paid: 100%"
    await until(lambda: arrived in kannel.phones_got())
    assert (result.outcome, result.gateway_id) == (Outcome.ACCEPTED, None)
    assert box.words_about(text.ref) == [State.SENT, State.DELIVERED]


@pytest.mark.parametrize(
    ("text", "at_the_phone"),
    [
        ("€5 café", None),
        ("你好 👍", "ucs-2 O%60Y%7D%00+%D8%3D%DCM"),
    ],
)
async def test_other_alphabets_arrive_whole(
    kannel: Kannel, text: str, at_the_phone: str | None
) -> None:
    gateway, before = connection(kannel), len(kannel.phones_got())
    result = await gateway.send(a_text(text))
    await until(lambda: len(kannel.phones_got()) > before)
    assert result.outcome is Outcome.ACCEPTED
    assert (at_the_phone or text) in kannel.phones_got()[-1]


@pytest.mark.parametrize("shop", [SHOP, POSTED], ids=["get-url", "post-url"])
@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("text STOP", "STOP"),
        ("text   stop  ", "  stop  "),
        ("ucs2 %00%20%00s%00t%00o%00p%00%20%00!", " stop !"),
        ("ucs2 %00S%00T%00O%00P", "STOP"),
        ("ucs2 %04%21%04%22%04%1e%04%1f%d8%3d%dc%4d", "СТОП👍"),
        ("data Arr%EAt%20", "Arrêt "),
    ],
)
async def test_what_a_customer_writes_arrives_as_it_was_written(
    kannel: Kannel, line: str, heard: str, shop: str
) -> None:
    async with listening(connection(kannel)) as box:
        asked = now()
        kannel.customer_writes(f"12125550142 {shop} {line}")
        await until(lambda: bool(box.inbound))
    (inbound,) = box.inbound
    assert inbound.sender == "12125550142"
    assert inbound.text == heard
    assert inbound.gateway_id
    assert abs(inbound.at - asked) < timedelta(minutes=5)


async def test_a_stop_that_could_not_be_stored_is_handed_in_again(kannel: Kannel) -> None:
    async with listening(connection(kannel)) as box:
        box.failures_left = 2
        kannel.customer_writes(f"12125550143 {SHOP} text STOP")
        await until(lambda: bool(box.inbound))
    assert [one.text for one in box.inbound] == ["STOP"]


async def test_a_stop_written_while_the_shop_is_closed_arrives_when_it_opens(
    kannel: Kannel,
) -> None:
    kannel.customer_writes(f"12125550146 {SHOP} text STOP")
    log = kannel.folder / "smsbox.log"
    failed = re.compile(r"Couldn't fetch <\S*from=12125550146&")
    await until(lambda: failed.search(log.read_text(errors="replace")) is not None)
    async with listening(connection(kannel)) as box:
        await until(lambda: bool(box.inbound))
    assert [(one.sender, one.text) for one in box.inbound] == [("12125550146", "STOP")]


async def test_a_customer_who_writes_is_not_answered_by_the_listener(kannel: Kannel) -> None:
    before = len(kannel.phones_got())
    async with listening(connection(kannel)) as box:
        kannel.customer_writes(f"12125550144 {SHOP} text hello")
        await until(lambda: bool(box.inbound))
        marker = a_text("after it", to=E164("+12125550145"))
        await connection(kannel).send(marker)
        await until(lambda: len(kannel.phones_got()) > before)
    assert [line.split()[1] for line in kannel.phones_got()[before:]] == ["+12125550145"]


async def test_a_frozen_kannel_leaves_it_unknown_and_the_text_arrives_once_later(
    kannel: Kannel,
) -> None:
    preset = read_preset(packaged("kannel.toml"), "kannel.toml")
    impatient = Engine(Reach.PRIVATE, Patience(connect=2, read=1, total=1))
    gateway = Connection(preset, config(kannel), now, impatient)
    text = a_text("Sent into the cold")
    async with listening(gateway) as box:
        kannel.freeze()
        try:
            result = await gateway.send(text)
            found = await gateway.find(text, frozenset())
        finally:
            kannel.thaw()
        await until(lambda: State.DELIVERED in box.words_about(text.ref))
    await until(lambda: times_at_the_phone(kannel, text) > 0)
    assert result.outcome is Outcome.UNKNOWN
    assert found.finding is Finding.UNSURE
    assert times_at_the_phone(kannel, text) == 1


async def test_an_answer_lost_on_the_way_leaves_it_unknown_and_the_report_settles_it(
    kannel: Kannel,
) -> None:
    text = a_text("Answered into the void")
    async with losing_answers(kannel.ports["send"]) as address:
        gateway = connection(kannel, address=address)
        async with listening(gateway) as box:
            result = await gateway.send(text)
            await until(lambda: State.DELIVERED in box.words_about(text.ref))
    await until(lambda: times_at_the_phone(kannel, text) > 0)
    assert result.outcome is Outcome.UNKNOWN
    assert times_at_the_phone(kannel, text) == 1


async def test_a_wrong_password_is_a_bad_login_and_is_never_repeated_to_anybody(
    kannel: Kannel,
) -> None:
    wrong = PASSWORD + "x"
    gateway = connection(kannel, password=wrong)
    result = await gateway.send(a_text("Hello"))
    assert result.outcome is Outcome.BAD_LOGIN
    assert wrong not in repr(result)
    assert wrong not in gateway.preview(a_text("Hello"))
    assert not (await gateway.check()).ok


async def test_a_text_longer_than_kannel_sends_is_refused_before_it_is_cut(kannel: Kannel) -> None:
    gateway, before = connection(kannel), kannel.phones_got()
    result = await gateway.send(a_text("A" * 460))
    assert result.outcome is Outcome.BAD_REQUEST
    assert "4 parts" in result.detail
    assert "at most 3" in result.detail
    assert kannel.phones_got() == before


async def test_the_longest_text_that_fits_goes_out_whole(kannel: Kannel) -> None:
    before = len(kannel.phones_got())
    result = await connection(kannel).send(a_text("B" * 459))
    await until(lambda: len(kannel.phones_got()) >= before + 3)
    assert result.outcome is Outcome.ACCEPTED
    assert sum(line.count("B") for line in kannel.phones_got()[before:]) == 459


async def test_what_kannel_denies_is_a_bad_number(kannel: Kannel) -> None:
    result = await connection(kannel).send(a_text("Hello", to=E164("+1abc")))
    assert result.outcome is Outcome.BAD_NUMBER
    assert "denied" in result.detail


async def test_the_login_is_tested_without_a_text(kannel: Kannel) -> None:
    before = kannel.phones_got()
    assert (await connection(kannel).check()).ok
    assert kannel.phones_got() == before


async def test_a_kannel_that_is_not_there_was_certainly_not_given_the_text(kannel: Kannel) -> None:
    nowhere = f"http://127.0.0.1:{kannel.ports['hook']}"
    gateway = connection(kannel, address=nowhere)
    assert (await gateway.send(a_text("Hello"))).outcome is Outcome.NOT_SENT_RETRY


def times_at_the_phone(kannel: Kannel, text: Outgoing) -> int:
    return sum(text.text in line for line in kannel.phones_got())


@asynccontextmanager
async def losing_answers(port: int) -> AsyncIterator[str]:
    """Pass requests on to `port`; when its answer begins, drop the client instead."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        back.write(await reader.readuntil(b"\r\n\r\n"))
        await there.readline()
        back.close()
        writer.transport.abort()

    async with await asyncio.start_server(pass_on, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def packaged(name: str) -> str:
    import shopbell.gateways

    (folder,) = shopbell.gateways.__path__
    return (Path(folder) / "presets" / name).read_text(encoding="utf-8")
