"""The month's budget: how many texts may leave, and for how much."""

from __future__ import annotations

import click

from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import iso
from shopbell.cli.money import amount, read_currency, read_price, spoken_price
from shopbell.cli.output import Json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.domain.budget import NO_BUDGET, Budget, Month
from shopbell.domain.telling import counted


@click.group(cls=Group)
def budget() -> None:
    """Limit what may leave in a month."""


@budget.command("set")
@click.option("--texts", type=click.IntRange(0, 10_000_000), help="So many texts a month.")
@click.option("--money", type=WORDS, metavar="AMOUNT", help="So much a month, like 20.")
@click.option("--currency", type=WORDS, help="Of that amount: USD.")
@click.option("--none", "unlimited", is_flag=True, help="No limit any more.")
@with_shop()
async def set_(
    session: Session, texts: int | None, money: str | None, currency: str | None, unlimited: bool
) -> Exit:
    """Set the limits of a month; what is not given is not limited.

    What would go beyond them stays, and campaigns pause until the budget is raised or the next
    month begins.
    """
    if unlimited is not (texts is None and money is None):
        raise click.UsageError("Give --texts, --money or both; or --none for no limit.")
    if (money is None) is not (currency is None):
        raise click.UsageError("Give --money and --currency together.")
    wanted = NO_BUDGET
    if not unlimited:
        wanted = Budget(
            texts=texts,
            micros=None if money is None else read_price(money),
            currency="" if currency is None else read_currency(currency),
        )
    _tell(session, await session.shop.budgets.set_to(wanted))
    return Exit.DONE


@budget.command("show")
@with_shop()
async def show(session: Session) -> Exit:
    """Show the budget, what has been used of it this month, and what is left."""
    _tell(session, await session.shop.budgets.month())
    return Exit.DONE


def _tell(session: Session, month: Month) -> None:
    session.out.result(month_json(month), month_lines(month, session.shop.profile.zone))


def month_json(month: Month) -> dict[str, Json]:
    """Return a month and its budget."""
    return {
        "texts": month.budget.texts,
        "money": amount(month.budget.micros),
        "currency": month.budget.currency or None,
        "texts_used": month.texts,
        "texts_left": month.texts_left,
        "money_used": None if month.budget.micros is None else amount(month.micros),
        "money_left": amount(month.micros_left),
        "unpriced": month.unpriced,
        "month_starts_at": iso(month.starts_at),
        "month_ends_at": iso(month.ends_at),
        "spent": bool(month.why_spent),
    }


def month_lines(month: Month, zone: str) -> list[str]:
    """Return a month and its budget in sentences."""
    budget, used = month.budget, counted(month.texts, "text")
    if not budget.is_set:
        return [f"No budget is set. {used} left the shop this month."]
    lines = []
    if budget.texts is not None:
        of = counted(budget.texts, "text")
        lines.append(f"{used} of {of} used this month, {month.texts_left} left.")
    if budget.micros is not None:
        limits = (month.micros, budget.micros, month.micros_left)
        spent, of, left = (spoken_price(micros, budget.currency) for micros in limits)
        lines.append(f"{spent} of {of} used this month, {left} left.")
        if month.unpriced:
            lines.append(f"Not counted: {counted(month.unpriced, 'text')} without a price.")
    ends = f"The next month begins on {month.next_month(zone)}."
    return [*lines, *([f"{month.why_spent} Nothing leaves."] if month.why_spent else []), ends]
