"""A plan: where each person of a campaign stands, and whether all of it fits into the window.

Pure: takes what the gate decided and puts people into order and into numbers. Must not decide
whether a text may go, and must not store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from shopbell.domain.campaigns import Moved, Outcome
from shopbell.domain.crowd import Said
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Judged
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.merge_fields import Field, Unprintable
from shopbell.domain.telling import day_and_clock

DEFAULT_LIFE = timedelta(days=7)
"""How long after its start a campaign's texts may leave when nothing else ends it."""

_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastMoment:
    """When the last text of a campaign may leave."""

    at: datetime
    why: str
    """As a sentence; empty when nobody said so and the default counts."""

    @property
    def is_firm(self) -> bool:
        """Whether the words or the owner say so: who could only go later is left out."""
        return bool(self.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one person stands in a plan."""

    number: E164
    contact_id: ContactId | None
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    next_at: datetime | None = None
    window_ends_at: datetime | None = None
    segments: int = 0

    @property
    def code(self) -> Code | None:
        """The main reason."""
        reason = main_reason(self.reasons)
        return None if reason is None else reason.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How long the texts of a plan take, and whether each leaves before its window ends."""

    starts_at: datetime
    seconds: float
    ends_at: datetime
    """When the last one leaves."""
    late: int
    """How many would leave after their window, if nothing were done about it."""
    start_by: datetime | None
    """The last start at which none is late; None while there is nothing to send."""


def stands(
    said: Said | Judged,
    number: E164,
    contact_id: ContactId | None,
    last: LastMoment,
    zone: str = "UTC",
) -> Standing:
    """Return where a person stands, by what the gate decided."""
    decision = said.decision
    standing = Standing(
        number=number,
        contact_id=contact_id,
        outcome=Outcome.SEND,
        reasons=decision.reasons,
        next_at=decision.next_allowed_at,
        window_ends_at=decision.window_ends_at,
        segments=said.final.segments,
    )
    match decision.verdict:
        case Verdict.ALLOW:
            return standing
        case Verdict.REFUSE:
            return replace(standing, outcome=Outcome.OUT, next_at=None)
        case Verdict.HOLD:
            if last.is_firm and standing.next_at is not None and standing.next_at > last.at:
                return left_out(standing, too_late(last, standing.next_at, zone))
            return replace(standing, outcome=Outcome.HELD)


def left_out(standing: Standing, reason: Reason) -> Standing:
    """Return a person who was held or could go, left out for one more reason."""
    return replace(standing, outcome=Outcome.OUT, next_at=None, reasons=(reason, *standing.reasons))


def gap(number: E164, contact_id: ContactId | None, unprintable: Unprintable) -> Standing:
    """Return where a person stands whose text would have a hole."""
    if unprintable.field is Field.COUPON:
        reason = _own(
            Code.NO_COUPON,
            Verdict.REFUSE,
            "No coupon code is left for this person. Add more codes, then plan again.",
        )
        return Standing(
            number=number, contact_id=contact_id, outcome=Outcome.OUT, reasons=(reason,)
        )
    reason = _own(
        Code.MERGE_GAP,
        Verdict.HOLD,
        f"This person {unprintable.why}. Mend the name on the contact, or write a word that "
        f"stands in: {{{unprintable.field}|there}}.",
    )
    return Standing(number=number, contact_id=contact_id, outcome=Outcome.HELD, reasons=(reason,))


def gone() -> Reason:
    """Return the reason for somebody who is not in the shop file any more."""
    return _own(Code.GONE, Verdict.REFUSE, "This person is not in the shop file any more.")


def taken_out() -> Reason:
    """Return the reason for somebody the owner left out."""
    return _own(Code.TAKEN_OUT, Verdict.REFUSE, "The shop left this person out.")


def shared() -> Reason:
    """Return the reason for a number whose person or household gets the text at another one."""
    return _own(
        Code.SAME_HOUSEHOLD,
        Verdict.REFUSE,
        "Another number of this person, or somebody they live with, gets this text.",
    )


def one_of_each(
    standings: Iterable[Standing], groups: Mapping[E164, str], taken: Iterable[str] = ()
) -> tuple[Standing, ...]:
    """Return the standings, in their order, with one text for each group at most.

    Whoever comes first keeps it: give those who may go before those who are held. `taken` are the
    groups that have had theirs. Who is left out anyway takes nobody's place.
    """
    gone_to = set(taken)
    found: list[Standing] = []
    for standing in standings:
        group = groups.get(standing.number)
        if group is None or standing.outcome is Outcome.OUT:
            found.append(standing)
        elif group in gone_to:
            found.append(left_out(standing, shared()))
        else:
            gone_to.add(group)
            found.append(standing)
    return tuple(found)


def aborted(why: str) -> Reason:
    """Return the reason for everybody whose text had not left when a campaign was aborted."""
    return _own(Code.SENDING_OFF, Verdict.REFUSE, why)


def too_late(last: LastMoment, next_at: datetime | None, zone: str) -> Reason:
    """Return the reason for somebody who could only be texted after the last moment."""
    first = "" if next_at is None else f" The first chance is {day_and_clock(next_at, zone)}."
    return _own(Code.TOO_LATE, Verdict.REFUSE, f"{last.why}{first}")


def last_moment(
    *, starts_at: datetime, words: tuple[datetime, str] | None, owner: datetime | None, zone: str
) -> LastMoment:
    """Return when the last text may leave: the earliest of what the words and the owner say.

    Args:
        starts_at: when the first one leaves.
        words: until when the words are true and the sentence that says so; None: they stay true.
        owner: what the owner said.
        zone: of the shop, for the sentence.
    """
    ends = [LastMoment(at=words[0], why=words[1])] if words is not None else []
    if owner is not None:
        ends.append(
            LastMoment(at=owner, why=f"The shop wants no text after {day_and_clock(owner, zone)}.")
        )
    default = LastMoment(at=starts_at + DEFAULT_LIFE, why="")
    return min(ends, key=lambda one: one.at, default=default)


def main_reason(reasons: Sequence[Reason]) -> Reason | None:
    """Return the reason that weighs most: what refuses, else what holds for longest."""
    for reason in reasons:
        if reason.verdict is Verdict.REFUSE:
            return reason
    return max(reasons, key=lambda one: one.next_allowed_at or _FAR, default=None)


def in_leaving_order(rows: Iterable[Standing]) -> list[Standing]:
    """Return the people in the order their texts leave: whose window ends first goes first."""
    return sorted(rows, key=lambda row: row.window_ends_at or _FAR)


def fit(
    ends: Sequence[datetime | None],
    *,
    starts_at: datetime,
    spacing: timedelta,
    margin: timedelta = timedelta(0),
    last_at: datetime | None = None,
) -> Fit:
    """Return whether texts that leave one after another all leave in time.

    Args:
        ends: when the window of each ends, in leaving order; None: it has no end.
        starts_at: when the first one leaves.
        spacing: from one text to the next.
        margin: how long before the end of a window texts are no longer handed over.
        last_at: when the campaign itself ends.
    """
    late, start_by = 0, None
    for index, end in enumerate(ends):
        limits = [one for one in (end and end - margin, last_at) if one is not None]
        if not limits:
            continue
        room = min(limits) - spacing * index
        late += room <= starts_at
        start_by = room if start_by is None else min(start_by, room)
    length = spacing * max(len(ends) - 1, 0)
    return Fit(
        starts_at=starts_at,
        seconds=length.total_seconds(),
        ends_at=starts_at + length,
        late=late,
        start_by=start_by,
    )


def moved(
    before: Mapping[E164, Outcome], after: Mapping[E164, tuple[Outcome, Code | None]]
) -> tuple[Moved, ...]:
    """Return who stands elsewhere than before, counted, the largest group first."""
    counts: Counter[tuple[Outcome | None, Outcome | None, Code | None]] = Counter()
    for number in before.keys() | after.keys():
        old = before.get(number)
        new, code = after.get(number, (None, None))
        if old is not new:
            counts[old, new, code] += 1
    return tuple(
        Moved(before=old, after=new, code=code, count=count)
        for (old, new, code), count in sorted(counts.items(), key=lambda one: (-one[1], str(one)))
    )


def _own(code: Code, verdict: Verdict, sentence: str) -> Reason:
    return Reason(
        code=code,
        verdict=verdict,
        layer=Layer.POLICY,
        rule="policy.campaign",
        citation="",
        sentence=sentence,
    )
