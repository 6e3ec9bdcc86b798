"""Shows a checked draft: the text as it would leave, what it takes, and the decision.

Must not check anything itself.
"""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from shopbell.domain.decision import Verdict
from shopbell.domain.texts import FinalText
from shopbell.services.outbox import Checked
from shopbell.tui import words
from shopbell.tui.plain import lines, spans


def as_it_leaves(final: FinalText, shop: str) -> Content:
    """Return the whole text; what was put there by rule is muted."""
    text, footer = final.text, final.footer_added
    head = f"{shop}: " if final.name_added and text.startswith(f"{shop}: ") else ""
    tail = footer if footer and text.endswith(footer) else ""
    middle = text[len(head) : len(text) - len(tail)]
    return spans((head, "$text-muted"), middle, (tail, "$text-muted"))


def measured(checked: Checked) -> Content:
    """Return parts, letters, price, and what makes it dear."""
    final = checked.judged.final
    cost = words.price(checked.price_micros, checked.currency)
    rows = [
        spans(
            (words.measure(final), "bold" if final.segments > 1 else ""),
            (f" · {cost}" if cost else "", "bold"),
        )
    ]
    if dear := words.costly(final):
        rows.append(spans(("! ", "bold $text-warning"), dear))
    return lines(*rows)


def decided(checked: Checked, zone: str, now: datetime) -> Content:
    """Return the decision with its first reason, and how many more there are."""
    decision = checked.judged.decision
    sign, said, style = words.verdict(decision, zone, now)
    head = spans((f"{sign} {said}", f"bold {style}"))
    if decision.verdict is Verdict.ALLOW:
        return head
    more = len(decision.reasons) - 1
    rows = [head, spans(decision.reasons[0].sentence)]
    if more:
        others = "1 more reason" if more == 1 else f"{more} more reasons"
        rows.append(spans((f"and {others}: w shows all", "$text-muted")))
    return lines(*rows)
