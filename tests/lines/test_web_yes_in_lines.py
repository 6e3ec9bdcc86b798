"""A yes by a form on the web site, and what else is kept with a yes, by answers."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lines.conversing import Place
from shopbell.domain.consent import Basis, ConsentEvent, How
from shopbell.domain.ids import E164

RIA = E164("+12125550150")
COUNTER = ("#People", "#Somebody at the counter", "2125550150", "Ria Vale", "2")
WEB = (*COUNTER, "#By a form on")
HERE = (*COUNTER, "#Here")
PAGE, SENT, SENDER = "https://fernandfinch.example/sms", "2026-11-21 10:42", "203.0.113.7"
YES = "#Yes, they said yes"


async def ledger(place: Place) -> tuple[ConsentEvent, ...]:
    async with place.inside() as shop:
        return (await shop.people.sheet(shop.people.read_number(RIA))).ledger


@pytest.mark.parametrize(
    ("sender", "ip", "form_id"),
    [("203.0.113.7", "203.0.113.7", ""), ("2001:db8::7", "2001:db8::7", ""), ("S-17", "", "S-17")],
)
async def test_what_the_site_kept_goes_on_record(
    place: Place, sender: str, ip: str, form_id: str
) -> None:
    said = await place.talk(*WEB, PAGE, SENT, sender, "", YES, "0", "q")
    assert "Recorded as entry" in said.said
    (event,) = await ledger(place)
    assert event.how is How.WEB
    assert event.at == datetime(2026, 11, 21, 10, 42, tzinfo=ZoneInfo("America/New_York"))
    assert event.form is not None
    assert (event.form.page, event.form.ip, event.form.form_id) == (PAGE, ip, form_id)
    assert event.wording.startswith("Text me about offers from Fern & Finch.")


async def test_nobody_is_asked_for_a_witness_of_a_form(place: Place) -> None:
    said = await place.talk(*WEB, PAGE, SENT, SENDER, "", YES, "0", "q")
    assert "Who of you heard or saw it?" not in said.said
    (event,) = await ledger(place)
    assert event.witness is None


async def test_the_words_of_the_page_count_in_place_of_the_shops(place: Place) -> None:
    words = "Text me offers from Fern & Finch. Up to 2 texts a month. Reply STOP to end."
    await place.talk(*WEB, PAGE, SENT, SENDER, words, YES, "0", "q")
    (event,) = await ledger(place)
    assert event.wording == words
    assert (event.promised_n, event.promised_days) == (2, 30)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("the home page", SENT, SENDER), "A web form needs the address of its page"),
        ((PAGE, "last week"), "“last week” is no date and time."),
        ((PAGE, "2026-12-01 10:00"), "That moment is still to come."),
        ((PAGE, SENT, ""), "Nothing was written down."),
        ((PAGE, ""), "Nothing was written down."),
        (("",), "Nothing was written down."),
    ],
)
async def test_a_form_without_its_proof_is_not_written_down(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*WEB, *typed, "q")
    assert says in said.said
    assert await ledger(place) == ()


async def test_a_place_and_a_scan_are_kept_with_the_yes(place: Place, tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"a signed sheet")
    said = await place.talk(
        *(*HERE, "Sam", "#First say where", "the market stall"),
        *("#First keep the finger", f"'{scan}'", YES, "0", "q"),
    )
    (event,) = await ledger(place)
    sha256 = hashlib.sha256(b"a signed sheet").hexdigest()
    assert (event.place, event.evidence_sha256, event.witness) == (
        "the market stall",
        sha256,
        "Sam",
    )
    assert f"Its fingerprint goes on record: {sha256[:12]}…" in said.said
    assert event.basis is Basis.EXPRESS


async def test_a_scan_that_is_not_there_is_told_and_the_yes_can_still_be_kept(
    place: Place, tmp_path: Path
) -> None:
    missing = str(tmp_path / "scan.png")
    said = await place.talk(*HERE, "", "#First keep the finger", missing, YES, "0", "q")
    assert "there is no file" in said.said
    (event,) = await ledger(place)
    assert event.evidence_sha256 is None


@pytest.mark.parametrize(
    ("typed", "basis"),
    [
        ("#They said yes", Basis.EXPRESS),
        ("#They bought", Basis.PURCHASE),
        ("#They asked for a quote", Basis.INQUIRY),
        ("0", Basis.EXPRESS),
    ],
)
async def test_what_a_permission_rests_on_is_kept_as_it_was_said(
    place: Place, typed: str, basis: Basis
) -> None:
    await place.talk(*HERE, "Sam", "#First say what it rests", typed, YES, "0", "q")
    assert [event.basis for event in await ledger(place)] == [basis]


async def test_an_empty_line_at_the_end_writes_nothing_down(place: Place) -> None:
    said = await place.talk(*HERE, "Sam", "#First say where", "the market", "", "q")
    assert "Nothing was written down." in said.said
    assert await ledger(place) == ()
