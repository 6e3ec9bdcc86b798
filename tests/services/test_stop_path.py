"""Campaigns wait until a STOP was seen; a lost or silent gateway is told; own phone trials."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from crowds import campaign, crowd
from shopbell.domain.campaigns import CampaignState
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.gateway import Collected, GatewayConfig
from shopbell.domain.gateway_alarms import QUIET_TEXTS, AlarmKind
from shopbell.domain.stop_path import Way
from shopbell.domain.texts import State
from shopbell.errors import BadInput, GatewayTrouble
from shopbell.services.delivery import _pause
from shopbell.services.drill import DRILL
from shops import ANA, PASSPHRASE, Counter, open_counter

OWNER = "+12125550177"


@pytest.fixture
async def real(tmp_path: Path) -> AsyncIterator[Counter]:
    """A shop whose gateway is no practice gateway."""
    counter = await open_counter(tmp_path / "shop.db", PASSPHRASE, practice=False)
    counter.gateway.info = replace(DRILL, practice=False)
    yield counter
    await counter.shop.close()


async def fetch(counter: Counter) -> None:
    assert await counter.shop.delivery.take("a test")
    await counter.shop.delivery.sync()


async def approved(counter: Counter) -> int:
    await crowd(counter, 2)
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id)
    return made.id


async def refusal(job: object) -> BadInput:
    with pytest.raises(BadInput) as refused:
        await job  # type: ignore[misc]
    return refused.value


class TestProving:
    async def test_a_campaign_does_not_start_before_a_stop_was_seen(self, real: Counter) -> None:
        made = await approved(real)
        error = await refusal(real.shop.runs.start(made))  # type: ignore[arg-type]
        assert error.code == "stop_unproved"
        assert "No STOP has come in through “drill” yet" in error.message
        assert "Text STOP from your own phone" in error.hint
        assert "shopbell gateway prove" in error.hint
        assert await real.deliver() == ()

    async def test_a_stop_from_the_owners_phone_opens_the_way(self, real: Counter) -> None:
        made = await approved(real)
        real.hears("STOP", OWNER)
        await fetch(real)
        path = await real.shop.stop_path.now()
        assert (path.way, path.seen_at) == (Way.SEEN, real.clock.now())
        started = await real.shop.runs.start(made)  # type: ignore[arg-type]
        assert started.state is CampaignState.STARTING

    @pytest.mark.parametrize("text", ["stop", "Stop.", "unsubscribe", "please don't text me"])
    async def test_any_certain_stop_is_proof(self, real: Counter, text: str) -> None:
        real.hears(text, OWNER)
        await fetch(real)
        assert (await real.shop.stop_path.now()).is_open

    @pytest.mark.parametrize("text", ["thanks!", "START", "HELP", "the bus stop is closed"])
    async def test_another_reply_is_none(self, real: Counter, text: str) -> None:
        real.hears(text, OWNER)
        await fetch(real)
        assert (await real.shop.stop_path.now()).way is Way.UNSEEN

    async def test_a_stop_without_a_number_is_none(self, real: Counter) -> None:
        real.hears("STOP", "FernFinch")
        await fetch(real)
        assert (await real.shop.stop_path.now()).way is Way.UNSEEN

    async def test_a_stop_that_was_typed_in_proves_nothing_about_the_gateway(
        self, real: Counter
    ) -> None:
        from shopbell.domain.consent import How

        await real.shop.consents.opt_out(ANA, How.PHONE)
        assert (await real.shop.stop_path.now()).way is Way.UNSEEN

    async def test_after_thirty_days_it_must_be_seen_again(self, real: Counter) -> None:
        made = await approved(real)
        real.hears("STOP", OWNER)
        await fetch(real)
        real.clock.advance(days=30)
        assert (await real.shop.stop_path.now()).is_open
        real.clock.advance(seconds=1)
        assert (await real.shop.stop_path.now()).way is Way.UNSEEN
        assert (await refusal(real.shop.runs.start(made))).code == "stop_unproved"  # type: ignore[arg-type]

    async def test_the_same_stop_handed_out_again_later_is_no_new_proof(
        self, real: Counter
    ) -> None:
        real.hears("STOP", OWNER)
        await fetch(real)
        seen = (await real.shop.stop_path.now()).seen_at
        real.clock.advance(minutes=3)
        await fetch(real)
        assert (await real.shop.stop_path.now()).seen_at == seen

    async def test_another_account_needs_a_proof_of_its_own(self, real: Counter) -> None:
        real.hears("STOP", OWNER)
        await fetch(real)
        real.clock.advance(minutes=1)
        state = await real.shop.gateways.active()
        assert state is not None
        same = replace(state.config, price_micros=8000)
        await real.shop.gateways.set_up(same)
        assert (await real.shop.stop_path.now()).is_open
        await real.shop.gateways.set_up(replace(same, account={"from": "+12125550199"}))
        assert (await real.shop.stop_path.now()).way is Way.UNSEEN

    async def test_a_stop_through_another_gateway_proves_nothing(self, real: Counter) -> None:
        real.hears("STOP", OWNER)
        await fetch(real)
        await real.shop.gateways.set_up(a_gateway("second"))
        assert (await real.shop.stop_path.now()).way is Way.UNSEEN
        await real.shop.gateways.use("drill")
        assert (await real.shop.stop_path.now()).is_open

    async def test_resuming_needs_it_too(self, real: Counter) -> None:
        made = await approved(real)
        real.hears("STOP", OWNER)
        await fetch(real)
        await real.shop.runs.start(made)  # type: ignore[arg-type]
        await real.shop.runs.pause(made)  # type: ignore[arg-type]
        real.clock.advance(days=31)
        assert (await refusal(real.shop.runs.resume(made))).code == "stop_unproved"  # type: ignore[arg-type]

    async def test_one_text_to_one_person_needs_no_proof(self, real: Counter) -> None:
        await real.add()
        await real.agree()
        await real.submit()
        (sent,) = await real.deliver()
        assert sent.state is State.ACCEPTED

    async def test_a_practice_gateway_needs_no_proof(self, counter: Counter) -> None:
        made = await approved(counter)
        assert (await counter.shop.stop_path.now()).way is Way.PRACTICE
        await counter.shop.runs.start(made)  # type: ignore[arg-type]


class TestPromising:
    async def test_a_deaf_gateway_asks_how_stops_reach_the_list(self, real: Counter) -> None:
        real.gateway.info = replace(real.gateway.info, reports_replies=False)
        made = await approved(real)
        error = await refusal(real.shop.runs.start(made))  # type: ignore[arg-type]
        assert error.code == "stop_unproved"
        assert "can't tell Shopbell about replies" in error.message
        assert "--instead" in error.hint
        path = await real.shop.stop_path.promise("Ana reads the phone\nand types them in")
        assert (path.way, path.promise) == (
            Way.PROMISED,
            "Ana reads the phone and types them in.",
        )
        assert path.promised_at == real.clock.now()
        await real.shop.runs.start(made)  # type: ignore[arg-type]

    async def test_a_promise_is_asked_for_again(self, real: Counter) -> None:
        real.gateway.info = replace(real.gateway.info, reports_replies=False)
        await real.shop.stop_path.promise("Ana reads it.")
        real.clock.advance(days=31)
        assert (await real.shop.stop_path.now()).way is Way.DEAF

    @pytest.mark.parametrize("words", ["", "   ", "\n", "x" * 301])
    async def test_a_promise_says_something_short(self, real: Counter, words: str) -> None:
        real.gateway.info = replace(real.gateway.info, reports_replies=False)
        assert (await refusal(real.shop.stop_path.promise(words))).code == "bad_promise"

    async def test_a_gateway_that_hears_takes_no_promise_for_proof(self, real: Counter) -> None:
        error = await refusal(real.shop.stop_path.promise("Ana reads it."))
        assert error.code == "no_promise_needed"
        assert (await real.shop.stop_path.now()).way is Way.UNSEEN


class TestAlarms:
    async def test_a_gateway_that_is_not_reached_is_told_with_its_first_failure(
        self, real: Counter
    ) -> None:
        assert await real.shop.stop_path.alarms() == []
        real.gateway.unreachable = True
        for _ in range(3):
            with pytest.raises(GatewayTrouble):
                await fetch(real)
            real.clock.advance(minutes=5)
        (alarm,) = await real.shop.stop_path.alarms()
        assert (alarm.kind, alarm.short) == (AlarmKind.UNREACHABLE, "not reached since 10:42")

    async def test_one_good_look_ends_it(self, real: Counter) -> None:
        real.gateway.unreachable = True
        with pytest.raises(GatewayTrouble):
            await fetch(real)
        real.gateway.unreachable = False
        await fetch(real)
        assert await real.shop.stop_path.alarms() == []

    async def test_two_weeks_of_silence_after_many_texts_are_told(self, real: Counter) -> None:
        real.hears("thanks", OWNER)
        await fetch(real)
        real.clock.advance(minutes=1)
        for number in await crowd(real, QUIET_TEXTS):
            await real.agree(number)
            await real.submit(number=number)
        assert len(await real.deliver()) == QUIET_TEXTS
        assert await real.shop.stop_path.alarms() == []
        real.clock.advance(days=15)
        (alarm,) = await real.shop.stop_path.alarms()
        assert alarm.kind is AlarmKind.NO_REPLIES
        assert f"though {QUIET_TEXTS} texts went out" in alarm.sentence
        real.hears("hello?", OWNER, "in-2")
        await fetch(real)
        assert await real.shop.stop_path.alarms() == []

    @pytest.mark.parametrize(
        ("misses", "expecting", "seconds"),
        [
            (0, False, 5.0),
            (0, True, 1.5),
            (1, False, 10.0),
            (1, True, 10.0),
            (2, False, 20.0),
            (4, False, 80.0),
            (5, False, 120.0),
            (10_000, True, 120.0),
        ],
    )
    def test_looks_become_rarer_while_it_is_lost_but_never_stop(
        self, misses: int, expecting: bool, seconds: float
    ) -> None:
        assert _pause(misses, expecting=expecting) == seconds


class TestMissing:
    async def test_replies_that_are_still_missing_are_asked_for_again(
        self, real: Counter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await fetch(real)
        before = (await real.shop.gateways.active()).synced_at  # type: ignore[union-attr]
        since: list[object] = []

        async def collect(after: object, _: object) -> Collected:
            since.append(after)
            return Collected(complete=False, trouble="more to come")

        monkeypatch.setattr(real.gateway, "collect", collect)
        real.clock.advance(hours=2)
        await fetch(real)
        await fetch(real)
        state = await real.shop.gateways.active()
        assert state is not None
        assert (state.synced_at, state.trouble) == (before, "more to come")
        assert since[0] == since[1]


class TestOwnPhone:
    async def test_a_dry_run_shows_the_whole_request_and_sends_nothing(self, real: Counter) -> None:
        shown = await real.shop.trying.dry_run(ANA, "your order is ready.")
        assert shown.startswith(f"to {ANA}: Fern & Finch: your order is ready.")
        assert real.gateway.taken == []
        assert (await real.shop.outbox.find()).total == 0

    async def test_a_trial_text_goes_to_the_own_phone_with_its_yes_on_file(
        self, real: Counter
    ) -> None:
        submitted = await real.shop.trying.text_to_self(ANA)
        assert submitted.judged.decision.verdict is Verdict.ALLOW
        (sent,) = await real.deliver()
        assert (sent.number, sent.state) == (ANA, State.ACCEPTED)
        assert "trial text" in real.gateway.taken[0].text

    async def test_at_night_it_waits_like_any_other(self, real: Counter) -> None:
        real.clock.advance(hours=13)
        submitted = await real.shop.trying.text_to_self(ANA)
        assert submitted.judged.decision.verdict is Verdict.HOLD

    async def test_a_phone_that_said_stop_stays_silent(self, real: Counter) -> None:
        real.hears("STOP", ANA)
        await fetch(real)
        error = await refusal(real.shop.trying.text_to_self(ANA))
        assert error.code == "own_phone_stopped"
        assert "use another phone" in error.hint
        assert await real.deliver() == ()

    async def test_it_goes_again_and_again_while_there_is_no_stop(self, real: Counter) -> None:
        await real.shop.trying.text_to_self(ANA)
        await real.deliver()
        real.clock.advance(hours=1)
        submitted = await real.shop.trying.text_to_self(ANA)
        assert Code.OPTED_OUT not in {one.code for one in submitted.judged.decision.reasons}


def a_gateway(name: str) -> GatewayConfig:
    return GatewayConfig(
        name=name, preset_id="practice", account={}, price_micros=None, currency=None
    )


async def test_looks_that_fail_are_told_while_watching(real: Counter) -> None:
    """The whole loop: lost, told, found again."""
    real.gateway.unreachable = True
    stop = asyncio.Event()
    notes: list[str] = []

    def hear(event: object) -> None:
        notes.append(event.note)  # type: ignore[attr-defined]
        stop.set()

    await real.shop.delivery.watch("a test", stop, hear)
    assert notes == ["The gateway cannot be reached."]
    assert [alarm.kind for alarm in await real.shop.stop_path.alarms()] == [AlarmKind.UNREACHABLE]
