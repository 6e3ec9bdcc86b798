"""Keys of the owner's own: which can be, what is said of the others, and where they show."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from key_table import NAMES
from shopbell.services.settings_file import Settings, read_settings
from shopbell.tui.commands import BOXES, COMMANDS, Command, Scope, command, is_above_all
from shopbell.tui.key_labels import is_free_for_commands, is_typing_key, key_named, label
from shopbell.tui.own_keys import (
    OwnKeys,
    is_changeable,
    key_for,
    keys_of,
    put_in_force,
    shown_key,
    with_keys,
)
from shopbell.tui.preferences import Preferences
from shopbell.tui.screens.blank import Blank
from shopbell.tui.screens.help import Help
from shopbell.tui.screens.outbox import OutboxScreen
from shopbell.tui.screens.palette import Palette
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.quick_text import QuickText
from shopbell.tui.screens.stop_all import StopAll
from shopbell.tui.wanted_keys import own_keys
from tui.counters import Till, till
from tui.crowded import unwrapped
from tui.screens import HOSTILE, press, settle

MORE = 10 if os.environ.get("SHOPBELL_NIGHTLY") else 1

CAN_BE = (
    # what is wanted; what it comes to
    ({"people.narrow": "z"}, {"people.narrow": ("z",)}),
    ({"people.narrow": "z f9"}, {"people.narrow": ("z", "f9")}),
    ({"people.narrow": "Z"}, {"people.narrow": ("Z",)}),
    ({"people.narrow": "~"}, {"people.narrow": ("tilde",)}),
    ({"people.narrow": "tilde"}, {"people.narrow": ("tilde",)}),
    ({"people.narrow": "F9"}, {"people.narrow": ("f9",)}),
    ({"people.narrow": "Ctrl+T"}, {"people.narrow": ("ctrl+t",)}),
    ({"people.narrow": "z z z"}, {"people.narrow": ("z",)}),
    ({"people.narrow": "é"}, {"people.narrow": ("é",)}),
    # Two change places; one takes what another gave up.
    ({"people.narrow": "v", "people.number": "f"}, dict(zip(("people.narrow", "people.number"),
     (("v",), ("f",)), strict=True))),
    ({"everywhere.text": "ctrl+n", "everywhere.find": "t"},
     {"everywhere.text": ("ctrl+n",), "everywhere.find": ("t",)}),
    # What works while somebody types stays beside a letter, or gives way to another such key.
    ({"everywhere.lock": "z"}, {"everywhere.lock": ("z", "f10")}),
    ({"everywhere.lock": "z f11"}, {"everywhere.lock": ("z", "f11")}),
    ({"everywhere.lock": "z", "draft.plan": "f10"},
     {"everywhere.lock": ("z",), "draft.plan": ("f10",)}),
    ({"everywhere.palette": "z"}, {"everywhere.palette": ("z", "ctrl+p")}),
    # What comes with no key gets one.
    ({"everywhere.gateways": "ctrl+g"}, {"everywhere.gateways": ("ctrl+g",)}),
    # The same key at two places is no clash; neither is one in the box of a text.
    ({"people.narrow": "z", "replies.fetch": "z"},
     {"people.narrow": ("z",), "replies.fetch": ("z",)}),
    ({"text.edit": "t"}, {"text.edit": ("t", "f4")}),
    ({"draft.plan": "f2 z"}, {"draft.plan": ("f2", "z")}),
)  # fmt: skip

CANNOT_BE = (
    ("people.nothing", "z", "“people.nothing” under [keys] is nothing Shopbell can do."),
    ("[/]", "z", "“[/]” under [keys] is nothing Shopbell can do."),
    ("people.open", "o", "cannot get another key: ↵ belongs to lists, boxes and fields."),
    ("everywhere.back", "z", "cannot get another key: esc belongs to"),
    ("import.others", "z", "cannot get another key: → belongs to"),
    ("people.narrow", "f13", "“f13” for people.narrow is no key Shopbell knows."),
    ("people.narrow", "alt+x", "“alt+x” for people.narrow is no key Shopbell knows."),
    ("people.narrow", "zz", "“zz” for people.narrow is no key Shopbell knows."),
    ("people.narrow", "א", "“א” for people.narrow is no key Shopbell knows."),
    ("people.narrow", "\u202e", "is no key Shopbell knows."),
    ("people.narrow", "enter", "↵ for people.narrow is needed for typing, moving or leaving."),
    ("people.narrow", "ctrl+c", "ctrl+c for people.narrow is needed for typing"),
    ("people.narrow", "ctrl+a", "ctrl+a for people.narrow is needed for typing"),
    ("people.narrow", "ctrl+b", "ctrl+b for people.narrow is needed for typing"),
    ("people.narrow", "backspace", "backspace for people.narrow is needed"),
    ("everywhere.lock", "f2", "f2 for everywhere.lock is needed in boxes"),
    ("people.narrow", "v", "v for people.narrow is taken by people.number (“numbers”, People)."),
    ("people.narrow", "t", "t for people.narrow is taken by everywhere.text (“text”, Everywhere)."),
    ("everywhere.text", "n", "n for everywhere.text is taken by people.sign_up"),
    ("text.edit", "f10", "f10 for text.edit is taken by everywhere.lock"),
)


@pytest.mark.parametrize(("wanted", "changed"), CAN_BE, ids=lambda case: "-".join(case))
def test_a_key_that_is_free_stands_for_its_command(
    wanted: dict[str, str], changed: dict[str, tuple[str, ...]]
) -> None:
    found = own_keys((name, tuple(keys.split())) for name, keys in wanted.items())
    assert found.changed == changed
    assert not found.troubles


@pytest.mark.parametrize(("name", "key", "said"), CANNOT_BE)
def test_a_key_that_cannot_be_is_named_and_does_not_count(name: str, key: str, said: str) -> None:
    found = own_keys([(name, (key,))], "mine.toml")
    assert not found.changed
    (trouble,) = found.troubles
    assert said in trouble
    assert trouble.startswith("In “mine.toml”, ")
    assert trouble.endswith(" It does not count.")


def test_one_wrong_key_leaves_the_others_of_its_command() -> None:
    found = own_keys([("people.narrow", ("enter", "z"))])
    assert found.changed == {"people.narrow": ("z",)}
    assert len(found.troubles) == 1


def test_who_asks_first_gets_the_key_and_the_other_keeps_its_own() -> None:
    found = own_keys([("people.narrow", ("z",)), ("people.number", ("z",))])
    assert found.changed == {"people.narrow": ("z",)}
    assert "taken by people.narrow" in found.troubles[0]
    assert found.of(command("people.number")) == ("v",)


def test_what_gives_its_key_up_in_vain_gets_it_back() -> None:
    found = own_keys([("people.narrow", ("v",)), ("people.number", ("enter",))])
    assert not found.changed
    assert len(found.troubles) == 2


def _at_one_place(one: Command, other: Command, key: str) -> bool:
    if Scope.EVERYWHERE in {one.scope, other.scope} and {one.scope, other.scope} & BOXES:
        return is_above_all(key)
    return one.scope is other.scope or Scope.EVERYWHERE in {one.scope, other.scope}


_KEYS = st.sampled_from(
    [*"abcdefghijklmnopqrstuvwxyz0123456789/?!", "f1", "f2", "f6", "f9", "f10", "ctrl+t", "enter"]
)
_NAMES = st.sampled_from([one.id for one in COMMANDS])
_NO_NAMES = st.text().filter(lambda name: name not in {one.id for one in COMMANDS})


@settings(max_examples=40 * MORE)
@given(st.lists(st.tuples(_NAMES, st.lists(_KEYS, max_size=3).map(tuple)), max_size=12))
@example([("people.narrow", ("v",)), ("people.number", ("n",)), ("people.sign_up", ("f99",))])
def test_whatever_is_wanted_no_key_means_two_things_at_one_place(
    wanted: list[tuple[str, tuple[str, ...]]],
) -> None:
    found = own_keys(wanted)
    bound = [one for one in COMMANDS if not one.by_widget]
    for id_, keys in found.changed.items():
        assert keys
        for key in keys:
            assert is_free_for_commands(key)
            for other in bound:
                clashes = key in found.of(other) and _at_one_place(command(id_), other, key)
                assert other.id == id_ or not clashes, (id_, other.id, key)
    for one in bound:
        if any(not is_typing_key(key) for key in one.keys) and one.id not in found.changed:
            assert found.of(one) == one.keys


@settings(max_examples=40 * MORE)
@given(st.lists(st.tuples(_NO_NAMES, st.lists(st.text(min_size=1), max_size=3).map(tuple))))
def test_nonsense_is_told_and_changes_nothing(
    wanted: list[tuple[str, tuple[str, ...]]],
) -> None:
    found = own_keys(wanted)
    assert not found.changed
    assert len(found.troubles) == len(wanted)


@pytest.mark.parametrize(
    ("text", "key"),
    [("?", "question_mark"), ("-", "minus"), ("_", "underscore"), ("@", "at"), ("\\", "backslash"),
     ("a", "a"), ("A", "A"), ("7", "7"), ("F12", "f12"), ("slash", "slash"), ("esc", None),
     ("escape", "escape"), ("", None), (" ", None), ("f0", None), ("ctrl+", None), ("٣", None),
     ("\x1b", None), ("🌷", None), ("ctrl+1", None)],
)  # fmt: skip
def test_keys_are_called_what_people_call_them(text: str, key: str | None) -> None:
    assert key_named(text) == key
    if key is not None and len(text) == 1:
        assert label(key) == text


def test_the_example_of_the_page_is_one_that_counts(tmp_path: Path) -> None:
    page = NAMES.read_text(encoding="utf-8")
    path = tmp_path / "settings.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    read = read_settings(path)
    found = own_keys(read.keys)
    assert not read.troubles
    assert not found.troubles
    assert list(found.changed) == ["people.narrow", "everywhere.lock", "everywhere.find"]


# -- what a key that was pressed means --

CHANGED = own_keys(
    [
        ("people.narrow", ("v",)),
        ("people.number", ("f",)),
        ("everywhere.text", ("ctrl+n",)),
        ("everywhere.lock", ("z", "f11")),
    ]
)


@pytest.mark.parametrize(
    ("key", "scope", "over_all", "meant"),
    [
        ("v", Scope.PEOPLE, False, "people.narrow"),
        ("f", Scope.PEOPLE, False, "people.number"),
        ("n", Scope.PEOPLE, False, None),
        ("v", Scope.REPORTS, False, None),
        ("ctrl+n", Scope.PEOPLE, False, "everywhere.text"),
        ("ctrl+n", Scope.REPLIES, False, "everywhere.text"),
        ("ctrl+n", Scope.TEXT, True, None),
        ("ctrl+n", None, True, None),
        ("t", Scope.REPLIES, False, ""),
        ("t", None, True, None),
        ("z", None, False, "everywhere.lock"),
        ("l", Scope.OUTBOX, False, ""),
        ("enter", Scope.PEOPLE, False, None),
    ],
)
def test_a_pressed_key_means_what_it_was_changed_to(
    key: str, scope: Scope | None, over_all: bool, meant: str | None
) -> None:
    assert CHANGED.meant(key, scope, over_all=over_all) == meant


@pytest.mark.parametrize(
    ("key", "scope", "meant"),
    [
        ("f11", None, "everywhere.lock"),
        ("f11", Scope.TEXT, "everywhere.lock"),
        ("f10", Scope.PEOPLE, ""),
        ("f12", Scope.PEOPLE, None),
        ("z", Scope.PEOPLE, None),
    ],
)
def test_a_changed_function_key_works_over_boxes_and_the_old_one_does_nothing(
    key: str, scope: Scope | None, meant: str | None
) -> None:
    assert CHANGED.meant_above_all(key, scope) == meant


def test_a_function_key_given_up_everywhere_can_serve_one_place() -> None:
    found = own_keys([("everywhere.lock", ("z", "f11")), ("people.narrow", ("f10",))])
    assert found.meant_above_all("f10", Scope.PEOPLE) == "people.narrow"
    assert found.meant_above_all("f10", Scope.OUTBOX) == ""


def test_without_changes_nothing_is_looked_at_twice() -> None:
    for one in COMMANDS:
        for key in one.keys:
            assert OwnKeys().meant(key, one.scope, over_all=False) is None
            assert OwnKeys().meant_above_all(key, one.scope) is None


# -- where they show --


@pytest.fixture
def changed() -> Iterator[None]:
    """Let the changed keys be in force."""
    put_in_force(CHANGED)
    yield
    put_in_force(OwnKeys())


@pytest.mark.usefixtures("changed")
def test_sentences_and_lines_name_the_keys_in_force() -> None:
    assert keys_of(command("everywhere.lock")) == ("z", "f11")
    assert shown_key(command("everywhere.lock"), typing=False) == "z"
    assert shown_key(command("everywhere.lock"), typing=True) == "f11"
    assert key_for("people.narrow") == "v"
    assert with_keys("[people.narrow] filters, [people.export] exports.") == "v filters, x exports."


@pytest.mark.parametrize("text", [*HOSTILE, "[people.nothing]", "[/]", "[people.narrow", "[]"])
def test_other_brackets_stay_as_they_are(text: str) -> None:
    assert with_keys(text) == text


SOURCE = Path(__file__).parents[2] / "src" / "shopbell" / "tui"
_NAMED = re.compile(r"\[([a-z]+\.[a-z_]+)]")


def _literals() -> Iterator[tuple[str, str]]:
    for file in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        for node in ast.walk(tree):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and said not in docs:
                yield file.name, said


def test_every_command_a_sentence_names_is_in_the_table() -> None:
    ids = {one.id for one in COMMANDS}
    named = [(where, id_) for where, text in _literals() for id_ in _NAMED.findall(text)]
    assert len(named) > 40
    assert [(where, id_) for where, id_ in named if id_ not in ids] == []


def test_no_sentence_names_the_key_of_a_command_as_it_came() -> None:
    """Keys can be changed; a sentence that spells one would lie then."""
    spelled = re.compile(
        r"\b[Pp]ress [a-z0-9!?]\b|\bkey [a-z0-9]\b|^[0-9] (?:shows|brings|opens)"
        r"|(?:^|[ ;:(·.,])(?:[b-z!]) (?!to\b|is\b|kept\b|not\b)[a-z]+s\b"
    )
    found = [(where, text) for where, text in _literals() if spelled.search(text)]
    assert [one for one in found if one[0] != "commands.py"] == []


# -- at the counter --


async def test_changed_keys_work_show_everywhere_and_the_old_ones_are_free(
    full: Path, tmp_path: Path
) -> None:
    wanted = own_settings(("everywhere.outbox", "6"), ("people.narrow", "z"),
                          ("everywhere.text", "ctrl+n"))  # fmt: skip
    async with till(full, tmp_path, size=(120, 40), preferences=wanted) as shown:
        seen = await settle(shown.pilot)
        assert "6 Outbox" in seen
        assert "3 Outbox" not in seen
        assert "z filter" in seen
        assert "ctrl+n text" in seen
        await press(shown.pilot, "3")
        assert isinstance(shown.app.screen, PeopleScreen)
        await press(shown.pilot, "f")
        assert isinstance(shown.app.screen, PeopleScreen)
        seen = await press(shown.pilot, "question_mark")
        assert isinstance(shown.app.screen, Help)
        assert _has_line(seen, "z", "Show only some")
        await press(shown.pilot, "escape", "ctrl+p")
        assert isinstance(shown.app.screen, Palette)
        assert _has_line(await _typed(shown, "outbox"), "6", "Outbox")
        await press(shown.pilot, "escape", "6")
        assert isinstance(shown.app.screen, OutboxScreen)
        await press(shown.pilot, "1", "t")
        assert isinstance(shown.app.screen, PeopleScreen)
        await press(shown.pilot, "slash", "ctrl+n")
        assert isinstance(shown.app.screen, QuickText)


async def test_a_letter_is_typed_where_somebody_types_and_a_function_key_works_over_boxes(
    full: Path, tmp_path: Path
) -> None:
    wanted = own_settings(("everywhere.blank", "z f11"), ("everywhere.stop_all", "f7"))
    async with till(full, tmp_path, preferences=wanted) as shown:
        seen = await press(shown.pilot, "slash", "z")
        assert isinstance(shown.app.screen, PeopleScreen)
        assert "“z”" in seen
        await press(shown.pilot, "escape", "f12")
        assert isinstance(shown.app.screen, PeopleScreen)
        await press(shown.pilot, "f11")
        assert isinstance(shown.app.screen, Blank)
        await press(shown.pilot, "x", "f7")
        assert isinstance(shown.app.screen, StopAll)
        await press(shown.pilot, "f11")
        assert isinstance(shown.app.screen, Blank)
        seen = await press(shown.pilot, "x")
        assert "↵ or f7 stops everything" in unwrapped(seen)
        await press(shown.pilot, "exclamation_mark", "f6")
        assert isinstance(shown.app.screen, StopAll), "the keys it had do nothing"
        await press(shown.pilot, "f7")
        assert "f7 turns it" in await settle(shown.pilot)


async def test_a_key_pressed_ahead_of_a_changed_one_is_not_lost(full: Path, tmp_path: Path) -> None:
    wanted = own_settings(("everywhere.text", "z"))
    async with till(full, tmp_path, preferences=wanted) as shown:
        seen = await press(shown.pilot, "z", *"priya")
        assert isinstance(shown.app.screen, QuickText)
        assert "priya" in seen


def own_settings(*keys: tuple[str, str]) -> Preferences:
    """Settings with these keys."""
    return Preferences(Settings(keys=tuple((name, tuple(text.split())) for name, text in keys)))


async def _typed(shown: Till, text: str) -> str:
    return await press(shown.pilot, *text)


def _has_line(seen: str, *words: str) -> bool:
    return any(all(word in line for word in words) for line in seen.splitlines())


def test_only_what_can_have_another_key_is_offered() -> None:
    fixed = [one for one in COMMANDS if not is_changeable(one)]
    assert {label(key) for one in fixed for key in one.keys} == {"↵", "esc", "→", "←"}
    assert all(key for one in fixed for key in one.keys)
