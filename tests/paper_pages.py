"""Papers for tests, and a real browser that prints them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from shopbell.domain.numbers import NumberProblem
from shopbell.domain.paper import Paper, PaperSize
from shopbell.domain.paper_words import Language, poster_wording, sheet_wording
from shopbell.domain.printed_numbers import JoinNumber, join_number
from shopbell.domain.promises import Frequency
from shopbell.domain.topics import TOPICS, Topic

OFTEN = Frequency(n=4, days=30)
OFFERED = tuple(topic for topic in TOPICS if topic.id != "orders")


def shop_number(raw: str = "212-555-0100", country: str = "US") -> JoinNumber:
    """Return where JOIN goes."""
    read = join_number(raw, country)
    assert not isinstance(read, NumberProblem), read
    return read


def a_sheet(
    shop: str = "Fern & Finch",
    *,
    topics: tuple[Topic, ...] = TOPICS,
    language: Language = Language.ENGLISH,
    size: PaperSize = PaperSize.LETTER,
    to: JoinNumber | None = None,
    country: str = "US",
    often: Frequency = OFTEN,
) -> Paper:
    """Return the paper of a sign-up sheet, its wording composed as the service does."""
    wording = sheet_wording(language, shop, country, topics, often, to)
    return _paper(shop, topics, wording, language, size, to)


def a_poster(
    shop: str = "Fern & Finch",
    *,
    topics: tuple[Topic, ...] = OFFERED,
    language: Language = Language.ENGLISH,
    size: PaperSize = PaperSize.LETTER,
) -> Paper:
    """Return the paper of a poster."""
    to = shop_number()
    wording = poster_wording(language, shop, "US", topics, OFTEN, to)
    return _paper(shop, topics, wording, language, size, to)


def _paper(
    shop: str,
    topics: tuple[Topic, ...],
    wording: str,
    language: Language,
    size: PaperSize,
    to: JoinNumber | None,
) -> Paper:
    return Paper(
        shop=shop,
        topics=topics,
        wording=wording,
        wording_id=7,
        wording_sha256=hashlib.sha256(wording.encode("utf-8", "surrogatepass")).hexdigest(),
        language=language,
        size=size,
        to=to,
    )


class Browser:
    """Headless Chromium with a profile of its own that dies with the test."""

    def __init__(self, folder: Path) -> None:
        self._program = _needed("chromium")
        self._reader = _needed("pdftotext")
        self._folder = folder

    def print(self, page: Path) -> list[str]:
        """Print an HTML file to PDF; return the text of each page."""
        pdf = page.with_suffix(".pdf")
        subprocess.run(
            [
                self._program,
                *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
                *("--no-first-run", "--disable-background-networking"),
                *("--disable-component-update", "--disable-sync", "--no-pdf-header-footer"),
                f"--user-data-dir={self._folder / 'profile'}",
                f"--print-to-pdf={pdf}",
                page.absolute().as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
            env={**os.environ, "HOME": str(self._folder)},
        )
        read = subprocess.run(
            [self._reader, "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
        )
        return read.stdout.split("\f")[:-1]


def _needed(program: str) -> str:
    found = shutil.which(program)
    assert found, f"{program} is missing: apt-get install chromium poppler-utils"
    return found
