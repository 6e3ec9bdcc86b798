"""The switch of the shop: whether anything leaves. Must not send, and must not decide about texts.

Whoever claims a text reads the switch in the same transaction, so that it holds for every process.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.campaigns import CampaignState, Pause
from shopbell.domain.sending import IS_A_COPY, MAY_HAVE_GONE, ON, Sending, Turned
from shopbell.store import campaigns, missed
from shopbell.store.times import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

AT_WORK = (CampaignState.STARTING, CampaignState.RUNNING)


def load(db: Database, here: str) -> Sending:
    """Return the switch of a file that is at the place `here`."""
    row = db.execute("SELECT off_at, off_why, off_by, place, is_copy FROM sending").fetchone()
    if row is None:
        return ON
    off_at, why, by, place, is_copy = row
    if off_at is not None:
        return Sending(
            on=False, why=why, by=by, since=maybe_from_text(off_at), is_copy=bool(is_copy)
        )
    if place and place != here:
        return Sending(on=False, why=IS_A_COPY, is_copy=True)
    return ON


def arrive(db: Database, here: str, now: datetime) -> bool:
    """Note where the file sends from; True if it has just turned out to be a copy.

    A copy must not ring: its switch is turned off, what waits in it is asked about, and its
    campaigns are paused. The file it was copied from knows nothing of that.
    """
    _make_row(db)
    place, is_copy = db.execute("SELECT place, is_copy FROM sending").fetchone()
    if not place:
        db.execute("UPDATE sending SET place = ?", (here,))
        return False
    if place == here or is_copy:
        return False
    turn_off(db, IS_A_COPY, "", now)
    db.execute("UPDATE sending SET is_copy = 1")
    missed.ask_about_all(db, MAY_HAVE_GONE, now)
    why = "Paused: this file is a copy, and the other one may be sending. Should it still go?"
    pause_all(db, why, "", now, Pause.COPY)
    return True


def turn_off(db: Database, why: str, by: str, now: datetime) -> None:
    """Let nothing leave from now on."""
    _make_row(db)
    db.execute("UPDATE sending SET off_at = ?, off_why = ?, off_by = ?", (to_text(now), why, by))
    _keep(db, now, by, why, on=False)


def turn_on(db: Database, here: str, by: str, now: datetime) -> None:
    """Let texts leave again, from this place."""
    arrive(db, here, now)
    db.execute(
        "UPDATE sending SET off_at = NULL, off_why = '', off_by = '', place = ?, is_copy = 0",
        (here,),
    )
    _keep(db, now, by, "", on=True)


def pause_all(db: Database, why: str, by: str, now: datetime, pause: Pause) -> int:
    """Pause every campaign at work; return how many those were."""
    found, _ = campaigns.find(db, AT_WORK, 0, 100_000)
    for campaign in found:
        campaigns.move(
            db,
            campaign.id,
            campaign.state,
            CampaignState.PAUSED,
            now,
            why=why,
            who=by,
            pause=pause,
        )
    return len(found)


def history(db: Database, count: int) -> tuple[Turned, ...]:
    """Return the last turns of the switch, newest first."""
    rows = db.execute(
        "SELECT at, is_on, who, why FROM sending_event ORDER BY id DESC LIMIT ?", (count,)
    )
    return tuple(
        Turned(at=from_text(at), on=bool(is_on), by=who, why=why) for at, is_on, who, why in rows
    )


def _make_row(db: Database) -> None:
    db.execute("INSERT OR IGNORE INTO sending (id) VALUES (1)")


def _keep(db: Database, now: datetime, by: str, why: str, *, on: bool) -> None:
    db.execute(
        "INSERT INTO sending_event (at, is_on, who, why) VALUES (?, ?, ?, ?)",
        (to_text(now), int(on), by, why),
    )
