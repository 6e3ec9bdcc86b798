"""Rules about the words themselves: signed, stoppable, short, and without secrets."""

# ruff: noqa: ARG001 - every rule takes the same three arguments

from __future__ import annotations

from datetime import datetime

from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.rows import law_rows
from shopbell.domain.policy import FooterWhen
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.secrets_in_text import secrets_in
from shopbell.domain.telling import counted
from shopbell.domain.wording import names_the_shop, says_how_to_stop


def empty(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text that says nothing."""
    if facts.final.text:
        return []
    return [_refused(Code.EMPTY_TEXT, "policy.words", "There is nothing to send. Type the text.")]


def too_long(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text of more parts than the shop allows."""
    most = rules.policy.most_parts
    if facts.final.segments <= most:
        return []
    sentence = (
        f"This text has {counted(facts.final.segments, 'part')}; {most} is the most. "
        "Shorten it, or send it as a mail."
    )
    return [_refused(Code.TOO_LONG, "policy.parts", sentence)]


def secrets(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text that holds a card number, a password or the like; never repeat it."""
    kinds = dict.fromkeys(found.kind for found in secrets_in(facts.draft.body))
    return [
        _refused(
            Code.SECRET_IN_TEXT,
            "policy.secrets",
            f"There seems to be {kind} in this text. Take it out; say it on the phone instead.",
        )
        for kind in kinds
    ]


def signed(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text that does not say who sends it."""
    if not facts.final.text or names_the_shop(facts.final, facts.shop):
        return []
    sentence = "The text does not say who sends it. Give the shop a name in its settings."
    return [_refused(Code.NO_SENDER_NAME, "policy.name", sentence)]


def reachable(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text without a way to reach the shop where a law asks for one in each."""
    when = rules.policy.purposes[facts.draft.purpose].footer
    contact = facts.shop_rules.contact
    if not facts.final.text or when is not FooterWhen.ALWAYS:
        return []
    return [
        Reason(
            code=Code.NO_SENDER_NAME,
            verdict=Verdict.REFUSE,
            layer=Layer.LAW,
            rule=f"{row.id}.sender",
            citation=row.sender.citation,
            sentence=f"Each marketing text to {row.name.partition(' (')[0]} must say how to reach "
            "the shop. Note a short web or mail address in the shop's rules; it is put in by "
            "itself.",
            confidence=row.sender.confidence or row.confidence,
        )
        for row in law_rows(facts, rules, now)
        if row.sender is not None
        and row.sender.contact
        and not (contact and contact in facts.final.text)
    ]


def stoppable(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text without a way out where its purpose always asks for one."""
    when = rules.policy.purposes[facts.draft.purpose].footer
    if not facts.final.text or when is not FooterWhen.ALWAYS:
        return []
    if facts.number.country in rules.policy.footers.in_template:
        return []
    if says_how_to_stop(facts.final, rules):
        return []
    sentence = "The text does not say how to stop. Add a line such as: STOP to end."
    return [_refused(Code.NO_OPT_OUT_FOOTER, "policy.footer", sentence)]


def _refused(code: Code, rule: str, sentence: str) -> Reason:
    return Reason(
        code=code,
        verdict=Verdict.REFUSE,
        layer=Layer.POLICY,
        rule=rule,
        citation="",
        sentence=sentence,
    )
