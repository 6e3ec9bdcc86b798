"""A row of the rulebook in words, each with its source: for reading, not for deciding.

Both doors show the same sheets. Must not decide, and must not read the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shopbell.domain.caps import per_text
from shopbell.domain.carriers import Carrier, Carriers
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Layer
from shopbell.domain.jurisdictions import Confidence, Jurisdiction
from shopbell.domain.policy import FooterWhen, Need, Policy, PurposeRow
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.row_lines import RuleLine, note_line, row_lines, sentences
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import counted
from shopbell.domain.text_rules import TextRules
from shopbell.domain.weeks import week_text
from shopbell.domain.word_sheet import WORDS_ID, word_lines

POLICY_ID = "policy"
_SPOKEN_UNITS = ((365, "year"), (30, "month"), (1, "day"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSheet:
    """One row as a page."""

    id: str
    name: str
    version: str
    scope: str
    confidence: str
    checked: date
    review_by: date
    effective_from: date | None
    effective_to: date | None
    lines: tuple[RuleLine, ...]
    sources: tuple[str, ...]

    def is_overdue(self, today: date) -> bool:
        """Return whether somebody should have looked at the sources again by now."""
        return today > self.review_by

    def age(self, today: date) -> str:
        """Return how long ago the sources were read: "12 days", "3 months"."""
        days = max((today - self.checked).days, 0)
        for length, noun in _SPOKEN_UNITS:
            if days >= length:
                return counted(days // length, noun)
        return "0 days"


def rule_sheets(rules: Rulebook) -> tuple[RuleSheet, ...]:
    """Return every sheet: Shopbell's own manners, the rows of law, the carriers, the words."""
    return (
        _policy_sheet(rules.policy),
        *map(_row_sheet, rules.jurisdictions),
        *(_carrier_sheet(carrier, rules.carriers) for carrier in rules.carriers.carriers),
        _word_sheet(rules.texts),
    )


def sheets_named(rules: Rulebook, wanted: str) -> tuple[RuleSheet, ...]:
    """Return the sheets of an id in any case, "us-fl": several if its row changed over time."""
    return tuple(sheet for sheet in rule_sheets(rules) if sheet.id.lower() == wanted.lower())


def _row_sheet(row: Jurisdiction) -> RuleSheet:
    return RuleSheet(
        id=row.id,
        name=row.name,
        version=row.version,
        scope=row.scope,
        confidence=row.confidence,
        checked=row.checked,
        review_by=row.review_by,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        lines=tuple(row_lines(row)),
        sources=row.sources,
    )


def _policy_sheet(policy: Policy) -> RuleSheet:
    minutes = int(policy.deliver_margin.total_seconds()) // 60
    hours = int(policy.inbound_within.total_seconds()) // 3600
    return RuleSheet(
        id=POLICY_ID,
        name="Shopbell's own manners",
        version=policy.version,
        scope="Defaults, never the law. The owner may change them.",
        confidence="",
        checked=policy.checked,
        review_by=policy.review_by,
        effective_from=None,
        effective_to=None,
        lines=(
            RuleLine(topic="Hours a new shop is offered", says=f"{week_text(policy.hours)}."),
            *(
                RuleLine(
                    topic=texts_for(purpose).capitalize(),
                    says=_purpose(policy.purposes[purpose], policy),
                )
                for purpose in Purpose
            ),
            RuleLine(
                topic="Before closing",
                says=f"Nothing is handed over in the last {minutes} minutes of a window.",
            ),
            RuleLine(
                topic="Answers",
                says=f"A person's own text allows answers for {hours} hours.",
            ),
            RuleLine(topic="Length", says=f"At most {counted(policy.most_parts, 'part')}."),
            RuleLine(
                topic="Long exchanges",
                says=f"After {counted(policy.exchange.texts, 'text')} back and forth within "
                f"{per_text(policy.exchange.within)} a call is offered. Advice; it stops nothing.",
                citation=policy.exchange.citation,
                confidence=policy.exchange.confidence,
                layer=Layer.POLICY,
                rule="policy.exchange",
            ),
            *map(note_line, policy.notes),
        ),
        sources=(),
    )


_NEED = {
    Need.CONSENT: "Needs a yes for this purpose",
    Need.RECENT_INBOUND: "Needs a text of theirs to answer",
    Need.OCCASION: "Answers something that happened, once: a stop, a HELP, a yes",
    Need.NOTHING: "Needs no yes, but a stop holds",
}
_FOOTER = {
    FooterWhen.ALWAYS: "Always says how to stop",
    FooterWhen.FIRST_AND_MONTHLY: "Says how to stop the first time and monthly",
    FooterWhen.NEVER: "",
}


def _purpose(row: PurposeRow, policy: Policy) -> str:
    caps = ", ".join(f"{cap.n} in {per_text(cap.per)}" for cap in row.caps)
    footer = _FOOTER[row.footer]
    if row.footer is FooterWhen.FIRST_AND_MONTHLY and policy.footers.monthly != timedelta(days=30):
        footer = f"Says how to stop the first time and every {per_text(policy.footers.monthly)}"
    return sentences(
        _NEED[row.need],
        "Keeps to hours, holidays and closed days" if row.quiet_hours else "Goes at any hour",
        f"At most {caps}" if caps else "",
        f"At least {per_text(row.gap)} between two" if row.gap else "",
        footer,
        f"Ask anew after {row.silent_months} months of silence" if row.silent_months else "",
    )


def _carrier_sheet(carrier: Carrier, carriers: Carriers) -> RuleSheet:
    return RuleSheet(
        id=carrier.id,
        name=carrier.name,
        version=carriers.version,
        scope=carrier.scope,
        confidence=carrier.confidence,
        checked=carriers.checked,
        review_by=carriers.review_by,
        effective_from=None,
        effective_to=None,
        lines=tuple(
            RuleLine(topic=rule.topic, says=rule.says, citation=rule.citation, layer=Layer.CARRIER)
            for rule in carrier.rules
        ),
        sources=(),
    )


def _word_sheet(rules: TextRules) -> RuleSheet:
    return RuleSheet(
        id=WORDS_ID,
        name="What is looked for in the words",
        version=rules.lint.version,
        scope="Every text somebody writes. Secrets and words that pass are looked for besides.",
        confidence="",
        checked=rules.lint.checked,
        review_by=rules.lint.review_by,
        effective_from=None,
        effective_to=None,
        lines=tuple(word_lines(rules)),
        sources=(),
    )


CONFIDENCE_WORDS = {
    Confidence.V1: "the primary text was seen",
    Confidence.V2: "secondary sources were seen",
    Confidence.V2_CONFLICTING: "secondary sources disagree",
    Confidence.U: "not verified",
}
"""What each mark of confidence means."""
