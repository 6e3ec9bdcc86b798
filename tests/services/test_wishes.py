"""Wishes: kept, shown on the sheet, honoured by the gate, and lost with the contact only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.ids import E164
from shopbell.domain.wish_changes import WishChange
from shopbell.domain.wishes import NO_WISHES, Channel, Wishes
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shops import ANA, BO, Counter

UNTIL = datetime(2026, 12, 1, 5, tzinfo=UTC)
"""Midnight in New York."""


async def test_each_wish_is_kept_and_the_others_stay(counter: Counter) -> None:
    await counter.add()
    assert await counter.shop.wishes.of(ANA) == NO_WISHES
    book = counter.shop.wishes
    assert await book.record(ANA, channel=Channel.CALL) == Wishes(channel=Channel.CALL)
    await book.record(ANA, paused_until=date(2026, 12, 1))
    whole = await book.record(ANA, language="fr-CA")
    assert whole == Wishes(channel=Channel.CALL, paused_until=UNTIL, language="fr-CA")
    assert await book.of(ANA) == whole
    assert await book.record(ANA, channel="") == replace(whole, channel=None)
    assert await book.record(ANA, paused_until="", language="") == NO_WISHES
    assert await book.of(BO) == NO_WISHES


async def test_a_wish_refuses_a_text_and_says_what_to_do_instead(counter: Counter) -> None:
    await counter.add()
    await counter.agree()
    await counter.shop.wishes.record(ANA, channel=Channel.CALL)
    submitted = await counter.submit()
    assert submitted.text is None
    (reason,) = submitted.judged.decision.reasons
    assert reason.code is Code.CHANNEL_PREFERENCE
    assert reason.sentence == "This person asked to be called instead. Call them."
    await counter.shop.wishes.record(ANA, channel="")
    assert (await counter.submit()).text is not None


async def test_a_pause_holds_offers_but_not_the_order(counter: Counter) -> None:
    await counter.add()
    await counter.agree()
    await counter.agree(purpose=Purpose.MARKETING)
    await counter.shop.wishes.record(ANA, paused_until=date(2026, 12, 1))
    offer = await counter.submit("tulips are in.", purpose=Purpose.MARKETING)
    assert offer.judged.decision.verdict is Verdict.HOLD
    assert offer.judged.decision.next_allowed_at == datetime(2026, 12, 1, 15, tzinfo=UTC)
    assert "pause until 1 Dec 2026" in offer.judged.decision.reasons[0].sentence
    assert (await counter.submit()).judged.decision.verdict is Verdict.ALLOW


async def test_a_wish_recorded_after_a_text_was_written_still_stops_it(counter: Counter) -> None:
    await counter.add()
    await counter.agree()
    await counter.submit()
    await counter.shop.wishes.record(ANA, channel=Channel.NONE)
    await counter.deliver()
    assert counter.gateway.taken == []


async def test_the_sheet_shows_the_wishes(counter: Counter) -> None:
    await counter.add()
    await counter.shop.wishes.record(ANA, channel=Channel.EMAIL, language="es")
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.wishes == Wishes(channel=Channel.EMAIL, language="es")


async def test_recording_a_wish_is_news_and_changes_the_contact(counter: Counter) -> None:
    await counter.add()
    before = await counter.shop.people.by_number(ANA)
    counter.clock.advance(hours=1)
    heard: list[Changed] = []
    counter.shop.subscribe(heard.append)
    await counter.shop.wishes.record(ANA, channel=Channel.CALL)
    after = await counter.shop.people.by_number(ANA)
    assert heard == [Changed.PEOPLE]
    assert before is not None
    assert after is not None
    assert after.updated_at > before.updated_at, "an undone import must not take it away"


async def test_editing_the_name_leaves_the_wishes(counter: Counter) -> None:
    await counter.add()
    await counter.shop.wishes.record(ANA, channel=Channel.CALL)
    await counter.shop.people.edit(ANA, name="Ana Moss", birthday="--03-09")
    assert (await counter.shop.wishes.of(ANA)).channel is Channel.CALL


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"paused_until": date(2026, 11, 24)}, "bad_date"),
        ({"paused_until": date(2020, 1, 1)}, "bad_date"),
        ({"language": "Klingon"}, "bad_language"),
        ({"language": "\x1b[31m"}, "bad_language"),
    ],
)
async def test_a_wish_that_makes_no_sense_is_refused_and_nothing_changes(
    counter: Counter, wish: dict[str, object], code: str
) -> None:
    await counter.add()
    await counter.shop.wishes.record(ANA, channel=Channel.CALL, language="es")
    with pytest.raises(BadInput) as caught:
        await counter.shop.wishes.record(ANA, **wish)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert await counter.shop.wishes.of(ANA) == Wishes(channel=Channel.CALL, language="es")


async def test_a_stranger_has_no_wishes_to_record(counter: Counter) -> None:
    with pytest.raises(BadInput, match="no contact"):
        await counter.shop.wishes.record(E164("+12125550199"), channel=Channel.CALL)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1985-03-09", "1985-03-09"), ("--03-09", "--03-09"), ("9 March 1985", "1985-03-09")],
)
async def test_a_birthday_is_kept_as_a_date(counter: Counter, typed: str, kept: str) -> None:
    await counter.add()
    assert (await counter.shop.people.edit(ANA, birthday=typed)).birthday == kept
    assert (await counter.shop.people.edit(ANA, birthday="")).birthday == ""


@pytest.mark.parametrize("typed", ["soon", "2026-13-45", "03/04/1985"])
async def test_a_birthday_nobody_can_tell_is_refused(counter: Counter, typed: str) -> None:
    await counter.add()
    with pytest.raises(BadInput, match="birthday"):
        await counter.shop.people.edit(ANA, birthday=typed)


async def test_hours_somebody_asked_for_hold_a_text_until_they_begin(counter: Counter) -> None:
    await counter.add()
    await counter.agree()
    kept = await counter.shop.wishes.record(ANA, hours="tue 14:00-16:00; wed 9:00-12:00")
    assert kept.hours is not None
    assert (await counter.shop.wishes.of(ANA)).hours == kept.hours
    held = await counter.submit()
    assert held.judged.decision.verdict is Verdict.HOLD
    (reason,) = held.judged.decision.reasons
    assert (reason.code, reason.rule) == (Code.CHANNEL_PREFERENCE, "policy.wish.hours")
    assert "the hours this person asked for on a Tuesday are 14:00-16:00" in reason.sentence
    assert held.judged.decision.next_allowed_at == datetime(2026, 11, 24, 19, tzinfo=UTC)


async def test_a_text_expires_with_the_hours_somebody_asked_for(counter: Counter) -> None:
    await counter.add()
    await counter.agree()
    await counter.shop.wishes.record(ANA, hours="tue 10:00-12:00")
    allowed = await counter.submit()
    assert allowed.judged.decision.window_ends_at == datetime(2026, 11, 24, 17, tzinfo=UTC)


async def test_fields_and_wishes_are_changed_together_or_not_at_all(counter: Counter) -> None:
    await counter.add(ANA, "Ana")
    with pytest.raises(BadInput, match="not a language"):
        await counter.shop.people.edit(
            ANA, name="Ana Moss", wishes=WishChange(channel=Channel.CALL, language="Klingon")
        )
    contact = await counter.shop.people.by_number(ANA)
    assert contact is not None
    assert contact.name == "Ana"
    assert await counter.shop.wishes.of(ANA) == NO_WISHES
    changed = await counter.shop.people.edit(
        ANA, name="Ana Moss", wishes=WishChange(channel=Channel.CALL)
    )
    assert changed.name == "Ana Moss"
    assert (await counter.shop.wishes.of(ANA)).channel is Channel.CALL


@pytest.mark.parametrize(
    ("typed", "kept"), [("Chicago", "America/Chicago"), ("europe/london", "Europe/London")]
)
async def test_a_zone_is_kept_by_its_whole_name(counter: Counter, typed: str, kept: str) -> None:
    await counter.add()
    assert (await counter.shop.people.edit(ANA, zone=typed)).zone == kept
    assert (await counter.shop.people.edit(ANA, zone="")).zone is None


@pytest.mark.parametrize(
    ("change", "code"), [({"zone": "Mars"}, "bad_zone"), ({"region": "US-ZZ"}, "bad_place")]
)
async def test_a_place_nobody_knows_is_refused(
    counter: Counter, change: dict[str, str], code: str
) -> None:
    await counter.add()
    with pytest.raises(BadInput) as caught:
        await counter.shop.people.edit(ANA, **change)  # type: ignore[arg-type]
    assert caught.value.code == code


async def test_tags_are_kept_once_each(counter: Counter) -> None:
    await counter.add()
    edited = await counter.shop.people.edit(ANA, tags=("weekly", "vip", "weekly"))
    assert edited.tags == ("weekly", "vip")
