"""The version of the schema that adds how a gateway does. Must not change once released."""

from __future__ import annotations

GATEWAYS = """
-- Since when the account is what it is: a proof from before says nothing about another number.
ALTER TABLE gateway ADD COLUMN account_since TEXT NOT NULL DEFAULT '';

-- How stops reach the list where the gateway can't tell of replies, in the owner's words.
ALTER TABLE gateway ADD COLUMN stops_instead TEXT NOT NULL DEFAULT '';

ALTER TABLE gateway ADD COLUMN stops_instead_at TEXT;

-- Since when it has not been reached; NULL is: reached at the last look.
ALTER TABLE gateway ADD COLUMN unreachable_since TEXT;
"""
