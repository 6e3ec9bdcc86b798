from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from rule_files import packaged_rule_files, packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.policy import Cap, FooterWhen, Need
from shopbell.domain.rulebook import parse_rules
from shopbell.domain.weeks import week_text
from shopbell.errors import BadInput

TODAY = date(2026, 11, 24)


def changed(file: str, old: str, new: str) -> dict[str, str]:
    files = packaged_rule_files()
    assert old in files[file], f"{old!r} is not in {file} any more"
    return files | {file: files[file].replace(old, new, 1)}


def test_the_packaged_federal_row_says_what_the_law_says() -> None:
    (row,) = packaged_rules().rows_for("US", TODAY)
    assert row.hours is not None
    assert week_text(row.hours.week) == "mon-sun 08:00-21:00"
    assert row.hours.applies_to == (Purpose.MARKETING,)
    assert row.hours.citation.startswith("47 CFR 64.1200(c)(1)")
    consent = row.consent_for(Purpose.MARKETING)
    assert consent is not None
    assert consent.kind == "prior express written consent"
    assert row.consent_for(Purpose.SAFETY) is None
    assert (row.confidence, row.review_by) == ("V2", date(2027, 1, 31))


def test_the_packaged_policy_is_the_default_of_the_house() -> None:
    policy = packaged_rules().policy
    assert week_text(policy.hours) == "mon-fri 10:00-18:00; sat 10:00-17:00"
    marketing, service = policy.purposes[Purpose.MARKETING], policy.purposes[Purpose.SERVICE]
    assert marketing.caps == (Cap(n=1, per=timedelta(days=7)), Cap(n=4, per=timedelta(days=30)))
    assert service.caps == (Cap(n=3, per=timedelta(days=7)),)
    assert (marketing.footer, service.footer) == (FooterWhen.ALWAYS, FooterWhen.FIRST_AND_MONTHLY)
    assert policy.purposes[Purpose.CONVERSATION].need is Need.RECENT_INBOUND
    assert policy.deliver_margin == timedelta(minutes=10)


@pytest.mark.parametrize("place", ["US", "PR", "VI", "GU", "AS", "MP", "US-FL"])
def test_the_federal_row_covers_the_states_and_territories(place: str) -> None:
    assert [row.id for row in packaged_rules().rows_for(place, TODAY)] == ["US"]


@pytest.mark.parametrize("place", ["GB", "FR", "ZZ", "", "-FL", "us"])
def test_a_place_without_a_row_has_none(place: str) -> None:
    assert packaged_rules().rows_for(place, TODAY) == ()


FLORIDA = (
    packaged_rule_files()["US.toml"]
    .replace('id = "US"', 'id = "US-FL"\neffective_from = 2026-07-01\neffective_to = 2027-07-01')
    .replace('covers = ["US", "PR", "VI", "GU", "AS", "MP"]', 'covers = ["US-FL"]')
)


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        (date(2026, 6, 30), ["US"]),
        (date(2026, 7, 1), ["US", "US-FL"]),
        (date(2027, 6, 30), ["US", "US-FL"]),
        (date(2027, 7, 1), ["US"]),
    ],
)
def test_a_states_row_comes_after_its_countrys_while_it_is_in_force(
    day: date, rows: list[str]
) -> None:
    book = parse_rules(packaged_rule_files() | {"US-FL.toml": FLORIDA})
    assert [row.id for row in book.rows_for("US-FL", day)] == rows
    assert [row.id for row in book.rows_for("US-GA", day)] == ["US"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("US.toml", 'name = "', 'nmae = "', "US.toml, name is missing"),
        ("US.toml", "[stop]", "colour = 1\n[stop]", r"consent\[1\].colour is not a key"),
        ("US.toml", 'id = "US"', 'id = "UK"', 'US.toml, id says "UK"'),
        ("US.toml", 'id = "US"', "id = 7", "US.toml, id must be text"),
        ("US.toml", 'mon = "08:00-21:00"', 'mon = "8-21"', "US.toml, hours.mon is wrong"),
        ("US.toml", 'mon = "08:00-21:00"', "", "US.toml, hours.mon is missing"),
        ("US.toml", 'tue = "08:00-21:00"', 'tues = "none"', "US.toml, hours.tue is missing"),
        ("US.toml", '["marketing"]', '["adverts"]', r"hours.applies_to cannot be \"adverts\""),
        ("US.toml", "2027-01-31", '"soon"', "US.toml, review_by must be a date"),
        ("US.toml", "2027-01-31", "2027-01-31T10:00:00", "US.toml, review_by must be a date"),
        ("US.toml", 'covers = ["US"', 'covers = [1, "US"', "US.toml, covers must be a list"),
        ("US.toml", "[hours]", "[hours", "US.toml cannot be read: .*line"),
        (
            "US.toml",
            "review_by",
            "effective_from = 2027-01-01\neffective_to = 2026-01-01\nreview_by",
            "effective_to must be after effective_from",
        ),
        ("policy.toml", "most_parts = 4", "most_parts = 0", "most_parts must be a whole number"),
        ("policy.toml", "most_parts = 4", "most_parts = true", "most_parts must be a whole number"),
        ("policy.toml", 'id = "safety"', 'id = "marketing"', 'says "marketing" a second time'),
        ("policy.toml", 'id = "safety"', 'id = "fun"', r"purpose\[4\].id cannot be \"fun\""),
        ("policy.toml", "n = 1,", "n = 0,", r"purpose\[0\].caps\[0\].n must be"),
        ("policy.toml", "quiet_hours = true", 'quiet_hours = "yes"', "must be true or false"),
        ("policy.toml", 'US = " STOP', 'US = "STOP', "footer.US must begin with a blank"),
        ("policy.toml", 'US = " STOP to end"', 'US = " Bye"', "footer.US is not matched"),
        ("policy.toml", "caps = []", "caps = 3", "caps must be a list of tables"),
        ("policy.toml", "caps = []", "caps = [3]", r"caps\[0\] must be a table"),
        ("stop.toml", "guards = [", "guards = ['(',", "patterns.guards has a pattern"),
        ("stop.toml", '"stop", "stopall"', '"Stop", "stopall"', 'stop has "Stop"'),
        ("stop.toml", "[exact]", "[exactly]", "stop.toml, exact is missing"),
        ("stop.toml", "fuzzy_least_length = 8", "fuzzy_least_length = 2", "at least 5"),
    ],
)
def test_a_mistake_in_a_rule_file_is_named_with_file_and_key(
    file: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        parse_rules(changed(file, old, new))
    assert file in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("file", ["policy.toml", "stop.toml"])
def test_a_missing_file_is_named(file: str) -> None:
    files = packaged_rule_files()
    del files[file]
    with pytest.raises(BadInput, match=f"{file} is missing"):
        parse_rules(files)


def test_a_purpose_without_a_row_is_refused() -> None:
    files = packaged_rule_files()
    cut = files["policy.toml"].index('[[purpose]]\nid = "safety"')
    end = files["policy.toml"].index("# The way out")
    files["policy.toml"] = files["policy.toml"][:cut] + files["policy.toml"][end:]
    with pytest.raises(BadInput, match='no row for "safety"'):
        parse_rules(files)


def test_the_version_changes_with_every_file() -> None:
    versions = {parse_rules(packaged_rule_files()).version}
    for file in packaged_rule_files():
        versions.add(parse_rules(changed(file, "#", "# seen,")).version)
    assert len(versions) == 1 + len(packaged_rule_files())
    assert all(re.fullmatch(r"2026-11-21\+[0-9a-f]{8}", version) for version in versions)


def test_a_shop_can_be_run_without_any_row_of_law() -> None:
    files = packaged_rule_files()
    del files["US.toml"]
    assert parse_rules(files).rows_for("US", TODAY) == ()
