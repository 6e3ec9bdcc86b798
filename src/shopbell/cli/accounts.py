"""What a gateway's set-up asks, gathered from options, a descriptor, the environment or a person.

Secrets are never needed on the command line. Must not check what the values mean: the shelf does.
"""

from __future__ import annotations

import json
import os

from shopbell.cli.secrets_in import ask, at_a_terminal, read_descriptor
from shopbell.domain.gateway import AccountField, GatewayConfig, PresetInfo
from shopbell.errors import BadInput

_HIDDEN = "•••"


def gather_account(
    preset: PresetInfo, pairs: tuple[str, ...], descriptor: int | None
) -> dict[str, str]:
    """Return the account for `preset`; what is optional and not given is left out.

    Raises:
        BadInput: something is misspelt, or missing with nobody to ask.
    """
    given = {**_from_environment(preset), **_from_descriptor(descriptor), **_from_pairs(pairs)}
    known = {field.key for field in preset.fields}
    for key in given:
        if key not in known:
            raise BadInput(
                f"{preset.name} has no field “{key[:40]}”.",
                f"Its fields are: {', '.join(sorted(known)) or 'none'}.",
                code="bad_account",
            )
    for field in preset.fields:
        if field.key not in given and not field.optional:
            given[field.key] = _ask(preset, field)
    return given


def hidden(preset: PresetInfo | None, config: GatewayConfig) -> dict[str, str]:
    """Return the account with every secret hidden; all of it when its preset is not known."""
    open_keys = set() if preset is None else {f.key for f in preset.fields if not f.secret}
    return {
        key: value if key in open_keys else _HIDDEN for key, value in sorted(config.account.items())
    }


def secrets_on_the_line(preset: PresetInfo, pairs: tuple[str, ...]) -> list[str]:
    """Return the keys of secrets that were given as arguments, where others can see them."""
    secret = {field.key for field in preset.fields if field.secret}
    return sorted(secret & set(_from_pairs(pairs)))


def variable(key: str) -> str:
    """Return the environment variable for an account field."""
    return f"SHOPBELL_GATEWAY_{key.upper().replace('-', '_')}"


def _from_environment(preset: PresetInfo) -> dict[str, str]:
    found = {field.key: os.environ.get(variable(field.key)) for field in preset.fields}
    return {key: value for key, value in found.items() if value}


def _from_descriptor(descriptor: int | None) -> dict[str, str]:
    if descriptor is None:
        return {}
    problem = BadInput(
        "The account on the file descriptor is not a JSON object of texts.",
        'Write it like {"user": "shop", "password": "..."}.',
        code="bad_account",
    )
    try:
        given = json.loads(read_descriptor(descriptor, "account"))
    except (ValueError, RecursionError):
        raise problem from None
    if not isinstance(given, dict) or not all(isinstance(v, str) for v in given.values()):
        raise problem
    return given


def _from_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        key, found, value = pair.partition("=")
        if not found:
            # Not repeated: it may be a secret that was typed without its name.
            raise BadInput(
                "An --account is not KEY=VALUE.", "Write it like user=shop.", code="bad_account"
            )
        given[key] = value
    return given


def _ask(preset: PresetInfo, field: AccountField) -> str:
    if not at_a_terminal():
        raise BadInput(
            f"{preset.name} needs “{field.label}” ({field.key}).",
            f"Give it in the environment variable {variable(field.key)}, or as JSON with "
            "--account-fd" + (".", f", or with --account {field.key}=VALUE.")[not field.secret],
            code="account_incomplete",
        )
    example = f" (for example {field.example})" if field.example and not field.secret else ""
    return ask(f"{field.label}{example}", "", hidden=field.secret).reveal()
