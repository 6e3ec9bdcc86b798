"""A contact as it was before an import changed it: as JSON, and back. Must not decide anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shopbell.domain.frozen import from_json, to_json
from shopbell.domain.ids import ContactId
from shopbell.domain.people import ContactDraft
from shopbell.store.contacts import draft_values, index_many

if TYPE_CHECKING:
    from sqlite_utils import Database


def before_json(draft: ContactDraft, updated_at: str) -> str:
    """Return what taking an import back needs to know about a contact it changed."""
    return json.dumps([to_json(draft), updated_at])


def put_back(db: Database, contact_id: ContactId, before: str) -> None:
    """Make a contact what it was, down to the moment it was last changed."""
    draft_json, updated_at = json.loads(before)
    draft = from_json(ContactDraft, draft_json)
    db.execute(
        "UPDATE contact SET number = ?, name = ?, note = ?, email = ?, tags = ?, zone = ?,"
        " region = ?, birthday = ?, source = ?, updated_at = ? WHERE id = ?",
        (*draft_values(draft), updated_at, contact_id),
    )
    db.execute("DELETE FROM contact_fts WHERE rowid = ?", (contact_id,))
    index_many(db, [(contact_id, draft)])
