"""The codes on sheets and posters, read back: they open the text that is printed beside them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from paper_pages import OFFERED, Browser, a_poster, a_sheet, shop_number
from qr_reading import read_modules, read_path, read_pixels
from shopbell.domain.paper import PaperSize, poster_html, sheet_html
from shopbell.domain.paper_words import Language

LINK = "sms:+12125550100?body=JOIN"


def drawn(page: str) -> str:
    """Return what the drawing in a page says."""
    (size, path) = re.search(  # type: ignore[union-attr]
        r'<svg[^>]*viewBox="0 0 (\d+) \d+".*?<path[^>]* d="([^"]+)"', page, re.DOTALL
    ).groups()
    return read_path(path, int(size))


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), min_size=2,
                 max_size=40).map(lambda text: f"a{text}"),
    level=st.sampled_from("lmqh"),
    mask=st.integers(0, 7),
)  # fmt: skip
def test_what_reads_codes_reads_any_code(text: str, level: str, mask: int) -> None:
    code = segno.make(
        text, error=level, mask=mask, micro=False, mode="byte", boost_error=False, encoding="ascii"
    )
    assert read_modules([[bool(module) for module in row] for row in code.matrix]) == text


def test_one_wrong_module_of_the_text_reads_wrong() -> None:
    code = [[bool(module) for module in row] for row in segno.make(LINK, micro=False).matrix]
    code[-1][-3] = not code[-1][-3]
    try:
        assert read_modules(code) != LINK
    except ValueError:
        return


@pytest.mark.parametrize(
    ("raw", "country", "link"),
    [
        ("212-555-0100", "US", LINK),
        ("416-555-0142", "CA", "sms:+14165550142?body=JOIN"),
        ("07700 900123", "GB", "sms:+447700900123?body=JOIN"),
        ("01 99 00 12 34", "FR", "sms:+33199001234?body=JOIN"),
    ],
)
def test_the_drawing_opens_a_text_to_the_shop(raw: str, country: str, link: str) -> None:
    to = shop_number(raw, country)
    for page in (poster_html(a_poster(), to), sheet_html(a_sheet(to=to, topics=OFFERED))):
        assert drawn(page) == link
        assert f'aria-label="{link}"' in page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(tmp_path_factory.mktemp("browser"))


PAGES = {
    "poster.html": poster_html(a_poster(size=PaperSize.LETTER), shop_number()),
    "sheet.html": sheet_html(
        a_sheet(size=PaperSize.A4, language=Language.FRENCH, to=shop_number())
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_printed_page_opens_a_text_to_the_shop(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    page = tmp_path / name
    page.write_text(PAGES[name], encoding="utf-8")
    assert browser.print(page)
    painter = shutil.which("pdftoppm")
    assert painter, "pdftoppm is missing: apt-get install poppler-utils"
    subprocess.run(
        [painter, "-gray", "-r", "150", "-singlefile", page.with_suffix(".pdf"), tmp_path / "page"],
        check=True,
        timeout=60,
    )
    assert read_pixels((tmp_path / "page.pgm").read_bytes()) == LINK
