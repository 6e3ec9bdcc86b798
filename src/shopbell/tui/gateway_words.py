"""Puts a gateway into words: what it can do, how it does. Must not show a secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from shopbell.domain.gateway import GatewayConfig, PresetInfo
from shopbell.domain.gateway_alarms import Alarm
from shopbell.domain.pace import OwnPace, pace_of
from shopbell.tui.plain import cell, lines, spans
from shopbell.tui.rows import Drawn, Ink
from shopbell.tui.words import ago, price

_HIDDEN = "•••"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One gateway of the shop, and how it did when it was last asked."""

    config: GatewayConfig
    active: bool
    synced_at: datetime | None
    trouble: str
    pace: OwnPace | None = None
    """How fast the owner wants texts to leave; None leaves it to the gateway."""


def draw_gateway(standing: Standing, width: int, now: datetime) -> Drawn:
    """Draw one gateway in the list."""
    name = min(max(width - 46, 10), 30)
    state = "in use" if standing.active else ""
    since = ago(standing.synced_at, now)
    seen = {"": "never asked", "now": "asked just now"}.get(since, f"asked {since} ago")
    return (
        (cell(standing.config.name, name) + "  ", Ink.PLAIN),
        (cell(standing.config.preset_id, 18), Ink.MUTED),
        (cell(state, 8), Ink.GOOD),
        (cell(standing.trouble or seen, 16), Ink.CAREFUL if standing.trouble else Ink.MUTED),
    )


def abilities(preset: PresetInfo) -> str:
    """Return what a gateway can and cannot do, in one line."""
    able = (
        ("tells of replies", preset.reports_replies),
        ("tells of deliveries", preset.reports_receipts),
        ("takes no text twice", preset.refuses_duplicates),
        ("can be asked about a text", preset.can_look_up),
    )
    return " · ".join(f"{'✓' if can else '✗'} {words}" for words, can in able)


def account_line(preset: PresetInfo | None, config: GatewayConfig) -> str:
    """Return the account with every secret hidden; all of it when its preset is not known."""
    open_keys = {f.key for f in preset.fields if not f.secret} if preset else set()
    return " · ".join(
        f"{key} {value if key in open_keys else _HIDDEN}"
        for key, value in sorted(config.account.items())
        if value
    )


def gateway_detail(
    standing: Standing,
    preset: PresetInfo | None,
    path: tuple[str, str] | None,
    alarms: list[Alarm],
) -> Content:
    """Return all that is known about a gateway; `path` and `alarms` are for the one in use."""
    config = standing.config
    rows = [
        spans(
            (preset.name if preset else config.preset_id, "bold"),
            (f"   {price(config.price_micros, config.currency)}", "$text-muted"),
        )
    ]
    if preset is not None:
        rows.append(spans((abilities(preset), "$text-muted")))
    if preset is not None and standing.pace is not None:
        said = pace_of(preset.per_second, standing.pace).words
        rows.append(spans((f"{said}, as you said", "$text-muted")))
    if account := account_line(preset, config):
        rows.append(spans((account, "$text-muted")))
    rows += [
        spans(("! ", "bold $text-warning"), f"{alarm.sentence} {alarm.hint}") for alarm in alarms
    ]
    if path is not None:
        sentence, hint = path
        sign = ("! ", "bold $text-warning") if hint else ("✓ ", "bold $text-success")
        rows.append(spans(sign, f"{sentence} {hint}".strip()))
    return lines(*rows)


def preset_about(preset: PresetInfo) -> Content:
    """Return what an owner should know before choosing."""
    unverified = f" Not verified: {preset.unverified}." if preset.unverified else ""
    return lines(
        spans(preset.about),
        spans((abilities(preset), "$text-muted")),
        spans((f"Checked against: {preset.checked}.{unverified}", "$text-muted")),
    )
