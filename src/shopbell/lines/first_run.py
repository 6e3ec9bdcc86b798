"""The first questions: name, country, zone, hours, passphrase, and practice or real.

Must not make a file before all of them are answered. Nothing is left behind by leaving.
"""

from __future__ import annotations

from collections.abc import Awaitable
from zoneinfo import available_timezones

from shopbell.domain.dialling import country_meant
from shopbell.domain.secret import Secret
from shopbell.domain.shop import Week
from shopbell.domain.weeks import read_week, week_text
from shopbell.errors import BadInput, ShopbellError
from shopbell.lines.rows import rows_of
from shopbell.lines.talk import Left, Talk
from shopbell.lines.way_in import WayIn
from shopbell.services.opening import (
    Created,
    NewShop,
    create_shop,
    passphrase_problem,
    suggest_passphrase,
)
from shopbell.services.rules import packaged_rules
from shopbell.services.shop import Shop

_PRACTICE = "Practice: nothing leaves this computer"
_REAL = "For real: choose the gateway afterwards, under Gateways"


async def make_shop(talk: Talk, way: WayIn) -> Shop:
    """Ask the first questions, make the file, and return it unlocked.

    Raises:
        Left: the person leaves; nothing was made.
    """
    talk.say("There is no shop file yet. A few questions make one; an empty answer leaves.")
    while True:
        name = await _wanted(talk.line("What is your shop called? It starts every text."))
        country, zone = await _country(talk, way), await _zone(talk, way)
        hours = await _hours(talk)
        practice = await talk.choose("Is it to practise, or for real?", [_PRACTICE, _REAL])
        if practice is None:
            raise Left
        passphrase = await _passphrase(talk)
        new = NewShop(name=name, country=country, zone=zone, hours=hours, practice=practice == 0)
        try:
            talk.say("Making the shop file …")
            created = await create_shop(way.path, new, passphrase, way.clock)
        except ShopbellError as error:
            talk.trouble(error)
            talk.say("Nothing was made. The questions begin again.")
            continue
        await _recovery(talk, created)
        return await way.unlock(passphrase)


async def _wanted(answer: Awaitable[str]) -> str:
    typed = await answer
    if not typed:
        raise Left
    return typed


async def _country(talk: Talk, way: WayIn) -> str:
    while True:
        typed = await _wanted(
            talk.line("Which country? Its name or two letters.", usual=way.guessed_country)
        )
        if (country := country_meant(typed)) is not None:
            return country.code
        talk.say(f"“{typed[:20]}” is no country. For example US, GB or Germany.")


async def _zone(talk: Talk, way: WayIn) -> str:
    while True:
        typed = await _wanted(
            talk.line("Which time zone? A large city near you.", usual=way.guessed_zone)
        )
        if typed in available_timezones():
            return typed
        zones = _zones(typed)
        if not zones:
            talk.say("That time zone is not known. Type a large city, like New York.")
            continue
        picked = await talk.pick("Which of these?", rows_of(zones), lambda zone: zone)
        if picked is not None:
            return picked


def _zones(typed: str) -> list[str]:
    words = typed.replace("_", " ").casefold().split()
    return sorted(
        zone
        for zone in available_timezones()
        if "/" in zone
        and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
        and all(word in zone.replace("_", " ").casefold() for word in words)
    )


async def _hours(talk: Talk) -> Week:
    usual = week_text(packaged_rules().policy.hours)
    talk.say("When may your texts arrive? Days that are left out are closed.")
    while True:
        typed = await _wanted(talk.line("Your hours.", usual=usual))
        try:
            return _open_some_time(read_week(typed))
        except BadInput as error:
            talk.trouble(error)


def _open_some_time(week: Week) -> Week:
    if not any(week.days):
        raise BadInput(
            "With no hours at all no text could ever go.",
            'Write hours like "mon-fri 10:00-18:00; sat 10:00-17:00".',
        )
    return week


async def _passphrase(talk: Talk) -> Secret:
    suggested = suggest_passphrase()
    talk.say("Which passphrase opens the file? These words are a good one:")
    talk.say(f"  {suggested.reveal()}")
    while True:
        chosen = await talk.choose(
            "Write it on paper, and keep it somewhere else.",
            ["Take these words", "Choose my own"],
            back="Leave",
        )
        if chosen is None:
            raise Left
        if chosen == 0:
            return suggested
        own = await talk.secret("Your passphrase.")
        if problem := passphrase_problem(own.reveal()):
            talk.say(problem)
        elif own != await talk.secret("Once more."):
            talk.say("The two are not the same.")
        else:
            return own


async def _recovery(talk: Talk, created: Created) -> None:
    """Say the recovery code and go on once a part of it is typed, as proof that it is on paper."""
    groups = created.recovery_code.reveal().replace("-", " ").split()
    talk.say("This is the recovery code. Write it on paper now: it is said this once.")
    talk.say("Who has it can open the file without the passphrase.")
    talk.say(*(f"  {' '.join(groups[at : at + 4])}" for at in range(0, len(groups), 4)))
    while True:
        typed = await talk.optional("Written down? Type its last group.")
        if typed.upper() == groups[-1].upper():
            return
        talk.say("That is not what the code says there.")
