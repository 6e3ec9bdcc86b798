"""A gateway described as data: the records a preset file is read into.

Must not read files (see `preset_reader`) or know a request's bytes (see `request`).
Every `Template` here may use `{account.KEY}`; which other names fit is checked by the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.gateway import AccountField, Outcome, PresetInfo
from shopbell.domain.texts import State
from shopbell.gateways.fields import Fields, names_in
from shopbell.gateways.pushes import Hook
from shopbell.gateways.template import Template


class Reach(StrEnum):
    """How far plain http, which anybody on the way can read, may travel."""

    NEVER = "never"
    LOOPBACK = "loopback"
    PRIVATE = "private"


class Encode(StrEnum):
    """How the fields of a request are written."""

    JSON = "json"
    FORM = "form"
    QUERY = "query"


class NumberFormat(StrEnum):
    """How the gateway wants numbers."""

    E164 = "e164"
    DIGITS = "digits"


class AuthType(StrEnum):
    """How the gateway is told who we are, apart from fields in the body."""

    NONE = "none"
    BASIC = "basic"
    BEARER = "bearer"
    HEADER = "header"


class FindKind(StrEnum):
    """How to ask whether a text arrived."""

    REF = "ref"
    """One request by our reference: the answer is proof either way."""
    LIST = "list"
    """A list to look through: finding it is proof, not finding it is none."""
    CALLBACK = "callback"
    """It can't be asked; only a later report can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One account field and what makes a good answer."""

    field: AccountField
    default: str
    pattern: re.Pattern[str] | None
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """Credentials outside the body. `name` and `value` mean user and password for basic."""

    type: AuthType
    name: Template
    value: Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, before it is filled in."""

    method: Template
    path: Template
    encode: Template
    query: Fields
    body: Fields
    base: Template | None = None
    """Where this call goes if not to the preset's own address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A question to an answer; every part that is there must hold."""

    http: frozenset[int]
    text: re.Pattern[str] | None
    all: tuple[Template, ...]
    """A path, then the words allowed there; every value at the path must be one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRule:
    """What one kind of error answer means. An empty `http` means any status."""

    http: frozenset[int]
    codes: frozenset[str]
    at: str
    text: re.Pattern[str] | None
    then: Outcome
    say: str
    """What to do about it, in plain words; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Handing over one text."""

    call: Call
    accepted: Test
    id: Template | None
    id_text: re.Pattern[str] | None
    """For answers that are plain text: the id is the first group."""
    error_text: str | None
    errors: tuple[ErrorRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """Looking for a text after an ambiguous failure."""

    kind: FindKind
    call: Call
    present: Test
    absent: Test
    id: str
    items: str
    match: tuple[tuple[str, Template], ...]
    after: str
    """Path of the moment an entry was made; older ones than the attempt don't count."""
    settle_s: int
    """Before that many seconds have passed since the attempt, absence means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Asking what became of one text."""

    call: Call
    word: str
    detail: str | None
    at: str | None
    map: dict[str, State]
    stop_at: str | None
    """Path of a code that may say the person opted out."""
    stop_codes: frozenset[str]


class InboundKind(StrEnum):
    """How an inbox is read."""

    LIST = "list"
    """It can be read again and again."""
    THREADS = "threads"
    """First the people who wrote, then each one's texts."""
    PULL_ONCE = "pull_once"
    """Each reply is handed out once: a page is stored before the next one is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threads:
    """The first step of an inbox by people."""

    call: Call
    items: str
    thread: str
    """Path of what names a thread, inside one item."""
    at: str | None
    """Path of when something last happened in it; None = every thread is read."""
    page_size: int | None
    """A shorter page is the last one; None = there is only one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """Fetching replies."""

    kind: InboundKind
    threads: Threads | None
    call: Call
    items: str
    fields: dict[str, str]
    """`from`, `text`, `id`, `at`: paths inside one item."""
    where: tuple[tuple[str, Template], ...]
    overlap_s: int
    back_s: int | None
    """How far back it may be asked for at most; None = as far as we like."""
    window_s: int | None
    """The longest stretch of time one request may ask for; None = any."""
    newest_first: bool
    """True if a page of nothing but older replies is the last one worth reading."""
    empty: Test | None
    """An answer without a list that means there are no replies."""
    page_size: int | None
    """A shorter page is the last one; None = there is only one page."""
    next: str | None
    """Path of the next page's address; None = pages are counted by `{offset}` or `{page}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Testing connection and login without sending."""

    call: Call
    ok: Test
    bad_login: frozenset[int]
    show: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the gateway takes."""

    per_second: float
    max_chars: int
    max_parts: Template | None
    ref: re.Pattern[str] | None
    expiry_max_s: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One gateway."""

    id: str
    name: str
    about: str
    checked: str
    unverified: str
    """What nobody could verify, in one line; empty = nothing."""
    practice: bool
    base_url: Template
    reach: Reach
    headers: tuple[tuple[str, Template], ...]
    account: tuple[Asked, ...]
    number_format: Template
    limits: Limits
    auth: Auth
    send: Send
    dedupe_header: str | None
    dedupe_window_s: int | None
    """How long the gateway refuses a repeated reference; None = it never does."""
    find: Find
    status: Status | None
    inbound: Inbound | None
    check: Check | None
    hook: Hook | None
    answers_itself: tuple[str, ...] = ()
    """Of the words stop, help and start, those the gateway answers before we hear of them."""


def info_of(preset: Preset) -> PresetInfo:
    """Return what the doors need to know about `preset`."""
    hook = preset.hook
    return PresetInfo(
        id=preset.id,
        name=preset.name,
        about=preset.about,
        fields=tuple(asked.field for asked in preset.account),
        reports_replies=preset.inbound is not None or (hook is not None and bool(hook.inbound)),
        reports_receipts=preset.status is not None or (hook is not None and bool(hook.status)),
        refuses_duplicates=preset.dedupe_window_s is not None,
        can_look_up=preset.find.kind is not FindKind.CALLBACK,
        takes_expiry="valid_until" in names_in(preset.send.call.body),
        checked=preset.checked,
        unverified=preset.unverified,
        per_second=preset.limits.per_second,
        max_chars=preset.limits.max_chars,
        practice=preset.practice,
        answers_itself=frozenset(preset.answers_itself),
    )
