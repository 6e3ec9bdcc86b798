"""Lessons by answers: the task is said first, what was done is told, a wrong turn too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lines.conversing import Place, Typist
from lines.schooling import School, Step, school, wrote
from shopbell.domain.campaigns import CampaignState
from shopbell.lines import campaigns, outbox, person, replies, wishing
from shopbell.lines.lesson_task import asked, beginning, changed
from shopbell.lines.lessons import first_lesson
from shopbell.lines.places import line_mode
from shopbell.lines.talk import HOW_TO, Talk
from shopbell.services.drills import Drills
from shopbell.services.lessons import LESSONS
from shopbell.services.practising import Lesson, Standing

JOE = (wrote("tulips"), "#Replies", "#All threads", "#Joe Lind")
MARTA = (wrote("enough of these"), "#Replies", "#All threads", "#Marta Ruiz")
GUS = (wrote("hear a voice"), "#Replies", "#All threads", "#Gus Marsh")
READY = ("#Text somebody", "Priya Frost", "1", "#ready", "#Keep it")
EVENING = ("#Campaigns", "#All campaigns", "#“Open evening”")
ASK = "#Ask what became of the unknown ones"
AGAIN = "#Say the plan again"


async def leaves(here: School) -> bool:
    """Let the countdown of the campaign end."""
    here.clock.advance(seconds=4)
    return True


async def has_stopped(here: School) -> bool:
    assert here.stage.campaign is not None
    return (await here.shop.campaigns.get(here.stage.campaign)).state is CampaignState.PAUSED


async def is_alive(here: School) -> bool:
    return (await here.shop.gateways.test()).ok


async def all_have_it(here: School) -> bool:
    return {text.to for text in here.practice.seen() if text.arrivals} == set(here.stage.people)


SOLVED: dict[str, tuple[Step, ...]] = {
    "angry": (
        *(*JOE, "#Take it as a complaint", "#Their order", "#About this person"),
        *("#Their complaint is dealt with", "money back", "q"),
    ),
    "odd-stop": (*MARTA, "#It is a stop", "q"),
    "call": (
        *(*GUS, "#About this person", "#What they wish", "#How they would rather", "#By phone"),
        "q",
    ),
    "late": (*READY, "#Outbox", "#What waits", "#Priya Frost|to Priya Frost", "#Take it back", "q"),
    "gateway": (
        *(*EVENING, leaves, has_stopped, AGAIN, ASK, is_alive, ASK, "#Let it go on"),
        *(all_have_it, AGAIN, "q"),
    ),
}

SLIPS: tuple[tuple[str, tuple[Step, ...], str], ...] = (
    (
        "angry",
        (*JOE, "#About this person", "#They said stop", "1", "1", "0", "q"),
        "he never said stop",
    ),
    ("odd-stop", (*MARTA, "#It is no stop", "q"), "when in doubt, ask or stop"),
    ("call", (*GUS, "#Answer", "#thanks", "#Send it", "0", "q"), "Call him."),
    ("gateway", (*EVENING, "#End it for good", "1", "q"), "the others will not hear of it"),
)


@pytest.mark.parametrize("name", [one.id for one in LESSONS])
async def test_each_lesson_is_solved_by_what_its_tasks_name(name: str, tmp_path: Path) -> None:
    async with school(name, tmp_path) as here:
        lesson = here.drills.named(name)
        told = await here.talk(*SOLVED[name])
        assert f"Lesson done. {lesson.learned}\nThe next one is under “Lessons”.\n" in told.said
        assert "Careful." not in told.said
        said = told.said
        for task in lesson.tasks:
            before, found, said = said.partition(task.in_lines)
            assert found, f"“{task.in_lines}” was not said in its turn"
            assert task.in_lines not in before
            assert task.in_lines not in said, "each task is said once"
        assert [one.lesson.id for one in Drills(here.drills.file).listed() if one.is_done] == [name]


@pytest.mark.parametrize(("name", "steps", "words"), SLIPS, ids=lambda case: str(case)[:8])
async def test_a_wrong_turn_is_told_with_the_hint_and_the_lesson_is_not_done(
    name: str, steps: tuple[Step, ...], words: str, tmp_path: Path
) -> None:
    async with school(name, tmp_path) as here:
        told = await here.talk(*steps)
        hint = here.drills.named(name).hint
        assert told.said.count("Careful. ") == 1, "a wrong turn is told once"
        assert words in told.said.partition("Careful. ")[2].partition("\n")[0]
        assert told.said.count(f"Hint: {hint}") == 2
        assert "Lesson done." not in told.said
        assert not any(one.is_done for one in Drills(here.drills.file).listed())


async def test_the_task_is_the_first_thing_that_is_said_of_the_shop(tmp_path: Path) -> None:
    async with school("odd-stop", tmp_path) as here:
        told = await here.talk("q")
        lesson = here.drills.named("odd-stop")
        first = told.said.partition("Unlocking …\n")[2].splitlines()
        assert first[:5] == [
            "Lesson: A stop in odd words.",
            lesson.story,
            f"Task: {lesson.tasks[0].in_lines}",
            f"Hint: {lesson.hint}",
            "Fern & Finch (practice: nothing leaves this computer).",
        ]


async def test_a_locked_practice_shop_opens_again_by_itself_and_the_task_is_said_again(
    tmp_path: Path,
) -> None:
    went_out: list[bool] = []

    async def nobody_is_there(here: School) -> bool:
        if not went_out:
            went_out.append(True)
            here.clock.advance(minutes=11)
        return False  # until the question is taken away

    async with school("late", tmp_path) as here:
        told = await here.talk(*READY, nobody_is_there, "1", "q")
        task = here.drills.named("late").tasks[1].in_lines
        assert told.said.count(f"Task 2 of 2: {task}") == 2, "what was done stays done"
        assert "Go on in the practice shop?" in told.said
        assert not told.hidden, "nobody is asked for the passphrase of the practice shop"


async def test_another_lesson_is_chosen_inside_and_the_practice_shop_is_left(
    tmp_path: Path,
) -> None:
    async with school("late", tmp_path) as here:
        told = await here.talk("#Lessons", "#A gateway that dies")
        assert here.drills.wanted is LESSONS[-1]
        assert "4. A text late at night (you are at it)" in told.said
        assert "Lessons: 0 of 5 done." in told.said
        again = told.said.partition(". Lessons")[2]
        assert again.count(f"Task 1 of 2: {LESSONS[3].tasks[0].in_lines}") == 1
        assert told.said.endswith("Closed. What was finished is kept.\n")


async def test_whoever_only_looks_at_the_lessons_stays_where_they_are(tmp_path: Path) -> None:
    async with school("late", tmp_path) as here:
        told = await here.talk("#Lessons", "0", "#Outbox", "q")
        assert here.drills.wanted is None
        assert "Outbox: " in told.said


async def test_a_shop_of_ones_own_offers_them_and_says_that_it_is_locked_meanwhile(
    place: Place, tmp_path: Path
) -> None:
    drills = Drills(tmp_path / "lessons.json")
    typist = Typist(("#Lessons", "2"))
    await line_mode(replace(place.way(), drills=drills), typist)
    assert drills.wanted is LESSONS[1]
    assert "Your shop is locked meanwhile" in typist.said
    assert "Lesson: " not in typist.said


async def test_without_lessons_at_hand_none_are_offered(place: Place) -> None:
    told = await place.talk("?", "q")
    assert "Lessons" not in told.said


# -- before any shop is open --


async def test_the_first_question_is_which_lesson_with_what_is_done(tmp_path: Path) -> None:
    file = tmp_path / "lessons.json"
    file.write_text('{"done": ["angry", "call"]}', encoding="utf-8")
    typist = Typist(("?", "4"))
    assert await first_lesson(Talk(typist), Drills(file)) is LESSONS[3]
    assert typist.said.startswith(f"Lessons in lines.\n{HOW_TO}\n")
    assert "Lessons: 2 of 5 done." in typist.said
    assert "1. An angry reply (done)\n2. A stop in odd words (not done)\n" in typist.said


@pytest.mark.parametrize("typed", [("0",), ("",), ("q",), (), ("9", "x", "0")])
async def test_whoever_leaves_begins_no_lesson(typed: tuple[str, ...], tmp_path: Path) -> None:
    typist = Typist(typed)
    assert await first_lesson(Talk(typist), Drills(tmp_path / "lessons.json")) is None


async def test_a_file_of_progress_that_makes_no_sense_is_told(tmp_path: Path) -> None:
    file = tmp_path / "lessons.json"
    file.write_text("{", encoding="utf-8")
    typist = Typist(("0",))
    await first_lesson(Talk(typist), Drills(file))
    assert "does not count: it makes no sense" in typist.said


# -- the words --


def standing(lesson: Lesson, done: int, slip: str = "") -> Standing:
    flags = tuple(at < done for at in range(len(lesson.tasks)))
    return Standing(lesson=lesson, done=flags, slip=slip)


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_every_step_of_a_lesson_has_its_words(one: Lesson) -> None:
    many = len(one.tasks)
    start = standing(one, 0)
    assert beginning(start)[:2] == [f"Lesson: {one.title}.", one.story]
    for done in range(1, many):
        said = changed(standing(one, done - 1), standing(one, done))
        assert said == ["Well done.", f"Task {done + 1} of {many}: {one.tasks[done].in_lines}"]
    assert changed(standing(one, many - 1), standing(one, many))[0].startswith("Lesson done.")
    for slip in one.slips:
        wrong = standing(one, 0, slip.words)
        assert changed(start, wrong) == [f"Careful. {slip.words}", f"Hint: {one.hint}"]
        assert changed(wrong, start) == asked(start), "set right, the task is said again"


PLACES = ("Replies", "Outbox", "Campaigns", "Text somebody")
SOURCES = "".join(
    Path(str(module.__file__)).read_text(encoding="utf-8")
    for module in (campaigns, outbox, person, replies, wishing)
)


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.id)
def test_the_choices_a_task_names_are_there(one: Lesson) -> None:
    for task in one.tasks:
        for quoted in task.in_lines.split("“")[1:]:
            choice = quoted.partition("”")[0]
            assert choice in PLACES or f'"{choice}' in SOURCES, f"nothing is called “{choice}”"
