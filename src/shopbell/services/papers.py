"""Sign-up sheets and counter posters of one shop. Must not record a yes: a person signs first."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shopbell.domain.consent import Purpose
from shopbell.domain.joining import Poster, word_of
from shopbell.domain.numbers import NumberProblem
from shopbell.domain.paper import Paper, PaperSize, poster_html, sheet_html, usual_size
from shopbell.domain.paper_words import Language, poster_wording, sheet_wording
from shopbell.domain.printed_numbers import JoinNumber, join_number
from shopbell.domain.promises import Frequency
from shopbell.domain.showing import shown
from shopbell.domain.topics import Topic
from shopbell.errors import BadInput
from shopbell.services.desk import Desk
from shopbell.services.private_file import refuse_taken, write_private
from shopbell.services.topics import TopicBook
from shopbell.store import consents, posters

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A page that was written; its wording is stored and can be referred to."""

    file: Path
    paper: Paper
    often: Frequency | None
    """What it promises for marketing; None = each topic its own."""


class Papers:
    """What one shop prints."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._topics = TopicBook(desk)

    async def sheet(
        self,
        out: Path,
        *,
        topics: Sequence[str] = (),
        often: Frequency | None = None,
        language: Language = Language.ENGLISH,
        size: PaperSize | None = None,
        number: str | None = None,
        replace: bool = False,
    ) -> Printed:
        """Write a sign-up sheet to `out` and keep its wording.

        Args:
            out: an HTML file; it is never replaced unless `replace`.
            topics: ids, one box each; all if none is given.
            often: what the sheet promises for marketing; None = what each topic promises.
            language: of everything printed.
            size: of the paper; None = what the shop's country uses.
            number: where a text "JOIN" arrives; None = the shop's own phone, if it has one.
            replace: write over a file that is there.

        Raises:
            BadInput: a topic, the number or the place cannot be used; nothing was written.
            DiskTrouble: the file could not be written.
        """
        profile = self._desk.profile
        chosen = await self._topics.chosen(topics) or _some(await self._topics.offered())
        to = self._number(number)
        offers = tuple(topic for topic in chosen if topic.purpose is Purpose.MARKETING)
        join = word_of(offers)
        wording = sheet_wording(
            language, self._shop_name(), profile.country, chosen, often, to, join
        )
        if not offers:
            to = None  # a texted JOIN is a yes to marketing topics; this sheet has none
        paper = await self._paper(out, chosen, wording, language, size, to, join, replace=replace)
        if to is not None:
            await self._keep(offers, paper, often)
        return await self._written(out, paper, sheet_html(paper), often, replace=replace)

    async def poster(
        self,
        out: Path,
        *,
        topics: Sequence[str] = (),
        often: Frequency | None = None,
        language: Language = Language.ENGLISH,
        size: PaperSize | None = None,
        number: str | None = None,
        replace: bool = False,
    ) -> Printed:
        """Write a counter poster to `out` and keep its wording; arguments as for `sheet`.

        Without `topics` it is for every marketing topic. One texted word is one yes, so the topics
        must be of one purpose.

        Raises:
            BadInput: as for `sheet`; or topics of two purposes; or no number to text to.
            DiskTrouble: the file could not be written.
        """
        profile = self._desk.profile
        chosen = await self._topics.chosen(topics) or await self._marketing()
        if len({topic.purpose for topic in chosen}) > 1:
            raise BadInput(
                "One texted word cannot say yes to marketing and to order news at once.",
                "Make a poster for each: --topic offers --topic events, or --topic orders.",
                code="mixed_topics",
            )
        to = self._number(number)
        if to is None:
            raise BadInput(
                "The shop has no number that customers could text.",
                "Give the number your gateway receives texts on with --number.",
                code="no_number",
            )
        join = word_of(chosen)
        wording = poster_wording(
            language, self._shop_name(), profile.country, chosen, often, to, join
        )
        paper = await self._paper(out, chosen, wording, language, size, to, join, replace=replace)
        await self._keep(chosen, paper, often)
        return await self._written(out, paper, poster_html(paper, to), often, replace=replace)

    async def _paper(
        self,
        out: Path,
        topics: tuple[Topic, ...],
        wording: str,
        language: Language,
        size: PaperSize | None,
        to: JoinNumber | None,
        join: str,
        *,
        replace: bool,
    ) -> Paper:
        await asyncio.to_thread(refuse_taken, out, shop_file=self._desk.path, replace=replace)
        return Paper(
            shop=self._shop_name(),
            topics=topics,
            wording=wording,
            wording_id=await self._desk.store.write(consents.keep_wording, wording),
            wording_sha256=hashlib.sha256(wording.encode()).hexdigest(),
            language=language,
            size=size or usual_size(self._desk.profile.country),
            to=to,
            join=join,
        )

    async def _keep(self, topics: tuple[Topic, ...], paper: Paper, often: Frequency | None) -> None:
        """Note what the word on a page says yes to, for whoever texts it."""
        poster = Poster(
            keyword=paper.join,
            wording=paper.wording,
            purpose=topics[0].purpose,
            topics=tuple(topic.id for topic in topics),
            often=often,
            printed_at=self._desk.clock.now(),
        )
        await self._desk.store.write(posters.keep, poster)

    async def _written(
        self, out: Path, paper: Paper, html: str, often: Frequency | None, *, replace: bool
    ) -> Printed:
        await asyncio.to_thread(
            write_private, out, html.encode(), shop_file=self._desk.path, replace=replace
        )
        return Printed(file=out, paper=paper, often=often)

    async def _marketing(self) -> tuple[Topic, ...]:
        offered = await self._topics.offered()
        return _some(tuple(topic for topic in offered if topic.purpose is Purpose.MARKETING))

    def _shop_name(self) -> str:
        name = shown(self._desk.profile.name, one_line=True)
        if len(name) > _LONGEST_NAME:
            raise BadInput(
                "The shop's name is too long to print.",
                f"Shorten it to {_LONGEST_NAME} characters.",
                code="bad_name",
            )
        return name

    def _number(self, raw: str | None) -> JoinNumber | None:
        wanted = raw or self._desk.profile.phone
        if not wanted:
            return None
        read = join_number(wanted, self._desk.profile.country)
        if not isinstance(read, NumberProblem):
            return read
        if raw:
            raise BadInput(f"--number: {read.sentence}", code=read.code)
        return None  # a phone line with an extension is fine for HELP, but cannot be texted


def _some(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    if not topics:
        raise BadInput(
            "The shop offers no topic to say yes to.",
            "Offer one with 'shopbell topics set'.",
            code="no_topic",
        )
    return topics
