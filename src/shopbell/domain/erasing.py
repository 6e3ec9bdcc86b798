"""What becomes of what is on file when a person is forgotten, in numbers and in words.

Must not erase anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from shopbell.domain.telling import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What goes and what stays."""

    numbers: int
    """All numbers of the person: they are forgotten together."""
    contacts: int
    texts: int
    replies: int
    decisions: int
    kept_entries: int
    """Entries of the consent ledger that stay, under a keyed hash in place of the number."""
    kept_complaints: int
    """Complaints that stay, without words and number."""


_NOTE = (
    "A coded note of the number stays on the do-not-text list, so that it is never texted again, "
    "whatever is imported. Only a new sign-up by the person ends that."
)


def goes(done: Erasure) -> str:
    """Return what goes, as a sentence without a verb: "name and notes, 3 texts, ..."."""
    parts = ["name, notes and wishes"] if done.contacts else []
    parts += [counted(done.texts, "text")] if done.texts else []
    parts += [counted(done.replies, "reply", "replies")] if done.replies else []
    parts += [counted(done.decisions, "decision")] if done.decisions else []
    return ", ".join(parts) or "nothing but the number"


def stays(done: Erasure) -> tuple[str, ...]:
    """Return what stays and why, a sentence each."""
    told = [_NOTE]
    if done.kept_entries:
        told.append(
            f"In the consent ledger: {counted(done.kept_entries, 'entry', 'entries')}, under the "
            "same coded note, as proof that past texts were allowed."
        )
    if done.kept_complaints:
        told.append(f"Kept without number and words: {counted(done.kept_complaints, 'complaint')}.")
    told.append(
        "Backups and files exported earlier still hold this person: make a new backup, and delete "
        "the old ones."
    )
    return tuple(told)
