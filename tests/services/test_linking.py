"""People with several numbers and people who live together: linked, unlinked, and what it binds."""

from __future__ import annotations

import pytest

from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.wishes import Channel
from shopbell.errors import BadInput
from shopbell.services.outbox import Submitted
from shops import ANA, BO, NOW, Counter

CY, DEE = E164("+12125550103"), E164("+12125550104")
OFFERS = ("offers",)


async def people(counter: Counter) -> None:
    """Ana is on file twice, as ANA and BO; Cy and Dee are others."""
    for number, name, note, tags in (
        (ANA, "Ana Reyes", "likes peonies", ("weekly",)),
        (BO, "Ana R.", "dog called Biscuit", ("wedding",)),
        (CY, "Cy Moss", "", ()),
        (DEE, "Dee Cole", "", ()),
    ):
        await counter.shop.people.add(ContactDraft(number=number, name=name, note=note, tags=tags))


async def listed(counter: Counter, words: str = "", **wanted: object) -> list[E164]:
    page = await counter.shop.people.find(words, filter=PeopleFilter(**wanted))  # type: ignore[arg-type]
    assert page.total == len(page.rows)
    return [row.number for row in page.rows]


def codes(submitted: Submitted) -> set[Code]:
    return {reason.code for reason in submitted.judged.decision.reasons}


async def test_a_merge_is_shown_before_it_is_done_and_then_done_like_that(
    counter: Counter,
) -> None:
    await people(counter)
    shown = await counter.shop.linking.preview(ANA, BO)
    before = await counter.shop.people.by_number(ANA)
    assert before == shown.kept
    assert await listed(counter) == [BO, ANA, CY, DEE]
    done = await counter.shop.linking.merge(ANA, BO)
    assert done == shown
    kept = await counter.shop.people.by_number(ANA)
    assert kept is not None
    assert kept.name == "Ana Reyes / Ana R."
    assert kept.note == "likes peonies\ndog called Biscuit"
    assert kept.tags == ("weekly", "wedding")
    assert await listed(counter) == [ANA, CY, DEE]


@pytest.mark.parametrize("words", ["0101", "0102", "ana r.", "biscuit", "wedding", "2125550102"])
async def test_every_number_and_word_of_the_person_finds_the_one_line(
    counter: Counter, words: str
) -> None:
    await people(counter)
    await counter.shop.linking.merge(ANA, BO)
    assert await listed(counter, words) == [ANA]
    assert await listed(counter, words, not_asked=True) == [ANA]


async def test_a_filter_looks_at_all_numbers_of_a_person(counter: Counter) -> None:
    await people(counter)
    await counter.agree(BO, Purpose.SERVICE, ("orders",))
    await counter.submit(number=BO, topic="orders")
    await counter.deliver()
    assert await listed(counter, consented_to="orders") == [BO]
    await counter.shop.linking.merge(ANA, BO)
    assert await listed(counter, consented_to="orders") == [ANA]
    assert await listed(counter, not_asked=True) == [CY, DEE]
    assert await listed(counter, not_texted_for=7) == [CY, DEE]
    assert await listed(counter, tag="wedding") == [ANA]
    await counter.shop.consents.opt_out(DEE, How.SPOKEN)
    assert await listed(counter, not_asked=True) == [CY]


async def test_each_number_keeps_its_own_yes(counter: Counter) -> None:
    await people(counter)
    await counter.agree(BO)
    await counter.shop.linking.merge(ANA, BO)
    assert (await counter.submit(number=BO)).judged.decision.verdict is Verdict.ALLOW
    refused = await counter.submit(number=ANA)
    assert codes(refused) == {Code.NO_CONSENT}


async def test_a_stop_from_one_number_stops_all_of_them(counter: Counter) -> None:
    await people(counter)
    await counter.agree(ANA)
    await counter.agree(BO)
    waiting = await counter.submit(number=ANA)
    await counter.shop.linking.merge(ANA, BO)
    await counter.shop.consents.opt_out(BO, How.SPOKEN)
    assert await counter.deliver() == ()
    assert waiting.text is not None
    assert counter.gateway.taken == []
    assert Code.OPTED_OUT in codes(await counter.submit(number=ANA))
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert [one.number for one in sheet.same_person] == [BO]


async def test_a_stop_by_text_stops_the_other_number_too(counter: Counter) -> None:
    await people(counter)
    await counter.agree(ANA)
    await counter.shop.linking.merge(ANA, BO)
    counter.hears("STOP", BO)
    await counter.shop.delivery.sync()
    assert codes(await counter.submit(number=ANA)) == {Code.OPTED_OUT}


async def test_a_no_a_wish_and_a_reply_that_may_be_a_stop_bind_all_numbers(
    counter: Counter,
) -> None:
    await people(counter)
    await counter.agree(ANA, Purpose.MARKETING, OFFERS)
    await counter.shop.linking.merge(ANA, BO)
    await counter.shop.wishes.record(BO, channel=Channel.CALL)
    text = await counter.submit(number=ANA, purpose=Purpose.MARKETING, topic="offers")
    assert codes(text) == {Code.CHANNEL_PREFERENCE}
    await counter.shop.consents.revoke(
        ConsentDraft(
            number=BO,
            act=Act.REVOKED,
            purpose=Purpose.MARKETING,
            topics=OFFERS,
            wording="no offers please",
            how=How.SPOKEN,
            at=NOW,
        )
    )
    counter.hears("enough roses for now", BO)
    await counter.shop.delivery.sync()
    text = await counter.submit(number=ANA, purpose=Purpose.MARKETING, topic="offers")
    assert codes(text) == {
        Code.CHANNEL_PREFERENCE,
        Code.NO_CONSENT,
        Code.HELD_AMBIGUOUS_STOP,
    }


async def test_texts_and_promises_of_all_numbers_count_together(counter: Counter) -> None:
    await people(counter)
    await counter.agree(ANA, Purpose.MARKETING, OFFERS)
    await counter.agree(BO, Purpose.MARKETING, OFFERS, promised_n=1, promised_days=40)
    await counter.submit(number=ANA, purpose=Purpose.MARKETING, topic="offers")
    await counter.deliver()
    await counter.shop.linking.merge(ANA, BO)
    counter.clock.advance(days=14)
    for number in (ANA, BO):
        text = await counter.submit(number=number, purpose=Purpose.MARKETING, topic="offers")
        assert codes(text) == {Code.CAP_PROMISED}


async def test_a_merge_is_taken_back_and_all_is_as_it_was(counter: Counter) -> None:
    await people(counter)
    await counter.shop.consents.opt_out(BO, How.SPOKEN)
    await counter.agree(ANA)
    before = [await counter.shop.people.by_number(number) for number in (ANA, BO)]
    await counter.shop.linking.merge(ANA, BO)
    assert codes(await counter.submit(number=ANA)) == {Code.OPTED_OUT}
    done = await counter.shop.linking.split(BO)
    assert done.restored
    for was, now in zip(before, (done.kept, done.joined), strict=True):
        assert was is not None
        assert (now.name, now.note, now.tags) == (was.name, was.note, was.tags)
    assert await listed(counter, "0102") == [BO]
    assert await listed(counter, "0101") == [ANA]
    assert (await counter.submit(number=ANA)).judged.decision.verdict is Verdict.ALLOW
    with pytest.raises(BadInput, match="not merged"):
        await counter.shop.linking.split(BO)


async def test_a_kept_contact_that_was_changed_since_keeps_the_change(counter: Counter) -> None:
    await people(counter)
    await counter.shop.linking.merge(ANA, BO)
    await counter.shop.people.edit(ANA, name="Ana Maria Reyes")
    done = await counter.shop.linking.split(ANA)
    assert not done.restored
    assert (done.kept.name, done.joined.name) == ("Ana Maria Reyes", "Ana R.")
    assert await listed(counter) == [ANA, BO, CY, DEE]


async def test_a_person_of_two_numbers_is_merged_on_and_comes_apart_again(
    counter: Counter,
) -> None:
    await people(counter)
    await counter.shop.linking.merge(BO, CY)
    done = await counter.shop.linking.merge(ANA, CY)
    assert [one.number for one in done.joined] == [BO, CY]
    assert await listed(counter) == [ANA, DEE]
    await counter.shop.consents.opt_out(CY, How.SPOKEN)
    await counter.agree(ANA)
    assert codes(await counter.submit(number=ANA)) == {Code.OPTED_OUT}
    await counter.shop.linking.split(BO)
    assert await listed(counter, "0103") == [BO]
    await counter.shop.linking.split(CY)
    assert len(await listed(counter)) == 4


async def test_a_number_taken_out_of_the_middle_stays_out(counter: Counter) -> None:
    await people(counter)
    await counter.shop.linking.merge(BO, CY)
    await counter.shop.linking.merge(ANA, BO)
    await counter.shop.linking.split(CY)
    await counter.shop.linking.split(BO)
    assert await listed(counter, "0103") == [CY]
    assert len(await listed(counter)) == 4


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [(ANA, ANA, "same_person"), (ANA, E164("+12125550199"), "no_contact")],
)
async def test_what_cannot_be_merged_is_said(
    counter: Counter, first: E164, second: E164, code: str
) -> None:
    await people(counter)
    for job in (counter.shop.linking.preview, counter.shop.linking.merge):
        with pytest.raises(BadInput) as caught:
            await job(first, second)
        assert caught.value.code == code
    await counter.shop.linking.merge(ANA, BO)
    with pytest.raises(BadInput, match="same person already"):
        await counter.shop.linking.merge(BO, ANA)


async def test_a_file_with_merged_people_adds_up(counter: Counter) -> None:
    await people(counter)
    await counter.shop.linking.merge(ANA, BO)
    assert (await counter.shop.checking.whole()).ok


async def test_people_live_together_and_move_out(counter: Counter) -> None:
    await people(counter)
    linking = counter.shop.linking
    assert [one.number for one in await linking.live_together([CY, ANA])] == [ANA, CY]
    home = await linking.live_together([DEE, CY])
    assert [one.number for one in home] == [ANA, CY, DEE]
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(CY))
    assert [one.number for one in sheet.household] == [ANA, DEE]
    await linking.move_out(ANA)
    await linking.move_out(CY)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(DEE))
    assert sheet.household == ()
    with pytest.raises(BadInput, match="in no household"):
        await linking.move_out(DEE)
    with pytest.raises(BadInput, match="two people at least"):
        await linking.live_together([ANA])


async def test_two_households_become_one_when_one_of_each_moves_together(
    counter: Counter,
) -> None:
    await people(counter)
    linking = counter.shop.linking
    await linking.live_together([ANA, BO])
    await linking.live_together([CY, DEE])
    home = await linking.live_together([BO, DEE])
    assert [one.number for one in home] == [BO, ANA, CY, DEE]


async def test_a_household_binds_nobody(counter: Counter) -> None:
    """People who live together are people of their own: a stop of one is not the other's."""
    await people(counter)
    await counter.agree(ANA)
    await counter.shop.linking.live_together([ANA, CY])
    await counter.shop.consents.opt_out(CY, How.SPOKEN)
    assert (await counter.submit(number=ANA)).judged.decision.verdict is Verdict.ALLOW
