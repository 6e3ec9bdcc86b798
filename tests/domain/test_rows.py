"""From the cells of a row to a contact to add, or to a row to look at."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.columns import map_columns
from shopbell.domain.importing import Mapping, ParkedRow, ReadRow, TableRow, Target
from shopbell.domain.merging import joined
from shopbell.domain.parking import MOST_CHARS_KEPT, MOST_COLUMNS_KEPT, parked, storable
from shopbell.domain.people import ContactDraft
from shopbell.domain.rows import (
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_TAGS,
    RowReader,
    corrected,
    read_rows,
)

HEADER = ("First", "Last", "Phone", "Email", "Note", "Tags", "Country", "State", "Company")
MAPPING = Mapping(
    columns={
        Target.FIRST_NAME: (0,),
        Target.LAST_NAME: (1,),
        Target.PHONE: (2,),
        Target.EMAIL: (3,),
        Target.NOTE: (4,),
        Target.TAGS: (5,),
        Target.COUNTRY: (6,),
        Target.STATE: (7,),
        Target.NAME: (8,),
    },
    profile="guessed",
    consent_columns=(),
)
PHONE = "(212) 555-0142"


def read(mapping: Mapping = MAPPING, country: str = "US", **cells: str) -> ReadRow | ParkedRow:
    """Read one row given by the names of its cells; the phone is a good one unless said."""
    row = [{"Phone": PHONE, **cells}.get(name, "") for name in HEADER]
    return RowReader(mapping, country, "import:x.csv").read(2, row)


def contact(**cells: str) -> ContactDraft:
    found = read(**cells)
    assert isinstance(found, ReadRow)
    return found.draft


def test_a_row_becomes_a_contact_with_everything_it_says() -> None:
    found = read(
        First=" Ana ",
        Last="Reyes",
        Email="ana@example.com",
        Note="likes peonies\nrings twice",
        Tags="VIP, wholesale",
        Country="USA",
        State="Florida",
        Company="Fern & Finch",
    )

    assert found == ReadRow(
        row=2,
        draft=ContactDraft(
            number="+12125550142",
            name="Ana Reyes",
            email="ana@example.com",
            note="likes peonies\nrings twice",
            tags=("VIP", "wholesale"),
            region="US-FL",
            source="import:x.csv",
        ),
    )


@pytest.mark.parametrize(
    ("first", "last", "company", "name"),
    [
        ("Ana", "", "Fern & Finch", "Ana"),
        ("", "Reyes", "", "Reyes"),
        ("", "", "Fern & Finch", "Fern & Finch"),
        ("DeJarnette", "null", "", "DeJarnette"),
        ("N/A", "-", "", ""),
        ("[bold]", "[/]", "", "[bold] [/]"),
        ("\x1b]52;c;QUJD\x07", "\u202eevil", "", "\x1b]52;c;QUJD\x07 \u202eevil"),
    ],
)
def test_a_name_is_kept_as_it_came(first: str, last: str, company: str, name: str) -> None:
    assert contact(First=first, Last=last, Company=company).name == name


def test_what_no_file_can_keep_is_taken_out_and_said() -> None:
    found = read(First="A\x00na\ud800", Phone="212\x005550142")

    assert isinstance(found, ReadRow)
    assert (found.draft.name, found.draft.number) == ("Ana", "+12125550142")
    assert "Damaged characters" in found.remarks[0]


def test_odd_but_storable_characters_are_left_alone_without_a_remark() -> None:
    found = read(First="Zoë 🌷\x1b", Note="two\nlines")

    assert isinstance(found, ReadRow)
    assert (found.draft.name, found.remarks) == ("Zoë 🌷\x1b", ())


@pytest.mark.parametrize(
    ("column", "field", "most"), [("First", "name", LONGEST_NAME), ("Note", "note", LONGEST_NOTE)]
)
def test_what_is_too_long_is_cut_and_said(column: str, field: str, most: int) -> None:
    found = read(**{column: "x" * (most + 1)})

    assert isinstance(found, ReadRow)
    assert len(getattr(found.draft, field)) == most
    assert found.remarks == (f"The {field} was cut to {most} characters.",)


def test_what_just_fits_is_not_cut() -> None:
    found = read(First="x" * LONGEST_NAME, Note="y" * LONGEST_NOTE)

    assert isinstance(found, ReadRow)
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("", ()),
        ("null", ()),
        ("VIP", ("VIP",)),
        ("VIP; flowers|VIP ,, ", ("VIP", "flowers")),
        ("* myContacts ::: * starred ::: Florists", ("Florists",)),
        ("t" * 61, ("t" * 60,)),
        ('"VIP","Blog"', ("VIP", "Blog")),
        ('"VIP', ('"VIP',)),
        ('pots 12", ""', ('pots 12"',)),
    ],
)
def test_tags_are_split_and_said_once(cell: str, tags: tuple[str, ...]) -> None:
    assert contact(Tags=cell).tags == tags


@pytest.mark.parametrize(
    ("cell", "birthday", "remark"),
    [
        ("1985-03-09", "1985-03-09", None),
        ("--03-09", "--03-09", None),
        ("", "", None),
        ("n/a", "", None),
        ("0/0/00", "", None),
        ("3/9/1985", "", "may be 3 September 1985 or 9 March 1985"),
        ("spring", "", '"spring" is no date'),
    ],
)
def test_a_birthday_is_kept_where_it_is_clear_and_told_where_not(
    cell: str, birthday: str, remark: str | None
) -> None:
    mapping = Mapping(
        columns={Target.PHONE: (0,), Target.BIRTHDAY: (1,)}, profile="chosen", consent_columns=()
    )
    found = RowReader(mapping, "US", "import:x.csv").read(2, [PHONE, cell])

    assert isinstance(found, ReadRow)
    assert found.draft.birthday == birthday
    assert (remark is None) is (found.remarks == ())
    assert remark is None or remark in found.remarks[0]


def test_a_program_that_writes_the_month_first_is_taken_at_its_word() -> None:
    mapping = map_columns(["Square Customer ID", "Creation Source", "Phone Number", "Birthday"],
                          [], "US")  # fmt: skip
    found = RowReader(mapping, "US", "import:x.csv").read(2, ["", "", PHONE, "03-09-1985"])

    assert isinstance(found, ReadRow)
    assert found.draft.birthday == "1985-03-09"


def test_corrected_cells_take_the_place_of_a_row_read_or_parked() -> None:
    rows: list[TableRow] = [(2, ["a"]), ParkedRow(row=3, reason="Broken.", cells=()), (4, ["b"])]

    assert list(corrected(rows, {3: ["c"], 4: ["d"], 9: ["e"]})) == [
        (2, ["a"]),
        (3, ["c"]),
        (4, ["d"]),
    ]


def test_only_so_many_tags_are_kept() -> None:
    found = read(Tags=",".join(f"t{i}" for i in range(MOST_TAGS + 1)))

    assert isinstance(found, ReadRow)
    assert len(found.draft.tags) == MOST_TAGS
    assert found.remarks == (f"Only the first {MOST_TAGS} tags were kept.",)


def test_a_row_without_a_number_is_parked_with_its_cells() -> None:
    found = read(First="Ana", Phone="n/a")

    assert isinstance(found, ParkedRow)
    assert found.reason == "There is no phone number in this row. Type one, or leave the row out."
    assert found.cells == ("Ana", "", "n/a", "", "", "", "", "", "")


def test_short_rows_are_filled_up_and_long_ones_read_as_far_as_they_mean_something() -> None:
    reader = RowReader(MAPPING, "US", "import:x.csv")

    for cells in (["Ana", "Reyes", PHONE], ["Ana", "Reyes", PHONE, *[""] * 40, "more"]):
        found = reader.read(2, cells)
        assert isinstance(found, ReadRow)
        assert found.draft.name == "Ana Reyes"
    assert isinstance(reader.read(2, []), ParkedRow)


def test_phones_without_labels_are_tried_in_order() -> None:
    mapping = Mapping(columns={Target.PHONE: (2, 3, 4)}, profile="chosen", consent_columns=())
    first = read(mapping, Phone=PHONE, Email="3055550143")
    second = read(mapping, Phone="", Email="3055550143")
    spoiled = read(mapping, Phone="555-0105", Email="-", Note="3055550143")
    neither = read(mapping, Phone="555-0105", Email="911")

    assert isinstance(first, ReadRow)
    assert first.draft.number == "+12125550142"
    assert isinstance(second, ReadRow)
    assert (second.draft.number, second.remarks) == ("+13055550143", ())
    assert isinstance(spoiled, ReadRow)
    assert "first number of this row could not be read" in spoiled.remarks[0]
    assert isinstance(neither, ParkedRow)
    assert "area code" in neither.reason


LABELLED = map_columns(
    [f"Phone {n} - {part}" for n in (1, 2, 3) for part in ("Label", "Value")], [], "US"
)
A, B = "2125550142", "3055550143"


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        (["Work", A, "* Mobile", B], "+13055550143"),
        (["Home", A, "Work Fax", B], "+12125550142"),
        (["Home", A, "Work", A], "+12125550142"),
        (["", A], "+12125550142"),
        (["Handy", A, "Privat", B], "+12125550142"),
        (["Work", A, "Móvil", B], "+13055550143"),
        (["Mobile", "555-0105", "Home", A], "+12125550142"),
        (["Mobile", "", "Home", A, "Pager", B], "+12125550142"),
    ],
)
def test_of_labelled_phones_the_mobile_is_taken(cells: list[str], number: str) -> None:
    found = RowReader(LABELLED, "US", "import:x.csv").read(2, cells)

    assert isinstance(found, ReadRow)
    assert found.draft.number == number


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["Mobile", A, "Mobile", B], "none is plainly the mobile"),
        (["Home", A, "Work", B], "none is plainly the mobile"),
        (["Mobile", f"{A} ::: {B}"], "several numbers"),
        (["Home Fax", A], "no phone number"),
        (["Mobile", "", "Home", ""], "no phone number"),
        (["Mobile", "911"], "emergency"),
    ],
)
def test_between_equals_the_owner_chooses(cells: list[str], words: str) -> None:
    found = RowReader(LABELLED, "US", "import:x.csv").read(2, cells)

    assert isinstance(found, ParkedRow)
    assert words in found.reason


def test_a_number_seen_before_names_the_row_it_repeats() -> None:
    mapping = Mapping(
        columns={Target.NAME: (0,), Target.PHONE: (1,)}, profile="chosen", consent_columns=()
    )
    rows: list[TableRow] = [
        (2, ["Ana", PHONE]),
        (3, ["Bo", "+13055550143"]),
        ParkedRow(row=4, reason="Broken.", cells=()),
        (6, ["Cy", "+1 212 555 0142"]),
        (7, ["Ana", "12125550142"]),
    ]
    out = list(read_rows(rows, mapping, "US", "import:x.csv"))

    assert [(row.row, getattr(row, "duplicate_of", None)) for row in out] == [
        *((2, None), (3, None), (4, None)),
        *((6, 2), (7, 2)),
    ]
    assert out[2] is rows[2]
    assert isinstance(out[0], ReadRow)
    assert isinstance(out[3], ReadRow)
    assert joined(out[0].draft, out[3].draft).name == "Ana / Cy"


@pytest.mark.parametrize(
    ("country", "state", "shop", "region"),
    [
        ("", "FL", "US", "US-FL"),
        ("United States", "new york", "GB", "US-NY"),
        ("US", "", "US", "US"),
        ("us", "Narnia", "US", "US"),
        ("Canada", "Québec", "US", "CA-QC"),
        ("CA", "CA", "US", "CA"),
        ("", "CA", "US", "US-CA"),
        ("", "CA", "GB", None),
        ("UK", "Kent", "US", "GB"),
        ("England", "", "US", "GB"),
        ("Deutschland", "Bayern", "US", "DE"),
        ("fr", "", "US", "FR"),
        ("Narnia", "FL", "US", None),
        ("+1", "FL", "US", None),
        ("XX", "", "US", None),
        ("", "", "US", None),
        ("", "Kent", "US", None),
        ("null", "FL", "US", "US-FL"),
    ],
)
def test_the_place_is_what_the_address_says_and_nothing_more(
    country: str, state: str, shop: str, region: str | None
) -> None:
    found = read(MAPPING, shop, Phone="+12125550142", Country=country, State=state)

    assert isinstance(found, ReadRow)
    assert found.draft.region == region


def test_a_parked_row_is_kept_as_it_stood() -> None:
    row = parked(9, "Why.", [" null ", "\x1b[31m", "a\nb"])

    assert row == ParkedRow(row=9, reason="Why.", cells=(" null ", "\x1b[31m", "a\nb"))


def test_a_huge_parked_row_is_kept_in_part() -> None:
    wide = parked(9, "Why.", ["x" * 10_000] * 10_000)
    long = parked(9, "Why.", ["Ana", "x" * 1_000_000, "z"])

    assert len(wide.cells) == MOST_COLUMNS_KEPT
    assert sum(map(len, wide.cells)) <= MOST_CHARS_KEPT
    assert (long.cells[0], long.cells[2]) == ("Ana", "z")
    assert len(long.cells[1]) == MOST_CHARS_KEPT // 3


def test_nul_and_half_surrogates_cannot_be_kept_and_all_else_can() -> None:
    assert storable("a\x00b\udfffc\U0001f337\x1b") == "abc\U0001f337\x1b"


@settings(deadline=None, max_examples=150)
@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(), max_size=30)
            | st.sampled_from([PHONE, A, B, "1.5E+10", "null"]),
            max_size=11,
        ),
        max_size=12,
    )
)
def test_as_many_rows_come_out_as_go_in_whatever_is_in_them(rows: list[list[str]]) -> None:
    numbered = [(i, cells) for i, cells in enumerate(rows, start=2)]
    out = list(read_rows(numbered, MAPPING, "US", "import:x.csv"))

    assert [row.row for row in out] == [row for row, _ in numbered]
    firsts = {r.draft.number: r.row for r in reversed(out) if isinstance(r, ReadRow)}
    for row in out:
        if isinstance(row, ReadRow):
            assert row.duplicate_of in (None, firsts[row.draft.number])
            assert (row.duplicate_of is None) == (firsts[row.draft.number] == row.row)
            assert row.draft.name == storable(row.draft.name)
        else:
            assert row.reason
