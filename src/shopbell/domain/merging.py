"""Two descriptions of one number become one contact. Must not look anything up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from shopbell.domain.people import ContactDraft

BETWEEN_NAMES = " / "
MOST_NAMES = 200
MOST_NOTES = 4000
"""In characters. A till's stand-in number can carry hundreds of people: past this no more names or
notes are added."""


def joined(first: ContactDraft, second: ContactDraft) -> ContactDraft:
    """Fold a double from the same file into the first row: every name and note is kept."""
    return replace(
        first,
        name=_both(first.name, second.name, BETWEEN_NAMES, MOST_NAMES),
        note=_both(first.note, second.note, "\n", MOST_NOTES),
        email=first.email or second.email,
        tags=_tags(first, second),
        zone=first.zone or second.zone,
        region=first.region or second.region,
        birthday=first.birthday or second.birthday,
    )


def updated(old: ContactDraft, new: ContactDraft) -> ContactDraft:
    """Bring a contact up to date from a file.

    Nothing is overwritten by an empty cell, notes written at the counter are kept, and a contact
    that holds several names keeps them while the file names one of them.
    """
    name = old.name if not new.name or new.name in old.name.split(BETWEEN_NAMES) else new.name
    return replace(
        old,
        name=name,
        note=_both(old.note, new.note, "\n", MOST_NOTES),
        email=new.email or old.email,
        tags=_tags(old, new),
        zone=new.zone or old.zone,
        region=new.region or old.region,
        birthday=_birthday(old.birthday, new.birthday),
    )


def ours_kept(draft: ContactDraft, old: ContactDraft, fields: Collection[str]) -> ContactDraft:
    """Return `draft` with what `old` holds in these fields; a field it left empty stays filled."""
    ours = {name: getattr(old, name) for name in fields if getattr(old, name)}
    return replace(draft, **ours) if ours else draft


def with_name(draft: ContactDraft, name: str) -> ContactDraft:
    """Return the contact with one more person on its number: a household keeps all its names."""
    return replace(draft, name=_both(draft.name, name, BETWEEN_NAMES, MOST_NAMES))


def names_of(name: str) -> tuple[str, ...]:
    """Return the people a contact's name holds."""
    return tuple(name.split(BETWEEN_NAMES)) if name else ()


def _both(first: str, second: str, between: str, most: int) -> str:
    """Return `first` with `second` after it, unless it holds it already or would grow too long."""
    if not second or f"{between}{second}{between}" in f"{between}{first}{between}":
        return first
    both = f"{first}{between}{second}" if first else second
    return both if len(both) <= most else first


def _birthday(old: str, new: str) -> str:
    """Return the new birthday; a day without its year says nothing new about the same day."""
    says_less = new.startswith("--") and old.endswith(new[1:])
    return old if says_less else new or old


def _tags(first: ContactDraft, second: ContactDraft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first.tags + second.tags))
