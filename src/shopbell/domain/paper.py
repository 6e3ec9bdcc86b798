"""Sign-up sheets and counter posters as HTML pages to print. Must not write files or choose words.

Each page holds everything it shows: no script, no font, no picture is fetched, and a policy in its
head forbids it. Boxes are empty frames, not inputs: nothing on paper can come ticked.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from shopbell.domain.paper_words import JOIN, Language, topic_words, words_in
from shopbell.domain.printed_numbers import JoinNumber, sms_link
from shopbell.domain.showing import shown
from shopbell.domain.topics import Topic


class PaperSize(StrEnum):
    """What is in the printer."""

    A4 = "a4"
    LETTER = "letter"


_CSS_NAME = {PaperSize.A4: "A4", PaperSize.LETTER: "letter"}
_HEIGHT_MM = {PaperSize.A4: 297.0, PaperSize.LETTER: 279.4}
_WIDTH_MM = {PaperSize.A4: 210.0, PaperSize.LETTER: 215.9}
_LETTER_COUNTRIES = frozenset(
    {"US", "CA", "MX", "PH", "CL", "CO", "CR", "DO", "GT", "PA", "PR", "SV", "VE"}
)

_MARGIN_MM = 12.0
_LINE_MM = 13.0
"""Height of one person's line: room to sign."""
_SPARE_MM = 6.0
_MOST_LINES = 16
_MOST_NAME_ROWS = 2
"""A name that takes more rows of a poster is printed smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything that is on a page. `wording` is printed exactly as it is stored."""

    shop: str
    topics: tuple[Topic, ...]
    wording: str
    wording_id: int
    wording_sha256: str
    language: Language
    size: PaperSize
    to: JoinNumber | None
    """Where JOIN goes; a poster needs it."""
    join: str = JOIN
    """The word to text there."""


def usual_size(country: str) -> PaperSize:
    """Return the paper in the printers of a country (ISO alpha-2)."""
    return PaperSize.LETTER if country in _LETTER_COUNTRIES else PaperSize.A4


def sheet_html(paper: Paper) -> str:
    """Return the sign-up sheet: the words, then one line per person with a box per topic."""
    words = words_in(paper.language)
    date, name, number, signature, staff = words.columns
    heads = [(date, "w16"), (name, ""), (number, "w36")]
    heads += [(topic_words(words, topic)[0], "tick") for topic in paper.topics]
    heads += [(signature, "w32"), (staff, "w16")]
    head = "".join(f'<th class="{kind}">{_safe(text)}</th>' for text, kind in heads)
    boxes = '<td class="tick"><span class="box"></span></td>' * len(paper.topics)
    line = f"<tr><td></td><td></td><td></td>{boxes}<td></td><td></td></tr>"
    qr = "" if paper.to is None else f'<div class="qr small">{_qr(paper.to, paper.join)}</div>'
    body = (
        f'<header><div><h1 dir="auto">{_safe(words.title.format(shop=paper.shop))}</h1>'
        f'<p class="wording" dir="auto">{_safe(paper.wording)}</p>'
        f'<p class="how">{_safe(words.instruction)}</p></div>{qr}</header>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{line * lines_on(paper)}</tbody></table>"
    )
    return _page(paper, words.title.format(shop=paper.shop), body, "sheet")


def poster_html(paper: Paper, to: JoinNumber) -> str:
    """Return the counter poster: what to text, where to, a code for the camera, and the words."""
    words = words_in(paper.language)
    body = (
        f'<h1 dir="auto">{_safe(paper.shop)}</h1>'
        f'<p class="headline">{_safe(words.headline)}</p>'
        f'<div class="qr large">{_qr(to, paper.join)}</div>'
        f'<p class="how">{_safe(words.camera)}</p>'
        f'<p class="join">{_safe(words.text_us.format(join=paper.join))}</p>'
        f'<p class="number">{_safe(to.printed)}</p>'
        f'<p class="wording" dir="auto">{_safe(paper.wording)}</p>'
    )
    many = _rows(paper.shop, _WIDTH_MM[paper.size] - 2 * _MARGIN_MM, 8.6) > _MOST_NAME_ROWS
    kind = "poster long" if many else "poster"
    return _page(paper, words.title.format(shop=paper.shop), body, kind)


def lines_on(paper: Paper) -> int:
    """Return how many people fit below the words, so that the sheet stays one page."""
    beside = 0 if paper.to is None else 38.0
    width = _WIDTH_MM[paper.size] - 2 * _MARGIN_MM - beside
    title = words_in(paper.language).title.format(shop=paper.shop)
    head = _rows(title, width, 4.9) * 9.5 + _rows(paper.wording, width, 2.35) * 5.6 + 26.0
    left = _HEIGHT_MM[paper.size] - 2 * _MARGIN_MM - _SPARE_MM - max(head, beside + 23.0)
    return max(1, min(_MOST_LINES, int(left // _LINE_MM)))


def _rows(text: str, width_mm: float, letter_mm: float) -> int:
    """Return how many rows a text takes at most; East Asian letters are twice as wide."""
    wide = sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
    return -int(-wide * letter_mm // width_mm)


def _safe(text: str) -> str:
    return escape(shown(text, one_line=True))


def _qr(to: JoinNumber, join: str) -> str:
    import segno

    link = sms_link(to, join)
    # A quarter of the code may be dirty or torn and it still reads.
    code = segno.make(link, error="q", micro=False).svg_inline(
        omitsize=True, border=4, svgclass=None, lineclass=None
    )
    return f'<div role="img" aria-label="{escape(link)}">{code}</div>'


def _page(paper: Paper, title: str, body: str, kind: str) -> str:
    label = words_in(paper.language).wording.format(id=paper.wording_id)
    corner = f"{label} · {paper.wording_sha256[:8]}"
    return (
        f'<!DOCTYPE html>\n<html lang="{paper.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{_safe(title)}</title>\n<style>\n"
        f"@page {{ size: {_CSS_NAME[paper.size]} portrait; margin: {_MARGIN_MM:g}mm; }}\n"
        f"{_STYLE}</style>\n</head>\n"
        f'<body class="{kind}">\n{body}\n<footer>{_safe(corner)}</footer>\n</body>\n</html>\n'
    )


_STYLE = """\
* { box-sizing: border-box; }
body { margin: 0; color: #000; background: #fff; overflow-wrap: anywhere;
  font: 11pt/5.4mm "Noto Sans", "DejaVu Sans", Arial, Helvetica, sans-serif; }
h1 { margin: 0 0 2mm; font-size: 20pt; line-height: 9mm; }
p { margin: 0 0 2mm; }
.how { font-weight: bold; }
footer { position: fixed; right: 0; bottom: 0; font-size: 8pt; line-height: 4mm; }
.qr svg { display: block; width: 100%; height: auto; }
.sheet header { display: flex; gap: 4mm; align-items: flex-start; margin-bottom: 3mm; }
.sheet header > div:first-child { flex: 1; min-width: 0; }
.qr.small { width: 34mm; flex: none; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { font-size: 8pt; line-height: 3.6mm; text-align: left; vertical-align: bottom;
  padding: 0.6mm; }
td { height: 13mm; border: 0.2mm solid #000; }
.w16 { width: 16mm; } .w32 { width: 32mm; } .w36 { width: 36mm; }
.tick { width: 20mm; text-align: center; }
th.tick { font-size: 7pt; }
.box { display: inline-block; width: 6mm; height: 6mm; border: 0.4mm solid #000;
  vertical-align: middle; }
.poster { text-align: center; }
.poster h1 { margin-top: 6mm; font-size: 34pt; line-height: 14mm; }
.headline { font-size: 22pt; line-height: 10mm; }
.qr.large { width: 108mm; margin: 0 auto; }
.join { font-size: 26pt; line-height: 11mm; margin-top: 5mm; }
.number { font-size: 40pt; line-height: 16mm; font-weight: bold; }
.poster .how { font-size: 14pt; }
.poster .wording { font-size: 13pt; line-height: 6.4mm; text-align: left; margin: 7mm 8mm 0; }
.long h1 { font-size: 20pt; line-height: 9mm; }
.long .qr.large { width: 84mm; }
@media screen { body { max-width: 210mm; margin: 8mm auto; padding: 0 4mm; } }
"""
