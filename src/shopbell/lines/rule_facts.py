"""What the rules have to know of this shop: addresses, prices; and how a reply would be read.

Must not decide what a rule makes of them.
"""

from __future__ import annotations

from shopbell.cli.money import spoken_price
from shopbell.domain.reading_words import meaning
from shopbell.domain.stops import read_reply
from shopbell.domain.typed_rules import read_typed_price
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit
from shopbell.services.rules import packaged_rules

_FORGETS = "A minus sign alone forgets it."


async def addresses(talk: Talk, visit: Visit) -> None:
    """Change the address that some laws ask for, or the number people in France text STOP to."""
    house = visit.shop.rules
    own = await house.changed()
    chosen = await talk.choose(
        "Which?",
        [
            f"A short web or mail address, for texts to Canada: {own.contact or 'none'}",
            f"The number people in France text STOP to: {own.short_code or 'none'}",
        ],
    )
    if chosen is None:
        return
    question = "The address, as short as it can be." if chosen == 0 else "The number: 5 digits."
    typed = await talk.line(f"{question} {_FORGETS}")
    if not typed:
        return
    told = "" if typed == "-" else typed
    kept = await (house.tell_contact(told) if chosen == 0 else house.tell_short_code(told))
    talk.say(f"Kept: {(kept.contact if chosen == 0 else kept.short_code) or 'none'}.")


async def prices(talk: Talk, visit: Visit) -> None:
    """Say the shop's own prices of one part, and change one."""
    house = visit.shop.rules
    own = await house.changed()
    talk.say(*(f"{one.prefix}: {spoken_price(one.micros, own.currency)}" for one in own.rates))
    if not own.rates:
        talk.say("No prices of your own: the gateway's price counts.")
    typed = await talk.line(
        "The beginning of the numbers or a country, the price of one part and the currency, like "
        "+44 0.04 GBP; the beginning alone forgets its price; * is all others."
    )
    if not typed:
        return
    wanted = read_typed_price(typed, own.currency)
    if wanted.micros is None:
        await house.forget_price(wanted.prefix)
        talk.say(f"No price for {wanted.prefix}.")
    else:
        await house.price(wanted.prefix, wanted.micros, wanted.currency)
        talk.say(
            f"One part to {wanted.prefix} costs {spoken_price(wanted.micros, wanted.currency)}."
        )


async def how_it_reads(talk: Talk) -> None:
    """Say how a reply would be read, and which words make it so."""
    typed = await talk.line("What might somebody write?")
    if not typed:
        return
    asked = await talk.yes("Would it answer a yes-or-no question of yours?")
    found = read_reply(typed, question_open=asked, rules=packaged_rules().stops)
    talk.say(f"Read as {found.intent or found.band}.", meaning(found), found.why)
