"""Every mistake in a rule file is named with its file and key, and nothing is sent under it."""

from __future__ import annotations

import re

import pytest

from rule_files import packaged_rule_files
from shopbell.domain.rulebook import parse_rules
from shopbell.errors import BadInput


def changed(file: str, old: str, new: str) -> dict[str, str]:
    files = packaged_rule_files()
    assert old in files[file], f"{old!r} is not in {file} any more"
    return files | {file: files[file].replace(old, new, 1)}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("US.toml", 'name = "', 'nmae = "', "US.toml, name is missing"),
        ("US.toml", "[stop]", "colour = 1\n[stop]", r"consent\[1\].colour is not a key"),
        ("US.toml", 'id = "US"', 'id = "UK"', 'US.toml, id says "UK"'),
        ("US.toml", 'id = "US"', "id = 7", "US.toml, id must be text"),
        ("US.toml", '"mon-sun 08', '"mon-sun 8h', r"hours\[0\].week is wrong: .*cannot be read"),
        ("US.toml", 'week = "mon', 'weak = "mon', r"US.toml, hours\[0\].week is missing"),
        ("US.toml", '["marketing"]', '["adverts"]', r"hours\[0\].applies_to cannot be \"adverts\""),
        ("US.toml", 'layer = "law"', 'layer = "habit"', r"hours\[0\].layer cannot be \"habit\""),
        ("US.toml", 'cite = "47 CFR 64.1200(c)', 'site = "', r"hours\[0\].cite is missing"),
        (
            "US.toml",
            'accepts = ["express"]',
            'accepts = ["yes"]',
            'cannot be "yes": choose',
        ),
        ("US.toml", 'purpose = "service"', 'purpose = "marketing"', "says the same purpose twice"),
        ("US.toml", 'confidence = "V2"', 'confidence = "V3"', 'confidence cannot be "V3"'),
        ("US.toml", "review_by = 2027-01-31", "review_by = 2026-01-31", "must be after checked"),
        ("US.toml", 'id = "US"', 'id = "US"\nextends = "XX"', "extends must name a file"),
        ("FR.toml", 'extends = "EU"', 'extends = "DE"', "extends no other"),
        ("CA.toml", "inquiry = 6", "inquest = 6", r"consent\[0\].months.inquest is not a key"),
        ("IE.toml", "purchase = 12", "inquiry = 12", 'limits "inquiry", which it does not accept'),
        (
            "ZA.toml",
            "[holidays]",
            "[holidays]\nextra = { x = '31-12' }",
            "extra.x is no day",
        ),
        ("US-states.toml", "mon-sat 08:00-20:00", "mon-sat 20:00", r"state\[AL\].hours is wrong"),
        ("US-states.toml", '"4th Mon Apr"', '"5th Mon Apr"', r"state\[AL\].holidays.Confederate"),
        ("US-states.toml", 'lift = "no"', 'lift = "never"', r"state\[LA\].lift cannot be"),
        ("US-states.toml", 'name = "Kentucky"', "", r"state\[KY\].name is missing"),
        (
            "US-states.toml",
            "n = 3, per_hours",
            "n = 3, per_days",
            "cap.per_hours is missing",
        ),
        ("US-states.toml", '"AL", "LA"', '"AK", "LA"', "unknown.holidays_of names a state"),
        (
            "US-states.toml",
            "effective_to = 2026-10-18",
            "",
            "two rows for US-PA in force",
        ),
        ("US-states.toml", 'AK = "Alaska"', "AK = 907", "federal_only.states.AK must be text"),
        ("area_codes.toml", 'AK = "907"', 'AK = "90"', 'US.AK has "90", which is no area'),
        ("part_zones.toml", "Australia/Darwin", "Australia/Darwen", 'AU.NT has "Australia/Darwen"'),
        ("carriers.toml", 'id = "ctia"', 'id = "10dlc"', "carrier says the same id twice"),
        ("carriers.toml", "[[carrier.rule]]", "[[carrier.rules]]", r"rules is not a key"),
        ("US.toml", "2027-01-31", '"soon"', "US.toml, review_by must be a date"),
        ("US.toml", "2027-01-31", "2027-01-31T10:00:00", "US.toml, review_by must be a date"),
        ("US.toml", 'covers = ["US"', 'covers = [1, "US"', "US.toml, covers must be a list"),
        ("US.toml", "[stop]", "[stop", "US.toml cannot be read: .*line"),
        (
            "US.toml",
            "review_by",
            "effective_from = 2027-01-01\neffective_to = 2026-01-01\nreview_by",
            "effective_to must be after effective_from",
        ),
        ("policy.toml", "texts = 4", "texts = 0", "texts must be a whole number"),
        ("policy.toml", "texts = 4", "texts = 4\nletters = 4", "letters"),
        ("policy.toml", "most_parts = 4", "most_parts = 0", "most_parts must be a whole number"),
        ("policy.toml", "most_parts = 4", "most_parts = true", "most_parts must be a whole number"),
        ("policy.toml", 'id = "safety"', 'id = "marketing"', 'says "marketing" a second time'),
        ("policy.toml", 'id = "safety"', 'id = "fun"', r"purpose\[4\].id cannot be \"fun\""),
        ("policy.toml", "n = 1,", "n = 0,", r"purpose\[0\].caps\[0\].n must be"),
        ("policy.toml", "quiet_hours = true", 'quiet_hours = "yes"', "must be true or false"),
        ("policy.toml", '"mon-fri 10', '"mon-fro 10', "policy.toml, hours is wrong"),
        ("policy.toml", 'US = " STOP', 'US = "STOP', "footer.place.US must begin with a blank"),
        ("policy.toml", 'US = " STOP to end"', 'US = " Bye"', "footer.place.US is not matched"),
        ("policy.toml", "{contact}]", "{phone}]", "footer.place.CA may hold {contact} or"),
        ("policy.toml", "{contact}]", "contact]", "footer.place.CA must hold {contact} or"),
        (
            "policy.toml",
            "[ {contact}]",
            "[ {contact}",
            "place.CA must begin with a blank and",
        ),
        ("policy.toml", "caps = []", "caps = 3", "caps must be a list of tables"),
        ("policy.toml", "caps = []", "caps = [3]", r"caps\[0\] must be a table"),
    ],
)
def test_a_mistake_in_a_rule_file_is_named_with_file_and_key(
    file: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        parse_rules(changed(file, old, new))
    assert file in caught.value.message or "two rows" in said
    assert caught.value.hint


@pytest.mark.parametrize(
    "file", ["policy.toml", "stop.toml", "area_codes.toml", "part_zones.toml", "carriers.toml"]
)
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
