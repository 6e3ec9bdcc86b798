"""The gate: every text passes here. Runs every rule, keeps every reason, fails closed.

To add a rule, write one function in `domain/gate/` and name it in `RULES`. Must not gather facts:
the same facts, rules and moment always give the same decision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shopbell.domain.decision import Code, Decision, Reason, Verdict
from shopbell.domain.draft_words import true_until
from shopbell.domain.facts import Facts
from shopbell.domain.gate.content import forbidden, promotion, stale
from shopbell.domain.gate.elsewhere import no_elsewhere
from shopbell.domain.gate.enough import gap, promised, row_caps, shop_caps, wished_most
from shopbell.domain.gate.expiry import expired, silent
from shopbell.domain.gate.hours import (
    closed_days,
    emergency,
    holidays,
    quiet_hours,
    wished_hours,
)
from shopbell.domain.gate.occasions import arrives_by, decent_hours, incomplete
from shopbell.domain.gate.permission import permission, topic
from shopbell.domain.gate.place import not_textable, unknown_place, unknown_zone, unregistered
from shopbell.domain.gate.stopped import complaint, suppressed, unclear_stop
from shopbell.domain.gate.wishes import channel_wish, pause
from shopbell.domain.gate.words import empty, reachable, secrets, signed, stoppable, too_long
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.windows import SEARCH_DAYS

Rule = Callable[[Facts, Rulebook, datetime], list[Reason]]
WindowEnd = Callable[[Facts, Rulebook, datetime], datetime | None]

RULES: tuple[Rule, ...] = (
    suppressed,
    unclear_stop,
    complaint,
    unregistered,
    promotion,
    permission,
    expired,
    silent,
    topic,
    no_elsewhere,
    channel_wish,
    pause,
    not_textable,
    secrets,
    forbidden,
    empty,
    too_long,
    signed,
    reachable,
    stoppable,
    stale,
    incomplete,
    unknown_place,
    unknown_zone,
    emergency,
    quiet_hours,
    wished_hours,
    closed_days,
    holidays,
    decent_hours,
    shop_caps,
    gap,
    promised,
    wished_most,
    row_caps,
)
"""In the order in which their reasons are told."""

_MAY_BE_SET_ASIDE = frozenset({Code.QUIET_HOURS, Code.HOLIDAY, Code.CAP_JURISDICTION})
"""A stop, a missing yes, a secret or an unknown place is nobody's to set aside."""

_MOST_STEPS = 100


def decide(
    facts: Facts,
    rules: Rulebook,
    now: datetime,
    gate: tuple[Rule, ...] = RULES,
    window_end: WindowEnd = arrives_by,
) -> Decision:
    """Return allow, hold or refuse at `now` (aware), with every reason any rule gives.

    One refusal refuses, else one hold holds. A held text's `next_allowed_at` is the first moment at
    which no rule holds it; None if that moment cannot be told. A text whose words would be wrong by
    then is refused at once: it never rolls over to another day. A rule that the owner has set aside
    with a typed reason does not count, and is told apart.
    """
    now = now.astimezone(UTC)
    reasons, set_aside = _split(_reasons(facts, rules, now, gate), facts)
    verdict, free = _verdict(reasons), None
    if verdict is Verdict.HOLD:
        free, then = _first_free(reasons, facts, rules, now, gate)
        too_late = tuple(reason for reason in then if reason.code is Code.STALE_WORDS)
        reasons = too_late + reasons
        verdict = _verdict(reasons)
    return Decision(
        verdict=verdict,
        reasons=reasons,
        next_allowed_at=free,
        window_ends_at=(
            _ends(facts, rules, window_end(facts, rules, now)) if verdict is Verdict.ALLOW else None
        ),
        decided_at=now,
        rules_version=rules.version,
        set_aside=set_aside,
    )


def _ends(facts: Facts, rules: Rulebook, window_ends: datetime | None) -> datetime | None:
    """Return the end of the window, or the last moment the words are true if that is earlier."""
    pin = true_until(facts, rules)
    if pin is None:
        return window_ends
    return pin.last if window_ends is None else min(window_ends, pin.last)


def _split(
    reasons: tuple[Reason, ...], facts: Facts
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the reasons that count, and those the owner has set aside with the owner's words."""
    if not facts.shop_rules.set_aside:
        return reasons, ()
    owner = {aside.rule: aside for aside in facts.shop_rules.set_aside}
    counting = [r for r in reasons if r.rule not in owner or r.code not in _MAY_BE_SET_ASIDE]
    aside = [
        replace(
            r,
            sentence=f"{r.sentence} Set aside by {owner[r.rule].by or 'the owner'}: "
            f'"{owner[r.rule].reason}"',
        )
        for r in reasons
        if r not in counting
    ]
    return tuple(counting), tuple(aside)


def _reasons(
    facts: Facts, rules: Rulebook, now: datetime, gate: tuple[Rule, ...]
) -> tuple[Reason, ...]:
    return tuple(reason for rule in gate for reason in rule(facts, rules, now))


def _verdict(reasons: tuple[Reason, ...]) -> Verdict:
    if not reasons:
        return Verdict.ALLOW
    refused = any(reason.verdict is Verdict.REFUSE for reason in reasons)
    return Verdict.REFUSE if refused else Verdict.HOLD


def _first_free(
    reasons: tuple[Reason, ...],
    facts: Facts,
    rules: Rulebook,
    now: datetime,
    gate: tuple[Rule, ...],
) -> tuple[datetime | None, tuple[Reason, ...]]:
    """Return the first moment without a reason, or what refuses at the moment the last hold ends.

    Each reason holds without a break until its own `next_allowed_at`, so nothing before the latest
    of them can be free; another rule may hold there, so look again from that moment.
    """
    moment, horizon = now, now + timedelta(days=SEARCH_DAYS)
    for _ in range(_MOST_STEPS):
        ends = [reason.next_allowed_at for reason in reasons]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends) or max(known) > horizon or max(known) <= moment:
            return None, ()
        moment = max(known)
        reasons, _ = _split(_reasons(facts, rules, moment, gate), facts)
        match _verdict(reasons):
            case Verdict.ALLOW:
                return moment, ()
            case Verdict.REFUSE:
                return None, reasons
            case Verdict.HOLD:
                continue
    return None, ()
