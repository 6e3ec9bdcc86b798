"""A list of people as a file: who is in it, that it is harmless, and that it comes back."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest

from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.people_csv import COLUMNS
from shopbell.domain.people_filter import PeopleFilter
from shopbell.errors import BadInput
from shops import ANA, BO, Counter, open_counter

LONDON = E164("+447700900123")
PEOPLE = (
    ContactDraft(
        number=ANA,
        name="Zoë O'Brien-Núñez",
        note='says "hi",\nthen; goes',
        email="zoe@example.com",
        tags=("weekly", "wedding"),
        region="US-FL",
        birthday="1985-03-09",
    ),
    ContactDraft(number=BO, name="Bo Lind", region="GB", birthday="--03-09"),
    ContactDraft(number=LONDON, name="花子"),
)


def rows_in(file: Path) -> list[dict[str, str]]:
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def test_everybody_is_in_the_file_in_name_order(counter: Counter, tmp_path: Path) -> None:
    for draft in PEOPLE:
        await counter.shop.people.add(draft)
    out = tmp_path / "people.csv"
    done = await counter.shop.exports.people(out)
    assert (done.people, done.columns) == (3, COLUMNS)
    assert [row["Name"] for row in rows_in(out)] == ["Bo Lind", "Zoë O'Brien-Núñez", "花子"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


async def test_only_who_matches_is_in_it(counter: Counter, tmp_path: Path) -> None:
    for draft in PEOPLE:
        await counter.shop.people.add(draft)
    await counter.agree(BO, Purpose.MARKETING, ("offers",))
    out = tmp_path / "people.csv"
    await counter.shop.exports.people(out, filter=PeopleFilter(consented_to="offers"))
    (row,) = rows_in(out)
    assert (row["Name"], row["Marketing consent"], row["Service consent"]) == ("Bo Lind", "yes", "")
    await counter.shop.exports.people(out, words="zoe", replace=True)
    assert [row["Name"] for row in rows_in(out)] == ["Zoë O'Brien-Núñez"]
    done = await counter.shop.exports.people(out, words="nobody", replace=True)
    assert done.people == 0
    assert rows_in(out) == []


async def test_more_than_one_batch_is_whole(counter: Counter, tmp_path: Path) -> None:
    from shopbell.services import exports

    for index in range(20):
        await counter.add(E164(f"+1212555{100 + index:04d}"), f"N{index:02d}")
    out = tmp_path / "people.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "_BATCH", 7)
        await counter.shop.exports.people(out)
    assert [row["Name"] for row in rows_in(out)] == [f"N{index:02d}" for index in range(20)]


async def test_what_was_exported_imports_into_a_new_shop_as_it_was(
    counter: Counter, tmp_path: Path
) -> None:
    for draft in PEOPLE:
        await counter.shop.people.add(draft)
    await counter.agree(BO, Purpose.MARKETING, ("offers",))
    out = tmp_path / "people.csv"
    await counter.shop.exports.people(out)
    other = await open_counter(tmp_path / "other.db")
    report = await other.shop.imports.run(out)
    assert (report.counts.new, report.counts.read) == (3, 3)
    for draft in PEOPLE:
        contact = await other.shop.people.by_number(draft.number)
        assert contact is not None
        assert (contact.name, contact.note, contact.email) == (draft.name, draft.note, draft.email)
        assert (contact.tags, contact.region) == (draft.tags, draft.region)
        assert contact.birthday == draft.birthday
    bo = await other.shop.people.sheet(other.shop.people.read_number(BO))
    assert bo.ledger == (), "a yes in a file is no proof of one"
    again = await counter.shop.imports.run(out)
    assert again.counts.unchanged == 3, "importing one's own export changes nothing"
    await other.shop.close()


@pytest.mark.parametrize(
    "evil", ["=HYPERLINK(1)", "+1+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1", '=cmd|" /C calc"!A0']
)
async def test_no_cell_of_a_hostile_contact_is_a_formula(
    counter: Counter, tmp_path: Path, evil: str
) -> None:
    await counter.shop.people.add(
        ContactDraft(number=ANA, name=evil, note=evil, email=evil, tags=(evil,))
    )
    out = tmp_path / "people.csv"
    await counter.shop.exports.people(out)
    (row,) = rows_in(out)
    for column, cell in row.items():
        assert not cell or cell[0] not in "=+-@\t\r\uff1d\uff0b\uff0d\uff20", column
    assert row["Name"] == f"'{evil}"
    report = await counter.shop.imports.run(out, dry_run=True)
    assert report.counts.parked == 0, "the number is still a number"


async def test_a_file_that_is_there_and_the_shop_file_are_safe(
    counter: Counter, tmp_path: Path
) -> None:
    out = tmp_path / "people.csv"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="already"):
        await counter.shop.exports.people(out)
    with pytest.raises(BadInput, match="shop file"):
        await counter.shop.exports.people(counter.path, replace=True)
    assert out.read_text(encoding="utf-8") == "mine"
