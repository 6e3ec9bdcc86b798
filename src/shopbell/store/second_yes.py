"""Who may say the second yes, and from how many people on it is needed. Must not judge a word.

What is kept of a word is a salted hash; whoever reads it learns nothing that could be typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.campaigns import Campaign, CampaignState, Moved, Outcome
from shopbell.domain.second_yes import SecondYes
from shopbell.store import campaigns
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a typed word is held against."""

    name: str
    """As it was written when the word was set."""
    salt: bytes
    hash: bytes


def load(db: Database) -> SecondYes:
    """Return from how many people on two yeses are needed, and whose they may be."""
    row = db.execute("SELECT second_person FROM sending").fetchone()
    names = db.execute("SELECT name FROM second_word ORDER BY name").fetchall()
    return SecondYes(from_count=0 if row is None else row[0], names=tuple(one for (one,) in names))


def save_count(db: Database, from_count: int) -> None:
    """Note from how many people on two yeses are needed; 0 is never."""
    db.execute("INSERT OR IGNORE INTO sending (id) VALUES (1)")
    db.execute("UPDATE sending SET second_person = ?", (from_count,))


def proofs(db: Database) -> tuple[Proof, ...]:
    """Return what is kept of everybody's word."""
    rows = db.execute("SELECT name, salt, hash FROM second_word ORDER BY name")
    return tuple(Proof(name=name, salt=salt, hash=hash_) for name, salt, hash_ in rows)


def keep(db: Database, proof: Proof, now: datetime) -> None:
    """Give somebody a word, or another one than before."""
    db.execute(
        "INSERT INTO second_word (name, salt, hash, added_at) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (name) DO UPDATE SET salt = ?2, hash = ?3, added_at = ?4",
        (proof.name, proof.salt, proof.hash, to_text(now)),
    )


def remove(db: Database, name: str) -> None:
    """Take somebody off the list."""
    db.execute("DELETE FROM second_word WHERE name = ?", (name,))


def end_approvals(db: Database, why: str, by: str, now: datetime) -> int:
    """Make every campaign that is approved and not started a draft again; return how many."""
    found, _ = campaigns.find(db, (CampaignState.APPROVED,), 0, 100_000)
    for one in found:
        campaigns.move(db, one.id, one.state, CampaignState.DRAFT, now, why=why, who=by)
    return len(found)


def end_approval_if_more(
    db: Database, campaign: Campaign, moved: Sequence[Moved], now: datetime
) -> None:
    """Make it a draft again where two are needed and others would get it than they saw."""
    is_two = load(db).counts_for(campaign.approved_count or 0)
    more = sum(one.count for one in moved if one.after is Outcome.SEND)
    if campaign.state is not CampaignState.APPROVED or not is_two or not more:
        return
    others = "1 other person" if more == 1 else f"{more:,} others"
    why = f"{others} would get it now, so it has to be approved again."
    campaigns.move(db, campaign.id, campaign.state, CampaignState.DRAFT, now, why=why)
