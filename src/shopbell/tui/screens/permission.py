"""Asks the owner what a column about permission means: nothing, a yes, or a stop.

Must not decide it: without the owner's word a column means nothing, and a yes without its date and
its words stays a claim.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from shopbell.domain.column_words import ColumnWords
from shopbell.domain.consent import How
from shopbell.domain.consent_columns import likely_stops
from shopbell.domain.import_choices import Choices as ImportChoices
from shopbell.domain.parking import storable
from shopbell.domain.permission_answers import (
    Answers,
    Evidence,
    Means,
    has_proof,
    missing,
    values_in,
)
from shopbell.domain.row_marks import claims_in
from shopbell.domain.topics import Topic
from shopbell.errors import ShopbellError
from shopbell.services.evidence import sha256_of
from shopbell.tui.choices import Choices
from shopbell.tui.consent_words import words_of
from shopbell.tui.folders import split
from shopbell.tui.frame import Dialog
from shopbell.tui.import_words import column_name
from shopbell.tui.one_of import OneOf
from shopbell.tui.plain import Plain, PlainInput, spans
from shopbell.tui.words import how

_HOWS = (
    *(How.WEB, How.PAPER, How.IN_PERSON, How.KEYWORD, How.TEXT, How.PHONE, How.EMAIL),
    How.DOUBLE_OPT_IN,
)
_NO_COLUMN = ""
_NO_WORD = ImportChoices()
_OUTCOMES = {
    Means.NOTHING: "It is kept out: nobody becomes agreed, nobody is stopped.",
    Means.STOP: "Whoever it says so of goes on the do-not-text list, for ever.",
}
_KNOWN = "A known export: a yes in it is kept as claimed, and allows no text."
_PROVEN = "Each yes with a date goes on record with these words; any other is only claimed."
_CLAIMED = "Without a date and the words, a yes is kept as claimed: it allows no text."


class Permission(Dialog[Answers]):
    """Answers what the column means."""

    wide = True
    DEFAULT_CSS = """
    Permission .row { height: auto; }
    Permission .label { width: 13; color: $text-muted; }
    Permission Vertical { height: auto; margin-top: 1; }
    Permission #outcome { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "keep", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        header: Sequence[str],
        before: Answers,
        topics: Sequence[Topic],
        words: ColumnWords | None,
    ) -> None:
        """Make the box.

        Args:
            header: the names of the columns.
            before: the column, and what was answered about it before.
            topics: what people can say yes to.
            words: what the cells of the column say.
        """
        column = before.column
        named = "every row" if column is None else f"“{column_name(header, column)}”"
        super().__init__(f"What does {named} say about texts?")
        self._header = header
        self._before = before
        self._topics = tuple(topics)
        self._words = words

    def inside(self) -> ComposeResult:
        """Lay out the questions; those that do not belong to the answer are hidden."""
        before = self._before
        means = [(str(Means.NOTHING), "nothing"), (str(Means.YES), "yes")]
        if before.column is not None:
            means.append((str(Means.STOP), "stop"))
        if said := words_of(self._words, 8):
            yield _row("In it stands", Plain(spans(said, one_line=True)))
        yield _row("It means", Choices(means, [str(before.means)], id_="means"))
        with Vertical(id="yes"):
            yield from self._about_yes()
        with Vertical(id="stop"):
            words = [word for word, _ in self._words.words] if self._words else []
            stops = before.values if before.means is Means.STOP else likely_stops(words)
            placeholder = "words with commas between them; * is anything at all"
            field = PlainInput(", ".join(stops), placeholder=placeholder, id_="stops", limit=400)
            yield _row("Stop is", field)
        yield Plain("", id_="outcome")
        yield Plain("↓ next · ◂ ▸ and space choose · f2 keeps it · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with what it means."""
        self.query_one("#means").focus()
        self._changed()

    @on(Choices.Changed)
    @on(OneOf.Changed)
    @on(PlainInput.Changed)
    def _changed(self) -> None:
        """Show the questions that belong to the answer, and what comes of it."""
        answers = self._answers()
        self.query_one("#yes").display = answers.means is Means.YES
        self.query_one("#stop").display = answers.means is Means.STOP
        self._say(self._outcome(answers), "$text-muted")

    def on_input_submitted(self) -> None:
        """Enter goes on to the next question."""
        self.focus_next()

    async def action_keep(self) -> None:
        """Take the answers, if they say all that is needed."""
        answers = self._answers()
        if sentence := missing(answers):
            self._say(f"! {sentence}", "bold")
            return
        file = self.query_one("#evidence", PlainInput).value.strip()
        if file and answers.means is Means.YES:
            try:
                evidence = await asyncio.to_thread(_evidence, file)
            except ShopbellError as error:
                self._say(f"! {error.message} {error.hint}".strip(), "bold")
                return
            answers = replace(answers, evidence=evidence)
        self.dismiss(answers)

    def _about_yes(self) -> ComposeResult:
        before = self._before
        is_yes = before.means is Means.YES
        topics = [(one.id, one.words) for one in self._topics]
        chosen = [one.id for one in before.topics]
        columns = [(str(i), column_name(self._header, i)) for i in range(len(self._header))]
        yield _row("To", Choices(topics, chosen, id_="to", several=True))
        also = ", ".join(before.values) if is_yes else ""
        usual = "further words for yes; yes, y, true, 1 count anyway"
        field = PlainInput(also, placeholder=usual, id_="also", limit=400)
        yield _row("Yes is", field, shown=before.column is not None)
        hows = [(str(one), how(one)) for one in _HOWS]
        yield _row("They said it", OneOf(hows, str(before.how), id_="how"))
        dates = [(_NO_COLUMN, "no date in this file"), *columns]
        yield _row("On the day", OneOf(dates, _id(before.date_column), id_="date"))
        agreed = "the words they were shown and agreed to"
        yield _row("Words", PlainInput(before.wording, placeholder=agreed, id_="words", limit=1000))
        sources = [(_NO_COLUMN, "not in a column"), *columns]
        yield _row("or words", OneOf(sources, _id(before.wording_column), id_="words_column"))
        file = before.evidence.name if before.evidence else "a file that shows how they agreed"
        yield _row("or proof", PlainInput(placeholder=file, id_="evidence", limit=1000))

    def _answers(self) -> Answers:
        before = self._before
        means = Means(self.query_one("#means", Choices).one)
        if means is not Means.YES:
            stops = values_in(self.query_one("#stops", PlainInput).value)
            return Answers(column=before.column, means=means, values=stops)
        chosen = self.query_one("#to", Choices).chosen
        return Answers(
            column=before.column,
            means=means,
            values=values_in(self.query_one("#also", PlainInput).value),
            topics=tuple(one for one in self._topics if one.id in chosen),
            how=How(self.query_one("#how", OneOf).chosen),
            date_column=_index(self.query_one("#date", OneOf).chosen),
            wording=self.query_one("#words", PlainInput).value.strip(),
            wording_column=_index(self.query_one("#words_column", OneOf).chosen),
            evidence=before.evidence,
        )

    def _outcome(self, answers: Answers) -> str:
        if answers.means is Means.YES:
            return _PROVEN if has_proof(answers) else _CLAIMED
        column = answers.column
        if answers.means is Means.NOTHING and column in dict(claims_in(self._header, _NO_WORD)):
            return _KNOWN
        return _OUTCOMES[answers.means]

    def _say(self, sentence: str, style: str) -> None:
        self.query_one("#outcome", Plain).show(spans((sentence, style)))


def _evidence(typed: str) -> Evidence:
    folder, name = split(typed, Path.home())
    return Evidence(name=storable(name), sha256=sha256_of(folder / name))


def _row(label: str, field: Widget, *, shown: bool = True) -> Horizontal:
    row = Horizontal(Plain(label, classes="label"), field, classes="row")
    row.display = shown
    return row


def _id(column: int | None) -> str:
    return _NO_COLUMN if column is None else str(column)


def _index(id_: str) -> int | None:
    return int(id_) if id_ else None
