"""Reads single cells the way tills, phones and spreadsheets spoil them.

Must not parse numbers itself (`domain.numbers` does) and must not guess silently: whatever was
guessed comes back as a remark, whatever cannot be known comes back as a problem.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from shopbell.domain.ids import E164
from shopbell.domain.numbers import Number, NumberKind, NumberProblem, read_number
from shopbell.domain.plain_numbers import code_given_twice, read_plain

LONGEST_PHONE_CELL = 200
"""Characters; nobody writes that much about one number."""

_MOST_DIGITS = 15
_LANDLINE = "This looks like a landline, which cannot get texts. Call it."
_NO_PERSON = "This looks like a {kind} number, which cannot get texts. Ask for a mobile number."

_NO_NUMBER = re.compile(
    r"null|\(null\)|none|nil|nan|n/?a|n\.a\.?|#n/a|#null!|undefined|unknown|no ?(?:phone|number)?"
    r"|tbd|blank|\(blank\)|[\W_0]*",
    re.I,
)
_SAID_BLANK = frozenset(
    {
        *("null", "NULL", "(null)", "nil", "none", "None", "NONE", "undefined"),
        *("n/a", "N/A", "#N/A", "nan", "NaN", "-", "--", "0"),
    }
)
"""Left by programs where nothing was known. "Null" and "Na" are real surnames and stay."""

_DASH = re.compile("[\u2010-\u2015\u2212]")
_AS_TEXT_FORMULA = re.compile(r'=\s*"([^"]*)"')
_SPOKEN_LABEL = re.compile(
    r"(?:tel(?:ephone)?|phone|mobile|mob|cell|ph|whatsapp|sms)\b\s*[.:]*\s*(?=[+(\d])", re.I
)
_SCIENTIFIC = re.compile(r"(\d+)(?:[.,](\d+))?e\+?(\d{1,4})", re.I)
_WHOLE_FLOAT = re.compile(r"(\+?\d+)[.,]0+")
_PUNCTUATION = re.compile(r"[\s().\-]+")
_SEVERAL = re.compile(r":::|[/,;|\n]|\b(?:or|and|und|ou|o)\b")
_JOIN = re.compile(r"\s*:::\s*")


_FORMULA_STARTS = frozenset("=+-@")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRead:
    """A number that was read from a cell, and what had to be done for it."""

    number: E164
    remarks: tuple[str, ...] = ()


def text_in(cell: str) -> str:
    """Return the text of a cell as it came, without white space around it.

    Words that programs write for "nothing" are nothing. The apostrophe that keeps a spreadsheet
    from reading a formula is not part of the text.
    """
    cell = cell.strip()
    if cell[:1] == "'" and cell[1:2] in _FORMULA_STARTS:
        cell = cell[1:]
    return "" if cell in _SAID_BLANK else cell


def read_phone(cell: str, country: str) -> PhoneRead | NumberProblem | None:
    """Read one phone cell; None if it holds no number at all.

    Args:
        cell: as it stood in the file.
        country: ISO alpha-2 of the shop, for numbers without a country code.
    """
    plain = read_plain(cell, country)
    if plain is not None:
        return _with_kind(*plain)
    if len(cell) > LONGEST_PHONE_CELL:
        return NumberProblem(
            code="long", sentence="This is far too long for a phone number. Type the number only."
        )
    text = _tidied(cell)
    if _NO_NUMBER.fullmatch(text):
        return None
    unwrapped = _without_wrapping(text)
    if isinstance(unwrapped, NumberProblem):
        return unwrapped
    return _read(unwrapped, country)


def numbers_in(cell: str, country: str) -> tuple[PhoneRead | NumberProblem, ...]:
    """Read every number of a cell that may hold several; empty if it holds none at all."""
    whole = read_phone(cell, country)
    if whole is None or isinstance(whole, PhoneRead) or len(cell) > LONGEST_PHONE_CELL:
        return () if whole is None else (whole,)
    pieces = [read for piece in _SEVERAL.split(cell) if (read := read_phone(piece, country))]
    if any(isinstance(read, PhoneRead) for read in pieces):
        return tuple(pieces)
    return (whole,)


def _tidied(cell: str) -> str:
    if not (cell.isascii() and cell.isprintable()):
        text = _DASH.sub("-", unicodedata.normalize("NFKC", cell))
        cell = "".join(
            " " if kind == "Cc" else char
            for char in text
            if (kind := unicodedata.category(char)) != "Cf"
        )
    return cell.strip()


def _without_wrapping(text: str) -> str | NumberProblem:
    """Take off what spreadsheets and people put around a number."""
    as_text = _AS_TEXT_FORMULA.fullmatch(text)
    if as_text is not None:
        text = as_text.group(1).strip()
    text = text.removeprefix("'").removeprefix("\N{RIGHT SINGLE QUOTATION MARK}").strip()
    text = text.removeprefix("#").strip()
    if text.startswith("="):
        text = text[1:].strip()
        if not re.match(r"[+(\d][^A-Za-z]*$", text):
            return NumberProblem(
                code="formula",
                sentence="This cell is a formula, which Shopbell never runs. Type the number.",
            )
    return _SPOKEN_LABEL.sub("", text, count=1) if text[:1].isalpha() else text


def _read(text: str, country: str) -> PhoneRead | NumberProblem:
    remarks: tuple[str, ...] = ()
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is not None:
        restored = _restored(*scientific.groups(default=""))
        if restored is None:
            return NumberProblem(
                code="digits-gone",
                sentence=f"A spreadsheet shortened this number to {text} and the digits are gone. "
                "Look it up where it came from and type it.",
            )
        remarks = (f"A spreadsheet wrote {text}; read as {restored}.",)
        text = restored
    whole = _WHOLE_FLOAT.fullmatch(text)
    if whole is not None:
        text = whole.group(1)
    found = read_number(text, country)
    if isinstance(found, NumberProblem):
        mended = _mended(text, country, found)
        if not isinstance(mended, PhoneRead):
            return mended
        return PhoneRead(number=mended.number, remarks=remarks + mended.remarks)
    if code_given_twice(found.e164, text) and (other := _number(f"+{text}", country)):
        return _lost_plus(other)
    read = _with_kind(found.e164, found.kind)
    return PhoneRead(number=read.number, remarks=remarks + read.remarks) if remarks else read


def _restored(whole: str, fraction: str, exponent: str) -> str | None:
    """Return the digits of `1.5551234567E+10`, or None where the notation lost some."""
    places = int(exponent)
    if len(fraction) < places or fraction[places:].strip("0"):
        return None
    return whole + fraction[:places]


def _with_kind(number: E164, kind: NumberKind) -> PhoneRead:
    if kind.is_textable:
        return PhoneRead(number=number)
    if kind is NumberKind.LANDLINE:
        return PhoneRead(number=number, remarks=(_LANDLINE,))
    return PhoneRead(number=number, remarks=(_NO_PERSON.format(kind=kind.value),))


def _mended(text: str, country: str, problem: NumberProblem) -> PhoneRead | NumberProblem:
    """Try the usual losses on a number that could not be read; keep the problem otherwise."""
    if ":::" in text:
        return _same_in_all(_JOIN.split(text), country) or problem
    digits = _PUNCTUATION.sub("", text)
    if not (digits.isascii() and digits.isdecimal()):
        return problem
    if len(digits) > _MOST_DIGITS:
        return NumberProblem(
            code="long",
            sentence="This is longer than any phone number, and a spreadsheet may have rounded its "
            "last digits. Look it up where it came from and type it.",
        )
    if digits.startswith("00"):
        return _international(digits[2:], country) or problem
    if digits.startswith("0"):
        return problem
    return _lost_sign(digits, country) or problem


def _same_in_all(pieces: list[str], country: str) -> PhoneRead | None:
    numbers = {
        found.e164 for piece in pieces if isinstance(found := _number(piece, country), Number)
    }
    return PhoneRead(number=numbers.pop()) if len(numbers) == 1 else None


def _number(text: str, country: str) -> Number | None:
    found = read_number(text, country)
    return found if isinstance(found, Number) else None


def _international(digits: str, country: str) -> PhoneRead | None:
    found = _number(f"+{digits}", country)
    if found is None:
        return None
    return PhoneRead(number=found.e164, remarks=(f"00 at the start read as +: {found.e164}.",))


def _lost_sign(digits: str, country: str) -> PhoneRead | NumberProblem | None:
    """Return the number that a lost leading 0 explains; ask where a lost "+" explains one too.

    Where the code of the shop's own country lost its "+", the library has read it already.
    """
    with_zero = _number(f"0{digits}", country)
    with_plus = _number(f"+{digits}", country)
    if with_plus is not None:
        return _lost_plus(with_plus)
    if with_zero is None:
        return None
    remark = f"The leading 0 was lost; guessed to be {with_zero.e164}. Check it."
    return PhoneRead(number=with_zero.e164, remarks=(remark,))


def _lost_plus(number: Number) -> NumberProblem:
    return NumberProblem(
        code="lost-plus",
        sentence=f"This may be {number.e164} with its + lost. Put the + in front if it is.",
    )
