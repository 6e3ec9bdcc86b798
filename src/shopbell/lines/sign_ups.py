"""Sign-ups: what people can say yes to, the welcome, and what is answered by itself.

Must not change what was promised to anybody before.
"""

from __future__ import annotations

from dataclasses import replace

from shopbell.domain.consent import Purpose
from shopbell.domain.own_text_words import ASKS_WORDS, WELCOMING_WORDS, answer_words
from shopbell.domain.own_texts import AnswerTo, Welcoming
from shopbell.domain.promises import Frequency
from shopbell.domain.topic_words import topic_words
from shopbell.domain.topics import Topic
from shopbell.lines.papers import print_paper
from shopbell.lines.rows import frequency_typed, rows_of
from shopbell.lines.talk import Job, Talk
from shopbell.lines.visit import Visit

_KINDS = (("Offers and events", Purpose.MARKETING), ("Orders", Purpose.SERVICE))


async def sign_ups(talk: Talk, visit: Visit) -> None:
    """Offer the jobs of the sign-up desk."""

    async def heading() -> list[str]:
        offered = await visit.shop.topics.offered()
        return [f"Sign-ups: people can say yes to {', '.join(one.id for one in offered)}."]

    jobs = [
        Job(words="Topics, and change one", do=lambda: _topics(talk, visit)),
        Job(words="Add a topic", do=lambda: _add(talk, visit)),
        Job(words="The welcome after a yes", do=lambda: _welcome(talk, visit)),
        Job(words="What is answered by itself", do=lambda: _answers(talk, visit)),
        Job(words="A sign-up sheet to print", do=lambda: print_paper(talk, visit, poster=False)),
        Job(words="A counter poster to print", do=lambda: print_paper(talk, visit, poster=True)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def _topics(talk: Talk, visit: Visit) -> None:
    while True:
        every = await visit.shop.topics.every()
        topic = await talk.pick("Topics:", rows_of(every), _line)
        if topic is None:
            return
        await talk.tried(_change(talk, visit, topic))


def _line(topic: Topic) -> str:
    return f"{topic.id}: {topic_words(topic)}"


async def _change(talk: Talk, visit: Visit, topic: Topic) -> None:
    topics = visit.shop.topics
    chosen = await talk.choose(
        f"{_line(topic)}. What do you change?",
        [
            "How it reads in “Text me about ...”",
            "How often, at most",
            "Confirm by text: no more" if topic.confirm else "A yes counts once confirmed by text",
            "Offer it no more" if topic.offered else "Offer it again",
            "The word that joins by text",
        ],
    )
    match chosen:
        case 0:
            words = await talk.line("How does it read?")
            if words:
                await topics.change(topic.id, words=words)
        case 1:
            typed = await talk.line("At most how many in how many days? Like 4/30.")
            if typed:
                await topics.change(topic.id, often=frequency_typed(typed))
        case 2:
            await topics.change(topic.id, confirm=not topic.confirm)
        case 3:
            await topics.change(topic.id, offered=not topic.offered)
        case 4:
            word = await talk.line("Which word? Like BLOOMS. A minus sign alone: none.")
            if word:
                await topics.change(topic.id, keyword="" if word == "-" else word.upper())
        case _:
            return
    talk.say("What was promised before stands. New sign-ups are told as it is now.")


async def _add(talk: Talk, visit: Visit) -> None:
    """Ask for everything first; only then is it offered."""
    id_ = await talk.line("A short name, like workshops.")
    if not id_:
        return
    words = await talk.line("How does it read in “Text me about ...”?", usual=id_)
    kind = await talk.choose("What is it?", [words for words, _ in _KINDS]) if words else None
    if kind is None:
        return
    often: Frequency | None = None
    if _KINDS[kind][1] is Purpose.MARKETING:
        typed = await talk.line("At most how many in how many days? Like 4/30.")
        if not typed:
            return
        often = frequency_typed(typed)
    added = await visit.shop.topics.add(id_, words, _KINDS[kind][1], often)
    talk.say(f"Added. {_line(added)}.")


async def _welcome(talk: Talk, visit: Visit) -> None:
    welcomes = visit.shop.welcomes
    now = await welcomes.settings()
    talk.say(f"Now: {WELCOMING_WORDS[now.welcoming]}.")
    ways = tuple(Welcoming)
    talk.say(f"The welcome {ASKS_WORDS[now.asks_choice]}.")
    labels = [*(WELCOMING_WORDS[way] for way in ways), f"It {ASKS_WORDS[not now.asks_choice]}"]
    chosen = await talk.choose("After a yes:", labels)
    if chosen == len(ways):
        await welcomes.choose(replace(now, asks_choice=not now.asks_choice))
        talk.say("Kept.")
    elif chosen is not None:
        await welcomes.choose(replace(now, welcoming=ways[chosen]))
        talk.say("Kept.")


async def _answers(talk: Talk, visit: Visit) -> None:
    welcomes = visit.shop.welcomes
    kinds = tuple(AnswerTo)
    while True:
        now = await welcomes.settings()
        labels = [f"{what}: {answer_words(what, on=now.answers(what))}" for what in kinds]
        chosen = await talk.choose("A number turns it on or off:", labels)
        if chosen is None:
            return
        await welcomes.choose(replace(now, off=now.off ^ {kinds[chosen]}))
