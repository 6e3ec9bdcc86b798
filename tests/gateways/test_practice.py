"""The practice gateway: what it accepts, delivers and counts, and how it misbehaves on demand."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Self

import httpx
import pytest

from gateways.setups import CUSTOMER, NOW, REF, OpenText, a_connection, an_outgoing, packaged
from shopbell.domain.gateway import Finding, Outcome, Outgoing
from shopbell.domain.ids import E164, Ref
from shopbell.domain.texts import State
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.gateways.connection import Connection
from shopbell.gateways.engine import Patience
from shopbell.gateways.practice import (
    HOST,
    PORT,
    TOKEN,
    PracticeGateway,
    practice_server,
    serve_practice,
)
from shopbell.gateways.practice_script import (
    LIVELY,
    Do,
    Ending,
    Fault,
    Habit,
    PlannedReply,
    Script,
    Subject,
    read_script,
)
from shopbell.gateways.practice_store import Kind, Seen
from shopbell.gateways.values import account_values

AT_ONCE = Script(delay_s=0)
IMPATIENT = Patience(connect=5, read=0.5, total=0.5)


def clock() -> Any:
    return NOW


def connected(practice: PracticeGateway, **changes: Any) -> Connection:
    return a_connection(packaged("practice"), practice.account, **changes)


def numbered(number: int, **changes: Any) -> Outgoing:
    return an_outgoing(**({"ref": Ref(f"REF{number}")} | changes))


async def test_the_whole_round_text_receipt_and_stop() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        gateway = connected(practice)
        result = await gateway.send(an_outgoing("Tom & Jerry\n👍 [/]"))
        practice.reply(CUSTOMER, "STOP")
        collected = await gateway.collect(NOW, [OpenText()])
    assert (result.outcome, result.gateway_id) == (Outcome.ACCEPTED, "practice-1")
    assert [(receipt.ref, receipt.state) for receipt in collected.receipts] == [
        (REF, State.DELIVERED)
    ]
    assert [(text.sender, text.text) for text in collected.inbound] == [(CUSTOMER, "STOP")]
    (seen,) = practice.seen()
    assert (seen.ref, seen.to, seen.text, seen.arrivals) == (
        REF,
        CUSTOMER,
        "Tom & Jerry\n👍 [/]",
        1,
    )


async def test_a_repeated_reference_is_refused_unless_it_is_told_to_take_it() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        first = await connected(practice).send(an_outgoing())
        again = await connected(practice).send(an_outgoing())
        assert [text.arrivals for text in practice.seen()] == [1]
    assert again.outcome is Outcome.ALREADY_ACCEPTED
    assert again.gateway_id == first.gateway_id
    script = replace(AT_ONCE, refuse_duplicates=False)
    async with practice_server(now=clock, script=script) as practice:
        for _ in range(3):
            assert (await connected(practice).send(an_outgoing())).outcome is Outcome.ACCEPTED
        assert [text.arrivals for text in practice.seen()] == [1, 1, 1]
        assert len({text.id for text in practice.seen()}) == 3


async def test_a_text_travels_for_a_while() -> None:
    async with practice_server(now=clock, script=Script(delay_s=0.05)) as practice:
        gateway = connected(practice)
        await gateway.send(an_outgoing())
        early = await gateway.collect(NOW, [OpenText()])
        arrived = await asyncio.to_thread(
            practice.wait_until, lambda store: store.texts()[0].arrivals == 1
        )
        late = await gateway.collect(NOW, [OpenText()])
    assert arrived
    assert early.receipts[0].state in (State.ACCEPTED, State.DELIVERED)
    assert late.receipts[0].state is State.DELIVERED


def test_waiting_for_what_never_happens_ends() -> None:
    practice = PracticeGateway(now=clock)
    practice.start()
    try:
        assert not practice.wait_until(lambda store: bool(store.texts()), seconds=0.01)
    finally:
        practice.stop()


@pytest.mark.parametrize(
    ("ending", "outcome", "word", "state", "arrivals"),
    [
        (Ending.DELIVERED, Outcome.ACCEPTED, "delivered", State.DELIVERED, 1),
        (Ending.FAILED, Outcome.ACCEPTED, "failed", State.FAILED, 0),
        (Ending.UNDELIVERABLE, Outcome.ACCEPTED, "undeliverable", State.UNDELIVERABLE, 0),
        (Ending.SILENT, Outcome.ACCEPTED, "sent", State.SENT, 1),
        (Ending.OPTED_OUT, Outcome.OPTED_OUT, None, None, None),
    ],
)
async def test_numbers_have_habits(
    ending: Ending, outcome: Outcome, word: str | None, state: State | None, arrivals: int | None
) -> None:
    script = replace(AT_ONCE, habits=(Habit(ends="42", ending=ending),))
    async with practice_server(now=clock, script=script) as practice:
        gateway = connected(practice)
        result = await gateway.send(an_outgoing())
        receipts = (await gateway.collect(NOW, [OpenText()])).receipts
        assert [text.arrivals for text in practice.seen()] == (
            [] if arrivals is None else [arrivals]
        )
    assert result.outcome is outcome
    assert [(one.word, one.state) for one in receipts] == ([] if word is None else [(word, state)])


async def test_a_number_may_answer_and_only_what_reached_it_is_answered() -> None:
    habits = (
        Habit(ends="42", answer="STOP"),
        Habit(ends="43", answer="never", ending=Ending.FAILED),
    )
    async with practice_server(now=clock, script=replace(AT_ONCE, habits=habits)) as practice:
        gateway = connected(practice)
        for number, to in enumerate(("+12125550142", "+12125550143", "+12125550144")):
            await gateway.send(numbered(number, to=E164(to)))
        collected = await gateway.collect(NOW, [])
    assert [(text.sender, text.text) for text in collected.inbound] == [("+12125550142", "STOP")]


async def test_a_text_whose_time_is_over_expires_instead_of_arriving() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        gateway = connected(practice)
        await gateway.send(an_outgoing(valid_until=NOW - timedelta(seconds=1)))
        collected = await gateway.collect(NOW, [OpenText()])
        assert practice.seen()[0].arrivals == 0
    assert collected.receipts[0].state is State.EXPIRED


@pytest.mark.parametrize("shift", [timedelta(days=-400), timedelta(0), timedelta(days=400)])
async def test_it_lives_in_the_time_of_the_shop(shift: timedelta) -> None:
    shop_time = NOW + shift
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        gateway = connected(practice, now=shop_time)
        outgoing = an_outgoing(started_at=shop_time, valid_until=shop_time + timedelta(hours=1))
        await gateway.send(outgoing)
        practice.reply(CUSTOMER, "STOP")
        collected = await gateway.collect(shop_time, [OpenText()])
    assert collected.receipts[0].state is State.DELIVERED
    for moment in (collected.receipts[0].at, collected.inbound[0].at):
        assert abs(moment - shop_time) <= timedelta(seconds=2)


async def test_the_inbox_has_pages_and_a_beginning() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        for number in range(450):
            practice.reply(CUSTOMER, f"reply {number}")
        gateway = connected(practice)
        everything = await gateway.collect(NOW, [])
        nothing = await gateway.collect(NOW + timedelta(hours=1), [])
    assert [text.text for text in everything.inbound] == [f"reply {n}" for n in range(450)]
    assert nothing.inbound == ()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "fields"),
        ({"ref": "x", "to": CUSTOMER}, "fields"),
        ({"ref": 1, "to": CUSTOMER, "text": "x"}, "fields"),
        ({"ref": "", "to": CUSTOMER, "text": "x"}, "text"),
        ({"ref": "x", "to": CUSTOMER, "text": ""}, "text"),
        ({"ref": "x", "to": CUSTOMER, "text": "x" * 10_001}, "text"),
        ({"ref": "x", "to": "2125550142", "text": "x"}, "number"),
        ({"ref": "x", "to": "+1 212 555 0142", "text": "x"}, "number"),
        ([], "fields"),
        ("[" * 50_000, "fields"),
    ],
)
async def test_what_is_no_text_is_refused(body: Any, error: str) -> None:
    content = body if isinstance(body, str) else json.dumps(body)
    events: list[Seen] = []
    async with practice_server(now=clock, script=AT_ONCE, on_event=events.append) as practice:
        answer = await asyncio.to_thread(post, practice, "/messages", content)
        assert practice.seen() == ()
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert [event.kind for event in events] == [Kind.LISTENING, Kind.REFUSED]


def post(practice: PracticeGateway, path: str, content: str, token: str = "") -> httpx.Response:
    bearer = f"Bearer {token or practice.account['token']}"
    return httpx.post(
        practice.url + path,
        content=content,
        headers={"Authorization": bearer},
        trust_env=False,
        timeout=10,
    )


async def test_only_who_knows_the_token_is_served() -> None:
    async with practice_server(now=clock) as practice:
        for path in ("/messages", "/control", "/"):
            answer = await asyncio.to_thread(post, practice, path, "{}", "wrong")
            assert answer.status_code == 401
        stranger = a_connection(packaged("practice"), practice.account | {"token": "wrong"})
        assert (await stranger.send(an_outgoing())).outcome is Outcome.BAD_LOGIN
        assert not (await stranger.check()).ok
        with pytest.raises(GatewayTrouble, match="login"):
            await stranger.collect(NOW, [])
        assert practice.seen() == ()


async def test_each_one_has_a_token_of_its_own_and_listens_on_loopback_only() -> None:
    async with practice_server(now=clock) as one, practice_server(now=clock) as other:
        assert one.account["token"] != other.account["token"]
        assert one.url.startswith("http://127.0.0.1:")


# Misbehaving.

LEAVES_IT_UNKNOWN = [Do.CUT, Do.HANG, Do.NONSENSE, Do.PAGE, Do.REDIRECT, Do.HUGE, Do.EMPTY]


@pytest.mark.parametrize("accept", [False, True])
@pytest.mark.parametrize("do", LEAVES_IT_UNKNOWN)
async def test_a_fault_leaves_it_unknown_and_a_look_up_tells_the_truth(
    do: Do, accept: bool
) -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        practice.misbehave(Fault(do=do, accept=accept))
        result = await connected(practice, patience=IMPATIENT).send(an_outgoing())
        gateway = connected(practice)
        found = await gateway.find(an_outgoing(), frozenset())
        again = await gateway.send(an_outgoing())
        assert [text.arrivals for text in practice.seen()] == [1]
    assert result.outcome is Outcome.UNKNOWN
    assert found.finding is (Finding.PRESENT if accept else Finding.ABSENT)
    assert again.outcome is (Outcome.ALREADY_ACCEPTED if accept else Outcome.ACCEPTED)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, Outcome.BAD_REQUEST),
        (401, Outcome.BAD_LOGIN),
        (402, Outcome.NO_CREDIT),
        (409, Outcome.ALREADY_ACCEPTED),
        (429, Outcome.TRY_LATER),
        (500, Outcome.UNKNOWN),
        (503, Outcome.NOT_SENT_RETRY),
    ],
)
async def test_any_status_can_be_answered(status: int, outcome: Outcome) -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        practice.misbehave(Fault(do=Do.ANSWER, status=status, body='{"message": "as told"}'))
        result = await connected(practice).send(an_outgoing())
        assert practice.seen() == ()
    assert (result.outcome, result.http_status) == (outcome, status)


async def test_a_gateway_that_doubles_is_caught_by_the_count() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        practice.misbehave(Fault(do=Do.DUPLICATE))
        await connected(practice).send(an_outgoing())
        assert [text.arrivals for text in practice.seen()] == [2]


async def test_a_gateway_that_loses_says_it_took_the_text() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        practice.misbehave(Fault(do=Do.LOSE))
        gateway = connected(practice)
        result = await gateway.send(an_outgoing())
        found = await gateway.find(an_outgoing(), frozenset())
        assert practice.seen() == ()
    assert (result.outcome, found.finding) == (Outcome.ACCEPTED, Finding.ABSENT)


async def test_a_delay_is_only_a_delay() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        practice.misbehave(Fault(do=Do.DELAY, seconds=0.05))
        result = await connected(practice).send(an_outgoing())
    assert result.outcome is Outcome.ACCEPTED


async def test_a_fault_happens_as_often_as_it_is_planned() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        gateway = connected(practice)
        practice.misbehave(Fault(do=Do.CUT, times=2))
        outcomes = [(await gateway.send(numbered(n))).outcome for n in range(3)]
        assert outcomes == [Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.ACCEPTED]
        practice.misbehave(Fault(do=Do.CUT, times=0))
        outcomes = [(await gateway.send(numbered(n))).outcome for n in range(10, 15)]
        assert set(outcomes) == {Outcome.UNKNOWN}
        practice.behave()
        assert (await gateway.send(numbered(20))).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("after", [0, 2])
async def test_one_that_dies_loses_one_answer_and_says_nothing_until_it_recovers(
    after: int,
) -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        gateway = connected(practice)
        practice.break_down(after)
        assert (await gateway.check()).ok, "it is alive until then"
        await gateway.collect(NOW, [])
        outcomes = [(await gateway.send(numbered(n))).outcome for n in range(after + 3)]
        assert outcomes == [*[Outcome.ACCEPTED] * after, *[Outcome.UNKNOWN] * 3]
        assert len(practice.seen()) == after + 1, "it has the text whose answer was lost"
        for n in range(after + 3):
            found = await gateway.find(numbered(n), frozenset())
            assert found.finding is Finding.UNSURE
        assert not (await gateway.check()).ok
        with pytest.raises(GatewayTrouble):
            await gateway.collect(NOW, [])
        practice.recover()
        found_now = [(await gateway.find(numbered(n), frozenset())).finding for n in range(5)]
        assert found_now.count(Finding.PRESENT) == after + 1
        assert (await gateway.send(numbered(20))).outcome is Outcome.ACCEPTED


async def test_a_fault_befalls_only_its_subject() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        gateway = connected(practice)
        for subject in (Subject.STATUS, Subject.INBOX, Subject.CHECK):
            practice.misbehave(Fault(do=Do.PAGE, on=subject))
        assert (await gateway.send(an_outgoing())).outcome is Outcome.ACCEPTED
        assert not (await gateway.check()).ok
        assert (await gateway.check()).ok
        with pytest.raises(GatewayTrouble):
            await gateway.collect(NOW, [])
        assert (await gateway.find(an_outgoing(), frozenset())).finding is Finding.UNSURE
        assert (await gateway.find(an_outgoing(), frozenset())).finding is Finding.PRESENT


async def test_an_inbox_may_list_every_reply_twice() -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        practice.reply(CUSTOMER, "STOP")
        practice.misbehave(Fault(do=Do.DUPLICATE, on=Subject.INBOX))
        collected = await connected(practice).collect(NOW, [])
    assert len(collected.inbound) == 1


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({"reply": {"from": CUSTOMER, "text": "STOP"}}, 200),
        ({"fault": {"do": "cut", "times": 2, "accept": True, "on": "send"}}, 200),
        ({"behave": True}, 200),
        ({"behave": False}, 400),
        ({"fault": {"do": "explode"}}, 400),
        ({"fault": {"do": "cut", "tmies": 2}}, 400),
        ({"fault": {"do": "answer", "status": 99}}, 400),
        ({"fault": {"do": "hang", "seconds": 1e9}}, 400),
        ({"reply": {"from": CUSTOMER}}, 400),
        ({"reply": "STOP"}, 400),
        ({}, 400),
    ],
)
async def test_it_takes_orders_while_it_runs(order: dict[str, Any], status: int) -> None:
    async with practice_server(now=clock, script=AT_ONCE) as practice:
        answer = await asyncio.to_thread(post, practice, "/control", json.dumps(order))
        assert answer.status_code == status
        if "fault" in order:
            outcome = (await connected(practice).send(an_outgoing())).outcome
            assert (outcome is Outcome.UNKNOWN) is (status == 200)
        if "reply" in order:
            assert [reply.text for reply in practice.replies()] == ["STOP"] * (status == 200)


async def test_other_addresses_do_not_exist() -> None:
    async with practice_server(now=clock) as practice:
        for path in ("/nothing", "/control/x", "/inbox"):
            assert (await asyncio.to_thread(post, practice, path, "{}")).status_code == 404


# Scripts.

SCRIPT = """
delay_s = 0
refuse_duplicates = false

[[numbers]]
ends = "0142"
answer = "STOP"
after_s = 0

[[numbers]]
ends = "99"
ending = "undeliverable"

[[faults]]
do = "cut"
accept = true

[[replies]]
from = "+12125550177"
text = "Are you open?"
"""


def test_a_script_file_says_everything() -> None:
    assert read_script(SCRIPT, "script.toml") == Script(
        delay_s=0,
        refuse_duplicates=False,
        habits=(Habit(ends="0142", answer="STOP"), Habit(ends="99", ending=Ending.UNDELIVERABLE)),
        faults=(Fault(do=Do.CUT, accept=True),),
        replies=(PlannedReply(sender="+12125550177", text="Are you open?"),),
    )
    assert read_script("", "script.toml") == Script()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("delay = 1", "delay: unknown key"),
        ("delay_s = -1", "delay_s: must be a number from 0 up"),
        ("delay_s = 100000", "delay_s: is longer than a day"),
        ("[[numbers]]\nends = '*'", "numbers[0].ends: must look like"),
        ("[[numbers]]\nends = '1'\nending = 'lost'", "numbers[0].ending: must be one of"),
        ("[[faults]]\ndo = 'x'", "faults[0].do: must be one of answer, cut"),
        ("[[replies]]\nfrom = 'x'", "replies[0].text: is missing"),
        ("faults = 3", "faults: must be a list of tables"),
        ("{", "is not a TOML file"),
    ],
)
def test_a_mistake_in_a_script_is_named(text: str, complaint: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_script(text, "script.toml")
    assert caught.value.message.startswith("script.toml")
    assert complaint in caught.value.message


async def test_a_script_is_played() -> None:
    script = read_script(SCRIPT, "script.toml")
    async with practice_server(now=clock, script=script) as practice:
        gateway = connected(practice)
        assert (await gateway.send(an_outgoing())).outcome is Outcome.UNKNOWN
        collected = await gateway.collect(NOW, [])
    assert [(text.sender, text.text) for text in collected.inbound] == [
        ("+12125550177", "Are you open?"),
        (CUSTOMER, "STOP"),
    ]


def test_the_demo_has_customers_of_every_kind() -> None:
    assert {habit.ending for habit in LIVELY.habits} == set(Ending)
    assert "STOP" in {habit.answer for habit in LIVELY.habits}


# Running by itself.


class Running:
    """`serve_practice` in a thread, as the command line runs it."""

    def __init__(self, **options: Any) -> None:
        self.events: list[Seen] = []
        self.heard = threading.Condition()
        self.stop = threading.Event()
        self.thread = threading.Thread(
            target=serve_practice,
            kwargs={"now": clock, "port": 0, "on_event": self._hear, "stop": self.stop} | options,
        )

    def _hear(self, event: Seen) -> None:
        with self.heard:
            self.events.append(event)
            self.heard.notify_all()

    def wait_for(self, holds: Callable[[list[Seen]], bool]) -> None:
        with self.heard:
            assert self.heard.wait_for(lambda: holds(self.events), timeout=10)

    def __enter__(self) -> Self:
        self.thread.start()
        self.wait_for(bool)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()


def test_by_itself_it_says_where_it_listens_and_what_it_sees() -> None:
    with Running(script=AT_ONCE, token="tok") as running:
        url = running.events[0].note
        gateway = a_connection(packaged("practice"), {"url": url, "token": "tok"})
        asyncio.run(gateway.send(an_outgoing()))
        running.wait_for(lambda events: len(events) >= 3)
    assert [event.kind for event in running.events] == [Kind.LISTENING, Kind.ACCEPTED, Kind.ARRIVED]
    assert running.events[1].ref == REF
    assert running.events[1].at == NOW


def test_the_preset_reaches_one_that_runs_by_itself_without_a_word_of_set_up() -> None:
    values = account_values(packaged("practice"), {})
    assert values == {"account.url": f"http://{HOST}:{PORT}", "account.token": TOKEN}


def test_a_port_that_is_taken_is_said_plainly() -> None:
    practice = PracticeGateway(now=clock)
    practice.start()
    try:
        port = int(practice.url.rpartition(":")[2])
        with pytest.raises(BadInput, match=str(port)) as caught:
            serve_practice(now=clock, port=port, on_event=lambda _: None)
        assert caught.value.code == "port_taken"
    finally:
        practice.stop()


def test_stopping_drops_whoever_hangs() -> None:
    practice = PracticeGateway(now=clock, script=AT_ONCE)
    practice.start()
    practice.misbehave(Fault(do=Do.HANG, seconds=3600))
    results: list[Outcome] = []

    def send() -> None:
        results.append(asyncio.run(connected(practice).send(an_outgoing())).outcome)

    sender = threading.Thread(target=send)
    sender.start()
    try:
        practice_saw_it = practice.wait_until(lambda store: not store.planned_faults())
        assert practice_saw_it
    finally:
        practice.stop()
        sender.join()
    assert results == [Outcome.UNKNOWN]
