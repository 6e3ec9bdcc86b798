"""Reads the sections of a preset that describe requests and answers.

Must not open files, fill in templates or read an answer.
"""

from __future__ import annotations

from shopbell.domain.gateway import Outcome
from shopbell.domain.texts import State
from shopbell.gateways.fields import is_flat
from shopbell.gateways.preset import (
    Call,
    Check,
    Encode,
    ErrorRule,
    Find,
    FindKind,
    Inbound,
    InboundKind,
    Send,
    Status,
    Test,
    Threads,
)
from shopbell.gateways.strict_table import StrictTable

_SEND_NAMES = frozenset(
    {
        "ref",
        "to",
        "text",
        "text_gsm",
        "text_hex",
        "encoding",
        "valid_until",
        "started_at",
        "now",
        "callback",
        "reply_url",
    }
)
_LOOK_NAMES = frozenset({"ref", "to", "text", "started_at", "now"})
_STATUS_NAMES = frozenset({"ref", "id", "to", "now"})
_THREAD_NAMES = frozenset({"since", "until", "offset", "page", "page_from_zero", "now"})
_INBOUND_NAMES = frozenset({"since", "until", "offset", "page", "page_from_zero", "thread", "now"})
_CHECK_NAMES = frozenset({"now"})
_RECEIPT_STATES = {
    state.value: state
    for state in (
        State.ACCEPTED,
        State.SENT,
        State.DELIVERED,
        State.FAILED,
        State.UNDELIVERABLE,
        State.EXPIRED,
        State.CANCELED,
    )
}
"""The states a gateway's word can stand for."""


def _call(table: StrictTable, names: frozenset[str], method: str = "GET") -> Call:
    call = Call(
        method=table.setting("method", ("GET", "POST", "PUT"), method),
        path=table.template("path", names, default=""),
        encode=table.setting("encode", tuple(Encode), "query" if method == "GET" else "json"),
        query=table.fields("query", names),
        body=table.fields("body", names),
        base=table.template("base_url") if table.has("base_url") else None,
    )
    if not is_flat(call.query):
        raise table.wrong("query", "can't hold a table")
    if call.encode.source != Encode.JSON and not is_flat(call.body):
        raise table.wrong("body", "only json can hold a table")
    return call


def _test(table: StrictTable, http: tuple[int, ...] = (200,)) -> Test:
    test = Test(
        http=table.statuses("http", http),
        text=table.pattern("text"),
        all=table.template_list("all"),
    )
    if len(test.all) == 1:
        raise table.wrong("all", "a path and at least one word")
    table.finish()
    return test


def read_send(table: StrictTable) -> Send:
    """Return [send]: how a text is handed over."""
    send = Send(
        call=_call(table, _SEND_NAMES, "POST"),
        accepted=_test(table.table("accepted", required=True)),
        id=table.template("id") if table.has("id") else None,
        id_text=table.pattern("id_text", groups=1),
        error_text=table.path("error_text", None),
        errors=tuple(_error(row) for row in table.tables("errors")),
    )
    table.finish()
    return send


def _error(row: StrictTable) -> ErrorRule:
    rule = ErrorRule(
        http=row.statuses("http", ()),
        codes=frozenset(row.words("code")),
        at=row.path("at", None) or "",
        text=row.pattern("text"),
        then=Outcome(row.one_of("then", tuple(Outcome))),
        say=row.text("say", ""),
    )
    if rule.then in (Outcome.ACCEPTED, Outcome.UNKNOWN):
        raise row.wrong("then", "an error can't mean accepted, and unknown needs no rule")
    if not rule.http and not rule.codes and rule.text is None:
        raise row.wrong("then", "say which answers it is for: http, code or text")
    if bool(rule.codes) != bool(rule.at):
        raise row.wrong("code", "code and at belong together")
    row.finish()
    return rule


def read_find(table: StrictTable) -> Find:
    """Return [find]: how to look for a text after an unclear answer."""
    kind = FindKind(table.one_of("kind", tuple(FindKind)))
    find = Find(
        kind=kind,
        call=_call(table, _LOOK_NAMES),
        present=_test(table.table("present")),
        absent=_test(table.table("absent"), (404,)),
        id=table.path("id", "") or "",
        items=table.path("items", "") or "",
        match=table.templates("match", _LOOK_NAMES),
        after=table.path("after", "") or "",
        settle_s=table.whole("settle_s", 60),
    )
    if kind is FindKind.LIST and not (find.match and find.after and find.id):
        raise table.wrong("kind", "a list needs match, after and id")
    table.finish()
    return find


def read_map(table: StrictTable) -> dict[str, State]:
    """Return the gateway's words and the states they stand for."""
    words = {key: _RECEIPT_STATES[table.one_of(key, tuple(_RECEIPT_STATES))] for key in table.keys}
    table.finish()
    return words


def read_status(table: StrictTable) -> Status:
    """Return [status]: how to ask what became of a text."""
    status = Status(
        call=_call(table, _STATUS_NAMES),
        word=table.path("word", "") or "",
        detail=table.path("detail", None),
        at=table.path("at", None),
        map=read_map(table.table("map", required=True)),
        stop_at=table.path("stop_at", None),
        stop_codes=frozenset(table.words("stop_codes")),
    )
    if bool(status.stop_at) != bool(status.stop_codes):
        raise table.wrong("stop_at", "stop_at and stop_codes belong together")
    table.finish()
    return status


def _threads(table: StrictTable) -> Threads:
    threads = Threads(
        call=_call(table, _THREAD_NAMES),
        items=table.path("items", "") or "",
        thread=table.path("thread", None) or "",
        at=table.path("at", None),
        page_size=table.whole("page_size", 0) or None,
    )
    if not threads.thread:
        raise table.wrong("thread", "must be a path")
    table.finish()
    return threads


def read_inbound(table: StrictTable) -> Inbound:
    """Return [inbound]: how replies are fetched."""
    kind = InboundKind(table.one_of("kind", tuple(InboundKind), "list"))
    fields = table.table("fields", required=True)
    inbound = Inbound(
        kind=kind,
        threads=_threads(table.table("threads", required=True))
        if kind is InboundKind.THREADS
        else None,
        call=_call(table, _INBOUND_NAMES),
        items=table.path("items", "") or "",
        fields={key: fields.path(key, None) or "" for key in ("from", "text", "id", "at")},
        where=table.templates("where", frozenset()),
        overlap_s=table.whole("overlap_s", 300),
        back_s=table.whole("back_s", 0) or None,
        window_s=table.whole("window_s", 0) or None,
        newest_first=table.flag("newest_first", False),
        empty=_test(table.table("empty")) if table.has("empty") else None,
        page_size=table.whole("page_size", 0) or None,
        next=table.path("next", None),
    )
    for key in ("from", "text"):
        if not inbound.fields[key]:
            raise fields.wrong(key, "must be a path")
    fields.finish()
    table.finish()
    return inbound


def read_check(table: StrictTable) -> Check:
    """Return [check]: how the login is tested."""
    check = Check(
        call=_call(table, _CHECK_NAMES),
        ok=_test(table.table("ok")),
        bad_login=table.statuses("bad_login", (401, 403)),
        show=table.path("show", None),
    )
    table.finish()
    return check
