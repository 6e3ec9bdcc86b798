"""Sums that must come out, whatever happened to the shop file. Must not read it or mend anything.

A balance that does not come out means a fault in Shopbell or a file that somebody else wrote to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from shopbell.domain.segments import measure
from shopbell.domain.telling import counted
from shopbell.domain.texts import Encoding, State, may_move

_NAMED = 5
"""As many faults are told one by one; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One sum: what was looked at, and where it does not come out."""

    name: str
    """Stable, for scripts: "texts", "parts"."""
    says: str
    """What holds when it comes out, as the end of "300 texts: ..."."""
    looked_at: int
    faults: tuple[str, ...] = ()
    """Sentences; the last one may count those that are not told."""

    @property
    def ok(self) -> bool:
        """Whether it comes out."""
        return not self.faults


def balance(name: str, says: str, looked_at: int, faults: Iterable[str]) -> Balance:
    """Return a balance that names the first few faults and counts the others."""
    rest = iter(faults)
    told = list(islice(rest, _NAMED))
    more = sum(1 for _ in rest)
    if more:
        told.append(f"{counted(more, 'more fault')} of this kind.")
    return Balance(name=name, says=says, looked_at=looked_at, faults=tuple(told))


def history_fault(text_id: int, state: State, history: Sequence[State]) -> str | None:
    """Return what is wrong with the states a text went through, or None when all is well."""
    if not history:
        return f"Nothing is on file of what happened to text {text_id}."
    for old, new in pairwise(history):
        if old is not new and not may_move(old, new):
            return f"Text {text_id} went from {old} to {new}, which cannot happen."
    if history[-1] is not state:
        return f"Text {text_id} is {state}, but the last that happened to it was {history[-1]}."
    return None


def parts_fault(
    text_id: int, final_text: str, encoding: Encoding, units: int, segments: int
) -> str | None:
    """Return why the parts written down are not those of the text, or None when they are."""
    now = measure(final_text)
    if (now.encoding, now.units, now.segments) == (encoding, units, segments):
        return None
    return (
        f"Text {text_id} was written down as {counted(segments, 'part')} "
        f"and is {counted(now.segments, 'part')}."
    )
