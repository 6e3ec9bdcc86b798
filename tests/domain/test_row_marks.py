"""What a row says about permission: only what the owner said it says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.consent import Act, How, Purpose
from shopbell.domain.dates import DateOrder
from shopbell.domain.import_choices import Choices, ConsentRule, StopRule
from shopbell.domain.row_marks import LONGEST_SAID, LONGEST_WORDING, Marks, RowMarks
from shopbell.domain.row_yes import RowYes
from shopbell.errors import BadInput

HEADER = ("Name", "Phone", "SMS", "Signed up", "Words", "Status")
RULE = ConsentRule(
    purpose=Purpose.MARKETING,
    topics=("offers",),
    how=How.WEB,
    column="SMS",
    date_column="Signed up",
    wording_column="Words",
    witness="Dana",
    promised_n=4,
    promised_days=30,
)


def marks(
    sms: str = "yes",
    signed: str = "2026-03-09",
    words: str = "Text me offers.",
    status: str = "",
    *,
    rule: ConsentRule | None = RULE,
    stops: StopRule | None = None,
    order: DateOrder | None = None,
) -> Marks:
    choices = Choices(consents=() if rule is None else (rule,), stops=stops)
    reader = RowMarks(HEADER, choices, order, "America/New_York")
    return reader.of(["Ana", "+12125550101", sms, signed, words, status])


def the_yes(*cells: str, rule: ConsentRule = RULE, order: DateOrder | None = None) -> RowYes:
    (yes,) = marks(*cells, rule=rule, order=order).yeses
    return yes


def test_a_yes_with_a_date_and_words_is_an_entry_for_the_ledger() -> None:
    draft = the_yes().draft("+12125550101")
    assert draft is not None
    assert (draft.act, draft.purpose, draft.topics) == (Act.GRANTED, Purpose.MARKETING, ("offers",))
    assert (draft.how, draft.wording, draft.witness) == (How.WEB, "Text me offers.", "Dana")
    assert draft.at == datetime(2026, 3, 9, 4, tzinfo=UTC)
    assert (draft.promised_n, draft.promised_days) == (4, 30)


@pytest.mark.parametrize(
    "said", ["yes", "Y", " TRUE ", "1", "x", "Subscribed", "Opted-In", "opted in", "Ja", "sí"]
)
def test_usual_words_mean_yes(said: str) -> None:
    assert the_yes(said).said == said.strip()


@pytest.mark.parametrize("said", ["no", "FALSE", "0", "", "-", "n/a", "Unsubscribed", "pending"])
def test_usual_words_mean_no_and_leave_no_trace(said: str) -> None:
    assert marks(said) == Marks()


def test_a_word_that_is_neither_is_no_yes_and_is_told() -> None:
    found = marks("perhaps")
    assert found.yeses == ()
    assert found.remarks == ('"perhaps" is neither a yes nor a no; no consent was read from it.',)


def test_the_owner_may_add_words_that_mean_yes() -> None:
    rule = ConsentRule(
        purpose=Purpose.MARKETING, how=How.WEB, column="3", yes_words=("Perhaps", "pending")
    )
    assert the_yes("perhaps", rule=rule).said == "perhaps"
    assert the_yes("Pending", rule=rule).said == "Pending"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("yes", "", "Text me."), "no date"),
        (("yes", "2026-03-09", ""), "which words"),
        (("yes", "", ""), "without a date and without the words"),
        (("yes", "last spring", "Text me."), '"last spring" is no date'),
    ],
)
def test_a_yes_without_proof_says_what_is_missing_and_is_no_entry(
    cells: tuple[str, ...], words: str
) -> None:
    yes = the_yes(*cells)
    assert words in yes.missing
    assert yes.draft("+12125550101") is None


def test_one_wording_for_all_gives_way_to_the_rows_own() -> None:
    rule = ConsentRule(
        purpose=Purpose.SERVICE, how=How.PAPER, date_column="4", wording="For all.",
        wording_column="5",
    )  # fmt: skip
    assert the_yes("", "2026-03-09", "", rule=rule).wording == "For all."
    assert the_yes("", "2026-03-09", "Mine.", rule=rule).wording == "Mine."


def test_an_evidence_file_stands_in_for_the_words() -> None:
    rule = ConsentRule(
        purpose=Purpose.SERVICE, how=How.PAPER, date_column="4",
        evidence_sha256="ab" * 32, evidence_name="sheet.pdf",
    )  # fmt: skip
    yes = the_yes("", "2026-03-09", rule=rule)
    assert (yes.missing, yes.evidence_sha256) == ("", "ab" * 32)
    assert yes.wording == 'As shown in the evidence file "sheet.pdf".'


def test_without_a_column_a_date_is_the_yes_and_without_both_every_row_is() -> None:
    dated = ConsentRule(purpose=Purpose.SERVICE, how=How.PAPER, date_column="4", wording="x")
    assert the_yes("no", "2026-03-09", rule=dated).said == "2026-03-09"
    assert marks("no", "", rule=dated) == Marks()
    every = ConsentRule(purpose=Purpose.SERVICE, how=How.PAPER, wording="x")
    assert "no date" in the_yes("no", "", rule=every).missing


def test_an_unclear_date_is_refused_for_a_consent_until_the_order_is_said() -> None:
    with pytest.raises(BadInput, match="3 September 2026 or 9 March 2026") as refused:
        marks("yes", "3/9/2026")
    assert refused.value.code == "date_order"
    assert the_yes("yes", "3/9/2026", "x", order=DateOrder.MDY).at == datetime(
        2026, 3, 9, 4, tzinfo=UTC
    )
    assert marks("no", "3/9/2026") == Marks()


def test_long_cells_are_cut() -> None:
    yes = the_yes("yes", "x" * 500, "w" * 9000)
    assert len(yes.wording) == LONGEST_WORDING
    assert len(yes.missing) < LONGEST_SAID + 100


def test_a_column_that_only_claims_a_yes_is_kept_as_claimed_without_being_asked() -> None:
    reader = RowMarks(("Phone", "Accepts SMS Marketing"), Choices(), None, "UTC")
    (yes,) = reader.of(["+12125550101", "yes"]).yeses
    assert (yes.purpose, yes.at, yes.how) == (Purpose.MARKETING, None, How.IMPORT)
    assert yes.draft("+12125550101") is None
    assert reader.of(["+12125550101", "no"]).yeses == ()


def test_a_rule_for_the_purpose_takes_the_place_of_the_mere_claim() -> None:
    rule = ConsentRule(purpose=Purpose.MARKETING, how=How.WEB, column="2", wording="x")
    header = ("Phone", "Accepts SMS Marketing")
    reader = RowMarks(header, Choices(consents=(rule,)), None, "UTC")
    (yes,) = reader.of(["+12125550101", "yes"]).yeses
    assert yes.wording == "x"


@pytest.mark.parametrize(
    ("values", "status", "stops"),
    [
        (("unsubscribed",), "Unsubscribed", True),
        (("opted out",), " OPTED \u00a0 OUT", True),
        (("unsubscribed",), "subscribed", False),
        (("unsubscribed",), "", False),
        (("0",), "0", True),
        (("none",), "None", True),
        (("*",), "2026-01-01", True),
        (("*",), "n/a", False),
        (("*",), " ", False),
    ],
)
def test_a_status_means_stop_only_where_the_owner_said_so(
    values: tuple[str, ...], status: str, stops: bool
) -> None:
    found = marks(status=status, rule=None, stops=StopRule(column="Status", values=values))
    assert (found.stop is not None) is stops


def test_a_stop_leaves_no_yes_in_its_row() -> None:
    found = marks(status="stop", stops=StopRule(column="F", values=("stop",)))
    assert found == Marks(stop="stop")


@pytest.mark.parametrize("rule", ["column", "date_column", "wording_column"])
def test_a_column_that_is_not_there_is_refused(rule: str) -> None:
    broken = ConsentRule(purpose=Purpose.SERVICE, how=How.WEB, **{rule: "Nope"})
    with pytest.raises(BadInput, match='no column "Nope"'):
        marks(rule=broken)
    with pytest.raises(BadInput, match='no column "Nope"'):
        marks(rule=None, stops=StopRule(column="Nope", values=("x",)))


def test_without_a_word_from_the_owner_a_plain_file_has_no_marks() -> None:
    assert not RowMarks(("Name", "Phone", "Status"), Choices(), None, "UTC").are_possible


@settings(deadline=None, max_examples=100)
@given(cells=st.lists(st.text(max_size=12), max_size=7))
def test_any_row_has_marks_or_asks_about_a_date(cells: list[str]) -> None:
    choices = Choices(consents=(RULE,), stops=StopRule(column="Status", values=("*",)))
    for order in DateOrder:
        found = RowMarks(HEADER, choices, order, "UTC").of(cells)
        assert not (found.stop and found.yeses)
