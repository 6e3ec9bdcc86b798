"""The tables of a shop file, version by version. Must not hold queries.

Each migration is a frozen piece of history: never edit a released one, add the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_VERSION_1 = """
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


_VERSION_2 = """
ALTER TABLE contact ADD COLUMN birthday TEXT NOT NULL DEFAULT '';

ALTER TABLE import_batch ADD COLUMN kind TEXT NOT NULL DEFAULT 'contacts';

ALTER TABLE import_batch ADD COLUMN who TEXT NOT NULL DEFAULT '';

ALTER TABLE import_batch ADD COLUMN passed_over INTEGER NOT NULL DEFAULT 0;

ALTER TABLE import_batch ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;

ALTER TABLE import_batch ADD COLUMN granted INTEGER NOT NULL DEFAULT 0;

ALTER TABLE import_batch ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;

-- The contacts an import changed, as they were before, so that it can be taken back. Those it added
-- are known by their batch_id.
CREATE TABLE import_change (
    batch_id INTEGER NOT NULL REFERENCES import_batch (id),
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    before TEXT NOT NULL,
    PRIMARY KEY (batch_id, contact_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_change_by_contact ON import_change (contact_id);

CREATE TABLE import_undo (
    batch_id INTEGER PRIMARY KEY REFERENCES import_batch (id),
    at TEXT NOT NULL,
    removed INTEGER NOT NULL,
    restored INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    revoked INTEGER NOT NULL
) STRICT;

-- Which entries of the consent ledger an import made.
CREATE TABLE import_grant (
    consent_id INTEGER PRIMARY KEY REFERENCES consent (id),
    batch_id INTEGER NOT NULL REFERENCES import_batch (id)
) STRICT;

CREATE INDEX import_grant_by_batch ON import_grant (batch_id);

-- A yes that somebody else's list claims, without the proof that would make it count.
CREATE TABLE claimed_consent (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    purpose TEXT NOT NULL,
    topics TEXT NOT NULL,
    said TEXT NOT NULL,
    at TEXT,
    missing TEXT NOT NULL,
    source TEXT NOT NULL,
    batch_id INTEGER REFERENCES import_batch (id),
    recorded_at TEXT NOT NULL,
    UNIQUE (number, purpose, topics)
) STRICT;

CREATE INDEX claimed_consent_by_batch ON claimed_consent (batch_id);

-- The owner's own word on the columns of a kind of file, known again by its header.
CREATE TABLE saved_mapping (
    fingerprint TEXT PRIMARY KEY,
    columns TEXT NOT NULL,
    file_name TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

_VERSION_3 = """
-- What a person wished about being reached. paused_until is a moment, the start of a day.
CREATE TABLE wish (
    contact_id INTEGER PRIMARY KEY REFERENCES contact (id) ON DELETE CASCADE,
    channel TEXT,
    paused_until TEXT,
    language TEXT NOT NULL
) STRICT;
"""

_VERSION_4 = """
-- What the owner says about topics; those of a new shop have no row until they are changed.
CREATE TABLE topic (
    id TEXT PRIMARY KEY,
    words TEXT NOT NULL,
    purpose TEXT NOT NULL,
    promised_n INTEGER,
    promised_days INTEGER,
    confirm INTEGER NOT NULL,
    offered INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


def _version_1(db: Database) -> None:
    for statement in _statements(_VERSION_1):
        db.execute(statement)
    # Deleted people must not linger in the search index's segments.
    db.execute("INSERT INTO contact_fts (contact_fts, rank) VALUES ('secure-delete', 1)")


def _version_2(db: Database) -> None:
    for statement in _statements(_VERSION_2):
        db.execute(statement)


def _version_3(db: Database) -> None:
    for statement in _statements(_VERSION_3):
        db.execute(statement)


def _version_4(db: Database) -> None:
    for statement in _statements(_VERSION_4):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """Split at the blank line after each statement: executescript() would commit."""
    return [part for part in script.split("\n\n") if part.strip()]


MIGRATIONS = (_version_1, _version_2, _version_3, _version_4)
"""Version n of the schema is reached by running the first n of these, in order."""
