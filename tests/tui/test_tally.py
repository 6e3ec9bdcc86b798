"""A line of counts, and one of many on a line: turned by keys, whole at any width."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from shopbell.tui.one_of import OneOf
from shopbell.tui.tally import Count, Tally
from tui.screens import HOSTILE, press, settle

COUNTS = (
    Count(id="new", count=1_081, words="new"),
    Count(id="updated", count=62, words="changed"),
    Count(id="unchanged", count=0, words="as before"),
    Count(id="parked", count=5, words="need a look"),
)


OPTIONS = (("a", "first"), ("b", "next"))


class Showing(App[None]):
    """Both widgets, and what they said."""

    def __init__(
        self, options: tuple[tuple[str, str], ...] = (("a", "first"), ("b", "next"))
    ) -> None:
        super().__init__()
        self._options = options
        self.said: list[str] = []

    def compose(self) -> ComposeResult:
        yield Tally()
        yield OneOf(self._options, "b")

    def on_tally_turned(self, event: Tally.Turned) -> None:
        self.said.append(event.tally.chosen)

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        self.said.append(event.control.chosen)


async def test_counts_of_nothing_are_left_out_and_one_is_chosen() -> None:
    app = Showing()
    async with app.run_test(size=(60, 10)) as pilot:
        tally = app.query_one(Tally)
        tally.show(COUNTS, ("parked", "new"))
        seen = await settle(pilot)
        assert seen.startswith(" 1,081 new   62 changed  ▸5 need a look")
        assert tally.chosen == "parked"
        tally.turn(1)
        assert "▸1,081 new" in await settle(pilot)
        tally.turn(-1)
        await settle(pilot)
        tally.turn(-1)
        assert "▸62 changed" in await settle(pilot)
    assert app.said == ["new", "parked", "updated"]


async def test_the_choice_stays_where_it_can() -> None:
    app = Showing()
    async with app.run_test(size=(60, 10)) as pilot:
        tally = app.query_one(Tally)
        tally.show(COUNTS, ("updated",))
        tally.show(COUNTS[:2], ("new",))
        assert tally.chosen == "updated"
        tally.show(COUNTS[:1], ())
        assert tally.chosen == "new"
        assert not tally.can_turn
        tally.turn(1)
        assert tally.chosen == "new"
        tally.show((), ())
        assert tally.chosen == ""
        await settle(pilot)


@pytest.mark.parametrize("width", [10, 24, 30, 40, 60, 100])
async def test_counts_fold_between_one_another_and_never_inside(width: int) -> None:
    app = Showing()
    async with app.run_test(size=(width, 12)) as pilot:
        app.query_one(Tally).show(COUNTS, ("new",))
        seen = await settle(pilot)
        if width >= 24:
            for one in ("1,081 new", "62 changed", "5 need a look"):
                assert one in seen


async def test_a_click_chooses_a_count_in_any_line() -> None:
    app = Showing()
    async with app.run_test(size=(24, 12)) as pilot:
        app.query_one(Tally).show(COUNTS, ("new",))
        await settle(pilot)
        await pilot.click(Tally, offset=(3, 2))
        await settle(pilot)
        assert app.query_one(Tally).chosen == "parked"


async def test_one_of_many_is_turned_with_the_arrow_keys() -> None:
    app = Showing()
    async with app.run_test(size=(60, 10)) as pilot:
        one_of = app.query_one(OneOf)
        one_of.focus()
        assert "◂ next ▸   2 of 2" in await settle(pilot)
        assert "◂ first ▸   1 of 2" in await press(pilot, "right")
        assert "◂ next ▸" in await press(pilot, "left")
        assert "◂ first ▸" in await press(pilot, "home")
        await pilot.click(OneOf, offset=(5, 0))
        assert one_of.chosen == "b"
        await pilot.click(OneOf, offset=(0, 0))
        assert one_of.chosen == "a"


async def test_a_single_choice_has_no_arrows() -> None:
    app = Showing((("a", "the only one"),))
    async with app.run_test(size=(60, 10)) as pilot:
        seen = await settle(pilot)
        assert "the only one" in seen
        assert "▸" not in seen


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_stay_on_their_line(text: str) -> None:
    app = Showing((("a", text),))
    async with app.run_test(size=(30, 10)) as pilot:
        app.query_one(Tally).show([Count(id="x", count=3, words=text[:200])])
        seen = await settle(pilot)
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\x00"} & set(seen)
