"""The tables of people who belong together, and of complaints. Must not change a released one.

A frozen piece of history like `store.schema_later`.
"""

from __future__ import annotations

PEOPLE = """
-- The contact this one is another number of. The one that is kept points nowhere.
ALTER TABLE contact ADD COLUMN merged_into INTEGER REFERENCES contact (id);

-- Contacts with the same value live together. It is a value, not an id of anything.
ALTER TABLE contact ADD COLUMN household INTEGER;

CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX contact_by_household ON contact (household) WHERE household IS NOT NULL;

-- What a merge changed, so that it can be taken back. moved holds the ids that came along.
CREATE TABLE contact_merge (
    id INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    joined_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    moved TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX contact_merge_by_kept ON contact_merge (kept_id);

CREATE INDEX contact_merge_by_joined ON contact_merge (joined_id);

-- A complaint with its clock. number is NULL once the person is forgotten.
CREATE TABLE complaint (
    id INTEGER PRIMARY KEY,
    number TEXT,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    how TEXT NOT NULL,
    at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    who TEXT NOT NULL,
    due_at TEXT NOT NULL,
    closed_at TEXT,
    closed_by TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;

CREATE INDEX complaint_by_number ON complaint (number, at);

CREATE INDEX complaint_open ON complaint (due_at) WHERE closed_at IS NULL;

-- Words that only a forgotten person said: the text is gone, its hash still carries the ledger.
ALTER TABLE wording ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
"""
