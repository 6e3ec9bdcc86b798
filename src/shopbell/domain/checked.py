"""What a whole look at a shop file showed, as values and in sentences. Must not look itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shopbell.domain.balances import Balance
from shopbell.domain.ids import ConsentId
from shopbell.domain.ledger import DOES_NOT_PROVE, PROVES, SHORTEST_HEAD, Walk
from shopbell.domain.telling import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Pages and tables, the consent ledger, the sums."""

    faults: tuple[str, ...]
    """What is wrong with pages and tables."""
    ledger: Walk
    noted: str
    """The head that was looked for, or ""."""
    balances: tuple[Balance, ...]

    @property
    def ledger_ok(self) -> bool:
        """Every entry fits, and the noted head is among them."""
        return self.ledger.first_bad is None and not (self.noted and self.ledger.noted_at is None)

    @property
    def ok(self) -> bool:
        """Nothing at all is wrong."""
        return not self.faults and self.ledger_ok and all(one.ok for one in self.balances)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Which ledger entries name a file as their evidence."""

    sha256: str
    entries: tuple[ConsentId, ...]

    def sentence(self) -> str:
        """Say it."""
        if not self.entries:
            return (
                "No entry of the ledger names this file. If it should, the file was changed since."
            )
        which = ", ".join(str(entry) for entry in self.entries)
        word = "Entry" if len(self.entries) == 1 else "Entries"
        return f"{word} {which} of the ledger: recorded with exactly this file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One fact and whether it is as it should be; `None` where it is neither."""

    sentence: str
    ok: bool | None


def sentences(found: Checked) -> tuple[Said, ...]:
    """Return everything that was found, one fact each, and what it proves and what not."""
    return tuple(_sentences(found))


def _sentences(found: Checked) -> Iterator[Said]:
    for fault in found.faults:
        yield Said(sentence=f"The file is damaged: {fault}", ok=False)
    if not found.faults:
        yield Said(sentence="The file is sound.", ok=True)
    yield from _ledger(found)
    for one in found.balances:
        if one.ok:
            yield Said(sentence=f"{one.name.capitalize()}, {one.looked_at:,}: {one.says}.", ok=True)
        for fault in one.faults:
            yield Said(sentence=f"{one.name.capitalize()}: {fault}", ok=False)


def _ledger(found: Checked) -> Iterator[Said]:
    ledger = found.ledger
    if ledger.first_bad is not None:
        yield Said(
            sentence="The consent ledger was changed from outside: "
            f"entry {ledger.first_bad} does not fit the one before it. "
            "From there on it proves nothing; look for a backup from before.",
            ok=False,
        )
        return
    entries = counted(ledger.entries, "entry", "entries")
    yield Said(
        sentence=f"The consent ledger is sound: {entries}, each linked to the last.", ok=True
    )
    yield Said(sentence=f"Ledger head: {ledger.head}", ok=None)
    if found.noted:
        yield _noted(ledger)
    else:
        yield Said(
            sentence="Note the head away from this computer. Checked with it another day, the "
            f"ledger also shows whether its end was cut off; {SHORTEST_HEAD} characters are "
            "enough.",
            ok=None,
        )
    yield Said(sentence=PROVES, ok=None)
    yield Said(sentence=DOES_NOT_PROVE, ok=None)


def _noted(ledger: Walk) -> Said:
    if ledger.since is None:
        return Said(
            sentence="The head you noted is not in this ledger: entries were cut off or rewritten "
            "since, this is an older copy of the file, or the head was mistyped.",
            ok=False,
        )
    newer = counted(ledger.since, "newer entry", "newer entries")
    return Said(
        sentence=f"The head you noted is entry {ledger.noted_at}: nothing up to it was changed "
        f"or cut off since. {newer}.",
        ok=True,
    )
