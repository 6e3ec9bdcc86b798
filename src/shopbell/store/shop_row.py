"""The shop's own row, and the key under which numbers are hashed. Must not decide anything."""

from __future__ import annotations

import hmac
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from shopbell.domain.facts import ShopFacts
from shopbell.domain.ids import E164
from shopbell.domain.shop import ShopProfile, Week, Window
from shopbell.domain.shop_rules import ShopRules
from shopbell.domain.shop_rules_text import shop_rules_from_text, shop_rules_text
from shopbell.store.times import from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


def save_profile(db: Database, profile: ShopProfile, blind_key: bytes) -> None:
    """Write the shop's row for the first time. `blind_key` is 32 random bytes, never rotated."""
    db.execute(
        "INSERT INTO shop (id, name, country, zone, hours, phone, practice, created_at, blind_key)"
        " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            profile.name,
            profile.country,
            profile.zone,
            _hours_to_text(profile.hours),
            profile.phone,
            int(profile.practice),
            to_text(profile.created_at),
            blind_key,
        ),
    )


def change_profile(db: Database, profile: ShopProfile) -> None:
    """Overwrite name, place, hours and phone; what kind of file it is cannot change."""
    db.execute(
        "UPDATE shop SET name = ?, country = ?, zone = ?, hours = ?, phone = ?",
        (
            profile.name,
            profile.country,
            profile.zone,
            _hours_to_text(profile.hours),
            profile.phone,
        ),
    )


def load_profile(db: Database) -> ShopProfile:
    """Return the shop."""
    name, country, zone, hours, phone, practice, created_at = db.execute(
        "SELECT name, country, zone, hours, phone, practice, created_at FROM shop"
    ).fetchone()
    return ShopProfile(
        name=name,
        country=country,
        zone=zone,
        hours=_hours_from_text(hours),
        phone=phone,
        practice=bool(practice),
        created_at=from_text(created_at),
    )


def load_rules(db: Database) -> ShopRules:
    """Return what the owner changed about the rules.

    Raises:
        BadInput: what is stored cannot be read; then nothing may be decided.
    """
    return _rules_of_text(db.execute("SELECT rules FROM shop").fetchone()[0])


def save_rules(db: Database, rules: ShopRules) -> None:
    """Overwrite what the owner changed about the rules."""
    db.execute("UPDATE shop SET rules = ?", (shop_rules_text(rules),))


def load_facts(db: Database) -> ShopFacts:
    """Return what a decision is made from that is the same for everybody."""
    return ShopFacts(profile=load_profile(db), rules=load_rules(db))


def blind_index(db: Database, number: E164) -> bytes:
    """Return the keyed hash that stands for `number` where the number itself must not."""
    return hashed(blind_key(db), number)


def blind_key(db: Database) -> bytes:
    """Return the file's key for hashing numbers (32 bytes)."""
    return bytes(db.execute("SELECT blind_key FROM shop").fetchone()[0])


def hashed(key: bytes, number: E164) -> bytes:
    """Return HMAC-SHA256 of the number: 32 bytes."""
    return hmac.digest(key, number.encode("ascii"), "sha256")


@lru_cache(maxsize=4)
def _rules_of_text(text: str) -> ShopRules:
    return shop_rules_from_text(text)


def _hours_to_text(week: Week) -> str:
    return json.dumps([[[w.start, w.end] for w in day] for day in week.days])


def _hours_from_text(text: str) -> Week:
    mon, tue, wed, thu, fri, sat, sun = (
        tuple(Window(start=start, end=end) for start, end in day) for day in json.loads(text)
    )
    return Week(days=(mon, tue, wed, thu, fri, sat, sun))
