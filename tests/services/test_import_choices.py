"""The owner's word on an import: yeses with proof, stops, dates, corrections, columns kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shopbell.domain.consent import Act, How, Purpose, standing
from shopbell.domain.dates import DateOrder
from shopbell.domain.ids import E164
from shopbell.domain.import_choices import Choices, ConsentRule, StopRule
from shopbell.domain.importing import FieldChange, ParkedRow, ReadRow, RowFate, Target
from shopbell.domain.people import ContactDraft
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.pasted import Pasted
from shops import ANA, BO, Counter, a_yes
from workbooks import a_book

CY = E164("+12125550103")
HEAD = "Name,Phone,SMS,Signed,Words\n"
RULE = ConsentRule(
    purpose=Purpose.MARKETING,
    topics=("offers",),
    how=How.WEB,
    column="SMS",
    date_column="Signed",
    wording_column="Words",
)
WITH_RULE = Choices(consents=(RULE,))


def a_file(tmp_path: Path, *rows: str, head: str = HEAD, name: str = "till.csv") -> Path:
    path = tmp_path / name
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


async def may_be_offered(counter: Counter, number: E164 = ANA) -> bool:
    submitted = await counter.submit("sale!", number, Purpose.MARKETING, "offers")
    return submitted.text is not None


async def test_only_a_proven_yes_lets_an_offer_through(counter: Counter, tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        "Ana,2125550101,yes,2026-03-09,Text me offers.",
        "Bo,2125550102,yes,,Text me offers.",
        "Cy,2125550103,no,2026-03-09,Text me offers.",
    )
    heard: list[Changed] = []
    counter.shop.subscribe(heard.append)
    report = await counter.shop.imports.run(path, choices=WITH_RULE)
    assert (report.consents.granted, report.consents.claimed) == (1, 1)
    assert Changed.CONSENT in heard
    assert [await may_be_offered(counter, who) for who in (ANA, BO, CY)] == [True, False, False]
    (claim,) = await counter.shop.imports.claims(BO)
    assert (claim.purpose, claim.topics, claim.said) == (Purpose.MARKETING, ("offers",), "yes")
    assert (claim.at, claim.source) == (None, "till.csv")
    assert "no date" in claim.missing
    assert await counter.shop.imports.claims(CY) == ()
    assert counter.gateway.taken == []


async def test_a_dry_run_counts_yeses_and_stops_and_writes_none(
    counter: Counter, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "Ana,2125550101,yes,2026-03-09,x", "Bo,2125550102,,,stop")
    choices = replace(WITH_RULE, stops=StopRule(column="Words", values=("stop",)))
    dry = await counter.shop.imports.run(path, choices=choices, dry_run=True)
    assert not await may_be_offered(counter)
    wet = await counter.shop.imports.run(path, choices=choices)
    assert dry.consents == wet.consents
    assert (wet.consents.granted, wet.consents.stopped) == (1, 1)
    assert dry.rows == wet.rows


async def test_the_same_yes_twice_is_one_entry_and_the_same_claim_one_claim(
    counter: Counter, tmp_path: Path
) -> None:
    path = a_file(
        tmp_path,
        "Ana,2125550101,yes,2026-03-09,x",
        "Ana R,+1 212 555 0101,y,2026-03-09,x",
        "Bo,2125550102,yes,,x",
        "Bo,2125550102,true,,x",
    )
    first = await counter.shop.imports.run(path, choices=WITH_RULE)
    assert (first.consents.granted, first.consents.already, first.consents.claimed) == (1, 1, 1)
    again = await counter.shop.imports.run(path, choices=WITH_RULE)
    assert (again.consents.granted, again.consents.already, again.consents.claimed) == (0, 2, 0)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert len(sheet.ledger) == 1


async def test_a_claim_is_not_kept_where_a_proven_yes_says_as_much(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.agree(ANA, Purpose.MARKETING)
    head = "Name,Phone,Accepts SMS Marketing\n"
    report = await counter.shop.imports.run(
        a_file(tmp_path, "Ana,2125550101,yes", "Bo,2125550102,yes", head=head)
    )
    assert report.consents.claimed == 1
    assert await counter.shop.imports.claims(ANA) == ()
    assert (await counter.shop.imports.claims(BO))[0].topics == ()


async def test_an_import_gives_no_yes_to_somebody_who_said_stop(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.consents.opt_out(ANA, How.TEXT)
    path = a_file(tmp_path, "Ana,2125550101,yes,2026-11-23,Text me offers.")
    report = await counter.shop.imports.run(path, choices=WITH_RULE)
    assert (report.counts.suppressed, report.consents.granted, report.consents.claimed) == (1, 0, 0)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert (sheet.ledger, sheet.contact) == ((), None)
    assert sheet.suppression is not None


async def test_a_yes_of_the_future_is_only_claimed(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Ana,2125550101,yes,2027-03-09,x")
    report = await counter.shop.imports.run(path, choices=WITH_RULE)
    assert (report.consents.granted, report.consents.claimed) == (0, 1)
    assert "future" in (await counter.shop.imports.claims(ANA))[0].missing


async def test_an_older_yes_does_not_undo_what_was_taken_back_later(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.agree(ANA, Purpose.MARKETING, ("offers",))
    yes = a_yes(ANA, Purpose.MARKETING, ("offers",))
    await counter.shop.consents.revoke(replace(yes, act=Act.REVOKED))
    path = a_file(tmp_path, "Ana,2125550101,yes,2025-03-09,Text me offers.")
    report = await counter.shop.imports.run(path, choices=WITH_RULE)
    assert report.consents.granted == 1
    assert not await may_be_offered(counter)


async def test_a_stop_in_the_file_stops_at_once_and_cancels_what_waits(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.agree(ANA, Purpose.SERVICE)
    assert (await counter.submit()).text is not None
    path = a_file(tmp_path, "Ana,2125550101,opted out,,", "Bo,2125550102,active,,")
    stops = StopRule(column="SMS", values=("Opted Out",))
    report = await counter.shop.imports.run(path, choices=Choices(stops=stops))
    assert (report.counts.new, report.counts.suppressed, report.consents.stopped) == (1, 1, 1)
    assert await counter.deliver() == ()
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert (sheet.suppression.how, sheet.suppression.note) == (How.IMPORT, "till.csv: opted out")
    assert not standing(sheet.ledger, Purpose.SERVICE)
    (batch,) = await counter.shop.imports.history()
    assert batch.consents.stopped == 1


async def test_of_two_rows_of_one_person_the_stop_counts(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Ana,2125550101,yes,2026-03-09,x", "Ana,212-555-0101,stop,,")
    choices = replace(WITH_RULE, stops=StopRule(column="SMS", values=("stop",)))
    report = await counter.shop.imports.run(path, choices=choices)
    counts = report.counts
    assert (counts.new, counts.suppressed, counts.duplicates, counts.read) == (0, 1, 1, 2)
    assert report.consents.granted == 0


async def test_an_unclear_consent_date_stops_the_whole_import_wherever_it_is(
    counter: Counter, tmp_path: Path
) -> None:
    rows = [f"P{n},212555{100 + n % 100:04d},no,," for n in range(900)]
    path = a_file(tmp_path, *rows, "Ana,2125550101,yes,3/9/2026,x")
    with pytest.raises(BadInput) as asked:
        await counter.shop.imports.run(path, choices=WITH_RULE)
    assert asked.value.code == "date_order"
    assert (await counter.shop.people.find()).total == 0
    said = replace(WITH_RULE, date_order=DateOrder.DMY)
    assert (await counter.shop.imports.run(path, choices=said)).consents.granted == 1


async def test_the_preview_asks_about_unclear_dates_once(counter: Counter, tmp_path: Path) -> None:
    head = "Name,Phone,Birthday,SMS,Signed,Words\n"
    path = a_file(tmp_path, "Ana,2125550101,4/5/1985,yes,3/9/2026,x", head=head)
    preview = await counter.shop.imports.preview(path, choices=WITH_RULE)
    assert preview.unclear_dates == (
        '"4/5/1985" may be 4 May 1985 or 5 April 1985.',
        '"3/9/2026" may be 3 September 2026 or 9 March 2026.',
    )
    said = replace(WITH_RULE, date_order=DateOrder.MDY)
    assert (await counter.shop.imports.preview(path, choices=said)).unclear_dates == ()


async def test_birthdays_come_in_and_unclear_ones_are_left_out_and_told(
    counter: Counter, tmp_path: Path
) -> None:
    head = "Name,Phone,Birthday\n"
    path = a_file(tmp_path, "Ana,2125550101,1985-03-09", "Bo,2125550102,3/9/1985", head=head)
    report = await counter.shop.imports.run(path)
    assert [row for row, _ in report.remarks] == [3]
    ana, bo = [await counter.shop.people.by_number(who) for who in (ANA, BO)]
    assert ana is not None
    assert bo is not None
    assert (ana.birthday, bo.birthday) == ("1985-03-09", "")
    later = a_file(tmp_path, "Bo,2125550102,3/9/1985", "Ana,2125550101,", head=head)
    report = await counter.shop.imports.run(later, choices=Choices(date_order=DateOrder.DMY))
    assert (report.counts.updated, report.counts.unchanged) == (1, 1)
    bo = await counter.shop.people.by_number(BO)
    assert bo is not None
    assert bo.birthday == "1985-09-03"


async def test_every_fate_is_shown_with_names_and_changes_field_by_field(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.people.add(ContactDraft(number=BO, name="Bo", email="old@example.com"))
    await counter.add(CY, "Cy Moss")
    await counter.shop.consents.opt_out(E164("+12125550104"), How.SPOKEN)
    head = "Name,Phone,Email,Tags\n"
    path = a_file(
        tmp_path,
        "Ana Reyes,2125550101,,",
        "Robert Lind,2125550102,new@example.com,VIP",
        "Cy Moss,2125550103,,",
        "Luis Reyes,2125550101,,",
        "Di Stopped,2125550104,,",
        "Ed,nobody,,",
        head=head,
    )
    report = await counter.shop.imports.run(path, dry_run=True)
    shown = {fate: [(row.row, row.name) for row in rows] for fate, rows in report.rows.items()}
    assert shown == {
        RowFate.NEW: [(2, "Ana Reyes / Luis Reyes")],
        RowFate.UPDATED: [(3, "Robert Lind")],
        RowFate.UNCHANGED: [(4, "Cy Moss")],
        RowFate.DUPLICATE: [(5, "Luis Reyes")],
        RowFate.SUPPRESSED: [(6, "Di Stopped")],
    }
    assert report.rows[RowFate.UPDATED][0].changes == (
        FieldChange(field="name", old="Bo", new="Robert Lind"),
        FieldChange(field="email", old="old@example.com", new="new@example.com"),
        FieldChange(field="tags", old="", new="VIP"),
    )
    assert [row.row for row in report.parked] == [7]


async def test_only_the_first_rows_of_a_fate_are_shown(counter: Counter, tmp_path: Path) -> None:
    areas = ("212", "305", "415")
    rows = [f"P{n},{areas[n // 100]}555{100 + n % 100:04d}" for n in range(300)]
    path = a_file(tmp_path, *rows, head="Name,Phone\n")
    report = await counter.shop.imports.run(path)
    assert [row.row for row in report.rows[RowFate.NEW]] == list(range(2, 202))
    again = await counter.shop.imports.run(path)
    assert len(again.rows[RowFate.UNCHANGED]) == 200


async def test_a_parked_row_is_checked_again_and_comes_in_with_the_rest(
    counter: Counter, tmp_path: Path
) -> None:
    path = a_file(
        tmp_path,
        "Ana,2125550101",
        "Bo,555-0102",
        '"Cy "the" Moss",2125550103',
        "Di,1.55512E+10",
        head="Name,Phone\n",
    )
    imports = counter.shop.imports
    preview = await imports.preview(path)
    looked = await imports.run(path, dry_run=True)
    assert [row.row for row in looked.parked] == [3, 4, 5]
    still_bad = imports.recheck(3, ["Bo", "555-0102"], preview.mapping)
    assert isinstance(still_bad, ParkedRow)
    good = imports.recheck(3, ["Bo", "212-555-0102"], preview.mapping)
    assert isinstance(good, ReadRow)
    assert (good.row, good.draft.number) == (3, BO)
    fixed = {3: ["Bo", "212-555-0102"], 4: ["Cy Moss", "2125550103"]}
    report = await imports.run(path, choices=Choices(fixed=fixed))
    assert (report.counts.new, report.counts.parked, report.counts.read) == (3, 1, 4)
    cy = await counter.shop.people.by_number(CY)
    assert cy is not None
    assert (cy.name, cy.source) == ("Cy Moss", "import:till.csv")


async def test_columns_are_taken_again_for_a_file_with_the_same_header(
    counter: Counter, tmp_path: Path
) -> None:
    imports = counter.shop.imports
    head = "Who,Home,Reach,Remark\n"
    first = a_file(tmp_path, "Ana,2125550109,2125550101,x", head=head)
    assert not (await imports.preview(first)).saved
    await imports.run(first, columns={Target.PHONE: "Reach", Target.NAME: "Who"}, dry_run=True)
    assert not (await imports.preview(first)).saved
    await imports.run(first, columns={Target.PHONE: "Reach", Target.NAME: "Who"})
    second = a_file(tmp_path, "Bo,2125550108,2125550102,y", head=head, name="b.csv")
    preview = await imports.preview(second, columns={})
    assert preview.saved
    assert preview.mapping.columns == {Target.PHONE: (2,), Target.NAME: (0,)}
    await imports.run(second)
    assert await counter.shop.people.by_number(BO) is not None
    await imports.run(second, columns={Target.NOTE: "4", Target.NAME: ""})
    mapping = (await imports.preview(second)).mapping
    assert mapping.columns == {Target.PHONE: (2,), Target.NOTE: (3,)}
    assert not (await imports.preview(second, choices=Choices(use_saved=False))).saved
    other = a_file(tmp_path, "Bo,2125550108,2125550102", head="Who,Home,Reach\n", name="c.csv")
    assert not (await imports.preview(other)).saved


async def test_a_file_without_header_remembers_nothing(counter: Counter, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Ana,2125550101,2125550109", head="")
    await counter.shop.imports.run(path, columns={Target.PHONE: "C"})
    assert not (await counter.shop.imports.preview(path)).saved


async def test_cards_workbooks_and_pasted_text_become_contacts(
    counter: Counter, tmp_path: Path
) -> None:
    imports = counter.shop.imports
    card = tmp_path / "phone.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nTEL;CELL:+12125550101\nEND:VCARD\n")
    book = a_book(tmp_path / "b.xlsx", {"S": [("Name", "Phone"), ("Bo", 2125550102)]})
    pasted = Pasted(text="1. Cy Moss 212-555-0103\nnobody\n")
    reports = [await imports.run(origin) for origin in (card, book, pasted)]
    assert [report.counts.new for report in reports] == [1, 1, 1]
    assert [report.counts.parked for report in reports] == [0, 0, 1]
    assert [report.mapping.profile for report in reports] == ["vcard", "guessed", "guessed"]
    assert reports[2].file_name == "pasted text"
    assert (await counter.shop.people.find()).total == 3
    assert "card by card" in reports[0].notes[0]


async def test_a_table_copied_from_a_spreadsheet_keeps_its_columns(counter: Counter) -> None:
    text = "Name\tPhone\tNote\nAna\t2125550101\tpeonies\n"
    report = await counter.shop.imports.run(Pasted(text=text))
    assert report.mapping.columns[Target.NOTE] == (2,)
    with pytest.raises(BadInput, match="nothing to read"):
        await counter.shop.imports.run(Pasted(text=" \n"))


async def test_a_message_log_is_no_list_of_contacts(counter: Counter, tmp_path: Path) -> None:
    head = "From,To,Body,Direction,AccountSid,NumSegments,ErrorCode\n"
    path = a_file(tmp_path, "+12125550101,+12125550100,STOP,inbound,AC,1,", head=head)
    for look in (counter.shop.imports.preview(path), counter.shop.imports.run(path)):
        with pytest.raises(BadInput) as refused:
            await look
        assert refused.value.code == "message_log"
