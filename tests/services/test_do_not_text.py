"""The do-not-text list, first of all: every number stops, contact or not, and stays stopped."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopbell.domain.consent import How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.import_choices import StopRule
from shopbell.domain.importing import BatchKind, StopReport
from shopbell.domain.progress import Progress
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.pasted import Pasted
from shops import ANA, BO, Counter, open_counter
from workbooks import a_book

CY = E164("+12125550103")


def a_file(tmp_path: Path, *lines: str, name: str = "stops.csv") -> Path:
    path = tmp_path / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def counts(report: StopReport) -> tuple[int, int, int, int, int]:
    c = report.counts
    assert c.read == c.stopped + c.already + c.duplicates + c.parked + c.passed_over
    return c.stopped, c.already, c.duplicates, c.parked, c.passed_over


async def is_stopped(counter: Counter, number: E164) -> bool:
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(number))
    return sheet.suppression is not None


async def test_numbers_stop_whether_they_are_contacts_or_not(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.add(ANA)
    await counter.agree(ANA, Purpose.SERVICE)
    assert (await counter.submit()).text is not None
    heard: list[Changed] = []
    counter.shop.subscribe(heard.append)
    report = await counter.shop.imports.do_not_text(
        a_file(tmp_path, "2125550101", "212-555-0102", "2125550101", "nobody"), who="Dana"
    )
    assert counts(report) == (2, 0, 1, 1, 0)
    assert (report.numbers, report.canceled) == (2, 1)
    assert {Changed.CONSENT, Changed.TEXTS} <= set(heard)
    assert await is_stopped(counter, ANA)
    assert await is_stopped(counter, BO)
    assert await counter.shop.people.by_number(BO) is None
    assert await counter.deliver() == ()
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert sheet.suppression.how is How.IMPORT
    assert "stops.csv" in sheet.suppression.note
    (batch,) = await counter.shop.imports.history()
    assert (batch.kind, batch.who, batch.consents.stopped) == (BatchKind.DO_NOT_TEXT, "Dana", 2)
    assert batch.counts.read == 4
    assert [row.row for row in await counter.shop.imports.parked(batch.id)] == [4]


async def test_a_list_before_the_contacts_keeps_them_off(counter: Counter, tmp_path: Path) -> None:
    await counter.shop.imports.do_not_text(a_file(tmp_path, "2125550101"))
    people = a_file(tmp_path, "Name,Phone", "Ana,2125550101", "Bo,2125550102", name="p.csv")
    report = await counter.shop.imports.run(people)
    assert (report.counts.new, report.counts.suppressed) == (1, 1)


async def test_the_same_list_twice_stops_nobody_anew(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Name,Phone,Other phone", "Ana,2125550101,2125550102")
    assert counts(await counter.shop.imports.do_not_text(path)) == (1, 0, 0, 0, 0)
    again = await counter.shop.imports.do_not_text(path)
    assert (counts(again), again.numbers) == ((0, 1, 0, 0, 0), 0)


async def test_a_dry_run_counts_the_same_and_stops_nobody(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, "2125550101 / 2125550102", "nobody", "2125550102")
    dry = await counter.shop.imports.do_not_text(path, dry_run=True)
    assert dry.batch_id is None
    assert not await is_stopped(counter, ANA)
    assert await counter.shop.imports.history() == ()
    wet = await counter.shop.imports.do_not_text(path)
    assert (wet.counts, wet.numbers, wet.parked) == (dry.counts, dry.numbers, dry.parked)


LOG = (
    "From,To,Body,Status,SentDate,NumSegments,ErrorCode,AccountSid,Direction",
    "+12125550101,+12125550100,STOP,received,2026-03-09T10:00:00Z,1,,AC,inbound",
    "+12125550100,+12125550102,Sale,failed,2026-03-09T11:00:00Z,1,21610,AC,outbound-api",
    "+12125550100,+12125550103,Sale,delivered,2026-03-09T11:00:00Z,1,,AC,outbound-api",
    "+12125550103,+12125550100,enough roses for now,received,2026-03-09T12:00:00Z,1,,AC,inbound",
    "+12125550101,+12125550100,STOP,received,2027-01-01T10:00:00Z,1,,AC,inbound",
)


async def test_a_message_log_stops_those_who_stopped(counter: Counter, tmp_path: Path) -> None:
    report = await counter.shop.imports.do_not_text(a_file(tmp_path, *LOG))
    assert counts(report) == (2, 0, 1, 1, 1)
    assert (report.profile, report.numbers) == ("twilio-log", 2)
    assert list(map(report.header.__getitem__, report.columns)) == ["From", "To"]
    assert "may be a stop" in report.parked[0].reason
    assert [await is_stopped(counter, who) for who in (ANA, BO, CY)] == [True, True, False]
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert sheet.suppression.at.isoformat() == "2026-03-09T10:00:00+00:00"


async def test_a_stop_of_the_future_counts_from_now(counter: Counter, tmp_path: Path) -> None:
    await counter.shop.imports.do_not_text(a_file(tmp_path, LOG[0], LOG[5]))
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert sheet.suppression.at == counter.clock.now()


async def test_every_kind_of_file_and_typed_numbers_will_do(
    counter: Counter, tmp_path: Path
) -> None:
    book = a_book(tmp_path / "s.xlsx", {"S": [("Phone",), (2125550101,)]})
    card = a_file(
        tmp_path, "BEGIN:VCARD", "TEL;HOME:+12125550102", "TEL;CELL:+12125550103", "END:VCARD",
        name="s.vcf",
    )  # fmt: skip
    typed = Pasted(text="212-555-0104\n+1 212 555 0105 Ed")
    numbers = [
        (await counter.shop.imports.do_not_text(origin)).numbers for origin in (book, card, typed)
    ]
    assert numbers == [1, 2, 2]
    assert await is_stopped(counter, BO)


async def test_only_rows_with_a_status_may_count(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Phone,Status", "2125550101,Out", "2125550102,in")
    only = StopRule(column="Status", values=("out",))
    assert counts(await counter.shop.imports.do_not_text(path, only=only)) == (1, 0, 0, 0, 1)
    assert not await is_stopped(counter, BO)


async def test_the_column_can_be_named_and_the_country(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, "A,B", "2125550101,07700 900123")
    report = await counter.shop.imports.do_not_text(path, column="B", country="GB")
    assert counts(report) == (1, 0, 0, 0, 0)
    assert await is_stopped(counter, E164("+447700900123"))
    assert not await is_stopped(counter, ANA)


async def test_a_list_without_any_number_is_refused(counter: Counter, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="looks like phone numbers"):
        await counter.shop.imports.do_not_text(a_file(tmp_path, "Name", "Ana"))
    with pytest.raises(BadInput, match="no column"):
        await counter.shop.imports.do_not_text(a_file(tmp_path, "2125550101"), column="Z")
    assert await counter.shop.imports.history() == ()


async def test_stopping_half_way_stops_nobody(counter: Counter, tmp_path: Path) -> None:
    lines = [f"212555{100 + n % 100:04d}" for n in range(3000)]
    stop = asyncio.Event()
    seen: list[Progress] = []

    def on(progress: Progress) -> None:
        seen.append(progress)
        stop.set()

    path = a_file(tmp_path, *lines)
    report = await counter.shop.imports.do_not_text(path, on=on, stop=stop)
    assert report.stopped
    assert len(seen) == 1
    assert not await is_stopped(counter, ANA)
    assert await counter.shop.imports.history() == ()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(
        st.sampled_from(["2125550101", "+1 212 555 0101", "212-555-0102 / 2125550103", "x", "911"])
        # More control characters than letters are no text: `test_file_kinds` refuses those.
        | st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8),
        min_size=1,
        max_size=10,
    )
)
def test_any_list_adds_up_and_a_second_time_stops_nobody_anew(
    lines: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("stops")

    async def twice() -> None:
        counter = await open_counter(folder / "shop.db")
        origin = Pasted(text="\n".join(["2125550199", *lines]))
        try:
            first = await counter.shop.imports.do_not_text(origin)
            second = await counter.shop.imports.do_not_text(origin)
        finally:
            await counter.shop.close()
        assert counts(first)[0] == counts(second)[1]
        assert (counts(second)[0], second.numbers) == (0, 0)
        assert first.counts.read == second.counts.read

    asyncio.run(twice())
