"""Draws a campaign while it is written: whom it is for, what it takes. Must not ask anything."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from shopbell.domain.audience_rules import audience_words
from shopbell.domain.campaigns import CampaignDraft
from shopbell.domain.findings import Severity
from shopbell.services.campaign_drafts import DraftLook
from shopbell.tui import words
from shopbell.tui.judgement import as_it_leaves, measured
from shopbell.tui.plain import lines, spans
from shopbell.tui.screens.real_texts import when

_MOST_NOTES = 3


def meant(draft: CampaignDraft, look: DraftLook | None) -> Content:
    """Return who is chosen, with how many that are."""
    count = ""
    if look is not None:
        count = "1 person: " if look.chosen == 1 else f"{look.chosen:,} people: "
    return spans((count, "bold"), audience_words(draft.audience), one_line=True)


def leaves(draft: CampaignDraft, look: DraftLook | None, zone: str, now: datetime) -> Content:
    """Return when it leaves, on the shop's clock and on that of the first person."""
    if draft.not_before is None or draft.not_before <= now:
        return spans("as soon as it is started")
    zones = look.zones if look is not None else ()
    return spans((when(draft.not_before, zone, zones), ""), one_line=True)


def codes(look: DraftLook | None, left: int) -> Content:
    """Return how many coupon codes there are, and whether that is enough."""
    if left:
        short = look is not None and look.wants_codes and look.chosen > left
        enough = f", for {look.chosen:,} people: more are needed" if look and short else ""
        return spans(f"{left:,} left{enough}")
    if look is not None and look.wants_codes:
        return spans(("! ", "bold $text-warning"), "none yet, and the words hold {coupon}")
    return spans(("none; {coupon} in the words puts one in", "$text-muted"))


def looked_at(look: DraftLook, shop: str, straighten: str) -> Content:
    """Return the text as the first person gets it, what it takes, and what is noticed."""
    checked, first = look.checked, look.first
    if first is None:
        return spans(("Nobody is chosen yet.", "$text-muted"))
    if checked is None:
        hint = "Write the words: {first_name|there} is filled in for each person."
        return spans((hint, "$text-muted"))
    who = words.called(first.name, first.number)
    lacks = f" ({look.unprintable}: held until that is mended)" if look.unprintable else ""
    rows = [
        spans((f"{who} gets{lacks}: ", "$text-muted")).append(
            as_it_leaves(checked.judged.final, shop)
        ),
        measured(checked, straighten),
    ]
    if checked.price_micros is not None and look.chosen > 1:
        total = words.price(checked.price_micros * look.chosen, checked.currency)
        rows.append(spans((f"About {total} if all {look.chosen:,} may be texted.", "$text-muted")))
    told = [(one.severity is Severity.BLOCK, one.sentence) for one in checked.notes.findings]
    if checked.notes.pin is not None:
        told.insert(0, (False, checked.notes.pin.sentence))
    rows += [
        spans(("✗ " if stops else "· ", "bold $text-error" if stops else "$text-warning"), said)
        for stops, said in sorted(told, key=lambda one: not one[0])[:_MOST_NOTES]
    ]
    return lines(*rows)
