"""Settings: the shop, its budget, the lock, what is said; and the check of the file.

Must not hold a setting itself: what is chosen is kept in the shop file or in the settings file.
"""

from __future__ import annotations

from dataclasses import replace

from shopbell.cli.commands.budget import month_lines
from shopbell.cli.money import read_currency, read_price
from shopbell.domain.budget import NO_BUDGET, Budget
from shopbell.domain.checked import sentences
from shopbell.domain.house_lines import set_aside_words
from shopbell.errors import BadInput
from shopbell.lines.rows import path_typed
from shopbell.lines.talk import Job, Locked, Talk
from shopbell.lines.visit import Visit
from shopbell.services.opening import shop_name
from shopbell.services.settings_file import LONGEST_LOCK, SHORTEST_LOCK


async def settings(talk: Talk, visit: Visit) -> None:
    """Offer the settings."""

    async def heading() -> list[str]:
        profile = visit.shop.profile
        return [f"Settings of {profile.name}, {profile.country}, {profile.zone}."]

    jobs = [
        Job(words="Lock now", do=_lock),
        Job(words="Lock after how many quiet minutes", do=lambda: _minutes(talk, visit)),
        Job(words="Say or hide whole numbers", do=lambda: _numbers(talk, visit)),
        Job(words="Open in lines, or on the screens", do=lambda: _plain(talk, visit)),
        Job(words="Name and phone of the shop", do=lambda: _shop(talk, visit)),
        Job(words="Budget of a month", do=lambda: _budget(talk, visit)),
        Job(words="Check the shop file and its ledger", do=lambda: _check(talk, visit)),
        Job(words="Hold a noted head of the ledger against it", do=lambda: _head(talk, visit)),
        Job(words="Which entries were recorded with a scan", do=lambda: _scan(talk, visit)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def _lock() -> None:
    raise Locked("Locked.")


async def _minutes(talk: Talk, visit: Visit) -> None:
    typed = await talk.line(f"How many minutes, {SHORTEST_LOCK} to {LONGEST_LOCK}?")
    if not typed:
        return
    fits = typed.isascii() and typed.isdigit() and len(typed) < 4
    if not fits or not SHORTEST_LOCK <= int(typed) <= LONGEST_LOCK:
        raise BadInput(
            f"“{typed[:10]}” is no number from {SHORTEST_LOCK} to {LONGEST_LOCK}.",
            "The lock can be late, never off.",
        )
    visit.lock_after(int(typed))
    _remembered(talk, visit.way.remember("lock_minutes", int(typed)))


async def _numbers(talk: Talk, visit: Visit) -> None:
    visit.reveal = not visit.reveal
    talk.say("Whole numbers are said." if visit.reveal else "Numbers show their end only.")


async def _plain(talk: Talk, visit: Visit) -> None:
    chosen = await talk.choose(
        "How does shopbell open on this computer?", ["In lines", "On the screens"]
    )
    if chosen is not None:
        _remembered(talk, visit.way.remember("plain", chosen == 0))


def _remembered(talk: Talk, kept: bool) -> None:
    talk.say("Kept." if kept else "It could not be written down: it holds until you leave.")


async def _shop(talk: Talk, visit: Visit) -> None:
    profile = visit.shop.profile
    chosen = await talk.choose(
        "Which?", [f"Name: {profile.name}", f"Phone: {profile.phone or 'none'}"]
    )
    if chosen == 0:
        name = await talk.line("The new name. It starts every text.")
        if name:
            await visit.shop.change_profile(name=shop_name(name))
            talk.say("Kept. It starts every text from now on.")
    elif chosen == 1:
        typed = await talk.line("The shop's phone, for people who rather call. A minus sign: none.")
        if typed:
            number = "" if typed == "-" else visit.shop.people.read_number(typed).e164
            await visit.shop.change_profile(phone=number)
            talk.say("Kept.")


async def _budget(talk: Talk, visit: Visit) -> None:
    budgets = visit.shop.budgets
    month = await budgets.month()
    talk.say(*month_lines(month, visit.zone))
    chosen = await talk.choose(
        "Limit a month?", ["So many texts", "So much money", "No limit at all"]
    )
    wanted: Budget | None = None
    match chosen:
        case 0:
            typed = await talk.line("How many texts a month?")
            if typed:
                wanted = replace(month.budget, texts=_count(typed))
        case 1:
            typed = await talk.line("How much a month? Like 20 USD.")
            if typed:
                money, _, currency = typed.partition(" ")
                wanted = replace(
                    month.budget,
                    micros=read_price(money),
                    currency=read_currency(currency.strip() or "USD"),
                )
        case 2:
            wanted = NO_BUDGET
        case _:
            pass
    if wanted is not None:
        talk.say(*month_lines(await budgets.set_to(wanted), visit.zone))


def _count(typed: str) -> int:
    plain = typed.replace(",", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 9):
        raise BadInput(f"“{typed[:20]}” is no number of texts.", "Type it in digits.")
    return int(plain)


async def _check(talk: Talk, visit: Visit, head: str = "") -> None:
    talk.say("Looking at every page …")
    found = await visit.shop.checking.whole(head)
    talk.say(*(one.sentence for one in sentences(found)))
    own = await visit.shop.rules.changed()
    talk.say(*(f"Set aside: {set_aside_words(one, visit.zone)}" for one in own.set_aside))


async def _head(talk: Talk, visit: Visit) -> None:
    typed = await talk.line("The head you noted elsewhere; its first 12 characters are enough.")
    if typed:
        await _check(talk, visit, typed)


async def _scan(talk: Talk, visit: Visit) -> None:
    typed = await talk.line("Which file? Its whole path.")
    if typed:
        named = await visit.shop.checking.named_by(path_typed(typed))
        talk.say(named.sentence())
