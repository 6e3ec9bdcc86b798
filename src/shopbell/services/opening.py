"""Making and unlocking shop files. Must not hold what can be done inside one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from shopbell.domain.secret import Secret
from shopbell.domain.shop import ShopProfile, Week
from shopbell.errors import BadInput
from shopbell.services.clock import Clock, ShiftedClock
from shopbell.services.desk import Desk
from shopbell.services.ports import GatewayShelf
from shopbell.services.rules import packaged_rules
from shopbell.services.shop import Shop
from shopbell.store import keys, shop_row
from shopbell.store.store import Store
from shopbell.store.store import create as create_store


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShop:
    """What first run asks."""

    name: str
    country: str
    zone: str
    hours: Week | None = None
    """None = the hours the default policy offers."""
    phone: str | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """How a file is unlocked: by passphrase or by recovery code."""

    secret: Secret
    is_recovery_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new file; the recovery code is stored nowhere: it is made of the key."""

    path: Path
    recovery_code: Secret
    file_number: str


def suggest_passphrase() -> Secret:
    """Return five random words."""
    return keys.suggest_passphrase()


def passphrase_problem(text: str) -> str | None:
    """Return why a passphrase will not do, as a sentence, or None when it will."""
    return keys.check_passphrase(text)


async def create_shop(path: Path, new: NewShop, passphrase: Secret, clock: Clock) -> Created:
    """Make a new shop file; nothing is left behind on failure.

    Raises:
        BadInput: a field cannot be used, or something is at `path` already.
        VaultError: the file could not be made.
    """
    profile = ShopProfile(
        name=shop_name(new.name),
        country=_country(new.country),
        zone=_zone(new.zone),
        hours=new.hours or packaged_rules().policy.hours,
        phone=new.phone or None,
        practice=new.practice,
        created_at=clock.now(),
    )
    blind_key = secrets.token_bytes(32)
    created = await create_store(
        path, passphrase, fill=lambda db: shop_row.save_profile(db, profile, blind_key)
    )
    return Created(path=path, recovery_code=created.recovery_code, file_number=created.file_number)


async def open_shop(
    path: Path,
    opener: Opener,
    *,
    clock: Clock,
    shelf: GatewayShelf,
    pretend_clock: ShiftedClock | None = None,
    read_only: bool = False,
) -> Shop:
    """Unlock a shop file, for reading only if `read_only` or if it allows no more.

    `pretend_clock` is used instead of `clock` on a practice file and refused on a real one.

    Raises:
        VaultError: one of its classes, for each thing that can be wrong.
        BadInput: the time may not be pretended on a real file.
    """
    key = keys.read_recovery_code(opener.secret) if opener.is_recovery_code else opener.secret
    store = await Store.open(path, key, read_only=read_only)
    try:
        profile = await store.read(shop_row.load_profile)
        if pretend_clock is not None and not profile.practice:
            raise BadInput(
                "The time can be pretended on a practice shop only.",
                "Leave --now (or SHOPBELL_NOW) away.",
                code="real_file",
            )
    except BaseException:
        await store.close()
        raise
    return Shop(
        Desk(
            path=store.path,
            store=store,
            clock=pretend_clock or clock,
            rules=packaged_rules(),
            shelf=shelf,
            profile=profile,
            listeners=[],
        )
    )


def shop_name(name: str) -> str:
    """Return a shop's name as it is kept.

    Raises:
        BadInput: it is empty or too long, or holds what no text may.
    """
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 40 or not tidy.isprintable():
        raise BadInput(
            "The shop's name must be 1 to 40 plain characters.",
            "It starts every text, so the shorter the better.",
            code="bad_name",
        )
    return tidy


def _country(country: str) -> str:
    from phonenumbers import SUPPORTED_REGIONS

    tidy = country.strip().upper()
    if tidy not in SUPPORTED_REGIONS:
        raise BadInput(
            f"“{tidy[:20]}” is not a country code.",
            "Use two letters, for example US, GB or DE.",
            code="bad_country",
        )
    return tidy


def _zone(zone: str) -> str:
    if zone not in available_timezones():
        raise BadInput(
            f"“{zone[:60]}” is not a time zone.",
            "Use a name such as America/New_York or Europe/London.",
            code="bad_zone",
        )
    ZoneInfo(zone)
    return zone
