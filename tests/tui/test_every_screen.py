"""Every screen and box there is: over hostile words, in the smallest window, without its file."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from shopbell.errors import Busy
from shopbell.tui.commands import Scope, of_scope
from shopbell.tui.frame import Dialog, FrameScreen
from shopbell.tui.screens.blank import Blank
from tui.counters import Till, till
from tui.screens import press, settle
from tui.test_goldens import troubled
from tui.test_hostile import KEYS, SIZES, is_safe
from tui.ways import BEFORE_A_SHOP, NOT_SHOWN, WAYS, all_screens, at_rest, furnish, go, home_again

NIGHTLY = bool(os.environ.get("SHOPBELL_NIGHTLY"))

BLANKED = 6
"""By day every so many screens are blanked; by night all of them."""

BOX_KEYS = ("f2", "enter", "w", "x", "k")
"""What does something in one box or another."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_there_is_a_way_to_every_screen() -> None:
    known = [way.to for way in WAYS]
    assert len(known) == len(set(known))
    assert set(all_screens()) == {*known, *BEFORE_A_SHOP, *NOT_SHOWN}


def test_a_screen_comes_right_before_those_that_are_opened_from_it() -> None:
    open_now: list[str] = []
    for way in WAYS:
        while open_now and open_now[-1] != way.after:
            open_now.pop()
        assert not way.after or open_now, f"{way.to} is not where {way.after} is still open"
        open_now.append(way.to)


async def blanked(shown: Till) -> None:
    """One key hides whatever there is, and any other brings it back."""
    top = shown.app.screen
    if isinstance(top, Blank):
        return
    seen = await press(shown.pilot, "f12")
    assert isinstance(shown.app.screen, Blank), type(top).__name__
    assert seen.split() == ["press", "any", "key"], seen
    await press(shown.pilot, "x")
    assert shown.app.screen is top


async def test_every_screen_shows_only_what_is_safe_also_after_the_smallest_window(
    hostile: Path, tmp_path: Path, home: Path
) -> None:
    async with till(hostile, tmp_path) as shown:
        await furnish(shown, home)
        for index, way in enumerate(WAYS):
            seen = await go(shown, way.to)
            assert is_safe(seen), f"{way.to}:\n{seen!r}"
            if NIGHTLY or index % BLANKED == 0:
                await blanked(shown)
            if not (NIGHTLY or isinstance(shown.app.screen, FrameScreen)):
                continue
            shown.app.clear_notifications()
            await settle(shown.pilot)
            await shown.pilot.resize_terminal(1, 1)
            await settle(shown.pilot)
            await shown.pilot.resize_terminal(80, 24)
            await at_rest(shown)
            assert type(shown.app.screen).__name__ == way.to
            assert not shown.app._crashed, way.to


BY_DAY = ("PeopleScreen", "OutboxScreen", "DraftScreen", "CampaignScreen", "ImportScreen")

LEFT_OUT = frozenset({"quit", "lock", "back"})


async def does_everything(shown: Till) -> None:
    """Do all that can be done on this screen; whatever opens is closed again."""
    here = shown.app.screen
    if isinstance(here, FrameScreen):
        scopes = [here.scope, *([Scope.EVERYWHERE] if NIGHTLY else [])]
        for one in (one for scope in scopes for one in of_scope(scope)):
            if one.name in LEFT_OUT or here not in shown.app.screen_stack:
                continue
            await here.action_run(one.id)
            if NIGHTLY or shown.app.screen is not here:
                assert is_safe(await settle(shown.pilot)), f"{one.id} on {here}"
            while shown.app.screen is not here and here in shown.app.screen_stack:
                await shown.app.pop_screen()
    elif isinstance(here, Dialog):
        await press(shown.pilot, *BOX_KEYS)


async def test_nothing_breaks_a_screen_whose_file_cannot_be_read_or_written(
    hostile: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def tell(message: str, **_how: object) -> None:
        told.append(message)

    async with till(hostile, tmp_path) as shown:
        await furnish(shown, home)
        store = await troubled(shown)
        store.refuses_all = True
        # Toasts cost far more than the keys that lead to them.
        monkeypatch.setattr(shown.app, "notify", tell)
        for to in [one.to for one in WAYS] if NIGHTLY else BY_DAY:
            await go(shown, to)
            store.error = Busy("Another window is writing.", "Wait a moment.")
            await does_everything(shown)
            assert is_safe(await settle(shown.pilot)), to
            assert not shown.app._crashed, f"{to}: {shown.app._exception!r}"
            assert shown.app.return_value is None, to
            store.error = None
            if isinstance(shown.app.screen, FrameScreen):
                await home_again(shown)
    assert any("Another window is writing. Wait a moment." in one for one in told)


WHOLE = os.environ.get("SHOPBELL_NIGHTLY") == "whole"
ROUNDS = 500 if WHOLE else 20 if NIGHTLY else 4
"""Of twenty keys and a new size each; 10,000 keys from each screen when the night is whole."""

BEGINS = [one.to for one in WAYS if one.to != "Cover"] if NIGHTLY else ["CampaignScreen"]
"""Where random keys begin; the places have 10,000 keys each in every night, elsewhere."""


@pytest.mark.parametrize("to", BEGINS)
async def test_any_keys_from_any_screen_break_nothing(
    hostile: Path, tmp_path: Path, home: Path, to: str
) -> None:
    chance = random.Random(to)
    tried: list[str] = []
    async with till(hostile, tmp_path) as shown:
        await furnish(shown, home)
        await go(shown, to)
        for _ in range(ROUNDS):
            keys = [chance.choice(KEYS) for _ in range(20)]
            size = chance.choice(SIZES)
            tried += [*keys, f"{size}"]
            await press(shown.pilot, *keys)
            await shown.pilot.resize_terminal(*size)
            assert is_safe(await settle(shown.pilot)), tried
            assert not shown.app._crashed, tried
            if shown.app.return_value is not None:
                return  # the palette found “quit”, and Enter did it
