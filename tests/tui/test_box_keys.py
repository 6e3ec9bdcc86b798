"""The keys of boxes: each that is printed is obeyed, and those with a name can be changed."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.binding import Binding

from shopbell.domain.weeks import read_week
from shopbell.services.settings_file import Settings
from shopbell.tui import screens
from shopbell.tui.commands import BOXES, Scope, of_scope
from shopbell.tui.frame import Dialog
from shopbell.tui.key_labels import RESERVED, is_typing_key, label
from shopbell.tui.own_keys import OwnKeys, put_in_force, with_keys
from shopbell.tui.preferences import Preferences
from shopbell.tui.screens.dossier import DossierBox
from shopbell.tui.screens.quick_text import QuickText
from shopbell.tui.screens.stop_all import StopAll
from shopbell.tui.screens.week_hours import WeekHours
from shopbell.tui.wanted_keys import own_keys
from tui.counters import till
from tui.crowded import unwrapped
from tui.screens import press, settle


def boxes() -> Iterator[type[Dialog[Any]]]:
    """Return every box that stands in a module of the screens."""
    for found in pkgutil.iter_modules(screens.__path__):
        module = importlib.import_module(f"{screens.__name__}.{found.name}")
        for one in vars(module).values():
            is_box = isinstance(one, type) and issubclass(one, Dialog) and one is not Dialog
            if is_box and one.__module__ == module.__name__:
                yield one


ALL = sorted(boxes(), key=lambda one: one.__name__)

ALSO = {
    # Letters that are not printed: they only leave the box, or say what an arrow says.
    "DossierBox": {"q"},
    "Help": {"question_mark", "q"},
    "RealTexts": {"n", "p", "v", "q"},
    "RulePage": {"q"},
    "Why": {"w", "q"},
}


def bound(box: type[Dialog[Any]]) -> dict[str, str]:
    """Return the keys a box binds, its own and those of its bases, with what they do."""
    found: dict[str, str] = {}
    for base in reversed(box.__mro__):
        for one in base.__dict__.get("BINDINGS", ()):
            assert isinstance(one, Binding | tuple)
            key, action = (one.key, one.action) if isinstance(one, Binding) else one[:2]
            found |= dict.fromkeys(key.split(","), action)
    return found


def literals(box: type[Dialog[Any]]) -> list[str]:
    """Return what is written in the module of a box and in the boxes it is made from."""
    said = []
    for base in box.__mro__:
        if base.__module__.startswith("shopbell.tui") and base is not Dialog:
            path = Path(str(importlib.import_module(base.__module__).__file__))
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            found = [node.value for node in nodes if isinstance(node, ast.Constant)]
            said += [value for value in found if isinstance(value, str)]
    return said


def test_the_boxes_are_all_looked_at() -> None:
    assert len(ALL) > 40
    assert {one.scope for one in ALL if one.scope is not None} == BOXES


@pytest.mark.parametrize("box", ALL, ids=lambda box: box.__name__)
def test_a_letter_or_sign_that_does_something_in_a_box_has_a_name_and_can_be_changed(
    box: type[Dialog[Any]],
) -> None:
    letters = {key for key in bound(box) if is_typing_key(key) and key not in RESERVED}
    named = {key for one in of_scope(box.scope) for key in one.keys} if box.scope else set()
    assert letters - named == ALSO.get(box.__name__, set())
    for key in letters & named:
        assert bound(box)[key].startswith("run("), "through the table, so that it can be changed"


@pytest.mark.parametrize("box", ALL, ids=lambda box: box.__name__)
def test_a_box_obeys_the_keys_that_it_prints(box: type[Dialog[Any]]) -> None:
    keys = bound(box)
    printed = [text for text in literals(box) if " · " in text or " esc " in text]
    for text in printed:
        if re.search(r"(^|[ ·\n])f2 ", text):
            assert "f2" in keys, text
        if re.search(r"(^|[ ·\n])esc ", text):
            assert "escape" in keys, text
    scopes = {box.scope, Scope.EVERYWHERE}
    for id_ in re.findall(r"\[([a-z]+\.[a-z_]+)] ", " ".join(printed)):
        if (scope := Scope[id_.partition(".")[0].upper()]) in BOXES:
            assert scope in scopes, f"{id_} belongs to another box"


@pytest.mark.parametrize("box", [one for one in ALL if one.scope], ids=lambda box: box.__name__)
def test_a_box_names_every_key_of_its_own(box: type[Dialog[Any]]) -> None:
    if not box.prints_keys:
        assert box is QuickText, "its line of keys comes from the table"
        return
    said = " ".join(literals(box))
    for one in of_scope(box.scope) if box.scope else ():
        assert f"[{one.id}]" in said


PRINTED = (
    # a sentence of a box, and what it says once the keys are others
    ("[proof.number] numbers · [proof.write] writes it", "z numbers · w writes it"),
    ("[real.out] leaves out", "z leaves out"),
    ("[names.add] adds somebody", "f9 adds somebody"),
    ("↵ or [everywhere.stop_all] stops everything", "↵ or j stops everything"),
    ("[columns.add] adds it", "~ adds it"),
)


@pytest.mark.parametrize(("sentence", "said"), PRINTED)
def test_boxes_print_the_keys_in_force(sentence: str, said: str) -> None:
    wanted = own_keys(
        [
            ("proof.number", ("z",)),
            ("real.out", ("z",)),
            ("names.add", ("f9",)),
            ("everywhere.stop_all", ("j",)),
            ("columns.add", ("~",)),
        ]
    )
    assert not wanted.troubles
    put_in_force(wanted)
    try:
        assert with_keys(sentence) == said
    finally:
        put_in_force(OwnKeys())


CLASHES = (
    # A box shares no letter with what works everywhere: that does not work over it.
    ("proof.number", "t", ""),
    ("week.day", "0", ""),
    # But it does with a key that works over boxes, and with itself.
    ("week.day", "f12", "taken by everywhere.blank"),
    ("week.day", "r", "taken by week.range"),
    # Enter, space and f2 keep what a box asks.
    ("week.day", "space", "needed for typing, moving or leaving"),
    ("names.add", "enter", "needed for typing, moving or leaving"),
)


@pytest.mark.parametrize(("name", "key", "trouble"), CLASHES)
def test_a_key_of_a_box_may_be_any_that_means_nothing_else_over_it(
    name: str, key: str, trouble: str
) -> None:
    found = own_keys([(name, (key,))])
    assert trouble in "".join(found.troubles)
    assert bool(found.changed) is not bool(trouble)


def test_the_grid_names_the_key_that_ends_a_range() -> None:
    put_in_force(own_keys([("week.range", ("j",))]))
    try:
        box = WeekHours(read_week("mon 10:00-18:00"), None, _never)
        (grid,) = (one for one in box.inside() if hasattr(one, "turn_range"))
        grid.began = (0, 18)
        assert "j again; esc not." in grid.said()
    finally:
        put_in_force(OwnKeys())


async def _never(line: str) -> str:
    raise AssertionError(line)


def own(*keys: tuple[str, str]) -> Preferences:
    """Settings with these keys."""
    return Preferences(Settings(keys=tuple((name, tuple(text.split())) for name, text in keys)))


async def test_changed_keys_work_in_boxes_are_printed_there_and_the_old_ones_do_nothing(
    full: Path, tmp_path: Path
) -> None:
    wanted = own(("everywhere.stop_all", "z"), ("switch.on", "j"), ("proof.number", "k"))
    async with till(full, tmp_path, preferences=wanted) as shown:
        seen = await press(shown.pilot, "z")
        assert isinstance(shown.app.screen, StopAll)
        assert "↵ or z stops everything" in unwrapped(seen)
        await press(shown.pilot, "exclamation_mark")
        assert isinstance(shown.app.screen, StopAll)
        await press(shown.pilot, "z")
        assert not (await shown.shop.sending.now()).on, "the second press stops"
        seen = await press(shown.pilot, "z")
        assert "j turns sending on" in unwrapped(seen)
        await press(shown.pilot, "o")
        assert not (await shown.shop.sending.now()).on
        await press(shown.pilot, "j")
        assert (await shown.shop.sending.now()).on
        await press(shown.pilot, "1", "down", "enter", "p")
        seen = await settle(shown.pilot)
        assert isinstance(shown.app.screen, DossierBox)
        assert "k numbers · w writes it" in unwrapped(seen)
        hidden = seen
        assert await press(shown.pilot, "v") == hidden
        assert await press(shown.pilot, "k") != hidden


async def test_the_help_over_a_box_lists_its_keys() -> None:
    class Alone(App[None]):
        def on_mount(self) -> None:
            self.push_screen(WeekHours(read_week("mon 10:00-18:00"), None, _never))

    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WeekHours)
        listed = {label(one.keys[0]) for one in app.screen.commands()}
        assert listed == {"r", "d"}
