"""Two people's yes to large campaigns, by answers. Must not hear a yes: campaigns do."""

from __future__ import annotations

from shopbell.cli.commands.second_yes import second_yes_lines
from shopbell.errors import BadInput
from shopbell.lines.talk import Talk
from shopbell.lines.visit import WHO, Visit


async def two_yeses(talk: Talk, visit: Visit) -> None:
    """Say what holds, and offer what can be changed about it."""
    book = visit.shop.second_yes
    rule = await book.rule()
    chosen = await talk.choose(
        " ".join(second_yes_lines(rule)),
        [
            "From how many people on",
            "Add somebody, with a word of their own",
            *(f"A new word for {name}" for name in rule.names),
            *(f"Take {name} off the list" for name in rule.names),
        ],
    )
    if chosen is None:
        return
    if not visit.shop.profile.practice:
        # Lines that somebody left open must not let one person make two of themselves.
        await visit.shop.prove(await talk.secret("The passphrase of the shop, to change it."))
    names = len(rule.names)
    match chosen:
        case 0:
            typed = await talk.line("From how many people on? A minus sign: one yes is enough.")
            if not typed:
                return
            await book.need_from(0 if typed == "-" else _count(typed), by=WHO)
        case 1:
            name = await talk.line("Their name, as the history shall show it.")
            if not name or not await _own_word(talk, visit, name):
                return
        case at if at < 2 + names:
            if not await _own_word(talk, visit, rule.names[at - 2]):
                return
        case at:
            await book.remove(rule.names[at - 2 - names], by=WHO)
    talk.say(*second_yes_lines(await book.rule()))


async def _own_word(talk: Talk, visit: Visit, name: str) -> bool:
    word = await talk.secret(f"{name} types a word of their own.")
    again = await talk.secret("Once more.")
    if word.reveal() != again.reveal():
        talk.say("These were two different words. Nothing was kept.")
        return False
    await visit.shop.second_yes.add(name, word, by=WHO)
    return True


def _count(typed: str) -> int:
    digits = typed.replace(",", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        raise BadInput(f"“{typed[:20]}” is no number of people.", "Type it in digits.")
    return int(digits)
