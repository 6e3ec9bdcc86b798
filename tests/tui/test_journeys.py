"""The jobs of the counter, by keys alone."""

from __future__ import annotations

from pathlib import Path

from shopbell.domain.texts import State
from shops import ANA
from tui.counters import MARTA, PRIYA, till
from tui.screens import press, settle, type_in


async def test_your_order_is_ready_takes_six_keys_from_unlock(full: Path, tmp_path: Path) -> None:
    keys = ("t", "a", "n", "enter", "1", "enter")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, *keys)
        for _ in range(1000):
            if shown.gateway.taken:
                break
            await shown.pilot.pause(0.02)
        (sent,) = shown.gateway.taken
        assert sent.to == ANA
        assert sent.text.startswith("Fern & Finch: Hi Ana, your order is ready")
        assert "On its way to Ana Reyes." in await settle(shown.pilot)
    assert len(keys) <= 6


JOBS = (
    ("see what somebody agreed to", ("enter",), "MAY WE TEXT?"),
    ("find somebody by the end of the number", ("slash", *"0103", "enter"), "Cy Moss   …0103"),
    ("see the whole number", ("enter", "v"), "+1 212-555-0101"),
    ("see why a text was sent", ("3", "w"), "Nothing spoke against it."),
    ("read what came in", ("2",), "is this a stop?"),
    ("see what can be done", ("question_mark",), "What you can do here"),
    ("hide the screen", ("b",), "press any key"),
    ("say that a reply means stop", ("2", "s"), "said stop"),
    ("mark a reply as seen", ("2", "down", "x"), "seen"),
    ("write down a stop", ("slash", *"cy", "enter", "s", "f2"), "They get no more texts."),
)
"""Jobs, the keys from the list of people, and what shows that it is done."""


async def test_every_job_of_the_counter_takes_few_keys(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        for job, keys, done in JOBS:
            assert done in await press(shown.pilot, *keys), job
            assert len(keys) <= 6, job
            await press(shown.pilot, *["escape"] * 3, "1")
        for number in (MARTA, "+12125550103"):
            sheet = await shown.shop.people.sheet(shown.shop.people.read_number(number))
            assert sheet.suppression is not None


async def test_an_answer_takes_four_keys_beside_its_words(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "2", "end")
        assert "▸ ● new              3 h     Priya Shah" in seen
        await press(shown.pilot, "a")
        await type_in(shown.pilot, "Yes")
        await press(shown.pilot, "enter", "enter")
        for _ in range(200):
            if shown.gateway.taken:
                break
            await shown.pilot.pause(0.02)
        (sent,) = shown.gateway.taken
        assert (sent.to, sent.text) == (PRIYA, "Fern & Finch: Yes")


async def test_a_yes_at_the_counter_takes_two_keys_beside_the_number(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "n")
        await type_in(shown.pilot, "212 555 0177")
        assert "they said yes" in await press(shown.pilot, "f2")
        assert "…0177  orders" in await settle(shown.pilot)


async def test_a_text_is_taken_back_with_two_keys(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        shown.clock.advance(hours=10)
        shown.app._idle.start(shown.clock.now())
        await press(shown.pilot, "t", "a", "n", "enter", "1", "enter", "enter")
        assert "Taken back" in await press(shown.pilot, "3", "x")
        canceled = await shown.shop.outbox.find((State.CANCELED,))
        assert [text.number for text in canceled.rows] == [ANA]
