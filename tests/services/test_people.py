"""Contacts at the counter: adding, finding, editing, and the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shopbell.domain.answers import Answer
from shopbell.domain.consent import Act, How, Purpose
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shops import ANA, BO, Counter, a_yes


async def test_a_contact_is_found_by_any_way_of_typing_name_or_number(counter: Counter) -> None:
    await counter.shop.people.add(
        ContactDraft(number=ANA, name="Zoë O'Brien-Núñez", note="likes peonies", tags=("vip",))
    )
    await counter.add(BO, "Bo Lind")
    for words in (
        "zoe",
        "Zoë",
        "o'brien",
        "nunez",
        "brien",
        "peon",
        "vip",
        "0101",
        "555-0101",
        "(212) 555-01 01",
        "+1 212 555 0101",
        "zoe 0101",
    ):
        page = await counter.shop.people.find(words)
        assert [row.number for row in page.rows] == [ANA], words
        assert page.total == 1


async def test_every_word_must_match(counter: Counter) -> None:
    await counter.add(ANA, "Ana Reyes")
    await counter.add(BO, "Ana Lind")
    page = await counter.shop.people.find("ana lind")
    assert [row.number for row in page.rows] == [BO]


@pytest.mark.parametrize("words", ["[/]", '"', "*", "'; DROP TABLE contact", "\x1b[31m", "NEAR("])
async def test_hostile_search_words_find_nothing_and_break_nothing(
    counter: Counter, words: str
) -> None:
    await counter.add()
    page = await counter.shop.people.find(words)
    assert page.total == 0
    assert page.rows == ()


async def test_the_list_is_a_window_in_name_order_whatever_the_case(counter: Counter) -> None:
    for index, name in enumerate(("bea", "Abe", "cy", "Dan", "abe")):
        await counter.add(E164(f"+1212555011{index}"), name)
    page = await counter.shop.people.find("", first=1, count=3)
    assert [row.name for row in page.rows] == ["abe", "bea", "cy"]
    assert (page.first, page.total) == (1, 5)


async def test_names_that_begin_with_the_words_come_first(counter: Counter) -> None:
    for index, name in enumerate(("Bo Ann", "Anna Z", "Cy Annis", "ann a")):
        await counter.add(E164(f"+1212555011{index}"), name)
    page = await counter.shop.people.find("ann")
    assert [row.name for row in page.rows] == ["ann a", "Anna Z", "Bo Ann", "Cy Annis"]


@pytest.mark.parametrize("many", [1000, 5])
async def test_windows_of_few_and_of_many_hits_fit_together(
    counter: Counter, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the limit another way is taken; both must show everybody once, beginnings first."""
    from shopbell.store import contacts

    monkeypatch.setattr(contacts, "_MANY", many)
    for index in range(60):
        name = f"Same {index:02d}" if index % 2 else f"Other {index:02d} Same"
        await counter.add(E164(f"+1212555{100 + index:04d}"), name)
    seen: list[str] = []
    for first in range(0, 60, 7):
        page = await counter.shop.people.find("same", first=first, count=7)
        assert page.total == 60
        seen += [row.name for row in page.rows]
    assert len(set(seen)) == len(seen) == 60
    assert seen[:30] == [f"Same {index:02d}" for index in range(1, 60, 2)]


async def test_a_single_digit_narrows_nothing(counter: Counter) -> None:
    await counter.add()
    assert (await counter.shop.people.find("7")).total == 1
    assert (await counter.shop.people.find("77")).total == 0


async def test_a_second_contact_with_the_same_number_is_refused(counter: Counter) -> None:
    await counter.add()
    with pytest.raises(BadInput, match="already"):
        await counter.add(ANA, "Somebody Else")
    assert (await counter.shop.people.find()).total == 1


async def test_editing_changes_only_what_was_given_and_the_search_follows(
    counter: Counter,
) -> None:
    await counter.shop.people.add(
        ContactDraft(number=ANA, name="Ana Reyes", note="peonies", zone="America/Chicago")
    )
    edited = await counter.shop.people.edit(ANA, name="Ana Moss", zone="")
    assert (edited.name, edited.note, edited.zone) == ("Ana Moss", "peonies", None)
    assert (await counter.shop.people.find("reyes")).total == 0
    assert (await counter.shop.people.find("moss")).total == 1
    with pytest.raises(BadInput, match="no contact"):
        await counter.shop.people.edit(BO, name="Nobody")


async def test_the_list_shows_yes_no_and_the_last_text(counter: Counter) -> None:
    await counter.add()
    await counter.agree()
    await counter.submit()
    await counter.deliver()
    await counter.add(BO, "Bo Lind")
    await counter.shop.consents.opt_out(BO, How.SPOKEN)
    ana, bo = (await counter.shop.people.find()).rows
    assert (ana.service, ana.marketing, ana.suppressed) == (True, False, False)
    assert ana.last_text_at == counter.clock.now()
    assert (bo.service, bo.suppressed, bo.last_text_at) == (False, True, None)


async def test_list_and_sheet_tell_no_from_not_asked_yet(counter: Counter) -> None:
    await counter.add()
    no_offers = replace(
        a_yes(ANA, Purpose.MARKETING, ("offers",), at=counter.clock.now()), act=Act.REVOKED
    )
    await counter.shop.consents.revoke(no_offers)
    (ana,) = (await counter.shop.people.find()).rows
    assert (ana.marketing_answer, ana.service_answer) == (Answer.NO, Answer.NOT_ASKED)
    assert (ana.marketing, ana.service) == (False, False)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    marketing, service = sheet.standings
    assert (marketing.answer, service.answer) == (Answer.NO, Answer.NOT_ASKED)
    assert (marketing.asked, service.asked) == (True, False)
    assert marketing.about == {"offers": Answer.NO, "events": Answer.NOT_ASKED}
    assert service.about == {"orders": Answer.NOT_ASKED}


async def test_a_topic_the_shop_no_longer_has_is_still_shown(counter: Counter) -> None:
    await counter.agree(ANA, Purpose.MARKETING, ("wreaths", "offers"))
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert list(sheet.standings[0].about) == ["offers", "events", "wreaths"]
    assert sheet.standings[0].about["wreaths"] is Answer.YES


async def test_the_sheet_says_what_the_gate_would_say_now(counter: Counter) -> None:
    await counter.add()
    await counter.agree(topics=("orders",))
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number("212-555-0101"))
    marketing, service = sheet.standings
    assert marketing.purpose is Purpose.MARKETING
    assert not marketing.asked
    assert marketing.decisions[0][1].reasons[0].code is Code.CONSENT_WRONG_CATEGORY
    assert service.topics == {"orders"}
    assert [(topic, decision.verdict) for topic, decision in service.decisions] == [
        ("orders", Verdict.ALLOW)
    ]
    assert sheet.ledger[0].wording == "Text me when my order is ready."


async def test_the_sheet_of_a_stranger_is_empty_not_an_error(counter: Counter) -> None:
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number("2125550199"))
    assert sheet.contact is None
    assert sheet.texts == ()


@pytest.mark.parametrize("raw", ["", "hello", "12345", "911", "+1 212 555", "(" * 10_000])
async def test_a_number_that_cannot_be_texted_is_refused_in_a_sentence(
    counter: Counter, raw: str
) -> None:
    with pytest.raises(BadInput) as caught:
        counter.shop.people.read_number(raw)
    assert caught.value.message.endswith((".", "?"))
    assert len(caught.value.message) < 300


async def test_listeners_hear_of_a_change_after_it_is_on_file(counter: Counter) -> None:
    heard: list[Changed] = []
    end = counter.shop.subscribe(heard.append)
    await counter.add()
    assert heard == [Changed.PEOPLE]
    end()
    await counter.add(BO, "Bo")
    assert heard == [Changed.PEOPLE]


async def test_names_made_of_markup_escapes_and_overrides_are_kept_byte_for_byte(
    counter: Counter,
) -> None:
    for index, name in enumerate(("[/]", "[bold red]x", "\x1b]0;owned\x07", "\u202egnp.exe")):
        number = E164(f"+1212555012{index}")
        await counter.add(number, name)
        contact = await counter.shop.people.by_number(number)
        assert contact is not None
        assert contact.name == name


async def test_a_yes_makes_a_contact_of_a_stranger(counter: Counter) -> None:
    await counter.shop.consents.grant(a_yes(at=counter.clock.now() - timedelta(days=1)))
    contact = await counter.shop.people.by_number(ANA)
    assert contact is not None
    assert contact.source == "sign-up"


async def test_a_second_person_on_a_number_joins_the_household(counter: Counter) -> None:
    await counter.shop.people.add(ContactDraft(number=ANA, name="Ana Reyes", note="peonies"))
    both = await counter.shop.people.add_name(ANA, "Leo Reyes")
    assert (both.name, both.note) == ("Ana Reyes / Leo Reyes", "peonies")
    assert (await counter.shop.people.add_name(ANA, "Leo Reyes")).name == both.name
    assert [row.number for row in (await counter.shop.people.find("leo")).rows] == [ANA]
    with pytest.raises(BadInput, match="no contact"):
        await counter.shop.people.add_name(BO, "Bo")


async def test_a_household_that_is_full_says_so(counter: Counter) -> None:
    await counter.add(ANA, "x" * 199)
    with pytest.raises(BadInput, match="no other fits in"):
        await counter.shop.people.add_name(ANA, "Leo")
