"""Decides which column of a file fills which field, and shows its reasoning as a `Mapping`.

Columns about consent are listed and never used: an import says nothing about consent. Must not
read whole files; a few sample rows are enough.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as Table
from collections.abc import Sequence

from shopbell.domain.cells import PhoneRead, read_phone, text_in
from shopbell.domain.consent_columns import consent_columns
from shopbell.domain.headers import column_index, column_letter, header_key
from shopbell.domain.importing import Mapping, Target
from shopbell.domain.profiles import ALIASES, PROFILES, Profile
from shopbell.errors import BadInput

_PHONE_IN_NAME = re.compile("phone|mobile|telefon|cellnumber")
_NOT_THE_PERSONS_PHONE = re.compile(
    "fax|pager|phonetic|telex|tty|assistant|label|type|extension|phoneext|countrycode|areacode"
    "|phonecountry|headphone|microphone|model|verified|carrier|os$"
)
_OFTEN_SOMETHING_ELSE = frozenset({"number", "to", "recipient", "sms", "portable"})
_LOOKS_LIKE_DATA = re.compile(r"\S@\S|(?:\d\D{0,2}){7}")
"""An e-mail address or seven digits close together: no header has them."""

_ENOUGH = 0.6
"""Share of a column's filled sample cells that must read as numbers to take it for phones."""

NO_PHONES = "no_phone_column"
"""The code of the error: no column looks like phone numbers."""

_GIVEN_NAME_BESIDE_A_FAMILY_NAME = frozenset({"vorname", "prenom", "voornaam"})
_MOST_NAMED = 12
_LONGEST_NAMED = 40

Word = str | tuple[int, ...]
"""The owner's word on a field: a column by name, number from 1 or letter; or columns by index."""

Found = dict[Target, tuple[int, ...]]


def map_columns(
    header: Sequence[str],
    samples: Sequence[Sequence[str]],
    country: str,
    chosen: Table[Target, Word] | None = None,
    saved: Table[Target, tuple[int, ...]] | None = None,
) -> Mapping:
    """Return what every column of the file means.

    Args:
        header: the column names; for a file without them, what `unnamed` returns.
        samples: the cells of some data rows.
        country: ISO alpha-2 of the shop, to see which columns hold phone numbers.
        chosen: the owner's own word on each field; an empty one takes the field away.
        saved: what the owner chose for a file with this header before; `chosen` goes before it.

    Raises:
        BadInput: a chosen column isn't there, or no column holds phone numbers.
    """
    keys = [header_key(name) for name in header]
    about_consent = consent_columns(header)
    profile = next((p for p in PROFILES if set(p.fingerprint) <= set(keys)), None)
    found = _by_profile(profile, keys) if profile else {}
    if not found.get(Target.PHONE):
        profile = None
        found = _by_names(keys, about_consent)
        found[Target.PHONE] = _phones(keys, samples, country, about_consent)
        if Target.NAME not in found and is_unnamed(header):
            found[Target.NAME] = _names_by_values(samples, found[Target.PHONE])
    own_word = {
        target: columns
        for target, columns in (saved or {}).items()
        if all(column < len(header) for column in columns)
    }
    for target, word in (chosen or {}).items():
        own_word[target] = _columns_meant(word, header)
    if Target.NAME in own_word:
        found[Target.FIRST_NAME] = found[Target.LAST_NAME] = ()
    found.update(own_word)
    if not found.get(Target.PHONE):
        raise BadInput(*_no_phone(header), code=NO_PHONES)
    labels = _labels(profile, keys) if profile and Target.PHONE not in own_word else {}
    return Mapping(
        columns={target: columns for target, columns in found.items() if columns},
        profile=profile.name if profile else "chosen" if own_word else "guessed",
        consent_columns=about_consent,
        phone_labels=labels,
        dates=profile.dates if profile else None,
    )


def header_fingerprint(header: Sequence[str]) -> str:
    """Return what the header of the same program's next export will give again."""
    keys = "\n".join(header_key(name) for name in header)
    return hashlib.sha256(keys.encode()).hexdigest()


def column_called(word: str, header: Sequence[str]) -> int:
    """Return the index of a column given by name, number from 1, or letter.

    Raises:
        BadInput: there is none, or more than one of that name.
    """
    word = word.strip()
    named = [i for i, name in enumerate(header) if name.strip() == word]
    if not named and (key := header_key(word)):
        named = [i for i, name in enumerate(header) if header_key(name) == key]
    if len(named) > 1:
        letters = " and ".join(column_letter(i) for i in named)
        raise BadInput(
            f'More than one column is called "{word}": {letters}.', "Say which by its letter."
        )
    index = named[0] if named else _counted(word)
    if index is None or not 0 <= index < len(header):
        raise _no_column(word, header)
    return index


def word_for(index: int, header: Sequence[str]) -> str:
    """Return a word by which `column_called` finds the column at `index`: its name, if that does.

    Raises:
        BadInput: no word does; another column is called like this one's number and letter.
    """
    for word in (header[index], str(index + 1), column_letter(index)):
        try:
            if word.strip() and column_called(word, header) == index:
                return word
        except BadInput:
            continue
    raise BadInput("No name finds this column.", "Give the columns of the file other names.")


def is_header(cells: Sequence[str], country: str) -> bool:
    """Return whether the first row of a file names the columns.

    It doesn't when one of its cells is a phone number, or looks like nothing but data.
    """
    return not any(
        _LOOKS_LIKE_DATA.search(cell) or isinstance(read_phone(cell, country), PhoneRead)
        for cell in cells
    )


def names_a_phone(cells: Sequence[str]) -> bool:
    """Return whether one of these column names is the name of a column of phone numbers."""
    keys = [header_key(cell) for cell in cells]
    return any(
        key in ALIASES[Target.PHONE]
        or (_PHONE_IN_NAME.search(key) and not _NOT_THE_PERSONS_PHONE.search(key))
        for key in keys
    ) or any(set(profile.fingerprint) <= set(keys) for profile in PROFILES)


def unnamed(width: int) -> tuple[str, ...]:
    """Return stand-in names for the columns of a file without a header."""
    return tuple(f"Column {column_letter(i)}" for i in range(width))


def is_unnamed(header: Sequence[str]) -> bool:
    """Return whether these are the names that `unnamed` gave."""
    return tuple(header) == unnamed(len(header))


def _columns_meant(word: Word, header: Sequence[str]) -> tuple[int, ...]:
    if isinstance(word, str):
        return (column_called(word, header),) if word.strip() else ()
    if not all(0 <= column < len(header) for column in word):
        raise _no_column(f"column {max(word) + 1}", header)
    return word


def _by_profile(profile: Profile, keys: Sequence[str]) -> Found:
    return {
        target: tuple(i for name in names for i in _columns_named(name, keys))
        for target, names in profile.columns.items()
    }


def _columns_named(name: str, keys: Sequence[str]) -> list[int]:
    if "#" not in name:
        return [keys.index(name)] if name in keys else []
    numbered = re.compile(name.replace("#", r"\d{1,3}"))
    return [i for i, key in enumerate(keys) if numbered.fullmatch(key)]


def _labels(profile: Profile, keys: Sequence[str]) -> dict[int, int]:
    labels: dict[int, int] = {}
    for phone, names in profile.labels.items():
        for column in _columns_named(phone, keys):
            number = "".join(filter(str.isdecimal, keys[column]))
            for name in names:
                if (label := name.replace("#", number)) in keys:
                    labels.setdefault(column, keys.index(label))
    return labels


def _by_names(keys: Sequence[str], about_consent: Sequence[int]) -> Found:
    """Map every field but the phone by the names people give to columns."""
    found: Found = {}
    for target, aliases in ALIASES.items():
        free = tuple(i for i in _matching(aliases, keys) if i not in about_consent)
        if free and target is not Target.PHONE:
            found[target] = free[:1]
    given, family = found.get(Target.FIRST_NAME), found.get(Target.LAST_NAME)
    whole = found.get(Target.NAME)
    if whole and family and not given:
        found[Target.FIRST_NAME] = found.pop(Target.NAME)
    if whole and given and not family and keys[given[0]] in _GIVEN_NAME_BESIDE_A_FAMILY_NAME:
        found[Target.LAST_NAME] = found.pop(Target.NAME)
    return found


def _matching(aliases: Sequence[str], keys: Sequence[str]) -> tuple[int, ...]:
    return tuple(i for alias in aliases for i, key in enumerate(keys) if key == alias)


def _phones(
    keys: Sequence[str],
    samples: Sequence[Sequence[str]],
    country: str,
    about_consent: Sequence[int],
) -> tuple[int, ...]:
    """Return the phone columns, best first: by exact name, else part of a name, else values."""
    named = [i for i in _matching(ALIASES[Target.PHONE], keys) if i not in about_consent]
    shares = {i: _share_of_phones(i, samples, country) for i in named}
    sure = tuple(i for i in named if shares[i] is None or shares[i])
    if sure:
        return sure
    others = [
        i
        for i, key in enumerate(keys)
        if i not in named and not _NOT_THE_PERSONS_PHONE.search(key) and i not in about_consent
    ]
    shares = {i: _share_of_phones(i, samples, country) for i in others}
    partly = tuple(
        i for i in others if _PHONE_IN_NAME.search(keys[i]) and (shares[i] is None or shares[i])
    )
    if partly:
        return partly
    plainly_named = tuple(i for i in named if keys[i] not in _OFTEN_SOMETHING_ELSE)
    best = max(others, key=lambda i: (shares[i] or 0, -i), default=None)
    if plainly_named or best is None or (shares[best] or 0) < _ENOUGH:
        return plainly_named
    return (best,)


def _share_of_phones(column: int, samples: Sequence[Sequence[str]], country: str) -> float | None:
    """Return which share of the filled cells reads as numbers; None if no cell is filled."""
    cells = [row[column] for row in samples if column < len(row)]
    read = [found for cell in cells if (found := read_phone(cell, country)) is not None]
    return sum(isinstance(found, PhoneRead) for found in read) / len(read) if read else None


def _names_by_values(samples: Sequence[Sequence[str]], phones: Sequence[int]) -> tuple[int, ...]:
    """Return the first column that holds words, in a file that doesn't name its columns."""
    for column in range(max(map(len, samples), default=0)):
        texts = [text for row in samples if column < len(row) and (text := text_in(row[column]))]
        words = [text for text in texts if re.fullmatch(r"[^\W\d_][^\d@/:]*", text)]
        if column not in phones and texts and len(words) / len(texts) >= _ENOUGH:
            return (column,)
    return ()


def _counted(word: str) -> int | None:
    """Return the index of a column given as number from 1 or as letter."""
    if re.fullmatch(r"[0-9]{1,4}", word):
        return int(word) - 1
    return column_index(word)


def _no_column(word: str, header: Sequence[str]) -> BadInput:
    return BadInput(
        f'There is no column "{word[:_LONGEST_NAMED]}" in this file.',
        f"Its columns are: {_names(header)}.",
    )


def _no_phone(header: Sequence[str]) -> tuple[str, str]:
    return (
        f"No column of this file looks like phone numbers. Its columns are: {_names(header)}.",
        'Say which one it is, for example --map phone="Mobile No" or --map phone=C.',
    )


def _names(header: Sequence[str]) -> str:
    names = [name.strip()[:_LONGEST_NAMED] for name in header[:_MOST_NAMED]]
    shown = [name or f"(column {column_letter(i)})" for i, name in enumerate(names)]
    more = len(header) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
