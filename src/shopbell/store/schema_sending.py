"""The tables of the safeguards around sending, as they came. Must not change a released one."""

from __future__ import annotations

SENDING = """
-- Nothing ever used the first one.
DROP TABLE sending;

-- How this shop sends, in one row. Without one, sending is on and there are no limits. `place` is
-- where the file was when it last sent: a file somewhere else is a copy.
CREATE TABLE sending (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    off_at TEXT,
    off_why TEXT NOT NULL DEFAULT '',
    off_by TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    is_copy INTEGER NOT NULL DEFAULT 0,
    second_person INTEGER NOT NULL DEFAULT 0,
    budget_texts INTEGER,
    budget_micros INTEGER,
    budget_currency TEXT NOT NULL DEFAULT '',
    budget_at TEXT
) STRICT;

-- Every turn of the switch.
CREATE TABLE sending_event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    is_on INTEGER NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;

-- Texts whose moment has passed: they leave only when somebody says so.
CREATE TABLE missed_text (
    text_id INTEGER PRIMARY KEY REFERENCES text (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;

-- Why a campaign is paused, for what may go on by itself.
ALTER TABLE campaign ADD COLUMN pause TEXT NOT NULL DEFAULT '';

ALTER TABLE campaign ADD COLUMN second_by TEXT NOT NULL DEFAULT '';

-- The owner's own pace for a gateway; NULL is the gateway's.
ALTER TABLE gateway ADD COLUMN seconds_between REAL;

ALTER TABLE gateway ADD COLUMN jitter_seconds REAL;

-- The words a campaign's text was filled from.
ALTER TABLE text ADD COLUMN filled_from TEXT NOT NULL DEFAULT '';

-- The text that was taken back in favour of this one.
ALTER TABLE text ADD COLUMN replaces INTEGER REFERENCES text (id) ON DELETE SET NULL;

-- Names that may say yes for a second time, each with a hash of their own typed word.
CREATE TABLE second_word (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
