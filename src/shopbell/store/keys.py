"""Passphrases, the key made from one, and that key as a code on paper.

Must not touch files or the database, and must never print what it holds.
"""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata

from shopbell.domain.secret import Secret
from shopbell.errors import RecoveryCodeMistyped
from shopbell.store.trouble import wrong_key

KEY_BYTES = 32
SALT_BYTES = 16
ITERATIONS = 256_000
"""SQLCipher 4's own default; with it other SQLCipher tools open the file by passphrase."""

SHORTEST = 12
"""Characters a passphrase must have."""

LONGEST = 1000
"""Characters a passphrase may have: nobody types more, and a pasted file is a mistake."""

_LOOKS_LIKE_RAW_KEY = re.compile(r"x'[0-9a-f]*'", re.IGNORECASE)


class Key:
    """The 256-bit key of a shop file; `repr` and `str` show dots only."""

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self._raw = raw

    def reveal(self) -> bytes:
        """Return the 32 bytes, at the one place that needs them."""
        return self._raw

    def __repr__(self) -> str:
        return "Key(•••)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(self._raw, other._raw)

    def __hash__(self) -> int:
        return hash(self._raw)


def check_passphrase(text: str) -> str | None:
    """Return why `text` cannot become a passphrase, as a sentence, or None if it can."""
    normal = unicodedata.normalize("NFC", text)
    if not normal:
        return "Type a passphrase, or take the suggested one."
    if normal != normal.strip():
        return "A passphrase cannot begin or end with a blank: nobody sees it there."
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in normal):
        return "That passphrase has a character that cannot be typed again."
    if _LOOKS_LIKE_RAW_KEY.fullmatch(normal):
        return "A passphrase cannot have the form x'...': other tools read that as a bare key."
    if len(normal) < SHORTEST:
        return f"A passphrase needs at least {SHORTEST} characters. Four or five words are good."
    if len(normal) > LONGEST:
        return f"A passphrase can have at most {LONGEST:,} characters."
    return None


def suggest_passphrase(words: int = 5) -> Secret:
    """Return words picked at random, 12.9 bits each, from the EFF's list of 7,776."""
    from xkcdpass import xkcd_password

    path = xkcd_password.locate_wordfile("eff-long")
    choices = xkcd_password.generate_wordlist(path, min_length=1, max_length=99)
    return Secret(" ".join(secrets.choice(choices) for _ in range(words)))


def derive(passphrase: Secret, salt: bytes) -> Key:
    """Return the key SQLCipher 4 would make of this passphrase and salt; takes about 0.1 s.

    Raises:
        WrongPassphrase: no file can have this passphrase.
    """
    # cryptography's is a quarter faster than hashlib's (measured), and gives the same bytes.
    from cryptography.hazmat.primitives.hashes import SHA512
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    try:
        secret = unicodedata.normalize("NFC", passphrase.reveal()).encode()
    except UnicodeEncodeError:
        raise wrong_key(by_code=False) from None
    kdf = PBKDF2HMAC(algorithm=SHA512(), length=KEY_BYTES, salt=salt, iterations=ITERATIONS)
    return Key(kdf.derive(secret))


# What is printed on the recovery sheet: Crockford's base 32 (no I, L, O, U), in groups of five.

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_GROUP = 5
_KEY_GROUPS = 11
_SALT_GROUPS = 6

# A cyclic check of 19 bits is what 11 groups have room for. It finds every error within 19
# consecutive bits, so every wrong character and every pair of swapped neighbours, for certain;
# anything else slips through once in 524,288. The polynomial is primitive: x^19+x^5+x^2+x+1.
_CHECK_BITS = 19
_POLYNOMIAL = 0x80027
_START = 0x2D5A7
"""Added to the check, so that a row of zeros is no valid code."""


def recovery_code(key: Key) -> Secret:
    """Return the key as 55 characters in 11 groups: whoever holds it opens the file."""
    return Secret(_to_groups(key.reveal(), _KEY_GROUPS))


def read_recovery_code(code: Secret) -> Key:
    """Return the key a person typed from the sheet; case, blanks and hyphens do not matter.

    Raises:
        RecoveryCodeMistyped: it is too short, too long, or its check digits do not fit.
    """
    return Key(_from_groups(code.reveal(), _KEY_GROUPS, KEY_BYTES, "recovery code"))


def file_number(salt: bytes) -> str:
    """Return the file's salt as 30 characters in 6 groups. It is no secret."""
    return _to_groups(salt, _SALT_GROUPS)


def read_file_number(text: str) -> bytes:
    """Return the salt a person typed from the sheet.

    Raises:
        RecoveryCodeMistyped: it is too short, too long, or its check digits do not fit.
    """
    return _from_groups(text, _SALT_GROUPS, SALT_BYTES, "file number")


def _to_groups(data: bytes, groups: int) -> str:
    """Lay out data, zero bits up to the check, and the check: `groups` times 25 bits."""
    total = groups * _GROUP * 5
    number = int.from_bytes(data, "big") << (total - 8 * len(data))
    number |= _check(data)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(total - 5, -1, -5))
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _from_groups(text: str, groups: int, size: int, what: str) -> bytes:
    length = groups * _GROUP
    hint = "Type it again from the sheet, group by group. Capitals and hyphens do not matter."
    # Cut first: what was typed may be a pasted book.
    letters = re.sub(r"[\s\-\u2010-\u2015]", "", text[: 20 * length]).upper()
    if len(letters) != length:
        raise RecoveryCodeMistyped(
            f"A {what} has {length} letters and digits in {groups} groups of {_GROUP}; "
            f"this one has {len(letters)}.",
            hint,
        )
    number = 0
    for at, letter in enumerate(letters):
        if letter not in _VALUES:
            raise RecoveryCodeMistyped(
                f"Group {at // _GROUP + 1} of the {what} has a character that is never in one.",
                hint,
            )
        number = number << 5 | _VALUES[letter]
    spare = length * 5 - 8 * size
    data = (number >> spare).to_bytes(size, "big")
    if number & ((1 << spare) - 1) != _check(data):
        raise RecoveryCodeMistyped(f"The {what} has a typing mistake.", hint)
    return data


def _check(data: bytes) -> int:
    register = int.from_bytes(data, "big") << _CHECK_BITS
    for bit in range(register.bit_length() - 1, _CHECK_BITS - 1, -1):
        if register >> bit & 1:
            register ^= _POLYNOMIAL << (bit - _CHECK_BITS)
    return register ^ _START
