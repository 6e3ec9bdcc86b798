"""The tables of automatic answers, as they came. Must not change a released one."""

from __future__ import annotations

ANSWERS = """
-- The reply an occasion came of: each is answered by one text at most. until is the moment the
-- answer speaks of.
ALTER TABLE occasion ADD COLUMN reply_id INTEGER REFERENCES reply (id) ON DELETE SET NULL;

ALTER TABLE occasion ADD COLUMN until TEXT;

CREATE UNIQUE INDEX occasion_by_reply ON occasion (reply_id) WHERE reply_id IS NOT NULL;

CREATE INDEX occasion_of_text ON occasion (number, answered_at) WHERE by_text = 1;

-- The automatic answers the owner switched off, as a JSON list.
ALTER TABLE own_texts ADD COLUMN off TEXT NOT NULL DEFAULT '["closed"]';

-- Which text of theirs an entry of the consent ledger rests on.
CREATE TABLE consent_reply (
    consent_id INTEGER PRIMARY KEY REFERENCES consent (id),
    reply_id INTEGER NOT NULL REFERENCES reply (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX consent_reply_by_reply ON consent_reply (reply_id);

-- A yes that counts only once the person has confirmed it by text. act is the yes as JSON; until it
-- is confirmed the ledger knows nothing of it.
CREATE TABLE open_yes (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    act TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    occasion_id INTEGER REFERENCES occasion (id) ON DELETE SET NULL,
    consent_id INTEGER REFERENCES consent (id),
    closed_at TEXT
) STRICT;

CREATE INDEX open_yes_by_number ON open_yes (number);

-- The word that joins a topic by text; '' for none.
ALTER TABLE topic ADD COLUMN keyword TEXT NOT NULL DEFAULT '';

-- Every poster that was printed: what its word says yes to, and in which words.
CREATE TABLE poster (
    id INTEGER PRIMARY KEY,
    keyword TEXT NOT NULL,
    wording_id INTEGER NOT NULL REFERENCES wording (id),
    purpose TEXT NOT NULL,
    topics TEXT NOT NULL,
    promised_n INTEGER,
    promised_days INTEGER,
    printed_at TEXT NOT NULL
) STRICT;

-- The most marketing texts a person wants: n in any so many days.
ALTER TABLE wish ADD COLUMN most_n INTEGER;

ALTER TABLE wish ADD COLUMN most_days INTEGER;

-- What a reply's text was before a secret was taken out of it, as its SHA-256.
ALTER TABLE reply ADD COLUMN text_sha256 TEXT;

ALTER TABLE reply ADD COLUMN redacted_at TEXT;

-- Where on the web a yes was given, as JSON; NULL is not on the web, so older links stay.
ALTER TABLE consent ADD COLUMN form TEXT;

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
          AND old.place IS new.place AND old.basis IS new.basis AND old.form IS new.form)
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
"""

WELCOME_CHOICE = """
-- Whether the welcome asks which topics and which way they want.
ALTER TABLE own_texts ADD COLUMN choice INTEGER NOT NULL DEFAULT 0;
"""
