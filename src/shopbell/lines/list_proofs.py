"""What a column of a list says about permission, and the proof of each yes. Must not decide it.

Without the owner's word a column means nothing, and a yes without its day and its words stays a
claim.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from shopbell.domain.column_words import ColumnWords
from shopbell.domain.consent import How
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import ImportPreview, ImportReport
from shopbell.domain.parking import storable
from shopbell.domain.permission_answers import (
    Answers,
    Evidence,
    Means,
    answers_of,
    chosen_with,
    has_proof,
    values_in,
)
from shopbell.domain.topics import Topic
from shopbell.lines.consent import ask_topics
from shopbell.lines.rows import NO_COLUMN, ask_column, path_typed
from shopbell.lines.talk import Talk
from shopbell.services.evidence import sha256_of

_MOST_WORDS = 8
_HOWS = (
    ("On your web site", How.WEB),
    ("On paper", How.PAPER),
    ("In person", How.IN_PERSON),
    ("They texted a word", How.KEYWORD),
    ("By text", How.TEXT),
    ("By phone", How.PHONE),
    ("By e-mail", How.EMAIL),
    ("Confirmed by text, where the list comes from", How.DOUBLE_OPT_IN),
)
_PROVEN = "Each yes with a day goes on record with these words; any other is only claimed."
_CLAIMED = "Without a day and the words, a yes is kept as claimed: it allows no text."


async def ask_permission(
    talk: Talk,
    choices: Choices,
    preview: ImportPreview,
    report: ImportReport,
    topics: Sequence[Topic],
) -> Choices:
    """Return the choices once somebody said what a column means; the same for back."""
    likely = ", ".join(f"“{preview.header[one]}”" for one in preview.mapping.consent_columns)
    if likely:
        talk.say(f"These look as if they were about it: {likely}.")
    column = await ask_column(
        talk,
        "Which column says who said yes?",
        preview.header,
        preview.samples,
        none="No column: everybody in this file said yes",
    )
    if column is None:
        return choices
    at = None if column == NO_COLUMN else column
    before = answers_of(choices, preview.header, at, topics)
    _say_words(talk, report.said.get(column))
    means = await talk.choose("What does it say?", ["They said yes", "Nothing about texts"])
    if means is None:
        return choices
    if means:
        nothing = replace(before, means=Means.NOTHING)
        talk.say("It is kept out: nobody becomes agreed by it.")
        return chosen_with(choices, nothing, preview.header)
    answers = await _yes(talk, preview, at, topics)
    if answers is None:
        return choices
    talk.say(_PROVEN if has_proof(answers) else _CLAIMED)
    return chosen_with(choices, answers, preview.header)


def _say_words(talk: Talk, words: ColumnWords | None) -> None:
    if words is not None and words.words:
        said = ", ".join(f"“{word}” {count:,}" for word, count in words.words[:_MOST_WORDS])
        talk.say(f"In it stands: {said}.")


async def _yes(
    talk: Talk, preview: ImportPreview, column: int | None, topics: Sequence[Topic]
) -> Answers | None:
    chosen = await ask_topics(talk, topics, "What did they say yes to?")
    if not chosen:
        return None
    also = ""
    if column is not None:
        also = await talk.optional(
            "Which other words in it mean yes? Yes, y, true and 1 do anyway."
        )
    how = await talk.choose("How did they say it?", [words for words, _ in _HOWS])
    if how is None:
        return None
    day = await ask_column(
        talk,
        "Which column holds the day they said it?",
        preview.header,
        preview.samples,
        none="No day in this file",
    )
    if day is None:
        return None
    answers = Answers(
        column=column,
        means=Means.YES,
        values=values_in(also),
        topics=chosen,
        how=_HOWS[how][1],
        date_column=None if day == NO_COLUMN else day,
    )
    return await _words(talk, preview, answers)


async def _words(talk: Talk, preview: ImportPreview, answers: Answers) -> Answers | None:
    """Return the answers with the words people agreed to, or with what shows them."""
    steps = [
        "The same words for all of them: type them",
        "In a column of this file",
        "In another file that shows how they agreed: its fingerprint is kept",
        "I do not have them",
    ]
    match await talk.choose("Where are the words they were shown?", steps):
        case 0:
            words = await talk.line("The words they were shown and agreed to.")
            return replace(answers, wording=words) if words else None
        case 1:
            question = "Which column holds the words?"
            column = await ask_column(talk, question, preview.header, preview.samples)
            return None if column is None else replace(answers, wording_column=column)
        case 2:
            typed = await talk.line("Which file? Its whole path.")
            if not typed:
                return None
            path = path_typed(typed)
            sha256 = await talk.tried(asyncio.to_thread(sha256_of, path))
            if sha256 is None:
                return None
            return replace(answers, evidence=Evidence(name=storable(path.name), sha256=sha256))
        case 3:
            return answers
        case _:
            return None
