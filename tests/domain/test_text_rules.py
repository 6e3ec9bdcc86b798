"""The six rule files about words: complete, consistent, and every mistake in them named."""

from __future__ import annotations

import re

import pytest

from rule_files import packaged_rule_files, packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.folding import fold
from shopbell.domain.lint_rules import Check
from shopbell.domain.rulebook import parse_rules
from shopbell.domain.text_rules import TEXT_FILES, TextRules, text_rules
from shopbell.errors import BadInput

BOOK = packaged_rules()
PARTS = {f"{part}.toml": part for part in ("lint", "promotional", "smart", "stale", "templates")}
PARTS["stop.toml"] = "stops"


def read(rules: TextRules) -> None:
    for part in PARTS.values():
        getattr(rules, part)


def changed(file: str, old: str, new: str) -> dict[str, str]:
    files = packaged_rule_files()
    assert old in files[file], f"{file} has no {old!r}"
    files[file] = files[file].replace(old, new, 1)
    return files


def test_the_packaged_files_are_read_whole() -> None:
    rules = text_rules(packaged_rule_files())
    read(rules)
    assert set(PARTS) == TEXT_FILES


@pytest.mark.parametrize("file", sorted(TEXT_FILES))
def test_a_missing_file_is_named_at_once(file: str) -> None:
    files = packaged_rule_files()
    del files[file]
    with pytest.raises(BadInput, match=f"{re.escape(file)} is missing"):
        text_rules(files)
    with pytest.raises(BadInput, match=f"{re.escape(file)} is missing"):
        parse_rules(files)


def test_a_file_is_read_when_it_is_first_needed_and_only_once() -> None:
    files = changed("stale.toml", "version", "versoin")
    rules = text_rules(files)
    assert rules.lint is rules.lint
    assert rules.lint.phrases
    with pytest.raises(BadInput, match=r"stale\.toml, version is missing"):
        rules.stale  # noqa: B018 - asking for it is the test


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("lint.toml", "version =", "vresion =", "version is missing"),
        ("lint.toml", 'id = "sex"', 'id = "sex"\ncolour = 1', r"phrase\[0\].colour is not a key"),
        ("lint.toml", 'code = "FORBIDDEN_CONTENT"', 'code = "NO"', r"phrase\[0\].code cannot be"),
        ("lint.toml", 'layer = "carrier"', 'layer = "luck"', r"phrase\[0\].layer cannot be"),
        ("lint.toml", '"sex", "sexy"', '"Sex", "sexy"', r'phrase\[0\].words has "Sex"'),
        ("lint.toml", "guards = [", "guards = ['(',", r"phrase\[0\].guards has a pattern"),
        ("lint.toml", '["marketing", "service"', '["adverts", "service"', "blocks_for cannot be"),
        ("lint.toml", "[check.emoji]", "[check.smile]", "check.emoji is missing"),
        ("lint.toml", "limit = 30", 'limit = "30"', "check.capitals.limit must be"),
        ("lint.toml", "[links]", "[links]\nx = 1", "links.x is not a key"),
        ("lint.toml", "ways_to_help = [", "ways_help = [", "reserved.ways_to_help is missing"),
        ("lint.toml", 'cancel = "CHANGE"', 'cancel = ""', "reserved.instead.cancel must be text"),
        ("promotional.toml", '"sale", ', '"Sale", ', 'words has "Sale"'),
        ("promotional.toml", "guards = [", "gaurds = [", "guards is missing"),
        ("promotional.toml", "checked = 2026", "chekced = 2026", "checked is missing"),
        ("smart.toml", "[[alike]]", "[[alike]]\nx = 1", r"alike\[0\].x is not a key"),
        ("stale.toml", 'ends = "24:00"', 'ends = "25:00"', "must be a time of day"),
        ("stale.toml", 'ends = "24:00"', 'ends = "24:61"', "must be a time of day"),
        ("stale.toml", 'unit = "day"', 'unit = "hour"', r"stretch\[0\].unit cannot be"),
        ("stale.toml", 'language = "en"', 'language = "xx"', 'language "xx" without calendar'),
        ("stale.toml", '"monday", ', "", "must be a list of 7 texts"),
        ("stale.toml", "bare_hours = true", 'bare_hours = "yes"', "must be true or false"),
        ("stale.toml", 'noon = "12:00"', 'noon = "noon"', "times.noon must be a time of day"),
        ("stale.toml", "[soon]", "[soon]\nx = 1", "soon.x is not a key"),
        ("templates.toml", 'kind = "welcome"', 'kind = "hello"', r"template\[0\].kind cannot be"),
        ("templates.toml", "{shop}: you're", "{shopp}: you're", "has {shopp}"),
        ("templates.toml", "en = \"{shop}: you're unsub", "de = \"{shop}: you're", "no English"),
        ("templates.toml", 'fr = "{shop} : inscription', 'xx = "{shop} : inscription', '"xx"'),
        ("templates.toml", 'elsewhere = "stop"\n', "", "elsewhere is missing"),
        ("templates.toml", "[element.brand]", "[element.name]", "element.brand is missing"),
        ("templates.toml", 'missing = "Say whose', 'mising = "Say whose', "mising is not a key"),
        ("templates.toml", '"Sat", "Sun"]', '"Sat"]', "days must be a list of seven"),
        ("templates.toml", 'texts = ["text", "texts"]', 'texts = ["text"]', "lists of two"),
        ("templates.toml", 'kinds = ["help"]', 'kinds = ["help", "stop"]', "a second time"),
        ("templates.toml", 'kinds = ["pickup"]', "kinds = []", 'no row for "pickup"'),
        ("templates.toml", 'clock = "12"', 'clock = "13"', "language.en.clock cannot be"),
        ("templates.toml", '"offer", "shortener"]', '"offer", "brand"]', "when it is unwanted"),
        ("templates.toml", '["brand", "what"', '["offer", "what"', "when it is missing"),
        ("templates.toml", "[language.en]", "[language.en", "cannot be read: .*line"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(file: str, old: str, new: str, said: str) -> None:
    rules = text_rules(changed(file, old, new))
    with pytest.raises(BadInput, match=said) as caught:
        read(rules)
    assert file in caught.value.message
    assert caught.value.hint
    assert caught.value.code == "rules"


def test_a_row_that_looks_for_nothing_is_refused() -> None:
    files = changed("lint.toml", 'id = "hemp_goods"', 'id = "hemp_goods"\nguards = []')
    start = files["lint.toml"].index("patterns = ", files["lint.toml"].index('"hemp_goods"'))
    end = files["lint.toml"].index("\n", start)
    files["lint.toml"] = files["lint.toml"][:start] + files["lint.toml"][end:]
    with pytest.raises(BadInput, match=r"words is missing, and so is patterns"):
        read(text_rules(files))


@pytest.mark.parametrize("file", sorted(TEXT_FILES))
def test_every_change_of_a_file_changes_the_version_of_the_rules(file: str) -> None:
    assert parse_rules(changed(file, "#", "# seen,")).version != BOOK.version


@pytest.mark.parametrize("file", sorted(TEXT_FILES))
def test_every_file_says_when_it_was_checked_and_how_sure_it_is(file: str) -> None:
    rules = getattr(BOOK.texts, PARTS[file])
    assert rules.checked < rules.review_by
    assert "onfidence" in packaged_rule_files()[file]


def test_every_rule_about_words_has_a_source_or_says_that_it_is_ours() -> None:
    lint = BOOK.texts.lint
    for row in (*lint.phrases, *lint.checks.values()):
        assert row.confidence in {"V1", "V2", "U"}
        assert row.citation or row.confidence in {"U", "V2"}, row.id
        assert row.sentence.endswith("."), row.id


def test_what_stops_a_text_has_a_code_of_its_own() -> None:
    for row in BOOK.texts.lint.phrases:
        stops = bool(row.blocks_for)
        assert (row.code is Code.FORBIDDEN_CONTENT) is stops, row.id
        assert not row.blocks_for & row.warns_for or row.blocks_in, row.id
    assert BOOK.texts.lint.checks[Check.SHORTENER].code is Code.PUBLIC_SHORTENER


def test_every_purpose_is_looked_at() -> None:
    looked_at = {purpose for row in BOOK.texts.lint.phrases for purpose in row.blocks_for}
    assert looked_at == set(Purpose)


def patterns() -> list[re.Pattern[str]]:
    lint, stale = BOOK.texts.lint, BOOK.texts.stale
    found = [*lint.openings, *lint.ways_out, *BOOK.texts.promotional.found]
    for row in lint.phrases:
        found += [*row.found, *row.guards]
    for element in BOOK.texts.templates.elements.values():
        found += element.found
    return [*found, *stale.not_meant, *stale.soon, *lint.reserved.asks]


def test_patterns_are_written_for_folded_texts() -> None:
    """A capital or an accent in a pattern would never be met."""
    for pattern in patterns():
        written = re.sub(r"\\.|\(\?P<\w+>", "", pattern.pattern)
        assert fold(written).text == written, pattern.pattern[:80]


def test_patterns_have_no_repeats_without_end() -> None:
    """An unbounded repeat beside another one is what makes a search take for ever."""
    for pattern in patterns():
        bare = re.sub(r"\\[*+]|\[[^\]]*\]", "x", pattern.pattern)
        assert not re.search(r"[*+](?!\+)|\{\d+,\}", bare), pattern.pattern[:80]
