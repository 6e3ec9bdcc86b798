"""Taking an import back: all of it, but nobody something has happened with since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from shopbell.domain.consent import Act, How, Purpose, standing
from shopbell.domain.ids import E164, BatchId
from shopbell.domain.import_choices import Choices, ConsentRule, StopRule
from shopbell.domain.importing import UndoReport
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shops import ANA, BO, Counter

if TYPE_CHECKING:
    from sqlite_utils import Database

CY = E164("+12125550103")
HEAD = "Name,Phone,Email,Note,SMS,Since\n"
PROVEN = ConsentRule(
    purpose=Purpose.MARKETING,
    topics=("offers",),
    how=How.WEB,
    column="SMS",
    date_column="Since",
    wording="Text me offers.",
)


def a_file(tmp_path: Path, *rows: str, head: str = HEAD, name: str = "till.csv") -> Path:
    path = tmp_path / name
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


async def everything(counter: Counter) -> dict[str, list[Any]]:
    """Return all rows of the contacts and their search index, as the file holds them."""

    def step(db: Database) -> dict[str, list[Any]]:
        return {
            "contact": db.execute("SELECT * FROM contact ORDER BY id").fetchall(),
            "found": db.execute(
                "SELECT rowid FROM contact_fts WHERE contact_fts MATCH 'digits : \"1\"*'"
                " ORDER BY rowid"
            ).fetchall(),
            "claims": db.execute("SELECT * FROM claimed_consent").fetchall(),
            "changes": db.execute("SELECT * FROM import_change").fetchall(),
        }

    return await counter.shop._desk.store.read(step)


async def imported(counter: Counter, path: Path, choices: Choices | None = None) -> BatchId:
    report = await counter.shop.imports.run(path, choices=choices or Choices())
    assert report.batch_id is not None
    counter.clock.advance(minutes=5)
    return report.batch_id


def undone(report: UndoReport) -> tuple[int, int, int, int]:
    found = report.batch.undone
    assert found is not None
    return found.removed, found.restored, found.kept, found.revoked


async def test_new_people_go_and_changed_ones_are_what_they_were(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.add(BO, "Bo Lind")
    await counter.shop.people.edit(BO, note="dog called Biscuit", email="bo@example.com")
    before = await everything(counter)
    counter.clock.advance(minutes=5)
    batch = await imported(
        counter,
        a_file(tmp_path, "Ana,2125550101,,,,", "Robert Lind,2125550102,new@example.com,tall,,"),
    )
    heard: list[Changed] = []
    counter.shop.subscribe(heard.append)
    assert undone(await counter.shop.imports.undo(batch)) == (1, 1, 0, 0)
    assert await everything(counter) == before
    assert Changed.PEOPLE in heard
    assert (await counter.shop.people.find("robert")).total == 0
    assert (await counter.shop.people.find("biscuit")).total == 1


async def test_the_history_says_what_was_taken_back_and_when(
    counter: Counter, tmp_path: Path
) -> None:
    batch = await imported(counter, a_file(tmp_path, "Ana,2125550101,,,,"), Choices(who="Dana"))
    at = counter.clock.now()
    report = await counter.shop.imports.undo(batch)
    (past,) = await counter.shop.imports.history()
    assert past == report.batch
    assert past.who == "Dana"
    assert past.undone is not None
    assert (past.undone.at, past.undone.removed) == (at, 1)


async def test_an_import_can_be_made_again_after_it_was_taken_back(
    counter: Counter, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "Ana,2125550101,,,,")
    await counter.shop.imports.undo(await imported(counter, path))
    report = await counter.shop.imports.run(path)
    assert report.counts.new == 1
    assert (await counter.shop.people.find("ana")).total == 1


async def test_whoever_was_changed_since_is_left_alone_and_named(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.add(BO, "Bo")
    counter.clock.advance(minutes=5)
    batch = await imported(
        counter, a_file(tmp_path, "Ana,2125550101,,,,", "Robert,2125550102,,,,", "Cy,2125550103")
    )
    await counter.shop.people.edit(ANA, name="Ana Reyes")
    await counter.shop.people.edit(BO, note="tall")
    report = await counter.shop.imports.undo(batch)
    assert undone(report) == (1, 0, 2, 0)
    assert [(one.number, one.name) for one in report.kept] == [(ANA, "Ana Reyes"), (BO, "Robert")]
    assert {one.why for one in report.kept} == {"This contact was changed since."}
    assert await counter.shop.people.by_number(CY) is None


async def test_whoever_was_texted_or_wrote_or_agreed_since_is_left_alone(
    counter: Counter, tmp_path: Path
) -> None:
    batch = await imported(
        counter, a_file(tmp_path, "Ana,2125550101,,,,", "Bo,2125550102,,,,", "Cy,2125550103,,,,")
    )
    await counter.agree(ANA)
    counter.hears("thanks!", BO)
    await counter.shop.delivery.sync()
    await counter.shop.consents.opt_out(CY, How.SPOKEN)
    report = await counter.shop.imports.undo(batch)
    assert undone(report) == (1, 0, 2, 0)
    assert {one.number: one.why for one in report.kept} == {
        ANA: "A yes or a no of this number was recorded since.",
        BO: "This number has written since.",
    }
    assert (await counter.shop.people.sheet(counter.shop.people.read_number(CY))).suppression


async def test_a_text_that_only_waits_keeps_its_person_too(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.agree(ANA)
    counter.clock.advance(minutes=5)
    batch = await imported(counter, a_file(tmp_path, "Ana Reyes,2125550101,,,,"))
    assert (await counter.submit()).text is not None
    report = await counter.shop.imports.undo(batch)
    assert undone(report) == (0, 0, 1, 0)
    assert report.kept[0].why == "A text to this number was written since."


async def test_whoever_anything_else_in_the_file_refers_to_is_left_alone(
    counter: Counter, tmp_path: Path
) -> None:
    """Later versions keep more about a person; it must not go with the contact."""

    def visit(db: Database) -> None:
        db.execute(
            "CREATE TABLE visit (id INTEGER PRIMARY KEY,"
            " who INTEGER REFERENCES contact (id) ON DELETE CASCADE)"
        )
        db.execute("INSERT INTO visit (who) SELECT id FROM contact WHERE number = ?", (ANA,))

    batch = await imported(counter, a_file(tmp_path, "Ana,2125550101,,,,", "Bo,2125550102,,,,"))
    await counter.shop._desk.store.write(visit)
    report = await counter.shop.imports.undo(batch)
    assert undone(report) == (1, 0, 1, 0)
    assert report.kept[0].number == ANA


async def test_two_imports_are_taken_back_one_after_the_other(
    counter: Counter, tmp_path: Path
) -> None:
    start = await everything(counter)
    first = await imported(counter, a_file(tmp_path, "Ana,2125550101,,,,"))
    between = await everything(counter)
    second = await imported(counter, a_file(tmp_path, "Ana Reyes,2125550101,,,,", name="b.csv"))
    early = await counter.shop.imports.undo(second)
    assert undone(early) == (0, 1, 0, 0)
    assert await everything(counter) == between
    assert undone(await counter.shop.imports.undo(first)) == (1, 0, 0, 0)
    assert await everything(counter) == start


async def test_an_earlier_import_leaves_alone_whom_a_later_one_changed(
    counter: Counter, tmp_path: Path
) -> None:
    first = await imported(counter, a_file(tmp_path, "Ana,2125550101,,,,", "Bo,2125550102,,,,"))
    await imported(counter, a_file(tmp_path, "Ana Reyes,2125550101,,,,", name="b.csv"))
    report = await counter.shop.imports.undo(first)
    assert undone(report) == (1, 0, 1, 0)
    assert report.kept[0].name == "Ana Reyes"


async def test_yeses_the_import_brought_are_taken_back_and_claims_forgotten(
    counter: Counter, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "Ana,2125550101,,,yes,2026-03-09", "Bo,2125550102,,,yes,")
    batch = await imported(counter, path, Choices(consents=(PROVEN,)))
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert standing(sheet.ledger, Purpose.MARKETING)
    assert len(await counter.shop.imports.claims(BO)) == 1
    assert undone(await counter.shop.imports.undo(batch)) == (2, 0, 0, 1)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert [event.act for event in sheet.ledger] == [Act.GRANTED, Act.REVOKED]
    assert not standing(sheet.ledger, Purpose.MARKETING)
    assert await counter.shop.imports.claims(BO) == ()
    assert await counter.shop.consents.check_ledger() == (None, (await head(counter)))


async def head(counter: Counter) -> str:
    return (await counter.shop.consents.check_ledger())[1]


async def test_a_yes_from_before_the_import_stands_on(counter: Counter, tmp_path: Path) -> None:
    await counter.agree(ANA, Purpose.MARKETING, ("events",))
    counter.clock.advance(minutes=5)
    path = a_file(tmp_path, "Ana,2125550101,,,yes,2026-03-09")
    batch = await imported(counter, path, Choices(consents=(PROVEN,)))
    assert undone(await counter.shop.imports.undo(batch)) == (0, 1, 0, 1)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert {grant.topics for grant in standing(sheet.ledger, Purpose.MARKETING)} == {("events",)}


async def test_yeses_that_cannot_be_told_apart_keep_their_person(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.agree(ANA, Purpose.MARKETING)
    counter.clock.advance(minutes=5)
    path = a_file(tmp_path, "Ana,2125550101,,,yes,2026-03-09")
    batch = await imported(counter, path, Choices(consents=(PROVEN,)))
    report = await counter.shop.imports.undo(batch)
    assert report.kept[0].why.startswith("Another yes of this number stands")
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert len(standing(sheet.ledger, Purpose.MARKETING)) == 2


async def test_stops_stay_when_an_import_is_taken_back(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Ana,2125550101,,,stop,", "Bo,2125550102,,,,")
    choices = Choices(stops=StopRule(column="SMS", values=("stop",)))
    batch = await imported(counter, path, choices)
    report = await counter.shop.imports.undo(batch)
    assert undone(report) == (1, 0, 0, 0)
    assert report.batch.consents.stopped == 1
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert sheet.suppression.how is How.IMPORT


async def test_what_cannot_be_taken_back_is_refused_by_name(
    counter: Counter, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as missing:
        await counter.shop.imports.undo(BatchId(7))
    assert missing.value.code == "no_import"
    batch = await imported(counter, a_file(tmp_path, "Ana,2125550101,,,,"))
    await counter.shop.imports.undo(batch)
    with pytest.raises(BadInput) as again:
        await counter.shop.imports.undo(batch)
    assert again.value.code == "undone"
    stops = await counter.shop.imports.do_not_text(a_file(tmp_path, "2125550102", head=""))
    assert stops.batch_id is not None
    with pytest.raises(BadInput) as kept:
        await counter.shop.imports.undo(stops.batch_id)
    assert kept.value.code == "stops_stay"
