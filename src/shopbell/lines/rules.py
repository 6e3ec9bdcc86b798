"""Rules and hours: what holds in this shop, what the rulebook says, and what the owner changes.

Must not decide what a rule means: it says what is written and keeps what is typed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from shopbell.cli.rule_rows import head_line, line_text, sheet_lines, texts_of
from shopbell.domain.code_words import CODE_WORDS
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.house_lines import HOLIDAY_WORDS, house_lines
from shopbell.domain.rule_sheet import RuleSheet, rule_sheets, sheets_named
from shopbell.domain.shop_rules import HolidayWish, ShopRules
from shopbell.domain.typed_rules import read_days, read_gap, read_limit, read_place
from shopbell.domain.weeks import read_week, week_text
from shopbell.errors import BadInput
from shopbell.lines import said
from shopbell.lines.rows import rows_of
from shopbell.lines.rule_facts import addresses, how_it_reads, prices
from shopbell.lines.talk import Job, Talk
from shopbell.lines.two_yeses import two_yeses
from shopbell.lines.visit import WHO, Visit
from shopbell.services.rules import packaged_rules
from shopbell.services.shop_rules import Holiday

_MOST_HOLIDAYS = 12
_WISHES = tuple(HolidayWish)
_LIMITED = (Purpose.MARKETING, Purpose.SERVICE)


async def rules(talk: Talk, visit: Visit) -> None:
    """Offer the jobs with rules."""

    async def heading() -> list[str]:
        return [f"Rules. Your hours: {week_text(visit.shop.profile.hours)}."]

    jobs = [
        Job(words="What holds in this shop", do=lambda: _own(talk, visit)),
        Job(words="Change your hours", do=lambda: _hours(talk, visit)),
        Job(words="Close on some days, or open again", do=lambda: _days(talk, visit)),
        Job(words="Holidays", do=lambda: _holidays(talk, visit)),
        Job(words="Limits for one person", do=lambda: _limits(talk, visit)),
        Job(words="An emergency somewhere", do=lambda: _emergency(talk, visit)),
        Job(words="Read the rulebook", do=lambda: _rulebook(talk, visit)),
        Job(words="What a reason code means", do=lambda: _explain(talk)),
        Job(words="Set a rule aside, or let it count again", do=lambda: _aside(talk, visit)),
        Job(words="Two people's yes to large campaigns", do=lambda: two_yeses(talk, visit)),
        Job(words="Addresses that texts or laws need", do=lambda: addresses(talk, visit)),
        Job(words="Prices of your own", do=lambda: prices(talk, visit)),
        Job(words="How a reply would be read", do=lambda: how_it_reads(talk)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def _own(talk: Talk, visit: Visit) -> None:
    _say_own(talk, visit, await visit.shop.rules.changed())


def _say_own(talk: Talk, visit: Visit, own: ShopRules) -> None:
    house = visit.shop.rules
    lines = house_lines(own, packaged_rules().policy, visit.zone, house.today())
    talk.say(f"Hours: {week_text(visit.shop.profile.hours)}", *texts_of(lines))


async def _hours(talk: Talk, visit: Visit) -> None:
    typed = await talk.line("Your hours.", usual=week_text(visit.shop.profile.hours))
    if not typed:
        return
    week = read_week(typed)
    if not any(week.days):
        raise BadInput(
            "With no hours at all no text could ever go.",
            "To stop everything, turn sending off, under Outbox.",
        )
    changed = await visit.shop.change_profile(hours=week)
    talk.say(f"Your hours: {week_text(changed.hours)}. The law's hours count as well.")


async def _days(talk: Talk, visit: Visit) -> None:
    chosen = await talk.choose("Which?", ["Close on some days", "Open again on closed days"])
    if chosen is None:
        return
    typed = await talk.line("The first day, the last day, and why: 2026-12-24 2026-12-27 holiday.")
    if not typed:
        return
    days, house = read_days(typed), visit.shop.rules
    if chosen == 0:
        await _kept(talk, visit, house.close(days.first, days.last, days.note))
    else:
        await _kept(talk, visit, house.reopen(days.first, days.last))


async def _holidays(talk: Talk, visit: Visit) -> None:
    house = visit.shop.rules
    _say_holidays(talk, house.holidays())
    now = (await house.changed()).holidays
    talk.say(f"Now: {HOLIDAY_WORDS[now]}")
    labels = [HOLIDAY_WORDS[wish] for wish in _WISHES]
    chosen = await talk.choose("On holidays:", [*labels, "Say those of another place"])
    if chosen == len(_WISHES):
        place = await talk.line("Which country or state? Like US-LA.")
        if place:
            _say_holidays(talk, house.holidays(place))
    elif chosen is not None:
        await house.keep_holidays(_WISHES[chosen])
        talk.say("Kept.")


def _say_holidays(talk: Talk, found: Sequence[Holiday]) -> None:
    talk.say(*(f"{day.day:%a %d %b %Y}: {day.name}" for day in found[:_MOST_HOLIDAYS]))
    if len(found) > _MOST_HOLIDAYS:
        talk.say(f"And {len(found) - _MOST_HOLIDAYS} more within a year.")


async def _limits(talk: Talk, visit: Visit) -> None:
    house = visit.shop.rules
    labels = [f"At most so many: {said.PURPOSES[purpose]}" for purpose in _LIMITED]
    chosen = await talk.choose("Which limit?", [*labels, "Hours between two offers"])
    if chosen is None:
        return
    if chosen == len(_LIMITED):
        typed = await talk.line("How many hours? A minus sign alone: Shopbell's own gap.")
        if typed:
            await _kept(talk, visit, house.keep_apart(None if typed == "-" else read_gap(typed)))
        return
    typed = await talk.line("How many in how many days? Like 2 30. A minus sign: Shopbell's own.")
    if not typed:
        return
    found = None if typed == "-" else read_limit(typed)
    purpose = _LIMITED[chosen]
    await _kept(talk, visit, house.unlimit(purpose) if not found else house.limit(purpose, *found))


async def _emergency(talk: Talk, visit: Visit) -> None:
    chosen = await talk.choose("Which?", ["There is an emergency", "One is over"])
    if chosen is None:
        return
    house = visit.shop.rules
    if chosen == 1:
        place = await talk.line("Where? Like US-LA.")
        if place:
            await _kept(talk, visit, house.end_emergency(place))
        return
    typed = await talk.line("Where, until when, and what: US-LA 2026-12-01 hurricane.")
    if typed:
        found = read_place(typed)
        await _kept(
            talk, visit, house.declare_emergency(found.place, last=found.last, note=found.note)
        )


async def _aside(talk: Talk, visit: Visit) -> None:
    house = visit.shop.rules
    aside = (await house.changed()).set_aside
    chosen = await talk.choose(
        "Set aside: hours, holidays or a limit of the rulebook that shall not count here.",
        ["Set a rule aside", *(f"Let {one.rule} count again" for one in aside)],
    )
    if chosen is None:
        return
    if chosen:
        await _kept(talk, visit, house.restore(aside[chosen - 1].rule))
        return
    rule = await talk.line("Which rule? Its id, like US-TX.hours.")
    reason = await talk.line("Why? It is kept with every decision.") if rule else ""
    if reason:
        await _kept(talk, visit, house.set_aside(rule, reason, WHO))


async def _kept(talk: Talk, visit: Visit, change: Awaitable[ShopRules]) -> None:
    _say_own(talk, visit, await change)


async def _rulebook(talk: Talk, visit: Visit) -> None:
    book, today = packaged_rules(), visit.shop.rules.today()
    typed = await talk.line("Which row? Like US-FL, GB or policy; a star lists them all.")
    if not typed:
        return
    if typed != "*":
        found = sheets_named(book, typed)
        if not found:
            talk.say(f"The rulebook has no row “{typed[:40]}”. A star lists them all.")
        talk.say(*(line for sheet in found for line in sheet_lines(sheet, today)))
        return
    sheets = rows_of(rule_sheets(book))

    def head(sheet: RuleSheet) -> str:
        return head_line(sheet, today)

    while (picked := await talk.pick("Rows of the rulebook:", sheets, head)) is not None:
        talk.say(*sheet_lines(picked, today))


async def _explain(talk: Talk) -> None:
    typed = await talk.line("Which code, like QUIET_HOURS, or rule, like US-FL.hours?")
    wanted = typed.upper().replace("-", "_")
    if wanted in Code.__members__:
        words = CODE_WORDS[Code(wanted)]
        talk.say(f"{wanted}: {words.means}", words.helps)
        return
    for sheet in rule_sheets(packaged_rules()):
        for line in sheet.lines:
            if typed and line.rule.lower() == typed.lower():
                talk.say(f"{sheet.id}: {sheet.name}.", line_text(line))
                return
    if typed:
        talk.say(f"There is no code or rule “{typed[:40]}”.")
