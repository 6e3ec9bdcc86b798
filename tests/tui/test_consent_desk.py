"""Consent and sign-up by keys: topics, promises, welcome, answers, sheet, poster, ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doors.door import plain
from shopbell.domain.consent import Purpose
from shopbell.domain.own_texts import AnswerTo, OwnTexts, Welcoming
from shopbell.domain.promises import Frequency
from shopbell.domain.topics import TOPICS
from shopbell.errors import Busy
from shopbell.tui.consent_rows import ConsentRow, Job, consent_rows
from shopbell.tui.screens.check import Check
from shopbell.tui.screens.consent_desk import ConsentDesk
from shopbell.tui.screens.edit_topic import EditTopic
from shopbell.tui.screens.print_paper import PrintPaper
from tui.counters import Till, till
from tui.golden_shop import short_folder, steady
from tui.screens import press, screen_text, settle, type_in
from tui.test_goldens import troubled

Keeps = Callable[[str, str], None]

SIZES = ((80, 24), (60, 20), (120, 40))
WELCOME = len(TOPICS)
"""The line of the welcome; the lines about topics come before it."""
ASKS = WELCOME + 1
ANSWERS = ASKS + 1


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))


async def desk(shown: Till, line: int = 0) -> str:
    """Open the desk and go down to a line."""
    await press(shown.pilot, "o")
    assert isinstance(shown.app.screen, ConsentDesk)
    return await press(shown.pilot, *["down"] * line)


async def fill(shown: Till, id_: str, words: str) -> None:
    """Write words into a field of the box, in place of what stands there."""
    field = shown.app.screen.query_one(f"#{id_}")
    field.focus()
    await press(shown.pilot, "end", "ctrl+u")
    if words:
        await type_in(shown.pilot, words)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_desk_and_its_boxes_as_they_look(
    full: Path, keeps: Keeps, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    name = f"{size[0]}x{size[1]}"
    with short_folder() as folder:
        monkeypatch.setenv("HOME", str(folder))
        async with till(full, folder, size=size) as shown:
            for screen, keys in (
                ("consent", ("o",)),
                ("consent-topic", ("down", "enter")),
                ("consent-new", ("escape", "a")),
                ("consent-sheet", ("escape", "s")),
                ("consent-poster", ("escape", "p")),
            ):
                seen = await press(shown.pilot, *keys)
                keeps(f"{screen}-{name}", steady(seen, folder))


async def test_the_desk_of_a_new_shop_while_the_file_is_slow_and_when_it_cannot_be_read(
    empty: Path, tmp_path: Path, keeps: Keeps
) -> None:
    async with till(empty, tmp_path) as shown:
        keeps("consent-empty-80x24", await desk(shown))
        await press(shown.pilot, "escape")
        store = await troubled(shown)
        store.is_quick.clear()
        await shown.pilot.press("o")
        while "Looking" not in screen_text(shown.app):
            await shown.pilot.pause(0.02)
        keeps("consent-loading-80x24", screen_text(shown.app))
        store.is_quick.set()
        await settle(shown.pilot)
        await press(shown.pilot, "escape")
        store.error = Busy("Another window is writing.", "Wait a moment.")
        keeps("consent-failed-80x24", await press(shown.pilot, "o"))
        store.error = None


async def test_it_is_found_in_the_palette_and_opened_once(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "3", "colon", *"consent", "enter")
        assert isinstance(shown.app.screen, ConsentDesk)
        await press(shown.pilot, "colon", *"What people can say", "enter")
        assert isinstance(shown.app.screen, ConsentDesk)
        await press(shown.pilot, "escape")
        assert not isinstance(shown.app.screen, ConsentDesk)


async def test_a_topic_gets_another_promise_and_the_words_people_are_shown_follow(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        assert "“offers”, up to 4 texts a month" in await desk(shown, 1)
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, EditTopic)
        await fill(shown, "often", "1 a week")
        await fill(shown, "words", "weekend offers")
        seen = await press(shown.pilot, "f2")
        assert "“weekend offers”, up to 1 text a week" in seen
        offers = next(one for one in await shown.shop.topics.every() if one.id == "offers")
        assert offers.often == Frequency(n=1, days=7)
        seen = plain(await press(shown.pilot, "down", "up"))
        assert "Text me about weekend offers from Fern & Finch. Up to 1 text a week." in seen


async def test_a_topic_is_taken_off_and_asks_for_a_confirmation_by_two_choices(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await desk(shown, 2)
        await press(shown.pilot, "enter")
        for id_ in ("confirm", "offered"):
            shown.app.screen.query_one(f"#{id_}").focus()
            await press(shown.pilot, "right", "space")
        await press(shown.pilot, "f2")
        events = next(one for one in await shown.shop.topics.every() if one.id == "events")
        assert (events.confirm, events.offered) == (True, False)
        seen = plain(await press(shown.pilot, "up", "down"))
        assert "Nobody can choose it any more." in seen


async def test_something_new_is_offered_with_its_word_to_text(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await desk(shown)
        await press(shown.pilot, "a")
        for id_, words in (
            ("id", "workshops"),
            ("words", "workshops"),
            ("often", "2 a month"),
            ("keyword", "blooms"),
        ):
            await fill(shown, id_, words)
        await press(shown.pilot, "f2")
        new = next(one for one in await shown.shop.topics.every() if one.id == "workshops")
        assert (new.purpose, new.often, new.keyword, new.confirm) == (
            Purpose.MARKETING,
            Frequency(n=2, days=30),
            "BLOOMS",
            False,
        )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": "news", "often": ""}, "must be told how often"),
        ({"id": "news", "often": "now and then"}, "“now and then” does not say how often."),
        ({"id": "News!", "often": "4 a month"}, "short name is small letters"),
        ({"id": "offers", "often": "4 a month"}, "There is a topic “offers” already."),
        ({"id": "news", "often": "4 a month", "keyword": "STOP"}, "STOP"),
    ],
)
async def test_what_cannot_be_kept_is_told_in_the_box_without_the_command_line(
    empty: Path, tmp_path: Path, fields: dict[str, str], said: str
) -> None:
    async with till(empty, tmp_path) as shown:
        await desk(shown)
        await press(shown.pilot, "a")
        for id_, words in fields.items():
            await fill(shown, id_, words)
        seen = plain(await press(shown.pilot, "f2"))
        assert said in seen
        assert "shopbell " not in seen
        assert isinstance(shown.app.screen, EditTopic)
        assert await shown.shop.topics.every() == TOPICS


async def test_the_welcome_is_turned_through_its_three_ways_and_asks_on_demand(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await desk(shown, WELCOME)
        for expected in (Welcoming.ALWAYS, Welcoming.NEVER, Welcoming.ASK):
            await press(shown.pilot, "enter")
            assert (await shown.shop.welcomes.settings()).welcoming is expected
        await press(shown.pilot, "down", "enter")
        assert (await shown.shop.welcomes.settings()).asks_choice
        await press(shown.pilot, "enter")
        assert not (await shown.shop.welcomes.settings()).asks_choice


@pytest.mark.parametrize("what", AnswerTo)
async def test_each_answer_is_turned_off_and_on_alone(
    empty: Path, tmp_path: Path, what: AnswerTo
) -> None:
    async with till(empty, tmp_path) as shown:
        before = await shown.shop.welcomes.settings()
        await desk(shown, ANSWERS + list(AnswerTo).index(what))
        await press(shown.pilot, "enter")
        after = await shown.shop.welcomes.settings()
        assert after.off == before.off ^ {what}
        await press(shown.pilot, "enter")
        assert await shown.shop.welcomes.settings() == before


async def test_a_sheet_is_written_and_its_words_are_kept(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await desk(shown)
        await press(shown.pilot, "s")
        assert isinstance(shown.app.screen, PrintPaper)
        seen = await press(shown.pilot, "f2")
        assert "Wrote “signup-sheet.html”." in seen
        page = (tmp_path / "home" / "signup-sheet.html").read_text(encoding="utf-8")
        assert "Fern &amp; Finch" in page
        wording = await shown.shop.consents.wording(await newest_wording(shown))
        assert wording is not None
        assert "my orders" in wording or "orders" in wording
        seen = plain(await press(shown.pilot, "s", "f2"))
        assert "There is already a file" in seen
        assert "Choose another name." in seen
        assert "--force" not in seen


async def newest_wording(shown: Till) -> int:
    def step(db: object) -> int:
        row = db.execute("SELECT max(id) FROM wording").fetchone()  # type: ignore[attr-defined]
        return int(row[0])

    return await shown.shop._desk.store.read(step)


async def test_a_poster_needs_one_purpose_and_a_number_and_then_its_word_joins(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await desk(shown)
        await press(shown.pilot, "p")
        await fill(shown, "number", "")
        assert "A poster needs the number" in await press(shown.pilot, "f2")
        await fill(shown, "number", "12")
        assert "--number" not in await press(shown.pilot, "f2")
        assert isinstance(shown.app.screen, PrintPaper)
        await fill(shown, "number", "212-555-0100")
        shown.app.screen.query_one("#topics").focus()
        seen = plain(await press(shown.pilot, "left", "left", "space", "f2"))
        assert "Make a poster for each." in seen
        await press(shown.pilot, "space", "f2")
        page = (tmp_path / "home" / "poster.html").read_text(encoding="utf-8")
        assert "JOIN" in page
        assert "<svg" in page


async def test_nothing_chosen_is_no_page_and_nothing_offered_no_box(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await desk(shown)
        await press(shown.pilot, "s", "space", "right", "space", "right", "space")
        assert "Choose what it offers." in await press(shown.pilot, "f2")
        await press(shown.pilot, "escape")
        for topic in TOPICS:
            await shown.shop.topics.change(topic.id, offered=False)
        await settle(shown.pilot)
        assert "Nothing is offered" in await press(shown.pilot, "p")
        assert isinstance(shown.app.screen, ConsentDesk)


async def test_the_ledger_is_checked_from_here(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await desk(shown)
        await press(shown.pilot, "end", "enter")
        assert isinstance(shown.app.screen, Check)
        await press(shown.pilot, "escape", "c")
        assert isinstance(shown.app.screen, Check)


async def test_the_lines_of_paper_open_the_boxes(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await desk(shown)
        assert "A counter poster" in await press(shown.pilot, "end", "up", "enter")
        assert "A sign-up sheet" in await press(shown.pilot, "escape", "up", "enter")


def rows(own: OwnTexts = OwnTexts()) -> tuple[ConsentRow, ...]:  # noqa: B008
    return consent_rows("Fern & Finch", TOPICS, own)


def test_every_line_does_exactly_one_thing() -> None:
    for row in rows():
        does = [row.topic is not None, row.turned is not None, row.job is not None]
        assert does.count(True) == 1
        assert "↵" in row.more
        assert row.more.endswith(".")


def test_turning_every_switch_back_comes_to_where_it_began() -> None:
    start = OwnTexts()
    for index, row in enumerate(rows(start)):
        if row.turned is None:
            continue
        own, turns = row.turned, 1
        while own != start:
            turned = rows(own)[index].turned
            assert turned is not None
            own, turns = turned, turns + 1
        assert turns in {2, 3}


def test_each_job_has_one_line() -> None:
    assert [row.job for row in rows() if row.job is not None] == list(Job)
