"""Imports into the shop file: counts that add up, all or nothing, and never any harm."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from shopbell.domain.consent import How
from shopbell.domain.importing import ImportReport, Target
from shopbell.domain.progress import Progress
from shopbell.errors import BadInput, ReadOnly
from shopbell.services.changed import Changed
from shops import ANA, BO, Counter

HEAD = "First Name,Last Name,Phone Number,Email Address,Memo\n"


def a_file(tmp_path: Path, *rows: str, head: str = HEAD, name: str = "till.csv") -> Path:
    path = tmp_path / name
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def counts(report: ImportReport) -> tuple[int, int, int, int, int, int]:
    c = report.counts
    return c.new, c.updated, c.unchanged, c.parked, c.duplicates, c.suppressed


async def test_new_people_come_in_and_are_found(counter: Counter, tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        "Ana,Reyes,(212) 555-0101,ana@example.com,likes peonies",
        "Bo,Lind,212.555.0102,,",
    )
    report = await counter.shop.imports.run(file)
    assert counts(report) == (2, 0, 0, 0, 0, 0)
    assert report.counts.read == 2
    ana = await counter.shop.people.by_number(ANA)
    assert ana is not None
    assert (ana.name, ana.note, ana.email) == ("Ana Reyes", "likes peonies", "ana@example.com")
    assert ana.source == "import:till.csv"
    assert ana.batch_id == report.batch_id
    for words in ("reyes", "0101", "peon"):
        assert (await counter.shop.people.find(words)).total == 1


async def test_the_same_file_twice_changes_nothing(counter: Counter, tmp_path: Path) -> None:
    file = a_file(tmp_path, "Ana,Reyes,2125550101,,x", "Bo,Lind,2125550102,,")
    await counter.shop.imports.run(file)
    before = (await counter.shop.people.find()).rows
    again = await counter.shop.imports.run(file)
    assert counts(again) == (0, 0, 2, 0, 0, 0)
    assert (await counter.shop.people.find()).rows == before


async def test_an_empty_cell_overwrites_nothing_and_notes_from_the_counter_stay(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.imports.run(a_file(tmp_path, "Ana,Reyes,2125550101,a@example.com,peonies"))
    await counter.shop.people.edit(ANA, note="dog called Biscuit")
    report = await counter.shop.imports.run(
        a_file(tmp_path, "Ana,Moss,2125550101,,peonies", name="later.csv")
    )
    assert counts(report) == (0, 1, 0, 0, 0, 0)
    ana = await counter.shop.people.by_number(ANA)
    assert ana is not None
    assert (ana.name, ana.email) == ("Ana Moss", "a@example.com")
    assert ana.note == "dog called Biscuit\npeonies"
    assert (await counter.shop.people.find("reyes")).total == 0


async def test_doubles_in_the_file_become_one_contact_with_all_names(
    counter: Counter, tmp_path: Path
) -> None:
    file = a_file(
        tmp_path,
        "Ana,Reyes,2125550101,,",
        "Bo,Lind,2125550102,,",
        "Luis,Reyes,+1 212-555-0101,,twins",
        "Ana,Reyes,1 (212) 555 0101,,",
    )
    report = await counter.shop.imports.run(file)
    assert counts(report) == (2, 0, 0, 0, 2, 0)
    ana = await counter.shop.people.by_number(ANA)
    assert ana is not None
    assert (ana.name, ana.note) == ("Ana Reyes / Luis Reyes", "twins")
    again = await counter.shop.imports.run(file)
    assert counts(again) == (0, 0, 2, 0, 2, 0)


async def test_doubles_are_found_across_batches(counter: Counter, tmp_path: Path) -> None:
    rows = [f"P{n},X,212555{100 + n % 100:04d},," for n in range(1300)]
    report = await counter.shop.imports.run(a_file(tmp_path, *rows))
    assert counts(report) == (100, 0, 0, 0, 1200, 0)


async def test_a_bad_row_is_parked_with_the_row_number_a_spreadsheet_shows(
    counter: Counter, tmp_path: Path
) -> None:
    file = a_file(
        tmp_path,
        "Ana,Reyes,2125550101,,",
        'Bo,"Lind\nof Brooklyn",,,',
        "Cy,Moss,1.55512E+10,,",
        "Di,Hart,2125550104,,",
    )
    report = await counter.shop.imports.run(file)
    assert counts(report) == (2, 0, 0, 2, 0, 0)
    assert [parked.row for parked in report.parked] == [3, 4]
    assert "digits" in report.parked[1].reason
    assert report.batch_id is not None
    assert await counter.shop.imports.parked(report.batch_id) == report.parked


async def test_what_was_repaired_is_told_with_its_row(counter: Counter, tmp_path: Path) -> None:
    file = a_file(tmp_path, "Ana,Reyes,2125550101,,", "Bo,Lind,2.125550102E9,,")
    report = await counter.shop.imports.run(file)
    assert counts(report)[0] == 2
    assert [row for row, _ in report.remarks] == [3]


async def test_a_stand_in_number_does_not_grow_without_end(
    counter: Counter, tmp_path: Path
) -> None:
    rows = [f"Person{n},Walkin,2125550101,,note {n}" for n in range(400)]
    report = await counter.shop.imports.run(a_file(tmp_path, *rows))
    assert counts(report) == (1, 0, 0, 0, 399, 0)
    ana = await counter.shop.people.by_number(ANA)
    assert ana is not None
    assert 100 < len(ana.name) <= 200
    assert len(ana.note) <= 4000


async def test_a_note_of_several_lines_is_not_added_again(counter: Counter, tmp_path: Path) -> None:
    file = a_file(tmp_path, 'Ana,Reyes,2125550101,,"peonies\nno lilies"')
    await counter.shop.imports.run(file)
    assert counts(await counter.shop.imports.run(file)) == (0, 0, 1, 0, 0, 0)


async def test_people_who_said_stop_stay_off_and_are_counted(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.add(BO, "Bo Lind")
    await counter.shop.consents.opt_out(BO, How.SPOKEN)
    await counter.shop.consents.opt_out(ANA, How.TEXT)
    report = await counter.shop.imports.run(
        a_file(tmp_path, "Ana,Reyes,2125550101,,", "Robert,Lind,2125550102,,")
    )
    assert counts(report) == (0, 0, 0, 0, 0, 2)
    assert await counter.shop.people.by_number(ANA) is None
    bo = await counter.shop.people.by_number(BO)
    assert bo is not None
    assert bo.name == "Bo Lind"
    assert (await counter.submit(number=BO)).text is None


async def test_an_import_gives_nobody_a_yes_and_sends_nothing(
    counter: Counter, tmp_path: Path
) -> None:
    head = "Name,Phone,Accepts SMS Marketing,SMS consent date\n"
    file = a_file(tmp_path, "Ana Reyes,2125550101,yes,2026-01-05", head=head)
    preview = await counter.shop.imports.preview(file)
    assert preview.mapping.consent_columns == (2, 3)
    await counter.shop.imports.run(file)
    assert (await counter.submit()).text is None
    assert await counter.deliver() == ()
    assert counter.gateway.taken == []


async def test_a_dry_run_counts_the_same_and_writes_nothing(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.add(BO, "Bo Lind")
    file = a_file(
        tmp_path, "Ana,Reyes,2125550101,,", "Bo,Linde,2125550102,,", "Cy,Moss,hello,,", ",,,,"
    )
    dry = await counter.shop.imports.run(file, dry_run=True)
    assert dry.batch_id is None
    assert (await counter.shop.people.find()).total == 1
    assert await counter.shop.imports.history() == ()
    wet = await counter.shop.imports.run(file)
    assert wet.counts == dry.counts
    assert [(p.row, p.reason) for p in wet.parked] == [(p.row, p.reason) for p in dry.parked]


async def test_the_history_knows_the_file_and_its_fingerprint(
    counter: Counter, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "Ana,Reyes,2125550101,,")
    report = await counter.shop.imports.run(file)
    (batch,) = await counter.shop.imports.history()
    import hashlib

    assert batch.id == report.batch_id
    assert batch.file_name == "till.csv"
    assert batch.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert batch.counts == report.counts


async def test_stopping_leaves_everything_as_it_was(counter: Counter, tmp_path: Path) -> None:
    rows = [f"P{n},X,646555{100 + n % 100:04d},," for n in range(3000)]
    stop = asyncio.Event()
    seen: list[Progress] = []

    def on(progress: Progress) -> None:
        seen.append(progress)
        stop.set()

    report = await counter.shop.imports.run(a_file(tmp_path, *rows), on=on, stop=stop)
    assert report.stopped
    assert report.counts.read == 0
    assert len(seen) == 1
    assert (await counter.shop.people.find()).total == 0
    assert await counter.shop.imports.history() == ()
    after = await counter.shop.imports.run(a_file(tmp_path, rows[0], name="again.csv"))
    assert counts(after) == (1, 0, 0, 0, 0, 0)


async def test_progress_never_goes_backwards_and_ends_at_the_whole(
    counter: Counter, tmp_path: Path
) -> None:
    rows = [f"P{n},X,646555{100 + n % 100:04d},," for n in range(3000)]
    seen: list[Progress] = []
    await counter.shop.imports.run(a_file(tmp_path, *rows), on=seen.append)
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert seen[-1].done == seen[-1].total
    assert len(seen) > 5


async def test_the_counter_goes_on_while_a_file_is_read(counter: Counter, tmp_path: Path) -> None:
    """Another process can write in the middle of an import: reading takes no lock."""
    from shopbell.services.drill import DrillShelf
    from shopbell.services.opening import Opener, open_shop
    from shops import PASSPHRASE

    other = await open_shop(
        counter.path, Opener(secret=PASSPHRASE), clock=counter.clock, shelf=DrillShelf()
    )
    rows = [f"P{n},X,646555{100 + n % 100:04d},," for n in range(3000)]
    written: list[bool] = []

    async def write_meanwhile() -> None:
        await other.consents.opt_out(ANA, How.SPOKEN)
        written.append(True)

    tasks: list[asyncio.Task[None]] = []

    def on(progress: Progress) -> None:
        if not tasks:
            tasks.append(asyncio.create_task(write_meanwhile()))
        if progress.step == "reading rows" and not written:
            return

    try:
        await counter.shop.imports.run(a_file(tmp_path, *rows), on=on)
        await tasks[0]
    finally:
        await other.close()
    assert written == [True]
    assert (await counter.shop.people.find()).total == 100


async def test_columns_can_be_chosen_by_name(counter: Counter, tmp_path: Path) -> None:
    head = "Who,Home,Cell\n"
    file = a_file(tmp_path, "Ana Reyes,2125550199,2125550101", head=head)
    await counter.shop.imports.run(file, columns={Target.PHONE: "Cell", Target.NAME: "Who"})
    ana = await counter.shop.people.by_number(ANA)
    assert ana is not None
    assert ana.name == "Ana Reyes"


async def test_a_file_without_phones_is_refused_and_the_columns_are_named(
    counter: Counter, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "Ana,a@example.com", head="Name,E-mail\n")
    with pytest.raises(BadInput) as caught:
        await counter.shop.imports.run(file)
    assert "Name" in f"{caught.value.message} {caught.value.hint}"
    assert (await counter.shop.people.find()).total == 0


async def test_listeners_hear_of_an_import_once(counter: Counter, tmp_path: Path) -> None:
    heard: list[Changed] = []
    counter.shop.subscribe(heard.append)
    await counter.shop.imports.run(a_file(tmp_path, "Ana,Reyes,2125550101,,"))
    assert heard == [Changed.PEOPLE]


async def test_names_from_hostile_files_are_kept_and_searchable(
    counter: Counter, tmp_path: Path
) -> None:
    file = a_file(
        tmp_path,
        '[/],"[bold]x",2125550101,,=HYPERLINK("http://evil.example")',
        '"\u202egnp","\x1b[31mred",2125550102,,',
    )
    report = await counter.shop.imports.run(file)
    assert report.counts.read == 2
    ana = await counter.shop.people.by_number(ANA)
    assert ana is not None
    assert "[/]" in ana.name


async def test_a_file_that_allows_reading_only_says_so(counter: Counter, tmp_path: Path) -> None:
    from shopbell.services.drill import DrillShelf
    from shopbell.services.opening import Opener, open_shop
    from shops import PASSPHRASE

    await counter.shop.close()
    counter.path.chmod(0o400)
    shop = await open_shop(
        counter.path,
        Opener(secret=PASSPHRASE),
        clock=counter.clock,
        shelf=DrillShelf(),
        read_only=True,
    )
    try:
        file = a_file(tmp_path, "Ana,Reyes,2125550101,,")
        with pytest.raises(ReadOnly):
            await shop.imports.run(file)
        assert (await shop.people.find()).total == 0
    finally:
        await shop.close()
