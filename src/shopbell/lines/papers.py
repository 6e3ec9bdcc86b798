"""Pages to print: the sign-up sheet and the counter poster. Must not record a yes by them."""

from __future__ import annotations

from pathlib import Path

from shopbell.domain.consent import Purpose
from shopbell.domain.paper import PaperSize
from shopbell.domain.paper_words import Language
from shopbell.lines.consent import ask_topics
from shopbell.lines.files import write_file
from shopbell.lines.rows import frequency_typed
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit
from shopbell.services.papers import Printed

_LANGUAGES = (
    ("English", Language.ENGLISH),
    ("Spanish", Language.SPANISH),
    ("French", Language.FRENCH),
    ("German", Language.GERMAN),
)
_SIZES = (
    ("The usual size of your country", None),
    ("A4", PaperSize.A4),
    ("Letter", PaperSize.LETTER),
)
_USUAL = "as the topics promise"


async def print_paper(talk: Talk, visit: Visit, *, poster: bool) -> None:
    """Ask what a page offers and in which words, then write it to a file the owner names."""
    offered = await visit.shop.topics.offered()
    if poster:
        offered = tuple(one for one in offered if one.purpose is Purpose.MARKETING) or offered
    topics = await ask_topics(talk, offered, "What does it offer?")
    if not topics:
        return
    language = await talk.choose("Words in?", [words for words, _ in _LANGUAGES])
    size = None if language is None else await talk.choose("Paper?", [w for w, _ in _SIZES])
    if language is None or size is None:
        return
    number = await _number(talk, visit, poster=poster)
    if number is None:
        return
    typed = await talk.line("At most how many offers in how many days? Like 4/30.", usual=_USUAL)
    if not typed:
        return
    often = None if typed == _USUAL else frequency_typed(typed)
    papers = visit.shop.papers
    write = papers.poster if poster else papers.sheet

    async def written(out: Path, replace: bool) -> Printed:
        return await write(
            out,
            topics=[one.id for one in topics],
            often=often,
            language=_LANGUAGES[language][1],
            size=_SIZES[size][1],
            number=number or None,
            replace=replace,
        )

    printed = await write_file(talk, "Into which file? Its name ends in .html.", written)
    if printed is not None:
        _say(talk, printed, poster=poster)


async def _number(talk: Talk, visit: Visit, *, poster: bool) -> str | None:
    """Return where a texted word arrives, "" for nowhere, None to go back."""
    question = "The number your gateway receives texts on."
    if visit.shop.profile.phone:
        return await talk.line(question, usual=visit.shop.profile.phone) or None
    if poster:  # its code opens a text, so that it needs one
        return await talk.line(question) or None
    return await talk.optional(f"{question} Without one, people only tick and sign.")


def _say(talk: Talk, printed: Printed, *, poster: bool) -> None:
    paper = printed.paper
    talk.say("Open it in a browser and print it. Its words:", f"  {paper.wording}")
    if poster:
        talk.say(f"Whoever texts {paper.join} says yes to these words.")
    else:
        talk.say(
            f"The number at its foot is {paper.wording_id}. When somebody has signed: People, "
            "“Somebody at the counter says yes”, on paper, and that number."
        )
