"""By keys on one person's sheet: household, dossier; and a yes that came by a web form."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual import events

from doors.door import plain
from shopbell.domain.consent import ConsentEvent, How
from shopbell.domain.ids import E164
from shopbell.domain.web_form import WebForm
from shopbell.tui.frame import FrameScreen
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.dossier import DossierBox
from shopbell.tui.screens.household import Household
from shopbell.tui.screens.sign_up import SignUp
from shops import ANA, BO
from tui.counters import CY, Till, number, till
from tui.golden_shop import short_folder, steady
from tui.screens import press, settle

Keeps = Callable[[str, str], None]

NEW = E164("+12125550155")
PAGE = "https://fernandfinch.example/sms"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))


async def sheet(shown: Till, who: E164) -> str:
    screen = shown.app.screen
    assert isinstance(screen, FrameScreen)
    screen.post_message(screen.PersonOpened(who))
    while not isinstance(shown.app.screen, ContactScreen):
        await shown.pilot.pause(0.01)
    return await settle(shown.pilot)


async def fill(shown: Till, id_: str, words: str) -> str:
    """Paste words into a field of the box, in place of what stands there."""
    field = shown.app.screen.query_one(f"#{id_}")
    field.focus()
    await press(shown.pilot, "end", "ctrl+u")
    field.post_message(events.Paste(words))
    return await settle(shown.pilot)


async def home_of(shown: Till, who: E164) -> list[E164]:
    found = await shown.shop.people.sheet(shown.shop.people.read_number(who))
    return [one.number for one in found.household]


async def ledger(shown: Till, who: E164) -> tuple[ConsentEvent, ...]:
    return (await shown.shop.people.sheet(shown.shop.people.read_number(who))).ledger


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)], ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_boxes_as_they_look(
    full: Path, keeps: Keeps, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    name = f"{size[0]}x{size[1]}"
    with short_folder() as folder:
        monkeypatch.setenv("HOME", str(folder))
        async with till(full, folder, size=size) as shown:
            await sheet(shown, ANA)
            for box, keys in (
                ("contact-household", ("h",)),
                ("contact-dossier", ("escape", "p")),
                ("contact-dossier-file", ("w",)),
            ):
                keeps(f"{box}-{name}", steady(await press(shown.pilot, *keys), folder))
            await press(shown.pilot, "escape", "escape", "y")
            shown.app.screen.query_one("#how").focus()
            seen = await press(shown.pilot, *["right"] * 4, "space")
            keeps(f"contact-web-form-{name}", steady(seen, folder))
            seen = await press(shown.pilot, *["left"] * 3)
            keeps(f"contact-on-paper-{name}", steady(seen, folder))


@pytest.mark.parametrize("typed", ["Bo Lind", "bo", "212-555-0102"])
async def test_somebody_lives_with_them_and_moves_out_again(
    full: Path, tmp_path: Path, typed: str
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        assert "Ana Reyes is in no household yet." in plain(await press(shown.pilot, "h"))
        await fill(shown, "with", typed)
        seen = plain(await press(shown.pilot, "f2"))
        assert "Lives with Bo Lind." in seen
        assert "They live together: Ana Reyes, Bo Lind." in seen
        assert await home_of(shown, BO) == [ANA]
        box = plain(await press(shown.pilot, "h"))
        assert "Ana Reyes lives with Bo Lind. It binds nobody" in box
        seen = plain(await press(shown.pilot, "right", "space", "f2"))
        assert "Ana Reyes moved out." in seen
        assert "Lives with" not in seen
        assert await home_of(shown, BO) == []


async def test_a_third_comes_into_the_household(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.shop.linking.live_together([ANA, BO])
        await sheet(shown, ANA)
        await press(shown.pilot, "h")
        await fill(shown, "with", "Cy Moss")
        await press(shown.pilot, "f2")
        assert set(await home_of(shown, ANA)) == {BO, CY}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Say who lives with them."),
        ("Nobody At All", "Nobody else on file fits “Nobody At All”."),
        ("Ana Reyes", "Nobody else on file fits “Ana Reyes”."),
        ("weekly", "people fit “weekly”. Type their number."),
        ("[/]", "Nobody else on file fits “[/]”."),
    ],
)
async def test_who_cannot_be_found_is_said_and_nothing_is_noted(
    full: Path, tmp_path: Path, typed: str, said: str
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        await press(shown.pilot, "h")
        await fill(shown, "with", typed)
        assert said in plain(await press(shown.pilot, "f2"))
        assert isinstance(shown.app.screen, Household)
        assert await home_of(shown, ANA) == []


async def test_a_stop_of_one_is_not_the_others(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        await press(shown.pilot, "h")
        await fill(shown, "with", "Bo Lind")
        await press(shown.pilot, "f2")
        found = await shown.shop.people.sheet(shown.shop.people.read_number(ANA))
        assert found.suppression is None, "Bo said stop; Ana did not"
        assert "✓ may go now" in await settle(shown.pilot)


async def test_the_dossier_is_read_on_the_screen_and_written_to_a_folder(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        seen = plain(await press(shown.pilot, "p"))
        assert "The proof about Ana Reyes" in seen
        assert isinstance(shown.app.screen, DossierBox)
        assert "(212) 555-0101" not in seen
        assert "texts to Ana Reyes, …0101" in seen
        assert "texts to Ana Reyes, (212) 555-0101" in plain(await press(shown.pilot, "v"))
        assert "(212) 555-0101" not in plain(await press(shown.pilot, "v"))
        assert "not encrypted" in plain(await press(shown.pilot, "w"))
        seen = plain(await press(shown.pilot, "enter"))
        assert "Wrote “dossier-12125550101-" in seen
        files = sorted((tmp_path / "home").iterdir())
        assert [file.suffix for file in files] == [".html", ".txt"]
        assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
        assert "Text me" in files[1].read_text(encoding="utf-8")
        again = plain(await press(shown.pilot, "w", "enter"))
        assert "There is already a file" in again
        assert "Choose another folder." in again
        assert "--force" not in again


async def test_all_of_it_is_written_as_data_too(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        await press(shown.pilot, "p", "x", "enter")
        files = sorted((tmp_path / "home").iterdir())
        assert [file.suffix for file in files] == [".html", ".json"]
        await press(shown.pilot, "escape")
        assert isinstance(shown.app.screen, ContactScreen)


async def web_form(shown: Till, *, page: str = PAGE, at: str = "", sender: str = "") -> None:
    shown.app.screen.query_one("#how").focus()
    await press(shown.pilot, *["right"] * 4, "space")
    for id_, words in (("page", page), ("sent-at", at), ("sender", sender)):
        await fill(shown, id_, words)


@pytest.mark.parametrize(
    ("sender", "form"),
    [
        ("203.0.113.7", WebForm(page=PAGE, ip="203.0.113.7")),
        ("2001:db8::1", WebForm(page=PAGE, ip="2001:db8::1")),
        ("sub-8821", WebForm(page=PAGE, form_id="sub-8821")),
    ],
)
async def test_a_web_form_is_a_yes_with_its_page_its_moment_and_who_sent_it(
    full: Path, tmp_path: Path, sender: str, form: WebForm
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, number(3))
        await press(shown.pilot, "y")
        await web_form(shown, at="2026-11-23 10:42", sender=sender)
        await press(shown.pilot, "f2")
        (event,) = await ledger(shown, number(3))
        assert (event.how, event.form, event.witness, event.place) == (How.WEB, form, None, None)
        assert event.at == datetime(2026, 11, 23, 10, 42, tzinfo=ZoneInfo("America/New_York"))
        assert "Text me about my orders from Fern & Finch." in event.wording
        assert event.evidence_sha256 is None


async def test_the_words_of_the_page_are_kept_where_they_differ(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "n")
        await fill(shown, "number", "2125550155")
        await web_form(shown, at="2026-11-23T10:42-05:00", sender="203.0.113.7")
        await fill(shown, "page-words", "Yes, text me when my order is ready.")
        await press(shown.pilot, "f2")
        (event,) = await ledger(shown, NEW)
        assert event.wording == "Yes, text me when my order is ready."


@pytest.mark.parametrize(
    ("page", "at", "sender", "said"),
    [
        ("", "2026-11-23 10:42", "203.0.113.7", "needs the address of its page"),
        ("ftp://x", "2026-11-23 10:42", "203.0.113.7", "needs the address of its page"),
        (PAGE, "", "203.0.113.7", "is no date and time. Write when the form was sent"),
        (PAGE, "yesterday", "203.0.113.7", "“yesterday” is no date and time."),
        (PAGE, "2026-12-23 10:42", "203.0.113.7", "That moment is still to come."),
        (PAGE, "2026-11-23 10:42", "", "Add the visitor's internet address"),
        (PAGE, "9999-12-31 23:59+00:00", "x", "That moment is still to come."),
    ],
)
async def test_a_web_form_without_its_proof_is_no_yes(
    full: Path, tmp_path: Path, page: str, at: str, sender: str, said: str
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "n")
        await fill(shown, "number", "2125550155")
        await web_form(shown, page=page, at=at, sender=sender)
        assert said in plain(await press(shown.pilot, "f2"))
        assert isinstance(shown.app.screen, SignUp)
        assert await shown.shop.people.by_number(NEW) is None


async def test_what_was_typed_about_a_witness_is_not_proof_of_a_form(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, number(3))
        await press(shown.pilot, "y")
        await fill(shown, "witness", "Mo")
        await web_form(shown, at="2026-11-23 10:42", sender="203.0.113.7")
        await press(shown.pilot, "f2")
        (event,) = await ledger(shown, number(3))
        assert event.witness is None


async def test_nobody_on_file_has_no_household(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, NEW)
        assert "Nobody with this number is on file yet" in plain(await press(shown.pilot, "h"))
        assert "The proof about" in plain(await press(shown.pilot, "p"))
