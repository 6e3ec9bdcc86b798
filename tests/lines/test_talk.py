"""The conversation itself: choices, lists, lines, a yes, a secret, and what is never said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from lines.conversing import Typist
from shopbell.domain.people import Page
from shopbell.domain.progress import Progress
from shopbell.errors import BadInput
from shopbell.lines.talk import Job, Left, Locked, Talk

MANY = [f"row {at}" for at in range(1, 26)]


def conversation(*typed: str, columns: int | None = None) -> tuple[Talk, Typist]:
    typist = Typist(typed, columns)
    return Talk(typist), typist


async def fetch(first: int, count: int) -> Page[str]:
    return Page(rows=tuple(MANY[first : first + count]), first=first, total=len(MANY))


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        (("1",), 0),
        (("2",), 1),
        (("2.",), 1),
        ((" 2 ",), 1),
        (("0",), None),
        (("",), None),
        (("?", "2"), 1),
        (("help", "0"), None),
        (("3", "1"), 0),
        (("-1", "1"), 0),
        (("two", "2"), 1),
        (("٢", "1"), 0),
        (("²", "1"), 0),
        (("1" * 400, "2"), 1),
        (("01",), 0),
    ],
)
async def test_a_number_chooses_and_nothing_or_0_goes_back(
    typed: tuple[str, ...], chosen: int | None
) -> None:
    talk, typist = conversation(*typed)
    assert await talk.choose("Which?", ["one", "two"]) == chosen
    assert typist.asked == len(typed)


async def test_a_choice_says_each_label_in_a_line_of_its_own() -> None:
    talk, typist = conversation("1")
    await talk.choose("Which?", ["one", "two"], back="Leave it")
    assert typist.said == "Which?\n1. one\n2. two\n0. Leave it\nChoose 0 to 2:\n"


async def test_what_is_no_choice_is_told_with_the_way_on() -> None:
    talk, typist = conversation("nine", "1")
    await talk.choose("Which?", ["one"])
    assert "“nine” is none of these. ? says them again, q closes Shopbell." in typist.said


QUESTIONS: dict[str, Callable[[Talk], Awaitable[object]]] = {
    "choose": lambda talk: talk.choose("Which?", ["one"]),
    "pick": lambda talk: talk.pick("Which?", fetch, str),
    "yes": lambda talk: talk.yes("Sure?"),
    "line": lambda talk: talk.line("What?"),
    "optional": lambda talk: talk.optional("What?"),
    "secret": lambda talk: talk.secret("Passphrase."),
}


@pytest.mark.parametrize("word", ["q", "Q", "quit", "exit", " q "])
@pytest.mark.parametrize("question", ["choose", "pick", "yes"])
async def test_q_leaves_from_every_kind_of_choice(word: str, question: str) -> None:
    talk, _ = conversation(word)
    with pytest.raises(Left):
        await QUESTIONS[question](talk)


async def test_words_may_be_the_letter_q() -> None:
    talk, _ = conversation("q")
    assert await talk.line("Your words.") == "q"


@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_end_of_the_input_leaves_from_every_question(question: str) -> None:
    talk, _ = conversation()
    with pytest.raises(Left):
        await QUESTIONS[question](talk)


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        (("1",), "row 1"),
        (("10",), "row 10"),
        (("11", "3"), "row 3"),
        (("m", "11"), "row 11"),
        (("m", "m", "25"), "row 25"),
        (("m", "m", "m", "21"), "row 21"),
        (("m", "e", "2"), "row 2"),
        (("e", "4"), "row 4"),
        (("m", "?", "12"), "row 12"),
        (("0",), None),
        (("m", ""), None),
    ],
)
async def test_a_long_list_is_walked_through_by_pages(
    typed: tuple[str, ...], row: str | None
) -> None:
    talk, typist = conversation(*typed)
    assert await talk.pick("Rows:", fetch, str) == row
    assert typist.asked == len(typed)


async def test_a_page_says_where_it_is_and_what_can_be_typed() -> None:
    talk, typist = conversation("m", "0")
    await talk.pick("Rows:", fetch, str)
    first, second = typist.said.split("Choose:\n")[:2]
    assert first.startswith("Rows: 1 to 10 of 25:\n1. row 1\n")
    assert first.endswith("10. row 10\nm. More\n0. Back\n")
    assert second.startswith("Rows: 11 to 20 of 25:\n11. row 11\n")
    assert second.endswith("m. More\ne. Earlier\n0. Back\n")


async def test_a_list_that_shrank_meanwhile_begins_again() -> None:
    left = list(MANY)

    async def shrinking(first: int, count: int) -> Page[str]:
        if first:
            left[5:] = []
        return Page(rows=tuple(left[first : first + count]), first=first, total=len(left))

    talk, _ = conversation("m", "5")
    assert await talk.pick("Rows:", shrinking, str) == "row 5"


async def test_a_menu_says_its_choices_once_and_again_when_asked() -> None:
    done: list[str] = []

    async def job() -> None:
        done.append("done")

    async def heading() -> list[str]:
        return ["Here."]

    talk, typist = conversation("1", "1", "?", "1", "0")
    await talk.menu(heading, [Job(words="The job", do=job)], back="Leave")
    assert done == ["done"] * 3
    assert typist.said.count("1. The job") == 2
    assert typist.said.count("Here.") == 4


async def test_a_job_that_goes_wrong_is_told_and_the_menu_stays() -> None:
    async def job() -> None:
        raise BadInput("That is no number.", "Type digits.")

    async def heading() -> list[str]:
        return ["Here."]

    talk, typist = conversation("1", "0")
    await talk.menu(heading, [Job(words="The job", do=job)], back="Leave")
    assert "That is no number.\nType digits.\nHere.\n" in typist.said


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (("1",), True),
        (("y",), True),
        (("YES",), True),
        (("0",), False),
        (("2",), False),
        (("n",), False),
        (("",), False),
        (("perhaps", "1"), True),
        (("11", "no"), False),
    ],
)
async def test_a_yes_is_said_and_an_empty_line_is_none(
    typed: tuple[str, ...], answer: bool
) -> None:
    talk, typist = conversation(*typed)
    assert await talk.yes("Sure?", yes="Do it", no="Leave it") is answer
    assert "1. Do it\n0. Leave it\n" in typist.said


@pytest.mark.parametrize(
    ("typed", "usual", "line"),
    [
        ("  two words ", "", "two words"),
        ("", "", ""),
        ("", "US", "US"),
        (".", "US", ""),
        ("GB", "US", "GB"),
        (".", "", "."),
    ],
)
async def test_a_line_has_no_spaces_around_it_and_may_have_a_usual_answer(
    typed: str, usual: str, line: str
) -> None:
    talk, typist = conversation(typed)
    assert await talk.line("Country?", usual=usual) == line
    assert ("empty: go back" in typist.said) is (not usual)


async def test_a_secret_is_asked_for_without_showing_it_and_keeps_its_spaces() -> None:
    talk, typist = conversation(" maple harbor ")
    assert (await talk.secret("Passphrase.")).reveal() == " maple harbor "
    assert typist.hidden == [" maple harbor "]
    assert "maple" not in typist.page


async def test_what_is_said_can_neither_drive_a_terminal_nor_begin_a_line() -> None:
    talk, typist = conversation()
    talk.say("a\x1b[2Jb", "c\rd\ne", "\u202ef", "g\x9b31m", "\ud800h")
    assert typist.said == "a␛[2Jb\nc␍d⏎e\n\ufffdf\ng\ufffd31m\n\ufffdh\n"


async def test_a_fact_that_never_ends_is_cut() -> None:
    talk, typist = conversation()
    talk.say("x" * 50_000)
    assert len(typist.said) < 2_100
    assert typist.said.endswith("…\n")


async def test_long_work_is_told_in_tenths_and_short_work_not_at_all() -> None:
    talk, typist = conversation()
    for done in range(0, 1_000_001, 25_000):
        talk.progress(Progress(step="reading rows", done=done, total=1_000_000))
    assert typist.said.splitlines() == [f"reading rows: {at} %" for at in range(0, 101, 10)]
    talk.progress(Progress(step="reading rows", done=5, total=10))
    talk.progress(Progress(step="reading rows", done=5, total=None))
    assert len(typist.said.splitlines()) == 11


async def test_a_nul_byte_in_what_is_typed_is_dropped() -> None:
    talk, _ = conversation("a\0na")
    assert await talk.line("Who?") == "ana"


async def test_lines_are_broken_between_words_where_the_terminal_is_narrow() -> None:
    talk, typist = conversation(columns=24)
    talk.say("It may go on Wednesday at ten in the morning.")
    assert typist.said == "It may go on Wednesday\nat ten in the morning.\n"


async def test_news_is_said_before_a_choice_and_never_twice() -> None:
    waiting = ["News: Ana wrote."]

    async def news() -> list[str]:
        found, waiting[:] = list(waiting), []
        return found

    talk, typist = conversation("?", "1")
    talk.news = news
    await talk.choose("Which?", ["one"])
    assert typist.said.startswith("News: Ana wrote.\nWhich?\n")
    assert typist.said.count("News:") == 1


async def test_news_is_said_before_the_rows_of_a_list_too() -> None:
    waiting = [["News: Ana wrote."], []]

    async def news() -> list[str]:
        return waiting.pop(0)

    async def fetch(first: int, count: int) -> Page[str]:
        del count
        return Page(rows=("one",), first=first, total=1)

    talk, typist = conversation("?", "1")
    talk.news = news
    assert await talk.pick("Things:", fetch, str) == "one"
    assert typist.said.startswith("News: Ana wrote.\nThings:\n")
    assert typist.said.count("News:") == 1


async def test_a_question_ends_when_the_shop_is_locked_meanwhile() -> None:
    class Nobody(Typist):
        async def read(self, *, hidden: bool = False) -> str | None:
            await asyncio.Event().wait()
            return await super().read(hidden=hidden)

    talk = Talk(Nobody(()))
    talk.over = asyncio.get_running_loop().create_future()
    asking = asyncio.ensure_future(talk.line("What?"))
    await asyncio.sleep(0)
    talk.over.set_result("Locked after 10 quiet minutes.")
    with pytest.raises(Locked) as locked:
        await asking
    assert locked.value.why == "Locked after 10 quiet minutes."


async def test_a_line_that_came_with_the_lock_is_no_answer() -> None:
    talk, _ = conversation("send it")
    talk.over = asyncio.get_running_loop().create_future()
    talk.over.set_result("Locked: the computer was asleep.")
    with pytest.raises(Locked):
        await talk.line("What?")


async def test_somebody_is_there_when_a_question_is_asked_and_when_it_is_answered() -> None:
    touched: list[int] = []
    talk, typist = conversation("x")
    talk.touched = lambda: touched.append(typist.asked)
    await talk.line("What?")
    assert touched == [0, 1]
