"""Rows for a spreadsheet on standard output. Must not write files: see `services.exports`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from shopbell.domain.people_csv import defused


def csv_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows as the lines of a CSV file that no spreadsheet computes with.

    A line break inside a cell becomes a blank, so that each row is one line.
    """
    lines = []
    for row in rows:
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(
            [defused(" ".join(cell.split())) for cell in row]
        )
        lines.append(written.getvalue())
    return lines
