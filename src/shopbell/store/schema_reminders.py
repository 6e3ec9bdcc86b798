"""The tables of reminders of appointments. Must not change a released one.

A frozen piece of history like `store.schema_later`.
"""

from __future__ import annotations

REMINDERS = """
-- What the owner said about the appointments of one source, for its next file.
CREATE TABLE calendar (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    lead TEXT NOT NULL,
    topic TEXT
) STRICT, WITHOUT ROWID;

-- One reminder for each appointment, by what its calendar calls it.
CREATE TABLE reminder (
    id INTEGER PRIMARY KEY,
    calendar TEXT NOT NULL REFERENCES calendar (name),
    key TEXT NOT NULL,
    number TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    what TEXT NOT NULL,
    body TEXT NOT NULL,
    filled_from TEXT NOT NULL,
    topic TEXT,
    remind_at TEXT NOT NULL,
    stage TEXT NOT NULL,
    text_id INTEGER UNIQUE REFERENCES text (id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (calendar, key)
) STRICT;

CREATE INDEX reminder_by_number ON reminder (number);

CREATE INDEX reminder_by_contact ON reminder (contact_id);

CREATE INDEX reminder_by_start ON reminder (starts_at);
"""
