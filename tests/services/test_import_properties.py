"""Whatever a file holds: no crash, sums that come out, nothing changed twice, all of it undone."""

from __future__ import annotations

import asyncio
import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shopbell.domain.consent import How, Purpose
from shopbell.domain.import_choices import Choices, ConsentRule, Ours, OwnField, StopRule
from shopbell.domain.importing import ImportReport, RowFate
from shopbell.errors import BadInput
from shops import Counter, open_counter

if TYPE_CHECKING:
    from sqlite_utils import Database

_HISTORY = ("import_batch", "import_undo", "parked_row", "saved_columns", "sqlite_sequence")
"""What remembers that there was an import; it stays."""

MORE = 10 if os.environ.get("SHOPBELL_NIGHTLY") else 1

PHONES = st.one_of(
    st.integers(100, 112).map(lambda n: f"212555{n:04d}"),
    st.integers(100, 112).map(lambda n: f"+1 (212) 555-{n:04d}"),
    st.sampled_from(["", "N/A", "911", "555-0101", "1.5E+10", "=A1", "+447700900123"]),
)
WORDS = st.text(max_size=8)
BIRTHDAYS = st.sampled_from(["", "1985-03-09", "--03-09", "3/9/1985", "25/3/1985", "44264", "x"])
ROWS = st.lists(st.tuples(WORDS, PHONES, WORDS, WORDS, BIRTHDAYS), max_size=8)
HEADER = ("Name", "Phone", "Note", "Tags", "Birthday")


def as_csv(rows: list[tuple[str, ...]], header: tuple[str, ...] = HEADER) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(header)
    table.writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


async def everything(counter: Counter) -> dict[str, list[Any]]:
    """Return every row of every table but the history and the index, and what the index finds."""

    def step(db: Database) -> dict[str, list[Any]]:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if name not in _HISTORY and not name.startswith("contact_fts")
        ]
        found = {name: sorted(map(repr, db.execute(f'SELECT * FROM "{name}"'))) for name in names}
        found["index"] = db.execute(
            "SELECT rowid FROM contact_fts WHERE contact_fts MATCH 'digits : \"1\"*' ORDER BY rowid"
        ).fetchall()
        return found

    return await counter.shop._desk.store.read(step)


async def tried(counter: Counter, path: Path, **more: Any) -> ImportReport | None:
    """Import a file; None where it was refused, and then nothing has changed."""
    before = await everything(counter)
    try:
        report = await counter.shop.imports.run(path, **more)
    except BadInput:
        assert await everything(counter) == before
        return None
    counts = report.counts
    assert counts.read == sum(getattr(counts, fate) for fate in RowFate)
    assert len(report.parked) == counts.parked
    for fate, rows in report.rows.items():
        assert len(rows) == getattr(counts, fate), fate
    counter.clock.advance(minutes=5)
    return report


ANY_TEXT = st.one_of(
    st.text(max_size=120),
    st.text("NamePhone,;\t\"'\r\n+12505 é\x00\ud800", max_size=160),
    st.lists(st.text(max_size=12), max_size=30).map("\n".join),
)


@settings(max_examples=20 * MORE, deadline=None)
@example(text="Phone\n2125550101\n" * 3, encoding="utf-8")
@example(text='Name,Phone\n"Ana,2125550101\nBo,2125550102\n', encoding="utf-16")
@example(text="Name;Phone\r\r\n;;;2125550101", encoding="cp1252")
@given(text=ANY_TEXT, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_any_text_as_a_file_adds_up_and_changes_nothing_the_second_time(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "any.csv"
    path.write_bytes(text.encode(encoding, "replace"))

    async def twice() -> None:
        counter = await open_counter(folder / "shop.db")
        try:
            first = await tried(counter, path)
            after = await everything(counter)
            second = await tried(counter, path)
            assert (first is None) == (second is None)
            assert await everything(counter) == after
            if first is not None and second is not None:
                assert second.counts.read == first.counts.read
                assert (second.counts.new, second.counts.updated) == (0, 0)
                assert second.counts.unchanged == first.counts.new
        finally:
            await counter.shop.close()

    asyncio.run(twice())


KEPT = st.frozensets(st.sampled_from(OwnField))


@settings(max_examples=12 * MORE, deadline=None)
@given(before=ROWS, after=ROWS, ours=KEPT, in_rows=st.dictionaries(st.integers(2, 9), KEPT))
def test_a_dry_run_tells_the_truth_and_undoing_restores_every_table(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, ...]],
    after: list[tuple[str, ...]],
    ours: frozenset[OwnField],
    in_rows: dict[int, frozenset[OwnField]],
) -> None:
    folder = tmp_path_factory.mktemp("undo")
    choices = Choices(ours=Ours(everywhere=ours, in_rows=in_rows))

    async def there_and_back() -> None:
        counter = await open_counter(folder / "shop.db")
        try:
            path = folder / "till.csv"
            path.write_bytes(as_csv(before))
            await tried(counter, path)
            was = await everything(counter)
            path.write_bytes(as_csv(after))
            dry = await tried(counter, path, choices=choices, dry_run=True)
            assert await everything(counter) == was
            done = await tried(counter, path, choices=choices)
            assert dry is not None
            assert done is not None
            assert (dry.counts, dry.rows, dry.ours) == (done.counts, done.rows, done.ours)
            assert done.batch_id is not None
            again = await tried(counter, path, choices=choices, dry_run=True)
            assert again is not None
            assert (again.counts.new, again.counts.updated) == (0, 0)
            assert again.counts.duplicates == done.counts.duplicates
            report = await counter.shop.imports.undo(done.batch_id)
            assert report.kept == ()
            assert await everything(counter) == was
        finally:
            await counter.shop.close()

    asyncio.run(there_and_back())


SAID = st.sampled_from(["", "yes", "no", "stop", "YES ", "unsubscribed", "1", "x", "maybe"])
DATES = st.sampled_from(["", "2026-03-09", "3/9/2026", "25/3/2026", "soon"])
MARKED = st.lists(st.tuples(WORDS, PHONES, SAID, DATES), max_size=8)
RULE = ConsentRule(
    purpose=Purpose.MARKETING,
    topics=("offers",),
    how=How.WEB,
    column="SMS",
    date_column="Since",
    wording="Text me offers.",
)
MARKS = Choices(consents=(RULE,), stops=StopRule(column="SMS", values=("stop", "unsubscribed")))


@settings(max_examples=12 * MORE, deadline=None)
@given(rows=MARKED)
def test_whatever_rows_say_of_permission_only_proof_counts_and_every_stop_holds(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("marks")
    path = folder / "till.csv"
    path.write_bytes(as_csv(rows, ("Name", "Phone", "SMS", "Since")))
    yeses = [row for row in rows if row[2].strip().lower() in {"yes", "1", "x"}]
    proven = [row for row in yeses if row[3] in {"2026-03-09", "25/3/2026"}]
    stopping = [row for row in rows if row[2] in {"stop", "unsubscribed"}]

    async def once() -> None:
        counter = await open_counter(folder / "shop.db")
        try:
            report = await tried(counter, path, choices=MARKS)
            if report is None:
                assert any(row[3] == "3/9/2026" for row in rows), "only for unclear dates"
                return
            consents = report.consents
            assert consents.granted <= len(proven)
            assert consents.granted + consents.claimed <= len(yeses)
            assert consents.stopped <= len(stopping)
            people = counter.shop.people
            for row in report.rows[RowFate.SUPPRESSED]:
                assert (await people.sheet(people.read_number(row.number))).suppression is not None
            assert counter.gateway.taken == []
            assert await counter.shop.consents.check_ledger()
            if report.batch_id is not None:
                undone = (await counter.shop.imports.undo(report.batch_id)).batch.undone
                assert undone is not None
                assert undone.revoked == consents.granted
            assert (await people.find()).total == 0
        finally:
            await counter.shop.close()

    asyncio.run(once())
