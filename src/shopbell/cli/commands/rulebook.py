"""Reading the rulebook: every row with its source, its age and how sure we are."""

from __future__ import annotations

from datetime import date

import click

from shopbell.cli.context import output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.pretending import PretendedTime
from shopbell.cli.rule_rows import head_line, line_json, line_text, sheet_json, sheet_lines
from shopbell.cli.settings import Command, settings_of
from shopbell.domain.code_words import CODE_WORDS
from shopbell.domain.decision import Code
from shopbell.domain.row_lines import RuleLine
from shopbell.domain.rule_sheet import POLICY_ID, RuleSheet, rule_sheets, sheets_named
from shopbell.errors import BadInput
from shopbell.services.rules import packaged_rules


@click.command("list", cls=Command)
@click.pass_context
def list_(ctx: click.Context) -> Exit:
    """List every row of the rulebook with its age; rows that are overdue say so."""
    return _list(ctx)


@click.command(cls=Command)
@click.argument("jurisdiction", type=WORDS, required=False)
@click.pass_context
def show(ctx: click.Context, jurisdiction: str | None) -> Exit:
    """Show one row, like US-FL, GB, policy, 10dlc or words, with its sources; or list all."""
    if jurisdiction is None:
        return _list(ctx)
    found = sheets_named(packaged_rules(), jurisdiction)
    if not found:
        raise BadInput(
            f"The rulebook has no row “{jurisdiction[:40]}”.",
            "List the rows with 'shopbell rules list'; a state is written like US-FL.",
            code="no_row",
        )
    today = _today(ctx)
    output_of(ctx).result(
        {"rows": [sheet_json(sheet, today, whole=True) for sheet in found]},
        [line for sheet in found for line in sheet_lines(sheet, today)],
    )
    return Exit.DONE


@click.command(cls=Command)
@click.argument("code", type=WORDS)
@click.pass_context
def explain(ctx: click.Context, code: str) -> Exit:
    """Explain a reason code, like QUIET_HOURS, or a rule by its id, like US-FL.hours."""
    wanted = code.strip().upper().replace("-", "_")
    if wanted in Code.__members__:
        words = CODE_WORDS[Code(wanted)]
        output_of(ctx).result(
            {"code": wanted, "means": words.means, "helps": words.helps},
            [f"{wanted}: {words.means}", words.helps],
        )
        return Exit.DONE
    sheet, line = _rule(code)
    output_of(ctx).result(
        {"row": sheet.id, "name": sheet.name, **line_json(line)},
        [f"{sheet.id}: {sheet.name}.", line_text(line)],
    )
    return Exit.DONE


def _rule(wanted: str) -> tuple[RuleSheet, RuleLine]:
    for sheet in rule_sheets(packaged_rules()):
        for line in sheet.lines:
            if line.rule.lower() == wanted.lower() and line.rule:
                return sheet, line
    hint = (
        "It is one of Shopbell's own manners: 'shopbell rules show policy' lists them."
        if wanted.lower().startswith(f"{POLICY_ID}.")
        else f"The reason codes are: {', '.join(Code)}."
    )
    raise BadInput(f"There is no code or rule “{wanted[:40]}”.", hint, code="no_rule")


def _list(ctx: click.Context) -> Exit:
    rules, today = packaged_rules(), _today(ctx)
    sheets = rule_sheets(rules)
    output_of(ctx).result(
        {
            "version": rules.version,
            "rows": [sheet_json(sheet, today, whole=False) for sheet in sheets],
        },
        [
            *(head_line(sheet, today) for sheet in sheets),
            f"Rules {rules.version}. This is not legal advice.",
        ],
    )
    return Exit.DONE


def _today(ctx: click.Context) -> date:
    """Return today, or the day that is pretended: no file is opened, so none is misled."""
    now, clock = settings_of(ctx).now, tools_of(ctx).clock()
    return (clock if now is None else PretendedTime(now, clock).clock).now().date()
