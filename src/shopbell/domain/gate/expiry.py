"""Rules about a yes that has grown old: by the term of a row, and by silence."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, datetime, timedelta

from shopbell.domain.caps import counted
from shopbell.domain.consent import Basis, ConsentEvent
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Facts
from shopbell.domain.gate.permission import asked_for
from shopbell.domain.gate.yes import covering
from shopbell.domain.jurisdictions import Jurisdiction, RowConsent
from shopbell.domain.policy import Need
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.telling import calendar_day
from shopbell.domain.telling import counted as number_of

SHORTEST_MONTH = timedelta(days=28)
"""No silence of so many months is shorter than so many of these."""

_AFTER = {
    Basis.EXPRESS: "after it was said",
    Basis.PURCHASE: "after the purchase",
    Basis.INQUIRY: "after the inquiry",
}


def expired(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text whose yes has run out by a row: in Canada 24 months after a purchase."""
    if rules.policy.purposes[facts.draft.purpose].need is not Need.CONSENT:
        return []
    terms = [(row, law) for row, law in asked_for(facts, rules, now) if law.months]
    grants = covering(facts, now) if terms else ()
    found = (_run_out(row, law, grants, facts, now) for row, law in terms)
    return [reason for reason in found if reason is not None]


def silent(facts: Facts, rules: Rulebook, now: datetime) -> list[Reason]:
    """Refuse a text to somebody with whom no text went either way for long: ask anew first."""
    row = rules.policy.purposes[facts.draft.purpose]
    if row.need is not Need.CONSENT or row.silent_months is None:
        return []
    heard = _heard(facts)
    if heard and now - max(heard) < SHORTEST_MONTH * row.silent_months:
        return []
    grants = covering(facts, now)
    if not grants:
        return []
    last = max(heard + [grant.at for grant in grants])
    if now < months_later(last, row.silent_months):
        return []
    return [
        Reason(
            code=Code.CONSENT_EXPIRED,
            verdict=Verdict.REFUSE,
            layer=Layer.POLICY,
            rule="policy.silence",
            citation="",
            sentence="No text has gone either way since "
            f"{calendar_day(last, facts.shop.zone)}, more than {row.silent_months} months. "
            "Ask whether they still want texts, then record it.",
        )
    ]


def _heard(facts: Facts) -> list[datetime]:
    """Return when texts went either way."""
    heard = [text.at for text in counted(facts.person.past)]
    if facts.person.last_inbound_at is not None:
        heard.append(facts.person.last_inbound_at)
    return heard


def months_later(at: datetime, months: int) -> datetime:
    """Return the same day and time some months later, or the last day of a shorter month."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    year = min(year, MAXYEAR)
    day = min(at.day, monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)


def _run_out(
    row: Jurisdiction,
    law: RowConsent,
    grants: tuple[ConsentEvent, ...],
    facts: Facts,
    now: datetime,
) -> Reason | None:
    """Return the reason if every grant the row takes has run out; None if one lasts."""
    ends: list[tuple[datetime, Basis, int]] = []
    for grant in grants:
        if grant.basis not in law.accepts:
            continue
        months = law.months_of(grant.basis)
        if months is None:
            return None
        ends.append((months_later(_since(grant, law, facts), months), grant.basis, months))
    if not ends:
        return None
    end, basis, months = max(ends)
    if now < end:
        return None
    renewed = " or its last use" if law.renewed_by_use else ""
    return Reason(
        code=Code.CONSENT_EXPIRED,
        verdict=Verdict.REFUSE,
        layer=Layer.LAW,
        rule=f"{row.id}.expiry.{facts.draft.purpose}",
        citation=law.citation,
        sentence=f"In {row.name.partition(' (')[0]} such a yes lasts "
        f"{number_of(months, 'month')} {_AFTER[basis]}{renewed}; it ended on "
        f"{calendar_day(end, facts.shop.zone)}. Ask for a clear yes, then record it.",
        confidence=law.months_confidence or row.confidence,
    )


def _since(grant: ConsentEvent, law: RowConsent, facts: Facts) -> datetime:
    """Return when the yes was given, or last used where use makes it last anew."""
    if not law.renewed_by_use:
        return grant.at
    past = counted(facts.person.past)
    return max([grant.at, *(one.at for one in past if one.purpose is facts.draft.purpose)])
