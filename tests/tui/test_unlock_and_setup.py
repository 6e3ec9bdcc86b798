"""The lock, and the first ten minutes with a new file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from shopbell.domain.gateway import AccountField
from shopbell.domain.people import ContactDraft
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput
from shopbell.services.drill import DRILL, DrillGateway, DrillShelf
from shopbell.services.opening import Opener, open_shop
from shopbell.services.themes import read_themes, shipped_folder
from shopbell.tui.answers import LATER, PRACTICE, Answers
from shopbell.tui.app import ShopbellApp
from shopbell.tui.door import Door
from shopbell.tui.gateway_questions import read_price
from shopbell.tui.recovery import Recovery
from shopbell.tui.screens.first_steps import FirstSteps
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.unlock import Unlock
from shops import ANA, NOW, PASSPHRASE, open_counter
from tui.counters import Hands, Till, till
from tui.screens import press, settle, type_in


async def comes_to(shown: Pilot[object], words: str) -> str:
    for _ in range(200):
        seen = await settle(shown)
        if words in seen:
            return seen
        await shown.pause(0.03)
    raise AssertionError(f"the screen never said {words!r}:\n{seen}")


async def test_the_passphrase_opens_the_file(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, opens_itself=False) as shown:
        seen = await settle(shown.pilot)
        assert "Passphrase" in seen
        assert "shop.db" in seen
        assert PASSPHRASE.reveal() not in await type_in(shown.pilot, PASSPHRASE.reveal())
        await shown.pilot.press("enter")
        assert "12 people" in await comes_to(shown.pilot, "12 people")


async def test_a_wrong_passphrase_says_so_and_is_forgotten(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, opens_itself=False) as shown:
        await type_in(shown.pilot, "wrong horse")
        await shown.pilot.press("enter")
        seen = await comes_to(shown.pilot, "! ")
        assert "does not open this file" in seen
        assert "•" not in seen
        assert isinstance(shown.app.screen, Unlock)


async def test_an_empty_passphrase_asks_nothing(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, opens_itself=False) as shown:
        assert "Unlocking" not in await press(shown.pilot, "enter")


async def test_the_recovery_code_is_the_other_way_in(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, opens_itself=False) as shown:
        seen = await press(shown.pilot, "f2")
        assert "Recovery code, from the paper you keep" in seen
        await type_in(shown.pilot, "ABCDE-FGHJK")
        await shown.pilot.press("enter")
        await comes_to(shown.pilot, "! ")
        assert "Passphrase" in await press(shown.pilot, "f2")


async def test_no_command_works_before_the_file_is_open(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, opens_itself=False) as shown:
        shown.app.screen.set_focus(None)
        before = await settle(shown.pilot)
        assert await press(shown.pilot, "t", "1", "l", "question_mark", "slash") == before


async def test_esc_empties_the_field(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path, opens_itself=False) as shown:
        await type_in(shown.pilot, "abc")
        assert "•" not in await press(shown.pilot, "escape")


class Refusing(DrillShelf):
    """A shelf with one real service that wants an account."""

    def presets(self) -> tuple:  # type: ignore[type-arg]
        key = AccountField(
            key="key", label="API key", example="sk-...", secret=True, optional=False
        )
        real = replace(DRILL, id="svc", name="Text Service", practice=False, fields=(key,))
        return (DRILL, real)

    def preset(self, preset_id: str) -> object:  # type: ignore[override]
        return next(one for one in self.presets() if one.id == preset_id)

    def check_account(self, preset_id: str, account: dict[str, str]) -> None:
        if preset_id == "svc" and not account.get("key"):
            raise BadInput("The API key is missing.", "Copy it from your account.")


@asynccontextmanager
async def first_run(folder: Path) -> AsyncIterator[Till]:
    clock, gateway = Hands(NOW), DrillGateway()
    app = ShopbellApp(
        Door(
            path=folder / "new.db",
            clock=clock,
            shelf=lambda: Refusing(gateway),
            guessed_country="US",
            guessed_zone="America/New_York",
        ),
        themes=read_themes([shipped_folder()]),
        crash_folder=folder,
    )
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        yield Till(app=app, pilot=pilot, clock=clock, gateway=gateway, crashes=folder)


async def test_five_questions_and_a_recovery_code_make_a_practice_shop(tmp_path: Path) -> None:
    async with first_run(tmp_path) as shown:
        pilot = shown.pilot
        assert "question 1 of 5" in await settle(pilot)
        await type_in(pilot, "Fern & Finch")
        seen = await press(pilot, "enter")
        assert "Where is it?" in seen
        assert "US" in seen
        assert "America/New York" in seen
        seen = await press(pilot, "enter", "enter")
        assert "mon-fri 10:00-18:00; sat 10:00-17:00" in seen
        seen = await press(pilot, "enter")
        assert "▸(•) take these words" in seen
        seen = await press(pilot, "enter")
        assert "▸ Practise first" in seen
        await pilot.press("enter")
        await comes_to(pilot, "the recovery code")
        groups = shown.app.screen.query_one(Recovery)._groups
        await type_in(pilot, "wrong")
        assert "That is not what the code says there." in await press(pilot, "enter")
        shown.app.screen.query_one("PlainInput").value = ""  # type: ignore[attr-defined]
        await type_in(pilot, groups[-1].lower())
        await pilot.press("enter")
        seen = await comes_to(pilot, "First things first")
        assert "▸   Bring in who said no: a list, or typed" in seen
        assert "The people who said no" in await press(pilot, "enter")
        await press(pilot, "escape")
        seen = await press(pilot, "1")
        assert "Nobody is in the shop file yet." in seen
        assert " Fern & Finch (pr" in seen
        code = Secret(" ".join(groups))
    shop = await open_shop(
        tmp_path / "new.db",
        Opener(secret=code, is_recovery_code=True),
        clock=shown.clock,
        shelf=DrillShelf,
    )
    assert shop.profile.practice
    assert shop.profile.zone == "America/New_York"
    await shop.close()


async def test_somebody_who_was_cut_off_is_asked_again_until_somebody_stands_in_the_shop(
    tmp_path: Path,
) -> None:
    counter = await open_counter(tmp_path / "new.db", at=NOW, practice=False)
    await counter.shop.close()
    async with first_run(tmp_path) as shown:
        await type_in(shown.pilot, PASSPHRASE.reveal())
        await press(shown.pilot, "enter")
        assert "▸   Bring in who said no" in await comes_to(shown.pilot, "First things first")
        await press(shown.pilot, "escape")
        await shown.shop.people.add(ContactDraft(number=ANA, name="Ana Reyes"))
        await press(shown.pilot, "ctrl+p")
        await type_in(shown.pilot, "first steps")
        assert "✓ Bring in people: a till, a phone" in await press(shown.pilot, "enter")
        await press(shown.pilot, "escape", "l")
        await comes_to(shown.pilot, "Locked.")
        await type_in(shown.pilot, PASSPHRASE.reveal())
        await press(shown.pilot, "enter")
        await comes_to(shown.pilot, "Ana Reyes")
        assert not isinstance(shown.app.screen, FirstSteps), "somebody stands in it now"


async def test_the_recovery_code_is_seen_again_only_with_the_passphrase(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "ctrl+p")
        await type_in(shown.pilot, "recovery")
        assert "The passphrase of the shop" in await press(shown.pilot, "enter")
        await type_in(shown.pilot, "not the one")
        assert "That passphrase does not open" in await press(shown.pilot, "enter")
        await type_in(shown.pilot, PASSPHRASE.reveal())
        seen = await press(shown.pilot, "enter")
        code = await shown.shop.prove(PASSPHRASE)
        assert all(group in seen for group in code.reveal().replace("-", " ").split())
        seen = await press(shown.pilot, "enter")
        assert code.reveal().split("-")[0].split()[0] not in seen
        path = shown.shop.path
        opener = Opener(secret=code, is_recovery_code=True)
    shop = await open_shop(path, opener, clock=shown.clock, shelf=DrillShelf)
    await shop.close()


async def test_a_real_gateway_asks_for_its_account_and_is_set_up(tmp_path: Path) -> None:
    async with first_run(tmp_path) as shown:
        pilot = shown.pilot
        await type_in(pilot, "Fern")
        await press(pilot, "enter", "enter", "enter", "enter", "enter")
        seen = await press(pilot, "down")
        assert "▸ Text Service" in seen
        seen = await press(pilot, "enter")
        assert "Your account there" in seen
        assert "! The API key is missing." in await press(pilot, "f2")
        assert "secret1" not in await type_in(pilot, "secret1")
        await press(pilot, "tab")
        await type_in(pilot, "0.0079 USD")
        await pilot.press("enter")
        await comes_to(pilot, "the recovery code")
        await type_in(pilot, shown.app.screen.query_one(Recovery)._groups[-1])
        await pilot.press("enter")
        await comes_to(pilot, "First things first")
        seen = await press(pilot, "escape")
        assert "Nobody is in the shop file yet." in seen
        active = await shown.shop.gateways.active()
        assert active is not None
        assert active.config.account == {"key": "secret1"}
        assert (active.config.price_micros, active.config.currency) == (7_900, "USD")
        assert not shown.shop.profile.practice


async def test_own_words_are_asked_twice_and_checked(tmp_path: Path) -> None:
    async with first_run(tmp_path) as shown:
        pilot = shown.pilot
        await type_in(pilot, "Fern")
        await press(pilot, "enter", "enter", "enter", "enter")
        await press(pilot, "right", "enter")
        await type_in(pilot, "short")
        assert "A passphrase needs at least 12 characters." in await press(pilot, "f2")
        await type_in(pilot, " but longer now")
        assert "The two are not the same." in await press(pilot, "f2")
        await press(pilot, "enter")
        await type_in(pilot, "short but longer now")
        assert "How do your texts leave?" in await press(pilot, "enter")


async def test_an_answer_that_will_not_do_says_what_would(tmp_path: Path) -> None:
    async with first_run(tmp_path) as shown:
        assert "! A shop needs a name." in await press(shown.pilot, "enter")


async def test_place_and_hours_are_checked_too(tmp_path: Path) -> None:
    async with first_run(tmp_path) as shown:
        pilot = shown.pilot
        await type_in(pilot, "Fern")
        await press(pilot, "enter", "backspace")
        assert "! “U” is no country. Type its name or its two letters" in await press(pilot, "f2")
        await press(pilot, "ctrl+u")
        seen = await press(pilot, "f2")
        assert "! A shop is in some country." in seen
        assert "its name, or two letters" in seen
        await type_in(pilot, "germany")
        await press(pilot, "enter", "ctrl+u")
        assert "▸ Europe/Paris" in await type_in(pilot, "paris")
        seen = await press(pilot, "enter")
        assert "When may your texts arrive?" in seen
        await press(pilot, "ctrl+u")
        await type_in(pilot, "sometimes")
        assert "cannot be read" in await press(pilot, "enter")
        seen = await press(pilot, "escape")
        assert "Europe/Paris" in seen
        assert "DE" in seen


async def test_esc_keeps_the_answers_given_so_far(tmp_path: Path) -> None:
    async with first_run(tmp_path) as shown:
        await type_in(shown.pilot, "Fern")
        await press(shown.pilot, "enter")
        assert "Fern" in await press(shown.pilot, "escape")
        assert "What is your shop called?" in await press(shown.pilot, "escape")


async def test_a_file_that_cannot_be_made_is_a_sentence_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    async with first_run(tmp_path) as shown:
        await type_in(shown.pilot, "Fern")
        await press(shown.pilot, "enter", "enter", "enter", "enter", "enter")
        (tmp_path / "new.db").write_text("somebody else's")
        await shown.pilot.press("enter")
        await comes_to(shown.pilot, "! ")
        assert (tmp_path / "new.db").read_text() == "somebody else's"
        assert not isinstance(shown.app.screen, PeopleScreen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (None, None)),
        ("0.0079 USD", (7_900, "USD")),
        ("0,07 eur", (70_000, "EUR")),
        (".5 GBP", (500_000, "GBP")),
        ("2 JPY", (2_000_000, "JPY")),
    ],
)
def test_a_price_is_read_as_people_write_it(text: str, expected: object) -> None:
    assert read_price(text) == expected


@pytest.mark.parametrize(
    "text", ["7", "USD", "x USD", "0.0079 $", "-1 USD", "1.2.3 USD", "99999 USD", "٣ USD", "1 2 3"]
)
def test_a_price_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_price(text)


@pytest.mark.parametrize(("way", "practice"), [(PRACTICE, True), (LATER, False), ("svc", False)])
def test_only_a_chosen_service_becomes_a_gateway(way: str, practice: bool) -> None:
    answers = Answers(name="Fern", country="US", zone="America/New_York", way=way)
    assert answers.new_shop().practice is practice
    assert (answers.gateway() is not None) is (way == "svc")


def test_answers_never_show_their_secrets() -> None:
    answers = Answers(passphrase=Secret("maple harbor"), account={"key": "sk-123"})
    assert "maple" not in repr(answers)
    assert "sk-123" not in repr(answers)
    with pytest.raises(RuntimeError):
        Answers().secret()


def test_a_door_never_shows_its_passphrase() -> None:
    door = Door(path=Path("x"), clock=Hands(NOW), shelf=DrillShelf, demo_passphrase=Secret("maple"))
    assert "maple" not in repr(door)


async def test_a_shop_of_ones_own_does_not_open_by_an_empty_line(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, opens_itself=False) as shown:
        seen = await press(shown.pilot, "enter", "enter")
        assert isinstance(shown.app.screen, Unlock)
        assert "practice shop" not in seen


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_long_question_still_shows_what_speaks_against_the_answer(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with first_run(tmp_path) as shown:
        pilot = shown.pilot
        await pilot.resize_terminal(*size)
        await type_in(pilot, "Fern")
        seen = await press(pilot, "enter", "enter", "enter", "enter", "enter")
        assert "↵ go on" in seen, "the keys stand below the ways"
        seen = await press(pilot, "down", "enter")
        assert "like " in seen, "an example does not look like an answer"
        assert "! The API key is missing." in await press(pilot, "f2")
