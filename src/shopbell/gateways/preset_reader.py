"""Reads a preset file strictly: an unknown key or a wrong type is refused with its name.

Pure: text in, `Preset` out. Must not open files or fill in templates.
"""

from __future__ import annotations

import re
import tomllib

from shopbell.domain.gateway import AccountField
from shopbell.errors import BadInput
from shopbell.gateways.preset import (
    Asked,
    Auth,
    AuthType,
    Limits,
    NumberFormat,
    Preset,
    Reach,
)
from shopbell.gateways.preset_hooks import read_hook
from shopbell.gateways.preset_sections import (
    read_check,
    read_find,
    read_inbound,
    read_send,
    read_status,
)
from shopbell.gateways.strict_table import StrictTable
from shopbell.gateways.template import Template, read_template

MAX_FILE_CHARS = 100_000
"""A preset is a page or two; more than this is a mistake."""

ID = r"[a-z0-9][a-z0-9-]{0,39}"
"""What a preset may be called; a packaged one lies in the file of that name."""

_LEAST_PER_SECOND, _MOST_PER_SECOND = 0.001, 1_000
_MOST_TEXT = 10_000
_MOST_FIELDS = 40
"""What a set-up may ask; nobody answers more."""
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NOTHING = read_template("")


def _for_pushes(key: str, label: str, example: str, pattern: str, *, secret: bool = False) -> Asked:
    return Asked(
        field=AccountField(
            key=key, label=label, example=example, secret=secret, optional=True, later=True
        ),
        default="",
        pattern=re.compile(pattern),
        choices=(),
    )


_PUSHES = (
    _for_pushes("listen", "Address where pushes reach Shopbell", "http://127.0.0.1:18082", ".*"),
    _for_pushes(
        "word", "Secret word in that address (16 letters or more)", "", "[A-Za-z0-9]{16,64}",
        secret=True,
    ),
    _for_pushes("public", "Public address of your tunnel to it", "https://shop.example", "https://.+"),
)  # fmt: skip
"""What every gateway asks that pushes from outside."""
_ANSWERABLE = ("stop", "help", "start")


def read_preset(text: str, file: str) -> Preset:
    """Return the preset written in `text`; `file` is only for messages.

    Raises:
        BadInput: names the file, the key and what is wrong with it.
    """
    if len(text) > MAX_FILE_CHARS:
        raise BadInput(f"{file} is too large for a preset.", "A preset is one or two pages.")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{file} is not a TOML file: {error}.", "Correct that line.") from None
    except ValueError:
        # A whole number of thousands of digits.
        raise BadInput(f"{file} holds a number that is too long.", "Correct it.") from None
    except RecursionError:
        raise BadInput(f"{file} is nested too deeply.", "A preset is one or two pages.") from None
    return _preset(StrictTable(raw, file))


def _preset(top: StrictTable) -> Preset:
    if top.whole("schema") != 1:
        raise top.wrong("schema", "this copy of Shopbell reads schema 1 only")
    account = tuple(_asked(row) for row in top.tables("account"))
    if top.has("hook") and not top.table("hook").has("address"):
        account += _PUSHES
    keys = [asked.field.key for asked in account]
    if len(set(keys)) != len(keys):
        raise top.wrong("account", "two fields have the same key")
    if len(keys) > _MOST_FIELDS:
        raise top.wrong("account", f"asks more than {_MOST_FIELDS} things")
    top.allow_account(keys)
    dedupe_window_s, dedupe_header = _dedupe(top.table("dedupe"))
    preset = Preset(
        id=top.matching("id", ID),
        name=top.text("name"),
        about=top.text("about", ""),
        checked=top.text("checked", "not checked"),
        unverified=top.text("unverified", ""),
        practice=top.flag("practice", False),
        base_url=top.template("base_url"),
        reach=Reach(top.one_of("allow_plain_http", tuple(Reach), "never")),
        headers=top.templates("headers", frozenset({"now"})),
        account=account,
        number_format=_number_format(top.table("number")),
        limits=_limits(top.table("limits")),
        auth=_auth(top.table("auth")),
        send=read_send(top.table("send", required=True)),
        dedupe_window_s=dedupe_window_s,
        dedupe_header=dedupe_header,
        find=read_find(top.table("find", required=True)),
        status=read_status(top.table("status")) if top.has("status") else None,
        inbound=read_inbound(top.table("inbound")) if top.has("inbound") else None,
        check=read_check(top.table("check")) if top.has("check") else None,
        hook=read_hook(top.table("hook")) if top.has("hook") else None,
        answers_itself=_answers_itself(top),
    )
    top.finish()
    return preset


def _answers_itself(top: StrictTable) -> tuple[str, ...]:
    words = top.words("answers_itself")
    for word in words:
        if word not in _ANSWERABLE:
            raise top.wrong("answers_itself", f"holds words out of {', '.join(_ANSWERABLE)}")
    return words


def _asked(row: StrictTable) -> Asked:
    key = row.matching("key", r"[a-z][a-z0-9_]{0,39}")
    default = row.text("default", "")
    asked = Asked(
        field=AccountField(
            key=key,
            label=row.text("label", key.replace("_", " ").capitalize()),
            example=row.text("example", default),
            secret=row.flag("secret", False),
            optional=row.flag("optional", False) or default != "",
            later=row.flag("later", False),
        ),
        default=default,
        pattern=row.pattern("pattern"),
        choices=row.words("choices"),
    )
    row.finish()
    return asked


def _number_format(table: StrictTable) -> Template:
    chosen = table.setting("format", tuple(NumberFormat), "e164")
    table.finish()
    return chosen


def _limits(table: StrictTable) -> Limits:
    limits = Limits(
        per_second=table.number("per_second", 1.0),
        max_chars=table.whole("max_chars", 1600),
        max_parts=table.template("max_parts") if table.has("max_parts") else None,
        ref=table.pattern("ref"),
        expiry_max_s=table.whole("expiry_max_s", 0) or None,
    )
    if not _LEAST_PER_SECOND <= limits.per_second <= _MOST_PER_SECOND:
        raise table.wrong(
            "per_second", f"must be from {_LEAST_PER_SECOND} to {_MOST_PER_SECOND}, as 0.5"
        )
    if not 1 <= limits.max_chars <= _MOST_TEXT:
        raise table.wrong("max_chars", f"must be from 1 to {_MOST_TEXT}")
    table.finish()
    return limits


def _auth(table: StrictTable) -> Auth:
    kind = AuthType(table.one_of("type", tuple(AuthType), "none"))
    name, value = {
        AuthType.NONE: (None, None),
        AuthType.BASIC: ("user", "password"),
        AuthType.BEARER: (None, "token"),
        AuthType.HEADER: ("name", "value"),
    }[kind]
    auth = Auth(
        type=kind,
        name=table.template(name) if name else _NOTHING,
        value=table.template(value) if value else _NOTHING,
    )
    table.finish()
    return auth


def _dedupe(table: StrictTable) -> tuple[int | None, str | None]:
    """Return for how many seconds a repeated reference is refused, and the header it is in."""
    kind = table.one_of("kind", ("client_id", "header", "none"), "none")
    window, header = None, None
    if kind != "none":
        written = table.matching("window", r"[1-9]\d{0,3}[smhd]")
        window = int(written[:-1]) * _UNIT_SECONDS[written[-1]]
    if kind == "header":
        header = table.matching("header", r"[A-Za-z0-9-]{1,60}")
    table.finish()
    return window, header
