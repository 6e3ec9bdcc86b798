"""Writes down a yes, a no and a stop at the counter. Must not judge what a yes is worth."""

from __future__ import annotations

from collections.abc import Sequence

from shopbell.domain.consent import SAID_NO, Act, ConsentDraft, How, Purpose
from shopbell.domain.decision import Reason
from shopbell.domain.given import Given
from shopbell.domain.people import ContactDraft
from shopbell.domain.promises import promise_kept
from shopbell.domain.topics import Topic, by_promise, sign_up_words
from shopbell.lines import said
from shopbell.lines.finding import Somebody
from shopbell.lines.given import NO_BY, YES_BY, Proof, ask_given, ask_proof
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit
from shopbell.lines.welcoming import offer_welcome
from shopbell.services.confirming import Opened
from shopbell.services.person_sheet import ContactSheet

_TO_WHAT = "What do they say yes to?"


async def add_at_the_till(talk: Talk, visit: Visit) -> None:
    """Add somebody who stands at the counter, and write down what they say yes to."""
    typed = await talk.line("Their number, as they say it.")
    if not typed:
        return
    people = visit.shop.people
    number = people.read_number(typed).e164
    contact = await people.by_number(number)
    if contact is not None:
        talk.say(f"{said.who(contact.name, number)} has this number.")
        await sign_up(talk, visit, Somebody(number=number, name=contact.name))
        return
    name = await talk.optional("Their name?")
    topics = await ask_topics(talk, await visit.shop.topics.offered(), _TO_WHAT)
    if not topics:
        if await talk.yes("Nothing was chosen. Keep them as not asked yet?"):
            await people.add(ContactDraft(number=number, name=name, source="sign-up"))
            talk.say("Kept. They get no texts before they say yes.")
        return
    await _record(talk, visit, Somebody(number=number, name=name), topics, is_new=True)


async def sign_up(talk: Talk, visit: Visit, somebody: Somebody) -> None:
    """Write down a yes of somebody who is known."""
    if topics := await ask_topics(talk, await visit.shop.topics.offered(), _TO_WHAT):
        await _record(talk, visit, somebody, topics, is_new=False)


async def no_to_some(talk: Talk, visit: Visit, somebody: Somebody, sheet: ContactSheet) -> None:
    """Write down a no to some kinds of texts; a no to everything is a stop."""
    kinds = [
        (standing.purpose, topic)
        for standing in sheet.standings
        for topic in (*standing.about, *([] if standing.about else [None]))
    ]
    words = [f"{said.PURPOSES[purpose]}{f': {t}' if t else ''}" for purpose, t in kinds]
    chosen = await talk.choose("What do they not want any more?", words)
    if chosen is None:
        return
    purpose, topic = kinds[chosen]
    how = await _how(talk, NO_BY)
    if how is None:
        return
    note = await talk.optional("What did they say?")
    about = {one.purpose: tuple(one.about) for one in sheet.standings}[purpose]
    done = await visit.shop.consents.revoke(
        ConsentDraft(
            number=somebody.number,
            act=Act.REVOKED,
            purpose=purpose,
            # A no to the only topic there is ends a yes to nothing in particular, too.
            topics=() if topic is None or about == (topic,) else (topic,),
            wording=note or SAID_NO,
            how=how,
            at=visit.shop.clock.now(),
        )
    )
    talk.say(f"Written down: they said no.{_taken_back(done.canceled)}")


async def stop(talk: Talk, visit: Visit, somebody: Somebody) -> None:
    """Write down a stop that came by another way than text."""
    talk.say("They get no more texts from this shop. Only they can change that, by a new yes.")
    how = await _how(talk, NO_BY)
    if how is None:
        return
    note = await talk.optional("What did they say?")
    done = await visit.shop.consents.opt_out(somebody.number, how, note)
    first = "They get no more texts." if done.fresh else "They were on the stop list already."
    talk.say(f"{first}{_taken_back(done.canceled)}")


async def _record(
    talk: Talk, visit: Visit, somebody: Somebody, topics: tuple[Topic, ...], *, is_new: bool
) -> None:
    """Write down one act for each promise; nothing is kept before the last question is answered."""
    groups = by_promise(topics)
    for group in groups:
        talk.say("The words to show or read to them:")
        talk.say(f"  {sign_up_words(visit.shop.profile.name, group)}")
    how = await _how(talk, YES_BY)
    if how is None:
        return
    given = await ask_given(talk, visit, how)
    proof = None if given is None else await ask_proof(talk, how)
    if given is None or proof is None:
        talk.say("Nothing was written down.")
        return
    if is_new:
        draft = ContactDraft(number=somebody.number, name=somebody.name, source="sign-up")
        await visit.shop.people.add(draft)
    for group in groups:
        outcome = await visit.shop.consents.grant(_draft(visit, somebody, group, given, proof, how))
        if isinstance(outcome, Reason):
            talk.say("It cannot be written down as it is.", outcome.sentence)
            return
        if isinstance(outcome, Opened):
            talk.say("They are asked by text to confirm it: it counts from their YES.")
            talk.say(*filter(None, [outcome.why_not]))
        else:
            talk.say(f"Recorded as entry {outcome.event.id} of the consent ledger.")
    await offer_welcome(talk, visit, somebody.number)


def _draft(
    visit: Visit,
    somebody: Somebody,
    topics: tuple[Topic, ...],
    given: Given,
    proof: Proof,
    how: How,
) -> ConsentDraft:
    often = promise_kept(topics[0].often, given.words)
    return ConsentDraft(
        number=somebody.number,
        act=Act.GRANTED,
        purpose=topics[0].purpose,
        topics=tuple(one.id for one in topics),
        wording=given.words or sign_up_words(visit.shop.profile.name, topics),
        how=how,
        at=given.at,
        form=given.form,
        witness=proof.witness,
        place=proof.place,
        evidence_sha256=proof.sha256,
        basis=proof.basis,
        promised_n=None if often is None else often.n,
        promised_days=None if often is None else often.days,
    )


async def ask_topics(talk: Talk, offered: Sequence[Topic], question: str) -> tuple[Topic, ...]:
    """Return the topics of which the numbers were typed; none to go back."""
    while True:
        talk.say(question)
        talk.say(*(f"{at}. {_topic(one)}" for at, one in enumerate(offered, 1)))
        typed = await talk.line("The numbers of all of them, like 1 or 1, 2.")
        numbers = typed.replace(",", " ").split()
        if all(one.isascii() and one.isdigit() and len(one) < 4 for one in numbers):
            ats = [int(one) for one in numbers]
            if all(1 <= at <= len(offered) for at in ats):
                return tuple(one for at, one in enumerate(offered, 1) if at in ats)
        talk.say(f"“{typed[:20]}” names none of these.")


def _topic(one: Topic) -> str:
    kind = "offers and events" if one.purpose is Purpose.MARKETING else "orders"
    asked = ", confirmed by text" if one.confirm else ""
    return f"{one.words} ({kind}{asked})"


async def _how(talk: Talk, ways: tuple[tuple[str, How], ...]) -> How | None:
    chosen = await talk.choose("How did they say it?", [words for words, _ in ways])
    return None if chosen is None else ways[chosen][1]


def _taken_back(canceled: int) -> str:
    if not canceled:
        return ""
    texts = "1 waiting text was" if canceled == 1 else f"{canceled} waiting texts were"
    return f" {texts} taken back."
