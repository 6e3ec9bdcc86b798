"""Shows a checked draft: the text as it would leave, what it takes, and the decision.

Must not check anything itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from textual.content import Content

from shopbell.domain.consent import Purpose, standing
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.telling import counted
from shopbell.domain.texts import FinalText
from shopbell.services.outbox import Checked
from shopbell.tui import words
from shopbell.tui.own_keys import key_for
from shopbell.tui.plain import lines, spans

_WEEK = timedelta(days=7)
_MOST_NOTES = 2


def as_it_leaves(final: FinalText, shop: str) -> Content:
    """Return the whole text; what was put there by rule is muted."""
    text, footer = final.text, final.footer_added
    head = f"{shop}: " if final.name_added and text.startswith(f"{shop}: ") else ""
    tail = footer if footer and text.endswith(footer) else ""
    middle = text[len(head) : len(text) - len(tail)]
    return spans((head, "$text-muted"), middle, (tail, "$text-muted"))


def measured(checked: Checked, straighten: str) -> Content:
    """Return parts, letters, price, and what makes it dear; `straighten` is the key that helps."""
    final, notes = checked.judged.final, checked.notes
    cost = words.bill(final.segments, checked.price_micros, checked.currency)
    rows = [
        spans(
            (words.measure(final), "bold" if final.segments > 1 else ""),
            (f" · {cost}" if cost else " · no price set", "bold" if cost else "$text-muted"),
        )
    ]
    dear = words.costly(final) if notes.costliest is None else notes.costliest.sentence
    if notes.offer is not None:
        dear = f"{dear} Press {straighten} to straighten it.".strip()
    if dear:
        rows.append(spans(("! ", "bold $text-warning"), dear))
    return lines(*rows)


def noticed(checked: Checked, service: str) -> Content:
    """Return what else the words say, the most telling first.

    Args:
        checked: the draft.
        service: the key for saying that promotional words are no offer.
    """
    notes, rows = checked.notes, []
    told = {reason.code for reason in checked.judged.decision.reasons}
    promotion = notes.promotion
    if promotion is not None and notes.counts_as_marketing:
        why = "" if Code.PROMOTION_IN_SERVICE in told else f"{promotion.sentence} "
        rows.append(f"{why}{service} says why it only serves their order.")
    elif promotion is not None:
        reason = checked.judged.facts.draft.really_service
        rows.append(f"No offer, because: \u201c{reason}\u201d")
    if notes.pin is not None and Code.STALE_WORDS not in told:
        rows.append(notes.pin.sentence)
    rows += [one.sentence for one in notes.warnings]
    if len(rows) > _MOST_NOTES:
        more = len(rows) - _MOST_NOTES
        rows = [
            *rows[:_MOST_NOTES],
            f"and {counted(more, 'more note')}: {key_for('text.why')} shows all",
        ]
    return lines(*(spans(("\u00b7 ", "$text-warning"), row) for row in rows))


def decided(checked: Checked, zone: str, now: datetime, at: datetime | None = None) -> Content:
    """Return the decision with its first reason, and how many more there are.

    Args:
        checked: the draft.
        zone: of the counter.
        now: the present moment.
        at: when it is to leave, where a time was chosen.
    """
    decision = checked.judged.decision
    sign, said, style = words.verdict(decision, zone, now)
    if at is not None and decision.verdict is Verdict.ALLOW:
        said = f"may go {words.moment(at, zone, now)}; it is decided again then"
    head = spans((f"{sign} {said}", f"bold {style}"))
    if decision.verdict is Verdict.ALLOW:
        return lines(head, spans((_because(checked.judged.facts, zone, now), "$text-muted")))
    more = len(decision.reasons) - 1
    rows = [head, spans(decision.reasons[0].sentence)]
    if more:
        others = "1 more reason" if more == 1 else f"{more} more reasons"
        rows.append(spans((f"and {others}: {key_for('text.why')} shows all", "$text-muted")))
    return lines(*rows)


def _because(facts: Facts, zone: str, now: datetime) -> str:
    """Return the facts that speak for it, so that a yes is explained like a no."""
    person, purpose = facts.person, facts.draft.purpose
    week = [text for text in person.past if now - text.at < _WEEK and text.purpose is purpose]
    said: list[str] = []
    if granted := standing(person.consents, purpose):
        yes = granted[-1]
        said.append(f"they said yes on {words.day(yes.at, zone)}, {words.how(yes.how)}")
    elif purpose is Purpose.CONVERSATION and person.last_inbound_at is not None:
        said.append(f"they wrote {words.ago(person.last_inbound_at, now)} ago")
    if purpose is not Purpose.CONVERSATION:
        said.append(
            "1 text this week so far" if len(week) == 1 else f"{len(week)} this week so far"
        )
    return "; ".join(said)
