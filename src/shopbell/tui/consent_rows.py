"""The lines of the sign-up desk: topics, what goes by itself, paper, ledger. Must not decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shopbell.domain.own_text_words import ASKS_WORDS, OCCASION_WORDS, WELCOMING_WORDS
from shopbell.domain.own_texts import AnswerTo, OwnTexts, Welcoming
from shopbell.domain.topic_words import topic_words
from shopbell.domain.topics import Topic, sign_up_words


class Job(StrEnum):
    """What else can be done from here."""

    SHEET = "sheet"
    POSTER = "poster"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """One line of the list."""

    label: str
    says: str
    more: str
    """What stands below the list while the cursor is on it."""
    topic: Topic | None = None
    turned: OwnTexts | None = None
    """What Enter makes of the switches."""
    job: Job | None = None
    is_off: bool = False


_JOBS = (
    (Job.SHEET, "Sheet", "a page with boxes to tick and room to sign"),
    (Job.POSTER, "Poster", "a code on the counter that opens a text JOIN"),
    (Job.CHECK, "Ledger", "look at every entry, and at the whole file"),
)
_JOB_WORDS = {
    Job.SHEET: "↵ writes a sign-up sheet to print. Its words are kept, so that a yes on paper can "
    "be proved later.",
    Job.POSTER: "↵ writes a poster to print. Who texts its word says yes in the words on it.",
    Job.CHECK: "↵ walks the consent ledger, and says what that proves and what it does not.",
}


def consent_rows(shop: str, topics: Sequence[Topic], own: OwnTexts) -> tuple[ConsentRow, ...]:
    """Return every line: topics, welcome and answers, paper, ledger."""
    return (
        *(_topic(shop, one) for one in topics),
        *_switches(own),
        *(
            ConsentRow(label=label, says=says, more=_JOB_WORDS[job], job=job)
            for job, label, says in _JOBS
        ),
    )


def _topic(shop: str, one: Topic) -> ConsentRow:
    shown = f"“{sign_up_words(shop, [one])}”"
    more = f"They are shown: {shown}" if one.offered else "Nobody can choose it any more."
    return ConsentRow(
        label=one.id,
        says=topic_words(one, brief=True),
        more=f"{more} ↵ changes it for sign-ups from now on.",
        topic=one,
        is_off=not one.offered,
    )


def _switches(own: OwnTexts) -> Iterator[ConsentRow]:
    ways = tuple(Welcoming)
    after = ways[(ways.index(own.welcoming) + 1) % len(ways)]
    yield ConsentRow(
        label="Welcome",
        says=WELCOMING_WORDS[own.welcoming],
        more=f"↵ changes that: {WELCOMING_WORDS[after]}. It is never sent from an import.",
        turned=replace(own, welcoming=after),
        is_off=own.welcoming is Welcoming.NEVER,
    )
    yield ConsentRow(
        label="Welcome asks",
        says=ASKS_WORDS[own.asks_choice].removeprefix("asks "),
        more=f"↵ changes that: it {ASKS_WORDS[not own.asks_choice]}.",
        turned=replace(own, asks_choice=not own.asks_choice),
        is_off=not own.asks_choice,
    )
    for what in AnswerTo:
        on = own.answers(what)
        yield ConsentRow(
            label="Answer" if on else "No answer",
            says=f"when {OCCASION_WORDS[what]}",
            more=f"When {OCCASION_WORDS[what]}, Shopbell {'answers' if on else 'does not answer'} "
            f"by itself. ↵ changes that.",
            turned=replace(own, off=own.off ^ {what}),
            is_off=not on,
        )
