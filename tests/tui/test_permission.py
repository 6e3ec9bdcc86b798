"""Columns about permission: shown, asked about, and read only as the owner says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shopbell.domain.column_words import ColumnWords
from shopbell.domain.consent import How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.import_choices import ANYTHING, Choices, ConsentRule, StopRule
from shopbell.domain.importing import ImportPreview, Mapping, Target
from shopbell.domain.permission_answers import (
    Answers,
    Evidence,
    Means,
    answers_of,
    chosen_with,
    has_proof,
    missing,
    values_in,
)
from shopbell.domain.topics import TOPICS, topic
from shopbell.tui.consent_words import consent_lines, words_of
from shopbell.tui.underway import Step
from tui.counters import Till, till
from tui.screens import press, settle, type_in
from tui.test_import import at_step, looked_at, pressed

HEADER = ("Name", "Phone", "SMS", "Signed up", "Words", "Status", "Newsletter")
OFFERS, EVENTS, ORDERS = topic("offers"), topic("events"), topic("orders")
PROOF = Evidence(name="form.pdf", sha256="ab" * 32)

YES = Answers(
    column=2,
    means=Means.YES,
    values=("jup",),
    topics=(OFFERS, EVENTS, ORDERS),
    how=How.PAPER,
    date_column=3,
    wording="Text me offers. Up to 2 a month.",
    wording_column=4,
    evidence=PROOF,
)
CLAIMED = Answers(column=2, means=Means.YES, topics=(OFFERS,))


def test_a_yes_becomes_a_rule_for_each_purpose() -> None:
    choices = chosen_with(Choices(who="Dana"), YES, HEADER)
    assert choices.who == "Dana"
    offers, orders = choices.consents
    assert (offers.purpose, offers.topics) == (Purpose.MARKETING, ("offers", "events"))
    assert (orders.purpose, orders.topics) == (Purpose.SERVICE, ("orders",))
    assert offers == ConsentRule(
        purpose=Purpose.MARKETING,
        how=How.PAPER,
        topics=("offers", "events"),
        column="SMS",
        yes_words=("jup",),
        date_column="Signed up",
        wording="Text me offers. Up to 2 a month.",
        wording_column="Words",
        evidence_sha256=PROOF.sha256,
        evidence_name="form.pdf",
        promised_n=2,
        promised_days=30,
    )


@pytest.mark.parametrize(
    "answers",
    [
        replace(YES, topics=(ORDERS, OFFERS, EVENTS)),
        replace(YES, column=None, values=()),
        replace(YES, date_column=None, wording="", wording_column=None, evidence=None),
        Answers(column=5, means=Means.STOP, values=("unsubscribed", "stop")),
        Answers(column=5, means=Means.NOTHING),
    ],
)
def test_what_was_answered_is_shown_again(answers: Answers) -> None:
    choices = chosen_with(Choices(), answers, HEADER)
    again = answers_of(choices, HEADER, answers.column, TOPICS)
    assert replace(again, topics=()) == replace(answers, topics=())
    assert set(again.topics) == set(answers.topics)


def test_an_answer_replaces_only_what_was_said_of_its_column() -> None:
    first = chosen_with(Choices(), YES, HEADER)
    second = chosen_with(first, replace(YES, column=None, topics=(OFFERS,)), HEADER)
    stopped = chosen_with(second, Answers(column=5, means=Means.STOP, values=("x",)), HEADER)
    assert len(stopped.consents) == 3
    cleared = chosen_with(stopped, Answers(column=2, means=Means.NOTHING), HEADER)
    assert [rule.column for rule in cleared.consents] == [""]
    assert cleared.stops == StopRule(column="Status", values=("x",))
    assert chosen_with(cleared, Answers(column=5, means=Means.NOTHING), HEADER).stops is None
    moved = chosen_with(cleared, Answers(column=6, means=Means.STOP, values=("y",)), HEADER)
    assert moved.stops == StopRule(column="Newsletter", values=("y",))


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (YES, ""),
        (replace(YES, topics=()), "Choose what they said yes to."),
        (Answers(column=5, means=Means.STOP), "Say which words mean stop; * is anything at all."),
        (Answers(column=5, means=Means.STOP, values=("x",)), ""),
        (Answers(column=5, means=Means.NOTHING), ""),
    ],
)
def test_what_must_still_be_answered_is_said(answers: Answers, sentence: str) -> None:
    assert missing(answers) == sentence


@pytest.mark.parametrize(
    ("answers", "proven"),
    [
        (YES, True),
        (replace(YES, wording="", wording_column=None), True),
        (replace(YES, wording="", wording_column=None, evidence=None), False),
        (replace(YES, date_column=None), False),
    ],
)
def test_proof_is_a_date_and_the_words(answers: Answers, proven: bool) -> None:
    assert has_proof(answers) is proven


@pytest.mark.parametrize(
    ("text", "values"),
    [("", ()), (" , ,", ()), ("stop", ("stop",)), ("opted out , DNC,*", ("opted out", "DNC", "*"))],
)
def test_words_are_parted_by_commas(text: str, values: tuple[str, ...]) -> None:
    assert values_in(text) == values


def lines_with(choices: Choices, width: int = 90) -> list[str]:
    preview = ImportPreview(
        file_name="a.csv",
        header=HEADER,
        samples=(),
        mapping=Mapping(columns={Target.PHONE: (1,)}, profile="guessed", consent_columns=(5, 6)),
        encoding="utf-8",
        delimiter=",",
        notes=(),
    )
    return [line.plain for line in consent_lines(preview, None, choices, width)]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (Choices(), ["Status not used: c says what it means", "Newsletter not about texts"]),
        (chosen_with(Choices(), replace(YES, topics=(OFFERS,)), HEADER),
         ["SMS yes to offers, on record", "Signed up when they said yes",
          "Words the words they agreed to"]),
        (chosen_with(Choices(), replace(CLAIMED, topics=(OFFERS, EVENTS)), HEADER),
         ["SMS yes to offers and events, only claimed"]),
        (chosen_with(Choices(), replace(YES, column=None, topics=(ORDERS,)), HEADER),
         ["every row with a date in “Signed up” says yes to orders"]),
        (Choices(stops=StopRule(column="Status", values=("stop", "no"))),
         ["Status stop: stop or no"]),
        (Choices(stops=StopRule(column="Status", values=(ANYTHING,))), ["Status stop: anything"]),
        (Choices(stops=StopRule(column="Gone", values=("x",))), ["Status not used"]),
    ],
)  # fmt: skip
def test_what_is_made_of_a_column_is_shown_beside_it(choices: Choices, said: list[str]) -> None:
    drawn = [" ".join(line.split()) for line in lines_with(choices)]
    for expected in said:
        assert any(expected in line for line in drawn), (expected, drawn)


@pytest.mark.parametrize("width", [54, 60, 74, 90, 114])
def test_what_to_do_about_a_column_is_never_cut_off(width: int) -> None:
    status, newsletter = lines_with(Choices(), width)
    assert status.rstrip().endswith(("not used: c says what it means", "not used yet: c"))
    assert newsletter.rstrip().endswith(("not about texts: not used", "not about texts"))
    assert max(map(len, (status, newsletter))) <= width


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (None, ""),
        (ColumnWords(words=()), ""),
        (ColumnWords(words=(("yes", 1_204), ("no", 3)), empty=9), "yes 1,204, no 3"),
        (ColumnWords(words=(("a", 1), ("b", 1), ("c", 1))), "a 1, b 1, …"),
        (ColumnWords(words=(("a", 1),), others=5), "a 1, …"),
    ],
)
def test_a_column_says_its_commonest_words(words: ColumnWords | None, said: str) -> None:
    assert words_of(words, 2) == said


LIST = """Name,Phone,SMS consent,Signed up,Status
Ana,212-555-0188,yes,2026-09-03,active
Bo,212-555-0189,yes,,active
Cy,212-555-0190,no,2026-09-03,unsubscribed
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    (folder / "list.csv").write_text(LIST)
    (folder / "form.pdf").write_text("a form")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


async def says_yes_to_offers(shown: Till) -> None:
    await press(shown.pilot, "c", "enter", "right", "down", "right", "space")


async def the_words(shown: Till, text: str) -> str:
    """Choose the date column and type the words, from the line of topics."""
    await press(shown.pilot, "down", "down", "down", *["left"] * 2, "down")
    return await type_in(shown.pilot, text)


async def test_a_yes_with_its_date_and_words_goes_on_record_and_any_other_is_claimed(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await looked_at(shown)
        assert "SMS consent not used: c says what it means" in " ".join(seen.split())
        await press(shown.pilot, "c")
        seen = await press(shown.pilot, "enter")
        assert "What does “SMS consent” say about texts?" in seen
        assert "In it stands yes 2, no 1" in seen
        await press(shown.pilot, "escape")
        await says_yes_to_offers(shown)
        assert "Without a date and the words" in await settle(shown.pilot)
        seen = await the_words(shown, "Text me offers. Up to 2 a month.")
        assert "◂ Signed up ▸" in seen
        assert "Each yes with a date goes on record with these words" in seen
        seen = await pressed(shown, "f2")
        assert "yes to offers, on record" in seen
        assert "when they said yes" in seen
        assert "1 yes with a date and the words: on record." in seen
        assert "1 yes without proof: kept as claimed" in " ".join(seen.split())
        await pressed(shown, "g", step=Step.DONE)
        people = shown.shop.people
        ana = await people.sheet(people.read_number("+12125550188"))
        (event,) = ana.ledger
        assert event.wording == "Text me offers. Up to 2 a month."
        assert (event.promised_n, event.promised_days) == (2, 30)
        bo = await people.sheet(people.read_number("+12125550189"))
        assert bo.ledger == ()
        (claim,) = await shown.shop.imports.claims(E164("+12125550189"))
        assert claim.missing


async def test_a_file_can_be_the_proof_and_a_missing_one_is_said(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await says_yes_to_offers(shown)
        await press(shown.pilot, *["down"] * 3, *["left"] * 2, *["down"] * 3)
        await type_in(shown.pilot, "~/Downloads/gone.txt")
        assert "there is no file" in await press(shown.pilot, "f2")
        await press(shown.pilot, "ctrl+u")
        await type_in(shown.pilot, "~/Downloads/form.pdf")
        seen = await pressed(shown, "f2")
        assert "1 yes with a date and the words: on record." in seen


async def test_a_status_can_mean_stop(full: Path, tmp_path: Path, home: Path) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "c", "down")
        seen = await press(shown.pilot, "enter", "right", "right")
        assert "Stop is       unsubscribed" in seen
        assert "goes on the do-not-text list, for ever" in seen
        seen = await pressed(shown, "f2")
        assert "stop: unsubscribed" in seen
        assert "1 said stop: stay off" in seen
        assert "1 who said stop: on the do-not-text list." in seen
        await pressed(shown, "g", step=Step.DONE)
        sheet = await shown.shop.people.sheet(shown.shop.people.read_number("+12125550190"))
        assert sheet.suppression is not None


async def test_everybody_in_a_file_can_have_said_yes(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        seen = await press(shown.pilot, "c", *["down"] * 2)
        assert "▸ No column: everybody in this file said yes" in seen
        seen = await press(shown.pilot, "enter", "right", "down", "space")
        assert "What does every row say about texts?" in seen
        assert "Yes is" not in seen
        seen = await pressed(shown, "f2")
        assert "every row says yes to orders" in seen
        assert "3 yeses without proof" in seen


async def test_nothing_is_kept_that_does_not_say_enough(
    full: Path, tmp_path: Path, home: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await press(shown.pilot, "c", "enter", "right")
        assert "! Choose what they said yes to." in await press(shown.pilot, "f2")
        await press(shown.pilot, "escape")
        assert "3 new" in await at_step(shown, Step.LOOKED)
        assert shown.app._everywhere._importing.choices.consents == ()  # type: ignore[union-attr]


async def test_dates_that_can_be_read_in_two_ways_are_asked_about_once(
    full: Path, tmp_path: Path, home: Path
) -> None:
    (home / "list.csv").write_text(LIST.replace("2026-09-03", "3/9/2026"))
    async with till(full, tmp_path) as shown:
        await looked_at(shown)
        await says_yes_to_offers(shown)
        await the_words(shown, "Text me.")
        seen = await pressed(shown, "f2", step=Step.FAILED)
        assert "can be read in several ways" in seen
        assert "d says how this file writes dates." in seen
        assert "--date-order" not in seen
        seen = await press(shown.pilot, "d")
        assert "▸ the day first: 3/9/2021 is the 3rd of September" in seen
        assert "1 yes with a date" in await pressed(shown, "enter")
        await pressed(shown, "g", step=Step.DONE)
        ana = await shown.shop.people.sheet(shown.shop.people.read_number("+12125550188"))
        assert (ana.ledger[0].at.month, ana.ledger[0].at.day) == (9, 3)
