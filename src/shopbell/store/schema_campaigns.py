"""The tables of campaigns and of sending as a whole. Must not hold queries.

A frozen piece of history like `store.schema_later`, apart only because that page is long enough.
"""

from __future__ import annotations

CAMPAIGNS = """
CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    purpose TEXT NOT NULL,
    topic TEXT,
    audience TEXT NOT NULL,
    not_before TEXT,
    latest TEXT,
    author TEXT NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    approved_count INTEGER,
    release_at TEXT,
    last_at TEXT,
    last_why TEXT NOT NULL,
    planned_at TEXT,
    planned_for TEXT,
    stamp TEXT NOT NULL,
    moved TEXT NOT NULL,
    unknowns INTEGER NOT NULL,
    troubles INTEGER NOT NULL,
    replaces INTEGER REFERENCES campaign (id),
    started_at TEXT,
    ended_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX campaign_at_work ON campaign (state) WHERE state IN ('starting', 'running');

CREATE TABLE campaign_event (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    who TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE INDEX campaign_event_by_campaign ON campaign_event (campaign_id, id);

-- The same reasons hold for thousands of people: they are kept once.
CREATE TABLE campaign_reasons (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    reasons TEXT NOT NULL,
    UNIQUE (campaign_id, reasons)
) STRICT;

-- Everybody chosen, one row each. A row without a text waits here; its text is written, with its
-- decision, in the moment it leaves.
CREATE TABLE campaign_row (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    number TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    position INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reasons_id INTEGER REFERENCES campaign_reasons (id),
    next_at TEXT,
    window_ends_at TEXT,
    segments INTEGER NOT NULL,
    price_micros INTEGER,
    coupon TEXT UNIQUE,
    taken_out INTEGER NOT NULL,
    ref TEXT UNIQUE,
    text_id INTEGER UNIQUE REFERENCES text (id) ON DELETE CASCADE,
    PRIMARY KEY (campaign_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX campaign_row_waiting ON campaign_row (campaign_id, outcome, position)
WHERE text_id IS NULL;

CREATE INDEX campaign_row_by_contact ON campaign_row (contact_id);

CREATE INDEX campaign_row_by_reasons ON campaign_row (reasons_id);

-- A code belongs to one person for ever once a text with it may have left.
CREATE TABLE coupon (
    code TEXT PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX coupon_by_campaign ON coupon (campaign_id, position);

-- How this shop sends, in one row. Without one the defaults count.
CREATE TABLE sending (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    off_why TEXT NOT NULL,
    off_at TEXT,
    hold_seconds INTEGER NOT NULL,
    typed_above INTEGER NOT NULL,
    second_person INTEGER NOT NULL,
    seconds_between REAL NOT NULL,
    budget_micros INTEGER,
    place TEXT NOT NULL,
    mark TEXT NOT NULL,
    mark_before TEXT NOT NULL
) STRICT;

CREATE INDEX text_by_start ON text (started_at) WHERE started_at IS NOT NULL;
"""
