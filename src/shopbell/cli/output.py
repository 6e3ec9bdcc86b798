"""The only writer of standard output and standard error in this door. Must not choose words.

Text is made showable on the way out; JSON is pure ASCII, so that no name can drive a terminal and
half a surrogate pair survives.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from shopbell.domain.progress import Progress
from shopbell.domain.showing import shown

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_WORTH_TELLING = 5_000
"""Jobs with fewer steps than this are over before a line about them could be read."""


class Output:
    """Where one command's words go: plain sentences, or JSON and nothing else."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._told = ("", 0)

    def result(self, record: Mapping[str, Json], lines: Iterable[str]) -> None:
        """Give the command's answer: `record` as one JSON object, or else the `lines`.

        A stream calls this once per event, which makes one JSON object per line.
        """
        if self.as_json:
            _write(sys.stdout, json.dumps(record, ensure_ascii=True, allow_nan=False) + "\n")
            return
        for line in lines:
            _write(sys.stdout, shown(line, one_line=True) + "\n")

    def say(self, line: str) -> None:
        """Say one fact of the answer as soon as it is known; silent with JSON."""
        if not self.as_json:
            self.result({}, [line])

    def aside(self, line: str) -> None:
        """Say something that is no part of the answer, on standard error; silent with JSON."""
        if not self.as_json:
            _write(sys.stderr, shown(line, one_line=True) + "\n")

    def progress(self, progress: Progress) -> None:
        """Say how far long work is, a line for each tenth."""
        if progress.total is None or progress.total < _WORTH_TELLING:
            return
        tenth = progress.done * 10 // progress.total
        if (progress.step, tenth) != self._told:
            self._told = (progress.step, tenth)
            self.aside(f"{progress.step}: {tenth * 10} %")

    def error(self, code: str, message: str, hint: str = "", where: Sequence[str] = ()) -> None:
        """Say what went wrong and what to do next; never a value that was secret.

        `where` lists places in our own code, for a bug report.
        """
        if self.as_json:
            inner: dict[str, Json] = {"code": code, "message": message, "hint": hint}
            if where:
                inner["where"] = list(where)
            self.result({"error": inner}, ())
            return
        for line in filter(None, (message, hint, *where)):
            self.aside(line)


def _write(stream: TextIO, text: str) -> None:
    # A terminal in a legacy encoding shows a question mark rather than ending the command.
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()
