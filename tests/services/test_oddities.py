"""Every oddity of real files, each in a file of its own, with exactly what must become of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import make_oddities
from shopbell.domain.consent import How, Purpose
from shopbell.domain.dates import DateOrder
from shopbell.domain.import_choices import Choices, ConsentRule
from shopbell.domain.importing import ImportReport, RowFate
from shopbell.domain.row_marks import DATE_ORDER
from shopbell.errors import BadInput
from shops import Counter, open_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What becomes of a file."""

    new: int
    parked: tuple[int, ...] = ()
    """Row numbers."""
    duplicates: int = 0
    remarks: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    note: str = ""
    country: str = "US"


EXPECTED = {
    "byte-order-mark.csv": Expected(new=1, names=("Zoë",)),
    "utf-16.csv": Expected(new=1, names=("Zoë",), note="UTF-16"),
    "utf-16-big-endian.csv": Expected(new=1, names=("Zoë",), note="UTF-16"),
    "two-encodings.csv": Expected(new=2, names=("Zoë", "José"), note="1 line is not in UTF-8"),
    "windows-1252.csv": Expected(new=2, names=("José", "Bo"), note="Windows-1252"),
    "semicolons.csv": Expected(new=2, note="semicolons"),
    "separator-line.csv": Expected(new=1, note="semicolons"),
    "tabs.tsv": Expected(new=1, note="tabs"),
    "scientific.csv": Expected(new=1, parked=(2, 3)),
    "scientific-whole.csv": Expected(new=2, remarks=(2, 3)),
    "rounded-tail.csv": Expected(new=1, parked=(2,)),
    "point-zero.csv": Expected(new=2),
    "apostrophe.csv": Expected(new=2),
    "signs-for-plus.csv": Expected(new=4),
    "lost-plus.csv": Expected(new=1, parked=(2,)),
    "lost-plus-at-home.csv": Expected(new=2, names=("Ivy", "Joe"), country="GB"),
    "lost-zero-of-a-mobile.csv": Expected(new=2, names=("Ivy", "Joe"), country="GB"),
    "lost-zero.csv": Expected(new=1, remarks=(2,), country="IT"),
    "look-alikes.csv": Expected(new=3),
    "two-numbers.csv": Expected(new=1, parked=(2, 3)),
    "extension.csv": Expected(new=1, parked=(2,)),
    "short-codes.csv": Expected(new=1, parked=(2, 3)),
    "ragged.csv": Expected(new=3, parked=(6,)),
    "padded-header.csv": Expected(new=1, names=("Ana",)),
    "no-last-line-end.csv": Expected(new=2, names=("Ana", "Bo")),
    "broken-quotes.csv": Expected(new=2, parked=(3,), names=("Ana", "Cy")),
    "nothing-words.csv": Expected(new=3, parked=(4, 5, 6), names=("DeJarnette null", "", "")),
    "same-person.csv": Expected(new=2, duplicates=2, names=("Ana / Ana Reyes / Luis", "Bo")),
    "dates.csv": Expected(new=4, remarks=(2,)),
    "formulas.csv": Expected(new=2, parked=(2,), names=("=1+1", "@SUM(1)")),
    "mac-line-ends.csv": Expected(new=2),
    "quoted-line-breaks.csv": Expected(new=3, names=("Ana\nReyes", "Bo", "Cy")),
    "repeated-headers.csv": Expected(new=1),
    "dates-of-a-yes.csv": Expected(new=2),
    "empty-columns.csv": Expected(new=2, names=("Ana", "Bo")),
    "thousand-blank-rows.csv": Expected(new=2, names=("Ana", "Bo")),
    "header-twice.csv": Expected(new=2, parked=(3,), names=("Ana", "Bo")),
    "no-header.csv": Expected(new=2, note="does not name its columns"),
    "header-only.csv": Expected(new=0),
    "mailchimp-tags.csv": Expected(new=1),
    "outlook-empty-birthday.csv": Expected(new=2, remarks=(3,)),
    "markup-and-escapes.csv": Expected(
        new=4, names=("[/]", "[bold]x", "\x1b]52;c;QUJD\x07", "\u202eevil")
    ),
    "apple.vcf": Expected(new=2, parked=(3,), names=("Ana Reyes", "Bo, the barber")),
    "android-2.1.vcf": Expected(new=1, names=("Ana Müller",)),
    "nextcloud-4.0.vcf": Expected(new=1),
    "broken-folding.vcf": Expected(new=1, names=("Ana",)),
    "cut-short.vcf": Expected(new=1, parked=(2,)),
}

REFUSED = {
    "workbook-renamed.csv": 'rename it to "workbook-renamed.xlsx"',
    "cards-renamed.csv": 'rename it to "cards-renamed.vcf"',
}


@pytest.fixture(scope="module")
async def counter(
    anyio_backend: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Counter]:
    """One shop that every file is only looked at in, so that none can spoil the next."""
    counter = await open_counter(tmp_path_factory.mktemp("oddities") / "shop.db")
    yield counter
    await counter.shop.close()


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


async def looked_at(counter: Counter, name: str, country: str = "US") -> ImportReport:
    path = make_oddities.FOLDER / name
    return await counter.shop.imports.run(path, country=country, dry_run=True)


@pytest.mark.parametrize("name", EXPECTED)
async def test_an_odd_file_comes_out_with_exactly_these_counts(counter: Counter, name: str) -> None:
    expected = EXPECTED[name]
    report = await looked_at(counter, name, expected.country)
    counts = report.counts
    assert (counts.new, counts.duplicates) == (expected.new, expected.duplicates)
    assert tuple(row.row for row in report.parked) == expected.parked
    assert counts.read == expected.new + expected.duplicates + len(expected.parked)
    assert tuple(row for row, _ in report.remarks) == expected.remarks
    if expected.names:
        assert tuple(row.name for row in report.rows[RowFate.NEW]) == expected.names
    assert expected.note in " ".join(report.notes)
    for parked in report.parked:
        assert parked.reason.endswith((".", "?"))


async def test_the_date_of_a_yes_that_can_be_read_in_two_ways_is_asked_for_not_guessed(
    counter: Counter,
) -> None:
    path = make_oddities.FOLDER / "dates-of-a-yes.csv"
    rule = ConsentRule(
        purpose=Purpose.MARKETING, how=How.WEB, column="SMS opt-in", date_column="Since",
        wording="Text me offers.",
    )  # fmt: skip
    with pytest.raises(BadInput) as asked:
        await counter.shop.imports.run(path, choices=Choices(consents=(rule,)), dry_run=True)
    assert asked.value.code == DATE_ORDER
    said = Choices(consents=(rule,), date_order=DateOrder.DMY)
    report = await counter.shop.imports.run(path, choices=said, dry_run=True)
    assert report.consents.granted == 2


@pytest.mark.parametrize("name", REFUSED)
async def test_a_file_under_a_wrong_name_says_so_in_words(counter: Counter, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        await looked_at(counter, name)
    assert name in refused.value.message
    assert REFUSED[name] in refused.value.hint


def test_every_file_is_looked_at_and_is_what_the_script_makes() -> None:
    there = {path.name for path in make_oddities.FOLDER.iterdir()}
    assert there == set(EXPECTED) | set(REFUSED) == set(make_oddities.FILES)
    for name, content in make_oddities.FILES.items():
        assert (make_oddities.FOLDER / name).read_bytes() == content, name


async def test_what_is_kept_from_odd_cells_is_what_they_meant(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    counter = await open_counter(tmp_path_factory.mktemp("kept") / "shop.db")
    try:
        for name in ("dates.csv", "mailchimp-tags.csv", "broken-folding.vcf"):
            await counter.shop.imports.run(Path(make_oddities.FOLDER, name))
        people = {row.number: await counter.shop.people.get(row.id)
                  for row in (await counter.shop.people.find()).rows}  # fmt: skip
    finally:
        await counter.shop.close()
    ana = people["+12125550101"]
    assert ana is not None
    assert (ana.tags, ana.email) == (("VIP", "Blog"), "a@example.com")
    assert ana.note == "first line\nsecond line"
    birthdays = [contact.birthday for _, contact in sorted(people.items()) if contact]
    assert birthdays == ["", "2021-03-09", "2021-03-09", "1985-03-25"]
