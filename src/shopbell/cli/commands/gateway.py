"""Choosing, setting up, testing and trying gateways."""

from __future__ import annotations

from pathlib import Path

import click

from shopbell.cli.accounts import gather_account, hidden, secrets_on_the_line
from shopbell.cli.commands import gateway_pace, gateway_tries
from shopbell.cli.context import output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import iso
from shopbell.cli.money import amount, read_currency, read_price, spoken_price
from shopbell.cli.output import Json
from shopbell.cli.rehearsal import check_files
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.domain.gateway import GatewayConfig, PresetInfo
from shopbell.errors import BadInput
from shopbell.services.shop import Shop


@click.group(cls=Group)
def gateway() -> None:
    """Choose, set up and test the gateway that carries the texts."""


@gateway.command("list")
@with_shop()
async def list_(session: Session) -> Exit:
    """List the presets there are and the gateways that are set up. Never prints a secret."""
    presets = session.shop.gateways.presets()
    configured = await _configured(session.shop)
    refused = session.tools.refused_presets()
    session.out.result(
        {
            "presets": [preset_json(preset) for preset in presets],
            "configured": configured,
            "refused": [{"file": bad.file, "reason": bad.reason} for bad in refused],
        },
        [
            *(_preset_line(preset) for preset in presets),
            *(f"Refused {bad.file}: {bad.reason}" for bad in refused),
            *(_line(state) for state in configured),
            *(f"{one.sentence} {one.hint}" for one in await session.shop.stop_path.alarms()),
            *([] if configured else ["No gateway is set up. Next: shopbell gateway set PRESET."]),
        ],
    )
    return Exit.DONE


@gateway.command("show")
@click.argument("name", required=False, type=WORDS)
@with_shop()
async def show(session: Session, name: str | None) -> Exit:
    """Show one gateway that is set up; the one in use if no NAME is given."""
    states = await _configured(session.shop)
    alarms = await session.shop.stop_path.alarms()
    found = [state for state in states if (state["name"] == name if name else state["active"])]
    if not found:
        raise BadInput(
            f"No gateway “{name}” is set up." if name else "No gateway is set up yet.",
            "See shopbell gateway list.",
            code="no_gateway",
        )
    state = found[0]
    account = state["account"]
    lines = [_line(state)]
    if isinstance(account, dict):
        lines += [f"{key}: {value}" for key, value in account.items()]
    if state["active"]:
        path, sentence, hint = await session.shop.stop_path.words()
        state = state | {
            "stop_path": gateway_tries.path_json(path),
            "alarms": [
                {"kind": one.kind.value, "sentence": one.sentence, "hint": one.hint}
                for one in alarms
            ],
        }
        lines += [f"{one.sentence} {one.hint}" for one in alarms]
        lines += [sentence, *([hint] if hint else [])]
    session.out.result(state, lines)
    return Exit.DONE


@gateway.command("set")
@click.argument("preset_id", metavar="PRESET", type=WORDS)
@click.option("--name", type=WORDS, help="What you call it; the preset's name if not given.")
@click.option("--price", type=WORDS, help="Price of one part, like 0.0079.")
@click.option("--currency", type=WORDS, help="Of that price: USD.")
@click.option("--account", "pairs", multiple=True, metavar="KEY=VALUE", help="No secrets here.")
@click.option(
    "--account-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the account as JSON from file descriptor N.",
)
@with_shop()
async def set_(
    session: Session,
    preset_id: str,
    name: str | None,
    price: str | None,
    currency: str | None,
    pairs: tuple[str, ...],
    account_fd: int | None,
) -> Exit:
    """Set up a gateway and make it the one in use.

    Secrets are asked at the terminal, or taken from SHOPBELL_GATEWAY_<KEY> or --account-fd.
    """
    if (price is None) != (currency is None):
        raise click.UsageError("Give --price and --currency together.")
    preset = _preset(session.shop, preset_id)
    config = GatewayConfig(
        name=name or preset.id,
        preset_id=preset.id,
        account=gather_account(preset, pairs, account_fd),
        price_micros=None if price is None else read_price(price),
        currency=None if currency is None else read_currency(currency),
    )
    await session.shop.gateways.set_up(config)
    for key in secrets_on_the_line(preset, pairs):
        session.out.aside(f"“{key}” was typed on the command line, where others can read it.")
    (state,) = [s for s in await _configured(session.shop) if s["name"] == config.name]
    path, sentence, hint = await session.shop.stop_path.words()
    session.out.result(
        state | {"stop_path": gateway_tries.path_json(path)},
        [
            _line(state),
            *([] if path.is_open else [sentence, hint]),
            "Next: shopbell gateway test, then shopbell gateway text-me NUMBER.",
        ],
    )
    return Exit.DONE


@gateway.command("test")
@with_shop()
async def test(session: Session) -> Exit:
    """Test connection and login of the gateway in use; sends no text."""
    result = await session.shop.gateways.test()
    session.out.result({"ok": result.ok, "detail": result.detail}, [result.detail])
    return Exit.DONE if result.ok else Exit.GATEWAY


@gateway.command("preset-check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def preset_check(ctx: click.Context, files: tuple[Path, ...]) -> Exit:
    """Try every preset, or the preset files given, with hostile texts; sends nothing."""
    tools = tools_of(ctx)
    found = check_files(files, tools) if files else tools.check_shelf()
    output_of(ctx).result(
        {
            "good": [name for name, problems in found.items() if not problems],
            "refused": [
                {"file": name, "reason": " ".join(problems)}
                for name, problems in found.items()
                if problems
            ],
        },
        [
            f"{name}: {'good.' if not problems else ' '.join(problems)}"
            for name, problems in found.items()
        ],
    )
    return Exit.USAGE if any(found.values()) else Exit.DONE


def preset_json(preset: PresetInfo) -> dict[str, Json]:
    """Return what a preset asks and can do."""
    return {
        "id": preset.id,
        "name": preset.name,
        "about": preset.about,
        "fields": [
            {
                "key": field.key,
                "label": field.label,
                "example": field.example,
                "secret": field.secret,
                "optional": field.optional,
            }
            for field in preset.fields
        ],
        "reports_replies": preset.reports_replies,
        "reports_receipts": preset.reports_receipts,
        "can_look_up": preset.can_look_up,
        "practice": preset.practice,
        "checked": preset.checked,
        "unverified": preset.unverified,
    }


def _preset(shop: Shop, preset_id: str) -> PresetInfo:
    presets = shop.gateways.presets()
    for preset in presets:
        if preset.id == preset_id:
            return preset
    raise BadInput(
        f"There is no gateway preset “{preset_id[:60]}”.",
        f"There are: {', '.join(preset.id for preset in presets)}.",
        code="no_preset",
    )


async def _configured(shop: Shop) -> list[dict[str, Json]]:
    presets = {preset.id: preset for preset in shop.gateways.presets()}
    return [
        {
            "name": state.config.name,
            "preset": state.config.preset_id,
            "active": state.active,
            "account": hidden(presets.get(state.config.preset_id), state.config),
            "price": amount(state.config.price_micros),
            "price_words": spoken_price(state.config.price_micros, state.config.currency),
            "currency": state.config.currency,
            "synced_at": iso(state.synced_at),
            "trouble": state.trouble,
            "seconds_between": None if state.pace is None else state.pace.between,
            "seconds_more": None if state.pace is None else state.pace.jitter,
        }
        for state in await shop.gateways.configured()
    ]


def _preset_line(preset: PresetInfo) -> str:
    unverified = f" Not verified: {preset.unverified}." if preset.unverified else ""
    return (
        f"Preset {preset.id}: {preset.name}. {preset.about} Checked against: {preset.checked}."
        f"{unverified}"
    )


def _line(state: dict[str, Json]) -> str:
    use = "in use" if state["active"] else "not in use"
    trouble = f" Trouble: {state['trouble']}" if state["trouble"] else ""
    return f"Gateway {state['name']} ({state['preset']}): {use}, {state['price_words']}.{trouble}"


for _command in (*gateway_tries.COMMANDS, gateway_pace.pace):
    gateway.add_command(_command)
