"""A preset that never ends: huge, deep, repeating or slow. Refused by file and key, at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateways.setups import MINIMAL, NOW, PACKAGED, acme, an_outgoing, packaged, packaged_text
from shopbell.errors import BadInput
from shopbell.gateways.account import check_account
from shopbell.gateways.fields import values_in
from shopbell.gateways.patterns import (
    MOST_CHARS,
    MOST_WAYS,
    PATTERN_CHARS,
    PatternError,
    check_pattern,
)
from shopbell.gateways.practice_script import read_script
from shopbell.gateways.preset_reader import MAX_FILE_CHARS, read_preset
from shopbell.gateways.rehearsal import HOSTILE, STRANGE_IDS, rehearse
from shopbell.gateways.request import MOST_BYTES, UnsendableError, build
from shopbell.gateways.shelf import Shelf, check_preset
from shopbell.gateways.strict_table import MOST_DEEP, MOST_VALUES, MOST_WHOLE
from shopbell.gateways.template import MOST_HOLES, TemplateError, read_template
from shopbell.gateways.values import account_values, text_values

BODY = 'ref = "{ref}"'
ACCEPTED = "http = [200, 202]"
URL = '{ key = "url" }'
MANY = 300


def replaced(old: str, new: str) -> str:
    assert old in MINIMAL
    return MINIMAL.replace(old, new, 1)


def nested(deep: int, opening: str = "[", closing: str = "]") -> str:
    return opening * deep + '"{text}"' + closing * deep


def body(value: str) -> str:
    """The small preset with another value in its body."""
    return replaced(BODY, f"ref = {value}")


def asks(fields: str) -> str:
    return replaced(URL, f"{URL}, {fields}")


def accepted(test: str) -> str:
    return replaced(ACCEPTED, test)


def limits(line: str) -> str:
    return f"{MINIMAL}[limits]\n{line}\n"


def quoted(text: str) -> str:
    return f'"{text}"'


FULL = quoted("{text}" * MOST_HOLES)
SOME_FIELDS = ", ".join(f"f{n} = {FULL}" for n in range(16))
MANY_FIELDS = ", ".join(f"f{n} = 'x'" for n in range(MANY))
MANY_ERRORS = "errors = [" + "{ http = [400], then = 'bad_request' }, " * MANY + "]\n"
MANY_WORDS = "answers_itself = [" + "'stop', " * MANY + "]\n"
ENDLESS = {
    "a number of 5,000 digits": (replaced("schema = 1", "schema = " + "9" * 5000), "too long"),
    "a number larger than any": (replaced("schema = 1", "schema = 0x" + "f" * 9000), "schema: "),
    "a template of 2,001 letters": (body(quoted("x" * 2001)), "send.body.ref: longer than 2000"),
    "seventeen values in one text": (body(quoted("{text}" * 17)), "send.body.ref: more than 16"),
    "thousands of values in one": (body(quoted("{text}" * 9000)), "send.body.ref: longer"),
    "the same in a name": (
        replaced(BODY, quoted("{account.url}" * 17) + " = 'x'"),
        "more than 16 values",
    ),
    "the same in an address": (
        replaced('path = "/send"', "path = " + quoted("/{ref}" * 17)),
        "send.path: more than 16",
    ),
    "a list in a list, and so on": (body(nested(9)), "is nested more than 8 deep"),
    "a table in a table, and so on": (body(nested(99, "{ a = ", " }")), "more than 8 deep"),
    "the same, hundreds deep": (body(nested(280)), "send.body.ref: is nested more than 8 deep"),
    "as deep as nobody reads": (body(nested(9000)), "nested too deeply"),
    "a list of hundreds of texts": (body("[" + "'x', " * MANY + "]"), "send.body: holds more"),
    "hundreds of fields": (replaced(BODY, MANY_FIELDS), "send.body: holds more than 200 values"),
    "fields full of values": (replaced(BODY, SOME_FIELDS), "send.body: holds more than 200 values"),
    "hundreds of questions": (
        asks(", ".join(f'{{ key = "k{n}" }}' for n in range(MANY))),
        "account: holds more than 200",
    ),
    "more questions than anybody answers": (
        asks(", ".join(f'{{ key = "k{n}" }}' for n in range(50))),
        "account: asks more than 40",
    ),
    "hundreds of kinds of errors": (
        replaced("accepted = ", MANY_ERRORS + "accepted = "),
        "send.errors: holds more than 200",
    ),
    "hundreds of words": (replaced("[send]", MANY_WORDS + "[send]"), "answers_itself: holds more"),
    "an endless name": (
        replaced('"Acme Texting"', quoted("x" * 4001)),
        "name: is longer than 4000",
    ),
    "an endless word in a list": (
        accepted(f"http = [200], all = ['a', {quoted('x' * 4001)}]"),
        "send.accepted.all: holds a text longer",
    ),
    "endlessly slow": (limits("per_second = 1e-300"), "limits.per_second: must be from 0.001"),
    "endlessly fast": (limits("per_second = 1e7"), "limits.per_second: must be from 0.001"),
    "faster than any number": (limits("per_second = 1e99"), "limits.per_second: must be 345"),
    "endlessly long": (limits("max_chars = 10001"), "limits.max_chars: must be from 1"),
    "an end nobody lives to see": (f"{MINIMAL}settle_s = {10**40}", "find.settle_s: must be 3456"),
    "a page without an end": (
        f"{MINIMAL}[inbound]\nfields = {{ from = 'a', text = 'b' }}\npage_size = {10**15}",
        "inbound.page_size: must be 34560000 at most",
    ),
    "not a number": (body("nan"), "send.body.ref: is not a number that can be sent"),
    "an endless number": (body("-inf"), "send.body.ref: is not a number that can be sent"),
    "a number nobody reads alike": (body("0x" + "f" * 400), "send.body.ref: is not a number"),
    "an expensive expression": (
        accepted("http = [200], text = '(a+)+$'"),
        "send.accepted.text: must not repeat a group",
    ),
    "an expensive question": (
        asks("{ key = 'k', pattern = '(.*)*x' }"),
        "account[1].pattern: must not repeat a group",
    ),
    "an expensive reference": (limits("ref = '.*.*.*'"), "limits.ref: repeats too much"),
    "too many comments": (MINIMAL + "#" + "x" * MAX_FILE_CHARS, "is too large"),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_a_preset_without_an_end_is_refused_by_file_and_key(what: str) -> None:
    text, complaint = ENDLESS[what]
    with pytest.raises(BadInput) as caught:
        read_preset(text, "acme.toml")
    assert caught.value.message.startswith("acme.toml")
    assert complaint in caught.value.message
    assert len(caught.value.message) < 400
    assert check_preset(text, "acme.toml") == (caught.value.message,)


def test_what_is_just_within_the_bounds_is_read() -> None:
    values = ", ".join(f"f{n} = '{{text}}'" for n in range(90))
    numbers = f"a = {2**53}, b = -{2**53}, c = 1.5, d = true"
    for fields in (f"ref = {nested(MOST_DEEP - 2)}", values, f"ref = {FULL}", numbers):
        send = read_preset(replaced(BODY, fields), "acme.toml").send
        assert values_in(send.call.body) <= MOST_VALUES
    most = limits(f"per_second = 0.001\nmax_chars = 10000\nexpiry_max_s = {MOST_WHOLE}")
    assert read_preset(most, "acme.toml").limits.max_chars == 10_000
    with pytest.raises(TemplateError, match="more than 16"):
        read_template("{text}" * (MOST_HOLES + 1))


@pytest.mark.parametrize("name", PACKAGED)
def test_no_packaged_preset_is_near_the_bounds(name: str) -> None:
    preset = packaged(name)
    assert values_in(preset.send.call.body) < MOST_VALUES / 4
    assert len(packaged_text(name)) < MAX_FILE_CHARS / 8


def test_what_a_preset_makes_of_a_text_stays_small_or_is_not_sent() -> None:
    account = {"url": "http://127.0.0.1:1", "token": "x" * 2000}
    grown = ", ".join(f"f{n} = {quoted('{text}' * 11)}" for n in range(14))
    preset = read_preset(replaced(BODY, grown), "acme.toml")
    for text, fits in (("x" * 1600, True), ("👍" * 1600, False)):
        given = text_values(preset, account_values(preset, account), an_outgoing(text), NOW)
        if fits:
            assert len(build(preset, preset.send.call, given).content) < MOST_BYTES
        else:
            with pytest.raises(UnsendableError, match="too large"):
                build(preset, preset.send.call, given)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("(a+)+", "must not repeat a group"),
        ("(a*)*", "must not repeat a group"),
        ("(?:a|a)+b", "must not repeat a group"),
        ("(a?){30}", "must not repeat a group"),
        ("(a?){12345}", "must not repeat a group"),
        ("((a{2,3}){2}){2}", "must not repeat a group"),
        ("(x+x+)+y", "must not repeat a group"),
        ("a?" * 30 + "a" * 30, "repeats too much"),
        (".*.*x", "repeats too much"),
        (".*,.*,x", "repeats too much"),
        ("a{0,}b{1,}", "repeats too much"),
        ("a{,}b{,}", "repeats too much"),
        ("a{0,199}b{0,199}", "repeats too much"),
        ("(a|b)" * 14, "repeats too much"),
        ("(a|b|c|d|e)?" * 6, "repeats too much"),
        (r"(a)\1", "must not refer back"),
        (r"(a)\\\1+", "must not refer back"),
        ("(?=a)", "no other"),
        ("(?!a)", "no other"),
        ("(?<=a)b", "no other"),
        ("(?P<x>a)", "no other"),
        ("(?P=x)", "no other"),
        ("(?x)a # b", "no other"),
        ("(?(1)a|b)", "no other"),
        ("(" * 6 + "a" + ")" * 6, "nests brackets"),
        ("a" * (MOST_CHARS + 1), "is longer than 200"),
        ("a)", "is not a regular expression"),
    ],
)
def test_an_expression_that_could_take_long_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(PatternError, match=re.escape(complaint)):
        check_pattern(source)
    with pytest.raises(BadInput, match=r"limits\.ref"):
        acme(f"[limits]\nref = '{source}'")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x",
        "^(0|3): ",
        "(?i)opted out|unsubscribed",
        r'"to"\s*:',
        "[A-Za-z0-9-]{1,1024}",
        r"\+[1-9][0-9]{6,14}",
        "[^]a-z]+",
        r"[\]x]*",
        "(abc)+",
        "(?:ab){3}",
        "a{}b{x}c{",
        "[*+?{}()|]{3}",
        r"\(\*\)\+",
        "(a|b)?c?",
        ".*",
        "a{2}b{3}c{4}",
        ".*?x",
    ],
)
def test_an_ordinary_expression_is_taken(source: str) -> None:
    check_pattern(source)
    acme(f"[limits]\nref = '{source}'")


SLOWEST = ("a*b", ".*x?y?z", "a{0,1999}[^a]", "(a)*(b|c)d?f", "[a-z]*[^a]")


@pytest.mark.parametrize("source", SLOWEST)
def test_the_slowest_that_is_taken_ends_soon(source: str) -> None:
    """No time is measured: two repetitions without an end would not be over within the test."""
    check_pattern(source)
    assert re.compile(source).search("a" * PATTERN_CHARS) is None or "z" not in source


PIECES = st.sampled_from(
    [*"ab.^$|()[]{}*+?,\\", "(?:", "[a-z]", "{1,3}", "{2,}", "{,}", "\\d", "\\1", "(?i)", "(a|b)"]
)


@settings(deadline=None, max_examples=60)
@given(pieces=st.lists(PIECES, max_size=12))
def test_whatever_is_taken_is_over_soon_on_what_would_keep_others_busy(pieces: list[str]) -> None:
    source = "".join(pieces)
    try:
        check_pattern(source)
        found = re.compile(source)
    except (PatternError, re.error, FutureWarning):
        return
    for text in ("a" * 400, "ab" * 200 + "!", "a1" * 200):
        found.search(text)


def test_the_ways_of_an_expression_are_counted_without_growing_numbers() -> None:
    check_pattern(f"a{{0,{MOST_WAYS * 100}}}")
    with pytest.raises(PatternError):
        check_pattern("a{0,99999}" * 19)


def test_a_path_from_the_account_that_leads_nowhere_is_refused() -> None:
    given = {"url": "https://sms.example/send"}
    for path in ("a..b", ".a", "a.", ".", ".".join("abcdefghijklm")):
        for key in ("ok_at", "id_at"):
            with pytest.raises(BadInput, match="is no place in an answer"):
                check_account(packaged("generic"), given | {key: path})
    check_account(packaged("generic"), given | {"ok_at": "messages.*.status", "id_at": "0.id"})


THREADS = """
[inbound]
kind = "threads"
fields = { from = "a", text = "b" }
threads = { path = "@evil.example", thread = "c" }
"""


@pytest.mark.parametrize(
    ("section", "complaint"),
    [
        ("[find]\nkind='ref'\npath='@evil.example/{ref}'", "[find]: a value changes the address"),
        ("[status]\npath='@evil.example/{id}'\nmap={}", "[status]: a value changes the address"),
        ("[check]\npath='@evil.example'", "[check]: a value changes the address"),
        (
            "[inbound]\npath='@evil.example'\nfields={ from='a', text='b' }",
            "[inbound]: a value changes the address",
        ),
        (
            THREADS,
            "[inbound.threads]: a value changes the address",
        ),
        ("[status]\npath='/{to|digits}{id}'\nmap={}", None),
        ("[status]\npath='/m'\nquery={ id='{id}' }\nmap={}", None),
        ("[find]\nkind='ref'\npath='/{text}'", None),
    ],
)
def test_every_request_of_a_preset_is_tried_and_not_only_the_sending(
    section: str, complaint: str | None
) -> None:
    start = MINIMAL.replace(URL, '{ key = "url", example = "http://127.0.0.1" }')
    if section.startswith("[find]"):
        start = start.split("[find]")[0]
    problems = rehearse(read_preset(f"{start}\n{section}", "acme.toml"))
    assert problems == (() if complaint is None else (complaint,))


def test_a_request_that_can_not_be_written_is_named_by_its_section() -> None:
    start = MINIMAL.replace(URL, '{ key = "url", example = "http://127.0.0.1" }')
    preset = read_preset(
        f"{start}\n[check]\npath='/{{account.token}}'\nmethod='{{account.token}}'"
        "\nencode='{account.token}'",
        "acme.toml",
    )
    assert rehearse(preset)[0].startswith("[check]: a request can't be written")


def test_the_strange_names_hold_what_leads_out_of_a_folder_or_into_a_field() -> None:
    together = "".join((*STRANGE_IDS, *HOSTILE))
    for dangerous in ("../", "?", "#", "&", "=", "%26", '"', "\\", "{text}", "\r\n"):
        assert dangerous in together


def test_the_shelf_tries_all_it_has_and_names_what_it_refuses(tmp_path: Path) -> None:
    good = MINIMAL.replace(URL, '{ key = "url", example = "http://127.0.0.1" }')
    (tmp_path / "acme.toml").write_text(good)
    (tmp_path / "leak.toml").write_text(
        good.replace('"acme"', '"leak"') + "\n[check]\npath='@evil.example'"
    )
    (tmp_path / "slow.toml").write_text(ENDLESS["an expensive expression"][0])
    problems = Shelf(now=lambda: NOW, folder=tmp_path).problems()
    assert set(problems) == {*PACKAGED, "acme", "leak", "slow.toml"}
    assert [name for name, found in problems.items() if found] == ["leak", "slow.toml"]
    assert "send.accepted.text" in problems["slow.toml"][0]


def test_a_pipe_among_the_presets_is_no_reason_to_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    refused = Shelf(now=lambda: NOW, folder=tmp_path).refused()
    assert {one.file for one in refused} == {"pipe.toml", "gone.toml"}


def test_a_script_of_the_practice_gateway_ends_too() -> None:
    for text in (f"delay_s = {'9' * 5000}", "x = " + "[" * 9000, f"delay_s = {10**30}"):
        with pytest.raises(BadInput, match=r"^script\.toml"):
            read_script(text, "script.toml")
