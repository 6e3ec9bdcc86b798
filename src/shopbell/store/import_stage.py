"""An import on its way in: staged in memory first, then written in one short transaction.

Reading a big file takes seconds; staging keeps the shop file free for the counter meanwhile, and
an import that is stopped or fails has never touched it. Must not read files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopbell.domain.frozen import to_json
from shopbell.domain.ids import E164
from shopbell.domain.importing import ParkedRow, ReadRow
from shopbell.domain.merging import joined
from shopbell.domain.people import ContactDraft
from shopbell.domain.row_yes import RowYes
from shopbell.domain.stop_lists import ListedRow, PassedOver, StopRow
from shopbell.store.contacts import draft_values, endings
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = (
    """CREATE TEMP TABLE staged (
    number TEXT PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL, email TEXT NOT NULL,
    tags TEXT NOT NULL, zone TEXT, region TEXT, birthday TEXT NOT NULL, source TEXT NOT NULL,
    digits TEXT NOT NULL, row INTEGER NOT NULL
) WITHOUT ROWID""",
    """CREATE TEMP TABLE staged_parked (
    row INTEGER PRIMARY KEY, reason TEXT NOT NULL, cells TEXT NOT NULL
)""",
    """CREATE TEMP TABLE staged_double (
    row INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL
)""",
    """CREATE TEMP TABLE staged_yes (
    number TEXT NOT NULL, yes TEXT NOT NULL, PRIMARY KEY (number, yes)
) WITHOUT ROWID""",
    """CREATE TEMP TABLE staged_stop (
    number TEXT PRIMARY KEY, row INTEGER NOT NULL, why TEXT NOT NULL, at TEXT
) WITHOUT ROWID""",
    "CREATE TEMP TABLE staged_passed (row INTEGER PRIMARY KEY)",
)
_NAMES = ("staged", *(f"staged_{part}" for part in ("parked", "double", "yes", "stop", "passed")))

DRAFT = "s.number, s.name, s.note, s.email, s.tags, s.zone, s.region, s.birthday, s.source"
"""The columns of a staged contact, in the order `draft_of_row` reads them."""
WIDTH = DRAFT.count(",") + 1


def open_stage(db: Database) -> None:
    """Begin with an empty stage; anything a stopped import left is dropped."""
    drop_stage(db)
    for table in _TABLES:
        db.execute(table)


def drop_stage(db: Database) -> None:
    """Forget the stage."""
    for name in _NAMES:
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")


def stage(db: Database, rows: Sequence[ReadRow | ParkedRow]) -> None:
    """Stage some rows; doubles of rows staged before are folded into them."""
    _park(db, rows)
    read = [row for row in rows if isinstance(row, ReadRow)]
    _stage_marks(db, read)
    marks = ", ".join("?" * len(read))
    taken = {
        number
        for (number,) in db.execute(
            f"SELECT number FROM temp.staged WHERE number IN ({marks})",
            [row.draft.number for row in read],
        )
    }
    fresh: dict[str, tuple[int, ContactDraft]] = {}
    doubles: list[ReadRow] = []
    for row in read:
        if row.draft.number in taken or row.draft.number in fresh:
            doubles.append(row)
        else:
            fresh[row.draft.number] = row.row, row.draft
    _put(db, fresh.values())
    for row in doubles:
        first, draft = _staged(db, row.draft.number)
        _put(db, [(first, joined(draft, row.draft))])
    db.conn.executemany(
        "INSERT INTO temp.staged_double VALUES (?, ?, ?)",
        [(row.row, row.draft.number, row.draft.name) for row in doubles],
    )


def stage_listed(db: Database, rows: Sequence[ListedRow]) -> None:
    """Stage some rows of a do-not-text list."""
    _park(db, rows)
    db.conn.executemany(
        "INSERT INTO temp.staged_passed VALUES (?)",
        [(row.row,) for row in rows if isinstance(row, PassedOver)],
    )
    for row in rows:
        if not isinstance(row, StopRow):
            continue
        added = db.conn.executemany(
            "INSERT OR IGNORE INTO temp.staged_stop VALUES (?, ?, ?, ?)",
            [(number, row.row, row.why, to_text(row.at)) for number in row.numbers],
        ).rowcount
        if not added:
            db.execute(
                "INSERT INTO temp.staged_double VALUES (?, ?, '')", (row.row, row.numbers[0])
            )


def staged_parked(db: Database, count: int) -> tuple[ParkedRow, ...]:
    """Return the first `count` parked rows of the stage."""
    rows = db.execute(
        "SELECT row, reason, cells FROM temp.staged_parked ORDER BY row LIMIT ?", (count,)
    )
    return tuple(parked_of_row(row) for row in rows)


def count_staged(db: Database, what: str) -> int:
    """Return how many rows the stage has of a kind: "parked", "double", "passed"."""
    return int(db.execute(f"SELECT count(*) FROM temp.staged_{what}").fetchone()[0])


def draft_of_row(row: Sequence[Any]) -> ContactDraft:
    """Return the draft that the columns of `DRAFT` hold."""
    return ContactDraft(
        number=E164(row[0]),
        name=row[1],
        note=row[2],
        email=row[3],
        tags=tuple(json.loads(row[4])),
        zone=row[5],
        region=row[6],
        birthday=row[7],
        source=row[8],
    )


def parked_of_row(row: Sequence[Any]) -> ParkedRow:
    """Return the parked row that row, reason and cells hold."""
    return ParkedRow(row=row[0], reason=row[1], cells=tuple(json.loads(row[2])))


def _park(db: Database, rows: Iterable[object]) -> None:
    db.conn.executemany(
        "INSERT INTO temp.staged_parked VALUES (?, ?, ?)",
        ((r.row, r.reason, json.dumps(r.cells)) for r in rows if isinstance(r, ParkedRow)),
    )


def _stage_marks(db: Database, rows: Iterable[ReadRow]) -> None:
    yeses = [(row.draft.number, _as_json(yes)) for row in rows for yes in row.yeses]
    if yeses:
        db.conn.executemany("INSERT OR IGNORE INTO temp.staged_yes VALUES (?, ?)", yeses)
    stops = [(r.draft.number, r.row, r.stop) for r in rows if r.stop is not None]
    if stops:
        db.conn.executemany("INSERT OR IGNORE INTO temp.staged_stop VALUES (?, ?, ?, NULL)", stops)


@lru_cache(maxsize=4096)
def _as_json(yes: RowYes) -> str:
    return to_json(yes)


def _put(db: Database, drafts: Iterable[tuple[int, ContactDraft]]) -> None:
    db.conn.executemany(
        "INSERT OR REPLACE INTO temp.staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*draft_values(draft), endings(draft.number), row) for row, draft in drafts),
    )


def _staged(db: Database, number: E164) -> tuple[int, ContactDraft]:
    row = db.execute(
        f"SELECT {DRAFT}, s.row FROM temp.staged s WHERE s.number = ?", (number,)
    ).fetchone()
    return row[WIDTH], draft_of_row(row)
