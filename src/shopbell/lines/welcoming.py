"""The welcome after a yes: offered once it is due, or looked at and put into other words.

Must not say whether one is due, and must not send by itself: the welcomes do.
"""

from __future__ import annotations

from shopbell.cli.decisions import decision_lines
from shopbell.domain.decision import Reason, Verdict
from shopbell.domain.ids import E164
from shopbell.domain.own_texts import Welcoming
from shopbell.lines.talk import Talk
from shopbell.lines.texting import follow
from shopbell.lines.visit import Visit


async def offer_welcome(talk: Talk, visit: Visit, number: E164) -> None:
    """Offer the welcome that is due, or send it, as the owner chose."""
    welcomes = visit.shop.welcomes
    chosen = (await welcomes.settings()).welcoming
    if chosen is Welcoming.NEVER:
        return
    draft = await talk.tried(welcomes.draft(number))
    if draft is None or isinstance(draft, Reason):
        return
    if chosen is Welcoming.ASK:
        talk.say("Their welcome:", f"  {draft.checked.judged.final.text}")
        if not await talk.yes("Send the welcome?"):
            return
    await _send(talk, visit, number, None)


async def their_welcome(talk: Talk, visit: Visit, number: E164) -> None:
    """Say the welcome that is due and what the gate says; send it, in other words if wanted."""
    body: str | None = None
    while True:
        draft = await visit.shop.welcomes.draft(number, body=body)
        if isinstance(draft, Reason):
            talk.say("There is no welcome to send.", draft.sentence)
            return
        judged = draft.checked.judged
        talk.say("Their welcome:", f"  {judged.final.text}")
        talk.say(*decision_lines(judged.decision, visit.zone))
        steps = ["Put it into your own words"]
        if judged.decision.verdict is not Verdict.REFUSE:
            steps.append("Send it")
        chosen = await talk.choose("What now?", steps, back="Do not send")
        if chosen is None:
            return
        if chosen == 1:
            await _send(talk, visit, number, body)
            return
        typed = await talk.line("Your words, in one line. Shop name, topics and STOP belong in it.")
        body = typed or body


async def _send(talk: Talk, visit: Visit, number: E164, body: str | None) -> None:
    sent = await talk.tried(visit.shop.welcomes.send(number, body=body))
    if isinstance(sent, Reason):
        talk.say(sent.sentence)
    elif sent is not None:
        await follow(talk, visit, sent)
