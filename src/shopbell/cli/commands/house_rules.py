"""The rules of one shop: what its owner says differently from Shopbell's own policy."""

from __future__ import annotations

from datetime import date, timedelta

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import PURPOSE, WORDS, OneOf
from shopbell.cli.money import read_currency, read_price
from shopbell.cli.rule_rows import DAY, house_json, texts_of
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.domain.caps import per_text
from shopbell.domain.consent import Purpose
from shopbell.domain.house_lines import HOLIDAY_WORDS, house_lines
from shopbell.domain.pricing import beginning_of
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.shop_rules import HolidayWish, ShopRules
from shopbell.domain.telling import WEEKDAY_NAMES, counted, plain_day
from shopbell.domain.weeks import read_week, week_text
from shopbell.services.rules import packaged_rules

_WISH = OneOf(HolidayWish)


@click.command("shop", cls=Command)
@with_shop()
async def shop_rules(session: Session) -> Exit:
    """Show the shop's own rules: hours, closed days, limits, prices and what is set aside."""
    shop = session.shop
    own, profile = await shop.rules.changed(), shop.profile
    lines = house_lines(own, packaged_rules().policy, profile.zone, shop.rules.today())
    session.out.result(
        house_json(own, profile), [f"Hours: {week_text(profile.hours)}", *texts_of(lines)]
    )
    return Exit.DONE


@click.command("set-aside", cls=Command)
@click.argument("rule", type=WORDS)
@click.option("--reason", required=True, type=WORDS, help="Why: kept with every decision.")
@click.option("--by", default="", type=WORDS, help="Who says so.")
@with_shop()
async def set_aside(session: Session, rule: str, reason: str, by: str) -> Exit:
    """Have hours, holidays or a limit of the rulebook not count in this shop, like US-TX.hours."""
    own = await session.shop.rules.set_aside(rule, reason, by)
    found = own.set_aside[-1]
    return _told(
        session,
        own,
        f"{found.rule} is set aside. Every decision that this changes names your reason.",
    )


@click.command(cls=Command)
@click.argument("rule", type=WORDS)
@with_shop()
async def restore(session: Session, rule: str) -> Exit:
    """Have a rule that was set aside count again."""
    return _told(session, await session.shop.rules.restore(rule), "The rule counts again.")


@click.command(cls=Command)
@click.argument("first", type=DAY)
@click.argument("last", type=DAY, required=False)
@click.option("--note", default="", type=WORDS, help="Why, for whoever asks.")
@with_shop()
async def close(session: Session, first: date, last: date | None, note: str) -> Exit:
    """Close the shop on a day, or from the FIRST to the LAST: no offers, no texts about orders."""
    own = await session.shop.rules.close(first, last, note)
    return _told(session, own, f"Closed {_days(first, last)}.")


@click.command(cls=Command)
@click.argument("first", type=DAY)
@click.argument("last", type=DAY, required=False)
@with_shop()
async def reopen(session: Session, first: date, last: date | None) -> Exit:
    """Open the shop on days on which it was closed; texts already held keep their date."""
    own = await session.shop.rules.reopen(first, last)
    return _told(session, own, f"Open {_days(first, last)}.")


@click.command(cls=Command)
@click.argument("place", type=WORDS)
@click.option("--from", "first", type=DAY, help="The first day; today if not given.")
@click.option("--until", "last", type=DAY, help="The last day; until ended if not given.")
@click.option("--note", default="", type=WORDS, help="What happened.")
@click.option("--over", is_flag=True, help="End the emergency there.")
@with_shop()
async def emergency(
    session: Session, place: str, first: date | None, last: date | None, note: str, over: bool
) -> Exit:
    """Stop marketing to a region, like US-LA, from today on or for some days."""
    if over and (first or last or note):
        raise click.UsageError("--over ends an emergency; the other options begin one.")
    if over:
        own = await session.shop.rules.end_emergency(place)
        return _told(session, own, f"The emergency in {place.upper()} is over.")
    own = await session.shop.rules.declare_emergency(place, first=first, last=last, note=note)
    return _told(session, own, f"Marketing to {place.upper()} is stopped.")


@click.command(cls=Command)
@click.argument("wish", type=_WISH, required=False)
@click.option("--place", default="", type=WORDS, help="Whose: a country or a state, like US-LA.")
@with_shop()
async def holidays(session: Session, wish: HolidayWish | None, place: str) -> Exit:
    """Say what the shop does on holidays; or list the holidays of the coming year."""
    rules = session.shop.rules
    if wish is not None:
        return _told(session, await rules.keep_holidays(wish), HOLIDAY_WORDS[wish])
    own, found = await rules.changed(), rules.holidays(place)
    session.out.result(
        {
            "wish": own.holidays.value,
            "place": place.upper() or session.shop.profile.country,
            "holidays": [{"day": each.day.isoformat(), "name": each.name} for each in found],
        },
        [
            HOLIDAY_WORDS[own.holidays],
            *(
                f"{WEEKDAY_NAMES[each.day.weekday()][:3]} {plain_day(each.day)}  {each.name}"
                for each in found
            ),
        ],
    )
    return Exit.DONE


@click.command(cls=Command)
@click.argument("purpose", type=PURPOSE)
@click.argument("n", type=click.IntRange(1), required=False)
@click.argument("days", type=click.IntRange(1), required=False)
@click.option("--default", is_flag=True, help="Go by Shopbell's own limits again.")
@with_shop()
async def limit(
    session: Session, purpose: Purpose, n: int | None, days: int | None, default: bool
) -> Exit:
    """Send one person at most N texts of a purpose in so many DAYS."""
    rules = session.shop.rules
    if default and n is None:
        own = await rules.unlimit(purpose)
        return _told(session, own, f"Shopbell's own limits hold for {texts_for(purpose)} again.")
    if default or n is None or days is None:
        raise click.UsageError("Give N and DAYS, like 2 30, or --default.")
    own, per = await rules.limit(purpose, n, days), per_text(timedelta(days=days))
    return _told(session, own, f"At most {n} {texts_for(purpose)} to one person in {per}.")


@click.command(cls=Command)
@click.argument("hours", type=click.IntRange(0), required=False)
@click.option("--default", is_flag=True, help="Go by Shopbell's own again.")
@with_shop()
async def gap(session: Session, hours: int | None, default: bool) -> Exit:
    """Leave so many HOURS between two marketing texts to one person."""
    if (hours is None) != default:
        raise click.UsageError("Give HOURS, like 48, or --default.")
    own = await session.shop.rules.keep_apart(hours)
    said = "Shopbell's own gap holds again."
    if hours is not None:
        said = f"{counted(hours, 'hour')} between two." if hours else "Nothing lies between two."
    return _told(session, own, said)


@click.command(cls=Command)
@click.argument("address", type=WORDS)
@with_shop()
async def contact(session: Session, address: str) -> Exit:
    """Put a short web or mail ADDRESS into texts where a law asks for one; "" forgets it."""
    own = await session.shop.rules.tell_contact(address)
    return _told(session, own, f"Contact: {own.contact or 'none'}.")


@click.command("short-code", cls=Command)
@click.argument("digits", type=WORDS)
@with_shop()
async def short_code(session: Session, digits: str) -> Exit:
    """Name the number people in France text STOP to; "" forgets it."""
    own = await session.shop.rules.tell_short_code(digits)
    return _told(session, own, f"Short code: {own.short_code or 'none'}.")


@click.command(cls=Command)
@click.argument("prefix", type=WORDS)
@click.argument("amount", type=WORDS, required=False)
@click.option("--currency", type=WORDS, help="Three letters; that of the other prices.")
@click.option("--forget", is_flag=True, help="Forget the price for that PREFIX.")
@with_shop()
async def price(
    session: Session, prefix: str, amount: str | None, currency: str | None, forget: bool
) -> Exit:
    """Say what one part costs to numbers that begin with PREFIX, like +44; "*" for all others.

    A country will do as well, like GB.
    """
    rules = session.shop.rules
    country = beginning_of(prefix) if prefix.isalpha() else None
    if country is not None:
        prefix = country.prefix
    if forget == (amount is not None):
        raise click.UsageError("Give the AMOUNT of one part, like 0.04, or --forget.")
    if amount is None:
        return _told(session, await rules.forget_price(prefix), f"No price for {prefix}.")
    known = currency or (await rules.changed()).currency
    if not known:
        raise click.UsageError("Give --currency, like USD.")
    own = await rules.price(prefix, read_price(amount), read_currency(known))
    if country is not None and country.shared_with:
        many = ", ".join(country.shared_with)
        session.out.aside(f"Numbers of these countries begin with {prefix} too: {many}.")
    return _told(session, own, f"One part to {prefix} costs {amount} {own.currency}.")


@click.command(cls=Command)
@click.argument("week", type=WORDS)
@with_shop()
async def hours(session: Session, week: str) -> Exit:
    """Change the hours in which texts may arrive, like "mon-fri 10:00-18:00; sat 10:00-17:00"."""
    profile = await session.shop.change_profile(hours=read_week(week))
    own = await session.shop.rules.changed()
    return _told(session, own, f"Texts may arrive {week_text(profile.hours)}.")


HOUSE_COMMANDS = (
    shop_rules,
    hours,
    close,
    reopen,
    holidays,
    emergency,
    limit,
    gap,
    contact,
    short_code,
    price,
    set_aside,
    restore,
)
"""In the order of help."""


def _told(session: Session, own: ShopRules, line: str) -> Exit:
    session.out.result(house_json(own, session.shop.profile), [line])
    return Exit.DONE


def _days(first: date, last: date | None) -> str:
    days = plain_day(first)
    return days if last is None or last == first else f"{days} to {plain_day(last)}"
