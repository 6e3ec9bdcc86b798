"""The words of a reply in their order, spelled as the rules spell them. Must not judge them.

Between the words stand marks: `.` the end of a sentence, `?` of a question, `,` a pause, `/` the
end of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from shopbell.domain.stop_phrases import MARKS, Phrases
from shopbell.domain.stop_spelling import LONGEST, Spelling
from shopbell.domain.stop_text import folded

_RANK = ",.?/"
"""Of several marks in a row the last of these stays, beside the end of a line."""
_ENDS = ".!;:()[]{}|\u3002\u0964\u061b\u00a1\u00bf\u2022\u00b7"
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.:,](?=\d)")
_SLIPPED = re.compile(r"(?<=!)1+(?=!|$)")
"""Of "STOP!!!1", typed with the shift key let go."""
_DASH = re.compile(r"(?:(?<=\s)|^)-{1,3}(?=\s|$)", re.MULTILINE)
_SPELLED_OUT = tuple(
    re.compile(rf"(?<![^\W_])[^\W_](?:{between}{{1,3}}[^\W_](?![^\W_])){{2,24}}\.?(?![^\W_])")
    for between in (r"(?:[^\w?\n]|_)", r"(?:[^\w?]|_)")
)
"""Single letters with marks or blanks between: first in one line, then over several."""
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words and marks as compared, and as written; both tuples are equally long."""

    forms: tuple[str, ...]
    shown: tuple[str, ...]
    """As written; empty for marks."""
    names: frozenset[int]
    """Where the words stand that are written like names."""

    def words(self) -> list[str]:
        """Return the words without marks."""
        return [form for form in self.forms if form not in MARKS]

    def sentences(self, ends: str = ".?/") -> Iterator[tuple[list[str], bool]]:
        """Yield the words between ends, and whether they ask something."""
        words: list[str] = []
        asked = False
        for form in self.forms:
            asked = form == "?" or (asked and form in MARKS)
            if form not in MARKS:
                words.append(form)
            elif form in ends and words:
                yield words, asked
                words = []
        if words:
            yield words, asked

    def find(self, phrases: Phrases) -> str | None:
        """Return the words as written of the first phrase that is found, if one is."""
        span = phrases.find(self.forms, self.names)
        if span is None:
            return phrases.fragment("".join(self.words()))
        return " ".join(filter(None, self.shown[span.first : span.last + 1]))

    def without(self, phrases: Phrases) -> Said:
        """Return the same with the end of a sentence in the place of all words that are found."""
        cut = {
            at
            for span in phrases.spans(self.forms, self.names)
            for at in range(span.first, span.last + 1)
            if self.forms[at] not in MARKS
        }
        if not cut:
            return self
        return Said(
            forms=tuple("." if at in cut else form for at, form in enumerate(self.forms)),
            shown=tuple("" if at in cut else shown for at, shown in enumerate(self.shown)),
            names=self.names - cut,
        )

    def as_one_line(self) -> Said:
        """Return the same without ends of lines, nor of sentences as in "Ok take. Me. Off."."""
        return self._only(
            [at for at, form in enumerate(self.forms) if form != "/"]
        ).without_stamping()

    def without_stamping(self) -> Said:
        """Return the same without ends of sentences beside two of a single word each."""
        single = {
            at
            for at, form in enumerate(self.forms)
            if form == "." and self._stands_alone(at - 1) and self._stands_alone(at + 1)
        }
        stamped = {near for at in single for near in (at - 2, at, at + 2)}
        return self._only(
            [at for at, form in enumerate(self.forms) if form != "." or at not in stamped]
        )

    def _stands_alone(self, at: int) -> bool:
        return not self._is_edge(at) and self._is_edge(at - 1) and self._is_edge(at + 1)

    def _is_edge(self, at: int) -> bool:
        return not 0 <= at < len(self.forms) or self.forms[at] in MARKS

    def _only(self, kept: list[int]) -> Said:
        if len(kept) == len(self.forms):
            return self
        return Said(
            forms=tuple(self.forms[at] for at in kept),
            shown=tuple(self.shown[at] for at in kept),
            names=frozenset(new for new, at in enumerate(kept) if at in self.names),
        )


def say(text: str, spelling: Spelling) -> Said:
    """Return the words of a text that `visible` made."""

    def joined(found: re.Match[str]) -> str:
        letters = folded("".join(_LETTERS.findall(found.group())))
        if letters.isdigit() or not spelling.right(letters):
            return found.group()
        return f" {letters} "

    text = _SLIPPED.sub("", text)
    for spelled_out in _SPELLED_OUT:
        text = spelled_out.sub(joined, text)
    text = _DASH.sub(" . ", _BETWEEN_DIGITS.sub("", text))
    forms: list[str] = []
    shown: list[str] = []
    names: set[int] = set()
    for token in "".join(map(_spaced, text)).split(" "):
        if token in MARKS:
            _mark(forms, shown, token)
            continue
        written = token.strip("'").lstrip("#") or token
        form = folded(written)
        if form != "#" and not any(map(str.isalnum, form)):
            continue
        right = spelling.right(form) or form
        if forms and (pair := spelling.pair(forms[-1], right)):
            forms[-1], shown[-1] = pair, f"{shown[-1]} {written[:LONGEST].casefold()}"
            continue
        if spelling.is_name(written, right):
            names.add(len(forms))
        several = right.split(" ")
        forms += several
        shown += [written[:LONGEST].casefold(), *[""] * (len(several) - 1)]
    return Said(forms=tuple(forms), shown=tuple(shown), names=frozenset(names))


@lru_cache(maxsize=2048)
def _spaced(character: str) -> str:
    """Return a character as it stands between words: itself, a mark, or a blank."""
    if character.isalnum() or character in "'#$" or unicodedata.category(character)[0] == "M":
        return character
    if character in _ENDS:
        return " . "
    if character in "?\u061f":
        return " ? "
    if character in ",\u060c\u3001":
        return " , "
    return " / " if character == "\n" else " "


def _mark(forms: list[str], shown: list[str], mark: str) -> None:
    last = forms[-1] if forms else "/"
    if last in MARKS:
        if _RANK.index(last) >= _RANK.index(mark):
            return
        if mark != "/":
            forms[-1] = mark
            return
    forms.append(mark)
    shown.append("")
