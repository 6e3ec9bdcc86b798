"""Bringing people in: choose, look, answer, correct, go, see what happened, take it back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events

from shopbell.domain.ids import E164
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import (
    ConsentCounts,
    ImportCounts,
    ImportPreview,
    ImportReport,
    Mapping,
    Target,
)
from shopbell.errors import BadInput
from shopbell.tui import import_words
from shopbell.tui.import_possible import Around, why_not
from shopbell.tui.importing import Importing
from shopbell.tui.underway import Step
from shops import NOW
from tui.counters import Till, till
from tui.screens import HOSTILE, press, settle

ROWS = """First Name,Last Name,Phone Number,Memo,Email Subscription Status
Ana,Reyes,(212) 555-0101,likes tulips,subscribed
Zara,Bond,212.555.0188,new here,
Bo,Lind,212.555.0102,,unsubscribed
Nia,Long,555-0105,,
"""
ZARA = E164("+12125550188")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    (folder / "Downloads").mkdir(parents=True)
    (folder / "Downloads" / "customers.csv").write_text(ROWS)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder / "Downloads"


async def at_step(shown: Till, step: Step) -> str:
    importing = shown.app._everywhere._importing  # type: ignore[union-attr]
    for _ in range(200):
        if importing.step is step:
            return await settle(shown.pilot)
        await shown.pilot.pause(0.03)
    raise AssertionError(f"never came to {step}: {importing.step} {importing.error}")


async def looked_at(shown: Till) -> str:
    await press(shown.pilot, "4", "enter")
    return await at_step(shown, Step.LOOKED)


def told(shown: Till) -> str:
    """Return the last sentence of a toast."""
    return [one.message for one in shown.app._notifications][-1]


async def pressed(shown: Till, *keys: str, step: Step = Step.LOOKED) -> str:
    await press(shown.pilot, *keys)
    return await at_step(shown, step)


async def test_the_file_is_found_in_the_downloads(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "4")
        assert "~/Downloads" in seen
        assert "▸ customers.csv" in seen
        assert "1 KB" in seen
        assert "First the people who said no: n" in seen


async def test_what_would_happen_is_shown_before_it_happens(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await looked_at(shown)
        assert "customers.csv · columns guessed · 4 rows" in seen
        assert "phone      ← Phone Number" in seen
        assert "first name ← First Name" in seen
        assert "Ana · Zara · Bo" in seen
        assert "permission   Email Subscription" in seen
        assert "not about texts: not used" in seen
        assert "1 new   1 changed   1 said stop: stay off  ▸1 need a look" in seen
        assert "▸ row 5" in seen
        assert import_words.HARMLESS in seen
        assert (await shown.shop.people.find()).total == 12


async def test_every_kind_of_rows_is_one_key_away_with_names(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        seen = await press(shown.pilot, "right")
        assert "▸1 new" in seen
        assert "▸ row 3      Zara Bond" in seen
        assert "…0188" in seen
        assert "212555" not in seen
        seen = await press(shown.pilot, "right")
        assert "▸1 changed" in seen
        assert "note      likes peonies → likes peonies⏎likes tulips" in seen
        seen = await press(shown.pilot, "right")
        assert "Bo Lind" in seen
        assert "This number said stop." in seen
        assert "▸1 changed" in await press(shown.pilot, "left")


async def test_g_imports_and_the_counts_add_up(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        seen = await pressed(shown, "g", step=Step.DONE)
        assert "✓ Imported. 4 rows = 1 new + 1 changed + 1 said stop + 1 need a look" in seen
        assert "esc chooses another file." in seen
        assert (await shown.shop.people.find("Zara")).total == 1
        seen = await press(shown.pilot, "escape")
        assert "▸ customers.csv" in seen
        assert "customers.csv · 1 new, 1 changed" in seen


async def test_an_import_makes_nobody_agreed(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await pressed(shown, "g", step=Step.DONE)
        (zara,) = (await shown.shop.people.find("Zara")).rows
        assert not zara.service
        assert not zara.marketing
        assert shown.gateway.taken == []


async def test_a_parked_row_is_corrected_in_place_and_checked_on_enter(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        seen = await press(shown.pilot, "enter")
        assert "Row 5" in seen
        assert "Phone Number           555-0105" in seen
        seen = await press(shown.pilot, "enter")
        assert "! This number is too short" in seen
        await press(shown.pilot, "home", *"212")
        seen = await pressed(shown, "enter")
        assert "1 new  ▸2 changed   1 said stop" in seen
        assert "need a look" not in seen
        await pressed(shown, "g", step=Step.DONE)
        contact = await shown.shop.people.by_number(E164("+12125550105"))
        assert contact is not None
        assert contact.name == "Nia Long"


async def test_a_row_that_is_left_stays_parked_and_a_good_row_is_not_corrected(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "e")
        assert "▸1 need a look" in await press(shown.pilot, "escape")
        await press(shown.pilot, "right")
        await press(shown.pilot, "e")
        assert told(shown) == "Only a row that needs a look is corrected."


async def test_odd_characters_of_cells_nobody_touched_come_in_as_they_are(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "customers.csv").write_text("Name,Phone\n\x1b[31mNia\u202e,555-0105\n")
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "e", "home", *"212")
        await pressed(shown, "enter")
        await pressed(shown, "g", step=Step.DONE)
        contact = await shown.shop.people.by_number(E164("+12125550105"))
        assert contact is not None
        assert contact.name == "\x1b[31mNia\u202e"


async def test_columns_are_changed_one_by_one_with_keys(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        seen = await press(shown.pilot, "m")
        assert "What does each column fill?" in seen
        assert "▸ First Name             → first name" in seen
        assert "Email Subscription St… → permission: key c" in seen
        seen = await press(shown.pilot, "down", "down", "down")
        assert "Memo: likes tulips · new here" in seen
        seen = await press(shown.pilot, "enter", "home", "enter")
        assert "▸ Memo                   → nothing" in seen
        seen = await pressed(shown, "f2")
        assert "columns as you chose them" in seen
        assert "note       ←" not in seen


async def test_a_column_can_stand_beside_another_or_take_its_place(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "customers.csv").write_text("A,B,C\nAna,212-555-0188,x\nBo,,212-555-0189\n")
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "m", "down", "down", "enter", "home", "down")
        seen = await press(shown.pilot, "plus")
        assert "B                      → phone" in seen
        assert "▸ C                      → phone" in seen
        seen = await pressed(shown, "f2")
        assert "phone      ← B + C" in seen
        assert "2 new" in seen
        await press(shown.pilot, "m", "down", "enter", "home", "enter", "down", "enter", "enter")
        seen = await pressed(shown, "f2")
        assert "phone      ← C" in seen


async def test_changing_columns_can_be_left(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "m", "enter")
        assert "What does each column fill?" in await press(shown.pilot, "escape")
        assert "columns guessed" in await press(shown.pilot, "escape")


async def test_columns_are_remembered_and_can_be_read_afresh(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "m", "down", "down", "down", "enter", "home", "enter")
        await pressed(shown, "f2")
        await pressed(shown, "g", step=Step.DONE)
        await press(shown.pilot, "escape", "enter")
        seen = await at_step(shown, Step.LOOKED)
        assert "columns as you chose them last time (i reads it afresh)" in seen
        assert "note       ←" not in seen
        seen = await pressed(shown, "i")
        assert "columns guessed" in seen
        assert "note       ← Memo" in seen


async def test_a_file_without_a_phone_column_can_be_helped(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "customers.csv").write_text("who,what,when\nAna,x,555-01\nBo,y,212 555 0188\n")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "enter")
        seen = await at_step(shown, Step.FAILED)
        assert "No column of this file looks like phone numbers." in seen
        assert "m says which column it is." in seen
        assert "--map" not in seen
        await press(shown.pilot, "m", "down", "down", "enter", "home", "down", "enter")
        assert "1 new" in await pressed(shown, "f2")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"\x00\x01\x02\x03" * 500, "customers.csv")],
)
async def test_a_file_that_is_no_list_is_refused_in_a_sentence(
    full: Path, tmp_path: Path, home: Path, content: bytes, said: str
) -> None:
    (home / "customers.csv").write_bytes(content)
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "enter")
        seen = await at_step(shown, Step.FAILED)
        assert "! " in seen
        assert said in seen
        assert "esc another file" in seen
        assert "▸ customers.csv" in await press(shown.pilot, "escape")


async def test_people_can_be_pasted_or_typed(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "p")
        assert "Type a name and a number" in await press(shown.pilot, "f2")
        shown.app.post_message(events.Paste("Lou 2125550177\rGus (212) 555-0178"))
        await settle(shown.pilot)
        await press(shown.pilot, "enter", *"nobody")
        seen = await pressed(shown, "f2")
        assert "pasted text" in seen
        assert "2 new  ▸1 need a look" in seen
        await pressed(shown, "g", step=Step.DONE)
        assert (await shown.shop.people.find("Gus")).total == 2


async def test_cells_pasted_from_a_spreadsheet_keep_their_columns(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", "p")
        shown.app.post_message(events.Paste("Name\tMobile\tNote\r\nLou\t2125550177\tred roses\r\n"))
        await settle(shown.pilot)
        seen = await pressed(shown, "f2")
        assert "note       ← Note" in seen
        assert "red roses" in seen


async def test_leaving_the_screen_leaves_the_import_running(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await shown.pilot.press("g", "1")
        await at_step(shown, Step.DONE)
        assert "✓ Imported." in await press(shown.pilot, "4")


@pytest.mark.parametrize(
    "way", [("4",), ("n",), ("h",), ("4", "n", "escape"), ("1",)], ids="-".join
)
async def test_the_place_is_entered_again_from_anywhere_and_shows_what_happens(
    full: Path, tmp_path: Path, home: Path, way: tuple[str, ...]
) -> None:
    """The screen that is left ends after the new one began; it must not take the view along."""
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4", *way, "4")
        seen = await pressed(shown, "enter")
        assert "customers.csv · columns guessed · 4 rows" in seen
        await press(shown.pilot, "4")
        assert "✓ Imported." in await pressed(shown, "g", step=Step.DONE)


async def test_a_whole_import_is_taken_back(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        before = [row.name for row in (await shown.shop.people.find()).rows]
        await looked_at(shown)
        await pressed(shown, "g", step=Step.DONE)
        seen = await press(shown.pilot, "u")
        assert "Take “customers.csv” back?" in seen
        assert "1 person it added goes" in seen
        seen = await press(shown.pilot, "enter")
        assert "“customers.csv” was taken back" in seen
        assert "1  removed, whom it had added" in seen
        assert "taken back" in await press(shown.pilot, "enter")
        assert [row.name for row in (await shown.shop.people.find()).rows] == before


async def test_what_was_taken_back_among_past_imports_is_no_longer_shown_as_imported(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await pressed(shown, "g", step=Step.DONE)
        assert "was taken back" in await press(shown.pilot, "h", "u", "enter")
        await press(shown.pilot, "enter")
        seen = await pressed(shown, "4", step=Step.CHOOSING)
        assert "✓ Imported." not in seen
        assert "customers.csv" in seen


async def test_taking_back_can_be_left(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await pressed(shown, "g", step=Step.DONE)
        await press(shown.pilot, "u", "down", "enter")
        assert (await shown.shop.people.find("Zara")).total == 1


async def test_what_cannot_be_done_says_why(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "4")
        for key, said in (
            ("g", "Choose a file first, and wait until it was looked at."),
            ("m", "Choose a file first."),
            ("x", "Nothing is running."),
            ("u", "Nothing was imported here."),
            ("d", "Choose a file first."),
            ("right", "There are no other rows."),
        ):
            await press(shown.pilot, key)
            assert told(shown) == said, key


@pytest.mark.parametrize("name", ["go", "columns", "permission", "dates", "country"])
def test_while_a_file_is_looked_at_its_questions_wait(name: str) -> None:
    importing = Importing(None, lambda: NOW, lambda _: None)  # type: ignore[arg-type]
    around = Around(line=None, can_turn=False, can_be_undone=False)
    importing.step = Step.LOOKING
    assert why_not(importing, name, around).startswith("It is still being looked at.")
    assert why_not(importing, "stop", around) == ""
    importing.step = Step.CHOOSING
    assert why_not(importing, name, around).startswith("Choose a file first")


async def test_a_file_that_changes_nothing_is_not_imported(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "customers.csv").write_text("Name,Phone\nBo,212-555-0102\n")
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "g")
        assert told(shown) == "Nothing in this file would change anything."


async def test_a_file_whose_name_is_no_text_is_chosen_by_keys(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "customers.csv").unlink()
    folder = home / os.fsdecode(b"old \xff list")
    folder.mkdir()
    (folder / os.fsdecode(b"till-\xff.csv")).write_text(ROWS)
    async with till(full, tmp_path) as shown:
        seen = await press(shown.pilot, "4", "enter")
        assert "▸ till-\ufffd.csv" in seen
        seen = await pressed(shown, "enter")
        assert "till-.csv · columns guessed" in seen
        await pressed(shown, "g", step=Step.DONE)
        (batch,) = await shown.shop.imports.history()
        assert (batch.file_name, batch.who) == ("till-.csv", "the counter screen")


def a_preview(
    header: Sequence[str] = ("Phone",), cells: Sequence[str] | None = None, **more: object
) -> ImportPreview:
    return ImportPreview(
        file_name="a.csv",
        header=tuple(header),
        samples=(tuple(cells or [f"{column} 1" for column in header]),),
        mapping=Mapping(
            columns={
                target: (index,) for index, target in enumerate(Target) if index < len(header)
            },
            profile="guessed",
            consent_columns=(),
        ),
        encoding="utf-8",
        delimiter=",",
        notes=("The columns are separated by ;.",),
        **more,  # type: ignore[arg-type]
    )


def a_report(
    *, stopped: bool = False, consents: ConsentCounts | None = None, **counts: int
) -> ImportReport:
    return ImportReport(
        file_name="a.csv",
        counts=ImportCounts(**counts),
        parked=(),
        remarks=(),
        mapping=a_preview().mapping,
        header=("Phone",),
        batch_id=None,
        stopped=stopped,
        consents=consents or ConsentCounts(),
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "0 rows = 0"),
        ({"new": 1}, "1 row = 1 new"),
        ({"new": 1_081, "updated": 62, "parked": 5},
         "1,148 rows = 1,081 new + 62 changed + 5 need a look"),
        ({"unchanged": 40, "duplicates": 9, "suppressed": 7},
         "56 rows = 40 as before + 9 double + 7 said stop"),
    ],
)  # fmt: skip
def test_the_result_is_a_sum_that_adds_up(counts: dict[str, int], said: str) -> None:
    assert import_words.row_sum(ImportCounts(**counts)) == said
    assert said in import_words.did(a_report(**counts)).plain


def test_an_import_that_was_stopped_says_that_nothing_was_changed() -> None:
    assert import_words.did(a_report(stopped=True)).plain == "Stopped. Nothing was changed."


CLAIMED = "2 yeses without proof: kept as claimed, allowing no text."
GRANTED = "1 yes with a date and the words: on record. 3 yeses that were on record before."
STOPPED = "1,204 who said stop: on the do-not-text list."


@pytest.mark.parametrize(
    ("consents", "said"),
    [
        (ConsentCounts(), import_words.HARMLESS),
        (ConsentCounts(claimed=2), f"{CLAIMED} {import_words.HARMLESS}"),
        (ConsentCounts(granted=1, already=3), f"{GRANTED} Nobody will be texted by importing."),
        (ConsentCounts(stopped=1_204), f"{STOPPED} {import_words.HARMLESS}"),
    ],
)
def test_what_is_promised_is_what_happens(consents: ConsentCounts, said: str) -> None:
    assert import_words.promised(a_report(consents=consents)) == said


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_headers_and_cells_stay_in_their_columns(text: str) -> None:
    preview = a_preview((text,), (text,))
    for line in import_words.columns(preview, None, Choices(), 74, 9).plain.split("\n")[:1]:
        assert len(line) <= 80
    assert "\x1b" not in import_words.headline(preview, None).plain


def test_where_there_is_no_room_the_rest_is_a_key_away() -> None:
    header = [str(target) for target in Target]
    drawn = import_words.columns(a_preview(header), None, Choices(), 74, 6).plain.split("\n")
    assert len(drawn) == 6
    assert "… 7 more fields: m shows all of them" in drawn[4]
    whole = import_words.columns(a_preview(header), None, Choices(), 74, 40).plain.split("\n")
    assert len(whole) == len(header) + 1


@pytest.mark.parametrize(
    ("code", "said"),
    [("no_phone_column", "m says"), ("message_log", "n brings"), ("date_order", "d says"),
     ("bad_input", "Do this. m changes columns")],
)  # fmt: skip
def test_an_error_names_the_keys_that_help(code: str, said: str) -> None:
    assert import_words.what_next(BadInput("No.", "Do this.", code=code)).startswith(said)


def test_every_known_export_is_named() -> None:
    assert import_words.looks_like("square") == "looks like a Square customer export"
    assert import_words.looks_like("brand-new") == "looks like brand-new"
