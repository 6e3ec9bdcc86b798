"""The tables of the texts a shop sends by itself, as they came. Must not change a released one."""

from __future__ import annotations

OWN_TEXTS = """
-- What calls for one of the shop's own texts. It is answered by one text, once: a row without
-- answered_at is still open.
CREATE TABLE occasion (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    by_text INTEGER NOT NULL,
    topics TEXT NOT NULL,
    limit_n INTEGER,
    limit_days INTEGER,
    answered_at TEXT,
    text_id INTEGER REFERENCES text (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX occasion_open ON occasion (number) WHERE answered_at IS NULL;

CREATE UNIQUE INDEX occasion_by_text ON occasion (text_id) WHERE text_id IS NOT NULL;

-- A yes is welcomed once. The number the welcome states is a promise like that of the words.
CREATE TABLE welcomed (
    consent_id INTEGER PRIMARY KEY REFERENCES consent (id),
    number TEXT NOT NULL,
    occasion_id INTEGER NOT NULL REFERENCES occasion (id),
    promised_n INTEGER,
    promised_days INTEGER,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX welcomed_by_number ON welcomed (number);

-- The owner's word on the texts the shop sends by itself.
CREATE TABLE own_texts (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    welcoming TEXT NOT NULL
) STRICT;
"""
