"""Says whether an account fits a preset, before anything is stored or sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from shopbell.domain.gateway import Outgoing
from shopbell.domain.ids import E164, Ref
from shopbell.domain.texts import Encoding
from shopbell.errors import BadInput
from shopbell.gateways.address import address_problem
from shopbell.gateways.hooks import callbacks_for, hook_target
from shopbell.gateways.paths import is_path
from shopbell.gateways.preset import Asked, Preset
from shopbell.gateways.request import UnsendableError, build
from shopbell.gateways.template import Template, Values, render
from shopbell.gateways.values import account_values, text_values

MAX_FIELD_CHARS = 2_000

_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_TRIAL = Outgoing(
    ref=Ref("0" * 26),
    to=E164("+12125550142"),
    text="Hello",
    encoding=Encoding.GSM7,
    valid_until=None,
    started_at=_MOMENT,
)


def check_account(preset: Preset, account: Mapping[str, str]) -> None:
    """Refuse an account this preset can't work with.

    Raises:
        BadInput: names the field and what is wrong; never shows a secret.
    """
    known = sorted(asked.field.key for asked in preset.account)
    for key in account:
        if key not in known:
            raise BadInput(
                f"{preset.name} has no field {key[:40]!r}.",
                f"Its fields are: {', '.join(known) or 'none'}.",
            )
    for asked in preset.account:
        problem = _problem(asked, account.get(asked.field.key) or asked.default)
        if problem is not None:
            example = asked.field.example
            raise BadInput(
                f"{asked.field.label} ({asked.field.key}) {problem}.",
                f"For example: {example}" if example and not asked.field.secret else "",
            )
    values = account_values(preset, account)
    for base in bases_of(preset):
        address = address_problem(render(base, values) or "", preset.reach)
        if address is not None:
            raise BadInput(f"The address of {preset.name} {address}.", "Correct the address.")
    wants_pushes = preset.hook is not None and render(preset.hook.address, values)
    if wants_pushes and hook_target(preset, values) is None:
        raise BadInput(
            f"The listening address for {preset.name} can't be used.",
            "It is http://, this computer's own or private address and a port, "
            "as http://127.0.0.1:18080, and needs its secret word.",
        )
    target = hook_target(preset, values)
    signed = preset.hook is not None and bool(preset.hook.signs)
    if target is not None and target.public and not target.knows_a_key:
        raise BadInput(
            f"Through a tunnel anybody can knock: {preset.name} must sign what it pushes.",
            "Fill in what it signs with."
            if signed
            else "Its pushes carry no signature Shopbell knows; let it reach you at home only.",
        )
    if (path := _bad_path(preset, values)) is not None:
        raise BadInput(f"{path[:80]!r} is no place in an answer.", "For example: messages.0.status")
    try:
        callbacks = callbacks_for(preset, values, _TRIAL.ref)
        trial = {**text_values(preset, values, _TRIAL, _MOMENT), **callbacks}
        build(preset, preset.send.call, trial)
    except UnsendableError as error:
        raise BadInput(f"{preset.name} can't be used like this. {error}", "") from None


def _bad_path(preset: Preset, values: Values) -> str | None:
    """Return a path the account gave that leads nowhere, if there is one."""
    send = preset.send
    templates = [*send.accepted.all[:1], *(() if send.id is None else (send.id,))]
    paths = (render(template, values) or "" for template in templates)
    return next((path for path in paths if not is_path(path)), None)


def bases_of(preset: Preset) -> tuple[Template, ...]:
    """Return every address the preset may connect to; nothing else is ever reached."""
    sections = (preset.send, preset.find, preset.status, preset.inbound, preset.check)
    calls = [section.call for section in sections if section is not None]
    if preset.inbound is not None and preset.inbound.threads is not None:
        calls.append(preset.inbound.threads.call)
    return (preset.base_url, *(call.base for call in calls if call.base is not None))


def _problem(asked: Asked, value: str) -> str | None:
    if not value:
        return None if asked.field.optional else "is missing"
    if len(value) > MAX_FIELD_CHARS:
        return "is too long"
    if not value.isprintable():
        return "holds a character that can't be sent"
    if asked.choices and value not in asked.choices:
        return f"must be one of {', '.join(asked.choices)}"
    if asked.pattern is not None and not asked.pattern.fullmatch(value):
        return "does not look right"
    return None
