"""The outbox: what waits, what is unknown, why, and how to take texts back or stop them all.

Must not send by itself, and must not decide.
"""

from __future__ import annotations

from shopbell.cli.commands.explaining import yes_lines
from shopbell.cli.commands.switch import turned_line
from shopbell.cli.decisions import decision_lines
from shopbell.cli.moments import spoken
from shopbell.cli.money import spoken_bill
from shopbell.cli.texts import event_line
from shopbell.domain.facts import TextDraft
from shopbell.domain.people import Page
from shopbell.domain.telling import counted
from shopbell.domain.texts import NOT_LEFT, OutboundText, State
from shopbell.domain.threads import DID_NOT_ARRIVE
from shopbell.lines import said
from shopbell.lines.finding import Somebody
from shopbell.lines.talk import Job, Talk
from shopbell.lines.texting import ask_moment, follow, text_to
from shopbell.lines.visit import WHO, Visit

_MOST_MISSED = 20
_WAITING = (State.WAITING, State.HELD, State.SENDING)


async def outbox(talk: Talk, visit: Visit) -> None:
    """Offer the jobs of the outbox."""
    shop = visit.shop

    async def heading() -> list[str]:
        waiting = (await shop.outbox.find(_WAITING, count=1)).total
        unknown = (await shop.outbox.find((State.UNKNOWN,), count=1)).total
        missed = len(await shop.missed.find())
        facts = [
            f"Outbox: {counted(waiting, 'text')} waiting or held, {unknown} unknown.",
        ]
        if missed:
            wait = "1 text waits" if missed == 1 else f"{missed} texts wait"
            facts.append(f"{wait} for your word.")
        stopped = await shop.sending.stopped()
        return [*([stopped] if stopped else []), *facts]

    jobs = [
        Job(words="What waits", do=lambda: _list(talk, visit, _WAITING, "Nothing waits.")),
        Job(
            words="What became of them? (unknown)",
            do=lambda: _list(talk, visit, (State.UNKNOWN,), "No outcome is unknown."),
        ),
        Job(words="All texts, newest first", do=lambda: _list(talk, visit, (), "No text yet.")),
        Job(words="Let go what waits for my word", do=lambda: _missed(talk, visit)),
        Job(words="Take back everything that waits", do=lambda: _take_all_back(talk, visit)),
        Job(words="Stop all sending, or let texts leave again", do=lambda: switch(talk, visit)),
        Job(words="When sending was stopped and turned on", do=lambda: _turns(talk, visit)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def switch(talk: Talk, visit: Visit) -> None:
    """Turn all sending off, or on again."""
    sending = visit.shop.sending
    now = await sending.now()
    if now.on:
        talk.say("Nothing leaves any more, from any window or script. Replies still come in.")
        if await talk.yes("Stop all sending?", yes="Stop it all"):
            why = await talk.optional("Why? It is kept and shown.")
            await sending.turn_off(why, by=WHO)
            talk.say("Sending is off. Here you turn it on again.")
        return
    talk.say(await sending.stopped())
    ask = "Texts are to leave from this file, and from no other?" if now.is_copy else "Turn it on?"
    if await talk.yes(ask, yes="Let texts leave again"):
        await sending.turn_on(by=WHO)
        talk.say("Sending is on. Campaigns stay paused until you let each go on.")


async def _turns(talk: Talk, visit: Visit) -> None:
    turns = await visit.shop.sending.history()
    talk.say(*(turned_line(one, visit.zone) for one in turns))
    if not turns:
        talk.say("Sending was never stopped.")


async def about_text(talk: Talk, visit: Visit, text: OutboundText) -> None:
    """Say one text with its decision and history, and offer what can be done."""
    shop = visit.shop
    await _say_text(talk, visit, text)
    while True:
        text = await shop.outbox.get(text.id)
        steps: list[tuple[str, str]] = []
        if text.state in NOT_LEFT:
            steps += [("cancel", "Take it back"), ("words", "Put it into other words")]
            steps.append(("time", "Send it at another time"))
        if text.state in DID_NOT_ARRIVE:
            steps.append(("again", "Text them once more"))
        if text.missed and text.state in NOT_LEFT:
            steps.append(("release", "Let it go all the same; it is decided again"))
        if text.state is State.UNKNOWN:
            steps += [("ask", "Ask the gateway"), ("sent", "I know it was sent")]
            steps.append(("not_sent", "I know it was not sent"))
        if not steps:
            return
        chosen = await talk.choose("What now?", [words for _, words in steps])
        if chosen is None:
            return
        await talk.tried(_do(talk, visit, text, steps[chosen][0]))


async def _do(talk: Talk, visit: Visit, text: OutboundText, step: str) -> None:
    shop = visit.shop
    match step:
        case "cancel":
            done = await shop.outbox.cancel(text.id)
            talk.say("Taken back." if done else "It is too late: it has left.")
        case "words":
            await _other_words(talk, visit, text)
        case "time":
            await _other_time(talk, visit, text)
        case "again":
            await text_to(talk, visit, Somebody(number=text.number, name=text.name))
        case "release":
            await shop.missed.let_go(text.id)
            talk.say("It goes now, if it may.")
        case _:
            word = {"sent": True, "not_sent": False}.get(step)
            settled = await shop.outbox.settle(text.id, word)
            talk.say(*said.outcome(settled, visit.zone, shop.clock.now()))


async def _other_words(talk: Talk, visit: Visit, text: OutboundText) -> None:
    """Replace a text that waits: the old one is taken back in the same moment, or stays."""
    body = await talk.line(f"The new words. Now it says: {text.body}")
    if not body:
        return
    draft = TextDraft(number=text.number, body=body, purpose=text.purpose, topic=text.topic)
    submitted = await visit.shop.replacing.text(text.id, draft)
    if submitted.text is None:
        talk.say("The old words stay.")
    await follow(talk, visit, submitted)


async def _other_time(talk: Talk, visit: Visit, text: OutboundText) -> None:
    """Write the same words for another time; the old text is taken back in the same moment."""
    at = await ask_moment(talk, visit)
    if at is None:
        return
    draft = TextDraft(
        number=text.number,
        body=text.body,
        purpose=text.purpose,
        topic=text.topic,
        really_service=text.really_service,
    )
    submitted = await visit.shop.replacing.text(text.id, draft, not_before=at)
    if submitted.text is None:
        talk.say("It stays as it was.")
    await follow(talk, visit, submitted)


async def _say_text(talk: Talk, visit: Visit, text: OutboundText) -> None:
    zone, parts = visit.zone, text.final.segments
    decision = await visit.shop.outbox.decision(text.decision_id)
    to = said.who(text.name, text.number, reveal=visit.reveal)
    talk.say(f"Text {text.id} to {to}: {said.STATES[text.state]}.", f"  {text.final.text}")
    bill = spoken_bill(parts, text.price_micros, text.currency)
    talk.say(f"{counted(parts, 'part')}; {bill}.")
    talk.say(*(decision_lines(decision, zone) if decision is not None else ()))
    if decision is not None:
        sheet = await visit.shop.people.sheet(visit.shop.people.read_number(text.number))
        talk.say(*yes_lines(sheet, text, decision.decided_at, zone))
    if text.missed and text.state in NOT_LEFT:
        talk.say(text.missed)
    if text.not_before is not None and text.state in NOT_LEFT:
        talk.say(f"It may go from {spoken(text.not_before, zone)}.")
    talk.say(*(event_line(one, zone) for one in await visit.shop.outbox.events(text.id)))


async def _list(talk: Talk, visit: Visit, states: tuple[State, ...], none: str) -> None:
    async def fetch(first: int, count: int) -> Page[OutboundText]:
        return await visit.shop.outbox.find(states, first=first, count=count)

    while (await fetch(0, 1)).total:
        text = await talk.pick(
            "Texts:", fetch, lambda row: said.text_row(row, visit.zone, reveal=visit.reveal)
        )
        if text is None:
            return
        await about_text(talk, visit, text)
    talk.say(none)


async def _missed(talk: Talk, visit: Visit) -> None:
    texts = await visit.shop.missed.find()
    if not texts:
        talk.say("No text waits for your word.")
        return
    for one in texts[:_MOST_MISSED]:
        talk.say(said.text_row(one, visit.zone, reveal=visit.reveal), f"  {one.missed}")
    if len(texts) > _MOST_MISSED:
        talk.say(f"And {len(texts) - _MOST_MISSED} more.")
    if await talk.yes(f"Let {counted(len(texts), 'text')} go? Each is decided again."):
        freed = await visit.shop.missed.let_all_go()
        talk.say(f"{counted(freed, 'text')} may go now.")


async def _take_all_back(talk: Talk, visit: Visit) -> None:
    waiting = (await visit.shop.outbox.find(tuple(NOT_LEFT), count=1)).total
    if not waiting:
        talk.say("Nothing waits.")
        return
    if await talk.yes(f"Take back {counted(waiting, 'text')}? What is taken back is not sent."):
        count = await visit.shop.outbox.cancel_all()
        talk.say(f"{counted(count, 'text')} taken back.")
