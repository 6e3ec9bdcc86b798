"""What templates are filled with: the account and one text. Must not render them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from shopbell.domain.gateway import Outgoing
from shopbell.domain.ids import E164
from shopbell.domain.texts import Encoding
from shopbell.gateways.preset import NumberFormat, Preset
from shopbell.gateways.template import MASK, Values, render


def account_values(
    preset: Preset, account: Mapping[str, str], *, masked: bool = False
) -> dict[str, str]:
    """Return the account under its names in templates, defaults filled in."""
    values = {}
    for asked in preset.account:
        value = account.get(asked.field.key) or asked.default
        hide = masked and asked.field.secret and value
        values[f"account.{asked.field.key}"] = MASK if hide else value
    return values


def secrets_of(preset: Preset, account: Mapping[str, str]) -> tuple[str, ...]:
    """Return every secret value of the account; a preset's own default is in the open anyway."""
    values = [
        (asked, account.get(asked.field.key, "")) for asked in preset.account if asked.field.secret
    ]
    return tuple(value for asked, value in values if value and value != asked.default)


def number_for(preset: Preset, account: Values, number: E164) -> str:
    """Return a number as the gateway writes it."""
    digits = render(preset.number_format, account) == NumberFormat.DIGITS
    return number.removeprefix("+") if digits else number


def _hex(text: str) -> str:
    try:
        return text.encode("utf-16-be").hex()
    except UnicodeEncodeError:
        # Writing the request stumbles over it, and says so.
        return text


def text_values(preset: Preset, account: Values, outgoing: Outgoing, now: datetime) -> Values:
    """Return everything a template about one text may ask for."""
    until, most = outgoing.valid_until, preset.limits.expiry_max_s
    if until is not None and most is not None:
        until = min(until, now + timedelta(seconds=most))
    return {
        **account,
        "ref": outgoing.ref,
        "to": number_for(preset, account, outgoing.to),
        "text": outgoing.text,
        # For gateways that want one or the other, by the alphabet.
        "text_gsm": outgoing.text if outgoing.encoding is Encoding.GSM7 else "",
        "text_hex": _hex(outgoing.text) if outgoing.encoding is Encoding.UCS2 else "",
        "encoding": outgoing.encoding,
        "valid_until": until,
        "started_at": outgoing.started_at,
        "now": now,
    }
