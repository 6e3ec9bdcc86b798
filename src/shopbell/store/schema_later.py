"""What each later version of the schema adds. Must not change what a released one added.

A new version is one more script at the end of `LATER`: statements with a blank line between them.
"""

from __future__ import annotations

from shopbell.store.schema_answers import ANSWERS, WELCOME_CHOICE
from shopbell.store.schema_campaigns import CAMPAIGNS
from shopbell.store.schema_gateways import GATEWAYS
from shopbell.store.schema_own_texts import OWN_TEXTS
from shopbell.store.schema_people import PEOPLE
from shopbell.store.schema_reminders import REMINDERS
from shopbell.store.schema_sending import SENDING

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

_VERSION_5 = """
-- Where a yes or a no was said, and what the permission rests on; NULL is nobody's word and a plain
-- yes, so that the links of older entries stay what they were.
ALTER TABLE consent ADD COLUMN place TEXT;

ALTER TABLE consent ADD COLUMN basis TEXT;

DROP TRIGGER consent_is_append_only_update;

CREATE TRIGGER consent_is_append_only_update
BEFORE UPDATE ON consent
WHEN NOT (new.number IS NULL AND old.id = new.id AND old.hash = new.hash
          AND old.prev_hash = new.prev_hash AND old.bidx = new.bidx AND old.act = new.act
          AND old.purpose = new.purpose AND old.topics = new.topics
          AND old.wording_id = new.wording_id AND old.how = new.how AND old.at = new.at
          AND old.recorded_at = new.recorded_at AND old.witness IS new.witness
          AND old.evidence_sha256 IS new.evidence_sha256
          AND old.promised_n IS new.promised_n AND old.promised_days IS new.promised_days
          AND old.place IS new.place AND old.basis IS new.basis)
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
"""

_VERSION_6 = """
-- What the owner changed about the rules: one JSON document (domain.shop_rules_text).
ALTER TABLE shop ADD COLUMN rules TEXT NOT NULL DEFAULT '';

-- The reasons that did not count because the owner had set their rule aside.
ALTER TABLE decision ADD COLUMN set_aside TEXT NOT NULL DEFAULT '[]';
"""

_VERSION_7 = """
-- Why a text with promotional words is a service text all the same, as the owner typed it.
ALTER TABLE text ADD COLUMN really_service TEXT NOT NULL DEFAULT '';

-- Whose "today" its words mean.
ALTER TABLE text ADD COLUMN meant_for TEXT;
"""

_VERSION_9 = """
-- When a person would like texts to come, on their own clock, as a week in words; '' is not told.
ALTER TABLE wish ADD COLUMN hours TEXT NOT NULL DEFAULT '';
"""

_TEXT_PAST = """
-- What limits look at, all of it in the index: a plan reads a million texts without their words.
CREATE INDEX text_past ON text (
    number, coalesce(started_at, not_before, created_at), purpose, topic, state, footer <> '',
    created_at
);
"""

_FORGOTTEN = """
-- When a person was forgotten, under the keyed hash of their number: what they wrote before that
-- must not come back from a gateway that is asked again.
CREATE TABLE forgotten (
    bidx BLOB PRIMARY KEY,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

_TYPED = """
-- What somebody had typed to one person, and not sent, when the file was closed.
CREATE TABLE typed_text (
    number TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    purpose TEXT NOT NULL,
    topic TEXT,
    really_service TEXT NOT NULL,
    at TEXT
) STRICT, WITHOUT ROWID;
"""

LATER = (
    _VERSION_2,
    _VERSION_3,
    _VERSION_4,
    _VERSION_5,
    _VERSION_6,
    _VERSION_7,
    CAMPAIGNS,
    _VERSION_9,
    OWN_TEXTS,
    PEOPLE,
    SENDING,
    ANSWERS,
    GATEWAYS,
    _TEXT_PAST,
    WELCOME_CHOICE,
    REMINDERS,
    _FORGOTTEN,
    _TYPED,
)
"""The scripts of version 2 and on, in order."""
