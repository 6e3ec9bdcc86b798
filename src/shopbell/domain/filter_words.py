"""What a narrowed list of people shows, in a few words. Must not look anybody up."""

from __future__ import annotations

from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.telling import counted

MONTHS = (
    "January February March April May June July August September October November December"
).split()


def filter_words(wanted: PeopleFilter) -> str:
    """Return the conditions one after another: "not asked yet, tagged weekly"; "" for none."""
    said = []
    if wanted.not_asked:
        said.append("not asked yet")
    if wanted.consented_to is not None:
        said.append(f"yes to {wanted.consented_to}")
    if wanted.not_texted_for is not None:
        said.append(f"not texted for {counted(wanted.not_texted_for, 'day')}")
    if wanted.birthday_month is not None:
        said.append(f"born in {MONTHS[wanted.birthday_month - 1]}")
    if wanted.tag is not None:
        said.append(f"tagged {wanted.tag}")
    return ", ".join(said)


def month_typed(words: str) -> int | None:
    """Return the month somebody typed, 1 = January: "3", "march", "Mar"; None if it is none."""
    typed = words.strip().casefold()
    if typed.isascii() and typed.isdecimal():
        return int(typed) if len(typed) <= 2 and 1 <= int(typed) <= 12 else None
    found = [n for n, month in enumerate(MONTHS, 1) if month.casefold().startswith(typed)]
    return found[0] if len(typed) >= 3 and len(found) == 1 else None
