"""Where shop and file differ, the owner says who is right; and of which country numbers are."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.domain.ids import E164
from shopbell.domain.import_choices import Ours, OwnField
from shopbell.domain.importing import FieldChange
from shopbell.tui.import_rows import ImportLine, Kind, detail, draw
from shopbell.tui.screens.ours_or_theirs import OursOrTheirs, clashes_of
from shopbell.tui.underway import Step
from shops import ANA, BO
from tui.counters import Till, till
from tui.screens import HOSTILE, press, settle
from tui.test_import import at_step, pressed, told

ROWS = """Name,Phone,Memo,Email
Anna Reyes,(212) 555-0101,tall,anna@example.com
Robert Lind,212 555 0110,,
Zara,07700 900123,,
"""
ELI = E164("+12125550110")
IVY = E164("+447700900123")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    (folder / "customers.csv").write_text(ROWS)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


async def at_the_changes(shown: Till) -> str:
    await shown.shop.people.edit(ANA, email="ana@example.com")
    await press(shown.pilot, "4", "enter")
    await at_step(shown, Step.LOOKED)
    return await press(shown.pilot, "left")


async def ours(shown: Till) -> Ours:
    importing = shown.app._everywhere._importing  # type: ignore[union-attr]
    return importing.choices.ours


async def names(shown: Till) -> list[str]:
    found = [await shown.shop.people.by_number(number) for number in (ANA, ELI)]
    return [one.name for one in found if one is not None]


async def test_a_row_that_clashes_is_opened_and_shows_both_sides(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await at_the_changes(shown)
        assert "k who is right" in seen
        seen = await press(shown.pilot, "k")
        assert "Row 2: Anna Reyes. Who is right?" in seen
        assert "▸ name       ( ) Ana Reyes                (•) Anna Reyes" in seen
        assert "note       ( ) likes peonies            (•) likes peonies⏎tall" in seen
        assert "e-mail     ( ) ana@example.com          (•) anna@example.com" in seen
        assert "The file is right about this field in every row." in seen
        assert "(•) Ana Reyes" in await press(shown.pilot, "left")
        assert "For this row only." in await settle(shown.pilot)
        assert "nothing of yours is lost" not in await press(shown.pilot, "down")


async def test_one_field_of_one_person_stays(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await at_the_changes(shown)
        await press(shown.pilot, "enter", "left")
        seen = await pressed(shown, "f2")
        assert "▸2 changed   1 need a look   1 with yours kept" in seen
        assert "yours: name" in seen
        assert "Ana Reyes  stays; the file says  Anna Reyes" in seen
        assert await ours(shown) == Ours(in_rows={2: frozenset({OwnField.NAME})})
        await pressed(shown, "g", step=Step.DONE)
        assert await names(shown) == ["Ana Reyes", "Robert Lind"]
        ana = await shown.shop.people.by_number(ANA)
        assert ana is not None
        assert ana.email == "anna@example.com"


async def test_one_key_makes_it_the_rule_for_every_row(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await at_the_changes(shown)
        seen = await press(shown.pilot, "k", "left", "a")
        assert "The shop is right about this field in every row." in seen
        seen = await pressed(shown, "f2")
        assert "1 changed" in seen
        assert "1 as before" in seen
        assert "2 with yours kept" in seen
        assert await ours(shown) == Ours(everywhere=frozenset({OwnField.NAME}))
        await pressed(shown, "g", step=Step.DONE)
        assert await names(shown) == ["Ana Reyes", "Eli Nguyen"]


async def test_what_was_kept_can_be_given_to_the_file_again(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await at_the_changes(shown)
        await press(shown.pilot, "k", "left", "a")
        await pressed(shown, "f2")
        seen = await press(shown.pilot, "right", "right", "right")
        assert "▸2 with yours kept" in seen
        seen = await press(shown.pilot, "down", "enter")
        assert "Row 3: Eli Nguyen. Who is right?" in seen
        assert "▸ name       (•) Eli Nguyen               ( ) Robert Lind" in seen
        await press(shown.pilot, "enter")
        seen = await pressed(shown, "f2")
        assert "1 with yours kept" in seen
        assert await ours(shown) == Ours(
            everywhere=frozenset({OwnField.NAME}), in_rows={3: frozenset()}
        )
        await pressed(shown, "g", step=Step.DONE)
        assert await names(shown) == ["Ana Reyes", "Robert Lind"]


async def test_leaving_the_box_changes_nothing(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await at_the_changes(shown)
        seen = await press(shown.pilot, "k", "left", "a", "escape")
        assert "yours" not in seen
        assert await ours(shown) == Ours()


async def test_rows_that_do_not_clash_are_not_asked_about(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "enter")
        await at_step(shown, Step.LOOKED)
        assert "who is right" not in await press(shown.pilot, "k")
        assert told(shown) == "Only where shop and file say different things about somebody."


async def test_another_file_begins_without_the_words_on_the_one_before(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await at_the_changes(shown)
        await press(shown.pilot, "k", "left", "a")
        await pressed(shown, "f2")
        await press(shown.pilot, "escape", "enter")
        assert "yours" not in await at_step(shown, Step.LOOKED)


async def test_the_rule_for_every_row_changes_rows_that_were_told_apart() -> None:
    """Without an app: what the box answers."""
    clashes = [FieldChange(field="name", old="Ana", new="Anna")]
    before = Ours(in_rows={7: frozenset({OwnField.EMAIL})})
    box = OursOrTheirs(2, "Anna", clashes, before)
    answered: list[Ours] = []
    box.dismiss = answered.append  # type: ignore[method-assign,assignment]
    box._here.add(OwnField.NAME)
    box.action_keep()
    assert answered[-1].in_rows == {
        7: frozenset({OwnField.EMAIL}), 2: frozenset({OwnField.NAME})
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "old", "new", "clashes"),
    [
        ("name", "Ana", "Anna", True),
        ("name", "", "Anna", False),
        ("note", "tall", "tall\nshort", True),
        ("region", "US-NY", "US-FL", True),
        ("zone", "America/New_York", "Europe/Paris", False),
    ],
)
def test_only_where_both_say_something_there_is_a_clash(
    field: str, old: str, new: str, clashes: bool
) -> None:
    change = FieldChange(field=field, old=old, new=new)
    assert bool(clashes_of([change], [])) is clashes
    assert bool(clashes_of([], [change])) is clashes


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_values_stay_in_their_columns(full: Path, tmp_path: Path, text: str) -> None:
    change = FieldChange(field="name", old=text, new=text[::-1])
    line = ImportLine(kind=Kind.OURS, row=2, said=text, number=ANA, kept=(change,))
    assert "\x1b" not in "".join(part for part, _ in draw(line, 74))
    assert "\x1b" not in detail(line).plain
    if text.isprintable() and len(text) < 40:
        async with till(full, tmp_path) as shown:
            await shown.app.push_screen(OursOrTheirs(2, text, [change], Ours()))
            assert "Who is right?" in await settle(shown.pilot)
            assert not shown.app._crashed


async def test_the_country_of_numbers_is_chosen_by_name(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "enter")
        assert "need a look" in await at_step(shown, Step.LOOKED)
        seen = await press(shown.pilot, "o")
        assert "▸ US  +1    United States   as now   the shop\u2019s own" in seen
        seen = await press(shown.pilot, *"king")
        assert "▸ GB  +44   United Kingdom" in seen
        seen = await pressed(shown, "enter")
        assert "numbers as in GB" in seen
        assert "1 new" in seen
        assert (await shown.shop.people.find()).total == 12
        await pressed(shown, "g", step=Step.DONE)
        assert await shown.shop.people.by_number(IVY) is not None


async def test_a_corrected_row_is_read_by_the_chosen_country(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "customers.csv").write_text("Name,Phone\nIvy,0770090012\n")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "enter")
        await at_step(shown, Step.LOOKED)
        await press(shown.pilot, "o", *"+44")
        assert "1 need a look" in await pressed(shown, "enter")
        await press(shown.pilot, "e", "3")
        assert "1 new" in await pressed(shown, "enter")


async def test_the_country_can_be_left_moved_through_and_not_found(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "enter")
        before = await at_step(shown, Step.LOOKED)
        seen = await press(shown.pilot, "o", *"united", "down", "down", "down", "down", "up")
        assert "▸ US  +1    United States" in seen
        seen = await press(shown.pilot, *"zzz", "enter", "down")
        assert "Of which country" in seen
        assert await press(shown.pilot, "escape") == before
        await press(shown.pilot, "o")
        assert await press(shown.pilot, "enter") == before


async def test_the_country_of_a_do_not_text_list_is_chosen_too(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "customers.csv").write_text("Name,Phone\nIvy,07700 900123\nBo,2125550102\n")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "n")
        await press(shown.pilot, "o")
        assert told(shown) == "Choose a file first."
        await press(shown.pilot, "enter")
        listing = shown.app._everywhere._stop_listing  # type: ignore[union-attr]

        async def looked() -> str:
            while listing.step is not Step.LOOKED:
                await shown.pilot.pause(0.02)
            return await settle(shown.pilot)

        assert "1 on the list before" in await looked()
        await press(shown.pilot, "o", *"uk", "enter")
        seen = await looked()
        assert "numbers as in GB" in seen
        assert "1 will stop" in seen
        await press(shown.pilot, "g")
        while listing.step is not Step.DONE:
            await shown.pilot.pause(0.02)
        sheet = await shown.shop.people.sheet(shown.shop.people.read_number(IVY))
        assert sheet.suppression is not None
        assert (await shown.shop.people.by_number(BO)) is not None
