"""A dossier in words: "why did you text me?", and everything that stands behind the answer.

The words are composed once, as sections, and rendered as text and as HTML, so that both say the
same. Must not soften anything: what is missing is said to be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from shopbell.domain.complaints import ABOUT
from shopbell.domain.consent import Act, Basis, ConsentEvent, How, Purpose
from shopbell.domain.decision import Decision, Reason, Verdict
from shopbell.domain.dossier import Dossier, LedgerEntry, TextStory
from shopbell.domain.ids import DecisionId
from shopbell.domain.printed_numbers import printed
from shopbell.domain.purpose_words import text_for, texts_for
from shopbell.domain.showing import shown
from shopbell.domain.telling import calendar_day, clock, counted
from shopbell.domain.wish_words import wish_sentences

_HOW = {
    How.PAPER: "on paper",
    How.SPOKEN: "in spoken words",
    How.WEB: "on a web page",
    How.KEYWORD: "by texting a word",
    How.DOUBLE_OPT_IN: "by texting and confirming",
    How.TEXT: "by text",
    How.PHONE: "by phone",
    How.EMAIL: "by e-mail",
    How.IN_PERSON: "in person",
    How.IMPORT: "in an imported list",
    How.GATEWAY: "at the gateway",
}

_VERDICT = {Verdict.ALLOW: "allowed", Verdict.HOLD: "held", Verdict.REFUSE: "refused"}

_PROVES = (
    "This shows that the entries existed, in this order and with these words, when the head of the "
    "ledger was noted elsewhere. It does not prove by itself that the person said yes: the words, "
    "the witness and the evidence file do."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One fact, and the exact words of somebody that belong to it, if any."""

    words: str
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it."""

    title: str
    lines: tuple[Line, ...]


def sections(dossier: Dossier) -> tuple[Section, ...]:
    """Return the whole dossier in words, the answer first."""
    return (
        Section(title="Why did you text me?", lines=tuple(_answer(dossier))),
        Section(title="What is noted", lines=tuple(_noted(dossier))),
        Section(title="Every yes and every no", lines=tuple(_ledger(dossier))),
        Section(title="Every text", lines=tuple(_texts(dossier))),
        Section(title="Every decision", lines=tuple(_decisions(dossier))),
        Section(title="Every reply", lines=tuple(_replies(dossier))),
        Section(title="Every complaint", lines=tuple(_complaints(dossier))),
        Section(title="Is the ledger whole?", lines=tuple(_chain(dossier))),
    )


def title(dossier: Dossier) -> str:
    """Return the heading of the page."""
    number = printed(dossier.number, dossier.shop.country)
    name = dossier.contact.name if dossier.contact is not None else ""
    return f"{dossier.shop.name}: texts to {name or 'this number'}, {number}"


def as_text(dossier: Dossier) -> str:
    """Return the dossier as plain text, safe to show; quotes are set in."""
    lines = [title(dossier), _made(dossier)]
    for section in sections(dossier):
        lines += ["", section.title]
        for line in section.lines:
            lines.append(line.words)
            if line.quote is not None:
                lines += [f"    {row}" for row in line.quote.splitlines() or [""]]
    return "".join(f"{shown(line, one_line=True)}\n" for line in lines)


def as_html(dossier: Dossier) -> str:
    """Return the dossier as one page that fetches nothing and runs nothing."""
    body = [f'<h1 dir="auto">{_safe(title(dossier))}</h1>', f"<p>{_safe(_made(dossier))}</p>"]
    for section in sections(dossier):
        body.append(f"<h2>{_safe(section.title)}</h2>")
        for line in section.lines:
            body.append(f'<p dir="auto">{_safe(line.words)}</p>')
            if line.quote is not None:
                body.append(f'<blockquote dir="auto">{_safe(line.quote)}</blockquote>')
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{_safe(title(dossier))}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _answer(dossier: Dossier) -> Iterator[Line]:
    received = dossier.received()
    if not received:
        yield Line(words=f"{dossier.shop.name} has not texted this number.")
    else:
        first, last = received[0], received[-1]
        span = (
            f"on {_day(dossier, first.at)}"
            if len(received) == 1
            else f"from {_day(dossier, first.at)} to {_day(dossier, last.at)}"
        )
        yield Line(
            words=f"{dossier.shop.name} has sent {counted(len(received), 'text')} to this number, "
            f"{span}."
        )
        yield from _behind(dossier, last, "The last one")
    stop = dossier.suppression
    if stop is None:
        yield Line(words="This number is not on the stop list.")
        return
    yield Line(
        words=f"This person said stop {_HOW[stop.how]} on {_moment(dossier, stop.at)}.",
        quote=stop.note or None,
    )
    after = [story for story in received if story.at > stop.at]
    if after:
        named = ", ".join(str(story.text.id) for story in after)
        yield Line(words=f"{counted(len(after), 'text')} left after that: {named}.")
    else:
        yield Line(words="No text has left since.")


def _noted(dossier: Dossier) -> Iterator[Line]:
    contact = dossier.contact
    if contact is None:
        yield Line(words="This number is nobody's on file.")
    else:
        yield Line(words="Name:", quote=contact.name or "none")
        for what, said in (
            ("Notes", contact.note),
            ("E-mail", contact.email),
            ("Tags", ", ".join(contact.tags)),
            ("Birthday", contact.birthday),
            ("Time zone", contact.zone or ""),
            ("Country or state", contact.region or ""),
        ):
            if said:
                yield Line(words=f"{what}:", quote=said)
    for sentence in wish_sentences(dossier.wishes, dossier.shop.zone, dossier.made_at):
        yield Line(words=sentence)
    for one in dossier.same_person:
        yield Line(words=f"Another number of theirs: {one.number}.")
    for one in dossier.household:
        yield Line(words=f"Lives with: {one.name or one.number}.")
    for claim in dossier.claims:
        about = f" about {', '.join(claim.topics)}" if claim.topics else ""
        yield Line(
            words=f"The list {claim.source} claims a yes to {texts_for(claim.purpose)}{about}. "
            f"It counts for nothing. {claim.missing}",
            quote=claim.said or None,
        )
    if dossier.typed is not None:
        yield Line(words="Typed to them and not sent:", quote=dossier.typed.body)


def _behind(dossier: Dossier, story: TextStory, which: str) -> Iterator[Line]:
    text = story.text
    kind = f"{which} was a {text_for(text.purpose)}{f' ({text.topic})' if text.topic else ''}"
    yes = dossier.yes_behind(story)
    if yes is not None:
        yield Line(words=f"{kind}. It rests on this yes: {_act(dossier, yes)}", quote=yes.wording)
    elif text.purpose in {Purpose.MARKETING, Purpose.SERVICE}:
        yield Line(words=f"{kind}. No yes that covers it was on file then.")
    else:
        yield Line(words=f"{kind}. Such a text needs no recorded yes; the decision below says why.")


def _ledger(dossier: Dossier) -> Iterator[Line]:
    if not dossier.entries:
        yield Line(words="No yes and no no is on file for this number.")
    for entry in dossier.entries:
        yield from _entry(dossier, entry)


def _entry(dossier: Dossier, entry: LedgerEntry) -> Iterator[Line]:
    event = entry.event
    said = "Words shown or heard" if event.act is Act.GRANTED else "What was said"
    yield Line(
        words=f"Entry {event.id}: {_act(dossier, event)} {said}, wording {entry.wording_id}:",
        quote=event.wording,
    )
    facts = [f"Recorded {_moment(dossier, event.recorded_at)}."]
    facts.append(f"Witness: {event.witness}." if event.witness else "No witness is named.")
    if event.place:
        facts.append(f"Place: {event.place}.")
    if event.form is not None:
        facts.append(f"Web page: {event.form.page}.")
        facts += [f"Internet address: {event.form.ip}."] if event.form.ip else []
        facts += [f"Number of the form: {event.form.form_id}."] if event.form.form_id else []
    if event.basis is not Basis.EXPRESS:
        facts.append(f"It rests on {_BASIS[event.basis]}, not on a clear yes.")
    if event.evidence_sha256:
        facts.append(f"Evidence file, SHA-256 {event.evidence_sha256}.")
    else:
        facts.append("No evidence file is named.")
    if event.promised_n is not None and event.promised_days is not None:
        facts.append(
            f"Promised: at most {counted(event.promised_n, 'text')} in "
            f"{counted(event.promised_days, 'day')}."
        )
    facts.append(f"Words, SHA-256 {entry.wording_sha256}.")
    facts.append(f"Link {entry.hash}, after {entry.previous_hash}.")
    yield Line(words=" ".join(facts))


_BASIS = {Basis.PURCHASE: "a purchase", Basis.INQUIRY: "an inquiry"}


def _act(dossier: Dossier, event: ConsentEvent) -> str:
    answer = "yes" if event.act is Act.GRANTED else "no"
    topics = f", for {', '.join(event.topics)}" if event.topics else ""
    when = _moment(dossier, event.at)
    return f"{answer} to {texts_for(event.purpose)}{topics}, given {_HOW[event.how]} on {when}."


def _texts(dossier: Dossier) -> Iterator[Line]:
    if not dossier.texts:
        yield Line(words="No text to this number is on file.")
    for story in dossier.texts:
        text = story.text
        about = f", {text.topic}" if text.topic else ""
        yield Line(
            words=f"Text {text.id}, {_moment(dossier, story.at)}: {text.state} "
            f"({text.purpose}{about}; decision {text.decision_id}; gateway {text.gateway}).",
            quote=text.final.text,
        )
        for event in story.events:
            detail = f" {event.detail}" if event.detail else ""
            yield Line(words=f"{_moment(dossier, event.at)}: {event.state} {event.word}{detail}")


def _decisions(dossier: Dossier) -> Iterator[Line]:
    if not dossier.decisions:
        yield Line(words="No decision about this number is on file.")
    about = {story.text.decision_id: story.text.id for story in dossier.texts}
    for decision_id, decision in dossier.decisions:
        yield _decision(dossier, decision_id, decision, about.get(decision_id))


def _decision(
    dossier: Dossier, decision_id: DecisionId, decision: Decision, text_id: int | None
) -> Line:
    text = f", text {text_id}" if text_id is not None else ""
    first = (
        f"Decision {decision_id}{text}, {_moment(dossier, decision.decided_at)}: "
        f"{_VERDICT[decision.verdict]} by rules {decision.rules_version}."
    )
    aside = [f"Did not count: {_reason(reason)}" for reason in decision.set_aside]
    return Line(words=" ".join([first, *map(_reason, decision.reasons), *aside]))


def _reason(reason: Reason) -> str:
    source = f"; {reason.citation}" if reason.citation else ""
    return f"{reason.sentence} [{reason.code}; {reason.layer}; {reason.rule}{source}]"


def _replies(dossier: Dossier) -> Iterator[Line]:
    if not dossier.replies:
        yield Line(words="This number has not written to the shop.")
    for reply in dossier.replies:
        done = f" What was done: {reply.done}." if reply.done else ""
        yield Line(words=f"Reply {reply.id}, {_moment(dossier, reply.at)}.{done}", quote=reply.text)


def _complaints(dossier: Dossier) -> Iterator[Line]:
    if not dossier.complaints:
        yield Line(words="None.")
    for one in dossier.complaints:
        said = f"On {_moment(dossier, one.at)}, {_HOW[one.how]}, about {ABOUT[one.kind]}."
        if one.closed_at is None:
            ended = f"Open; to be answered by {_moment(dossier, one.due_at)}."
        else:
            ended = f"Closed on {_moment(dossier, one.closed_at)}: {one.outcome}"
        yield Line(words=f"{said} {ended}", quote=one.words or None)


def _chain(dossier: Dossier) -> Iterator[Line]:
    chain = dossier.chain
    if chain.first_bad is not None:
        yield Line(
            words=f"No. Entry {chain.first_bad} of the shop's ledger does not link to the one "
            "before it: the file was changed by something other than Shopbell. Restore a backup "
            "and compare."
        )
        return
    yield Line(
        words=f"Yes. The shop's ledger, all customers together, has {chain.entries:,} entries. "
        f"Each links to the one before it, up to the head {chain.head}."
    )
    yield Line(words=_PROVES)


def _made(dossier: Dossier) -> str:
    contact = dossier.contact
    source = (
        "Not a contact."
        if contact is None
        else f"Contact since {_day(dossier, contact.created_at)}, from: {contact.source}."
    )
    return (
        f"Made {_moment(dossier, dossier.made_at)} by Shopbell. All times are the shop's own, "
        f"{dossier.shop.zone}. {source}"
    )


def _moment(dossier: Dossier, at: datetime) -> str:
    return f"{_day(dossier, at)} {clock(at, dossier.shop.zone)}"


def _day(dossier: Dossier, at: datetime) -> str:
    return calendar_day(at, dossier.shop.zone)


def _safe(text: str) -> str:
    return escape(shown(text))


_STYLE = """\
@page { margin: 15mm; } p { margin: 1.5mm 0; }
body { margin: 8mm auto; max-width: 180mm; color: #000; background: #fff; overflow-wrap: anywhere;
  font: 10.5pt/1.45 "Noto Sans", "DejaVu Sans", Arial, Helvetica, sans-serif; }
h1 { font-size: 16pt; } h2 { font-size: 12.5pt; margin: 6mm 0 1mm; break-after: avoid; }
blockquote { margin: 1mm 0 2mm 5mm; padding-left: 3mm; border-left: 0.6mm solid #777;
  white-space: pre-wrap; }
"""
