"""Makes v1.db, the file of the first version that every later version must open.

Run it only while version 1 is unreleased: `python tests/store/frozen/make.py`. Afterwards the file
is never made again; a second version gets a second frozen file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.domain.secret import Secret
from shopbell.store import creation
from shopbell.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

HERE = Path(__file__).parent
PASSPHRASE = Secret("frozen tulip since november")
PEOPLE = (("+12125550142", "Ana Reyes"), ("+447700900123", "Bo Lind"))


def fill(db: Database) -> None:
    """Two people and their search index."""
    for number, name in PEOPLE:
        row = db.execute(
            "INSERT INTO contact (number, name, note, email, tags, zone, region, source, batch_id,"
            " created_at, updated_at) VALUES (?, ?, '', '', '[]', NULL, NULL, 'typed', NULL,"
            " '2026-11-21T18:30:00.000000Z', '2026-11-21T18:30:00.000000Z')",
            (number, name),
        )
        db.execute(
            "INSERT INTO contact_fts (rowid, name, digits, note, tags) VALUES (?, ?, ?, '', '')",
            (row.lastrowid, name, number[1:]),
        )


def main() -> None:
    """Replace the frozen file and the recovery code that opens it."""
    path = HERE / "v1.db"
    path.unlink(missing_ok=True)
    created = creation.create_file(path, PASSPHRASE, MIGRATIONS[:1], fill)
    (HERE / "v1.code").write_text(created.recovery_code.reveal() + "\n", "ascii")


if __name__ == "__main__":
    main()
