"""Replies: the next unread one, its thread, an answer, and three choices for an unclear stop.

Must not judge: a person does, and the gate decides about what is answered.
"""

from __future__ import annotations

from shopbell.domain.consent import How
from shopbell.domain.people import Page
from shopbell.domain.replies import Reply
from shopbell.domain.telling import counted
from shopbell.domain.threads import Conversation, Thread
from shopbell.lines import said
from shopbell.lines.complaining import all_complaints, take_complaint
from shopbell.lines.finding import Somebody
from shopbell.lines.person import about_person
from shopbell.lines.talk import Job, Talk
from shopbell.lines.texting import follow, text_to
from shopbell.lines.visit import Visit

_MOST_SAID = 12


async def replies(talk: Talk, visit: Visit) -> None:
    """Offer the jobs of the inbox."""
    inbox = visit.shop.inbox

    async def heading() -> list[str]:
        unread, unclear = await inbox.unread()
        may_be = f" {unclear} may be a stop." if unclear else ""
        return [f"Replies: {unread} unread.{may_be}" if unread else f"Replies: all read.{may_be}"]

    jobs = [
        Job(words="Next that needs somebody", do=lambda: _next(talk, visit)),
        Job(words="All threads", do=lambda: _all(talk, visit, "")),
        Job(words="Search them", do=lambda: _search(talk, visit)),
        Job(words="Fetch new ones now", do=lambda: _fetch(talk, visit)),
        Job(words="Complaints, open and closed", do=lambda: all_complaints(talk, visit)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def _next(talk: Talk, visit: Visit) -> None:
    seen: set[str] = set()
    while True:
        page = await visit.shop.threads.find(count=len(seen) + 1)
        thread = next((one for one in page.rows if one.sender not in seen), None)
        if thread is None or not thread.needs_somebody:
            talk.say("Nothing else waits." if seen else "Nothing waits: every reply was read.")
            return
        seen.add(thread.sender)
        if not await open_thread(talk, visit, thread.sender):
            return


async def _all(talk: Talk, visit: Visit, words: str) -> None:
    async def fetch(first: int, count: int) -> Page[Thread]:
        return await visit.shop.threads.find(words, first=first, count=count)

    if not (await fetch(0, 1)).total:
        talk.say("Nobody wrote that." if words else "Nobody has written yet.")
        return
    while True:
        thread = await talk.pick(
            "Threads:", fetch, lambda row: said.thread_row(row, visit.zone, reveal=visit.reveal)
        )
        if thread is None:
            return
        await open_thread(talk, visit, thread.sender)


async def _search(talk: Talk, visit: Visit) -> None:
    if words := await talk.line("Which words, name or digits?"):
        await _all(talk, visit, words)


async def _fetch(talk: Talk, visit: Visit) -> None:
    delivery = visit.shop.delivery
    if not delivery.is_ours and delivery.holder is not None:
        talk.say(f"{delivery.holder} fetches them for this shop.")
        return
    receipts, fresh = await delivery.sync()
    await visit.news()  # what came in is said here
    talk.say(f"New replies: {fresh}. New receipts: {receipts}.")


async def open_thread(talk: Talk, visit: Visit, sender: str) -> bool:
    """Say a thread and what can be done; return whether to go on to the next one."""
    threads = visit.shop.threads
    said_at = 0
    while True:
        found = await talk.tried(threads.read(sender, most=_MOST_SAID))
        if found is None:
            return False
        await threads.mark_read(found.sender)
        count = found.earlier + len(found.said)
        if count != said_at:  # nothing is said twice while nothing was added
            _say_thread(talk, visit, found, new=count - said_at)
            said_at = count
        steps = _steps(found)
        chosen = await talk.choose("What now?", [words for _, words in steps])
        if chosen is None:
            return False
        step = steps[chosen][0]
        if step == "next":
            return True
        await talk.tried(_do(talk, visit, found, step))


def _say_thread(talk: Talk, visit: Visit, found: Conversation, *, new: int) -> None:
    name = said.who(found.name, found.sender, reveal=visit.reveal) if found.number else found.sender
    talk.say(f"With {name}:")
    if found.earlier and new >= len(found.said):
        talk.say(f"{counted(found.earlier, 'earlier text')} not said here.")
    talk.say(*(said.said_line(one, visit.zone) for one in found.said[-new:]))
    if (unclear := found.unclear) is not None:
        talk.say(f"This may be a stop: “{said.flat(unclear.veiled)}” {unclear.reading.why}")
        talk.say("Nothing is sent to them meanwhile. If nobody says so in a day, it is a stop.")


def _steps(found: Conversation) -> list[tuple[str, str]]:
    steps: list[tuple[str, str]] = []
    if (unclear := found.unclear) is not None and found.number is not None:
        steps += [("stop", "It is a stop"), ("no_stop", "It is no stop")]
        if unclear.asked_at is None:
            steps.append(("ask", "Ask them by text"))
    if found.number is not None:
        steps += [("answer", "Answer"), ("person", "About this person")]
        steps.append(("complaint", "Take it as a complaint"))
    if any(one.reply is not None and one.reply.secrets for one in found.said):
        steps.append(("redact", "Take the secret out of it, for good"))
    return [*steps, ("next", "Next that needs somebody")]


async def _do(talk: Talk, visit: Visit, found: Conversation, step: str) -> None:
    unclear = found.unclear
    match step:
        case "stop" | "no_stop" if unclear is not None:
            judged = await visit.shop.inbox.judge_unclear(unclear.id, is_stop=step == "stop")
            talk.say(judged.done or "Written down.")
        case "ask" if unclear is not None:
            await follow(talk, visit, await visit.shop.inbox.ask(unclear.id))
        case "answer" if found.number is not None:
            somebody = Somebody(number=found.number, name=found.name)
            await text_to(talk, visit, somebody, answering=True)
        case "person" if found.number is not None:
            await about_person(talk, visit, found.number)
        case "complaint" if found.number is not None:
            await _complaint(talk, visit, found)
        case "redact":
            await _redact(talk, visit, found)
        case _:
            talk.say("That cannot be done with this thread.")


async def _complaint(talk: Talk, visit: Visit, found: Conversation) -> None:
    theirs = [one.reply for one in found.said if one.reply is not None]
    if found.number is not None and theirs:
        last = theirs[-1]
        await take_complaint(talk, visit, found.number, words=last.veiled, how=How.TEXT, at=last.at)


async def _redact(talk: Talk, visit: Visit, found: Conversation) -> None:
    holding: list[Reply] = [one.reply for one in found.said if one.reply and one.reply.secrets]
    what = " and ".join(holding[-1].secrets)
    if await talk.yes(f"It holds {what}. Take it out for good? Nobody can bring it back."):
        await visit.shop.inbox.redact(holding[-1].id)
        talk.say("The secret is gone; a fingerprint of the text is kept.")
