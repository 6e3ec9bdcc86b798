"""Coupon codes: kept per campaign, each given to one person. Must not put them into texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shopbell.domain.ids import CampaignId

if TYPE_CHECKING:
    from sqlite_utils import Database


def add(
    db: Database, campaign_id: CampaignId, codes: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Add codes in this order; return those added, and those that were known already.

    A code that another campaign brought and nobody got moves here.
    """
    start = db.execute(
        "SELECT coalesce(max(position), 0) FROM coupon WHERE campaign_id = ?", (campaign_id,)
    ).fetchone()[0]
    added: list[str] = []
    known: list[str] = []
    for position, code in enumerate(codes, start=start + 1):
        row = db.execute(
            "INSERT INTO coupon VALUES (?1, ?2, ?3) ON CONFLICT (code) DO UPDATE"
            " SET campaign_id = ?2, position = ?3 WHERE campaign_id <> ?2"
            " AND NOT EXISTS (SELECT 1 FROM campaign_row r WHERE r.coupon = coupon.code)"
            " RETURNING 1",
            (code, campaign_id, position),
        ).fetchone()
        (known if row is None else added).append(code)
    return tuple(added), tuple(known)


def free(db: Database, campaign_id: CampaignId) -> tuple[str, ...]:
    """Return the codes of a campaign that nobody got, in the order they came."""
    rows = db.execute(
        "SELECT code FROM coupon k WHERE campaign_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM campaign_row r WHERE r.coupon = k.code) ORDER BY position",
        (campaign_id,),
    )
    return tuple(row[0] for row in rows)


def count(db: Database, campaign_id: CampaignId) -> int:
    """Return how many codes a campaign has."""
    row = db.execute("SELECT count(*) FROM coupon WHERE campaign_id = ?", (campaign_id,)).fetchone()
    return int(row[0])
