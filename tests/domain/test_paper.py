"""Sheets and posters: boxes are empty, everything is escaped, and each prints as one page."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paper_pages import OFFERED, Browser, a_poster, a_sheet, shop_number
from shopbell.domain.paper import PaperSize, lines_on, poster_html, sheet_html, usual_size
from shopbell.domain.paper_words import Language
from shopbell.domain.topics import TOPICS, topic

HOSTILE = "</title><script>alert(1)</script>\x1b[31m\u202e\x00 & 'Co' \"x\" \ud800"


class Tags(HTMLParser):
    """Counts what a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def count(self, tag: str, kind: str | None = None) -> int:
        return sum(
            name == tag and (kind is None or kind in (attrs.get("class") or "").split())
            for name, attrs in self.seen
        )


@pytest.mark.parametrize("topics", [TOPICS, OFFERED, (topic("offers"),)], ids=len)
def test_every_line_has_one_empty_box_per_topic(topics: tuple[object, ...]) -> None:
    paper = a_sheet(topics=topics)  # type: ignore[arg-type]
    tags = Tags(sheet_html(paper))
    assert tags.count("span", "box") == lines_on(paper) * len(topics)
    assert tags.count("tr") == lines_on(paper) + 1
    assert not {"input", "script", "link", "img", "iframe"} & {name for name, _ in tags.seen}
    assert "checked" not in sheet_html(paper)


def test_the_corner_names_the_wording_and_its_fingerprint() -> None:
    paper = a_sheet()
    assert f"<footer>Wording 7 · {paper.wording_sha256[:8]}</footer>" in sheet_html(paper)
    assert f"Wording 7 · {a_poster().wording_sha256[:8]}" in poster_html(a_poster(), shop_number())


@pytest.mark.parametrize("language", Language)
def test_the_words_are_printed_exactly_as_they_are_stored(language: Language) -> None:
    sheet, poster = a_sheet(language=language, to=shop_number()), a_poster(language=language)
    assert sheet.wording in Tags(sheet_html(sheet)).words
    assert poster.wording in Tags(poster_html(poster, shop_number())).words
    assert f'<html lang="{language}">' in sheet_html(sheet)


@pytest.mark.parametrize(
    ("size", "rule"), [(PaperSize.A4, "size: A4 portrait"), (PaperSize.LETTER, "size: letter port")]
)
def test_the_page_is_as_large_as_the_paper(size: PaperSize, rule: str) -> None:
    assert rule in sheet_html(a_sheet(size=size))
    assert rule in poster_html(a_poster(size=size), shop_number())


@pytest.mark.parametrize(
    ("country", "size"),
    [("US", PaperSize.LETTER), ("CA", PaperSize.LETTER), ("GB", PaperSize.A4), ("", PaperSize.A4)],
)
def test_a_country_has_its_usual_paper(country: str, size: PaperSize) -> None:
    assert usual_size(country) is size


def test_the_code_holds_the_link_that_is_also_said_for_the_blind() -> None:
    """The same drawing comes from the same link; another link draws another."""
    here, there = shop_number(), shop_number("212-555-0199")
    page = poster_html(a_poster(), here)
    assert 'aria-label="sms:+12125550100?body=JOIN"' in page
    drawn = [
        re.findall(r'<path[^>]* d="([^"]+)"', poster_html(a_poster(), to)) for to in (here, there)
    ]
    assert drawn[0]
    assert drawn[0] != drawn[1]


def test_a_sheet_without_a_number_has_no_code() -> None:
    assert "<svg" not in sheet_html(a_sheet(to=None))
    assert "<svg" in sheet_html(a_sheet(to=shop_number()))


def test_a_hostile_shop_name_is_shown_and_does_nothing() -> None:
    for page in (sheet_html(a_sheet(HOSTILE)), poster_html(a_poster(HOSTILE), shop_number())):
        tags = Tags(page)
        assert tags.count("script") == 0
        assert "alert(1)" in tags.words
        assert not re.search("[\x00\x1b\u202e\ud800]", page)
        page.encode()
        assert "default-src 'none'" in page


@given(shop=st.text(min_size=1, max_size=60))
def test_no_name_opens_a_tag(shop: str) -> None:
    plain, named = Tags(sheet_html(a_sheet("x"))), Tags(sheet_html(a_sheet(shop)))
    assert {name for name, _ in named.seen} == {name for name, _ in plain.seen}


@given(shop=st.text(min_size=1, max_size=60), size=st.sampled_from(PaperSize))
def test_there_is_always_room_for_somebody(shop: str, size: PaperSize) -> None:
    assert 1 <= lines_on(a_sheet(shop, size=size, to=shop_number())) <= 16


LONG_NAMES = {
    "short": "Bo's",
    "usual": "Fern & Finch",
    "one long word": "W" * 60,
    "wide letters": "花" * 60,
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(tmp_path_factory.mktemp("browser"))


@pytest.mark.parametrize(
    ("name", "size", "language"),
    [
        ("usual", PaperSize.LETTER, Language.ENGLISH),
        ("usual", PaperSize.A4, Language.FRENCH),
        ("one long word", PaperSize.LETTER, Language.SPANISH),
        ("wide letters", PaperSize.LETTER, Language.GERMAN),
    ],
)
def test_a_browser_prints_each_on_one_page_with_all_its_words(
    browser: Browser, tmp_path: Path, name: str, size: PaperSize, language: Language
) -> None:
    shop = LONG_NAMES[name]
    sheet = a_sheet(shop, size=size, language=language, to=shop_number())
    poster = a_poster(shop, size=size, language=language)
    for kind, page, wording in (
        ("sheet", sheet_html(sheet), sheet.wording),
        ("poster", poster_html(poster, shop_number()), poster.wording),
    ):
        file = tmp_path / f"{kind}.html"
        file.write_text(page, encoding="utf-8")
        printed = browser.print(file)
        assert len(printed) == 1, kind
        text = "".join(printed[0].split())
        assert sheet.wording_sha256[:8] in text or poster.wording_sha256[:8] in text
        for word in wording.replace(shop, "").split():
            assert word in text, (kind, word)
        assert escape(shop) == shop or "Fern&Finch" in text
