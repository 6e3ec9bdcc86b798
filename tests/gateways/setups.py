"""Plain functions that make what gateway tests need; defaults don't matter to the test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from shopbell.domain.gateway import GatewayConfig, Outgoing
from shopbell.domain.ids import E164, Ref
from shopbell.domain.segments import measure
from shopbell.gateways.connection import Connection
from shopbell.gateways.engine import Engine, Patience
from shopbell.gateways.preset import Preset
from shopbell.gateways.preset_reader import read_preset

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
CUSTOMER = E164("+12125550142")
REF = Ref("01JDF6Q9M4W8Z2X5C7B1N3K0HT")
PACKAGED = (
    "bandwidth",
    "clicksend",
    "generic",
    "httpsms",
    "infobip",
    "jasmin",
    "kannel",
    "messagebird",
    "playsms",
    "plivo",
    "practice",
    "sinch",
    "smsgate-cloud",
    "smsgate-local",
    "smsgate-private",
    "telnyx",
    "textbee",
    "textbelt",
    "twilio",
    "vonage-messages",
    "vonage-sms",
)

MINIMAL = """
schema = 1
id = "acme"
name = "Acme Texting"
base_url = "{account.url}"
allow_plain_http = "loopback"
account = [{ key = "url" }, { key = "token", secret = true, optional = true }]

[send]
path = "/send"
body = { to = "{to}", text = "{text}", ref = "{ref}" }
accepted = { http = [200, 202] }

[find]
kind = "callback"
"""


def packaged_text(name: str) -> str:
    """The text of a preset that ships with Shopbell."""
    return (files("shopbell.gateways") / "presets" / f"{name}.toml").read_text(encoding="utf-8")


@cache
def packaged(name: str) -> Preset:
    return read_preset(packaged_text(name), f"{name}.toml")


def acme(*more: str) -> Preset:
    """A small preset, with more TOML after it."""
    return read_preset("\n".join((MINIMAL, *more)), "acme.toml")


def an_outgoing(text: str = "Your order is ready", **changes: Any) -> Outgoing:
    given: dict[str, Any] = {
        "ref": REF,
        "to": CUSTOMER,
        "text": text,
        "encoding": measure(text).encoding,
        "valid_until": NOW + timedelta(hours=2),
        "started_at": NOW,
    }
    return Outgoing(**(given | changes))


def a_config(preset: Preset, account: dict[str, str]) -> GatewayConfig:
    return GatewayConfig(
        name="the gateway",
        preset_id=preset.id,
        account=account,
        price_micros=None,
        currency=None,
    )


def a_connection(
    preset: Preset,
    account: dict[str, str],
    *,
    now: datetime = NOW,
    patience: Patience | None = None,
) -> Connection:
    engine = Engine(preset.reach, patience or Patience())
    return Connection(preset, a_config(preset, account), lambda: now, engine)


@dataclass(frozen=True)
class OpenText:
    """A text that waits for its receipt."""

    ref: Ref = REF
    gateway_id: str | None = None
    number: E164 = CUSTOMER
