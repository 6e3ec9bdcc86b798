"""Reading presets strictly: what is unknown or wrong is refused by file, key and reason."""

from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateways.setups import MINIMAL, PACKAGED, acme, packaged, packaged_text
from shopbell.domain.gateway import Outcome
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.gateways.preset import FindKind, Reach, info_of
from shopbell.gateways.preset_reader import MAX_FILE_CHARS, read_preset


def refused(text: str) -> str:
    with pytest.raises(BadInput) as caught:
        read_preset(text, "acme.toml")
    assert caught.value.message.startswith("acme.toml")
    return caught.value.message


@pytest.mark.parametrize("name", PACKAGED)
def test_every_packaged_preset_reads_and_says_what_it_was_checked_against(name: str) -> None:
    preset = packaged(name)
    assert preset.id == name
    assert preset.checked != "not checked"
    assert preset.about.endswith(".")


@pytest.mark.parametrize(
    ("name", "replies", "receipts", "dedupes", "look_up", "expiry"),
    [
        ("practice", True, True, True, True, True),
        ("smsgate-local", True, True, True, True, True),
        ("twilio", True, True, False, True, True),
        ("kannel", True, True, False, False, True),
        ("generic", False, False, False, False, False),
    ],
)
def test_a_preset_says_what_its_gateway_can_do(
    name: str, replies: bool, receipts: bool, dedupes: bool, look_up: bool, expiry: bool
) -> None:
    info = info_of(packaged(name))
    assert (
        info.reports_replies,
        info.reports_receipts,
        info.refuses_duplicates,
        info.can_look_up,
        info.takes_expiry,
    ) == (replies, receipts, dedupes, look_up, expiry)
    assert info.practice is (name == "practice")


def test_every_packaged_login_secret_is_marked_as_one() -> None:
    revealing = re.compile(r"password|token|secret|^key$|^word$|^signing$|value")
    for name in PACKAGED:
        for field in info_of(packaged(name)).fields:
            assert field.secret is bool(revealing.search(field.key)), (name, field.key)


def test_a_small_preset_gets_cautious_defaults() -> None:
    preset = acme()
    assert preset.reach is Reach.LOOPBACK
    assert preset.find.kind is FindKind.CALLBACK
    assert preset.dedupe_window_s is None
    assert preset.limits.per_second == 1.0
    assert preset.send.call.method.source == "POST"
    assert preset.send.call.encode.source == "json"


def test_plain_http_is_never_allowed_unless_the_preset_says_so() -> None:
    text = MINIMAL.replace('allow_plain_http = "loopback"\n', "")
    assert read_preset(text, "acme.toml").reach is Reach.NEVER


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("schema = 1", "schema = 2"), "schema: this copy of Shopbell reads schema 1 only"),
        (("schema = 1", ""), "schema: is missing"),
        (('id = "acme"', 'id = "Acme!"'), "id: must look like"),
        (('id = "acme"', "id = 5"), "id: must be text in quotes"),
        (('name = "Acme Texting"', ""), "name: is missing"),
        (('"loopback"', '"everywhere"'), "allow_plain_http: must be one of never, loopback"),
        (("secret = true", 'secret = "yes"'), "account[1].secret: must be true or false"),
        (("secret = true", "sekret = true"), "account[1].sekret: unknown key"),
        (('key = "token"', 'key = "url"'), "account: two fields have the same key"),
        (('key = "token"', 'key = "../x"'), "account[1].key: must look like"),
        (('base_url = "{account.url}"', 'base_url = "{url}"'), "base_url: there is no {url} here"),
        (('path = "/send"', 'path = "/{account.nope}"'), "send.path: there is no {account.nope}"),
        (('path = "/send"', 'paht = "/send"'), "send.paht: unknown key"),
        (('to = "{to}"', 'to = "{to"'), "send.body.to: a brace"),
        (('to = "{to}"', 'to = "{since|unix}"'), "send.body.to: there is no {since} here"),
        (('to = "{to}"', 'to = ["{to|up}"]'), 'send.body.to: no filter "up"'),
        (('to = "{to}"', "to = 2026-11-24"), "send.body.to: must be text, a number"),
        (('to = "{to}"', '"{to}" = "x"'), "send.body.{to}: there is no {to} here"),
        (("http = [200, 202]", "http = [99]"), "send.accepted.http: must be a list of HTTP"),
        (("http = [200, 202]", 'http = "2xx"'), "send.accepted.http: must be a list of HTTP"),
        (("http = [200, 202]", 'all = ["a"]'), "send.accepted.all: a path and at least one word"),
        (("http = [200, 202]", "text = '[[a]--b]'"), "send.accepted.text: is not a regular"),
        (("http = [200, 202]", "text = '('"), "send.accepted.text: is not a regular expression"),
        (('kind = "callback"', 'kind = "magic"'), "find.kind: must be one of ref, list, callback"),
        (('kind = "callback"', ""), "find.kind: is missing"),
        (("[send]", "[sent]"), "send: is missing"),
    ],
)
def test_a_mistake_is_named(change: tuple[str, str], complaint: str) -> None:
    assert change[0] in MINIMAL
    assert complaint in refused(MINIMAL.replace(*change))


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("[sned]", "sned: unknown key"),
        ("[limits]\nper_second = 0", "limits.per_second: must be from 0.001 to 1000"),
        ("[limits]\nper_second = inf", "limits.per_second: must be a number from 0 up"),
        ("[limits]\nper_second = true", "limits.per_second: must be a number"),
        ("[limits]\nmax_chars = -1", "limits.max_chars: must be a whole number"),
        ("[limits]\nref = 5", "limits.ref: must be text"),
        ("[number]\nformat = 'roman'", "number.format: must be one of e164, digits"),
        ("[auth]\ntype = 'basic'", "auth.user: is missing"),
        ("[auth]\ntype = 'sigv4'", "auth.type: must be one of"),
        ("[auth]\nuser = 'x'", "auth.user: unknown key"),
        ("[dedupe]\nkind = 'client_id'", "dedupe.window: is missing"),
        ("[dedupe]\nkind = 'client_id'\nwindow = '7 days'", "dedupe.window: must look like"),
        ("[dedupe]\nkind = 'header'\nwindow = '1d'", "dedupe.header: is missing"),
        ("[dedupe]\nkind = 'client_id'\nwindow = '1d'\nheader = 'X'", "dedupe.header: unknown"),
        ("[dedupe]\nheader = 'X'", "dedupe.header: unknown key"),
        ("[check]\nquery = { a = { b = 'c' } }", "check.query: can't hold a table"),
        ("[check]\nencode = 'form'\nbody = { a = [{ b = 'c' }] }", "check.body: only json"),
        ("[status]\npath = '/x'", "status.map: is missing"),
        ("[status]\n[status.map]\nok = 'happy'", "status.map.ok: must be one of accepted"),
        ("[status]\n[status.map]\nok = 'waiting'", "status.map.ok: must be one of accepted"),
        ("[status]\nstop_at = 'a'\nmap = {}", "status.stop_at: stop_at and stop_codes belong"),
        ("[status]\nstop_codes = ['9']\nmap = {}", "status.stop_at: stop_at and stop_codes"),
        ("[inbound]\nkind = 'magic'\nfields = {}", "inbound.kind: must be one of list, threads"),
        ("[inbound]\nkind = 'threads'\nfields = {}", "inbound.threads: is missing"),
        (
            "[inbound]\nkind = 'threads'\nfields = {}\nthreads = { path = '/x' }",
            "inbound.threads.thread: must be a path",
        ),
        ("[inbound]\nfields = {}\nthreads = { thread = 'x' }", "inbound.fields.from: must be"),
        (
            "[inbound]\nfields = { from = 'a', text = 'b' }\nthreads = { thread = 'x' }",
            "inbound.threads: unknown key",
        ),
        ("[inbound]\nquery = { a = '{until}' }\nfields = {}", "inbound.query.a: {until} is a"),
        ("[check]\nbase_url = '{host}'", "check.base_url: there is no {host} here"),
        ("[inbound]\nfields = { from = 'a' }", "inbound.fields.text: must be a path"),
        ("[inbound]\nfields = { from = 'a..b', text = 'c' }", "inbound.fields.from: is not a path"),
        ("[hook]\naddress = 'x'", "hook.secret: is missing"),
        (
            "[hook]\naddress='x'\nsecret='y'\n[hook.inbound.fields]\nfrom='cookie:x'",
            "hook.inbound.fields.from: must look like",
        ),
        (
            "[hook]\naddress='x'\nsecret='y'\n[hook.inbound]\ndecode='base64'",
            "hook.inbound.decode: must be one of kannel, none",
        ),
        ("headers = 5", "find.headers: unknown key"),
    ],
)
def test_a_mistake_in_an_optional_section_is_named(more: str, complaint: str) -> None:
    assert complaint in refused(f"{MINIMAL}\n{more}")


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ('{ http = [400], then = "accepted" }', "then: an error can't mean accepted"),
        ('{ http = [400], then = "unknown" }', "then: an error can't mean accepted"),
        ('{ http = [400], then = "explode" }', "then: must be one of"),
        ('{ then = "bad_number" }', "then: say which answers it is for"),
        ('{ code = ["1"], then = "bad_number" }', "code: code and at belong together"),
        ('{ at = "code", http = [400], then = "bad_number" }', "code: code and at belong"),
        ('{ http = [400], code = [1], at = "c", then = "bad_number" }', "code: must be a list"),
    ],
)
def test_an_error_rule_that_could_mislead_is_refused(rule: str, complaint: str) -> None:
    text = MINIMAL.replace("accepted = ", f"errors = [{rule}]\naccepted = ")
    assert f"send.errors[0].{complaint}" in refused(text)


def test_a_list_look_up_needs_everything_that_makes_it_proof() -> None:
    text = MINIMAL.replace('kind = "callback"', 'kind = "list"\npath = "/list"')
    assert "find.kind: a list needs match, after and id" in refused(text)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "schema: is missing"),
        ("schema = ", "is not a TOML file"),
        ("\x00", "is not a TOML file"),
        ("x = " + "[" * 5000, "acme.toml"),
        ("#" * (MAX_FILE_CHARS + 1), "is too large"),
        ("send = 5\n" + MINIMAL.split("[send]")[0], "send: must be a table"),
        ("account = 5\n" + MINIMAL.split("base_url")[0], "account: must be a list of tables"),
    ],
)
def test_what_is_no_preset_at_all_is_refused(text: str, complaint: str) -> None:
    assert complaint in refused(text)


def test_a_hostile_key_is_shown_harmless() -> None:
    message = refused(MINIMAL + '\n"\\u001b[31m\\u202eevil" = 1')
    assert "\x1b" not in message
    assert "\u202e" not in message
    assert "evil" in message


@settings(deadline=None)
@given(st.integers(0, 2000), st.text(max_size=4))
def test_a_damaged_preset_is_read_or_refused_but_never_crashes(place: int, junk: str) -> None:
    text = packaged_text("twilio")
    damaged = text[:place] + junk + text[place + len(junk) :]
    try:
        read_preset(damaged, "twilio.toml")
    except BadInput as error:
        complaint = error.message
    else:
        complaint = "twilio.toml"
    assert complaint.startswith("twilio.toml")


def test_status_words_and_outcomes_are_our_own_words() -> None:
    twilio = packaged("twilio")
    assert twilio.status is not None
    assert twilio.status.map["undelivered"] is State.UNDELIVERABLE
    assert Outcome.OPTED_OUT in {rule.then for rule in twilio.send.errors}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", frozenset()),
        ('answers_itself = ["stop"]', frozenset({"stop"})),
        ('answers_itself = ["stop", "help", "start"]', frozenset({"stop", "help", "start"})),
    ],
)
def test_what_a_gateway_answers_by_itself_is_read(written: str, read: frozenset[str]) -> None:
    preset = read_preset(MINIMAL.replace("[send]", f"{written}\n[send]", 1), "acme.toml")
    assert info_of(preset).answers_itself == read


@pytest.mark.parametrize("written", ['["halt"]', '"stop"', "[1]"])
def test_what_no_gateway_answers_is_refused(written: str) -> None:
    text = MINIMAL.replace("[send]", f"answers_itself = {written}\n[send]", 1)
    assert "answers_itself" in refused(text)


def test_twilio_answers_by_itself() -> None:
    assert info_of(packaged("twilio")).answers_itself == {"stop", "help", "start"}


ANSWERS = {"twilio": {"stop", "help", "start"}, "telnyx": {"stop", "start"}}
"""What the vendors say they answer by themselves; two answers to one STOP are never allowed."""
SILENT = frozenset(
    "smsgate-local smsgate-cloud smsgate-private httpsms textbee kannel jasmin playsms generic"
    " practice".split()
)
"""A phone or a server of one's own answers nothing that nobody told it to answer."""


@pytest.mark.parametrize("name", PACKAGED)
def test_every_preset_states_what_its_gateway_answers_or_that_nobody_knows(name: str) -> None:
    assert "answers_itself" in tomllib.loads(packaged_text(name)), "it is stated, not left out"
    info = info_of(packaged(name))
    assert info.answers_itself == ANSWERS.get(name, set())
    is_open = "whether it answers a STOP by itself" in info.unverified
    assert is_open is (name not in SILENT and name not in ANSWERS)
