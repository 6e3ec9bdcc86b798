"""One text to one person: the words, what they cost, whether they may go, and what came of it.

Must not decide: it says what the gate says, and the gate is asked again when the text leaves.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shopbell.cli.decisions import decision_lines
from shopbell.cli.moments import read_moment
from shopbell.cli.money import spoken_bill
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Verdict
from shopbell.domain.facts import TextDraft
from shopbell.domain.scripts import SCRIPTS, filled
from shopbell.domain.telling import counted
from shopbell.lines import said
from shopbell.lines.finding import Somebody, find_somebody
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit
from shopbell.services.outbox import Checked, Submitted

KINDS: tuple[tuple[str, Purpose, str | None], ...] = (
    ("Orders and appointments", Purpose.SERVICE, "orders"),
    ("Offers", Purpose.MARKETING, "offers"),
    ("Events", Purpose.MARKETING, "events"),
    ("An answer to what they wrote", Purpose.CONVERSATION, None),
)
"""What a text can be for: words, purpose, topic."""


async def text_somebody(talk: Talk, visit: Visit) -> None:
    """Ask who, then text them."""
    found = await find_somebody(talk, visit)
    if found is not None:
        await text_to(talk, visit, found)


async def text_to(talk: Talk, visit: Visit, somebody: Somebody, *, answering: bool = False) -> bool:
    """Write and send one text; return whether one was written to the outbox."""
    draft = await _first_words(talk, somebody, answering=answering)
    while draft is not None:
        checked = await talk.tried(visit.shop.outbox.check(draft))
        if checked is None and not draft.really_service:
            return False
        if checked is None:
            draft = replace(draft, really_service="")
            continue
        _say_checked(talk, visit, draft, checked)
        step = await _next_step(talk, draft, checked)
        if step is None:
            talk.say("Not sent. Nothing was kept.")
            return False
        if step == "send":
            return await send(talk, visit, draft)
        if step == "later":
            if await _later(talk, visit, draft):
                return True
            continue
        draft = await _changed(talk, visit, draft, step)
    return False


async def send(talk: Talk, visit: Visit, draft: TextDraft) -> bool:
    """Write a text to the outbox and say what becomes of it; False when it was refused."""
    submitted = await talk.tried(visit.shop.outbox.submit(draft))
    return submitted is not None and await follow(talk, visit, submitted)


async def follow(talk: Talk, visit: Visit, submitted: Submitted) -> bool:
    """Say what becomes of a text that was just decided; False when it was refused."""
    if submitted.text is None:
        talk.say(*decision_lines(submitted.judged.decision, visit.zone))
        return False
    at = submitted.text.not_before
    if at is None or at <= visit.shop.clock.now():
        talk.say("Sending …")
    text = await visit.outcome(submitted.text)
    talk.say(*said.outcome(text, visit.zone, visit.shop.clock.now()))
    if stopped := await visit.shop.sending.stopped():
        talk.say(stopped)
    elif not visit.shop.delivery.is_ours and visit.shop.delivery.holder is not None:
        talk.say(f"{visit.shop.delivery.holder} delivers for this shop now.")
    return True


async def _first_words(talk: Talk, somebody: Somebody, *, answering: bool) -> TextDraft | None:
    """Return the draft to begin with: own words, or a ready text filled for this person."""
    texts = [filled(script.text, somebody.name) for script in SCRIPTS]
    labels = ["Own words", *(f"{s.words}: {t}" for s, t in zip(SCRIPTS, texts, strict=True))]
    to = said.who(somebody.name, somebody.number)
    chosen = await talk.choose(f"To {to}. What do you say?", labels)
    if chosen is None:
        return None
    purpose, topic = Purpose.SERVICE, "orders"
    body = texts[chosen - 1] if chosen else await talk.line("Your words, in one line.")
    draft = TextDraft(number=somebody.number, body=body, purpose=purpose, topic=topic)
    if answering:
        draft = replace(draft, purpose=Purpose.CONVERSATION, topic=None)
    return draft if body else None


def _say_checked(talk: Talk, visit: Visit, draft: TextDraft, checked: Checked) -> None:
    final, notes = checked.judged.final, checked.notes
    cost = spoken_bill(final.segments, checked.price_micros, checked.currency)
    talk.say("The text as it leaves:", f"  {final.text}")
    talk.say(f"It takes {said.measured(final)}; {cost}.")
    talk.say(f"It is for {said.PURPOSES[draft.purpose]}.")
    if notes.promotion is not None and notes.counts_as_marketing:
        talk.say(f"It counts as an offer. {notes.promotion.sentence}")
    elif notes.promotion is not None:
        talk.say(f"It stays a text about their order, because: “{draft.really_service}”")
    talk.say(*(one.sentence for one in (notes.pin, notes.costliest) if one is not None))
    if notes.offer is not None:
        talk.say(f"With plain letters it takes {counted(notes.offer.after.segments, 'part')}.")
    talk.say(*(f"Think about it: {one.sentence}" for one in notes.warnings))
    talk.say(*decision_lines(checked.judged.decision, visit.zone))


async def _next_step(talk: Talk, draft: TextDraft, checked: Checked) -> str | None:
    steps: list[tuple[str, str]] = []
    match checked.judged.decision.verdict:
        case Verdict.ALLOW:
            steps.append(("send", "Send it"))
        case Verdict.HOLD:
            steps.append(("send", "Keep it; it goes by itself when it may"))
        case Verdict.REFUSE:
            pass
    steps += [("words", "Change the words"), ("kind", "Say what it is for")]
    if checked.notes.offer is not None:
        steps.append(("straighten", "Change special letters to plain ones"))
    if checked.notes.promotion is not None and not draft.really_service:
        steps.append(("service", "It only serves their order: say why"))
    steps.append(("later", "Choose another time for it"))
    chosen = await talk.choose("What now?", [words for _, words in steps], back="Do not send")
    return None if chosen is None else steps[chosen][0]


async def _changed(talk: Talk, visit: Visit, draft: TextDraft, step: str) -> TextDraft:
    """Return the draft after one step with it; unchanged when the person went back."""
    match step:
        case "words":
            body = await talk.line("Your words, in one line. Before, it said: " + draft.body)
            return replace(draft, body=body, really_service="") if body else draft
        case "kind":
            chosen = await talk.choose("What is it for?", [words for words, _, _ in KINDS])
            if chosen is None:
                return draft
            _, purpose, topic = KINDS[chosen]
            return replace(draft, purpose=purpose, topic=topic)
        case "straighten":
            return replace(draft, body=visit.shop.outbox.straightened(draft.body))
        case _:
            reason = await talk.line("Why is it no offer? The reason is kept with the text.")
            return replace(draft, really_service=reason)


async def ask_moment(talk: Talk, visit: Visit) -> datetime | None:
    """Return a moment as it was typed, or None to go back."""
    typed = await talk.line("When? Like 2026-11-24 10:42, on the shop's clock.")
    return read_moment(typed, visit.zone, "The time") if typed else None


async def _later(talk: Talk, visit: Visit, draft: TextDraft) -> bool:
    """Say what the gate says of another time; return whether the text was written for it."""
    at = await talk.tried(ask_moment(talk, visit))
    checked = None if at is None else await talk.tried(visit.shop.outbox.check(draft, at))
    if at is None or checked is None:
        return False
    decision = checked.judged.decision
    talk.say("At that time:", *decision_lines(decision, visit.zone))
    if decision.verdict is Verdict.REFUSE:
        return False
    if not await talk.yes("Keep it for then? It is decided again when it leaves.", yes="Keep it"):
        return False
    submitted = await talk.tried(visit.shop.outbox.submit(draft, not_before=at))
    return submitted is not None and await follow(talk, visit, submitted)
