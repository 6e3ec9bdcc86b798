"""Line mode from the first question to the last: the way in, the places, the lock, the end.

Must not do the work of a place or of a service.
"""

from __future__ import annotations

from contextlib import suppress

from shopbell.errors import ShopbellError
from shopbell.lines.campaigns import campaigns
from shopbell.lines.entry import enter
from shopbell.lines.gateways import gateways
from shopbell.lines.importing import importing
from shopbell.lines.lessons import lessons
from shopbell.lines.outbox import outbox, switch
from shopbell.lines.people import people
from shopbell.lines.reminders import reminders
from shopbell.lines.replies import replies
from shopbell.lines.reports import reports
from shopbell.lines.rules import rules
from shopbell.lines.settings import settings
from shopbell.lines.sign_ups import sign_ups
from shopbell.lines.talk import HOW_TO, Job, Left, Locked, Talk, no_news
from shopbell.lines.terminal import Terminal
from shopbell.lines.texting import text_somebody
from shopbell.lines.today import today
from shopbell.lines.visit import Visit
from shopbell.lines.way_in import WayIn


async def line_mode(way: WayIn, terminal: Terminal) -> None:
    """Hold the whole conversation over one shop file, until the person leaves."""
    talk = Talk(terminal)
    talk.say("Shopbell in lines.", HOW_TO)
    passphrase = way.passphrase
    try:
        while True:
            shop = await enter(talk, way, passphrase)
            # It is asked for again once the shop was locked, but for the practice shop's.
            passphrase = way.passphrase if way.opens_itself else None
            if (why := await held(talk, Visit(shop, way))) is None:
                break
            talk.say(why)
            if way.opens_itself and not await talk.yes("Go on in the practice shop?"):
                break
    except Left:
        pass
    talk.say("Closed. What was finished is kept.")


async def held(talk: Talk, visit: Visit) -> str | None:
    """Hold the conversation inside one unlocked shop; return why it was locked, or None."""
    talk.over, talk.touched, talk.news = visit.over, visit.touch, visit.news
    try:
        await visit.start()
        talk.say(*await visit.task.news())
        if visit.shop.read_only_reason:
            talk.say(visit.shop.read_only_reason)
        elif (await visit.shop.sending.now()).is_copy:
            await switch(talk, visit)
        await _places(talk, visit)
    except Left:
        pass
    except Locked as locked:
        return locked.why
    finally:
        talk.over, talk.touched, talk.news = None, lambda: None, no_news
        unsent = 0
        with suppress(ShopbellError):  # a file in trouble was told of, and must be closed
            unsent = 0 if visit.over.done() else await visit.unsent()
        await visit.close()
        if unsent and visit.way.lesson is None:
            texts = "1 text waits." if unsent == 1 else f"{unsent} texts wait."
            talk.say(f"{texts} What waits leaves when Shopbell runs again and the hours allow it.")
    return None


async def _places(talk: Talk, visit: Visit) -> None:
    async def heading() -> list[str]:
        return await _frame(visit)

    jobs = [
        Job(words="Today", do=lambda: today(talk, visit)),
        Job(words="Text somebody", do=lambda: text_somebody(talk, visit)),
        Job(words="People", do=lambda: people(talk, visit)),
        Job(words="Replies", do=lambda: replies(talk, visit)),
        Job(words="Outbox", do=lambda: outbox(talk, visit)),
        Job(words="Campaigns", do=lambda: campaigns(talk, visit)),
        Job(words="Import", do=lambda: importing(talk, visit)),
        Job(words="Gateways", do=lambda: gateways(talk, visit)),
        Job(words="Rules", do=lambda: rules(talk, visit)),
        Job(words="Reports", do=lambda: reports(talk, visit)),
        Job(words="Settings and lock", do=lambda: settings(talk, visit)),
        Job(words="Sign-ups", do=lambda: sign_ups(talk, visit)),
        Job(words="Reminders of appointments", do=lambda: reminders(talk, visit)),
    ]
    if (drills := visit.way.drills) is not None:
        jobs.append(Job(words="Lessons", do=lambda: lessons(talk, drills)))
    await talk.menu(heading, jobs, back="Close Shopbell")


async def _frame(visit: Visit) -> list[str]:
    """Return what every screen says above and below: shop, gateway, sending, replies."""
    shop = visit.shop
    gateway = await shop.gateways.active()
    unread, _ = await shop.inbox.unread()
    stopped = await shop.sending.stopped()
    practice = " (practice: nothing leaves this computer)" if shop.profile.practice else ""
    lines = [f"{shop.profile.name}{practice}."]
    if stopped:
        lines.append(stopped)
    if gateway is None:
        lines.append("No gateway yet: nothing can be sent. Choose one under Gateways.")
    elif gateway.trouble:
        lines.append(f"{gateway.config.name}: {gateway.trouble}")
    if unread:
        lines.append("1 reply is unread." if unread == 1 else f"{unread} replies are unread.")
    return lines if len(lines) == 1 else [*lines, "Where to?"]
