"""How the reader of stops does on labelled replies.

`python tests/stop_report.py FILE ...` prints a confusion table for each data file and every message
that is not read as labelled. Without a file it does so for all there are together, and writes the
tables into docs/stops.md; a test compares.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reply_corpus import CORPUS, FRESH, Labelled, labelled
from rule_files import packaged_rules
from shopbell.domain.replies import Band, Reading
from shopbell.domain.stops import read_reply

PAGE = Path(__file__).parents[1] / "docs" / "stops.md"
BEGIN = "<!-- tables: written by `python tests/stop_report.py` -->"
END = "<!-- end of tables -->"
_STRICTNESS = {Band.NONE: 0, Band.HOLD: 1, Band.OPT_OUT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A labelled message and how it was read, for a person of one language."""

    message: Labelled
    language: str
    reading: Reading

    @property
    def is_missed(self) -> bool:
        """Whether it was read more leniently than its label: the dangerous direction."""
        return _STRICTNESS[self.reading.band] < _STRICTNESS[self.message.band]

    @property
    def is_false_alarm(self) -> bool:
        return _STRICTNESS[self.reading.band] > _STRICTNESS[self.message.band]

    @property
    def is_as_expected(self) -> bool:
        """Whether it is read as labelled, or knowingly more strictly."""
        if self.message.accepted is not None:
            return self.reading.band is self.message.accepted
        return not (self.is_missed or self.is_false_alarm or self.is_misnamed)

    @property
    def is_misnamed(self) -> bool:
        """Whether the band is right and the intent is not."""
        right = self.reading.band is self.message.band
        return right and self.reading.intent is not self.message.intent


def read_all(messages: Iterable[Labelled], language: str | None = None) -> list[Read]:
    """Return each message as read for a person of that language, by default of its own."""
    return [read(message, language or message.language) for message in messages]


def read(message: Labelled, language: str) -> Read:
    reading = read_reply(
        message.text, language, message.question_open, rules=packaged_rules().stops
    )
    return Read(message=message, language=language, reading=reading)


def table(results: Iterable[Read]) -> Iterator[str]:
    """Yield the confusion table as lines of Markdown: rows are labels, columns readings."""
    counts = Counter((result.message.band, result.reading.band) for result in results)
    bands = tuple(Band)
    yield "| label | " + " | ".join(f"read as {band}" for band in bands) + " | messages |"
    yield "| --- |" + " ---: |" * (len(bands) + 1)
    for label in bands:
        row = [counts[label, band] for band in bands]
        yield f"| {label} | " + " | ".join(map(str, [*row, sum(row)])) + " |"


def languages(results: Iterable[Read]) -> Iterator[str]:
    """Yield a table of how many messages of each language are read as labelled."""
    totals: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for result in results:
        totals[result.message.language] += 1
        wrong[result.message.language] += result.is_missed or result.is_false_alarm
    yield "| language | messages | read otherwise |"
    yield "| --- | ---: | ---: |"
    for language, total in totals.most_common():
        yield f"| {language} | {total} | {wrong[language]} |"


def _lists(results: list[Read]) -> Iterator[str]:
    for title, found in (
        ("Misses", [r for r in results if r.is_missed]),
        ("False alarms", [r for r in results if r.is_false_alarm]),
        ("Right band, other intent", [r for r in results if r.is_misnamed]),
    ):
        yield f"\n{title}: {len(found)}"
        for r in found:
            label = f"{r.message.band}/{r.message.intent or '-'}"
            got = f"{r.reading.band}/{r.reading.intent or '-'}"
            yield f"  {r.language}  {label} read as {got}  {r.message}  [{r.message.tag}]"
            yield f"      {r.reading.why}"


def tables(results: list[Read]) -> str:
    """Return both tables as Markdown."""
    return "\n".join([*table(results), "", *languages(results)])


def page_with_tables(page: str, results: list[Read]) -> str:
    """Return the page with its tables replaced."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{tables(results)}\n\n{END}{tail}"


def main(paths: list[Path]) -> None:
    for path in paths:
        _print(str(path), read_all(labelled(path)))
    if not paths:
        results = read_all(message for path in (CORPUS, *FRESH) for message in labelled(path))
        _print("All of it", results)
        page = page_with_tables(PAGE.read_text(encoding="utf-8"), results)
        PAGE.write_text(page, encoding="utf-8")


def _print(title: str, results: list[Read]) -> None:
    sys.stdout.write("\n".join([title, "", tables(results), *_lists(results), "\n"]))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
