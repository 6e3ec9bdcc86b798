"""Writes a sign-up sheet or a counter poster to print. Must not choose words, nor record a yes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from textual.widget import Widget

from shopbell.domain.consent import Purpose
from shopbell.domain.paper import PaperSize, usual_size
from shopbell.domain.paper_words import Language
from shopbell.domain.topics import Topic
from shopbell.errors import BadInput
from shopbell.services.papers import Printed
from shopbell.services.shop import Shop
from shopbell.tui.choices import Choices
from shopbell.tui.form import Form, row
from shopbell.tui.own_keys import key_for
from shopbell.tui.plain import PlainInput

_SIZES = ((PaperSize.A4, "A4"), (PaperSize.LETTER, "Letter"))
_LANGUAGES = (
    (Language.ENGLISH, "English"),
    (Language.SPANISH, "Spanish"),
    (Language.FRENCH, "French"),
    (Language.GERMAN, "German"),
)


class PrintPaper(Form[Printed]):
    """Answers what was written."""

    button = "Write it"
    keys = "tab goes on · space chooses · f2 writes it · esc leaves"

    def __init__(self, shop: Shop, topics: Sequence[Topic], folder: Path, *, poster: bool) -> None:
        super().__init__("A counter poster" if poster else "A sign-up sheet")
        self._shop = shop
        self._topics = tuple(topics)
        self._is_poster = poster
        self._file = folder / ("poster.html" if poster else "signup-sheet.html")

    def about(self) -> str:
        """Return what it is."""
        if self._is_poster:
            return (
                "A page with a code: a customer's phone opens a text with one word in it, and "
                "sending that is their yes, in the words on the poster."
            )
        return (
            "A page on which customers tick what they want and sign. Write each yes down with "
            f"{key_for('contact.sign_up')} on the person's sheet: the number at the foot of the "
            "page brings its words back."
        )

    def questions(self) -> Iterator[Widget]:
        """Ask what it offers and where it goes."""
        topics = [(one.id, one.words) for one in self._topics]
        chosen = [
            one.id
            for one in self._topics
            if not self._is_poster or one.purpose is Purpose.MARKETING
        ]
        yield row("Offers", Choices(topics, chosen, id_="topics", several=True))
        usual = usual_size(self._shop.profile.country)
        sizes = [(str(size), said) for size, said in _SIZES]
        yield row("Paper", Choices(sizes, [usual], id_="size"))
        tongues = [(str(one), said) for one, said in _LANGUAGES]
        yield row("Words in", Choices(tongues, [Language.ENGLISH], id_="language"), close=True)
        hint = "where your gateway receives texts"
        phone = self._shop.profile.phone or ""
        number = PlainInput(phone, placeholder=hint, id_="number", limit=60)
        yield row("Texts to", number)
        yield row("File", PlainInput(str(self._file), id_="file", limit=500), close=True)

    async def record(self) -> Printed:
        """Write it, never over another file."""
        chosen = self.query_one("#topics", Choices).chosen
        topics = [one for one in self._topics if one.id in chosen]
        if not topics:
            raise BadInput("Choose what it offers.", "", code="no_topic")
        if self._is_poster and len({one.purpose for one in topics}) > 1:
            raise BadInput(
                "One texted word cannot say yes to offers and to order news at once.",
                "Make a poster for each.",
                code="mixed_topics",
            )
        number = self.typed("number")
        if self._is_poster and not number:
            raise BadInput(
                "A poster needs the number that customers text.",
                "Write the one your gateway receives texts on.",
                code="no_number",
            )
        papers = self._shop.papers
        write = papers.poster if self._is_poster else papers.sheet
        typed = self.typed("file")
        try:
            return await write(
                self._file if typed == str(self._file) else Path(typed),
                topics=[one.id for one in topics],
                language=Language(self.one("language")),
                size=PaperSize(self.one("size")),
                number=number or None,
            )
        except BadInput as error:
            if error.code != "file_exists":
                raise
            raise BadInput(error.message, "Choose another name.", code=error.code) from None
