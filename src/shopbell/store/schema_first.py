"""The tables of a shop file as version 1 made them. Never edited: see `store.schema_later`."""

from __future__ import annotations

FIRST = """
CREATE TABLE shop (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    hours TEXT NOT NULL,
    phone TEXT,
    practice INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    blind_key BLOB NOT NULL
) STRICT;

CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    new INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    suppressed INTEGER NOT NULL
) STRICT;

CREATE TABLE parked_row (
    batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    reason TEXT NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (batch_id, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    email TEXT NOT NULL,
    tags TEXT NOT NULL,
    zone TEXT,
    region TEXT,
    source TEXT NOT NULL,
    batch_id INTEGER REFERENCES import_batch (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- The people list is walked in this order; the number makes the order total.
CREATE INDEX contact_by_name ON contact (name COLLATE NOCASE, id);

-- Contentless: the names live once, in contact. digits holds the number and its usual endings.
CREATE VIRTUAL TABLE contact_fts USING fts5 (
    name, digits, note, tags,
    content = '', contentless_delete = 1,
    prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE wording (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
) STRICT;

-- The consent ledger. The chain covers the keyed hash, not the number, so that a person can be
-- erased and the chain still verifies.
CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    number TEXT,
    bidx BLOB NOT NULL,
    act TEXT NOT NULL,
    purpose TEXT NOT NULL,
    topics TEXT NOT NULL,
    wording_id INTEGER NOT NULL REFERENCES wording (id),
    how TEXT NOT NULL,
    at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    witness TEXT,
    evidence_sha256 TEXT,
    promised_n INTEGER,
    promised_days INTEGER,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX consent_by_number ON consent (number, id);

CREATE TRIGGER consent_is_append_only_update
BEFORE UPDATE ON consent
WHEN NOT (new.number IS NULL AND old.id = new.id AND old.hash = new.hash
          AND old.prev_hash = new.prev_hash AND old.bidx = new.bidx AND old.act = new.act
          AND old.purpose = new.purpose AND old.topics = new.topics
          AND old.wording_id = new.wording_id AND old.how = new.how AND old.at = new.at
          AND old.recorded_at = new.recorded_at AND old.witness IS new.witness
          AND old.evidence_sha256 IS new.evidence_sha256
          AND old.promised_n IS new.promised_n AND old.promised_days IS new.promised_days)
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;

CREATE TRIGGER consent_is_append_only_delete
BEFORE DELETE ON consent
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;

CREATE TRIGGER consent_has_no_gaps
BEFORE INSERT ON consent
WHEN new.id IS NOT NULL AND new.id <> (SELECT coalesce(max(id), 0) + 1 FROM consent)
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;

CREATE TABLE suppression (
    bidx BLOB PRIMARY KEY,
    at TEXT NOT NULL,
    how TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE gateway (
    name TEXT PRIMARY KEY,
    preset_id TEXT NOT NULL,
    account TEXT NOT NULL,
    price_micros INTEGER,
    currency TEXT,
    active INTEGER NOT NULL,
    synced_at TEXT,
    trouble TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_active_gateway ON gateway (active) WHERE active = 1;

CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    number TEXT NOT NULL,
    verdict TEXT NOT NULL,
    next_allowed_at TEXT,
    window_ends_at TEXT,
    reasons TEXT NOT NULL,
    facts TEXT NOT NULL,
    rules_version TEXT NOT NULL
) STRICT;

CREATE INDEX decision_by_number ON decision (number, id);

CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    purpose TEXT NOT NULL,
    topic TEXT,
    body TEXT NOT NULL,
    final_text TEXT NOT NULL,
    encoding TEXT NOT NULL,
    units INTEGER NOT NULL,
    segments INTEGER NOT NULL,
    name_added INTEGER NOT NULL,
    footer TEXT NOT NULL,
    price_micros INTEGER,
    currency TEXT,
    state TEXT NOT NULL,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    gateway TEXT NOT NULL,
    gateway_id TEXT,
    not_before TEXT,
    expires_at TEXT,
    attempts INTEGER NOT NULL,
    started_at TEXT,
    detail TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX text_by_number ON text (number, created_at);

CREATE INDEX text_by_state ON text (state, not_before);

CREATE INDEX text_by_gateway_id ON text (gateway, gateway_id) WHERE gateway_id IS NOT NULL;

CREATE TABLE text_event (
    id INTEGER PRIMARY KEY,
    text_id INTEGER NOT NULL REFERENCES text (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    word TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE INDEX text_event_by_text ON text_event (text_id, id);

-- A gateway may hand the same reply over twice, and its ids need not be unique (SMSGate).
CREATE TABLE reply (
    id INTEGER PRIMARY KEY,
    number TEXT,
    sender TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    gateway TEXT NOT NULL,
    gateway_id TEXT NOT NULL,
    band TEXT NOT NULL,
    intent TEXT,
    why TEXT NOT NULL,
    done TEXT NOT NULL,
    judged_at TEXT,
    read_at TEXT,
    UNIQUE (gateway, gateway_id, sender, at, text)
) STRICT;

CREATE INDEX reply_by_number ON reply (number, at);

CREATE INDEX reply_unread ON reply (at) WHERE read_at IS NULL;

CREATE INDEX reply_unclear ON reply (number) WHERE band = 'hold' AND judged_at IS NULL;
"""
