"""Writing down a yes at the till: quick, with its proof, and careful about shared numbers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from shopbell.domain.answers import Answer
from shopbell.domain.consent import ConsentEvent
from shopbell.domain.ids import E164
from shops import ANA
from tui.counters import Till, number, till
from tui.screens import press, settle, type_in

NEW = E164("+12125550155")
QUICK = ("2125550155", "Nora Vale")


async def written(shown: Till) -> str:
    await press(shown.pilot, "f2")
    await shown.pilot.pause(0.2)
    return await settle(shown.pilot)


async def ledger(shown: Till, who: E164) -> tuple[ConsentEvent, ...]:
    return (await shown.shop.people.sheet(shown.shop.people.read_number(who))).ledger


async def test_a_new_customer_is_on_file_after_number_name_and_one_key(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "n", *QUICK[0], "enter", *QUICK[1])
        assert "[x] my orders" in seen
        assert "“Text me about my orders from Fern & Finch." in seen
        assert "Written down: they said yes." in await written(shown)
        (event,) = await ledger(shown, NEW)
        assert (event.topics, event.place, event.evidence_sha256) == (("orders",), None, None)
        contact = await shown.shop.people.by_number(NEW)
        assert contact is not None
        assert contact.name == "Nora Vale"


async def test_the_whole_box_fits_the_smallest_screen_it_is_made_for(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "n")
        for line in ("Write down a yes", "Number", "Heard by", "Where", "Proof file", "f2 writes"):
            assert line in seen


async def test_place_witness_and_the_hash_of_a_file_are_kept_as_proof(
    full: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "sheet 12.jpg"
    scan.write_bytes(b"signed by Nora")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "n", *QUICK[0], *("tab",) * 4)
        await type_in(shown.pilot, "Bea")
        await press(shown.pilot, "tab")
        await type_in(shown.pilot, "the market stall")
        await press(shown.pilot, "tab")
        await type_in(shown.pilot, str(scan))
        await written(shown)
        (event,) = await ledger(shown, NEW)
        assert (event.witness, event.place) == ("Bea", "the market stall")
        assert event.evidence_sha256 == hashlib.sha256(b"signed by Nora").hexdigest()
        assert (await shown.shop.consents.check_ledger())[0] is None


async def test_a_proof_file_that_is_not_there_stops_everything(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "n", *QUICK[0], *("tab",) * 6)
        await type_in(shown.pilot, "no such scan.jpg")
        assert "there is no file “no such scan.jpg”" in await press(shown.pilot, "f2")
        assert await shown.shop.people.by_number(NEW) is None


async def test_who_has_the_number_already_is_said_while_it_is_spoken(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "n", *ANA.removeprefix("+"), "tab")
        assert "Ana Reyes has this number." in seen
        seen = await press(shown.pilot, "shift+tab", "backspace", "backspace", "tab")
        assert "! This number" in seen
        assert "has this number." not in seen


async def test_a_shared_number_becomes_a_household_only_when_somebody_insists(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "n", *ANA.removeprefix("+"), "tab", *"Leo Reyes")
        seen = await press(shown.pilot, "f2")
        assert "Ana Reyes has this number. Press f2 again if they share it" in seen
        contact = await shown.shop.people.by_number(ANA)
        assert contact is not None
        assert contact.name == "Ana Reyes"
        await written(shown)
        contact = await shown.shop.people.by_number(ANA)
        assert contact is not None
        assert contact.name == "Ana Reyes / Leo Reyes"
        assert contact.note == "likes peonies"


@pytest.mark.parametrize("name", ["Ana Reyes", ""])
async def test_the_same_person_again_is_no_household(full: Path, tmp_path: Path, name: str) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "n", *ANA.removeprefix("+"), "tab", *name)
        await written(shown)
        contact = await shown.shop.people.by_number(ANA)
        assert contact is not None
        assert contact.name == "Ana Reyes"
        assert len(await ledger(shown, ANA)) == 3


async def test_somebody_who_was_not_asked_is_kept_as_that_on_the_second_press(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "n", *QUICK[0], "tab", *QUICK[1], "tab", "space")
        seen = await press(shown.pilot, "f2")
        assert "Nothing is chosen. Press f2 again to keep them as not asked yet." in seen
        assert await shown.shop.people.by_number(NEW) is None
        assert "Written down." in await written(shown)
        assert await ledger(shown, NEW) == ()
        (row,) = (await shown.shop.people.find("Nora")).rows
        assert row.service_answer is Answer.NOT_ASKED


async def test_a_yes_of_somebody_on_file_must_be_to_something(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        screen = shown.app.screen
        screen.post_message(screen.SignUpWanted(number(3), "Dana Cole"))  # type: ignore[attr-defined]
        await settle(shown.pilot)
        for _ in range(2):
            seen = await press(shown.pilot, "space", "f2")
            if "Choose what they said yes to." in seen:
                break
        assert "Choose what they said yes to." in seen
        assert await ledger(shown, number(3)) == ()
